//! The migrations of both databases, embedded, with the same names on both sides.

use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::AnyConnection;
use crate::{Error, Result};

const SQLITE: EmbeddedMigrations = embed_migrations!("../../migrations/sqlite");
#[cfg(feature = "postgres")]
const POSTGRES: EmbeddedMigrations = embed_migrations!("../../migrations/postgres");

/// The lock that keeps two processes from migrating or seeding at once on PostgreSQL; any number that only we use.
#[cfg(feature = "postgres")]
const LOCK: i64 = 0x0CA5_EB00;

/// The migrations of one database.
pub type Migrations = EmbeddedMigrations;

/// The migrations of SQLite, which name those of PostgreSQL too.
#[must_use]
pub fn embedded_migrations() -> Migrations {
    SQLITE
}

/// Runs what has not run yet and names it.
pub(super) fn run(connection: &mut AnyConnection) -> Result<Vec<String>> {
    locked(connection, |connection| {
        let ran = match connection {
            AnyConnection::Sqlite(c) => names(c.run_pending_migrations(SQLITE)),
            #[cfg(feature = "postgres")]
            AnyConnection::Postgres(c) => names(c.run_pending_migrations(POSTGRES)),
        };
        ran.map_err(|error| Error::Config(format!("a migration failed; the data are as before: {error}")))
    })
}

/// Takes all back.
pub(super) fn revert(connection: &mut AnyConnection) -> Result<()> {
    locked(connection, |connection| {
        let reverted = match connection {
            AnyConnection::Sqlite(c) => names(c.revert_all_migrations(SQLITE)),
            #[cfg(feature = "postgres")]
            AnyConnection::Postgres(c) => names(c.revert_all_migrations(POSTGRES)),
        };
        reverted.map(drop).map_err(Error::Unexpected)
    })
}

fn names<V: std::fmt::Display>(
    versions: diesel::migration::Result<Vec<V>>,
) -> Result<Vec<String>, Box<dyn std::error::Error + Send + Sync>> {
    Ok(versions?.iter().map(ToString::to_string).collect())
}

/// SQLite's own lock serves there: each migration is one transaction of the only writer, and a second process waits or finds it done.
#[cfg(not(feature = "postgres"))]
fn locked<T>(connection: &mut AnyConnection, work: impl FnOnce(&mut AnyConnection) -> Result<T>) -> Result<T> {
    work(connection)
}

/// PostgreSQL's advisory lock keeps a second process waiting; SQLite's own lock serves there.
#[cfg(feature = "postgres")]
fn locked<T>(connection: &mut AnyConnection, work: impl FnOnce(&mut AnyConnection) -> Result<T>) -> Result<T> {
    use diesel::connection::SimpleConnection;
    let call = |connection: &mut AnyConnection, function: &str| match connection {
        AnyConnection::Postgres(c) => c.batch_execute(&format!("SELECT {function}({LOCK})")),
        AnyConnection::Sqlite(_) => Ok(()),
    };
    call(connection, "pg_advisory_lock")?;
    let result = work(connection);
    call(connection, "pg_advisory_unlock")?;
    result
}
