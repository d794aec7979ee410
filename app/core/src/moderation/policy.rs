//! The rules of review, without any database.

use chrono::{Datelike, Days, Months};

use crate::{
    clock::Day,
    config::{Accounts, Batches},
    intake::Delay,
};

/// How long an accepted text has to wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wait {
    /// It rests on public sources alone, so that its publication gives nobody away by its time.
    pub public_sources: bool,
    /// How much later its author wants it.
    pub delay: Delay,
}

/// The day on which an accepted text is published.
///
/// An account waits the least number of days and some more, then as long as its author chose, and then for the next day on which accounts are
/// published at all: whoever watches the site every day learns no more of when it was accepted than the batch. What rests on public sources
/// alone waits for its author's delay only. `chance` is any random number.
pub(super) fn due_day(today: Day, wait: Wait, accounts: &Accounts, chance: u64) -> Day {
    if wait.public_sources {
        return wait.delay.after(today);
    }
    let more = chance % (u64::from(accounts.jitter_days) + 1);
    let least = today.checked_add_days(Days::new(u64::from(accounts.delay_days) + more)).unwrap_or(Day::MAX);
    next_batch(wait.delay.after(least), accounts.batches)
}

/// The first and the last day on which a text that is accepted today may be published.
#[must_use]
pub fn expected(today: Day, wait: Wait, accounts: &Accounts) -> (Day, Day) {
    (due_day(today, wait, accounts, 0), due_day(today, wait, accounts, u64::from(accounts.jitter_days)))
}

/// The day itself where accounts are published on it, or else the next one on which they are.
fn next_batch(day: Day, batches: Batches) -> Day {
    let months = match batches {
        Batches::None => return day,
        Batches::Monthly => 1,
        Batches::Quarterly => 3,
    };
    if day.day() == 1 && day.month0().is_multiple_of(months) {
        return day;
    }
    let next = day.with_day(1).and_then(|first| first.checked_add_months(Months::new(months - day.month0() % months)));
    next.unwrap_or(Day::MAX)
}

#[cfg(test)]
mod tests;
