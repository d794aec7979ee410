//! When the database cannot be written, what was typed is held in memory, sealed under the browser's cookie, and shown back to be copied
//! (protection.md sections 2 and 8).

use std::{
    collections::VecDeque,
    sync::{Mutex, PoisonError},
};

use chrono::TimeDelta;

use crate::{
    Result,
    clock::Timestamp,
    random::Random,
    seal::{Envelope, KeyPair, open_json, seal_json},
    secret::{LookupHash, Token},
};

/// How much is held at most, in bytes of envelopes; the oldest goes first.
const MOST_BYTES: usize = 64 * 1024 * 1024;
/// For how long.
const SPAN: TimeDelta = TimeDelta::hours(1);
/// The purpose of what is held.
const HELD: &str = "held";

/// Texts that could not be stored. It lives as long as the process.
#[derive(Default)]
pub struct Held(Mutex<VecDeque<Entry>>);

struct Entry {
    lookup: LookupHash,
    envelope: Envelope,
    until: Timestamp,
}

impl std::fmt::Debug for Held {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Held")
    }
}

impl Held {
    /// Holds what was typed, in place of what the same browser typed before.
    ///
    /// # Errors
    /// If it cannot be sealed.
    pub fn hold(&self, cookie: &Token, typed: &[(String, String)], now: Timestamp, random: &dyn Random) -> Result<()> {
        let lookup = cookie.lookup();
        let envelope = seal_json(keys(cookie).public(), HELD, lookup.as_str(), &typed, random)?;
        let mut entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        entries.retain(|entry| entry.lookup != lookup && entry.until > now);
        entries.push_back(Entry { lookup, envelope, until: now + SPAN });
        while entries.iter().map(|entry| entry.envelope.as_str().len()).sum::<usize>() > MOST_BYTES {
            entries.pop_front();
        }
        Ok(())
    }

    /// What the same browser typed within the last hour, if it is still held.
    ///
    /// # Errors
    /// If it cannot be opened.
    pub fn find(&self, cookie: &Token, now: Timestamp) -> Result<Option<Vec<(String, String)>>> {
        let lookup = cookie.lookup();
        let entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = entries.iter().find(|entry| entry.lookup == lookup && entry.until > now);
        let held = entry.map(|entry| open_json(&keys(cookie), HELD, lookup.as_str(), &entry.envelope));
        Ok(held.transpose()?)
    }

    /// Forgets what this browser typed.
    pub fn forget(&self, cookie: &Token) {
        let lookup = cookie.lookup();
        self.0.lock().unwrap_or_else(PoisonError::into_inner).retain(|entry| entry.lookup != lookup);
    }
}

fn keys(cookie: &Token) -> KeyPair {
    KeyPair::from_seed(cookie.bits(), HELD)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{clock::Clock, random::OsRandom, testing::FixedClock};

    #[test]
    fn what_could_not_be_stored_is_shown_to_the_same_browser_for_an_hour() {
        let (held, clock) = (Held::default(), FixedClock::at("2026-11-23"));
        let (mine, other) = (Token::draw(&OsRandom), Token::draw(&OsRandom));
        let typed = vec![("narrative".to_owned(), "What I saw".to_owned())];
        held.hold(&mine, &typed, clock.now(), &OsRandom).unwrap();
        assert_eq!(held.find(&mine, clock.now()).unwrap(), Some(typed));
        assert_eq!(held.find(&other, clock.now()).unwrap(), None);
        clock.advance(SPAN);
        assert_eq!(held.find(&mine, clock.now()).unwrap(), None);
    }

    #[test]
    fn the_oldest_goes_where_too_much_is_held() {
        let (held, now) = (Held::default(), FixedClock::at("2026-11-23").now());
        let text = vec![("narrative".to_owned(), "x".repeat(900_000))];
        let cookies: Vec<Token> = (0..60).map(|_| Token::draw(&OsRandom)).collect();
        for cookie in &cookies {
            held.hold(cookie, &text, now, &OsRandom).unwrap();
        }
        assert!(held.find(&cookies[0], now).unwrap().is_none());
        assert!(held.find(&cookies[59], now).unwrap().is_some());
    }
}
