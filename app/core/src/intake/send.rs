//! Sending: the answers become a document, the document a submission that nobody but moderators and the contributor can open.

use serde::{Deserialize, Serialize};

use super::{
    Answers, Problems, Tools, addition, changes,
    compose::{Composed, Composer, OnRecord},
    draft::{self, Draft},
    guard,
    sealed::{self, Part},
    state::{ADDITION, NEW, State, Submission, kept_until},
    store::{
        drafts,
        submissions::{self, New},
    },
    words::Words,
};
use crate::{
    Result,
    cases::{
        document::{Disclosure, Document, Source},
        projection::Projection,
        published,
    },
    clock::{Quarter, Week},
    db::{Reading, Unrecorded},
    ids::SubmissionId,
    organisations::{self, Organisation},
    secret::{Token, silent_debug},
};

/// What was sent: sealed to the moderators and to the contributor.
#[derive(Clone, Serialize, Deserialize)]
pub struct Account {
    /// The answers, word for word; the whole case can be composed from them again.
    pub answers: Answers,
    /// How much of the place may be public.
    pub disclosure: Disclosure,
    /// What the contributor saw as what would be public.
    pub document: Document,
    /// The organisations that it names and that were not on record, under the ids that it names them by.
    pub organisations: Vec<Organisation>,
}

silent_debug!(Account);

impl Account {
    /// What was answered, with what was made of it.
    pub(super) fn of(answers: &Answers, composed: Composed) -> Self {
        Self {
            answers: answers.clone(),
            disclosure: composed.document.place.disclosure(),
            document: composed.document,
            organisations: composed.organisations,
        }
    }
}

/// What came of sending.
#[derive(Debug)]
pub enum Sent {
    /// It was received, now or by an earlier copy of the same form.
    Received,
    /// It was changed as moderators had asked, and is with them again.
    Answered,
    /// No changes are asked for any more, or others than the form was opened for; what was typed is still there.
    MovedOn,
    /// Something is wrong with the answers; the draft is as it was, and its form shows what is missing.
    Problems(Problems),
    /// Nothing is open under this cookie.
    Nothing,
}

/// Makes the case from answers, against what is on record: at this level of disclosure, or at that of the case that they add to, or else at
/// the one that was chosen or suggested.
///
/// # Errors
/// Those of the database. What is wrong with the answers is the inner error.
pub fn compose(
    r: &mut Reading,
    tools: &Tools<'_>,
    answers: &Answers,
    level: Option<Disclosure>,
) -> Result<Result<Composed, Problems>> {
    let on_record = OnRecord::new(organisations::all(r)?);
    let known = known_sources(r, answers)?;
    let quarter = Quarter::of(r.today());
    let level = match level {
        Some(level) => Some(level),
        None => addition::level(r, answers)?,
    };
    let composer = Composer {
        book: tools.book,
        gazetteer: tools.gazetteer,
        organisations: &on_record,
        known_source: &|address| known.iter().find(|(a, _)| a == address).map(|(_, source)| source.clone()),
        quarter,
        random: r.random(),
        coder: CODER,
    };
    Ok(composer.compose(answers, level))
}

/// Who coded a case that no moderator has touched yet.
const CODER: &str = "contributor";

/// C18: what public cases say of the addresses that were typed.
fn known_sources(r: &mut Reading, answers: &Answers) -> Result<Vec<(String, Source)>> {
    let mut known = Vec::new();
    for number in 1..=answers.count("source") {
        let typed = answers.first(&format!("source.{number}.url")).trim();
        let Ok(address) = url::Url::parse(typed) else { continue };
        let address = String::from(address);
        if let Some(source) = published::source_of_address(r, &address)? {
            known.push((address, source));
        }
    }
    Ok(known)
}

pub(super) fn completeness(document: &Document, tools: &Tools<'_>) -> String {
    Projection::of(document, tools.book, tools.gazetteer).computed.completeness
}

/// What a submission with these answers is.
pub(super) fn kind(answers: &Answers) -> &'static str {
    if answers.adds_to().is_some() { ADDITION } else { NEW }
}

/// Sends what is open under a cookie. The words are drawn now unless they were before; the draft keeps them until they are confirmed.
///
/// # Errors
/// [`crate::Error::Refused`] with `intake-closed` while there is no review key, and those of the database.
pub fn send(tx: &mut Unrecorded, cookie: &Token, tools: &Tools<'_>) -> Result<Sent> {
    let Some(mut open) = draft::load_locked(tx, cookie)? else { return Ok(Sent::Nothing) };
    if open.sent {
        return Ok(Sent::Received);
    }
    if open.is_answering() {
        return changes::send_answer(tx, cookie, open, tools);
    }
    let words = open.words.take().unwrap_or_else(|| Words::draw(tx.random()));
    // What changes were asked for in knows the form of the answer by now, no more the first one.
    let known = submissions::of_words(tx, &words.lookup(tools.keys))?.is_some();
    if !known && !submissions::is_sent(tx, &open.form_hash()?)? {
        let composed = match compose(tx, tools, &open.answers, None)? {
            Ok(composed) => composed,
            Err(problems) => {
                open.checked = true;
                open.words = Some(words).filter(|_| open.kept);
                draft::store(tx, cookie, &open, tools)?;
                return Ok(Sent::Problems(problems));
            }
        };
        receive(tx, tools, &open, &words, composed)?;
    }
    drafts::delete_kept(tx, words.lookup(tools.keys).as_str())?;
    open.words = Some(words);
    open.close();
    draft::store(tx, cookie, &open, tools)?;
    Ok(Sent::Received)
}

fn receive(tx: &mut Unrecorded, tools: &Tools<'_>, open: &Draft, words: &Words, composed: Composed) -> Result<()> {
    let week = Week::of(tx.today());
    let submission = Submission {
        id: SubmissionId::draw(tx.random()),
        kind: kind(&open.answers).to_owned(),
        state: State::Received,
        week,
        completeness: Some(completeness(&composed.document, tools)),
        unconfirmed: !words.is_confirmed(),
        expires: Some(kept_until(week, tools.retention_weeks)),
        due: None,
        case: None,
    };
    let (lookup, keys, form_hash) = (words.lookup(tools.keys), words.key_pair()?, open.form_hash()?);
    let new = New { submission: &submission, lookup: &lookup, public_key: keys.public(), form_hash: &form_hash };
    submissions::insert(tx, &new)?;
    let account = Account::of(&open.answers, composed);
    guard::note(tx, tools, &submission.id, account.answers.first("narrative"))?;
    sealed::to_review(tx, &submission.id, Part::Original, &account)?;
    sealed::to_contributor(tx, &submission.id, Part::Original, &account)
}
