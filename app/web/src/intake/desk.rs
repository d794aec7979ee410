//! What every page of the form begins with: whether accounts are taken, what is open in this browser, and what is wrong with it; and how
//! every save ends, also where the database is away.

use actix_web::web::Data;
use casebook_core::{
    Error as CoreError,
    cases::show::Tables,
    codebook::Codebook,
    intake::{self, Answers, Draft, Problems, draft},
    secret::Token,
    staff,
};

pub(super) use super::browser::Browser;
use super::{browser::Reply, closed::ClosedPage, fault, fault::Wrong};
use crate::{
    asked::Asked,
    kit::{App, Error, Frame, Language, Page, Pairs, Result, Visit, limits::Limited},
    url,
};

/// What is open in a browser.
pub(super) struct Opened {
    /// The cookie's token; new where the browser had none.
    pub(super) token: Token,
    /// The draft, if anything was saved.
    pub(super) draft: Option<Draft>,
    /// What is wrong with its answers, as far as it is to be said now.
    pub(super) problems: Problems,
}

impl Opened {
    /// The answers so far.
    pub(super) fn answers(&self) -> Answers {
        self.draft.as_ref().map(|draft| draft.answers.clone()).unwrap_or_default()
    }

    /// What moderators ask to be changed, where the form is open for that.
    pub(super) fn asked(&self, app: &App, language: Language) -> Option<Asked> {
        let request = self.draft.as_ref().and_then(Draft::asked_for)?;
        Some(Asked::of(request, true, &app.codebook, language))
    }

    pub(super) fn is_kept(&self) -> bool {
        self.draft.as_ref().is_some_and(Draft::is_kept)
    }

    /// The frame of a page of the form, whose forms carry the token of this cookie.
    pub(super) fn frame(&self, visit: &Visit, title: impl Into<crate::kit::Message>) -> Frame {
        let mut frame = visit.frame(title);
        frame.csrf = super::browser::form_token(&self.token);
        frame
    }

    /// The answer to a GET of the form.
    pub(super) fn reply<T: askama::Template + 'static>(&self, app: &App, page: T) -> Result<Reply> {
        let by_words = self.draft.as_ref().is_some_and(Draft::is_opened_by_words);
        let reply = Reply::of(Page::new(page));
        if by_words { reply.with_deadline(app, &self.token) } else { Ok(reply.with(app, &self.token)) }
    }
}

/// Opens the form, or says where else to go: no accounts are taken, it idled out, or it was sent already.
pub(super) async fn open(app: &Data<App>, visit: &Visit, browser: &Browser) -> Result<Result<Opened, Reply>> {
    let token = browser.token.clone();
    let state = app.clone();
    let (takes, draft, problems) = app
        .read(move |r| {
            let takes = staff::intake_is_open(r)?;
            let draft = match &token {
                Some(token) => draft::load(r, token)?,
                None => None,
            };
            let problems = match draft.as_ref().filter(|draft| !draft.is_sent()) {
                Some(draft) => problems(intake::compose(r, &state.intake(), &draft.answers, None)?, draft.checked),
                None => Problems::default(),
            };
            Ok((takes, draft, problems))
        })
        .await?;
    if !takes {
        return Ok(Err(closed(visit)));
    }
    if let Some(draft) = &draft {
        if draft.is_opened_by_words() && !browser.awake {
            return Ok(Err(Reply::of(see(url::return_noting("idle")))));
        }
        if draft.is_sent() {
            return Ok(Err(Reply::of(see(url::share_words()))));
        }
    }
    Ok(Ok(Opened { token: browser.token_or_new(app), draft, problems }))
}

fn problems(composed: Result<intake::Composed, Problems>, with_missing: bool) -> Problems {
    match composed {
        Ok(_) => Problems::default(),
        Err(problems) if with_missing => problems,
        Err(problems) => problems.without_missing(),
    }
}

/// The page that says that no accounts are taken yet.
pub(super) fn closed(visit: &Visit) -> Reply {
    Reply::of(Page::new(ClosedPage { frame: visit.frame("intake-closed-title") }))
}

pub(super) fn see(address: String) -> crate::kit::SeeOther {
    crate::kit::SeeOther(address)
}

/// What a save came to.
pub(super) struct Saved<T> {
    pub(super) value: T,
    pub(super) token: Token,
    by_words: bool,
    /// A fresh draft had to be begun.
    pub(super) fresh: bool,
}

impl<T> Saved<T> {
    /// Leads on, with the cookie under which it was saved.
    pub(super) fn lead(&self, app: &App, address: String) -> Result<Reply> {
        let reply = Reply::of(see(address));
        if self.by_words { reply.with_deadline(app, &self.token) } else { Ok(reply.with(app, &self.token)) }
    }
}

/// Saves a change to what is open. Where it cannot be saved, what was typed is held in memory and the reply leads to it.
pub(super) async fn save<T: Send + 'static>(
    app: &Data<App>,
    browser: &Browser,
    typed: &Pairs,
    change: impl FnOnce(&mut Draft, &Codebook) -> T + Send + 'static,
) -> Result<Result<Saved<T>, Reply>> {
    let token = browser.token_or_new(app);
    if let Err(error) = browser.check(app, Limited::Save) {
        return held(app, &token, typed, error).map(Err);
    }
    let (state, cookie) = (app.clone(), token.clone());
    let saved = app
        .write_unrecorded(move |tx| {
            if !staff::intake_is_open(tx)? {
                return Err(CoreError::Refused("intake-closed"));
            }
            draft::change(tx, &cookie, &state.intake(), |draft| {
                let value = change(draft, &state.codebook);
                (value, draft.is_opened_by_words())
            })
        })
        .await;
    match saved {
        Ok(changed) => {
            let (value, by_words) = changed.value;
            Ok(Ok(Saved { value, token, by_words, fresh: changed.fresh }))
        }
        Err(Error::Refused(_)) => Ok(Err(Reply::of(see(url::share())))),
        Err(Error::Conflict(_)) => Ok(Err(Reply::of(see(url::share_words())))),
        Err(error) => held(app, &token, typed, error).map(Err),
    }
}

/// Holds in memory what could not be saved, and leads to where it is shown back.
pub(super) fn held(app: &App, token: &Token, typed: &Pairs, error: Error) -> Result<Reply> {
    if matches!(error, Error::Unavailable(_) | Error::Unexpected(_)) {
        app.faults.count(app.clock.now());
    }
    let typed: Vec<(String, String)> = typed.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    app.held.hold(token, &typed, app.clock.now(), &*app.random)?;
    Ok(Reply::of(see(url::share_held(error.kind()))).with(app, token))
}

/// The problems that concern some inputs, in words.
pub(super) fn wrong(problems: &Problems, language: Language, here: impl Fn(&str) -> bool) -> Vec<Wrong> {
    fault::told(problems, language).into_iter().filter(|wrong| here(&wrong.input)).collect()
}

/// What the view of a case is made with.
pub(super) fn tables<'a>(app: &'a App, visit: &Visit) -> Tables<'a> {
    Tables {
        codebook: &app.codebook,
        gazetteer: &app.gazetteer,
        jurisdictions: &app.jurisdictions,
        lang: visit.language.code(),
    }
}
