//! What a mapping means for one table: columns by their position, codes that the vocabulary has.

mod compile;
mod parts;
mod viewpoints;

use std::collections::{HashMap, HashSet};

pub(super) use self::compile::all_codes;
use super::{
    Mapping,
    shape::{Dates, Decimal, Otherwise, Unlisted},
    table::Row,
    template::Template,
};
use crate::{
    Result,
    cases::{
        document::{Confidence, Reliability, Status},
        publish::Vocabulary,
    },
    codebook::{Code, FieldKind},
    dates::DateQualifier,
    ids::OrganisationId,
};

/// The whole of it.
pub(super) struct Plan {
    pub(super) decimal: Decimal,
    pub(super) dates: Dates,
    pub(super) kind: Take,
    pub(super) coder: String,
    pub(super) language: String,
    pub(super) title: Template,
    pub(super) summary: Option<Template>,
    pub(super) narrative: Vec<(Code, Template)>,
    pub(super) place: PlacePlan,
    /// The table itself.
    pub(super) source: SourcePlan,
    /// What rows name besides.
    pub(super) further: Vec<SourcePlan>,
    /// Their labels.
    pub(super) agreements: Vec<Template>,
    pub(super) organisations: Vec<InvolvedPlan>,
    pub(super) fields: Vec<FieldPlan>,
    pub(super) events: Vec<EventPlan>,
    pub(super) viewpoints: Vec<ViewpointPlan>,
    /// The columns that it uses, in order.
    pub(super) used: Vec<usize>,
}

impl Plan {
    /// Works a mapping out for a table with this header.
    ///
    /// # Errors
    /// [`crate::Error::Config`] with every fault of the mapping, each with file, line and remedy.
    pub(super) fn of(mapping: &Mapping, header: &[String], vocabulary: Vocabulary<'_>) -> Result<Self> {
        compile::compile(mapping, header, vocabulary)
    }
}

/// Where a value comes from.
pub(super) enum Origin {
    Value(String),
    Column(usize),
}

/// What is taken from a row.
pub(super) struct Take {
    pub(super) from: Origin,
    split: Option<String>,
    /// Cells, and what they mean.
    pub(super) codes: HashMap<String, String>,
    pub(super) otherwise: Otherwise,
    skip: HashSet<String>,
    pub(super) times: f64,
    pub(super) meant: DateQualifier,
    pub(super) kind: Option<Code>,
    pub(super) names: HashMap<String, OrganisationId>,
}

impl Take {
    /// What a row says: nothing, one value, or several.
    pub(super) fn parts<'r>(&'r self, row: &'r Row) -> Vec<&'r str> {
        let cell = match &self.from {
            Origin::Value(value) => value.as_str(),
            Origin::Column(column) => row.cell(*column),
        };
        let parts: Vec<&str> = match &self.split {
            Some(split) => cell.split(split.as_str()).map(str::trim).collect(),
            None => vec![cell.trim()],
        };
        let mut seen = HashSet::new();
        parts.into_iter().filter(|part| !part.is_empty() && !self.skip.contains(*part) && seen.insert(*part)).collect()
    }

    /// The one value that a row says.
    pub(super) fn part<'r>(&'r self, row: &'r Row) -> Option<&'r str> {
        self.parts(row).into_iter().next()
    }

    /// The column that it reads.
    pub(super) fn columns(&self) -> Vec<usize> {
        match self.from {
            Origin::Value(_) => Vec::new(),
            Origin::Column(column) => vec![column],
        }
    }
}

pub(super) struct PlacePlan {
    pub(super) scope: Option<Take>,
    pub(super) country: Take,
    pub(super) city: Option<Take>,
    /// By the words of the cell.
    pub(super) cities: HashMap<String, u32>,
    pub(super) unlisted: Unlisted,
}

/// A code that is always the same, or one of the row.
pub(super) enum KindOf {
    Always(Code),
    Of(Box<Take>),
}

pub(super) struct SourcePlan {
    pub(super) kind: KindOf,
    pub(super) title: Option<Template>,
    /// What is written behind the title.
    pub(super) licence: Option<String>,
    pub(super) publisher: Option<Template>,
    pub(super) url: Option<Template>,
    pub(super) language: Option<String>,
    pub(super) published: Option<Take>,
    pub(super) retrieved: Option<Take>,
    pub(super) reliability: Reliability,
}

pub(super) struct InvolvedPlan {
    pub(super) from: Take,
    pub(super) role: Take,
    pub(super) seat: Option<Take>,
    pub(super) about: About,
}

/// How something is known.
pub(super) struct About {
    pub(super) status: Status,
    pub(super) confidence: Confidence,
    pub(super) note: Option<Template>,
    /// Positions among the further sources.
    pub(super) cites: Vec<usize>,
}

pub(super) struct FieldPlan {
    pub(super) field: Code,
    pub(super) kind: FieldKind,
    /// Position among the agreements.
    pub(super) agreement: Option<usize>,
    pub(super) from: Take,
    /// Cells that say why there is no value.
    pub(super) absent: HashMap<String, Status>,
    pub(super) qualifiers: Vec<(Code, Take)>,
    pub(super) currency: Option<Take>,
    pub(super) year: Option<Take>,
    pub(super) as_of: Option<Take>,
    pub(super) about: About,
}

pub(super) struct EventPlan {
    pub(super) event: Take,
    pub(super) date: Take,
    pub(super) agreement: Option<usize>,
    pub(super) text: Option<Template>,
    pub(super) cites: Vec<usize>,
}

pub(super) struct ViewpointPlan {
    pub(super) topic: Take,
    pub(super) raised_by: Take,
    pub(super) concern: Template,
    pub(super) quoted: bool,
    pub(super) speaker: Option<Template>,
    pub(super) date: Option<Take>,
    pub(super) cites: Vec<usize>,
    pub(super) answers: Vec<AnswerPlan>,
}

pub(super) struct AnswerPlan {
    pub(super) answered_by: Take,
    pub(super) text: Template,
    pub(super) quoted: bool,
    pub(super) kinds: Option<Take>,
    pub(super) speaker: Option<Template>,
    pub(super) date: Option<Take>,
    pub(super) cites: Vec<usize>,
    /// Positions among the further sources.
    pub(super) contested_by: Vec<usize>,
}
