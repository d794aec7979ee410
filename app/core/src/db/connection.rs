//! One connection type over both databases, chosen by the scheme of the address, and how a connection is set up.

use std::{
    fmt,
    path::{Path, PathBuf},
    time::Duration,
};

use diesel::{Connection, RunQueryDsl, connection::SimpleConnection};

use crate::{Error, Result};

/// A connection to either database.
#[derive(diesel::MultiConnection)]
pub(crate) enum AnyConnection {
    /// PostgreSQL.
    #[cfg(feature = "postgres")]
    Postgres(diesel::PgConnection),
    /// SQLite.
    Sqlite(diesel::SqliteConnection),
}

impl AnyConnection {
    /// Whether the database is a file in this process, so that a statement costs no way there and back.
    pub(crate) fn is_sqlite(&self) -> bool {
        matches!(self, Self::Sqlite(_))
    }
}

/// Compiles the same text for each database: for what diesel's enum cannot express (upserts, batches).
macro_rules! each_backend {
    ($connection:expr, |$c:ident| $body:expr) => {
        match $connection {
            #[cfg(feature = "postgres")]
            $crate::db::AnyConnection::Postgres($c) => $body,
            $crate::db::AnyConnection::Sqlite($c) => $body,
        }
    };
}
pub(crate) use each_backend;

/// Where the database is. Shown without user and password.
#[derive(Clone)]
pub(super) enum Address {
    Sqlite(PathBuf),
    #[cfg(feature = "postgres")]
    Postgres(String),
}

impl Address {
    pub(super) fn parse(url: &str, folder: &Path) -> Result<Self> {
        if let Some(file) = url.strip_prefix("sqlite:") {
            return Ok(Self::Sqlite(folder.join(file)));
        }
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            #[cfg(feature = "postgres")]
            return Ok(Self::Postgres(url.to_owned()));
            #[cfg(not(feature = "postgres"))]
            return Err(Error::Config(
                "database.url: this program was built without PostgreSQL; build it with --features postgres".into(),
            ));
        }
        Err(Error::Config("database.url: expected sqlite:FILE or postgres://...".into()))
    }

    pub(super) fn is_sqlite(&self) -> bool {
        matches!(self, Self::Sqlite(_))
    }
}

impl fmt::Display for Address {
    /// Names the place without user and password, which may stand before it or in the options behind it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(file) => write!(f, "{}", file.display()),
            #[cfg(feature = "postgres")]
            Self::Postgres(url) => {
                let url = url.split_once('?').map_or(url.as_str(), |(url, _)| url);
                f.write_str(url.rsplit_once('@').map_or("postgres", |(_, place)| place))
            }
        }
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// What a connection may be used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    Read,
    Write,
}

/// Makes connections for a pool. Diesel's own manager would take any address for an SQLite file.
#[derive(Debug)]
pub(crate) struct Manager {
    address: Address,
    purpose: Purpose,
    #[cfg_attr(not(feature = "postgres"), expect(dead_code, reason = "SQLite has no such limit"))]
    statement_timeout: Duration,
}

impl Manager {
    pub(super) fn new(address: Address, purpose: Purpose, statement_timeout: Duration) -> Self {
        Self { address, purpose, statement_timeout }
    }
}

/// The settings of every SQLite connection (protection.md section 7); the bundled build does not set `secure_delete` by itself.
const PRAGMAS: &str = "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; \
     PRAGMA secure_delete = ON; PRAGMA trusted_schema = OFF; PRAGMA temp_store = MEMORY;";

/// What a checkpoint of SQLite says of itself.
#[derive(diesel::QueryableByName)]
struct Checkpoint {
    /// 1 if somebody who reads kept it from coming to its end.
    #[diesel(sql_type = diesel::sql_types::Integer)]
    busy: i32,
}

/// Empties the log of an SQLite file (<https://sqlite.org/pragma.html#pragma_wal_checkpoint>); says whether it could. PostgreSQL keeps its
/// log by itself.
pub(super) fn empty_log(connection: &mut AnyConnection) -> Result<bool> {
    match connection {
        #[cfg(feature = "postgres")]
        AnyConnection::Postgres(_) => Ok(true),
        AnyConnection::Sqlite(connection) => {
            let checkpoint: Checkpoint = diesel::sql_query("PRAGMA wal_checkpoint(TRUNCATE)").get_result(connection)?;
            Ok(checkpoint.busy == 0)
        }
    }
}

impl r2d2::ManageConnection for Manager {
    type Connection = AnyConnection;
    type Error = ConnectionFault;

    fn connect(&self) -> Result<AnyConnection, ConnectionFault> {
        match &self.address {
            Address::Sqlite(file) => {
                let mut connection = diesel::SqliteConnection::establish(&file.display().to_string())?;
                connection.batch_execute(PRAGMAS)?;
                connection.batch_execute(match self.purpose {
                    Purpose::Read => "PRAGMA query_only = ON; PRAGMA cache_size = -4000;",
                    // Ids are drawn by chance, so an import writes all over the tables: what it has in hand is to fit.
                    Purpose::Write => "PRAGMA cache_size = -32000;",
                })?;
                Ok(AnyConnection::Sqlite(connection))
            }
            #[cfg(feature = "postgres")]
            Address::Postgres(url) => {
                let mut connection = diesel::PgConnection::establish(url)?;
                let timeout = self.statement_timeout.as_millis();
                connection.batch_execute(&format!("SET statement_timeout = {timeout}; SET TIME ZONE 'UTC';"))?;
                Ok(AnyConnection::Postgres(connection))
            }
        }
    }

    fn is_valid(&self, connection: &mut AnyConnection) -> Result<(), ConnectionFault> {
        Ok(connection.batch_execute("SELECT 1")?)
    }

    fn has_broken(&self, connection: &mut AnyConnection) -> bool {
        std::thread::panicking() || {
            use diesel::connection::{AnsiTransactionManager, TransactionManager};
            each_backend!(connection, |c| AnsiTransactionManager::is_broken_transaction_manager(c))
        }
    }
}

/// Why a connection could not be made.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ConnectionFault {
    #[error(transparent)]
    Connect(#[from] diesel::ConnectionError),
    #[error(transparent)]
    Query(#[from] diesel::result::Error),
}

#[cfg(all(test, feature = "postgres"))]
mod tests {
    use super::*;

    #[test]
    fn no_password_is_shown_wherever_it_stands() {
        for url in [
            "postgres://me:hunter2@host/db",
            "postgres://host/db?password=hunter2",
            "postgres://a@host/db?password=x@hunter2",
        ] {
            let Ok(address) = Address::parse(url, Path::new("")) else { panic!("{url}") };
            let manager = Manager::new(address.clone(), Purpose::Read, Duration::ZERO);
            assert!(!format!("{address} {address:?} {manager:?}").contains("hunter2"), "{url}");
        }
    }
}
