//! Which cells of a table are not told: small counts, and those that would let a small count be worked out.
//!
//! The first are found by the threshold rule, the second by complementary suppression (Hundepool et al., Handbook on Statistical Disclosure
//! Control, ESSnet 2010, chapters 4 and 5). A line, that is a row or a column, adds up if its cells make its total. Where all lines do, no
//! suppressed number follows from the table, whatever lines are added and subtracted: the numbers are a flow in a network, and one of them
//! can be another if others can change with it around a cycle (D. Gusfield, A graph theoretic approach to statistical data security, SIAM
//! Journal on Computing 17, 1988). A suppressed number that lies on no cycle at all is a bridge: the plainest that follows.
//!
//! Where cases stand in several cells of a line, it tells bounds alone: its total is no smaller than its largest cell and no larger than all
//! of them together, and cells that share no case with others ("not stated") count in full. Bounds are narrowed line by line, and the flow
//! keeps to them. What such a line tells together with others beyond that is not looked at.
//!
//! The reader is taken to know which lines add up, that a suppressed number is at least one, since a nought is shown, and how many cases the
//! whole set has, since the page says so. One mark stands for both kinds, so that it tells no upper bound.

/// Which lines share no case with any other, without that of the totals; every other line may.
#[derive(Debug, Clone, Copy)]
pub(super) struct Apart<'a> {
    /// The rows.
    pub(super) rows: &'a [bool],
    /// The columns.
    pub(super) columns: &'a [bool],
}

/// Higher than any number of cases; a thousand sums of it are still a number.
const UNBOUNDED: u64 = u32::MAX as u64;
/// How often bounds are narrowed at most; a table of real cases needs a few times.
const PASSES: usize = 100;

/// A row or a column: its cells, and the place of its total.
struct Line {
    parts: Vec<Part>,
    total: usize,
    /// The cells make the total.
    adds: bool,
}

/// A cell of a line.
struct Part {
    place: usize,
    /// It shares no case with another cell of the line.
    apart: bool,
}

/// What is known of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Bounds {
    low: u64,
    high: u64,
}

/// Which counts of a table with totals are not told. None if the table cannot be made safe: then it is withheld.
pub(super) fn suppressed(table: &[Vec<u64>], apart: Apart<'_>, below: u64) -> Option<Vec<Vec<bool>>> {
    let width = table.first().map_or(0, Vec::len);
    let counts: Vec<u64> = table.iter().flatten().copied().collect();
    let whole = counts.last().copied().unwrap_or(0);
    if (1..below).contains(&whole) {
        return None;
    }
    let mut hidden: Vec<bool> = counts.iter().map(|count| (1..below).contains(count)).collect();
    let lines = lines(&counts, table.len(), width, apart);
    while let Some(next) = next_to_hide(&counts, &hidden, &lines, width) {
        *hidden.get_mut(next?)? = true;
    }
    Some(hidden.chunks(width.max(1)).map(<[bool]>::to_vec).collect())
}

/// What to suppress beside; none if the table is safe, and none within if there is nothing left that could be.
fn next_to_hide(counts: &[u64], hidden: &[bool], lines: &[Line], width: usize) -> Option<Option<usize>> {
    let known = known(counts, hidden, lines, width);
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
    fn of(parts: impl Iterator<Item = (usize, bool)>, total: usize, counts: &[u64]) -> Self {
        let parts: Vec<(usize, bool)> = parts.collect();
        let adds = parts.iter().map(|(place, _)| counts[*place]).sum::<u64>() == counts[total];
        let part = |(place, apart): (usize, bool)| Part { place, apart: adds || apart };
        Self { parts: parts.into_iter().map(part).collect(), total, adds }
    }

    fn places(&self) -> impl Iterator<Item = usize> {
        self.parts.iter().map(|part| part.place).chain([self.total])
    }

    /// Narrows the bounds by what this line says; whether it did.
    fn narrow(&self, bounds: &mut [Bounds]) -> bool {
        // of the cells that may share cases, only the largest is sure to count; `low` is the sum of the others
        let (mut low, mut high, mut largest) = (0, 0, 0);
        for part in &self.parts {
            let known = bounds[part.place];
            high += known.high;
            if part.apart {
                low += known.low;
            } else {
                largest = largest.max(known.low);
            }
        }
        let total = bounds[self.total].within(low + largest, high);
        let mut changed = total != bounds[self.total];
        bounds[self.total] = total;
        for part in &self.parts {
            let before = bounds[part.place];
            let beside = if part.apart { low - before.low + largest } else { low };
            let after = before.within(total.low.saturating_sub(high - before.high), total.high.saturating_sub(beside));
            if part.apart {
                low += after.low - before.low;
            }
            high -= before.high - after.high;
            changed |= after != before;
            bounds[part.place] = after;
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
fn known(counts: &[u64], hidden: &[bool], lines: &[Line], width: usize) -> Vec<usize> {
    let network = Network::of(counts, &bounds(counts, hidden, lines), lines, width);
    (0..counts.len()).filter(|place| hidden[*place] && !network.can_differ(*place)).collect()
}

/// Between what each number lies, taking one line after the other.
fn bounds(counts: &[u64], hidden: &[bool], lines: &[Line]) -> Vec<Bounds> {
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
    bounds
}

/// Lines, and what can move between them: a number that grows carries one case from a line to another, one that shrinks carries it back.
/// Lines that do not add up are one, which takes and gives whatever comes.
struct Network {
    /// Of each number, from which line to which it carries as it grows, and whether it can grow and shrink.
    numbers: Vec<Carrier>,
    /// From each line, the numbers that carry away from it, and to where.
    ways: Vec<Vec<(usize, usize)>>,
}

struct Carrier {
    from: usize,
    to: usize,
    grows: bool,
    shrinks: bool,
}

impl Network {
    fn of(counts: &[u64], bounds: &[Bounds], lines: &[Line], width: usize) -> Self {
        let height = lines.len() - width;
        let node = |line: usize| if lines[line].adds { line } else { lines.len() };
        let carrier = |(place, (count, bounds)): (usize, (&u64, &Bounds))| {
            let (row, column) = (place / width, place % width);
            // a total stands against its cells: it grows as they do, so that it carries the other way
            let turned = (row == height - 1) != (column == width - 1);
            let (row, column) = (node(row), node(height + column));
            let (from, to) = if turned { (column, row) } else { (row, column) };
            Carrier { from, to, grows: *count < bounds.high, shrinks: *count > bounds.low }
        };
        let numbers: Vec<Carrier> = counts.iter().zip(bounds).enumerate().map(carrier).collect();
        let mut ways = vec![Vec::new(); lines.len() + 1];
        for (place, number) in numbers.iter().enumerate() {
            if number.grows {
                ways[number.from].push((place, number.to));
            }
            if number.shrinks {
                ways[number.to].push((place, number.from));
            }
        }
        Self { numbers, ways }
    }

    /// Whether this number can be larger or smaller while the others make up for it.
    fn can_differ(&self, place: usize) -> bool {
        let number = &self.numbers[place];
        (number.grows && self.leads(number.to, number.from, place))
            || (number.shrinks && self.leads(number.from, number.to, place))
    }

    /// Whether some way leads from one line to another without this number.
    fn leads(&self, from: usize, to: usize, without: usize) -> bool {
        let mut seen = vec![false; self.ways.len()];
        let mut next = vec![from];
        while let Some(line) = next.pop() {
            if line == to {
                return true;
            }
            if !std::mem::replace(&mut seen[line], true) {
                next.extend(self.ways[line].iter().filter(|(place, _)| *place != without).map(|(_, line)| *line));
            }
        }
        false
    }
}

fn lines(counts: &[u64], height: usize, width: usize, apart: Apart<'_>) -> Vec<Line> {
    if height == 0 || width == 0 {
        return Vec::new();
    }
    let row = |at: usize| {
        let parts = apart.columns.iter().enumerate().map(|(column, apart)| (at * width + column, *apart));
        Line::of(parts, (at + 1) * width - 1, counts)
    };
    let column = |at: usize| {
        let parts = apart.rows.iter().enumerate().map(|(row, apart)| (row * width + at, *apart));
        Line::of(parts, (height - 1) * width + at, counts)
    };
    (0..height).map(row).chain((0..width).map(column)).collect()
}
