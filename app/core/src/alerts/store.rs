//! The queries for alerts.

use diesel::prelude::*;

use super::Rhythm;
use crate::{
    Error, Result,
    clock::Day,
    db::{Reading, Unrecorded, schema::alerts},
    ids::AlertId,
    seal::Envelope,
    secret::LookupHash,
};

/// An alert as it is stored, but for the marks by which it is found.
#[derive(Queryable)]
pub(super) struct Row {
    pub(super) id: AlertId,
    pub(super) envelope: Envelope,
    pub(super) rhythm: String,
    pub(super) told: i64,
    pub(super) due: Option<Day>,
}

impl Row {
    pub(super) fn rhythm(&self) -> Result<Rhythm> {
        rhythm(&self.rhythm)
    }
}

/// The rhythm that is stored as this code.
pub(super) fn rhythm(code: &str) -> Result<Rhythm> {
    Rhythm::of(code).ok_or_else(|| Error::unexpected("an alert with an unknown rhythm"))
}

const ROW: (alerts::id, alerts::envelope, alerts::rhythm, alerts::told, alerts::due) =
    (alerts::id, alerts::envelope, alerts::rhythm, alerts::told, alerts::due);

/// Whether a mail of confirmation was asked for on this day.
pub(super) fn was_asked_on(r: &mut Reading, mailbox: &str, day: Day) -> Result<bool> {
    let asked = alerts::table.filter(alerts::mailbox.eq(mailbox)).filter(alerts::asked.eq(day));
    let found: Option<AlertId> = asked.select(alerts::id).first(r.conn()).optional()?;
    Ok(found.is_some())
}

pub(super) fn of_wish(r: &mut Reading, wish: &str) -> Result<Option<AlertId>> {
    Ok(alerts::table.filter(alerts::wish.eq(wish)).select(alerts::id).first(r.conn()).optional()?)
}

/// The alert of a token that is confirmed, or was asked for on this day or later.
pub(super) fn of_token(r: &mut Reading, lookup: &LookupHash, asked: Day) -> Result<Option<Row>> {
    Ok(alerts::table
        .filter(alerts::lookup.eq(lookup.as_str()))
        .filter(alerts::due.is_not_null().or(alerts::asked.ge(asked)))
        .select(ROW)
        .first(r.conn())
        .optional()?)
}

pub(super) fn find(r: &mut Reading, id: &AlertId) -> Result<Option<Row>> {
    Ok(alerts::table.find(id).select(ROW).first(r.conn()).optional()?)
}

/// The confirmed ones whose day has come, in the order of their random ids, each with its rhythm and the change up to which it was told.
pub(super) fn due(r: &mut Reading, today: Day) -> Result<Vec<(AlertId, String, i64)>> {
    let due = alerts::table.filter(alerts::due.le(today)).order(alerts::id);
    Ok(due.select((alerts::id, alerts::rhythm, alerts::told)).load(r.conn())?)
}

pub(super) fn insert(
    tx: &mut Unrecorded,
    row: &Row,
    lookup: &LookupHash,
    mailbox: &str,
    wish: &str,
    asked: Day,
) -> Result<()> {
    diesel::insert_into(alerts::table)
        .values((
            alerts::id.eq(&row.id),
            alerts::lookup.eq(lookup.as_str()),
            alerts::mailbox.eq(mailbox),
            alerts::wish.eq(wish),
            alerts::envelope.eq(&row.envelope),
            alerts::rhythm.eq(&row.rhythm),
            alerts::told.eq(row.told),
            alerts::asked.eq(asked),
            alerts::due.eq(row.due),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Notes that it was asked for once more; the rhythm of a confirmed one stays until that is confirmed too.
pub(super) fn ask_again(tx: &mut Unrecorded, id: &AlertId, rhythm: Rhythm, today: Day) -> Result<()> {
    diesel::update(alerts::table.find(id)).set(alerts::asked.eq(today)).execute(tx.conn())?;
    diesel::update(alerts::table.find(id).filter(alerts::due.is_null()))
        .set(alerts::rhythm.eq(rhythm.code()))
        .execute(tx.conn())?;
    Ok(())
}

pub(super) fn confirm(tx: &mut Unrecorded, id: &AlertId, rhythm: Rhythm, told: i64, due: Day) -> Result<()> {
    diesel::update(alerts::table.find(id))
        .set((alerts::rhythm.eq(rhythm.code()), alerts::told.eq(told), alerts::due.eq(due)))
        .execute(tx.conn())?;
    Ok(())
}

/// Moves an alert whose day has come on to its next one; says whether this transaction was the one that did.
pub(super) fn set_due(tx: &mut Unrecorded, id: &AlertId, today: Day, next: Day) -> Result<bool> {
    let due = alerts::table.find(id).filter(alerts::due.le(today));
    Ok(diesel::update(due).set(alerts::due.eq(next)).execute(tx.conn())? == 1)
}

/// Notes up to which change of what is public it was told; never back.
pub(super) fn set_told(tx: &mut Unrecorded, id: &AlertId, told: i64) -> Result<()> {
    diesel::update(alerts::table.find(id).filter(alerts::told.lt(told)))
        .set(alerts::told.eq(told))
        .execute(tx.conn())?;
    Ok(())
}

pub(super) fn delete(tx: &mut Unrecorded, lookup: &LookupHash) -> Result<()> {
    diesel::delete(alerts::table.filter(alerts::lookup.eq(lookup.as_str()))).execute(tx.conn())?;
    Ok(())
}

/// Removes those that nobody confirmed and that were asked for before this day.
pub(super) fn delete_unconfirmed(tx: &mut Unrecorded, asked: Day) -> Result<()> {
    let expired = alerts::table.filter(alerts::due.is_null()).filter(alerts::asked.lt(asked));
    diesel::delete(expired).execute(tx.conn())?;
    Ok(())
}

/// Forgets on which day the confirmed ones were asked for, once it is past.
pub(super) fn forget_days_before(tx: &mut Unrecorded, today: Day) -> Result<()> {
    diesel::update(alerts::table.filter(alerts::due.is_not_null()).filter(alerts::asked.lt(today)))
        .set(alerts::asked.eq(None::<Day>))
        .execute(tx.conn())?;
    Ok(())
}
