//! Releases: dated, numbered snapshots of everything public, for whoever must cite the same data for years (row R15).
//!
//! The files of a release lie in a folder of its own, complete or not at all, and are never changed. What is to be known of it lies in the
//! database. A release is immutable but never leaks: once something of it is not public any more it is recalled, which follows from the cases
//! themselves, and its files are served no longer, until the next edition holds the same cases without it.

mod acts;
mod changelog;
mod coverage;
mod make;
mod plan;
mod read;
mod shelf;
mod signature;
mod store;
#[cfg(test)]
mod tests;
mod verify;
mod version;

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

pub use self::{
    acts::{moments, note_recalls},
    coverage::Coverage,
    make::{Made, Next, Press, Step, Wish, make, package_name, rebuild},
    read::{all, changes, find, newest, waiting},
    shelf::leftovers,
    signature::ReleaseKey,
    verify::{Fault, Looked, Signed, verify, verify_folder},
    version::{MalformedVersion, Version},
};
use crate::{cases::citation::release_title, clock::Day, ids::CaseId};

/// The name of the list of checksums, which is what is signed.
pub const SUMS: &str = "SHA256SUMS";
/// The name of the signature of that list.
pub const SIGNATURE: &str = "SHA256SUMS.minisig";

/// A release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    /// Which.
    pub version: Version,
    /// The day on which it was made.
    pub day: Day,
    /// How many cases it holds.
    pub cases: u64,
    /// The version of the documents' form.
    pub schema: u32,
    /// The version of the vocabulary.
    pub vocabulary: String,
    /// The change of what is public up to which it goes.
    pub generation: i64,
    /// The release that its changes are told against; none for the first.
    pub base: Option<Version>,
    /// How many changes there were when it was made.
    pub counts: Counts,
    /// What whoever made it has to say; none of what cannot be fetched, since a note may name what is not public any more.
    pub note: Option<String>,
    /// The key by which its signature is checked, as minisign takes it after `-P`.
    pub public_key: String,
    /// Its files, in the order in which they are listed.
    pub files: Vec<ReleaseFile>,
    /// Findings of the disclosure check that were waived, with their reasons.
    pub waived: Vec<Waived>,
    /// The years and countries of its cases.
    pub coverage: Coverage,
    /// Whether it can be fetched.
    pub state: State,
}

impl Release {
    /// What it is called, wherever it is named.
    #[must_use]
    pub fn title(&self) -> String {
        release_title(&self.version.to_string())
    }

    /// The file of this name, if it has one.
    #[must_use]
    pub fn file(&self, name: &str) -> Option<&ReleaseFile> {
        self.files.iter().find(|file| file.name == name)
    }

    /// Where a file of it lies, below the folder of releases.
    #[must_use]
    pub fn path(&self, folder: &Path, file: &ReleaseFile) -> PathBuf {
        folder.join(self.version.to_string()).join(&file.name)
    }

    /// Whether its files may be handed out.
    #[must_use]
    pub fn may_be_fetched(&self) -> bool {
        self.state == State::Current
    }
}

/// A file of a release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReleaseFile {
    /// Its name, which is no path.
    pub name: String,
    /// How many bytes it has.
    pub bytes: u64,
    /// Its SHA-256 in hexadecimal.
    pub sha256: String,
}

/// A finding of the disclosure check that did not stop a release, without the words that were found. For whoever runs the site: the reason is
/// not written for readers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waived {
    /// The code of the finding.
    pub code: String,
    /// The case, if it concerns one; none where the same words were let pass in all.
    pub case: Option<String>,
    /// Why it was let pass.
    pub reason: String,
}

/// How many cases changed against the release before.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Those that it did not hold.
    pub added: u64,
    /// Those that it held otherwise.
    pub changed: u64,
    /// Those that are gone.
    pub withdrawn: u64,
}

/// Whether a release can be fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It can.
    Current,
    /// Something of it is not public any more, and no later edition is built yet. Its files are not handed out.
    Recalled {
        /// How many of its cases are affected.
        cases: u64,
    },
    /// A later edition of the same snapshot took its place. Its files are gone.
    Replaced {
        /// The newest edition.
        by: Version,
    },
}

/// What changed against the release before, as far as it may be told today: cases that are in no list any more are counted but not named
/// among those that were added or changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Cases that are new.
    pub added: Vec<Change>,
    /// Cases of which something else is told than before.
    pub changed: Vec<Change>,
    /// Cases that are gone, without a word of theirs.
    pub withdrawn: Vec<Withdrawn>,
    /// How many of the new and changed ones are not named, since they are in no list any more.
    pub unnamed: u64,
}

/// A case that is new or changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The case.
    pub case: CaseId,
    /// Its title, as readers see it today.
    pub title: String,
    /// The revision that the release holds.
    pub revision: u32,
    /// The revision that the release before held, where it held one. It is the same where only words were taken out.
    pub before: Option<u32>,
}

/// A case that the release before held and this one does not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withdrawn {
    /// The case.
    pub case: CaseId,
    /// The revision that was released last.
    pub revision: u32,
    /// What became of it, as far as is known today.
    pub end: End,
}

/// What became of a case that was withdrawn. No word of it is told: often its words are the reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    /// It is gone, for a reason (a code of `visibility_reason`).
    Hidden(String),
    /// It stands in no list, for a reason.
    Unlisted(String),
    /// It was merged into another one, which is told where that stands in the lists.
    Merged(Option<CaseId>),
    /// It stands in the lists again.
    Shown,
}
