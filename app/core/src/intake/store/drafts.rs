//! Open forms, found by the browser's cookie, and kept ones, found by the twelve words.

use diesel::prelude::*;

use crate::{
    Result,
    clock::Day,
    db::{
        Reading, Unrecorded,
        schema::{drafts, kept_drafts},
    },
    seal::Envelope,
    secret::LookupHash,
};

pub(in crate::intake) fn find(r: &mut Reading, lookup: &LookupHash) -> Result<Option<Envelope>> {
    let today = r.today();
    let row = drafts::table.find(lookup.as_str()).filter(drafts::expires.gt(today));
    Ok(row.select(drafts::envelope).first(r.conn()).optional()?)
}

/// Makes another transaction that works on the same draft wait until this one ends.
pub(in crate::intake) fn lock(tx: &mut Unrecorded, lookup: &LookupHash) -> Result<()> {
    diesel::update(drafts::table.find(lookup.as_str())).set(drafts::lookup.eq(lookup.as_str())).execute(tx.conn())?;
    Ok(())
}

pub(in crate::intake) fn put(
    tx: &mut Unrecorded,
    lookup: &LookupHash,
    envelope: &Envelope,
    expires: Day,
) -> Result<()> {
    let changed = diesel::update(drafts::table.find(lookup.as_str()))
        .set((drafts::envelope.eq(envelope), drafts::expires.eq(expires)))
        .execute(tx.conn())?;
    if changed == 0 {
        let row = (drafts::lookup.eq(lookup.as_str()), drafts::envelope.eq(envelope), drafts::expires.eq(expires));
        diesel::insert_into(drafts::table).values(row).execute(tx.conn())?;
    }
    Ok(())
}

pub(in crate::intake) fn delete(tx: &mut Unrecorded, lookup: &LookupHash) -> Result<()> {
    diesel::delete(drafts::table.find(lookup.as_str())).execute(tx.conn())?;
    Ok(())
}

pub(in crate::intake) fn find_kept(r: &mut Reading, lookup: &LookupHash) -> Result<Option<Envelope>> {
    let today = r.today();
    let row = kept_drafts::table.find(lookup.as_str()).filter(kept_drafts::expires.gt(today));
    Ok(row.select(kept_drafts::envelope).first(r.conn()).optional()?)
}

pub(in crate::intake) fn put_kept(
    tx: &mut Unrecorded,
    lookup: &LookupHash,
    envelope: &Envelope,
    expires: Day,
) -> Result<()> {
    let changed = diesel::update(kept_drafts::table.find(lookup.as_str()))
        .set((kept_drafts::envelope.eq(envelope), kept_drafts::expires.eq(expires)))
        .execute(tx.conn())?;
    if changed == 0 {
        let row = (
            kept_drafts::lookup.eq(lookup.as_str()),
            kept_drafts::envelope.eq(envelope),
            kept_drafts::expires.eq(expires),
        );
        diesel::insert_into(kept_drafts::table).values(row).execute(tx.conn())?;
    }
    Ok(())
}

/// Says whether it was there.
pub(in crate::intake) fn delete_kept(tx: &mut Unrecorded, lookup: &str) -> Result<bool> {
    Ok(diesel::delete(kept_drafts::table.find(lookup)).execute(tx.conn())? == 1)
}

/// Deletes what has expired, and says how many rows that were.
pub(in crate::intake) fn delete_expired(tx: &mut Unrecorded) -> Result<usize> {
    let today = tx.today();
    let open = diesel::delete(drafts::table.filter(drafts::expires.le(today))).execute(tx.conn())?;
    let kept = diesel::delete(kept_drafts::table.filter(kept_drafts::expires.le(today))).execute(tx.conn())?;
    Ok(open + kept)
}
