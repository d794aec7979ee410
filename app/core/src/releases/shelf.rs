//! The folder of releases: a folder for each, whole or not there at all.

use std::{
    fs::{self, File},
    io::{self, BufReader, Read},
    path::{Path, PathBuf},
};

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use super::{ReleaseFile, Version};
use crate::{Error, Result};

/// How the folder of a release begins that is not complete.
const DRAFT: &str = ".making-";

/// An empty folder beside the releases; it goes away by itself unless [`put_in_place`] takes it.
pub(super) fn draft(folder: &Path) -> Result<TempDir> {
    fs::create_dir_all(folder).map_err(|error| unwritable(folder, &error))?;
    tempfile::Builder::new().prefix(DRAFT).tempdir_in(folder).map_err(|error| unwritable(folder, &error))
}

fn unwritable(folder: &Path, error: &io::Error) -> Error {
    Error::Config(format!("releases.folder: {} cannot be written: {error}", folder.display()))
}

/// Refuses to go on where a release of this version lies in the folder already.
pub(super) fn refuse_leftover(folder: &Path, version: Version) -> Result<()> {
    let place = folder.join(version.to_string());
    if fs::symlink_metadata(&place).is_err() {
        return Ok(());
    }
    let place = place.display();
    Err(Error::Config(format!(
        "{place} is there, but the database knows no release {version}: it was left by a release that was not finished, or belongs to \
         another database. Take it away and run the command again: rm -r {place}"
    )))
}

/// Gives a complete folder the name of its release. It is on the disk before it has that name.
pub(super) fn put_in_place(draft: TempDir, folder: &Path, version: Version) -> Result<PathBuf> {
    for entry in fs::read_dir(draft.path())? {
        File::open(entry?.path())?.sync_all()?;
    }
    File::open(draft.path())?.sync_all()?;
    let place = folder.join(version.to_string());
    fs::rename(draft.path(), &place).map_err(|error| unwritable(&place, &error))?;
    // The draft has another name now: there is nothing left to take away.
    let _ = draft.keep();
    File::open(folder)?.sync_all()?;
    Ok(place)
}

/// What the database will know of a file that was written.
pub(super) fn measured(folder: &Path, name: &str) -> Result<ReleaseFile> {
    let (bytes, sha256) = checksum(&folder.join(name))?;
    Ok(ReleaseFile { name: name.to_owned(), bytes, sha256 })
}

/// How many bytes a file has, and their SHA-256 in hexadecimal.
pub(super) fn checksum(file: &Path) -> io::Result<(u64, String)> {
    let mut from = BufReader::new(File::open(file)?);
    let (mut hash, mut bytes, mut piece) = (Sha256::new(), 0, vec![0; 64 * 1024]);
    loop {
        let length = from.read(&mut piece)?;
        let (read, _) = piece.split_at(length);
        if read.is_empty() {
            return Ok((bytes, HEXLOWER.encode(&hash.finalize())));
        }
        hash.update(read);
        bytes += u64::try_from(length).unwrap_or_default();
    }
}

/// What lies in the folder besides the releases of these versions: left by what was not finished, or by files that could not be taken away.
///
/// # Errors
/// Those of reading the folder.
pub fn leftovers(folder: &Path, kept: &[Version]) -> Result<Vec<PathBuf>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error.into()),
    };
    let mut left = Vec::new();
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name();
        let version = name.to_str().and_then(|name| name.parse::<Version>().ok());
        let is_draft = name.to_str().is_some_and(|name| name.starts_with(DRAFT));
        if is_draft || version.is_some_and(|version| !kept.contains(&version)) {
            left.push(entry.path());
        }
    }
    left.sort();
    Ok(left)
}
