//! Links to what moderators and contributors ask of each other.

use casebook_core::ids::SubmissionId;

/// What the contributor of a published account asks for.
#[must_use]
pub fn correction(id: &SubmissionId) -> String {
    format!("/staff/corrections/{id}")
}

/// Where a moderator asks the contributor of a submission for changes.
#[must_use]
pub fn changes(id: &SubmissionId) -> String {
    format!("/staff/submissions/{id}/changes")
}
