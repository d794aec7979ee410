//! Which cases came into view, newly or in a new revision, since when.

use diesel::{dsl::max, prelude::*};

use crate::{
    Result,
    db::{Reading, schema::cases},
};

/// Ordinals of the public cases whose current revision came into view after `generation`.
pub(in crate::cases) fn ordinals_since(r: &mut Reading, generation: i64) -> Result<Vec<i32>> {
    Ok(cases::table
        .filter(cases::visibility.eq("public"))
        .filter(cases::revised_in.gt(generation))
        .order(cases::ordinal)
        .select(cases::ordinal)
        .load(r.conn())?)
}

/// The change in which the latest of the public cases came into view; zero where there are none.
pub(in crate::cases) fn latest(r: &mut Reading) -> Result<i64> {
    let public = cases::table.filter(cases::visibility.eq("public"));
    let latest: Option<i64> = public.select(max(cases::revised_in)).first(r.conn())?;
    Ok(latest.unwrap_or_default())
}
