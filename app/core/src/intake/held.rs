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
    secret::{LookupHash, Token, silent_debug},
};

/// How much is held at most, in bytes of envelopes; the oldest goes first.
const MOST_BYTES: usize = 64 * 1024 * 1024;
/// For how long.
const SPAN: TimeDelta = TimeDelta::hours(1);
/// The purpose of what is held.
const HELD: &str = "held";

/// Texts that could not be stored. It lives as long as the process.
#[derive(Default)]
pub struct Held(Mutex<Entries>);

/// The oldest first.
#[derive(Default)]
struct Entries {
    in_order: VecDeque<Entry>,
    /// The size of all of them.
    bytes: usize,
}

impl Entries {
    fn push(&mut self, entry: Entry) {
        self.bytes += entry.size();
        self.in_order.push_back(entry);
        while self.bytes > MOST_BYTES {
            let Some(oldest) = self.in_order.pop_front() else { return };
            self.bytes -= oldest.size();
        }
    }

    fn retain(&mut self, stays: impl Fn(&Entry) -> bool) {
        self.in_order.retain(&stays);
        self.bytes = self.in_order.iter().map(Entry::size).sum();
    }
}

struct Entry {
    lookup: LookupHash,
    envelope: Envelope,
    until: Timestamp,
}

impl Entry {
    fn size(&self) -> usize {
        self.envelope.as_str().len()
    }
}

silent_debug!(Held);

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
        entries.push(Entry { lookup, envelope, until: now + SPAN });
        Ok(())
    }

    /// Lets go what was held for its hour; to be called from time to time, whether anything else is held or not.
    pub fn sweep(&self, now: Timestamp) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).retain(|entry| entry.until > now);
    }

    /// What the same browser typed within the last hour, if it is still held.
    ///
    /// # Errors
    /// If it cannot be opened.
    pub fn find(&self, cookie: &Token, now: Timestamp) -> Result<Option<Vec<(String, String)>>> {
        let lookup = cookie.lookup();
        let entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = entries.in_order.iter().find(|entry| entry.lookup == lookup && entry.until > now);
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
        held.sweep(clock.now());
        let entries = held.0.lock().unwrap();
        assert!(entries.in_order.is_empty() && entries.bytes == 0, "nothing stays in memory after its hour");
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
