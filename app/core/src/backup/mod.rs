//! Back-ups: made while the site runs, and worth the name only after they were restored and compared.
//!
//! A back-up holds the database and nothing else. The secret key lies apart on purpose: whoever had both could read accepted texts that
//! wait for their day. The text index is made anew from the database.

mod container;
mod restore;
#[cfg(test)]
mod tests;

use std::path::Path;

use crate::{
    Error, Result, VERSION,
    audit::{self, Head, Verdict},
    db::{Database, Place, TableContent, Trial, facts},
    instance,
    seal::InstanceKeys,
};

pub use container::{BackupFile, Manifest};
pub use restore::{Restored, restore};

/// How the secret key in use stands to the database of a back-up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// It is the one.
    Right,
    /// It is another one: nothing sealed would open with it.
    Wrong,
    /// There is none in place.
    Missing,
}

impl Key {
    fn of(keys: Option<&InstanceKeys>, fingerprint: Option<&str>) -> Self {
        match (keys, fingerprint) {
            (None, _) => Self::Missing,
            (Some(keys), Some(fingerprint)) if keys.fingerprint() != fingerprint => Self::Wrong,
            (Some(_), _) => Self::Right,
        }
    }
}

/// What a back-up was found to be after it was restored and compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proven {
    /// What it holds, table by table.
    pub tables: Vec<TableContent>,
    /// Where the log of acts ends in it.
    pub head: Head,
    /// Whether the secret key in use belongs to it.
    pub key: Key,
}

impl Proven {
    /// How many rows it holds in all.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.tables.iter().map(|table| table.rows).sum()
    }
}

/// Writes a back-up of `db` into `file`, which must not be there yet. It appears under its name only after it was read back from the disk,
/// restored into a temporary place and compared with the database, table by table. Tells `progress` what it does.
///
/// # Errors
/// [`Error::Config`] that says what is wrong with the file or with the copy; then there is no back-up.
pub fn create(
    db: &Database,
    keys: Option<&InstanceKeys>,
    file: &Path,
    progress: &mut dyn FnMut(&str),
) -> Result<Proven> {
    let name = file.display();
    if file.exists() {
        return Err(Error::Config(format!("{name} is there already, and is left as it is. Name a file that is not.")));
    }
    let folder = folder_of(file);
    let cannot = |error: std::io::Error| Error::Config(format!("{name}: cannot be written there: {error}"));
    let scratch = tempfile::Builder::new().prefix(".casebook-backup-").tempdir_in(folder).map_err(cannot)?;
    let copy = scratch.path().join("copy");
    progress("copying the database");
    let copied = db.copy_to(&copy, &mut |table| progress(&format!("reading {table}")))?;
    progress("writing the back-up");
    let made = db.clock().today();
    let (fingerprint, migration) = db.read(|r| Ok((facts::find(r, instance::KEY_FINGERPRINT)?, r.migration()?)))?;
    let manifest = Manifest::new(made, VERSION, copied, migration, fingerprint);
    let draft = scratch.path().join("draft");
    container::write(&draft, manifest, &copy).map_err(cannot)?;
    std::fs::remove_file(&copy).map_err(cannot)?;
    let proven = prove(db, &BackupFile::open(&draft)?, keys, scratch.path(), progress)?;
    // A link fails where the name was taken meanwhile; a renamed file would replace it.
    std::fs::hard_link(&draft, file).map_err(cannot)?;
    std::fs::File::open(folder).and_then(|folder| folder.sync_all()).map_err(cannot)?;
    Ok(proven)
}

/// Restores a back-up into a temporary place beside it and compares; nothing is kept. `db` says on which server a back-up of PostgreSQL is
/// tried out.
///
/// # Errors
/// [`Error::Config`] that names the file, what is wrong with it and what to do.
pub fn check(
    db: &Database,
    keys: Option<&InstanceKeys>,
    file: &Path,
    progress: &mut dyn FnMut(&str),
) -> Result<Proven> {
    let backup = BackupFile::open(file)?;
    let cannot =
        |error| Error::Config(format!("{}: no temporary place can be made beside it: {error}", file.display()));
    let scratch = tempfile::Builder::new().prefix(".casebook-backup-").tempdir_in(folder_of(file)).map_err(cannot)?;
    prove(db, &backup, keys, scratch.path(), progress)
}

/// The folder that a file lies in.
fn folder_of(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn prove(
    db: &Database,
    backup: &BackupFile,
    keys: Option<&InstanceKeys>,
    scratch: &Path,
    progress: &mut dyn FnMut(&str),
) -> Result<Proven> {
    progress("reading it back");
    let copy = scratch.join("extracted");
    backup.extract(&copy)?;
    progress("restoring it into a temporary place");
    let trial = db.trial(scratch)?;
    Place::new(&trial.url, &trial.folder)?.fill(&copy, backup.manifest().schema.as_deref())?;
    let restored = open_trial(db, &trial)?;
    compare(backup, &restored, progress)?;
    progress("bringing it up to date");
    restored.migrate()?;
    let head = verified_head(backup, &restored)?;
    let key = Key::of(keys, backup.manifest().key_fingerprint.as_deref());
    Ok(Proven { tables: backup.manifest().tables.clone(), head, key })
}

fn open_trial(db: &Database, trial: &Trial) -> Result<Database> {
    let patience = std::time::Duration::from_secs(600);
    Database::open(&trial.url, &trial.folder, 1, patience, db.clock().clone(), db.random().clone())
}

/// Every table has the rows that the manifest says, and no other table is there.
fn compare(backup: &BackupFile, restored: &Database, progress: &mut dyn FnMut(&str)) -> Result<()> {
    let found = restored.content(&mut |table| progress(&format!("comparing {table}")))?;
    let expected = &backup.manifest().tables;
    if found == *expected {
        return Ok(());
    }
    let differing =
        expected.iter().find(|table| !found.contains(table)).or(found.iter().find(|t| !expected.contains(t)));
    let table = differing.map_or("the order of tables", |table| table.table.as_str());
    Err(backup.unusable(&format!("after restoring it, {table} differs from what was saved")))
}

/// The chain of the log is whole.
fn verified_head(backup: &BackupFile, restored: &Database) -> Result<Head> {
    match restored.read(audit::verify)? {
        Verdict::Whole(head) => Ok(head),
        Verdict::Broken { sequence, reason } => Err(Error::Config(format!(
            "{}: it holds what the database holds, but the log of acts is broken at line {sequence}: {reason}. Find out who changed it; \
             `casebook check` says the same of the database if it was changed there.",
            backup.name()
        ))),
    }
}
