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
    let states = case.each("statements", "code").chain(case.each("statements", "body_type"));
    let is_state = states.chain(case.each("involvements", "body_type")).any(|code| code == "city_state");
    if case.level() == Precision::SizeClass && is_state {
        let what = "no country has five city states of one size";
        findings.refuse(Code::FewCities, at, "city_state", what, RECODE);
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

fn coarser(case: &CaseFiles<'_>) -> &'static str {
    match case.level() {
        Precision::SizeClass => {
            "Publish a revision that tells the continent instead of the country, or waive it with a reason"
        }
        _ => "There is no coarser step: take the case out of the lists, or waive it with a reason",
    }
}
