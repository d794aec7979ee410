//! Links by which people join.

use diesel::prelude::*;

use crate::{
    Error, Result,
    clock::Timestamp,
    db::{Reading, Unrecorded, schema::invitations},
    ids::MemberId,
    seal::Envelope,
    secret::LookupHash,
    staff::Role,
};

/// A link as it is stored.
pub(in crate::staff) struct Link {
    pub(in crate::staff) role: Role,
    pub(in crate::staff) inviter: Option<MemberId>,
    pub(in crate::staff) totp_secret: Envelope,
    pub(in crate::staff) expires: Timestamp,
    /// Whose password and second factor it sets anew; nobody's for a link by which somebody joins.
    pub(in crate::staff) renews: Option<MemberId>,
}

type LinkRow = (String, Option<MemberId>, Envelope, Timestamp, Option<MemberId>);

pub(in crate::staff) fn find(r: &mut Reading, lookup: &LookupHash) -> Result<Option<Link>> {
    let row: Option<LinkRow> = invitations::table
        .find(lookup.as_str())
        .select((
            invitations::role,
            invitations::inviter_id,
            invitations::totp_secret,
            invitations::expires,
            invitations::member_id,
        ))
        .first(r.conn())
        .optional()?;
    let Some((role, inviter, totp_secret, expires, renews)) = row else { return Ok(None) };
    Ok(Some(Link { role: role.parse::<Role>().map_err(Error::unexpected)?, inviter, totp_secret, expires, renews }))
}

pub(in crate::staff) fn insert(tx: &mut Unrecorded, lookup: &LookupHash, link: &Link) -> Result<()> {
    diesel::insert_into(invitations::table)
        .values((
            invitations::lookup.eq(lookup.as_str()),
            invitations::role.eq(link.role.code()),
            invitations::inviter_id.eq(&link.inviter),
            invitations::totp_secret.eq(&link.totp_secret),
            invitations::expires.eq(link.expires),
            invitations::member_id.eq(&link.renews),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Says whether it was still there.
pub(in crate::staff) fn delete(tx: &mut Unrecorded, lookup: &LookupHash) -> Result<bool> {
    Ok(diesel::delete(invitations::table.find(lookup.as_str())).execute(tx.conn())? == 1)
}

pub(in crate::staff) fn delete_of(tx: &mut Unrecorded, inviter: &MemberId) -> Result<()> {
    diesel::delete(invitations::table.filter(invitations::inviter_id.eq(inviter))).execute(tx.conn())?;
    Ok(())
}

/// Deletes the links by which a member would set password and second factor anew.
pub(in crate::staff) fn delete_renewals_of(tx: &mut Unrecorded, member: &MemberId) -> Result<()> {
    diesel::delete(invitations::table.filter(invitations::member_id.eq(member))).execute(tx.conn())?;
    Ok(())
}

pub(in crate::staff) fn delete_expired(tx: &mut Unrecorded, now: Timestamp) -> Result<usize> {
    Ok(diesel::delete(invitations::table.filter(invitations::expires.le(now))).execute(tx.conn())?)
}
