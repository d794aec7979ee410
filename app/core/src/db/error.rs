//! What a failure of the database means for the person who asked.

use diesel::result::{DatabaseErrorKind, Error as DieselError};

use crate::Error;

impl From<DieselError> for Error {
    fn from(error: DieselError) -> Self {
        match &error {
            DieselError::DatabaseError(DatabaseErrorKind::UniqueViolation, _) => {
                Self::Conflict("conflict-already-there")
            }
            DieselError::DatabaseError(DatabaseErrorKind::ClosedConnection, facts) => {
                Self::Unavailable(facts.message().to_owned())
            }
            DieselError::DatabaseError(_, facts) if is_outage(facts.message()) => {
                Self::Unavailable(facts.message().to_owned())
            }
            _ => Self::unexpected(error),
        }
    }
}

impl From<r2d2::Error> for Error {
    fn from(error: r2d2::Error) -> Self {
        Self::Unavailable(format!("no connection to the database: {error}"))
    }
}

/// Locked, full, read-only and shut-down databases say so only in words (SQLite result codes 5, 8, 10, 13; PostgreSQL class 53 and 57).
fn is_outage(message: &str) -> bool {
    const WORDS: [&str; 9] = [
        "database is locked",
        "database or disk is full",
        "attempt to write a readonly database",
        "disk I/O error",
        "unable to open database file",
        "terminating connection",
        "server closed the connection",
        "canceling statement due to statement timeout",
        "No space left on device",
    ];
    WORDS.iter().any(|words| message.contains(words))
}
