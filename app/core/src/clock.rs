//! Time, and the coarse forms of it that may be stored of a contributor: the ISO week and the quarter.

use std::{fmt, str::FromStr};

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

/// A moment in UTC. Never stored of an act of a contributor.
pub type Timestamp = NaiveDateTime;
/// A day in UTC.
pub type Day = NaiveDate;

/// Where the time comes from; handed in, so that tests decide what time it is.
pub trait Clock: Send + Sync {
    /// The present moment in UTC.
    fn now(&self) -> Timestamp;

    /// The present day in UTC.
    fn today(&self) -> Day {
        self.now().date()
    }
}

/// The clock of the machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place where the machine's clock is read")]
    fn now(&self) -> Timestamp {
        chrono::Utc::now().naive_utc()
    }
}

/// The end of the day after `day`: to which expiries on contributors' rows are rounded up (protection.md section 1).
#[must_use]
pub fn end_of_next_day(day: Day) -> Day {
    day.checked_add_days(Days::new(2)).unwrap_or(NaiveDate::MAX)
}

/// An ISO 8601 week such as `2026-W47`: all that is stored of when an account was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Week {
    year: i32,
    week: u32,
}

impl Week {
    /// The week that `day` lies in.
    #[must_use]
    pub fn of(day: Day) -> Self {
        let iso = day.iso_week();
        Self { year: iso.year(), week: iso.week() }
    }

    /// The Monday of the week.
    #[must_use]
    pub fn first_day(self) -> Day {
        NaiveDate::from_isoywd_opt(self.year, self.week, chrono::Weekday::Mon).unwrap_or(NaiveDate::MIN)
    }

    /// How many whole weeks lie between this week and that of `day`; zero if it lies ahead.
    #[must_use]
    pub fn age(self, day: Day) -> u32 {
        let days = (Self::of(day).first_day() - self.first_day()).num_days().max(0);
        u32::try_from(days / 7).unwrap_or(u32::MAX)
    }
}

impl fmt::Display for Week {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-W{:02}", self.year, self.week)
    }
}

impl FromStr for Week {
    type Err = MalformedTime;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (year, week) = text.split_once("-W").ok_or(MalformedTime)?;
        let (year, week) = (number(year, 4)?, number(week, 2)?);
        let year = i32::try_from(year).map_err(|_| MalformedTime)?;
        NaiveDate::from_isoywd_opt(year, week, chrono::Weekday::Mon).ok_or(MalformedTime)?;
        Ok(Self { year, week })
    }
}

/// A quarter of a year such as `2026-Q4`: all that is public of when a case was published or revised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Quarter {
    year: i32,
    quarter: u32,
}

impl Quarter {
    /// The quarter that `day` lies in.
    #[must_use]
    pub fn of(day: Day) -> Self {
        Self { year: day.year(), quarter: day.month0() / 3 + 1 }
    }

    /// The first day of the quarter, which stands for it in feeds and the sitemap.
    #[must_use]
    pub fn first_day(self) -> Day {
        NaiveDate::from_ymd_opt(self.year, (self.quarter - 1) * 3 + 1, 1).unwrap_or(NaiveDate::MIN)
    }
}

impl fmt::Display for Quarter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-Q{}", self.year, self.quarter)
    }
}

impl FromStr for Quarter {
    type Err = MalformedTime;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (year, quarter) = text.split_once("-Q").ok_or(MalformedTime)?;
        let (year, quarter) = (number(year, 4)?, number(quarter, 1)?);
        if !(1..=4).contains(&quarter) {
            return Err(MalformedTime);
        }
        Ok(Self { year: i32::try_from(year).map_err(|_| MalformedTime)?, quarter })
    }
}

/// When something changed, as finely as it is told: the day, and as which of that day's changes, from zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    /// The day.
    pub day: Day,
    /// Which of that day's changes.
    pub nth: u32,
}

impl From<Day> for Moment {
    fn from(day: Day) -> Self {
        Self { day, nth: 0 }
    }
}

impl fmt::Display for Moment {
    /// As RFC 3339 has it. What changed on one day is told apart by seconds that count it, since feed readers sort by time.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { day, nth } = self;
        write!(f, "{day}T{:02}:{:02}:{:02}Z", nth / 3_600 % 24, nth / 60 % 60, nth % 60)
    }
}

/// A text that is not the week or quarter it should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected a week such as 2026-W47 or a quarter such as 2026-Q4")]
pub struct MalformedTime;

fn number(text: &str, digits: usize) -> Result<u32, MalformedTime> {
    if text.len() != digits || !text.bytes().all(|b| b.is_ascii_digit()) {
        return Err(MalformedTime);
    }
    text.parse().map_err(|_| MalformedTime)
}

macro_rules! text_of_time {
    ($($name:ident),*) => {$(
        impl TryFrom<String> for $name {
            type Error = MalformedTime;
            fn try_from(text: String) -> Result<Self, Self::Error> {
                text.parse()
            }
        }
        impl From<$name> for String {
            fn from(time: $name) -> Self {
                time.to_string()
            }
        }
    )*};
}
text_of_time!(Week, Quarter);

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn a_week_survives_its_text() {
        assert_eq!(Week::of(day("2026-11-23")).to_string(), "2026-W48");
        assert_eq!("2026-W48".parse::<Week>().unwrap().first_day(), day("2026-11-23"));
        assert!("2026-W60".parse::<Week>().is_err());
        assert!("26-W1".parse::<Week>().is_err());
    }

    #[test]
    fn age_counts_whole_weeks_and_is_never_negative() {
        let week = Week::of(day("2026-11-23"));
        assert_eq!(week.age(day("2026-11-29")), 0);
        assert_eq!(week.age(day("2026-11-30")), 1);
        assert_eq!(week.age(day("2020-01-01")), 0);
    }

    #[test]
    fn a_quarter_begins_on_its_first_day() {
        assert_eq!(Quarter::of(day("2026-11-23")).to_string(), "2026-Q4");
        assert_eq!("2026-Q4".parse::<Quarter>().unwrap().first_day(), day("2026-10-01"));
        assert!("2026-Q5".parse::<Quarter>().is_err());
    }

    #[test]
    fn what_changed_on_one_day_is_told_in_its_order() {
        let told = [0, 1, 61, 3_599, 86_399].map(|nth| Moment { day: day("2026-10-01"), nth }.to_string());
        assert_eq!(told[0], Moment::from(day("2026-10-01")).to_string());
        assert_eq!(told[0], "2026-10-01T00:00:00Z");
        assert!(told.is_sorted() && told[4] == "2026-10-01T23:59:59Z", "{told:?}");
    }

    #[test]
    fn an_expiry_is_rounded_up_to_the_end_of_the_following_day() {
        assert_eq!(end_of_next_day(day("2026-12-30")), day("2027-01-01"));
    }
}
