//! The sets of one field: by code, and by what statements are worth. Codes, statuses, confidences and reliabilities hold within one statement.

use std::{borrow::Cow, collections::BTreeMap};

use roaring::{MultiOps, RoaringBitmap};

use super::{among::Among, filters::FieldFilter};
use crate::cases::document::{Confidence, Reliability, Status};

/// What a statement is worth, as far as it is assessed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Support {
    pub(super) status: Option<Status>,
    pub(super) confidence: Option<Confidence>,
    pub(super) reliability: Option<Reliability>,
}

/// How many cases have each status, each confidence and each reliability.
pub(super) struct SupportCounts {
    pub(super) statuses: Vec<(Status, u64)>,
    pub(super) confidences: Vec<(Confidence, u64)>,
    pub(super) reliabilities: Vec<(Reliability, u64)>,
}

/// The sets of one field.
#[derive(Debug, Default)]
pub(super) struct FieldSets {
    pub(super) by_code: BTreeMap<Option<String>, CodeSets>,
    /// Those with any code.
    pub(super) coded: RoaringBitmap,
    by_status: BTreeMap<Status, RoaringBitmap>,
    by_confidence: BTreeMap<Confidence, RoaringBitmap>,
    by_reliability: BTreeMap<Reliability, RoaringBitmap>,
}

/// The sets of one code.
#[derive(Debug, Default)]
pub(super) struct CodeSets {
    pub(super) any: RoaringBitmap,
    by_support: BTreeMap<Support, RoaringBitmap>,
}

impl FieldFilter {
    fn supports(&self, support: Support) -> bool {
        let of_status = || support.status.is_some_and(|status| self.status.contains(&status));
        let of_confidence = || support.confidence.is_some_and(|confidence| self.confidence.contains(&confidence));
        let of_reliability = || support.reliability.is_some_and(|reliability| self.reliability.contains(&reliability));
        (self.status.is_empty() || of_status())
            && (self.confidence.is_empty() || of_confidence())
            && (self.reliability.is_empty() || of_reliability())
    }
}

impl CodeSets {
    pub(super) fn supported(&self, filter: &FieldFilter) -> Cow<'_, RoaringBitmap> {
        if !filter.asks_for_support() {
            return Cow::Borrowed(&self.any);
        }
        let fitting = self.by_support.iter().filter(|(support, _)| filter.supports(**support));
        Cow::Owned(fitting.map(|(_, cases)| cases).union())
    }

    /// The cases that have it with this status.
    pub(super) fn of_status(&self, status: Status) -> RoaringBitmap {
        let fitting = self.by_support.iter().filter(|(support, _)| support.status == Some(status));
        fitting.map(|(_, cases)| cases).union()
    }

    fn forget(&mut self, cases: &RoaringBitmap) {
        self.any -= cases;
        forget(&mut self.by_support, cases);
    }
}

impl FieldSets {
    /// Takes one value of a case in.
    pub(super) fn take_in(&mut self, ordinal: u32, code: Option<String>, support: Support) {
        if let Some(status) = support.status {
            self.by_status.entry(status).or_default().insert(ordinal);
        }
        if let Some(confidence) = support.confidence {
            self.by_confidence.entry(confidence).or_default().insert(ordinal);
        }
        if let Some(reliability) = support.reliability {
            self.by_reliability.entry(reliability).or_default().insert(ordinal);
        }
        if code.is_some() {
            self.coded.insert(ordinal);
        }
        let code = self.by_code.entry(code).or_default();
        code.any.insert(ordinal);
        code.by_support.entry(support).or_default().insert(ordinal);
    }

    /// Forgets these cases.
    pub(super) fn forget(&mut self, cases: &RoaringBitmap) {
        self.coded -= cases;
        forget(&mut self.by_status, cases);
        forget(&mut self.by_confidence, cases);
        forget(&mut self.by_reliability, cases);
        self.by_code.values_mut().for_each(|code| code.forget(cases));
        self.by_code.retain(|_, code| !code.any.is_empty());
    }

    /// The cases with a statement that fits.
    pub(super) fn fitting(&self, filter: &FieldFilter) -> RoaringBitmap {
        let chosen = |code: &Option<String>| {
            filter.any.is_empty() || code.as_ref().is_some_and(|code| filter.any.contains(code))
        };
        let codes = self.by_code.iter().filter(|(code, _)| chosen(code));
        let sets: Vec<Cow<'_, RoaringBitmap>> = codes.map(|(_, code)| code.supported(filter)).collect();
        sets.iter().map(|set| &**set).union()
    }

    /// How many cases have each status, each confidence and each reliability, under the field's other conditions.
    pub(super) fn support(&self, own: &FieldFilter, among: &Among<'_>) -> SupportCounts {
        SupportCounts {
            statuses: self.counts(&self.by_status, own, among, |own, status| own.status = [status].into()),
            confidences: self
                .counts(&self.by_confidence, own, among, |own, confidence| own.confidence = [confidence].into()),
            reliabilities: self
                .counts(&self.by_reliability, own, among, |own, reliability| own.reliability = [reliability].into()),
        }
    }

    /// How many cases each of these has, where `choose` puts it in the place of what is chosen of its kind.
    fn counts<T: Copy>(
        &self,
        sets: &BTreeMap<T, RoaringBitmap>,
        own: &FieldFilter,
        among: &Among<'_>,
        choose: impl Fn(&mut FieldFilter, T),
    ) -> Vec<(T, u64)> {
        let count = |(one, cases): (&T, &RoaringBitmap)| {
            if !own.asks() {
                return (*one, among.count(cases));
            }
            let mut filter = own.clone();
            choose(&mut filter, *one);
            (*one, among.count(&self.fitting(&filter)))
        };
        sets.iter().map(count).filter(|(_, count)| *count > 0).collect()
    }
}

/// Takes these cases out of each set.
fn forget<K: Ord>(sets: &mut BTreeMap<K, RoaringBitmap>, cases: &RoaringBitmap) {
    sets.values_mut().for_each(|set| *set -= cases);
    sets.retain(|_, set| !set.is_empty());
}
