//! The migrations of both databases, embedded, with the same names on both sides.

use std::{collections::BTreeSet, path::Path};

use diesel::{
    RunQueryDsl,
    dsl::sql,
    migration::{Migration, MigrationSource},
    sql_types::Text,
    sqlite::Sqlite,
};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::{AnyConnection, connection::Address};
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

/// How the tables stand to the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Version {
    /// They are those that it works with.
    Current,
    /// These migrations have not run yet.
    Behind(Vec<String>),
    /// A newer program has run migrations that this one does not know; the last of them.
    Ahead(String),
}

/// Compares what has run with what the program knows. The names are the same on both databases.
pub(super) fn version(connection: &mut AnyConnection) -> Result<Version> {
    let ran = applied(connection)?;
    let known = known()?;
    if let Some(newer) = ran.difference(&known).last() {
        return Ok(Version::Ahead(newer.clone()));
    }
    let missing: Vec<String> = known.difference(&ran).cloned().collect();
    Ok(if missing.is_empty() { Version::Current } else { Version::Behind(missing) })
}

/// The last migration that this program knows.
///
/// # Errors
/// If the embedded migrations cannot be read, which a test rules out.
pub fn newest_migration() -> Result<String> {
    Ok(known()?.pop_last().unwrap_or_default())
}

fn known() -> Result<BTreeSet<String>> {
    let known: Vec<Box<dyn Migration<Sqlite>>> = SQLITE.migrations().map_err(Error::Unexpected)?;
    Ok(known.iter().map(|migration| migration.name().version().to_string()).collect())
}

/// The last migration that has run.
pub(super) fn last(connection: &mut AnyConnection) -> Result<String> {
    Ok(applied(connection)?.pop_last().unwrap_or_default())
}

fn applied(connection: &mut AnyConnection) -> Result<BTreeSet<String>> {
    let ran = sql::<Text>("SELECT version FROM __diesel_schema_migrations");
    let ran: Vec<String> = match connection {
        AnyConnection::Sqlite(c) => ran.load(c)?,
        #[cfg(feature = "postgres")]
        AnyConnection::Postgres(c) => ran.load(c)?,
    };
    Ok(ran.into_iter().collect())
}

/// Runs what has not run yet and names it.
pub(super) fn run(connection: &mut AnyConnection, address: &Address) -> Result<Vec<String>> {
    locked(connection, address, |connection| match connection {
        AnyConnection::Sqlite(c) => reported(c.run_pending_migrations(SQLITE)),
        #[cfg(feature = "postgres")]
        AnyConnection::Postgres(c) => reported(c.run_pending_migrations(POSTGRES)),
    })
}

fn reported<V: std::fmt::Display>(versions: diesel::migration::Result<Vec<V>>) -> Result<Vec<String>> {
    names(versions).map_err(|error| Error::Config(format!("a migration failed; the data are as before: {error}")))
}

/// Takes all back.
pub(super) fn revert(connection: &mut AnyConnection, address: &Address) -> Result<()> {
    locked(connection, address, |connection| {
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

/// Lets one process at a time look what has not run yet and run it.
fn locked<T>(
    connection: &mut AnyConnection,
    address: &Address,
    work: impl FnOnce(&mut AnyConnection) -> Result<T>,
) -> Result<T> {
    match address {
        Address::Sqlite(file) => {
            let _lock = lock_folder(file)?;
            work(connection)
        }
        #[cfg(feature = "postgres")]
        Address::Postgres(_) => advised(connection, work),
    }
}

/// SQLite's own lock covers each migration, but not the look at which are pending; the folder of the file is locked around both, until
/// what this returns is dropped or the process dies. The file itself must not be: to close it would end SQLite's locks.
fn lock_folder(file: &Path) -> Result<std::fs::File> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let lock = std::fs::File::open(folder).and_then(|opened| opened.lock().map(|()| opened));
    lock.map_err(|error| Error::Config(format!("{}: the folder cannot be locked: {error}", folder.display())))
}

/// PostgreSQL's advisory lock keeps a second process waiting, however long a migration takes: the limit for statements is put aside.
#[cfg(feature = "postgres")]
fn advised<T>(connection: &mut AnyConnection, work: impl FnOnce(&mut AnyConnection) -> Result<T>) -> Result<T> {
    use diesel::connection::SimpleConnection;
    let kept = "SELECT set_config('casebook.timeout', current_setting('statement_timeout'), false), \
                set_config('statement_timeout', '0', false)";
    let restored = "SELECT set_config('statement_timeout', current_setting('casebook.timeout'), false)";
    connection.batch_execute(kept)?;
    connection.batch_execute(&format!("SELECT pg_advisory_lock({LOCK})"))?;
    let result = work(connection);
    connection.batch_execute(&format!("SELECT pg_advisory_unlock({LOCK})"))?;
    connection.batch_execute(restored)?;
    result
}

#[cfg(test)]
mod tests {
    use std::{fs, path::PathBuf, sync::Arc};

    use crate::{
        clock::SystemClock,
        db::Database,
        random::OsRandom,
        testing::{TestDatabase, test_database_url},
    };

    use diesel_migrations::FileBasedMigrations;

    use super::*;

    /// A newer program, whose one further migration goes wrong half-way.
    fn newer_program(db: &TestDatabase) -> crate::Result<Vec<String>> {
        let folder = db.folder.path().join("migrations");
        let broken = folder.join("9999_broken");
        fs::create_dir_all(&broken).unwrap();
        let up = "CREATE TABLE half_way (id TEXT PRIMARY KEY); UPDATE instance_facts SET value = 'changed'; CREATE TABLE half_way (id TEXT);";
        fs::write(broken.join("up.sql"), up).unwrap();
        fs::write(broken.join("down.sql"), "DROP TABLE half_way;").unwrap();
        let newer = FileBasedMigrations::from_path(PathBuf::from(&folder)).unwrap();
        let mut connection = db.writers.get().unwrap();
        locked(&mut connection, &db.address, |connection| match connection {
            AnyConnection::Sqlite(c) => reported(c.run_pending_migrations(newer.clone())),
            #[cfg(feature = "postgres")]
            AnyConnection::Postgres(c) => reported(c.run_pending_migrations(newer.clone())),
        })
    }

    /// protection.md section 8: a migration fails, and the old version starts again.
    #[test]
    fn after_a_migration_that_fails_the_old_program_starts_on_the_data_as_they_were() {
        let db = TestDatabase::open();
        db.write(crate::db::Actor::System, |tx| crate::db::facts::set(tx, "boats", "seven")).unwrap();
        let before = db.content(&mut |_| ()).unwrap();
        let error = newer_program(&db).unwrap_err().to_string();
        assert!(error.contains("the data are as before"), "{error}");
        assert_eq!(db.content(&mut |_| ()).unwrap(), before);
        assert_eq!(TestDatabase::again(&db).migrate().unwrap(), [""; 0], "the old program has nothing to do");
        assert_eq!(db.version().unwrap(), Version::Current);
    }

    #[test]
    fn several_processes_may_start_on_an_empty_database_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let url = test_database_url();
        let open = || {
            let wait = std::time::Duration::from_secs(30);
            Database::open(&url, folder.path(), 1, wait, Arc::new(SystemClock), Arc::new(OsRandom)).unwrap()
        };
        let processes: Vec<Database> = std::iter::repeat_with(open).take(4).collect();
        let ran: usize = std::thread::scope(|scope| {
            let threads: Vec<_> = processes.iter().map(|db| scope.spawn(|| db.migrate().unwrap().len())).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).sum()
        });
        assert!(ran > 0);
        assert!(processes.iter().all(|db| db.migrate().unwrap().is_empty()));
    }
}
