//! What was done in each quarter, in numbers (row O15). Everything is counted from the log, and tells no more than the log tells.

use std::collections::BTreeMap;

use super::{
    acts::{DECLINED, RECEIVED, WITHDRAWN},
    demands::{self, Demand},
};
use crate::{
    Result,
    audit::{self, Tally},
    clock::{Day, Quarter},
    db::Reading,
};

/// The acts that are counted, beside the counts of what was received and withdrawn.
const COUNTED: [&str; 8] = [
    "case_published",
    DECLINED,
    "case_revised",
    "case_redacted",
    "case_erased",
    "case_hidden",
    demands::RECORDED,
    demands::DECIDED,
];

/// What was done, quarter by quarter, and what was demanded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transparency {
    /// The latest quarter first.
    pub quarters: Vec<Quarterly>,
    /// Every demand, the latest first.
    pub demands: Vec<Demand>,
}

/// A quarter in numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quarterly {
    /// Which.
    pub quarter: Quarter,
    /// How many submissions came; none until the quarter is over.
    pub received: Option<i64>,
    /// How many of them were taken back by their authors.
    pub withdrawn: Option<i64>,
    /// How often each act was done, by the code of the act and of its reason.
    pub acts: BTreeMap<(String, Option<String>), i64>,
}

impl Quarterly {
    /// A quarter in which nothing was done.
    #[must_use]
    pub fn empty(quarter: Quarter) -> Self {
        Self { quarter, received: None, withdrawn: None, acts: BTreeMap::new() }
    }

    /// How often an act was done, for whatever reason.
    #[must_use]
    pub fn count(&self, act: &str) -> i64 {
        self.by_reason(act).map(|(_, count)| count).sum()
    }

    /// How often an act was done for each reason, by the code of the reason.
    pub fn by_reason<'a>(&'a self, act: &'a str) -> impl Iterator<Item = (Option<&'a str>, i64)> {
        let of_act = self.acts.iter().filter(move |((known, _), _)| known == act);
        of_act.map(|((_, reason), count)| (reason.as_deref(), *count))
    }
}

/// What was done, in numbers.
///
/// # Errors
/// Those of the database.
pub fn transparency(r: &mut Reading) -> Result<Transparency> {
    let mut quarters: BTreeMap<Quarter, Quarterly> = BTreeMap::new();
    let mut of = |quarter: Quarter, change: &dyn Fn(&mut Quarterly)| {
        change(quarters.entry(quarter).or_insert_with(|| Quarterly::empty(quarter)));
    };
    for Tally { act, happened, reason, count } in audit::tally(r, &COUNTED)? {
        let day = || happened.parse::<Day>().ok().map(Quarter::of);
        let Some(quarter) = happened.parse().ok().or_else(day) else { continue };
        of(quarter, &|quarter| *quarter.acts.entry((act.clone(), reason.clone())).or_default() += count);
    }
    for (act, is_received) in [(RECEIVED, true), (WITHDRAWN, false)] {
        let lines = audit::Selection { acts: &[act], reason: None, but: None };
        for line in audit::select(r, lines, audit::Order::Latest, 0, i64::MAX)? {
            let Ok(quarter) = line.subject.parse() else { continue };
            let count = line.reason.and_then(|count| count.parse().ok());
            of(quarter, &|quarter| match is_received {
                true => quarter.received = count,
                false => quarter.withdrawn = count,
            });
        }
    }
    Ok(Transparency { quarters: quarters.into_values().rev().collect(), demands: demands::demands(r)? })
}
