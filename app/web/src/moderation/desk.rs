//! What moderators do about a submission beside deciding on it: claim it, mark its risk, step aside; and who has to decide.

use actix_web::{
    HttpResponse,
    web::{Data, Path},
};
use casebook_core::{
    ids::{CaseId, SubmissionId},
    intake::{State, handling::Risk},
    moderation::{self, About, Checked, Claimed, Opened, Oversight, checklist},
};

use super::{
    say,
    submission::see_other,
    words::{self, Choice},
};
use crate::{
    kit::{App, Error, Filled, Language, Message, Moderator, PostForm, Problems, Result, SeeOther},
    url,
};

/// How a submission is handled, in words.
#[derive(Debug, Default)]
pub struct Desk {
    /// Who works on it.
    pub claimed: Option<ClaimLine>,
    /// Whether it can be claimed.
    pub is_claimable: bool,
    /// The words for the mark of its risk.
    pub risk: Option<String>,
    /// The marks there are; none where the mark stays as it is.
    pub risks: Vec<Choice>,
    /// Who has to decide: `one`, `first`, `second`, `waits` or `pause`.
    pub decides: &'static str,
    /// Who looked at what before it was accepted.
    pub checked: Vec<CheckedLine>,
}

/// Who works on it.
#[derive(Debug)]
pub struct ClaimLine {
    /// Their alias.
    pub alias: String,
    /// Whether that is whoever looks at the page.
    pub is_mine: bool,
    /// Until when, in UTC.
    pub until: String,
}

/// What somebody looked at.
#[derive(Debug)]
pub struct CheckedLine {
    /// Their alias.
    pub alias: String,
    /// The words for the points.
    pub points: Vec<String>,
}

impl ClaimLine {
    pub(super) fn new(claimed: &Claimed) -> Self {
        Self {
            alias: claimed.alias.clone(),
            is_mine: claimed.is_mine,
            until: claimed.until.format("%Y-%m-%d %H:%M").to_string(),
        }
    }
}

impl Desk {
    pub(super) fn new(opened: &Opened, oversight: Oversight, app: &App, language: Language) -> Self {
        let (state, first) = (opened.submission.state, &opened.handling.acceptor);
        let marked = opened.handling.risk.map_or("", Risk::code);
        let markable = State::OPEN.contains(&state) && state != State::Accepted && first.is_none();
        let label = |field: &str, code: &str| app.codebook.label(field, code, language.code()).to_owned();
        let checked = |checked: &Checked| CheckedLine {
            alias: checked.alias.clone(),
            points: checked.points.iter().map(|point| label(checklist::FIELD, point.as_str())).collect(),
        };
        Self {
            claimed: opened.claimed.as_ref().map(ClaimLine::new),
            is_claimable: State::OPEN.contains(&state),
            risk: opened.handling.risk.map(|risk| label("risk_mark", risk.code())),
            risks: if markable { words::choices(&app.codebook, "risk_mark", marked, language) } else { Vec::new() },
            decides: match oversight {
                Oversight::None => "one",
                Oversight::Awaited if first.is_some() => "waits",
                Oversight::Awaited => "first",
                Oversight::Confirmed => "second",
                Oversight::Pause => "pause",
            },
            checked: opened.checked.iter().map(checked).collect(),
        }
    }

    /// Whether somebody else works on it.
    #[must_use]
    pub fn is_anothers(&self) -> bool {
        self.claimed.as_ref().is_some_and(|claimed| !claimed.is_mine)
    }

    /// Whether the first of two has accepted it.
    #[must_use]
    pub fn is_half_accepted(&self) -> bool {
        ["second", "waits"].contains(&self.decides)
    }

    /// Key of the words that say who has to decide.
    #[must_use]
    pub fn decides_words(&self) -> String {
        format!("moderation-decides-{}", self.decides)
    }

    /// Made-up content for samples.
    #[must_use]
    pub fn sample(words: &str, decides: &'static str) -> Self {
        let choice = |code: &str| Choice {
            code: code.to_owned(),
            label: words.to_owned(),
            definition: words.to_owned(),
            chosen: code == "evidence",
        };
        Self {
            claimed: (decides != "one").then(|| ClaimLine {
                alias: words.to_owned(),
                is_mine: decides != "second",
                until: "2026-11-24 12:00".to_owned(),
            }),
            is_claimable: true,
            risk: (decides != "one").then(|| words.to_owned()),
            risks: vec![choice("source_at_risk")],
            decides,
            checked: vec![CheckedLine { alias: words.to_owned(), points: vec![words.to_owned(); 2] }],
        }
    }
}

/// A point of the checklist.
#[derive(Debug)]
pub struct Point {
    /// Its code.
    pub code: String,
    /// What it is called.
    pub label: String,
    /// What has to be looked at.
    pub definition: String,
    /// Whether it was ticked.
    pub ticked: bool,
    /// What is wrong: it was left out.
    pub problem: Option<String>,
}

/// The points of the checklist, those ticked that were.
pub(super) fn points(app: &App, form: &Filled, language: Language) -> Vec<Point> {
    let point = |choice: Choice| {
        let input = format!("checked.{}", choice.code);
        Point {
            ticked: form.ticked(&input),
            problem: form.problem(&input),
            code: choice.code,
            label: choice.label,
            definition: choice.definition,
        }
    };
    words::choices(&app.codebook, checklist::FIELD, "", language).into_iter().map(point).collect()
}

impl Point {
    /// Two made-up points for samples, of which the second was left out.
    #[must_use]
    pub fn samples(words: &str) -> Vec<Self> {
        let point = |code: &str, problem: Option<&str>| Self {
            code: code.to_owned(),
            label: words.to_owned(),
            definition: words.to_owned(),
            ticked: problem.is_none(),
            problem: problem.map(ToOwned::to_owned),
        };
        vec![point("evidence", None), point("wording", Some(words))]
    }
}

/// `POST /staff/submissions/{id}/claim` - claims it, takes it over (`act` is `over`), or gives it up (`release`).
///
/// # Errors
/// [`Error::Conflict`] if it is somebody else's.
pub async fn claim(app: Data<App>, by: Moderator, id: Path<SubmissionId>, form: PostForm) -> Result<SeeOther> {
    let (authority, back) = (by.authority(), url::submission(&id));
    let (act, hours) = (form.first("act").to_owned(), app.config.staff.claim_hours);
    let said = if act == "release" { "moderation-released" } else { "moderation-claimed" };
    app.write(by.actor(), move |tx| match act.as_str() {
        "release" => moderation::give_up(tx, &authority, &id),
        act => moderation::claim(tx, &authority, &id, act == "over", hours),
    })
    .await?;
    say(&app, &by, said);
    Ok(SeeOther(back))
}

/// `POST /staff/submissions/{id}/risk` - marks its risk, or lifts the mark.
///
/// # Errors
/// [`Error::Conflict`] if it was accepted meanwhile.
pub async fn mark_risk(app: Data<App>, by: Moderator, id: Path<SubmissionId>, form: PostForm) -> Result<HttpResponse> {
    let (authority, back) = (by.authority(), url::submission(&id));
    let risk = match moderation::parse_risk(form.first("risk")) {
        Ok(risk) => risk,
        Err(key) => return Ok(app.again(&by.visit, back, form.pairs().clone(), Problems::one("risk", key)).into()),
    };
    app.write(by.actor(), move |tx| moderation::mark_risk(tx, &authority, &id, risk)).await?;
    say(&app, &by, if risk.is_some() { "moderation-marked" } else { "moderation-unmarked" });
    Ok(see_other(back))
}

/// `POST /staff/submissions/{id}/step-aside` - a conflict of interest: one has nothing to do with it any more.
///
/// # Errors
/// Those of the database.
pub async fn step_aside(app: Data<App>, by: Moderator, id: Path<SubmissionId>, _: PostForm) -> Result<SeeOther> {
    step(&app, &by, About::Submission(id.into_inner())).await
}

/// `POST /staff/cases/{id}/step-aside` - the same with a published case.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn step_aside_from_case(app: Data<App>, by: Moderator, id: Path<String>, _: PostForm) -> Result<SeeOther> {
    let id: CaseId = id.parse().map_err(|_| Error::NotFound)?;
    step(&app, &by, About::Case(id)).await
}

async fn step(app: &App, by: &Moderator, about: About) -> Result<SeeOther> {
    let authority = by.authority();
    app.write(by.actor(), move |tx| moderation::step_aside(tx, &authority, &about)).await?;
    say(app, by, Message::new("moderation-stepped-aside"));
    Ok(SeeOther(url::queue()))
}
