//! What has had its time goes: open and kept forms, words and sessions, unpublished submissions, the sealed originals of published ones.

use super::{
    sealed::Part,
    state::State,
    store::{drafts, submissions},
};
use crate::{Result, db::Unrecorded};

/// Removes what has expired, and says how many rows that concerned. Of a submission a stub with its week stays. For the schedule.
///
/// # Errors
/// Those of the database.
pub fn remove_expired(tx: &mut Unrecorded) -> Result<usize> {
    let mut count = drafts::delete_expired(tx)?;
    for submission in submissions::expired(tx)? {
        let id = &submission.id;
        match submission.state {
            State::Published => {
                submissions::destroy(tx, id, &Part::ALL)?;
                submissions::set_expiry(tx, id, None)?;
            }
            State::Declined => submissions::make_stub(tx, id)?,
            // What waits for its day is about to be published and does not expire.
            State::Accepted => continue,
            _ => {
                submissions::move_on(tx, id, &[submission.state], State::Expired, None)?;
                submissions::make_stub(tx, id)?;
            }
        }
        count += 1;
    }
    Ok(count)
}
