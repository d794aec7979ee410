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

/// What stands in place of a record while a place is kept for it. Such a row is no organisation yet, and nobody finds it.
const NONE_YET: &str = "";

fn read(record: &str) -> Result<Organisation> {
    Ok(serde_json::from_str(record)?)
}

pub(super) fn find(r: &mut Reading, id: &OrganisationId) -> Result<Option<Organisation>> {
    let record: Option<String> = organisations::table
        .find(id)
        .filter(organisations::record.ne(NONE_YET))
        .select(organisations::record)
        .first(r.conn())
        .optional()?;
    record.as_deref().map(read).transpose()
}

pub(super) fn of_ids(r: &mut Reading, ids: &[OrganisationId]) -> Result<Vec<Organisation>> {
    let records: Vec<String> = organisations::table
        .filter(organisations::id.eq_any(ids))
        .filter(organisations::record.ne(NONE_YET))
        .select(organisations::record)
        .load(r.conn())?;
    records.iter().map(|record| read(record)).collect()
}

pub(super) fn all(r: &mut Reading) -> Result<Vec<Organisation>> {
    let records: Vec<String> = organisations::table
        .filter(organisations::record.ne(NONE_YET))
        .order(organisations::id)
        .select(organisations::record)
        .load(r.conn())?;
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

/// Keeps a place for an organisation, unless one is there.
pub(super) fn reserve(tx: &mut Unrecorded, id: &OrganisationId) -> Result<()> {
    if !diesel::select(diesel::dsl::exists(organisations::table.find(id))).get_result(tx.conn())? {
        let row = (organisations::id.eq(id), organisations::record.eq(NONE_YET));
        diesel::insert_into(organisations::table).values(row).execute(tx.conn())?;
    }
    Ok(())
}

/// Gives up the places that were kept and never filled.
pub(super) fn delete_reserved(tx: &mut Unrecorded) -> Result<()> {
    diesel::delete(organisations::table.filter(organisations::record.eq(NONE_YET))).execute(tx.conn())?;
    Ok(())
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

pub(super) fn set_names(tx: &mut Unrecorded, id: &OrganisationId, folded: &[String]) -> Result<()> {
    diesel::delete(organisation_names::table.filter(organisation_names::organisation_id.eq(id))).execute(tx.conn())?;
    for name in folded {
        diesel::insert_into(organisation_names::table)
            .values((organisation_names::organisation_id.eq(id), organisation_names::folded.eq(name)))
            .execute(tx.conn())?;
    }
    Ok(())
}
