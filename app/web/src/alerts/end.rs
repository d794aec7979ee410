//! `/alerts/{token}/unsubscribe` - the end of an alert: by the button of the page, or by one click in the mailbox (RFC 8058), for which a
//! mail server sends the POST, with neither cookie nor origin. The token is the proof.

use actix_web::{
    Either,
    web::{Data, Path},
};
use askama::Template;
use casebook_core::{alerts, secret::Token};

use super::{DonePage, Search, found};
use crate::{
    kit::{App, Error, Frame, Page, Result, Sample, Visit, page::sample_visit},
    url,
};

/// The page with the button.
#[derive(Debug, Template)]
#[template(path = "alerts/end.html")]
pub struct EndPage {
    /// The frame.
    pub frame: Frame,
    /// The search.
    pub search: Search,
    /// Where the form leads.
    pub action: String,
}

/// `GET /alerts/{token}/unsubscribe` - asks once more, since programs that look into mails open what they find there.
///
/// # Errors
/// [`Error::NotFound`] for a link that was never one.
pub async fn show(app: Data<App>, visit: Visit, token: Path<String>) -> Result<Either<Page<EndPage>, Page<DonePage>>> {
    let (token, found) = match found(&app, &token).await {
        // Whoever opens the link again learns that the mails have ended.
        Err(Error::NotFound) if Token::parse(&token).is_some() => return Ok(Either::Right(ended(&visit))),
        found => found?,
    };
    Ok(Either::Left(Page::new(EndPage {
        frame: visit.frame("alert-end-title"),
        search: Search::of_alert(&app, &visit, &found).await?,
        action: url::end_alert(&token),
    })))
}

fn ended(visit: &Visit) -> Page<DonePage> {
    Page::new(DonePage::new(visit, "alert-ended-title", "alert-ended"))
}

/// `POST /alerts/{token}/unsubscribe` - ends it. What is sent along is not looked at, and ending it twice is no failure.
///
/// # Errors
/// [`Error::NotFound`] for a link that was never one.
pub async fn end(app: Data<App>, visit: Visit, token: Path<String>) -> Result<Page<DonePage>> {
    let token = Token::parse(&token).ok_or(Error::NotFound)?;
    app.write_unrecorded(move |tx| alerts::end(tx, &token)).await?;
    Ok(ended(&visit))
}

impl Sample for EndPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |pairs: &[(String, String)]| Self {
            frame: sample_visit("/alerts/token/unsubscribe").frame("alert-end-title"),
            search: Search::of_pairs(pairs),
            action: "/alerts/token/unsubscribe".to_owned(),
        };
        let q = |words: &str| page(&[("q".to_owned(), words.to_owned())]);
        vec![("everything", page(&[])), ("longest", q(&"W".repeat(400))), ("hostile", q("<script>alert(1)</script>"))]
    }
}
