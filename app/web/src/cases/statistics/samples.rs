//! The statistics with made-up content.

use casebook_core::cases::{
    document::Text,
    facets::Filters,
    measures::size_imbalance,
    statistics::{Axes, Bound, Count, Gap, Missing, Point, Scatter},
    view::Residents,
};

use super::{
    Bars, Choice, Head, Heat, Item, Picture, StatisticsPage, Table, WorldMap,
    bars::{Counted, Fold},
    world::Country,
};
use crate::kit::{Frame, Sample, page::sample_visit};

impl Sample for StatisticsPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let hostile = "<script>alert(1)</script> \"'&".repeat(3);
        vec![
            ("empty", page("", 0)),
            ("too small", Self { found: 2, table: Table { withheld: true, ..Table::default() }, ..page("", 0) }),
            ("nothing told", bare(page("Mobility", 3))),
            ("full", page("Mobility", 14)),
            ("longest", page(&"Supercalifragilisticexpialidocious".repeat(4), 40)),
            ("hostile", page(&hostile, 2)),
        ]
    }
}

fn page(words: &str, size: usize) -> StatisticsPage {
    let frame = sample_visit("/statistics").frame("statistics-title");
    let head = |at: usize| Head { label: format!("{words} {at}"), is_gap: at % 3 == 2 };
    let cell = |at: usize| if at % 4 == 1 { Count::Suppressed } else { Count::Shown(at as u64 * 3) };
    let table = Table {
        rows_label: words.to_owned(),
        columns_label: words.to_owned(),
        rows: (0..size).map(head).collect(),
        columns: (0..size).map(head).collect(),
        cells: (0..=size).map(|row| (0..=size).map(|column| cell(row + column)).collect()).collect(),
        suppressed: size,
        overlaps: true,
        withheld: false,
        bare: false,
    };
    let item = |at: usize| Item {
        value: at.to_string(),
        label: format!("{words} {at}"),
        count: at as u64,
        is_gap: at % 3 == 2,
        address: at.is_multiple_of(2).then(|| "/cases".to_owned()),
    };
    let folds = (size > 9).then(|| Fold { of: 5..8, label: words.to_owned(), words: words.to_owned() });
    let folds: Vec<Fold> = folds.into_iter().collect();
    let bars = |id| {
        let counted = Counted { items: (0..size).map(item).collect(), folds: folds.clone(), cases: size as u64 };
        Bars::of(id, [words.to_owned() + "!", words.to_owned()], counted, &frame)
    };
    let country = |code: &&str| Country {
        code: (*code).to_owned(),
        name: format!("{words} {code}"),
        count: 3,
        address: (*code != "NL").then(|| "/cases".to_owned()),
    };
    let choice = Choice { label: words.to_owned(), count: 1, chosen: true, address: "/statistics".to_owned() };
    StatisticsPage {
        filters: Filters { q: words.to_owned(), ..Filters::default() },
        chosen: (size > 0).then_some(choice).into_iter().collect(),
        notices: (size > 0).then(|| words.to_owned()).into_iter().collect(),
        found: size as u64,
        published: 99,
        axes: Axes { rows: "state".to_owned(), columns: "kind".to_owned() },
        fields: vec![("state".to_owned(), words.to_owned() + "."), ("kind".to_owned(), "Kind".to_owned())],
        below: 3,
        heat: Heat::of(&table),
        table,
        histograms: vec![bars("states"), bars("sizes"), bars("years")],
        undated: size as u64,
        world: WorldMap::of(["DE", "NL", "BE", "QQ"].iter().take(size).map(country).collect(), &frame),
        without_country: size as u64,
        picture: Picture::of(&scatter(words, size, &frame), &frame),
        frame,
    }
}

/// Every count of the table is suppressed.
fn bare(mut page: StatisticsPage) -> StatisticsPage {
    page.table.cells.iter_mut().flatten().for_each(|cell| *cell = Count::Suppressed);
    page.table.bare = true;
    page
}

fn scatter(words: &str, size: usize, frame: &Frame) -> Scatter {
    let id = || casebook_core::ids::CaseId::draw(&casebook_core::random::OsRandom);
    let title = || Text::new(format!("{words} {}", frame.title), "en");
    let bounds = [Bound::Exact, Bound::Between, Bound::AtLeast, Bound::AtMost];
    let point = |(at, bound): (usize, &Bound)| {
        let measure = size_imbalance(208_000.0, 500_000.0)?;
        let employees = serde_json::from_str(r#"{"number":208000,"as_of":"2024-12","source":"Annual report"}"#).ok()?;
        Some(Point {
            case: id(),
            title: title(),
            vendor: words.to_owned(),
            employees,
            verified: at % 2 == 0,
            residents: Residents::Class { label: words.to_owned(), least: 50_000, above: Some(200_000) },
            log10: (measure.log10, if *bound == Bound::Between { 0.3 } else { measure.log10 }),
            ratios: (measure.ratio, measure.ratio),
            bound: *bound,
            step: 4,
            home: words.to_owned(),
            country: words.to_owned(),
            step_verified: true,
        })
    };
    let missing = vec![Missing::Employees, Missing::Seat];
    Scatter {
        points: bounds.iter().enumerate().take(size).filter_map(point).collect(),
        gaps: (0..size.min(3)).map(|_| Gap { case: id(), title: title(), missing: missing.clone() }).collect(),
        elsewhere: size as u64,
        continent_only: size as u64,
        left_out: size,
    }
}
