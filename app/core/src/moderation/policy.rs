//! The rules of review, without any database.

use chrono::{Days, DurationRound, TimeDelta};

use crate::{
    clock::{Day, Timestamp},
    config::Accounts,
    ids::MemberId,
    intake::handling::Handling,
};

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

/// The day of publication where a pause stands in for the second person: at least seven days from acceptance.
pub(super) fn after_pause(today: Day, due: Day) -> Day {
    today.checked_add_days(Days::new(PAUSE_DAYS)).map_or(Day::MAX, |paused| due.max(paused))
}

/// When a claim made now ends by itself: after so many hours, rounded up to the hour.
pub(super) fn claimed_until(now: Timestamp, hours: u32) -> Timestamp {
    let hour = |time: Timestamp| time.duration_trunc(TimeDelta::hours(1)).unwrap_or(time);
    hour(now + TimeDelta::hours(i64::from(hours)) + TimeDelta::minutes(59))
}

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
    use crate::{intake::handling::Risk, random::OsRandom};

    fn somebody() -> MemberId {
        MemberId::draw(&OsRandom)
    }

    /// M12
    #[test]
    fn a_marked_submission_needs_two_or_a_pause() {
        let (mo, jo) = (somebody(), somebody());
        let marked = Handling { risk: Some(Risk::SourceAtRisk), marker: Some(mo.clone()), ..Handling::default() };
        assert_eq!(oversight(&Handling::default(), 1, &mo), Oversight::None);
        assert_eq!(oversight(&marked, 2, &mo), Oversight::Awaited);
        assert_eq!(oversight(&marked, 1, &mo), Oversight::Pause);
        let accepted = Handling { acceptor: Some(mo.clone()), ..marked };
        assert_eq!(oversight(&accepted, 2, &mo), Oversight::Awaited, "nobody confirms what they accepted");
        assert_eq!(oversight(&accepted, 2, &jo), Oversight::Confirmed);
        assert_eq!(oversight(&accepted, 1, &mo), Oversight::Pause, "the other has left");
    }

    /// M12
    #[test]
    fn whoever_lifts_the_mark_does_not_accept_alone() {
        let (mo, jo) = (somebody(), somebody());
        let lifted = Handling { marker: Some(mo.clone()), ..Handling::default() };
        assert_eq!(oversight(&lifted, 2, &mo), Oversight::Awaited);
        assert_eq!(oversight(&lifted, 2, &jo), Oversight::None);
    }

    /// M12
    #[test]
    fn the_pause_takes_seven_days_and_shortens_no_delay() {
        let day = |text: &str| text.parse::<Day>().unwrap();
        assert_eq!(after_pause(day("2026-11-23"), day("2026-11-23")), day("2026-11-30"));
        assert_eq!(after_pause(day("2026-11-23"), day("2026-12-05")), day("2026-12-05"));
    }

    /// M3
    #[test]
    fn a_claim_ends_on_the_hour() {
        let time = |text: &str| text.parse::<Timestamp>().unwrap();
        assert_eq!(claimed_until(time("2026-11-23T12:00:00"), 24), time("2026-11-24T12:00:00"));
        assert_eq!(claimed_until(time("2026-11-23T12:01:30"), 24), time("2026-11-24T13:00:00"));
    }

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
