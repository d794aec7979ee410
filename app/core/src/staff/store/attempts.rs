//! Attempts to sign in, by keyed hash of the name.

use diesel::prelude::*;

use crate::{
    Result,
    clock::Timestamp,
    db::{Unrecorded, schema::sign_in_attempts},
};

/// Counts one more attempt and says how many there are since `window`, this one included. The update adds in one step, so that none of
/// several at once is forgotten.
pub(in crate::staff) fn add(tx: &mut Unrecorded, name: &str, window: Timestamp) -> Result<i32> {
    let row = sign_in_attempts::table.find(name);
    let recent = row.filter(sign_in_attempts::since.gt(window));
    let one_more = sign_in_attempts::attempts.eq(sign_in_attempts::attempts + 1);
    if diesel::update(recent).set(one_more).execute(tx.conn())? == 1 {
        return Ok(row.select(sign_in_attempts::attempts).first(tx.conn())?);
    }
    let now = tx.now();
    forget(tx, name)?;
    diesel::insert_into(sign_in_attempts::table)
        .values((
            sign_in_attempts::name_hash.eq(name),
            sign_in_attempts::attempts.eq(1),
            sign_in_attempts::since.eq(now),
        ))
        .execute(tx.conn())?;
    Ok(1)
}

pub(in crate::staff) fn forget(tx: &mut Unrecorded, name: &str) -> Result<()> {
    diesel::delete(sign_in_attempts::table.find(name)).execute(tx.conn())?;
    Ok(())
}

pub(in crate::staff) fn forget_before(tx: &mut Unrecorded, moment: Timestamp) -> Result<usize> {
    Ok(diesel::delete(sign_in_attempts::table.filter(sign_in_attempts::since.le(moment))).execute(tx.conn())?)
}
