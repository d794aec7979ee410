//! The document: what one revision of a published case says (schema.md, "A document, worked").
//!
//! It is the truth. Everything that can be searched, filtered, counted or exported is a projection of it. Its types cannot hold what may
//! not be public: a place that is not named has no field for a name.

mod check;
mod parts;
mod place;
mod texts;
mod value;

use serde::{Deserialize, Serialize};

pub use self::{
    check::{Checked, Fault},
    parts::{Agreement, Answer, Contested, Event, Involvement, Related, Section, Source, Statement, Viewpoint},
    place::{NamedPlace, Place},
    value::{Amount, Band, Interval, Number, Side, Value},
};
use crate::{
    clock::Quarter,
    codebook::{Codebook, codes, needed::Followed},
    ids::CaseId,
};
pub use crate::{
    codebook::{Code, MalformedCode},
    dates::{DateQualifier, MalformedDate, PrefixDate, When},
    places::CountryCode,
};

/// The version of the document's shape; rises when an older program could misread a newer document.
pub const SCHEMA: u32 = 1;

/// One revision of a case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// The version of this shape, [`SCHEMA`].
    pub schema: u32,
    /// The version of the codebook under which the case was coded.
    pub vocabulary: String,
    /// The public id.
    pub id: CaseId,
    /// Counts from one.
    pub revision: u32,
    /// When the case was first published.
    pub published: Quarter,
    /// When this revision was published.
    pub revised: Quarter,
    /// Alias of the member of staff who coded this revision.
    pub coder: String,
    /// Code of the field `kind`.
    pub kind: Code,
    /// Curated to full depth: the default comparison.
    #[serde(default, skip_serializing_if = "is_false")]
    pub reference: bool,
    /// Other cases and how they belong to this one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<Related>,
    /// Place, vendor, object; neutral; at most [`crate::limits::TITLE`] characters.
    pub title: Text,
    /// Who agreed what with whom, and how it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<Text>,
    /// Markdown under fixed headings.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub narrative: Vec<Section>,
    /// Where, as far as it is public.
    pub place: Place,
    /// The deals.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub agreements: Vec<Agreement>,
    /// Organisations and their roles.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub involvements: Vec<Involvement>,
    /// The coded values.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub statements: Vec<Statement>,
    /// Concerns and their answers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub viewpoints: Vec<Viewpoint>,
    /// Dated events.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub timeline: Vec<Event>,
    /// What all of it rests on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Source>,
}

impl Document {
    /// The source with this id.
    #[must_use]
    pub fn source(&self, id: &str) -> Option<&Source> {
        self.sources.iter().find(|source| source.id == id)
    }

    /// The agreement with this id.
    #[must_use]
    pub fn agreement(&self, id: &str) -> Option<&Agreement> {
        self.agreements.iter().find(|agreement| agreement.id == id)
    }

    /// The statements of one field, preferred ones first, superseded ones last.
    #[must_use]
    pub fn statements_of(&self, field: &str) -> Vec<&Statement> {
        let mut found: Vec<&Statement> = self.statements.iter().filter(|s| s.field.as_str() == field).collect();
        found.sort_by_key(|statement| statement.rank);
        found
    }

    /// The statements about something that the program knows, under whatever names the vocabulary of their day had for it, in the same order.
    #[must_use]
    pub fn statements_about(&self, known: Followed, codebook: &Codebook) -> Vec<&Statement> {
        let about = |statement: &&Statement| codebook.speaks_of(statement.field.as_str(), known);
        let mut found: Vec<&Statement> = self.statements.iter().filter(about).collect();
        found.sort_by_key(|statement| statement.rank);
        found
    }
}

/// A text with its language; a translated one says from which language and by whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// The words.
    pub text: String,
    /// BCP 47 tag of their language.
    pub lang: String,
    /// Present where the words are not the original ones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub translation: Option<Translation>,
    /// The words as they were first said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub original: Option<String>,
}

impl Text {
    /// An original text.
    #[must_use]
    pub fn new(text: impl Into<String>, lang: impl Into<String>) -> Self {
        Self { text: text.into(), lang: lang.into(), translation: None, original: None }
    }
}

/// How a text was translated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Translation {
    /// BCP 47 tag of the original's language.
    pub from: String,
    /// Who translated.
    pub by: Translator,
}

codes! {
    /// Who translated a text.
    Translator {
        /// A program.
        Machine = "machine",
        /// A person.
        Human = "human",
    }
}

codes! {
    /// What kind of knowledge a statement is (schema.md section 1). `not_asked` is derived and never stored.
    Status {
        /// A source, or the account, says it.
        Stated = "stated",
        /// The coder concluded it; the note says how.
        Inferred = "inferred",
        /// Sources contradict each other.
        Disputed = "disputed",
        /// Looked for, not found.
        Unknown = "unknown",
        /// It exists and was refused.
        Withheld = "withheld",
        /// The question does not arise.
        NotApplicable = "not_applicable",
    }
}

impl Status {
    /// Whether a statement of this status has a value.
    #[must_use]
    pub fn has_value(self) -> bool {
        matches!(self, Self::Stated | Self::Inferred | Self::Disputed)
    }
}

codes! {
    /// How well a value is supported (schema.md section 1), the best first.
    Confidence {
        /// An official document or two independent sources.
        Confirmed = "confirmed",
        /// One good source, consistent with the rest.
        Probable = "probable",
        /// One source, untested.
        Possible = "possible",
        /// Contradicted or implausible.
        Doubtful = "doubtful",
    }
}

codes! {
    /// Which of several statements counts first.
    Rank {
        /// The current one.
        Preferred = "preferred",
        /// Beside others.
        Normal = "normal",
        /// Kept for the record; counted nowhere.
        Superseded = "superseded",
    }
}

codes! {
    /// How far a source can be relied on (schema.md section 1).
    Reliability {
        /// The document itself or recorded proceedings.
        Primary = "primary",
        /// Editorially responsible publication or research.
        Established = "established",
        /// A party with a stake.
        Interested = "interested",
        /// Nobody has looked yet.
        Unassessed = "unassessed",
    }
}

codes! {
    /// How an author of an account knows (schema.md section 11).
    Proximity {
        /// Took part.
        TookPart = "took_part",
        /// Saw the document.
        SawTheDocument = "saw_the_document",
        /// Was told by someone who took part.
        ToldBySomeone = "told_by_someone_who_took_part",
        /// Works from public sources.
        PublicSources = "works_from_public_sources",
    }
}

codes! {
    /// How much of the place is public (schema.md section 3), the most first.
    Disclosure {
        /// City and country.
        Named = "named",
        /// Country and size class.
        SizeClass = "size_class",
        /// Continent and size class.
        Region = "region",
    }
}

codes! {
    /// What the case is about, in extent.
    Scope {
        /// One municipality.
        Municipality = "municipality",
        /// Several municipalities.
        Several = "several",
        /// A region.
        Region = "region",
        /// A nation.
        Nation = "nation",
        /// An airport, a port, a campus.
        Facility = "facility",
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature that serde asks for")]
fn is_false(value: &bool) -> bool {
    !value
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORKED: &str = r#"{"schema": 1, "vocabulary": "0.1", "id": "7K2MQX4T", "revision": 1, "published": "2026-Q4", "revised": "2026-Q4", "coder": "alias",
 "kind": "agreement", "reference": true,
 "title": {"text": "words", "lang": "en"}, "summary": {"text": "words", "lang": "en"},
 "narrative": [{"heading": "problem", "text": "words", "lang": "en"}],
 "place": {"disclosure": "named", "scope": "municipality", "countries": ["DE"],
           "places": [{"id": "p1", "geonames": 2934691, "name": "Duisburg", "country": "DE"}]},
 "agreements": [{"id": "a1", "label": "memorandum"}, {"id": "a2", "label": "cloud framework"}],
 "involvements": [{"id": "i1", "organisation": "o_huawei", "role": "lead_partner", "status": "stated", "confidence": "probable",
                   "rank": "preferred", "sources": ["s1"]}],
 "statements": [
   {"id": "t1", "field": "instrument", "part": "a1", "value": {"code": "memorandum_of_understanding"}, "status": "stated",
    "confidence": "possible", "rank": "preferred", "sources": ["s1"], "as_of": {"value": "2018-01", "qualifier": "exact"}, "since_revision": 1},
   {"id": "t2", "field": "binding", "part": "a1", "value": {"code": "expressly_non_binding"}, "status": "stated",
    "confidence": "possible", "rank": "preferred", "sources": ["s1"], "since_revision": 1},
   {"id": "t3", "field": "technology", "value": {"code": "face_recognition"}, "qualifiers": {"deployment_status": {"code": "declined"}},
    "status": "stated", "confidence": "possible", "rank": "normal", "sources": ["s2"], "since_revision": 1},
   {"id": "t4", "field": "state", "part": "a2", "value": {"code": "in_operation"}, "status": "stated", "as_of": {"value": "2020", "qualifier": "exact"},
    "confidence": "possible", "rank": "normal", "sources": ["s3"], "since_revision": 1},
   {"id": "t5", "field": "signatory", "part": "a1", "value": {"organisation": "o_huawei"}, "status": "disputed", "rank": "normal",
    "qualifiers": {"side": {"code": "vendor"}, "level": {"code": "board_or_executive"}}, "confidence": "possible", "sources": ["s1"], "since_revision": 1},
   {"id": "t6", "field": "signatory", "part": "a1", "value": {"organisation": "o_huawei"}, "status": "disputed", "rank": "normal",
    "qualifiers": {"side": {"code": "vendor"}, "level": {"code": "head"}}, "confidence": "possible", "sources": ["s4"], "since_revision": 1}],
 "viewpoints": [{"id": "v1", "topic": "foreign_state_access", "raised_by": "academic",
   "concern": {"text": "words", "lang": "en", "translation": {"from": "de", "by": "human"}}, "sources": ["s1"],
   "answers": [{"id": "w1", "answered_by": "spokesperson", "text": {"text": "words", "lang": "en", "translation": {"from": "de", "by": "human"}},
                "kinds": ["assurance", "delegation"], "sources": ["s1"]}]}],
 "timeline": [{"id": "e1", "event": "signed", "date": {"value": "2018-01", "qualifier": "exact"}, "part": "a1", "sources": ["s1"]}],
 "sources": [{"id": "s1", "kind": "news", "publisher": "words", "url": "words", "published": {"value": "2018-09-03", "qualifier": "exact"}, "reliability": "established"},
             {"id": "s9", "kind": "first_hand_account", "proximity": "took_part", "quarter": "2026-Q4", "reliability": "unassessed"}]}"#;

    #[test]
    fn the_worked_document_of_the_schema_is_read_and_written_back() {
        let document: Document = serde_json::from_str(WORKED).unwrap();
        assert_eq!(document.place.places()[0].name, "Duisburg");
        assert_eq!(document.statements_of("signatory").len(), 2);
        let again: Document = serde_json::from_str(&serde_json::to_string(&document).unwrap()).unwrap();
        assert_eq!(again, document);
    }

    #[test]
    fn a_place_that_is_not_named_has_no_room_for_a_name() {
        let hidden =
            r#"{"disclosure": "size_class", "scope": "municipality", "countries": ["DE"], "size_class": "500k_1500k"}"#;
        assert!(serde_json::from_str::<Place>(hidden).is_ok());
        let leaking = hidden.replace(
            "\"size_class\": \"500k_1500k\"",
            "\"places\": [{\"id\": \"p1\", \"name\": \"Duisburg\", \"country\": \"DE\"}]",
        );
        assert!(serde_json::from_str::<Place>(&leaking).is_err());
    }

    #[test]
    fn a_value_takes_one_form_only() {
        assert!(serde_json::from_str::<Value>(r#"{"code": "other", "text": "a barge", "lang": "en"}"#).is_ok());
        assert!(serde_json::from_str::<Value>(r#"{"country": "DE", "operator": "x"}"#).is_err());
        assert!(serde_json::from_str::<Value>(r#"{"number": 504358, "colour": "red"}"#).is_err());
    }

    #[test]
    fn a_whole_number_is_written_without_a_decimal_point() {
        for text in [r#"{"number":504358,"year":2020}"#, r#"{"amount":1.5,"currency":"EUR"}"#] {
            let value: Value = serde_json::from_str(text).unwrap();
            assert_eq!(serde_json::to_string(&value).unwrap(), text);
        }
    }
}
