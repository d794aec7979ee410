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
    seal::{self, Envelope, KeyPair},
    staff::{self, Anew, ReviewKeys, Shelf},
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
    store::put(tx, id, item.code(), Recipient::Review, &envelope)
}

/// Seals an item to the review key in use and to the contributor.
pub(super) fn to_both<T: Serialize>(tx: &mut Unrecorded, id: &SubmissionId, item: Item, value: &T) -> Result<()> {
    to_review(tx, id, item, value)?;
    let key = submissions::public_key(tx, id)?.ok_or(Error::NotFound)?;
    let place = place(id, item.code(), Recipient::Contributor);
    let envelope = seal::seal_json(&key, PURPOSE, &place, value, tx.random())?;
    store::put(tx, id, item.code(), Recipient::Contributor, &envelope)
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

/// The items that moderators can open.
pub struct ExchangeItems;

impl Shelf for ExchangeItems {
    /// The submission and the code of the item.
    type Row = (SubmissionId, String);
    const PURPOSE: &'static str = PURPOSE;

    fn place((id, item): &Self::Row) -> String {
        place(id, item, Recipient::Review)
    }

    fn count(r: &mut Reading, beginning: &str) -> Result<usize> {
        store::count_sealed_to(r, beginning)
    }

    fn part(r: &mut Reading, beginning: &str, passed: usize, most: usize) -> Result<Vec<(Self::Row, Envelope)>> {
        store::sealed_to(r, beginning, passed, most)
    }

    fn replace(tx: &mut Unrecorded, (id, item): &Self::Row, old: &Envelope, anew: &Anew) -> Result<()> {
        store::replace_sealed(tx, (id, item), old, &anew.envelope)
    }
}
