//! `/transparency` - what was done in each quarter, in numbers, and what was demanded (rows O15 and O16).

use actix_web::web::Data;
use askama::Template;
use casebook_core::{
    clock::{Day, Quarter},
    codebook::Codebook,
    moderation::{self, Quarterly, Transparency},
};

use super::demands::DemandLine;
use crate::{
    kit::{App, Frame, Language, Message, Page, Result, Sample, Visit, page::sample_visit},
    url,
};

/// The acts in the order of the table: the code, and the field of the vocabulary that its reasons are of.
const ROWS: [(&str, &str); 8] = [
    ("case_published", ""),
    ("submission_declined", "decline_reason"),
    ("case_revised", ""),
    ("case_redacted", "visibility_reason"),
    ("case_erased", "visibility_reason"),
    ("case_hidden", "visibility_reason"),
    ("demand_recorded", "demand_claimant"),
    ("demand_decided", "demand_outcome"),
];

/// What was done, quarter by quarter.
#[derive(Debug, Template)]
#[template(path = "moderation/transparency.html")]
pub struct TransparencyPage {
    /// The frame.
    pub frame: Frame,
    /// The latest quarter first.
    pub quarters: Vec<QuarterTable>,
    /// Every demand, the latest first.
    pub demands: Vec<DemandLine>,
    /// Where the log is.
    pub log: String,
}

/// A quarter's table.
#[derive(Debug)]
pub struct QuarterTable {
    /// Which.
    pub quarter: String,
    /// Whether its numbers may still rise, and what was received is not told yet.
    pub is_running: bool,
    /// What was counted.
    pub rows: Vec<Row>,
}

/// A row of a quarter's table.
#[derive(Debug)]
pub struct Row {
    /// What was counted.
    pub label: String,
    /// How often.
    pub count: String,
    /// Whether it is a part of the row above.
    pub is_part: bool,
}

/// `GET /transparency`
///
/// # Errors
/// Those of the database.
pub async fn transparency(app: Data<App>, visit: Visit) -> Result<Page<TransparencyPage>> {
    let (current, found) = app.read(|r| Ok((r.quarter(), moderation::transparency(r)?))).await?;
    Ok(Page::new(TransparencyPage::new(&visit, found, current, &app.codebook)))
}

impl TransparencyPage {
    fn new(visit: &Visit, found: Transparency, current: Quarter, book: &Codebook) -> Self {
        let language = visit.language;
        let table = |quarter: Quarterly| QuarterTable {
            is_running: quarter.quarter == current,
            rows: rows(&quarter, quarter.quarter == current, book, language),
            quarter: quarter.quarter.to_string(),
        };
        let line = |demand| DemandLine::new(demand, book, language);
        Self {
            quarters: found.quarters.into_iter().map(table).collect(),
            demands: found.demands.into_iter().map(line).collect(),
            log: url::log(),
            frame: visit.frame("transparency-title").describing(visit.text("transparency-lead")),
        }
    }
}

fn rows(quarter: &Quarterly, is_running: bool, book: &Codebook, language: Language) -> Vec<Row> {
    let text = |key: String| Message::new(key).text(language);
    let uncounted = || text(if is_running { "transparency-later" } else { "transparency-uncounted" }.to_owned());
    let came = |key: &str, count: Option<i64>| Row {
        label: text(format!("transparency-{key}")),
        count: count.map_or_else(uncounted, |count| count.to_string()),
        is_part: false,
    };
    let mut rows = vec![came("received", quarter.received), came("withdrawn", quarter.withdrawn)];
    for (act, field) in ROWS {
        let label = text(format!("transparency-{}", act.replace('_', "-")));
        rows.push(Row { label, count: quarter.count(act).to_string(), is_part: false });
        let reasons = quarter.by_reason(act).filter(|_| !field.is_empty());
        rows.extend(reasons.filter_map(|(reason, count)| {
            let label = book.label(field, reason?, language.code()).to_owned();
            Some(Row { label, count: count.to_string(), is_part: true })
        }));
    }
    rows
}

impl Sample for TransparencyPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let (visit, book) = (sample_visit("/transparency"), Codebook::embedded());
        let nothing = Transparency { quarters: Vec::new(), demands: Vec::new() };
        let quarter = Quarter::of(Day::MIN);
        let mut full = Quarterly { received: Some(12), withdrawn: Some(1), ..Quarterly::empty(quarter) };
        let act = |act: &str, reason: &str| (act.to_owned(), Some(reason.to_owned()));
        full.acts.insert(act("submission_declined", "off_topic"), 3);
        full.acts.insert(act("case_erased", "<script>alert(1)</script>"), 1);
        let running = Quarterly { received: None, ..full.clone() };
        let page = |found: Transparency, current: Quarter| Self::new(&visit, found, current, &book);
        let of = |quarters: Vec<Quarterly>| Transparency { quarters, demands: Vec::new() };
        let later = Quarter::of(Day::MAX);
        let mut with_demands = page(of(vec![full]), later);
        with_demands.demands =
            vec![DemandLine::sample("<script>alert(1)</script>", true), DemandLine::sample("A city", false)];
        vec![("empty", page(nothing, later)), ("running", page(of(vec![running]), quarter)), ("full", with_demands)]
    }
}
