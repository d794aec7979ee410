//! The cases whose rows an older program derived.

use diesel::prelude::*;

use crate::{
    Result,
    cases::projection::FORM,
    db::{Reading, schema::cases},
    ids::CaseId,
};

/// How many there are.
pub(in crate::cases) fn count(r: &mut Reading) -> Result<i64> {
    Ok(cases::table.filter(cases::projected.lt(FORM)).count().get_result(r.conn())?)
}

/// Ordinal and id of some of them, in order of their ordinals after `after`.
pub(in crate::cases) fn some(r: &mut Reading, after: i32, most: i64) -> Result<Vec<(i32, CaseId)>> {
    Ok(cases::table
        .filter(cases::projected.lt(FORM))
        .filter(cases::ordinal.gt(after))
        .order(cases::ordinal)
        .limit(most)
        .select((cases::ordinal, cases::id))
        .load(r.conn())?)
}
