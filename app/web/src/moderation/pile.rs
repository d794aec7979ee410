//! `/staff/queue/pile` and `/staff/queue/alike/{id}` - what a flood left: the pile of what came over the site's pace, and near-duplicates.
//! Many are released or declined at once (rows C24, O3).

use actix_web::{
    HttpResponse,
    web::{Data, Path},
};
use askama::Template;
use casebook_core::{
    codebook::Codebook,
    ids::SubmissionId,
    moderation::{self, Decision},
};

use super::{
    office, say,
    submission::see_other,
    words::{self, Choice},
};
use crate::{
    kit::{
        App, Filled, Frame, FromPairs, Message, Moderator, Page, Pairs, PostForm, Problems, Result, Sample,
        page::sample_visit,
    },
    url,
};

/// The pile, or a family of near-duplicates.
#[derive(Debug, Template)]
#[template(path = "moderation/pile.html")]
pub struct PilePage {
    /// The frame.
    pub frame: Frame,
    /// Key of what the page says of itself.
    pub lead: &'static str,
    /// What lies there.
    pub heaps: Vec<Heap>,
    /// Whether it can be taken out of the pile.
    pub held: bool,
    /// The reasons for declining.
    pub reasons: Vec<Choice>,
    /// The form as it was filled in.
    pub form: Filled,
    /// Where the form came from, to be shown there again.
    pub back: String,
}

/// Near-duplicates that are shown as one.
#[derive(Debug)]
pub struct Heap {
    /// The ids, with spaces between them.
    pub ids: String,
    /// Where it is looked at.
    pub address: String,
    /// How many they are.
    pub count: usize,
    /// The week of the oldest one.
    pub week: String,
    /// How its text begins.
    pub beginning: String,
}

impl Heap {
    fn new(heap: moderation::Heap) -> Option<Self> {
        let oldest = heap.submissions.first()?;
        let count = heap.submissions.len();
        let ids: Vec<&str> = heap.submissions.iter().map(|submission| submission.id.as_str()).collect();
        Some(Self {
            ids: ids.join(" "),
            address: if count == 1 { url::submission(&oldest.id) } else { url::alike(&oldest.id) },
            count,
            week: oldest.week.to_string(),
            beginning: heap.beginning,
        })
    }
}

/// `GET /staff/queue/pile` - what came over the site's pace.
///
/// # Errors
/// Those of the database.
pub async fn pile(app: Data<App>, by: Moderator) -> Result<Page<PilePage>> {
    let authority = by.authority();
    let heaps = app.read(move |r| moderation::pile(r, &authority)).await?;
    Ok(page(&app, &by, ("moderation-pile-title", "moderation-pile-lead"), (heaps, true)))
}

/// `GET /staff/queue/alike/{id}` - the near-duplicates of a submission.
///
/// # Errors
/// [`crate::kit::Error::NotFound`] where nobody waits for a review of it any more.
pub async fn alike(app: Data<App>, by: Moderator, id: Path<SubmissionId>) -> Result<Page<PilePage>> {
    let authority = by.authority();
    let family = app.read(move |r| moderation::family(r, &authority, &id)).await?;
    Ok(page(&app, &by, ("moderation-alike-title", "moderation-alike-lead"), family))
}

fn page(
    app: &App,
    by: &Moderator,
    (title, lead): (&'static str, &'static str),
    (heaps, held): (Vec<moderation::Heap>, bool),
) -> Page<PilePage> {
    let form = app.form_for(&by.visit, Filled::default());
    Page::new(PilePage {
        lead,
        heaps: heaps.into_iter().filter_map(Heap::new).collect(),
        held,
        reasons: words::choices(&app.codebook, "decline_reason", form.value("reason"), by.visit.language),
        back: by.visit.path.clone(),
        form,
        frame: by.frame(title),
    })
}

/// What is to be done with what was ticked.
#[derive(Debug)]
pub struct PileForm {
    ids: Vec<String>,
    declines: bool,
    reason: String,
    text: String,
    back: String,
}

impl FromPairs for PileForm {
    fn from_pairs(pairs: &Pairs) -> Self {
        Self {
            ids: pairs.all("ids").flat_map(str::split_whitespace).map(ToOwned::to_owned).collect(),
            declines: pairs.first("act") == "decline",
            reason: pairs.first("reason").to_owned(),
            text: pairs.first("text").to_owned(),
            back: pairs.first("back").to_owned(),
        }
    }
}

impl PileForm {
    /// The submissions, and the reason where they are declined.
    fn parse(&self, codebook: &Codebook) -> Result<(Vec<SubmissionId>, Option<Decision>), Problems> {
        let mut problems = Problems::new();
        let ids: Vec<SubmissionId> = self.ids.iter().filter_map(|id| id.parse().ok()).collect();
        if ids.is_empty() {
            problems.add("ids", "moderation-pile-tick");
        }
        let decision = self.declines.then(|| Decision::parse(&self.reason, &self.text, codebook)).transpose();
        let decision = decision.unwrap_or_else(|wrong| {
            wrong.iter().for_each(|problem| problems.add(problem.input.clone(), words::message(&problem.fault)));
            None
        });
        if problems.is_empty() { Ok((ids, decision)) } else { Err(problems) }
    }

    /// The page that the form stands on: the pile, or that of a family.
    fn page(&self) -> String {
        let family = self.back.strip_prefix("/staff/queue/alike/").and_then(|id| id.parse().ok());
        family.map_or_else(url::pile, |id| url::alike(&id))
    }
}

/// `POST /staff/queue/pile` - releases or declines what was ticked.
///
/// # Errors
/// Those of the database.
pub async fn sort_out(app: Data<App>, by: Moderator, form: PostForm<PileForm>) -> Result<HttpResponse> {
    let (ids, decision) = match form.parse(&app.codebook) {
        Ok(parsed) => parsed,
        Err(problems) => return Ok(app.again(&by.visit, form.page(), form.pairs().clone(), problems).into()),
    };
    let (authority, office) = (by.authority(), office(&app, &by.visit));
    let message = if decision.is_some() { "moderation-pile-declined" } else { "moderation-pile-released" };
    let sorted_out = app.write(by.actor(), move |tx| match decision {
        Some(decision) => moderation::decline_all(tx, &authority, &ids, &decision, &office),
        None => moderation::release(tx, &authority, &ids),
    });
    let count = sorted_out.await?;
    say(&app, &by, Message::new(message).with("n", count));
    Ok(see_other(url::queue()))
}

impl Sample for PilePage {
    fn samples() -> Vec<(&'static str, Self)> {
        let heap = |count: usize, beginning: &str| Heap {
            ids: vec!["X"; count].join(" "),
            address: "/staff/queue/alike/x".to_owned(),
            count,
            week: "2026-W48".to_owned(),
            beginning: beginning.to_owned(),
        };
        let page = |heaps, held, form| Self {
            frame: sample_visit("/staff/queue/pile").frame("moderation-pile-title"),
            lead: if held { "moderation-pile-lead" } else { "moderation-alike-lead" },
            heaps,
            held,
            reasons: vec![Choice {
                code: "spam".to_owned(),
                label: "Spam".to_owned(),
                definition: String::new(),
                chosen: false,
            }],
            form,
            back: "/staff/queue/pile".to_owned(),
        };
        let hostile = "<script>alert(1)</script> ".repeat(8);
        let full = vec![heap(1, "A finished contract was shown."), heap(980, &hostile), heap(2, &"W".repeat(200))];
        let wrong = Problems::one("reason", "moderation-choose-a-reason");
        vec![
            ("empty", page(Vec::new(), true, Filled::default())),
            ("pile", page(full, true, Filled::again(Pairs::parse(b"ids=X&text=Buy"), wrong))),
            ("alike", page(vec![heap(1, "One"), heap(1, "Two")], false, Filled::default())),
        ]
    }
}
