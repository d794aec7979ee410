//! Requests for correction or removal.

use diesel::prelude::*;

use crate::{
    Error, Result,
    clock::Day,
    db::{Reading, Unrecorded, schema::corrections},
    ids::SubmissionId,
    intake::corrections::Correction,
};

#[derive(Queryable, Selectable)]
#[diesel(table_name = corrections)]
struct Row {
    submission_id: SubmissionId,
    kind: String,
    week: String,
    answered: bool,
}

impl Row {
    fn read(self) -> Result<Correction> {
        Ok(Correction {
            submission: self.submission_id,
            kind: self.kind.parse().map_err(Error::unexpected)?,
            week: self.week.parse().map_err(Error::unexpected)?,
            answered: self.answered,
        })
    }
}

pub(in crate::intake) fn find(r: &mut Reading, id: &SubmissionId) -> Result<Option<Correction>> {
    let row: Option<Row> = corrections::table.find(id).select(Row::as_select()).first(r.conn()).optional()?;
    row.map(Row::read).transpose()
}

/// Those that are not answered: the oldest week first, within a week in the order of their random ids.
pub(in crate::intake) fn unanswered(r: &mut Reading) -> Result<Vec<Correction>> {
    let rows: Vec<Row> = corrections::table
        .filter(corrections::answered.eq(false))
        .order((corrections::week, corrections::submission_id))
        .select(Row::as_select())
        .load(r.conn())?;
    rows.into_iter().map(Row::read).collect()
}

/// Those whose answer has been kept for its time.
pub(in crate::intake) fn expired(r: &mut Reading) -> Result<Vec<SubmissionId>> {
    let today = r.today();
    Ok(corrections::table
        .filter(corrections::expires.le(today))
        .order(corrections::submission_id)
        .select(corrections::submission_id)
        .load(r.conn())?)
}

pub(in crate::intake) fn insert(tx: &mut Unrecorded, correction: &Correction) -> Result<()> {
    diesel::insert_into(corrections::table)
        .values((
            corrections::submission_id.eq(&correction.submission),
            corrections::kind.eq(correction.kind.code()),
            corrections::week.eq(correction.week.to_string()),
            corrections::answered.eq(correction.answered),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Says whether it was still unanswered.
pub(in crate::intake) fn answer(tx: &mut Unrecorded, id: &SubmissionId, expires: Day) -> Result<bool> {
    let row = corrections::table.find(id).filter(corrections::answered.eq(false));
    let set = (corrections::answered.eq(true), corrections::expires.eq(Some(expires)));
    Ok(diesel::update(row).set(set).execute(tx.conn())? == 1)
}

/// Removes one whose answer was kept for its time, unless another was made in its place meanwhile; says whether it did.
pub(in crate::intake) fn expire(tx: &mut Unrecorded, id: &SubmissionId) -> Result<bool> {
    let today = tx.today();
    let row = corrections::table.find(id).filter(corrections::expires.le(today));
    Ok(diesel::delete(row).execute(tx.conn())? == 1)
}

pub(in crate::intake) fn delete(tx: &mut Unrecorded, id: &SubmissionId) -> Result<()> {
    diesel::delete(corrections::table.find(id)).execute(tx.conn())?;
    Ok(())
}
