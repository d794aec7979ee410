//! Links to what is taken out of cases, to demands, and to what is told of it.

use casebook_core::ids::{CaseId, DemandId};

use super::with_query;

/// Where words of a case are taken from readers' sight.
#[must_use]
pub fn redact_in_case(id: &CaseId) -> String {
    format!("/staff/cases/{id}/redact")
}

/// Where redacted words are shown again.
#[must_use]
pub fn lift_redaction(id: &CaseId) -> String {
    format!("/staff/cases/{id}/redact/lift")
}

/// Where words of a case are erased for ever.
#[must_use]
pub fn erase_in_case(id: &CaseId) -> String {
    format!("/staff/cases/{id}/erase")
}

/// Demands to take something down.
#[must_use]
pub fn demands() -> String {
    "/staff/demands".to_owned()
}

/// One demand, for deciding on it.
#[must_use]
pub fn demand(id: &DemandId) -> String {
    format!("/staff/demands/{id}")
}

/// What the staff did, as far as it is public.
#[must_use]
pub fn log() -> String {
    "/log".to_owned()
}

/// A page of those lines of the log that were asked for.
#[must_use]
pub fn log_page(act: &str, reason: &str, page: usize) -> String {
    let page = if page > 1 { page.to_string() } else { String::new() };
    let pairs = [("act", act), ("reason", reason), ("page", &page)];
    let pairs: Vec<(&str, &str)> = pairs.into_iter().filter(|(_, value)| !value.is_empty()).collect();
    with_query("/log", &pairs)
}

/// What was done in each quarter, in numbers.
#[must_use]
pub fn transparency() -> String {
    "/transparency".to_owned()
}

/// The notice of a demand.
#[must_use]
pub fn notice(id: &DemandId) -> String {
    format!("/transparency#demand-{id}")
}
