//! Words that readers do not see: a layer over every revision of a case, put on by the one gate and taken off again without a trace.
//!
//! The documents stay as they are. What is derived from them (the folded title, sources to complete from, the text index) is made of what
//! readers see, so that the words answer to no search either.

use std::collections::HashMap;

use super::{
    document::Document,
    index::IndexCases,
    projection::Projection,
    publish::{CaseAct, Vocabulary},
    store,
};
use crate::{
    Error, Result,
    codebook::Code,
    db::{Reading, Writing},
    ids::{CaseId, RedactionId},
    text::{Words, cover},
};

/// Words of a case that readers do not see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redaction {
    /// The id.
    pub id: RedactionId,
    /// The words.
    pub words: String,
    /// Code of `visibility_reason`.
    pub reason: String,
}

/// What readers see in place of words that were redacted. It has no sign that Markdown or HTML would take for its own.
fn placeholder(reason: &str) -> String {
    format!("‹redacted: {}›", reason.replace('_', " "))
}

/// What moderators see of the same.
fn marked(words: &str, reason: &str) -> String {
    format!("‹{words}: redacted, {}›", reason.replace('_', " "))
}

/// The redactions of one case, ready to be put over its texts.
#[derive(Debug, Clone, Default)]
pub(super) struct Overlay {
    words: Vec<Words>,
    reasons: Vec<String>,
}

impl Overlay {
    /// The overlay of a case; of one that was merged into another, with that of the other.
    pub(super) fn of(r: &mut Reading, case: &CaseId) -> Result<Self> {
        let cases: Vec<CaseId> = std::iter::once(case.clone()).chain(store::merges::into(r, case)?).collect();
        let mut overlay = Self::default();
        for one in overlays(r, &cases)?.into_values() {
            overlay.words.extend(one.words);
            overlay.reasons.extend(one.reasons);
        }
        Ok(overlay)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Takes the words out of a document.
    pub(super) fn put_over(&self, document: &mut Document) {
        cover_document(document, &self.words, &|which, _| placeholder(&self.reasons[which]));
    }

    /// The same in a document that is stored as text.
    pub(super) fn put_over_json(&self, document: String) -> Result<String> {
        if self.is_empty() {
            return Ok(document);
        }
        let mut read: Document = serde_json::from_str(&document)?;
        self.put_over(&mut read);
        Ok(serde_json::to_string(&read)?)
    }

    /// Takes the words out of a line beside the document, such as the reason of a revision.
    pub(super) fn put_over_text(&self, text: String) -> String {
        cover(&text, &self.words, &|which, _| placeholder(&self.reasons[which])).unwrap_or(text)
    }

    /// Marks the words in a document, for moderators.
    pub(super) fn mark(&self, document: &mut Document) {
        cover_document(document, &self.words, &|which, words| marked(words, &self.reasons[which]));
    }
}

/// The overlays of those of these cases that have one.
pub(super) fn overlays(r: &mut Reading, cases: &[CaseId]) -> Result<HashMap<CaseId, Overlay>> {
    let mut overlays: HashMap<CaseId, Overlay> = HashMap::new();
    for (_, case, words, reason) in store::redactions_of(r, cases)? {
        let Some(words) = Words::of(&words) else { continue };
        let overlay = overlays.entry(case).or_default();
        overlay.words.push(words);
        overlay.reasons.push(reason);
    }
    Ok(overlays)
}

/// Covers words in every text and address of a document; what grows too long for its place is cut.
pub(super) fn cover_document(document: &mut Document, words: &[Words], instead: &dyn Fn(usize, &str) -> String) {
    if words.is_empty() {
        return;
    }
    document.each_text(&mut |text, most| {
        if let Some(covered) = cover(text, words, instead) {
            *text = within(covered, most);
        }
    });
    document.each_address(&mut |address| {
        cover(address, words, instead).map(|_| {
            let which = words.iter().position(|words| words.are_in(address)).unwrap_or_default();
            instead(which, address)
        })
    });
}

fn within(text: String, most: usize) -> String {
    if text.chars().count() <= most { text } else { text.chars().take(most.saturating_sub(1)).chain(['…']).collect() }
}

/// What is derived from the document of a case as readers see it.
pub(super) fn projected(r: &mut Reading, vocabulary: Vocabulary<'_>, document: &Document) -> Result<Projection> {
    let overlay = Overlay::of(r, &document.id)?;
    if overlay.is_empty() {
        return Ok(vocabulary.project(document));
    }
    let mut public = document.clone();
    overlay.put_over(&mut public);
    Ok(vocabulary.project(&public))
}

/// Makes what is derived from the current document anew, and tells every process. That alone changes no word that readers see.
pub(super) fn project_anew(tx: &mut Writing, vocabulary: Vocabulary<'_>, id: &CaseId) -> Result<()> {
    let generation = tx.change_public()?;
    let document = store::current_document(tx, id)?.ok_or(Error::NotFound)?;
    let projection = projected(tx, vocabulary, &serde_json::from_str(&document)?)?;
    store::project_anew(tx, id, &projection, generation)
}

/// The same where words were taken out, which recalls every release that still holds them.
pub(super) fn withhold(tx: &mut Writing, vocabulary: Vocabulary<'_>, id: &CaseId) -> Result<()> {
    project_anew(tx, vocabulary, id)?;
    let generation = tx.change_public()?;
    store::cited::note_withheld(tx, id, generation)
}

/// The words of a case that readers do not see. For moderators: the caller holds the proof.
///
/// # Errors
/// Those of the database.
pub fn redactions(r: &mut Reading, case: &CaseId) -> Result<Vec<Redaction>> {
    let rows = store::redactions_of(r, std::slice::from_ref(case))?;
    Ok(rows.into_iter().map(|(id, _, words, reason)| Redaction { id, words, reason }).collect())
}

/// A text as readers of a case may see it: without its redacted words.
///
/// # Errors
/// Those of the database.
pub fn as_readers_see(r: &mut Reading, case: &CaseId, text: String) -> Result<String> {
    Ok(Overlay::of(r, case)?.put_over_text(text))
}

/// A place where words stand in a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// What goes: the words as they stand there, or the whole text where they cannot be told apart from it.
    pub words: String,
    /// Some of what stands before.
    pub before: String,
    /// Some of what stands behind.
    pub after: String,
    /// The revisions in which they stand so.
    pub revisions: Vec<i32>,
}

/// How much of the text around is shown, in characters.
const AROUND: usize = 60;

/// Where words stand in the revisions of a case as they are stored. For moderators: the caller holds the proof.
///
/// # Errors
/// [`Error::NotFound`] if there is no such case.
pub fn places(r: &mut Reading, case: &CaseId, words: &Words) -> Result<Vec<Place>> {
    if store::head(r, case)?.is_none() {
        return Err(Error::NotFound);
    }
    let mut places: Vec<Place> = Vec::new();
    for ((revision, _, reason), document) in store::revisions_with_documents(r, case)? {
        let mut note = |text: &str| {
            for mut place in places_in(text, words) {
                match places.iter_mut().find(|known| known.is_like(&place)) {
                    Some(known) if known.revisions.contains(&revision) => {}
                    Some(known) => known.revisions.push(revision),
                    None => {
                        place.revisions.push(revision);
                        places.push(place);
                    }
                }
            }
        };
        let mut document: Document = serde_json::from_str(&document)?;
        document.each_text(&mut |text, _| note(text));
        document.each_address(&mut |address| {
            note(address);
            None
        });
        reason.iter().for_each(|reason| note(reason));
    }
    Ok(places)
}

impl Place {
    fn is_like(&self, other: &Self) -> bool {
        (&self.words, &self.before, &self.after) == (&other.words, &other.before, &other.after)
    }
}

fn places_in(text: &str, words: &Words) -> Vec<Place> {
    let found = words.places(text);
    if found.is_empty() && words.are_in(text) {
        let (before, after) = (String::new(), String::new());
        return vec![Place { words: text.to_owned(), before, after, revisions: Vec::new() }];
    }
    let place = |range: std::ops::Range<usize>| {
        let before: Vec<char> = text[..range.start].chars().rev().take(AROUND).collect();
        Place {
            words: text[range.clone()].to_owned(),
            before: before.into_iter().rev().collect(),
            after: text[range.end..].chars().take(AROUND).collect(),
            revisions: Vec::new(),
        }
    };
    found.into_iter().map(place).collect()
}

/// Takes words of a case from every reader's sight, in every revision and every exit, for a code of `visibility_reason`.
///
/// # Errors
/// [`Error::NotFound`] if there is no such case; [`Error::Refused`] if they are redacted already.
pub fn redact(tx: &mut Writing, vocabulary: Vocabulary<'_>, case: &CaseId, words: &Words, reason: &Code) -> Result<()> {
    if store::head(tx, case)?.is_none() {
        return Err(Error::NotFound);
    }
    is_its_own(tx, case)?;
    let known = redactions(tx, case)?;
    if known.iter().any(|known| Words::of(&known.words).is_some_and(|known| known.means(words))) {
        return Err(Error::Refused("moderation-redacted-already"));
    }
    let id = RedactionId::draw(tx.random());
    store::insert_redaction(tx, &id, case, words.as_str(), reason.as_str())?;
    withhold(tx, vocabulary, case)?;
    tx.record(&CaseAct::Redacted(case, reason.as_str()));
    tx.enqueue(&IndexCases::one(case))
}

/// Refuses a case that was merged into another one: what is taken out of it has to be taken out there.
pub(super) fn is_its_own(r: &mut Reading, case: &CaseId) -> Result<()> {
    store::merges::into(r, case)?.map_or(Ok(()), |into| Err(Error::Moved { to: into.to_string() }))
}

/// Takes the words that readers of `from` do not see out of `into` as well, when it takes that case in.
pub(super) fn carry(tx: &mut Writing, vocabulary: Vocabulary<'_>, from: &CaseId, into: &CaseId) -> Result<()> {
    for known in redactions(tx, from)? {
        let Some(words) = Words::of(&known.words) else { continue };
        match redact(tx, vocabulary, into, &words, &known.reason.parse().map_err(Error::unexpected)?) {
            // They are out of sight there already.
            Ok(()) | Err(Error::Refused(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Shows words again that were redacted.
///
/// # Errors
/// [`Error::NotFound`] if they are not redacted any more.
pub fn lift(tx: &mut Writing, vocabulary: Vocabulary<'_>, case: &CaseId, redaction: &RedactionId) -> Result<()> {
    let known = redactions(tx, case)?.into_iter().find(|known| known.id == *redaction).ok_or(Error::NotFound)?;
    store::delete_redaction(tx, case, redaction)?;
    project_anew(tx, vocabulary, case)?;
    let generation = tx.change_public()?;
    store::cited::note_reworded(tx, case, generation)?;
    tx.record(&CaseAct::Lifted(case, &known.reason));
    tx.enqueue(&IndexCases::one(case))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{codebook::Codebook, limits, places::Gazetteer};

    fn reference() -> Document {
        let line = include_str!("../../../../config/seeds/reference.jsonl").lines().last().unwrap();
        serde_json::from_str(&line.replacen("\"record\":\"case\",", "", 1)).unwrap()
    }

    #[test]
    fn what_is_covered_stays_a_valid_document() {
        let mut document = reference();
        document.title.text = format!("{}Quantrell", "word ".repeat(22));
        document.sources[0].url = Some("https://a.example/quan%74rell".to_owned());
        document.sources[0].title = None;
        assert!(document.place.places()[0].geonames.is_some());
        let words = ["Quantrell", "Duisburg"].map(|words| Words::of(words).unwrap());
        cover_document(&mut document, &words, &|_, _| placeholder("names_private_person"));
        assert_eq!(document.title.text.chars().count(), limits::TITLE, "{}", document.title.text);
        assert!(document.title.text.ends_with("‹redacted…"), "{}", document.title.text);
        let place = &document.place.places()[0];
        assert_eq!((place.name.as_str(), place.geonames), ("‹redacted: names private person›", None));
        let source = &document.sources[0];
        assert_eq!((source.url.as_deref(), source.title.as_deref()), (None, Some(place.name.as_str())));
        let checked = document.checked(&Codebook::embedded(), &Gazetteer::embedded()).unwrap();
        let gone = |text: &str| assert!(words.iter().all(|words| !words.are_in(text)), "{text}");
        let mut document = checked.into_document();
        document.each_text(&mut |text, _| gone(text));
        document.each_address(&mut |address| {
            gone(address);
            None
        });
    }

    #[test]
    fn moderators_see_what_is_covered_as_such() {
        let overlay = Overlay { words: vec![Words::of("Rhine").unwrap()], reasons: vec!["legal_demand".to_owned()] };
        let mut document = reference();
        document.title.text = "On the Rhine".to_owned();
        overlay.mark(&mut document);
        assert_eq!(document.title.text, "On the ‹Rhine: redacted, legal demand›");
    }
}
