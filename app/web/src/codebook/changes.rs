//! What changed from one version of the vocabulary to the next, in words.

use casebook_core::codebook::{Change, Changes};

use super::{CodebookPage, Mention};

/// A version with what came and went in it.
pub(super) struct VersionLines {
    /// The version.
    pub(super) version: String,
    /// Its changes.
    pub(super) lines: Vec<Line>,
}

/// A change.
pub(super) struct Line {
    /// What happened.
    pub(super) what: String,
    /// The field that a code belongs to; empty where the whole field is meant.
    pub(super) field: String,
    /// What it happened to.
    pub(super) subject: Mention,
    /// What took its place.
    pub(super) now: Vec<Mention>,
}

impl CodebookPage {
    /// The versions, the newest first.
    pub(super) fn versions(&self) -> Vec<VersionLines> {
        let history = self.codebook.history();
        let of = |changes: &Changes<'_>| VersionLines {
            version: changes.version.to_string(),
            lines: changes.changes.iter().map(|change| self.line(change)).collect(),
        };
        history.iter().map(of).collect()
    }

    fn line(&self, change: &Change<'_>) -> Line {
        let field = change.field;
        let now = match change.code {
            Some(code) => self.successors(field, code),
            None => self.field_successors(field),
        };
        Line {
            what: self.frame.t(format!("codebook-change-{}", change.what.code().replace('_', "-"))),
            field: change.code.map_or_else(String::new, |_| field.label(self.frame.language.code()).to_owned()),
            subject: self.mention(field, change.code),
            now: if change.is_end() { now } else { Vec::new() },
        }
    }
}
