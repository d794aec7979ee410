//! The site's pace: how many submissions that are unlike each other may reach the queue in an hour.

use std::sync::{Mutex, PoisonError};

use chrono::{DurationRound, TimeDelta};

use crate::clock::Timestamp;

/// Counts in the memory of this process; nothing of it is stored, and of several processes each counts its own.
#[derive(Debug, Default)]
pub struct Pace {
    most: Option<u32>,
    counted: Mutex<(Timestamp, u32)>,
}

impl Pace {
    /// At most so many in each hour of the clock; without a number as many as come.
    #[must_use]
    pub fn new(most: Option<u32>) -> Self {
        Self { most, counted: Mutex::default() }
    }

    /// Counts one; says whether it is still within the pace.
    pub(super) fn admits(&self, now: Timestamp) -> bool {
        let Some(most) = self.most else { return true };
        let hour = now.duration_trunc(TimeDelta::hours(1)).unwrap_or(now);
        let mut counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        if counted.0 != hour {
            *counted = (hour, 0);
        }
        counted.1 = counted.1.saturating_add(1);
        counted.1 <= most
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{clock::Clock, testing::FixedClock};

    #[test]
    fn an_hour_takes_as_many_as_the_setting_says_and_the_next_one_again() {
        let (pace, clock) = (Pace::new(Some(2)), FixedClock::at("2026-11-23"));
        let three = || [(); 3].map(|()| pace.admits(clock.now()));
        assert_eq!(three(), [true, true, false]);
        clock.advance(TimeDelta::hours(1));
        assert_eq!(three(), [true, true, false]);
        assert!((0..1_000).all(|_| Pace::new(None).admits(clock.now())));
    }
}
