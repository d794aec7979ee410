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
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_count_is_that_of_the_intersection_however_many_they_are(
            all in prop::collection::btree_set(0_u32..3_000, 1..600),
            cases in prop::collection::btree_set(0_u32..3_000, 0..600),
            other in prop::collection::btree_set(0_u32..3_000, 0..600),
        ) {
            let [all, cases, other] = [all, cases, other].map(|some| some.into_iter().collect::<RoaringBitmap>());
            let (few, other) = (&all & cases, &all & other);
            for among in [&few, &all] {
                prop_assert_eq!(Among::of(among, &all).count(&other), among.intersection_len(&other));
            }
        }
    }
}
