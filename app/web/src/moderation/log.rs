//! `/log` - the public part of what staff did.

use actix_web::web::Data;
use askama::Template;
use casebook_core::{
    clock::Quarter,
    moderation::{self, Block, Dated, Decided, Log},
};

use crate::{
    kit::{App, Frame, Message, Page, Result, Sample, Visit, page::sample_visit},
    url,
};

/// The public log.
#[derive(Debug, Template)]
#[template(path = "moderation/log.html")]
pub struct LogPage {
    /// The frame.
    pub frame: Frame,
    /// Acts on published cases, the latest first.
    pub dated: Vec<Line>,
    /// Quarters, the latest first.
    pub quarters: Vec<QuarterLines>,
    /// Fewer than two people review at present.
    pub is_small_team: bool,
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
    /// The words for the reason.
    pub reason: Option<String>,
    /// Who did it; empty where that is not told.
    pub alias: String,
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

/// `GET /log` - who did what for which reason.
///
/// # Errors
/// Those of the database.
pub async fn log(app: Data<App>, visit: Visit) -> Result<Page<LogPage>> {
    let log = app.read(moderation::log).await?;
    Ok(Page::new(LogPage::new(&visit, log, &|field, code| {
        app.codebook.label(field, code, visit.language.code()).to_owned()
    })))
}

impl LogPage {
    fn new(visit: &Visit, log: Log, label: &dyn Fn(&str, &str) -> String) -> Self {
        let act = |code: &str| visit.text(Message::new(format!("moderation-act-{}", code.replace('_', "-"))));
        let case = |id: casebook_core::ids::CaseId| (id.to_string(), url::case(&id));
        let dated = log.dated.into_iter().map(|line: Dated| Line {
            when: line.day,
            act: act(&line.act),
            case: line.case.map(case),
            reason: line.reason.map(|code| label("visibility_reason", &code)),
            alias: line.alias,
        });
        let decided = |line: Decided| Line {
            when: String::new(),
            act: act(&line.act),
            case: line.case.map(case),
            reason: line.reason.map(|code| label("decline_reason", &code)),
            alias: line.alias.unwrap_or_default(),
        };
        let quarter = |block: Block| QuarterLines {
            quarter: block.quarter.to_string(),
            counts: block.received.map(|came| (came, block.withdrawn.unwrap_or_else(|| "0".to_owned()))),
            lines: block.entries.into_iter().map(decided).collect(),
        };
        Self {
            dated: dated.collect(),
            quarters: log.quarters.into_iter().map(quarter).collect(),
            is_small_team: log.is_small_team,
            frame: visit.frame("moderation-log-title").describing(visit.text("moderation-log-lead")),
        }
    }
}

impl Sample for LogPage {
    fn samples() -> Vec<(&'static str, Self)> {
        const HOSTILE: &str = "<script>alert(1)</script>";
        let visit = sample_visit("/log");
        let decided = |act: &str, case, reason: Option<&str>, alias: Option<&str>| Decided {
            act: act.to_owned(),
            case,
            reason: reason.map(ToOwned::to_owned),
            alias: alias.map(ToOwned::to_owned),
        };
        let empty = Log { dated: Vec::new(), quarters: Vec::new(), is_small_team: true };
        let case = "7K2MQX4T".parse().ok();
        let full = Log {
            dated: vec![Dated {
                day: "2026-11-23".to_owned(),
                act: "case_hidden".to_owned(),
                case: case.clone(),
                reason: Some(HOSTILE.to_owned()),
                alias: HOSTILE.to_owned(),
            }],
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
            is_small_team: false,
        };
        let plain = |_: &str, code: &str| code.to_owned();
        vec![("empty", Self::new(&visit, empty, &plain)), ("full", Self::new(&visit, full, &plain))]
    }
}
