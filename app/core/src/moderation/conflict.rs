//! Conflicts of interest: whoever works for a city or a company concerned steps aside, and has nothing to do with it any more.
//!
//! Every use case that opens a submission or a case for review asks [`admit`] first.

use std::collections::BTreeSet;

use super::{acts::ReviewAct, addition, store::conflicts as store};
use crate::{
    Error, Result,
    cases::published,
    db::{Reading, Writing},
    ids::{CaseId, ConflictId, MemberId, SubmissionId},
    intake::{Submission, handling, review},
    staff::{self, Moderator},
};

/// What moderators decide on and write notes about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// A submission.
    Submission(SubmissionId),
    /// A published case.
    Case(CaseId),
}

/// What a member stepped aside from.
#[derive(Debug, Default)]
pub(super) struct Aside {
    submissions: BTreeSet<SubmissionId>,
    /// Those named, and what became of the submissions.
    cases: BTreeSet<CaseId>,
}

impl Aside {
    pub(super) fn of(r: &mut Reading, member: &MemberId) -> Result<Self> {
        let mut aside = Self::default();
        for about in store::of_member(r, member)? {
            match about {
                About::Submission(id) => {
                    aside.cases.extend(review::find(r, &id)?.case);
                    aside.submissions.insert(id);
                }
                About::Case(id) => {
                    aside.cases.insert(id);
                }
            }
        }
        // What a case was merged into holds all of it.
        for case in aside.cases.clone() {
            aside.cases.extend(published::merged_into(r, &case)?);
        }
        Ok(aside)
    }

    /// `adds_to` is the case that the submission adds to, see [`addition::adds_to`].
    pub(super) fn is_from(&self, submission: &Submission, adds_to: Option<&CaseId>) -> bool {
        let mut cases = submission.case.iter().chain(adds_to);
        self.submissions.contains(&submission.id) || cases.any(|case| self.cases.contains(case))
    }
}

/// Refuses whoever stepped aside.
///
/// # Errors
/// [`Error::Refused`] with `moderation-stepped-aside-from`; [`Error::NotFound`] where there is no such submission.
pub fn admit(r: &mut Reading, by: &Moderator, about: &About) -> Result<()> {
    let aside = Aside::of(r, by.id())?;
    let is_aside = match about {
        About::Submission(id) => {
            let submission = review::find(r, id)?;
            let adds_to = addition::adds_to(r, by, &submission)?;
            aside.is_from(&submission, adds_to.as_ref())
        }
        About::Case(id) => aside.cases.contains(id),
    };
    if is_aside { Err(Error::Refused("moderation-stepped-aside-from")) } else { Ok(()) }
}

/// Those of these submissions that the moderator has not stepped aside from.
pub(super) fn open_to(r: &mut Reading, by: &Moderator, submissions: Vec<Submission>) -> Result<Vec<Submission>> {
    let aside = Aside::of(r, by.id())?;
    let mut open = Vec::new();
    for submission in submissions {
        let adds_to = addition::adds_to(r, by, &submission)?;
        if !aside.is_from(&submission, adds_to.as_ref()) {
            open.push(submission);
        }
    }
    Ok(open)
}

/// How many active members can decide on a submission: those who have not stepped aside.
pub(super) fn able(r: &mut Reading, by: &Moderator, submission: &Submission) -> Result<usize> {
    let adds_to = addition::adds_to(r, by, submission)?;
    let mut count = 0;
    for member in staff::active(r, by)? {
        count += usize::from(!Aside::of(r, &member)?.is_from(submission, adds_to.as_ref()));
    }
    Ok(count)
}

/// Steps aside. A claim and a first acceptance of theirs fall; nobody can take this back for them.
///
/// # Errors
/// [`Error::NotFound`] where there is no such submission or case.
pub fn step_aside(tx: &mut Writing, by: &Moderator, about: &About) -> Result<()> {
    admit(tx, by, about)?;
    match about {
        About::Submission(id) => {
            let mut held = handling::of(tx, id)?;
            let theirs = |member: &MemberId| member == by.id();
            held.claim = held.claim.filter(|claim| !theirs(&claim.member));
            held.acceptor = held.acceptor.filter(|first| !theirs(first));
            handling::put(tx, id, &held)?;
            tx.record(&ReviewAct::SteppedAside(id.clone()));
        }
        About::Case(id) => {
            published::find(tx, id, published::Eyes::Moderator)?;
            tx.record(&ReviewAct::SteppedAsideFromCase(id.clone()));
        }
    }
    let id = ConflictId::draw(tx.random());
    store::insert(tx, &id, by.id(), about)
}
