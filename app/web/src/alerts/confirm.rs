//! `/alerts/{token}/confirm` - where the link of the first mail leads: the owner of the mailbox says yes by a button. Opening the page, as
//! programs that look into mails do, changes nothing.

use actix_web::{
    HttpRequest,
    web::{Data, Path},
};
use askama::Template;
use casebook_core::alerts::{self, Rhythm};

use super::{DonePage, OFTEN, Search, choosing, found};
use crate::{
    kit::{App, Error, Filled, Frame, Page, Pairs, PostForm, Result, Sample, Visit, page::sample_visit},
    url,
};

/// The page with the button.
#[derive(Debug, Template)]
#[template(path = "alerts/confirm.html")]
pub struct ConfirmPage {
    /// The frame.
    pub frame: Frame,
    /// How often mails are to come.
    pub form: Filled,
    /// The search.
    pub search: Search,
    /// Where the form leads.
    pub action: String,
}

/// `GET /alerts/{token}/confirm` - what would be told, and how often.
///
/// # Errors
/// [`Error::NotFound`] for a link that was never one, or has had its time.
pub async fn show(
    app: Data<App>,
    visit: Visit,
    request: HttpRequest,
    token: Path<String>,
) -> Result<Page<ConfirmPage>> {
    let (token, found) = found(&app, &token).await?;
    let asked = Pairs::parse(request.query_string().as_bytes());
    let rhythm = Rhythm::of(asked.first(OFTEN)).unwrap_or(found.rhythm);
    Ok(Page::new(ConfirmPage {
        frame: visit.frame("alert-confirm-title"),
        form: choosing(rhythm),
        search: Search::of_alert(&app, &visit, &found).await?,
        action: url::confirm_alert(&token, rhythm),
    }))
}

/// `POST /alerts/{token}/confirm` - yes.
///
/// # Errors
/// [`Error::NotFound`] as above; [`Error::BadRequest`] where no rhythm is chosen.
pub async fn confirm(app: Data<App>, visit: Visit, token: Path<String>, form: PostForm) -> Result<Page<DonePage>> {
    let (token, _) = found(&app, &token).await?;
    let rhythm = Rhythm::of(form.pairs().first(OFTEN)).ok_or(Error::BadRequest("alert-no-rhythm".into()))?;
    app.write_unrecorded(move |tx| alerts::confirm(tx, &token, rhythm)).await?;
    Ok(Page::new(DonePage::new(&visit, "alert-confirmed-title", "alert-confirmed")))
}

impl Sample for ConfirmPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |pairs: &[(String, String)]| Self {
            frame: sample_visit("/alerts/token/confirm").frame("alert-confirm-title"),
            form: choosing(Rhythm::Daily),
            search: Search::of_pairs(pairs),
            action: "/alerts/token/confirm?often=daily".to_owned(),
        };
        let q = |words: &str| page(&[("q".to_owned(), words.to_owned())]);
        vec![("everything", page(&[])), ("longest", q(&"W".repeat(400))), ("hostile", q("<script>alert(1)</script>"))]
    }
}
