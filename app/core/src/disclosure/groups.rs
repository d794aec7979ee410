//! Combinations of what readers may know of a case - where, how large, which organisation, which year - that few cases with accounts share.

use std::{
    collections::{BTreeSet, HashMap},
    mem,
};

use super::{Report, SMALL_GROUP, SmallGroup, case::CaseFiles, judge::ACCOUNTS};
use crate::places::Precision;

/// As many are told; more are counted.
const MOST: usize = 500;

/// How many cases share each combination. This grows with the accounts of a release, by some dozen bytes for each; nothing else of the check does.
#[derive(Default)]
pub(super) struct Groups(HashMap<String, u64>);

impl Groups {
    /// Counts a case that rests on an account and does not name its place.
    pub(super) fn count(&mut self, case: &CaseFiles<'_>) {
        let account = case.each("sources", "kind").any(|kind| ACCOUNTS.contains(&kind));
        if !account || case.level() == Precision::Named {
            return;
        }
        let countries: BTreeSet<&str> =
            case.each("case_countries", "country").chain(case.each("cases", "continent")).collect();
        let place = countries.into_iter().collect::<Vec<_>>().join("+");
        let size = case.each("cases", "size_class").next().unwrap_or("no size");
        let years = case.each("timeline", "date").chain(case.each("timeline", "date_from_year"));
        let year = years.map(|date| date.get(..4).unwrap_or(date)).min().unwrap_or("no year");
        let mut organisations: BTreeSet<&str> = case.each("involvements", "organisation").collect();
        if organisations.is_empty() {
            organisations.insert("no organisation");
        }
        for organisation in organisations {
            *self.0.entry(format!("{place}, {size}, {organisation}, {year}")).or_default() += 1;
        }
    }

    /// Puts the small ones into the report, the smallest first.
    pub(super) fn tell(&mut self, report: &mut Report) {
        let small = mem::take(&mut self.0).into_iter().filter(|(_, cases)| *cases < SMALL_GROUP);
        let mut small: Vec<SmallGroup> = small.map(|(shared, cases)| SmallGroup { shared, cases }).collect();
        small.sort_by(|one, other| (one.cases, &one.shared).cmp(&(other.cases, &other.shared)));
        report.more_small_groups = small.len().saturating_sub(MOST) as u64;
        small.truncate(MOST);
        report.small_groups = small;
    }
}
