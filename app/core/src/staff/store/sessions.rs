//! Sessions.

use diesel::prelude::*;

use crate::{
    Result,
    clock::{Day, Timestamp},
    db::{
        Reading, Unrecorded,
        schema::{ended_sessions, sessions},
    },
    ids::MemberId,
    seal::Envelope,
    secret::LookupHash,
};

/// How far a session is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::staff) enum Stage {
    /// The second factor is still to come.
    Password,
    /// Both factors were shown.
    Full,
}

impl Stage {
    fn code(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Full => "full",
        }
    }
}

/// A session as it is stored.
#[derive(Queryable)]
pub(in crate::staff) struct Row {
    pub(in crate::staff) lookup: String,
    pub(in crate::staff) member: MemberId,
    pub(in crate::staff) private_half: Envelope,
    pub(in crate::staff) started: Timestamp,
    pub(in crate::staff) seen: Timestamp,
}

const ROW: (sessions::lookup, sessions::member_id, sessions::private_half, sessions::started, sessions::seen) =
    (sessions::lookup, sessions::member_id, sessions::private_half, sessions::started, sessions::seen);

pub(in crate::staff) fn find(r: &mut Reading, lookup: &LookupHash, stage: Stage) -> Result<Option<Row>> {
    let row = sessions::table.find(lookup.as_str()).filter(sessions::stage.eq(stage.code())).select(ROW);
    Ok(row.first(r.conn()).optional()?)
}

/// A member's sessions with both factors, the latest seen first.
pub(in crate::staff) fn of_member(r: &mut Reading, member: &MemberId) -> Result<Vec<Row>> {
    Ok(sessions::table
        .filter(sessions::member_id.eq(member))
        .filter(sessions::stage.eq(Stage::Full.code()))
        .order((sessions::seen.desc(), sessions::lookup))
        .select(ROW)
        .load(r.conn())?)
}

pub(in crate::staff) fn insert(tx: &mut Unrecorded, row: &Row, stage: Stage) -> Result<()> {
    diesel::insert_into(sessions::table)
        .values((
            sessions::lookup.eq(&row.lookup),
            sessions::member_id.eq(&row.member),
            sessions::stage.eq(stage.code()),
            sessions::private_half.eq(&row.private_half),
            sessions::started.eq(row.started),
            sessions::seen.eq(row.seen),
        ))
        .execute(tx.conn())?;
    Ok(())
}

pub(in crate::staff) fn touch(tx: &mut Unrecorded, lookup: &LookupHash, now: Timestamp) -> Result<()> {
    diesel::update(sessions::table.find(lookup.as_str())).set(sessions::seen.eq(now)).execute(tx.conn())?;
    Ok(())
}

pub(in crate::staff) fn last_seen(r: &mut Reading) -> Result<Option<Timestamp>> {
    Ok(sessions::table.select(diesel::dsl::max(sessions::seen)).first(r.conn())?)
}

/// Says whether the member had it.
pub(in crate::staff) fn delete(tx: &mut Unrecorded, member: &MemberId, lookup: &LookupHash) -> Result<bool> {
    let own = sessions::table.find(lookup.as_str()).filter(sessions::member_id.eq(member));
    Ok(diesel::delete(own).execute(tx.conn())? == 1)
}

pub(in crate::staff) fn delete_of(tx: &mut Unrecorded, member: &MemberId) -> Result<()> {
    diesel::delete(sessions::table.filter(sessions::member_id.eq(member))).execute(tx.conn())?;
    Ok(())
}

/// Sessions with both factors that were last seen, or started, before these moments: look-up hash and member.
pub(in crate::staff) fn about_to_expire(
    r: &mut Reading,
    seen_before: Timestamp,
    started_before: Timestamp,
) -> Result<Vec<(String, MemberId)>> {
    let old = sessions::seen.le(seen_before).or(sessions::started.le(started_before));
    Ok(sessions::table
        .filter(old)
        .filter(sessions::stage.eq(Stage::Full.code()))
        .order(sessions::lookup)
        .select((sessions::lookup, sessions::member_id))
        .load(r.conn())?)
}

pub(in crate::staff) fn insert_ended(
    tx: &mut Unrecorded,
    lookup: &LookupHash,
    member: &MemberId,
    expires: Day,
) -> Result<()> {
    diesel::insert_into(ended_sessions::table)
        .values((
            ended_sessions::lookup.eq(lookup.as_str()),
            ended_sessions::member_id.eq(member),
            ended_sessions::expires.eq(expires),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Whose an ended session was.
pub(in crate::staff) fn find_ended(r: &mut Reading, lookup: &LookupHash) -> Result<Option<MemberId>> {
    Ok(ended_sessions::table.find(lookup.as_str()).select(ended_sessions::member_id).first(r.conn()).optional()?)
}

pub(in crate::staff) fn delete_ended(tx: &mut Unrecorded) -> Result<usize> {
    let today = tx.today();
    Ok(diesel::delete(ended_sessions::table.filter(ended_sessions::expires.le(today))).execute(tx.conn())?)
}

/// Deletes sessions that were last seen, or started, before these moments, and those that waited too long for the second factor.
pub(in crate::staff) fn delete_expired(
    tx: &mut Unrecorded,
    seen_before: Timestamp,
    started_before: Timestamp,
    half_way_before: Timestamp,
) -> Result<usize> {
    let old = sessions::seen.le(seen_before).or(sessions::started.le(started_before));
    let stuck = sessions::stage.eq(Stage::Password.code()).and(sessions::started.le(half_way_before));
    Ok(diesel::delete(sessions::table.filter(old.or(stuck))).execute(tx.conn())?)
}
