//! The few ways in which something can fail, named by what it means for the person who asked.

use std::error::Error as StdError;

/// What every use case returns.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a use case did not do what it was asked.
///
/// Each kind becomes one page, in one place (`kit::error_page` of the web package); `Unexpected` is logged there, once.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is nothing under this address or id.
    #[error("not found")]
    NotFound,
    /// It was public once and is hidden; `reason` is a code of the codebook's `visibility_reason`.
    #[error("gone: {reason}")]
    Gone {
        /// Code of the reason that readers are shown.
        reason: String,
    },
    /// What was there stands elsewhere now: the case of this id.
    #[error("moved to {to}")]
    Moved {
        /// The id of the case.
        to: String,
    },
    /// Somebody else was first; the text is a message key that says what happened.
    #[error("conflict: {0}")]
    Conflict(&'static str),
    /// A rule of the domain says no; the text is a message key that says which.
    #[error("refused: {0}")]
    Refused(&'static str),
    /// The person may not do this.
    #[error("forbidden")]
    Forbidden,
    /// A part that Casebook rests on (database, disk) does not answer; trying again may help.
    #[error("unavailable: {0}")]
    Unavailable(String),
    /// A file, setting or command line that cannot be used; the text names file, line and remedy.
    #[error("{0}")]
    Config(String),
    /// A defect or a broken part: logged once, shown as a reference number.
    #[error("unexpected: {0}")]
    Unexpected(#[source] Box<dyn StdError + Send + Sync>),
}

impl Error {
    /// Wraps anything that should not happen.
    pub fn unexpected(error: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self::Unexpected(error.into())
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::unexpected(error)
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        Self::unexpected(error)
    }
}
