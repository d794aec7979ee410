//! What members change of what they sign in with: the password, and the second factor. Both ask for the password, so that an open session
//! that somebody else sits down at is not enough; both end every session and begin a new one.

use super::{
    Entrance, Session, StaffAct,
    invite::SECOND_FACTOR,
    sessions::begin,
    store::{
        attempts,
        members::{self, Credentials},
        sessions,
    },
};
use crate::{
    Error, Result,
    db::{Reading, Writing},
    random::Random,
    seal::{Envelope, InstanceKeys, Password, TotpSecret, open, seal},
    secret::Token,
};

/// The purpose of the envelope in which a second factor on offer travels through the form.
const OFFER: &str = "second factor on offer";

/// A second factor that is not in use before a code of it is typed.
#[derive(Debug)]
pub struct OfferedFactor {
    /// What goes into the authenticator.
    pub secret: TotpSecret,
    /// The same, sealed to the instance: it comes back with the form, so that nothing has to be kept until then.
    pub sealed: Envelope,
}

/// Draws a second factor for the member who asks.
///
/// # Errors
/// If it cannot be sealed, which does not happen.
pub fn offer_factor(by: &Session, keys: &InstanceKeys, random: &dyn Random) -> Result<OfferedFactor> {
    let secret = TotpSecret::draw(random);
    let sealed = seal(keys.key_pair().public(), OFFER, by.member().id.as_str(), secret.bytes(), random)?;
    Ok(OfferedFactor { secret, sealed })
}

impl OfferedFactor {
    /// The offer that a form brings back; none where it was not made for this member.
    #[must_use]
    pub fn read(by: &Session, keys: &InstanceKeys, sealed: &str) -> Option<Self> {
        let sealed: Envelope = sealed.parse().ok()?;
        let secret = open(keys.key_pair(), OFFER, by.member().id.as_str(), &sealed).ok()?;
        Some(Self { secret: TotpSecret::from_bytes(&secret)?, sealed })
    }
}

/// The name that the member who asks signs in with.
///
/// # Errors
/// [`Error::NotFound`] if they were removed in this moment.
pub fn own_login_name(r: &mut Reading, by: &Session) -> Result<String> {
    Ok(members::credentials_by_id(r, &by.member().id)?.ok_or(Error::NotFound)?.login_name)
}

impl Entrance {
    /// Puts another password in place. The member's key pair stays, its private half is sealed under the new password; the token is that of
    /// the one session that there is from here on.
    ///
    /// # Errors
    /// [`Error::Refused`] with `staff-password-wrong` or `staff-too-many-attempts`; [`Error::Conflict`] with `staff-changed-meanwhile`.
    pub fn change_password(&self, by: &Session, current: &Password, new: &Password) -> Result<Token> {
        let id = &by.member().id;
        let credentials = self.prove(by, current)?;
        let (password, private_half) = self.wrap(id, &by.keys, new)?;
        self.db.write(by.actor(), |tx| {
            let changed = members::change_password(tx, id, &credentials.password, (&password, &private_half))?;
            self.begin_anew(tx, by, &credentials, changed, &StaffAct::PasswordChanged(id.clone()))
        })
    }

    /// Puts another second factor in place: the one on offer, of which `code` is what the authenticator shows now.
    ///
    /// # Errors
    /// As [`Entrance::change_password`], and [`Error::Refused`] with `staff-code-wrong`.
    pub fn change_factor(&self, by: &Session, current: &Password, offer: &OfferedFactor, code: &str) -> Result<Token> {
        let id = &by.member().id;
        let credentials = self.prove(by, current)?;
        self.db.write(by.actor(), |tx| {
            let step = offer.secret.check(code, tx.now(), None).ok_or(Error::Refused("staff-code-wrong"))?;
            let to = self.keys.key_pair().public();
            let sealed = seal(to, SECOND_FACTOR, id.as_str(), offer.secret.bytes(), tx.random())?;
            let changed = members::change_factor(tx, id, &credentials.password, (&sealed, step))?;
            self.begin_anew(tx, by, &credentials, changed, &StaffAct::FactorRenewed(id.clone()))
        })
    }

    /// What the member signs in with, once they have typed their password. Attempts are counted as at sign-in.
    fn prove(&self, by: &Session, typed: &Password) -> Result<Credentials> {
        let credentials = self.db.read(|r| members::credentials_by_id(r, &by.member().id))?.ok_or(Error::NotFound)?;
        self.count_attempt(&credentials.login_name)?;
        let right = self.passwords.check(typed, Some(&credentials.password))?.is_some();
        if right { Ok(credentials) } else { Err(Error::Refused("staff-password-wrong")) }
    }

    fn begin_anew(
        &self,
        tx: &mut Writing,
        by: &Session,
        credentials: &Credentials,
        changed: bool,
        act: &StaffAct,
    ) -> Result<Token> {
        if !changed {
            return Err(Error::Conflict("staff-changed-meanwhile"));
        }
        sessions::delete_of(tx, &by.member().id)?;
        attempts::forget(tx, &self.attempts_on(&credentials.login_name))?;
        tx.record(act);
        begin(tx, &by.member().id, &by.keys)
    }
}
