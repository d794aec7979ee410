//! What differs between two texts of a case, put into words: the same block for readers, for moderators and for the contributor.

use askama::{Template, filters::HtmlSafe};
use casebook_core::cases::{
    difference::{Change, Difference, Fate, LineChange, List, Name, What},
    view::Shown,
};

use crate::{
    kit::{Language, messages::text},
    words,
};

/// The block that stands within a page.
#[derive(Debug, Template)]
#[template(path = "difference.html")]
pub struct DifferenceBlock {
    /// Parts by what they are.
    pub groups: Vec<Group>,
    /// The words for what was added and taken out, for those who do not see marks.
    pub spoken: (String, String),
}

/// The parts of one kind.
#[derive(Debug)]
pub struct Group {
    /// What they are.
    pub heading: String,
    /// The parts.
    pub items: Vec<Item>,
}

/// A part that differs.
#[derive(Debug)]
pub struct Item {
    /// The words for what became of it.
    pub fate: String,
    /// What tells it from the others; may be empty.
    pub title: String,
    /// Its fields, as far as they differ.
    pub lines: Vec<Line>,
}

/// A field that differs.
#[derive(Debug)]
pub struct Line {
    /// What it is called.
    pub name: String,
    /// What it said and says.
    pub pieces: Vec<Piece>,
}

/// A stretch of words.
#[derive(Debug, PartialEq, Eq)]
pub enum Piece {
    /// Stands in both.
    Kept(String),
    /// Stands in the later text only.
    Added(String),
    /// Stood in the earlier text only.
    Removed(String),
}

impl HtmlSafe for DifferenceBlock {}

impl DifferenceBlock {
    /// The words for a difference.
    #[must_use]
    pub fn new(difference: Difference, language: Language) -> Self {
        let group = |list: List, changes: Vec<Change>| Group {
            heading: text(language, heading(list)),
            items: changes.into_iter().map(|change| item(change, language)).collect(),
        };
        Self {
            groups: difference.groups.into_iter().map(|found| group(found.list, found.changes)).collect(),
            spoken: (text(language, "case-change-spoken-added"), text(language, "case-change-spoken-removed")),
        }
    }
}

impl DifferenceBlock {
    /// One for the samples of pages, with these words everywhere.
    pub(crate) fn sample(words: &str) -> Self {
        let own = || words.to_owned();
        let pieces = || vec![Piece::Kept(own()), Piece::Removed(own()), Piece::Added(own())];
        let item = || Item { fate: own(), title: own(), lines: vec![Line { name: own(), pieces: pieces() }] };
        Self { groups: vec![Group { heading: own(), items: vec![item(), item()] }], spoken: (own(), own()) }
    }
}

fn heading(list: List) -> &'static str {
    match list {
        List::Head => "case-change-list-head",
        List::Narrative => "case-change-list-narrative",
        List::Place => "case-change-list-place",
        List::Organisations => "case-change-list-organisations",
        List::Agreements => "case-change-list-agreements",
        List::Values => "case-change-list-values",
        List::Concerns => "case-change-list-concerns",
        List::Answers => "case-change-list-answers",
        List::Timeline => "case-change-list-timeline",
        List::Sources => "case-change-list-sources",
        List::Related => "case-change-list-related",
    }
}

fn item(change: Change, language: Language) -> Item {
    let fate = match change.fate {
        Fate::Added => "case-change-added",
        Fate::Removed => "case-change-removed",
        Fate::Changed => "case-change-changed",
    };
    let lines = change.lines.into_iter().map(|line| self::line(line, language)).collect();
    Item { fate: text(language, fate), title: change.title, lines }
}

fn line(line: LineChange, language: Language) -> Line {
    let name = match line.name {
        Name::Words(words) => words,
        Name::Key(key) => text(language, key),
    };
    let words = |said: &Shown| words::shown(said, language);
    let pieces = match &line.change {
        What::Added(now) => apart(now.iter().map(|said| Piece::Added(words(said)))),
        What::Removed(before) => apart(before.iter().map(|said| Piece::Removed(words(said)))),
        What::Replaced(before, now) => {
            let gone = before.iter().filter(|said| !now.contains(said)).map(|said| Piece::Removed(words(said)));
            let there = now.iter().map(|said| match before.contains(said) {
                true => Piece::Kept(words(said)),
                false => Piece::Added(words(said)),
            });
            apart(gone.chain(there))
        }
        What::Text(runs) => runs
            .iter()
            .map(|run| match run.fate {
                Some(Fate::Added) => Piece::Added(run.text.clone()),
                Some(Fate::Removed) => Piece::Removed(run.text.clone()),
                Some(Fate::Changed) | None => Piece::Kept(run.text.clone()),
            })
            .collect(),
    };
    Line { name, pieces }
}

/// Several values, with something between them.
fn apart(pieces: impl Iterator<Item = Piece>) -> Vec<Piece> {
    let with_mark = pieces.flat_map(|piece| [Piece::Kept("; ".to_owned()), piece]);
    with_mark.skip(1).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_list_only_what_came_and_went_is_marked() {
        let words = |text: &str| Shown::Words(text.to_owned());
        let change = LineChange {
            name: Name::Words("Sources".to_owned()),
            change: What::Replaced(vec![words("Minutes"), words("Letter")], vec![words("Minutes"), words("Contract")]),
        };
        let expected = apart(
            [
                Piece::Removed("Letter".to_owned()),
                Piece::Kept("Minutes".to_owned()),
                Piece::Added("Contract".to_owned()),
            ]
            .into_iter(),
        );
        assert_eq!(line(change, Language::English).pieces, expected);
    }
}
