//! What has had its time goes: open and kept forms, words and sessions, unpublished submissions, the sealed originals of published ones.

use super::{
    corrections,
    sealed::Part,
    state::{State, Submission},
    store::{drafts, messages, submissions},
};
use crate::{Result, db::Unrecorded};

/// Removes what has expired, and says how many rows that concerned. Of a submission a stub with its week stays. For the schedule.
///
/// # Errors
/// Those of the database.
pub fn remove_expired(tx: &mut Unrecorded) -> Result<usize> {
    let mut count = drafts::delete_expired(tx)? + corrections::remove_expired(tx)?;
    for submission in submissions::expired(tx)? {
        count += usize::from(remove(tx, &submission)?);
    }
    Ok(count)
}

/// Removes one submission. Where it moved on since it was read, or was given more time, nothing is destroyed.
pub(super) fn remove(tx: &mut Unrecorded, seen: &Submission) -> Result<bool> {
    let to = match seen.state {
        // What waits for its day is about to be published and does not expire.
        State::Accepted => return Ok(false),
        State::Published | State::Declined => seen.state,
        _ => State::Expired,
    };
    if !submissions::expire(tx, &seen.id, seen.state, to)? {
        return Ok(false);
    }
    match seen.state {
        State::Published => {
            submissions::destroy(tx, &seen.id, &Part::OF_THE_ACCOUNT)?;
            messages::delete(tx, &seen.id)?;
        }
        _ => submissions::make_stub(tx, &seen.id)?,
    }
    Ok(true)
}
