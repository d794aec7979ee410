//! Keeping the text index: the entry of a case, the job that follows a change, and the whole rebuilt.

use std::{
    collections::HashSet,
    sync::mpsc::{Receiver, SyncSender, sync_channel},
    thread,
};

use serde::{Deserialize, Serialize};

use super::{
    Vocabulary,
    document::{Document, Text, Value},
    labels,
    published::{self, Current},
    show::named_organisations,
    store,
};
use crate::{
    Error, Result,
    codebook::Codebook,
    db::{Actor, Database, Reading, facts, outbox::Job},
    ids::{CaseId, OrganisationId},
    jobs, limits,
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
    pub fn run(&self, db: &Database, vocabulary: Vocabulary<'_>, index: &dyn SearchIndex) -> Result<()> {
        if matches!(index.state(), State::Away(Away::Missing | Away::OtherVersion)) {
            return rebuild(db, vocabulary, index, &mut |_| ()).map(drop);
        }
        let (entries, gone) = db.read(|r| {
            let mut ordinals = Vec::new();
            for id in &self.cases {
                ordinals.extend(store::head(r, id)?.and_then(|head| u32::try_from(head.ordinal).ok()));
            }
            let entries = entries(r, vocabulary, &ordinals)?;
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

/// The fact under which the database remembers what the text index is made of.
const MADE_OF: &str = "text_index";
/// The form of an entry. It grows with each change of what is indexed of a case.
const FORM: u32 = 1;

/// What this program would make an index of.
fn made_of(codebook: &Codebook, index: &dyn SearchIndex) -> String {
    format!("{FORM} {} {}", index.form(), labels::fingerprint(codebook))
}

/// After an update, with another vocabulary or another engine: where the text index was made of something else than this program would make it
/// of, it is to be built anew by the worker. Until then it answers as it is, unless it cannot be read any more. A rebuild under way may be that
/// of an older process, so only one that waits is enough.
///
/// # Errors
/// Those of the database.
pub fn keep_in_step(db: &Database, codebook: &Codebook, index: &dyn SearchIndex) -> Result<()> {
    let made_of = made_of(codebook, index);
    let is_in_step = |r: &mut Reading| Ok(facts::find(r, MADE_OF)?.as_ref() == Some(&made_of) || store::count(r)? == 0);
    if db.read(is_in_step)? {
        return Ok(());
    }
    db.write(Actor::System, |tx| {
        if jobs::is_any_waiting(tx, RebuildIndex::KIND)? { Ok(()) } else { tx.enqueue(&RebuildIndex {}) }
    })
}

/// Builds the text index anew beside the old one and swaps, and remembers what it is made of; tells `progress` after each batch how many cases it
/// has. Returns their number.
///
/// # Errors
/// Those of the database and of the index; the old index stays in use.
pub fn rebuild(
    db: &Database,
    vocabulary: Vocabulary<'_>,
    index: &dyn SearchIndex,
    progress: &mut dyn FnMut(usize),
) -> Result<usize> {
    let count = thread::scope(|scope| {
        let (ready, batches) = sync_channel(AHEAD);
        let reading = scope.spawn(move || read_ahead(db, vocabulary, &ready));
        let mut batches = UntilTheEnd { batches, is_over: false };
        let built = index.rebuild(&mut batches, progress);
        // Should it have failed half-way, nobody reads on.
        drop(batches);
        // A defect there was told by the batches already.
        drop(reading.join());
        built
    })?;
    db.write(Actor::System, |tx| facts::set(tx, MADE_OF, &made_of(vocabulary.codebook, index)))?;
    Ok(count)
}

/// Batches up to the empty one that ends them. Where no more come before that, whoever read them gave up, and what came is not everything.
struct UntilTheEnd {
    batches: Receiver<Result<Vec<Entry>>>,
    is_over: bool,
}

impl Iterator for UntilTheEnd {
    type Item = Result<Vec<Entry>>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_over {
            return None;
        }
        match self.batches.recv() {
            Ok(Ok(batch)) if batch.is_empty() => {
                self.is_over = true;
                None
            }
            Ok(batch) => Some(batch),
            Err(_) => {
                self.is_over = true;
                Some(Err(Error::unexpected("the cases to be indexed were not read to their end")))
            }
        }
    }
}

/// How many batches of entries are read ahead of the one that is indexed.
const AHEAD: usize = 2;

/// Reads the entries of all public cases in batches, up to an empty one at their end, a fault, or until nobody wants more.
fn read_ahead(db: &Database, vocabulary: Vocabulary<'_>, ready: &SyncSender<Result<Vec<Entry>>>) {
    let mut after = None;
    loop {
        let batch = db.read(|r| {
            let ordinals = published::ordinals_after(r, after, limits::BATCH)?;
            after = ordinals.last().copied().or(after);
            entries(r, vocabulary, &ordinals)
        });
        let is_last = batch.as_ref().map_or(true, Vec::is_empty);
        if ready.send(batch).is_err() || is_last {
            return;
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

fn entries(r: &mut Reading, vocabulary: Vocabulary<'_>, ordinals: &[u32]) -> Result<Vec<Entry>> {
    let mut documents = Vec::new();
    for current in published::current(r, ordinals)? {
        documents.push((current.ordinal, document(&current)?));
    }
    let ids: HashSet<OrganisationId> =
        documents.iter().flat_map(|(_, document)| named_organisations(document)).collect();
    let directory = organisations::of_ids(r, &ids.into_iter().collect::<Vec<_>>())?;
    Ok(documents.iter().map(|(ordinal, document)| entry(*ordinal, document, &directory, vocabulary)).collect())
}

fn document(current: &Current) -> Result<Document> {
    Ok(serde_json::from_str(&current.document)?)
}

fn entry(ordinal: u32, document: &Document, directory: &Directory, vocabulary: Vocabulary<'_>) -> Entry {
    let Vocabulary { codebook, gazetteer } = vocabulary;
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
        labels: labels::of_case(document, codebook),
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
        cases::seeds,
        testing::{TestDatabase, dump, tamper},
    };

    /// What the index is handed where the reading thread sends these batches and is gone.
    fn handed(sent: Vec<Result<Vec<Entry>>>) -> Vec<Result<Vec<Entry>>> {
        let (ready, batches) = sync_channel(sent.len());
        sent.into_iter().for_each(|batch| ready.send(batch).unwrap());
        drop(ready);
        UntilTheEnd { batches, is_over: false }.collect()
    }

    #[test]
    fn an_index_is_built_to_the_end_or_not_at_all() {
        let (db, codebook, gazetteer) = (TestDatabase::open(), Codebook::embedded(), Gazetteer::embedded());
        let vocabulary = Vocabulary { codebook: &codebook, gazetteer: &gazetteer };
        seeds::plant(&db, vocabulary, true).unwrap();
        let (ready, batches) = sync_channel(AHEAD);
        read_ahead(&db, vocabulary, &ready);
        let read: Vec<Result<Vec<Entry>>> = batches.try_iter().collect();
        assert_eq!(
            read.iter().map(|batch| batch.as_ref().unwrap().len()).collect::<Vec<_>>(),
            [7, 0],
            "the end is told"
        );
        let all = handed(read);
        assert!(all.len() == 1 && all[0].is_ok());
        let cut = handed(all);
        assert!(cut.len() == 2 && cut[0].is_ok() && cut[1].is_err(), "what ends without its end is not everything");
        let folder = tempfile::tempdir().unwrap();
        let index = crate::search::Tantivy::new(folder.path().join("index"));
        assert_eq!(rebuild(&db, vocabulary, &index, &mut |_| ()).unwrap(), 7);
        let mut cut = cut.into_iter();
        assert!(index.rebuild(&mut cut, &mut |_| ()).is_err());
        assert_eq!(index.state(), State::Ready { count: 7 }, "the old index stays in use");
        let found = index.matches(&crate::search::parse("huawei").query).unwrap();
        assert!(found.ordinals.len() > 1, "and answers on");
    }

    /// Whether the whole index waits to be built anew.
    fn rebuilds(db: &Database, codebook: &Codebook, index: &dyn SearchIndex) -> bool {
        tamper(db, "DELETE FROM jobs");
        keep_in_step(db, codebook, index).unwrap();
        db.read(|r| jobs::is_any_waiting(r, RebuildIndex::KIND)).unwrap()
    }

    // R1: whoever updates, or changes the vocabulary, finds the new names without a command.
    #[test]
    fn another_vocabulary_has_the_index_built_anew_and_the_same_one_does_not() {
        let (db, codebook, gazetteer) = (TestDatabase::open(), Codebook::embedded(), Gazetteer::embedded());
        let vocabulary = Vocabulary { codebook: &codebook, gazetteer: &gazetteer };
        let folder = tempfile::tempdir().unwrap();
        let index = crate::search::Tantivy::new(folder.path().join("index"));
        assert!(!rebuilds(&db, &codebook, &index), "there is nothing to be indexed");
        let own = include_str!("../../../../config/codebook.toml").replacen("Smart light pole", "Lamp that listens", 1);
        let own = Codebook::parse(&own, "own.toml").unwrap();
        seeds::plant(&db, vocabulary, true).unwrap();
        assert!(rebuilds(&db, &codebook, &index), "an older program indexed them, or none");
        let waiting = || dump(&db).iter().filter(|(column, _)| column == "jobs.id").count();
        keep_in_step(&db, &codebook, &index).unwrap();
        assert_eq!(waiting(), 1, "it waits already");
        tamper(&db, "UPDATE jobs SET state = 'dead'");
        keep_in_step(&db, &codebook, &index).unwrap();
        assert_eq!(waiting(), 2, "what failed for good is tried again at the next start");
        rebuild(&db, vocabulary, &index, &mut |_| ()).unwrap();
        assert!(!rebuilds(&db, &codebook, &index), "it is built");
        assert!(rebuilds(&db, &own, &index), "its names are others");
        rebuild(&db, Vocabulary { codebook: &own, ..vocabulary }, &index, &mut |_| ()).unwrap();
        assert!(!rebuilds(&db, &own, &index) && rebuilds(&db, &codebook, &index), "and back again");
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
