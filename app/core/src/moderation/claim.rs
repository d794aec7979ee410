//! Who works on a submission: a claim ends by itself, warns others, and can be taken over deliberately. And the mark of its risk.

use super::{
    acts::ReviewAct,
    conflict::{self, About},
    policy,
};
use crate::{
    Error, Result,
    clock::Timestamp,
    db::{Reading, Writing},
    ids::SubmissionId,
    intake::{
        State,
        handling::{self, Claim, Handling, Risk},
        review,
    },
    staff::{self, Moderator},
};

/// A claim as pages show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claimed {
    /// Alias of who works on it.
    pub alias: String,
    /// Whether that is whoever asks.
    pub is_mine: bool,
    /// When it ends by itself, in UTC.
    pub until: Timestamp,
}

/// Who works on a submission now.
pub(super) fn shown(r: &mut Reading, by: &Moderator, handling: &Handling) -> Result<Option<Claimed>> {
    let now = r.now();
    let Some(claim) = handling.claim_at(now) else { return Ok(None) };
    let alias = staff::aliases(r, by)?.remove(&claim.member).unwrap_or_default();
    Ok(Some(Claimed { alias, is_mine: claim.member == *by.id(), until: claim.until }))
}

/// Whether somebody else works on a submission at this moment.
pub(super) fn is_anothers(handling: &Handling, by: &Moderator, now: Timestamp) -> bool {
    handling.claim_at(now).is_some_and(|claim| claim.member != *by.id())
}

/// How a submission is handled, locked until the transaction ends, for somebody who has not stepped aside.
pub(super) fn locked(tx: &mut Writing, by: &Moderator, id: &SubmissionId) -> Result<Handling> {
    staff::lock_review_key(tx)?;
    conflict::admit(tx, by, &About::Submission(id.clone()))?;
    handling::of(tx, id)
}

/// Claims a submission for so many hours, or claims it longer. What somebody else has claimed is theirs until `over` says that it is taken
/// over deliberately.
///
/// # Errors
/// [`Error::Conflict`] if it is claimed by somebody else, or not open any more.
pub fn claim(tx: &mut Writing, by: &Moderator, id: &SubmissionId, over: bool, hours: u32) -> Result<()> {
    let mut held = locked(tx, by, id)?;
    is_open(tx, id)?;
    let now = tx.now();
    if is_anothers(&held, by, now) && !over {
        return Err(Error::Conflict("moderation-claimed-by-another"));
    }
    held.claim = Some(Claim { member: by.id().clone(), until: policy::claimed_until(now, hours) });
    handling::put(tx, id, &held)?;
    tx.record(&ReviewAct::Claimed(id.clone()));
    Ok(())
}

/// Gives a claim up before it ends.
///
/// # Errors
/// [`Error::Conflict`] if it is somebody else's by now.
pub fn give_up(tx: &mut Writing, by: &Moderator, id: &SubmissionId) -> Result<()> {
    let mut held = locked(tx, by, id)?;
    if held.claim.as_ref().is_some_and(|claim| claim.member != *by.id()) {
        return Err(Error::Conflict("moderation-claimed-by-another"));
    }
    held.claim = None;
    handling::put(tx, id, &held)?;
    tx.record(&ReviewAct::GivenUp(id.clone()));
    Ok(())
}

/// Reads a mark as it was chosen; nothing chosen means none.
///
/// # Errors
/// The key of the message that says what is wrong.
pub fn parse_risk(chosen: &str) -> Result<Option<Risk>, &'static str> {
    match chosen {
        "" => Ok(None),
        code => code.parse().map(Some).map_err(|_| "moderation-not-on-list"),
    }
}

/// Marks the risk of a submission, or lifts the mark. Once somebody has accepted it the mark stays as it is.
///
/// # Errors
/// [`Error::Conflict`] if it was accepted, or is not open any more.
pub fn mark_risk(tx: &mut Writing, by: &Moderator, id: &SubmissionId, risk: Option<Risk>) -> Result<()> {
    let mut held = locked(tx, by, id)?;
    let accepted = is_open(tx, id)? == State::Accepted || held.acceptor.is_some();
    if accepted {
        return Err(Error::Conflict("moderation-mark-stays"));
    }
    if held.risk == risk {
        return Ok(());
    }
    held.risk = risk;
    held.marker = Some(by.id().clone());
    handling::put(tx, id, &held)?;
    tx.record(&ReviewAct::Marked(id.clone(), risk));
    Ok(())
}

fn is_open(r: &mut Reading, id: &SubmissionId) -> Result<State> {
    let state = review::find(r, id)?.state;
    if State::OPEN.contains(&state) { Ok(state) } else { Err(Error::Conflict("intake-moved-on")) }
}
