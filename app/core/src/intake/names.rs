//! The grammar of input names: `domain`, `domain.status`, `technology.drone.deployment_status`, `agreement.1.instrument`,
//! `viewpoint.1.answer.2.text`. The words are the codebook's field codes; parts that repeat stand in front with their number.

use crate::{
    codebook::{Codebook, Field, In},
    limits,
};

/// The word of sources, which other inputs cite by number.
pub const SOURCE: &str = "source";
/// Kinds of source that are accounts: the program makes them, nobody enters them.
pub const ACCOUNTS: [&str; 2] = ["first_hand_account", "second_hand_account"];
/// What else may be said of a field, beside its codes and qualifiers; no code of a field may be one of these words.
pub const SUFFIXES: [&str; 12] = [
    "status",
    "sources",
    "second",
    "said_by",
    "ground",
    "as_of",
    "year",
    "currency",
    "covers",
    "code",
    "qualifier",
    "own_words",
];

/// A kind of part that repeats.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartKind {
    /// A deal.
    Agreement,
    /// An organisation and its part.
    Involvement,
    /// A concern.
    Viewpoint,
    /// An answer, within a concern.
    Answer,
    /// A step of the course.
    Timeline,
    /// A source.
    Source,
}

impl PartKind {
    /// Those that stand by themselves.
    pub const TOP: [Self; 5] = [Self::Agreement, Self::Involvement, Self::Viewpoint, Self::Timeline, Self::Source];

    /// The word in names.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Agreement => "agreement",
            Self::Involvement => "involvement",
            Self::Viewpoint => "viewpoint",
            Self::Answer => "answer",
            Self::Timeline => "timeline",
            Self::Source => SOURCE,
        }
    }

    /// Where its fields live in the codebook.
    #[must_use]
    pub fn within(self) -> In {
        match self {
            Self::Agreement => In::Agreement,
            Self::Involvement => In::Involvement,
            Self::Viewpoint => In::Viewpoint,
            Self::Answer => In::Answer,
            Self::Timeline => In::Timeline,
            Self::Source => In::Source,
        }
    }

    /// The fields that are asked of one such part, in the order of the codebook. What is asked of an organisation not yet on record is
    /// asked where it takes part.
    pub fn fields(self, book: &Codebook) -> impl Iterator<Item = &Field> {
        let record = (self == Self::Involvement).then_some(In::Organisation);
        book.fields_of(self.within())
            .chain(record.into_iter().flat_map(|within| book.fields_of(within)))
            .filter(|f| f.form)
    }

    /// The topic in which such parts are asked for.
    #[must_use]
    pub fn topic(self, book: &Codebook) -> Option<&str> {
        self.fields(book).find_map(|field| field.section.as_deref())
    }

    /// Whether the part as a whole cites sources, rather than each statement of it.
    #[must_use]
    pub fn cites(self) -> bool {
        !matches!(self, Self::Agreement | Self::Source)
    }

    fn top(word: &str) -> Option<Self> {
        Self::TOP.into_iter().find(|kind| kind.word() == word)
    }
}

/// A name taken apart: the part that it lies in, if any, and what follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PartPath<'a> {
    /// The kind of part.
    pub kind: PartKind,
    /// What follows the number; empty where the part itself is named.
    pub rest: &'a str,
}

impl<'a> PartPath<'a> {
    /// The innermost part that an input name lies in.
    #[must_use]
    pub fn of(name: &'a str) -> Option<Self> {
        let (word, rest) = name.split_once('.')?;
        let kind = PartKind::top(word)?;
        let (number, rest) = rest.split_once('.').unwrap_or((rest, ""));
        part_number(number)?;
        if kind == PartKind::Viewpoint
            && let Some(answer) = rest.strip_prefix("answer.")
        {
            let (number, rest) = answer.split_once('.').unwrap_or((answer, ""));
            part_number(number)?;
            return Some(Self { kind: PartKind::Answer, rest });
        }
        Some(Self { kind, rest })
    }

    /// The kind of the parts under a path such as `agreement` or `viewpoint.1.answer`.
    #[must_use]
    pub fn of_group(path: &str) -> Option<PartKind> {
        match PartKind::top(path) {
            Some(kind) => Some(kind),
            None => {
                let part = PartPath::of(path)?;
                (part.kind == PartKind::Viewpoint && part.rest == "answer").then_some(PartKind::Answer)
            }
        }
    }
}

/// The topic that an input belongs to; `None` for names that are no input of ours.
#[must_use]
pub fn topic_of<'b>(book: &'b Codebook, name: &str) -> Option<&'b str> {
    let Some(part) = PartPath::of(name) else {
        let (code, _) = name.split_once('.').unwrap_or((name, ""));
        return [In::Case, In::Head, In::Account]
            .into_iter()
            .filter_map(|within| book.field_in(within, code))
            .find(|field| field.form && field.retired.is_none())
            .and_then(|field| field.section.as_deref());
    };
    let (code, _) = part.rest.split_once('.').unwrap_or((part.rest, ""));
    let known =
        code.is_empty() || (code == "sources" && part.kind.cites()) || part.kind.fields(book).any(|f| f.code == code);
    if known { part.kind.topic(book) } else { None }
}

/// The number that follows `path` in `name`: 2 for `agreement.2.instrument` under `agreement`.
pub(super) fn number_under(name: &str, path: &str) -> Option<usize> {
    let rest = name.strip_prefix(path)?.strip_prefix('.')?;
    part_number(rest.split_once('.').map_or(rest, |(number, _)| number))
}

/// `name` with another number after `path`.
pub(super) fn renumbered(name: &str, path: &str, number: usize) -> String {
    let rest = name.get(path.len() + 1..).unwrap_or_default();
    match rest.split_once('.') {
        Some((_, after)) => format!("{path}.{number}.{after}"),
        None => format!("{path}.{number}"),
    }
}

/// Whether the values of an input are numbers of sources.
pub(super) fn cites_sources(name: &str) -> bool {
    name.ends_with(".sources")
}

/// A number of a part as the form writes it: from 1, without leading zeros, within the limit.
fn part_number(text: &str) -> Option<usize> {
    let number: usize = text.parse().ok()?;
    ((1..=limits::PARTS).contains(&number) && number.to_string() == text).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_input_belongs_to_the_topic_of_its_field() {
        let book = Codebook::embedded();
        for (name, topic) in [
            ("domain", "what"),
            ("domain.status", "what"),
            ("technology.drone.deployment_status", "what"),
            ("city.geonames", "place"),
            ("agreement.2", "agreement"),
            ("agreement.2.instrument.sources", "agreement"),
            ("viewpoint.1.answer.3.kinds", "viewpoints"),
            ("viewpoint.1.sources", "viewpoints"),
            ("involvement.1.organisation_kind", "vendors"),
            ("timeline.1.date.qualifier", "course"),
            ("source.4.url", "sources"),
            ("proximity", "sources"),
        ] {
            assert_eq!(topic_of(&book, name), Some(topic), "{name}");
        }
    }

    #[test]
    fn what_is_no_input_belongs_nowhere() {
        let book = Codebook::embedded();
        for name in [
            "",
            "token",
            "reliability",
            "source.1.reliability",
            "agreement.0.instrument",
            "agreement.01",
            "agreement.x",
            "agreement.1.answer.1.text",
            "agreement.1.sources",
            "visibility",
            "title",
            "agreement.201.instrument",
        ] {
            assert_eq!(topic_of(&book, name), None, "{name}");
        }
    }

    #[test]
    fn no_code_is_a_word_that_names_need_for_themselves() {
        for field in Codebook::embedded().fields() {
            for code in &field.codes {
                assert!(!SUFFIXES.contains(&code.code.as_str()), "{}.{}", field.code, code.code);
            }
        }
    }
}
