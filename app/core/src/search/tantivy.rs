//! The embedded text index, in a folder of its own.
//!
//! `current` names the sub-folder in use, `v1-7`: the version of the schema and a running number. A rebuild makes the next one and renames
//! the new `current` over the old, so that other processes notice at their next search. Writers take turns by a lock on the file `lock`.
//! Documents keep no text; what is deleted is merged away at once, so that erased words leave the disk.

mod query;
mod schema;

use std::{
    fs::{self, File},
    io::Write,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::SystemTime,
};

use ::tantivy::{
    Index, IndexReader, IndexWriter, ReloadPolicy, TantivyDocument, TantivyError, Term, directory::MmapDirectory,
    indexer::NoMergePolicy,
};
use moka::sync::Cache;
use roaring::RoaringBitmap;

use self::schema::Fields;
use super::{Away, Entry, Matches, SearchIndex, State, WordQuery};
use crate::{Error, Result};

/// The version of the schema: it rises whenever documents are indexed differently.
const VERSION: u32 = 3;
/// Memory of the writer of small changes and of the one that rebuilds, in bytes.
const SMALL: usize = 15_000_000;
const LARGE: usize = 80_000_000;
/// Up to this many changed cases, deleted words are merged away at once.
const FEW: usize = 50;
/// From so many cases on an answer is kept for whoever asks next: it took long, and words that so many cases have tell nothing of who asked.
const MANY: usize = 5_000;
/// How much room answers take that are kept, in bytes.
const ROOM: u64 = 32_000_000;

/// The embedded index.
pub struct Tantivy {
    folder: PathBuf,
    opened: Mutex<Option<Arc<Opened>>>,
}

/// The index as found on disk at one moment, with what it answered to frequent words.
struct Opened {
    stamp: Stamp,
    index: Index,
    reader: IndexReader,
    fields: Fields,
    answers: Cache<WordQuery, Arc<Matches>>,
}

/// What tells one moment of the folder from another.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Stamp {
    name: String,
    written: Option<SystemTime>,
    length: u64,
}

impl Tantivy {
    /// An index in this folder, which need not be there yet. Never fails: see [`SearchIndex::state`].
    #[must_use]
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into(), opened: Mutex::new(None) }
    }

    /// The index as it is now, opened again if another process has written to it.
    fn current(&self) -> Result<Arc<Opened>, Away> {
        let stamp = self.stamp()?;
        let mut opened = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = opened.as_ref().filter(|known| known.stamp == stamp) {
            return Ok(known.clone());
        }
        *opened = None;
        let fresh = guarded(|| Opened::open(&self.folder, stamp))??;
        Ok(opened.insert(Arc::new(fresh)).clone())
    }

    fn stamp(&self) -> Result<Stamp, Away> {
        let name = match fs::read_to_string(self.folder.join("current")) {
            Ok(name) => name.trim().to_owned(),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Err(Away::Missing),
            Err(error) => return Err(Away::Broken(error.to_string())),
        };
        match number(&name) {
            None => return Err(Away::Broken(format!("`current` names {name:?}"))),
            Some((version, _)) if version != VERSION => return Err(Away::OtherVersion),
            Some(_) => {}
        }
        let meta = fs::metadata(self.folder.join(&name).join("meta.json"))
            .map_err(|error| Away::Broken(format!("{name}: {error}")))?;
        Ok(Stamp { name, written: meta.modified().ok(), length: meta.len() })
    }

    /// Waits for its turn to write; the turn ends when the file is dropped.
    fn turn(&self) -> Result<File> {
        fs::create_dir_all(&self.folder).map_err(unavailable)?;
        let lock = File::create(self.folder.join("lock")).map_err(unavailable)?;
        lock.lock().map_err(unavailable)?;
        Ok(lock)
    }

    fn change(&self, few: bool, change: impl FnOnce(&Opened, &mut IndexWriter) -> ::tantivy::Result<()>) -> Result<()> {
        let _turn = self.turn()?;
        let opened = self.current()?;
        let done: ::tantivy::Result<()> = guarded(|| {
            let mut writer: IndexWriter = opened.index.writer_with_num_threads(1, SMALL)?;
            change(&opened, &mut writer)?;
            writer.commit()?;
            if few {
                purge(&opened.index, &mut writer)?;
            }
            writer.wait_merging_threads()
        })?;
        done.map_err(unavailable)
    }

    /// The number of the next sub-folder: higher than any that is there.
    fn next_name(&self) -> Result<String> {
        let mut highest = 0;
        for entry in fs::read_dir(&self.folder).map_err(unavailable)? {
            let name = entry.map_err(unavailable)?.file_name();
            if let Some((_, number)) = name.to_str().and_then(number) {
                highest = highest.max(number);
            }
        }
        Ok(format!("v{VERSION}-{}", highest + 1))
    }

    /// Makes `name` the one in use and removes the others.
    fn swap(&self, name: &str) -> std::io::Result<()> {
        let beside = self.folder.join("current.new");
        let mut file = File::create(&beside)?;
        writeln!(file, "{name}")?;
        file.sync_all()?;
        fs::rename(&beside, self.folder.join("current"))?;
        self.sweep(name)
    }

    fn sweep(&self, keep: &str) -> std::io::Result<()> {
        for entry in fs::read_dir(&self.folder)? {
            let entry = entry?;
            let other = entry.file_name().to_str().is_some_and(|name| name != keep && number(name).is_some());
            if other {
                // A reader elsewhere may still hold it on systems that lock open files; the next rebuild tries again.
                let _ = fs::remove_dir_all(entry.path());
            }
        }
        Ok(())
    }
}

impl Opened {
    fn open(folder: &Path, stamp: Stamp) -> Result<Self, Away> {
        let broken = |error: TantivyError| Away::Broken(error.to_string());
        let directory =
            MmapDirectory::open(folder.join(&stamp.name)).map_err(|error| Away::Broken(error.to_string()))?;
        let index = Index::open(directory).map_err(broken)?;
        let (schema, fields) = schema::schema();
        if index.schema() != schema {
            return Err(Away::OtherVersion);
        }
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into().map_err(broken)?;
        let weight = |_: &WordQuery, found: &Arc<Matches>| {
            let sets = found.set.serialized_size() + found.similar.serialized_size();
            u32::try_from(found.ordinals.len() * size_of::<u32>() + sets).unwrap_or(u32::MAX)
        };
        let answers = Cache::builder().max_capacity(ROOM).weigher(weight).build();
        Ok(Self { stamp, index, reader, fields, answers })
    }

    fn matches(&self, words: &WordQuery) -> Result<Arc<Matches>> {
        if let Some(known) = self.answers.get(words) {
            return Ok(known);
        }
        let found = guarded(|| query::run(&self.reader.searcher(), &self.fields, words))?;
        let found = Arc::new(found.map_err(unavailable)?);
        if found.ordinals.len() >= MANY {
            self.answers.insert(words.clone(), found.clone());
        }
        Ok(found)
    }
}

impl SearchIndex for Tantivy {
    fn matches(&self, words: &WordQuery) -> Result<Arc<Matches>> {
        self.current()?.matches(words)
    }

    fn replace(&self, entries: &[Entry]) -> Result<()> {
        self.change(entries.len() <= FEW, |opened, writer| {
            for entry in entries {
                writer.delete_term(Term::from_field_u64(opened.fields.ordinal, entry.ordinal.into()));
                writer.add_document(opened.fields.document(entry))?;
            }
            Ok(())
        })
    }

    fn remove(&self, ordinals: &[u32]) -> Result<()> {
        self.change(true, |opened, writer| {
            for &ordinal in ordinals {
                writer.delete_term(Term::from_field_u64(opened.fields.ordinal, ordinal.into()));
            }
            Ok(())
        })
    }

    fn rebuild(
        &self,
        batches: &mut dyn Iterator<Item = Result<Vec<Entry>>>,
        progress: &mut dyn FnMut(usize),
    ) -> Result<usize> {
        let _turn = self.turn()?;
        let name = self.next_name()?;
        let path = self.folder.join(&name);
        let built = build(&path, batches, progress);
        if built.is_err() {
            let _ = fs::remove_dir_all(&path);
        }
        let count = built?;
        self.swap(&name).map_err(unavailable)?;
        Ok(count)
    }

    fn form(&self) -> String {
        format!("tantivy {VERSION}")
    }

    fn state(&self) -> State {
        match self.current() {
            Ok(opened) => State::Ready { count: opened.reader.searcher().num_docs() },
            Err(away) => State::Away(away),
        }
    }

    fn held(&self) -> Result<RoaringBitmap> {
        let opened = self.current()?;
        guarded(|| query::held(&opened.reader.searcher()))?.map_err(unavailable)
    }
}

fn build(
    path: &Path,
    batches: &mut dyn Iterator<Item = Result<Vec<Entry>>>,
    progress: &mut dyn FnMut(usize),
) -> Result<usize> {
    fs::create_dir_all(path).map_err(unavailable)?;
    let (schema, fields) = schema::schema();
    let index = Index::create_in_dir(path, schema).map_err(unavailable)?;
    let mut writer: IndexWriter<TantivyDocument> = index.writer_with_num_threads(1, LARGE).map_err(unavailable)?;
    let mut count = 0;
    for batch in batches {
        for entry in batch? {
            writer.add_document(fields.document(&entry)).map_err(unavailable)?;
            count += 1;
        }
        progress(count);
    }
    writer.commit().map_err(unavailable)?;
    writer.wait_merging_threads().map_err(unavailable)?;
    Ok(count)
}

/// Merges segments that hold deleted documents, so that their words are gone from the disk and not only from the answers.
fn purge(index: &Index, writer: &mut IndexWriter) -> ::tantivy::Result<()> {
    let stained: Vec<_> =
        index.searchable_segment_metas()?.iter().filter(|meta| meta.has_deletes()).map(|meta| meta.id()).collect();
    if !stained.is_empty() {
        writer.set_merge_policy(Box::new(NoMergePolicy));
        writer.merge(&stained).wait()?;
        writer.garbage_collect_files().wait()?;
    }
    Ok(())
}

/// `v1-7` as version and number.
fn number(name: &str) -> Option<(u32, u64)> {
    let (version, number) = name.strip_prefix('v')?.split_once('-')?;
    Some((version.parse().ok()?, number.parse().ok()?))
}

/// A damaged file can make the library panic; for us the index is then away.
fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, Away> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|_| Away::Broken("a file is damaged".to_owned()))
}

fn unavailable(error: impl std::fmt::Display) -> Error {
    Error::Unavailable(format!("the text index: {error}"))
}

#[cfg(test)]
mod tests;
