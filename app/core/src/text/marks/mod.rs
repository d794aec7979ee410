//! Marks in a text what could lead to a person: addresses, numbers, exact figures, names.
//!
//! A mark is a hint for the contributor and the moderator, who decide; nothing is removed by it. It rather marks too much than too little.
//! Each search is linear in the length of the text.

mod filed;
mod names;
mod patterns;
mod weight;

use std::collections::BTreeMap;

use serde::Serialize;

pub use names::Names;
pub use weight::Leads;

/// What a marked stretch of text looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MarkKind {
    /// A web address that names a person: user information, a profile, an account; the name of a user behind an `@`.
    UserUrl,
    /// An e-mail address, also one spelled with `(at)`.
    Email,
    /// The path of a file, which often holds the name of a user or a machine.
    Path,
    /// An account number with a valid checksum (ISO 13616).
    Iban,
    /// A date to the day or to the month.
    Date,
    /// A sum of money.
    Amount,
    /// A telephone number.
    Phone,
    /// A title, an office or a farewell and the name that follows it; initials and a surname.
    Person,
    /// One of the bodies that were handed in.
    Body,
    /// One of the places that were handed in.
    Place,
    /// What is called like a city of the gazetteer that was handed in.
    City,
    /// A word that mixes alphabets: a letter may stand for one that looks like it.
    MixedScript,
}

impl MarkKind {
    /// All kinds. Where two marks overlap, the kind that stands first wins, but for names of users behind an `@`, which give way to all.
    pub const ALL: [Self; 12] = [
        Self::UserUrl,
        Self::Email,
        Self::Path,
        Self::Iban,
        Self::Date,
        Self::Amount,
        Self::Phone,
        Self::Person,
        Self::Body,
        Self::Place,
        Self::City,
        Self::MixedScript,
    ];

    /// The kind as a machine word, for message keys, classes and reports.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::UserUrl => "user_url",
            Self::Path => "path",
            Self::Iban => "iban",
            Self::Date => "date",
            Self::Amount => "amount",
            Self::Phone => "phone",
            Self::Person => "person",
            Self::Body => "body",
            Self::Place => "place",
            Self::City => "city",
            Self::MixedScript => "mixed_script",
        }
    }
}

/// A stretch of a text, in bytes, and what it looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Mark {
    /// Where it begins.
    pub start: usize,
    /// Where it ends: the first byte after it.
    pub end: usize,
    /// What it looks like.
    pub kind: MarkKind,
}

impl Mark {
    /// The words that are marked; empty if `text` is another text than the one that was marked.
    #[must_use]
    pub fn words<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.start..self.end).unwrap_or_default()
    }
}

/// Finds everything in a text that could lead to a person, in order and without overlaps. The text should have been cleaned.
#[must_use]
pub fn marks(text: &str, names: &Names) -> Vec<Mark> {
    let mut found = patterns::find(text);
    found.extend(names.find(text));
    found.extend(names.find_cities(text));
    found.extend(names::mixed_scripts(text));
    found.sort_by_key(|mark| (mark.kind, mark.start));
    found.extend(patterns::handles(text));
    let mut kept: BTreeMap<usize, Mark> = BTreeMap::new();
    for mark in found {
        let before = kept.range(..mark.end).next_back().is_none_or(|(_, other)| other.end <= mark.start);
        if before {
            kept.insert(mark.start, mark);
        }
    }
    kept.into_values().collect()
}

/// Finds what is called like a city, whatever else it looks like; in order and without overlaps.
#[must_use]
pub fn cities(text: &str, names: &Names) -> Vec<Mark> {
    names.find_cities(text)
}

/// A stretch of a text for a template: marked or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Segment<'t> {
    /// The words.
    pub text: &'t str,
    /// What they look like, where they are marked.
    pub kind: Option<MarkKind>,
}

/// Cuts a text at its marks, which must be in order, as [`marks()`] returns them. Put together again, the segments are the text.
#[must_use]
pub fn highlight<'t>(text: &'t str, marks: &[Mark]) -> Vec<Segment<'t>> {
    let mut segments = Vec::with_capacity(marks.len() * 2 + 1);
    let mut done = 0;
    for mark in marks {
        let (Some(between), Some(marked)) = (text.get(done..mark.start), text.get(mark.start..mark.end)) else {
            continue;
        };
        if !between.is_empty() {
            segments.push(Segment { text: between, kind: None });
        }
        segments.push(Segment { text: marked, kind: Some(mark.kind) });
        done = mark.end;
    }
    if let Some(rest) = text.get(done..).filter(|rest| !rest.is_empty()) {
        segments.push(Segment { text: rest, kind: None });
    }
    segments
}

#[cfg(test)]
mod tests;
