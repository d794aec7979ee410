//! Members and their recovery codes.

use std::collections::BTreeMap;

use diesel::prelude::*;

use crate::{
    Error, Result,
    db::{
        Reading, Unrecorded,
        schema::{members, recovery_codes},
    },
    ids::MemberId,
    seal::{Envelope, PublicKey, StoredPassword, TotpStep},
    secret::LookupHash,
    staff::{Member, MemberState, Role},
};

/// What a member signs in with.
pub(in crate::staff) struct Credentials {
    pub(in crate::staff) member: Member,
    pub(in crate::staff) password: StoredPassword,
    pub(in crate::staff) private_half: Envelope,
    pub(in crate::staff) totp_secret: Envelope,
    pub(in crate::staff) totp_step: TotpStep,
    pub(in crate::staff) login_name: String,
}

/// What a member signs in with once it was set anew.
pub(in crate::staff) struct Renewed {
    pub(in crate::staff) password: StoredPassword,
    pub(in crate::staff) public_key: PublicKey,
    pub(in crate::staff) private_half: Envelope,
    pub(in crate::staff) totp_secret: Envelope,
    pub(in crate::staff) totp_step: TotpStep,
}

type MemberRow = (MemberId, String, String, String, PublicKey);
const MEMBER: (members::id, members::alias, members::role, members::state, members::public_key) =
    (members::id, members::alias, members::role, members::state, members::public_key);

fn member((id, alias, role, state, public_key): MemberRow) -> Result<Member> {
    let role = role.parse::<Role>().map_err(Error::unexpected)?;
    let state = state.parse::<MemberState>().map_err(Error::unexpected)?;
    Ok(Member { id, alias, role, state, public_key })
}

/// All but those removed, by alias.
pub(in crate::staff) fn all(r: &mut Reading) -> Result<Vec<Member>> {
    let rows: Vec<MemberRow> = members::table
        .filter(members::state.ne(MemberState::Removed.code()))
        .order((members::alias_folded, members::id))
        .select(MEMBER)
        .load(r.conn())?;
    rows.into_iter().map(member).collect()
}

pub(in crate::staff) fn find(r: &mut Reading, id: &MemberId) -> Result<Option<Member>> {
    members::table.find(id).select(MEMBER).first::<MemberRow>(r.conn()).optional()?.map(member).transpose()
}

/// Active members, of one role or of all.
pub(in crate::staff) fn active(r: &mut Reading, role: Option<Role>) -> Result<Vec<Member>> {
    let all = all(r)?;
    let fits = |member: &Member| member.state == MemberState::Active && role.is_none_or(|role| member.role == role);
    Ok(all.into_iter().filter(fits).collect())
}

/// Of all members, those removed included.
pub(in crate::staff) fn aliases(r: &mut Reading) -> Result<BTreeMap<MemberId, String>> {
    let rows: Vec<(MemberId, String)> =
        members::table.order(members::id).select((members::id, members::alias)).load(r.conn())?;
    Ok(rows.into_iter().collect())
}

pub(in crate::staff) fn count_active(r: &mut Reading, role: Option<Role>) -> Result<i64> {
    i64::try_from(active(r, role)?.len()).map_err(Error::unexpected)
}

type CredentialsRow = (MemberRow, (StoredPassword, Envelope, Envelope, TotpStep, String));
const SECRETS: (
    members::password,
    members::private_half,
    members::totp_secret,
    members::totp_step,
    members::login_name,
) = (members::password, members::private_half, members::totp_secret, members::totp_step, members::login_name);

fn credentials((row, secrets): CredentialsRow) -> Result<Credentials> {
    let (password, private_half, totp_secret, totp_step, login_name) = secrets;
    Ok(Credentials { member: member(row)?, password, private_half, totp_secret, totp_step, login_name })
}

/// Of a member who is not removed, by the name they sign in with.
pub(in crate::staff) fn credentials_by_name(r: &mut Reading, login_name: &str) -> Result<Option<Credentials>> {
    let row: Option<CredentialsRow> = members::table
        .filter(members::login_name.eq(login_name))
        .filter(members::state.ne(MemberState::Removed.code()))
        .select((MEMBER, SECRETS))
        .first(r.conn())
        .optional()?;
    row.map(credentials).transpose()
}

/// Of a member who is not removed, by id.
pub(in crate::staff) fn credentials_by_id(r: &mut Reading, id: &MemberId) -> Result<Option<Credentials>> {
    let row: Option<CredentialsRow> = members::table
        .find(id)
        .filter(members::state.ne(MemberState::Removed.code()))
        .select((MEMBER, SECRETS))
        .first(r.conn())
        .optional()?;
    row.map(credentials).transpose()
}

pub(in crate::staff) fn login_name_is_taken(r: &mut Reading, login_name: &str) -> Result<bool> {
    let same = members::table.filter(members::login_name.eq(login_name)).select(members::id);
    Ok(same.first::<MemberId>(r.conn()).optional()?.is_some())
}

pub(in crate::staff) fn alias_is_taken(r: &mut Reading, alias_folded: &str) -> Result<bool> {
    let same = members::table.filter(members::alias_folded.eq(alias_folded)).select(members::id);
    Ok(same.first::<MemberId>(r.conn()).optional()?.is_some())
}

pub(in crate::staff) fn insert(tx: &mut Unrecorded, new: &Credentials, alias_folded: &str) -> Result<()> {
    diesel::insert_into(members::table)
        .values((
            members::id.eq(&new.member.id),
            members::login_name.eq(&new.login_name),
            members::alias.eq(&new.member.alias),
            members::alias_folded.eq(alias_folded),
            members::role.eq(new.member.role.code()),
            members::state.eq(new.member.state.code()),
            members::password.eq(&new.password),
            members::public_key.eq(&new.member.public_key),
            members::private_half.eq(&new.private_half),
            members::totp_secret.eq(&new.totp_secret),
            members::totp_step.eq(new.totp_step),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Says whether the member was there and in the state `from`.
pub(in crate::staff) fn change_state(
    tx: &mut Unrecorded,
    id: &MemberId,
    from: MemberState,
    to: MemberState,
) -> Result<bool> {
    let there = members::table.find(id).filter(members::state.eq(from.code()));
    Ok(diesel::update(there).set(members::state.eq(to.code())).execute(tx.conn())? == 1)
}

/// Takes everything from a member that they could sign in with. Their id and alias stay, because the log names them.
pub(in crate::staff) fn disown(tx: &mut Unrecorded, id: &MemberId) -> Result<()> {
    diesel::update(members::table.find(id))
        .set((
            members::state.eq(MemberState::Removed.code()),
            members::password.eq(""),
            members::private_half.eq(""),
            members::totp_secret.eq(""),
            members::mail_address.eq(None::<Envelope>),
        ))
        .execute(tx.conn())?;
    forget_codes(tx, id)
}

/// Puts another password in place of `old`; says whether that one still stood there.
pub(in crate::staff) fn change_password(
    tx: &mut Unrecorded,
    id: &MemberId,
    old: &StoredPassword,
    (new, private_half): (&StoredPassword, &Envelope),
) -> Result<bool> {
    let unchanged = members::table.find(id).filter(members::password.eq(old));
    let set = (members::password.eq(new), members::private_half.eq(private_half));
    Ok(diesel::update(unchanged).set(set).execute(tx.conn())? == 1)
}

/// Puts another second factor in place, as long as the password is still `password`; says whether it was.
pub(in crate::staff) fn change_factor(
    tx: &mut Unrecorded,
    id: &MemberId,
    password: &StoredPassword,
    (totp_secret, step): (&Envelope, TotpStep),
) -> Result<bool> {
    let unchanged = members::table.find(id).filter(members::password.eq(password));
    let set = (members::totp_secret.eq(totp_secret), members::totp_step.eq(step));
    Ok(diesel::update(unchanged).set(set).execute(tx.conn())? == 1)
}

/// Puts everything that a member signs in with anew; until they are admitted again they hold no review key.
pub(in crate::staff) fn renew(tx: &mut Unrecorded, id: &MemberId, new: &Renewed) -> Result<()> {
    diesel::update(members::table.find(id))
        .set((
            members::state.eq(MemberState::Waiting.code()),
            members::password.eq(&new.password),
            members::public_key.eq(&new.public_key),
            members::private_half.eq(&new.private_half),
            members::totp_secret.eq(&new.totp_secret),
            members::totp_step.eq(new.totp_step),
        ))
        .execute(tx.conn())?;
    Ok(())
}

pub(in crate::staff) fn change_role(tx: &mut Unrecorded, id: &MemberId, role: Role) -> Result<()> {
    diesel::update(members::table.find(id)).set(members::role.eq(role.code())).execute(tx.conn())?;
    Ok(())
}

/// Where a member who is not removed wants mail to go, sealed.
pub(in crate::staff) fn mail_address(r: &mut Reading, id: &MemberId) -> Result<Option<Envelope>> {
    let own = members::table.find(id).filter(members::state.ne(MemberState::Removed.code()));
    let address: Option<Option<Envelope>> = own.select(members::mail_address).first(r.conn()).optional()?;
    Ok(address.flatten())
}

pub(in crate::staff) fn set_mail_address(tx: &mut Unrecorded, id: &MemberId, address: Option<&Envelope>) -> Result<()> {
    diesel::update(members::table.find(id)).set(members::mail_address.eq(address)).execute(tx.conn())?;
    Ok(())
}

/// Active members who gave an address.
pub(in crate::staff) fn with_mail_address(r: &mut Reading) -> Result<Vec<MemberId>> {
    Ok(members::table
        .filter(members::state.eq(MemberState::Active.code()))
        .filter(members::mail_address.is_not_null())
        .order(members::id)
        .select(members::id)
        .load(r.conn())?)
}

/// Marks a step of the second factor as used; says whether it was later than the last one.
pub(in crate::staff) fn use_step(tx: &mut Unrecorded, id: &MemberId, step: TotpStep) -> Result<bool> {
    let earlier = members::table.find(id).filter(members::totp_step.lt(step));
    Ok(diesel::update(earlier).set(members::totp_step.eq(step)).execute(tx.conn())? == 1)
}

pub(in crate::staff) fn insert_code(tx: &mut Unrecorded, id: &MemberId, lookup: &LookupHash) -> Result<()> {
    diesel::insert_into(recovery_codes::table)
        .values((recovery_codes::lookup.eq(lookup.as_str()), recovery_codes::member_id.eq(id)))
        .execute(tx.conn())?;
    Ok(())
}

/// Says whether the member had this code; it is gone after.
pub(in crate::staff) fn use_code(tx: &mut Unrecorded, id: &MemberId, lookup: &LookupHash) -> Result<bool> {
    let own = recovery_codes::table.find(lookup.as_str()).filter(recovery_codes::member_id.eq(id));
    Ok(diesel::delete(own).execute(tx.conn())? == 1)
}

pub(in crate::staff) fn count_codes(r: &mut Reading, id: &MemberId) -> Result<i64> {
    Ok(recovery_codes::table.filter(recovery_codes::member_id.eq(id)).count().get_result(r.conn())?)
}

pub(in crate::staff) fn forget_codes(tx: &mut Unrecorded, id: &MemberId) -> Result<()> {
    diesel::delete(recovery_codes::table.filter(recovery_codes::member_id.eq(id))).execute(tx.conn())?;
    Ok(())
}
