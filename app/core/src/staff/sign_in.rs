//! Signing in: the password, then the second factor. Both are counted by name, whether or not anybody has that name, and an unknown name
//! costs the same work and gets the same answer as a wrong password.

use data_encoding::HEXLOWER;

use super::{
    Entrance, StaffAct,
    invite::SECOND_FACTOR,
    join::MEMBER_KEY,
    policy::{self, WINDOW},
    sessions::{begin, begin_at, open_keys},
    store::{
        attempts,
        members::{self, Credentials},
        sessions::{self, Row, Stage},
    },
};
use crate::{
    Error, Result,
    db::{Reading, Writing},
    seal::{InstanceKeys, KeyPair, Password, RecoveryCode, TotpSecret, open},
    secret::Token,
};

/// What a wrong password and an unknown name are answered with.
const WRONG: Error = Error::Refused("staff-sign-in-wrong");

impl Entrance {
    /// Checks name and password. The token opens nothing but the second step, for ten minutes.
    ///
    /// # Errors
    /// [`Error::Refused`] with `staff-sign-in-wrong` or `staff-too-many-attempts`; [`Error::Unavailable`] when too many wait for a hash.
    pub fn sign_in(&self, login_name: &str, password: &Password) -> Result<Token> {
        let login_name = login_name.trim().to_lowercase();
        self.count_attempt(&login_name)?;
        let found = self.db.read(|r| members::credentials_by_name(r, &login_name))?;
        let wrap = self.passwords.check(password, found.as_ref().map(|found| &found.password))?;
        let (Some(wrap), Some(found)) = (wrap, found) else { return Err(WRONG) };
        let private_half = open(&wrap, MEMBER_KEY, found.member.id.as_str(), &found.private_half)?;
        let keys = KeyPair::from_private_half(&private_half).map_err(Error::unexpected)?;
        self.db.write_unrecorded(|tx| begin_at(tx, &found.member.id, &keys, Stage::Password))
    }

    /// Whether this token waits for the second factor.
    ///
    /// # Errors
    /// Those of the database.
    pub fn is_half_way(&self, token: &Token) -> Result<bool> {
        self.db.read(|r| Ok(half_way(r, token)?.is_some()))
    }

    /// Checks the second factor: what the authenticator shows, or one of the recovery codes. The new token is the session's.
    ///
    /// # Errors
    /// [`Error::Refused`] with `staff-code-wrong`, `staff-too-many-attempts`, or `staff-sign-in-expired` if the password was too long ago.
    pub fn second_factor(&self, token: &Token, typed: &str) -> Result<Token> {
        let expired = || Error::Refused("staff-sign-in-expired");
        let (row, credentials) = self.db.read(|r| half_way(r, token))?.ok_or_else(expired)?;
        self.count_attempt(&credentials.login_name)?;
        let keys = open_keys(token, &row)?;
        self.db.write(credentials.member.actor(), |tx| {
            if !sessions::delete(tx, &row.member, &token.lookup())? {
                return Err(expired());
            }
            use_second_factor(tx, &self.keys, &credentials, typed)?;
            attempts::forget(tx, &self.attempts_on(&credentials.login_name))?;
            tx.record(&StaffAct::SignedIn(row.member.clone()));
            begin(tx, &row.member, &keys)
        })
    }

    /// Counts before anything is checked and in a transaction of its own, so that a failed or parallel attempt is counted too.
    pub(super) fn count_attempt(&self, login_name: &str) -> Result<()> {
        let name = self.attempts_on(login_name);
        let attempts = self.db.write_unrecorded(|tx| {
            let window = tx.now() - WINDOW;
            attempts::add(tx, &name, window)
        })?;
        policy::may_try(attempts)
    }

    /// What attempts on a name are counted under: its keyed hash, so that the table tells no names.
    pub(super) fn attempts_on(&self, login_name: &str) -> String {
        HEXLOWER.encode(&self.keys.pepper().mark(format!("sign-in {login_name}").as_bytes()))
    }
}

fn half_way(r: &mut Reading, token: &Token) -> Result<Option<(Row, Credentials)>> {
    let row = sessions::find(r, &token.lookup(), Stage::Password)?;
    let Some(row) = row.filter(|row| policy::half_way_holds(row.started, r.now())) else { return Ok(None) };
    Ok(members::credentials_by_id(r, &row.member)?.map(|credentials| (row, credentials)))
}

/// Accepts each code once: the step is stored, the recovery code is gone.
fn use_second_factor(tx: &mut Writing, instance: &InstanceKeys, of: &Credentials, typed: &str) -> Result<()> {
    let (id, wrong) = (&of.member.id, || Error::Refused("staff-code-wrong"));
    if let Some(code) = RecoveryCode::parse(typed) {
        let was_theirs = members::use_code(tx, id, &code.lookup(instance.pepper()))?;
        return if was_theirs { Ok(()) } else { Err(wrong()) };
    }
    let secret = open(instance.key_pair(), SECOND_FACTOR, id.as_str(), &of.totp_secret)?;
    let secret = TotpSecret::from_bytes(&secret).ok_or_else(|| Error::unexpected("a second factor of another size"))?;
    let step = secret.check(typed, tx.now(), Some(of.totp_step)).ok_or_else(wrong)?;
    if members::use_step(tx, id, step)? { Ok(()) } else { Err(wrong()) }
}
