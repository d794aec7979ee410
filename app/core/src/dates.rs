//! Dates as precise as they are known: `2018`, `2018-01`, `2018-01-17` (EDTF, ISO 8601-2), never padded to a day.

use std::{fmt, str::FromStr};

use chrono::{Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::{clock::Day, codebook::codes};

/// A year, a month or a day, shown as it was entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum PrefixDate {
    /// `2018`
    Year(i32),
    /// `2018-01`
    Month(i32, u32),
    /// `2018-01-17`
    Day(Day),
}

impl PrefixDate {
    /// The year.
    #[must_use]
    pub fn year(self) -> i32 {
        match self {
            Self::Year(year) | Self::Month(year, _) => year,
            Self::Day(day) => chrono::Datelike::year(&day),
        }
    }

    /// The first day that it may mean.
    #[must_use]
    pub fn first_day(self) -> Day {
        match self {
            Self::Year(year) => NaiveDate::from_ymd_opt(year, 1, 1),
            Self::Month(year, month) => NaiveDate::from_ymd_opt(year, month, 1),
            Self::Day(day) => Some(day),
        }
        .unwrap_or(NaiveDate::MIN)
    }

    /// The last day that it may mean.
    #[must_use]
    pub fn last_day(self) -> Day {
        let first = self.first_day();
        let next = match self {
            Self::Year(_) => first.checked_add_months(Months::new(12)),
            Self::Month(..) => first.checked_add_months(Months::new(1)),
            Self::Day(_) => return first,
        };
        next.and_then(|day| day.checked_sub_days(Days::new(1))).unwrap_or(first)
    }
}

impl fmt::Display for PrefixDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Year(year) => write!(f, "{year:04}"),
            Self::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Self::Day(day) => write!(f, "{day}"),
        }
    }
}

impl FromStr for PrefixDate {
    type Err = MalformedDate;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        if !text.bytes().all(|b| b.is_ascii_digit() || b == b'-') {
            return Err(MalformedDate);
        }
        let year =
            || text.get(..4).and_then(|year| year.parse().ok()).filter(|year| *year >= 1000).ok_or(MalformedDate);
        match text.len() {
            4 => Ok(Self::Year(year()?)),
            7 if text.as_bytes().get(4) == Some(&b'-') => {
                let month = text.get(5..).and_then(|month| month.parse().ok()).filter(|month| (1..=12).contains(month));
                Ok(Self::Month(year()?, month.ok_or(MalformedDate)?))
            }
            10 => {
                year()?;
                NaiveDate::parse_from_str(text, "%Y-%m-%d").map(Self::Day).map_err(|_| MalformedDate)
            }
            _ => Err(MalformedDate),
        }
    }
}

impl TryFrom<String> for PrefixDate {
    type Error = MalformedDate;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<PrefixDate> for String {
    fn from(date: PrefixDate) -> Self {
        date.to_string()
    }
}

/// A text that is no date of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a date is written 2018, 2018-01 or 2018-01-17")]
pub struct MalformedDate;

codes! {
    /// How a date is meant.
    DateQualifier {
        /// As it stands.
        Exact = "exact",
        /// Thereabouts.
        About = "about",
        /// At some time before it.
        Before = "before",
        /// At some time after it.
        After = "after",
    }
}

/// When something was: as entered, or, where the place is not named, an interval of years.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(untagged)]
pub enum When {
    /// A date and how it is meant.
    Entered {
        /// The date.
        value: PrefixDate,
        /// How it is meant.
        qualifier: DateQualifier,
    },
    /// Some time between the first and the last of these years.
    Between {
        /// The first year.
        from: i32,
        /// The last year.
        to: i32,
    },
}

impl When {
    /// A date that means what it says.
    #[must_use]
    pub fn exact(value: PrefixDate) -> Self {
        Self::Entered { value, qualifier: DateQualifier::Exact }
    }

    /// The years that it may lie in; `before` and `after` are taken at their date.
    #[must_use]
    pub fn years(self) -> (i32, i32) {
        match self {
            Self::Entered { value, .. } => (value.year(), value.year()),
            Self::Between { from, to } => (from, to),
        }
    }

    /// For putting events in order: the first day that it may mean, without pretending one.
    #[must_use]
    pub fn order(self) -> Day {
        match self {
            Self::Entered { value, .. } => value.first_day(),
            Self::Between { from, .. } => PrefixDate::Year(from).first_day(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // R30: dates accept 2018, 2018-01 and a day, and are shown as entered.
    #[test]
    fn a_date_is_shown_as_it_was_entered() {
        for text in ["2018", "2018-01", "2018-01-17"] {
            assert_eq!(text.parse::<PrefixDate>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in
            ["", "18", "2018-13", "2018-1", "2018-02-30", "2018/01", "yesterday", "0018", "+2018-01", "2018-01-1７"]
        {
            assert!(text.parse::<PrefixDate>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_date_knows_the_days_it_may_mean() {
        let date: PrefixDate = "2018-02".parse().unwrap();
        assert_eq!(
            (date.first_day().to_string(), date.last_day().to_string()),
            ("2018-02-01".into(), "2018-02-28".into())
        );
    }
}
