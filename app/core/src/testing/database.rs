//! A database of one's own for each test: an SQLite file in a temporary folder, or a schema of its own on the PostgreSQL server that
//! `TEST_DATABASE_URL` names.

use std::{ops::Deref, path::Path, sync::Arc, time::Duration};

use super::{FixedClock, SeededRandom};
use crate::{clock::Clock, db::Database, random::Random};

/// An empty, migrated database that is gone when the test ends.
pub struct TestDatabase {
    db: Database,
    /// The clock of its transactions.
    pub clock: Arc<FixedClock>,
    /// Where the instance keeps its files.
    pub folder: tempfile::TempDir,
    /// The address, for opening it once more.
    pub url: String,
}

impl TestDatabase {
    /// Opens one at noon of 2026-11-23.
    ///
    /// # Panics
    /// If the database cannot be made.
    #[must_use]
    pub fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(FixedClock::at("2026-11-23"));
        let url = test_database_url();
        let db = open_at(&url, folder.path(), clock.clone(), Arc::new(SeededRandom::new(1)));
        db.migrate().unwrap();
        Self { db, clock, folder, url }
    }

    /// The same database once more, as another process opens it.
    ///
    /// # Panics
    /// If it cannot be opened.
    #[must_use]
    pub fn again(known: &Self) -> Database {
        open_at(&known.url, known.folder.path(), known.clock.clone(), Arc::new(SeededRandom::new(2)))
    }
}

impl Deref for TestDatabase {
    type Target = Database;
    fn deref(&self) -> &Database {
        &self.db
    }
}

fn open_at(url: &str, folder: &Path, clock: Arc<dyn Clock>, random: Arc<dyn Random>) -> Database {
    Database::open(url, folder, 2, Duration::from_secs(30), clock, random).unwrap()
}

/// The address of a fresh database: a file name for SQLite, or a new schema of the server that `TEST_DATABASE_URL` names.
///
/// # Panics
/// If the server does not answer.
#[must_use]
pub fn test_database_url() -> String {
    match std::env::var("TEST_DATABASE_URL") {
        Ok(server) if !server.is_empty() => fresh_schema(&server),
        _ => "sqlite:casebook.sqlite3".to_owned(),
    }
}

#[cfg(feature = "postgres")]
fn fresh_schema(server: &str) -> String {
    use diesel::{Connection, PgConnection, connection::SimpleConnection};
    let schema =
        format!("test_{}", data_encoding::HEXLOWER.encode(&(&crate::random::OsRandom as &dyn Random).bytes::<8>()));
    PgConnection::establish(server).unwrap().batch_execute(&format!("CREATE SCHEMA {schema}")).unwrap();
    let separator = if server.contains('?') { '&' } else { '?' };
    format!("{server}{separator}options=-c%20search_path%3D{schema}")
}

#[cfg(not(feature = "postgres"))]
fn fresh_schema(server: &str) -> String {
    panic!("TEST_DATABASE_URL is {server}, but this build has no PostgreSQL: add --features postgres");
}
