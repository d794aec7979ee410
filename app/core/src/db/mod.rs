//! The database: SQLite or PostgreSQL behind one type. Only stores and this module speak SQL.

mod connection;
mod content;
mod copy;
mod error;
pub mod facts;
mod migrate;
pub mod outbox;
#[cfg(feature = "postgres")]
mod postgres;
mod remains;
pub mod schema;
mod settings;
mod transaction;

use std::{path::Path, sync::Arc, time::Duration};

use connection::{Address, Manager, Purpose};
pub(crate) use connection::{AnyConnection, each_backend};

pub use self::{
    content::TableContent,
    copy::{Copied, Place, Trial},
    migrate::{Migrations, Version, embedded_migrations, newest_migration},
    settings::{Connected, Setting, is_there},
    transaction::{Actor, Reading, Unrecorded, Writing},
};
use crate::{Error, Result, clock::Clock, random::Random};

/// The database of an instance. Cheap to clone.
#[derive(Clone)]
pub struct Database {
    readers: r2d2::Pool<Manager>,
    writers: r2d2::Pool<Manager>,
    address: Address,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
}

impl Database {
    /// Opens the database at `url`, `sqlite:FILE` (relative to `folder`) or `postgres://...`.
    ///
    /// # Errors
    /// [`Error::Config`] if the address cannot be understood, [`Error::Unavailable`] if nothing answers there.
    pub fn open(
        url: &str,
        folder: &Path,
        readers: u32,
        statement_timeout: Duration,
        clock: Arc<dyn Clock>,
        random: Arc<dyn Random>,
    ) -> Result<Self> {
        let address = Address::parse(url, folder)?;
        // SQLite has one writer at a time whatever we do; a pool of one makes the others wait their turn instead of failing.
        let most_writers = if address.is_sqlite() { 1 } else { readers };
        let pool = |purpose: Purpose, size: u32| {
            r2d2::Pool::builder()
                .max_size(size)
                .min_idle(Some(1))
                // A file does not hang up.
                .test_on_check_out(!address.is_sqlite())
                .connection_timeout(Duration::from_secs(10))
                .error_handler(Box::new(r2d2::NopErrorHandler))
                .build(Manager::new(address.clone(), purpose, statement_timeout))
                .map_err(|error| Error::Unavailable(format!("the database at {address} does not answer: {error}")))
        };
        // The writer first: it makes an SQLite file that readers could not.
        let writers = pool(Purpose::Write, most_writers)?;
        let readers = pool(Purpose::Read, readers)?;
        Ok(Self { readers, writers, address, clock, random })
    }

    /// Runs `read` on one consistent state of the data.
    ///
    /// # Errors
    /// Those of `read`, and [`Error::Unavailable`] if no connection can be had.
    pub fn read<T>(&self, read: impl FnOnce(&mut Reading) -> Result<T>) -> Result<T> {
        let connection = self.readers.get()?;
        let mut reading = Reading::begin(connection, Purpose::Read, self.clock.clone(), self.random.clone())?;
        let result = read(&mut reading);
        reading.rollback();
        result
    }

    /// Runs `write` in one transaction: its rows, audit lines and jobs come to be together or not at all.
    ///
    /// # Errors
    /// Those of `write`, after which nothing has changed, and those of the commit.
    pub fn write<T>(&self, actor: Actor, write: impl FnOnce(&mut Writing) -> Result<T>) -> Result<T> {
        let connection = self.writers.get()?;
        let reading = Reading::begin(connection, Purpose::Write, self.clock.clone(), self.random.clone())?;
        let mut writing = Writing::new(Unrecorded::new(reading), actor);
        match write(&mut writing) {
            Ok(value) => writing.commit().map(|()| value),
            Err(error) => {
                writing.rollback();
                Err(error)
            }
        }
    }

    /// Runs an act of a contributor in one transaction. It can leave neither an audit line nor a job: the type has no way to
    /// (protection.md section 1).
    ///
    /// # Errors
    /// Those of `write`, after which nothing has changed, and those of the commit.
    pub fn write_unrecorded<T>(&self, write: impl FnOnce(&mut Unrecorded) -> Result<T>) -> Result<T> {
        let connection = self.writers.get()?;
        let mut writing =
            Unrecorded::new(Reading::begin(connection, Purpose::Write, self.clock.clone(), self.random.clone())?);
        match write(&mut writing) {
            Ok(value) => writing.commit().map(|()| value),
            Err(error) => {
                writing.rollback();
                Err(error)
            }
        }
    }

    /// Brings the tables up to date.
    ///
    /// # Errors
    /// [`Error::Config`] naming the migration that failed; the data are as they were before it.
    pub fn migrate(&self) -> Result<Vec<String>> {
        let mut connection = self.writers.get()?;
        migrate::run(&mut connection, &self.address)
    }

    /// Takes all migrations back, newest first. For tests of the migrations.
    ///
    /// # Errors
    /// If one cannot be taken back.
    pub fn migrate_down(&self) -> Result<()> {
        let mut connection = self.writers.get()?;
        migrate::revert(&mut connection, &self.address)
    }

    /// Writes SQLite's log into the database file and empties it, so that what was deleted lies in neither; says whether that could be done
    /// now. PostgreSQL keeps its log by itself.
    ///
    /// # Errors
    /// [`Error::Unavailable`] if no connection can be had.
    pub fn empty_log(&self) -> Result<bool> {
        let mut connection = self.writers.get()?;
        connection::empty_log(&mut connection)
    }

    /// Whether it is an SQLite file.
    #[must_use]
    pub fn is_sqlite(&self) -> bool {
        self.address.is_sqlite()
    }

    /// The clock that transactions are given.
    #[must_use]
    pub fn clock(&self) -> &Arc<dyn Clock> {
        &self.clock
    }

    /// The chance that transactions are given.
    #[must_use]
    pub fn random(&self) -> &Arc<dyn Random> {
        &self.random
    }
}

impl std::fmt::Debug for Database {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Database").field("address", &self.address.to_string()).finish_non_exhaustive()
    }
}
