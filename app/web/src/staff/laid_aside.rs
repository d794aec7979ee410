//! `/staff/work` - work of the program that failed again and again: why, and what is to become of it.

use actix_web::web::{Data, Path};
use askama::Template;
use casebook_core::{ids::JobId, jobs::DeadLetter, staff};

use crate::{
    kit::{Administrator, App, Frame, Page, PostForm, Result, Sample, SeeOther, page::sample_visit},
    url,
};

/// The work that was laid aside.
#[derive(Debug, Template)]
#[template(path = "staff/work.html")]
pub struct WorkPage {
    /// The frame.
    pub frame: Frame,
    /// One entry for each, what has lain the longest first.
    pub entries: Vec<Entry>,
}

/// A piece of work that was laid aside.
#[derive(Debug)]
pub struct Entry {
    /// The key of the words for what it was to do.
    pub kind: &'static str,
    /// When it was laid aside, in UTC.
    pub since: String,
    /// How often it was tried.
    pub attempts: i32,
    /// What it said the last time.
    pub error: String,
    /// Where it is tried again.
    pub again: String,
    /// Where it is thrown away.
    pub discard: String,
}

impl From<DeadLetter> for Entry {
    fn from(letter: DeadLetter) -> Self {
        Self {
            kind: kind(&letter.kind),
            since: letter.since.format("%Y-%m-%d %H:%M").to_string(),
            attempts: letter.attempts,
            error: letter.error,
            again: url::try_work_again(&letter.id),
            discard: url::discard_work(&letter.id),
        }
    }
}

/// The key of the words for a kind of work.
fn kind(code: &str) -> &'static str {
    match code {
        "index_cases" => "staff-work-index-cases",
        "rebuild_index" => "staff-work-rebuild-index",
        "clear_remains" => "staff-work-clear-remains",
        "publish_due" => "staff-work-publish-due",
        "send_digest" => "staff-work-send-digest",
        "send_trial" => "staff-work-send-trial",
        "send_alert" => "staff-work-send-alert",
        "send_alert_confirmation" => "staff-work-send-alert-confirmation",
        _ => "staff-work-other",
    }
}

/// `GET /staff/work` - what was laid aside.
///
/// # Errors
/// Those of the database.
pub async fn work(app: Data<App>, by: Administrator) -> Result<Page<WorkPage>> {
    let authority = by.authority();
    let letters = app.read(move |r| staff::laid_aside(r, &authority)).await?;
    Ok(Page::new(WorkPage {
        entries: letters.into_iter().map(Entry::from).collect(),
        frame: by.frame("staff-work-title"),
    }))
}

/// `POST /staff/work/{id}/again` - lets it be tried again.
///
/// # Errors
/// [`crate::kit::Error::NotFound`] if it does not lie aside any more.
pub async fn try_again(app: Data<App>, by: Administrator, id: Path<JobId>, _: PostForm) -> Result<SeeOther> {
    let authority = by.authority();
    app.write(by.actor(), move |tx| staff::try_again(tx, &authority, &id)).await?;
    Ok(back(&app, &by, "staff-work-waits"))
}

/// `POST /staff/work/{id}/discard` - throws it away.
///
/// # Errors
/// [`crate::kit::Error::NotFound`] if it does not lie aside any more.
pub async fn discard(app: Data<App>, by: Administrator, id: Path<JobId>, _: PostForm) -> Result<SeeOther> {
    let authority = by.authority();
    app.write(by.actor(), move |tx| staff::discard_work(tx, &authority, &id)).await?;
    Ok(back(&app, &by, "staff-work-discarded"))
}

fn back(app: &App, by: &Administrator, said: &'static str) -> SeeOther {
    if let Some(to) = &by.visit.key {
        app.flash.say(to, said);
    }
    SeeOther(url::work())
}

impl Sample for WorkPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |entries| Self { frame: sample_visit("/staff/work").frame("staff-work-title"), entries };
        let entry = |code: &str, error: &str| Entry {
            kind: kind(code),
            since: "2026-11-23 12:00".to_owned(),
            attempts: 8,
            error: error.to_owned(),
            again: "/staff/work/x/again".to_owned(),
            discard: "/staff/work/x/discard".to_owned(),
        };
        let codes =
            ["index_cases", "rebuild_index", "clear_remains", "publish_due", "send_digest", "send_trial", "unheard_of"];
        vec![
            ("empty", page(Vec::new())),
            (
                "full",
                page(codes.map(|code| entry(code, "unavailable: the mail server does not answer in time")).into()),
            ),
            ("longest", page(vec![entry("send_digest", &"anunbreakableword".repeat(40))])),
            ("hostile", page(vec![entry("send_digest", "<script>alert(1)</script>")])),
        ]
    }
}
