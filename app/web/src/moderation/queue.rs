//! `/staff/queue` - what waits for moderators.

use actix_web::web::Data;
use askama::Template;
use casebook_core::{
    clock::Day,
    ids::CaseId,
    intake::{State, Submission, handling::Risk},
    moderation::{self, Awaits, Line, Order},
};

use crate::{
    kit::{App, Error, Frame, Message, Moderator, Page, Pairs, PostForm, Result, Sample, SeeOther, page::sample_visit},
    url,
};

use super::say;

/// The queue.
#[derive(Debug, Template)]
#[template(path = "moderation/queue.html")]
pub struct QueuePage {
    /// The frame.
    pub frame: Frame,
    /// What waits, or what was declined.
    pub rows: Vec<Row>,
    /// The columns by which it can be sorted.
    pub columns: Vec<Column>,
    /// Whether declined ones are shown.
    pub declined: bool,
    /// How many envelopes are still sealed to a retired review key.
    pub to_reseal: usize,
    /// How many came over the site's pace and wait in the pile.
    pub held: usize,
    /// How many contributors wait for an answer.
    pub unanswered: usize,
}

/// A column of the queue.
#[derive(Debug)]
pub struct Column {
    /// Key of its name.
    pub label: &'static str,
    /// Where the queue is sorted by it.
    pub address: String,
    /// How it is sorted by it now, if it is.
    pub sorted: Option<&'static str>,
}

/// A submission in the queue. It holds nothing that tells more of when it was sent than the week does.
#[derive(Debug)]
pub struct Row {
    /// Where it is opened.
    pub address: String,
    /// The words for its kind.
    pub kind: String,
    /// The week in which it was sent.
    pub week: String,
    /// How many weeks ago that was.
    pub age: u32,
    /// The words for its state.
    pub state: String,
    /// The words for its completeness.
    pub completeness: String,
    /// Its author never confirmed the words.
    pub unconfirmed: bool,
    /// The day of publication, while it waits.
    pub due: Option<Day>,
    /// The words for the mark of its risk.
    pub risk: Option<String>,
    /// Who works on it; empty for nobody.
    pub assignee: String,
    /// Whether that is whoever looks at the queue.
    pub is_mine: bool,
    /// Key of the words that say whose confirmation is awaited.
    pub awaits: Option<&'static str>,
    /// In how many weeks it is removed, where it is.
    pub weeks_left: Option<u32>,
    /// Whether that is soon.
    pub ending: bool,
    /// How many near-duplicates stand behind it.
    pub alike: usize,
    /// Its contributor has answered to changes that were asked for.
    pub answered: bool,
}

/// The words for what a submission is; for an addition with the case, as far as that is known.
fn kind_words(kind: &str, adds_to: Option<&CaseId>, frame: &Frame) -> String {
    match adds_to {
        Some(case) => frame.t1("moderation-adds-to", "case", case.to_string()),
        None => frame.say(&Message::new(format!("moderation-kind-{kind}"))),
    }
}

impl Row {
    fn new(line: Line, app: &App, frame: &Frame) -> Self {
        let Line { submission, age, adds_to, risk, assignee, awaits, weeks_left, is_ending, alike, answered, asks } =
            line;
        let lang = frame.lang();
        let completeness = submission.completeness.as_deref().unwrap_or_default();
        Self {
            address: if asks.is_some() {
                url::correction(&submission.id)
            } else if alike > 0 {
                url::alike(&submission.id)
            } else {
                url::submission(&submission.id)
            },
            kind: kind_words(&submission.kind, adds_to.as_ref(), frame),
            week: submission.week.to_string(),
            age,
            state: match asks {
                Some(_) => frame.t("correction-unanswered"),
                None => app.codebook.label("submission_state", submission.state.code(), lang).to_lowercase(),
            },
            completeness: app.codebook.label("completeness", completeness, lang).to_lowercase(),
            unconfirmed: submission.unconfirmed,
            due: submission.due,
            risk: risk.map(|risk: Risk| app.codebook.label("risk_mark", risk.code(), lang).to_lowercase()),
            is_mine: assignee.as_ref().is_some_and(|assignee| assignee.is_me),
            assignee: assignee.map(|assignee| assignee.alias).unwrap_or_default(),
            awaits: awaits.map(|awaits| match awaits {
                Awaits::Me => "moderation-awaits-you",
                Awaits::Another => "moderation-awaits-another",
            }),
            weeks_left,
            ending: is_ending,
            alike,
            answered,
        }
    }
}

/// `GET /staff/queue` - what waits, sorted by `sort`; with `show=declined` what was declined.
///
/// # Errors
/// [`Error::BadRequest`] for an order there is not.
pub async fn queue(app: Data<App>, by: Moderator, pairs: Pairs) -> Result<Page<QueuePage>> {
    let order = match pairs.get("sort") {
        None => Order::default(),
        Some(word) => Order::named(word).ok_or_else(|| Error::BadRequest("moderation-no-such-order".into()))?,
    };
    let declined = pairs.first("show") == "declined";
    let (authority, codebook) = (by.authority(), app.codebook.clone());
    let (lines, to_reseal, held, unanswered) = app
        .read(move |r| {
            let lines = moderation::queue(r, &authority, order, declined, &codebook)?;
            let (to_reseal, held) =
                (moderation::count_to_reseal(r, &authority)?, moderation::count_held(r, &authority)?);
            Ok((lines, to_reseal, held, moderation::count_unanswered(r, &authority)?))
        })
        .await?;
    let frame = by.frame("moderation-queue-title");
    let rows = lines.into_iter().map(|line| Row::new(line, &app, &frame)).collect();
    Ok(Page::new(QueuePage { rows, columns: columns(order, declined), declined, to_reseal, held, unanswered, frame }))
}

fn columns(order: Order, declined: bool) -> Vec<Column> {
    let label = |order| match order {
        Order::Age => "moderation-column-age",
        Order::Kind => "moderation-column-kind",
        Order::State => "moderation-column-state",
        Order::Completeness => "moderation-column-completeness",
        Order::Assignee => "moderation-column-assignee",
        Order::Risk => "moderation-column-risk",
    };
    let direction = |column| {
        if [Order::Age, Order::Completeness, Order::Risk].contains(&column) { "descending" } else { "ascending" }
    };
    [Order::Kind, Order::Age, Order::State, Order::Completeness, Order::Assignee, Order::Risk]
        .map(|column| Column {
            label: label(column),
            address: url::queue_sorted(column, declined),
            sorted: (column == order).then(|| direction(column)),
        })
        .into()
}

/// `POST /staff/queue/reseal` - seals to the review key in use what still lies under retired ones.
///
/// # Errors
/// Those of the database.
pub async fn reseal(app: Data<App>, by: Moderator, _: PostForm) -> Result<SeeOther> {
    let authority = by.authority();
    let resealed = app.write(by.actor(), move |tx| moderation::reseal(tx, &authority)).await?;
    say(&app, &by, Message::new("moderation-resealed").with("n", resealed.done));
    Ok(SeeOther(url::queue()))
}

impl Sample for QueuePage {
    fn samples() -> Vec<(&'static str, Self)> {
        let row = |state: State, unconfirmed: bool| Row {
            address: "/staff/submissions/x".to_owned(),
            kind: "New case".to_owned(),
            week: "2026-W45".to_owned(),
            age: 3,
            state: state.code().to_owned(),
            completeness: "partial".to_owned(),
            unconfirmed,
            due: unconfirmed.then_some(Day::MIN),
            risk: unconfirmed.then(|| "<script>alert(1)</script>".to_owned()),
            assignee: if unconfirmed { "<b>a long alias of somebody</b>".repeat(3) } else { String::new() },
            is_mine: unconfirmed,
            awaits: unconfirmed.then_some("moderation-awaits-you"),
            weeks_left: (state != State::Accepted).then_some(3),
            ending: unconfirmed,
            alike: if unconfirmed { 979 } else { 0 },
            answered: unconfirmed,
        };
        let page = |rows, declined, to_reseal| Self {
            frame: sample_visit("/staff/queue").frame("moderation-queue-title"),
            rows,
            columns: columns(Order::Kind, declined),
            declined,
            to_reseal,
            held: to_reseal,
            unanswered: to_reseal,
        };
        vec![
            ("empty", page(Vec::new(), false, 0)),
            ("full", page(vec![row(State::Received, true), row(State::Accepted, false)], false, 2)),
            ("declined", page(vec![row(State::Declined, false)], true, 0)),
        ]
    }
}

/// A line above a submission: what it is, when it came.
pub(super) fn kicker(submission: &Submission, adds_to: Option<&CaseId>, frame: &Frame) -> String {
    format!("{}, {}", kind_words(&submission.kind, adds_to, frame), submission.week)
}
