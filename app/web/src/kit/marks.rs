//! Texts in which everything is marked that could lead to a person or a place, for contributors and for moderators alike: each mark says in
//! words what it is.

use casebook_core::text::{Mark, MarkKind, Names, Segment, highlight, marks};

use super::{Language, Message};

/// A stretch of text, marked or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The words.
    pub text: String,
    /// What they look like, where they are marked.
    pub kind: Option<String>,
}

/// A text in its language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marked {
    /// The language; empty where nobody said it.
    pub lang: String,
    /// The text.
    pub pieces: Vec<Piece>,
}

impl Marked {
    /// Marks a text.
    #[must_use]
    pub fn new(text: &str, lang: &str, names: &Names, language: Language) -> Self {
        Self::at(text, lang, &marks(text, names), language)
    }

    /// A text with these marks.
    #[must_use]
    pub fn at(text: &str, lang: &str, marks: &[Mark], language: Language) -> Self {
        let piece = |segment: Segment<'_>| Piece {
            text: segment.text.to_owned(),
            kind: segment.kind.map(|kind| kind_words(kind, language)),
        };
        Self { lang: lang.to_owned(), pieces: highlight(text, marks).into_iter().map(piece).collect() }
    }
}

/// What a mark is, in words.
#[must_use]
pub fn kind_words(kind: MarkKind, language: Language) -> String {
    Message::new(format!("mark-{}", hyphened(kind))).text(language)
}

/// How many of a kind there are, in words.
#[must_use]
pub fn count_words(kind: MarkKind, count: usize, language: Language) -> String {
    Message::new(format!("mark-count-{}", hyphened(kind))).with("n", count).text(language)
}

/// What can be done about a kind, in a sentence.
#[must_use]
pub fn remedy(kind: MarkKind, language: Language) -> String {
    Message::new(format!("mark-remedy-{}", hyphened(kind))).text(language)
}

fn hyphened(kind: MarkKind) -> String {
    kind.code().replace('_', "-")
}
