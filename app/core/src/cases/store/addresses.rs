//! By which address a row of somebody's table came in as a case.

use diesel::prelude::*;

use super::UNFINISHED;
use crate::{
    Result,
    db::{
        Reading,
        schema::{case_sources, cases},
    },
    ids::CaseId,
};

/// The case that has a source with this address, whether or not readers see it.
pub(in crate::cases) fn case_of(r: &mut Reading, address: &str) -> Result<Option<CaseId>> {
    let found: Vec<(CaseId, Option<String>)> = case_sources::table
        .inner_join(cases::table.on(cases::id.eq(case_sources::case_id)))
        .filter(case_sources::address.eq(address))
        .order((cases::ordinal, case_sources::source))
        .select((cases::id, cases::visibility_reason))
        .load(r.conn())?;
    Ok(found.into_iter().find(|(_, reason)| reason.as_deref() != Some(UNFINISHED)).map(|(id, _)| id))
}
