//! What the page of a case shows, made from its document and nothing else: pure, and the same for every door that shows a case.
//!
//! Labels come from the codebook in the reader's language. What needs a sentence stays typed, and the page finds the words.

mod gaps;
mod head;
mod law;
mod ledger;
mod retired;
mod size;
mod sources;
#[cfg(test)]
mod tests;
mod viewpoints;
mod wait;
mod words;

#[cfg(test)]
pub(super) use self::size::residents;
pub use self::{
    gaps::{Gap, Gaps},
    head::{Head, Whereabouts},
    law::{Distance, LawLine, Path, ReachKind},
    ledger::{Entry, Group, Row, Topic},
    retired::Retired,
    size::{Residents, Size},
    sources::Cited,
    viewpoints::{Pair, Reply, Voice},
    wait::Wait,
    words::{Qualified, Quote, Shown},
};
use super::document::{Document, Event, Section};
use crate::{
    clock::{Day, Quarter},
    codebook::{Codebook, Version},
    organisations::Directory,
    places::{Continent, Gazetteer, Jurisdictions},
};

/// What is needed to read a document: the vocabulary, the names, the day.
#[derive(Debug, Clone, Copy)]
pub struct Lens<'a> {
    /// The vocabulary.
    pub codebook: &'a Codebook,
    /// The names of countries, and populations.
    pub gazetteer: &'a Gazetteer,
    /// The table of jurisdictions.
    pub jurisdictions: &'a Jurisdictions,
    /// The organisations that the document names, and their owners.
    pub parties: &'a Directory,
    /// The language of labels.
    pub lang: &'a str,
    /// For how long something has been open.
    pub today: Day,
}

/// Who coded a revision, and when it was published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RevisionLine {
    /// Its number.
    pub revision: u32,
    /// When it was published.
    pub quarter: Quarter,
    /// Alias of the coder.
    pub coder: String,
}

/// A case, ready to be shown.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseView {
    /// What a reader in a hurry sees first.
    pub head: Head,
    /// Concerns beside their answers.
    pub pairs: Vec<Pair>,
    /// The imbalance of size; none outside of municipalities and without a vendor.
    pub size: Option<Size>,
    /// The distance between legal frameworks; none without a vendor whose seat is on record.
    pub distance: Option<Distance>,
    /// Whose law could reach the data.
    pub reach: Vec<Path>,
    /// The coded values.
    pub topics: Vec<Topic>,
    /// The course, the earliest first.
    pub timeline: Vec<Step>,
    /// The narrative under its headings, all but what is not known.
    pub narrative: Vec<(String, Section)>,
    /// What the narrative says of what is not known.
    pub unknown: Vec<Section>,
    /// What is not known, field by field.
    pub gaps: Gaps,
    /// Codes outside of the coded values that are offered no more.
    pub retired: Vec<Retired>,
    /// What it rests on.
    pub sources: Vec<Cited>,
    /// How many of the sources are accounts.
    pub accounts: usize,
    /// How many statements are disputed.
    pub disputed: usize,
}

/// A step of the course.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// What happened.
    pub event: String,
    /// The agreement that it concerns.
    pub agreement: Option<String>,
    /// The document's own record of it.
    pub record: Event,
}

impl CaseView {
    /// Reads a document through a lens.
    #[must_use]
    pub fn of(document: &Document, lens: &Lens<'_>) -> Self {
        let topics = ledger::topics(document, lens);
        // what the narrative says of gaps stands with the gaps
        let told = |of_gaps: bool| document.narrative.iter().filter(move |s| (s.heading == "unknown") == of_gaps);
        let heading = |section: &Section| lens.label("narrative_heading", section.heading.as_str());
        Self {
            head: Head::of(document, lens),
            pairs: viewpoints::pairs(document, lens),
            size: size::size(document, lens),
            distance: law::distance(document, lens),
            reach: law::reach(document, lens),
            timeline: timeline(document, lens),
            narrative: told(false).map(|section| (heading(section), section.clone())).collect(),
            unknown: told(true).cloned().collect(),
            gaps: gaps::gaps(document, &topics, lens),
            retired: retired::elsewhere(document, lens),
            sources: sources::cited(document, lens),
            accounts: document.sources.iter().filter(|source| source.is_account()).count(),
            disputed: document.statements.iter().filter(|s| s.status == super::document::Status::Disputed).count(),
            topics,
        }
    }
}

/// The two measures of a case alone, as its page shows them.
#[must_use]
pub fn measures(document: &Document, lens: &Lens<'_>) -> (Option<Size>, Option<Distance>) {
    (size::size(document, lens), law::distance(document, lens))
}

fn timeline(document: &Document, lens: &Lens<'_>) -> Vec<Step> {
    let agreement =
        |event: &Event| event.part.as_deref().and_then(|id| document.agreement(id)).map(|a| a.label.clone());
    let step = |event: &Event| Step {
        event: lens.label("event", event.event.as_str()),
        agreement: agreement(event),
        record: event.clone(),
    };
    let mut steps: Vec<Step> = document.timeline.iter().map(step).collect();
    steps.sort_by_key(|step| step.record.date.order());
    steps
}

impl Lens<'_> {
    /// The label of a field.
    #[must_use]
    pub fn field(&self, code: &str) -> String {
        self.codebook.field(code).map_or_else(|| code.to_owned(), |field| field.label(self.lang).to_owned())
    }

    /// The name of a continent.
    #[must_use]
    pub fn continent(&self, code: &str) -> String {
        Continent::from_code(code).map_or_else(|| code.to_owned(), |continent| continent.name().to_owned())
    }

    /// The version of the vocabulary under which a document was coded.
    #[must_use]
    pub fn asked_under(&self, document: &Document) -> Option<Version> {
        document.vocabulary.parse().ok()
    }
}
