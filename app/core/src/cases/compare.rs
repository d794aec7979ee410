//! Cases side by side: the fields of the codebook as rows, two to four cases as columns, differences and gaps marked.

mod table;
#[cfg(test)]
mod tests;

use std::{borrow::Cow, collections::BTreeSet, fmt, str::FromStr};

use super::{
    document::{Confidence, Document, Number, Place, Rank, Statement, Status, When},
    projection::{Computed, Projection},
    published::Published,
    view::{Lens, Qualified, Shown},
};
use crate::{
    codebook::{Field, In},
    ids::{CaseId, MalformedId},
    limits,
};

/// A case to be compared, as the address names it: `7K2MQX4T`, or `7K2MQX4T@3` for a revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// The case.
    pub case: CaseId,
    /// The revision; the current one if none is named.
    pub revision: Option<u32>,
}

impl FromStr for Chosen {
    type Err = MalformedId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (case, revision) = match text.trim().split_once('@') {
            Some((case, revision)) => (case, Some(revision.parse().map_err(|_| MalformedId)?)),
            None => (text.trim(), None),
        };
        Ok(Self { case: case.parse()?, revision })
    }
}

impl fmt::Display for Chosen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.revision {
            Some(revision) => write!(f, "{}@{revision}", self.case),
            None => write!(f, "{}", self.case),
        }
    }
}

/// Why a choice cannot be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unfit {
    /// One of them is no case's id.
    NoId(String),
    /// Fewer than two.
    TooFew,
    /// More than [`limits::COMPARED`].
    TooMany,
}

/// Reads what an address names; a case named twice stands once.
///
/// # Errors
/// [`Unfit`] where it is not two to four cases.
pub fn choose<T: AsRef<str>>(named: impl IntoIterator<Item = T>) -> Result<Vec<Chosen>, Unfit> {
    let mut chosen: Vec<Chosen> = Vec::new();
    for name in named {
        let name = name.as_ref();
        if name.trim().is_empty() {
            continue;
        }
        let one: Chosen = name.parse().map_err(|_| Unfit::NoId(name.to_owned()))?;
        if !chosen.contains(&one) {
            chosen.push(one);
        }
    }
    match chosen.len() {
        0 | 1 => Err(Unfit::TooFew),
        count if count > limits::COMPARED => Err(Unfit::TooMany),
        _ => Ok(chosen),
    }
}

/// Cases side by side.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// The cases.
    pub columns: Vec<Column>,
    /// The fields, in the order of the codebook's topics.
    pub rows: Vec<Row>,
}

/// One case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its id.
    pub case: CaseId,
    /// The revision shown.
    pub revision: u32,
    /// Its title.
    pub title: String,
}

/// One field across the cases.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Code of the field.
    pub field: String,
    /// Its name.
    pub label: String,
    /// Code of its topic, if it has one.
    pub section: Option<String>,
    /// One for each case.
    pub cells: Vec<Cell>,
    /// The cases that say something do not say the same.
    pub differs: bool,
}

impl Row {
    /// Whether some case says nothing while another does.
    #[must_use]
    pub fn has_gap(&self) -> bool {
        let silent = self.cells.iter().filter(|cell| !matches!(cell, Cell::Says(_))).count();
        silent > 0 && silent < self.cells.len()
    }

    /// Whether no case says anything.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        !self.cells.iter().any(|cell| matches!(cell, Cell::Says(_)))
    }
}

/// What one case says of one field.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// One answer or several, preferred ones first.
    Says(Vec<Said>),
    /// Nothing: a gap.
    Gap,
    /// The field did not exist when the case was coded.
    NotAsked,
}

/// One answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// What it says; none where it is unknown, withheld or does not apply.
    pub value: Option<Shown>,
    /// What stands beside the value.
    pub qualifiers: Vec<Qualified>,
    /// Label of the agreement it speaks of.
    pub agreement: Option<String>,
    /// When it holds, or when it was.
    pub when: Option<When>,
    /// What kind of knowledge it is; none for what the head says and for parts without a status.
    pub status: Option<Status>,
    /// How well it is supported.
    pub confidence: Option<Confidence>,
    /// How many sources it cites.
    pub sources: usize,
}

impl Said {
    fn plainly(value: Shown) -> Self {
        let (agreement, when, status, confidence) = (None, None, None, None);
        Self { value: Some(value), qualifiers: Vec::new(), agreement, when, status, confidence, sources: 0 }
    }

    fn words(words: impl Into<String>) -> Self {
        Self::plainly(Shown::Words(words.into()))
    }
}

/// A revision with what is computed of it.
struct Sheet<'a> {
    document: &'a Document,
    computed: Cow<'a, Computed>,
}

impl<'a> Sheet<'a> {
    /// What is kept with the case is computed of its current revision; that of an earlier one is computed here.
    fn of(case: &'a Published, lens: &Lens<'_>) -> Self {
        let document = &case.document;
        let computed = if document.revision == case.current {
            Cow::Borrowed(&case.computed)
        } else {
            Cow::Owned(Projection::of(document, lens.codebook, lens.gazetteer).computed)
        };
        Self { document, computed }
    }
}

/// Puts cases side by side.
#[must_use]
pub fn compare(cases: &[Published], lens: &Lens<'_>) -> Comparison {
    let columns = cases.iter().map(|case| Column {
        case: case.document.id.clone(),
        revision: case.document.revision,
        title: case.document.title.text.clone(),
    });
    let mut fields: Vec<&Field> = lens.codebook.fields().iter().filter(|field| is_row(field)).collect();
    let sections = lens.codebook.sections();
    let place = |field: &Field| {
        let section = field.section.as_deref();
        sections.iter().position(|known| Some(known.code.as_str()) == section).unwrap_or(0)
    };
    fields.sort_by_key(|field| place(field));
    let sheets: Vec<Sheet<'_>> = cases.iter().map(|case| Sheet::of(case, lens)).collect();
    let rows = fields.into_iter().map(|field| row(field, &sheets, lens));
    let rows = rows
        .filter(|row| !row.is_empty() || lens.codebook.field(&row.field).is_some_and(|field| field.retired.is_none()));
    Comparison { columns: columns.collect(), rows: rows.collect() }
}

/// Statements of the case and its agreements, what its head says, and what a part is about.
fn is_row(field: &Field) -> bool {
    let head = ["kind", "scope", "country", "city", "size_class", "place_disclosure", "summary", "completeness"];
    match field.within {
        In::Case => true,
        In::Agreement => field.code != "label",
        In::Head => head.contains(&field.code.as_str()),
        In::Involvement => field.code == "role",
        In::Viewpoint => field.code == "topic",
        In::Timeline => field.code == "event",
        _ => false,
    }
}

fn row(field: &Field, cases: &[Sheet<'_>], lens: &Lens<'_>) -> Row {
    let cells: Vec<Cell> = cases.iter().map(|case| cell(field, case, lens)).collect();
    let said: BTreeSet<BTreeSet<String>> = cells.iter().filter_map(Cell::content).collect();
    Row {
        field: field.code.clone(),
        label: field.label(lens.lang).to_owned(),
        section: field.section.clone(),
        differs: said.len() > 1,
        cells,
    }
}

impl Cell {
    /// What is said, so that it can be compared: values and qualifiers, not when it holds or where it comes from.
    fn content(&self) -> Option<BTreeSet<String>> {
        let Self::Says(said) = self else { return None };
        let content = |said: &Said| match (&said.value, said.status) {
            (Some(value), _) => format!("{value:?} {:?}", said.qualifiers),
            (None, status) => format!("{status:?} {:?}", said.qualifiers),
        };
        Some(said.iter().map(content).collect())
    }
}

fn cell(field: &Field, case: &Sheet<'_>, lens: &Lens<'_>) -> Cell {
    let document = case.document;
    let said = match field.within {
        In::Head => head(&field.code, case, lens),
        In::Involvement => involvements(document, lens),
        In::Viewpoint => viewpoints(document, lens),
        In::Timeline => timeline(document, lens),
        _ => statements(&field.code, case, lens),
    };
    let asked = lens.asked_under(document).is_none_or(|version| field.was_asked_in(version));
    match said {
        said if !said.is_empty() => Cell::Says(said),
        _ if asked => Cell::Gap,
        _ => Cell::NotAsked,
    }
}

fn head(field: &str, case: &Sheet<'_>, lens: &Lens<'_>) -> Vec<Said> {
    let document = case.document;
    let code = |code: &str| vec![Said::words(lens.label(field, code))];
    match field {
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
        Some(count) if field == "population" && said.is_empty() => {
            vec![Said::plainly(Shown::Number(Number { number: count as f64, year: None }))]
        }
        _ => said,
    }
}

fn said(statement: &Statement, document: &Document, lens: &Lens<'_>) -> Said {
    let agreement = statement.part.as_deref().and_then(|part| document.agreement(part));
    Said {
        value: statement.value.as_ref().map(|value| lens.shown(statement.field.as_str(), value)),
        qualifiers: statement.qualifiers.iter().map(|(code, value)| lens.qualified(code.as_str(), value)).collect(),
        agreement: agreement.map(|agreement| agreement.label.clone()),
        when: statement.as_of,
        status: Some(statement.status),
        confidence: Some(statement.confidence),
        sources: statement.sources.len(),
    }
}

fn involvements(document: &Document, lens: &Lens<'_>) -> Vec<Said> {
    let mut current: Vec<_> = document.involvements.iter().filter(|i| i.rank != Rank::Superseded).collect();
    current.sort_by_key(|involvement| (involvement.rank, lens.role_order(involvement.role.as_str())));
    let said = current.into_iter().map(|involvement| Said {
        qualifiers: vec![labelled("role", involvement.role.as_str(), lens)],
        status: Some(involvement.status),
        confidence: Some(involvement.confidence),
        sources: involvement.sources.len(),
        ..Said::plainly(lens.who(involvement))
    });
    said.collect()
}

fn viewpoints(document: &Document, lens: &Lens<'_>) -> Vec<Said> {
    let said = document.viewpoints.iter().map(|viewpoint| {
        let kinds = viewpoint.answers.iter().flat_map(|answer| &answer.kinds);
        let answers = kinds.map(|kind| labelled("kinds", kind.as_str(), lens));
        Said {
            qualifiers: std::iter::once(labelled("raised_by", viewpoint.raised_by.as_str(), lens))
                .chain(answers)
                .collect(),
            when: viewpoint.date,
            sources: viewpoint.sources.len(),
            ..Said::words(lens.label("topic", viewpoint.topic.as_str()))
        }
    });
    said.collect()
}

fn timeline(document: &Document, lens: &Lens<'_>) -> Vec<Said> {
    let mut events: Vec<_> = document.timeline.iter().collect();
    events.sort_by_key(|event| event.date.order());
    let said = events.into_iter().map(|event| Said {
        when: Some(event.date),
        sources: event.sources.len(),
        ..Said::words(lens.label("event", event.event.as_str()))
    });
    said.collect()
}

fn labelled(field: &str, code: &str, lens: &Lens<'_>) -> Qualified {
    Qualified { label: lens.field(field), value: Shown::Words(lens.label(field, code)) }
}
