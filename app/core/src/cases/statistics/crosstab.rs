//! One field by another: how many cases are in both, with small counts suppressed (row R36).

use roaring::RoaringBitmap;

use super::{
    Question,
    category::{Category, categories},
    suppress,
};
use crate::{
    cases::facets::{Facets, Problem, facet_names},
    codebook::{Codebook, needed::STATE},
};

/// The two fields of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Axes {
    /// The facet whose codes are the rows.
    pub rows: String,
    /// The facet whose codes are the columns.
    pub columns: String,
}

impl Axes {
    /// Reads the names of two facets; where one is empty, how a case stands, and what kind of case it is, are crossed. A retired field leads
    /// to the one that took its place.
    ///
    /// # Errors
    /// Each name that is no facet, with those that are.
    pub fn parse(rows: &str, columns: &str, codebook: &Codebook) -> Result<Self, Vec<Problem>> {
        let names = facet_names(codebook);
        let mut problems = Vec::new();
        let mut read = |name: &str, value: &str, usual: &str| {
            let wanted = if value.is_empty() { usual } else { standing(value, codebook) };
            if !value.is_empty() && !names.contains(&wanted) {
                problems.push(Problem {
                    name: name.to_owned(),
                    value: value.to_owned(),
                    unknown_name: false,
                    allowed: names.iter().map(|name| (*name).to_owned()).collect(),
                });
            }
            // an operator's own codebook may lack the usual one
            names.iter().find(|name| **name == wanted).or(names.first()).map_or_else(String::new, |name| (*name).into())
        };
        let (rows, columns) = (read("rows", rows, codebook.name_of(STATE)), read("columns", columns, "kind"));
        if problems.is_empty() { Ok(Self { rows, columns }) } else { Err(problems) }
    }

    /// Whether these are other fields than those that were named.
    #[must_use]
    pub fn are_other_than(&self, rows: &str, columns: &str) -> bool {
        let other = |named: &str, read: &str| !named.is_empty() && named != read;
        other(rows, &self.rows) || other(columns, &self.columns)
    }

    /// The pairs of an address.
    #[must_use]
    pub fn pairs(&self) -> Vec<(String, String)> {
        vec![("rows".to_owned(), self.rows.clone()), ("columns".to_owned(), self.columns.clone())]
    }
}

fn standing<'a>(name: &'a str, codebook: &'a Codebook) -> &'a str {
    codebook.facet(name).map_or(name, |field| codebook.standing_field(field).code.as_str())
}

/// A number of cases, or that it is not told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    /// So many.
    Shown(u64),
    /// Few, or a number that would let a small one be worked out. Never none.
    Suppressed,
}

impl Count {
    /// The number, where it is told.
    #[must_use]
    pub fn shown(self) -> Option<u64> {
        match self {
            Self::Shown(count) => Some(count),
            Self::Suppressed => None,
        }
    }
}

/// One field by another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crosstab {
    /// The two fields.
    pub axes: Axes,
    /// The heads of the rows.
    pub rows: Vec<Category>,
    /// The heads of the columns.
    pub columns: Vec<Category>,
    /// Row by row, each with its total at the end; at the end the totals of the columns. Empty where [`Self::withheld`].
    pub cells: Vec<Vec<Count>>,
    /// Some case stands in several rows or columns, so that cells add up to more than their total.
    pub overlaps: bool,
    /// The set is too small for a table: whatever was suppressed, something of it could be worked out.
    pub withheld: bool,
}

impl Crosstab {
    /// The table of a set of cases.
    pub(super) fn of(facets: &Facets, set: &RoaringBitmap, codebook: &Codebook, question: &Question) -> Self {
        let axes = &question.axes;
        let rows = categories(facets, &axes.rows, set, codebook);
        let columns = categories(facets, &axes.columns, set, codebook);
        let counts = counts(&rows, &columns, set);
        let overlaps = !(adds_up(&rows, set) && adds_up(&columns, set));
        let (apart_rows, apart_columns) = (apart(&rows), apart(&columns));
        let apart = suppress::Apart { rows: &apart_rows, columns: &apart_columns };
        let hidden = suppress::suppressed(&counts, apart, question.suppress_below);
        let cells: Option<Vec<Vec<Count>>> = hidden.map(|hidden| {
            let row = |(counts, hidden): (&Vec<u64>, &Vec<bool>)| counts.iter().zip(hidden).map(cell).collect();
            counts.iter().zip(&hidden).map(row).collect()
        });
        Self {
            axes: axes.clone(),
            rows: rows.into_iter().map(|(head, _)| head).collect(),
            columns: columns.into_iter().map(|(head, _)| head).collect(),
            withheld: cells.is_none(),
            cells: cells.unwrap_or_default(),
            overlaps,
        }
    }

    /// How many cells and totals are suppressed.
    #[must_use]
    pub fn suppressed(&self) -> usize {
        self.cells.iter().flatten().filter(|cell| **cell == Count::Suppressed).count()
    }

    /// Whether suppression leaves nothing but noughts and the number of the whole set.
    #[must_use]
    pub fn is_bare(&self) -> bool {
        let mut beside_the_whole = self.cells.iter().flatten().rev().skip(1);
        self.suppressed() > 0 && beside_the_whole.all(|cell| matches!(cell, Count::Suppressed | Count::Shown(0)))
    }
}

fn cell((count, hidden): (&u64, &bool)) -> Count {
    if *hidden { Count::Suppressed } else { Count::Shown(*count) }
}

/// Which of these lines share no case with another.
fn apart(lines: &[(Category, RoaringBitmap)]) -> Vec<bool> {
    lines.iter().map(|(head, _)| head.is_apart()).collect()
}

/// Whether each case stands in one of these lines only.
fn adds_up(lines: &[(Category, RoaringBitmap)], set: &RoaringBitmap) -> bool {
    lines.iter().map(|(_, cases)| cases.len()).sum::<u64>() == set.len()
}

/// The counts with their totals; a total counts each case once.
fn counts(
    rows: &[(Category, RoaringBitmap)],
    columns: &[(Category, RoaringBitmap)],
    set: &RoaringBitmap,
) -> Vec<Vec<u64>> {
    let across = |cases: &RoaringBitmap| {
        let cells = columns.iter().map(|(_, column)| column.intersection_len(cases));
        cells.chain([cases.len()]).collect()
    };
    rows.iter().map(|(_, cases)| across(cases)).chain([across(set)]).collect()
}
