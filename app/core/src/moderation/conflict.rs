//! Conflicts of interest: whoever works for a city or a company concerned steps aside, and has nothing to do with it any more.
//!
//! Every use case that opens a submission or a case for review asks [`admit`] first.

use std::collections::BTreeSet;

use super::{acts::ReviewAct, store::conflicts as store};
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
        Ok(aside)
    }

    pub(super) fn is_from(&self, submission: &Submission) -> bool {
        let case = submission.case.as_ref();
        self.submissions.contains(&submission.id) || case.is_some_and(|case| self.cases.contains(case))
    }
}

/// Refuses whoever stepped aside.
///
/// # Errors
/// [`Error::Refused`] with `moderation-stepped-aside-from`; [`Error::NotFound`] where there is no such submission.
pub fn admit(r: &mut Reading, by: &Moderator, about: &About) -> Result<()> {
    let aside = Aside::of(r, by.id())?;
    let is_aside = match about {
        About::Submission(id) => aside.is_from(&review::find(r, id)?),
        About::Case(id) => aside.cases.contains(id),
    };
    if is_aside { Err(Error::Refused("moderation-stepped-aside-from")) } else { Ok(()) }
}

/// How many active members can decide on a submission: those who have not stepped aside.
pub(super) fn able(r: &mut Reading, by: &Moderator, submission: &Submission) -> Result<usize> {
    let mut count = 0;
    for member in staff::active(r, by)? {
        count += usize::from(!Aside::of(r, &member)?.is_from(submission));
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
