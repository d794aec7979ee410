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

/// Sets a fact unless it is there already, and gives what stands there now.
///
/// # Errors
/// Those of the database.
pub fn set_once(tx: &mut Unrecorded, name: &str, value: &str) -> Result<String> {
    let row = (instance_facts::name.eq(name), instance_facts::value.eq(value));
    each_backend!(tx.conn(), |c| diesel::insert_into(instance_facts::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(c))?;
    Ok(instance_facts::table.find(name).select(instance_facts::value).first(tx.conn())?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{db::Actor, testing::TestDatabase};

    #[test]
    fn of_two_who_set_a_fact_once_both_see_the_first() {
        let db = TestDatabase::open();
        for value in ["a", "b"] {
            assert_eq!(db.write(Actor::System, |tx| set_once(tx, "fact", value)).unwrap(), "a");
        }
    }
}
