//! Links of the read API.

use casebook_core::ids::CaseId;

use super::with_pairs;

/// What there is for programs, for people who write them.
#[must_use]
pub fn api() -> String {
    "/api".to_owned()
}

/// What a kind of failure means.
#[must_use]
pub fn api_problem(name: &str) -> String {
    format!("/api#{name}")
}

/// The description of the read API.
#[must_use]
pub fn api_description() -> String {
    "/api/v1/openapi.json".to_owned()
}

/// Cases by filters, a page of them.
#[must_use]
pub fn api_cases(pairs: &[(String, String)]) -> String {
    with_pairs("/api/v1/cases", pairs)
}

/// One case.
#[must_use]
pub fn api_case(id: &CaseId) -> String {
    format!("/api/v1/cases/{id}")
}

/// The revisions of a case.
#[must_use]
pub fn api_revisions(id: &CaseId) -> String {
    format!("/api/v1/cases/{id}/revisions")
}

/// A revision of a case.
#[must_use]
pub fn api_revision(id: &CaseId, revision: u32) -> String {
    format!("/api/v1/cases/{id}/revisions/{revision}")
}

/// How many cases each code has under these filters.
#[must_use]
pub fn api_facets(pairs: &[(String, String)]) -> String {
    with_pairs("/api/v1/facets", pairs)
}

/// The vocabulary.
#[must_use]
pub fn api_codebook() -> String {
    "/api/v1/codebook".to_owned()
}
