//! Whose law could reach the data: one answer for each link by which a country is involved. A possibility, not evidence of access.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Jurisdictions, Law, Standing};

/// By which link a country is involved (codebook `reach_kind`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReachKind {
    /// The vendor is registered there.
    Seat,
    /// A company that owns the vendor is registered there.
    ParentSeat,
    /// The country's government holds a share of the vendor.
    StateShare,
    /// The data are stored there.
    HostCountry,
    /// Copies are kept there.
    BackupCountry,
    /// Staff with access work there.
    SupportCountry,
    /// The people whom the data describe live there.
    DataSubjectCountry,
}

impl ReachKind {
    /// The machine word of the codebook.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Seat => "seat",
            Self::ParentSeat => "parent_seat",
            Self::StateShare => "state_share",
            Self::HostCountry => "host_country",
            Self::BackupCountry => "backup_country",
            Self::SupportCountry => "support_country",
            Self::DataSubjectCountry => "data_subject_country",
        }
    }

    /// Whether the link binds the company rather than the data.
    fn binds_company(self) -> bool {
        matches!(self, Self::Seat | Self::ParentSeat | Self::StateShare)
    }
}

/// A link by which a country is involved, with the confidence of each step that leads there. `C` is ordered from the best to the weakest.
#[derive(Debug, Clone)]
pub struct Tie<C> {
    /// What link it is.
    pub kind: ReachKind,
    /// ISO code of two letters.
    pub country: String,
    /// The confidence of each step; `None` for a step that nobody has rated.
    pub links: Vec<Option<C>>,
}

/// What a country's laws could reach by one link.
#[derive(Debug, Clone)]
pub struct PossibleReach<'t, C> {
    /// The link.
    pub kind: ReachKind,
    /// The country, ISO code of two letters.
    pub country: String,
    /// The weakest confidence on the way; `None` where a step is not rated.
    pub confidence: Option<C>,
    /// How much the table knows.
    pub known: Known,
    /// The laws, those first that reach farthest.
    pub laws: Vec<ReachingLaw<'t>>,
}

/// A law that could reach the data.
#[derive(Debug, Clone, Copy)]
pub struct ReachingLaw<'t> {
    /// The law.
    pub law: &'t Law,
    /// In force, or ended and still of effect.
    pub standing: Standing,
    /// What it could reach.
    pub extent: Extent,
}

/// What a law could reach by a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Extent {
    /// Data wherever they lie.
    Anywhere,
    /// Data that lie in the country or are handled there.
    InCountry,
    /// What the company holds in the country; that it reaches what is held elsewhere was not found.
    HeldAtHome,
}

impl Extent {
    /// The machine word, for message keys.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Anywhere => "anywhere",
            Self::InCountry => "in_country",
            Self::HeldAtHome => "held_at_home",
        }
    }
}

/// How much the table knows of a country's laws.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    /// Its laws were looked up; that no others exist is not claimed.
    LookedUp,
    /// Only the law of its area was looked up.
    AreaOnly,
    /// It is in the table, but its laws were not looked up.
    NotLookedUp,
    /// It is not in the table.
    NotInTable,
}

impl Known {
    /// The machine word, for message keys.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::LookedUp => "looked_up",
            Self::AreaOnly => "area_only",
            Self::NotLookedUp => "not_looked_up",
            Self::NotInTable => "not_in_table",
        }
    }
}

impl Jurisdictions {
    /// Which laws could reach the data, link by link, on a day.
    #[must_use]
    pub fn reach<C: Ord + Copy>(&self, ties: &[Tie<C>], on: NaiveDate) -> Vec<PossibleReach<'_, C>> {
        ties.iter().map(|tie| self.reach_of(tie, on)).collect()
    }

    fn reach_of<C: Ord + Copy>(&self, tie: &Tie<C>, on: NaiveDate) -> PossibleReach<'_, C> {
        let mut laws: Vec<ReachingLaw<'_>> = self
            .laws(&tie.country, on)
            .into_iter()
            .map(|law| ReachingLaw { law, standing: law.standing(on), extent: extent(law, tie.kind) })
            .collect();
        laws.sort_by_key(|reaching| reaching.extent);
        PossibleReach {
            kind: tie.kind,
            country: tie.country.clone(),
            confidence: weakest(&tie.links),
            known: self.known(&tie.country),
            laws,
        }
    }

    fn known(&self, country: &str) -> Known {
        match self.of(country) {
            None => Known::NotInTable,
            Some(entry) if !entry.compelled_access.is_empty() => Known::LookedUp,
            Some(_) if self.area(country).is_some() => Known::AreaOnly,
            Some(_) => Known::NotLookedUp,
        }
    }
}

fn extent(law: &Law, kind: ReachKind) -> Extent {
    match (law.extraterritorial, kind.binds_company()) {
        (true, _) => Extent::Anywhere,
        (false, true) => Extent::HeldAtHome,
        (false, false) => Extent::InCountry,
    }
}

/// The weakest confidence of a path; a step that nobody has rated leaves the whole path without one.
fn weakest<C: Ord + Copy>(links: &[Option<C>]) -> Option<C> {
    links.iter().copied().collect::<Option<Vec<C>>>()?.into_iter().max()
}
