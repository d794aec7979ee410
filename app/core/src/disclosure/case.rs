//! A case as the files have it.

use std::collections::HashSet;

use super::{crowd::Told, row::Row};
use crate::places::{Precision, SizeClass};

/// What mends a case that tells more of its place than it may.
pub(super) const RECODE: &str =
    "Publish a revision with the coarser step of schema.md section 3, or waive it with a reason";

/// A case as the files have it.
pub(super) struct CaseFiles<'a> {
    pub(super) id: &'a str,
    /// The rows of the tables.
    pub(super) tables: Vec<Row>,
    /// The same as the document has it.
    pub(super) documents: Vec<Row>,
}

impl CaseFiles<'_> {
    pub(super) fn all(&self) -> impl Iterator<Item = &Row> {
        self.tables.iter().chain(&self.documents)
    }

    /// What stands in a column, in each row that has it.
    pub(super) fn each<'r>(&'r self, table: &str, column: &str) -> impl Iterator<Item = &'r str> {
        let of_table = self.all().filter(move |row| row.table == table);
        of_table.filter_map(move |row| row.get(column))
    }

    /// The organisations that it names: their ids and usual names.
    pub(super) fn each_organisation(&self) -> impl Iterator<Item = (&str, &str)> {
        self.all().filter_map(|row| Some((row.get("organisation")?, row.get("organisation_name")?)))
    }

    /// How precisely its place is told. Where the files do not agree, or say nothing that is known, the coarsest step holds.
    pub(super) fn level(&self) -> Precision {
        let level = |disclosure: &str| match disclosure {
            "named" => Precision::Named,
            "size_class" => Precision::SizeClass,
            _ => Precision::Region,
        };
        self.each("cases", "place_disclosure").map(level).max().unwrap_or(Precision::Region)
    }

    /// What is told of a place that is not named.
    pub(super) fn told(&self) -> Option<Told> {
        let level = self.level();
        let whereabouts: HashSet<&str> = match level {
            Precision::Named => return None,
            Precision::SizeClass => self.each("case_countries", "country").collect(),
            Precision::Region => self.each("cases", "continent").collect(),
        };
        let mut whereabouts: Vec<String> = whereabouts.into_iter().map(str::to_owned).collect();
        whereabouts.sort();
        let class = self.is_municipality().then(|| self.each("cases", "size_class").next()?.parse::<SizeClass>().ok());
        Some(Told { level, whereabouts, class: class.flatten() })
    }

    pub(super) fn is_municipality(&self) -> bool {
        self.each("cases", "scope").any(|scope| scope == "municipality")
    }
}
