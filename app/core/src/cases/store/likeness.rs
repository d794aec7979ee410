//! What moderators ruled on two cases.

use diesel::prelude::*;

use crate::{
    Result,
    cases::likeness::Pair,
    db::{
        Reading, Unrecorded,
        schema::{case_likeness, cases},
    },
    ids::CaseId,
};

/// The lesser id, the other one, the code of the ruling and that of its reason.
pub(in crate::cases) type Row = (CaseId, CaseId, String, String);

/// The rulings on a case, in the order of random ids.
pub(in crate::cases) fn of(r: &mut Reading, id: &CaseId) -> Result<Vec<Row>> {
    Ok(case_likeness::table
        .filter(case_likeness::case_id.eq(id).or(case_likeness::other_id.eq(id)))
        .order((case_likeness::case_id, case_likeness::other_id))
        .select((case_likeness::case_id, case_likeness::other_id, case_likeness::ruling, case_likeness::reason))
        .load(r.conn())?)
}

/// The ruling on two cases: its code and that of its reason.
pub(in crate::cases) fn find(r: &mut Reading, pair: &Pair) -> Result<Option<(String, String)>> {
    let [lesser, greater] = pair.ids();
    Ok(case_likeness::table
        .find((lesser, greater))
        .select((case_likeness::ruling, case_likeness::reason))
        .first(r.conn())
        .optional()?)
}

/// Puts a ruling in the place of the one that there was, if there was one.
pub(in crate::cases) fn put(tx: &mut Unrecorded, pair: &Pair, ruling: &str, reason: &str) -> Result<()> {
    delete(tx, pair)?;
    let [lesser, greater] = pair.ids();
    diesel::insert_into(case_likeness::table)
        .values((
            case_likeness::case_id.eq(lesser),
            case_likeness::other_id.eq(greater),
            case_likeness::ruling.eq(ruling),
            case_likeness::reason.eq(reason),
        ))
        .execute(tx.conn())?;
    Ok(())
}

pub(in crate::cases) fn delete(tx: &mut Unrecorded, pair: &Pair) -> Result<()> {
    let [lesser, greater] = pair.ids();
    diesel::delete(case_likeness::table.find((lesser, greater))).execute(tx.conn())?;
    Ok(())
}

/// Ordinals of the public cases among these.
pub(in crate::cases) fn ordinals_among(r: &mut Reading, ids: &[CaseId]) -> Result<Vec<i32>> {
    Ok(cases::table
        .filter(cases::id.eq_any(ids))
        .filter(cases::visibility.eq("public"))
        .order(cases::ordinal)
        .select(cases::ordinal)
        .load(r.conn())?)
}
