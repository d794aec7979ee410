//! Alerts by mail (rows R6, D10): a reader asks to be told of new and revised cases that fit a search.
//!
//! Nothing is sent to a mailbox before its owner has said yes on a page that one mail led to, and at most one such mail a day goes there.
//! Address and search lie sealed to the instance key; marks under a key that is not in the database find them again. The token in the links
//! follows from the row's id under that key, so that it can be written into each mail and lies nowhere (decision 0032).

mod ask;
mod send;
mod store;

use chrono::{Datelike, Days};
use serde::{Deserialize, Serialize};

pub use self::{
    ask::{Found, Wish, ask, confirm, end, find, remove_expired},
    send::{Post, SendConfirmation, SendNews, enqueue_news},
};
use crate::{
    Error, Result,
    cases::facets::Filters,
    clock::Day,
    codebook::Codebook,
    ids::{AlertId, CaseId},
    mail::{Address, Letter},
    organisations::Directory,
    seal::{Envelope, InstanceKeys, open_json},
    secret::{Token, silent_debug},
};

/// The purpose of the envelopes; the place is the row's id.
const PURPOSE: &str = "alert";

/// How often a reader is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rhythm {
    /// Each day on which there is something new.
    Daily,
    /// Each Monday before which something new came.
    Weekly,
}

impl Rhythm {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 2] = [Self::Daily, Self::Weekly];

    /// The word in forms and in the database.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Daily => "daily",
            Self::Weekly => "weekly",
        }
    }

    /// The rhythm that a word names.
    #[must_use]
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rhythm| rhythm.code() == code)
    }

    /// The first day after `day` on which such a mail is sent.
    fn next(self, day: Day) -> Day {
        let days = match self {
            Self::Daily => 1,
            Self::Weekly => 7 - u64::from(day.weekday().num_days_from_monday()),
        };
        day.checked_add_days(Days::new(days)).unwrap_or(Day::MAX)
    }
}

/// What lies sealed of a wish.
#[derive(Serialize, Deserialize)]
struct Watched {
    address: String,
    /// The pairs of the search, in their canonical order.
    pairs: Vec<(String, String)>,
}

silent_debug!(Watched);

impl Watched {
    fn open(keys: &InstanceKeys, id: &AlertId, envelope: &Envelope) -> Result<Self> {
        Ok(open_json(keys.key_pair(), PURPOSE, id.as_str(), envelope)?)
    }

    fn address(&self) -> Result<Address> {
        Address::parse(&self.address).map_err(Error::unexpected)
    }
}

/// What proves, by being known, that somebody reads the mails of an alert.
fn token(keys: &InstanceKeys, id: &AlertId) -> Token {
    Token::of_bits(keys.alerts().mark(format!("token {id}").as_bytes()))
}

/// What the mail says that asks whether it was the owner of the mailbox who wants to be told. The search is not in it: whoever asks could
/// write what they like into one, to be carried to others.
#[derive(Debug)]
pub struct Asking {
    /// For the link.
    pub token: Token,
    /// How often they would be told.
    pub rhythm: Rhythm,
    /// The last day on which the link can be used, in UTC.
    pub until: Day,
}

/// What a mail tells of.
#[derive(Debug)]
pub struct News {
    /// For the link by which it ends.
    pub token: Token,
    /// The search.
    pub filters: Filters,
    /// The organisations that the search names.
    pub parties: Directory,
    /// New and revised cases, as lists order them.
    pub cases: Vec<NewCase>,
    /// How many more there are.
    pub more: usize,
    /// How many cases fit the search altogether.
    pub found: u64,
    /// The search server stopped at its number of hits: there may be more.
    pub incomplete: bool,
    /// How many are published.
    pub published: u64,
}

/// A case in a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCase {
    /// Its id.
    pub id: CaseId,
    /// Its title, as readers see it.
    pub title: String,
    /// The number of its revision.
    pub revision: u32,
}

/// The words of these mails. They are not the core's business; whoever runs the worker hands them in.
pub trait Letters: Send + Sync {
    /// The mail that asks for confirmation.
    ///
    /// # Errors
    /// If it cannot be put into words.
    fn asking(&self, asking: &Asking) -> Result<Letter>;

    /// The mail that tells what is new; the search is named in the words of the vocabulary.
    ///
    /// # Errors
    /// If it cannot be put into words.
    fn news(&self, news: &News, codebook: &Codebook) -> Result<Letter>;

    /// The address at which a click ends the alert.
    fn end(&self, token: &Token) -> String;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_ends_on_monday_and_a_day_on_the_next() {
        let day = |text: &str| text.parse::<Day>().unwrap();
        assert_eq!(Rhythm::Daily.next(day("2026-12-31")), day("2027-01-01"));
        for (from, to) in [("2026-11-23", "2026-11-30"), ("2026-11-24", "2026-11-30"), ("2026-11-29", "2026-11-30")] {
            assert_eq!(Rhythm::Weekly.next(day(from)), day(to), "{from}");
        }
        assert_eq!(Rhythm::ALL.map(|rhythm| Rhythm::of(rhythm.code())), Rhythm::ALL.map(Some));
    }
}
