//! What a transaction leaves behind beside its rows: lines of the audit chain and jobs. They come to be with the rows or not at all.

use data_encoding::HEXLOWER;
use diesel::prelude::*;
use serde::{Serialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};

use super::{
    Unrecorded, Writing,
    schema::{audit_head, audit_lines, audit_notes, jobs},
};
use crate::{Result, clock::Quarter, ids::JobId};

/// Something staff or the program did; a type of the feature that it belongs to.
pub trait Act {
    /// What the chain says of it: ids and codes, never free text.
    fn entry(&self) -> Entry;
}

/// One act on its way into the chain.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Code of the act, such as `case_hidden`.
    pub act: &'static str,
    /// What kind of thing it was done to, such as `case`.
    pub subject_kind: &'static str,
    /// Its id.
    pub subject: String,
    /// Code of the reason.
    pub reason: Option<String>,
    /// Free text; lies beside the line, where it can be erased.
    pub note: Option<String>,
    /// How precisely the chain tells when.
    pub precision: Precision,
}

/// How precisely the chain tells when something was done (protection.md section 5).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Precision {
    /// The day.
    Day,
    /// The quarter: for what would betray when an account was sent or accepted.
    Quarter,
}

impl Entry {
    /// An act told by the day, without reason or note.
    #[must_use]
    pub fn new(act: &'static str, subject_kind: &'static str, subject: impl Into<String>) -> Self {
        Self { act, subject_kind, subject: subject.into(), reason: None, note: None, precision: Precision::Day }
    }

    /// With the code of a reason.
    #[must_use]
    pub fn because(mut self, reason: impl Into<String>) -> Self {
        self.reason = Some(reason.into());
        self
    }

    /// With free text beside it.
    #[must_use]
    pub fn noting(mut self, note: Option<String>) -> Self {
        self.note = note.filter(|note| !note.is_empty());
        self
    }

    /// Told by the quarter.
    #[must_use]
    pub fn by_quarter(mut self) -> Self {
        self.precision = Precision::Quarter;
        self
    }
}

/// Work that waits; a type of the feature that it belongs to. Jobs are idempotent and read their subject again.
pub trait Job: Serialize + DeserializeOwned {
    /// The name under which the worker knows it.
    const KIND: &'static str;
}

/// A line as it is hashed and stored.
pub(crate) struct Line<'a> {
    pub(crate) sequence: i64,
    pub(crate) happened: &'a str,
    pub(crate) actor: &'a str,
    pub(crate) act: &'a str,
    pub(crate) subject_kind: &'a str,
    pub(crate) subject: &'a str,
    pub(crate) reason: Option<&'a str>,
    pub(crate) note_hash: Option<&'a str>,
}

impl Line<'_> {
    /// SHA-256 over the hash of the line before and the fields of this one, as a JSON array, which leaves no doubt where one ends.
    pub(crate) fn hash(&self, before: &str) -> String {
        let fields = serde_json::json!([
            before,
            self.sequence,
            self.happened,
            self.actor,
            self.act,
            self.subject_kind,
            self.subject,
            self.reason,
            self.note_hash,
        ]);
        HEXLOWER.encode(&Sha256::digest(fields.to_string()))
    }
}

/// The hash that a line holds of the note beside it.
pub(crate) fn note_hash(salt: &str, note: &str) -> String {
    HEXLOWER.encode(&Sha256::new().chain_update(salt).chain_update([0]).chain_update(note).finalize())
}

/// Adds lines to the chain. The update locks the head until the commit, so that no other transaction comes between.
pub(super) fn append(tx: &mut Unrecorded, actor: &str, entries: Vec<Entry>) -> Result<()> {
    if entries.is_empty() {
        return Ok(());
    }
    diesel::update(audit_head::table).set(audit_head::sequence.eq(audit_head::sequence + 0)).execute(tx.conn())?;
    let (mut sequence, mut hash): (i64, String) =
        audit_head::table.select((audit_head::sequence, audit_head::hash)).first(tx.conn())?;
    let (day, quarter) = (tx.today().to_string(), Quarter::of(tx.today()).to_string());
    for entry in entries {
        sequence += 1;
        let happened = match entry.precision {
            Precision::Day => &day,
            Precision::Quarter => &quarter,
        };
        hash = append_line(tx, actor, sequence, happened, &hash, &entry)?;
    }
    diesel::update(audit_head::table)
        .set((audit_head::sequence.eq(sequence), audit_head::hash.eq(&hash)))
        .execute(tx.conn())?;
    Ok(())
}

fn append_line(
    tx: &mut Unrecorded,
    actor: &str,
    sequence: i64,
    happened: &str,
    before: &str,
    entry: &Entry,
) -> Result<String> {
    let salted = entry.note.as_ref().map(|note| {
        let salt = HEXLOWER.encode(&tx.random().bytes::<16>());
        let hash = note_hash(&salt, note);
        (salt, hash, note)
    });
    let line = Line {
        sequence,
        happened,
        actor,
        act: entry.act,
        subject_kind: entry.subject_kind,
        subject: &entry.subject,
        reason: entry.reason.as_deref(),
        note_hash: salted.as_ref().map(|(_, hash, _)| hash.as_str()),
    };
    let hash = line.hash(before);
    diesel::insert_into(audit_lines::table)
        .values((
            audit_lines::sequence.eq(sequence),
            audit_lines::happened.eq(happened),
            audit_lines::actor.eq(actor),
            audit_lines::act.eq(entry.act),
            audit_lines::subject_kind.eq(entry.subject_kind),
            audit_lines::subject.eq(&entry.subject),
            audit_lines::reason.eq(entry.reason.as_deref()),
            audit_lines::note_hash.eq(line.note_hash),
            audit_lines::hash.eq(&hash),
        ))
        .execute(tx.conn())?;
    if let Some((salt, _, note)) = salted {
        diesel::insert_into(audit_notes::table)
            .values((audit_notes::sequence.eq(sequence), audit_notes::salt.eq(salt), audit_notes::note.eq(note)))
            .execute(tx.conn())?;
    }
    Ok(hash)
}

/// Leaves a job, unless the same one already waits.
pub(super) fn enqueue<J: Job>(tx: &mut Writing, job: &J) -> Result<()> {
    let payload = serde_json::to_string(job)?;
    let same = jobs::table
        .filter(jobs::kind.eq(J::KIND))
        .filter(jobs::payload.eq(&payload))
        .filter(jobs::state.eq("waiting"))
        .select(jobs::id);
    if let Some(id) = same.first::<JobId>(tx.conn()).optional()? {
        // A worker may be taking it at this moment and read what is not committed yet. The update waits for the worker, or makes it wait.
        let waits = jobs::table.find(id).filter(jobs::state.eq("waiting"));
        if diesel::update(waits).set(jobs::due.eq(jobs::due)).execute(tx.conn())? == 1 {
            return Ok(());
        }
    }
    let (id, now) = (JobId::draw(tx.random()), tx.now());
    diesel::insert_into(jobs::table)
        .values((
            jobs::id.eq(id),
            jobs::kind.eq(J::KIND),
            jobs::payload.eq(payload),
            jobs::state.eq("waiting"),
            jobs::attempts.eq(0),
            jobs::due.eq(now),
        ))
        .execute(tx.conn())?;
    Ok(())
}
