#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "test support")]
//! What the tests of both packages share: a clock that stands still and chance that repeats itself.

mod database;
mod inspect;
mod letters;
mod staff;
mod vocabulary;

use std::sync::Mutex;

use chrono::{NaiveDate, TimeDelta};
use sha2::{Digest, Sha256};

pub use self::{
    database::{TestDatabase, test_database_url},
    inspect::{LiveColumn, copy_of, dump, live_columns, tamper},
    letters::plain_letters,
    staff::{TestMember, TestStaff},
    vocabulary::renaming,
};
use crate::{
    clock::{Clock, Timestamp},
    random::Random,
};

/// A clock that moves only when it is told to.
#[derive(Debug)]
pub struct FixedClock(Mutex<Timestamp>);

impl FixedClock {
    /// A clock that shows noon (UTC) of `day`, written `2026-11-23`.
    ///
    /// # Panics
    /// If `day` is not a date.
    #[must_use]
    pub fn at(day: &str) -> Self {
        let day: NaiveDate = day.parse().unwrap();
        Self(Mutex::new(day.and_hms_opt(12, 0, 0).unwrap()))
    }

    /// Lets time pass.
    ///
    /// # Panics
    /// If another thread panicked while it moved the clock.
    pub fn advance(&self, by: TimeDelta) {
        *self.0.lock().unwrap() += by;
    }
}

impl Clock for FixedClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }
}

/// Chance that is the same at each run: SHA-256 over a seed and a counter. For tests only.
#[derive(Debug)]
pub struct SeededRandom(Mutex<(u64, u64)>);

impl SeededRandom {
    /// Starts a sequence of its own for each seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(Mutex::new((seed, 0)))
    }
}

impl Random for SeededRandom {
    fn fill(&self, buffer: &mut [u8]) {
        let mut state = self.0.lock().unwrap();
        for chunk in buffer.chunks_mut(32) {
            state.1 += 1;
            let block =
                Sha256::new().chain_update(state.0.to_le_bytes()).chain_update(state.1.to_le_bytes()).finalize();
            chunk.copy_from_slice(&block[..chunk.len()]);
        }
    }
}
