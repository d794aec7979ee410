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
    by_support: BySupport,
}

/// The cases of each worth that statements can have.
type BySupport = BTreeMap<Support, RoaringBitmap>;

impl FieldFilter {
    fn chooses(&self, code: Option<&String>) -> bool {
        self.any.is_empty() || code.is_some_and(|code| self.any.contains(code))
    }

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
        Cow::Owned(supported(&self.by_support, filter).union())
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
        if !filter.asks_for_support() {
            return self.chosen(filter).map(|code| &code.any).union();
        }
        self.chosen(filter).flat_map(|code| supported(&code.by_support, filter)).union()
    }

    fn chosen<'a>(&'a self, filter: &'a FieldFilter) -> impl Iterator<Item = &'a CodeSets> {
        self.by_code.iter().filter(|(code, _)| filter.chooses(code.as_ref())).map(|(_, code)| code)
    }

    /// The cases with a chosen code. Each set of a code is gone through once, however many counts are made of the result.
    fn chosen_by_support(&self, filter: &FieldFilter) -> BySupport {
        let mut sets = BTreeMap::<Support, Vec<&RoaringBitmap>>::new();
        for (support, cases) in self.chosen(filter).flat_map(|code| &code.by_support) {
            sets.entry(*support).or_default().push(cases);
        }
        sets.into_iter().map(|(support, sets)| (support, sets.union())).collect()
    }

    /// How many cases have each status, each confidence and each reliability, under the field's other conditions.
    pub(super) fn support(&self, own: &FieldFilter, among: &Among<'_>) -> SupportCounts {
        let chosen = own.asks().then(|| Chosen { own, by_support: self.chosen_by_support(own) });
        let chosen = chosen.as_ref();
        SupportCounts {
            statuses: counts(&self.by_status, chosen, among, |own, status| own.status = [status].into()),
            confidences: counts(&self.by_confidence, chosen, among, |own, one| own.confidence = [one].into()),
            reliabilities: counts(&self.by_reliability, chosen, among, |own, one| own.reliability = [one].into()),
        }
    }
}

/// What is asked of a field, and the cases with the codes that it asks for.
struct Chosen<'a> {
    own: &'a FieldFilter,
    by_support: BySupport,
}

/// How many cases each of these has; where something is asked of the field, `choose` puts it in the place of what is chosen of its kind.
fn counts<T: Copy>(
    sets: &BTreeMap<T, RoaringBitmap>,
    chosen: Option<&Chosen<'_>>,
    among: &Among<'_>,
    choose: impl Fn(&mut FieldFilter, T),
) -> Vec<(T, u64)> {
    let count = |(one, cases): (&T, &RoaringBitmap)| {
        let Some(chosen) = chosen else { return (*one, among.count(cases)) };
        let mut filter = chosen.own.clone();
        choose(&mut filter, *one);
        (*one, among.count(&supported(&chosen.by_support, &filter).union()))
    };
    sets.iter().map(count).filter(|(_, count)| *count > 0).collect()
}

/// The sets of statements that are worth what the filter asks for.
fn supported<'a>(sets: &'a BySupport, filter: &'a FieldFilter) -> impl Iterator<Item = &'a RoaringBitmap> {
    sets.iter().filter(|(support, _)| filter.supports(**support)).map(|(_, cases)| cases)
}

/// Takes these cases out of each set.
fn forget<K: Ord>(sets: &mut BTreeMap<K, RoaringBitmap>, cases: &RoaringBitmap) {
    sets.values_mut().for_each(|set| *set -= cases);
    sets.retain(|_, set| !set.is_empty());
}
