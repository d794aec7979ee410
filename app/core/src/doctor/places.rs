//! The data folder, the secret key, and room on the disk.

use std::{fs, os::unix::fs::PermissionsExt, path::Path};

use super::Finding;
use crate::{Error, Result, config::Config, db::Database, seal::InstanceKeys};

/// Less than this is little in any case.
const LEAST_ROOM: u64 = 256 << 20;
const MEGABYTE: u64 = 1 << 20;

pub(super) fn data_folder(config: &Config) -> Finding {
    const ABOUT: &str = "data folder";
    let folder = &config.data.folder;
    let name = folder.display();
    match fs::metadata(folder) {
        Err(error) => Finding::ill(
            ABOUT,
            format!("{name}: {error}"),
            "Let data.folder name the folder, or start `casebook serve`, which makes it.",
        ),
        Ok(found) if !found.is_dir() => {
            Finding::ill(ABOUT, format!("{name} is no folder"), "Let data.folder name a folder.")
        }
        Ok(found) => {
            let mode = found.permissions().mode() & 0o777;
            if mode & 0o077 != 0 {
                return Finding::ill(
                    ABOUT,
                    format!("others can look into {name} (mode {mode:03o})"),
                    format!("Run: chmod 700 {name}"),
                );
            }
            match tempfile::Builder::new().prefix(".looking-").tempfile_in(folder) {
                Ok(_) => Finding::well(ABOUT, format!("{name} is writable, and closed to others")),
                Err(error) => Finding::ill(
                    ABOUT,
                    format!("{name} cannot be written: {error}"),
                    "Give the folder to the user that runs Casebook, or make room on the disk.",
                ),
            }
        }
    }
}

/// `keys` is what came of reading it; where a database is there already a missing key is no matter of starting for the first time.
pub(super) fn secret_key(config: &Config, keys: &Result<Option<InstanceKeys>>, has_database: bool) -> Finding {
    const ABOUT: &str = "secret key";
    let file = config.in_data(&config.secret.file);
    match keys {
        Ok(Some(_)) if config.secret.content.is_empty() => {
            Finding::well(ABOUT, format!("{} can be read by its owner alone", file.display()))
        }
        Ok(Some(_)) => Finding::well(ABOUT, "it comes from the setting secret.content"),
        Ok(None) if has_database => Finding::ill(
            ABOUT,
            format!("{} is missing, and the database was made with one", file.display()),
            "Put it back from your copy before you start anything: without it no passphrase is recognised and nothing that waits can be opened.",
        ),
        Ok(None) => Finding::ill(
            ABOUT,
            format!("{} is not there yet", file.display()),
            "Start `casebook serve`, which makes it.",
        ),
        Err(error) => Finding::ill(ABOUT, error.to_string(), "Do as the line says; the site does not start before."),
    }
}

/// A back-up and the trial of it take twice what the database takes.
pub(super) fn room(config: &Config, db: &Database) -> Finding {
    const ABOUT: &str = "room on the disk";
    let looked =
        free(&config.data.folder).and_then(|free| Ok(judge(ABOUT, free, if db.is_sqlite() { db.size()? } else { 0 })));
    Finding::of(ABOUT, looked)
}

fn judge(about: &'static str, free: u64, size: u64) -> Finding {
    let least = LEAST_ROOM.max(size.saturating_mul(2));
    let says = format!("{} MB are free; the database takes {} MB", free / MEGABYTE, size / MEGABYTE);
    if free < least {
        Finding::ill(
            about,
            says,
            format!("Make room until {} MB are free: on a full disk no account is taken.", least / MEGABYTE),
        )
    } else {
        Finding::well(about, says)
    }
}

/// Bytes that an ordinary user may still write.
fn free(folder: &Path) -> Result<u64> {
    let found = rustix::fs::statvfs(folder).map_err(|error| Error::Unavailable(error.to_string()))?;
    Ok(found.f_bavail.saturating_mul(found.f_frsize))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn little_room_is_a_problem_and_so_is_less_than_a_back_up_takes() {
        assert!(judge("", 255 * MEGABYTE, MEGABYTE).is_problem());
        assert!(!judge("", 257 * MEGABYTE, MEGABYTE).is_problem());
        assert!(judge("", 1999 * MEGABYTE, 1000 * MEGABYTE).is_problem());
        assert!(!judge("", 2000 * MEGABYTE, 1000 * MEGABYTE).is_problem());
        assert!(free(Path::new("/")).unwrap() > 0);
        assert!(free(Path::new("/no/such/folder")).is_err());
    }
}
