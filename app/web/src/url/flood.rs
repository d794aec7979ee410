//! Where moderators look through what a flood left.

use casebook_core::ids::SubmissionId;

/// What came over the site's pace.
#[must_use]
pub fn pile() -> String {
    "/staff/queue/pile".to_owned()
}

/// The near-duplicates of a submission.
#[must_use]
pub fn alike(id: &SubmissionId) -> String {
    format!("/staff/queue/alike/{id}")
}
