//! Putting a back-up in place.

use std::{path::Path, sync::Arc};

use super::{BackupFile, Key, Manifest, compare, verified_head};
use crate::{
    Error, Result,
    audit::Head,
    clock::Clock,
    config::Config,
    db::{Database, Place, newest_migration},
    instance::{self, Instance},
    random::Random,
    seal::InstanceKeys,
};

/// What was put in place.
pub struct Restored {
    /// What the back-up said of itself.
    pub manifest: Manifest,
    /// Where the log of acts ends in it.
    pub head: Head,
    /// The instance, up to date and ready for its text index to be built; nothing where the secret key is missing.
    pub instance: Option<Instance>,
}

/// Puts the back-up in `file` in place of the database that `config` names, compares it with what was saved, and brings it up to date.
/// Tells `progress` what it does.
///
/// # Errors
/// [`Error::Config`] if there is a database already, the file is damaged, another secret key is in place, the back-up is of a newer
/// program, or what was put in place is not what was saved; then the place is as it was.
pub fn restore(
    config: Config,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
    file: &Path,
    progress: &mut dyn FnMut(&str),
) -> Result<Restored> {
    let backup = BackupFile::open(file)?;
    let manifest = backup.manifest().clone();
    if manifest.migration > newest_migration()? {
        return Err(Error::Config(format!(
            "{} was made by Casebook {} (migration {}), which is newer than this program. Restore it with that version or a later one.",
            backup.name(),
            manifest.program,
            manifest.migration
        )));
    }
    let place = Place::new(config.database.url.reveal(), &config.data.folder)?;
    if place.kind() != manifest.database {
        return Err(Error::Config(format!(
            "{} is a back-up of {}, but database.url names {}. Name a database of the same kind.",
            backup.name(),
            manifest.database,
            place.kind()
        )));
    }
    if let Some(taken) = place.taken()? {
        return Err(Error::Config(format!("A back-up is restored into an empty place only: {taken}.")));
    }
    let key = Key::of(InstanceKeys::find(&config)?.as_ref(), manifest.key_fingerprint.as_deref());
    if key == Key::Wrong {
        return Err(Error::Config(
            "the secret key in place is not the one of this back-up: nothing sealed would open. Put the right one where secret.file says, \
             or move the wrong one away. Nothing was restored."
                .into(),
        ));
    }
    instance::make_private_folder(&config.data.folder)?;
    fill(&backup, &place, &config, progress)?;
    let head = prove(&backup, &config, clock.clone(), random.clone(), progress).or_else(|error| {
        progress("taking it away again");
        place.clear()?;
        Err(error)
    })?;
    let instance = (key == Key::Right).then(|| Instance::open(config, clock, random)).transpose()?;
    Ok(Restored { manifest, head, instance })
}

/// Compares what was put in place with what was saved, and brings it up to date; gives where the log of acts ends in it.
fn prove(
    backup: &BackupFile,
    config: &Config,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
    progress: &mut dyn FnMut(&str),
) -> Result<Head> {
    let db = open(config, clock, random)?;
    compare(backup, &db, progress)?;
    progress("bringing it up to date");
    db.migrate()?;
    verified_head(backup, &db)
}

/// Extracts beside the target, so that nothing readable lies elsewhere, and puts in place.
fn fill(backup: &BackupFile, place: &Place, config: &Config, progress: &mut dyn FnMut(&str)) -> Result<()> {
    progress("reading the back-up");
    let folder = &config.data.folder;
    let cannot = |error| Error::Config(format!("data.folder: {} cannot be written: {error}", folder.display()));
    let scratch = tempfile::Builder::new().prefix(".restoring-").tempdir_in(folder).map_err(cannot)?;
    let copy = scratch.path().join("copy");
    backup.extract(&copy)?;
    progress("putting the database in place");
    place.fill(&copy, backup.manifest().schema.as_deref())
}

fn open(config: &Config, clock: Arc<dyn Clock>, random: Arc<dyn Random>) -> Result<Database> {
    let patience = std::time::Duration::from_secs(600);
    Database::open(config.database.url.reveal(), &config.data.folder, 1, patience, clock, random)
}
