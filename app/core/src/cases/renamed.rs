//! Names of organisations that left the record. A record belongs to no case and has no revisions, but what readers took away of a case tells
//! the name of its day, whichever revision it holds. So every case that names the organisation counts as one that words were taken out of.

use std::collections::{BTreeSet, HashSet};

use super::store;
use crate::{
    Result,
    db::Writing,
    ids::OrganisationId,
    limits,
    organisations::{self, NamesGone, Organisation},
};

/// Puts records of organisations in place, new ones and changed ones, and recalls by their cases what tells a name that is on record no more.
///
/// # Errors
/// [`crate::Error::Refused`] if a parent is nowhere.
pub fn put_organisations(tx: &mut Writing, records: &[Organisation]) -> Result<()> {
    let gone = organisations::put(tx, records)?;
    withhold(tx, &gone)
}

/// All revisions are looked through, since a name is seldom taken away, and an index of all that each revision names would be kept for nothing else.
fn withhold(tx: &mut Writing, gone: &NamesGone) -> Result<()> {
    let sought: HashSet<&str> = gone.of().iter().map(OrganisationId::as_str).collect();
    if sought.is_empty() {
        return Ok(());
    }
    let generation = tx.change_public()?;
    for some in store::cited::all_ids(tx)?.chunks(limits::BATCH) {
        let mut naming = BTreeSet::new();
        for (case, document) in store::cited::documents_of(tx, some)? {
            // An id has no sign that JSON would write otherwise. Where one stands in quotes within a text, too much is recalled.
            if document.split('"').any(|piece| sought.contains(piece)) {
                naming.insert(case);
            }
        }
        for case in &naming {
            store::cited::note_withheld(tx, case, generation)?;
        }
    }
    Ok(())
}
