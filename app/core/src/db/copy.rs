//! Copies of the whole database: made while the site runs, and put in place where there is none.
//!
//! On SQLite by `VACUUM INTO`, never by copying pages, which would carry deleted text along (protection.md section 7); on PostgreSQL by
//! its own `pg_dump` and `pg_restore`.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use diesel::{QueryableByName, RunQueryDsl, sql_query, sql_types};
use r2d2::ManageConnection;

use super::{
    AnyConnection, Database,
    connection::{Address, Manager, Purpose},
    content::{self, TableContent},
    transaction::Reading,
};
use crate::{Error, Result};

/// How often a copy is made again because somebody wrote meanwhile, before those who write are made to wait.
const TRIES: usize = 3;

/// A copy of one state of a database.
#[derive(Debug)]
pub struct Copied {
    /// What that state holds.
    pub content: Vec<TableContent>,
    /// On PostgreSQL the schema in which the tables lie.
    pub schema: Option<String>,
}

#[derive(QueryableByName)]
struct Version {
    #[diesel(sql_type = sql_types::BigInt)]
    data_version: i64,
}

impl Database {
    /// What every table holds now. Tells `progress` before each table which one comes.
    ///
    /// # Errors
    /// Those of the database.
    pub fn content(&self, progress: &mut dyn FnMut(&str)) -> Result<Vec<TableContent>> {
        self.read(|r| {
            unhurried(r)?;
            content::of(r.conn(), progress)
        })
    }

    /// Writes a copy into `file`, which must not be there yet, and tells what it must hold. The site may go on working.
    ///
    /// # Errors
    /// Those of the database and of the disk.
    pub fn copy_to(&self, file: &Path, progress: &mut dyn FnMut(&str)) -> Result<Copied> {
        match &self.address {
            Address::Sqlite(_) => {
                for _ in 1..TRIES {
                    if let Some(copied) = self.vacuum_into(file, progress)? {
                        return Ok(copied);
                    }
                    fs::remove_file(file)?;
                }
                let quiet = self.writers.get()?;
                let mut quiet = Reading::begin(quiet, Purpose::Write, self.clock.clone(), self.random.clone())?;
                let copied = self.vacuum_into(file, progress);
                quiet.rollback();
                copied?.ok_or_else(|| Error::Unavailable("another process wrote while the writer was held".into()))
            }
            #[cfg(feature = "postgres")]
            Address::Postgres(url) => {
                let mut reading = self.beginning()?;
                let copied = super::postgres::dump(url, reading.conn(), file, progress);
                reading.rollback();
                copied
            }
        }
    }

    /// A copy and what it must hold; nothing if somebody wrote meanwhile, so that the two may differ.
    fn vacuum_into(&self, file: &Path, progress: &mut dyn FnMut(&str)) -> Result<Option<Copied>> {
        let manager = Manager::new(self.address.clone(), Purpose::Write, std::time::Duration::ZERO);
        let mut copying = manager.connect().map_err(|error| Error::Unavailable(error.to_string()))?;
        let before = data_version(&mut copying)?;
        let mut reading = self.beginning()?;
        // The first look fixes the state that the whole transaction sees.
        reading.visibility_generation()?;
        vacuum(&mut copying, file)?;
        let copied = if data_version(&mut copying)? == before {
            content::of(reading.conn(), progress).map(|content| Some(Copied { content, schema: None }))
        } else {
            Ok(None)
        };
        reading.rollback();
        copied
    }

    fn beginning(&self) -> Result<Reading> {
        let mut reading = Reading::begin(self.readers.get()?, Purpose::Read, self.clock.clone(), self.random.clone())?;
        unhurried(&mut reading)?;
        Ok(reading)
    }
}

fn vacuum(connection: &mut AnyConnection, into: &Path) -> Result<()> {
    match connection {
        AnyConnection::Sqlite(c) => {
            sql_query("VACUUM INTO ?").bind::<sql_types::Text, _>(into.display().to_string()).execute(c)?;
        }
        #[cfg(feature = "postgres")]
        AnyConnection::Postgres(_) => {}
    }
    Ok(())
}

/// Changes whenever another connection commits (SQLite's `PRAGMA data_version`).
fn data_version(connection: &mut AnyConnection) -> Result<i64> {
    match connection {
        AnyConnection::Sqlite(c) => Ok(sql_query("PRAGMA data_version").get_result::<Version>(c)?.data_version),
        #[cfg(feature = "postgres")]
        AnyConnection::Postgres(_) => Ok(0),
    }
}

/// Going through whole tables may take longer than a page may wait.
fn unhurried(r: &mut Reading) -> Result<()> {
    match r.conn() {
        AnyConnection::Sqlite(_) => Ok(()),
        #[cfg(feature = "postgres")]
        AnyConnection::Postgres(c) => {
            sql_query("SET LOCAL statement_timeout = 0").execute(c)?;
            Ok(())
        }
    }
}

/// Where a copy can be put: an address at which there is no database yet.
#[derive(Debug)]
pub struct Place {
    address: Address,
}

impl Place {
    /// The place that `database.url` names.
    ///
    /// # Errors
    /// [`Error::Config`] if the address cannot be understood.
    pub fn new(url: &str, folder: &Path) -> Result<Self> {
        Ok(Self { address: Address::parse(url, folder)? })
    }

    /// What kind of database belongs here: `sqlite` or `postgres`.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        if self.address.is_sqlite() { "sqlite" } else { "postgres" }
    }

    /// Says what is there already, and how to make room; nothing if the place is free.
    ///
    /// # Errors
    /// [`Error::Unavailable`] if a server does not answer.
    pub fn taken(&self) -> Result<Option<String>> {
        match &self.address {
            Address::Sqlite(file) => {
                let there = with_companions(file).into_iter().find(|file| file.exists());
                Ok(there.map(|there| {
                    format!(
                        "{} is there already. Stop the site, move that file away together with those beside it that end in -wal and -shm, \
                         or let database.url name another file",
                        there.display()
                    )
                }))
            }
            #[cfg(feature = "postgres")]
            Address::Postgres(url) => {
                let mut connection = super::postgres::connect(url)?;
                let tables = content::count_tables(&mut connection)?;
                Ok((tables > 0).then(|| {
                    format!(
                        "the database at {} holds {tables} tables already. Make an empty one (createdb) and let database.url name it",
                        self.address
                    )
                }))
            }
        }
    }

    /// Puts the copy in `file` here. `schema` is the one that the copy was told to have.
    ///
    /// # Errors
    /// [`Error::Config`] if the place is taken or the copy cannot be put there; then the place is as it was.
    pub fn fill(&self, file: &Path, schema: Option<&str>) -> Result<()> {
        if let Some(taken) = self.taken()? {
            return Err(Error::Config(taken));
        }
        match (&self.address, schema) {
            (Address::Sqlite(target), _) => place_file(file, target).map_err(|error| {
                Error::Config(format!("{}: the database cannot be written there: {error}", target.display()))
            }),
            #[cfg(feature = "postgres")]
            (Address::Postgres(url), Some(schema)) => super::postgres::restore(url, schema, file),
            #[cfg(feature = "postgres")]
            (Address::Postgres(_), None) => Err(Error::Config("the copy names no schema".into())),
        }
    }

    /// Takes away what [`Place::fill`] put here; nobody may have it open.
    ///
    /// # Errors
    /// [`Error::Config`] if a file cannot be removed, and those of the server.
    pub fn clear(&self) -> Result<()> {
        match &self.address {
            Address::Sqlite(file) => with_companions(file).iter().filter(|file| file.exists()).try_for_each(|file| {
                std::fs::remove_file(file)
                    .map_err(|error| Error::Config(format!("{} cannot be removed: {error}", file.display())))
            }),
            #[cfg(feature = "postgres")]
            Address::Postgres(url) => super::postgres::drop_tables(url),
        }
    }
}

/// An SQLite file and what may lie beside it.
fn with_companions(file: &Path) -> Vec<PathBuf> {
    let beside = |ending: &str| {
        let mut name = file.as_os_str().to_owned();
        name.push(ending);
        PathBuf::from(name)
    };
    vec![file.to_owned(), beside("-wal"), beside("-shm")]
}

/// The file appears under its name whole or not at all, readable for its owner alone.
fn place_file(file: &Path, target: &Path) -> std::io::Result<()> {
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut draft = tempfile::Builder::new().prefix(".restoring-").tempfile_in(folder)?;
    std::io::copy(&mut fs::File::open(file)?, &mut draft)?;
    draft.flush()?;
    draft.as_file().sync_all()?;
    draft.persist_noclobber(target).map_err(|error| error.error)?;
    fs::File::open(folder)?.sync_all()
}

/// A database for trying out a copy, gone when this is dropped.
#[derive(Debug)]
pub struct Trial {
    /// Its address.
    pub url: String,
    /// The folder that the address is relative to.
    pub folder: PathBuf,
    #[cfg(feature = "postgres")]
    _server: Option<super::postgres::TrialDatabase>,
}

impl Database {
    /// Makes a place for trying out a copy of this database: a file in `folder`, or a database of its own on the same server.
    ///
    /// # Errors
    /// [`Error::Config`] if the server does not let us make one.
    pub fn trial(&self, folder: &Path) -> Result<Trial> {
        match &self.address {
            Address::Sqlite(_) => Ok(Trial {
                url: "sqlite:restored.sqlite3".to_owned(),
                folder: folder.to_owned(),
                #[cfg(feature = "postgres")]
                _server: None,
            }),
            #[cfg(feature = "postgres")]
            Address::Postgres(url) => {
                let server = super::postgres::TrialDatabase::create(url, &*self.random)?;
                Ok(Trial { url: server.url().to_owned(), folder: folder.to_owned(), _server: Some(server) })
            }
        }
    }
}
