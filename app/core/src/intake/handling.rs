//! How moderators handle a submission: the mark of its risk, who has claimed it, who accepted it first; and what they write for each other
//! about it. The former lies beside the envelopes (protection.md section 4), the latter is sealed to the review key alone. All of it goes
//! with the submission, but for the checklist of what was published.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::{
    review,
    sealed::{self, Part},
    store::handling as store,
};
use crate::{
    Result,
    clock::Timestamp,
    codebook::codes,
    db::{Reading, Unrecorded},
    ids::{MemberId, SubmissionId},
    staff::ReviewKeys,
};

codes! {
    /// Why one moderator alone does not publish a submission; the codebook's `risk_mark`.
    Risk {
        /// What it says could lead to whoever gave the account.
        SourceAtRisk = "source_at_risk",
        /// It names somebody who holds no public office.
        NamesPrivatePerson = "names_private_person",
    }
}

/// How a submission is handled.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Handling {
    /// The mark of its risk.
    pub risk: Option<Risk>,
    /// Who set or lifted the mark last.
    pub marker: Option<MemberId>,
    /// Who works on it; see [`Handling::claim_at`].
    pub claim: Option<Claim>,
    /// Who accepted it first, while a second moderator has to confirm.
    pub acceptor: Option<MemberId>,
}

/// A claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Who claimed it.
    pub member: MemberId,
    /// When the claim ends by itself, to the hour, in UTC.
    pub until: Timestamp,
}

impl Handling {
    /// The claim that holds at this moment.
    #[must_use]
    pub fn claim_at(&self, now: Timestamp) -> Option<&Claim> {
        self.claim.as_ref().filter(|claim| now < claim.until)
    }
}

/// How a submission is handled.
///
/// # Errors
/// Those of the database.
pub fn of(r: &mut Reading, id: &SubmissionId) -> Result<Handling> {
    Ok(store::find(r, id)?.unwrap_or_default())
}

/// How all submissions are handled that moderators have touched.
///
/// # Errors
/// Those of the database.
pub fn all(r: &mut Reading) -> Result<BTreeMap<SubmissionId, Handling>> {
    store::all(r)
}

/// Notes how a submission is handled from now on.
///
/// # Errors
/// [`crate::Error::NotFound`] for a stub.
pub fn put(tx: &mut Unrecorded, id: &SubmissionId, handling: &Handling) -> Result<()> {
    review::living(tx, id)?;
    store::put(tx, id, handling)
}

/// Forgets the claims and first acceptances of a member who is not there any more.
///
/// # Errors
/// Those of the database.
pub fn forget_member(tx: &mut Unrecorded, member: &MemberId) -> Result<()> {
    store::forget_member(tx, member)
}

/// What moderators write for each other about a submission.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paper {
    /// Internal notes.
    Notes,
    /// What was looked at before it was accepted, and by whom.
    Checklist,
}

impl Paper {
    fn part(self) -> Part {
        match self {
            Self::Notes => Part::Notes,
            Self::Checklist => Part::Checklist,
        }
    }
}

/// A paper, if it was begun.
///
/// # Errors
/// Those of the database.
pub fn paper<T: DeserializeOwned>(
    r: &mut Reading,
    id: &SubmissionId,
    paper: Paper,
    keys: &ReviewKeys,
) -> Result<Option<T>> {
    sealed::by_review(r, id, paper.part(), keys)
}

/// Stores a paper, sealed to the review key in use, in place of the one before.
///
/// # Errors
/// [`crate::Error::NotFound`] for a stub.
pub fn put_paper<T: Serialize>(tx: &mut Unrecorded, id: &SubmissionId, paper: Paper, written: &T) -> Result<()> {
    review::living(tx, id)?;
    sealed::to_review(tx, id, paper.part(), written)
}
