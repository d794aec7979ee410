//! `/cases/{id}/r/{n}/changes` - what a revision changed, and why (row M6).

use actix_web::web::{Data, Path};
use askama::Template;
use casebook_core::cases::{
    changes::{Changes, changes},
    published::{Eyes, RevisionNote, Visibility},
    show::Tables,
};

use super::show::parsed;
use crate::{
    difference::DifferenceBlock,
    kit::{App, Error, Frame, Message, Page, Pairs, Result, Sample, Viewer, Visit, page::sample_visit},
    url,
};

/// The difference between two revisions.
#[derive(Debug, Template)]
#[template(path = "cases/changes.html")]
pub struct ChangesPage {
    /// The frame.
    pub frame: Frame,
    /// The case's title, and the language of it.
    pub title: (String, String),
    /// Where the case is.
    pub case: String,
    /// The later revision: its number, its quarter and its address.
    pub until: (u32, String, String),
    /// The earlier one.
    pub since: (u32, String, String),
    /// Who coded the later one.
    pub coder: String,
    /// The reasons of the revisions between them, each with its number, the latest first.
    pub reasons: Vec<(u32, String)>,
    /// The address of this page without what follows the question mark.
    pub address: String,
    /// The earlier revisions from which one can be chosen.
    pub earlier: Vec<u32>,
    /// Whether search engines are asked to leave the page out.
    pub is_apart: bool,
    /// What differs; none where nothing does that readers see.
    pub difference: Option<DifferenceBlock>,
}

/// `GET /cases/{id}/r/{n}/changes` - since the revision before it, or since `since`.
///
/// # Errors
/// [`Error::NotFound`] where there is nothing to compare with, [`Error::BadRequest`] for a `since` that is no earlier revision, and
/// [`Error::Gone`] with the reason where the case is hidden.
pub async fn show(
    app: Data<App>,
    viewer: Viewer,
    path: Path<(String, u32)>,
    query: Pairs,
) -> Result<Page<ChangesPage>> {
    let (id, until) = path.into_inner();
    let (id, since) = (parsed(&id)?, since(&query, until)?);
    let (state, lang) = (app.clone(), viewer.visit.language.code());
    let eyes = if viewer.moderator().is_some() { Eyes::Moderator } else { Eyes::Public };
    let found = app.read(move |r| {
        let tables = Tables {
            codebook: &state.codebook,
            gazetteer: &state.gazetteer,
            jurisdictions: &state.jurisdictions,
            lang,
        };
        changes(r, &id, since, until, eyes, tables)
    });
    Ok(Page::new(ChangesPage::new(&viewer.visit, found.await?)))
}

fn since(query: &Pairs, until: u32) -> Result<Option<u32>> {
    let Some(typed) = query.get("since") else { return Ok(None) };
    let earlier = typed.parse().ok().filter(|since| (1..until).contains(since));
    let most = until.saturating_sub(1);
    earlier.map(Some).ok_or_else(|| Error::BadRequest(Message::new("case-changes-since").with("most", most)))
}

impl ChangesPage {
    fn new(visit: &Visit, found: Changes) -> Self {
        let (id, until) = (&found.document.id, found.document.revision);
        let quarter = |revision: u32| {
            let note = found.revisions.iter().find(|note| note.revision == revision);
            note.map(|note| note.published.to_string()).unwrap_or_default()
        };
        let end = |revision| (revision, quarter(revision), url::case_revision(id, revision));
        let between = |note: &&RevisionNote| note.revision > found.since && note.revision <= until;
        let reasons = found.revisions.iter().rev().filter(between);
        let mut frame =
            visit.frame(Message::new("case-changes-title").with("n", until).with("title", &found.document.title.text));
        frame.description = visit.text("case-changes-lead");
        Self {
            frame,
            case: url::case(id),
            until: end(until),
            since: end(found.since),
            coder: found.document.coder.clone(),
            reasons: reasons.filter_map(|note| Some((note.revision, note.reason.clone()?))).collect(),
            address: url::case_changes(id, until),
            earlier: found.revisions.iter().map(|note| note.revision).filter(|revision| *revision < until).collect(),
            is_apart: found.visibility != Visibility::Public,
            difference: (!found.difference.is_empty()).then(|| DifferenceBlock::new(found.difference, visit.language)),
            title: (found.document.title.text, found.document.title.lang),
        }
    }
}

impl Sample for ChangesPage {
    fn samples() -> Vec<(&'static str, Self)> {
        const HOSTILE: &str = "<script>alert(1)</script>";
        let page = |title: &str, difference: Option<DifferenceBlock>| Self {
            frame: sample_visit("/cases/7K2MQX4T/r/3/changes")
                .frame(Message::new("case-changes-title").with("n", 3).with("title", title)),
            title: (title.to_owned(), "en".to_owned()),
            case: "/cases/7K2MQX4T".to_owned(),
            until: (3, "2026-Q4".to_owned(), "/cases/7K2MQX4T/r/3".to_owned()),
            since: (2, "2026-Q3".to_owned(), "/cases/7K2MQX4T/r/2".to_owned()),
            coder: title.to_owned(),
            reasons: vec![(3, title.to_owned())],
            address: "/cases/7K2MQX4T/r/3/changes".to_owned(),
            earlier: vec![1, 2],
            is_apart: difference.is_some(),
            difference,
        };
        vec![
            ("nothing", page("A city and Huawei", None)),
            ("hostile", page(HOSTILE, Some(DifferenceBlock::sample(HOSTILE)))),
        ]
    }
}
