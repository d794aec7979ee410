//! What is not known (row D4): asked for by the codebook and not said, looked for and not found, or refused.

use super::{Lens, Qualified, Topic};
use crate::{
    cases::document::{Document, Rank, Statement, Status},
    codebook::In,
};

/// What is not known of a case.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Gaps {
    /// It exists, and a party refused to disclose it.
    pub refused: Vec<Gap>,
    /// Looked for, not found.
    pub not_found: Vec<Gap>,
    /// Nobody has told yet.
    pub not_told: Vec<Gap>,
    /// Core fields of which something is said, "unknown" included.
    pub answered: usize,
    /// Core fields.
    pub asked: usize,
}

/// A field that has no value.
#[derive(Debug, Clone, PartialEq)]
pub struct Gap {
    /// Code of the field.
    pub field: String,
    /// Its label.
    pub label: String,
    /// The agreement that it is about, where there are several.
    pub agreement: Option<String>,
    /// The ground of a refusal and the like.
    pub qualifiers: Vec<Qualified>,
}

pub(super) fn gaps(document: &Document, topics: &[Topic], lens: &Lens<'_>) -> Gaps {
    let mut gaps = Gaps::default();
    for statement in document.statements.iter().filter(|statement| statement.rank != Rank::Superseded) {
        let kind = match statement.status {
            Status::Unknown => &mut gaps.not_found,
            Status::Withheld => &mut gaps.refused,
            _ => continue,
        };
        let field = statement.field.as_str();
        kind.push(Gap {
            field: field.to_owned(),
            label: lens.field(field),
            agreement: statement.part.as_deref().and_then(|id| agreement(id, document)),
            qualifiers: statement.qualifiers.iter().map(|(code, value)| lens.qualified(code.as_str(), value)).collect(),
        });
    }
    for group in topics.iter().flat_map(|topic| &topic.groups) {
        let unsaid = group.rows.iter().filter(|row| row.entries.is_empty());
        gaps.not_told.extend(unsaid.map(|row| Gap {
            field: row.field.clone(),
            label: lens.field(&row.field),
            agreement: group.label.clone().filter(|_| document.agreements.len() > 1),
            qualifiers: Vec::new(),
        }));
    }
    for field in lens.codebook.core_fields().filter(|field| field.within.is_statement()) {
        gaps.asked += 1;
        let answers = |said: &Statement| lens.codebook.answers(said.field.as_str(), field);
        gaps.answered += usize::from(document.statements.iter().any(answers));
        // without an agreement there is no row that could show the gap
        if field.within == In::Agreement && document.agreements.is_empty() {
            let label = field.label(lens.lang).to_owned();
            gaps.not_told.push(Gap { field: field.code.clone(), label, agreement: None, qualifiers: Vec::new() });
        }
    }
    gaps
}

/// The name of an agreement, where there is more than one to tell apart.
fn agreement(id: &str, document: &Document) -> Option<String> {
    document.agreement(id).filter(|_| document.agreements.len() > 1).map(|agreement| agreement.label.clone())
}
