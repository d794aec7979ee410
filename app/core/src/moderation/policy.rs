//! The rules of review, without any database.

use chrono::{Datelike, Days, DurationRound, Months, TimeDelta};

use crate::{
    clock::{Day, Timestamp},
    config::{Accounts, Batches},
    ids::MemberId,
    intake::{Delay, handling::Handling},
};

/// How long an accepted text has to wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wait {
    /// It rests on public sources alone, so that its publication gives nobody away by its time.
    pub public_sources: bool,
    /// How much later its author wants it.
    pub delay: Delay,
    /// A pause stands in for the second person: seven days from acceptance at least.
    pub paused: bool,
}

/// How many days stand in for the second person where there is none (protection.md section 7).
const PAUSE_DAYS: u64 = 7;

/// Who has to look over the shoulder of whoever accepts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Oversight {
    /// Nobody: one moderator decides.
    None,
    /// A second moderator has to confirm.
    Awaited,
    /// This is the second moderator, who confirms.
    Confirmed,
    /// There is no second moderator; a pause stands in.
    Pause,
}

/// The oversight that an acceptance by `by` is under, where `able` members could decide on it.
///
/// Whoever lifted the mark of risk does not decide alone: of the lifting and the acceptance at least one is somebody else's.
pub(super) fn oversight(handling: &Handling, able: usize, by: &MemberId) -> Oversight {
    let lifted_by_them = handling.risk.is_none() && handling.marker.as_ref() == Some(by);
    match &handling.acceptor {
        Some(first) if first != by => Oversight::Confirmed,
        _ if handling.risk.is_none() && !lifted_by_them => Oversight::None,
        _ if able < 2 => Oversight::Pause,
        _ => Oversight::Awaited,
    }
}

/// When a claim made now ends by itself: after so many hours, rounded up to the hour.
pub(super) fn claimed_until(now: Timestamp, hours: u32) -> Timestamp {
    let hour = |time: Timestamp| time.duration_trunc(TimeDelta::hours(1)).unwrap_or(time);
    hour(now + TimeDelta::hours(i64::from(hours)) + TimeDelta::minutes(59))
}

/// The day on which an accepted text is published.
///
/// An account waits the least number of days and some more, then as long as its author chose, and then for the next day on which accounts are
/// published at all: whoever watches the site every day learns no more of when it was accepted than the batch. What rests on public sources
/// alone waits for its author's delay only. A pause shortens none of this. `chance` is any random number.
pub(super) fn due_day(today: Day, wait: Wait, accounts: &Accounts, chance: u64) -> Day {
    let after = |days| today.checked_add_days(Days::new(days)).unwrap_or(Day::MAX);
    let paused = if wait.paused { after(PAUSE_DAYS) } else { today };
    if wait.public_sources {
        return wait.delay.after(today).max(paused);
    }
    let more = chance % (u64::from(accounts.jitter_days) + 1);
    let least = after(u64::from(accounts.delay_days) + more);
    next_batch(wait.delay.after(least).max(paused), accounts.batches)
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
