//! Accounts that add to a published case: the draft is that of its next revision (row C15; protection.md section 5).

use super::{Office, acts::ReviewAct, claim, draft::Draft};
use crate::{
    Error, Result,
    cases::published::{self, Eyes},
    db::{Reading, Writing},
    ids::{CaseId, SubmissionId},
    intake::{self, ADDITION, Account, State, Submission, handling, review},
    staff::{self, Moderator},
};

/// The case that a submission adds to, which lies in what is sealed (protection.md section 4).
pub(super) fn adds_to(r: &mut Reading, by: &Moderator, submission: &Submission) -> Result<Option<CaseId>> {
    if submission.kind != ADDITION {
        return Ok(None);
    }
    let keys = staff::review_keys(r, by)?;
    match review::open(r, &submission.id, &keys) {
        Ok(account) => Ok(account.answers.adds_to()),
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The draft of the next revision of a case, with what an account adds.
pub(super) fn draft(r: &mut Reading, account: &Account, case: &CaseId, office: &Office) -> Result<Draft> {
    let current = published::find_wherever(r, case, Eyes::Moderator)?.document;
    let level = current.place.disclosure();
    let (document, newcomers) = match intake::compose(r, &office.tools(), &account.answers, Some(level))? {
        Ok(composed) => (composed.document, composed.organisations),
        // The vocabulary has changed since: what the contributor saw is what there is.
        Err(_) => (account.document.clone(), account.organisations.clone()),
    };
    Draft::of_addition(current, document, &newcomers, &office.gazetteer)
}

/// Whether the case that a draft revises has another current revision by now.
pub(super) fn has_moved_on(r: &mut Reading, draft: &Draft) -> Result<bool> {
    let Some(base) = draft.base() else { return Ok(false) };
    match published::find(r, draft.case(), Eyes::Moderator) {
        Ok(case) => Ok(case.current != base.revision),
        // It was merged into another one.
        Err(Error::Moved { .. }) => Ok(true),
        Err(error) => Err(error),
    }
}

/// Makes the draft of an addition anew from the current revision of its case, which has moved on since. What was edited in the draft before is
/// replaced.
///
/// # Errors
/// [`Error::Conflict`] if it is not under review, or its case has not moved on.
pub fn begin_anew(tx: &mut Writing, by: &Moderator, id: &SubmissionId, office: &Office) -> Result<()> {
    let mut handling = claim::locked(tx, by, id)?;
    review::set_state(tx, id, &[State::InReview], State::InReview, office.retention_weeks)?;
    let keys = staff::review_keys(tx, by)?;
    let account = review::open(tx, id, &keys)?;
    let before: Option<Draft> = review::work(tx, id, &keys)?;
    let is_behind = match &before {
        Some(draft) => has_moved_on(tx, draft)?,
        None => false,
    };
    let case = account.answers.adds_to().filter(|_| is_behind).ok_or(Error::Conflict("moderation-case-as-it-was"))?;
    let draft = draft(tx, &account, &case, office)?;
    review::put_work(tx, id, &draft)?;
    // Whoever accepted it before accepted another text.
    handling.acceptor = None;
    handling::put(tx, id, &handling)?;
    tx.record(&ReviewAct::Begun(id.clone()));
    Ok(())
}
