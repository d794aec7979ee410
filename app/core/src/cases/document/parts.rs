//! The repeated parts of a case. Each has an id that is unique within the document, stable across revisions and never reused.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Code, Confidence, CountryCode, Proximity, Rank, Reliability, Status, Text, Value, When};
use crate::{
    clock::Quarter,
    ids::{CaseId, OrganisationId},
};

/// Another case and how it belongs to this one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Related {
    /// The other case.
    pub case: CaseId,
    /// Code of `related_kind`.
    pub kind: Code,
}

/// A part of the narrative, in Markdown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// Code of `narrative_heading`.
    pub heading: Code,
    /// Markdown.
    pub text: String,
    /// BCP 47 tag.
    pub lang: String,
    /// Present where the words are not the original ones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub translation: Option<super::Translation>,
    /// The words as they were first written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub original: Option<String>,
}

/// A deal of which statements speak.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agreement {
    /// Unique within the document.
    pub id: String,
    /// A few words to tell it from the others.
    pub label: String,
}

/// An organisation and its role. Exactly one of `organisation` and `body_type` is given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Involvement {
    /// Unique within the document.
    pub id: String,
    /// The organisation on record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organisation: Option<OrganisationId>,
    /// Code of `public_body_type`, where the organisation is of the public side of a place that is not named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body_type: Option<Code>,
    /// Code of `role`.
    pub role: Code,
    /// What kind of knowledge this is.
    pub status: Status,
    /// How well it is supported.
    pub confidence: Confidence,
    /// Which of several counts first.
    pub rank: Rank,
    /// Ids of sources.
    #[serde(default)]
    pub sources: Vec<String>,
    /// In words, what a reader should know of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
    /// The revision in which it first stood.
    #[serde(default = "first_revision")]
    pub since_revision: u32,
}

/// A coded value with all that it rests on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// Unique within the document.
    pub id: String,
    /// Code of the field.
    pub field: Code,
    /// Id of the part that it speaks of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
    /// What it says; absent where it is unknown, withheld or does not apply.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Value>,
    /// Typed additions that the codebook declares for the field.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub qualifiers: BTreeMap<Code, Value>,
    /// What kind of knowledge this is.
    pub status: Status,
    /// How well it is supported.
    pub confidence: Confidence,
    /// Which of several counts first.
    pub rank: Rank,
    /// Ids of sources.
    #[serde(default)]
    pub sources: Vec<String>,
    /// In words, what a reader should know of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
    /// The time of which it is true.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<When>,
    /// The revision in which it first stood.
    #[serde(default = "first_revision")]
    pub since_revision: u32,
}

impl Statement {
    /// Whether it speaks of somebody who stands on the public side.
    #[must_use]
    pub fn is_of_public_side(&self) -> bool {
        self.qualifiers.get("side").and_then(Value::as_code).is_some_and(|side| *side == "public")
    }
}

/// A concern, and none, one or several answers to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Viewpoint {
    /// Unique within the document.
    pub id: String,
    /// Code of `topic`.
    pub topic: Code,
    /// Code of `raised_by`.
    pub raised_by: Code,
    /// The speaker's role in words; never a private name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaker: Option<String>,
    /// The words.
    pub concern: Text,
    /// Whether the words are quoted rather than paraphrased.
    #[serde(default, skip_serializing_if = "super::is_false")]
    pub quoted: bool,
    /// When it was raised.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<When>,
    /// Ids of sources.
    #[serde(default)]
    pub sources: Vec<String>,
    /// In words, what a reader should know of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
    /// What was answered.
    #[serde(default)]
    pub answers: Vec<Answer>,
}

/// An answer to a concern. That it exists does not mean that the concern is resolved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// Unique within the document.
    pub id: String,
    /// Code of `answered_by`.
    pub answered_by: Code,
    /// The speaker's role in words; never a private name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaker: Option<String>,
    /// The words.
    pub text: Text,
    /// Whether the words are quoted rather than paraphrased.
    #[serde(default, skip_serializing_if = "super::is_false")]
    pub quoted: bool,
    /// When it was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<When>,
    /// Codes of `kinds`.
    #[serde(default)]
    pub kinds: Vec<Code>,
    /// Ids of sources.
    #[serde(default)]
    pub sources: Vec<String>,
    /// Whether a source contested it afterwards.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contested_after: Option<Contested>,
}

/// That an answer was contested afterwards, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contested {
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<When>,
    /// Ids of sources.
    #[serde(default)]
    pub sources: Vec<String>,
}

/// A step of the case's course.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// Unique within the document.
    pub id: String,
    /// Code of `event`.
    pub event: Code,
    /// When.
    pub date: When,
    /// Id of the agreement that it concerns.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
    /// What happened, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Text>,
    /// Ids of sources.
    #[serde(default)]
    pub sources: Vec<String>,
}

/// What statements rest on: a document, a report, or an account of someone who was there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Unique within the document.
    pub id: String,
    /// Code of `source_kind`.
    pub kind: Code,
    /// The title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Who published it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// The address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The address was not recorded.
    #[serde(default, skip_serializing_if = "super::is_false")]
    pub url_not_recorded: bool,
    /// Where an archived copy lies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub archived_url: Option<String>,
    /// BCP 47 tag.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// The country of publication, where the place is not named and more may not be said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<CountryCode>,
    /// When it was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<When>,
    /// When it was looked at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retrieved: Option<When>,
    /// How the author of an account knows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proximity: Option<Proximity>,
    /// When an account was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quarter: Option<Quarter>,
    /// How far it can be relied on.
    pub reliability: Reliability,
}

impl Source {
    /// Whether it is an account of a contributor rather than something published.
    #[must_use]
    pub fn is_account(&self) -> bool {
        matches!(self.kind.as_str(), "first_hand_account" | "second_hand_account")
    }
}

fn first_revision() -> u32 {
    1
}
