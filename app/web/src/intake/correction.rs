//! `/return/correction` - asking for correction or removal of what is published (row C12).

use actix_web::web::Data;
use casebook_core::intake::{
    OwnCase, State,
    corrections::{self, Asked, Kind, OpenedCorrection},
};

use super::{
    browser::Reply,
    changes::wrong_reply,
    desk::{self, Browser, see},
};
use crate::{
    kit::{App, Error, Frame, PostForm, Result, limits::Limited},
    url,
};

/// The input in which it is typed.
pub(super) const WISH: &str = "wish";
/// The note that nothing was typed.
const NOTHING: &str = "asked-nothing";

/// What can be asked and what was, on the page of a contributor's own case.
#[derive(Debug)]
pub struct CorrectionBlock {
    /// The request that was made last.
    pub request: Option<RequestLine>,
    /// Whether another one can be made now.
    pub may_ask: bool,
    /// What was typed and could not be taken.
    pub typed: String,
    /// Why.
    pub problem: Option<String>,
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
    /// Whether the moderators answered.
    #[must_use]
    pub fn is_answered(&self) -> bool {
        self.request.as_ref().is_some_and(|request| request.answer.is_some())
    }

    /// The block for what is published, with the note that the address carries; none before.
    pub(super) fn of(own: &OwnCase, app: &App, frame: &Frame, note: &str) -> Option<Self> {
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
            may_ask: own.correction.as_ref().is_none_or(|opened| !opened.is_open()),
            typed: own.typed.clone(),
            problem: wrong_reply(&own.typed)
                .or((note == NOTHING).then_some(NOTHING))
                .map(|note| frame.t(format!("intake-note-{note}"))),
        })
    }

    /// Made-up content for samples.
    pub(super) fn sample(words: &str, answered: bool) -> Self {
        let answer = answered.then(|| (words.to_owned(), words.to_owned(), "2026-11-23".to_owned()));
        let text = answered.then(|| words.to_owned());
        let request = RequestLine { kind: words.to_owned(), week: "2026-W48".to_owned(), text, answer };
        Self { request: Some(request), may_ask: answered, typed: words.to_owned(), problem: Some(words.to_owned()) }
    }
}

/// `POST /return/correction` - asks. What cannot be taken is kept and shown again.
///
/// # Errors
/// If what was typed can neither be stored nor held.
pub async fn ask(app: Data<App>, browser: Browser, form: PostForm) -> Result<Reply> {
    let token = browser.token_or_new(&app);
    if let Err(error) = browser.check(&app, Limited::Save) {
        return desk::held(&app, &token, form.pairs(), error);
    }
    let kind: Kind = form.first("kind").parse().unwrap_or(Kind::Correction);
    let (state, cookie, typed) = (app.clone(), token.clone(), form.first(WISH).to_owned());
    match app.write_unrecorded(move |tx| corrections::ask(tx, &cookie, kind, &typed, &state.intake())).await {
        Ok(asked) => Reply::of(see(after(asked))).with_deadline(&app, &token),
        Err(Error::NotFound) if form.first(WISH).trim().is_empty() => Ok(Reply::of(see(url::return_()))),
        Err(error) => desk::held(&app, &token, form.pairs(), error),
    }
}

/// Where it leads that something was asked for.
fn after(asked: Asked) -> String {
    match asked {
        Asked::Received => url::noting(&url::return_case(), "asked"),
        Asked::OneIsOpen => url::return_wish("one-is-open"),
        Asked::Empty => url::return_wish(NOTHING),
        Asked::TooLong => url::return_wish("reply-long"),
        Asked::HoldsWords => url::return_wish("reply-words"),
    }
}
