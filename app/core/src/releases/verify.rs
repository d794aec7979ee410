//! Whether the files of a release are those that were signed.

use std::{
    collections::BTreeSet,
    fmt, fs,
    path::{Path, PathBuf},
};

use super::{Release, SIGNATURE, SUMS, changelog, shelf, signature};
use crate::Result;

/// Something that is not as it was signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The file.
    pub file: PathBuf,
    /// What is wrong with it.
    pub says: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.file.display(), self.says)
    }
}

/// Compares the files of a release with what the database knows of them, and with their signature.
///
/// # Errors
/// Those of reading what is there; what is missing is a fault.
pub fn verify(release: &Release, folder: &Path) -> Result<Vec<Fault>> {
    let place = folder.join(release.version.to_string());
    let signed = changelog::signed_name(release.version, release.day, SUMS);
    let mut faults = compare(&place, &release.public_key, Some(&signed))?;
    for file in &release.files {
        let path = release.path(folder, file);
        let wrong = differs(&path, &file.sha256, "the database");
        faults.extend(wrong.filter(|wrong| faults.iter().all(|known| known.file != wrong.file)));
    }
    Ok(faults)
}

/// Compares the files in a folder with their list of checksums, and the list with its signature.
///
/// # Errors
/// Those of reading what is there; what is missing is a fault.
pub fn verify_folder(place: &Path, public_key: &str) -> Result<Vec<Fault>> {
    compare(place, public_key, None)
}

fn compare(place: &Path, public_key: &str, signed_as: Option<&str>) -> Result<Vec<Fault>> {
    let fault = |name: &str, says: String| Fault { file: place.join(name), says };
    let sums = match fs::read(place.join(SUMS)) {
        Ok(sums) => sums,
        Err(error) => return Ok(vec![fault(SUMS, format!("cannot be read: {error}"))]),
    };
    let mut faults = Vec::new();
    let signed = fs::read_to_string(place.join(SIGNATURE)).map_err(|error| format!("cannot be read: {error}"));
    match signed.and_then(|text| signature::verified(&sums, &text, public_key)) {
        Ok(comment) if signed_as.is_some_and(|expected| expected != comment) => {
            faults.push(fault(SIGNATURE, format!("it was signed as something else: {comment}")));
        }
        Ok(_) => {}
        Err(says) => faults.push(fault(SIGNATURE, says)),
    }
    let mut listed = BTreeSet::from([SUMS.to_owned(), SIGNATURE.to_owned()]);
    for (number, line) in (1..).zip(String::from_utf8_lossy(&sums).lines()) {
        match line.split_once("  ") {
            Some((sum, name)) if is_plain(name) => {
                faults.extend(differs(&place.join(name), sum, SUMS));
                listed.insert(name.to_owned());
            }
            _ => faults.push(fault(SUMS, format!("line {number} is no checksum with the name of a file"))),
        }
    }
    faults.extend(unlisted(place, &listed)?);
    Ok(faults)
}

/// Whether a name leads nowhere but to a file in the same folder.
fn is_plain(name: &str) -> bool {
    !name.is_empty() && !name.starts_with('.') && !name.contains(['/', '\\'])
}

/// What is wrong with a file that should have this checksum, if anything.
fn differs(file: &Path, sha256: &str, according_to: &str) -> Option<Fault> {
    let says = match shelf::checksum(file) {
        Ok((_, found)) if found == sha256 => return None,
        Ok((_, found)) => format!("has the SHA-256 {found}, and should have {sha256} according to {according_to}"),
        Err(error) => format!("cannot be read: {error}"),
    };
    Some(Fault { file: file.to_owned(), says })
}

/// Files that no list knows.
fn unlisted(place: &Path, listed: &BTreeSet<String>) -> Result<Vec<Fault>> {
    let mut faults = Vec::new();
    for entry in fs::read_dir(place)? {
        let entry = entry?;
        if entry.file_name().to_str().is_none_or(|name| !listed.contains(name)) {
            faults.push(Fault { file: entry.path(), says: format!("does not stand in {SUMS}") });
        }
    }
    faults.sort_by(|one, other| one.file.cmp(&other.file));
    Ok(faults)
}
