use proptest::prelude::*;
use roaring::RoaringBitmap;

use super::{
    suppress::{Apart, suppressed},
    *,
};
use crate::{
    cases::{
        document::Status,
        facets::{Facets, Row, SIZE_CLASS},
    },
    codebook::Codebook,
    random::Random,
    testing::SeededRandom,
};

/// A table with the totals of its rows, its columns and all.
fn with_totals(mut rows: Vec<Vec<u64>>) -> Vec<Vec<u64>> {
    for row in &mut rows {
        row.push(row.iter().sum());
    }
    let width = rows[0].len();
    rows.push((0..width).map(|column| rows.iter().map(|row| row[column]).sum()).collect());
    rows
}

fn tables() -> impl Strategy<Value = Vec<Vec<u64>>> {
    let cell = prop_oneof![2 => Just(0_u64), 3 => 1..4_u64, 2 => 4..40_u64];
    (1..6_usize, 1..6_usize)
        .prop_flat_map(move |(height, width)| prop::collection::vec(prop::collection::vec(cell.clone(), width), height))
        .prop_map(with_totals)
}

/// Every row and every column of a table, its total at the end.
fn lines(table: &[Vec<u64>], hidden: &[Vec<bool>]) -> Vec<Vec<(u64, bool)>> {
    let row = |at: usize| table[at].iter().copied().zip(hidden[at].iter().copied()).collect();
    let column = |at: usize| (0..table.len()).map(|row| (table[row][at], hidden[row][at])).collect();
    (0..table.len()).map(row).chain((0..table[0].len()).map(column)).collect()
}

/// What is suppressed of a table in which no line is known to share no case with others.
fn hidden_in(table: &[Vec<u64>], below: u64) -> Option<Vec<Vec<bool>>> {
    let (rows, columns) = (vec![false; table.len() - 1], vec![false; table[0].len() - 1]);
    suppressed(table, Apart { rows: &rows, columns: &columns }, below)
}

/// Suppressed numbers that follow by adding and subtracting lines: without one of them, nothing joins its row and its column any more.
fn bridges(hidden: &[Vec<bool>]) -> Vec<(usize, usize)> {
    let width = hidden[0].len();
    let all = (0..hidden.len()).flat_map(|row| (0..width).map(move |column| (row, column)));
    let places: Vec<(usize, usize)> = all.filter(|(row, column)| hidden[*row][*column]).collect();
    let is_bridge = |place: &(usize, usize)| {
        let mut part: Vec<usize> = (0..hidden.len() + width).collect();
        for (row, column) in places.iter().filter(|other| *other != place) {
            let (one, other) = (part[*row], part[hidden.len() + column]);
            part.iter_mut().filter(|part| **part == one).for_each(|part| *part = other);
        }
        part[place.0] != part[hidden.len() + place.1]
    };
    places.iter().copied().filter(is_bridge).collect()
}

/// Cases by one of three rows, and by columns: the last one for cases that are in no other, the first three for the others.
fn overlapping() -> impl Strategy<Value = Vec<Vec<u64>>> {
    let columns = prop_oneof![3 => 1..8_u8, 1 => Just(8_u8)];
    prop::collection::vec((0..3_usize, columns), 3..60).prop_map(|cases| {
        let within = |row: usize, columns: u8| {
            let fits = |case: &&(usize, u8)| (row == 3 || case.0 == row) && case.1 & columns != 0;
            u64::try_from(cases.iter().filter(fits).count()).unwrap()
        };
        (0..4).map(|row| [1, 2, 4, 8, 15].map(|columns| within(row, columns)).to_vec()).collect()
    })
}

proptest! {
    /// R36: no suppressed cell can be recovered by adding and subtracting rows and columns, nor because only ones are left in one.
    #[test]
    fn no_suppressed_count_follows_from_what_is_shown(table in tables(), below in 2..6_u64) {
        let Some(hidden) = hidden_in(&table, below) else { return Ok(()) };
        for (count, hidden) in table.iter().flatten().zip(hidden.iter().flatten()) {
            prop_assert!(*hidden || *count == 0 || *count >= below, "{count} is shown");
            prop_assert!(!hidden || *count > 0, "nought is no secret");
        }
        prop_assert!(bridges(&hidden).is_empty(), "bridges: {:?}", hidden);
        for line in lines(&table, &hidden) {
            let (total, cells) = line.split_last().unwrap();
            let unknown: Vec<u64> = cells.iter().filter(|(_, hidden)| *hidden).map(|(count, _)| *count).collect();
            if total.1 {
                prop_assert!(!unknown.is_empty(), "a total follows from its cells: {line:?}");
            } else {
                prop_assert_ne!(unknown.len(), 1, "a cell follows from its total: {:?}", line);
                let sum: u64 = unknown.iter().sum();
                prop_assert!(unknown.is_empty() || sum > unknown.len() as u64, "all of them are one: {line:?}");
            }
        }
    }

    /// R36: where cases count in several cells, one that shares none with the others does not follow from them and the total.
    #[test]
    fn a_cell_that_shares_no_case_does_not_follow_from_the_others(table in overlapping(), below in 2..6_u64) {
        let apart = Apart { rows: &[false; 3], columns: &[false, false, false, true] };
        let Some(hidden) = suppressed(&table, apart, below) else { return Ok(()) };
        for (counts, hidden) in table.iter().zip(&hidden) {
            if hidden[4] || !hidden[3] {
                continue;
            }
            let told = |column: usize| if hidden[column] { 1 } else { counts[column] };
            let most = counts[4] - (0..3).map(told).max().unwrap();
            let together: u64 = (0..3).map(told).sum();
            let some_hidden = hidden[..3].iter().any(|hidden| *hidden);
            let least = if some_hidden { 1 } else { counts[4].saturating_sub(together).max(1) };
            prop_assert!(least < most, "it is {}: {:?}, of which are told {:?}", most, counts, hidden);
        }
    }

    #[test]
    fn what_has_no_small_count_is_shown_whole(table in tables()) {
        let large: Vec<Vec<u64>> = table.iter().map(|row| row.iter().map(|count| count * 10).collect()).collect();
        let hidden = hidden_in(&large, 5).unwrap();
        prop_assert!(hidden.iter().flatten().all(|hidden| !hidden));
    }
}

#[test]
fn a_second_cell_goes_with_the_first() {
    let table = with_totals(vec![vec![1, 9, 20], vec![12, 30, 8], vec![7, 6, 5]]);
    let hidden = hidden_in(&table, 3).unwrap();
    let places: Vec<(usize, usize)> =
        (0..4).flat_map(|row| (0..4).map(move |column| (row, column))).filter(|(r, c)| hidden[*r][*c]).collect();
    assert_eq!(places, [(0, 0), (0, 2), (2, 0), (2, 2)], "four corners, so that each row and column has two");
}

/// R36: the small counts alone have two in each row and column, but the two upper rows less the two columns to the left leave one of them.
#[test]
fn a_count_that_joins_two_parts_of_the_table_is_not_left_alone() {
    let table = with_totals(vec![vec![2, 2, 12, 15], vec![2, 2, 1, 14], vec![11, 16, 2, 2], vec![13, 12, 2, 2]]);
    let small: Vec<Vec<bool>> =
        table.iter().map(|row| row.iter().map(|count| (1..3).contains(count)).collect()).collect();
    assert_eq!(bridges(&small), [(1, 2)], "31 + 19 - 28 - 32, with what is shown: it is 1");
    let hidden = hidden_in(&table, 3).unwrap();
    assert!(bridges(&hidden).is_empty());
    assert!(hidden[0][2], "the smallest that closes the gap");
    assert_eq!(hidden.iter().flatten().filter(|hidden| **hidden).count(), 10);
}

/// R36: with small counts and two cells beside them suppressed, each line leaves its own open and none joins two parts; yet the two upper
/// rows less the two columns of 4 leave 2 for two cells that are no noughts.
#[test]
fn counts_that_only_lines_together_hold_at_one_are_not_left_alone() {
    let table = with_totals(vec![vec![0, 1, 3, 0, 1], vec![0, 1, 1, 0, 3], vec![0, 1, 0, 3, 0]]);
    let hidden = hidden_in(&table, 2).unwrap();
    assert!(hidden[0][5] && hidden[2][5], "two totals are suppressed as well: {hidden:?}");
}

/// R36: 20 in all and 19 of them with the first code leave one that is not stated, however many codes the others share.
#[test]
fn what_is_not_stated_is_no_difference_of_total_and_largest() {
    let apart = Apart { rows: &[false], columns: &[false, false, true] };
    let hidden = suppressed(&[vec![19, 15, 1, 20], vec![19, 15, 1, 20]], apart, 3).unwrap();
    assert_eq!(hidden, [[true, true, true, false], [true, true, true, false]]);
    // cells that make their total add up, whatever other lines do
    let table = [vec![5, 0, 1, 6], vec![9, 4, 7, 18], vec![14, 4, 8, 24]];
    let hidden = suppressed(&table, Apart { rows: &[false; 2], columns: &[false, false, true] }, 3).unwrap();
    assert!(hidden[0][2] && (hidden[0][0] || hidden[0][3]), "6 less 5 would be 1: {hidden:?}");
}

#[test]
fn a_set_that_is_smaller_than_the_threshold_gets_no_table() {
    assert_eq!(hidden_in(&with_totals(vec![vec![1, 1]]), 3), None);
    let all_shown = hidden_in(&with_totals(vec![vec![1, 1]]), 0).unwrap();
    assert!(all_shown.iter().flatten().all(|hidden| !hidden));
}

/// Cases 1 to 8 by kind and technology; 8 says nothing of its technology.
fn facets() -> Facets {
    let mut facets = Facets::default();
    let mut add = |ordinal, field: &str, code: Option<&str>, status| {
        let (field, code) = (field.to_owned(), code.map(str::to_owned));
        facets.add(Row { ordinal, field, code, status, confidence: None, reliability: None });
    };
    for ordinal in 1..=8 {
        add(ordinal, "kind", Some(if ordinal < 5 { "agreement" } else { "deployment" }), None);
    }
    for ordinal in 1..=4 {
        add(ordinal, "technology", Some("camera_cctv"), Some(Status::Stated));
    }
    add(1, "technology", Some("smart_meter"), Some(Status::Disputed));
    for ordinal in 5..=7 {
        add(ordinal, "technology", None, Some(Status::Withheld));
    }
    for ordinal in 1..=8 {
        facets.publish(ordinal, (ordinal < 7).then_some((2015, 2015 + i32::try_from(ordinal).unwrap())));
    }
    facets
}

fn question(rows: &str, columns: &str, suppress_below: u64) -> Question {
    let axes = Axes::parse(rows, columns, &Codebook::embedded()).unwrap();
    Question { filters: Filters::default(), axes, suppress_below }
}

/// R36: withheld and not stated are lines of their own, and something else than suppressed.
#[test]
fn statuses_are_lines_of_their_own() {
    let facets = facets();
    let table = Crosstab::of(&facets, facets.all(), &Codebook::embedded(), &question("technology", "kind", 0));
    let heads = [
        Category::Code("camera_cctv".into()),
        Category::Code("smart_meter".into()),
        Category::Without(Status::Withheld),
        Category::NotStated,
    ];
    assert_eq!(table.rows, heads);
    let shown: Vec<Vec<u64>> =
        table.cells.iter().map(|row| row.iter().map(|cell| cell.shown().unwrap()).collect()).collect();
    assert_eq!(shown, [[4, 0, 4], [1, 0, 1], [0, 3, 3], [0, 1, 1], [4, 4, 8]]);
    assert!(table.overlaps, "case 1 has two technologies");
    assert_eq!(table.suppressed(), 0);
}

/// R36
#[test]
fn small_counts_are_suppressed_and_noughts_are_shown() {
    let facets = facets();
    let table = Crosstab::of(&facets, facets.all(), &Codebook::embedded(), &question("technology", "kind", 3));
    assert!(!table.withheld);
    assert_eq!(table.cells[1][0], Count::Suppressed);
    assert_eq!(table.cells[1][1], Count::Shown(0));
    assert_eq!(table.cells[4][2], Count::Shown(8), "the page says how many there are");
}

/// R36
#[test]
fn a_table_is_bare_if_suppression_leaves_noughts_alone() {
    let axes = question("technology", "kind", 3).axes;
    let is_bare = |cells: [[Count; 2]; 2]| {
        let cells = cells.map(Vec::from).to_vec();
        let (rows, columns) = (Vec::new(), Vec::new());
        Crosstab { axes: axes.clone(), rows, columns, cells, overlaps: false, withheld: false }.is_bare()
    };
    let (s, nought, some) = (Count::Suppressed, Count::Shown(0), Count::Shown(8));
    assert!(is_bare([[s, nought], [s, some]]), "of the whole set the page tells the number");
    assert!(!is_bare([[s, some], [s, some]]), "a total is told");
    assert!(!is_bare([[nought, nought], [nought, nought]]), "nothing is suppressed of nothing");
    assert!(!is_bare([[some, some], [some, some]]));
}

/// R36: of a field by itself a count stands twice, so it is suppressed twice.
#[test]
fn a_field_by_itself_hides_on_both_sides_of_the_diagonal() {
    let codes = ["camera_cctv", "smart_meter", "face_recognition", "robot", "drone"];
    let chance: &dyn Random = &SeededRandom::new(36);
    let mut suppressed = 0;
    for seed in 0..100 {
        let mut facets = Facets::default();
        for ordinal in 0..60 {
            facets.publish(ordinal, None);
            for (one_in, code) in (2..).zip(codes) {
                if chance.below(one_in) == 0 {
                    let (field, code) = ("technology".to_owned(), Some(code.to_owned()));
                    facets.add(Row {
                        ordinal,
                        field,
                        code,
                        status: Some(Status::Stated),
                        confidence: None,
                        reliability: None,
                    });
                }
            }
        }
        let asked = question("technology", "technology", 4);
        let table = Crosstab::of(&facets, facets.all(), &Codebook::embedded(), &asked);
        for (row, cells) in table.cells.iter().enumerate() {
            for (column, cell) in cells.iter().enumerate() {
                assert_eq!(*cell, table.cells[column][row], "seed {seed}: {row} by {column}");
            }
        }
        suppressed += table.suppressed();
    }
    assert!(suppressed > 100, "the control: counts were suppressed: {suppressed}");
}

#[test]
fn a_name_that_is_no_field_is_refused_with_those_that_are() {
    let problems = Axes::parse("colour", "", &Codebook::embedded()).unwrap_err();
    assert_eq!((problems.len(), problems[0].name.as_str()), (1, "rows"));
    assert!(problems[0].allowed.iter().any(|name| name == "technology"));
    let usual = Axes::parse("", "", &Codebook::embedded()).unwrap();
    assert_eq!((usual.rows.as_str(), usual.columns.as_str()), ("state", "kind"));
}

/// R2: of a place that is told by its continent the class is public, so it stands in its bar; what is about no single municipality has no
/// inhabitants to tell; the third alone is silent.
#[test]
fn a_case_without_inhabitants_is_counted_by_why() {
    let mut facets = Facets::default();
    let cases = [
        (1, "municipality", "named", Some("200k_500k")),
        (2, "municipality", "region", Some("200k_500k")),
        (3, "municipality", "named", None),
        (4, "nation", "region", None),
        (5, "several", "named", None),
    ];
    for (ordinal, scope, disclosure, class) in cases {
        facets.publish(ordinal, None);
        let fields = [("scope", Some(scope)), ("place_disclosure", Some(disclosure)), (SIZE_CLASS, class)];
        for (field, code) in fields.into_iter().filter(|(_, code)| code.is_some()) {
            let (field, code) = (field.to_owned(), code.map(str::to_owned));
            facets.add(Row { ordinal, field, code, status: None, confidence: None, reliability: None });
        }
    }
    facets.inhabit(1, 400_000);
    let bars = Histograms::of(&facets, facets.all(), &Codebook::embedded());
    let classes: Vec<u64> = bars.populations.iter().map(|span| span.count).collect();
    assert_eq!(classes, [0, 0, 2, 0, 0], "with the one of which the continent is told");
    assert_eq!((bars.elsewhere, bars.without_population, bars.cases), (2, 1, 5));
}

/// A bar counts the cases that the list finds for its years.
#[test]
fn a_case_counts_in_every_year_that_its_events_span() {
    let facets = facets();
    let years = Years::of(&facets, facets.all());
    assert_eq!(years.undated, 2);
    assert_eq!(years.spans.first().map(|span| (span.from, span.to, span.count)), Some((2015, 2015, 6)));
    assert_eq!(years.spans.last().map(|span| (span.from, span.to, span.count)), Some((2021, 2021, 1)));
    let none = Years::of(&facets, &RoaringBitmap::new());
    assert!(none.spans.is_empty());
}
