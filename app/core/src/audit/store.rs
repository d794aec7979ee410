//! The chain's queries.

use diesel::prelude::*;

use super::{AuditLine, Head};
use crate::{
    Result,
    db::{
        Reading,
        schema::{audit_head, audit_lines, audit_notes},
    },
};

#[derive(Queryable)]
struct Row {
    sequence: i64,
    happened: String,
    actor: String,
    act: String,
    subject_kind: String,
    subject: String,
    reason: Option<String>,
    note_hash: Option<String>,
    hash: String,
}

impl From<Row> for AuditLine {
    fn from(row: Row) -> Self {
        let Row { sequence, happened, actor, act, subject_kind, subject, reason, note_hash, hash } = row;
        Self { sequence, happened, actor, act, subject_kind, subject, reason, note_hash, hash }
    }
}

/// The newest day among the lines that tell one; a quarter is none.
pub(super) fn newest_day(r: &mut Reading) -> Result<Option<String>> {
    let days = audit_lines::table.filter(audit_lines::happened.not_like("%Q%"));
    Ok(days.select(diesel::dsl::max(audit_lines::happened)).first(r.conn())?)
}

pub(super) fn lines_after(r: &mut Reading, after: i64, most: i64) -> Result<Vec<AuditLine>> {
    let rows: Vec<Row> = audit_lines::table
        .filter(audit_lines::sequence.gt(after))
        .order(audit_lines::sequence)
        .limit(most)
        .load(r.conn())?;
    Ok(rows.into_iter().map(AuditLine::from).collect())
}

pub(super) fn latest(r: &mut Reading, acts: &[&str], most: i64) -> Result<Vec<AuditLine>> {
    let rows: Vec<Row> = audit_lines::table
        .filter(audit_lines::act.eq_any(acts))
        .order(audit_lines::sequence.desc())
        .limit(most)
        .load(r.conn())?;
    Ok(rows.into_iter().map(AuditLine::from).collect())
}

pub(super) fn head(r: &mut Reading) -> Result<Head> {
    let (sequence, hash) = audit_head::table.select((audit_head::sequence, audit_head::hash)).first(r.conn())?;
    Ok(Head { sequence, hash })
}

/// A note beside its line: the line's number, the hash in the line, salt, note.
type NoteRow = (i64, Option<String>, String, String);

/// Each note with its line's number and hash of it.
pub(super) fn notes(r: &mut Reading) -> Result<Vec<NoteRow>> {
    Ok(audit_notes::table
        .inner_join(audit_lines::table.on(audit_lines::sequence.eq(audit_notes::sequence)))
        .order(audit_notes::sequence)
        .select((audit_notes::sequence, audit_lines::note_hash, audit_notes::salt, audit_notes::note))
        .load(r.conn())?)
}
