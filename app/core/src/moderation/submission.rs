//! A submission under review: opened, worked on, declined, reopened.

use super::{
    Office,
    acts::ReviewAct,
    addition,
    checklist::Checked,
    claim::{self, Claimed},
    conflict::{self, About},
    draft::Draft,
};
use crate::{
    Error, Result,
    codebook::{Code, Codebook},
    db::{Reading, Writing},
    ids::SubmissionId,
    intake::{
        self, Problems, State, Submission,
        handling::{self, Handling, Paper},
        problems::Fault,
        review::{self, Reason},
    },
    limits,
    secret::silent_debug,
    staff::{self, Moderator},
    text::clean,
};

/// A submission as a moderator sees it.
pub struct Opened {
    /// What lies beside the envelopes.
    pub submission: Submission,
    /// What was sent; none once it is destroyed.
    pub account: Option<intake::Account>,
    /// The case that is made of it; none before the review has begun.
    pub draft: Option<Draft>,
    /// Why it was declined.
    pub reason: Option<Reason>,
    /// The case that it adds to has another revision than the one that the draft was made from.
    pub is_behind: bool,
    /// How it is handled.
    pub handling: Handling,
    /// Who works on it now.
    pub claimed: Option<Claimed>,
    /// Who looked at what before it was accepted.
    pub checked: Vec<Checked>,
}

silent_debug!(Opened);

/// Opens a submission.
///
/// # Errors
/// [`Error::NotFound`] where there is none; [`Error::Refused`] for whoever stepped aside.
pub fn open(r: &mut Reading, by: &Moderator, id: &SubmissionId) -> Result<Opened> {
    conflict::admit(r, by, &About::Submission(id.clone()))?;
    let submission = review::find(r, id)?;
    let keys = staff::review_keys(r, by)?;
    let account = match review::open(r, id, &keys) {
        Ok(account) => Some(account),
        Err(Error::NotFound) => None,
        Err(error) => return Err(error),
    };
    let draft: Option<Draft> = review::work(r, id, &keys)?;
    let is_behind = match draft.as_ref().filter(|_| submission.state == State::InReview) {
        Some(draft) => addition::has_moved_on(r, draft)?,
        None => false,
    };
    let handling = handling::of(r, id)?;
    Ok(Opened {
        account,
        draft,
        reason: review::reason(r, id, &keys)?,
        is_behind,
        checked: handling::paper(r, id, Paper::Checklist, &keys)?.unwrap_or_default(),
        claimed: claim::shown(r, by, &handling)?,
        handling,
        submission,
    })
}

/// Begins the review: a draft of the case is made from what was sent.
///
/// # Errors
/// [`Error::Conflict`] if somebody else began, or if it was taken back.
pub fn begin(tx: &mut Writing, by: &Moderator, id: &SubmissionId, office: &Office) -> Result<()> {
    staff::lock_review_key(tx)?;
    conflict::admit(tx, by, &About::Submission(id.clone()))?;
    review::set_state(tx, id, &[State::Received], State::InReview, office.retention_weeks)?;
    let keys = staff::review_keys(tx, by)?;
    let account = review::open(tx, id, &keys)?;
    let draft = match account.answers.adds_to() {
        Some(case) => addition::draft(tx, &account, &case, office)?,
        None => draft_of_new(tx, &account, office)?,
    };
    review::put_work(tx, id, &draft)?;
    tx.record(&ReviewAct::Begun(id.clone()));
    Ok(())
}

fn draft_of_new(r: &mut Reading, account: &intake::Account, office: &Office) -> Result<Draft> {
    match intake::compose(r, &office.tools(), &account.answers, Some(account.disclosure))? {
        Ok(composed) => {
            let mut full = composed.full;
            // The title follows from what is public, and so it stands with that.
            full.document.title = composed.document.title;
            Draft::of_account(&full, &composed.organisations, account.disclosure)
        }
        // The vocabulary has changed since: what the contributor saw is what there is.
        Err(_) => Draft::of_document(&account.document, &account.organisations, &office.gazetteer),
    }
}

/// Why a submission is declined: a reason from the list, and words for the contributor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision(Reason);

impl Decision {
    /// Reads what was chosen and typed.
    ///
    /// # Errors
    /// Every problem at once.
    pub fn parse(reason: &str, text: &str, codebook: &Codebook) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let mut offered = codebook.field("decline_reason").into_iter().flat_map(|field| field.current_codes());
        let known = offered.find(|known| known.code == reason);
        let code = known.and_then(|known| known.code.parse::<Code>().ok());
        let code = problems.check("reason", code.ok_or_else(|| Fault::new("moderation-choose-a-reason")));
        let text = clean(text);
        if text.chars().count() > limits::TEXT {
            let fault =
                Fault::new("moderation-too-long").number("most", limits::TEXT).number("length", text.chars().count());
            problems.add("text", fault);
        }
        match code {
            Some(code) if problems.is_empty() => Ok(Self(Reason { code, text })),
            _ => Err(problems),
        }
    }
}

/// Says no. Nothing is deleted before the time of retention ends, and it can be reopened.
///
/// # Errors
/// [`Error::Conflict`] if it is not under review any more.
pub fn decline(tx: &mut Writing, by: &Moderator, id: &SubmissionId, decision: Decision, office: &Office) -> Result<()> {
    staff::lock_review_key(tx)?;
    conflict::admit(tx, by, &About::Submission(id.clone()))?;
    let Decision(reason) = decision;
    review::decline(tx, id, &reason, office.retention_weeks)?;
    tx.record(&ReviewAct::Declined(id.clone(), reason.code));
    Ok(())
}

/// Looks at a declined submission again.
///
/// # Errors
/// [`Error::Conflict`] if it is not declined any more.
pub fn reopen(tx: &mut Writing, by: &Moderator, id: &SubmissionId, office: &Office) -> Result<()> {
    let begun = open(tx, by, id)?.draft.is_some();
    let to = if begun { State::InReview } else { State::Received };
    review::set_state(tx, id, &[State::Declined], to, office.retention_weeks)?;
    tx.record(&ReviewAct::Reopened(id.clone()));
    Ok(())
}

/// Takes an accepted text back under review, also one that the first of two has accepted: the only way to edit it.
///
/// # Errors
/// [`Error::Conflict`] if it does not wait any more.
pub fn take_back(tx: &mut Writing, by: &Moderator, id: &SubmissionId, office: &Office) -> Result<()> {
    let mut handling = claim::locked(tx, by, id)?;
    if handling.acceptor.take().is_some() {
        handling::put(tx, id, &handling)?;
    } else {
        review::take_back(tx, id, office.retention_weeks)?;
    }
    tx.record(&ReviewAct::TakenBack(id.clone()));
    Ok(())
}
