//! Members of staff: how they join, sign in and hold the keys to what is sealed (protection.md sections 4 and 7).
//!
//! Each member has a key pair whose private half opens with their password alone. The review key, to which submissions are sealed, is
//! itself sealed to each member; so nobody reads an unpublished word without being signed in, whoever holds the disk.

mod acts;
mod admit;
mod authority;
mod credentials;
mod invite;
mod join;
mod kept;
mod laid_aside;
mod mailing;
mod names;
mod policy;
mod recovery;
mod remove;
mod renew;
mod review_keys;
mod roles;
mod sessions;
mod shelf;
mod sign_in;
mod store;
#[cfg(test)]
mod tests;

use std::{collections::BTreeMap, str::FromStr, sync::Arc};

use chrono::TimeDelta;

use crate::{
    Result, config,
    db::{Actor, Database, Reading},
    ids::MemberId,
    seal::{InstanceKeys, Passwords, PublicKey},
};

pub use acts::StaffAct;
pub use admit::{admit, admit_by_recovery_key};
pub use authority::{Administrator, Moderator, Session};
pub use credentials::{OfferedFactor, offer_factor, own_login_name};
pub use invite::{Invitation, invitation, invite, invite_from_command_line, link_holds};
pub use join::Joined;
pub use kept::{Ended, KeptForm, KeptLine, ended, forget_form, forget_kept_forms, keep_form, kept_form, kept_forms};
pub use laid_aside::{discard_work, laid_aside, try_again};
pub use mailing::{forget_mail_address, mail_address, members_with_mail, own_mail_address, set_mail_address};
pub use names::{Alias, LoginName, NameProblem};
pub use recovery::{
    Recovery, confirm_recovery_key, count_recovery_codes, intake_is_open, recovery, renew_recovery_codes,
    renew_recovery_key, replace_used_recovery_key,
};
pub use remove::remove;
pub use renew::{Renewal, offer_renewal, offer_renewal_from_command_line, renewal};
pub use review_keys::{
    Recipient, ReviewKeys, lock_review_key, retired_review_keys, review_keys, review_keys_by_recovery_key,
    seal_json_to_review, seal_to_review,
};
pub use roles::change_role;
pub use sessions::{OwnSession, end_session, last_seen, own_sessions, remove_expired, session, sign_out, touch};
pub use shelf::{Anew, Shelf, count_sealed_to, reseal};

/// What a member may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Reviews what comes in.
    Moderator,
    /// That, and decides who is on the staff.
    Administrator,
}

impl Role {
    /// The code in the database and in forms.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Moderator => "moderator",
            Self::Administrator => "administrator",
        }
    }
}

/// Where a member stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MemberState {
    /// Joined; nobody has sealed the review key to them yet.
    Waiting,
    /// Holds the review key.
    Active,
    /// No longer of the staff.
    Removed,
}

impl MemberState {
    /// The code in the database.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Active => "active",
            Self::Removed => "removed",
        }
    }
}

/// A text that is no code of a role or state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a code that staff have")]
pub struct UnknownCode;

impl FromStr for Role {
    type Err = UnknownCode;

    fn from_str(code: &str) -> Result<Self, UnknownCode> {
        [Self::Moderator, Self::Administrator].into_iter().find(|role| role.code() == code).ok_or(UnknownCode)
    }
}

impl FromStr for MemberState {
    type Err = UnknownCode;

    fn from_str(code: &str) -> Result<Self, UnknownCode> {
        let all = [Self::Waiting, Self::Active, Self::Removed];
        all.into_iter().find(|state| state.code() == code).ok_or(UnknownCode)
    }
}

/// A member of staff, without what they sign in with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The id.
    pub id: MemberId,
    /// The name that the public log shows.
    pub alias: String,
    /// What they may do.
    pub role: Role,
    /// Where they stand.
    pub state: MemberState,
    /// The half of their key pair that seals.
    pub public_key: PublicKey,
}

impl Member {
    /// The member as the one who writes.
    #[must_use]
    pub fn actor(&self) -> Actor {
        Actor::Member { id: self.id.clone(), alias: self.alias.clone() }
    }
}

/// How long sessions last.
#[derive(Debug, Clone, Copy)]
pub struct SessionTimes {
    /// Without a request.
    pub idle: TimeDelta,
    /// In any case.
    pub absolute: TimeDelta,
}

impl From<&config::Staff> for SessionTimes {
    fn from(settings: &config::Staff) -> Self {
        Self {
            idle: TimeDelta::minutes(settings.session_idle_minutes.into()),
            absolute: TimeDelta::hours(settings.session_hours.into()),
        }
    }
}

/// What joining and signing in work with. They hash passwords, which takes too long to hold a transaction open for, and so each of them
/// is several transactions around a hash.
#[derive(Debug, Clone)]
pub struct Entrance {
    /// The database.
    pub db: Database,
    /// The hashing of passwords.
    pub passwords: Arc<Passwords>,
    /// The keys of the instance.
    pub keys: Arc<InstanceKeys>,
    /// How long sessions last.
    pub times: SessionTimes,
}

/// All members but those removed, by alias.
///
/// # Errors
/// Those of the database.
pub fn members(r: &mut Reading, _by: &Administrator) -> Result<Vec<Member>> {
    store::members::all(r)
}

/// Who has joined and waits to be admitted, by alias. For the command line, which has the recovery key in place of an administrator.
///
/// # Errors
/// Those of the database.
pub fn waiting(r: &mut Reading) -> Result<Vec<Member>> {
    let all = store::members::all(r)?;
    Ok(all.into_iter().filter(|member| member.state == MemberState::Waiting).collect())
}

/// The names that the log shows of all who are or were of the staff, by id: for saying who did what.
///
/// # Errors
/// Those of the database.
pub fn aliases(r: &mut Reading, _by: &Moderator) -> Result<BTreeMap<MemberId, String>> {
    store::members::aliases(r)
}

/// The active members.
///
/// # Errors
/// Those of the database.
pub fn active(r: &mut Reading, _by: &Moderator) -> Result<Vec<MemberId>> {
    Ok(store::members::active(r, None)?.into_iter().map(|member| member.id).collect())
}

/// How many active members there are: with fewer than two, nobody can look over the other's shoulder.
///
/// # Errors
/// Those of the database.
pub fn count_active(r: &mut Reading) -> Result<i64> {
    store::members::count_active(r, None)
}
