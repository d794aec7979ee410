//! The queries for demands to take something down.

use diesel::prelude::*;

use crate::{
    Error, Result,
    clock::Day,
    db::{Reading, Unrecorded, schema::takedown_demands},
    ids::{CaseId, DemandId},
    moderation::demands::{Decided, Demand},
};

#[derive(Queryable, Selectable)]
#[diesel(table_name = takedown_demands)]
struct Row {
    id: DemandId,
    received: Day,
    claimant: String,
    sought: String,
    case_id: Option<CaseId>,
    outcome: Option<String>,
    decided: Option<Day>,
    notice: Option<String>,
}

impl TryFrom<Row> for Demand {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self> {
        let decided = match (row.outcome, row.decided, row.notice) {
            (Some(outcome), Some(day), Some(notice)) => {
                Some(Decided { outcome: outcome.parse().map_err(Error::unexpected)?, day, notice })
            }
            _ => None,
        };
        Ok(Self {
            id: row.id,
            received: row.received,
            claimant: row.claimant.parse().map_err(Error::unexpected)?,
            sought: row.sought.parse().map_err(Error::unexpected)?,
            case: row.case_id,
            decided,
        })
    }
}

/// Every demand, the latest first.
pub(in crate::moderation) fn all(r: &mut Reading) -> Result<Vec<Demand>> {
    let rows = takedown_demands::table.order((takedown_demands::received.desc(), takedown_demands::id));
    rows.select(Row::as_select()).load(r.conn())?.into_iter().map(Demand::try_from).collect()
}

/// The demands about a case, the latest first.
pub(in crate::moderation) fn of_case(r: &mut Reading, case: &CaseId) -> Result<Vec<Demand>> {
    let rows = takedown_demands::table
        .filter(takedown_demands::case_id.eq(case))
        .order((takedown_demands::received.desc(), takedown_demands::id));
    rows.select(Row::as_select()).load(r.conn())?.into_iter().map(Demand::try_from).collect()
}

pub(in crate::moderation) fn find(r: &mut Reading, id: &DemandId) -> Result<Option<Demand>> {
    let row: Option<Row> = takedown_demands::table.find(id).select(Row::as_select()).first(r.conn()).optional()?;
    row.map(Demand::try_from).transpose()
}

pub(in crate::moderation) fn insert(tx: &mut Unrecorded, demand: &Demand) -> Result<()> {
    diesel::insert_into(takedown_demands::table)
        .values((
            takedown_demands::id.eq(&demand.id),
            takedown_demands::received.eq(demand.received),
            takedown_demands::claimant.eq(demand.claimant.as_str()),
            takedown_demands::sought.eq(demand.sought.as_str()),
            takedown_demands::case_id.eq(demand.case.as_ref()),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Says whether it was still undecided.
pub(in crate::moderation) fn decide(tx: &mut Unrecorded, id: &DemandId, decided: &Decided) -> Result<bool> {
    let row = takedown_demands::table.find(id).filter(takedown_demands::outcome.is_null());
    let changed = diesel::update(row)
        .set((
            takedown_demands::outcome.eq(decided.outcome.as_str()),
            takedown_demands::decided.eq(decided.day),
            takedown_demands::notice.eq(&decided.notice),
        ))
        .execute(tx.conn())?;
    Ok(changed == 1)
}

pub(in crate::moderation) fn set_notice(tx: &mut Unrecorded, id: &DemandId, notice: &str) -> Result<()> {
    diesel::update(takedown_demands::table.find(id)).set(takedown_demands::notice.eq(notice)).execute(tx.conn())?;
    Ok(())
}
