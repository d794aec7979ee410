//! What the vocabulary is made of: topics, fields, codes and their words.

use std::{
    collections::{BTreeMap, HashMap},
    fmt,
    str::FromStr,
};

use serde::{Deserialize, Serialize};

/// The language that every text has.
pub(super) const BASE_LANGUAGE: &str = "en";

/// Words in one or several languages; English always stands there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Text(pub(super) BTreeMap<String, String>);

impl Text {
    /// The words in a language, or in English where there are none in it.
    #[must_use]
    pub fn text(&self, lang: &str) -> &str {
        self.0.get(lang).or_else(|| self.0.get(BASE_LANGUAGE)).map_or("", String::as_str)
    }

    /// The languages in which the words stand.
    pub fn languages(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

/// A version of the vocabulary, such as `0.1`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Version {
    major: u32,
    minor: u32,
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)
    }
}

/// A text that is no version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a version of the vocabulary is written 0.1")]
pub struct MalformedVersion;

impl FromStr for Version {
    type Err = MalformedVersion;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (major, minor) = text.split_once('.').ok_or(MalformedVersion)?;
        let number = |digits: &str| digits.parse().map_err(|_| MalformedVersion);
        Ok(Self { major: number(major)?, minor: number(minor)? })
    }
}

impl TryFrom<String> for Version {
    type Error = MalformedVersion;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Version> for String {
    fn from(version: Version) -> Self {
        version.to_string()
    }
}

/// A topic: what stands together in the form and on the page of a case.
#[derive(Debug, Serialize)]
pub struct Section {
    /// Machine code.
    pub code: String,
    /// Its name.
    pub label: Text,
    /// What it asks, in one sentence.
    pub intro: Text,
}

impl Section {
    /// Its name in a language.
    #[must_use]
    pub fn label(&self, lang: &str) -> &str {
        self.label.text(lang)
    }
}

/// Where in a case a field lives. The order decides which field a bare code means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum In {
    /// Statements of the case as a whole.
    Case,
    /// Statements of one agreement.
    Agreement,
    /// The head of the case.
    Head,
    /// An organisation and its part.
    Involvement,
    /// A concern.
    Viewpoint,
    /// An answer to a concern.
    Answer,
    /// A step of the course.
    Timeline,
    /// A source.
    Source,
    /// A contributor's account.
    Account,
    /// Organisations and their relationships.
    Organisation,
    /// Codes that wrap values or states of the site: status, confidence, visibility and the like.
    Wrapper,
    /// Codes and values beside a statement's value.
    Qualifier,
}

impl In {
    /// The word of the file.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Case => "case",
            Self::Agreement => "agreement",
            Self::Head => "head",
            Self::Involvement => "involvement",
            Self::Viewpoint => "viewpoint",
            Self::Answer => "answer",
            Self::Timeline => "timeline",
            Self::Source => "source",
            Self::Account => "account",
            Self::Organisation => "organisation",
            Self::Wrapper => "wrapper",
            Self::Qualifier => "qualifier",
        }
    }

    /// Whether such fields are answered by statements.
    #[must_use]
    pub fn is_statement(self) -> bool {
        matches!(self, Self::Case | Self::Agreement)
    }
}

/// What an answer to a field looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// One code.
    Choice,
    /// Any number of codes, each a statement of its own.
    Choices,
    /// Words of several lines.
    Text,
    /// Words of one line.
    Line,
    /// A number and, where known, its year.
    Number,
    /// A sum of money; its codes stand in place of a sum.
    Amount,
    /// A prefix date.
    Date,
    /// A country.
    Country,
    /// An organisation.
    Organisation,
    /// A web address.
    Address,
    /// A language; its codes are those that are offered.
    Language,
    /// Yes or no.
    Flag,
}

impl FieldKind {
    /// Whether answers are codes.
    #[must_use]
    pub fn is_coded(self) -> bool {
        matches!(self, Self::Choice | Self::Choices)
    }
}

/// A code that a coded field can take.
#[derive(Debug, Serialize)]
pub struct FieldCode {
    /// Machine code.
    pub code: String,
    /// The version that first had it.
    pub since: Version,
    /// The version that no longer offers it; it keeps resolving.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retired: Option<Version>,
    /// The codes that took its place: one where it was renamed or merged, several where it was split.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub replaced_by: Vec<String>,
    /// Why it was retired; always there where nothing took its place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retired_because: Option<Text>,
    /// Its name.
    pub label: Text,
    /// What it means, in one sentence.
    pub definition: Text,
}

impl FieldCode {
    /// Its name in a language.
    #[must_use]
    pub fn label(&self, lang: &str) -> &str {
        self.label.text(lang)
    }

    /// What it means, in a language.
    #[must_use]
    pub fn definition(&self, lang: &str) -> &str {
        self.definition.text(lang)
    }

    /// Whether it asks for words of one's own (schema.md rule 10: `{code: other, text, lang}`).
    #[must_use]
    pub fn takes_text(&self) -> bool {
        self.code == "other"
    }
}

/// A field of the vocabulary.
#[derive(Debug, Serialize)]
pub struct Field {
    /// Machine code; unique within its place.
    pub code: String,
    /// Where it lives.
    #[serde(rename = "in")]
    pub within: In,
    /// Code of its topic; vocabularies around values have none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    /// What an answer looks like.
    #[serde(rename = "type")]
    pub kind: FieldKind,
    /// Counts for completeness.
    pub core: bool,
    /// Readers filter by it.
    pub facet: bool,
    /// Contributors are asked for it.
    pub form: bool,
    /// Nothing can be sent without it.
    pub required: bool,
    /// The answer says for which time it holds.
    pub dated: bool,
    /// The version that first had it.
    pub since: Version,
    /// The version that no longer asks for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retired: Option<Version>,
    /// The fields of the same place that took its place.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub replaced_by: Vec<String>,
    /// Why it was retired; always there where nothing took its place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retired_because: Option<Text>,
    /// Codes of the qualifiers that may stand beside its value.
    pub qualifiers: Vec<String>,
    /// Its name.
    pub label: Text,
    /// What it asks for, in one sentence.
    pub definition: Text,
    /// What an answer may look like.
    pub example: Text,
    /// Its codes in the order of the file, retired ones included.
    pub codes: Vec<FieldCode>,
    #[serde(skip)]
    pub(super) by_code: HashMap<String, usize>,
}

impl Field {
    /// Its name in a language.
    #[must_use]
    pub fn label(&self, lang: &str) -> &str {
        self.label.text(lang)
    }

    /// What it asks for, in a language.
    #[must_use]
    pub fn definition(&self, lang: &str) -> &str {
        self.definition.text(lang)
    }

    /// What an answer may look like, in a language.
    #[must_use]
    pub fn example(&self, lang: &str) -> &str {
        self.example.text(lang)
    }

    /// One of its codes, a retired one too.
    #[must_use]
    pub fn code(&self, code: &str) -> Option<&FieldCode> {
        self.by_code.get(code).map(|position| &self.codes[*position])
    }

    /// The codes that are offered: all but the retired ones.
    pub fn current_codes(&self) -> impl Iterator<Item = &FieldCode> {
        self.codes.iter().filter(|code| code.retired.is_none())
    }

    /// The codes of a form: those that are offered, and retired ones that were chosen before they were retired.
    pub fn offered_codes(&self, is_chosen: impl Fn(&str) -> bool) -> impl Iterator<Item = &FieldCode> {
        self.codes.iter().filter(move |code| code.retired.is_none() || is_chosen(&code.code))
    }

    /// Whether a case coded under this version of the vocabulary was asked for it; if not, its status is `not_asked`.
    #[must_use]
    pub fn was_asked_in(&self, version: Version) -> bool {
        self.since <= version && self.retired.is_none_or(|retired| version < retired)
    }
}
