//! Which cells of a table are not told: small counts, and those that would let a small count be worked out.
//!
//! The first are found by the threshold rule, the second by complementary suppression (Hundepool et al., Handbook on Statistical Disclosure
//! Control, ESSnet 2010, chapters 4 and 5). Here a table is safe if no suppressed number follows from any row or column with its total, taken
//! one after the other: every cell is held between bounds, and each line narrows them. Combinations of lines are not looked at. The reader is
//! taken to know that a suppressed number is at least one, since a nought is shown, and how many cases the whole set has, since the page
//! says so. One mark stands for both kinds, so that it tells no upper bound.

/// Whether cells add up to their total: they do unless a case stands in several of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Adds {
    /// The cells of a row.
    pub(super) across: bool,
    /// The cells of a column.
    pub(super) down: bool,
}

/// Higher than any number of cases; a thousand sums of it are still a number.
const UNBOUNDED: u64 = u32::MAX as u64;
/// How often bounds are narrowed at most; a table of real cases needs a few times.
const PASSES: usize = 100;

/// A row or a column: the places of its cells, and of its total.
struct Line {
    parts: Vec<usize>,
    total: usize,
    adds: bool,
}

/// What is known of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Bounds {
    low: u64,
    high: u64,
}

/// Which counts of a table with totals are not told. None if the table cannot be made safe: then it is withheld.
pub(super) fn suppressed(table: &[Vec<u64>], adds: Adds, below: u64) -> Option<Vec<Vec<bool>>> {
    let width = table.first().map_or(0, Vec::len);
    let counts: Vec<u64> = table.iter().flatten().copied().collect();
    let whole = counts.last().copied().unwrap_or(0);
    if (1..below).contains(&whole) {
        return None;
    }
    let mut hidden: Vec<bool> = counts.iter().map(|count| (1..below).contains(count)).collect();
    let lines = lines(table.len(), width, adds);
    while let Some(next) = next_to_hide(&counts, &hidden, &lines, width) {
        *hidden.get_mut(next?)? = true;
    }
    Some(hidden.chunks(width.max(1)).map(<[bool]>::to_vec).collect())
}

/// What to suppress beside; none if the table is safe, and none within if there is nothing left that could be.
fn next_to_hide(counts: &[u64], hidden: &[bool], lines: &[Line], width: usize) -> Option<Option<usize>> {
    let known = known(counts, hidden, lines);
    if known.is_empty() {
        return None;
    }
    let whole = counts.len() - 1;
    let totals = |place: usize| usize::from(place % width == width - 1) + usize::from(place >= counts.len() - width);
    // a cell whose row and column hold a suppressed one already closes a rectangle, and costs no further one
    let untouched: Vec<bool> = lines.iter().map(|line| !line.places().any(|place| hidden[place])).collect();
    let opens = |place: usize| {
        let (row, column) = (place / width, counts.len() / width + place % width);
        usize::from(untouched[row]) + usize::from(untouched[column])
    };
    let can = |place: &usize| *place != whole && counts[*place] > 0 && !hidden[*place];
    let smallest = |places: &mut dyn Iterator<Item = usize>| {
        places.filter(can).min_by_key(|place| (totals(*place), opens(*place), counts[*place], *place))
    };
    let touching = |line: &&Line| line.places().any(|place| known.contains(&place));
    let near = smallest(&mut lines.iter().filter(touching).flat_map(Line::places));
    Some(near.or_else(|| smallest(&mut (0..counts.len()))))
}

impl Line {
    fn places(&self) -> impl Iterator<Item = usize> {
        self.parts.iter().copied().chain([self.total])
    }

    /// Narrows the bounds by what this line says; whether it did.
    fn narrow(&self, bounds: &mut [Bounds]) -> bool {
        let (mut low, mut high, mut highest_low) = (0, 0, 0);
        for part in &self.parts {
            low += bounds[*part].low;
            high += bounds[*part].high;
            highest_low = highest_low.max(bounds[*part].low);
        }
        let total = bounds[self.total].within(if self.adds { low } else { highest_low }, high);
        let mut changed = total != bounds[self.total];
        bounds[self.total] = total;
        for part in &self.parts {
            let before = bounds[*part];
            let most = if self.adds { total.high.saturating_sub(low - before.low) } else { total.high };
            let after = before.within(total.low.saturating_sub(high - before.high), most);
            low += after.low - before.low;
            high -= before.high - after.high;
            changed |= after != before;
            bounds[*part] = after;
        }
        changed
    }
}

impl Bounds {
    fn within(self, low: u64, high: u64) -> Self {
        Self { low: self.low.max(low), high: self.high.min(high) }
    }
}

/// The places of suppressed numbers that follow from the rest.
fn known(counts: &[u64], hidden: &[bool], lines: &[Line]) -> Vec<usize> {
    let bounds = counts.iter().zip(hidden).map(|(count, hidden)| match hidden {
        true => Bounds { low: 1, high: UNBOUNDED },
        false => Bounds { low: *count, high: *count },
    });
    let mut bounds: Vec<Bounds> = bounds.collect();
    for _ in 0..PASSES {
        let mut changed = false;
        for line in lines {
            changed |= line.narrow(&mut bounds);
        }
        if !changed {
            break;
        }
    }
    let follows = |place: &usize| hidden[*place] && bounds[*place].low == bounds[*place].high;
    (0..counts.len()).filter(follows).collect()
}

fn lines(height: usize, width: usize, adds: Adds) -> Vec<Line> {
    let row = |at: usize| Line {
        parts: (0..width.saturating_sub(1)).map(|column| at * width + column).collect(),
        total: (at + 1) * width - 1,
        adds: adds.across,
    };
    let column = |at: usize| Line {
        parts: (0..height.saturating_sub(1)).map(|row| row * width + at).collect(),
        total: (height - 1) * width + at,
        adds: adds.down,
    };
    if height == 0 || width == 0 {
        return Vec::new();
    }
    (0..height).map(row).chain((0..width).map(column)).collect()
}
