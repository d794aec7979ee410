//! Admitting: the review key is sealed to somebody who has joined. From then on they can read what comes in.

use super::{
    Administrator, MemberState, StaffAct, recovery,
    review_keys::{OpenedKey, hand_over, lock_review_key, lock_review_key_for, open_all},
    store::members,
};
use crate::{Error, Result, db::Writing, ids::MemberId, seal::RecoveryKey};

/// Admits a member who has joined, by the keys of the administrator who asks.
///
/// # Errors
/// [`Error::NotFound`] if there is no such member; [`Error::Conflict`] with `staff-not-waiting` if they do not wait for it;
/// [`Error::Forbidden`] if the one who asks is no administrator any more.
pub fn admit(tx: &mut Writing, by: &Administrator, member: &MemberId) -> Result<()> {
    // Nobody puts a new key in place between opening the keys and handing them over.
    lock_review_key_for(tx, by)?;
    let opened = open_all(tx, by.keys())?;
    hand_over_all(tx, &opened, member)
}

/// Admits a member by the recovery key, on the command line. Having been used, the recovery key is replaced; the new one has to be shown.
///
/// # Errors
/// As [`admit`], and [`Error::Refused`] with `staff-recovery-key-wrong` if these are not its words.
pub fn admit_by_recovery_key(tx: &mut Writing, typed: &RecoveryKey, member: &MemberId) -> Result<RecoveryKey> {
    lock_review_key(tx)?;
    recovery::check(tx, typed)?;
    let opened = open_all(tx, &typed.key_pair())?;
    hand_over_all(tx, &opened, member)?;
    recovery::replace(tx, &opened)
}

fn hand_over_all(tx: &mut Writing, opened: &[OpenedKey], id: &MemberId) -> Result<()> {
    let member = members::find(tx, id)?.ok_or(Error::NotFound)?;
    if !members::change_state(tx, id, MemberState::Waiting, MemberState::Active)? {
        return Err(Error::Conflict("staff-not-waiting"));
    }
    for key in opened {
        hand_over(tx, key, &member.public_key, Some(id))?;
    }
    tx.record(&StaffAct::Admitted(id.clone()));
    Ok(())
}
