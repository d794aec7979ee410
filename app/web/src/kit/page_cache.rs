//! Public pages that need not be made again: as they are sent, compressed already, for as long as nothing public has changed.
//!
//! All that is kept belongs to one state of what is public (`page_cache/pulse.rs`). The state is asked of the database for every request, and
//! with another one everything is dropped: so a page that is redacted, hidden, revised or merged is never shown again as it was, whichever
//! process changed it. What depends on who asks is never kept: whoever has a cookie of the staff is shown a page made for them.

mod coding;
mod pulse;

use std::{
    future::Future,
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicU64, Ordering},
    },
};

use actix_web::{
    HttpRequest, HttpResponse, Responder,
    body::{BoxBody, MessageBody},
    http::{
        StatusCode,
        header::{self, HeaderName, HeaderValue},
    },
    web::{Bytes, block},
};
use data_encoding::HEXLOWER;
use moka::sync::Cache;
use sha2::{Digest, Sha256};

use self::{
    coding::Coding,
    pulse::{Pulse, State},
};
use super::{App, Error, Result, Visit, page::Scripted};

/// What a kept page takes beside its body, roughly, in bytes.
const BESIDE: usize = 1_000;

/// The kept pages of a process.
#[derive(Debug)]
pub struct PageCache {
    most_bytes: u64,
    pulse: Pulse,
    shelf: RwLock<Shelf>,
    shown: AtomicU64,
}

/// The pages of one state.
#[derive(Debug, Clone)]
struct Shelf {
    state: Option<State>,
    pages: Cache<Key, Arc<Kept>>,
}

/// Which page, and how it is compressed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Key {
    address: String,
    language: &'static str,
    coding: Coding,
}

/// A page as it is sent.
#[derive(Debug)]
struct Kept {
    headers: Vec<(HeaderName, HeaderValue)>,
    body: Bytes,
}

/// The page at `address`: as it is kept, or as `make` makes it, which is kept then for those who ask next. The address is the one by which
/// the page is known, whatever way of writing it was asked for; nothing but state, language and visitor may make a difference to the page.
///
/// # Errors
/// Those of `make`.
pub async fn kept_or<P>(
    request: &HttpRequest,
    visit: &Visit,
    address: String,
    make: impl Future<Output = Result<P>>,
) -> Result<HttpResponse>
where
    P: Responder<Body = BoxBody>,
{
    let app = App::of(request)?;
    let Some(coding) = Coding::of(request).filter(|_| visit.key.is_none() && app.pages.most_bytes > 0) else {
        return Ok(make.await?.respond_to(request));
    };
    let key = Key { address, language: visit.language.code(), coding };
    // The state comes first: should it change while the page is made, the page is newer than it says and is not shown to who comes later.
    let state = app.pages.pulse.state(&app.db).await;
    if let Some(kept) = state.and_then(|state| app.pages.find(state, &key)) {
        return Ok(kept.answer());
    }
    let answer = make.await?.respond_to(request);
    match state {
        Some(state) if answer.status() == StatusCode::OK && !answer.extensions().contains::<Scripted>() => {
            app.pages.keep(state, key, answer).await
        }
        _ => Ok(answer),
    }
}

impl PageCache {
    /// An empty one that takes so many megabytes at most; with 0 nothing is ever kept.
    #[must_use]
    pub fn new(megabytes: u32) -> Self {
        let most_bytes = u64::from(megabytes) * 1_000_000;
        Self {
            most_bytes,
            pulse: Pulse::default(),
            shelf: RwLock::new(Shelf::of(None, most_bytes)),
            shown: AtomicU64::default(),
        }
    }

    /// How many pages were shown as they were kept since the start; for tests and `/metrics`.
    #[must_use]
    pub fn shown(&self) -> u64 {
        self.shown.load(Ordering::Relaxed)
    }

    fn find(&self, state: State, key: &Key) -> Option<Arc<Kept>> {
        let kept = self.pages_of(state)?.get(key)?;
        self.shown.fetch_add(1, Ordering::Relaxed);
        Some(kept)
    }

    /// The pages of this state; those of an earlier one are dropped, and of one that is over there are none.
    fn pages_of(&self, state: State) -> Option<Cache<Key, Arc<Kept>>> {
        let shelf = self.shelf.read().unwrap_or_else(PoisonError::into_inner).clone();
        if shelf.state == Some(state) {
            return Some(shelf.pages);
        }
        let mut shelf = self.shelf.write().unwrap_or_else(PoisonError::into_inner);
        if shelf.state.is_none_or(|known| known < state) {
            *shelf = Shelf::of(Some(state), self.most_bytes);
        }
        (shelf.state == Some(state)).then(|| shelf.pages.clone())
    }

    /// Takes an answer in and gives it as it is sent.
    async fn keep(&self, state: State, key: Key, answer: HttpResponse) -> Result<HttpResponse> {
        let (head, body) = answer.into_parts();
        let body = match body.try_into_bytes() {
            Ok(body) => body,
            Err(body) => return Ok(head.set_body(body)),
        };
        let coding = key.coding;
        let body = block(move || coding.compress(body)).await.map_err(Error::unexpected)?;
        let body = body.map_err(Error::unexpected)?;
        let mut headers: Vec<_> = head.headers().iter().map(|(name, value)| (name.clone(), value.clone())).collect();
        headers.extend(coding.header().map(|coding| (header::CONTENT_ENCODING, coding)));
        headers.push((header::VARY, HeaderValue::from_static("accept-encoding")));
        headers.push((header::ETAG, tag(&body)?));
        let kept = Arc::new(Kept { headers, body });
        if let Some(pages) = self.pages_of(state) {
            pages.insert(key, kept.clone());
        }
        Ok(kept.answer())
    }
}

impl Shelf {
    fn of(state: Option<State>, most_bytes: u64) -> Self {
        let weight = |key: &Key, kept: &Arc<Kept>| {
            u32::try_from(BESIDE + key.address.len() + kept.body.len()).unwrap_or(u32::MAX)
        };
        Self { state, pages: Cache::builder().max_capacity(most_bytes).weigher(weight).build() }
    }
}

impl Kept {
    fn answer(&self) -> HttpResponse {
        let mut answer = HttpResponse::Ok();
        for (name, value) in &self.headers {
            answer.insert_header((name.clone(), value.clone()));
        }
        answer.body(self.body.clone())
    }
}

/// A strong tag: of these very bytes, so that each way of compressing a page has its own (RFC 9110 section 8.8.3).
fn tag(body: &[u8]) -> Result<HeaderValue> {
    let digest = HEXLOWER.encode(&Sha256::digest(body)[..16]);
    HeaderValue::from_str(&format!("\"{digest}\"")).map_err(Error::unexpected)
}

#[cfg(test)]
mod tests {
    use casebook_core::{db::Actor, testing::TestDatabase};

    use super::*;

    fn key(address: &str) -> Key {
        Key { address: address.to_owned(), language: "en", coding: Coding::Plain }
    }

    async fn kept(cache: &PageCache, state: State, address: &str, body: String) -> HttpResponse {
        cache.keep(state, key(address), HttpResponse::Ok().content_type("text/html").body(body)).await.unwrap()
    }

    #[actix_web::test]
    async fn what_was_kept_is_dropped_with_the_state() {
        let (db, cache) = (TestDatabase::open(), PageCache::new(1));
        let before = cache.pulse.state(&db).await.unwrap();
        let first = kept(&cache, before, "/a", "old".to_owned()).await;
        assert!(cache.find(before, &key("/a")).is_some(), "it is kept");
        assert!(cache.find(before, &key("/b")).is_none());
        db.write(Actor::System, |tx| tx.change_public().map(drop)).unwrap();
        let after = cache.pulse.state(&db).await.unwrap();
        assert!(cache.find(after, &key("/a")).is_none(), "another state has its own pages");
        let again = kept(&cache, after, "/a", "new".to_owned()).await;
        assert_ne!(first.headers().get("etag"), again.headers().get("etag"));
        assert!(cache.find(before, &key("/a")).is_none(), "a state that is over has none");
        kept(&cache, before, "/a", "old".to_owned()).await;
        assert_eq!(cache.find(after, &key("/a")).unwrap().body, "new", "what was made too late is not kept");
        assert_eq!(cache.shown(), 2);
    }

    #[actix_web::test]
    async fn no_more_is_kept_than_there_is_room_for() {
        let (db, cache) = (TestDatabase::open(), PageCache::new(1));
        let state = cache.pulse.state(&db).await.unwrap();
        for page in 0..40 {
            kept(&cache, state, &format!("/{page}"), "x".repeat(100_000)).await;
        }
        let pages = cache.pages_of(state).unwrap();
        pages.run_pending_tasks();
        assert!((1..=10).contains(&pages.entry_count()), "{} of 40", pages.entry_count());
        assert!(pages.weighted_size() <= 1_000_000);
    }
}
