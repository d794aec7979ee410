//! Files that hold a secret: for their owner alone, written whole or not at all.

use std::{
    fs::{self, File, OpenOptions},
    io::{ErrorKind, Read, Write},
    path::{Path, PathBuf},
};

use data_encoding::HEXLOWER;
use zeroize::Zeroizing;

use crate::{
    error::{Error, Result},
    random::Random,
    secret::Secret,
};

/// The longest file that is read.
const LONGEST: u64 = 4096;

/// The text of such a file, if there is one; errors call it `what`.
///
/// # Errors
/// [`Error::Config`], which says how to mend it, if others can read or change the file, or if it cannot be read.
pub(crate) fn read(path: &Path, what: &str) -> Result<Option<Zeroizing<String>>> {
    let unreadable = |error| Error::Config(format!("the {what} {} cannot be read: {error}", path.display()));
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(unreadable(error)),
    };
    refuse_if_shared(path, what, &file.metadata().map_err(unreadable)?)?;
    let mut text = Zeroizing::new(String::new());
    file.take(LONGEST).read_to_string(&mut text).map_err(unreadable)?;
    Ok(Some(text))
}

/// Writes such a file, unless there is one: of two processes that start at once one writes it.
///
/// # Errors
/// [`Error::Config`], which says how to mend it.
pub(crate) fn create(path: &Path, what: &str, text: &Secret, random: &dyn Random) -> Result<()> {
    write(path, text, random).map_err(|error| {
        Error::Config(format!("the {what} {} cannot be made: {error}. Make its folder writable.", path.display()))
    })
}

fn write(path: &Path, text: &Secret, random: &dyn Random) -> std::io::Result<()> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    };
    fs::create_dir_all(&folder)?;
    let draft = folder.join(format!(".secret-{}", HEXLOWER.encode(&random.bytes::<8>())));
    let made = write_draft(&draft, text).and_then(|()| match fs::hard_link(&draft, path) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    });
    fs::remove_file(&draft).or_else(|error| if made.is_err() { Ok(()) } else { Err(error) })?;
    made?;
    File::open(&folder)?.sync_all()
}

fn write_draft(draft: &Path, text: &Secret) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(draft)?;
    file.write_all(text.reveal().as_bytes())?;
    file.sync_all()
}

#[cfg(unix)]
fn refuse_if_shared(path: &Path, what: &str, metadata: &fs::Metadata) -> Result<()> {
    let mode = std::os::unix::fs::PermissionsExt::mode(&metadata.permissions()) & 0o777;
    if mode & 0o077 == 0 {
        return Ok(());
    }
    let path = path.display();
    Err(Error::Config(format!(
        "the {what} {path} can be read or changed by others (mode {mode:03o}). Run: chmod 600 {path}"
    )))
}

#[cfg(not(unix))]
fn refuse_if_shared(_path: &Path, _what: &str, _metadata: &fs::Metadata) -> Result<()> {
    Ok(())
}
