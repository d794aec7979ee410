//! Links to feeds.

use casebook_core::ids::{CaseId, OrganisationId};

use super::with_pairs;

/// The feed of the cases that these filters ask for.
#[must_use]
pub fn cases_feed(pairs: &[(String, String)]) -> String {
    with_pairs("/cases.atom", pairs)
}

/// The feed of a case, with an entry for each revision.
#[must_use]
pub fn case_feed(id: &CaseId) -> String {
    format!("/cases/{id}.atom")
}

/// The feed of the cases that an organisation is part of.
#[must_use]
pub fn organisation_feed(id: &OrganisationId) -> String {
    format!("/organisations/{id}.atom")
}
