//! Which organisation a name means: one that is on record, or a new one.

use std::collections::{HashMap, HashSet};

use super::{near, report::Alike};
use crate::{
    codebook::Code, ids::OrganisationId, organisations::Organisation, places::CountryCode, random::Random,
    text::fold_name,
};

/// All organisations, those on record and those that the table brings.
pub(super) struct Directory {
    /// By each of their names, folded.
    by_name: HashMap<String, Vec<OrganisationId>>,
    known: HashSet<OrganisationId>,
    names: HashMap<OrganisationId, String>,
    /// New ones that no row has brought yet that can come in.
    waiting: HashMap<OrganisationId, Organisation>,
}

impl Directory {
    /// The organisations on record.
    pub(super) fn of(records: &[Organisation]) -> Self {
        let mut directory =
            Self { by_name: HashMap::new(), known: HashSet::new(), names: HashMap::new(), waiting: HashMap::new() };
        for record in records {
            directory.known.insert(record.id.clone());
            directory.enter(record);
        }
        directory
    }

    fn enter(&mut self, record: &Organisation) {
        self.names.insert(record.id.clone(), record.name().to_owned());
        for name in &record.names {
            let ids = self.by_name.entry(fold_name(&name.name)).or_default();
            if !ids.contains(&record.id) {
                ids.push(record.id.clone());
            }
        }
    }

    /// Whether this one is on record.
    pub(super) fn knows(&self, id: &OrganisationId) -> bool {
        self.known.contains(id)
    }

    /// The organisation of this name; a new one of this kind where there is none.
    ///
    /// # Errors
    /// Why nobody can tell which is meant.
    pub(super) fn named(
        &mut self,
        name: &str,
        kind: &Code,
        seat: Option<CountryCode>,
        random: &dyn Random,
    ) -> Result<OrganisationId, String> {
        let folded = fold_name(name);
        if folded.is_empty() {
            return Err("no letter and no digit is no name of an organisation".to_owned());
        }
        match self.by_name.get(&folded).map(Vec::as_slice) {
            Some([only]) => return Ok(only.clone()),
            Some(several) if !several.is_empty() => {
                let choices: Vec<String> = several
                    .iter()
                    .map(|id| format!("{id} ({})", self.names.get(id).map_or("", String::as_str)))
                    .collect();
                return Err(format!(
                    "the name fits several organisations: {}; say which one under names in this mapping",
                    choices.join(", ")
                ));
            }
            _ => {}
        }
        let mut record = Organisation::named(OrganisationId::draw(random), name, kind.clone());
        record.seat = seat;
        self.enter(&record);
        let id = record.id.clone();
        self.waiting.insert(id.clone(), record);
        Ok(id)
    }

    /// The organisation that may be meant by the name of a new one; those on record go before.
    pub(super) fn alike(&self, new: &Organisation) -> Option<Alike> {
        let wanted = fold_name(new.name());
        let near = |known| near::organisation_meant(&wanted, self.others(&new.id, known));
        let id = near(true).or_else(|| near(false))?;
        let name = self.names.get(id)?.clone();
        Some(if self.knows(id) { Alike::OnRecord(id.clone(), name) } else { Alike::New(name) })
    }

    /// The folded names of all organisations but one: of those on record, or of those that are not.
    fn others<'s>(
        &'s self,
        own: &'s OrganisationId,
        known: bool,
    ) -> impl Iterator<Item = (&'s str, &'s OrganisationId)> {
        self.by_name.iter().filter_map(move |(name, ids)| {
            let id = ids.iter().find(|id| *id != own && self.knows(id) == known)?;
            Some((name.as_str(), id))
        })
    }

    /// The record of a new organisation, once: when the first case that can come in names it.
    pub(super) fn brought(&mut self, id: &OrganisationId) -> Option<Organisation> {
        self.waiting.remove(id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{organisations::Name, testing::SeededRandom};

    fn record(id: &str, names: &[&str]) -> Organisation {
        let mut record = Organisation::named(id.parse().unwrap(), names[0], "company".parse().unwrap());
        record.names = names.iter().map(|name| Name { name: (*name).to_owned(), from: None, to: None }).collect();
        record
    }

    #[test]
    fn a_name_finds_its_record_by_any_of_its_names_and_a_new_one_is_brought_once() {
        let random = SeededRandom::new(1);
        let kind: Code = "company".parse().unwrap();
        let mut directory = Directory::of(&[record("o_acme", &["Acme", "Acme Kameras GmbH"])]);
        assert_eq!(directory.named("ACME  KAMERAS, GmbH", &kind, None, &random).unwrap().as_str(), "o_acme");
        let new = directory.named("Städtische Werke", &kind, None, &random).unwrap();
        assert_eq!(directory.named("Staedtische Werke", &kind, None, &random).unwrap(), new);
        assert!(!directory.knows(&new) && directory.knows(&"o_acme".parse().unwrap()));
        assert_eq!(directory.brought(&new).unwrap().name(), "Städtische Werke");
        assert!(directory.brought(&new).is_none());
    }

    #[test]
    fn a_new_name_is_told_with_the_one_that_it_may_be_a_slip_of() {
        let (random, kind): (_, Code) = (SeededRandom::new(1), "company".parse().unwrap());
        let mut directory =
            Directory::of(&[record("o_acme", &["Acme Kameras", "Akme Kameras"]), record("o_b", &["Bosch"])]);
        let mut alike = |name: &str| {
            let id = directory.named(name, &kind, None, &random).unwrap();
            let new = directory.brought(&id).unwrap();
            directory.alike(&new)
        };
        let acme = || Some(Alike::OnRecord("o_acme".parse().unwrap(), "Acme Kameras".to_owned()));
        assert_eq!(alike("Acme Kamras"), acme());
        assert_eq!(alike("Akme Kameras GmbH"), acme(), "by a former name as well");
        assert_eq!(alike("Voorbeeldnet"), None);
        assert_eq!(alike("Vorbeeldnet"), Some(Alike::New("Voorbeeldnet".to_owned())));
    }

    #[test]
    fn a_name_that_fits_several_is_told_with_all_of_them() {
        let kind: Code = "company".parse().unwrap();
        let mut directory = Directory::of(&[record("o_a", &["Atlas"]), record("o_b", &["Atlas Lighting", "Atlas"])]);
        let said = directory.named("atlas", &kind, None, &SeededRandom::new(1)).unwrap_err();
        assert!(said.contains("o_a (Atlas), o_b (Atlas Lighting)"), "{said}");
        assert!(directory.named("–", &kind, None, &SeededRandom::new(1)).is_err());
    }
}
