//! Published cases as tables that belong to each other: one definition of each, from which the files of a package, the sheets of a workbook
//! and the description of both are made.
//!
//! What has several values is rows of a table of its own (row R9), never columns with numbers and nothing joined in a cell. Every part of a
//! case has an id that is unique in all tables, the id of its case and its own: `7K2MQX4T-t1`. So each reference is one column, and one that
//! is empty refers to nothing.

mod cell;
mod coded;
mod columns;
mod course;
mod head;
mod said;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

#[cfg(test)]
pub(in crate::cases) use self::cell::parted;
pub use self::cell::{Cell, defused};
use super::{document::Document, projection::Computed};
use crate::{codebook::Codebook, organisations::Directory};

/// A row, with a cell for each column.
pub type Row = Vec<Cell>;

/// What the cells of a column are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// Words, in a spreadsheet with an apostrophe before what would be taken for a formula.
    Text,
    /// One of these codes.
    Coded(Vec<String>),
    /// Words that fit this regular expression as a whole.
    Pattern(&'static str),
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// Yes or no.
    Flag,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name, unique in the table.
    pub name: String,
    /// What its cells are.
    pub kind: Kind,
    /// Whether no cell of it is empty.
    pub required: bool,
    /// Whether its cells have any number of values.
    pub several: bool,
    /// What it says, in a sentence.
    pub meaning: String,
}

impl Column {
    /// A column whose cells may be empty.
    #[must_use]
    pub fn new(name: impl Into<String>, kind: Kind, meaning: impl Into<String>) -> Self {
        Self { name: name.into(), kind, required: false, several: false, meaning: meaning.into() }
    }

    /// The same column, of which no cell is empty.
    #[must_use]
    pub fn required(self) -> Self {
        Self { required: true, ..self }
    }

    /// The same column, whose cells have any number of values.
    #[must_use]
    pub fn several(self) -> Self {
        Self { several: true, ..self }
    }
}

/// That the cells of a column are keys of another table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reference {
    /// The column.
    pub column: &'static str,
    /// The table, whose key is its column `id`.
    pub table: &'static str,
}

/// A table of a package.
pub struct Table {
    /// Its name, which is that of its file and of its sheet.
    pub name: &'static str,
    /// What a row is.
    pub meaning: &'static str,
    /// Its columns.
    pub columns: Vec<Column>,
    /// The columns that together tell a row from every other.
    pub key: &'static [&'static str],
    /// Where it leads.
    pub references: Vec<Reference>,
    /// The rows of one case.
    pub rows: fn(&Record<'_>) -> Vec<Row>,
}

impl std::fmt::Debug for Table {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Table").field("name", &self.name).finish_non_exhaustive()
    }
}

/// A case, and what rows say besides its document.
#[derive(Debug, Clone, Copy)]
pub struct Record<'a> {
    /// The current revision.
    pub document: &'a Document,
    /// What is computed of it.
    pub computed: &'a Computed,
    /// The organisations that it names.
    pub parties: &'a Directory,
    /// The coder of each revision that something of it stands since.
    pub coders: &'a BTreeMap<u32, String>,
    /// The permanent address of the revision (row R14).
    pub url: &'a str,
}

impl Record<'_> {
    /// The id of the case.
    fn case(&self) -> Cell {
        Cell::text(self.document.id.as_str())
    }

    /// The id of a part, unique in all tables.
    fn part(&self, id: &str) -> Cell {
        Cell::Text(format!("{}-{id}", self.document.id))
    }
}

/// All tables of this vocabulary, those that are referred to before those that refer to them.
#[must_use]
pub fn all(codebook: &Codebook) -> Vec<Table> {
    let mut tables = head::tables(codebook);
    tables.extend(course::tables(codebook));
    tables.extend(coded::tables(codebook));
    tables.extend(said::tables(codebook));
    tables
}
