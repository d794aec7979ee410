//! Keeping the text index: the entry of a case, the job that follows a change, and the whole rebuilt.

use std::{
    collections::HashSet,
    sync::mpsc::{Receiver, SyncSender, sync_channel},
    thread,
};

use serde::{Deserialize, Serialize};

use super::{
    document::{Document, Text, Value},
    published::{self, Current},
    show::named_organisations,
    store,
};
use crate::{
    Error, Result,
    db::{Database, Reading, outbox::Job},
    ids::{CaseId, OrganisationId},
    limits,
    organisations::{self, Directory},
    places::Gazetteer,
    search::{Away, Entry, SearchIndex, State},
};

/// Cases whose entry in the text index is to be made anew, or taken out where they are not public any more.
#[derive(Debug, Serialize, Deserialize)]
pub struct IndexCases {
    cases: Vec<CaseId>,
}

impl Job for IndexCases {
    const KIND: &'static str = "index_cases";
}

impl IndexCases {
    pub(super) fn one(id: &CaseId) -> Self {
        Self { cases: vec![id.clone()] }
    }

    /// Does it. Where there is no index yet, as before the very first case, or none that this version can read, it is made whole.
    ///
    /// # Errors
    /// Those of the database and of the index.
    pub fn run(&self, db: &Database, gazetteer: &Gazetteer, index: &dyn SearchIndex) -> Result<()> {
        if matches!(index.state(), State::Away(Away::Missing | Away::OtherVersion)) {
            return rebuild(db, gazetteer, index, &mut |_| ()).map(drop);
        }
        let (entries, gone) = db.read(|r| {
            let mut ordinals = Vec::new();
            for id in &self.cases {
                ordinals.extend(store::head(r, id)?.and_then(|head| u32::try_from(head.ordinal).ok()));
            }
            let entries = entries(r, gazetteer, &ordinals)?;
            let public: HashSet<u32> = entries.iter().map(|entry| entry.ordinal).collect();
            let gone: Vec<u32> = ordinals.into_iter().filter(|ordinal| !public.contains(ordinal)).collect();
            Ok((entries, gone))
        })?;
        if !gone.is_empty() {
            index.remove(&gone)?;
        }
        if entries.is_empty() { Ok(()) } else { index.replace(&entries) }
    }
}

/// All public cases to be indexed anew, after an import.
#[derive(Debug, Serialize, Deserialize)]
pub struct RebuildIndex {}

impl Job for RebuildIndex {
    const KIND: &'static str = "rebuild_index";
}

/// Builds the text index anew beside the old one and swaps; tells `progress` after each batch how many cases it has. Returns their number.
///
/// # Errors
/// Those of the database and of the index, and where reading ends before the last case; the old index stays in use.
pub fn rebuild(
    db: &Database,
    gazetteer: &Gazetteer,
    index: &dyn SearchIndex,
    progress: &mut dyn FnMut(usize),
) -> Result<usize> {
    let mut after = None;
    let batch = move || {
        db.read(|r| {
            let ordinals = published::ordinals_after(r, after, limits::BATCH)?;
            after = ordinals.last().copied().or(after);
            entries(r, gazetteer, &ordinals)
        })
    };
    built_from(batch, index, progress)
}

/// Builds the index of all batches, the last of which is empty. They are read ahead by a thread of its own.
fn built_from(
    batch: impl FnMut() -> Result<Vec<Entry>> + Send,
    index: &dyn SearchIndex,
    progress: &mut dyn FnMut(usize),
) -> Result<usize> {
    thread::scope(|scope| {
        let (ready, read) = sync_channel(AHEAD);
        let reader = scope.spawn(move || read_ahead(batch, &ready));
        let mut batches = Batches { read, is_over: false };
        let built = index.rebuild(&mut batches, progress);
        // Should it have failed half-way, nobody reads on.
        drop(batches);
        // A reader that panicked has sent no end, so nothing was built of what it sent.
        let ended = reader.join().map_err(|_| Error::unexpected(CUT_OFF));
        built.and_then(|count| ended.map(|()| count))
    })
}

/// How many batches of entries are read ahead of the one that is indexed.
const AHEAD: usize = 2;

const CUT_OFF: &str = "reading the cases for the text index ended before the last one";

/// Reads batches until an empty one, which is sent as the end, until a fault, or until nobody wants more.
fn read_ahead(mut batch: impl FnMut() -> Result<Vec<Entry>>, ready: &SyncSender<Result<Vec<Entry>>>) {
    loop {
        let batch = batch();
        let is_last = batch.as_ref().map_or(true, Vec::is_empty);
        if ready.send(batch).is_err() || is_last {
            return;
        }
    }
}

/// What was read ahead. It is over only with an empty batch: a reader that is gone without one read no further, and an index of what it
/// sent would lack cases.
struct Batches {
    read: Receiver<Result<Vec<Entry>>>,
    is_over: bool,
}

impl Iterator for Batches {
    type Item = Result<Vec<Entry>>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_over {
            return None;
        }
        let batch = self.read.recv().unwrap_or_else(|_| Err(Error::unexpected(CUT_OFF)));
        self.is_over = batch.as_ref().map_or(true, Vec::is_empty);
        match batch {
            Ok(entries) if entries.is_empty() => None,
            batch => Some(batch),
        }
    }
}

/// What the text index and the database disagree on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Drift {
    /// Public cases that the index does not hold.
    pub missing: usize,
    /// Cases in the index that are not public.
    pub surplus: usize,
    /// Why the index cannot be asked at all.
    pub away: Option<String>,
}

impl Drift {
    /// Whether they agree.
    #[must_use]
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }
}

/// Compares the text index with the database.
///
/// # Errors
/// Those of the database.
pub fn drift(r: &mut Reading, index: &dyn SearchIndex) -> Result<Drift> {
    if let State::Away(away) = index.state() {
        return Ok(Drift { away: Some(away.to_string()), ..Drift::default() });
    }
    let held = index.held()?;
    let mut public = roaring::RoaringBitmap::new();
    let mut after = None;
    loop {
        let ordinals = published::ordinals_after(r, after, limits::BATCH)?;
        let Some(last) = ordinals.last() else { break };
        after = Some(*last);
        public.extend(ordinals);
    }
    let count = |set: roaring::RoaringBitmap| usize::try_from(set.len()).unwrap_or(usize::MAX);
    Ok(Drift { missing: count(&public - &held), surplus: count(&held - &public), away: None })
}

fn entries(r: &mut Reading, gazetteer: &Gazetteer, ordinals: &[u32]) -> Result<Vec<Entry>> {
    let mut documents = Vec::new();
    for current in published::current(r, ordinals)? {
        documents.push((current.ordinal, document(&current)?));
    }
    let ids: HashSet<OrganisationId> =
        documents.iter().flat_map(|(_, document)| named_organisations(document)).collect();
    let directory = organisations::of_ids(r, &ids.into_iter().collect::<Vec<_>>())?;
    Ok(documents.iter().map(|(ordinal, document)| entry(*ordinal, document, &directory, gazetteer)).collect())
}

fn document(current: &Current) -> Result<Document> {
    Ok(serde_json::from_str(&current.document)?)
}

fn entry(ordinal: u32, document: &Document, directory: &Directory, gazetteer: &Gazetteer) -> Entry {
    let named = named_organisations(document);
    let named = named.iter().filter_map(|id| directory.get(id));
    let countries = document.place.countries();
    Entry {
        ordinal,
        tie: document.id.bits(),
        titles: std::iter::once(document.title.text.clone()).chain(document.title.original.clone()).collect(),
        places: document.place.places().iter().flat_map(|place| place_names(place, gazetteer)).collect(),
        vendors: named.flat_map(|record| record.names.iter().map(|name| name.name.clone())).collect(),
        country_codes: countries.iter().map(ToString::to_string).collect(),
        country_names: countries.iter().filter_map(|c| Some(gazetteer.country(c.as_str())?.name.to_owned())).collect(),
        texts: texts(document),
    }
}

fn place_names(place: &super::document::NamedPlace, gazetteer: &Gazetteer) -> Vec<String> {
    let recorded = place.geonames.and_then(|id| gazetteer.city(id));
    let others = recorded.iter().flat_map(|city| city.names().map(str::to_owned));
    std::iter::once(place.name.clone()).chain(others).collect()
}

/// Everything that can be read on the page of a case.
fn texts(document: &Document) -> Vec<String> {
    let mut texts = Vec::new();
    let both = |text: &Text| std::iter::once(text.text.clone()).chain(text.original.clone());
    texts.extend(document.summary.iter().flat_map(both));
    for section in &document.narrative {
        texts.push(section.text.clone());
        texts.extend(section.original.clone());
    }
    texts.extend(document.agreements.iter().map(|agreement| agreement.label.clone()));
    texts.extend(document.involvements.iter().filter_map(|involvement| involvement.note.as_ref()).flat_map(both));
    for viewpoint in &document.viewpoints {
        texts.extend(both(&viewpoint.concern));
        texts.extend(viewpoint.speaker.clone());
        texts.extend(viewpoint.note.iter().flat_map(both));
        texts.extend(viewpoint.answers.iter().flat_map(|answer| both(&answer.text)));
        texts.extend(viewpoint.answers.iter().filter_map(|answer| answer.speaker.clone()));
    }
    for statement in &document.statements {
        texts.extend(statement.note.iter().flat_map(both));
        texts.extend(statement.value.iter().chain(statement.qualifiers.values()).filter_map(own_words));
    }
    texts.extend(document.timeline.iter().filter_map(|event| event.text.as_ref()).flat_map(both));
    texts.extend(document.sources.iter().flat_map(|source| source.title.iter().chain(&source.publisher).cloned()));
    texts
}

/// The words of a value that are not the codebook's.
fn own_words(value: &Value) -> Option<String> {
    match value {
        Value::Text { text, .. } => Some(text.clone()),
        Value::Code { text, .. } => text.clone(),
        Value::Amount(amount) => amount.covers.clone(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        cases::{Vocabulary, seeds},
        codebook::Codebook,
        search::{self, Tantivy},
        testing::{TestDatabase, tamper},
    };

    /// An index of what a reader sent that stopped half-way, in whatever way, would lack cases: the old one answers on. O7: and the next
    /// rebuilding is whole.
    #[test]
    fn where_reading_stops_half_way_the_old_index_stays() {
        let (db, codebook, gazetteer) = (TestDatabase::open(), Codebook::embedded(), Gazetteer::embedded());
        seeds::plant(&db, Vocabulary { codebook: &codebook, gazetteer: &gazetteer }, true).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let index = Tantivy::new(folder.path());
        let all = rebuild(&db, &gazetteer, &index, &mut |_| ()).unwrap();
        let found = || index.matches(&search::parse("huawei").query).unwrap().ordinals.clone();
        let before = found();
        assert!(all > 6 && before.len() > 1, "{all}, {before:?}");
        let first = db.read(|r| entries(r, &gazetteer, &[before[0]])).unwrap();
        let stops: [fn() -> Result<Vec<Entry>>; 2] =
            [|| Err(Error::Unavailable("the database went away".to_owned())), || panic!("a reader that gives up")];
        for stop in stops {
            let mut batches = vec![first.clone()].into_iter();
            let mut told = Vec::new();
            let built = built_from(move || batches.next().map_or_else(stop, Ok), &index, &mut |count| told.push(count));
            assert!(built.is_err(), "{built:?}");
            assert_eq!(told, [1], "the control: the first batch was built");
            assert_eq!((found(), index.state()), (before.clone(), State::Ready { count: all as u64 }));
        }
        let mut batches = vec![first].into_iter();
        let whole = built_from(move || Ok(batches.next().unwrap_or_default()), &index, &mut |_| ());
        assert_eq!((whole.unwrap(), found().len()), (1, 1), "the control: one that ends as it should takes its place");
        tamper(&db, "UPDATE case_revisions SET document = 'cut off'");
        assert!(rebuild(&db, &gazetteer, &index, &mut |_| ()).is_err());
        assert_eq!(found().len(), 1);
    }

    #[test]
    fn whatever_words_stand_on_a_page_are_in_its_entry() {
        let (db, codebook, gazetteer) = (TestDatabase::open(), Codebook::embedded(), Gazetteer::embedded());
        seeds::plant(&db, Vocabulary { codebook: &codebook, gazetteer: &gazetteer }, false).unwrap();
        let mut document = db.read(|r| document(&published::current(r, &[0])?[0])).unwrap();
        let said = |word: &str| Text { original: Some(format!("{word} first")), ..Text::new(word, "en") };
        document.involvements[0].note = Some(said("involvement"));
        document.viewpoints[0].note = Some(said("viewpoint"));
        let own = |word: &str| Value::Code { code: "other".parse().unwrap(), text: Some(word.into()), lang: None };
        document.statements[0].value = Some(own("value"));
        document.statements[0].qualifiers.insert("certification".parse().unwrap(), own("qualifier"));
        let texts = texts(&document);
        for word in ["involvement", "involvement first", "viewpoint", "viewpoint first", "value", "qualifier"] {
            assert!(texts.iter().any(|text| text == word), "{word}");
        }
    }
}
