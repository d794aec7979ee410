//! The review key: what contributors send is sealed to it. Its private half is sealed to each member and to the recovery key.

use serde::{Serialize, de::DeserializeOwned};

use super::{
    Administrator, Member, MemberState, Moderator, Role, StaffAct, recovery,
    store::{keys, members},
};
use crate::{
    Error, Result,
    db::{Reading, Unrecorded, Writing},
    ids::{MemberId, ReviewKeyId},
    seal::{self, Envelope, KeyId, KeyPair, Opened, PublicKey, RecoveryKey, Unopened},
};

/// The purpose of envelopes that hold a review key's private half.
const REVIEW_KEY: &str = "review key";

/// The review key in use, locked until the transaction ends.
#[derive(Debug, Clone)]
pub struct Recipient {
    /// Its id.
    pub id: ReviewKeyId,
    /// Its public half.
    pub public_key: PublicKey,
}

/// The review keys that a member can open: the one in use, and retired ones to which something may still be sealed.
#[derive(Debug, Clone)]
pub struct ReviewKeys(Vec<OpenedKey>);

#[derive(Debug, Clone)]
pub(super) struct OpenedKey {
    pub(super) id: ReviewKeyId,
    retired: bool,
    keys: KeyPair,
}

impl ReviewKeys {
    /// Opens what is sealed to any of them.
    ///
    /// # Errors
    /// [`Unopened::OtherKey`] if it is sealed to a review key that this member does not hold.
    pub fn open(&self, purpose: &'static str, place: &str, envelope: &Envelope) -> Result<Opened, Unopened> {
        seal::open(self.key_for(envelope)?, purpose, place, envelope)
    }

    /// Opens a value that was sealed as JSON.
    ///
    /// # Errors
    /// As [`ReviewKeys::open`].
    pub fn open_json<T: DeserializeOwned>(
        &self,
        purpose: &'static str,
        place: &str,
        envelope: &Envelope,
    ) -> Result<T, Unopened> {
        seal::open_json(self.key_for(envelope)?, purpose, place, envelope)
    }

    /// How the envelopes begin that are sealed to a retired one among them; see [`Envelope::beginning`].
    #[must_use]
    pub fn retired_beginnings(&self) -> Vec<String> {
        self.0.iter().filter(|key| key.retired).map(|key| Envelope::beginning(&key.keys.id())).collect()
    }

    fn key_for(&self, envelope: &Envelope) -> Result<&KeyPair, Unopened> {
        let id = envelope.key_id()?;
        self.0.iter().map(|key| &key.keys).find(|keys| keys.id() == id).ok_or(Unopened::OtherKey)
    }
}

/// The names of the keys that are not in use any more.
///
/// # Errors
/// Those of the database.
pub fn retired_review_keys(r: &mut Reading) -> Result<Vec<KeyId>> {
    Ok(keys::retired(r)?.iter().map(PublicKey::id).collect())
}

/// Opens the review keys for one request.
///
/// # Errors
/// Those of the database, [`Error::Forbidden`] if the member was removed in this moment, and [`Error::Unexpected`] if a seal is damaged.
pub fn review_keys(r: &mut Reading, by: &Moderator) -> Result<ReviewKeys> {
    open_all(r, by.keys()).map(ReviewKeys)
}

/// Opens the review keys by the recovery key, on the command line, to seal anew what lies under retired ones.
///
/// # Errors
/// [`Error::Refused`] with `staff-recovery-key-wrong` if these are not its words.
pub fn review_keys_by_recovery_key(r: &mut Reading, typed: &RecoveryKey) -> Result<ReviewKeys> {
    recovery::check(r, typed)?;
    open_all(r, &typed.key_pair()).map(ReviewKeys)
}

/// What is sealed to `holder`, a member's key pair or the recovery key's.
///
/// # Errors
/// [`Error::Forbidden`] if the key in use is not among it: whoever asks was removed, or their recovery key replaced, in this moment.
pub(super) fn open_all(r: &mut Reading, holder: &KeyPair) -> Result<Vec<OpenedKey>> {
    let sealed = keys::sealed_to(r, &holder.id())?;
    let opened = sealed.into_iter().map(|(id, retired, envelope)| {
        let private_half = seal::open(holder, REVIEW_KEY, id.as_str(), &envelope)?;
        let keys = KeyPair::from_private_half(&private_half).map_err(Error::unexpected)?;
        Ok(OpenedKey { id, retired, keys })
    });
    let opened: Vec<OpenedKey> = opened.collect::<Result<_>>()?;
    if opened.iter().any(|key| !key.retired) { Ok(opened) } else { Err(Error::Forbidden) }
}

/// The review key in use; it is not retired before this transaction ends.
///
/// # Errors
/// [`Error::Refused`] with `intake-closed` if there is none yet.
pub fn lock_review_key(tx: &mut Unrecorded) -> Result<Recipient> {
    let (id, public_key) = keys::lock_in_use(tx)?.ok_or(Error::Refused("intake-closed"))?;
    Ok(Recipient { id, public_key })
}

/// Locks the review key for an administrator. The proof of who they are was read in an earlier transaction; once nobody else can change the
/// staff, it is looked at again.
///
/// # Errors
/// As [`lock_review_key`], and [`Error::Forbidden`] if they are no administrator any more.
pub(super) fn lock_review_key_for(tx: &mut Unrecorded, by: &Administrator) -> Result<()> {
    lock_review_key(tx)?;
    let member = members::find(tx, by.id())?;
    let still = member.is_some_and(|m| m.state == MemberState::Active && m.role == Role::Administrator);
    if still { Ok(()) } else { Err(Error::Forbidden) }
}

/// Seals to the review key in use; see [`seal::seal`] for `purpose` and `place`.
///
/// # Errors
/// As [`lock_review_key`].
pub fn seal_to_review(tx: &mut Unrecorded, purpose: &'static str, place: &str, plaintext: &[u8]) -> Result<Envelope> {
    let recipient = lock_review_key(tx)?;
    seal::seal(&recipient.public_key, purpose, place, plaintext, tx.random())
}

/// Seals a value as JSON to the review key in use.
///
/// # Errors
/// As [`lock_review_key`].
pub fn seal_json_to_review<T: Serialize>(
    tx: &mut Unrecorded,
    purpose: &'static str,
    place: &str,
    value: &T,
) -> Result<Envelope> {
    let recipient = lock_review_key(tx)?;
    seal::seal_json(&recipient.public_key, purpose, place, value, tx.random())
}

/// With the first member come the first review key and the recovery key.
pub(super) fn found(tx: &mut Writing, member: &Member) -> Result<RecoveryKey> {
    let recovery_key = RecoveryKey::draw(tx.random());
    make_key(tx, std::slice::from_ref(member), recovery_key.key_pair().public())?;
    recovery::put(tx, &recovery_key)?;
    Ok(recovery_key)
}

/// Puts a new review key in place of the one in use. Public halves suffice: no member has to be there.
pub(super) fn replace(tx: &mut Writing, recovery_key: &PublicKey) -> Result<()> {
    keys::retire(tx)?;
    let holders = members::active(tx, None)?;
    make_key(tx, &holders, recovery_key)
}

fn make_key(tx: &mut Writing, holders: &[Member], recovery_key: &PublicKey) -> Result<()> {
    let key = OpenedKey { id: ReviewKeyId::draw(tx.random()), retired: false, keys: KeyPair::draw(tx.random()) };
    keys::insert(tx, &key.id, key.keys.public())?;
    for holder in holders {
        hand_over(tx, &key, &holder.public_key, Some(&holder.id))?;
    }
    hand_over(tx, &key, recovery_key, None)?;
    tx.record(&StaffAct::ReviewKeyMade(key.id));
    Ok(())
}

/// Seals a review key's private half to `recipient`: a member's key, or the recovery key where there is no member.
pub(super) fn hand_over(
    tx: &mut Unrecorded,
    key: &OpenedKey,
    recipient: &PublicKey,
    member: Option<&MemberId>,
) -> Result<()> {
    let private_half = key.keys.private_half();
    let envelope = seal::seal(recipient, REVIEW_KEY, key.id.as_str(), private_half.as_slice(), tx.random())?;
    keys::keep_seal(tx, &key.id, &recipient.id(), member, &envelope)
}
