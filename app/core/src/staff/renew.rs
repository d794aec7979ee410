//! Renewal: somebody on the staff who lost their password, or their second factor with all recovery codes, sets both anew by a link.
//!
//! Nobody can open their old private half, so they get a new key pair and wait to be admitted as a newcomer does. Alias and id stay.

use super::{
    Administrator, Entrance, Joined, Member, MemberState, StaffAct,
    invite::{SECOND_FACTOR, holding_link, store_link},
    join::Newcomer,
    policy, recovery,
    review_keys::lock_review_key,
    sessions,
    store::{
        invitations, keys,
        members::{self, Renewed},
        sessions as session_rows,
    },
};
use crate::{
    Error, Result,
    clock::Timestamp,
    db::{Reading, Writing},
    ids::MemberId,
    seal::{InstanceKeys, Password, TotpSecret, TotpStep, seal},
    secret::Token,
};

/// What somebody who opens a valid link is offered.
#[derive(Debug)]
pub struct Renewal {
    /// Whose password and second factor it sets anew.
    pub member: Member,
    /// The name that they sign in with, which stays.
    pub login_name: String,
    /// The secret to put into their authenticator.
    pub totp_secret: TotpSecret,
    /// Until when the link holds, in UTC.
    pub expires: Timestamp,
}

/// Makes a link by which a member sets password and second factor anew. Nothing changes before it is used; an earlier one holds no more.
///
/// # Errors
/// [`Error::NotFound`] if there is no such member; [`Error::Refused`] with `staff-not-oneself`.
pub fn offer_renewal(
    tx: &mut Writing,
    by: &Administrator,
    id: &MemberId,
    days: u32,
    instance: &InstanceKeys,
) -> Result<Token> {
    policy::is_another(by.id(), id)?;
    offer(tx, Some(by.id().clone()), id, days, instance)
}

/// The same on the command line, where no administrator can sign in any more.
///
/// # Errors
/// [`Error::NotFound`] if nobody on the staff has this alias.
pub fn offer_renewal_from_command_line(
    tx: &mut Writing,
    alias: &str,
    days: u32,
    instance: &InstanceKeys,
) -> Result<Token> {
    let member = members::all(tx)?.into_iter().find(|member| member.alias == alias).ok_or(Error::NotFound)?;
    offer(tx, None, &member.id, days, instance)
}

fn offer(
    tx: &mut Writing,
    inviter: Option<MemberId>,
    id: &MemberId,
    days: u32,
    instance: &InstanceKeys,
) -> Result<Token> {
    let member = members::find(tx, id)?.filter(|member| member.state != MemberState::Removed);
    let member = member.ok_or(Error::NotFound)?;
    invitations::delete_renewals_of(tx, id)?;
    let token = store_link(tx, inviter, member.role, Some(id.clone()), days, instance)?;
    tx.record(&StaffAct::RenewalOffered(id.clone()));
    Ok(token)
}

/// What the link with this token offers.
///
/// # Errors
/// [`Error::NotFound`] if there is no such link, if it was used, or if its time is over: all answer alike.
pub fn renewal(r: &mut Reading, token: &Token, instance: &InstanceKeys) -> Result<Renewal> {
    let (link, totp_secret) = holding_link(r, token, instance)?;
    let id = link.renews.ok_or(Error::NotFound)?;
    let credentials = members::credentials_by_id(r, &id)?.ok_or(Error::NotFound)?;
    Ok(Renewal { member: credentials.member, login_name: credentials.login_name, totp_secret, expires: link.expires })
}

impl Entrance {
    /// Uses the link with this token. `code` is what the authenticator shows.
    ///
    /// # Errors
    /// [`Error::NotFound`] if the link does not hold; [`Error::Refused`] with `staff-code-wrong`.
    pub fn renew(&self, token: &Token, password: &Password, code: &str) -> Result<Joined> {
        let wrong = || Error::Refused("staff-code-wrong");
        let offered = self.db.read(|r| renewal(r, token, &self.keys))?;
        offered.totp_secret.check(code, self.db.read(|r| Ok(r.now()))?, None).ok_or_else(wrong)?;
        let newcomer = self.newcomer(offered.member.id.clone(), password)?;
        self.db.write(offered.member.actor(), |tx| {
            let step = offered.totp_secret.check(code, tx.now(), None).ok_or_else(wrong)?;
            // Nobody puts a new review key in place for the key pair that goes.
            lock_review_key(tx)?;
            if !invitations::delete(tx, &token.lookup())? {
                return Err(Error::NotFound);
            }
            enter_again(tx, &self.keys, newcomer, &offered, step)
        })
    }
}

fn enter_again(
    tx: &mut Writing,
    instance: &InstanceKeys,
    newcomer: Newcomer,
    offered: &Renewal,
    totp_step: TotpStep,
) -> Result<Joined> {
    let Newcomer { id, keys: own, password, private_half } = newcomer;
    let to = instance.key_pair().public();
    let totp_secret = seal(to, SECOND_FACTOR, id.as_str(), offered.totp_secret.bytes(), tx.random())?;
    let public_key = own.public().clone();
    session_rows::delete_of(tx, &id)?;
    keys::forget_seals_to_member(tx, &id)?;
    members::renew(tx, &id, &Renewed { password, public_key, private_half, totp_secret, totp_step })?;
    members::forget_codes(tx, &id)?;
    tx.record(&StaffAct::Renewed(id.clone()));
    let codes = recovery::draw_codes(tx, &id, instance)?;
    let session = sessions::begin(tx, &id, &own)?;
    let member = members::find(tx, &id)?.ok_or(Error::NotFound)?;
    Ok(Joined { member, codes, recovery_key: None, session })
}
