//! Which case was merged into which.

use std::collections::HashSet;

use diesel::prelude::*;

use crate::{
    Result,
    cases::document::Disclosure,
    db::{
        Reading, Unrecorded,
        schema::{case_merges, case_values, cases},
    },
    ids::CaseId,
};

/// The case that this one was merged into.
pub(in crate::cases) fn into(r: &mut Reading, id: &CaseId) -> Result<Option<CaseId>> {
    Ok(case_merges::table.find(id).select(case_merges::into_id).first(r.conn()).optional()?)
}

/// Those of these cases that were merged into one that is in every list.
pub(super) fn into_listed(r: &mut Reading, ids: &[CaseId]) -> Result<Vec<CaseId>> {
    Ok(case_merges::table
        .inner_join(cases::table.on(cases::id.eq(case_merges::into_id)))
        .filter(case_merges::case_id.eq_any(ids))
        .filter(cases::visibility.eq("public"))
        .select(case_merges::case_id)
        .load(r.conn())?)
}

/// Those of these cases whose place is not named, or that were merged into one whose place is not.
pub(in crate::cases) fn unnamed_among(r: &mut Reading, ids: &[CaseId]) -> Result<HashSet<CaseId>> {
    let merged: Vec<(CaseId, CaseId)> = case_merges::table
        .filter(case_merges::case_id.eq_any(ids))
        .select((case_merges::case_id, case_merges::into_id))
        .load(r.conn())?;
    let asked: Vec<&CaseId> = ids.iter().chain(merged.iter().map(|(_, into)| into)).collect();
    let unnamed = case_values::table
        .filter(case_values::case_id.eq_any(asked))
        .filter(case_values::field.eq("place_disclosure").and(case_values::code.ne(Disclosure::Named.code())))
        .select(case_values::case_id);
    let mut unnamed: HashSet<CaseId> = unnamed.load(r.conn())?.into_iter().collect();
    let merged = merged.into_iter().filter(|(_, into)| unnamed.contains(into)).map(|(case, _)| case);
    let merged: Vec<CaseId> = merged.collect();
    unnamed.extend(merged);
    Ok(unnamed)
}

/// The cases that were merged into this one, each with the revision that united them.
pub(in crate::cases) fn of(r: &mut Reading, id: &CaseId) -> Result<Vec<(CaseId, i32)>> {
    Ok(case_merges::table
        .filter(case_merges::into_id.eq(id))
        .order((case_merges::revision, case_merges::case_id))
        .select((case_merges::case_id, case_merges::revision))
        .load(r.conn())?)
}

/// Notes that `case` went into `into` with this revision of it; what went into `case` before leads there as well.
pub(in crate::cases) fn insert(tx: &mut Unrecorded, case: &CaseId, into: &CaseId, revision: i32) -> Result<()> {
    diesel::update(case_merges::table.filter(case_merges::into_id.eq(case)))
        .set((case_merges::into_id.eq(into), case_merges::revision.eq(revision)))
        .execute(tx.conn())?;
    diesel::insert_into(case_merges::table)
        .values((case_merges::case_id.eq(case), case_merges::into_id.eq(into), case_merges::revision.eq(revision)))
        .execute(tx.conn())?;
    Ok(())
}
