//! `/alerts/new` - a reader asks to be told by mail of new and revised cases that fit a search (row R6).
//!
//! The answer is the same whether or not the address is known here. The form needs no token: who sends it has no rights that somebody else's
//! page could use.

use actix_web::{Either, http::StatusCode, web::Data};
use askama::Template;
use casebook_core::{
    alerts::{self, Rhythm, Wish},
    cases::facets::Filters,
    db::Actor,
    limits,
    mail::Address,
};

use super::{DonePage, OFTEN, Search, choosing};
use crate::{
    filters,
    kit::{
        App, Error, Filled, Frame, FromPairs, Page, Pairs, PostForm, Problems, Result, Sample, Visit, limits::Limited,
        origin::Client, page::sample_visit,
    },
    url,
};

/// The form.
#[derive(Debug, Template)]
#[template(path = "alerts/new.html")]
pub struct NewPage {
    /// The frame.
    pub frame: Frame,
    /// What was filled in.
    pub form: Filled,
    /// The search.
    pub search: Search,
    /// The pairs of the search, which the form carries along.
    pub pairs: Vec<(String, String)>,
    /// Whether mails are sent to readers at all.
    pub offered: bool,
}

impl NewPage {
    async fn new(app: &App, visit: &Visit, filters: &Filters, form: Filled) -> Result<Self> {
        Ok(Self {
            frame: visit.frame("alert-title"),
            form,
            search: Search::read(app, visit, filters).await?,
            pairs: filters.pairs_of_set(),
            offered: app.config.mail.alerts_time().is_some(),
        })
    }

    fn feed_address(&self) -> String {
        url::cases_feed(&self.pairs)
    }
}

/// `GET /alerts/new` - the form for the search that the address names.
///
/// # Errors
/// [`Error::BadRequest`] with what is allowed, for a filter that is not, and for a search that is too long.
pub async fn new(app: Data<App>, visit: Visit, pairs: Pairs) -> Result<Page<NewPage>> {
    let filters = followed(&app, &pairs)?;
    Ok(Page::new(NewPage::new(&app, &visit, &filters, choosing(Rhythm::Weekly)).await?))
}

/// The search that an address or a form names, if it is short enough to be followed.
fn followed(app: &App, pairs: &Pairs) -> Result<Filters> {
    let filters = filters::parse(app, pairs)?.filters;
    let length: usize = filters.pairs_of_set().iter().map(|(name, value)| name.len() + value.len()).sum();
    if length > limits::FOLLOWED { Err(Error::BadRequest("alert-too-long".into())) } else { Ok(filters) }
}

/// What the form sends beside the search.
#[derive(Debug)]
pub struct NewForm {
    address: String,
    often: String,
}

impl FromPairs for NewForm {
    fn from_pairs(pairs: &Pairs) -> Self {
        Self { address: pairs.first("address").to_owned(), often: pairs.first(OFTEN).to_owned() }
    }
}

/// `POST /alerts/new` - leaves a mail to be sent that asks the owner of the mailbox.
///
/// # Errors
/// [`Error::Conflict`] where no mail leaves; [`Error::TooMany`]; [`Error::BadRequest`] for a filter that is not allowed, and for a search that is too long.
pub async fn ask(
    app: Data<App>,
    visit: Visit,
    client: Client,
    form: PostForm<NewForm>,
) -> Result<Either<Page<NewPage>, Page<DonePage>>> {
    if app.config.mail.alerts_time().is_none() {
        return Err(Error::Conflict("alert-off".into()));
    }
    let filters = followed(&app, form.pairs())?;
    let mut problems = Problems::new();
    let address = problems.check("address", Address::parse(&form.address).map_err(|_| "alert-malformed"));
    let rhythm = problems.check(OFTEN, Rhythm::of(&form.often).ok_or("alert-no-rhythm"));
    let (Some(address), Some(rhythm)) = (address, rhythm) else {
        let again = Filled::again(form.pairs().clone(), problems);
        let page = Page::new(NewPage::new(&app, &visit, &filters, again).await?);
        return Ok(Either::Left(page.with_status(StatusCode::BAD_REQUEST)));
    };
    app.limits.check(Limited::Alert, client)?;
    let (wish, keys) = (Wish { address, filters, rhythm }, app.keys.clone());
    match app.write(Actor::System, move |tx| alerts::ask(tx, &wish, &keys)).await {
        // Somebody asked for the same mailbox at the same moment: one mail is on its way there.
        Ok(()) | Err(Error::Conflict(_)) => {}
        Err(error) => return Err(error),
    }
    Ok(Either::Right(Page::new(DonePage::new(&visit, "alert-asked-title", "alert-asked"))))
}

impl Sample for NewPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |pairs: &[(&str, &str)], form: Filled| {
            let pairs: Vec<(String, String)> =
                pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
            let frame = sample_visit("/alerts/new").frame("alert-title");
            Self { frame, form, search: Search::of_pairs(&pairs), pairs, offered: true }
        };
        let mut wrong = Problems::one("address", "alert-malformed");
        wrong.add(OFTEN, "alert-no-rhythm");
        let hostile = Pairs::parse(b"address=%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E");
        let words = "<script>alert(1)</script>";
        vec![
            ("everything", page(&[], choosing(Rhythm::Weekly))),
            ("longest", page(&[("q", &"W".repeat(400)), ("f.domain", "mobility")], choosing(Rhythm::Daily))),
            ("again, hostile", page(&[("q", words)], Filled::again(hostile, wrong))),
            ("off", Self { offered: false, ..page(&[("q", words)], choosing(Rhythm::Weekly)) }),
        ]
    }
}
