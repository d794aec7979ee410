//! The one list of failures at the web's edge, and the one place where they become pages.
//!
//! A handler returns an [`Error`]; the middleware [`pages`] turns it, and every refusal of the framework itself, into a page with a way
//! back, or for programs into a problem (`problem.rs`). An unexpected failure is logged there, once, under the reference number that the page shows. On contributors' routes nothing
//! but a count is kept, and a failed POST is answered by 303, so that the browser keeps no copy of what was typed (protection.md
//! section 2).

mod kind;

use actix_web::{
    HttpMessage, HttpRequest, HttpResponse, ResponseError,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{Method, StatusCode, header},
    middleware::Next,
    web::Data,
};
use casebook_core::{Error as CoreError, ids::CaseId};

pub use self::kind::Kind;
use super::{
    App, Area, Frame, Message, Page, Pairs, Sample, Visit,
    page::{Moved, SeeOther, sample_visit},
    problem::{self, Parameter},
};
use crate::url;

/// What a handler returns.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a visitor does not get what they asked for.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The request cannot be read; the message says what is allowed.
    #[error("bad request")]
    BadRequest(Message),
    /// A part of the address cannot be used, and a program is told which.
    #[error("bad parameter")]
    Parameter(Box<Parameter>),
    /// Parts of the address cannot be used; the page leads on to the address without them.
    #[error("unreadable parts")]
    Parts {
        /// What is wrong with the first of them.
        words: Message,
        /// The names and values, as they stand in the address.
        parts: Vec<(String, String)>,
    },
    /// The form did not come from one of our pages.
    #[error("forged form")]
    Forged,
    /// The visitor must sign in first, and is led back afterwards.
    #[error("sign-in needed")]
    SignIn,
    /// The person may not do this.
    #[error("forbidden")]
    Forbidden,
    /// There is nothing here.
    #[error("not found")]
    NotFound,
    /// The method does not fit the address.
    #[error("method not allowed")]
    MethodNotAllowed,
    /// Somebody else was first.
    #[error("conflict")]
    Conflict(Message),
    /// It was public once; the reason is a code of the codebook's `visibility_reason`.
    #[error("gone")]
    Gone {
        /// Code of the reason.
        reason: String,
    },
    /// It could be fetched once; the message says what can be fetched instead.
    #[error("withdrawn")]
    Withdrawn(Message),
    /// It stands elsewhere now, for good.
    #[error("moved")]
    Moved {
        /// The case that it is part of.
        to: CaseId,
    },
    /// The same thing has a newer address.
    #[error("has a newer address")]
    Renamed {
        /// The address.
        address: String,
    },
    /// More was sent than is taken.
    #[error("too large")]
    TooLarge,
    /// A rule of the domain says no.
    #[error("refused")]
    Refused(Message),
    /// Too often; the message says when to come back.
    #[error("too many requests")]
    TooMany(Message),
    /// A part that Casebook rests on does not answer.
    #[error("unavailable: {0}")]
    Unavailable(String),
    /// A defect or a broken part.
    #[error("{0}")]
    Unexpected(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl Error {
    /// Wraps anything that should not happen.
    pub fn unexpected(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Unexpected(error.into())
    }

    /// The short name of the kind: part of message keys, and of the address that a contributor is led to.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self {
            Self::BadRequest(_) | Self::Parameter(_) | Self::Parts { .. } => Kind::BadRequest,
            Self::Forged => Kind::Forged,
            Self::SignIn | Self::Forbidden => Kind::Forbidden,
            // What moved is led on to and has no page of its own.
            Self::NotFound | Self::Moved { .. } | Self::Renamed { .. } => Kind::NotFound,
            Self::MethodNotAllowed => Kind::MethodNotAllowed,
            Self::Conflict(_) => Kind::Conflict,
            Self::Gone { .. } | Self::Withdrawn(_) => Kind::Gone,
            Self::TooLarge => Kind::TooLarge,
            Self::Refused(_) => Kind::Refused,
            Self::TooMany(_) => Kind::TooMany,
            Self::Unavailable(_) => Kind::Unavailable,
            Self::Unexpected(_) => Kind::Unexpected,
        }
    }

    /// What the page says beside the general words for the kind.
    pub(super) fn detail(&self, app: &App) -> Option<Message> {
        match self {
            Self::BadRequest(message) | Self::Conflict(message) | Self::Refused(message) | Self::TooMany(message) => {
                Some(message.clone())
            }
            Self::Withdrawn(message) | Self::Parts { words: message, .. } => Some(message.clone()),
            Self::Parameter(parameter) => Some(parameter.words.clone()),
            Self::Gone { reason } => Some(Message::new("error-gone-reason").with("reason", app.reason(reason))),
            _ => None,
        }
    }
}

impl From<CoreError> for Error {
    fn from(error: CoreError) -> Self {
        match error {
            CoreError::NotFound => Self::NotFound,
            CoreError::Gone { reason } => Self::Gone { reason },
            CoreError::Moved { to } => to.parse().map_or_else(Self::unexpected, |to| Self::Moved { to }),
            CoreError::Conflict(key) => Self::Conflict(key.into()),
            CoreError::Refused(key) => Self::Refused(key.into()),
            CoreError::Forbidden => Self::Forbidden,
            CoreError::Unavailable(what) => Self::Unavailable(what),
            other => Self::unexpected(other),
        }
    }
}

impl ResponseError for Error {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::Moved { .. } | Self::Renamed { .. } => StatusCode::MOVED_PERMANENTLY,
            _ => self.kind().status(),
        }
    }

    fn error_response(&self) -> HttpResponse {
        match self {
            Self::Moved { to } => Moved(url::case(to)).into(),
            Self::Renamed { address } => Moved(address.clone()).into(),
            _ => HttpResponse::new(self.status_code()),
        }
    }
}

/// The way on from an address of which a part cannot be read.
#[derive(Debug)]
pub struct Onward {
    /// The names of what is left out.
    pub without: String,
    /// The address of the rest.
    pub address: String,
}

impl Onward {
    /// The way on, where something can be left out.
    fn of(error: Option<&Error>, request: &HttpRequest) -> Option<Self> {
        let Some(Error::Parts { parts, .. }) = error else { return None };
        let is_out =
            |name: &str, value: &str| parts.iter().any(|(n, v)| (n.as_str(), v.as_str()) == (name, value.trim()));
        let asked = Pairs::parse(request.query_string().as_bytes());
        let (out, kept): (Vec<_>, Vec<_>) = asked.iter().partition(|(name, value)| is_out(name, value));
        let mut names: Vec<&str> = out.into_iter().map(|(name, _)| name).collect();
        names.sort_unstable();
        names.dedup();
        let address = url::with_query(request.path(), &kept);
        (!names.is_empty()).then(|| Self { without: names.join(", "), address })
    }
}

/// A page that says what happened, what was kept and what to do.
#[derive(Debug, askama::Template)]
#[template(path = "error.html")]
pub struct ErrorPage {
    /// The frame.
    pub frame: Frame,
    /// The status in figures.
    pub status: u16,
    /// What happened, in general words.
    pub words: String,
    /// What is special about this one.
    pub detail: Option<String>,
    /// Under which number an unexpected failure stands in the log.
    pub reference: Option<String>,
    /// The same address without what could not be read of it, and what that is.
    pub onward: Option<Onward>,
    /// Where to go from here.
    pub back: String,
}

impl ErrorPage {
    /// The page for `kind`.
    #[must_use]
    pub fn new(visit: &Visit, kind: Kind, detail: Option<Message>, reference: Option<String>) -> Self {
        let language = visit.language;
        Self {
            frame: visit.frame(kind.title()),
            status: kind.status().as_u16(),
            words: kind.words().text(language),
            detail: detail.map(|detail| detail.text(language)),
            reference,
            onward: None,
            back: url::start_of(visit.area),
        }
    }
}

/// `GET /share/problem` - tells a contributor what went wrong with what they sent. Nothing of it stands in the address or the page.
pub async fn problem(visit: Visit, query: Pairs) -> Page<ErrorPage> {
    let kind = Kind::named(query.first("what")).unwrap_or(Kind::Unexpected);
    Page::new(ErrorPage::new(&visit, kind, None, None))
}

impl Sample for ErrorPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let visit = sample_visit("/nowhere");
        let plain = Kind::ALL.into_iter().map(|kind| (kind.name(), Self::new(&visit, kind, None, None)));
        let hostile = Message::new("error-gone-reason").with("reason", "<script>alert(1)</script>");
        let full = Self::new(&visit, Kind::Unexpected, Some(hostile), Some("0123abcd".to_owned()));
        let onward = Some(Onward {
            without: "f.<script>alert(1)</script>".to_owned(),
            address: url::with_query("/nowhere", &[("q", "\"><script>alert(1)</script>")]),
        });
        let onward = Self { onward, ..Self::new(&visit, Kind::BadRequest, None, None) };
        plain.chain([("full and hostile", full), ("leads on", onward)]).collect()
    }
}

/// Middleware: turns failures into pages.
///
/// # Errors
/// None: the inner service's error becomes an answer.
pub async fn pages(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let answer = next.call(request).await?.map_into_boxed_body();
    let status = answer.status();
    let ours = answer.response().error().and_then(|error| error.as_error::<Error>());
    let bare = !answer.headers().contains_key(header::CONTENT_TYPE) || answer.response().error().is_some();
    if !(status.is_client_error() || status.is_server_error()) || !bare {
        return Ok(answer);
    }
    let Some(app) = answer.request().app_data::<Data<App>>().cloned() else { return Ok(answer) };
    let page = tell(&app, answer.request(), ours, status);
    let mut page = page.respond(answer.request());
    if let Some(allow) = answer.headers().get(header::ALLOW) {
        page.headers_mut().insert(header::ALLOW, allow.clone());
    }
    Ok(answer.into_response(page))
}

enum Told {
    Page(Box<Page<ErrorPage>>),
    Problem(HttpResponse),
    Elsewhere(SeeOther),
}

impl Told {
    fn respond(self, request: &HttpRequest) -> HttpResponse {
        use actix_web::Responder;
        match self {
            Self::Page(page) => page.respond_to(request),
            Self::Problem(problem) => problem,
            Self::Elsewhere(address) => address.respond_to(request),
        }
    }
}

fn tell(app: &App, request: &HttpRequest, ours: Option<&Error>, status: StatusCode) -> Told {
    let signed_in = request.extensions().get::<Visit>().cloned();
    let visit = signed_in.unwrap_or_else(|| Visit::of(app, request));
    let kind = ours.map_or_else(|| Kind::of(status), Error::kind);
    let reference = matches!(kind, Kind::Unexpected | Kind::Unavailable).then(|| note(app, visit.area, ours)).flatten();
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    if matches!(ours, Some(Error::SignIn)) {
        return Told::Elsewhere(SeeOther(url::sign_in_and_return(reads.then_some(visit.address.as_str()))));
    }
    if visit.area == Area::Contributor && !reads {
        return Told::Elsewhere(SeeOther(url::share_problem(kind)));
    }
    if visit.area == Area::Api {
        return Told::Problem(problem::answer(app, kind, ours, reference));
    }
    let detail = ours.and_then(|error| error.detail(app));
    let onward = Onward::of(ours.filter(|_| reads), request);
    let page = ErrorPage { onward, ..ErrorPage::new(&visit, kind, detail, reference) };
    Told::Page(Box::new(Page::new(page).with_status(kind.status())))
}

/// Logs an unexpected failure under a reference number; of a contributor's request only the hour's count rises.
fn note(app: &App, area: Area, error: Option<&Error>) -> Option<String> {
    if area == Area::Contributor {
        app.faults.count(app.clock.now());
        return None;
    }
    let reference = data_encoding::HEXLOWER.encode(&app.random.bytes::<4>());
    let words = error.map_or_else(|| "no cause given".to_owned(), ToString::to_string);
    app.faults.log(&reference, &words);
    Some(reference)
}
