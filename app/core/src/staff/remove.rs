//! Removing a member: their sessions end, and what comes in from now on is sealed to a key that they never held.

use super::{
    Administrator, Role, StaffAct, policy, recovery,
    review_keys::{self, lock_review_key_for, open_all},
    store::{invitations, kept, keys, members, sessions},
};
use crate::{Error, Result, db::Writing, ids::MemberId, seal::RecoveryKey};

/// Removes a member. If they were an administrator there is a new recovery key, which has to be shown: they may know the old one.
///
/// What is sealed to the old review key stays readable for those who are left, and has to be sealed anew.
///
/// # Errors
/// [`Error::NotFound`] if there is no such member; [`Error::Refused`] with `staff-last-administrator` or `staff-not-oneself`;
/// [`Error::Forbidden`] if the one who asks is no administrator any more.
pub fn remove(tx: &mut Writing, by: &Administrator, id: &MemberId) -> Result<Option<RecoveryKey>> {
    // First, so that of two administrators who remove each other at once one is refused.
    lock_review_key_for(tx, by)?;
    let member = members::find(tx, id)?.ok_or(Error::NotFound)?;
    let administrators = members::count_active(tx, Some(Role::Administrator))?;
    policy::may_lose(member.state, member.role, administrators)?;
    policy::is_another(by.id(), id)?;
    let opened = open_all(tx, by.keys())?;
    sessions::delete_of(tx, id)?;
    invitations::delete_of(tx, id)?;
    kept::delete_of(tx, id)?;
    invitations::delete_renewals_of(tx, id)?;
    keys::forget_seals_to_member(tx, id)?;
    members::disown(tx, id)?;
    tx.record(&StaffAct::Removed(id.clone()));
    let new_recovery_key =
        if member.role == Role::Administrator { Some(recovery::replace(tx, &opened)?) } else { None };
    let recovery_key = recovery::present(tx)?;
    review_keys::replace(tx, &recovery_key)?;
    Ok(new_recovery_key)
}
