//! What the template of a case asks the page for about its revisions, and about cases that were merged.

use casebook_core::{cases::published::Visibility, ids::CaseId};

use super::CasePage;
use crate::url;

impl CasePage {
    /// The case that this one was merged into, and its address.
    pub(super) fn merged_into(&self) -> Option<(String, String)> {
        match &self.case.visibility {
            Visibility::Merged(into) => Some((into.to_string(), url::case(into))),
            _ => None,
        }
    }

    pub(super) fn revision_of(&self, case: &CaseId, revision: &u32) -> String {
        url::case_revision(case, *revision)
    }

    /// What a revision changed; none for the first one.
    pub(super) fn changes_address(&self, revision: &u32) -> Option<String> {
        (*revision > self.first_revision()).then(|| url::case_changes(&self.document().id, *revision))
    }

    fn first_revision(&self) -> u32 {
        self.case.revisions.first().map_or(1, |note| note.revision)
    }
}
