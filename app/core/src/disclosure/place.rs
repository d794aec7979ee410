//! How many places fit what is told of one that is not named.

use super::{
    Code,
    case::{CaseFiles, RECODE},
    crowd::Crowd,
    findings::{Findings, Spot},
    row::Row,
};
use crate::places::{FEW, Precision};

/// Judges what the head of a case tells of its place.
pub(super) fn judge(case: &CaseFiles<'_>, crowd: &Crowd, findings: &mut Findings<'_>) {
    let Some(head) = case.all().find(|row| row.table == "cases") else { return };
    if case.is_municipality() {
        municipality(case, head, crowd, findings);
    } else {
        other(case, head, crowd, findings);
    }
    if case.level() == Precision::SizeClass && head.get("scope") != Some("nation") {
        city_state(case, head, findings);
    }
}

fn spot<'s>(case: &'s CaseFiles<'_>, head: &Row, column: &'s str) -> Spot<'s> {
    Spot { case: case.id, file: "cases.csv", line: head.line, table: "cases", column }
}

/// How many cities fit.
fn municipality(case: &CaseFiles<'_>, head: &Row, crowd: &Crowd, findings: &mut Findings<'_>) {
    let at = spot(case, head, "size_class");
    let class = head.get("size_class").unwrap_or("any size");
    if crowd.count() < FEW {
        let what = format!("{} cities of the gazetteer fit what is told, fewer than {FEW}", crowd.count());
        findings.refuse(Code::FewCities, at, class, &what, coarser(case));
    }
    if let Some(body_type) = head.get("body_type") {
        let what = "of a municipality its size is told and no type of body";
        findings.refuse(Code::Told, spot(case, head, "body_type"), body_type, what, RECODE);
    }
}

/// A region, several municipalities or a facility has a type of body in place of a size, and lies in or beside a city: in a country of few cities
/// it is as good as named. A nation is its country.
fn other(case: &CaseFiles<'_>, head: &Row, crowd: &Crowd, findings: &mut Findings<'_>) {
    if let Some(class) = head.get("size_class") {
        let what = "the size of a municipality is told of what is none";
        findings.refuse(Code::Told, spot(case, head, "size_class"), class, what, RECODE);
    }
    let scope = head.get("scope").unwrap_or_default();
    if scope != "nation" && crowd.count() < FEW {
        let what = format!("{} cities of the gazetteer lie where this is told to be, fewer than {FEW}", crowd.count());
        findings.refuse(Code::FewCities, spot(case, head, "scope"), scope, &what, coarser(case));
    }
}

/// A city state that decided, took part or is spoken of: wherever in the case it stands, few are left beside the country.
fn city_state(case: &CaseFiles<'_>, head: &Row, findings: &mut Findings<'_>) {
    let is_state = |row: &Row| ["code", "body_type"].iter().any(|column| row.get(column) == Some("city_state"));
    if case.all().any(is_state) {
        let (column, what) = if case.is_municipality() {
            ("size_class", "no country has five city states of one size")
        } else {
            ("scope", "few cities of a country are city states")
        };
        findings.refuse(Code::FewCities, spot(case, head, column), "city_state", what, RECODE);
    }
}

fn coarser(case: &CaseFiles<'_>) -> &'static str {
    match case.level() {
        Precision::SizeClass => {
            "Publish a revision that tells the continent instead of the country, or waive it with a reason"
        }
        _ => "There is no coarser step: take the case out of the lists, or waive it with a reason",
    }
}
