//! Clearing what rows that were overwritten or deleted leave behind on the disk.

use std::time::Duration;

#[cfg(feature = "postgres")]
use diesel::connection::SimpleConnection;
use diesel::{QueryableByName, prelude::*, sql_query, sql_types::Integer};
use r2d2::ManageConnection;

use super::{
    AnyConnection, Database,
    connection::{Manager, Purpose},
};
use crate::{Error, Result};

/// The tables from which words are erased.
#[cfg(feature = "postgres")]
const HELD_WORDS: [&str; 8] = [
    "case_revisions",
    "cases",
    "case_sources",
    "redactions",
    "review_drafts",
    "submission_envelopes",
    "takedown_demands",
    "audit_notes",
];

/// What SQLite says of a checkpoint.
#[derive(QueryableByName)]
struct Checkpoint {
    #[diesel(sql_type = Integer)]
    busy: i32,
}

impl Database {
    /// Clears what overwritten and deleted rows left behind: on SQLite, where `secure_delete` has put zeros in their place, the log that was
    /// written ahead is carried over and cut to nothing; on PostgreSQL the tables that hold words are written anew, which locks each for a
    /// moment. Archives that a PostgreSQL server keeps of its log are out of reach.
    ///
    /// # Errors
    /// [`Error::Unavailable`] while somebody still reads an older state; nothing is harmed, and trying again later helps.
    pub fn clear_remains(&self) -> Result<()> {
        // A connection of its own: it may take longer than a page may.
        let manager = Manager::new(self.address.clone(), Purpose::Write, Duration::ZERO);
        match &mut manager.connect().map_err(|fault| Error::Unavailable(fault.to_string()))? {
            AnyConnection::Sqlite(connection) => {
                let checkpoint: Checkpoint = sql_query("PRAGMA wal_checkpoint(TRUNCATE)").get_result(connection)?;
                match checkpoint.busy {
                    0 => Ok(()),
                    _ => Err(Error::Unavailable("somebody still reads what was erased: the log is cut later".into())),
                }
            }
            #[cfg(feature = "postgres")]
            AnyConnection::Postgres(connection) => {
                for table in HELD_WORDS {
                    connection.batch_execute(&format!("VACUUM FULL {table}"))?;
                }
                Ok(())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        Error,
        db::{Actor, facts},
        testing::TestDatabase,
    };

    #[test]
    fn what_was_overwritten_lies_nowhere_in_the_files() {
        let db = TestDatabase::open();
        if !db.is_sqlite() {
            return db.clear_remains().unwrap();
        }
        let held = || {
            let files = std::fs::read_dir(db.folder.path()).unwrap().map(|file| std::fs::read(file.unwrap().path()));
            files.filter(|file| file.as_ref().unwrap().windows(9).any(|bytes| bytes == b"quantrell")).count()
        };
        let set = |value: &str| db.write(Actor::System, |tx| facts::set(tx, "fact", value)).unwrap();
        set(&"quantrell ".repeat(2000));
        set("nothing");
        assert!(held() > 0, "it still lies in the log that was written ahead");
        let refused = db.read(|r| {
            facts::find(r, "fact")?;
            set("something else");
            Ok(db.clear_remains())
        });
        assert!(matches!(refused.unwrap(), Err(Error::Unavailable(_))), "somebody reads");
        db.clear_remains().unwrap();
        assert_eq!(held(), 0);
    }
}
