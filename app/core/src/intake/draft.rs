//! A form that is being filled in: a row sealed under the key that follows from the browser's cookie (protection.md section 2).

use serde::{Deserialize, Serialize};

use super::{
    Answers, Refusal, Tools,
    changes::{self, Request},
    review,
    state::kept_until,
    store::{drafts, submissions},
    words::{Holder, Words},
};
use crate::{
    Error, Result,
    clock::{Week, end_of_next_day},
    db::{Reading, Unrecorded},
    random::Random,
    seal::{KeyPair, Unopened, open_json, seal_json},
    secret::{LookupHash, Token},
};

/// The purpose of what is sealed under a cookie.
const UNDER_COOKIE: &str = "draft";
/// The purpose of what is sealed under the twelve words.
const UNDER_WORDS: &str = "kept draft";

/// What one browser has open: the answers so far, or what was sent.
#[derive(Clone, Serialize, Deserialize)]
pub struct Draft {
    /// What was answered.
    pub answers: Answers,
    /// Whether the contributor asked to go on, so that the form shows what is still missing.
    pub checked: bool,
    /// What the contributor says to the moderators who asked for changes, or asks for after publication until that is taken.
    #[serde(default)]
    pub reply: String,
    /// A message to the moderators that could not be sent, word for word.
    #[serde(default)]
    pub(super) unsent: Option<String>,
    #[serde(default)]
    pub(super) asked: Option<Request>,
    pub(super) form: String,
    pub(super) words: Option<Words>,
    pub(super) kept: bool,
    pub(super) sent: bool,
    pub(super) by_words: bool,
}

/// What is kept under the words.
#[derive(Serialize, Deserialize)]
pub(super) struct Kept {
    pub(super) answers: Answers,
    pub(super) checked: bool,
    pub(super) form: String,
    #[serde(default)]
    pub(super) reply: String,
    #[serde(default)]
    pub(super) asked: Option<Request>,
}

impl Draft {
    /// An empty form with a token of its own, by which it is sent once however often it arrives.
    pub(super) fn begin(random: &dyn Random) -> Self {
        Self {
            answers: Answers::default(),
            checked: false,
            reply: String::new(),
            unsent: None,
            asked: None,
            form: Token::draw(random).text().reveal().to_owned(),
            words: None,
            kept: false,
            sent: false,
            by_words: false,
        }
    }

    /// A form, or a submission, that was opened by its words.
    pub(super) fn opened_by_words(holder: Holder, kept: Option<Kept>, random: &dyn Random) -> Self {
        let mut draft = Self::begin(random);
        draft.words = Some(Words::Confirmed(holder));
        draft.by_words = true;
        match kept {
            Some(kept) => {
                draft.kept = true;
                draft.take_up(kept);
            }
            None => draft.sent = true,
        }
        draft
    }

    /// Goes on with what was kept.
    pub(super) fn take_up(&mut self, kept: Kept) {
        (self.answers, self.checked, self.form) = (kept.answers, kept.checked, kept.form);
        (self.reply, self.asked) = (kept.reply, kept.asked);
    }

    /// Begins another form, filled in; a message that could not be sent stays.
    pub(super) fn begin_anew(&mut self, answers: Answers, random: &dyn Random) {
        let (words, unsent) = (self.words.take(), self.unsent.take());
        *self = Self { answers, words, unsent, by_words: self.by_words, ..Self::begin(random) };
    }

    /// Changes are asked for. Where it is the same request as before, its notes stay where parts that moved took them.
    pub(super) fn is_asked(&mut self, request: Request) {
        (self.sent, self.kept) = (false, true);
        match &mut self.asked {
            Some(known) if known.round == request.round => known.take_words(Some(request)),
            asked => *asked = Some(request),
        }
    }

    /// It was sent, and holds no answers any more.
    pub(super) fn close(&mut self) {
        (self.answers, self.reply, self.asked) = (Answers::default(), String::new(), None);
        self.sent = true;
    }

    /// What moderators ask to be changed in what was sent; only while the form is open for that.
    #[must_use]
    pub fn asked_for(&self) -> Option<&Request> {
        self.asked.as_ref().filter(|_| !self.sent)
    }

    /// Whether the form of something that was sent is open again.
    #[must_use]
    pub fn is_answering(&self) -> bool {
        self.asked_for().is_some()
    }

    /// Removes a part; notes of moderators follow those that move up.
    ///
    /// # Errors
    /// As [`Answers::remove_part`].
    pub fn remove_part(&mut self, name: &str) -> Result<(), Refusal> {
        self.answers.remove_part(name)?;
        if let Some(asked) = &mut self.asked {
            asked.part_removed(name);
        }
        Ok(())
    }

    /// Whether it lasts under the words.
    #[must_use]
    pub fn is_kept(&self) -> bool {
        self.kept
    }

    /// Whether it was sent; then it holds no answers of the form any more.
    #[must_use]
    pub fn is_sent(&self) -> bool {
        self.sent
    }

    /// Whether it was opened by its words, so that reading it idles out.
    #[must_use]
    pub fn is_opened_by_words(&self) -> bool {
        self.by_words
    }

    /// The words, as long as they are not confirmed.
    #[must_use]
    pub fn words(&self) -> Option<Vec<&'static str>> {
        self.words.as_ref().and_then(Words::shown)
    }

    /// The places, counted from one, of the words that are asked back.
    #[must_use]
    pub fn asked(&self) -> Option<[u8; 3]> {
        self.words.as_ref().and_then(Words::asked)
    }

    /// The hash by which a submission knows the form that it came from.
    pub(super) fn form_hash(&self) -> Result<LookupHash> {
        form_hash(&self.form)
    }
}

/// The hash by which a submission knows the form with this token.
pub(super) fn form_hash(form: &str) -> Result<LookupHash> {
    let token = Token::parse(form).ok_or_else(|| Error::unexpected("a draft without its form token"))?;
    Ok(token.lookup())
}

impl std::fmt::Debug for Draft {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Draft")
    }
}

fn keys(cookie: &Token) -> KeyPair {
    KeyPair::from_seed(cookie.bits(), UNDER_COOKIE)
}

/// What the bearer of a cookie has open; nothing where it expired or never was.
///
/// # Errors
/// Those of the database.
pub fn load(r: &mut Reading, cookie: &Token) -> Result<Option<Draft>> {
    let lookup = cookie.lookup();
    let Some(envelope) = drafts::find(r, &lookup)? else { return Ok(None) };
    let mut draft: Draft = open_json(&keys(cookie), UNDER_COOKIE, lookup.as_str(), &envelope)?;
    if let (Some(words), Some(asked)) = (&draft.words, &mut draft.asked) {
        asked.take_words(changes::asked_now(r, words)?.map(|(_, request)| request));
    }
    Ok(Some(draft))
}

/// What is open, locked until the transaction ends.
pub(super) fn load_locked(tx: &mut Unrecorded, cookie: &Token) -> Result<Option<Draft>> {
    drafts::lock(tx, &cookie.lookup())?;
    load(tx, cookie)
}

/// Stores a draft under the cookie until the end of the next day and, where it is kept, under its words for the time of retention.
/// Of a form that another browser sent meanwhile nothing is kept: the words lead to what was sent.
pub(super) fn store(tx: &mut Unrecorded, cookie: &Token, draft: &Draft, tools: &Tools<'_>) -> Result<()> {
    let lookup = cookie.lookup();
    let draft = &Draft { asked: draft.asked.as_ref().map(Request::without_words), ..draft.clone() };
    let envelope = seal_json(keys(cookie).public(), UNDER_COOKIE, lookup.as_str(), draft, tx.random())?;
    let expires = end_of_next_day(tx.today());
    drafts::put(tx, &lookup, &envelope, expires)?;
    let Some(words) = draft.words.as_ref().filter(|_| draft.kept && !draft.sent) else { return Ok(()) };
    let (lookup, keys) = (words.lookup(tools.keys), words.key_pair()?);
    let is_kept = match submissions::of_words(tx, &lookup)? {
        // The form lasts as long as what it changes.
        Some(sent) => draft.is_answering() && review::renew_unfinished(tx, &sent.id, tools.retention_weeks)?,
        None => !draft.is_answering(),
    };
    if !is_kept || submissions::is_sent(tx, &draft.form_hash()?)? {
        return Ok(());
    }
    let Draft { answers, checked, form, reply, asked, .. } = draft.clone();
    let kept = Kept { answers, checked, form, reply, asked };
    let envelope = seal_json(keys.public(), UNDER_WORDS, lookup.as_str(), &kept, tx.random())?;
    let expires = kept_until(Week::of(tx.today()), tools.retention_weeks);
    drafts::put_kept(tx, &lookup, &envelope, expires)
}

/// What is kept under words.
pub(super) fn load_kept(r: &mut Reading, holder: &Holder) -> Result<Option<Kept>> {
    let lookup = holder.lookup();
    let Some(envelope) = drafts::find_kept(r, &lookup)? else { return Ok(None) };
    match open_json(&holder.key_pair()?, UNDER_WORDS, lookup.as_str(), &envelope) {
        Err(Unopened::Damaged | Unopened::OtherKey) => Ok(None),
        Ok(kept) => Ok(Some(kept)),
    }
}

/// What a change to a draft came to.
#[derive(Debug)]
pub struct Changed<T> {
    /// What the change gave back.
    pub value: T,
    /// There was no draft under the cookie: a fresh one was begun, and what earlier pages held cannot be brought back.
    pub fresh: bool,
}

/// Changes what is open and stores it; begins a fresh draft where there is none.
///
/// # Errors
/// [`Error::Conflict`] where it was sent already, and those of the database.
pub fn change<T>(
    tx: &mut Unrecorded,
    cookie: &Token,
    tools: &Tools<'_>,
    change: impl FnOnce(&mut Draft) -> T,
) -> Result<Changed<T>> {
    let known = load_locked(tx, cookie)?;
    let fresh = known.is_none();
    let mut draft = known.unwrap_or_else(|| Draft::begin(tx.random()));
    if draft.sent {
        return Err(Error::Conflict("intake-already-sent"));
    }
    let value = change(&mut draft);
    store(tx, cookie, &draft, tools)?;
    Ok(Changed { value, fresh })
}

/// Forgets what a browser has open. What was kept stays under its words; says whether anything did.
///
/// # Errors
/// Those of the database.
pub fn leave(tx: &mut Unrecorded, cookie: &Token) -> Result<bool> {
    let stays = load_locked(tx, cookie)?.is_some_and(|draft| draft.kept || draft.sent);
    drafts::delete(tx, &cookie.lookup())?;
    Ok(stays)
}
