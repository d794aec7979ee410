//! Failures as programs are told them: problem details for HTTP APIs (RFC 9457). What each kind means is said on the page `/api`, to which
//! its `type` leads; the names stay.

use actix_web::{HttpResponse, http::header};
use serde_json::{Map, Value, json};

use super::{App, Error, Language, Message, error::Kind};
use crate::url;

/// The media type (RFC 9457 section 6.1).
pub const MEDIA_TYPE: &str = "application/problem+json";

/// A part of an address that cannot be used.
#[derive(Debug)]
pub struct Parameter {
    /// What is wrong with it.
    pub fault: Fault,
    /// What stands before the equals sign.
    pub name: String,
    /// What stands behind it.
    pub value: String,
    /// What could stand in the place of the name or of the value; may be empty.
    pub allowed: Vec<String>,
    /// The same in a sentence.
    pub words: Message,
}

/// What can be wrong with a part of an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// There is no parameter of this name.
    Unknown,
    /// It stands there more than once and can have one value only.
    Repeated,
    /// The value is none that it takes.
    Value,
    /// It is no cursor of this search.
    Cursor,
}

impl Fault {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Unknown, Self::Repeated, Self::Value, Self::Cursor];

    /// The name of the kind of failure.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Unknown => "unknown-parameter",
            Self::Repeated => "repeated-parameter",
            Self::Value => "invalid-value",
            Self::Cursor => "invalid-cursor",
        }
    }
}

impl From<Parameter> for Error {
    fn from(parameter: Parameter) -> Self {
        Self::Parameter(Box::new(parameter))
    }
}

/// The kinds of failure that a reading program can meet, each with its status: the list on the page `/api`.
#[must_use]
pub fn kinds() -> Vec<(&'static str, u16)> {
    let faults = Fault::ALL.into_iter().map(|fault| (fault.name(), Kind::BadRequest.status().as_u16()));
    let kinds = [
        Kind::BadRequest,
        Kind::NotFound,
        Kind::MethodNotAllowed,
        Kind::Gone,
        Kind::TooLarge,
        Kind::TooMany,
        Kind::Unexpected,
        Kind::Unavailable,
    ];
    faults.chain(kinds.into_iter().map(|kind| (kind.name(), kind.status().as_u16()))).collect()
}

/// The short words for a kind of failure.
#[must_use]
pub fn title(name: &str) -> Message {
    Message::new(format!("api-problem-{name}-title"))
}

/// What a kind of failure means, and what to do.
#[must_use]
pub fn words(name: &str) -> Message {
    Message::new(format!("api-problem-{name}"))
}

/// The answer that tells a program what went wrong.
pub(super) fn answer(app: &App, kind: Kind, error: Option<&Error>, reference: Option<String>) -> HttpResponse {
    // What no reading program can meet is told as what cannot be read.
    let known = kinds().into_iter().any(|(name, _)| name == kind.name());
    let kind = if known { kind } else { Kind::BadRequest };
    let name = match error {
        Some(Error::Parameter(parameter)) => parameter.fault.name(),
        _ => kind.name(),
    };
    let language = Language::default();
    let detail = error.and_then(|error| error.detail(app)).unwrap_or_else(|| words(name));
    let mut problem = Map::new();
    let mut say = |member: &str, value: Value| problem.insert(member.to_owned(), value);
    say("type", json!(format!("{}{}", app.config.public_url(), url::api_problem(name))));
    say("title", json!(title(name).text(language)));
    say("status", json!(kind.status().as_u16()));
    say("detail", json!(detail.text(language)));
    match error {
        Some(Error::Parameter(parameter)) => {
            say("parameter", json!(parameter.name));
            say("value", json!(parameter.value));
            if !parameter.allowed.is_empty() {
                say("allowed", json!(parameter.allowed));
            }
        }
        Some(Error::Gone { reason }) => {
            say("reason", json!(reason));
        }
        _ => {}
    }
    if let Some(reference) = reference {
        say("reference", json!(reference));
    }
    let body = Value::Object(problem).to_string();
    HttpResponse::build(kind.status()).insert_header((header::CONTENT_TYPE, MEDIA_TYPE)).body(body)
}
