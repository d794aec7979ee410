//! Names of organisations that left the record. A record belongs to no case and has no revisions, but what readers took away of a case tells
//! the name of its day, whichever revision it holds. So every case that names the organisation counts as one that words were taken out of.

use std::collections::{BTreeSet, HashSet};

use super::store;
use crate::{
    Result,
    db::{Database, Reading, Writing},
    ids::{CaseId, OrganisationId},
    limits,
    organisations::{self, Organisation},
};

/// Which cases name organisations that are about to lose a name, as far as was read before.
#[derive(Debug, Default)]
pub(super) struct LookedUp {
    sought: HashSet<OrganisationId>,
    naming: BTreeSet<CaseId>,
    /// The change of what is public up to which it is known.
    generation: i64,
}

/// Looks for the cases that name what these records would take a name from, if there are any. All revisions are looked through, since a name
/// is seldom taken away, and an index of all that each revision names would be kept for nothing else. Nobody who writes waits for it.
///
/// # Errors
/// Those of the database.
pub(super) fn look_ahead(db: &Database, records: &[Organisation]) -> Result<LookedUp> {
    let (sought, generation, ids) = db.read(|r| {
        let sought: HashSet<OrganisationId> = organisations::losing_names(r, records)?.into_iter().collect();
        let ids = if sought.is_empty() { Vec::new() } else { store::cited::all_ids(r)? };
        Ok((sought, r.visibility_generation()?, ids))
    })?;
    let mut naming = BTreeSet::new();
    for some in ids.chunks(limits::BATCH) {
        naming.extend(db.read(|r| naming_among(r, some, &sought))?);
    }
    Ok(LookedUp { sought, naming, generation })
}

/// Puts records of organisations in place, new ones and changed ones, and recalls by their cases what tells a name that is on record no more.
///
/// # Errors
/// [`crate::Error::Refused`] if a parent is nowhere.
pub fn put_organisations(tx: &mut Writing, records: &[Organisation]) -> Result<()> {
    put_looked_up(tx, records, &LookedUp::default())
}

/// As [`put_organisations`], and only what changed since it was looked up is looked through.
///
/// # Errors
/// As there.
pub(super) fn put_looked_up(tx: &mut Writing, records: &[Organisation], before: &LookedUp) -> Result<()> {
    let gone: HashSet<OrganisationId> = organisations::put(tx, records)?.of().iter().cloned().collect();
    if gone.is_empty() {
        return Ok(());
    }
    let is_known = gone.is_subset(&before.sought);
    let left = if is_known { store::cited::changed_since(tx, before.generation)? } else { store::cited::all_ids(tx)? };
    let mut naming = if is_known { before.naming.clone() } else { BTreeSet::new() };
    for some in left.chunks(limits::BATCH) {
        naming.extend(naming_among(tx, some, &gone)?);
    }
    let generation = tx.change_public()?;
    naming.iter().try_for_each(|case| store::cited::note_withheld(tx, case, generation))
}

/// Those of these cases that name one of these organisations in any revision.
fn naming_among(r: &mut Reading, cases: &[CaseId], sought: &HashSet<OrganisationId>) -> Result<BTreeSet<CaseId>> {
    let sought: HashSet<&str> = sought.iter().map(OrganisationId::as_str).collect();
    // An id has no sign that JSON would write otherwise. Where one stands in quotes within a text, too much is recalled.
    let names = |document: &str| document.split('"').any(|piece| sought.contains(piece));
    let documents = store::cited::documents_of(r, cases)?;
    Ok(documents.into_iter().filter(|(_, document)| names(document)).map(|(case, _)| case).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        cases::{
            publish::Vocabulary,
            seeds::plant,
            transfer::{self, CASE, Existing},
        },
        codebook::Codebook,
        db::Actor,
        places::Gazetteer,
        testing::{TestDatabase, dump},
    };

    #[test]
    fn cases_that_come_after_they_were_looked_for_are_found_too() {
        let (codebook, gazetteer) = (Codebook::embedded(), Gazetteer::embedded());
        let vocabulary = Vocabulary { codebook: &codebook, gazetteer: &gazetteer };
        let db = TestDatabase::open();
        plant(&db, vocabulary, true).unwrap();
        let huawei = db.read(|r| organisations::find(r, &"o_huawei".parse().unwrap())).unwrap().unwrap();
        let mut whole = Vec::new();
        transfer::export(&db, &mut whole).unwrap();
        let whole = String::from_utf8(whole).unwrap();
        let naming: Vec<&str> =
            whole.lines().filter(|line| line.starts_with(CASE) && line.contains("\"o_huawei\"")).collect();
        let renamed = [Organisation::named(huawei.id, "Another", huawei.kind)];
        let before = look_ahead(&db, &renamed).unwrap();
        assert!(naming.len() < 7 && before.naming.len() == naming.len(), "{before:?}");
        // A further case that names it is published before the records are written.
        let further = naming[0].replacen("\"id\":\"4WNJ1ZC7\"", "\"id\":\"00000001\"", 1);
        assert!(further != naming[0], "another case");
        let file = transfer::read("further", Box::new(|| Ok(Box::new(further.as_bytes()))), vocabulary).unwrap();
        transfer::import(&db, vocabulary, &file, Existing::Refuse, &Actor::CommandLine, &mut |_| ()).unwrap();
        let withheld = || {
            let numbers =
                dump(&db).into_iter().filter(|(column, number)| column == "cases.withheld_in" && number != "0");
            numbers.count()
        };
        assert_eq!(withheld(), 0);
        db.write(Actor::CommandLine, |tx| put_looked_up(tx, &renamed, &before)).unwrap();
        assert_eq!(withheld(), naming.len() + 1);
    }
}
