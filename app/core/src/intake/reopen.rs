//! Coming back with the words: to a form that was kept, or to what was sent (rows C3, C7, C8, C9 and C11).

use super::{
    Answers, Tools,
    changes::{self, Request},
    corrections::{self, OpenedCorrection},
    draft::{self, Draft},
    exchange::{self, Item},
    messages::{self, Thread},
    review::{self, Reason},
    sealed::{self, Part},
    send::Account,
    state::{State, Submission},
    store::{drafts, submissions},
    words::{Holder, Words},
};
use crate::{
    Error, Result,
    cases::document::Document,
    db::{Reading, Unrecorded},
    seal::{KeyPair, Passphrase},
    secret::{Token, silent_debug},
};

/// What the words led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    /// A form that was kept.
    Form,
    /// Something that was sent.
    Submission,
}

/// Opens what the words lead to under a new cookie; nothing where there is nothing, whether they were never drawn or it was withdrawn.
/// Whoever types all twelve has confirmed them.
///
/// # Errors
/// Those of the database.
pub fn enter(tx: &mut Unrecorded, words: &Passphrase, tools: &Tools<'_>) -> Result<Option<(Token, Door)>> {
    let holder = Holder::of(words, tools.keys);
    let lookup = holder.lookup();
    let is_sent = submissions::of_words(tx, &lookup)?.is_some();
    // What another browser kept of a form that was sent meanwhile does not stand before what was sent.
    let kept = if is_sent { None } else { draft::load_kept(tx, &holder)? };
    let door = match &kept {
        Some(_) => Door::Form,
        None if is_sent => Door::Submission,
        None => return Ok(None),
    };
    submissions::confirm(tx, &lookup)?;
    let cookie = Token::draw(tx.random());
    let open = Draft::opened_by_words(holder, kept, tx.random());
    draft::store(tx, &cookie, &open, tools)?;
    Ok(Some((cookie, door)))
}

/// A submission as its contributor sees it.
pub struct OwnCase {
    /// Where it stands.
    pub submission: Submission,
    /// What was sent; gone 30 days after publication.
    pub account: Option<Account>,
    /// The text that was accepted and waits for its day.
    pub waiting: Option<Document>,
    /// Why it was declined.
    pub reason: Option<Reason>,
    /// What was written about it, by either side.
    pub thread: Thread,
    /// A message that could not be sent, word for word; see [`messages::MessageText::parse`] for why.
    pub unsent: Option<String>,
    /// What moderators ask to be changed in it.
    pub request: Option<Request>,
    /// What moderators had asked to be changed before, and what was said to it.
    pub answered: Option<(Request, String)>,
    /// What they asked for after publication.
    pub correction: Option<OpenedCorrection>,
    /// What they typed to ask for it, and could not be taken.
    pub typed: String,
    /// What they changed when changes were asked for and did not send while they were.
    pub left: Option<Left>,
}

silent_debug!(OwnCase);

/// An answer to moderators who went on without it.
pub struct Left {
    /// The answers of the form.
    pub answers: Answers,
    /// What was to be said to it.
    pub reply: String,
}

silent_debug!(Left);

/// What the bearer of a cookie sent; nothing where they sent nothing, have not confirmed the words, or withdrew it.
///
/// # Errors
/// Those of the database.
pub fn own_case(r: &mut Reading, cookie: &Token) -> Result<Option<OwnCase>> {
    let Some((submission, keys)) = own_submission(r, cookie)? else { return Ok(None) };
    let id = &submission.id;
    let open = draft::load(r, cookie)?.ok_or(Error::NotFound)?;
    Ok(Some(OwnCase {
        thread: messages::by_contributor(r, id, &keys)?,
        unsent: open.unsent.clone(),
        account: sealed::by_contributor(r, id, Part::Original, &keys)?,
        waiting: sealed::by_contributor(r, id, Part::Waiting, &keys)?,
        reason: sealed::by_contributor(r, id, Part::Reason, &keys)?,
        request: match submission.state {
            State::ChangesRequested => exchange::by_contributor(r, id, Item::Changes, &keys)?,
            _ => None,
        },
        answered: match submission.state {
            State::ChangesRequested => None,
            _ => changes::answered(r, id, &keys)?,
        },
        correction: corrections::opened(r, id, &keys)?,
        left: left(r, &open, submission.state)?,
        typed: if open.is_sent() { open.reply } else { String::new() },
        submission,
    }))
}

/// What this browser or, under the words, another one had changed, where that is not asked for any more.
fn left(r: &mut Reading, open: &Draft, state: State) -> Result<Option<Left>> {
    if open.is_answering() {
        let left = Left { answers: open.answers.clone(), reply: open.reply.clone() };
        return Ok((!changes::is_current(r, open)?).then_some(left));
    }
    let Some(Words::Confirmed(holder)) = open.words.as_ref().filter(|_| state != State::ChangesRequested) else {
        return Ok(None);
    };
    let kept = draft::load_kept(r, holder)?.filter(|kept| kept.asked.is_some());
    Ok(kept.map(|kept| Left { answers: kept.answers, reply: kept.reply }))
}

pub(super) fn own_submission(r: &mut Reading, cookie: &Token) -> Result<Option<(Submission, KeyPair)>> {
    let open = draft::load(r, cookie)?.filter(|open| open.is_sent() || open.is_answering());
    let Some(Words::Confirmed(holder)) = open.and_then(|open| open.words) else { return Ok(None) };
    let Some(submission) = submissions::of_words(r, &holder.lookup())? else { return Ok(None) };
    Ok(Some((submission, holder.key_pair()?)))
}

/// Takes back what was sent, at once: everything sealed is destroyed and a stub stays. Nothing leads there any more.
///
/// # Errors
/// [`Error::NotFound`] where there is nothing; [`Error::Conflict`] where it is published already.
pub fn withdraw(tx: &mut Unrecorded, cookie: &Token) -> Result<()> {
    draft::load_locked(tx, cookie)?;
    let (submission, _) = own_submission(tx, cookie)?.ok_or(Error::NotFound)?;
    if !submissions::move_on(tx, &submission.id, &State::WITHDRAWABLE, State::Withdrawn, None)? {
        return Err(Error::Conflict("intake-too-late"));
    }
    submissions::make_stub(tx, &submission.id)?;
    drafts::delete(tx, &cookie.lookup())
}

/// Stops a text that waits for its day: it goes back to the moderators, and the waiting copy is destroyed. The time
/// of retention starts again.
///
/// # Errors
/// [`Error::NotFound`] where there is nothing; [`Error::Conflict`] where it does not wait any more.
pub fn stop(tx: &mut Unrecorded, cookie: &Token, tools: &Tools<'_>) -> Result<()> {
    let (submission, _) = own_submission(tx, cookie)?.ok_or(Error::NotFound)?;
    if !submissions::move_on(tx, &submission.id, &[State::Accepted], State::InReview, None)? {
        return Err(Error::Conflict("intake-too-late"));
    }
    review::renew(tx, &submission.id, tools.retention_weeks)?;
    submissions::destroy(tx, &submission.id, &[Part::Waiting])
}
