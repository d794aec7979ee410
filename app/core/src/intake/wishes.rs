//! What a contributor says of the account rather than of the case (rows C15, C21 and C22): how many could have told it, how long it is to
//! wait, to which case it adds. It travels with the answers, sealed like them, and no document is made of it.

use chrono::Months;
use serde::{Deserialize, Serialize};

use super::Answers;
use crate::{clock::Day, codebook::codes, ids::CaseId};

/// The input of [`Knowers`].
pub const KNOWERS: &str = "knowers";
/// The input of [`Delay`].
pub const DELAY: &str = "publication_delay";
/// The input of the case that an account adds to.
pub const ADDS_TO: &str = "adds_to";

codes! {
    /// How many people could have known what an account tells.
    Knowers {
        /// A small circle.
        UnderTen = "under_ten",
        /// A department.
        TenToFifty = "ten_to_fifty",
        /// An office, or anybody.
        OverFifty = "over_fifty",
        /// The contributor cannot tell.
        NotKnown = "not_known",
    }
}

impl Knowers {
    /// Whether so few could have told it that the contributor is advised to blur more.
    #[must_use]
    pub fn is_few(self) -> bool {
        matches!(self, Self::UnderTen | Self::NotKnown)
    }
}

codes! {
    /// How much later than it could be an account is published.
    Delay {
        /// No later.
        None = "none",
        /// A month.
        OneMonth = "one_month",
        /// Three months.
        ThreeMonths = "three_months",
        /// Six months.
        SixMonths = "six_months",
    }
}

impl Delay {
    /// The day that comes so much later.
    #[must_use]
    pub fn after(self, day: Day) -> Day {
        let months = match self {
            Self::None => 0,
            Self::OneMonth => 1,
            Self::ThreeMonths => 3,
            Self::SixMonths => 6,
        };
        day.checked_add_months(Months::new(months)).unwrap_or(Day::MAX)
    }
}

impl Answers {
    /// How many people could have known it, where that was answered.
    #[must_use]
    pub fn knowers(&self) -> Option<Knowers> {
        self.first(KNOWERS).parse().ok()
    }

    /// How much later it is to be published.
    #[must_use]
    pub fn delay(&self) -> Delay {
        self.first(DELAY).parse().unwrap_or(Delay::None)
    }

    /// The published case that it adds to.
    #[must_use]
    pub fn adds_to(&self) -> Option<CaseId> {
        self.first(ADDS_TO).parse().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{codebook::Codebook, intake::names::topic_of};

    #[test]
    fn the_vocabulary_has_these_codes_and_no_others() {
        let book = Codebook::embedded();
        let codes = |field: &str| -> Vec<String> {
            book.field(field).unwrap().codes.iter().map(|code| code.code.clone()).collect()
        };
        assert_eq!(codes(KNOWERS), Knowers::ALL.iter().map(|code| code.code()).collect::<Vec<_>>());
        assert_eq!(codes(DELAY), Delay::ALL.iter().map(|code| code.code()).collect::<Vec<_>>());
    }

    #[test]
    fn no_page_of_the_form_overwrites_them() {
        let book = Codebook::embedded();
        for name in [KNOWERS, DELAY, ADDS_TO] {
            assert_eq!(topic_of(&book, name), None, "{name}");
        }
    }

    #[test]
    fn a_delay_is_counted_in_months() {
        let day: Day = "2026-11-30".parse().unwrap();
        let after = |delay: Delay| delay.after(day).to_string();
        assert_eq!((after(Delay::None), after(Delay::ThreeMonths)), ("2026-11-30".into(), "2027-02-28".into()));
    }
}
