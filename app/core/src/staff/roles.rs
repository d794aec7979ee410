//! Changing what a member may do.

use super::{
    Administrator, MemberState, Role, StaffAct, policy, recovery,
    review_keys::{lock_review_key_for, open_all},
    store::{invitations, members, sessions},
};
use crate::{Error, Result, db::Writing, ids::MemberId, seal::RecoveryKey};

/// Gives another member another role. Their sessions end, so that the next one has a new token. Who was an administrator may know the
/// recovery key: then there is a new one, which has to be shown.
///
/// # Errors
/// [`Error::NotFound`] if there is no such member; [`Error::Refused`] with `staff-last-administrator` or `staff-not-oneself`;
/// [`Error::Conflict`] with `staff-has-role`; [`Error::Forbidden`] if the one who asks is no administrator any more.
pub fn change_role(tx: &mut Writing, by: &Administrator, id: &MemberId, role: Role) -> Result<Option<RecoveryKey>> {
    lock_review_key_for(tx, by)?;
    let member = members::find(tx, id)?.ok_or(Error::NotFound)?;
    let administrators = members::count_active(tx, Some(Role::Administrator))?;
    policy::may_lose(member.state, member.role, administrators)?;
    policy::is_another(by.id(), id)?;
    if member.role == role {
        return Err(Error::Conflict("staff-has-role"));
    }
    members::change_role(tx, id, role)?;
    sessions::delete_of(tx, id)?;
    // Links that they made were made by an administrator.
    invitations::delete_of(tx, id)?;
    tx.record(&StaffAct::RoleChanged(id.clone(), role));
    if member.state == MemberState::Active && member.role == Role::Administrator {
        let opened = open_all(tx, by.keys())?;
        return recovery::replace(tx, &opened).map(Some);
    }
    Ok(None)
}
