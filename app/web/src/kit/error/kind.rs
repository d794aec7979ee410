//! The kinds of failure, with their statuses and names.

use actix_web::http::StatusCode;

use crate::kit::Message;

/// The kinds of failure that have a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// 400
    BadRequest,
    /// 403, for a form that is not ours
    Forged,
    /// 403
    Forbidden,
    /// 404
    NotFound,
    /// 405
    MethodNotAllowed,
    /// 409
    Conflict,
    /// 410
    Gone,
    /// 413
    TooLarge,
    /// 422
    Refused,
    /// 429
    TooMany,
    /// 500
    Unexpected,
    /// 503
    Unavailable,
}

impl Kind {
    pub(super) const ALL: [Self; 12] = [
        Self::BadRequest,
        Self::Forged,
        Self::Forbidden,
        Self::NotFound,
        Self::MethodNotAllowed,
        Self::Conflict,
        Self::Gone,
        Self::TooLarge,
        Self::Refused,
        Self::TooMany,
        Self::Unexpected,
        Self::Unavailable,
    ];

    /// The status of the answer.
    #[must_use]
    pub fn status(self) -> StatusCode {
        match self {
            Self::BadRequest => StatusCode::BAD_REQUEST,
            Self::Forged | Self::Forbidden => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::Conflict => StatusCode::CONFLICT,
            Self::Gone => StatusCode::GONE,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Refused => StatusCode::UNPROCESSABLE_ENTITY,
            Self::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Self::Unexpected => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// The name in an address and in a count, such as `too-large`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::BadRequest => "bad-request",
            Self::Forged => "forged",
            Self::Forbidden => "forbidden",
            Self::NotFound => "not-found",
            Self::MethodNotAllowed => "method-not-allowed",
            Self::Conflict => "conflict",
            Self::Gone => "gone",
            Self::TooLarge => "too-large",
            Self::Refused => "refused",
            Self::TooMany => "too-many",
            Self::Unexpected => "unexpected",
            Self::Unavailable => "unavailable",
        }
    }

    /// The kind of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The kind that an answer without an error of ours has: the framework's own refusals.
    pub(super) fn of(status: StatusCode) -> Self {
        match status {
            StatusCode::NOT_FOUND => Self::NotFound,
            StatusCode::METHOD_NOT_ALLOWED => Self::MethodNotAllowed,
            StatusCode::PAYLOAD_TOO_LARGE => Self::TooLarge,
            status if status.is_client_error() => Self::BadRequest,
            _ => Self::Unexpected,
        }
    }

    pub(super) fn title(self) -> Message {
        Message::new(format!("error-{}-title", self.name()))
    }

    pub(super) fn words(self) -> Message {
        Message::new(format!("error-{}", self.name()))
    }
}
