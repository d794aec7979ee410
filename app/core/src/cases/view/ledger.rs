//! The coded values: topics, their fields, and for each field its statements or the gap.

use super::{Lens, Qualified, Quote, Retired, Shown};
use crate::{
    cases::document::{Confidence, Document, Involvement, Rank, Statement, Status, When},
    codebook::{Field, In, Section},
};

/// A topic of the codebook with what the case says to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Topic {
    /// The topic's code.
    pub code: String,
    /// Its name.
    pub label: String,
    /// Groups of rows: the case as a whole, then each agreement; or the organisations.
    pub groups: Vec<Group>,
}

/// Rows under a name of their own.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// The agreement's name; none for the case as a whole.
    pub label: Option<String>,
    /// The rows.
    pub rows: Vec<Row>,
}

/// A field, or an organisation, with its statements.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Code of the field.
    pub field: String,
    /// Its label, or the organisation's name.
    pub label: Shown,
    /// What is said; empty where nothing is: a gap.
    pub entries: Vec<Entry>,
    /// The vocabulary under which the case was coded did not ask for the field.
    pub not_asked: bool,
    /// The field is asked for no more.
    pub retired: Option<Retired>,
}

/// One statement with everything behind it (row R31).
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The statement's id.
    pub id: String,
    /// What it says; none where it is unknown, withheld or does not apply.
    pub value: Option<Shown>,
    /// What the codebook says that the value means.
    pub definition: Option<String>,
    /// The code is offered no more.
    pub retired: Option<Retired>,
    /// What stands beside the value.
    pub qualifiers: Vec<Qualified>,
    /// Of which agreement a statement of the case speaks.
    pub agreement: Option<String>,
    /// What kind of knowledge it is.
    pub status: Status,
    /// How well it is supported.
    pub confidence: Confidence,
    /// Which of several counts first.
    pub rank: Rank,
    /// The time of which it is true.
    pub as_of: Option<When>,
    /// In words, what a reader should know of it.
    pub note: Option<Quote>,
    /// Ids of sources.
    pub sources: Vec<String>,
    /// The revision in which it first stood.
    pub since_revision: u32,
}

pub(super) fn topics(document: &Document, lens: &Lens<'_>) -> Vec<Topic> {
    let topics = lens.codebook.sections().iter().map(|section| topic(section, document, lens));
    topics.filter(|topic| !topic.groups.is_empty()).collect()
}

fn topic(section: &Section, document: &Document, lens: &Lens<'_>) -> Topic {
    let mut groups = Vec::new();
    let mut add = |label: Option<String>, rows: Vec<Row>| {
        if !rows.is_empty() {
            groups.push(Group { label, rows });
        }
    };
    let fields = |within: In| fields(section, within, document, lens);
    add(None, fields(In::Case).into_iter().filter_map(|field| row(field, None, document, lens)).collect());
    let terms = fields(In::Agreement);
    for agreement in &document.agreements {
        let rows = terms.iter().filter_map(|field| row(field, Some(&agreement.id), document, lens)).collect();
        add(Some(agreement.label.clone()), rows);
    }
    if lens.codebook.field_in(In::Involvement, "role").is_some_and(|role| role.section.as_ref() == Some(&section.code))
    {
        add(None, organisations(document, lens));
    }
    Topic { code: section.code.clone(), label: section.label(lens.lang).to_owned(), groups }
}

/// The fields of a topic, and retired ones that the case still speaks of.
fn fields<'a>(section: &Section, within: In, document: &Document, lens: &Lens<'a>) -> Vec<&'a Field> {
    let here = |field: &&Field| field.within == within && field.section.as_ref() == Some(&section.code);
    let fields = lens.codebook.fields().iter().filter(here);
    fields.filter(|field| field.retired.is_none() || !document.statements_of(&field.code).is_empty()).collect()
}

/// The row of a field; none where nothing is said of it and it does not count for completeness.
fn row(field: &Field, part: Option<&str>, document: &Document, lens: &Lens<'_>) -> Option<Row> {
    let of_part = |statement: &&Statement| match part {
        Some(part) => statement.part.as_deref() == Some(part),
        None => true,
    };
    let entries: Vec<Entry> = document
        .statements_of(&field.code)
        .into_iter()
        .filter(of_part)
        .map(|statement| entry(statement, field, part, document, lens))
        .collect();
    let not_asked =
        entries.is_empty() && lens.asked_under(document).is_some_and(|version| !field.was_asked_in(version));
    (field.core || !entries.is_empty()).then(|| Row {
        field: field.code.clone(),
        label: Shown::Words(field.label(lens.lang).to_owned()),
        entries,
        not_asked,
        retired: lens.retired_field(field),
    })
}

fn entry(statement: &Statement, field: &Field, part: Option<&str>, document: &Document, lens: &Lens<'_>) -> Entry {
    let code = statement.value.as_ref().and_then(|value| value.as_code());
    let spoken_of = statement.part.as_deref().filter(|_| part.is_none());
    Entry {
        id: statement.id.clone(),
        value: statement.value.as_ref().map(|value| lens.shown(&field.code, value)),
        definition: code.and_then(|code| field.code(code.as_str())).map(|code| code.definition(lens.lang).to_owned()),
        retired: code.and_then(|code| lens.retired_code(field, code.as_str())),
        qualifiers: statement.qualifiers.iter().map(|(code, value)| lens.qualified(code.as_str(), value)).collect(),
        agreement: spoken_of.and_then(|id| document.agreement(id)).map(|agreement| agreement.label.clone()),
        status: statement.status,
        confidence: statement.confidence,
        rank: statement.rank,
        as_of: statement.as_of,
        note: statement.note.as_ref().map(Quote::from),
        sources: statement.sources.clone(),
        since_revision: statement.since_revision,
    }
}

/// The organisations, each with its roles.
fn organisations(document: &Document, lens: &Lens<'_>) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let mut involvements: Vec<&Involvement> = document.involvements.iter().collect();
    involvements.sort_by_key(|involvement| involvement.rank);
    for involvement in involvements {
        let label = lens.who(involvement);
        let entry = role(involvement, lens);
        match rows.iter_mut().find(|row| row.label == label) {
            Some(row) => row.entries.push(entry),
            None => {
                let field = "role".to_owned();
                rows.push(Row { field, label, entries: vec![entry], not_asked: false, retired: None });
            }
        }
    }
    rows
}

fn role(involvement: &Involvement, lens: &Lens<'_>) -> Entry {
    let role = involvement.role.as_str();
    let field = lens.codebook.field_in(In::Involvement, "role");
    let code = field.and_then(|field| field.code(role));
    Entry {
        id: involvement.id.clone(),
        value: Some(Shown::Words(lens.label("role", role))),
        definition: code.map(|code| code.definition(lens.lang).to_owned()),
        retired: field.and_then(|field| lens.retired_code(field, role)),
        qualifiers: Vec::new(),
        agreement: None,
        status: involvement.status,
        confidence: involvement.confidence,
        rank: involvement.rank,
        as_of: None,
        note: involvement.note.as_ref().map(Quote::from),
        sources: involvement.sources.clone(),
        since_revision: involvement.since_revision,
    }
}
