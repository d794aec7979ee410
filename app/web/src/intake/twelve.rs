//! `/share/words` - the twelve words, shown until three of them are typed back; then what happens next.

use actix_web::web::Data;
use askama::Template;
use casebook_core::{
    intake::{self, draft},
    secret::Token,
};

use super::{
    browser::{Reply, form_token},
    desk::{Browser, see},
    notes,
};
use crate::{
    kit::{App, Error, Frame, Page, Pairs, PostForm, Result, Visit, limits::Limited},
    url,
};

/// The twelve words.
#[derive(Debug, Template)]
#[template(path = "intake/words.html")]
pub struct WordsPage {
    /// The frame.
    pub frame: Frame,
    /// The words in their order.
    pub words: Vec<&'static str>,
    /// The places of those that are asked back.
    pub asked: [u8; 3],
    /// Whether a case was sent, or a form kept.
    pub sent: bool,
    /// Whether those that were typed back were wrong.
    pub wrong: bool,
    /// For how many weeks it lasts.
    pub weeks: u32,
}

/// What happens next.
#[derive(Debug, Template)]
#[template(path = "intake/done.html")]
pub struct DonePage {
    /// The frame.
    pub frame: Frame,
    /// For how many weeks an unpublished case lasts.
    pub weeks: u32,
}

/// `GET /share/words` - the words, as often as the page is asked for, until they are confirmed (row C5).
///
/// # Errors
/// Those of the database.
pub async fn words(app: Data<App>, visit: Visit, browser: Browser, query: Pairs) -> Result<Reply> {
    let Some(token) = browser.token.clone() else { return Ok(Reply::of(see(url::share()))) };
    let csrf = form_token(&token);
    let open = app.read(move |r| draft::load(r, &token)).await?;
    let Some(open) = open else { return Ok(Reply::of(see(url::share()))) };
    let weeks = app.config.submissions.retention_weeks;
    let frame =
        |title: &'static str| Frame { csrf: csrf.clone(), notice: notes::of(&visit, &query), ..visit.frame(title) };
    if let (Some(words), Some(asked)) = (open.words(), open.asked()) {
        let wrong = query.first("note") == "wrong";
        let frame = Frame { notice: None, ..frame("intake-words-title") };
        return Ok(Reply::of(Page::new(WordsPage { words, asked, sent: open.is_sent(), wrong, weeks, frame })));
    }
    if open.is_sent() {
        return Ok(Reply::of(Page::new(DonePage { frame: frame("intake-done-title"), weeks })));
    }
    let note = if open.is_kept() { "kept" } else { "" };
    Ok(Reply::of(see(url::noting(&url::share_topics(), note))))
}

/// `POST /share/words` - takes three words back.
///
/// # Errors
/// Those of the database and of the rate limit.
pub async fn confirm(app: Data<App>, browser: Browser, form: PostForm) -> Result<Reply> {
    browser.check(&app, Limited::Save)?;
    let token = browser.token.clone().ok_or(Error::Forged)?;
    let typed = ["word.1", "word.2", "word.3"].map(|name| form.first(name).to_owned());
    let state = app.clone();
    let right = app.write_unrecorded(move |tx| intake::confirm(tx, &token, &state.intake(), &typed)).await?;
    Ok(Reply::of(see(if right { url::share_words() } else { url::noting(&url::share_words(), "wrong") })))
}

/// `POST /share/another` - leaves what was sent and begins a new form with a new cookie and new words.
///
/// # Errors
/// Those of the database.
pub async fn another(app: Data<App>, browser: Browser, _form: PostForm) -> Result<Reply> {
    browser.check(&app, Limited::Save)?;
    if let Some(token) = browser.token.clone() {
        app.write_unrecorded(move |tx| draft::leave(tx, &token)).await?;
    }
    let token = Token::draw(&*app.random);
    Ok(Reply::of(see(url::share())).with(&app, &token))
}
