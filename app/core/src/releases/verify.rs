//! Whether the files of a release are those that were signed.

use std::{
    collections::BTreeSet,
    fmt,
    fs::{self, File},
    io::Read,
    path::{Path, PathBuf},
};

use super::{Release, SIGNATURE, SUMS, Version, changelog, package_name, shelf, signature};
use crate::{Result, clock::Day};

/// How large a list of checksums or a signature may be, in bytes; those of a release have less than a thousand.
const LARGEST: u64 = 1024 * 1024;

/// What the signature in a folder says was signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// Which release.
    pub version: Version,
    /// The day on which it was made.
    pub day: Day,
    /// The id of the key, as minisign prints it.
    pub key: String,
    /// The trusted comment that was signed with the list of checksums.
    pub comment: String,
}

/// What was found in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Looked {
    /// What was signed; none where the signature is not good, or not that of a release.
    pub signed: Option<Signed>,
    /// The version that the folder is called after, where nobody said which was meant and what was signed is another one. That is no fault: a
    /// folder may be called anything.
    pub called: Option<Version>,
    /// What is not as it was signed.
    pub faults: Vec<Fault>,
}

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
    let expected = changelog::signed_name(release.version, release.day, SUMS);
    let (comment, mut faults) = compare(&place, &release.public_key)?;
    if let Some(comment) = comment.filter(|comment| *comment != expected) {
        let says = format!("it was signed as something else: {comment}");
        faults.insert(0, Fault { file: place.join(SIGNATURE), says });
    }
    for file in &release.files {
        let path = release.path(folder, file);
        let wrong = differs(&path, &file.sha256, "the database");
        faults.extend(wrong.filter(|wrong| faults.iter().all(|known| known.file != wrong.file)));
    }
    Ok(faults)
}

/// Compares the files in a folder with their list of checksums, and the list with its signature. A valid signature of another release than
/// the one that is `expected` is a fault.
///
/// # Errors
/// Those of reading what is there; what is missing is a fault.
pub fn verify_folder(place: &Path, public_key: &str, expected: Option<Version>) -> Result<Looked> {
    let (comment, mut faults) = compare(place, public_key)?;
    let Some(comment) = comment else { return Ok(Looked { signed: None, called: None, faults }) };
    let fault = |says: String| Fault { file: place.join(SIGNATURE), says };
    let Some((version, day)) = changelog::named_release(&comment) else {
        faults.insert(0, fault(format!("what was signed is no release: {comment}")));
        return Ok(Looked { signed: None, called: None, faults });
    };
    let called = version_named(place).filter(|called| expected.is_none() && *called != version);
    if let Some(expected) = expected.filter(|expected| *expected != version) {
        faults.insert(0, fault(format!("what was signed is release {version}, and not {expected}")));
    }
    for other in faults.iter_mut().filter(|fault| is_package_of_another(&fault.file, version)) {
        other.says = format!("{}; what was signed is release {version}", other.says);
    }
    let key = signature::key_id(public_key).unwrap_or_default();
    Ok(Looked { signed: Some(Signed { version, day, key, comment }), called, faults })
}

/// The version that a folder is named after, if it is named so.
fn version_named(place: &Path) -> Option<Version> {
    place.file_name()?.to_str()?.parse().ok()
}

/// Whether a file is called like the package of some release, but not of this one.
fn is_package_of_another(file: &Path, version: Version) -> bool {
    let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let named = name.strip_prefix("casebook-").and_then(|rest| rest.strip_suffix(".zip"));
    named.is_some_and(|named| named.parse::<Version>().is_ok()) && name != package_name(version)
}

/// The trusted comment, where the signature is that of this key, and what is wrong.
fn compare(place: &Path, public_key: &str) -> Result<(Option<String>, Vec<Fault>)> {
    let fault = |name: &str, says: String| Fault { file: place.join(name), says };
    let sums = match whole(&place.join(SUMS)) {
        Ok(sums) => sums,
        Err(says) => return Ok((None, vec![fault(SUMS, says)])),
    };
    let mut faults = Vec::new();
    let signed = whole(&place.join(SIGNATURE)).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    let comment = match signed.and_then(|text| signature::verified(&sums, &text, public_key)) {
        Ok(comment) => Some(comment),
        Err(says) => {
            faults.push(fault(SIGNATURE, says));
            None
        }
    };
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
    Ok((comment, faults))
}

/// A file that is known to be small, or why it cannot be read.
fn whole(file: &Path) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let read = File::open(file).and_then(|open| open.take(LARGEST + 1).read_to_end(&mut bytes));
    match read {
        Ok(_) if u64::try_from(bytes.len()).is_ok_and(|length| length <= LARGEST) => Ok(bytes),
        Ok(_) => Err("is larger than any list of checksums or signature".to_owned()),
        Err(error) => Err(format!("cannot be read: {error}")),
    }
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
