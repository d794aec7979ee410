//! What a contributor and the moderators write to each other about a submission (row C10): each message is sealed to both, and beside the
//! envelopes lies its place in the thread alone (decision 0014). The thread lasts as long as the sealed original.

use serde::{Deserialize, Serialize};

use super::{
    Tools, draft,
    problems::Fault,
    reopen, review,
    sealed::{self, Recipient},
    state::{State, Submission},
    store::{messages as store, submissions},
};
use crate::{
    Error, Result,
    db::{Reading, Unrecorded},
    ids::SubmissionId,
    limits,
    seal::{self, Envelope, KeyPair, Unopened, contains_passphrase},
    secret::{Token, silent_debug},
    staff::{self, Anew, ReviewKeys, Shelf},
    text::clean,
};

/// The input in which a message is typed.
pub const INPUT: &str = "message";
/// The purpose of their envelopes; the place says of which submission, which message and for whom.
const PURPOSE: &str = "message";

/// Who wrote a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Author {
    /// Whoever holds the words.
    Contributor,
    /// One of the moderators.
    Moderator {
        /// Their alias.
        alias: String,
    },
}

/// A text that may be sent as a message.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MessageText(String);

silent_debug!(MessageText);

impl MessageText {
    /// Reads what was typed.
    ///
    /// # Errors
    /// Nothing was typed, it is longer than [`limits::TEXT`] characters, or it holds twelve words that open a submission.
    pub fn parse(typed: &str) -> Result<Self, Fault> {
        let text = clean(typed).trim().to_owned();
        match text.chars().count() {
            0 => Err(Fault::new("intake-message-empty")),
            length if length > limits::TEXT => {
                Err(Fault::new("intake-message-too-long").number("most", limits::TEXT).number("length", length))
            }
            _ if contains_passphrase(&text) => Err(Fault::new("intake-message-passphrase")),
            _ => Ok(Self(text)),
        }
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A message.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Who wrote it.
    pub from: Author,
    /// What it says.
    pub text: MessageText,
}

silent_debug!(Message);

/// Whether more can be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It can.
    Open,
    /// There are [`limits::MESSAGES`] messages.
    Full,
    /// What was sent is destroyed, and the messages with it.
    Closed,
}

/// The messages about a submission.
#[derive(Debug, Clone)]
pub struct Thread {
    /// All of them, the first first.
    pub messages: Vec<Message>,
    /// Whether more can be written.
    pub standing: Standing,
}

impl Message {
    /// Whether the contributor wrote it.
    #[must_use]
    pub fn is_contributors(&self) -> bool {
        self.from == Author::Contributor
    }
}

/// What came of writing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// It is in the thread.
    Sent,
    /// It is the last message of the thread, word for word and by the same author: a form that arrived twice, of which one message stays.
    Already,
    /// No message fits, or none can be written any more.
    Not(Standing),
}

fn place(id: &SubmissionId, position: i32, recipient: Recipient) -> String {
    format!("{id} {position} {}", recipient.code())
}

/// Writes to the moderators, and says whether that was sent. What could not be sent stays in the browser's sealed draft, word for word, and
/// [`super::own_case`] brings it back.
///
/// # Errors
/// [`Error::NotFound`] where nothing sent is open under the cookie, and those of the database.
pub fn write_message(tx: &mut Unrecorded, cookie: &Token, typed: &str, tools: &Tools<'_>) -> Result<bool> {
    // In the order of every other act: the draft, the review key, the submission.
    let mut open = draft::load_locked(tx, cookie)?.ok_or(Error::NotFound)?;
    let (submission, keys) = reopen::own_submission(tx, cookie)?.ok_or(Error::NotFound)?;
    let id = &submission.id;
    staff::lock_review_key(tx)?;
    submissions::lock(tx, id)?;
    let written = match MessageText::parse(typed) {
        Ok(text) => {
            let last = last_by_contributor(tx, id, &keys)?;
            let message = Message { from: Author::Contributor, text };
            Some(add(tx, id, last.as_ref(), &message, tools.retention_weeks)?)
        }
        Err(_) => None,
    };
    let is_sent = matches!(written, Some(Written::Sent | Written::Already));
    open.unsent = (!is_sent).then(|| typed.to_owned());
    draft::store(tx, cookie, &open, tools)?;
    Ok(is_sent)
}

/// Writes to the contributor.
///
/// # Errors
/// [`Error::NotFound`] where there is no such submission, and those of the database.
pub fn write_answer(
    tx: &mut Unrecorded,
    id: &SubmissionId,
    message: &Message,
    keys: &ReviewKeys,
    retention_weeks: u32,
) -> Result<Written> {
    staff::lock_review_key(tx)?;
    submissions::lock(tx, id)?;
    review::find(tx, id)?;
    let last = last_by_review(tx, id, keys)?;
    add(tx, id, last.as_ref(), message, retention_weeks)
}

/// Adds a message behind the last one, which was read after the submission was locked. The time of retention starts again, unless it counts from
/// the day of publication.
fn add(
    tx: &mut Unrecorded,
    id: &SubmissionId,
    last: Option<&Message>,
    message: &Message,
    retention_weeks: u32,
) -> Result<Written> {
    if last == Some(message) {
        return Ok(Written::Already);
    }
    let count = store::count(tx, id)?;
    match standing(tx, id, count)? {
        Standing::Open => {}
        ended => return Ok(Written::Not(ended)),
    }
    let position = store::last(tx, id)?.map_or(0, |last| last + 1);
    let contributor = submissions::public_key(tx, id)?.ok_or(Error::NotFound)?;
    let envelope = staff::seal_json_to_review(tx, PURPOSE, &place(id, position, Recipient::Review), message)?;
    store::put(tx, id, position, Recipient::Review, &envelope)?;
    let to_contributor = place(id, position, Recipient::Contributor);
    let envelope = seal::seal_json(&contributor, PURPOSE, &to_contributor, message, tx.random())?;
    store::put(tx, id, position, Recipient::Contributor, &envelope)?;
    if !matches!(review::find(tx, id)?.state, State::Accepted | State::Published) {
        review::renew(tx, id, retention_weeks)?;
    }
    Ok(Written::Sent)
}

fn standing(r: &mut Reading, id: &SubmissionId, count: usize) -> Result<Standing> {
    Ok(match count {
        _ if !sealed::has_original(r, id)? => Standing::Closed,
        limits::MESSAGES.. => Standing::Full,
        _ => Standing::Open,
    })
}

/// The thread as the contributor reads it.
pub(super) fn by_contributor(r: &mut Reading, id: &SubmissionId, keys: &KeyPair) -> Result<Thread> {
    thread(r, id, Recipient::Contributor, |place, envelope| seal::open_json(keys, PURPOSE, place, envelope))
}

/// The thread as moderators read it.
///
/// # Errors
/// [`Error::NotFound`] where there is no such submission, and those of the database.
pub fn by_review(r: &mut Reading, id: &SubmissionId, keys: &ReviewKeys) -> Result<Thread> {
    review::find(r, id)?;
    thread(r, id, Recipient::Review, |place, envelope| keys.open_json(PURPOSE, place, envelope))
}

fn thread(
    r: &mut Reading,
    id: &SubmissionId,
    recipient: Recipient,
    open: impl Fn(&str, &Envelope) -> Result<Message, Unopened>,
) -> Result<Thread> {
    let mut messages = Vec::new();
    for (position, envelope) in store::of_submission(r, id, recipient)? {
        messages.push(open(&place(id, position, recipient), &envelope)?);
    }
    let standing = standing(r, id, messages.len())?;
    Ok(Thread { messages, standing })
}

/// The submissions about which somebody wrote: the oldest week first.
///
/// # Errors
/// Those of the database.
pub fn written_about(r: &mut Reading) -> Result<Vec<Submission>> {
    submissions::with_messages(r)
}

/// Whether the last message about a submission is the contributor's; of a thread only that is opened.
///
/// # Errors
/// Those of the database.
pub fn is_unanswered(r: &mut Reading, id: &SubmissionId, keys: &ReviewKeys) -> Result<bool> {
    Ok(last_by_review(r, id, keys)?.is_some_and(|last| last.is_contributors()))
}

fn last_by_review(r: &mut Reading, id: &SubmissionId, keys: &ReviewKeys) -> Result<Option<Message>> {
    let Some(position) = store::last(r, id)? else { return Ok(None) };
    opened(r, id, position, keys)
}

fn last_by_contributor(r: &mut Reading, id: &SubmissionId, keys: &KeyPair) -> Result<Option<Message>> {
    let Some(position) = store::last(r, id)? else { return Ok(None) };
    let envelope = store::find(r, id, position, Recipient::Contributor)?;
    let place = place(id, position, Recipient::Contributor);
    Ok(envelope.map(|envelope| seal::open_json(keys, PURPOSE, &place, &envelope)).transpose()?)
}

/// A message for reviewers; none where there is none, or where it is damaged: one must not hide the others, and the submission's own page says
/// that it cannot be opened.
fn opened(r: &mut Reading, id: &SubmissionId, position: i32, keys: &ReviewKeys) -> Result<Option<Message>> {
    let envelope = store::find(r, id, position, Recipient::Review)?;
    let place = place(id, position, Recipient::Review);
    Ok(envelope.and_then(|envelope| keys.open_json(PURPOSE, &place, &envelope).ok()))
}

/// Destroys what moderators wrote about a submission, in which words may stand that are erased elsewhere; what its author wrote
/// stays. One that opens no more may be a moderator's and goes.
///
/// # Errors
/// Those of the database.
pub fn forget_answers(tx: &mut Unrecorded, id: &SubmissionId, keys: &ReviewKeys) -> Result<()> {
    for (position, _) in store::of_submission(tx, id, Recipient::Review)? {
        let message = opened(tx, id, position, keys)?;
        if !message.is_some_and(|message| message.is_contributors()) {
            store::delete_one(tx, id, position)?;
        }
    }
    Ok(())
}

/// The messages that moderators can open.
pub struct Messages;

impl Shelf for Messages {
    /// The submission and the place in its thread.
    type Row = (SubmissionId, i32);
    const PURPOSE: &'static str = PURPOSE;

    fn place((id, position): &Self::Row) -> String {
        place(id, *position, Recipient::Review)
    }

    fn count(r: &mut Reading, beginning: &str) -> Result<usize> {
        store::count_sealed_to(r, beginning)
    }

    fn part(r: &mut Reading, beginning: &str, passed: usize, most: usize) -> Result<Vec<(Self::Row, Envelope)>> {
        store::sealed_to(r, beginning, passed, most)
    }

    fn replace(tx: &mut Unrecorded, (id, position): &Self::Row, old: &Envelope, anew: &Anew) -> Result<()> {
        store::replace_sealed(tx, (id, *position), old, &anew.envelope)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_refused_empty_too_long_or_with_twelve_words() {
        let fault = |typed: &str| MessageText::parse(typed).unwrap_err().key;
        assert_eq!(fault(" \n "), "intake-message-empty");
        assert_eq!(fault(&"a".repeat(limits::TEXT + 1)), "intake-message-too-long");
        let words = "legal winner thank year wave sausage worth useful legal winner thank yellow";
        assert_eq!(fault(&format!("Here: {words}.")), "intake-message-passphrase");
        assert_eq!(MessageText::parse(&"ü".repeat(limits::TEXT)).unwrap().as_str().chars().count(), limits::TEXT);
        assert_eq!(MessageText::parse(" May it be quoted? ").unwrap().as_str(), "May it be quoted?");
    }
}
