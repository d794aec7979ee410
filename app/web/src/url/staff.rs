//! Addresses of what members of staff do with what they sign in with, and with each other's membership.

use casebook_core::{
    ids::{JobId, KeptFormId, MemberId},
    secret::Secret,
};

/// Joining by an invitation.
#[must_use]
pub fn join(token: &Secret) -> String {
    format!("/staff/join/{}", token.reveal())
}

/// What is shown once: recovery codes and recovery key.
#[must_use]
pub fn staff_keys() -> String {
    "/staff/keys".to_owned()
}

/// Where the recovery key is typed back.
#[must_use]
pub fn confirm_recovery_key() -> String {
    "/staff/keys/confirm".to_owned()
}

/// Where new recovery codes are drawn.
#[must_use]
pub fn renew_recovery_codes() -> String {
    "/staff/keys/codes".to_owned()
}

/// Where a new recovery key is made.
#[must_use]
pub fn renew_recovery_key() -> String {
    "/staff/keys/recovery".to_owned()
}

/// The link by which somebody on the staff sets password and second factor anew.
#[must_use]
pub fn renew(token: &Secret) -> String {
    format!("/staff/renew/{}", token.reveal())
}

/// Where one's own password is changed.
#[must_use]
pub fn staff_password() -> String {
    "/staff/password".to_owned()
}

/// Where one's own second factor is replaced.
#[must_use]
pub fn staff_factor() -> String {
    "/staff/factor".to_owned()
}

/// One's own sessions.
#[must_use]
pub fn sessions() -> String {
    "/staff/sessions".to_owned()
}

/// Where one of them is ended.
#[must_use]
pub fn end_session() -> String {
    "/staff/sessions/end".to_owned()
}

/// The members of staff.
#[must_use]
pub fn members() -> String {
    "/staff/members".to_owned()
}

/// Where an invitation is made.
#[must_use]
pub fn invite() -> String {
    "/staff/members/invite".to_owned()
}

/// Where a member is admitted.
#[must_use]
pub fn admit(id: &MemberId) -> String {
    format!("/staff/members/{id}/admit")
}

/// Where a link is made by which a member sets password and second factor anew.
#[must_use]
pub fn offer_renewal(id: &MemberId) -> String {
    format!("/staff/members/{id}/renew")
}

/// Where a member is given another role.
#[must_use]
pub fn change_role(id: &MemberId) -> String {
    format!("/staff/members/{id}/role")
}

/// Where a member is removed.
#[must_use]
pub fn remove_member(id: &MemberId) -> String {
    format!("/staff/members/{id}/remove")
}

/// A form that was sent after its session had ended.
#[must_use]
pub fn kept_form(id: &KeptFormId) -> String {
    format!("/staff/kept/{id}")
}

/// Where it is thrown away.
#[must_use]
pub fn forget_form(id: &KeptFormId) -> String {
    format!("/staff/kept/{id}/forget")
}

/// Where a member says where mail is to go.
#[must_use]
pub fn staff_mail() -> String {
    "/staff/mail".to_owned()
}

/// Where the link in a mail leads.
#[must_use]
pub fn staff_continue() -> String {
    "/staff/continue".to_owned()
}

/// The work that was laid aside.
#[must_use]
pub fn work() -> String {
    "/staff/work".to_owned()
}

/// Where a piece of it is tried again.
#[must_use]
pub fn try_work_again(id: &JobId) -> String {
    format!("/staff/work/{id}/again")
}

/// Where a piece of it is thrown away.
#[must_use]
pub fn discard_work(id: &JobId) -> String {
    format!("/staff/work/{id}/discard")
}
