//! The parts of a submission, each sealed to one recipient at a time, so that an envelope opens nowhere but where it belongs.

use serde::{Serialize, de::DeserializeOwned};

use super::store::submissions;
use crate::{
    Error, Result,
    db::{Reading, Unrecorded},
    ids::SubmissionId,
    seal::{self, Envelope, KeyPair, PublicKey},
    staff::{self, Anew, ReviewKeys, Shelf},
};

/// The purpose of every envelope of a submission; its place says which part, for whom and of which submission.
const PURPOSE: &str = "submission";

/// A part of a submission.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// What was sent.
    Original,
    /// The moderators' draft of the case.
    Work,
    /// The accepted text that waits for its day.
    Waiting,
    /// Why it was declined.
    Reason,
    /// What moderators note for each other.
    Notes,
    /// What was looked at before it was accepted.
    Checklist,
}

impl Part {
    pub(super) const ALL: [Self; 6] =
        [Self::Original, Self::Work, Self::Waiting, Self::Reason, Self::Notes, Self::Checklist];
    /// What goes when the original of a published one does: all but the checklist, which holds codes alone.
    pub(super) const OF_THE_ACCOUNT: [Self; 5] = [Self::Original, Self::Work, Self::Waiting, Self::Reason, Self::Notes];

    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Original => "original",
            Self::Work => "work",
            Self::Waiting => "waiting",
            Self::Reason => "reason",
            Self::Notes => "notes",
            Self::Checklist => "checklist",
        }
    }
}

/// Who can open an envelope.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Recipient {
    Review,
    Contributor,
    Instance,
}

impl Recipient {
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Review => "review",
            Self::Contributor => "contributor",
            Self::Instance => "instance",
        }
    }
}

fn place(id: &SubmissionId, part: &str, recipient: Recipient) -> String {
    format!("{id} {part} {}", recipient.code())
}

/// Seals a part to the review key in use.
pub(super) fn to_review<T: Serialize>(tx: &mut Unrecorded, id: &SubmissionId, part: Part, value: &T) -> Result<()> {
    let envelope = staff::seal_json_to_review(tx, PURPOSE, &place(id, part.code(), Recipient::Review), value)?;
    submissions::put_envelope(tx, id, part.code(), Recipient::Review, &envelope)
}

/// Seals a part to the contributor.
pub(super) fn to_contributor<T: Serialize>(
    tx: &mut Unrecorded,
    id: &SubmissionId,
    part: Part,
    value: &T,
) -> Result<()> {
    let key = submissions::public_key(tx, id)?.ok_or(Error::NotFound)?;
    let envelope = to(tx, &key, &place(id, part.code(), Recipient::Contributor), value)?;
    submissions::put_envelope(tx, id, part.code(), Recipient::Contributor, &envelope)
}

/// Seals a part to the instance itself.
pub(super) fn to_instance<T: Serialize>(
    tx: &mut Unrecorded,
    id: &SubmissionId,
    part: Part,
    value: &T,
    keys: &KeyPair,
) -> Result<()> {
    let envelope = to(tx, keys.public(), &place(id, part.code(), Recipient::Instance), value)?;
    submissions::put_envelope(tx, id, part.code(), Recipient::Instance, &envelope)
}

fn to<T: Serialize>(tx: &mut Unrecorded, key: &PublicKey, place: &str, value: &T) -> Result<Envelope> {
    seal::seal_json(key, PURPOSE, place, value, tx.random())
}

/// Opens a part by the review keys.
pub(super) fn by_review<T: DeserializeOwned>(
    r: &mut Reading,
    id: &SubmissionId,
    part: Part,
    keys: &ReviewKeys,
) -> Result<Option<T>> {
    let envelope = submissions::envelope(r, id, part, Recipient::Review)?;
    let opened = envelope.map(|sealed| keys.open_json(PURPOSE, &place(id, part.code(), Recipient::Review), &sealed));
    Ok(opened.transpose()?)
}

/// Opens a part by the contributor's keys.
pub(super) fn by_contributor<T: DeserializeOwned>(
    r: &mut Reading,
    id: &SubmissionId,
    part: Part,
    keys: &KeyPair,
) -> Result<Option<T>> {
    open(r, id, part, Recipient::Contributor, keys)
}

/// Opens a part by the instance's keys.
pub(super) fn by_instance<T: DeserializeOwned>(
    r: &mut Reading,
    id: &SubmissionId,
    part: Part,
    keys: &KeyPair,
) -> Result<Option<T>> {
    open(r, id, part, Recipient::Instance, keys)
}

fn open<T: DeserializeOwned>(
    r: &mut Reading,
    id: &SubmissionId,
    part: Part,
    recipient: Recipient,
    keys: &KeyPair,
) -> Result<Option<T>> {
    let envelope = submissions::envelope(r, id, part, recipient)?;
    let opened = envelope.map(|sealed| seal::open_json(keys, PURPOSE, &place(id, part.code(), recipient), &sealed));
    Ok(opened.transpose()?)
}

/// Whether what was sent is still there, or was destroyed.
pub(super) fn has_original(r: &mut Reading, id: &SubmissionId) -> Result<bool> {
    Ok(submissions::envelope(r, id, Part::Original, Recipient::Review)?.is_some())
}

/// The parts that moderators can open.
pub struct SubmissionParts;

impl Shelf for SubmissionParts {
    /// The submission and the code of the part.
    type Row = (SubmissionId, String);
    const PURPOSE: &'static str = PURPOSE;

    fn place((id, part): &Self::Row) -> String {
        place(id, part, Recipient::Review)
    }

    fn count(r: &mut Reading, beginning: &str) -> Result<usize> {
        submissions::count_sealed_to(r, beginning)
    }

    fn part(r: &mut Reading, beginning: &str, passed: usize, most: usize) -> Result<Vec<(Self::Row, Envelope)>> {
        submissions::sealed_to(r, beginning, passed, most)
    }

    fn replace(tx: &mut Unrecorded, (id, part): &Self::Row, old: &Envelope, anew: &Anew) -> Result<()> {
        submissions::replace_sealed(tx, (id, part), old, &anew.envelope)
    }
}
