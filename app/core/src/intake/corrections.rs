//! Asking for correction or removal of what is published (row C12), with the same words, however long ago it was.
//!
//! The words of request and answer are sealed to the moderators and to the contributor; beside them lies that there is a request, its kind and its
//! week. One request of an account is open at a time. An unanswered one stays until it is answered, or is made anew once its words were erased
//! with those of the case; its answer, as long as an unpublished account does. Who may answer is the business of moderation.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{
    Tools, draft,
    exchange::{self, Item},
    reopen,
    state::{State, kept_until},
    store::corrections as store,
};
use crate::{
    Error, Result,
    clock::{Day, Week},
    codebook::Code,
    db::{Reading, Unrecorded},
    ids::SubmissionId,
    limits,
    seal::{KeyPair, contains_passphrase},
    secret::{Token, silent_debug},
    staff::ReviewKeys,
    text::clean,
};

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// That something be put right.
    Correction,
    /// That it be taken out of sight.
    Removal,
}

impl Kind {
    /// The code in the database and of the queue.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Correction => "correction",
            Self::Removal => "removal",
        }
    }
}

/// A text that is no kind of request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a kind of request")]
pub struct UnknownKind;

impl FromStr for Kind {
    type Err = UnknownKind;

    fn from_str(code: &str) -> Result<Self, UnknownKind> {
        [Self::Correction, Self::Removal].into_iter().find(|kind| kind.code() == code).ok_or(UnknownKind)
    }
}

/// A request, without what is sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// The published submission.
    pub submission: SubmissionId,
    /// What is asked for.
    pub kind: Kind,
    /// The week in which it was asked for.
    pub week: Week,
    /// Whether moderators have answered.
    pub answered: bool,
}

/// What was asked and answered, opened. The texts are gone once words of the case were erased.
pub struct OpenedCorrection {
    /// The request.
    pub request: Correction,
    /// Tells it from one that is made later in its place; empty where the text is gone.
    pub round: String,
    /// What is asked, in words.
    pub text: Option<String>,
    /// What moderators answered.
    pub answer: Option<Answer>,
}

impl OpenedCorrection {
    /// Whether it stands in the way of another one: it waits for an answer, and there are words to be answered.
    #[must_use]
    pub fn is_open(&self) -> bool {
        !self.request.answered && self.text.is_some()
    }

    fn of(request: Correction, wish: Option<Wish>, answer: Option<Answer>) -> Self {
        let (round, text) = wish.map(|wish| (wish.round, wish.text)).unzip();
        Self { request, round: round.unwrap_or_default(), text, answer }
    }
}

silent_debug!(OpenedCorrection);

/// What moderators answer.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// Code of `correction_outcome`.
    pub outcome: Code,
    /// What they say to it.
    pub text: String,
    /// The day of the answer; sealed with it.
    pub day: Day,
}

silent_debug!(Answer);

#[derive(Serialize, Deserialize)]
struct Wish {
    /// Tells it from a later one. Those that were sealed before there were rounds have none.
    #[serde(default)]
    round: String,
    text: String,
}

/// What came of asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// It is with the moderators, now or by an earlier copy of the same form.
    Received,
    /// Another request is open; what was typed is kept.
    OneIsOpen,
    /// Nothing was typed.
    Empty,
    /// It is longer than a text may be; it is kept.
    TooLong,
    /// It holds twelve words; it is kept.
    HoldsWords,
}

/// Asks for correction or removal of what is published under the words. What cannot be taken is kept as it was typed.
///
/// # Errors
/// [`Error::NotFound`] where there is nothing; [`Error::Conflict`] where it is not published.
pub fn ask(tx: &mut Unrecorded, cookie: &Token, kind: Kind, typed: &str, tools: &Tools<'_>) -> Result<Asked> {
    let mut open = draft::load_locked(tx, cookie)?.ok_or(Error::NotFound)?;
    let (submission, keys) = reopen::own_submission(tx, cookie)?.ok_or(Error::NotFound)?;
    if submission.state != State::Published {
        return Err(Error::Conflict("intake-moved-on"));
    }
    let id = &submission.id;
    let text = clean(typed).trim().to_owned();
    let open_request = opened(tx, id, &keys)?.filter(OpenedCorrection::is_open);
    let is_copy = |known: &OpenedCorrection| known.request.kind == kind && known.text.as_ref() == Some(&text);
    let asked = match text.chars().count() {
        0 => Asked::Empty,
        length if length > limits::TEXT => Asked::TooLong,
        _ if contains_passphrase(&text) => Asked::HoldsWords,
        _ if open_request.as_ref().is_some_and(is_copy) => Asked::Received,
        _ if open_request.is_some() => Asked::OneIsOpen,
        _ => {
            let week = Week::of(tx.today());
            let round = Token::draw(tx.random()).text().reveal().to_owned();
            store::delete(tx, id)?;
            exchange::destroy(tx, id, &[Item::Answer])?;
            store::insert(tx, &Correction { submission: id.clone(), kind, week, answered: false })?;
            exchange::to_both(tx, id, Item::Wish, &Wish { round, text: text.clone() })?;
            Asked::Received
        }
    };
    open.reply = if asked == Asked::Received { String::new() } else { text };
    draft::store(tx, cookie, &open, tools)?;
    Ok(asked)
}

/// A request and its answer, opened with the contributor's keys.
pub(super) fn opened(r: &mut Reading, id: &SubmissionId, keys: &KeyPair) -> Result<Option<OpenedCorrection>> {
    let Some(request) = store::find(r, id)? else { return Ok(None) };
    let wish = exchange::by_contributor(r, id, Item::Wish, keys)?;
    let answer = exchange::by_contributor(r, id, Item::Answer, keys)?;
    Ok(Some(OpenedCorrection::of(request, wish, answer)))
}

/// A request and its answer, opened with the review keys.
///
/// # Errors
/// [`Error::NotFound`] where there is none.
pub fn open(r: &mut Reading, id: &SubmissionId, keys: &ReviewKeys) -> Result<OpenedCorrection> {
    let request = store::find(r, id)?.ok_or(Error::NotFound)?;
    let wish = exchange::by_review(r, id, Item::Wish, keys)?;
    let answer = exchange::by_review(r, id, Item::Answer, keys)?;
    Ok(OpenedCorrection::of(request, wish, answer))
}

/// Those that wait for an answer: the oldest week first, within a week in the order of their random ids.
///
/// # Errors
/// Those of the database.
pub fn unanswered(r: &mut Reading) -> Result<Vec<Correction>> {
    store::unanswered(r)
}

/// Answers the request of this round; the contributor finds it under the words.
///
/// # Errors
/// [`Error::Conflict`] if somebody else was faster, or if it is not the one that was read: another was made since, or its text was destroyed.
pub fn answer(
    tx: &mut Unrecorded,
    id: &SubmissionId,
    round: &str,
    answer: &Answer,
    keys: &ReviewKeys,
    retention_weeks: u32,
) -> Result<()> {
    let expires = kept_until(Week::of(tx.today()), retention_weeks);
    if !store::answer(tx, id, expires)? {
        return Err(Error::Conflict("correction-answered"));
    }
    // Only now: the row is locked, so that no other request takes its place before the commit.
    if open(tx, id, keys)?.round != round {
        return Err(Error::Conflict("correction-not-the-same"));
    }
    exchange::to_both(tx, id, Item::Answer, answer)
}

/// Removes requests whose answer was kept for its time, and says how many. Where its contributor asked anew since it was read, nothing is
/// destroyed.
pub(super) fn remove_expired(tx: &mut Unrecorded) -> Result<usize> {
    let mut count = 0;
    for id in store::expired(tx)? {
        if store::expire(tx, &id)? {
            exchange::destroy(tx, &id, &[Item::Wish, Item::Answer])?;
            count += 1;
        }
    }
    Ok(count)
}
