//! Cases side by side: the fields of the codebook as rows, two to four cases as columns, differences and gaps marked.

mod choice;
mod differs;
mod said;
mod table;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

pub use self::{
    choice::{Choice, Chosen, Fitting, choose, look_up},
    differs::Differs,
};
use super::{
    document::{Confidence, Document, Rank, Reliability, Status, When},
    projection::Computed,
    published::Published,
    view::{Lens, Qualified, Retired, Shown},
};
use crate::{
    codebook::{Field, In},
    ids::CaseId,
};

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

impl Column {
    /// That of a case.
    #[must_use]
    pub fn of(case: &Published) -> Self {
        let document = &case.document;
        Self { case: document.id.clone(), revision: document.revision, title: document.title.text.clone() }
    }
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
    /// The field is asked for no more.
    pub retired: Option<Retired>,
    /// One for each case.
    pub cells: Vec<Cell>,
    /// Whether the cases differ in it.
    pub differs: Differs,
}

impl Row {
    /// Whether something in it is offered no more: the field, a code, or a code beside one.
    #[must_use]
    pub fn has_retired(&self) -> bool {
        let mut said = self.cells.iter().flat_map(|cell| match cell {
            Cell::Says(said) => said.as_slice(),
            _ => &[],
        });
        let ended = |one: &Said| one.retired.is_some() || one.qualifiers.iter().any(|beside| beside.retired.is_some());
        self.retired.is_some() || said.any(ended)
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
    /// The place is none that could have it: no gap.
    DoesNotApply,
}

/// One answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// What it says; none where it is unknown, withheld or does not apply.
    pub value: Option<Shown>,
    /// The code is offered no more.
    pub retired: Option<Retired>,
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
    /// Which of several answers counts first; none where it is the only one, or has no rank.
    pub rank: Option<Rank>,
    /// The sources that it cites; none for what the head says and for what is computed.
    pub cited: Option<Cited>,
}

/// The sources of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cited {
    /// How many.
    pub count: usize,
    /// How far the best of them can be relied on; none where there is no source.
    pub best: Option<Reliability>,
}

/// A revision with what is computed of it.
struct Sheet<'a> {
    document: &'a Document,
    computed: Cow<'a, Computed>,
}

impl<'a> Sheet<'a> {
    fn of(case: &'a Published, lens: &Lens<'_>) -> Self {
        Self { document: &case.document, computed: case.computed_of(lens.codebook, lens.gazetteer) }
    }
}

/// Puts cases side by side.
#[must_use]
pub fn compare(cases: &[Published], lens: &Lens<'_>) -> Comparison {
    let columns = cases.iter().map(Column::of);
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
    Row {
        field: field.code.clone(),
        label: field.label(lens.lang).to_owned(),
        section: field.section.clone(),
        retired: lens.retired_field(field),
        differs: Differs::among(&cells),
        cells,
    }
}

fn cell(field: &Field, case: &Sheet<'_>, lens: &Lens<'_>) -> Cell {
    let mut said = said::of(field, case, lens);
    if let [alone] = said.as_mut_slice() {
        alone.rank = None;
    }
    let asked = lens.asked_under(case.document).is_none_or(|version| field.was_asked_in(version));
    match said {
        said if !said.is_empty() => Cell::Says(said),
        _ if !said::applies(field, case.document) => Cell::DoesNotApply,
        _ if asked => Cell::Gap,
        _ => Cell::NotAsked,
    }
}
