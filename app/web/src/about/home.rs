//! The first page.

use actix_web::web::Data;
use askama::Template;
use casebook_core::cases::published::{self, Current};

use crate::{
    kit::{App, Frame, Page, Result, Sample, Visit, page::sample_visit},
    url,
};

/// How many of the newest cases the first page shows.
const NEWEST: usize = 6;

/// The first page.
#[derive(Debug, Template)]
#[template(path = "about/home.html")]
pub struct HomePage {
    /// The frame.
    pub frame: Frame,
    /// The cases published or revised last.
    pub newest: Vec<Newest>,
}

/// A case on the first page.
#[derive(Debug)]
pub struct Newest {
    /// Its address.
    pub address: String,
    /// Its title.
    pub title: String,
    /// The language of the title.
    pub title_lang: String,
    /// What it is about, in a sentence or two.
    pub summary: Option<(String, String)>,
    /// What kind of case it is.
    pub kind: String,
    /// The quarter of its current revision.
    pub quarter: String,
}

/// `GET /` - what this is, the way into it, and what is new.
///
/// # Errors
/// Those of the database.
pub async fn home(app: Data<App>, visit: Visit) -> Result<Page<HomePage>> {
    let cases = app.read(|reading| published::newest(reading, NEWEST)).await?;
    let newest = cases.iter().map(|case| newest(&app, &visit, case)).collect::<Result<_>>()?;
    let description = visit.text("about-description");
    Ok(Page::new(HomePage { newest, frame: visit.frame("about-home-title").describing(description) }))
}

fn newest(app: &App, visit: &Visit, case: &Current) -> Result<Newest> {
    let (document, _) = case.read()?;
    Ok(Newest {
        address: url::case(&case.id),
        title: document.title.text,
        title_lang: document.title.lang,
        summary: document.summary.map(|summary| (summary.text, summary.lang)),
        kind: app.codebook.label("kind", document.kind.as_str(), visit.language.code()).to_owned(),
        quarter: document.revised.to_string(),
    })
}

impl Sample for HomePage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |newest: Vec<Newest>| Self { frame: sample_visit("/").frame("about-home-title"), newest };
        let case = |title: &str| Newest {
            address: "/cases/7K2MQX4T".to_owned(),
            title: title.to_owned(),
            title_lang: "en".to_owned(),
            summary: Some((title.to_owned(), "de".to_owned())),
            kind: "Agreement".to_owned(),
            quarter: "2026-Q4".to_owned(),
        };
        vec![
            ("empty", page(Vec::new())),
            ("longest", page(vec![case(&"W".repeat(120))])),
            ("hostile", page(vec![case("<script>alert(1)</script>")])),
        ]
    }
}
