//! The ways back: the recovery key of the instance, and each member's recovery codes.

use super::{
    Administrator, Session, StaffAct,
    review_keys::{self, OpenedKey, lock_review_key, lock_review_key_for, open_all},
    store::{keys, members},
};
use crate::{
    Error, Result,
    db::{Reading, Unrecorded, Writing, facts},
    ids::MemberId,
    seal::{InstanceKeys, PublicKey, RecoveryCode, RecoveryKey},
};

/// The fact that holds the public half of the recovery key.
const PUBLIC_HALF: &str = "recovery_key";
/// The fact that holds the public half of the recovery key that was last typed back.
const CONFIRMED: &str = "recovery_key_confirmed";

/// Where the recovery key stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recovery {
    /// There is none: nobody has joined yet.
    Missing,
    /// It was shown, but not typed back yet.
    Shown,
    /// It was typed back.
    Confirmed,
}

/// Where the recovery key stands.
///
/// # Errors
/// Those of the database.
pub fn recovery(r: &mut Reading) -> Result<Recovery> {
    let (present, confirmed) = (facts::find(r, PUBLIC_HALF)?, facts::find(r, CONFIRMED)?);
    Ok(match present {
        None => Recovery::Missing,
        Some(_) if present == confirmed => Recovery::Confirmed,
        Some(_) => Recovery::Shown,
    })
}

/// Whether accounts are taken: once a recovery key was typed back. A later key that waits to be typed back does not close it again.
///
/// # Errors
/// Those of the database.
pub fn intake_is_open(r: &mut Reading) -> Result<bool> {
    Ok(facts::find(r, CONFIRMED)?.is_some())
}

/// Notes that the recovery key was typed back. The first time this opens intake.
///
/// # Errors
/// [`Error::Refused`] with `staff-recovery-key-wrong` if these are not its words.
pub fn confirm_recovery_key(tx: &mut Writing, _by: &Administrator, typed: &RecoveryKey) -> Result<()> {
    let public_key = check(tx, typed)?;
    facts::set(tx, CONFIRMED, public_key.as_str())?;
    tx.record(&StaffAct::RecoveryKeyConfirmed(public_key.id()));
    Ok(())
}

/// The public half of the recovery key, if these are its words.
pub(super) fn check(r: &mut Reading, typed: &RecoveryKey) -> Result<PublicKey> {
    let public_key = present(r)?;
    if typed.fits(&public_key) { Ok(public_key) } else { Err(Error::Refused("staff-recovery-key-wrong")) }
}

/// The public half of the recovery key.
pub(super) fn present(r: &mut Reading) -> Result<PublicKey> {
    let text = facts::find(r, PUBLIC_HALF)?.ok_or(Error::Refused("intake-closed"))?;
    text.parse().map_err(Error::unexpected)
}

/// Makes a new recovery key, to be shown once and typed back; the old one opens nothing any more.
///
/// # Errors
/// [`Error::Forbidden`] if the one who asks is no administrator any more.
pub fn renew_recovery_key(tx: &mut Writing, by: &Administrator) -> Result<RecoveryKey> {
    lock_review_key_for(tx, by)?;
    let opened = open_all(tx, by.keys())?;
    replace(tx, &opened)
}

/// Puts a new recovery key in place of one that was used on the command line; it has to be shown.
///
/// # Errors
/// [`Error::Refused`] with `staff-recovery-key-wrong` if these are not its words.
pub fn replace_used_recovery_key(tx: &mut Writing, typed: &RecoveryKey) -> Result<RecoveryKey> {
    lock_review_key(tx)?;
    check(tx, typed)?;
    let opened = open_all(tx, &typed.key_pair())?;
    replace(tx, &opened)
}

/// Seals the opened review keys to a new recovery key in place of the old one.
pub(super) fn replace(tx: &mut Writing, opened: &[OpenedKey]) -> Result<RecoveryKey> {
    let recovery_key = RecoveryKey::draw(tx.random());
    for key in opened {
        keys::forget_seals_to_recovery(tx, &key.id)?;
        review_keys::hand_over(tx, key, recovery_key.key_pair().public(), None)?;
    }
    put(tx, &recovery_key)?;
    Ok(recovery_key)
}

/// Stores the public half of a new recovery key.
pub(super) fn put(tx: &mut Writing, recovery_key: &RecoveryKey) -> Result<()> {
    let keys = recovery_key.key_pair();
    facts::set(tx, PUBLIC_HALF, keys.public().as_str())?;
    tx.record(&StaffAct::RecoveryKeyMade(keys.id()));
    Ok(())
}

/// Draws ten new recovery codes for the member who asks; the old ones hold no more.
///
/// # Errors
/// Those of the database.
pub fn renew_recovery_codes(tx: &mut Writing, by: &Session, instance: &InstanceKeys) -> Result<Vec<RecoveryCode>> {
    let id = &by.member().id;
    members::forget_codes(tx, id)?;
    let codes = draw_codes(tx, id, instance)?;
    tx.record(&StaffAct::CodesRenewed(id.clone()));
    Ok(codes)
}

/// How many recovery codes the member who asks has left.
///
/// # Errors
/// Those of the database.
pub fn count_recovery_codes(r: &mut Reading, by: &Session) -> Result<i64> {
    members::count_codes(r, &by.member().id)
}

pub(super) fn draw_codes(tx: &mut Unrecorded, id: &MemberId, instance: &InstanceKeys) -> Result<Vec<RecoveryCode>> {
    let codes = RecoveryCode::draw_all(tx.random());
    for code in &codes {
        members::insert_code(tx, id, &code.lookup(instance.pepper()))?;
    }
    Ok(codes)
}
