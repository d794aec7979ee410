//! Joining: somebody with a link becomes a member with a password, a key pair, a second factor and recovery codes.

use super::{
    Alias, Entrance, Invitation, LoginName, Member, MemberState, StaffAct,
    invite::{SECOND_FACTOR, invitation},
    recovery, review_keys, sessions,
    store::{
        invitations,
        members::{self, Credentials},
    },
};
use crate::{
    Error, Result,
    db::{Actor, Writing},
    ids::MemberId,
    seal::{Envelope, InstanceKeys, KeyPair, Password, RecoveryCode, RecoveryKey, StoredPassword, TotpStep, seal},
    secret::Token,
};

/// The purpose of the envelope that holds a member's private half under their password.
pub(super) const MEMBER_KEY: &str = "member key";

/// What a new member is shown once, and their first session.
#[derive(Debug)]
pub struct Joined {
    /// Who they are now.
    pub member: Member,
    /// Ten codes that stand in for the authenticator, once each.
    pub codes: Vec<RecoveryCode>,
    /// The recovery key, if theirs is the first membership.
    pub recovery_key: Option<RecoveryKey>,
    /// A session with both factors, which they have just shown.
    pub session: Token,
}

/// What follows from a new password, made before the transaction.
pub(super) struct Newcomer {
    pub(super) id: MemberId,
    pub(super) keys: KeyPair,
    pub(super) password: StoredPassword,
    pub(super) private_half: Envelope,
}

impl Entrance {
    /// Uses the link with this token. `code` is what the authenticator shows.
    ///
    /// # Errors
    /// [`Error::NotFound`] if the link does not hold; [`Error::Refused`] with `staff-code-wrong`, `staff-login-name-taken`,
    /// `staff-alias-taken` or `staff-alias-is-login-name`; [`Error::Conflict`] if somebody took the name or the link at the same moment.
    pub fn join(
        &self,
        token: &Token,
        login_name: &LoginName,
        alias: &Alias,
        password: &Password,
        code: &str,
    ) -> Result<Joined> {
        if alias.as_str().to_lowercase() == login_name.as_str() {
            return Err(Error::Refused("staff-alias-is-login-name"));
        }
        let offered = self.db.read(|r| {
            let offered = invitation(r, token, &self.keys)?;
            offered.totp_secret.check(code, r.now(), None).ok_or(Error::Refused("staff-code-wrong"))?;
            if members::login_name_is_taken(r, login_name.as_str())? {
                return Err(Error::Refused("staff-login-name-taken"));
            }
            if members::alias_is_taken(r, &alias.folded())? {
                return Err(Error::Refused("staff-alias-taken"));
            }
            Ok(offered)
        })?;
        let newcomer = self.newcomer(MemberId::draw(&**self.db.random()), password)?;
        let actor = Actor::Member { id: newcomer.id.clone(), alias: alias.as_str().to_owned() };
        self.db.write(actor, |tx| {
            let step = offered.totp_secret.check(code, tx.now(), None).ok_or(Error::Refused("staff-code-wrong"))?;
            if !invitations::delete(tx, &token.lookup())? {
                return Err(Error::NotFound);
            }
            enter(tx, &self.keys, newcomer, (login_name, alias), &offered, step)
        })
    }

    /// A new key pair for a member, its private half sealed under their new password.
    pub(super) fn newcomer(&self, id: MemberId, password: &Password) -> Result<Newcomer> {
        let keys = KeyPair::draw(&**self.db.random());
        let (password, private_half) = self.wrap(&id, &keys, password)?;
        Ok(Newcomer { id, keys, password, private_half })
    }

    /// What is stored of a password, and a member's private half sealed under it.
    pub(super) fn wrap(
        &self,
        id: &MemberId,
        keys: &KeyPair,
        password: &Password,
    ) -> Result<(StoredPassword, Envelope)> {
        let random = &**self.db.random();
        let (password, wrap) = self.passwords.set(password, random)?;
        let private_half = seal(wrap.public(), MEMBER_KEY, id.as_str(), keys.private_half().as_slice(), random)?;
        Ok((password, private_half))
    }
}

fn enter(
    tx: &mut Writing,
    instance: &InstanceKeys,
    newcomer: Newcomer,
    (login_name, alias): (&LoginName, &Alias),
    offered: &Invitation,
    totp_step: TotpStep,
) -> Result<Joined> {
    let Newcomer { id, keys, password, private_half } = newcomer;
    let to = instance.key_pair().public();
    let totp_secret = seal(to, SECOND_FACTOR, id.as_str(), offered.totp_secret.bytes(), tx.random())?;
    let state = if offered.founding { MemberState::Active } else { MemberState::Waiting };
    let member =
        Member { id, alias: alias.as_str().to_owned(), role: offered.role, state, public_key: keys.public().clone() };
    let login_name = login_name.as_str().to_owned();
    let credentials =
        Credentials { member: member.clone(), password, private_half, totp_secret, totp_step, login_name };
    members::insert(tx, &credentials, &alias.folded())?;
    tx.record(&StaffAct::Joined(member.id.clone()));
    let codes = recovery::draw_codes(tx, &member.id, instance)?;
    let recovery_key = if offered.founding { Some(review_keys::found(tx, &member)?) } else { None };
    let session = sessions::begin(tx, &member.id, &keys)?;
    Ok(Joined { member, codes, recovery_key, session })
}
