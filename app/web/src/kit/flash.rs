//! What one request leaves for the next one of the same browser: a form to be shown again, a sentence, something that is shown once.
//!
//! It lies in the memory of the process for a quarter of an hour, bounded, under the hash of the staff cookie, and never on disk. Where
//! another process answers the next request the form is empty and the sentence missing, and nothing else is lost: codes and keys that
//! were not seen can be drawn anew. Contributors' texts do not pass through here; they are sealed into the draft.

use std::{sync::Arc, time::Duration};

use actix_web::{HttpRequest, HttpResponse, Responder, body::BoxBody, cookie::Cookie, http::header};
use casebook_core::secret::{LookupHash, Secret, Token};
use moka::sync::Cache;

use super::{App, Filled, Message, Pairs, Problems, Visit, cookies::Kind};

const MINUTES: u64 = 15;
const ENTRIES: u64 = 1_000;

#[derive(Clone)]
enum Kept {
    Form(Arc<(Pairs, Problems)>),
    Notice(Message),
    Shown(Arc<Vec<Secret>>),
}

/// What is kept, by browser and place.
#[derive(Clone)]
pub struct Flash(Cache<(LookupHash, String), Kept>);

impl std::fmt::Debug for Flash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Flash")
    }
}

impl Default for Flash {
    fn default() -> Self {
        let cache = Cache::builder().max_capacity(ENTRIES).time_to_live(Duration::from_secs(MINUTES * 60));
        Self(cache.build())
    }
}

const NOTICE: &str = "notice";

impl Flash {
    /// Keeps a sentence for the next page.
    pub fn say(&self, to: &LookupHash, message: impl Into<Message>) {
        self.0.insert((to.clone(), NOTICE.to_owned()), Kept::Notice(message.into()));
    }

    /// Takes the sentence.
    #[must_use]
    pub fn said(&self, to: &LookupHash) -> Option<Message> {
        match self.0.remove(&(to.clone(), NOTICE.to_owned()))? {
            Kept::Notice(message) => Some(message),
            _ => None,
        }
    }

    /// Keeps secrets that the page called `place` shows, until [`Flash::forget`] or a quarter of an hour is over.
    pub fn show(&self, to: &LookupHash, place: &str, secrets: Vec<Secret>) {
        self.0.insert((to.clone(), place.to_owned()), Kept::Shown(Arc::new(secrets)));
    }

    /// The secrets that the page called `place` shows.
    #[must_use]
    pub fn shown(&self, to: &LookupHash, place: &str) -> Option<Arc<Vec<Secret>>> {
        match self.0.get(&(to.clone(), place.to_owned()))? {
            Kept::Shown(secrets) => Some(secrets),
            _ => None,
        }
    }

    /// Forgets them.
    pub fn forget(&self, to: &LookupHash, place: &str) {
        self.0.invalidate(&(to.clone(), place.to_owned()));
    }

    fn keep_form(&self, to: LookupHash, path: &str, values: Pairs, problems: Problems) {
        self.0.insert((to, path.to_owned()), Kept::Form(Arc::new((values, problems))));
    }

    fn form(&self, to: &LookupHash, path: &str) -> Option<Filled> {
        match self.0.remove(&(to.clone(), path.to_owned()))? {
            Kept::Form(form) => Some(Filled::again(form.0.clone(), form.1.clone())),
            _ => None,
        }
    }
}

impl App {
    /// Leads back to the page at `path`, which then shows the form as it was filled in, with everything that is wrong. Leave secrets out
    /// of `values`.
    #[must_use]
    pub fn again(&self, visit: &Visit, address: String, values: Pairs, problems: Problems) -> Back {
        let (key, cookie) = match &visit.key {
            Some(key) => (key.clone(), None),
            None => {
                let token = Token::draw(&*self.random);
                (token.lookup(), Some(self.cookies.set(Kind::Staff, &token)))
            }
        };
        let path = address.split('?').next().unwrap_or_default();
        self.flash.keep_form(key, path, values, problems);
        Back { address, cookie }
    }

    /// The form that the page is to show: as it was filled in if it came back, else `fresh`.
    #[must_use]
    pub fn form_for(&self, visit: &Visit, fresh: Filled) -> Filled {
        visit.key.as_ref().and_then(|key| self.flash.form(key, &visit.path)).unwrap_or(fresh)
    }
}

/// Leads back to a form; somebody without a cookie is given one, under which the form is found.
#[derive(Debug)]
pub struct Back {
    address: String,
    cookie: Option<Cookie<'static>>,
}

impl Responder for Back {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        self.into()
    }
}

impl From<Back> for HttpResponse {
    fn from(back: Back) -> Self {
        let mut answer = Self::SeeOther();
        answer.insert_header((header::LOCATION, back.address));
        if let Some(cookie) = back.cookie {
            answer.cookie(cookie);
        }
        answer.finish()
    }
}
