//! Cases ready to count others among them, in whichever way is the fastest for as many as they are.

use roaring::RoaringBitmap;

/// Cases among which codes are counted.
pub(super) struct Among<'a> {
    cases: &'a RoaringBitmap,
    held: Held,
}

/// How cases are held that others are counted among.
enum Held {
    /// They are all published cases: a set's own number is the count.
    All,
    /// They are many: their set has bits of its own.
    Many,
    /// They are few: a bit for each number up to the highest. To look each case of another small set up in it is faster than to go through both
    /// sets side by side.
    Few(Vec<u64>),
}

/// Of so many numbers at least one is in a set whose parts are held as bits (the format of roaring bitmaps: 4,096 of 65,536).
const DENSE: u64 = 16;

impl<'a> Among<'a> {
    /// These cases, all of which are among `all`.
    pub(super) fn of(cases: &'a RoaringBitmap, all: &RoaringBitmap) -> Self {
        let span = u64::from(all.max().unwrap_or_default()) + 1;
        let held = if cases.len() == all.len() {
            Held::All
        } else if cases.len() * DENSE > span {
            Held::Many
        } else {
            Held::Few(bits(cases, span))
        };
        Self { cases, held }
    }

    /// Whether nothing need be counted: each set knows its number.
    pub(super) fn is_known(&self) -> bool {
        matches!(self.held, Held::All)
    }

    /// How many of a set are among them.
    pub(super) fn count(&self, set: &RoaringBitmap) -> u64 {
        match &self.held {
            Held::All => set.len(),
            Held::Few(bits) if set.len() * DENSE <= bits.len() as u64 * u64::from(u64::BITS) => {
                set.iter().map(|case| bit(bits, case)).sum()
            }
            Held::Many | Held::Few(_) => set.intersection_len(self.cases),
        }
    }
}

fn bits(cases: &RoaringBitmap, span: u64) -> Vec<u64> {
    let words = usize::try_from(span.div_ceil(u64::from(u64::BITS))).unwrap_or_default();
    let mut bits = vec![0; words];
    for case in cases {
        if let Some(word) = bits.get_mut((case / u64::BITS) as usize) {
            *word |= 1 << (case % u64::BITS);
        }
    }
    bits
}

/// One if the case is there, else nothing.
fn bit(bits: &[u64], case: u32) -> u64 {
    bits.get((case / u64::BITS) as usize).map_or(0, |word| word >> (case % u64::BITS) & 1)
}

#[cfg(test)]
mod tests {
    use std::{cell::RefCell, collections::BTreeMap};

    use proptest::{
        prelude::*,
        test_runner::{Config, TestRunner},
    };

    use super::*;

    /// More than one part of a bitmap has room for, 65,536.
    const SPAN: u32 = 70_000;

    /// Few numbers, every few numbers, long runs, all and none: a bitmap holds each of these in another way.
    fn set() -> impl Strategy<Value = RoaringBitmap> {
        let together = |runs: Vec<(u32, u32)>| {
            let mut set = RoaringBitmap::new();
            for (from, length) in runs {
                set.insert_range(from..(from + length).min(SPAN));
            }
            set.optimize();
            set
        };
        let some = prop::collection::btree_set(0..SPAN, 0..60);
        let every = (1..40_u32, 0..SPAN).prop_map(|(step, from)| {
            let stepping = usize::try_from(step).unwrap_or(1);
            (from % 300..SPAN).step_by(stepping).collect::<RoaringBitmap>()
        });
        prop_oneof![
            3 => some.prop_map(|some| some.into_iter().collect::<RoaringBitmap>()),
            2 => every,
            3 => prop::collection::vec((0..SPAN, 1..20_000_u32), 1..6).prop_map(together),
            1 => Just(RoaringBitmap::new()),
            1 => Just((0..SPAN).collect::<RoaringBitmap>()),
        ]
    }

    /// In which way a count was made, and of what.
    fn way(among: &Among<'_>, set: &RoaringBitmap) -> &'static str {
        match &among.held {
            Held::All => "all",
            Held::Many => "many",
            Held::Few(bits) if set.len() * DENSE <= bits.len() as u64 * u64::from(u64::BITS) => "few, looked up",
            Held::Few(_) => "few among many",
        }
    }

    #[test]
    fn a_count_is_that_of_the_intersection_however_many_they_are() {
        let reached: RefCell<BTreeMap<&str, u32>> = RefCell::default();
        let note = |what| *reached.borrow_mut().entry(what).or_default() += 1;
        let config = Config { cases: 200, failure_persistence: None, ..Config::default() };
        let counts = |(all, cases, other): (RoaringBitmap, RoaringBitmap, RoaringBitmap)| {
            let (some, other) = (&all & cases, &all & other);
            for set in [&some, &all] {
                let among = Among::of(set, &all);
                prop_assert_eq!(among.count(&other), set.intersection_len(&other));
                note(way(&among, &other));
            }
            for (fits, what) in [
                (all.is_empty(), "no case at all"),
                (some.is_empty() && !all.is_empty(), "none of them"),
                (other.len() > 10_000, "a large set"),
                (!some.is_empty() && some.max() < all.max(), "all reaches further"),
                (other.intersection_len(&some) > 0 && !some.is_superset(&other), "some of a set"),
            ] {
                if fits {
                    note(what);
                }
            }
            Ok(())
        };
        TestRunner::new(config).run(&(set(), set(), set()), counts).unwrap();
        let reached = reached.into_inner();
        for what in [
            "all",
            "many",
            "few, looked up",
            "few among many",
            "no case at all",
            "none of them",
            "a large set",
            "all reaches further",
            "some of a set",
        ] {
            assert!(reached.contains_key(what), "{what} was never tried: {reached:?}");
        }
    }
}
