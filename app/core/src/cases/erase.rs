//! The one act that rewrites documents in place, in every revision, and cannot be taken back (protection.md section 6).
//!
//! The rows are rewritten in one transaction. What they leave behind on the disk goes by two jobs: the text index is built anew beside the
//! old one and swapped, and the database clears what was overwritten.

use serde::{Deserialize, Serialize};

use super::{
    document::Document,
    index::RebuildIndex,
    publish::{CaseAct, Vocabulary},
    redact::{self, cover_document},
    store,
};
use crate::{
    Error, Result, audit,
    codebook::Code,
    db::{Reading, Writing, outbox::Job},
    ids::CaseId,
    text::{Words, cover},
};

/// The database is to clear what overwritten rows left behind.
#[derive(Debug, Serialize, Deserialize)]
pub struct ClearRemains {}

impl Job for ClearRemains {
    const KIND: &'static str = "clear_remains";
}

/// What stands for ever in place of words that were erased.
#[must_use]
pub fn placeholder(reason: &str) -> String {
    format!("‹erased: {}›", reason.replace('_', " "))
}

/// Erases words from every revision of a case, for a code of `visibility_reason`. Redactions that cover nothing any more are destroyed with
/// them, and so is what staff noted beside acts on the case.
///
/// # Errors
/// [`Error::NotFound`] if there is no such case; [`Error::Refused`] if the words stand nowhere in it.
pub fn erase(tx: &mut Writing, vocabulary: Vocabulary<'_>, case: &CaseId, words: &Words, reason: &Code) -> Result<()> {
    redact::is_its_own(tx, case)?;
    let all = with_merged(tx, case)?;
    let mut somewhere = false;
    for one in &all {
        somewhere |= !redact::places(tx, one, words)?.is_empty() || is_redacted(tx, one, words)?;
    }
    if !somewhere {
        return Err(Error::Refused("moderation-words-nowhere"));
    }
    for one in &all {
        rewrite(tx, one, words, reason)?;
        drop_idle_redactions(tx, one, words)?;
        redact::withhold(tx, vocabulary, one)?;
    }
    audit::erase_notes(tx, "case", case.as_str())?;
    tx.record(&CaseAct::Erased(case, reason.as_str()));
    tx.enqueue(&RebuildIndex {})?;
    tx.enqueue(&ClearRemains {})
}

/// A case, and those that were merged into it: what was cited of them can still be read.
///
/// # Errors
/// Those of the database.
pub fn with_merged(r: &mut Reading, case: &CaseId) -> Result<Vec<CaseId>> {
    let merged = store::merges::of(r, case)?.into_iter().map(|(case, _)| case);
    Ok(std::iter::once(case.clone()).chain(merged).collect())
}

fn is_redacted(tx: &mut Writing, case: &CaseId, words: &Words) -> Result<bool> {
    Ok(redact::redactions(tx, case)?.iter().any(|redaction| words.are_in(&redaction.words)))
}

fn rewrite(tx: &mut Writing, case: &CaseId, words: &Words, reason: &Code) -> Result<()> {
    let (words, gone) = (std::slice::from_ref(words), placeholder(reason.as_str()));
    let instead = |_: usize, _: &str| gone.clone();
    for ((revision, _, why), document) in store::revisions_with_documents(tx, case)? {
        let mut document: Document = serde_json::from_str(&document)?;
        cover_document(&mut document, words, &instead);
        let why = why.map(|why| cover(&why, words, &instead).unwrap_or(why));
        store::rewrite_revision(tx, case, revision, why.as_deref(), &serde_json::to_string(&document)?)?;
    }
    Ok(())
}

fn drop_idle_redactions(tx: &mut Writing, case: &CaseId, erased: &Words) -> Result<()> {
    for redaction in redact::redactions(tx, case)? {
        let idle = match Words::of(&redaction.words) {
            Some(words) => redact::places(tx, case, &words)?.is_empty(),
            None => true,
        };
        if idle || erased.are_in(&redaction.words) {
            store::delete_redaction(tx, case, &redaction.id)?;
        }
    }
    Ok(())
}
