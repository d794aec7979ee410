//! Whether a file that was checked fits what is in the database.

use std::collections::{HashMap, HashSet};

use super::{CheckedFile, Existing};
use crate::{
    Error, Result,
    cases::store,
    db::Database,
    ids::{CaseId, OrganisationId},
    limits, organisations,
};

/// Current revisions of the cases in the file that are there already.
pub(super) fn present_cases(db: &Database, file: &CheckedFile<'_>) -> Result<HashMap<CaseId, u32>> {
    db.read(|r| {
        let mut present = HashMap::new();
        if store::count(r)? == 0 {
            return Ok(present);
        }
        let ids: Vec<CaseId> = file.first_revisions.keys().cloned().collect();
        for some in ids.chunks(limits::BATCH) {
            if let Some((id, into)) = store::imports::merged_among(r, some)?.first() {
                return Err(Error::Config(format!("{}: case {id} was merged into {into}", file.name)));
            }
            let there = store::imports::present_among(r, some)?;
            present.extend(there.into_iter().map(|(id, revision)| (id, u32::try_from(revision).unwrap_or_default())));
        }
        Ok(present)
    })
}

/// Refuses a file that brings what is there already, or names what is nowhere.
pub(super) fn refuse_what_cannot_be(
    db: &Database,
    file: &CheckedFile<'_>,
    existing: Existing,
    present: &HashMap<CaseId, u32>,
) -> Result<()> {
    let refuse = |what: String| Err(Error::Config(format!("{}: {what}", file.name)));
    if existing == Existing::Refuse
        && let Some(id) = present.keys().min()
    {
        return refuse(format!("case {id} is there already; --replace makes a new revision of it"));
    }
    let known: HashSet<OrganisationId> =
        db.read(|r| Ok(organisations::all(r)?.into_iter().map(|record| record.id).collect()))?;
    let mut brought = HashSet::new();
    for record in &file.organisations {
        if !brought.insert(&record.id) {
            return refuse(format!("organisation {} stands twice", record.id));
        }
        if existing == Existing::Refuse && known.contains(&record.id) {
            return refuse(format!("organisation {} is there already; --replace writes it anew", record.id));
        }
    }
    let is_known = |id: &OrganisationId| known.contains(id) || brought.contains(id);
    if let Some(parent) = file.organisations.iter().filter_map(|record| record.parent.as_ref()).find(|id| !is_known(id))
    {
        return refuse(format!("organisation {parent} owns another one and is nowhere"));
    }
    if let Some((organisation, case)) = file.named.iter().find(|(id, _)| !is_known(id)) {
        return refuse(format!("case {case} names organisation {organisation}, which is nowhere"));
    }
    Ok(())
}
