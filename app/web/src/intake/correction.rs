//! `/return/correction` - asking for correction or removal of what is published (row C12).

use actix_web::web::Data;
use casebook_core::intake::{
    OwnCase, State,
    corrections::{self, Asked, Kind, OpenedCorrection},
};

use super::{
    browser::Reply,
    desk::{Browser, see},
};
use crate::{
    kit::{App, Error, Frame, PostForm, Result, limits::Limited},
    url,
};

/// What can be asked and what was, on the page of a contributor's own case.
#[derive(Debug)]
pub struct CorrectionBlock {
    /// The request that was made last.
    pub request: Option<RequestLine>,
    /// Whether another one can be made now.
    pub may_ask: bool,
    /// What was typed and could not be taken.
    pub typed: String,
}

/// A request with its answer.
#[derive(Debug)]
pub struct RequestLine {
    /// The words for what was asked for.
    pub kind: String,
    /// The week in which it was.
    pub week: String,
    /// What was asked; none once it is destroyed.
    pub text: Option<String>,
    /// The outcome, the words of the moderators, and the day.
    pub answer: Option<(String, String, String)>,
}

impl CorrectionBlock {
    /// The block for what is published; none before.
    pub(super) fn of(own: &OwnCase, app: &App, frame: &Frame) -> Option<Self> {
        if own.submission.state != State::Published {
            return None;
        }
        let line = |opened: &OpenedCorrection| RequestLine {
            kind: frame.t(format!("intake-correction-kind-{}", opened.request.kind.code())),
            week: opened.request.week.to_string(),
            text: opened.text.clone(),
            answer: opened.answer.as_ref().map(|answer| {
                let outcome = app.codebook.label("correction_outcome", answer.outcome.as_str(), frame.lang());
                (outcome.to_owned(), answer.text.clone(), answer.day.to_string())
            }),
        };
        Some(Self {
            request: own.correction.as_ref().map(line),
            may_ask: own.correction.as_ref().is_none_or(|opened| opened.request.answered),
            typed: own.typed.clone(),
        })
    }

    /// Made-up content for samples.
    pub(super) fn sample(words: &str, answered: bool) -> Self {
        let answer = answered.then(|| (words.to_owned(), words.to_owned(), "2026-11-23".to_owned()));
        let text = answered.then(|| words.to_owned());
        let request = RequestLine { kind: words.to_owned(), week: "2026-W48".to_owned(), text, answer };
        Self { request: Some(request), may_ask: answered, typed: words.to_owned() }
    }
}

/// `POST /return/correction` - asks.
///
/// # Errors
/// Those of the database and of the rate limit.
pub async fn ask(app: Data<App>, browser: Browser, form: PostForm) -> Result<Reply> {
    browser.check(&app, Limited::Send)?;
    let token = browser.token.clone().ok_or(Error::Forged)?;
    let kind: Kind = form.first("kind").parse().unwrap_or(Kind::Correction);
    let (state, cookie, typed) = (app.clone(), token.clone(), form.first("wish").to_owned());
    let asked = app.write_unrecorded(move |tx| corrections::ask(tx, &cookie, kind, &typed, &state.intake())).await;
    let note = match asked {
        Ok(Asked::Received) => "asked",
        Ok(Asked::OneIsOpen) => "one-is-open",
        Ok(Asked::Empty) => "asked-nothing",
        Ok(Asked::TooLong) => "reply-long",
        Ok(Asked::HoldsWords) => "reply-words",
        Err(Error::NotFound) => return Ok(Reply::of(see(url::return_()))),
        Err(error) => return Err(error),
    };
    Reply::of(see(url::noting(&url::return_case(), note))).with_deadline(&app, &token)
}
