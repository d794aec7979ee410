//! Making a case public, making its next revision, and taking it from view.

use serde::{Deserialize, Serialize};

use super::{
    document::{Checked, Document, Fault},
    index::IndexCases,
    likeness::{self, Pair},
    projection::Projection,
    redact, store,
};
use crate::{
    Error, Result,
    codebook::Codebook,
    db::{
        Writing,
        outbox::{Act, Entry},
    },
    ids::CaseId,
    places::Gazetteer,
};

/// What cases are checked and projected with.
#[derive(Clone, Copy)]
pub struct Vocabulary<'a> {
    /// Fields and codes.
    pub codebook: &'a Codebook,
    /// Cities and countries.
    pub gazetteer: &'a Gazetteer,
}

impl Vocabulary<'_> {
    /// Checks a document.
    ///
    /// # Errors
    /// Every fault at once.
    pub fn check(self, document: Document) -> Result<Checked, Vec<Fault>> {
        document.checked(self.codebook, self.gazetteer)
    }

    pub(super) fn project(self, document: &Document) -> Projection {
        Projection::of(document, self.codebook, self.gazetteer)
    }
}

/// What was done to a case that is or was public.
#[derive(Debug)]
pub enum CaseAct<'a> {
    /// It became public. Told by the quarter.
    Published(&'a CaseId),
    /// Its next revision became public.
    Revised(&'a CaseId),
    /// Its next revision became public, with a further account. Told by the quarter, as the day would tell when the account came.
    Enlarged(&'a CaseId),
    /// It was taken from view, for a reason (a code of `visibility_reason`).
    Hidden(&'a CaseId, &'a str),
    /// It stands in no list, for a reason.
    Unlisted(&'a CaseId, &'a str),
    /// It was put back into view.
    Shown(&'a CaseId),
    /// Words were taken from readers' sight, for a reason.
    Redacted(&'a CaseId, &'a str),
    /// Words that had been taken from sight for this reason are shown again.
    Lifted(&'a CaseId, &'a str),
    /// Words were erased for ever, for a reason.
    Erased(&'a CaseId, &'a str),
    /// The first was merged into the second.
    Merged(&'a CaseId, &'a CaseId),
    /// Two were set beside each other as similar, for a reason (a code of `alike_reason`).
    Likened(&'a Pair, &'a str),
    /// Neither of two is named as similar to the other, for a reason (a code of `apart_reason`).
    SetApart(&'a Pair, &'a str),
    /// What was ruled on two for this reason holds no more.
    LikenessLifted(&'a Pair, &'a str),
}

/// What the chain says that acts on two cases were done to; both ids are its name.
pub const TWO_CASES: &str = "case_pair";

impl Act for CaseAct<'_> {
    fn entry(&self) -> Entry {
        match self {
            Self::Published(id) => Entry::new("case_published", "case", id.as_str()).by_quarter(),
            Self::Revised(id) => Entry::new("case_revised", "case", id.as_str()),
            Self::Enlarged(id) => Entry::new("case_enlarged", "case", id.as_str()).by_quarter(),
            Self::Hidden(id, reason) => Entry::new("case_hidden", "case", id.as_str()).because(*reason),
            Self::Unlisted(id, reason) => Entry::new("case_unlisted", "case", id.as_str()).because(*reason),
            Self::Merged(id, into) => Entry::new("case_merged", "case", id.as_str()).because(into.as_str()),
            Self::Shown(id) => Entry::new("case_shown", "case", id.as_str()),
            Self::Redacted(id, reason) => Entry::new("case_redacted", "case", id.as_str()).because(*reason),
            Self::Lifted(id, reason) => Entry::new("redaction_lifted", "case", id.as_str()).because(*reason),
            Self::Erased(id, reason) => Entry::new("case_erased", "case", id.as_str()).because(*reason),
            Self::Likened(two, reason) => Entry::new("case_likened", TWO_CASES, two.to_string()).because(*reason),
            Self::SetApart(two, reason) => Entry::new("case_set_apart", TWO_CASES, two.to_string()).because(*reason),
            Self::LikenessLifted(two, reason) => {
                Entry::new("likeness_lifted", TWO_CASES, two.to_string()).because(*reason)
            }
        }
    }
}

/// A free case id.
///
/// # Errors
/// Those of the database.
pub fn draw_id(tx: &mut Writing) -> Result<CaseId> {
    loop {
        let id = CaseId::draw(tx.random());
        if !store::is_taken(tx, &id)? {
            return Ok(id);
        }
    }
}

/// Makes the first revision of a case public.
///
/// # Errors
/// [`Error::Conflict`] if the id is taken.
pub fn publish(tx: &mut Writing, vocabulary: Vocabulary<'_>, checked: &Checked) -> Result<()> {
    let id = &checked.document().id;
    insert(tx, vocabulary, checked, ("public", None), None)?;
    tx.record(&CaseAct::Published(id));
    tx.enqueue(&IndexCases::one(id))
}

/// Makes the next revision public, in place of revision `base`.
///
/// # Errors
/// [`Error::NotFound`] if there is no such case; [`Error::Conflict`] if it has moved on from `base`.
pub fn revise(
    tx: &mut Writing,
    vocabulary: Vocabulary<'_>,
    checked: &Checked,
    base: u32,
    reason: Option<&str>,
) -> Result<()> {
    let id = &checked.document().id;
    supersede(tx, vocabulary, checked, base, reason)?;
    tx.record(&CaseAct::Revised(id));
    tx.enqueue(&IndexCases::one(id))
}

/// Makes the next revision public, with a further account, in place of revision `base`.
///
/// # Errors
/// Those of [`revise`].
pub fn enlarge(tx: &mut Writing, vocabulary: Vocabulary<'_>, checked: &Checked, base: u32) -> Result<()> {
    let id = &checked.document().id;
    supersede(tx, vocabulary, checked, base, None)?;
    tx.record(&CaseAct::Enlarged(id));
    tx.enqueue(&IndexCases::one(id))
}

fn supersede(
    tx: &mut Writing,
    vocabulary: Vocabulary<'_>,
    checked: &Checked,
    base: u32,
    reason: Option<&str>,
) -> Result<()> {
    if store::head(tx, &checked.document().id)?.is_none() {
        return Err(Error::NotFound);
    }
    follow(tx, vocabulary, checked, base, reason)
}

/// Takes a case out of sight for good whose words stand in revision `revision` of `into` from now on. Its addresses lead there.
///
/// # Errors
/// [`Error::NotFound`] if there is no such case; [`Error::Conflict`] if it was merged before, or has moved on from revision `seen`.
pub fn merge(
    tx: &mut Writing,
    vocabulary: Vocabulary<'_>,
    (case, seen): (&CaseId, u32),
    into: &CaseId,
    revision: u32,
) -> Result<()> {
    let generation = tx.change_public()?;
    let head = store::head(tx, case)?.ok_or(Error::NotFound)?;
    if store::merges::into(tx, case)?.is_some() || store::merges::into(tx, into)?.is_some() || case == into {
        return Err(Error::Conflict("moderation-case-merged"));
    }
    if u32::try_from(head.revision).ok() != Some(seen) {
        return Err(Error::Conflict("conflict-case-moved-on"));
    }
    redact::carry(tx, vocabulary, case, into)?;
    likeness::carry(tx, case, into)?;
    store::set_visibility(tx, case, "hidden", Some(store::MERGED), generation)?;
    store::merges::insert(tx, case, into, i32::try_from(revision).unwrap_or(i32::MAX))?;
    tx.record(&CaseAct::Merged(case, into));
    tx.enqueue(&IndexCases::one(case))
}

/// How a case is to be seen from now on. Each reason is a code of `visibility_reason`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Showing {
    /// In every list.
    Public,
    /// By its address only.
    Unlisted(String),
    /// Not at all.
    Hidden(String),
}

/// Takes a case from view or puts it back.
///
/// # Errors
/// [`Error::NotFound`] if there is no such case; [`Error::Conflict`] if it was merged into another one, which is the one to decide on.
pub fn set_visibility(tx: &mut Writing, id: &CaseId, showing: &Showing) -> Result<()> {
    if store::merges::into(tx, id)?.is_some() {
        return Err(Error::Conflict("moderation-case-merged"));
    }
    let generation = tx.change_public()?;
    let (to, reason, act) = match showing {
        Showing::Public => ("public", None, CaseAct::Shown(id)),
        Showing::Unlisted(reason) => ("unlisted", Some(reason.as_str()), CaseAct::Unlisted(id, reason)),
        Showing::Hidden(reason) => ("hidden", Some(reason.as_str()), CaseAct::Hidden(id, reason)),
    };
    if !store::set_visibility(tx, id, to, reason, generation)? {
        return Err(Error::NotFound);
    }
    tx.record(&act);
    tx.enqueue(&IndexCases::one(id))
}

/// Writes a case that stays out of sight until its import is finished, without line and job.
pub(super) fn insert_unfinished(
    tx: &mut Writing,
    vocabulary: Vocabulary<'_>,
    checked: &Checked,
    reason: Option<&str>,
) -> Result<()> {
    insert(tx, vocabulary, checked, ("hidden", Some(store::UNFINISHED)), reason)
}

fn insert(
    tx: &mut Writing,
    vocabulary: Vocabulary<'_>,
    checked: &Checked,
    visibility: (&str, Option<&str>),
    reason: Option<&str>,
) -> Result<()> {
    let projection = vocabulary.project(checked.document());
    // The change comes first: it makes others wait, so that no two draw the same ordinal.
    let generation = tx.change_public()?;
    let new = store::NewRow { visibility, ordinal: store::next_ordinal(tx)?, generation };
    store::insert(tx, checked, &projection, &new)?;
    store::insert_revision(tx, checked.document(), reason)
}

/// Writes the next revision of a case, without line and job.
pub(super) fn follow(
    tx: &mut Writing,
    vocabulary: Vocabulary<'_>,
    checked: &Checked,
    base: u32,
    reason: Option<&str>,
) -> Result<()> {
    let document = checked.document();
    let generation = tx.change_public()?;
    let projection = redact::projected(tx, vocabulary, document)?;
    if document.revision != base + 1 || !store::advance(tx, checked, &projection, base, generation)? {
        return Err(Error::Conflict("conflict-case-moved-on"));
    }
    store::insert_revision(tx, document, reason)
}
