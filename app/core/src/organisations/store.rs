//! The queries for organisations.

use diesel::prelude::*;

use super::Organisation;
use crate::{
    Result,
    db::{
        Reading, Unrecorded,
        schema::{organisation_names, organisations},
    },
    ids::OrganisationId,
};

fn read(record: &str) -> Result<Organisation> {
    Ok(serde_json::from_str(record)?)
}

pub(super) fn find(r: &mut Reading, id: &OrganisationId) -> Result<Option<Organisation>> {
    let record: Option<String> =
        organisations::table.find(id).select(organisations::record).first(r.conn()).optional()?;
    record.as_deref().map(read).transpose()
}

pub(super) fn of_ids(r: &mut Reading, ids: &[OrganisationId]) -> Result<Vec<Organisation>> {
    let records: Vec<String> =
        organisations::table.filter(organisations::id.eq_any(ids)).select(organisations::record).load(r.conn())?;
    records.iter().map(|record| read(record)).collect()
}

pub(super) fn all(r: &mut Reading) -> Result<Vec<Organisation>> {
    let records: Vec<String> =
        organisations::table.order(organisations::id).select(organisations::record).load(r.conn())?;
    records.iter().map(|record| read(record)).collect()
}

pub(super) fn of_folded_name(r: &mut Reading, folded: &str) -> Result<Vec<Organisation>> {
    let records: Vec<String> = organisations::table
        .inner_join(organisation_names::table.on(organisation_names::organisation_id.eq(organisations::id)))
        .filter(organisation_names::folded.eq(folded))
        .order(organisations::id)
        .select(organisations::record)
        .load(r.conn())?;
    records.iter().map(|record| read(record)).collect()
}

pub(super) fn insert(tx: &mut Unrecorded, record: &Organisation) -> Result<()> {
    diesel::insert_into(organisations::table)
        .values((organisations::id.eq(&record.id), organisations::record.eq(serde_json::to_string(record)?)))
        .execute(tx.conn())?;
    Ok(())
}

/// Says whether the record was there.
pub(super) fn update(tx: &mut Unrecorded, record: &Organisation) -> Result<bool> {
    let changed = diesel::update(organisations::table.find(&record.id))
        .set(organisations::record.eq(serde_json::to_string(record)?))
        .execute(tx.conn())?;
    Ok(changed == 1)
}

pub(super) fn set_parent(tx: &mut Unrecorded, id: &OrganisationId, parent: Option<&OrganisationId>) -> Result<()> {
    diesel::update(organisations::table.find(id)).set(organisations::parent_id.eq(parent)).execute(tx.conn())?;
    Ok(())
}

/// Deletes a record with its names, unless it owns another one; says whether it is gone.
pub(super) fn delete_childless(tx: &mut Unrecorded, id: &OrganisationId) -> Result<bool> {
    let children = organisations::table.filter(organisations::parent_id.eq(id));
    if diesel::select(diesel::dsl::exists(children)).get_result(tx.conn())? {
        return Ok(false);
    }
    set_names(tx, id, &[])?;
    diesel::delete(organisations::table.find(id)).execute(tx.conn())?;
    Ok(true)
}

pub(super) fn set_names(tx: &mut Unrecorded, id: &OrganisationId, folded: &[String]) -> Result<()> {
    diesel::delete(organisation_names::table.filter(organisation_names::organisation_id.eq(id))).execute(tx.conn())?;
    for name in folded {
        diesel::insert_into(organisation_names::table)
            .values((organisation_names::organisation_id.eq(id), organisation_names::folded.eq(name)))
            .execute(tx.conn())?;
    }
    Ok(())
}
