//! `/log` - the public part of what staff did.

use actix_web::web::Data;
use askama::Template;
use casebook_core::{
    clock::Quarter,
    codebook::Codebook,
    moderation::{self, BY_QUARTER, Block, DATED, Dated, Decided, Log, LogFilter},
};

use super::words::Choice;
use crate::{
    kit::{App, Error, Frame, Language, Message, Page, Pairs, Result, Sample, Visit, page::sample_visit},
    url,
};

/// The fields of the vocabulary that reasons in the log are of.
const REASONS: [&str; 6] =
    ["visibility_reason", "decline_reason", "demand_claimant", "demand_outcome", "alike_reason", "apart_reason"];
/// What the log can be asked by.
const NAMES: [&str; 3] = ["act", "reason", "page"];
/// How much of a hash a line shows, in characters.
const SHORT: usize = 12;

/// The public log.
#[derive(Debug, Template)]
#[template(path = "moderation/log.html")]
pub struct LogPage {
    /// The frame.
    pub frame: Frame,
    /// Acts that can be asked for.
    pub acts: Vec<Choice>,
    /// Reasons that can be asked for, in groups.
    pub reasons: Vec<Reasons>,
    /// What the address says that means nothing here.
    pub unknown: Option<String>,
    /// Whether only some lines were asked for.
    pub is_filtered: bool,
    /// Acts on published cases, on demands and on releases, the latest first.
    pub dated: Vec<Line>,
    /// Quarters, the latest first.
    pub quarters: Vec<QuarterLines>,
    /// Day and hash of the last dated line.
    pub head: Option<(String, String)>,
    /// Where later and earlier lines are.
    pub turns: Turns,
    /// Fewer than two people review at present.
    pub is_small_team: bool,
}

/// Reasons of one kind.
#[derive(Debug)]
pub struct Reasons {
    /// What they are reasons for.
    pub label: String,
    /// The reasons.
    pub choices: Vec<Choice>,
}

/// Where one is among several pages.
#[derive(Debug, Default)]
pub struct Turns {
    /// This page, from one.
    pub page: usize,
    /// How many there are.
    pub pages: usize,
    /// The address of the page before.
    pub before: Option<String>,
    /// The address of the page behind.
    pub after: Option<String>,
}

/// A line of the log.
#[derive(Debug)]
pub struct Line {
    /// The day; empty within a quarter.
    pub when: String,
    /// What was done.
    pub act: String,
    /// The case and its address; none where none is public.
    pub case: Option<(String, String)>,
    /// The other case and its address, of an act on two.
    pub other: Option<(String, String)>,
    /// Where the notice of the demand is.
    pub notice: Option<String>,
    /// The version of the release and the address of its page.
    pub release: Option<(String, String)>,
    /// The words for the reason.
    pub reason: Option<String>,
    /// Who did it; empty where that is not told.
    pub alias: String,
    /// The beginning of the line's hash; empty within a quarter.
    pub hash: String,
}

/// A quarter in the log.
#[derive(Debug)]
pub struct QuarterLines {
    /// Which.
    pub quarter: String,
    /// How many accounts came, and how many of them were taken back.
    pub counts: Option<(String, String)>,
    /// What was published and declined.
    pub lines: Vec<Line>,
}

/// `GET /log` - who did what for which reason; `act`, `reason` and `page` choose among the lines.
///
/// # Errors
/// [`Error::BadRequest`] with what is allowed, for an act or a reason that there is not.
pub async fn log(app: Data<App>, visit: Visit, pairs: Pairs) -> Result<Page<LogPage>> {
    let filter = parse(&pairs, &app.codebook)?;
    let asked = filter.clone();
    let log = app.read(move |r| moderation::log(r, &asked)).await?;
    let mut page = LogPage::new(&visit, log, &filter, &app.codebook);
    page.unknown = pairs.unknown(|name| NAMES.contains(&name)).map(|names| {
        visit.text(Message::new("log-unknown-names").with("names", names).with("allowed", NAMES.join(", ")))
    });
    Ok(Page::new(page))
}

fn parse(pairs: &Pairs, book: &Codebook) -> Result<LogFilter> {
    let refused = |key: &'static str, allowed: String| Error::BadRequest(Message::new(key).with("allowed", allowed));
    let act = Some(pairs.first("act")).filter(|act| !act.is_empty());
    if act.is_some_and(|act| !acts().any(|known| known == act)) {
        return Err(refused("log-no-such-act", acts().collect::<Vec<_>>().join(", ")));
    }
    let reason = Some(pairs.first("reason")).filter(|reason| !reason.is_empty());
    let known = |reason: &str| REASONS.iter().any(|field| book.field(field).is_some_and(|f| f.code(reason).is_some()));
    if reason.is_some_and(|reason| !known(reason)) {
        let codes = REASONS.iter().filter_map(|field| book.field(field)).flat_map(|field| &field.codes);
        return Err(refused("log-no-such-reason", codes.map(|code| code.code.as_str()).collect::<Vec<_>>().join(", ")));
    }
    let page = pairs.get("page").filter(|page| !page.is_empty()).map_or(Ok(1), |page| page.parse::<usize>());
    let page = page.ok().filter(|page| *page > 0).ok_or_else(|| refused("log-no-such-page", "1".to_owned()))?;
    Ok(LogFilter { act: act.map(ToOwned::to_owned), reason: reason.map(ToOwned::to_owned), page })
}

fn acts() -> impl Iterator<Item = &'static str> {
    BY_QUARTER.into_iter().chain(DATED)
}

/// The words for an act.
fn act_words(act: &str, language: Language) -> String {
    Message::new(format!("moderation-act-{}", act.replace('_', "-"))).text(language)
}

/// The words for the reason of an act.
fn reason_words(act: &str, code: &str, book: &Codebook, language: Language) -> String {
    let field = match act {
        "submission_declined" => "decline_reason",
        "demand_recorded" => "demand_claimant",
        "demand_decided" => "demand_outcome",
        "request_answered" => "correction_outcome",
        "case_likened" => "alike_reason",
        "case_set_apart" => "apart_reason",
        // What was taken back had a reason of one list or of the other.
        "likeness_lifted" if book.field("apart_reason").is_some_and(|list| list.code(code).is_some()) => "apart_reason",
        "likeness_lifted" => "alike_reason",
        _ => "visibility_reason",
    };
    book.label(field, code, language.code()).to_owned()
}

impl LogPage {
    fn new(visit: &Visit, log: Log, filter: &LogFilter, book: &Codebook) -> Self {
        let language = visit.language;
        let case = |id: casebook_core::ids::CaseId| (id.to_string(), url::case(&id));
        let head = log.head.map(|line| (line.day, line.hash));
        let dated = log.dated.into_iter().map(|line: Dated| Line {
            when: line.day,
            reason: line.reason.map(|code| reason_words(&line.act, &code, book, language)),
            act: act_words(&line.act, language),
            case: line.case.map(case),
            other: line.other.map(case),
            notice: line.demand.as_ref().map(url::notice),
            release: line.release.and_then(released),
            alias: line.alias,
            hash: line.hash.chars().take(SHORT).collect(),
        });
        let decided = |line: Decided| Line {
            when: String::new(),
            act: act_words(&line.act, language),
            case: line.case.map(case),
            other: None,
            notice: None,
            release: None,
            reason: line.reason.map(|code| reason_words(&line.act, &code, book, language)),
            alias: line.alias.unwrap_or_default(),
            hash: String::new(),
        };
        let quarter = |block: Block| QuarterLines {
            quarter: block.quarter.to_string(),
            counts: block.received.map(|came| (came, block.withdrawn.unwrap_or_else(|| "0".to_owned()))),
            lines: block.entries.into_iter().map(decided).collect(),
        };
        Self {
            acts: acts().map(|act| choice(act, act_words(act, language), filter.act.as_deref())).collect(),
            reasons: REASONS.iter().filter_map(|field| reasons(field, filter, book, language)).collect(),
            unknown: None,
            is_filtered: filter.act.is_some() || filter.reason.is_some(),
            dated: dated.collect(),
            quarters: log.quarters.into_iter().map(quarter).collect(),
            head,
            turns: Turns::new(log.page, log.pages, filter),
            is_small_team: log.is_small_team,
            frame: visit.frame("moderation-log-title").describing(visit.text("moderation-log-lead")),
        }
    }

    /// The command that says whether the chain still holds the hash that stands on the page.
    fn command(&self) -> String {
        let hash = self.head.as_ref().map_or("HASH", |(_, hash)| hash.as_str());
        format!("casebook check --head {hash}")
    }
}

impl Turns {
    fn new(page: usize, pages: usize, filter: &LogFilter) -> Self {
        let (act, reason) = (filter.act.as_deref().unwrap_or_default(), filter.reason.as_deref().unwrap_or_default());
        Self {
            page,
            pages,
            before: (page > 1).then(|| url::log_page(act, reason, page - 1)),
            after: (page < pages).then(|| url::log_page(act, reason, page + 1)),
        }
    }
}

/// The version of a release and the address of its page.
fn released(version: String) -> Option<(String, String)> {
    let address = url::release(version.parse().ok()?);
    Some((version, address))
}

fn choice(code: &str, label: String, chosen: Option<&str>) -> Choice {
    Choice { code: code.to_owned(), label, definition: String::new(), chosen: chosen == Some(code) }
}

fn reasons(field: &str, filter: &LogFilter, book: &Codebook, language: Language) -> Option<Reasons> {
    let field = book.field(field)?;
    let choices = field
        .codes
        .iter()
        .map(|code| choice(&code.code, code.label(language.code()).to_owned(), filter.reason.as_deref()));
    Some(Reasons { label: field.label(language.code()).to_owned(), choices: choices.collect() })
}

impl Sample for LogPage {
    fn samples() -> Vec<(&'static str, Self)> {
        const HOSTILE: &str = "<script>alert(1)</script>";
        let (visit, book) = (sample_visit("/log"), Codebook::embedded());
        let decided = |act: &str, case, reason: Option<&str>, alias: Option<&str>| Decided {
            act: act.to_owned(),
            case,
            reason: reason.map(ToOwned::to_owned),
            alias: alias.map(ToOwned::to_owned),
        };
        let empty = Log { dated: Vec::new(), quarters: Vec::new(), head: None, page: 1, pages: 1, is_small_team: true };
        let case = "7K2MQX4T".parse().ok();
        let hidden = Dated {
            day: "2026-11-23".to_owned(),
            act: "case_hidden".to_owned(),
            case: case.clone(),
            other: "0000000A".parse().ok(),
            demand: "00000000000000000000000000".parse().ok(),
            release: None,
            reason: Some(HOSTILE.to_owned()),
            alias: HOSTILE.to_owned(),
            hash: "0f".repeat(32),
        };
        let released = Dated {
            act: "dataset_released".to_owned(),
            release: Some("2.0".to_owned()),
            case: None,
            other: None,
            demand: None,
            reason: None,
            ..hidden.clone()
        };
        let full = Log {
            dated: vec![released, hidden.clone()],
            head: Some(hidden),
            quarters: vec![Block {
                quarter: Quarter::of(casebook_core::clock::Day::MIN),
                received: Some("12".to_owned()),
                withdrawn: Some("1".to_owned()),
                entries: vec![
                    decided("case_published", case, None, Some("mo")),
                    decided("submission_declined", None, Some("off_topic"), Some("mo")),
                    decided("publication_paused", None, None, None),
                    decided("reviewer_stepped_aside", None, None, None),
                ],
            }],
            page: 2,
            pages: 3,
            is_small_team: false,
        };
        let filter = LogFilter { act: Some("case_hidden".to_owned()), reason: None, page: 2 };
        let mut full = Self::new(&visit, full, &filter, &book);
        full.unknown = Some(HOSTILE.to_owned());
        vec![("empty", Self::new(&visit, empty, &LogFilter::default(), &book)), ("full", full)]
    }
}
