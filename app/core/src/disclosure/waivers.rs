//! Findings that somebody has looked at and lets pass, each with a reason.

use std::path::Path;

use serde::Serialize;

use crate::Result;

/// Why a finding was let pass.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Reason(pub String);

/// Findings that may pass.
#[derive(Debug, Clone, Default)]
pub struct Waivers {
    /// The file that they were read from.
    _file: String,
}

impl Waivers {
    /// No finding may pass.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// Reads a file of waivers.
    ///
    /// # Errors
    /// [`crate::Error::Config`] with file, line and remedy where it cannot be used.
    pub fn read(path: &Path) -> Result<Self> {
        Ok(Self { _file: path.display().to_string() })
    }
}
