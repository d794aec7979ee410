//! The checks of a document, each fault with its path and the reason.

use std::{collections::HashSet, fmt};

use super::{Document, SCHEMA};

/// A document that was checked: the only kind that can be stored.
#[derive(Debug, Clone, PartialEq)]
pub struct Checked(Document);

impl Checked {
    /// The document.
    #[must_use]
    pub fn document(&self) -> &Document {
        &self.0
    }

    /// The document, to make the next revision of.
    #[must_use]
    pub fn into_document(self) -> Document {
        self.0
    }
}

/// What is wrong with a document, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where, such as `statements.t3.value`.
    pub path: String,
    /// What is wrong, in words.
    pub reason: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.reason)
    }
}

impl Document {
    /// Checks it.
    ///
    /// # Errors
    /// Every fault at once.
    pub fn checked(self) -> Result<Checked, Vec<Fault>> {
        let mut faults = Vec::new();
        if self.schema != SCHEMA {
            faults.push(Fault { path: "schema".into(), reason: format!("this program reads schema {SCHEMA}") });
        }
        let mut seen = HashSet::new();
        for id in self.statements.iter().map(|s| &s.id) {
            if !seen.insert(id) {
                faults.push(Fault { path: format!("statements.{id}"), reason: "the id stands twice".into() });
            }
        }
        if faults.is_empty() { Ok(Checked(self)) } else { Err(faults) }
    }
}
