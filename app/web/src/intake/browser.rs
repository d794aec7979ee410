//! The contributor's browser: the one random cookie, and until when what was opened by words may be read.

use std::future::{Ready, ready};

use actix_web::{
    FromRequest, HttpRequest, HttpResponse, Responder,
    body::BoxBody,
    cookie::Cookie,
    dev::Payload,
    http::header::{HeaderName, HeaderValue},
    web::Data,
};
use casebook_core::{
    clock::Timestamp,
    seal::{Envelope, open, seal},
    secret::Token,
};
use chrono::{DateTime, TimeDelta};
use data_encoding::BASE64URL_NOPAD;

use crate::kit::{App, Error, Result, cookies::Kind, csrf, limits::Limited, origin::Client};

/// For how long what was opened by words can be read without a request.
const IDLE: TimeDelta = TimeDelta::minutes(15);
/// The purpose of the sealed deadline.
const DEADLINE: &str = "idle deadline";

/// Who asks, as far as a contributor's page may know.
#[derive(Debug)]
pub struct Browser {
    /// The cookie's token, if the browser sent one.
    pub token: Option<Token>,
    /// Whether the time for reading what was opened by words is not over.
    pub awake: bool,
    client: Client,
}

impl FromRequest for Browser {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let client = Client::from_request(request, payload).into_inner();
        ready(client.and_then(|client| {
            let app: &Data<App> = App::of(request)?;
            let token = app.cookies.read(request, Kind::Draft);
            let note = app.cookies.read_note(request, Kind::Draft);
            let awake = token.as_ref().zip(note).is_some_and(|(token, note)| is_awake(app, token, &note));
            Ok(Self { token, awake, client })
        }))
    }
}

impl Browser {
    /// The cookie's token, or a new one.
    #[must_use]
    pub fn token_or_new(&self, app: &App) -> Token {
        self.token.clone().unwrap_or_else(|| Token::draw(&*app.random))
    }

    /// Counts one try.
    ///
    /// # Errors
    /// [`Error::TooMany`].
    pub fn check(&self, app: &App, limited: Limited) -> Result<()> {
        app.limits.check(limited, self.client)
    }
}

/// The deadline travels sealed in the cookie, since a time must not lie in the database (protection.md section 1).
fn sealed_deadline(app: &App, token: &Token) -> Result<String> {
    let until = (app.clock.now() + IDLE).and_utc().timestamp().to_be_bytes();
    let to = app.keys.key_pair().public();
    let envelope = seal(to, DEADLINE, token.lookup().as_str(), &until, &*app.random)?;
    Ok(BASE64URL_NOPAD.encode(envelope.as_str().as_bytes()))
}

fn is_awake(app: &App, token: &Token, note: &str) -> bool {
    let until = || -> Option<Timestamp> {
        let text = String::from_utf8(BASE64URL_NOPAD.decode(note.as_bytes()).ok()?).ok()?;
        let envelope: Envelope = text.parse().ok()?;
        let opened = open(app.keys.key_pair(), DEADLINE, token.lookup().as_str(), &envelope).ok()?;
        let seconds = i64::from_be_bytes(opened.as_slice().try_into().ok()?);
        Some(DateTime::from_timestamp(seconds, 0)?.naive_utc())
    };
    until().is_some_and(|until| app.clock.now() < until)
}

/// An answer that also says what the browser is to do with its cookie.
pub struct Reply {
    inner: Box<dyn FnOnce(&HttpRequest) -> HttpResponse>,
    cookie: Option<Cookie<'static>>,
    clears: bool,
}

impl std::fmt::Debug for Reply {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Reply")
    }
}

impl Reply {
    /// An answer that leaves the cookie alone.
    pub fn of<R: Responder<Body = BoxBody> + 'static>(answer: R) -> Self {
        Self { inner: Box::new(move |request| answer.respond_to(request)), cookie: None, clears: false }
    }

    /// Gives the browser its cookie.
    #[must_use]
    pub fn with(mut self, app: &App, token: &Token) -> Self {
        self.cookie = Some(app.cookies.set(Kind::Draft, token));
        self
    }

    /// Gives the browser its cookie with a new deadline for reading.
    ///
    /// # Errors
    /// If the deadline cannot be sealed.
    pub fn with_deadline(mut self, app: &App, token: &Token) -> Result<Self> {
        self.cookie = Some(app.cookies.set_with_note(Kind::Draft, token, &sealed_deadline(app, token)?));
        Ok(self)
    }

    /// Makes the browser forget everything of this site.
    #[must_use]
    pub fn clearing(mut self, app: &App) -> Self {
        self.cookie = Some(app.cookies.clear(Kind::Draft));
        self.clears = true;
        self
    }
}

impl Responder for Reply {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        let mut answer = (self.inner)(request);
        if let Some(cookie) = &self.cookie {
            // A cookie of ours is always a valid header.
            let _ = answer.add_cookie(cookie);
        }
        if self.clears {
            let name = HeaderName::from_static("clear-site-data");
            answer.headers_mut().insert(name, HeaderValue::from_static("\"cookies\", \"storage\""));
        }
        answer
    }
}

/// The token for the forms of a page that is shown with this cookie.
#[must_use]
pub fn form_token(token: &Token) -> String {
    csrf::token(token)
}
