//! The next revision of a published case, and its visibility.

use super::{
    Office,
    acts::ReviewAct,
    checklist::{self, Looked},
    conflict::{self, About},
    draft::Draft,
    merge, store,
};
use crate::{
    Error, Result,
    cases::{self, Showing, Vocabulary, published},
    codebook::Codebook,
    db::{Reading, Writing},
    ids::{CaseId, ReviewDraftId},
    limits, organisations,
    seal::{self, contains_passphrase},
    staff::{self, Moderator},
    text::clean,
};

/// The purpose of envelopes that hold drafts of revisions.
pub(super) const PURPOSE: &str = "draft of a revision";

/// Begins the next revision of a case, or goes on with the draft of one that was begun.
///
/// # Errors
/// [`Error::NotFound`] if there is no such case.
pub fn begin_revision(tx: &mut Writing, by: &Moderator, case: &CaseId, office: &Office) -> Result<ReviewDraftId> {
    conflict::admit(tx, by, &About::Case(case.clone()))?;
    let current = published::find(tx, case, published::Eyes::Moderator)?;
    if let Some((id, base)) = store::of_case(tx, case)? {
        if base == current.current {
            return Ok(id);
        }
        store::delete(tx, &id)?;
    }
    let draft = Draft::of_published(&current.document, &office.gazetteer)?;
    insert(tx, case, current.current, &draft)
}

/// Stores a new draft of a revision, sealed to the review key in use.
pub(super) fn insert(tx: &mut Writing, case: &CaseId, base: u32, draft: &Draft) -> Result<ReviewDraftId> {
    let id = ReviewDraftId::draw(tx.random());
    let recipient = staff::lock_review_key(tx)?;
    let envelope = seal::seal_json(&recipient.public_key, PURPOSE, id.as_str(), draft, tx.random())?;
    store::insert(tx, &id, case, base, &recipient.id, &envelope)?;
    Ok(id)
}

/// The draft of a revision that was begun, if there is one.
///
/// # Errors
/// [`Error::Refused`] for whoever stepped aside.
pub fn revision_under_way(r: &mut Reading, by: &Moderator, case: &CaseId) -> Result<Option<ReviewDraftId>> {
    conflict::admit(r, by, &About::Case(case.clone()))?;
    Ok(store::of_case(r, case)?.map(|(id, _)| id))
}

/// Opens a draft of a revision.
pub(super) fn open(r: &mut Reading, by: &Moderator, id: &ReviewDraftId) -> Result<Draft> {
    let envelope = store::find(r, id)?.ok_or(Error::NotFound)?;
    let draft: Draft = staff::review_keys(r, by)?.open_json(PURPOSE, id.as_str(), &envelope)?;
    conflict::admit(r, by, &About::Case(draft.case().clone()))?;
    if let Some((other, _)) = draft.merges() {
        conflict::admit(r, by, &About::Case(other.clone()))?;
    }
    Ok(draft)
}

/// Stores a draft of a revision, sealed to the review key in use, in place of the one before.
pub(super) fn put(tx: &mut Writing, id: &ReviewDraftId, draft: &Draft) -> Result<()> {
    let recipient = staff::lock_review_key(tx)?;
    let envelope = seal::seal_json(&recipient.public_key, PURPOSE, id.as_str(), draft, tx.random())?;
    if store::put(tx, id, &recipient.id, &envelope)? { Ok(()) } else { Err(Error::NotFound) }
}

/// Why a revision was made, in one line that readers see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RevisionReason(String);

impl RevisionReason {
    /// Reads what was typed.
    ///
    /// # Errors
    /// The key of the message that says what is wrong.
    pub fn parse(typed: &str) -> Result<Self, &'static str> {
        let text = clean(&typed.split_whitespace().collect::<Vec<_>>().join(" "));
        match text.chars().count() {
            0 => Err("moderation-reason-missing"),
            1..=limits::LINE if !contains_passphrase(&text) => Ok(Self(text)),
            1..=limits::LINE => Err("moderation-passphrase"),
            _ => Err("moderation-reason-too-long"),
        }
    }
}

/// What came of publishing a revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Revised {
    /// It is public.
    Published(CaseId),
    /// Something on its sheets is missing or wrong.
    Unready,
    /// A name of its unnamed place stands in a text, neither removed nor waived.
    Telling,
}

/// Publishes a draft as the next revision of its case. It need not wait: it tells nothing of when an account came.
///
/// # Errors
/// [`Error::Conflict`] if the case, or the one that it takes in, has moved on from the revision that the draft was made from.
pub fn publish_revision(
    tx: &mut Writing,
    by: &Moderator,
    id: &ReviewDraftId,
    looked: Looked,
    reason: &RevisionReason,
    office: &Office,
) -> Result<Revised> {
    let mut draft = open(tx, by, id)?;
    draft.set_waivers(office.with_reasons(looked.waivers));
    let quarter = tx.quarter();
    let records = organisations::all(tx)?;
    let Ok(done) = draft.complete(by.alias(), quarter, &office.desk(&records))? else {
        return Ok(Revised::Unready);
    };
    if done.is_telling() {
        put(tx, id, &draft)?;
        return Ok(Revised::Telling);
    }
    let base = draft.base().map(|base| base.revision).ok_or(Error::NotFound)?;
    let vocabulary = Vocabulary { codebook: &office.codebook, gazetteer: &office.gazetteer };
    organisations::insert(tx, &done.newcomers)?;
    let case = done.document.id.clone();
    for reason in done.found.iter().filter_map(|found| found.waived.clone()) {
        tx.record(&ReviewAct::WaivedInCase(case.clone(), reason));
    }
    let checked = vocabulary.check(done.document).map_err(|_| Error::Refused("moderation-unreadable"))?;
    cases::revise(tx, vocabulary, &checked, base, Some(&reason.0))?;
    let keys = staff::review_keys(tx, by)?;
    checklist::keep_with_case(tx, &case, base + 1, looked.checklist.by(by), &keys)?;
    if let Some((other, seen)) = draft.merges() {
        merge::finish(tx, vocabulary, (other, *seen), &case, base + 1)?;
    }
    store::delete(tx, id)?;
    Ok(Revised::Published(case))
}

/// Throws a draft of a revision away.
///
/// # Errors
/// [`Error::NotFound`] if there is none.
pub fn discard(tx: &mut Writing, by: &Moderator, id: &ReviewDraftId) -> Result<()> {
    open(tx, by, id)?;
    store::delete(tx, id)
}

/// Reads how a case is to be seen: `public`, `unlisted` or `hidden`, the last two with a code of `visibility_reason`.
///
/// # Errors
/// The key of the message that says what is wrong.
pub fn parse_showing(visibility: &str, reason: &str, codebook: &Codebook) -> Result<Showing, &'static str> {
    let known = codebook.field("visibility_reason").is_some_and(|field| field.code(reason).is_some());
    match visibility {
        "public" => Ok(Showing::Public),
        "unlisted" | "hidden" if !known => Err("moderation-choose-a-reason"),
        "unlisted" => Ok(Showing::Unlisted(reason.to_owned())),
        "hidden" => Ok(Showing::Hidden(reason.to_owned())),
        _ => Err("moderation-not-on-list"),
    }
}

/// Hides a case, takes it from the lists, or shows it again.
///
/// # Errors
/// [`Error::NotFound`] if there is no such case.
pub fn show(tx: &mut Writing, by: &Moderator, case: &CaseId, showing: &Showing) -> Result<()> {
    conflict::admit(tx, by, &About::Case(case.clone()))?;
    cases::set_visibility(tx, case, showing)
}
