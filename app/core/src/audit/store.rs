//! The chain's queries.

use diesel::prelude::*;

use super::{AuditLine, Head, Order, Selection, Tally};
use crate::{
    Result,
    db::{
        Reading, Unrecorded,
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

pub(super) fn select(
    r: &mut Reading,
    selection: Selection<'_>,
    order: Order,
    skip: i64,
    most: i64,
) -> Result<Vec<AuditLine>> {
    let mut lines =
        audit_lines::table.filter(audit_lines::act.eq_any(selection.acts)).offset(skip).limit(most).into_boxed();
    if let Some(reason) = selection.reason {
        lines = lines.filter(audit_lines::reason.eq(reason));
    }
    if let Some((act, happened)) = selection.but {
        lines = lines.filter(audit_lines::act.ne(act).or(audit_lines::happened.ne(happened)));
    }
    let rows: Vec<Row> = match order {
        Order::Latest => lines.order(audit_lines::sequence.desc()).load(r.conn())?,
        Order::Quarters => {
            let by = (audit_lines::happened.desc(), audit_lines::subject, audit_lines::sequence);
            lines.order(by).load(r.conn())?
        }
    };
    Ok(rows.into_iter().map(AuditLine::from).collect())
}

pub(super) fn count(r: &mut Reading, selection: Selection<'_>) -> Result<i64> {
    let mut lines = audit_lines::table.filter(audit_lines::act.eq_any(selection.acts)).count().into_boxed();
    if let Some(reason) = selection.reason {
        lines = lines.filter(audit_lines::reason.eq(reason));
    }
    if let Some((act, happened)) = selection.but {
        lines = lines.filter(audit_lines::act.ne(act).or(audit_lines::happened.ne(happened)));
    }
    Ok(lines.get_result(r.conn())?)
}

pub(super) fn tally(r: &mut Reading, acts: &[&str]) -> Result<Vec<Tally>> {
    let by = (audit_lines::act, audit_lines::happened, audit_lines::reason);
    let rows: Vec<(String, String, Option<String>, i64)> = audit_lines::table
        .filter(audit_lines::act.eq_any(acts))
        .group_by(by)
        .order(by)
        .select((audit_lines::act, audit_lines::happened, audit_lines::reason, diesel::dsl::count_star()))
        .load(r.conn())?;
    Ok(rows.into_iter().map(|(act, happened, reason, count)| Tally { act, happened, reason, count }).collect())
}

pub(super) fn line_of_hash(r: &mut Reading, hash: &str) -> Result<Option<i64>> {
    let line = audit_lines::table.filter(audit_lines::hash.eq(hash)).select(audit_lines::sequence);
    Ok(line.first(r.conn()).optional()?)
}

pub(super) fn erase_notes(tx: &mut Unrecorded, subject_kind: &str, subject: &str) -> Result<()> {
    let lines = audit_lines::table
        .filter(audit_lines::subject_kind.eq(subject_kind))
        .filter(audit_lines::subject.eq(subject))
        .select(audit_lines::sequence);
    diesel::delete(audit_notes::table.filter(audit_notes::sequence.eq_any(lines))).execute(tx.conn())?;
    Ok(())
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
