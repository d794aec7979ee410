//! How the connections of a running program are really set up, for whoever looks for what is wrong with an installation.

use diesel::{
    RunQueryDsl,
    dsl::sql,
    sql_types::{BigInt, Text},
};
use r2d2::Pool;

use super::{
    AnyConnection, Database,
    connection::{Address, Manager, Purpose},
    content, migrate,
    migrate::Version,
};
use crate::{Error, Result, clock::Timestamp};

/// One connection of the pools.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Connected {
    /// Whether it is one that writes.
    pub writes: bool,
    /// Its settings.
    pub settings: Vec<Setting>,
}

/// A setting of a connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// Its name.
    pub name: &'static str,
    /// What protects the data.
    pub expected: &'static str,
    /// What the connection says.
    pub found: String,
}

impl Setting {
    /// Whether it is as it should be.
    #[must_use]
    pub fn fits(&self) -> bool {
        self.found.eq_ignore_ascii_case(self.expected)
    }
}

/// What every SQLite connection must say (protection.md section 7), as SQLite says it.
const PRAGMAS: [(&str, &str); 7] = [
    ("journal_mode", "wal"),
    ("synchronous", "2"),
    ("foreign_keys", "1"),
    ("secure_delete", "1"),
    ("trusted_schema", "0"),
    ("temp_store", "2"),
    ("busy_timeout", "5000"),
];

impl Database {
    /// The settings of every connection of the pools. No other use of this database may be under way.
    ///
    /// # Errors
    /// Those of the database.
    pub fn connections(&self) -> Result<Vec<Connected>> {
        let mut all = of_pool(&self.writers, Purpose::Write)?;
        all.extend(of_pool(&self.readers, Purpose::Read)?);
        Ok(all)
    }

    /// Whether the tables are those that this program works with.
    ///
    /// # Errors
    /// Those of the database.
    pub fn version(&self) -> Result<Version> {
        self.read(|r| migrate::version(r.conn()))
    }

    /// Whether nothing was ever made here.
    ///
    /// # Errors
    /// Those of the database.
    pub fn is_blank(&self) -> Result<bool> {
        self.read(|r| Ok(content::count_tables(r.conn())? == 0))
    }

    /// What time the database's server thinks it is, in UTC; nothing for SQLite, which has no clock of its own.
    ///
    /// # Errors
    /// Those of the database.
    pub fn server_time(&self) -> Result<Option<Timestamp>> {
        self.read(|r| match r.conn() {
            AnyConnection::Sqlite(_) => Ok(None),
            #[cfg(feature = "postgres")]
            AnyConnection::Postgres(c) => {
                let now = sql::<diesel::sql_types::Timestamp>("SELECT clock_timestamp() AT TIME ZONE 'UTC'");
                Ok(Some(now.get_result::<Timestamp>(c)?))
            }
        })
    }

    /// How many bytes the database takes.
    ///
    /// # Errors
    /// Those of the database.
    pub fn size(&self) -> Result<u64> {
        let size = self.read(|r| {
            Ok(match r.conn() {
                AnyConnection::Sqlite(c) => {
                    let pages: i64 = sql::<BigInt>("PRAGMA page_count").get_result(c)?;
                    pages.saturating_mul(sql::<BigInt>("PRAGMA page_size").get_result::<i64>(c)?)
                }
                #[cfg(feature = "postgres")]
                AnyConnection::Postgres(c) => {
                    sql::<BigInt>("SELECT pg_database_size(current_database())").get_result(c)?
                }
            })
        })?;
        u64::try_from(size).map_err(Error::unexpected)
    }

    /// Where the database is, without user and password.
    #[must_use]
    pub fn place(&self) -> String {
        self.address.to_string()
    }
}

/// Whether an SQLite file is there; always for a server, which says so itself.
///
/// # Errors
/// [`Error::Config`] if the address cannot be understood.
pub fn is_there(url: &str, folder: &std::path::Path) -> Result<bool> {
    Ok(match Address::parse(url, folder)? {
        Address::Sqlite(file) => file.exists(),
        #[cfg(feature = "postgres")]
        Address::Postgres(_) => true,
    })
}

/// Takes all connections of a pool at once, so that none is asked twice.
fn of_pool(pool: &Pool<Manager>, purpose: Purpose) -> Result<Vec<Connected>> {
    let mut held = Vec::new();
    for _ in 0..pool.max_size() {
        held.push(pool.get()?);
    }
    held.iter_mut()
        .map(|connection| Ok(Connected { writes: purpose == Purpose::Write, settings: settings(connection, purpose)? }))
        .collect()
}

fn settings(connection: &mut AnyConnection, purpose: Purpose) -> Result<Vec<Setting>> {
    match connection {
        AnyConnection::Sqlite(c) => {
            let read_only = [("query_only", if purpose == Purpose::Read { "1" } else { "0" })];
            let all = PRAGMAS.into_iter().chain(read_only);
            all.map(|(name, expected)| {
                let found = sql::<Text>(&format!("PRAGMA {name}")).get_result(c)?;
                Ok(Setting { name, expected, found })
            })
            .collect()
        }
        #[cfg(feature = "postgres")]
        AnyConnection::Postgres(c) => [("TimeZone", "UTC"), ("synchronous_commit", "on"), ("fsync", "on")]
            .into_iter()
            .map(|(name, expected)| {
                let found = sql::<Text>(&format!("SHOW {name}")).get_result(c)?;
                Ok(Setting { name, expected, found })
            })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use diesel::connection::SimpleConnection;

    use super::*;
    use crate::testing::TestDatabase;

    fn ill(db: &TestDatabase) -> Vec<&'static str> {
        let all = db.connections().unwrap();
        assert!(all.len() >= 3, "one that writes and two that read at least");
        let settings = all.into_iter().flat_map(|connection| connection.settings);
        // The PostgreSQL server of the tests need not survive a power cut.
        settings.filter(|setting| !setting.fits() && db.is_sqlite()).map(|setting| setting.name).collect()
    }

    /// protection.md section 7
    #[test]
    fn every_connection_is_set_up_as_it_should_be_and_one_that_is_not_is_seen() {
        let db = TestDatabase::open();
        assert_eq!(ill(&db), [""; 0]);
        if db.is_sqlite() {
            db.read(|r| {
                Ok(r.conn().batch_execute("COMMIT; PRAGMA foreign_keys = OFF; PRAGMA query_only = OFF; BEGIN")?)
            })
            .unwrap();
            assert_eq!(ill(&db), ["foreign_keys", "query_only"]);
            db.write_unrecorded(|tx| Ok(tx.conn().batch_execute("COMMIT; PRAGMA secure_delete = OFF; BEGIN")?))
                .unwrap();
            assert_eq!(ill(&db), ["secure_delete", "foreign_keys", "query_only"]);
        }
    }

    #[test]
    fn a_database_of_this_version_is_current_and_has_a_size() {
        let db = TestDatabase::open();
        assert_eq!(db.version().unwrap(), Version::Current);
        assert!(!db.is_blank().unwrap());
        assert!(db.size().unwrap() > 4096);
        assert_eq!(db.server_time().unwrap().is_some(), !db.is_sqlite());
    }
}
