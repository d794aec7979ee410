//! What a database says of its own tables, for the test that compares both with the migrations.

use diesel::{QueryableByName, RunQueryDsl, sql_query, sql_types};

use crate::db::{Actor, Database, each_backend};

/// A column, as the database itself reports it.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct LiveColumn {
    /// The table it belongs to.
    #[diesel(sql_type = sql_types::Text)]
    pub table_name: String,
    /// Its name.
    #[diesel(sql_type = sql_types::Text)]
    pub column_name: String,
    /// Whether it may be empty; 1 means yes.
    #[diesel(sql_type = sql_types::Integer)]
    pub nullable: i32,
}

const OF_SQLITE: &str = "SELECT t.name AS table_name, c.name AS column_name, (c.\"notnull\" = 0 AND c.pk = 0) AS nullable \
     FROM sqlite_schema t JOIN pragma_table_info(t.name) c \
     WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND t.name NOT LIKE '\\_\\_%' ESCAPE '\\'";

const OF_POSTGRES: &str = "SELECT table_name::text, column_name::text, (is_nullable = 'YES')::int AS nullable \
     FROM information_schema.columns WHERE table_schema = current_schema() AND left(table_name, 2) <> '__'";

/// Every column of every table, without the table in which diesel remembers which migrations ran.
///
/// # Panics
/// If the database cannot be asked.
#[must_use]
pub fn live_columns(db: &Database) -> Vec<LiveColumn> {
    let sql = if db.is_sqlite() { OF_SQLITE } else { OF_POSTGRES };
    db.read(|r| Ok(each_backend!(r.conn(), |c| sql_query(sql).load::<LiveColumn>(c))?)).unwrap()
}

#[derive(QueryableByName)]
struct Cell {
    #[diesel(sql_type = sql_types::Text)]
    value: String,
}

/// Everything that a database holds, as text, each with `table.column`.
///
/// # Panics
/// If the database cannot be asked.
#[must_use]
pub fn dump(db: &Database) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for LiveColumn { table_name, column_name, .. } in live_columns(db) {
        let sql = format!(
            "SELECT CAST(\"{column_name}\" AS TEXT) AS value FROM \"{table_name}\" WHERE \"{column_name}\" IS NOT NULL"
        );
        let cells = db.read(|r| Ok(each_backend!(r.conn(), |c| sql_query(sql.as_str()).load::<Cell>(c))?)).unwrap();
        all.extend(cells.into_iter().map(|cell| (format!("{table_name}.{column_name}"), cell.value)));
    }
    all
}

/// Changes a database behind the program's back, as somebody would who has it in their hands.
///
/// # Panics
/// If the database refuses.
pub fn tamper(db: &Database, sql: &str) {
    db.write(Actor::System, |tx| Ok(each_backend!(tx.conn(), |c| sql_query(sql).execute(c))?)).unwrap();
}

/// Copies an SQLite database the way that back-ups are made, `VACUUM INTO`.
///
/// # Panics
/// If it cannot be copied.
pub fn copy_of(database: &std::path::Path, copy: &std::path::Path) {
    use diesel::{Connection, SqliteConnection, connection::SimpleConnection};
    let mut connection = SqliteConnection::establish(&database.display().to_string()).unwrap();
    connection.batch_execute(&format!("VACUUM INTO '{}'", copy.display())).unwrap();
}
