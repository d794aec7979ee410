//! The text index of large instances: a Meilisearch server (1.15 or newer), reached by its client library.
//!
//! Documents are the case's words, folded as for the embedded index, and its number; only the number is ever shown. The name of the index ends
//! with the version of its schema. The server stops at a number of hits that is set here, and then the answer says that it is not complete.

mod ask;
mod bridge;

use std::{future::Future, sync::Arc, time::Duration};

use meilisearch_sdk::{
    client::{Client, SwapIndexes},
    documents::DocumentsQuery,
    errors::{Error as Refusal, ErrorCode},
    search::{MatchingStrategies, Selectors},
    settings::{MinWordSizeForTypos, PaginationSetting, Settings, TypoToleranceSettings},
    task_info::TaskInfo,
    tasks::Task,
};
use roaring::RoaringBitmap;
use serde::{Deserialize, Serialize};

use self::{
    ask::{ANYWHERE, Ask},
    bridge::Bridge,
};
use super::{Away, Entry, Matches, SearchIndex, State, WordQuery, words};
use crate::{Error, Result, limits, secret::Secret};

/// The version of the schema: it rises whenever documents are indexed differently.
const VERSION: u32 = 3;
/// The field with the case's number.
const ORDINAL: &str = "ordinal";
/// The server's own rules of relevance, in its own order, and then ours for ties.
const RANKING: [&str; 7] = ["words", "typo", "proximity", "attribute", "sort", "exactness", "tie:asc"];
/// The largest body sent at once, in bytes; the server refuses more than 100 MB.
const BATCH_BYTES: usize = 40_000_000;
/// How many numbers are read at once for a report of drift.
const PAGE: usize = 10_000;

/// Which server, and how it is used.
#[derive(Debug, Clone)]
pub struct Server {
    /// Its address, such as `http://127.0.0.1:7700`.
    pub url: String,
    /// Its key, if it asks for one.
    pub key: Option<Secret>,
    /// The index's name; the version of the schema is added to it.
    pub index: String,
    /// At how many hits it stops.
    pub hits: usize,
    /// How long to wait for an answer to a search.
    pub patience: Duration,
    /// How long to wait until a batch is indexed.
    pub work: Duration,
}

/// The index on a server.
pub struct Meilisearch {
    server: Arc<Remote>,
    bridge: Bridge,
    patience: Duration,
    work: Duration,
}

struct Remote {
    client: Client,
    index: String,
    hits: usize,
    work: Duration,
}

#[derive(Serialize)]
struct Document {
    ordinal: u32,
    tie: u64,
    title: Vec<String>,
    vendor: Vec<String>,
    place: Vec<String>,
    country: Vec<String>,
    text: Vec<String>,
    label: Vec<String>,
}

#[derive(Deserialize)]
struct Hit {
    ordinal: u32,
}

type Answer<T> = std::result::Result<T, Refusal>;

impl Meilisearch {
    /// An index on this server, which need not answer yet.
    ///
    /// # Errors
    /// `Config` when the address or the key cannot be used.
    pub fn new(server: Server) -> Result<Self> {
        let key = server.key.as_ref().map(Secret::reveal);
        let client = Client::new(server.url.trim_end_matches('/'), key)
            .map_err(|error| Error::Config(format!("search.url and search.key: {error}")))?;
        let index = format!("{}_v{VERSION}", server.index);
        let remote = Remote { client, index, hits: server.hits, work: server.work };
        Ok(Self { server: Arc::new(remote), bridge: Bridge::start()?, patience: server.patience, work: server.work })
    }

    fn run<T, F>(&self, patience: Duration, work: impl FnOnce(Arc<Remote>) -> F) -> Result<T>
    where
        T: Send + 'static,
        F: Future<Output = Answer<T>> + Send + 'static,
    {
        self.bridge.run(patience, work(self.server.clone()))?.map_err(|refusal| away(refusal).into())
    }
}

impl SearchIndex for Meilisearch {
    fn matches(&self, words: &WordQuery) -> Result<Arc<Matches>> {
        let (all, none) = ask::asks(words);
        self.run(self.patience, |server| async move { server.matches(&all, &none).await }).map(Arc::new)
    }

    fn replace(&self, entries: &[Entry]) -> Result<()> {
        self.run(self.patience, |server| async move { server.client.get_raw_index(&server.index).await })?;
        for batch in batches(entries, BATCH_BYTES)? {
            self.run(self.work, |server| async move { server.add(&server.index, &batch).await })?;
        }
        Ok(())
    }

    fn remove(&self, ordinals: &[u32]) -> Result<()> {
        let ordinals = ordinals.to_vec();
        self.run(self.work, |server| async move {
            let task = server.client.index(&server.index).delete_documents(&ordinals).await?;
            server.done(task).await
        })
    }

    fn rebuild(
        &self,
        batches: &mut dyn Iterator<Item = Result<Vec<Entry>>>,
        progress: &mut dyn FnMut(usize),
    ) -> Result<usize> {
        let beside = format!("{}_next", self.server.index);
        let name = beside.clone();
        self.run(self.work, |server| async move { server.fresh(&name).await })?;
        let mut count = 0;
        for entries in batches {
            let entries = entries?;
            for batch in self::batches(&entries, BATCH_BYTES)? {
                let name = beside.clone();
                self.run(self.work, |server| async move { server.add(&name, &batch).await })?;
            }
            count += entries.len();
            progress(count);
        }
        self.run(self.work, |server| async move { server.swap(&beside).await })?;
        Ok(count)
    }

    fn form(&self) -> String {
        format!("meilisearch {VERSION}")
    }

    fn state(&self) -> State {
        let stats = self.bridge.run(self.patience, {
            let server = self.server.clone();
            async move { server.client.index(&server.index).get_stats().await }
        });
        match stats {
            Ok(Ok(stats)) => State::Ready { count: stats.number_of_documents as u64 },
            Ok(Err(refusal)) => State::Away(away(refusal)),
            Err(error) => State::Away(Away::Silent(error.to_string())),
        }
    }

    fn held(&self) -> Result<RoaringBitmap> {
        self.run(self.work, |server| async move { server.held().await })
    }
}

impl Remote {
    async fn matches(&self, all: &[Ask], none: &[Ask]) -> Answer<Matches> {
        let mut found: Option<Vec<u32>> = None;
        let mut complete = true;
        for ask in all {
            let hits = self.hits(ask).await?;
            complete &= hits.len() < self.hits;
            found = Some(match found {
                None => hits,
                Some(mut ordered) => {
                    let also: RoaringBitmap = hits.into_iter().collect();
                    ordered.retain(|&ordinal| also.contains(ordinal));
                    ordered
                }
            });
        }
        let mut ordinals = found.unwrap_or_default();
        for ask in none {
            let hits = self.hits(ask).await?;
            complete &= hits.len() < self.hits;
            let barred: RoaringBitmap = hits.into_iter().collect();
            ordinals.retain(|&ordinal| !barred.contains(ordinal));
        }
        Ok(Matches::of(ordinals, complete))
    }

    async fn hits(&self, ask: &Ask) -> Answer<Vec<u32>> {
        let index = self.client.index(&self.index);
        let mut query = index.search();
        query.with_query(&ask.q).with_limit(self.hits).with_attributes_to_search_on(ask.attributes);
        query.with_attributes_to_retrieve(Selectors::Some(&[ORDINAL])).with_matching_strategy(MatchingStrategies::ALL);
        let found = query.execute::<Hit>().await?;
        Ok(found.hits.into_iter().map(|hit| hit.result.ordinal).collect())
    }

    async fn add(&self, index: &str, documents: &[serde_json::Value]) -> Answer<()> {
        let task = self.client.index(index).add_or_replace(documents, Some(ORDINAL)).await?;
        self.done(task).await
    }

    /// An empty index of this name, with our settings.
    async fn fresh(&self, name: &str) -> Answer<()> {
        let task = self.client.delete_index(name).await?;
        match self.done(task).await {
            Err(Refusal::Meilisearch(refusal)) if refusal.error_code == ErrorCode::IndexNotFound => {}
            done => done?,
        }
        let task = self.client.create_index(name, Some(ORDINAL)).await?;
        self.done(task).await?;
        let task = self.client.index(name).set_settings(&self.settings()).await?;
        self.done(task).await
    }

    fn settings(&self) -> Settings {
        let sizes = MinWordSizeForTypos { one_typo: Some(4), two_typos: Some(8) };
        let typos = TypoToleranceSettings {
            enabled: Some(true),
            min_word_size_for_typos: Some(sizes),
            disable_on_numbers: Some(true),
            ..TypoToleranceSettings::default()
        };
        Settings::new()
            .with_searchable_attributes(ANYWHERE.into_iter().chain(["country"]))
            .with_displayed_attributes([ORDINAL])
            .with_filterable_attributes([ORDINAL])
            .with_ranking_rules(RANKING)
            .with_typo_tolerance(typos)
            .with_pagination(PaginationSetting { max_total_hits: self.hits })
    }

    /// Puts the index built beside in the place of the one in use, and removes what was in use.
    async fn swap(&self, beside: &str) -> Answer<()> {
        match self.client.get_raw_index(&self.index).await {
            Err(Refusal::Meilisearch(refusal)) if refusal.error_code == ErrorCode::IndexNotFound => {
                let task = self.client.create_index(&self.index, Some(ORDINAL)).await?;
                self.done(task).await?;
            }
            found => drop(found?),
        }
        let pair = SwapIndexes { indexes: (self.index.clone(), beside.to_owned()), rename: None };
        let task = self.client.swap_indexes([&pair]).await?;
        self.done(task).await?;
        let task = self.client.delete_index(beside).await?;
        self.done(task).await
    }

    async fn held(&self) -> Answer<RoaringBitmap> {
        let index = self.client.index(&self.index);
        let mut held = RoaringBitmap::new();
        for page in 0.. {
            let mut query = DocumentsQuery::new(&index);
            query.with_offset(page * PAGE).with_limit(PAGE).with_fields([ORDINAL]);
            let found = query.execute::<Hit>().await?.results;
            held.extend(found.iter().map(|hit| hit.ordinal));
            if found.len() < PAGE {
                break;
            }
        }
        Ok(held)
    }

    /// Waits until the server has done a piece of work.
    async fn done(&self, task: TaskInfo) -> Answer<()> {
        match task.wait_for_completion(&self.client, None, Some(self.work)).await? {
            Task::Failed { content } => Err(Refusal::Meilisearch(content.error)),
            _ => Ok(()),
        }
    }
}

/// Documents in bodies that the server takes, by number and by size.
fn batches(entries: &[Entry], most_bytes: usize) -> Result<Vec<Vec<serde_json::Value>>> {
    let mut batches: Vec<Vec<serde_json::Value>> = Vec::new();
    let mut size = 0;
    for entry in entries {
        let document = serde_json::to_value(Document::of(entry))?;
        let length = document.to_string().len() + 1;
        match batches.last_mut() {
            Some(batch) if batch.len() < limits::BATCH && size + length <= most_bytes => batch.push(document),
            _ => {
                batches.push(vec![document]);
                size = 0;
            }
        }
        size += length;
    }
    Ok(batches)
}

impl Document {
    fn of(entry: &Entry) -> Self {
        let folded =
            |groups: &[&[String]]| groups.iter().flat_map(|group| group.iter()).map(|text| folded(text)).collect();
        Self {
            ordinal: entry.ordinal,
            tie: entry.tie,
            title: folded(&[&entry.titles]),
            vendor: folded(&[&entry.vendors]),
            place: folded(&[&entry.places, &entry.country_names]),
            country: folded(&[&entry.country_codes, &entry.country_names]),
            text: folded(&[&entry.texts]),
            label: folded(&[&entry.labels]),
        }
    }
}

fn folded(text: &str) -> String {
    words::indexed(text).into_iter().map(|piece| piece.word).collect::<Vec<_>>().join(" ")
}

fn away(refusal: Refusal) -> Away {
    match refusal {
        Refusal::Meilisearch(refusal) if refusal.error_code == ErrorCode::IndexNotFound => Away::Missing,
        Refusal::Meilisearch(refusal) => Away::Broken(refusal.error_message),
        refusal => Away::Silent(refusal.to_string()),
    }
}

#[cfg(test)]
mod tests;
