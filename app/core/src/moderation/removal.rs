//! Taking words out of a published case: from readers' sight, which can be undone, or for ever, which cannot.

use super::{
    Office,
    acts::ReviewAct,
    conflict::{self, About},
    demands,
    draft::Draft,
    papers, publish, revise, store,
};
use crate::{
    Error, Result,
    cases::{
        Vocabulary, erase,
        published::{self, Eyes},
        redact::{self, Place, Redaction},
    },
    codebook::{Code, Codebook},
    db::{Reading, Writing},
    ids::{CaseId, RedactionId, ReviewDraftId, SubmissionId},
    intake::{Problems, State, messages, problems::Fault, review},
    limits,
    seal::{Envelope, Unopened, contains_passphrase},
    staff::{self, Administrator, Moderator},
    text::{Words, clean},
};

/// The fewest letters and digits that words to be taken out may have: fewer would stand in every other word.
const LEAST_LETTERS: usize = 2;

/// Words that are to be taken out of a case, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removal {
    words: Words,
    reason: Code,
}

impl Removal {
    /// Reads what was typed and chosen.
    ///
    /// # Errors
    /// Every problem at once.
    pub fn parse(words: &str, reason: &str, codebook: &Codebook) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let words = problems.check("words", parse_words(words));
        let known = codebook.field("visibility_reason").and_then(|field| field.code(reason));
        let reason = problems.check("reason", known.map(Code::from).ok_or(Fault::new("moderation-choose-a-reason")));
        match (words, reason) {
            (Some(words), Some(reason)) => Ok(Self { words, reason }),
            _ => Err(problems),
        }
    }

    /// The words.
    #[must_use]
    pub fn words(&self) -> &Words {
        &self.words
    }
}

/// Reads the words that are to be taken out.
///
/// # Errors
/// What is wrong with them.
pub fn parse_words(typed: &str) -> Result<Words, Fault> {
    let text = clean(&typed.split_whitespace().collect::<Vec<_>>().join(" "));
    let words = Words::of(&text).filter(|words| words.length() >= LEAST_LETTERS);
    match words {
        None => Err(Fault::new("moderation-words-missing")),
        Some(_) if contains_passphrase(&text) => Err(Fault::new("moderation-passphrase")),
        Some(_) if text.chars().count() > limits::LINE => {
            Err(Fault::new("moderation-too-long").number("most", limits::LINE).number("length", text.chars().count()))
        }
        Some(words) => Ok(words),
    }
}

/// What of a case readers do not see, and where further words stand in it.
#[derive(Debug, Clone)]
pub struct Removals {
    /// The title as it is stored.
    pub title: String,
    /// What is redacted.
    pub redactions: Vec<Redaction>,
    /// Where the words that were asked for stand; none if none were.
    pub places: Option<Vec<Place>>,
}

/// The redactions of a case, and the places of `words`.
///
/// # Errors
/// [`crate::Error::NotFound`] if there is no such case; [`crate::Error::Refused`] for whoever stepped aside.
pub fn removals(r: &mut Reading, by: &Moderator, case: &CaseId, words: Option<&Words>) -> Result<Removals> {
    conflict::admit(r, by, &About::Case(case.clone()))?;
    let title = published::find(r, case, Eyes::Moderator)?.document.title.text;
    let places = words.map(|words| redact::places(r, case, words)).transpose()?;
    Ok(Removals { title, redactions: redact::redactions(r, case)?, places })
}

/// Takes words of a case from readers' sight.
///
/// # Errors
/// [`crate::Error::NotFound`] if there is no such case; [`crate::Error::Refused`] if they are redacted already.
pub fn redact(tx: &mut Writing, by: &Moderator, case: &CaseId, removal: &Removal, office: &Office) -> Result<()> {
    conflict::admit(tx, by, &About::Case(case.clone()))?;
    redact::redact(tx, vocabulary(office), case, &removal.words, &removal.reason)
}

/// Shows redacted words of a case again.
///
/// # Errors
/// [`crate::Error::NotFound`] if they are not redacted any more.
pub fn lift(tx: &mut Writing, by: &Moderator, case: &CaseId, id: &RedactionId, office: &Office) -> Result<()> {
    conflict::admit(tx, by, &About::Case(case.clone()))?;
    redact::lift(tx, vocabulary(office), case, id)
}

/// Erases words of a case for ever: from every revision, from notices of demands about it, and with them whatever is sealed and could bring
/// them back: the originals of its accounts and the drafts of its next revision.
///
/// # Errors
/// [`crate::Error::NotFound`] if there is no such case; [`crate::Error::Refused`] if the words stand nowhere in it.
pub fn erase(tx: &mut Writing, by: &Administrator, case: &CaseId, removal: &Removal, office: &Office) -> Result<()> {
    // First of all locks, as in every other act: what is sealed anew meanwhile would bring the words back.
    staff::lock_review_key(tx)?;
    conflict::admit(tx, by, &About::Case(case.clone()))?;
    erase::erase(tx, vocabulary(office), case, &removal.words, &removal.reason)?;
    let cases = erase::with_merged(tx, case)?;
    let keys = staff::review_keys(tx, by)?;
    for one in &cases {
        demands::erase(tx, one, &removal.words, &removal.reason)?;
        review::destroy_originals(tx, one)?;
        papers::forget_notes(tx, one)?;
        for id in revising(tx, by, one, office)? {
            review::start_over(tx, &id, office.retention_weeks)?;
            review::forget_reason_words(tx, &id, &keys)?;
            messages::forget_answers(tx, &id, &keys)?;
            tx.record(&ReviewAct::Returned(id));
        }
    }
    for id in drafts_of(tx, by, &cases)? {
        store::delete(tx, &id)?;
    }
    staff::forget_kept_forms(tx)
}

/// The drafts of revisions that hold the text of one of these cases: their own, and those that take one of them in.
fn drafts_of(r: &mut Reading, by: &Moderator, cases: &[CaseId]) -> Result<Vec<ReviewDraftId>> {
    let keys = staff::review_keys(r, by)?;
    let holds = |(id, case, envelope): (ReviewDraftId, CaseId, Envelope)| {
        // A damaged one opens for nobody, and so it can take nothing in.
        let draft: Option<Draft> = keys.open_json(revise::PURPOSE, id.as_str(), &envelope).ok();
        let takes_in = draft.as_ref().and_then(Draft::merges).is_some_and(|(other, _)| cases.contains(other));
        (takes_in || cases.contains(&case)).then_some(id)
    };
    Ok(store::all(r)?.into_iter().filter_map(holds).collect())
}

/// The submissions that are about to revise a case: their drafts were made of its text as it was, or they add to it, so that moderators may
/// have written about it.
fn revising(r: &mut Reading, by: &Moderator, case: &CaseId, office: &Office) -> Result<Vec<SubmissionId>> {
    let keys = staff::review_keys(r, by)?;
    // One that came back from its contributor still has its draft.
    let mut revising = Vec::new();
    for submission in
        review::list(r, &[State::Received, State::InReview, State::ChangesRequested, State::Accepted, State::Declined])?
    {
        let draft: Option<Draft> = unless_damaged(review::work(r, &submission.id, &keys))?;
        let drafted = draft.is_some_and(|draft| draft.base().is_some() && draft.case() == case);
        let account = unless_damaged(review::open(r, &submission.id, &keys).map(Some))?;
        let adds = account.and_then(|account| account.answers.adds_to()).as_ref() == Some(case);
        if drafted || adds || unless_damaged(publish::waits_to_revise(r, &submission.id, case, &office.keys))? {
            revising.push(submission.id);
        }
    }
    Ok(revising)
}

/// What was opened, or nothing where the envelope is damaged: that one opens for nobody, so it brings nothing back and must not stand in the
/// way of taking words out.
fn unless_damaged<T: Default>(opened: Result<T>) -> Result<T> {
    match opened {
        Err(Error::Unexpected(error)) if error.is::<Unopened>() => Ok(T::default()),
        other => other,
    }
}

fn vocabulary(office: &Office) -> Vocabulary<'_> {
    Vocabulary { codebook: &office.codebook, gazetteer: &office.gazetteer }
}
