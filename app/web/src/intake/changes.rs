//! `/return/changes` - the form of what was sent, open again because moderators asked for changes (row C9).

use actix_web::web::Data;
use casebook_core::intake::{self, changes};

use super::{
    browser::Reply,
    desk::{Browser, see},
};
use crate::{
    kit::{App, Error, PostForm, Result, limits::Limited},
    url,
};

/// `POST /return/changes` - opens the form, filled in.
///
/// # Errors
/// Those of the database and of the rate limit.
pub async fn begin(app: Data<App>, browser: Browser, _form: PostForm) -> Result<Reply> {
    browser.check(&app, Limited::Save)?;
    let token = browser.token.clone().ok_or(Error::Forged)?;
    let (state, cookie) = (app.clone(), token.clone());
    match app.write_unrecorded(move |tx| changes::begin_answer(tx, &cookie, &state.intake())).await {
        Ok(()) => Reply::of(see(url::share_topics())).with_deadline(&app, &token),
        Err(Error::NotFound) => Ok(Reply::of(see(url::return_()))),
        Err(Error::Conflict(_)) => Ok(Reply::of(see(url::noting(&url::return_case(), "no-changes")))),
        Err(error) => Err(error),
    }
}

/// What is wrong with what the contributor adds in words to their answer: the note that says so.
pub(super) fn wrong_reply(reply: &str) -> Option<&'static str> {
    if reply.chars().count() > casebook_core::limits::TEXT {
        Some("reply-long")
    } else if casebook_core::seal::contains_passphrase(reply) {
        Some("reply-words")
    } else {
        None
    }
}

/// Where it leads that a form was sent.
pub(super) fn after(sent: &intake::Sent) -> String {
    match sent {
        intake::Sent::Received => url::share_words(),
        intake::Sent::Answered => url::noting(&url::return_case(), "answered"),
        intake::Sent::MovedOn => url::noting(&url::return_case(), "moved-on"),
        intake::Sent::Problems(_) => url::share_preview(),
        intake::Sent::Nothing => url::share(),
    }
}
