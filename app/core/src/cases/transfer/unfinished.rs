//! What an import writes before it ends: cases out of sight, and organisations that only they name.

use std::collections::HashSet;

use crate::{
    Result,
    cases::store,
    db::{Unrecorded, facts},
    ids::OrganisationId,
    organisations::{self, Organisation},
};

/// The fact that names the organisations which an import brought that has not ended.
const BROUGHT: &str = "organisations of an import";

/// Takes out what an import left behind that failed or was killed.
pub(super) fn discard(tx: &mut Unrecorded) -> Result<()> {
    store::imports::discard_unfinished(tx)?;
    let Some(brought) = facts::find(tx, BROUGHT)? else { return Ok(()) };
    let brought: Vec<OrganisationId> = brought.split_whitespace().filter_map(|id| id.parse().ok()).collect();
    let unnamed = store::imports::unnamed_among(tx, &brought)?;
    organisations::forget(tx, &unnamed)?;
    facts::forget(tx, BROUGHT)
}

/// Puts organisations in place that are new, since cases name them from the first batch on, and remembers which they are.
pub(super) fn bring_organisations(tx: &mut Unrecorded, records: &[Organisation]) -> Result<()> {
    let known: HashSet<OrganisationId> = organisations::all(tx)?.into_iter().map(|record| record.id).collect();
    let new: Vec<Organisation> = records.iter().filter(|record| !known.contains(&record.id)).cloned().collect();
    let ids: Vec<&str> = new.iter().map(|record| record.id.as_str()).collect();
    facts::set(tx, BROUGHT, &ids.join(" "))?;
    organisations::bring(tx, &new)
}

/// Everything is there for good.
pub(super) fn finish(tx: &mut Unrecorded) -> Result<()> {
    facts::forget(tx, BROUGHT)
}
