//! Leaving quickly, and what went wrong: `/share/leave`, `/share/left`, `/share/held`.

use actix_web::web::Data;
use askama::Template;
use casebook_core::intake::{draft, messages::INPUT};

use super::{
    browser::Reply,
    correction::WISH,
    desk::{Browser, see},
    preview::label,
};
use crate::{
    kit::{App, Error, Frame, Message, Page, Pairs, Result, Visit, error::Kind},
    url,
};

/// Inputs that are no answers.
const OF_THE_FORM: [&str; 6] = ["next", "add", "remove", "again", "shown", "kind"];

/// Says what is left and what is not.
#[derive(Debug, Template)]
#[template(path = "intake/left.html")]
pub struct LeftPage {
    /// The frame.
    pub frame: Frame,
    /// What became of what was open.
    pub words: String,
}

/// What could not be saved, to be copied.
#[derive(Debug, Template)]
#[template(path = "intake/held.html")]
pub struct HeldPage {
    /// The frame.
    pub frame: Frame,
    /// Why.
    pub why: String,
    /// Names and texts.
    pub texts: Vec<(String, String)>,
}

/// `GET /share/leave` - the quick exit: a form that was not kept is deleted, and the browser forgets the site.
///
/// # Errors
/// Those of the database.
pub async fn leave(app: Data<App>, browser: Browser) -> Result<Reply> {
    let mut stays = false;
    if let Some(token) = browser.token.clone() {
        app.held.forget(&token);
        stays = app.write_unrecorded(move |tx| draft::leave(tx, &token)).await?;
    }
    Ok(Reply::of(see(url::share_left(stays))).clearing(&app))
}

/// `GET /share/left` - says so.
///
/// # Errors
/// None.
pub async fn left(app: Data<App>, visit: Visit, query: Pairs) -> Result<Reply> {
    let words = visit.text(if query.has("stays") { "intake-left-stays" } else { "intake-left-deleted" });
    Ok(Reply::of(Page::new(LeftPage { frame: visit.frame("intake-left-title"), words })).clearing(&app))
}

/// `GET /share/held` - what was typed while it could not be saved (protection.md section 8).
///
/// # Errors
/// [`Error::NotFound`] where nothing is held any more.
pub async fn held(app: Data<App>, visit: Visit, browser: Browser, query: Pairs) -> Result<Page<HeldPage>> {
    let token = browser.token.clone().ok_or(Error::NotFound)?;
    let held = app.held.find(&token, app.clock.now())?.ok_or(Error::NotFound)?;
    let kind = Kind::named(query.first("what")).unwrap_or(Kind::Unavailable);
    let frame = visit.frame("intake-held-title");
    let is_answer = |name: &str, text: &str| !text.trim().is_empty() && !OF_THE_FORM.contains(&name);
    let texts = held.into_iter().filter(|(name, text)| is_answer(name, text));
    Ok(Page::new(HeldPage {
        why: match kind {
            Kind::NotFound => visit.text("intake-held-closed"),
            other => visit.text(Message::new(format!("error-{}", other.name()))),
        },
        texts: texts.map(|(name, text)| (asked(&app, &name, &frame), text)).collect(),
        frame,
    }))
}

/// What was asked where something was typed.
fn asked(app: &App, input: &str, frame: &Frame) -> String {
    match input {
        INPUT => frame.t("intake-message-label"),
        WISH => frame.t("intake-correction-wish"),
        "reply" => frame.t("intake-reply"),
        _ => label(app, input, frame.lang()),
    }
}
