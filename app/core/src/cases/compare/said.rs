//! What a case says of a field, answer by answer, with what each answer rests on.

use super::{Cited, Said, Sheet};
use crate::{
    cases::{
        document::{Document, Number, Place, Rank, Scope, Statement},
        view::{Lens, Qualified, Shown},
    },
    codebook::{Field, In, needed::POPULATION},
};

/// The answers of a case to a field, preferred ones first.
pub(super) fn of(field: &Field, case: &Sheet<'_>, lens: &Lens<'_>) -> Vec<Said> {
    match field.within {
        In::Head => head(field, case, lens),
        In::Involvement => involvements(case.document, lens),
        In::Viewpoint => viewpoints(case.document, lens),
        In::Timeline => timeline(case.document, lens),
        _ => statements(&field.code, case, lens),
    }
}

/// Whether a case can have the field: a country is no city or place, and only one municipality has a size of its own.
pub(super) fn applies(field: &Field, document: &Document) -> bool {
    let scope = document.place.scope();
    match (field.within, field.code.as_str()) {
        (In::Head, "city") => scope != Scope::Nation,
        (In::Head, "size_class") => scope == Scope::Municipality,
        _ => true,
    }
}

impl Cited {
    fn of(ids: &[String], document: &Document) -> Self {
        let sources: Vec<_> = ids.iter().filter_map(|id| document.source(id)).collect();
        Self { count: sources.len(), best: sources.iter().map(|source| source.reliability).min() }
    }
}

impl Said {
    fn plainly(value: Shown) -> Self {
        let (retired, agreement, when, status, confidence, rank, cited) = (None, None, None, None, None, None, None);
        let qualifiers = Vec::new();
        Self { value: Some(value), retired, qualifiers, agreement, when, status, confidence, rank, cited }
    }

    fn words(words: impl Into<String>) -> Self {
        Self::plainly(Shown::Words(words.into()))
    }

    fn coded(within: In, field: &str, code: &str, lens: &Lens<'_>) -> Self {
        Self { retired: lens.retired_in(within, field, code), ..Self::words(lens.label(field, code)) }
    }
}

fn head(field: &Field, case: &Sheet<'_>, lens: &Lens<'_>) -> Vec<Said> {
    let document = case.document;
    let code = |code: &str| vec![Said::coded(In::Head, &field.code, code, lens)];
    match field.code.as_str() {
        "kind" => code(document.kind.as_str()),
        "scope" => code(document.place.scope().code()),
        "place_disclosure" => code(document.place.disclosure().code()),
        "completeness" => code(&case.computed.completeness),
        "size_class" => case.computed.size_class.as_deref().map(code).unwrap_or_default(),
        "summary" => document.summary.iter().map(|summary| Said::words(&summary.text)).collect(),
        "city" => document.place.places().iter().map(|place| Said::words(&place.name)).collect(),
        "country" => match &document.place {
            Place::Region { continent, .. } => vec![Said::words(lens.continent(continent))],
            place => place.countries().iter().map(|country| Said::words(lens.country(country.as_str()))).collect(),
        },
        _ => Vec::new(),
    }
}

fn statements(field: &str, case: &Sheet<'_>, lens: &Lens<'_>) -> Vec<Said> {
    let document = case.document;
    let current = document.statements_of(field).into_iter().filter(|statement| statement.rank != Rank::Superseded);
    let said: Vec<Said> = current.map(|statement| said(statement, document, lens)).collect();
    match case.computed.population {
        #[expect(clippy::cast_precision_loss, reason = "a count of people")]
        Some(count) if field == POPULATION && said.is_empty() => {
            vec![Said::plainly(Shown::Number(Number { number: count as f64, year: None }))]
        }
        _ => said,
    }
}

fn said(statement: &Statement, document: &Document, lens: &Lens<'_>) -> Said {
    let agreement = statement.part.as_deref().and_then(|part| document.agreement(part));
    let code = statement.value.as_ref().and_then(|value| value.as_code());
    let field = lens.codebook.statement_field(statement.field.as_str());
    Said {
        retired: field.zip(code).and_then(|(field, code)| lens.retired_code(field, code.as_str())),
        value: statement.value.as_ref().map(|value| lens.shown(statement.field.as_str(), value)),
        qualifiers: statement.qualifiers.iter().map(|(code, value)| lens.qualified(code.as_str(), value)).collect(),
        agreement: agreement.map(|agreement| agreement.label.clone()),
        when: statement.as_of,
        status: Some(statement.status),
        confidence: Some(statement.confidence),
        rank: Some(statement.rank),
        cited: Some(Cited::of(&statement.sources, document)),
    }
}

fn involvements(document: &Document, lens: &Lens<'_>) -> Vec<Said> {
    let mut current: Vec<_> = document.involvements.iter().filter(|i| i.rank != Rank::Superseded).collect();
    current.sort_by_key(|involvement| (involvement.rank, lens.role_order(involvement.role.as_str())));
    let said = current.into_iter().map(|involvement| Said {
        qualifiers: vec![labelled(In::Involvement, "role", involvement.role.as_str(), lens)],
        status: Some(involvement.status),
        confidence: Some(involvement.confidence),
        rank: Some(involvement.rank),
        cited: Some(Cited::of(&involvement.sources, document)),
        ..Said::plainly(lens.who(involvement))
    });
    said.collect()
}

fn viewpoints(document: &Document, lens: &Lens<'_>) -> Vec<Said> {
    let said = document.viewpoints.iter().map(|viewpoint| {
        let kinds = viewpoint.answers.iter().flat_map(|answer| &answer.kinds);
        let raised_by = labelled(In::Viewpoint, "raised_by", viewpoint.raised_by.as_str(), lens);
        let answers = kinds.map(|kind| labelled(In::Answer, "kinds", kind.as_str(), lens));
        Said {
            qualifiers: std::iter::once(raised_by).chain(answers).collect(),
            when: viewpoint.date,
            cited: Some(Cited::of(&viewpoint.sources, document)),
            ..Said::coded(In::Viewpoint, "topic", viewpoint.topic.as_str(), lens)
        }
    });
    said.collect()
}

fn timeline(document: &Document, lens: &Lens<'_>) -> Vec<Said> {
    let mut events: Vec<_> = document.timeline.iter().collect();
    events.sort_by_key(|event| event.date.order());
    let said = events.into_iter().map(|event| Said {
        when: Some(event.date),
        cited: Some(Cited::of(&event.sources, document)),
        ..Said::coded(In::Timeline, "event", event.event.as_str(), lens)
    });
    said.collect()
}

fn labelled(within: In, field: &str, code: &str, lens: &Lens<'_>) -> Qualified {
    Qualified {
        label: lens.field(field),
        value: Shown::Words(lens.label(field, code)),
        retired: lens.retired_in(within, field, code),
    }
}
