//! The types of `config/jurisdictions.toml`; its header says what each field means.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use toml::Spanned;

use crate::dates::{MalformedDate, PrefixDate};

/// The whole file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Table {
    pub(super) areas: BTreeMap<String, Area>,
    pub(super) jurisdiction: Vec<Spanned<Jurisdiction>>,
    #[serde(default)]
    pub(super) adequacy_other: Vec<OtherAdequacy>,
    #[serde(default)]
    pub(super) regime_conflict: Vec<Conflict>,
}

/// States among which personal data move without a further legal ground.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Area {
    /// English name.
    pub name: String,
    /// What it means for data.
    pub what: String,
    /// The law that makes it one.
    pub instrument: String,
    /// Since when it applies.
    pub applies_since: PrefixDate,
    /// Since when it applies in the three states that joined later.
    #[serde(rename = "applies_since_in_IS_LI_NO")]
    pub applies_since_in_is_li_no: Option<PrefixDate>,
    /// Its states, ISO codes of two letters.
    pub members: Vec<String>,
    /// What the area's own law sets against demands from outside.
    #[serde(default)]
    pub blocks: Vec<Block>,
    /// Laws that hold in all of the area, but for those states that the law leaves out.
    #[serde(default)]
    pub compelled_access: Vec<Law>,
    /// Where it is written.
    pub source: String,
    /// When that was looked up.
    pub checked: Checked,
}

/// A rule against demands from outside of an area.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Block {
    /// The law.
    pub law: String,
    /// Year of its adoption.
    pub year: u16,
    /// Its articles.
    pub articles: String,
    /// What it rules.
    pub what: String,
    /// What else should be known.
    pub note: Option<String>,
    /// Where it is written.
    pub source: String,
    /// When that was looked up.
    pub checked: Checked,
}

/// A country in matters of data: area, adequacy, laws that compel.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Jurisdiction {
    /// ISO code of two letters.
    pub iso2: String,
    /// English name.
    pub name: String,
    /// The data-protection area to which it belongs.
    pub area: Option<String>,
    /// A decision that its protection of data is adequate.
    pub adequacy: Option<Adequacy>,
    /// Laws by which its government can demand data from companies. None: not that there are none, but that none were looked up.
    #[serde(default)]
    pub compelled_access: Vec<Law>,
    /// The newest date of a page that confirmed something of the entry.
    pub checked: Checked,
}

/// A decision of the European Commission (GDPR article 45).
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Adequacy {
    /// Its number.
    pub decision: String,
    /// Day of its adoption.
    pub since: PrefixDate,
    /// Where it ends by itself: its last day.
    pub until: Option<PrefixDate>,
    /// States of the area for which it did not hold when checked.
    #[serde(default)]
    pub not_from: Vec<String>,
    /// Whether it holds for what a city gives to a vendor.
    pub covers: Covers,
    /// What it covers, in words.
    pub scope: String,
    /// What was not confirmed.
    pub note: Option<String>,
    /// Where it is written.
    pub source: String,
}

/// Whether an adequacy decision holds for what a city gives to a vendor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Covers {
    /// Whoever receives the data.
    All,
    /// Certain recipients or kinds of processing, a vendor's as a rule among them.
    Part,
    /// Only organisations on a list.
    Listed,
}

/// A law by which a government can demand data from companies.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Law {
    /// Its name.
    pub law: String,
    /// Year of its adoption.
    pub year: u16,
    /// Its articles or sections.
    pub articles: String,
    /// One sentence: what can be demanded, and of whom.
    pub what: String,
    /// Who decides.
    pub court_review: CourtReview,
    /// Whether text, court or practice reach data or companies abroad.
    pub extraterritorial: bool,
    /// False where it has ended or lapsed.
    #[serde(default = "yes")]
    pub in_force: bool,
    /// Its first day.
    #[serde(alias = "applies_since")]
    pub in_force_since: Option<PrefixDate>,
    /// States of the area in which it does not hold.
    #[serde(default)]
    pub not_in: Vec<String>,
    /// Day of its end.
    pub ended: Option<PrefixDate>,
    /// How long it still has effect after its end.
    pub effective_until: Option<PrefixDate>,
    /// What more there is to say of its standing.
    pub status: Option<String>,
    /// What else should be known.
    pub note: Option<String>,
    /// Where it is written.
    pub source: String,
    /// When that was looked up.
    pub checked: Checked,
}

fn yes() -> bool {
    true
}

impl Law {
    /// How the law stands on a day.
    #[must_use]
    pub fn standing(&self, on: NaiveDate) -> Standing {
        if self.in_force_since.as_ref().is_some_and(|since| since.first_day() > on) {
            return Standing::NotYet;
        }
        let over = self.ended.as_ref().map_or(!self.in_force, |ended| ended.first_day() <= on);
        if !over {
            return Standing::InForce;
        }
        let lingers = self.effective_until.as_ref().is_some_and(|until| on <= until.last_day());
        if lingers { Standing::Lingering } else { Standing::Ended }
    }
}

/// Who decides that data are handed over; the header of the file defines the terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CourtReview {
    /// A judge or an independent judicial body, beforehand or on complaint.
    Independent,
    /// A court takes part, but in secret, for a whole programme, for some demands only, or afterwards.
    Limited,
    /// The executive, an agency or a prosecutor; no court is needed by the law.
    None,
    /// Sources disagree; counted as neither.
    Unclear,
}

impl CourtReview {
    /// The machine word, for message keys.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Independent => "independent",
            Self::Limited => "limited",
            Self::None => "none",
            Self::Unclear => "unclear",
        }
    }
}

/// How a law stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It applies.
    InForce,
    /// It has ended and still has effect.
    Lingering,
    /// Its first day is to come.
    NotYet,
    /// It is over.
    Ended,
}

impl Standing {
    /// The machine word, for message keys.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::InForce => "in_force",
            Self::Lingering => "lingering",
            Self::NotYet => "not_yet",
            Self::Ended => "ended",
        }
    }
}

/// An adequacy decision for something that is no state.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OtherAdequacy {
    /// For whom.
    pub name: String,
    /// What it is.
    pub kind: String,
    /// Since when.
    pub since: PrefixDate,
    /// What it covers.
    pub scope: String,
    /// What was not confirmed.
    pub note: Option<String>,
    /// Where it is written.
    pub source: String,
    /// When that was looked up.
    pub checked: Checked,
}

/// Two regimes that cannot both be obeyed.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Conflict {
    /// Machine word.
    pub id: String,
    /// Short name.
    pub title: String,
    /// Areas and countries whose laws they are.
    pub jurisdictions: Vec<String>,
    /// The laws.
    pub regimes: Vec<String>,
    /// Why they conflict.
    pub sentence: String,
    /// What else should be known.
    pub note: Option<String>,
    /// Where it is written.
    pub source: String,
    /// When that was looked up.
    pub checked: Checked,
}

/// When a fact was looked up.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum Checked {
    /// Confirmed by a page of this date.
    On(PrefixDate),
    /// Confirmed by a page that shows no date.
    Undated,
    /// General knowledge; no page was looked up.
    Unverified,
}

impl TryFrom<String> for Checked {
    type Error = MalformedDate;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        match text.as_str() {
            "undated" => Ok(Self::Undated),
            "unverified" => Ok(Self::Unverified),
            _ => text.parse().map(Self::On),
        }
    }
}
