//! The mapping file as it is written. What it means is worked out against the table's header, in `plan`.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use crate::{
    cases::document::{Confidence, Reliability, Status},
    dates::DateQualifier,
};

/// A text, and where in the file it stands.
pub(super) type Word = Spanned<String>;
/// What is taken from a row, and where in the file that is said.
pub(super) type TakeWord = Spanned<TakeShape>;

macro_rules! tables {
    ($($(#[$meta:meta])* $name:ident { $($(#[$fmeta:meta])* $field:ident: $kind:ty),+ $(,)? })+) => {$(
        $(#[$meta])*
        #[derive(Debug, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub(super) struct $name {
            $($(#[$fmeta])* pub(super) $field: $kind),+
        }
    )+};
}

tables! {
    /// The whole file.
    Shape {
        #[serde(default)]
        file: FileShape,
        case: CaseShape,
        #[serde(default)]
        narrative: Vec<SectionShape>,
        place: PlaceShape,
        source: SourceShape,
        #[serde(default)]
        further_source: Vec<FurtherShape>,
        #[serde(default)]
        agreement: Vec<AgreementShape>,
        #[serde(default)]
        organisation: Vec<InvolvedShape>,
        #[serde(default)]
        field: Vec<FieldShape>,
        #[serde(default)]
        event: Vec<EventShape>,
        #[serde(default)]
        viewpoint: Vec<ViewpointShape>,
    }
    /// `[case]`: the head.
    CaseShape {
        kind: TakeWord,
        coder: Word,
        language: Word,
        title: Word,
        summary: Option<Word>,
    }
    /// `[[narrative]]`: a part of the narrative.
    SectionShape {
        heading: Word,
        text: Word,
    }
    /// `[place]`.
    PlaceShape {
        scope: Option<TakeWord>,
        country: TakeWord,
        city: Option<TakeWord>,
        /// GeoNames ids of cities whose names fit several.
        #[serde(default)]
        cities: BTreeMap<String, Spanned<u32>>,
        #[serde(default)]
        unlisted: Unlisted,
    }
    /// `[source]`: the table itself, as the source of each of its rows.
    SourceShape {
        kind: Word,
        title: Word,
        publisher: Option<Word>,
        url: Word,
        licence: Option<Word>,
        language: Option<Word>,
        published: Option<TakeWord>,
        retrieved: Option<TakeWord>,
        reliability: Option<Reliability>,
    }
    /// `[[further_source]]`: a source that a row names.
    FurtherShape {
        name: Word,
        kind: TakeWord,
        title: Option<Word>,
        publisher: Option<Word>,
        url: Option<Word>,
        language: Option<Word>,
        published: Option<TakeWord>,
        reliability: Option<Reliability>,
    }
    /// `[[agreement]]`: a deal that fields and events speak of by its name.
    AgreementShape {
        name: Word,
        label: Word,
    }
    /// `[[organisation]]`: who took part.
    InvolvedShape {
        from: TakeWord,
        role: TakeWord,
        seat: Option<TakeWord>,
        status: Option<Status>,
        confidence: Option<Confidence>,
        note: Option<Word>,
        #[serde(default)]
        cites: Vec<Word>,
    }
    /// `[[field]]`: a coded value.
    FieldShape {
        field: Word,
        agreement: Option<Word>,
        from: TakeWord,
        /// Cells that say that the value is unknown, withheld, or does not apply.
        #[serde(default)]
        unknown: Vec<String>,
        #[serde(default)]
        withheld: Vec<String>,
        #[serde(default)]
        not_applicable: Vec<String>,
        status: Option<Status>,
        confidence: Option<Confidence>,
        #[serde(default)]
        qualifiers: Vec<QualifierShape>,
        currency: Option<TakeWord>,
        year: Option<TakeWord>,
        as_of: Option<TakeWord>,
        note: Option<Word>,
        #[serde(default)]
        cites: Vec<Word>,
    }
    /// What stands beside a value.
    QualifierShape {
        field: Word,
        from: TakeWord,
    }
    /// `[[event]]`: a step of the course.
    EventShape {
        event: TakeWord,
        date: TakeWord,
        agreement: Option<Word>,
        text: Option<Word>,
        #[serde(default)]
        cites: Vec<Word>,
    }
    /// `[[viewpoint]]`: a concern.
    ViewpointShape {
        topic: TakeWord,
        raised_by: TakeWord,
        concern: Word,
        /// Whether the words are quoted rather than paraphrased.
        #[serde(default)]
        quoted: bool,
        speaker: Option<Word>,
        date: Option<TakeWord>,
        #[serde(default)]
        cites: Vec<Word>,
        #[serde(default)]
        answer: Vec<AnswerShape>,
    }
    /// `[[viewpoint.answer]]`: an answer to the concern above it.
    AnswerShape {
        answered_by: TakeWord,
        text: Word,
        #[serde(default)]
        quoted: bool,
        /// Codes of what kinds it is.
        kinds: Option<TakeWord>,
        speaker: Option<Word>,
        date: Option<TakeWord>,
        #[serde(default)]
        cites: Vec<Word>,
        /// Further sources that contested it afterwards.
        #[serde(default)]
        contested_by: Vec<Word>,
    }
    /// What is taken from a row: always the same `value`, or the cell of a `column`.
    TakeShape {
        value: Option<Word>,
        column: Option<Word>,
        /// What stands between several values of one cell.
        split: Option<Word>,
        /// Cells, and the codes that they mean.
        #[serde(default)]
        codes: BTreeMap<String, Word>,
        #[serde(default)]
        otherwise: Otherwise,
        /// Cells that say nothing.
        #[serde(default)]
        skip: Vec<String>,
        /// What a number is to be multiplied by.
        times: Option<f64>,
        /// How a date is meant.
        meant: Option<DateQualifier>,
        /// The kind of an organisation that is not on record yet.
        kind: Option<Word>,
        /// Cells, and the ids of the organisations that they mean.
        #[serde(default)]
        names: BTreeMap<String, Word>,
    }
}

/// `[file]`: how the table is written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct FileShape {
    pub(super) delimiter: Option<Word>,
    pub(super) decimal: Decimal,
    pub(super) dates: Dates,
}

/// What stands before the fraction of a number.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
pub(super) enum Decimal {
    #[default]
    #[serde(rename = ".")]
    Point,
    #[serde(rename = ",")]
    Comma,
}

/// How days are written. `2018`, `2018-01` and `2018-01-17` are understood besides.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
pub(super) enum Dates {
    #[default]
    #[serde(rename = "YYYY-MM-DD")]
    Iso,
    #[serde(rename = "DD.MM.YYYY")]
    DayDots,
    #[serde(rename = "DD/MM/YYYY")]
    DaySlashes,
    #[serde(rename = "MM/DD/YYYY")]
    MonthSlashes,
}

impl Decimal {
    /// The other one.
    pub(super) fn other(self) -> Self {
        match self {
            Self::Point => Self::Comma,
            Self::Comma => Self::Point,
        }
    }

    /// As the mapping writes it.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Point => ".",
            Self::Comma => ",",
        }
    }
}

impl Dates {
    /// All of them.
    pub(super) const ALL: [Self; 4] = [Self::Iso, Self::DayDots, Self::DaySlashes, Self::MonthSlashes];

    /// As the mapping writes it.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Iso => "YYYY-MM-DD",
            Self::DayDots => "DD.MM.YYYY",
            Self::DaySlashes => "DD/MM/YYYY",
            Self::MonthSlashes => "MM/DD/YYYY",
        }
    }
}

/// What is done with a value that has no code.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Otherwise {
    /// The row is refused.
    #[default]
    Refuse,
    /// Nothing is said of it.
    Skip,
    /// It becomes the code `other`, in its own words.
    Other,
}

/// What is done with a city that the gazetteer does not have.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Unlisted {
    /// The row is refused.
    #[default]
    Refuse,
    /// It is named without a place in the gazetteer.
    Keep,
}
