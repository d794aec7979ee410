//! The queries for cases at the revisions at which a snapshot fixed them.

use diesel::prelude::*;

use crate::{
    Result,
    db::{
        Reading, Unrecorded,
        schema::{case_revisions, cases},
    },
    ids::CaseId,
};

/// A listed case: id, revision, and the change in which other words of it were last shown.
pub(in crate::cases) type ListedRow = (CaseId, i32, i64);

/// All listed cases, in the order of their random ids.
pub(in crate::cases) fn listed(r: &mut Reading) -> Result<Vec<ListedRow>> {
    Ok(cases::table
        .filter(cases::visibility.eq("public"))
        .order(cases::id)
        .select((cases::id, cases::revision, cases::reworded_in))
        .load(r.conn())?)
}

/// Ordinal, case, revision and document.
pub(in crate::cases) type CitedRow = (i32, CaseId, i32, String);

/// The revisions with these numbers of the listed cases among these.
pub(in crate::cases) fn revisions_of(r: &mut Reading, ids: &[&CaseId], numbers: &[i32]) -> Result<Vec<CitedRow>> {
    Ok(cases::table
        .inner_join(case_revisions::table.on(case_revisions::case_id.eq(cases::id)))
        .filter(cases::id.eq_any(ids))
        .filter(cases::visibility.eq("public"))
        .filter(case_revisions::revision.eq_any(numbers))
        .select((cases::ordinal, cases::id, case_revisions::revision, case_revisions::document))
        .load(r.conn())?)
}

/// The ids of all cases, whether or not they are public, in their order.
pub(in crate::cases) fn all_ids(r: &mut Reading) -> Result<Vec<CaseId>> {
    Ok(cases::table.order(cases::id).select(cases::id).load(r.conn())?)
}

/// The ids of the cases that changed after `generation`, whether or not they are public.
pub(in crate::cases) fn changed_since(r: &mut Reading, generation: i64) -> Result<Vec<CaseId>> {
    Ok(cases::table.filter(cases::changed_in.gt(generation)).order(cases::id).select(cases::id).load(r.conn())?)
}

/// Every document of these cases, of whatever revision.
pub(in crate::cases) fn documents_of(r: &mut Reading, ids: &[CaseId]) -> Result<Vec<(CaseId, String)>> {
    Ok(case_revisions::table
        .filter(case_revisions::case_id.eq_any(ids))
        .select((case_revisions::case_id, case_revisions::document))
        .load(r.conn())?)
}

/// Notes that words of a case were taken out of what readers see.
pub(in crate::cases) fn note_withheld(tx: &mut Unrecorded, id: &CaseId, generation: i64) -> Result<()> {
    diesel::update(cases::table.find(id))
        .set((cases::withheld_in.eq(generation), cases::reworded_in.eq(generation)))
        .execute(tx.conn())?;
    Ok(())
}

/// Notes that words of a case are shown again.
pub(in crate::cases) fn note_reworded(tx: &mut Unrecorded, id: &CaseId, generation: i64) -> Result<()> {
    diesel::update(cases::table.find(id)).set(cases::reworded_in.eq(generation)).execute(tx.conn())?;
    Ok(())
}
