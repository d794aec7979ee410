//! `/staff/demands` - demands to take something down: put on record, and decided on with a notice for readers.

use actix_web::{
    HttpResponse,
    web::{Data, Path},
};
use askama::Template;
use casebook_core::{
    codebook::Codebook,
    ids::DemandId,
    moderation::{self, Demand, DemandDecided, NewDemand},
};

use super::{
    say,
    submission::see_other,
    words::{self, Choice},
};
use crate::{
    kit::{
        App, Error, Filled, Frame, Language, Moderator, Page, Pairs, PostForm, Problems, Result, Sample,
        page::sample_visit,
    },
    url,
};

/// Every demand, and a form for one that came in.
#[derive(Debug, Template)]
#[template(path = "moderation/demands.html")]
pub struct DemandsPage {
    /// The frame.
    pub frame: Frame,
    /// The demands, the latest first.
    pub demands: Vec<DemandLine>,
    /// Kinds of claimants.
    pub claimants: Vec<Choice>,
    /// What may be demanded.
    pub sought: Vec<Choice>,
    /// What was typed.
    pub form: Filled,
}

/// One demand, and the form for deciding on it.
#[derive(Debug, Template)]
#[template(path = "moderation/demand.html")]
pub struct DemandPage {
    /// The frame.
    pub frame: Frame,
    /// The demand.
    pub demand: DemandLine,
    /// What may come of it.
    pub outcomes: Vec<Choice>,
    /// What was typed.
    pub form: Filled,
}

/// A demand in words.
#[derive(Debug)]
pub struct DemandLine {
    /// The id.
    pub id: String,
    /// Where it is decided on.
    pub address: String,
    /// The day on which it came.
    pub received: String,
    /// The words for the claimant.
    pub claimant: String,
    /// The words for what was demanded.
    pub sought: String,
    /// The case and its address.
    pub case: Option<(String, String)>,
    /// Words for the outcome, its day, and the notice.
    pub decided: Option<(String, String, String)>,
}

impl DemandLine {
    /// The demand in the words of the vocabulary.
    pub(super) fn new(demand: Demand, codebook: &Codebook, language: Language) -> Self {
        let label = |field: &str, code: &str| codebook.label(field, code, language.code()).to_owned();
        Self {
            address: url::demand(&demand.id),
            id: demand.id.to_string(),
            received: demand.received.to_string(),
            claimant: label("demand_claimant", demand.claimant.as_str()),
            sought: label("demand_sought", demand.sought.as_str()),
            case: demand.case.map(|case| (case.to_string(), url::case(&case))),
            decided: demand.decided.map(|decided| {
                let outcome = label("demand_outcome", decided.outcome.as_str());
                (outcome, decided.day.to_string(), decided.notice)
            }),
        }
    }

    /// Made-up content for samples.
    pub(super) fn sample(words: &str, decided: bool) -> Self {
        Self {
            id: if decided { "decided".to_owned() } else { "open".to_owned() },
            address: "/staff/demands/x".to_owned(),
            received: "2026-11-23".to_owned(),
            claimant: words.to_owned(),
            sought: words.to_owned(),
            case: decided.then(|| ("7K2MQX4T".to_owned(), "/cases/7K2MQX4T".to_owned())),
            decided: decided.then(|| (words.to_owned(), "2026-11-24".to_owned(), words.repeat(20))),
        }
    }
}

/// `GET /staff/demands` - what was demanded, and a form for what comes in.
///
/// # Errors
/// Those of the database.
pub async fn demands(app: Data<App>, by: Moderator) -> Result<Page<DemandsPage>> {
    let demands = app.read(moderation::demands).await?;
    let form = app.form_for(&by.visit, Filled::default());
    let (book, language) = (&app.codebook, by.visit.language);
    Ok(Page::new(DemandsPage {
        frame: by.frame("demand-title"),
        demands: demands.into_iter().map(|demand| DemandLine::new(demand, book, language)).collect(),
        claimants: words::choices(book, "demand_claimant", form.value("claimant"), language),
        sought: words::choices(book, "demand_sought", form.value("sought"), language),
        form,
    }))
}

/// `POST /staff/demands` - puts a demand on record.
///
/// # Errors
/// Those of the database.
pub async fn record(app: Data<App>, by: Moderator, form: PostForm) -> Result<HttpResponse> {
    let typed = ["received", "claimant", "sought", "case"].map(|name| form.first(name));
    let new = match NewDemand::parse(typed, app.clock.now().date(), &app.codebook) {
        Ok(new) => new,
        Err(wrong) => {
            return Ok(app.again(&by.visit, url::demands(), form.pairs().clone(), words::problems(&wrong)).into());
        }
    };
    let authority = by.authority();
    match app.write(by.actor(), move |tx| moderation::record_demand(tx, &authority, new)).await {
        Ok(()) => {}
        Err(Error::Refused(message)) => {
            let problems = Problems::one("case", message);
            return Ok(app.again(&by.visit, url::demands(), form.pairs().clone(), problems).into());
        }
        Err(error) => return Err(error),
    }
    say(&app, &by, "demand-recorded");
    Ok(see_other(url::demands()))
}

/// `GET /staff/demands/{id}` - a demand, and what may come of it.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn demand(app: Data<App>, by: Moderator, id: Path<DemandId>) -> Result<Page<DemandPage>> {
    let (authority, id) = (by.authority(), id.into_inner());
    let demand = app.read(move |r| moderation::demand(r, &authority, &id)).await?;
    let form = app.form_for(&by.visit, Filled::default());
    let language = by.visit.language;
    Ok(Page::new(DemandPage {
        frame: by.frame("demand-one-title"),
        demand: DemandLine::new(demand, &app.codebook, language),
        outcomes: words::choices(&app.codebook, "demand_outcome", form.value("outcome"), language),
        form,
    }))
}

/// `POST /staff/demands/{id}` - decides on it, with a notice for readers.
///
/// # Errors
/// [`Error::NotFound`], or [`Error::Conflict`] if it was decided on already.
pub async fn decide(app: Data<App>, by: Moderator, id: Path<DemandId>, form: PostForm) -> Result<HttpResponse> {
    let today = app.clock.now().date();
    let decided = match DemandDecided::parse(form.first("outcome"), form.first("notice"), today, &app.codebook) {
        Ok(decided) => decided,
        Err(wrong) => {
            return Ok(app.again(&by.visit, url::demand(&id), form.pairs().clone(), words::problems(&wrong)).into());
        }
    };
    let (authority, back) = (by.authority(), url::demand(&id));
    app.write(by.actor(), move |tx| moderation::decide_demand(tx, &authority, &id, &decided)).await?;
    say(&app, &by, "demand-decided");
    Ok(see_other(back))
}

impl Sample for DemandsPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |demands: Vec<DemandLine>, form: Filled| Self {
            frame: sample_visit("/staff/demands").frame("demand-title"),
            demands,
            claimants: Vec::new(),
            sought: Vec::new(),
            form,
        };
        let hostile = "<script>alert(1)</script>";
        let wrong = Filled::again(
            Pairs::parse(b"received=%3Cscript%3Ealert(1)%3C/script%3E"),
            Problems::one("received", "demand-no-day"),
        );
        let both = vec![DemandLine::sample(hostile, false), DemandLine::sample(hostile, true)];
        vec![("empty", page(Vec::new(), Filled::default())), ("hostile", page(both, wrong))]
    }
}

impl Sample for DemandPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |demand: DemandLine, form: Filled| Self {
            frame: sample_visit("/staff/demands/x").frame("demand-one-title"),
            demand,
            outcomes: Vec::new(),
            form,
        };
        let wrong = Filled::again(Pairs::parse(b"notice="), Problems::one("notice", "demand-no-notice"));
        vec![
            ("open", page(DemandLine::sample("A city", false), wrong)),
            ("decided", page(DemandLine::sample("<script>alert(1)</script>", true), Filled::default())),
        ]
    }
}
