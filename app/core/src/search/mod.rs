//! Which cases fit the words, and in which order. Filters and counts are set arithmetic elsewhere and need none of this.
//!
//! Two implementations keep one contract, tried by the same tests: [`Tantivy`], embedded, and [`Meilisearch`], a server. Both are derived:
//! whatever they hold is made from published documents and can be rebuilt by a command. Neither keeps texts, only what is needed to find them.

mod grammar;
mod meilisearch;
mod tantivy;
mod words;

#[cfg(test)]
mod contract;

use std::{sync::Arc, time::Duration};

use roaring::RoaringBitmap;

pub use grammar::{Clause, ClauseKind, MOST_CLAUSES, Note, Parsed, Unread, WordField, WordQuery, parse};
pub use meilisearch::{Meilisearch, Server};
pub use tantivy::Tantivy;

use crate::{
    Result,
    config::{Config, Engine},
};

/// How long a page waits for the words before it does without them.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long a job waits until a server has indexed a batch.
const WORK: Duration = Duration::from_secs(600);

/// The index that the configuration chooses; it may be away.
///
/// # Errors
/// `Config` when a server's address or key cannot be used.
pub fn open(config: &Config) -> Result<Arc<dyn SearchIndex>> {
    let settings = &config.search;
    Ok(match settings.engine {
        Engine::Tantivy => Arc::new(Tantivy::new(config.in_data(&settings.folder))),
        Engine::Meilisearch => Arc::new(Meilisearch::new(Server {
            url: settings.meilisearch_url.clone(),
            key: (!settings.meilisearch_key.is_empty()).then(|| settings.meilisearch_key.clone()),
            index: settings.meilisearch_index.clone(),
            hits: settings.meilisearch_hits,
            patience: PATIENCE,
            work: WORK,
        })?),
    })
}

/// What is indexed of one case.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// The case's number in bitmaps and in the index.
    pub ordinal: u32,
    /// Where words fit two cases alike, the one with the smaller number comes first. It is drawn by chance: the ordinals would tell in which
    /// order cases of one quarter became public.
    pub tie: u64,
    /// Its title, in each language it has one.
    pub titles: Vec<String>,
    /// Names of its places, where they are public.
    pub places: Vec<String>,
    /// Names of the organisations involved, other names included.
    pub vendors: Vec<String>,
    /// Codes of its countries, such as `DE`.
    pub country_codes: Vec<String>,
    /// Names of its countries.
    pub country_names: Vec<String>,
    /// Everything else that can be read on its page.
    pub texts: Vec<String>,
    /// Names of its codes, as the vocabulary has them, and the codes themselves; each once.
    pub labels: Vec<String>,
}

/// The cases that fit the words.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Matches {
    /// Their numbers, best first.
    pub ordinals: Vec<u32>,
    /// The same numbers as a set.
    pub set: RoaringBitmap,
    /// Those among them that have some word in a similar spelling alone, where the index tells.
    pub similar: RoaringBitmap,
    /// Whether these are all; a server may stop at a number of hits.
    pub complete: bool,
}

impl Matches {
    /// These cases, best first.
    #[must_use]
    pub fn of(ordinals: Vec<u32>, complete: bool) -> Self {
        let set = ordinals.iter().copied().collect();
        Self { ordinals, set, similar: RoaringBitmap::new(), complete }
    }
}

/// Whether the index can be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// It can.
    Ready {
        /// How many cases it holds.
        count: u64,
    },
    /// It cannot; `reindex` repairs it, unless a server has to be started.
    Away(Away),
}

/// Why the index cannot be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Away {
    /// There is none yet.
    Missing,
    /// It was made by another version of the program.
    OtherVersion,
    /// It is there and cannot be read.
    Broken(String),
    /// The server does not answer.
    Silent(String),
}

impl std::fmt::Display for Away {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Missing => f.write_str("there is no text index yet"),
            Self::OtherVersion => f.write_str("the text index was made by another version"),
            Self::Broken(reason) => write!(f, "the text index cannot be read: {reason}"),
            Self::Silent(reason) => write!(f, "the search server does not answer: {reason}"),
        }
    }
}

impl From<Away> for crate::Error {
    fn from(away: Away) -> Self {
        Self::Unavailable(away.to_string())
    }
}

/// The words of a text as they are compared: folded, without what stands between them.
pub(crate) fn words_of(text: &str) -> Vec<String> {
    words::asked(text).into_iter().map(|piece| piece.word).collect()
}

/// The text index. All methods block; `Error::Unavailable` means that the index is away or busy, and nothing was changed.
pub trait SearchIndex: Send + Sync {
    /// The cases that fit, best first. Shared: an answer may be given again as long as the index is the same.
    ///
    /// # Errors
    /// `Unavailable` when the index is away.
    fn matches(&self, words: &WordQuery) -> Result<Arc<Matches>>;

    /// Takes these cases in, in place of what was held under their numbers.
    ///
    /// # Errors
    /// `Unavailable` when the index is away or another process writes for too long.
    fn replace(&self, entries: &[Entry]) -> Result<()>;

    /// Forgets these cases, words and all.
    ///
    /// # Errors
    /// As [`SearchIndex::replace`].
    fn remove(&self, ordinals: &[u32]) -> Result<()>;

    /// Builds the index anew from all batches beside the old one, then swaps; says after each batch how many cases it has. Returns their number.
    ///
    /// # Errors
    /// What a batch failed with, or `Unavailable`; the old index stays in use.
    fn rebuild(
        &self,
        batches: &mut dyn Iterator<Item = Result<Vec<Entry>>>,
        progress: &mut dyn FnMut(usize),
    ) -> Result<usize>;

    /// Whether it can be asked, and how many cases it holds.
    fn state(&self) -> State;

    /// The engine and the version of what it keeps; another one cannot use what this one made.
    fn form(&self) -> String;

    /// The numbers of all cases it holds, for a report of drift.
    ///
    /// # Errors
    /// `Unavailable` when the index is away.
    fn held(&self) -> Result<RoaringBitmap>;
}
