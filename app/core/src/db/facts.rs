//! What the instance knows of itself, as named texts.

use diesel::prelude::*;

use super::{Reading, Unrecorded, each_backend, schema::instance_facts};
use crate::Result;

/// The fact of this name.
///
/// # Errors
/// Those of the database.
pub fn find(r: &mut Reading, name: &str) -> Result<Option<String>> {
    Ok(instance_facts::table.find(name).select(instance_facts::value).first(r.conn()).optional()?)
}

/// Sets a fact, whether or not it was there.
///
/// # Errors
/// Those of the database.
pub fn set(tx: &mut Unrecorded, name: &str, value: &str) -> Result<()> {
    let row = (instance_facts::name.eq(name), instance_facts::value.eq(value));
    each_backend!(tx.conn(), |c| diesel::insert_into(instance_facts::table)
        .values(row)
        .on_conflict(instance_facts::name)
        .do_update()
        .set(instance_facts::value.eq(value))
        .execute(c))?;
    Ok(())
}
