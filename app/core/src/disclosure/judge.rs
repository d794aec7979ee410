//! What is judged of one case: its place, its columns, its sources and its words.

use std::{collections::HashSet, rc::Rc};

use super::{
    Code,
    case::{CaseFiles, RECODE},
    columns::{May, may},
    crowd::Crowd,
    figures,
    findings::{Findings, Spot},
    known::Known,
    names::{self, Parties},
    place,
    row::Row,
    words,
};
use crate::places::{FEW, Precision};

/// The kinds of source that are accounts.
pub(super) const ACCOUNTS: [&str; 2] = ["first_hand_account", "second_hand_account"];
/// Relations to a case of the same place, which may be named there.
const SAME_PLACE: [&str; 3] = ["same_contract", "follow_up", "replaced_by"];
/// What an account may show: how its author knows, and the quarter (schema.md rule 9).
const OF_ACCOUNT: [&str; 5] = ["id", "kind", "reliability", "proximity", "quarter"];
/// What is told of another country where only the continent is public.
const SIDES: [&str; 2] = ["inside", "outside"];
/// States of a statement that has a value.
const WITH_VALUE: [&str; 3] = ["stated", "inferred", "disputed"];
/// Columns that make a value.
const VALUES: [&str; 12] = [
    "code",
    "text",
    "number",
    "amount",
    "amount_min",
    "date",
    "from_year",
    "country",
    "continent",
    "organisation",
    "body_type",
    "amount_max",
];

const MAKE_ANEW: &str = "Make the files anew";
const GENERALISE: &str = "Publish a revision of the case that does not tell it";

/// Judges a case.
pub(super) fn judge(case: &CaseFiles<'_>, known: &mut Known, findings: &mut Findings<'_>) {
    let told = case.told();
    findings.next_case(told.is_some());
    let level = case.level();
    let crowd = told.map(|told| known.crowds.of(told));
    let parties = Parties::new(case.each_organisation(), &known.widespread);
    let mut judge = Judge { id: case.id, level, crowd, parties, known, findings };
    judge.agreement(case);
    if let Some(crowd) = judge.crowd.clone() {
        place::judge(case, &crowd, judge.findings);
    }
    let of_tables: HashSet<(&str, &str, &str)> = case.tables.iter().flat_map(cells).collect();
    for row in &case.tables {
        judge.row(row, &format!("{}.csv", row.table), &HashSet::new());
    }
    for row in &case.documents {
        judge.row(row, super::files::DOCUMENTS, &of_tables);
    }
    judge.public_side(case);
}

fn spot<'s>(case: &'s str, row: &'s Row, file: &'s str, column: &'s str) -> Spot<'s> {
    Spot { case, file, line: row.line, table: &row.table, column }
}

fn cells(row: &Row) -> impl Iterator<Item = (&str, &str, &str)> {
    row.cells.iter().map(move |(column, cell)| (row.table.as_str(), column.as_str(), cell.as_str()))
}

struct Judge<'a, 'f, 'w> {
    id: &'a str,
    level: Precision,
    /// None where the place is named.
    crowd: Option<Rc<Crowd>>,
    parties: Parties,
    known: &'a Known,
    findings: &'f mut Findings<'w>,
}

impl Judge<'_, '_, '_> {
    /// Whether tables and document say the same.
    fn agreement(&mut self, case: &CaseFiles<'_>) {
        let both = [
            (&case.tables, &case.documents, true, "the document does not say what the table says"),
            (&case.documents, &case.tables, false, "the table does not say what the document says"),
        ];
        for (one, other, is_table, what) in both {
            let there: HashSet<(&str, &str, &str)> = other.iter().flat_map(cells).collect();
            for row in one {
                let file = if is_table { format!("{}.csv", row.table) } else { super::files::DOCUMENTS.to_owned() };
                for (table, column, cell) in cells(row) {
                    let alone = may(table, column).is_none_or(|may| matches!(may, May::TableOnly | May::Own));
                    if !alone && !there.contains(&(table, column, cell)) {
                        let at = spot(case.id, row, &file, column);
                        self.findings.refuse(Code::Disagreement, at, cell, what, MAKE_ANEW);
                    }
                }
            }
        }
    }

    /// Each cell of a row, but for those of a document that were judged in the table.
    fn row(&mut self, row: &Row, file: &str, judged: &HashSet<(&str, &str, &str)>) {
        for (table, column, cell) in cells(row) {
            if judged.contains(&(table, column, cell)) {
                continue;
            }
            let Some(may) = may(table, column) else {
                let what = "nobody has decided what this may tell";
                let remedy = "Take it out of the files, or decide it in the check";
                self.findings.refuse(Code::Unknown, spot(self.id, row, file, column), cell, what, remedy);
                continue;
            };
            if self.level != Precision::Named {
                self.unnamed(row, file, column, cell, may);
            }
            self.cell(row, file, column, cell, may);
        }
        match row.table.as_str() {
            "sources" => self.source(row, file),
            "case_related" => self.related(row, file),
            "statements" => self.statement(row, file),
            _ => {}
        }
    }

    /// What holds of a cell whether the place is named or not.
    fn cell(&mut self, row: &Row, file: &str, column: &str, cell: &str, may: May) {
        let spot = spot(self.id, row, file, column);
        match may {
            May::Words | May::Never | May::TableOnly => {
                words::personal(cell, spot, self.findings);
                if let Some(crowd) = &self.crowd {
                    words::telling(cell, (crowd, &self.parties), self.level, spot, self.findings);
                }
            }
            May::Id => {
                if let Some(crowd) = &self.crowd {
                    names::cities(cell, (crowd, &self.parties), spot, self.findings);
                }
            }
            May::Address => words::address(cell, spot, self.findings),
            May::Plain => {
                let quarter = row.table == "cases" && matches!(column, "published" | "revised");
                if (quarter || column == "quarter") && !is_quarter(cell) {
                    let what = "a publication is told by its quarter and no finer";
                    self.findings.refuse(Code::Date, spot, cell, what, GENERALISE);
                }
                if column == "code" && !self.known.codes.contains(cell) {
                    let what = "the codebook has no such code";
                    self.findings.refuse(Code::Form, spot, cell, what, MAKE_ANEW);
                }
            }
            _ => {}
        }
    }

    /// What a cell may tell where the place is not named (schema.md section 3).
    fn unnamed(&mut self, row: &Row, file: &str, column: &str, cell: &str, may: May) {
        let region = self.level == Precision::Region;
        let year = |years: i64| cell.parse::<i64>().is_ok_and(|year| (year + years).rem_euclid(3) == 0);
        let found = match may {
            May::Never | May::NeverId | May::Address => {
                Some((Code::Told, "where the place is not named, this may not be told"))
            }
            May::WithCountry if region => {
                Some((Code::Told, "where only the continent is public, this may not be told"))
            }
            May::Date | May::FirstYear | May::LastYear if region && row.table == "sources" => Some((
                Code::Told,
                "where only the continent is public, of a source its kind and its reliability are told",
            )),
            May::Date if region => {
                Some((Code::Date, "where only the continent is public, a date is an interval of years"))
            }
            May::Date if cell.len() != 4 => Some((Code::Date, "where the place is not named, a date is a year")),
            May::FirstYear if region && !year(0) => Some((
                Code::Date,
                "where only the continent is public, an interval begins in a year divisible by three",
            )),
            May::LastYear if region && !year(1) => Some((
                Code::Date,
                "where only the continent is public, an interval ends before a year divisible by three",
            )),
            May::Amount => Some((Code::Amount, "where the place is not named, a sum is a band")),
            May::Bound if region => Some((Code::Amount, "where only the continent is public, no sum is told")),
            May::Bound if !words::is_round(cell) => {
                Some((Code::Amount, "the bound of a band is 1, 2, 5, 10 and so on"))
            }
            May::Language => {
                self.part_of_a_country(row, file, column, cell);
                self.language(cell)
            }
            May::Plain => self.plain(row, column, cell),
            _ => None,
        };
        if let Some((code, what)) = found {
            self.findings.refuse(code, spot(self.id, row, file, column), cell, what, RECODE);
        }
    }

    fn language(&self, tag: &str) -> Option<(Code, &'static str)> {
        let few = self.crowd.as_ref()?.count_speaking(tag)? < FEW;
        few.then_some((Code::FewCities, "fewer than five of the cities that fit lie where this language is at home"))
    }

    /// Beside a country, a language that is not its first one leads to a part of it.
    fn part_of_a_country(&mut self, row: &Row, file: &str, column: &str, tag: &str) {
        if self.crowd.as_ref().is_some_and(|crowd| crowd.is_of_a_part(tag)) {
            let (what, remedy) =
                ("this language is at home in a part of the country", "Look whether it tells the place");
            self.findings.hint(Code::FewCities, spot(self.id, row, file, column), tag, what, remedy);
        }
    }

    fn plain(&self, row: &Row, column: &str, cell: &str) -> Option<(Code, &'static str)> {
        match (row.table.as_str(), column) {
            ("statements", "field") if cell == "population" => {
                Some((Code::Told, "where the place is not named, its size class stands for the number of inhabitants"))
            }
            ("case_related", "kind") if SAME_PLACE.contains(&cell) => {
                Some((Code::Told, "a case of the same place may name it"))
            }
            (table, "continent") if table != "cases" && !SIDES.contains(&cell) => Some((
                Code::Told,
                "where the place is not named, of another country it is told whether it lies on the continent",
            )),
            (_, "number") => {
                let count = cell.parse().ok()?;
                figures::is_of_a_city(count, self.crowd.as_ref()?)
                    .then_some((Code::Figure, "this is the number of inhabitants of a city that fits"))
            }
            _ => None,
        }
    }

    /// A case that names its place does not say that another one, which holds its own back, is of the same.
    fn related(&mut self, row: &Row, file: &str) {
        let (kind, other) = (row.get("kind").unwrap_or_default(), row.get("related_case").unwrap_or_default());
        if self.level == Precision::Named && SAME_PLACE.contains(&kind) && self.known.unnamed.contains(other) {
            let what = "this tells the place of a case that does not name it";
            self.findings.refuse(Code::Told, spot(self.id, row, file, "related_case"), other, what, RECODE);
        }
    }

    /// An account shows how its author knows and its quarter; other sources show neither.
    fn source(&mut self, row: &Row, file: &str) {
        let kind = row.get("kind").unwrap_or_default();
        let account = ACCOUNTS.contains(&kind);
        for (column, cell) in &row.cells {
            let spot = spot(self.id, row, file, column);
            if account && !OF_ACCOUNT.contains(&column.as_str()) {
                let what = "of an account its proximity and its quarter are told and nothing else";
                self.findings.refuse(Code::Account, spot, cell, what, GENERALISE);
            } else if account && column == "reliability" && cell != "unassessed" {
                let what = "an account was given a reliability, which says what was known of its author";
                self.findings.hint(Code::Account, spot, cell, what, "Consider \"unassessed\"");
            } else if !account && matches!(column.as_str(), "proximity" | "quarter") {
                let what = "only an account has a proximity and a quarter";
                self.findings.refuse(Code::Account, spot, cell, what, GENERALISE);
            }
        }
    }

    /// What was held back is left out whole. A statement that has lost its value would be read as "not stated".
    fn statement(&mut self, row: &Row, file: &str) {
        let bounds = (row.get("amount_min"), row.get("amount_max"));
        if self.level == Precision::SizeClass && !matches!(bounds, (None, None)) && !words::is_band(bounds) {
            let what = "a band goes from one of 1, 2, 5, 10 and so on to the next";
            self.findings.refuse(Code::Amount, spot(self.id, row, file, "amount_min"), "", what, RECODE);
        }
        let status = row.get("status").unwrap_or_default();
        let has_value = VALUES.iter().any(|column| row.get(column).is_some());
        if WITH_VALUE.contains(&status) != has_value {
            let what = "a value that is stated must stand there, and one that is not must not";
            self.findings.refuse(Code::Form, spot(self.id, row, file, "status"), status, what, MAKE_ANEW);
        }
    }

    /// Bodies of the public side, by id and by name.
    fn public_side(&mut self, case: &CaseFiles<'_>) {
        if self.level == Precision::Named {
            return;
        }
        let is_side = |row: &&Row| row.get("qualifier") == Some("side") && row.get("code") == Some("public");
        let sides: HashSet<&str> = case.all().filter(is_side).filter_map(|row| row.get("statement_id")).collect();
        for row in case.all() {
            let Some(organisation) = row.get("organisation") else { continue };
            let said = row.table == "statements" && row.get("id").is_some_and(|id| sides.contains(id));
            let named = row.get("organisation_name").is_some_and(words::is_public_body);
            if said || named || self.known.bodies.contains(organisation) {
                let file = format!("{}.csv", row.table);
                let what = "where the place is not named, a body of the public side is told by its type";
                let spot = spot(self.id, row, &file, "organisation");
                self.findings.refuse(Code::Body, spot, organisation, what, RECODE);
            }
        }
    }
}

/// Whether it is written like `2026-Q4`.
fn is_quarter(text: &str) -> bool {
    text.split_once("-Q").is_some_and(|(year, quarter)| {
        year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()) && matches!(quarter, "1" | "2" | "3" | "4")
    })
}
