//! What the tables hold, told so that two databases can be compared: how many rows, and a digest over all of them.

use data_encoding::HEXLOWER;
use diesel::{
    QueryableByName, RunQueryDsl,
    connection::DefaultLoadingMode,
    sql_query,
    sql_types::{BigInt, Text},
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::AnyConnection;
use crate::Result;

/// What one table holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableContent {
    /// Its name.
    pub table: String,
    /// How many rows it has.
    pub rows: u64,
    /// The sum of the SHA-256 of all rows modulo 2^256, in hexadecimal: the same in whatever order the rows lie.
    pub digest: String,
}

/// Under this name stand the definitions of tables and indexes.
const DEFINITIONS: &str = "(definitions)";

#[derive(QueryableByName)]
struct Cell {
    #[diesel(sql_type = Text)]
    value: String,
}

#[derive(QueryableByName)]
struct Column {
    #[diesel(sql_type = Text)]
    table_name: String,
    #[diesel(sql_type = Text)]
    column_name: String,
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

const COLUMNS_OF_SQLITE: &str = "SELECT t.name AS table_name, c.name AS column_name FROM sqlite_schema t JOIN pragma_table_info(t.name) c \
     WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' ORDER BY t.name, c.cid";
const DEFINITIONS_OF_SQLITE: &str =
    "SELECT type || ' ' || name || ' ' || coalesce(sql, '') AS value FROM sqlite_schema";

/// Which columns there are, by table.
fn columns(connection: &mut AnyConnection) -> Result<Vec<Column>> {
    Ok(match connection {
        AnyConnection::Sqlite(c) => sql_query(COLUMNS_OF_SQLITE).load(c)?,
        #[cfg(feature = "postgres")]
        AnyConnection::Postgres(c) => sql_query(
            "SELECT table_name::text, column_name::text FROM information_schema.columns \
             WHERE table_schema = current_schema() ORDER BY table_name, ordinal_position",
        )
        .load(c)?,
    })
}

/// How many tables there are.
pub(super) fn count_tables(connection: &mut AnyConnection) -> Result<i64> {
    let counted: Count = match connection {
        AnyConnection::Sqlite(c) => sql_query("SELECT count(*) AS count FROM sqlite_schema").get_result(c)?,
        #[cfg(feature = "postgres")]
        AnyConnection::Postgres(c) => {
            sql_query("SELECT count(*) AS count FROM information_schema.tables WHERE table_schema = current_schema()")
                .get_result(c)?
        }
    };
    Ok(counted.count)
}

/// What every table holds, and how they are defined. Tells `progress` before each table which one comes.
pub(super) fn of(connection: &mut AnyConnection, progress: &mut dyn FnMut(&str)) -> Result<Vec<TableContent>> {
    let mut tables: Vec<(String, Vec<String>)> = Vec::new();
    for Column { table_name, column_name } in columns(connection)? {
        match tables.last_mut() {
            Some((name, columns)) if *name == table_name => columns.push(column_name),
            _ => tables.push((table_name, vec![column_name])),
        }
    }
    let mut contents = Vec::with_capacity(tables.len() + 1);
    for (table, columns) in tables {
        progress(&table);
        let rows = match connection {
            AnyConnection::Sqlite(_) => {
                // quote() writes text, numbers and nothing so that each can be told from the others.
                let cells: Vec<String> = columns.iter().map(|column| format!("quote(\"{column}\")")).collect();
                format!("SELECT {} AS value FROM \"{table}\"", cells.join(" || ',' || "))
            }
            #[cfg(feature = "postgres")]
            AnyConnection::Postgres(_) => format!("SELECT t::text AS value FROM \"{table}\" t"),
        };
        contents.push(summed(connection, &table, &rows)?);
    }
    let definitions = match connection {
        AnyConnection::Sqlite(_) => DEFINITIONS_OF_SQLITE,
        #[cfg(feature = "postgres")]
        AnyConnection::Postgres(_) => "SELECT indexdef AS value FROM pg_indexes WHERE schemaname = current_schema()",
    };
    contents.push(summed(connection, DEFINITIONS, definitions)?);
    Ok(contents)
}

/// Reads rows one after the other, so that a table of any size fits.
fn summed(connection: &mut AnyConnection, table: &str, query: &str) -> Result<TableContent> {
    let (mut sum, mut rows) = (Sum::default(), 0);
    let mut add = |row: diesel::QueryResult<Cell>| -> Result<()> {
        sum.add(row?.value.as_bytes());
        rows += 1;
        Ok(())
    };
    match connection {
        AnyConnection::Sqlite(c) => {
            sql_query(query).load_iter::<Cell, DefaultLoadingMode>(c)?.try_for_each(&mut add)?;
        }
        #[cfg(feature = "postgres")]
        AnyConnection::Postgres(c) => {
            sql_query(query).load_iter::<Cell, diesel::pg::PgRowByRowLoadingMode>(c)?.try_for_each(&mut add)?;
        }
    }
    Ok(TableContent { table: table.to_owned(), rows, digest: sum.text() })
}

/// A sum of digests, as four numbers with the lowest first.
#[derive(Default)]
struct Sum([u64; 4]);

impl Sum {
    fn add(&mut self, row: &[u8]) {
        let digest = Sha256::digest(row);
        let mut carried = false;
        for (part, bytes) in self.0.iter_mut().zip(digest.chunks_exact(8)) {
            let mut number = [0; 8];
            number.copy_from_slice(bytes);
            let (with_number, over) = part.overflowing_add(u64::from_le_bytes(number));
            let (with_carry, over_again) = with_number.overflowing_add(u64::from(carried));
            *part = with_carry;
            carried = over || over_again;
        }
    }

    fn text(&self) -> String {
        HEXLOWER.encode(&self.0.map(u64::to_be_bytes).concat())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        db::{Actor, facts},
        testing::TestDatabase,
    };

    fn content(db: &TestDatabase) -> Vec<TableContent> {
        db.content(&mut |_| ()).unwrap()
    }

    fn with_facts(facts: &[(&str, &str)]) -> Vec<TableContent> {
        let db = TestDatabase::open();
        for (name, value) in facts {
            db.write(Actor::System, |tx| facts::set(tx, name, value)).unwrap();
        }
        content(&db).into_iter().filter(|table| table.table == "instance_facts").collect()
    }

    #[test]
    fn the_digest_is_that_of_the_rows_whatever_their_order() {
        let one = with_facts(&[("a", "1"), ("b", "2")]);
        assert_eq!(one[0].rows, 2);
        assert_eq!(one, with_facts(&[("b", "2"), ("a", "1")]));
        for other in
            [&[("a", "1"), ("b", "3")][..], &[("a", "1")], &[("a", "1"), ("b2", "")], &[("a", "2"), ("b", "1")]]
        {
            assert_ne!(one, with_facts(other), "{other:?}");
        }
    }

    #[test]
    fn every_table_and_the_definitions_are_in_it() {
        let db = TestDatabase::open();
        let names: Vec<String> = content(&db).into_iter().map(|table| table.table).collect();
        for column in crate::testing::live_columns(&db) {
            assert!(names.contains(&column.table_name), "{}", column.table_name);
        }
        assert!(names.contains(&DEFINITIONS.to_owned()));
    }
}
