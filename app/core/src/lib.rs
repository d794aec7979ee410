//! What Casebook does: cases, protection, review, search. No HTTP and no pages.
//!
//! The order of the modules below is the order in which one may use another: each uses only those before it. First the platform, which
//! knows no feature; then the features; last the one list of jobs. `tests/it/architecture.rs` of the web package keeps it so.

// The platform, first to last.
pub mod error;

pub mod limits;

pub mod clock;

pub mod random;

mod text_type;

pub mod ids;

pub mod secret;

pub mod text;

pub mod config;

pub mod codebook;

pub mod dates;

pub mod currency;

pub mod places;

pub mod seal;

pub mod disclosure;

pub mod db;

pub mod audit;

pub mod jobs;

pub mod search;

pub mod mail;

// The features, first to last.
pub mod staff;

pub mod organisations;

pub mod cases;

pub mod alerts;

pub mod intake;

pub mod moderation;

pub mod releases;

// All of it together.
pub mod instance;

pub mod background;

pub mod backup;

pub mod doctor;

#[cfg(any(test, feature = "testing"))]
pub mod testing;

pub use error::{Error, Result};

/// The version of the program.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
