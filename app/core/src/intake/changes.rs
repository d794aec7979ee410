//! Changes that moderators ask for by field (row C9): the same form opens again, filled in, with each note beside its field.
//!
//! The moderators' side of it is here as far as rows are concerned; who may ask is the business of moderation. While changes are asked for, the
//! form lies under the words as a kept one does, and each save of it starts the time of retention again.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{
    Account, Sent, Tools,
    draft::{self, Draft},
    exchange::{self, Item},
    guard, names, reopen, review,
    sealed::{self, Part},
    send,
    state::{State, Submission},
    store::{
        drafts, exchange as store,
        submissions::{self, Revised},
    },
    words::Words,
};
use crate::{
    Error, Result,
    db::{Reading, Unrecorded},
    ids::SubmissionId,
    seal::KeyPair,
    secret::{Token, silent_debug},
    staff::{self, ReviewKeys},
};

/// What a moderator asks to be changed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// Tells it from one that is made later of the same submission.
    pub(super) round: String,
    /// What is asked of single answers.
    pub notes: Vec<FieldNote>,
    /// What is asked of the whole; may be empty.
    pub general: String,
}

/// What is asked of one answer, or of one part.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldNote {
    /// Name of the input, such as `timeline.1.date`, or of the part; empty where the contributor took the part out.
    pub input: String,
    /// What is asked.
    pub text: String,
}

silent_debug!(Request);
silent_debug!(FieldNote);

impl Request {
    /// The notes on an input and on what is said beside it.
    pub fn on<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let beside = move |input: &str| input.strip_prefix(name).is_some_and(|rest| rest.starts_with('.'));
        self.notes.iter().filter(move |note| note.input == name || beside(&note.input)).map(|note| note.text.as_str())
    }

    /// The notes on a part as a whole.
    pub fn on_part<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let whole = move |input: &str| matches!(input.strip_prefix(name), Some("" | ".sources"));
        self.notes.iter().filter(move |note| whole(&note.input)).map(|note| note.text.as_str())
    }

    /// The same without its words, as a draft remembers it: they lie in one place alone, so that they are gone everywhere once they are
    /// taken back or erased there.
    pub(super) fn without_words(&self) -> Self {
        let notes = self.notes.iter().map(|note| FieldNote { input: note.input.clone(), text: String::new() });
        Self { round: self.round.clone(), notes: notes.collect(), general: String::new() }
    }

    /// Brings the words back. Where something else is asked by now, or nothing, none are left.
    pub(super) fn take_words(&mut self, stored: Option<Self>) {
        match stored.filter(|stored| stored.round == self.round) {
            Some(stored) => {
                self.general = stored.general;
                for (note, stored) in self.notes.iter_mut().zip(stored.notes) {
                    note.text = stored.text;
                }
            }
            None => (self.notes, self.general) = (Vec::new(), String::new()),
        }
    }

    /// Lets the notes follow parts that move up when the one before them is taken out.
    pub(super) fn part_removed(&mut self, name: &str) {
        let Some((path, number)) = name.rsplit_once('.') else { return };
        let Ok(number) = number.parse::<usize>() else { return };
        for note in &mut self.notes {
            match names::number_under(&note.input, path) {
                Some(gone) if gone == number => note.input.clear(),
                Some(later) if later > number => note.input = names::renumbered(&note.input, path, later - 1),
                _ => {}
            }
        }
    }
}

/// What a contributor adds in words to their answer.
#[derive(Serialize, Deserialize)]
struct Reply {
    text: String,
}

/// What was asked and answered, as moderators see it.
pub struct Exchange {
    /// What was asked.
    pub request: Request,
    /// The account as it was then.
    pub before: Account,
    /// What the contributor adds in words; may be empty.
    pub reply: String,
}

silent_debug!(Exchange);

/// Asks for changes: the contributor finds the notes under the words. The time of retention starts again.
///
/// # Errors
/// [`Error::Conflict`] if it is not under review any more.
pub fn ask(
    tx: &mut Unrecorded,
    id: &SubmissionId,
    notes: Vec<FieldNote>,
    general: String,
    before: &Account,
    retention_weeks: u32,
) -> Result<()> {
    review::set_state(tx, id, &[State::InReview], State::ChangesRequested, retention_weeks)?;
    let request = Request { round: Token::draw(tx.random()).text().reveal().to_owned(), notes, general };
    exchange::destroy(tx, id, &[Item::Reply])?;
    exchange::to_both(tx, id, Item::Changes, &request)?;
    exchange::to_review(tx, id, Item::Before, before)
}

/// Takes the request back; it goes on under review as it was.
///
/// # Errors
/// [`Error::Conflict`] if it was answered or taken back meanwhile.
pub fn take_back(tx: &mut Unrecorded, id: &SubmissionId, retention_weeks: u32) -> Result<()> {
    review::set_state(tx, id, &[State::ChangesRequested], State::InReview, retention_weeks)?;
    exchange::destroy(tx, id, &Item::OF_CHANGES)
}

/// What was asked last of a submission, and what was answered.
///
/// # Errors
/// Those of the database.
pub fn exchanged(r: &mut Reading, id: &SubmissionId, keys: &ReviewKeys) -> Result<Option<Exchange>> {
    let request = exchange::by_review(r, id, Item::Changes, keys)?;
    let before = exchange::by_review(r, id, Item::Before, keys)?;
    let reply: Option<Reply> = exchange::by_review(r, id, Item::Reply, keys)?;
    let reply = reply.map(|reply| reply.text).unwrap_or_default();
    Ok(request.zip(before).map(|(request, before)| Exchange { request, before, reply }))
}

/// What was asked last and what its contributor said to it, opened with their keys; nothing before there is an answer.
pub(super) fn answered(r: &mut Reading, id: &SubmissionId, keys: &KeyPair) -> Result<Option<(Request, String)>> {
    let request = exchange::by_contributor(r, id, Item::Changes, keys)?;
    let reply: Option<Reply> = exchange::by_contributor(r, id, Item::Reply, keys)?;
    Ok(request.zip(reply).map(|(request, reply)| (request, reply.text)))
}

/// The submissions of which changes were asked for, answered or not.
///
/// # Errors
/// Those of the database.
pub fn asked(r: &mut Reading) -> Result<BTreeSet<SubmissionId>> {
    store::having(r, Item::Changes)
}

/// Opens the form of what was sent, filled in, with the notes; one that was begun before is opened as it was left.
///
/// # Errors
/// [`Error::NotFound`] where there is nothing; [`Error::Conflict`] where no changes are asked for any more.
pub fn begin_answer(tx: &mut Unrecorded, cookie: &Token, tools: &Tools<'_>) -> Result<()> {
    let mut open = draft::load_locked(tx, cookie)?.ok_or(Error::NotFound)?;
    let (submission, keys) = reopen::own_submission(tx, cookie)?.ok_or(Error::NotFound)?;
    if submission.state != State::ChangesRequested {
        return Err(Error::Conflict("intake-moved-on"));
    }
    let request: Request =
        exchange::by_contributor(tx, &submission.id, Item::Changes, &keys)?.ok_or(Error::NotFound)?;
    // What was sent from another browser meanwhile is where one goes on from.
    if !open.is_answering() || submissions::is_sent(tx, &open.form_hash()?)? {
        let Some(Words::Confirmed(holder)) = &open.words else { return Err(Error::NotFound) };
        let kept = match draft::load_kept(tx, holder)? {
            Some(kept) if !submissions::is_sent(tx, &draft::form_hash(&kept.form)?)? => Some(kept),
            _ => None,
        };
        match kept {
            Some(kept) => open.take_up(kept),
            None => {
                let account: Option<Account> = sealed::by_contributor(tx, &submission.id, Part::Original, &keys)?;
                open.begin_anew(account.ok_or(Error::NotFound)?.answers, tx.random());
            }
        }
    }
    open.is_asked(request);
    draft::store(tx, cookie, &open, tools)
}

/// Sends the answer: what was sent before is replaced under the same words, and it is with the moderators again.
pub(super) fn send_answer(tx: &mut Unrecorded, cookie: &Token, mut open: Draft, tools: &Tools<'_>) -> Result<Sent> {
    staff::lock_review_key(tx)?;
    let Some(submission) = awaiting(tx, &open)? else {
        return if arrived(tx, &open)? { settle(tx, cookie, open, tools) } else { Ok(Sent::MovedOn) };
    };
    let composed = match send::compose(tx, tools, &open.answers, None)? {
        Ok(composed) => composed,
        Err(problems) => {
            open.checked = true;
            draft::store(tx, cookie, &open, tools)?;
            return Ok(Sent::Problems(problems));
        }
    };
    let revised = Revised {
        kind: send::kind(&open.answers),
        completeness: send::completeness(&composed.document, tools),
        form_hash: open.form_hash()?,
    };
    if !submissions::replace(tx, &submission.id, &revised)? {
        return Ok(Sent::MovedOn);
    }
    let account = Account::of(&open.answers, composed);
    guard::note_again(tx, tools, &submission.id, account.answers.first("narrative"))?;
    sealed::to_review(tx, &submission.id, Part::Original, &account)?;
    sealed::to_contributor(tx, &submission.id, Part::Original, &account)?;
    exchange::to_both(tx, &submission.id, Item::Reply, &Reply { text: open.reply.clone() })?;
    review::renew(tx, &submission.id, tools.retention_weeks)?;
    settle(tx, cookie, open, tools)
}

/// The answer was sent: what lay under the words is needed no more.
fn settle(tx: &mut Unrecorded, cookie: &Token, mut open: Draft, tools: &Tools<'_>) -> Result<Sent> {
    let lookup = open.words.as_ref().ok_or(Error::NotFound)?.lookup(tools.keys);
    drafts::delete_kept(tx, lookup.as_str())?;
    open.close();
    draft::store(tx, cookie, &open, tools)?;
    Ok(Sent::Answered)
}

/// Whether this very form was sent already, as when a button is pressed twice. Of what another browser sent otherwise, it is no copy.
fn arrived(r: &mut Reading, open: &Draft) -> Result<bool> {
    let Some(Words::Confirmed(holder)) = &open.words else { return Ok(false) };
    let Some(submission) = submissions::of_words(r, &holder.lookup())? else { return Ok(false) };
    if submission.state == State::ChangesRequested || !submissions::is_sent(r, &open.form_hash()?)? {
        return Ok(false);
    }
    let sent: Option<Account> = sealed::by_contributor(r, &submission.id, Part::Original, &holder.key_pair()?)?;
    Ok(sent.is_some_and(|sent| sent.answers == open.answers))
}

/// The submission, if it still waits for the answer to what this form was opened for.
fn awaiting(r: &mut Reading, open: &Draft) -> Result<Option<Submission>> {
    let (Some(words), Some(asked)) = (&open.words, &open.asked) else { return Ok(None) };
    let now = asked_now(r, words)?;
    Ok(now.filter(|(_, request)| request.round == asked.round).map(|(submission, _)| submission))
}

/// Whether this form can be sent: it is opened for what is asked at present, and another browser has not sent it.
pub(super) fn is_current(r: &mut Reading, open: &Draft) -> Result<bool> {
    Ok(awaiting(r, open)?.is_some() && !submissions::is_sent(r, &open.form_hash()?)?)
}

/// What these words lead to, and what is asked of it at present.
pub(super) fn asked_now(r: &mut Reading, words: &Words) -> Result<Option<(Submission, Request)>> {
    let Words::Confirmed(holder) = words else { return Ok(None) };
    let submission = submissions::of_words(r, &holder.lookup())?;
    let Some(submission) = submission.filter(|it| it.state == State::ChangesRequested) else { return Ok(None) };
    let request = exchange::by_contributor(r, &submission.id, Item::Changes, &holder.key_pair()?)?;
    Ok(request.map(|request| (submission, request)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(inputs: &[&str]) -> Request {
        let note = |input: &&str| FieldNote { input: (*input).to_owned(), text: format!("of {input}") };
        Request { round: String::new(), notes: inputs.iter().map(note).collect(), general: String::new() }
    }

    #[test]
    fn notes_stand_beside_what_they_are_about() {
        let asked = request(&["domain.status", "timeline.1.sources", "timeline.1.date", "timeline.10"]);
        assert_eq!(asked.on("domain").collect::<Vec<_>>(), ["of domain.status"]);
        assert_eq!(asked.on_part("timeline.1").collect::<Vec<_>>(), ["of timeline.1.sources"]);
        assert_eq!(asked.on("timeline.1.date").count(), 1);
        assert_eq!(asked.on_part("timeline.10").count(), 1);
    }

    #[test]
    fn notes_follow_parts_that_move_up() {
        let mut asked = request(&["timeline.1.date", "timeline.2", "timeline.3.text", "narrative"]);
        asked.part_removed("timeline.2");
        let inputs: Vec<&str> = asked.notes.iter().map(|note| note.input.as_str()).collect();
        assert_eq!(inputs, ["timeline.1.date", "", "timeline.2.text", "narrative"]);
    }
}
