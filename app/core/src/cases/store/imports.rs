//! What an import asks of many cases at once, and the cases that it keeps out of sight until it is finished.

use diesel::prelude::*;

use super::UNFINISHED;
use crate::{
    Result,
    db::{
        Reading, Unrecorded,
        schema::{case_merges, case_organisations, case_revisions, case_sources, case_values, cases},
    },
    ids::CaseId,
    limits,
};

/// Whether any case is there that no import keeps out of sight.
pub(in crate::cases) fn is_any_finished(r: &mut Reading) -> Result<bool> {
    let reason = cases::visibility_reason;
    let finished = cases::table.filter(reason.is_null().or(reason.ne(UNFINISHED)));
    Ok(diesel::select(diesel::dsl::exists(finished)).get_result(r.conn())?)
}

/// Those of these cases that are there, each with the number of its current revision.
pub(in crate::cases) fn present_among(r: &mut Reading, ids: &[CaseId]) -> Result<Vec<(CaseId, i32)>> {
    Ok(cases::table.filter(cases::id.eq_any(ids)).select((cases::id, cases::revision)).load(r.conn())?)
}

/// Those of these cases that were merged into another one, each with that one.
pub(in crate::cases) fn merged_among(r: &mut Reading, ids: &[CaseId]) -> Result<Vec<(CaseId, CaseId)>> {
    Ok(case_merges::table
        .filter(case_merges::case_id.eq_any(ids))
        .order(case_merges::case_id)
        .select((case_merges::case_id, case_merges::into_id))
        .load(r.conn())?)
}

/// Puts everything that an import wrote into view; returns the number of cases.
pub(in crate::cases) fn reveal_unfinished(tx: &mut Unrecorded, generation: i64) -> Result<usize> {
    Ok(diesel::update(cases::table.filter(cases::visibility_reason.eq(UNFINISHED)))
        .set((
            cases::visibility.eq("public"),
            cases::visibility_reason.eq(None::<String>),
            cases::changed_in.eq(generation),
            cases::revised_in.eq(generation),
        ))
        .execute(tx.conn())?)
}

/// Takes out some cases of an import that did not end; nobody has ever seen them. Says whether there were any.
pub(in crate::cases) fn discard_some_unfinished(tx: &mut Unrecorded) -> Result<bool> {
    let ids: Vec<CaseId> = cases::table
        .filter(cases::visibility_reason.eq(UNFINISHED))
        .limit(i64::try_from(limits::BATCH).unwrap_or(i64::MAX))
        .select(cases::id)
        .load(tx.conn())?;
    diesel::delete(case_values::table.filter(case_values::case_id.eq_any(&ids))).execute(tx.conn())?;
    diesel::delete(case_organisations::table.filter(case_organisations::case_id.eq_any(&ids))).execute(tx.conn())?;
    diesel::delete(case_sources::table.filter(case_sources::case_id.eq_any(&ids))).execute(tx.conn())?;
    diesel::delete(case_revisions::table.filter(case_revisions::case_id.eq_any(&ids))).execute(tx.conn())?;
    diesel::delete(cases::table.filter(cases::id.eq_any(&ids))).execute(tx.conn())?;
    Ok(!ids.is_empty())
}
