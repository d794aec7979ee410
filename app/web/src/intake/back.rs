//! `/return` - back with the twelve words.

use actix_web::web::Data;
use askama::Template;
use casebook_core::{
    intake::{self, Door},
    seal::{Passphrase, WordsProblem},
    staff,
};

use super::{
    browser::Reply,
    desk::{self, Browser, see},
    notes,
};
use crate::{
    kit::{App, Frame, Message, Page, Pairs, PostForm, Result, Visit, limits::Limited},
    url,
};

/// The form for the words.
#[derive(Debug, Template)]
#[template(path = "intake/return.html")]
pub struct ReturnPage {
    /// The frame.
    pub frame: Frame,
    /// What was wrong with the words.
    pub wrong: Option<String>,
}

/// `GET /return` - asks for the words.
///
/// # Errors
/// Those of the database.
pub async fn ask(app: Data<App>, visit: Visit, query: Pairs) -> Result<Reply> {
    if !app.read(staff::intake_is_open).await? {
        return Ok(desk::closed(&visit));
    }
    let mut frame = visit.frame("intake-return-title");
    frame.notice = notes::of(&visit, &query);
    Ok(Reply::of(Page::new(ReturnPage { wrong: wrong(&visit, &query), frame })))
}

/// What is wrong, from the address: it names the place of a word at most.
fn wrong(visit: &Visit, query: &Pairs) -> Option<String> {
    let number = |name: &str| query.first(name).parse::<usize>().ok().filter(|number| *number <= 1000);
    let message = match query.first("wrong") {
        "word" => Message::new("form-words-not-in-list").with("place", number("n")?),
        "count" => Message::new("form-words-count").with("found", number("n")?).with("expected", 12_usize),
        "checksum" => Message::new("form-words-checksum"),
        "unknown" => Message::new("intake-return-unknown"),
        _ => return None,
    };
    Some(visit.text(message))
}

/// `POST /return` - opens what the words lead to. Unknown and withdrawn words are answered alike.
///
/// # Errors
/// Those of the database and of the rate limit.
pub async fn enter(app: Data<App>, browser: Browser, form: PostForm) -> Result<Reply> {
    browser.check(&app, Limited::Passphrase)?;
    let words = match Passphrase::parse(form.secret("words").reveal()) {
        Ok(words) => words,
        Err(problem) => return Ok(Reply::of(see(address_of(problem)))),
    };
    let state = app.clone();
    let entered = app.write_unrecorded(move |tx| intake::enter(tx, &words, &state.intake())).await?;
    let Some((token, door)) = entered else { return Ok(Reply::of(see(url::return_wrong("unknown", None)))) };
    let address = match door {
        Door::Form => url::share_topics(),
        Door::Submission => url::return_case(),
    };
    Reply::of(see(address)).with_deadline(&app, &token)
}

fn address_of(problem: WordsProblem) -> String {
    match problem {
        WordsProblem::NotInList(place) => url::return_wrong("word", Some(place)),
        WordsProblem::Count { found, .. } => url::return_wrong("count", Some(found)),
        WordsProblem::Checksum => url::return_wrong("checksum", None),
    }
}
