//! The one gate to what is public. Pages, search, comparison and exports read documents through here and nowhere else.
//!
//! A hidden case is gone for everybody but moderators; an unlisted one is found by its address only, and no other case leads to it. Whatever is to be taken out of every
//! revision and every exit is taken out here.

mod cited;
mod relatives;

use std::{borrow::Cow, collections::HashMap};

use serde::Serialize;

pub use self::cited::{Listed, cited, cited_within, listed, listed_among};
use self::relatives::{Relatives, relatives, speaking_of};
use super::{
    document::{Document, Source},
    projection::{Computed, Projection},
    redact::{self, Overlay},
    store,
};
use crate::{Error, Result, clock::Quarter, codebook::Codebook, db::Reading, ids::CaseId, places::Gazetteer};

/// Whether and how a case is public.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Visibility {
    /// In every list.
    Public,
    /// By its address only, with the code of the reason.
    Unlisted(String),
    /// Gone, with the code of the reason.
    Hidden(String),
    /// Merged into this case: its addresses lead there, and only what was cited of it stands at its own.
    Merged(CaseId),
}

/// A case as its page shows it.
#[derive(Debug, Clone)]
pub struct Published {
    /// The revision asked for.
    pub document: Document,
    /// What is kept with the case: computed of the current revision.
    pub computed: Computed,
    /// Whether and how it is public.
    pub visibility: Visibility,
    /// The number of the current revision.
    pub current: u32,
    /// All revisions, oldest first.
    pub revisions: Vec<RevisionNote>,
    /// Cases that were merged into this one.
    pub merged: Vec<Merged>,
}

impl Published {
    /// What is computed of the revision asked for. What is kept is that of the current one; that of an earlier one is computed here.
    #[must_use]
    pub fn computed_of(&self, codebook: &Codebook, gazetteer: &Gazetteer) -> Cow<'_, Computed> {
        if self.document.revision == self.current {
            Cow::Borrowed(&self.computed)
        } else {
            Cow::Owned(Projection::of(&self.document, codebook, gazetteer).computed)
        }
    }
}

/// A case that was merged into another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    /// Its id, which is never used again.
    pub case: CaseId,
    /// The revision of the other one that united them.
    pub revision: u32,
    /// Its own revisions, which can still be read as they were cited.
    pub revisions: Vec<RevisionNote>,
}

/// A revision that there is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RevisionNote {
    /// Its number.
    pub revision: u32,
    /// When it was published.
    pub published: Quarter,
    /// Why it was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// A current document as lists and exports read it.
#[derive(Debug, Clone)]
pub struct Current {
    /// The number in bitmaps and the text index.
    pub ordinal: u32,
    /// The id.
    pub id: CaseId,
    /// The document as JSON.
    pub document: String,
    /// [`Computed`] as JSON.
    pub computed: String,
}

impl Current {
    /// The document, read.
    ///
    /// # Errors
    /// If what is stored is no document, which the check before storing rules out.
    pub fn read(&self) -> Result<(Document, Computed)> {
        Ok((serde_json::from_str(&self.document)?, serde_json::from_str(&self.computed)?))
    }
}

/// Who asks: hidden cases and redacted words are shown to moderators alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Eyes {
    /// Anybody.
    Public,
    /// A moderator; the caller holds the proof. Documents come as they are stored, to make the next revision of; see [`mark`].
    Moderator,
}

/// Marks in a document what readers do not see of it, for a moderator's page; the caller holds the proof.
///
/// # Errors
/// Those of the database.
pub fn mark(r: &mut Reading, document: &mut Document) -> Result<()> {
    Overlay::of(r, &document.id)?.mark(document);
    Ok(())
}

/// The current revision of a case.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Gone`] where it is hidden, or [`Error::Moved`] where it was merged into another one.
pub fn find(r: &mut Reading, id: &CaseId, eyes: Eyes) -> Result<Published> {
    let head = visible_head(r, id, eyes)?;
    if let Some(into) = store::merges::into(r, id)? {
        return Err(Error::Moved { to: into.to_string() });
    }
    let current = head.revision;
    assemble(r, head, current, eyes)
}

/// The current revision of a case, or of the one that it was merged into.
///
/// # Errors
/// [`Error::NotFound`], or [`Error::Gone`] where it is hidden.
pub fn find_wherever(r: &mut Reading, id: &CaseId, eyes: Eyes) -> Result<Published> {
    let into = store::merges::into(r, id)?;
    find(r, into.as_ref().unwrap_or(id), eyes)
}

/// The case that this one was merged into, if it was.
///
/// # Errors
/// Those of the database.
pub fn merged_into(r: &mut Reading, id: &CaseId) -> Result<Option<CaseId>> {
    store::merges::into(r, id)
}

/// A revision of a case, as it was cited, also of one that was merged into another.
///
/// # Errors
/// [`Error::NotFound`], or [`Error::Gone`] where the case, or the one that it was merged into, is hidden.
pub fn revision(r: &mut Reading, id: &CaseId, revision: u32, eyes: Eyes) -> Result<Published> {
    let head = visible_head(r, id, eyes)?;
    assemble(r, head, i32::try_from(revision).map_err(|_| Error::NotFound)?, eyes)
}

/// Current documents of the public cases with these ordinals, in the order asked for; what was hidden meanwhile is left out.
///
/// # Errors
/// Those of the database.
pub fn current(r: &mut Reading, ordinals: &[u32]) -> Result<Vec<Current>> {
    let wanted: Vec<i32> = ordinals.iter().filter_map(|ordinal| i32::try_from(*ordinal).ok()).collect();
    let rows = store::current_of(r, &wanted)?;
    let mut found: HashMap<u32, Current> =
        opened(r, rows)?.into_iter().map(|current| (current.ordinal, current)).collect();
    Ok(ordinals.iter().filter_map(|ordinal| found.remove(ordinal)).collect())
}

/// Documents as readers may see them: without redacted words, and without relations to what they may not hear of.
fn opened(r: &mut Reading, rows: Vec<store::CurrentRow>) -> Result<Vec<Current>> {
    let relatives = relatives(r, rows.iter().map(|(_, _, _, document)| document.as_str()))?;
    let overlays = redact::overlays(r, &rows.iter().map(|(_, id, _, _)| id.clone()).collect::<Vec<_>>())?;
    let mut opened = Vec::with_capacity(rows.len());
    for (ordinal, id, computed, document) in rows {
        let Ok(ordinal) = u32::try_from(ordinal) else { continue };
        let document = match overlays.get(&id) {
            Some(overlay) => overlay.put_over_json(document)?,
            None => document,
        };
        opened.push(Current { ordinal, id, document: speaking_of(&relatives, document)?, computed });
    }
    Ok(opened)
}

/// A revision as the export of everything writes it.
#[derive(Debug, Clone)]
pub struct History {
    /// Why it was made.
    pub reason: Option<String>,
    /// The document as JSON.
    pub document: String,
}

/// Every revision of the public cases among these, in the order of ids and revisions.
///
/// # Errors
/// Those of the database.
pub fn histories(r: &mut Reading, ids: &[CaseId]) -> Result<Vec<History>> {
    let overlays = redact::overlays(r, ids)?;
    let history = |(id, reason, document): (CaseId, Option<String>, String)| match overlays.get(&id) {
        Some(overlay) => Ok(History {
            reason: reason.map(|reason| overlay.put_over_text(reason)),
            document: overlay.put_over_json(document)?,
        }),
        None => Ok(History { reason, document }),
    };
    store::histories(r, ids)?.into_iter().map(history).collect()
}

/// The ordinals of the public cases after `after`, at most `most`; begin with `None`.
///
/// # Errors
/// Those of the database.
pub fn ordinals_after(r: &mut Reading, after: Option<u32>, most: usize) -> Result<Vec<u32>> {
    let after = after.and_then(|ordinal| i32::try_from(ordinal).ok()).unwrap_or(-1);
    let found = store::public_ordinals_after(r, after, i64::try_from(most).unwrap_or(i64::MAX))?;
    Ok(found.into_iter().filter_map(|ordinal| u32::try_from(ordinal).ok()).collect())
}

/// The ids of all public cases with the quarter of their current revision, in the order of the ids, which tells nothing.
///
/// # Errors
/// Those of the database.
pub fn ids(r: &mut Reading) -> Result<Vec<(CaseId, Quarter)>> {
    let rows = store::public_ids(r)?;
    Ok(rows.into_iter().filter_map(|(id, revised)| Some((id, revised.parse().ok()?))).collect())
}

/// The public cases published or revised last, at most `most`; within a quarter in the order of their random ids, which tells nothing.
///
/// # Errors
/// Those of the database.
pub fn newest(r: &mut Reading, most: usize) -> Result<Vec<Current>> {
    let ordinals = store::newest_ordinals(r, i64::try_from(most).unwrap_or(i64::MAX))?;
    let ordinals: Vec<u32> = ordinals.into_iter().filter_map(|ordinal| u32::try_from(ordinal).ok()).collect();
    current(r, &ordinals)
}

/// The public cases that came into view after this change of what is public ([`Reading::visibility_generation`]): newly, in a new revision,
/// or again. Their order tells nothing that is not public; lists put them in another one.
///
/// # Errors
/// Those of the database.
pub fn ordinals_since(r: &mut Reading, generation: i64) -> Result<Vec<u32>> {
    let found = store::news::ordinals_since(r, generation)?;
    Ok(found.into_iter().filter_map(|ordinal| u32::try_from(ordinal).ok()).collect())
}

/// The change of what is public in which a public case came into view last.
///
/// # Errors
/// Those of the database.
pub fn latest(r: &mut Reading) -> Result<i64> {
    store::news::latest(r)
}

/// The public case that others are compared with by default.
///
/// # Errors
/// Those of the database.
pub fn reference(r: &mut Reading) -> Result<Option<CaseId>> {
    store::reference(r)
}

/// A source with this address that a public case cites already.
///
/// # Errors
/// Those of the database.
pub fn source_of_address(r: &mut Reading, address: &str) -> Result<Option<Source>> {
    let record = store::source_of_address(r, address)?;
    Ok(record.map(|record| serde_json::from_str(&record)).transpose()?)
}

/// How many cases there are, hidden ones included.
///
/// # Errors
/// Those of the database.
pub fn count_all(r: &mut Reading) -> Result<i64> {
    store::count(r)
}

fn visible_head(r: &mut Reading, id: &CaseId, eyes: Eyes) -> Result<store::Head> {
    let head = store::head(r, id)?.ok_or(Error::NotFound)?;
    // What was merged is hidden where the case is that it went into.
    let decides = match store::merges::into(r, id)? {
        Some(into) => store::head(r, &into)?.ok_or(Error::NotFound)?,
        None => head.clone(),
    };
    match visibility(&decides, None) {
        Visibility::Hidden(reason) if eyes == Eyes::Public => Err(Error::Gone { reason }),
        _ => Ok(head),
    }
}

fn visibility(head: &store::Head, merged_into: Option<CaseId>) -> Visibility {
    if let Some(into) = merged_into {
        return Visibility::Merged(into);
    }
    let reason = || head.visibility_reason.clone().unwrap_or_default();
    match head.visibility.as_str() {
        "public" => Visibility::Public,
        "unlisted" => Visibility::Unlisted(reason()),
        _ => Visibility::Hidden(reason()),
    }
}

fn assemble(r: &mut Reading, head: store::Head, revision: i32, eyes: Eyes) -> Result<Published> {
    let document = store::document(r, &head.id, revision)?.ok_or(Error::NotFound)?;
    let mut document: Document = serde_json::from_str(&document)?;
    let overlay = overlay(r, &head.id, eyes)?;
    overlay.put_over(&mut document);
    if eyes == Eyes::Public && !document.related.is_empty() {
        let named: Vec<CaseId> = document.related.iter().map(|other| other.case.clone()).collect();
        let relatives = Relatives::of(r, &named)?;
        document.related.retain(|other| relatives.may_be_told(other));
    }
    let merged_into = store::merges::into(r, &head.id)?;
    let mut merged = Vec::new();
    for (case, revision) in store::merges::of(r, &head.id)? {
        let revisions = notes(r, &case, eyes)?;
        merged.push(Merged { case, revision: u32::try_from(revision).unwrap_or_default(), revisions });
    }
    Ok(Published {
        document,
        computed: serde_json::from_str(&head.computed)?,
        visibility: visibility(&head, merged_into),
        current: u32::try_from(head.revision).unwrap_or_default(),
        revisions: notes(r, &head.id, eyes)?,
        merged,
    })
}

/// What is to be taken out for whoever asks.
fn overlay(r: &mut Reading, id: &CaseId, eyes: Eyes) -> Result<Overlay> {
    match eyes {
        Eyes::Public => Overlay::of(r, id),
        Eyes::Moderator => Ok(Overlay::default()),
    }
}

fn notes(r: &mut Reading, id: &CaseId, eyes: Eyes) -> Result<Vec<RevisionNote>> {
    let overlay = overlay(r, id, eyes)?;
    let note = |(revision, published, reason): store::RevisionRow| {
        let reason = reason.map(|reason| overlay.put_over_text(reason));
        Some(RevisionNote { revision: u32::try_from(revision).ok()?, published: published.parse().ok()?, reason })
    };
    Ok(store::revisions(r, id)?.into_iter().filter_map(note).collect())
}
