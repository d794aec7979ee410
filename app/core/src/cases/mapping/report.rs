//! What is told of a table: row by row, and in sum.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    ids::{CaseId, OrganisationId},
    text::MarkKind,
};

/// What became of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowReport {
    /// The line in which it begins.
    pub line: usize,
    /// The title that its case has; empty where the cells that it needs are.
    pub title: String,
    /// What becomes of it.
    pub outcome: Outcome,
}

/// What becomes of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It can come in.
    Ready,
    /// It came in before, as this case.
    Present(CaseId),
    /// It cannot come in, for all of these reasons.
    Refused(Vec<String>),
}

/// An organisation whose name is near to that of a new one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Alike {
    /// One on record, by its id and name.
    OnRecord(OrganisationId, String),
    /// Another new one, by its name.
    New(String),
}

/// What is told of the whole table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Totals {
    /// Rows that can come in.
    pub ready: usize,
    /// Rows that came in before.
    pub present: usize,
    /// Rows that cannot come in.
    pub refused: usize,
    /// Values without a code: column and value, and in how many refused rows they stand.
    pub unmapped: BTreeMap<(String, String), usize>,
    /// Values that become the code `other`: column and value, in how many rows that can come in, and the code that may be meant,
    /// in words.
    pub others: BTreeMap<(String, String), (usize, String)>,
    /// Cities whose names fit several, with what fits.
    pub ambiguous: BTreeMap<String, String>,
    /// Columns with numbers that would be a thousand times as great if the other sign stood before fractions: in how many rows,
    /// and the first.
    pub doubtful: BTreeMap<String, (usize, String)>,
    /// What may lead to a person, by column and by what it looks like: in how many rows, and the first words.
    pub noted: BTreeMap<(String, MarkKind), (usize, String)>,
    /// Names of the organisations that are new, each with another one that may be meant.
    pub organisations: BTreeMap<String, Option<Alike>>,
    /// Columns that the mapping does not use.
    pub unused: Vec<String>,
}

impl Totals {
    /// Counts what was found in a row, each thing once.
    pub(super) fn count(&mut self, problems: &Problems, is_refused: bool) {
        for (column, number) in &problems.doubtful {
            self.doubtful.entry(column.clone()).or_insert_with(|| (0, number.clone())).0 += 1;
        }
        for (place, words) in &problems.noted {
            self.noted.entry(place.clone()).or_insert_with(|| (0, words.clone())).0 += 1;
        }
        if is_refused {
            for value in &problems.unmapped {
                *self.unmapped.entry(value.clone()).or_default() += 1;
            }
            self.ambiguous.extend(problems.ambiguous.iter().cloned());
        } else {
            for (place, meant) in &problems.others {
                self.others.entry(place.clone()).or_insert_with(|| (0, meant.clone())).0 += 1;
            }
        }
    }
}

/// What is wrong with a row.
#[derive(Default)]
pub(super) struct Problems {
    /// Columns whose cells are faulty in themselves: nothing that follows from them is told.
    faulty: BTreeSet<usize>,
    /// Columns of which something was told: what the document lacks for it need not be told again.
    told: BTreeSet<usize>,
    found: Vec<String>,
    pub(super) unmapped: BTreeSet<(String, String)>,
    /// Columns and values that become the code `other`, and the code that may be meant, in words.
    pub(super) others: BTreeMap<(String, String), String>,
    pub(super) ambiguous: Vec<(String, String)>,
    /// Columns and the first of their numbers that may be meant otherwise.
    pub(super) doubtful: BTreeMap<String, String>,
    /// Columns, what something in them looks like that may lead to a person, and the words.
    pub(super) noted: BTreeMap<(String, MarkKind), String>,
}

impl Problems {
    /// Notes that a cell is no text at all.
    pub(super) fn cell(&mut self, header: &[String], column: usize, reason: &str) {
        self.found.push(format!("{}: {reason}", names(header, &[column])));
        self.faulty.insert(column);
    }

    /// Notes what is wrong with what these columns say.
    pub(super) fn add(&mut self, header: &[String], columns: &[usize], reason: &str) {
        if columns.iter().any(|column| self.faulty.contains(column)) {
            return;
        }
        self.told.extend(columns);
        let told = match columns {
            [] => reason.to_owned(),
            columns => format!("{}: {reason}", names(header, columns)),
        };
        if !self.found.contains(&told) {
            self.found.push(told);
        }
    }

    /// Notes what is wrong with the document that came of these columns, unless it follows from what was told of them.
    pub(super) fn add_fault(&mut self, header: &[String], columns: &[usize], reason: &str) {
        if !columns.iter().any(|column| self.told.contains(column)) {
            self.add(header, columns, reason);
        }
    }

    /// Whether nothing is wrong.
    pub(super) fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// All that is wrong, in the order in which it was found.
    pub(super) fn into_told(self) -> Vec<String> {
        self.found
    }
}

/// The names of columns, as errors write them.
fn names(header: &[String], columns: &[usize]) -> String {
    let name = |column: &usize| header.get(*column).map(|name| format!("{name:?}"));
    columns.iter().filter_map(name).collect::<Vec<_>>().join(", ")
}

/// A value as an error shows it: as long as it must be to be known again.
pub(super) fn shown(value: &str) -> String {
    const MOST: usize = 60;
    let begin: String = value.chars().take(MOST).collect();
    if begin.len() < value.len() { format!("{begin:?}...") } else { format!("{begin:?}") }
}
