//! The rules of review, without any database.

use chrono::Days;

use crate::{clock::Day, config::Accounts};

/// The day on which an accepted text is published.
///
/// An account waits the least number of days and some more, so that its publication does not tell when it was accepted; what rests on public
/// sources alone does not wait. `chance` is any random number.
pub(super) fn due_day(today: Day, public_sources: bool, accounts: &Accounts, chance: u64) -> Day {
    if public_sources {
        return today;
    }
    let more = chance % (u64::from(accounts.jitter_days) + 1);
    today.checked_add_days(Days::new(u64::from(accounts.delay_days) + more)).unwrap_or(Day::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_waits_between_the_least_and_the_most_and_public_sources_do_not() {
        let today: Day = "2026-11-23".parse().unwrap();
        let accounts = Accounts { delay_days: 7, jitter_days: 14 };
        for chance in 0..40 {
            let waits = (due_day(today, false, &accounts, chance) - today).num_days();
            assert!((7..=21).contains(&waits), "{waits}");
            assert_eq!(due_day(today, true, &accounts, chance), today);
        }
    }
}
