//! Organisations: vendors, public bodies and their owners, as records that cases point to.

mod store;

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::{
    Error, Result,
    codebook::Code,
    dates::PrefixDate,
    db::{
        Reading, Unrecorded, Writing,
        outbox::{Act, Entry},
    },
    ids::OrganisationId,
    places::CountryCode,
    text::fold_name,
};

/// What is on record of an organisation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Organisation {
    /// The id.
    pub id: OrganisationId,
    /// Its names, the usual one first.
    pub names: Vec<Name>,
    /// Code of `organisation_kind`.
    pub kind: Code,
    /// Where it is registered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seat: Option<CountryCode>,
    /// Whose it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<OrganisationId>,
    /// Where its shares are traded, or `no`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub listed: Option<String>,
    /// How many people work for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub employees: Option<Employees>,
    /// What is said of a state's share in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state_ownership: Option<String>,
    /// Numbers in registers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub register: Option<String>,
    /// Its own address in the web.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub website: Option<String>,
    /// Whether the figures were looked up.
    #[serde(default)]
    pub verified: bool,
}

impl Organisation {
    /// A record with a name and nothing else.
    #[must_use]
    pub fn named(id: OrganisationId, name: &str, kind: Code) -> Self {
        Self {
            id,
            names: vec![Name { name: name.to_owned(), from: None, to: None }],
            kind,
            seat: None,
            parent: None,
            listed: None,
            employees: None,
            state_ownership: None,
            register: None,
            website: None,
            verified: false,
        }
    }

    /// Its usual name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.names.first().map_or_else(|| self.id.as_str(), |name| &name.name)
    }

    /// Whether this is one of its names, of whatever time, to the letter.
    #[must_use]
    pub fn bears(&self, name: &str) -> bool {
        self.names.iter().any(|known| known.name == name)
    }

    /// Whether it belongs to the public side: its name would name the place.
    #[must_use]
    pub fn is_public_side(&self) -> bool {
        matches!(self.kind.as_str(), "public_body" | "state_company" | "person_group")
    }

    /// Whether it is plainly a company from elsewhere: registered abroad, or owned by one that is. Its name tells nothing of the place. What
    /// is registered at home, or nobody knows where, may be a company of the city, whatever kind is on record.
    #[must_use]
    pub fn is_company_from_abroad<'a>(
        &'a self,
        record_of: impl Fn(&OrganisationId) -> Option<&'a Self>,
        is_home: impl Fn(&CountryCode) -> bool,
    ) -> bool {
        const OWNERS: usize = 8;
        let owner = |record: &&'a Self| record.parent.as_ref().and_then(&record_of);
        let companies = std::iter::successors(Some(self), owner)
            .take(OWNERS)
            .take_while(|record| matches!(record.kind.as_str(), "company" | "subsidiary" | "state_company"));
        companies.filter_map(|record| record.seat.as_ref()).any(|seat| !is_home(seat))
    }

    /// Notes that it stands on the public side, so that its record says so in other cases too.
    pub fn note_public_side(&mut self) {
        if matches!(self.kind.as_str(), "company" | "subsidiary") {
            self.kind = Code::known("state_company");
        }
    }
}

/// A name and when it was used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Name {
    /// The name.
    pub name: String,
    /// Since when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<PrefixDate>,
    /// Until when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<PrefixDate>,
}

/// A count of people with its date and source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Employees {
    /// How many.
    pub number: u64,
    /// Counted when.
    pub as_of: PrefixDate,
    /// Said where.
    pub source: String,
}

/// Records by id.
pub type Directory = HashMap<OrganisationId, Organisation>;

/// An organisation came on record or was changed. Told by the quarter: some come with an account, whose day is not told.
#[derive(Debug)]
pub struct Recorded<'a>(pub &'a OrganisationId);

impl Act for Recorded<'_> {
    fn entry(&self) -> Entry {
        Entry::new("organisation_recorded", "organisation", self.0.as_str()).by_quarter()
    }
}

/// The record with this id.
///
/// # Errors
/// Those of the database.
pub fn find(r: &mut Reading, id: &OrganisationId) -> Result<Option<Organisation>> {
    store::find(r, id)
}

/// The records with these ids; unknown ids are left out.
///
/// # Errors
/// Those of the database.
pub fn of_ids(r: &mut Reading, ids: &[OrganisationId]) -> Result<Directory> {
    Ok(store::of_ids(r, ids)?.into_iter().map(|record| (record.id.clone(), record)).collect())
}

/// The records with these ids and all that stand above them.
///
/// # Errors
/// Those of the database.
pub fn with_parents(r: &mut Reading, ids: &[OrganisationId]) -> Result<Directory> {
    let mut directory = of_ids(r, ids)?;
    loop {
        let missing: Vec<OrganisationId> = directory
            .values()
            .filter_map(|record| record.parent.clone())
            .filter(|id| !directory.contains_key(id))
            .collect();
        let found = of_ids(r, &missing)?;
        if found.is_empty() {
            return Ok(directory);
        }
        directory.extend(found);
    }
}

/// All records, in order of their ids.
///
/// # Errors
/// Those of the database.
pub fn all(r: &mut Reading) -> Result<Vec<Organisation>> {
    store::all(r)
}

/// The records that bear this name, whatever its case, accents and umlauts.
///
/// # Errors
/// Those of the database.
pub fn of_name(r: &mut Reading, name: &str) -> Result<Vec<Organisation>> {
    store::of_folded_name(r, &fold_name(name))
}

/// Puts new records in place, owners first or last: any order will do.
///
/// # Errors
/// [`Error::Conflict`] if an id is on record already; [`Error::Refused`] if a parent is nowhere.
pub fn insert(tx: &mut Writing, records: &[Organisation]) -> Result<()> {
    for record in records {
        store::insert(tx, record)?;
    }
    for record in records {
        place(tx, record)?;
        tx.record(&Recorded(&record.id));
    }
    Ok(())
}

/// The organisations of which a name was taken off the record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[must_use = "what was taken away of cases before still tells these names: `cases::put_organisations`"]
pub struct NamesGone(Vec<OrganisationId>);

impl NamesGone {
    /// Which.
    #[must_use]
    pub fn of(&self) -> &[OrganisationId] {
        &self.0
    }
}

/// Keeps places for those of these organisations that are not on record: cases can point to them, and nobody finds them before [`put`] puts
/// them on record.
///
/// # Errors
/// Those of the database.
pub(crate) fn reserve(tx: &mut Unrecorded, records: &[Organisation]) -> Result<()> {
    records.iter().try_for_each(|record| store::reserve(tx, &record.id))
}

/// Gives up the places that were kept and never filled; no case may point to them any more.
///
/// # Errors
/// Those of the database.
pub(crate) fn give_up_reserved(tx: &mut Unrecorded) -> Result<()> {
    store::delete_reserved(tx)
}

/// Which of these records would take a name off the record, were they [`put`] now.
///
/// # Errors
/// Those of the database.
pub(crate) fn losing_names(r: &mut Reading, records: &[Organisation]) -> Result<Vec<OrganisationId>> {
    let mut losing = Vec::new();
    for record in records {
        if loses_a_name(store::find(r, &record.id)?.as_ref(), record) {
            losing.push(record.id.clone());
        }
    }
    Ok(losing)
}

fn loses_a_name(before: Option<&Organisation>, now: &Organisation) -> bool {
    before.into_iter().flat_map(|before| &before.names).any(|name| !now.bears(&name.name))
}

/// Puts records in place, new ones and changed ones, owners first or last. Pages of cases name them, so what is public changes with them.
/// Returns those that bore a name which they bear no more, not even as an earlier one.
///
/// # Errors
/// [`Error::Refused`] if a parent is nowhere.
pub fn put(tx: &mut Writing, records: &[Organisation]) -> Result<NamesGone> {
    tx.change_public()?;
    let mut gone = NamesGone::default();
    for record in records {
        if loses_a_name(store::find(tx, &record.id)?.as_ref(), record) {
            gone.0.push(record.id.clone());
        }
        if !store::update(tx, record)? {
            store::insert(tx, record)?;
        }
    }
    for record in records {
        place(tx, record)?;
        tx.record(&Recorded(&record.id));
    }
    Ok(gone)
}

/// Writes what hangs on a record: its parent and its folded names.
fn place(tx: &mut Unrecorded, record: &Organisation) -> Result<()> {
    if let Some(parent) = &record.parent
        && (parent == &record.id || store::find(tx, parent)?.is_none())
    {
        return Err(Error::Refused("organisation-parent-unknown"));
    }
    store::set_parent(tx, &record.id, record.parent.as_ref())?;
    let mut folded: Vec<String> = record.names.iter().map(|name| fold_name(&name.name)).collect();
    folded.sort();
    folded.dedup();
    store::set_names(tx, &record.id, &folded)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{db::Actor, testing::TestDatabase};

    fn record(id: &str, name: &str, parent: Option<&str>) -> Organisation {
        let mut record = Organisation::named(id.parse().unwrap(), name, "company".parse().unwrap());
        record.parent = parent.map(|parent| parent.parse().unwrap());
        record
    }

    #[test]
    fn a_record_is_found_by_any_spelling_of_its_name() {
        let db = TestDatabase::open();
        db.write(Actor::System, |tx| insert(tx, &[record("o_telefonica", "Telefónica", None)])).unwrap();
        let found = db.read(|r| of_name(r, "TELEFONICA")).unwrap();
        assert_eq!(found[0].name(), "Telefónica");
        assert!(db.read(|r| of_name(r, "Telefon")).unwrap().is_empty());
    }

    #[test]
    fn a_subsidiary_may_come_before_its_owner_but_not_without_one() {
        let db = TestDatabase::open();
        let pair = [record("o_hisilicon", "HiSilicon", Some("o_huawei")), record("o_huawei", "Huawei", None)];
        db.write(Actor::System, |tx| insert(tx, &pair)).unwrap();
        let above = db.read(|r| with_parents(r, &["o_hisilicon".parse().unwrap()])).unwrap();
        assert_eq!(above.len(), 2);
        let orphan = db.write(Actor::System, |tx| insert(tx, &[record("o_orphan", "Orphan", Some("o_nobody"))]));
        assert!(matches!(orphan, Err(Error::Refused(_))));
    }

    // A page that names it is made anew: pages are kept for as long as nothing public changes.
    #[test]
    fn a_changed_record_changes_what_is_public() {
        let db = TestDatabase::open();
        let gone = db.write(Actor::System, |tx| put(tx, &[record("o_huawei", "Huawei", None)])).unwrap();
        assert!(gone.of().is_empty(), "{gone:?}");
        let before = db.read(crate::db::Reading::visibility_generation).unwrap();
        let gone = db.write(Actor::System, |tx| put(tx, &[record("o_huawei", "Another", None)])).unwrap();
        assert_eq!(gone.of().iter().map(OrganisationId::as_str).collect::<Vec<_>>(), ["o_huawei"]);
        assert!(db.read(crate::db::Reading::visibility_generation).unwrap() > before);
        assert_eq!(db.read(|r| of_name(r, "Another")).unwrap().len(), 1);
    }

    #[test]
    fn a_place_that_is_kept_is_no_organisation_until_it_is_on_record() {
        let db = TestDatabase::open();
        let (kept, there) = (record("o_kept", "Kept", None), record("o_there", "There", None));
        db.write(Actor::System, |tx| insert(tx, std::slice::from_ref(&there))).unwrap();
        let both = [kept.clone(), record("o_there", "Another", None)];
        db.write(Actor::CommandLine, |tx| reserve(tx, &both)).unwrap();
        let found = |db: &TestDatabase| {
            let ids = [kept.id.clone(), there.id.clone()];
            db.read(|r| Ok((find(r, &kept.id)?.is_some(), of_ids(r, &ids)?.len(), all(r)?, of_name(r, "Kept")?.len())))
                .unwrap()
        };
        assert_eq!(found(&db), (false, 1, vec![there.clone()], 0), "and what is on record stays as it is");
        let owned = db.write(Actor::System, |tx| insert(tx, &[record("o_owned", "Owned", Some("o_kept"))]));
        assert!(matches!(owned, Err(Error::Refused(_))), "nothing can come to depend on it");
        let gone = db.write(Actor::System, |tx| put(tx, std::slice::from_ref(&kept))).unwrap();
        assert!(gone.of().is_empty(), "a place that was kept bore no name");
        db.write(Actor::System, |tx| give_up_reserved(tx)).unwrap();
        assert_eq!(found(&db), (true, 2, vec![kept.clone(), there.clone()], 1));
        db.write(Actor::CommandLine, |tx| reserve(tx, &[record("o_never", "Never", None)])).unwrap();
        db.write(Actor::System, |tx| give_up_reserved(tx)).unwrap();
        db.write(Actor::System, |tx| insert(tx, &[record("o_never", "Never", None)])).unwrap();
    }

    #[test]
    fn an_id_is_on_record_once() {
        let db = TestDatabase::open();
        db.write(Actor::System, |tx| insert(tx, &[record("o_huawei", "Huawei", None)])).unwrap();
        let again = db.write(Actor::System, |tx| insert(tx, &[record("o_huawei", "Another", None)]));
        assert!(matches!(again, Err(Error::Conflict(_))));
    }
}
