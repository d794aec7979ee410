//! What moderators and a contributor ask of each other about a submission: each item sealed to the review key and to the contributor.

use serde::{Serialize, de::DeserializeOwned};

use super::{
    sealed::Recipient,
    store::{exchange as store, submissions},
};
use crate::{
    Error, Result,
    db::{Reading, Unrecorded},
    ids::SubmissionId,
    seal::{self, KeyPair},
    staff::{self, ReviewKeys},
};

/// The purpose of every envelope here; its place says which item, for whom and of which submission.
const PURPOSE: &str = "exchange";

/// What is sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Item {
    /// The changes that a moderator asked for.
    Changes,
    /// The account as it was when they were asked for.
    Before,
    /// What the contributor says to that.
    Reply,
    /// What the contributor asks for after publication.
    Wish,
    /// What is answered to that.
    Answer,
}

impl Item {
    pub(super) const ALL: [Self; 5] = [Self::Changes, Self::Before, Self::Reply, Self::Wish, Self::Answer];
    /// What passes before publication.
    pub(super) const OF_CHANGES: [Self; 3] = [Self::Changes, Self::Before, Self::Reply];

    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Changes => "changes",
            Self::Before => "before",
            Self::Reply => "reply",
            Self::Wish => "wish",
            Self::Answer => "answer",
        }
    }
}

fn place(id: &SubmissionId, item: &str, recipient: Recipient) -> String {
    format!("{id} {item} {}", recipient.code())
}

/// Seals an item to the review key in use.
pub(super) fn to_review<T: Serialize>(tx: &mut Unrecorded, id: &SubmissionId, item: Item, value: &T) -> Result<()> {
    let place = place(id, item.code(), Recipient::Review);
    let envelope = staff::seal_json_to_review(tx, PURPOSE, &place, value)?;
    store::put(tx, id, item, Recipient::Review, &envelope)
}

/// Seals an item to the review key in use and to the contributor.
pub(super) fn to_both<T: Serialize>(tx: &mut Unrecorded, id: &SubmissionId, item: Item, value: &T) -> Result<()> {
    to_review(tx, id, item, value)?;
    let key = submissions::public_key(tx, id)?.ok_or(Error::NotFound)?;
    let place = place(id, item.code(), Recipient::Contributor);
    let envelope = seal::seal_json(&key, PURPOSE, &place, value, tx.random())?;
    store::put(tx, id, item, Recipient::Contributor, &envelope)
}

/// Opens an item by the review keys.
pub(super) fn by_review<T: DeserializeOwned>(
    r: &mut Reading,
    id: &SubmissionId,
    item: Item,
    keys: &ReviewKeys,
) -> Result<Option<T>> {
    let envelope = store::find(r, id, item, Recipient::Review)?;
    let place = place(id, item.code(), Recipient::Review);
    Ok(envelope.map(|sealed| keys.open_json(PURPOSE, &place, &sealed)).transpose()?)
}

/// Opens an item by the contributor's keys.
pub(super) fn by_contributor<T: DeserializeOwned>(
    r: &mut Reading,
    id: &SubmissionId,
    item: Item,
    keys: &KeyPair,
) -> Result<Option<T>> {
    let envelope = store::find(r, id, item, Recipient::Contributor)?;
    let place = place(id, item.code(), Recipient::Contributor);
    Ok(envelope.map(|sealed| seal::open_json(keys, PURPOSE, &place, &sealed)).transpose()?)
}

/// Destroys items.
pub(super) fn destroy(tx: &mut Unrecorded, id: &SubmissionId, items: &[Item]) -> Result<()> {
    store::delete(tx, id, items)
}

/// How many envelopes for moderators begin like this (see [`seal::Envelope::beginning`]).
///
/// # Errors
/// Those of the database.
pub fn count_sealed_to(r: &mut Reading, beginnings: &[String]) -> Result<usize> {
    store::count_sealed_to(r, beginnings)
}

/// Seals anew to the review key in use what is sealed to retired ones, at most `most` envelopes, and says how many that were.
///
/// # Errors
/// Those of the database.
pub fn reseal(tx: &mut Unrecorded, keys: &ReviewKeys, most: usize) -> Result<usize> {
    let mut count = 0;
    for (id, code, envelope) in store::to_reseal(tx, &keys.retired_beginnings(), most)? {
        let Some(item) = Item::ALL.into_iter().find(|item| item.code() == code) else { continue };
        let place = place(&id, &code, Recipient::Review);
        // A damaged one opens for nobody; it stays, and the count says so.
        let Ok(text) = keys.open(PURPOSE, &place, &envelope) else { continue };
        let anew = staff::seal_to_review(tx, PURPOSE, &place, &text)?;
        store::put(tx, &id, item, Recipient::Review, &anew)?;
        count += 1;
    }
    Ok(count)
}
