//! Which law could reach data, and how far a vendor's law is from a city's: computed from `config/jurisdictions.toml`.
//!
//! Everything here is a possibility that a law opens. It is never a finding that data were demanded or given, and every page that shows it
//! says so (schema.md section 12). What the table does not know is told as not known.

mod distance;
mod reach;
mod table;
#[cfg(test)]
mod tests;

use std::{
    collections::{BTreeMap, HashMap},
    path::Path,
    sync::{Arc, LazyLock},
};

use chrono::NaiveDate;

pub use distance::{Caveat, LegalDistance, Reason};
pub use reach::{Extent, Known, PossibleReach, ReachKind, ReachingLaw, Tie};
pub use table::{
    Adequacy, Area, Block, Checked, Conflict, CourtReview, Covers, Jurisdiction, Law, OtherAdequacy, Standing,
};

use crate::{Error, Result};

const EMBEDDED: &str = include_str!("../../../../../config/jurisdictions.toml");
const EMBEDDED_NAME: &str = "config/jurisdictions.toml";
/// The area whose adequacy decisions the table holds.
const ADEQUACY_AREA: &str = "EEA";

/// The table of jurisdictions.
#[derive(Debug)]
pub struct Jurisdictions {
    areas: BTreeMap<String, Area>,
    /// By ISO code.
    by_country: HashMap<String, Jurisdiction>,
    adequacy_other: Vec<OtherAdequacy>,
    conflicts: Vec<Conflict>,
}

impl Jurisdictions {
    /// The table that is part of the program.
    #[must_use]
    #[expect(clippy::panic, reason = "a test reads the embedded file")]
    pub fn embedded() -> Arc<Self> {
        static TABLE: LazyLock<Arc<Jurisdictions>> =
            LazyLock::new(|| match Jurisdictions::parse(EMBEDDED, EMBEDDED_NAME) {
                Ok(table) => Arc::new(table),
                Err(error) => panic!("{error}"),
            });
        Arc::clone(&TABLE)
    }

    /// Reads an operator's own file.
    ///
    /// # Errors
    /// [`Error::Config`] where it cannot be read or is faulty.
    pub fn load(path: &Path) -> Result<Arc<Self>> {
        let name = path.display().to_string();
        let text =
            std::fs::read_to_string(path).map_err(|error| Error::Config(format!("{name}: cannot be read: {error}")))?;
        Self::parse(&text, &name).map(Arc::new)
    }

    /// Reads a table from its text; `file_name` is what errors call it.
    ///
    /// # Errors
    /// [`Error::Config`] with file, line and reason.
    pub fn parse(text: &str, file_name: &str) -> Result<Self> {
        let fault = |at: usize, reason: &str| {
            let before = text.get(..at).unwrap_or(text);
            let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
            Error::Config(format!("{file_name}:{line}: {reason}"))
        };
        let table: table::Table =
            toml::from_str(text).map_err(|error| fault(error.span().map_or(0, |span| span.start), error.message()))?;
        let mut by_country = HashMap::new();
        for entry in table.jurisdiction {
            let at = entry.span().start;
            let entry = entry.into_inner();
            check(&entry, &table.areas).map_err(|reason| fault(at, &reason))?;
            let iso2 = entry.iso2.clone();
            if by_country.insert(iso2.clone(), entry).is_some() {
                return Err(fault(at, &format!("the jurisdiction {iso2} stands twice")));
            }
        }
        let members = table.areas.iter().flat_map(|(code, area)| area.members.iter().map(move |member| (code, member)));
        for (code, member) in members {
            if by_country.get(member).is_none_or(|entry| entry.area.as_ref() != Some(code)) {
                return Err(fault(0, &format!("{member} is a member of {code}, but has no entry that says so")));
            }
        }
        Ok(Self {
            areas: table.areas,
            by_country,
            adequacy_other: table.adequacy_other,
            conflicts: table.regime_conflict,
        })
    }

    /// What the table knows of a country; `None` where it knows nothing.
    #[must_use]
    pub fn of(&self, iso2: &str) -> Option<&Jurisdiction> {
        self.by_country.get(iso2)
    }

    /// All entries, by their English names.
    #[must_use]
    pub fn all(&self) -> Vec<&Jurisdiction> {
        let mut entries: Vec<&Jurisdiction> = self.by_country.values().collect();
        entries.sort_by(|a, b| a.name.cmp(&b.name));
        entries
    }

    /// The data-protection area of a country.
    #[must_use]
    pub fn area(&self, iso2: &str) -> Option<&Area> {
        self.areas.get(self.of(iso2)?.area.as_ref()?)
    }

    /// The areas, by their codes.
    #[must_use]
    pub fn areas(&self) -> &BTreeMap<String, Area> {
        &self.areas
    }

    /// Adequacy decisions for what is no state.
    #[must_use]
    pub fn adequacy_other(&self) -> &[OtherAdequacy] {
        &self.adequacy_other
    }

    /// Regimes that cannot both be obeyed.
    #[must_use]
    pub fn conflicts(&self) -> &[Conflict] {
        &self.conflicts
    }

    /// The laws of a country and of its area by which data could be demanded on a day, those that linger included.
    #[must_use]
    pub fn laws(&self, iso2: &str, on: NaiveDate) -> Vec<&Law> {
        let own = self.of(iso2).into_iter().flat_map(|entry| &entry.compelled_access);
        let common = self.area(iso2).into_iter().flat_map(|area| &area.compelled_access);
        let common = common.filter(|law| law.not_in.iter().all(|state| state != iso2));
        let has_effect = |law: &&Law| matches!(law.standing(on), Standing::InForce | Standing::Lingering);
        own.chain(common).filter(has_effect).collect()
    }
}

fn check(entry: &Jurisdiction, areas: &BTreeMap<String, Area>) -> Result<(), String> {
    if entry.iso2.len() != 2 || !entry.iso2.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return Err(format!("{:?} is no ISO code: two capital letters", entry.iso2));
    }
    match &entry.area {
        Some(code) if !areas.get(code).is_some_and(|area| area.members.contains(&entry.iso2)) => {
            Err(format!("{} names the area {code}, which does not list it", entry.iso2))
        }
        _ => Ok(()),
    }
}
