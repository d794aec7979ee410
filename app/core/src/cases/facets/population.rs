//! Cases by the inhabitants of their place. Where the place is named the number is known; where it is not, the class alone is public, and no
//! range may tell more than that (decision 0039).

use std::collections::BTreeMap;

use roaring::{MultiOps, RoaringBitmap};

use super::bitmaps::Facets;
use crate::places::SizeClass;

/// The facet of classes.
pub const SIZE_CLASS: &str = "size_class";

/// Where bars begin: those of the classes, and finer ones within.
const STEPS: [u64; 13] = [
    0, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000, 1_000_000, 1_500_000, 2_000_000, 5_000_000, 10_000_000,
];

/// The cases whose number of inhabitants is known.
#[derive(Debug, Default)]
pub(super) struct Inhabitants {
    known: RoaringBitmap,
    by_number: BTreeMap<u64, RoaringBitmap>,
    by_step: BTreeMap<u64, RoaringBitmap>,
}

/// How many cases have so many inhabitants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PopulationSpan {
    /// The least number.
    pub from: u64,
    /// The greatest; none for the last span.
    pub to: Option<u64>,
    /// How many cases a reader finds who chooses it.
    pub count: u64,
    /// It is a part of the class before it: cases of which the class alone is known are not in it.
    pub finer: bool,
}

impl Inhabitants {
    fn take_in(&mut self, ordinal: u32, number: u64) {
        self.known.insert(ordinal);
        self.by_number.entry(number).or_default().insert(ordinal);
        self.by_step.entry(step_of(number)).or_default().insert(ordinal);
    }

    /// Forgets these cases.
    pub(super) fn forget(&mut self, cases: &RoaringBitmap) {
        self.known -= cases;
        for sets in [&mut self.by_number, &mut self.by_step] {
            sets.values_mut().for_each(|set| *set -= cases);
            sets.retain(|_, set| !set.is_empty());
        }
    }

    fn between(&self, from: u64, to: u64) -> RoaringBitmap {
        if from > to {
            return RoaringBitmap::new();
        }
        self.by_number.range(from..=to).map(|(_, cases)| cases).union()
    }
}

impl Facets {
    /// Says how many inhabitants the place of a published case has.
    pub fn inhabit(&mut self, ordinal: u32, number: u64) {
        self.inhabitants.take_in(ordinal, number);
    }

    /// The cases whose place has at least and at most so many inhabitants. A case of which the class alone is known is among them if the range
    /// covers the whole class.
    #[must_use]
    pub fn within_population(&self, from: Option<u64>, to: Option<u64>) -> RoaringBitmap {
        let mut set = self.inhabitants.between(from.unwrap_or(0), to.unwrap_or(u64::MAX));
        for class in SizeClass::ALL.into_iter().filter(|class| is_covered(*class, from, to)) {
            set |= self.of_class_alone(class);
        }
        set
    }

    /// How many of these cases have how many inhabitants: each class, and behind it what it is made of; nothing if none has any.
    #[must_use]
    pub fn population_within(&self, cases: &RoaringBitmap) -> Vec<PopulationSpan> {
        let among = self.among(cases);
        let mut spans = Vec::new();
        for class in SizeClass::ALL {
            let (from, to) = ends(class);
            let steps: Vec<PopulationSpan> = steps_of(class)
                .map(|(from, to)| {
                    let count = self.inhabitants.by_step.get(&from).map_or(0, |cases| among.count(cases));
                    PopulationSpan { from, to, count, finer: true }
                })
                .collect();
            let known: u64 = steps.iter().map(|step| step.count).sum();
            let count = known + among.count(&self.of_class_alone(class));
            spans.push(PopulationSpan { from, to, count, finer: false });
            if known > 0 && steps.len() > 1 {
                spans.extend(steps);
            }
        }
        if spans.iter().all(|span| span.count == 0) { Vec::new() } else { spans }
    }

    /// The cases of which this class is known, and not the number.
    fn of_class_alone(&self, class: SizeClass) -> RoaringBitmap {
        self.cases_with(SIZE_CLASS, class.code()).map(|cases| cases - &self.inhabitants.known).unwrap_or_default()
    }
}

/// The least and the greatest number of a class.
fn ends(class: SizeClass) -> (u64, Option<u64>) {
    let (from, above) = class.bounds();
    (from, above.map(|above| above.saturating_sub(1)))
}

fn is_covered(class: SizeClass, from: Option<u64>, to: Option<u64>) -> bool {
    let (least, most) = ends(class);
    from.is_none_or(|from| from <= least) && to.is_none_or(|to| most.is_some_and(|most| most <= to))
}

fn step_of(number: u64) -> u64 {
    STEPS.into_iter().rev().find(|step| *step <= number).unwrap_or(0)
}

/// The bars within a class: the least and the greatest number of each.
fn steps_of(class: SizeClass) -> impl Iterator<Item = (u64, Option<u64>)> {
    let (least, most) = ends(class);
    let next = STEPS.into_iter().skip(1).map(|next| Some(next.saturating_sub(1))).chain([None]);
    let within = move |(from, _): &(u64, Option<u64>)| *from >= least && most.is_none_or(|most| *from <= most);
    STEPS.into_iter().zip(next).filter(within)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cases::facets::Row;

    fn facets() -> Facets {
        let mut facets = Facets::default();
        for (ordinal, number) in [(1, Some(7_000)), (2, Some(199_999)), (3, Some(504_358)), (4, None), (5, None)] {
            facets.publish(ordinal, None);
            number.into_iter().for_each(|number| facets.inhabit(ordinal, number));
            let class = number.map_or(SizeClass::From50kTo200k, SizeClass::of);
            let (field, code) = (SIZE_CLASS.to_owned(), (ordinal != 5).then(|| class.code().to_owned()));
            facets.add(Row { ordinal, field, code, status: None, confidence: None, reliability: None });
        }
        facets
    }

    fn found(from: Option<u64>, to: Option<u64>) -> Vec<u32> {
        facets().within_population(from, to).iter().collect()
    }

    /// R2: a place that is not named has a class, and no range tells more of it.
    #[test]
    fn a_class_alone_is_found_by_ranges_that_cover_it() {
        assert_eq!(found(None, None), [1, 2, 3, 4]);
        assert_eq!(found(Some(50_000), Some(199_999)), [2, 4]);
        assert_eq!(found(Some(50_001), Some(199_999)), [2], "it cuts the class from below");
        assert_eq!(found(Some(50_000), Some(199_998)), [0; 0], "it cuts the class from above");
        assert_eq!(found(Some(100_000), None), [2, 3], "it overlaps with the class");
        assert_eq!(found(None, Some(7_000)), [1]);
        assert_eq!(found(Some(9), Some(8)), [0; 0]);
    }

    #[test]
    fn each_bar_counts_what_its_range_finds() {
        let facets = facets();
        let spans = facets.population_within(facets.all());
        assert_eq!(spans.iter().filter(|span| !span.finer).count(), SizeClass::ALL.len());
        for span in &spans {
            assert_eq!(facets.within_population(Some(span.from), span.to).len(), span.count, "{span:?}");
        }
        let from_100k = PopulationSpan { from: 100_000, to: Some(199_999), count: 1, finer: true };
        assert!(spans.contains(&from_100k), "the case without a number is in no finer bar: {spans:?}");
        assert!(spans.contains(&PopulationSpan { from: 50_000, to: Some(199_999), count: 2, finer: false }));
        assert_eq!(facets.population_within(&RoaringBitmap::from([5])), []);
    }

    #[test]
    fn no_step_crosses_the_bounds_of_a_class() {
        for class in SizeClass::ALL {
            let steps: Vec<_> = steps_of(class).collect();
            assert_eq!((steps.first().unwrap().0, steps.last().unwrap().1), ends(class), "{class}");
        }
    }

    #[test]
    fn what_is_forgotten_is_in_no_range() {
        let mut facets = facets();
        facets.forget(&RoaringBitmap::from([2, 4]));
        assert_eq!(facets.within_population(Some(50_000), Some(199_999)).len(), 0);
    }
}
