//! How long a concern waited for its first answer, as exactly as the two dates allow and no more (row D2).

use chrono::{Datelike, Months};

use crate::{
    cases::document::{DateQualifier, PrefixDate, When},
    clock::Day,
};

/// How long it took, or has taken so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wait {
    /// So many days; zero is the same day.
    Days(i64),
    /// About so many months; zero is the same month.
    Months(i64),
    /// About so many years; zero is the same year.
    Years(i64),
    /// A date is missing or says too little.
    Unclear,
}

impl Wait {
    /// From a concern to an answer.
    #[must_use]
    pub fn between(asked: Option<When>, answered: Option<When>) -> Self {
        let (Some(asked), Some(answered)) = (asked.and_then(exactly), answered.and_then(exactly)) else {
            return Self::Unclear;
        };
        let wait = match (asked, answered) {
            (PrefixDate::Day(asked), PrefixDate::Day(answered)) => Self::Days((answered - asked).num_days()),
            (PrefixDate::Year(_), _) | (_, PrefixDate::Year(_)) => {
                Self::Years(i64::from(answered.year() - asked.year()))
            }
            _ => Self::Months(months(answered.first_day()) - months(asked.first_day())),
        };
        match wait {
            Self::Days(n) | Self::Months(n) | Self::Years(n) if n < 0 => Self::Unclear,
            wait => wait,
        }
    }

    /// How long a concern has been open at least, on `today`.
    #[must_use]
    pub fn open_since(asked: Option<When>, today: Day) -> Self {
        let latest = match asked {
            Some(When::Entered { qualifier: DateQualifier::After, .. }) | None => return Self::Unclear,
            Some(When::Entered { value, .. }) => value.last_day(),
            Some(When::Between { to, .. }) => PrefixDate::Year(to).last_day(),
        };
        if latest > today {
            return Self::Unclear;
        }
        let mut whole = months(today) - months(latest);
        let full = u32::try_from(whole).ok().and_then(|n| latest.checked_add_months(Months::new(n)));
        if full.is_none_or(|full| full > today) {
            whole -= 1;
        }
        match whole {
            ..1 => Self::Days((today - latest).num_days()),
            1..24 => Self::Months(whole),
            _ => Self::Years(whole / 12),
        }
    }
}

/// A date that stands for itself; `before` and `after` say too little to count from.
fn exactly(when: When) -> Option<PrefixDate> {
    match when {
        When::Entered { value, qualifier: DateQualifier::Exact | DateQualifier::About } => Some(value),
        When::Entered { .. } | When::Between { .. } => None,
    }
}

fn months(day: Day) -> i64 {
    i64::from(day.year()) * 12 + i64::from(day.month0())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(text: &str) -> Option<When> {
        Some(When::exact(text.parse().unwrap()))
    }

    #[test]
    fn a_wait_is_no_more_exact_than_its_dates() {
        assert_eq!(Wait::between(on("2018-11-15"), on("2019-04-11")), Wait::Days(147));
        assert_eq!(Wait::between(on("2018-11-15"), on("2019-04")), Wait::Months(5));
        assert_eq!(Wait::between(on("2019"), on("2019-04")), Wait::Years(0));
        assert_eq!(Wait::between(on("2019"), None), Wait::Unclear);
        assert_eq!(Wait::between(on("2019-05"), on("2019-04")), Wait::Unclear);
    }

    // D2: unanswered concerns say for how long.
    #[test]
    fn an_open_concern_has_waited_at_least_since_the_last_day_it_may_mean() {
        let today = "2026-11-23".parse().unwrap();
        assert_eq!(Wait::open_since(on("2018-12"), today), Wait::Years(7));
        assert_eq!(Wait::open_since(on("2026-01-24"), today), Wait::Months(9));
        assert_eq!(Wait::open_since(on("2026-11-20"), today), Wait::Days(3));
        assert_eq!(Wait::open_since(on("2027"), today), Wait::Unclear);
        assert_eq!(Wait::open_since(None, today), Wait::Unclear);
    }
}
