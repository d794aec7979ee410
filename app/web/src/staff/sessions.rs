//! `/staff/sessions` - where one is signed in, and how to end that.

use actix_web::web::Data;
use askama::Template;
use casebook_core::{
    secret::LookupHash,
    staff::{self, OwnSession},
};

use crate::{
    kit::{App, Frame, FromPairs, Page, Pairs, PostForm, Result, Sample, SeeOther, SignedIn, page::sample_visit},
    url,
};

/// One's own sessions.
#[derive(Debug, Template)]
#[template(path = "staff/sessions.html")]
pub struct SessionsPage {
    /// The frame.
    pub frame: Frame,
    /// The sessions, the latest used first.
    pub sessions: Vec<Row>,
}

/// A session in the list.
#[derive(Debug)]
pub struct Row {
    /// What it is known by.
    pub lookup: String,
    /// When it began, in UTC.
    pub started: String,
    /// When it was last used, in UTC.
    pub seen: String,
    /// Whether it is this one.
    pub is_this: bool,
}

impl From<OwnSession> for Row {
    fn from(session: OwnSession) -> Self {
        let words = "%Y-%m-%d %H:%M";
        Self {
            lookup: session.lookup.as_str().to_owned(),
            started: session.started.format(words).to_string(),
            seen: session.seen.format(words).to_string(),
            is_this: session.is_this,
        }
    }
}

/// `GET /staff/sessions` - one's own sessions.
///
/// # Errors
/// Those of the database.
pub async fn sessions(app: Data<App>, by: SignedIn) -> Result<Page<SessionsPage>> {
    let (session, times) = (by.session.clone(), app.entrance.times);
    let sessions = app.read(move |reading| staff::own_sessions(reading, &session, &times)).await?;
    let sessions = sessions.into_iter().map(Row::from).collect();
    Ok(Page::new(SessionsPage { sessions, frame: by.visit.frame("staff-sessions-title") }))
}

/// Which session to end.
#[derive(Debug)]
pub struct EndForm {
    lookup: String,
}

impl FromPairs for EndForm {
    fn from_pairs(pairs: &Pairs) -> Self {
        Self { lookup: pairs.first("session").to_owned() }
    }
}

/// `POST /staff/sessions/end` - ends one of them.
///
/// # Errors
/// [`crate::kit::Error::NotFound`] if one has no such session.
pub async fn end(app: Data<App>, by: SignedIn, form: PostForm<EndForm>) -> Result<SeeOther> {
    let (session, lookup) = (by.session.clone(), LookupHash::from_column(form.into_inner().lookup));
    app.write(session.actor(), move |tx| staff::end_session(tx, &session, &lookup)).await?;
    app.flash.say(by.session.lookup(), "staff-session-ended");
    Ok(SeeOther(url::sessions()))
}

impl Sample for SessionsPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let row = |is_this| Row {
            lookup: "0f".repeat(32),
            started: "2026-11-23 12:00".to_owned(),
            seen: "2026-11-23 12:30".to_owned(),
            is_this,
        };
        let frame = sample_visit("/staff/sessions").frame("staff-sessions-title");
        vec![("two", Self { frame, sessions: vec![row(true), row(false)] })]
    }
}
