//! What moderators changed: the text that was sent beside the one that waits for its day, or that was published (row M6).

use super::{OwnCase, State};
use crate::{
    Error, Result,
    cases::{
        changes::between,
        difference::{Difference, Pairing},
        document::Document,
        published::{self, Eyes},
        show::Tables,
    },
    db::Reading,
};

/// The kind of a submission of which a case of its own is made.
const NEW_CASE: &str = "new";

/// What differs between what was sent and the final text; nothing while there is none, and once what was sent is destroyed.
///
/// # Errors
/// Those of the database.
pub fn changes_to(r: &mut Reading, own: &OwnCase, tables: Tables<'_>) -> Result<Option<Difference>> {
    let (Some(account), Some(text)) = (&own.account, final_text(r, own)?) else { return Ok(None) };
    between(r, (&account.document, &text), &account.organisations, Pairing::Subjects, tables).map(Some)
}

/// The text that waits, or the one that a new case began with; of a case that is hidden by now nothing is told.
fn final_text(r: &mut Reading, own: &OwnCase) -> Result<Option<Document>> {
    if let Some(waiting) = &own.waiting {
        return Ok(Some(waiting.clone()));
    }
    let published = own.submission.state == State::Published && own.submission.kind == NEW_CASE;
    let Some(case) = own.submission.case.as_ref().filter(|_| published) else { return Ok(None) };
    match published::revision(r, case, 1, Eyes::Public) {
        Ok(first) => Ok(Some(first.document)),
        Err(Error::NotFound | Error::Gone { .. } | Error::Moved { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}
