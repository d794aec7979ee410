//! What staff do among themselves, as the log of acts tells it.

use super::Role;
use crate::{
    db::outbox::{Act, Entry},
    ids::{JobId, MemberId, ReviewKeyId},
    seal::KeyId,
};

/// An act of staff on staff, keys or sessions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StaffAct {
    /// A link was made for somebody in this role.
    Invited(Role),
    /// Somebody used a link.
    Joined(MemberId),
    /// The review key was sealed to a member.
    Admitted(MemberId),
    /// A member is no longer of the staff.
    Removed(MemberId),
    /// A member signed in with both factors.
    SignedIn(MemberId),
    /// A member ended one of their sessions.
    SessionEnded(MemberId),
    /// A link was made by which a member sets password and second factor anew.
    RenewalOffered(MemberId),
    /// A member set password, keys and second factor anew by such a link, and waits to be admitted again.
    Renewed(MemberId),
    /// A member changed their password.
    PasswordChanged(MemberId),
    /// A member put another second factor in place of theirs.
    FactorRenewed(MemberId),
    /// A member has another role from now on.
    RoleChanged(MemberId, Role),
    /// A member drew new recovery codes.
    CodesRenewed(MemberId),
    /// A member gave an address for mail, or another one.
    MailWanted(MemberId),
    /// A member wants no mail any more.
    MailDeclined(MemberId),
    /// Work that was laid aside is tried again.
    WorkTriedAgain(JobId),
    /// Work that was laid aside was thrown away.
    WorkDiscarded(JobId),
    /// A new review key is in use.
    ReviewKeyMade(ReviewKeyId),
    /// There is a new recovery key.
    RecoveryKeyMade(KeyId),
    /// The recovery key was typed back.
    RecoveryKeyConfirmed(KeyId),
}

impl Act for StaffAct {
    fn entry(&self) -> Entry {
        match self {
            Self::Invited(role) => Entry::new("staff_invited", "role", role.code()),
            Self::Joined(member) => Entry::new("staff_joined", "member", member.as_str()),
            Self::Admitted(member) => Entry::new("staff_admitted", "member", member.as_str()),
            Self::Removed(member) => Entry::new("staff_removed", "member", member.as_str()),
            Self::SignedIn(member) => Entry::new("staff_signed_in", "member", member.as_str()),
            Self::SessionEnded(member) => Entry::new("staff_session_ended", "member", member.as_str()),
            Self::RenewalOffered(member) => Entry::new("staff_renewal_offered", "member", member.as_str()),
            Self::Renewed(member) => Entry::new("staff_renewed", "member", member.as_str()),
            Self::PasswordChanged(member) => Entry::new("staff_password_changed", "member", member.as_str()),
            Self::FactorRenewed(member) => Entry::new("staff_factor_renewed", "member", member.as_str()),
            Self::RoleChanged(member, role) => {
                Entry::new("staff_role_changed", "member", member.as_str()).because(role.code())
            }
            Self::CodesRenewed(member) => Entry::new("staff_codes_renewed", "member", member.as_str()),
            Self::MailWanted(member) => Entry::new("staff_mail_wanted", "member", member.as_str()),
            Self::MailDeclined(member) => Entry::new("staff_mail_declined", "member", member.as_str()),
            Self::WorkTriedAgain(job) => Entry::new("work_tried_again", "job", job.as_str()),
            Self::WorkDiscarded(job) => Entry::new("work_discarded", "job", job.as_str()),
            Self::ReviewKeyMade(key) => Entry::new("review_key_made", "review_key", key.as_str()),
            Self::RecoveryKeyMade(key) => Entry::new("recovery_key_made", "recovery_key", key.as_str()),
            Self::RecoveryKeyConfirmed(key) => Entry::new("recovery_key_confirmed", "recovery_key", key.as_str()),
        }
    }
}
