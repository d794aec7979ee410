//! What moderators do with submissions, as far as their rows are concerned. Who may do it, what is recorded of it and what follows is the
//! business of moderation.

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::{
    changes,
    exchange::{self, Item},
    sealed::{self, Part},
    send::Account,
    state::{State, Submission, kept_until},
    store::{guards, handling, messages, submissions},
};
use crate::{
    Error, Result,
    cases::document::Document,
    clock::{Day, Week, end_of_next_day},
    codebook::Code,
    db::{Reading, Unrecorded},
    ids::{CaseId, SubmissionId},
    seal::{KeyPair, Unopened},
    secret::silent_debug,
    staff::ReviewKeys,
};

/// How long the sealed original outlives publication, in days (protection.md section 4).
const ORIGINAL_DAYS: u64 = 30;

/// Why a submission was declined: the contributor reads both.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// Code of `decline_reason`.
    pub code: Code,
    /// What the moderator adds; may be empty.
    pub text: String,
}

silent_debug!(Reason);

/// Submissions in these states: the oldest week first, within a week in the order of their random ids.
///
/// # Errors
/// Those of the database.
pub fn list(r: &mut Reading, states: &[State]) -> Result<Vec<Submission>> {
    submissions::in_states(r, states)
}

/// A submission without what is sealed.
///
/// # Errors
/// [`Error::NotFound`] where there is none.
pub fn find(r: &mut Reading, id: &SubmissionId) -> Result<Submission> {
    submissions::find(r, id)?.ok_or(Error::NotFound)
}

/// What was sent.
///
/// # Errors
/// [`Error::NotFound`] where it is destroyed.
pub fn open(r: &mut Reading, id: &SubmissionId, keys: &ReviewKeys) -> Result<Account> {
    sealed::by_review(r, id, Part::Original, keys)?.ok_or(Error::NotFound)
}

/// The moderators' own draft of the case, if there is one.
///
/// # Errors
/// Those of the database.
pub fn work<T: DeserializeOwned>(r: &mut Reading, id: &SubmissionId, keys: &ReviewKeys) -> Result<Option<T>> {
    sealed::by_review(r, id, Part::Work, keys)
}

/// Stores the moderators' draft, sealed to the review key in use, in place of the one before.
///
/// # Errors
/// [`Error::NotFound`] for a stub.
pub fn put_work<T: Serialize>(tx: &mut Unrecorded, id: &SubmissionId, work: &T) -> Result<()> {
    living(tx, id)?;
    sealed::to_review(tx, id, Part::Work, work)
}

/// Moves a submission from one of these states to another; input of moderators starts the time of retention again.
///
/// # Errors
/// [`Error::Conflict`] if it stands elsewhere by now.
pub fn set_state(
    tx: &mut Unrecorded,
    id: &SubmissionId,
    from: &[State],
    to: State,
    retention_weeks: u32,
) -> Result<()> {
    move_on(tx, id, from, to, None)?;
    renew(tx, id, retention_weeks)
}

/// Declines with a reason, unless the contributor is asked for changes, or answered and nobody has looked at the answer yet. Nothing is
/// destroyed until the time of retention ends, and it can be reopened by [`set_state`].
///
/// # Errors
/// [`Error::Conflict`] if it is not under review any more.
pub fn decline(tx: &mut Unrecorded, id: &SubmissionId, reason: &Reason, retention_weeks: u32) -> Result<()> {
    let unread = changes::asked(tx)?.contains(id);
    let from = if unread { &[State::InReview][..] } else { &[State::Received, State::InReview] };
    set_state(tx, id, from, State::Declined, retention_weeks)?;
    // Looked at again, it belongs into the queue.
    guards::release(tx, id)?;
    sealed::to_review(tx, id, Part::Reason, reason)?;
    sealed::to_contributor(tx, id, Part::Reason, reason)
}

/// Why it was declined.
///
/// # Errors
/// Those of the database.
pub fn reason(r: &mut Reading, id: &SubmissionId, keys: &ReviewKeys) -> Result<Option<Reason>> {
    sealed::by_review(r, id, Part::Reason, keys)
}

/// Accepts: `waiting`, all that publication needs, is sealed to the instance, and its text to the contributor, until the day comes. The
/// time of retention starts again with that day, so that what waits long, is stopped or taken back on its last day is not lost.
///
/// # Errors
/// [`Error::Conflict`] if it is not under review any more.
pub fn accept<T: Serialize>(
    tx: &mut Unrecorded,
    id: &SubmissionId,
    waiting: &T,
    text: &Document,
    due: Day,
    instance: &KeyPair,
    retention_weeks: u32,
) -> Result<()> {
    let from = [State::Received, State::InReview];
    move_on(tx, id, &from, State::Accepted, Some(due))?;
    submissions::set_expiry(tx, id, kept_until(Week::of(due), retention_weeks))?;
    sealed::to_instance(tx, id, Part::Waiting, waiting, instance)?;
    sealed::to_contributor(tx, id, Part::Waiting, text)
}

/// Takes an accepted text back under review, the only way to edit it: the waiting copies are destroyed and the time of
/// retention starts again.
///
/// # Errors
/// [`Error::Conflict`] if it does not wait any more.
pub fn take_back(tx: &mut Unrecorded, id: &SubmissionId, retention_weeks: u32) -> Result<()> {
    move_on(tx, id, &[State::Accepted], State::InReview, None)?;
    renew(tx, id, retention_weeks)?;
    submissions::destroy(tx, id, &[Part::Waiting])
}

/// Accepted submissions whose day has come.
///
/// # Errors
/// Those of the database.
pub fn due(r: &mut Reading) -> Result<Vec<SubmissionId>> {
    submissions::due(r)
}

/// What waits, as [`accept`] took it; nothing where it does not wait any more.
///
/// # Errors
/// Those of the database.
pub fn waiting<T: DeserializeOwned>(r: &mut Reading, id: &SubmissionId, instance: &KeyPair) -> Result<Option<T>> {
    sealed::by_instance(r, id, Part::Waiting, instance)
}

/// Notes that an accepted submission became this case, or part of it. What was sealed is destroyed 30 days later; what waited and the
/// moderators' draft at once.
///
/// # Errors
/// [`Error::Conflict`] if it does not wait any more: then nothing may be published.
pub fn published(tx: &mut Unrecorded, id: &SubmissionId, case: &CaseId) -> Result<()> {
    move_on(tx, id, &[State::Accepted], State::Published, None)?;
    submissions::set_case(tx, id, case)?;
    submissions::destroy(tx, id, &[Part::Work, Part::Waiting, Part::Reason])?;
    exchange::destroy(tx, id, &Item::OF_CHANGES)?;
    submissions::delete_kept(tx, id)?;
    handling::delete(tx, id)?;
    guards::delete(tx, id)?;
    let last = tx.today().checked_add_days(chrono::Days::new(ORIGINAL_DAYS)).map_or(Day::MAX, end_of_next_day);
    submissions::set_expiry(tx, id, last)
}

/// Destroys all that is still sealed of the submissions that became this case, or part of it, and what was written about them.
///
/// # Errors
/// Those of the database.
pub fn destroy_originals(tx: &mut Unrecorded, case: &CaseId) -> Result<()> {
    for id in submissions::of_case(tx, case, State::Published)? {
        submissions::destroy(tx, &id, &Part::ALL)?;
        messages::delete(tx, &id)?;
        exchange::destroy(tx, &id, &Item::ALL)?;
    }
    Ok(())
}

/// Destroys what moderators made of a submission and what waits of it; what was sent stays, and its review begins again.
///
/// # Errors
/// Those of the database.
pub fn start_over(tx: &mut Unrecorded, id: &SubmissionId, retention_weeks: u32) -> Result<()> {
    submissions::destroy(tx, id, &[Part::Work, Part::Waiting, Part::Notes, Part::Checklist])?;
    exchange::destroy(tx, id, &Item::OF_CHANGES)?;
    let from = [State::InReview, State::ChangesRequested, State::Accepted];
    match move_on(tx, id, &from, State::Received, None) {
        // One that was declined stays so; reopened, it is received.
        Ok(()) | Err(Error::Conflict(_)) => renew(tx, id, retention_weeks),
        Err(error) => Err(error),
    }
}

/// Destroys the words of a reason for declining, in which words may stand that are erased elsewhere; its code stays.
///
/// # Errors
/// Those of the database.
pub fn forget_reason_words(tx: &mut Unrecorded, id: &SubmissionId, keys: &ReviewKeys) -> Result<()> {
    match sealed::by_review::<Reason>(tx, id, Part::Reason, keys) {
        Ok(None) => Ok(()),
        Ok(Some(reason)) => {
            let code_alone = Reason { text: String::new(), ..reason };
            sealed::to_review(tx, id, Part::Reason, &code_alone)?;
            sealed::to_contributor(tx, id, Part::Reason, &code_alone)
        }
        Err(Error::Unexpected(error)) if error.is::<Unopened>() => submissions::destroy(tx, id, &[Part::Reason]),
        Err(error) => Err(error),
    }
}

pub(super) fn living(r: &mut Reading, id: &SubmissionId) -> Result<()> {
    let stub = matches!(find(r, id)?.state, State::Withdrawn | State::Expired);
    if stub { Err(Error::NotFound) } else { Ok(()) }
}

/// Starts the time of retention again, because somebody did something with it.
///
/// # Errors
/// Those of the database.
pub fn renew(tx: &mut Unrecorded, id: &SubmissionId, retention_weeks: u32) -> Result<()> {
    let expires = kept_until(Week::of(tx.today()), retention_weeks);
    submissions::set_expiry(tx, id, expires)
}

/// The same while nothing is decided on it; says whether that is so. On PostgreSQL somebody may have moved it on meanwhile.
pub(super) fn renew_unfinished(tx: &mut Unrecorded, id: &SubmissionId, retention_weeks: u32) -> Result<bool> {
    let expires = kept_until(Week::of(tx.today()), retention_weeks);
    submissions::set_expiry_in(tx, id, &[State::Received, State::InReview, State::ChangesRequested], expires)
}

fn move_on(tx: &mut Unrecorded, id: &SubmissionId, from: &[State], to: State, due: Option<Day>) -> Result<()> {
    let moved = submissions::move_on(tx, id, from, to, due)?;
    if moved { Ok(()) } else { Err(Error::Conflict("intake-moved-on")) }
}
