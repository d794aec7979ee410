//! Public cases that may be the one that somebody is about to tell (row C14).

use super::{
    document::{Document, NamedPlace, Place, Text},
    generalise::{FullCase, Party},
    published, store,
};
use crate::{
    Result,
    db::Reading,
    ids::{CaseId, OrganisationId},
    text::fold_name,
};

/// The most that are told.
const MOST: usize = 5;
/// How many documents are read at once.
const BATCH: usize = 200;

/// A public case of the same place and with the same organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alike {
    /// The id.
    pub id: CaseId,
    /// Its title.
    pub title: Text,
}

/// The public cases that name one of the places of `case` and an organisation that takes part in it, other than those of the public side,
/// which every matter of a place has in common. A case that does not name its place is never among them, whatever place that is.
///
/// # Errors
/// Those of the database.
pub fn alike(r: &mut Reading, case: &FullCase) -> Result<Vec<Alike>> {
    let involved = case.document.involvements.iter().filter_map(|part| part.organisation.as_ref());
    let vendors: Vec<&OrganisationId> =
        involved.filter(|id| !matches!(case.parties.get(*id), Some(Party::Public(_)))).collect();
    if vendors.is_empty() || case.place.places.is_empty() {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    let ordinals = store::ordinals_naming(r, &vendors)?;
    for batch in ordinals.chunks(BATCH) {
        for current in published::current(r, batch)? {
            let document: Document = current.read()?.0;
            if is_there(&document.place, &case.place.places) {
                found.push(Alike { id: document.id, title: document.title });
            }
            if found.len() == MOST {
                return Ok(found);
            }
        }
    }
    Ok(found)
}

fn is_there(place: &Place, places: &[NamedPlace]) -> bool {
    let Place::Named { places: named, .. } = place else { return false };
    let same = |one: &NamedPlace, other: &NamedPlace| match (one.geonames, other.geonames) {
        (Some(one), Some(other)) => one == other,
        _ => one.country == other.country && fold_name(&one.name) == fold_name(&other.name),
    };
    named.iter().any(|one| places.iter().any(|other| same(one, other)))
}
