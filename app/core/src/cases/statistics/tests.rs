use proptest::prelude::*;
use roaring::RoaringBitmap;

use super::{
    suppress::{Adds, suppressed},
    *,
};
use crate::{
    cases::{
        document::Status,
        facets::{Facets, Row},
    },
    codebook::Codebook,
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

proptest! {
    /// R36: no suppressed cell can be recovered from its row or column by subtraction, also where only ones are left.
    #[test]
    fn no_suppressed_count_follows_from_what_is_shown(table in tables(), below in 2..6_u64) {
        let Some(hidden) = suppressed(&table, Adds { across: true, down: true }, below) else { return Ok(()) };
        for (count, hidden) in table.iter().flatten().zip(hidden.iter().flatten()) {
            prop_assert!(*hidden || *count == 0 || *count >= below, "{count} is shown");
            prop_assert!(!hidden || *count > 0, "nought is no secret");
        }
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

    #[test]
    fn what_has_no_small_count_is_shown_whole(table in tables()) {
        let large: Vec<Vec<u64>> = table.iter().map(|row| row.iter().map(|count| count * 10).collect()).collect();
        let hidden = suppressed(&large, Adds { across: true, down: true }, 5).unwrap();
        prop_assert!(hidden.iter().flatten().all(|hidden| !hidden));
    }
}

#[test]
fn a_second_cell_goes_with_the_first() {
    let table = with_totals(vec![vec![1, 9, 20], vec![12, 30, 8], vec![7, 6, 5]]);
    let hidden = suppressed(&table, Adds { across: true, down: true }, 3).unwrap();
    let places: Vec<(usize, usize)> =
        (0..4).flat_map(|row| (0..4).map(move |column| (row, column))).filter(|(r, c)| hidden[*r][*c]).collect();
    assert_eq!(places, [(0, 0), (0, 2), (2, 0), (2, 2)], "four corners, so that each row and column has two");
}

#[test]
fn a_set_that_is_smaller_than_the_threshold_gets_no_table() {
    assert_eq!(suppressed(&with_totals(vec![vec![1, 1]]), Adds { across: true, down: true }, 3), None);
    let all_shown = suppressed(&with_totals(vec![vec![1, 1]]), Adds { across: true, down: true }, 0).unwrap();
    assert!(all_shown.iter().flatten().all(|hidden| !hidden));
}

/// Cases 1 to 8 by kind and technology; 8 says nothing of its technology.
fn facets() -> Facets {
    let mut facets = Facets::default();
    let mut add = |ordinal, field: &str, code: Option<&str>, status| {
        let (field, code) = (field.to_owned(), code.map(str::to_owned));
        facets.add(Row { ordinal, field, code, status, confidence: None });
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

#[test]
fn a_name_that_is_no_field_is_refused_with_those_that_are() {
    let problems = Axes::parse("colour", "", &Codebook::embedded()).unwrap_err();
    assert_eq!((problems.len(), problems[0].name.as_str()), (1, "rows"));
    assert!(problems[0].allowed.iter().any(|name| name == "technology"));
    let usual = Axes::parse("", "", &Codebook::embedded()).unwrap();
    assert_eq!((usual.rows.as_str(), usual.columns.as_str()), (STATE, "kind"));
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
