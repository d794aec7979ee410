//! Review keys, and their private halves sealed to members and to the recovery key.

use diesel::prelude::*;

use crate::{
    Result,
    db::{
        Reading, Unrecorded,
        schema::{review_key_seals, review_keys},
    },
    ids::{MemberId, ReviewKeyId},
    seal::{Envelope, KeyId, PublicKey},
};

/// The key in use, locked until the transaction ends, so that it cannot be retired meanwhile.
///
/// On PostgreSQL the update waits for a transaction that retires the key and then finds no row; asked once more, it sees the new key.
pub(in crate::staff) fn lock_in_use(tx: &mut Unrecorded) -> Result<Option<(ReviewKeyId, PublicKey)>> {
    let in_use = review_keys::table.filter(review_keys::retired.eq(false));
    for _ in 0..2 {
        diesel::update(in_use).set(review_keys::retired.eq(false)).execute(tx.conn())?;
        let found = in_use.select((review_keys::id, review_keys::public_key)).first(tx.conn()).optional()?;
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}

pub(in crate::staff) fn exist(r: &mut Reading) -> Result<bool> {
    Ok(review_keys::table.select(review_keys::id).first::<ReviewKeyId>(r.conn()).optional()?.is_some())
}

pub(in crate::staff) fn retired(r: &mut Reading) -> Result<Vec<PublicKey>> {
    Ok(review_keys::table.filter(review_keys::retired.eq(true)).select(review_keys::public_key).load(r.conn())?)
}

/// Retires the key in use, if there is one.
pub(in crate::staff) fn retire(tx: &mut Unrecorded) -> Result<()> {
    let in_use = review_keys::table.filter(review_keys::retired.eq(false));
    diesel::update(in_use).set(review_keys::retired.eq(true)).execute(tx.conn())?;
    Ok(())
}

pub(in crate::staff) fn insert(tx: &mut Unrecorded, id: &ReviewKeyId, public_key: &PublicKey) -> Result<()> {
    diesel::insert_into(review_keys::table)
        .values((review_keys::id.eq(id), review_keys::public_key.eq(public_key), review_keys::retired.eq(false)))
        .execute(tx.conn())?;
    Ok(())
}

/// Keeps a private half sealed to `recipient`: a member's key, or the recovery key where there is no member. Replaces one that is there.
pub(in crate::staff) fn keep_seal(
    tx: &mut Unrecorded,
    key: &ReviewKeyId,
    recipient: &KeyId,
    member: Option<&MemberId>,
    envelope: &Envelope,
) -> Result<()> {
    diesel::delete(review_key_seals::table.find((key, recipient))).execute(tx.conn())?;
    diesel::insert_into(review_key_seals::table)
        .values((
            review_key_seals::review_key_id.eq(key),
            review_key_seals::recipient_key.eq(recipient),
            review_key_seals::member_id.eq(member),
            review_key_seals::envelope.eq(envelope),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// What is sealed to `recipient`: the key's id, whether it is retired, the envelope. The key in use comes first.
pub(in crate::staff) fn sealed_to(r: &mut Reading, recipient: &KeyId) -> Result<Vec<(ReviewKeyId, bool, Envelope)>> {
    Ok(review_key_seals::table
        .inner_join(review_keys::table.on(review_keys::id.eq(review_key_seals::review_key_id)))
        .filter(review_key_seals::recipient_key.eq(recipient))
        .order((review_keys::retired, review_keys::id))
        .select((review_keys::id, review_keys::retired, review_key_seals::envelope))
        .load(r.conn())?)
}

pub(in crate::staff) fn forget_seals_to_member(tx: &mut Unrecorded, member: &MemberId) -> Result<()> {
    diesel::delete(review_key_seals::table.filter(review_key_seals::member_id.eq(member))).execute(tx.conn())?;
    Ok(())
}

/// Forgets one key's seals to recovery keys.
pub(in crate::staff) fn forget_seals_to_recovery(tx: &mut Unrecorded, key: &ReviewKeyId) -> Result<()> {
    let to_recovery = review_key_seals::table
        .filter(review_key_seals::review_key_id.eq(key))
        .filter(review_key_seals::member_id.is_null());
    diesel::delete(to_recovery).execute(tx.conn())?;
    Ok(())
}
