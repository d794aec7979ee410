//! Alerts by mail: asking for one, saying yes to it, ending it. Readers get no cookie here either; what proves something is the token in
//! the link of a mail.

pub mod confirm;
pub mod end;
pub mod letters;
pub mod new;

use askama::Template;
use casebook_core::{
    alerts::{self, Found, Rhythm},
    cases::facets::Filters,
    organisations,
    secret::Token,
};

use crate::{
    filters::{Labels, labels},
    kit::{App, Error, Filled, Frame, Pairs, Result, Sample, Visit, page::sample_visit},
    url,
};

/// The name of the field for how often mails come.
const OFTEN: &str = "often";

/// What has just happened, and what comes next.
#[derive(Debug, Template)]
#[template(path = "alerts/done.html")]
pub struct DonePage {
    /// The frame.
    pub frame: Frame,
    /// The key of the words.
    pub words: &'static str,
}

impl DonePage {
    fn new(visit: &Visit, title: &'static str, words: &'static str) -> Self {
        Self { frame: visit.frame(title), words }
    }
}

/// A search as the pages and mails about it name it.
#[derive(Debug)]
pub struct Search {
    /// What was asked for, as the list names its filters; empty where it is everything.
    pub words: String,
    /// The path of its page.
    pub page: String,
}

impl Search {
    fn of(labels: Labels<'_>, filters: &Filters) -> Self {
        Self { words: labels.words(filters), page: url::cases_fitting(&filters.pairs_of_set()) }
    }

    /// A search as its address has it: all that can be said of one that asks for what the vocabulary no longer has.
    fn of_pairs(pairs: &[(String, String)]) -> Self {
        let words: Vec<String> = pairs.iter().map(|(name, value)| format!("{name}={value}")).collect();
        Self { words: words.join(", "), page: url::cases_fitting(pairs) }
    }

    /// The same with the names of the organisations in it.
    async fn read(app: &App, visit: &Visit, filters: &Filters) -> Result<Self> {
        let named = filters.organisations();
        let parties = app.read(move |r| organisations::of_ids(r, &named)).await?;
        Ok(Self::of(labels(app, &parties, visit.language), filters))
    }

    /// The search of an alert.
    async fn of_alert(app: &App, visit: &Visit, found: &Found) -> Result<Self> {
        let pairs = found.pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        match Filters::parse(pairs, &app.codebook) {
            Ok(parsed) => Self::read(app, visit, &parsed.filters).await,
            Err(_) => Ok(Self::of_pairs(&found.pairs)),
        }
    }
}

/// The alert that a token belongs to.
async fn found(app: &App, token: &str) -> Result<(Token, Found)> {
    let token = Token::parse(token).ok_or(Error::NotFound)?;
    let (keys, sought) = (app.keys.clone(), token.clone());
    let found = app.read(move |r| alerts::find(r, &sought, &keys)).await?.ok_or(Error::NotFound)?;
    Ok((token, found))
}

/// A form in which this rhythm is chosen.
fn choosing(rhythm: Rhythm) -> Filled {
    let mut pairs = Pairs::default();
    pairs.push(OFTEN, rhythm.code());
    Filled::with(pairs)
}

impl Sample for DonePage {
    fn samples() -> Vec<(&'static str, Self)> {
        let visit = sample_visit("/alerts/new");
        vec![
            ("asked", Self::new(&visit, "alert-asked-title", "alert-asked")),
            ("confirmed", Self::new(&visit, "alert-confirmed-title", "alert-confirmed")),
            ("ended", Self::new(&visit, "alert-ended-title", "alert-ended")),
        ]
    }
}
