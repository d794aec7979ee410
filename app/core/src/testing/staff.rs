//! Members of staff for tests, who join and sign in by the real use cases, with cheap passwords.

use std::sync::Arc;

use chrono::TimeDelta;

use super::SeededRandom;
use crate::{
    config::PasswordProfile,
    db::{Actor, Database},
    ids::MemberId,
    seal::{InstanceKeys, Password, Passwords, RecoveryKey, TotpSecret, step_at},
    secret::Token,
    staff::{self, Administrator, Alias, Entrance, Joined, LoginName, Moderator, Role, Session, SessionTimes},
};

/// The staff of one test instance.
pub struct TestStaff {
    /// The database, passwords and keys that they sign in with.
    pub entrance: Entrance,
}

/// What a test member signs in with.
pub struct TestMember {
    /// The id.
    pub id: MemberId,
    /// The name to sign in with.
    pub login_name: String,
    /// The authenticator.
    pub totp: TotpSecret,
    /// The session from joining.
    pub session: Token,
    /// What they were shown when they joined.
    pub joined: Joined,
}

impl TestStaff {
    /// The password of every test member.
    pub const PASSWORD: &'static str = "seven boats below the old lock";

    /// Nobody yet.
    #[must_use]
    pub fn of(db: &Database) -> Self {
        let entrance = Entrance {
            db: db.clone(),
            passwords: Arc::new(Passwords::new(PasswordProfile::Cheap)),
            keys: Arc::new(InstanceKeys::draw(&SeededRandom::new(7))),
            times: SessionTimes { idle: TimeDelta::minutes(60), absolute: TimeDelta::hours(8) },
        };
        Self { entrance }
    }

    /// Somebody joins by this link under the name `login_name` and the alias `login_name the watcher`.
    ///
    /// # Panics
    /// If they cannot join.
    pub fn join(&self, link: &Token, login_name: &str) -> TestMember {
        let entrance = &self.entrance;
        let (offered, now) = entrance.db.read(|r| Ok((staff::invitation(r, link, &entrance.keys)?, r.now()))).unwrap();
        let password = Password::choose(Self::PASSWORD, &[login_name]).unwrap();
        let (name, alias) = (LoginName::parse(login_name).unwrap(), Alias::parse(&alias(login_name)).unwrap());
        // The code of the step before, so that the present one still serves for signing in.
        let code = offered.totp_secret.code(step_at(now) - 1);
        let joined = entrance.join(link, &name, &alias, &password, &code).unwrap();
        TestMember {
            id: joined.member.id.clone(),
            login_name: login_name.to_owned(),
            totp: offered.totp_secret,
            session: joined.session.clone(),
            joined,
        }
    }

    /// The first administrator joins and types the recovery key back, so that intake is open.
    ///
    /// # Panics
    /// If there is staff already.
    pub fn founder(&self, login_name: &str) -> (Administrator, RecoveryKey) {
        let entrance = &self.entrance;
        let link = entrance.db.write(Actor::CommandLine, |tx| {
            staff::invite_from_command_line(tx, Role::Administrator, 7, &entrance.keys)
        });
        let member = self.join(&link.unwrap(), login_name);
        let by = self.session(&member.session).unwrap().administrator().unwrap();
        let recovery_key = member.joined.recovery_key.unwrap();
        entrance.db.write(by.actor(), |tx| staff::confirm_recovery_key(tx, &by, &recovery_key)).unwrap();
        (by, recovery_key)
    }

    /// A moderator joins and is admitted.
    ///
    /// # Panics
    /// If that fails.
    pub fn moderator(&self, by: &Administrator, login_name: &str) -> Moderator {
        let member = self.admitted(by, Role::Moderator, login_name);
        self.session(&member.session).unwrap().moderator().unwrap()
    }

    /// Somebody is invited, joins and is admitted.
    ///
    /// # Panics
    /// If that fails.
    pub fn admitted(&self, by: &Administrator, role: Role, login_name: &str) -> TestMember {
        let entrance = &self.entrance;
        let link = entrance.db.write(by.actor(), |tx| staff::invite(tx, by, role, 7, &entrance.keys)).unwrap();
        let member = self.join(&link, login_name);
        entrance.db.write(by.actor(), |tx| staff::admit(tx, by, &member.id)).unwrap();
        member
    }

    /// The live session of a token.
    ///
    /// # Panics
    /// If the database fails.
    pub fn session(&self, token: &Token) -> Option<Session> {
        self.entrance.db.read(|r| staff::session(r, token, &self.entrance.times)).unwrap()
    }
}

fn alias(login_name: &str) -> String {
    format!("{login_name} the watcher")
}
