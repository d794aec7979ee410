//! Forms that were sent after their session had ended.

use diesel::prelude::*;

use crate::{
    Result,
    clock::Day,
    db::{Reading, Unrecorded, schema::kept_forms},
    ids::{KeptFormId, MemberId},
    seal::Envelope,
};

/// A kept form as it is stored.
#[derive(Queryable)]
pub(in crate::staff) struct Row {
    pub(in crate::staff) id: KeptFormId,
    pub(in crate::staff) envelope: Envelope,
    pub(in crate::staff) expires: Day,
}

const ROW: (kept_forms::id, kept_forms::envelope, kept_forms::expires) =
    (kept_forms::id, kept_forms::envelope, kept_forms::expires);

/// What goes first before the rest.
pub(in crate::staff) fn of_member(r: &mut Reading, member: &MemberId) -> Result<Vec<Row>> {
    Ok(kept_forms::table
        .filter(kept_forms::member_id.eq(member))
        .order((kept_forms::expires, kept_forms::id))
        .select(ROW)
        .load(r.conn())?)
}

pub(in crate::staff) fn find(r: &mut Reading, member: &MemberId, id: &KeptFormId) -> Result<Option<Row>> {
    let own = kept_forms::table.find(id).filter(kept_forms::member_id.eq(member));
    Ok(own.select(ROW).first(r.conn()).optional()?)
}

pub(in crate::staff) fn insert(tx: &mut Unrecorded, member: &MemberId, row: &Row) -> Result<()> {
    diesel::insert_into(kept_forms::table)
        .values((
            kept_forms::id.eq(&row.id),
            kept_forms::member_id.eq(member),
            kept_forms::envelope.eq(&row.envelope),
            kept_forms::expires.eq(row.expires),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Says whether the member had it.
pub(in crate::staff) fn delete(tx: &mut Unrecorded, member: &MemberId, id: &KeptFormId) -> Result<bool> {
    let own = kept_forms::table.find(id).filter(kept_forms::member_id.eq(member));
    Ok(diesel::delete(own).execute(tx.conn())? == 1)
}

pub(in crate::staff) fn delete_of(tx: &mut Unrecorded, member: &MemberId) -> Result<()> {
    diesel::delete(kept_forms::table.filter(kept_forms::member_id.eq(member))).execute(tx.conn())?;
    Ok(())
}

pub(in crate::staff) fn delete_all(tx: &mut Unrecorded) -> Result<()> {
    diesel::delete(kept_forms::table).execute(tx.conn())?;
    Ok(())
}

pub(in crate::staff) fn delete_expired(tx: &mut Unrecorded) -> Result<usize> {
    let today = tx.today();
    Ok(diesel::delete(kept_forms::table.filter(kept_forms::expires.le(today))).execute(tx.conn())?)
}
