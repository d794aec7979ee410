//! What changed from one version of the vocabulary to the next, derived from `since`, `retired` and `replaced_by`.

use std::collections::BTreeMap;

use super::{Codebook, Field, FieldCode, Version};

/// What came and what went in one version.
#[derive(Debug)]
pub struct Changes<'a> {
    /// The version.
    pub version: Version,
    /// The fields and codes, in the order of the file.
    pub changes: Vec<Change<'a>>,
}

/// A field, or a code of it, that came or went.
#[derive(Debug)]
pub struct Change<'a> {
    /// The field.
    pub field: &'a Field,
    /// The code; none where it is the whole field.
    pub code: Option<&'a FieldCode>,
    /// What happened.
    pub what: What,
}

impl Change<'_> {
    /// Whether it is retired by this.
    #[must_use]
    pub fn is_end(&self) -> bool {
        self.what != What::Added
    }
}

/// What happened to a field or a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// It is new.
    Added,
    /// One other took its place: it has a new name, or was merged.
    Replaced,
    /// Several others took its place.
    Split,
    /// Nothing took its place.
    GivenUp,
}

impl What {
    /// What became of something that was retired, by the number of its successors.
    #[must_use]
    pub fn of(successors: usize) -> Self {
        match successors {
            0 => Self::GivenUp,
            1 => Self::Replaced,
            _ => Self::Split,
        }
    }

    /// The machine word.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Replaced => "replaced",
            Self::Split => "split",
            Self::GivenUp => "given_up",
        }
    }
}

impl Codebook {
    /// What changed in each version, the newest first. All that the first one has was new in it, so nothing is listed there as added.
    #[must_use]
    pub fn history(&self) -> Vec<Changes<'_>> {
        let mut versions: BTreeMap<Version, Vec<Change<'_>>> = BTreeMap::from([(self.version, Vec::new())]);
        for (version, change) in self.fields.iter().flat_map(changes_of) {
            versions.entry(version).or_default().push(change);
        }
        if let Some(mut first) = versions.first_entry() {
            first.get_mut().retain(|change| change.what != What::Added);
        }
        versions.into_iter().rev().map(|(version, changes)| Changes { version, changes }).collect()
    }
}

fn changes_of(field: &Field) -> Vec<(Version, Change<'_>)> {
    let whole = |version: Version, what: What| (version, Change { field, code: None, what });
    let mut found = vec![whole(field.since, What::Added)];
    found.extend(field.retired.map(|version| whole(version, What::of(field.replaced_by.len()))));
    for code in &field.codes {
        let one = |version: Version, what: What| (version, Change { field, code: Some(code), what });
        // the codes of a new field came with it
        found.extend((code.since > field.since).then(|| one(code.since, What::Added)));
        found.extend(code.retired.map(|version| one(version, What::of(code.replaced_by.len()))));
    }
    found
}
