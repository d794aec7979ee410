//! The file of a back-up: a line that names the format and the digest of the next, the manifest as a line of JSON, and the copy of the
//! database as it is. Any flipped byte and any missing end is noticed before anything is restored.
//!
//! Without Casebook, `tail -n +3 FILE` gives the copy: an SQLite file, or a dump in PostgreSQL's custom format.

use std::{
    fs::{File, OpenOptions},
    io::{self, BufRead, BufReader, BufWriter, Read, Seek, SeekFrom, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{
    Error, Result,
    clock::Day,
    db::{Copied, TableContent},
};

/// What the first line begins with.
const FORMAT: &str = "casebook-backup-1 ";
/// The longest line that is read.
const LONGEST_LINE: u64 = 1 << 20;

/// What a back-up says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The day on which it was made, in UTC.
    pub made: Day,
    /// The version of the program that made it.
    pub program: String,
    /// `sqlite` or `postgres`.
    pub database: String,
    /// On PostgreSQL the schema in which the tables lie.
    pub schema: Option<String>,
    /// The last migration that had run.
    pub migration: String,
    /// The fingerprint of the secret key that the database was made with.
    pub key_fingerprint: Option<String>,
    /// What every table holds.
    pub tables: Vec<TableContent>,
    /// How many bytes the copy has.
    length: u64,
    /// SHA-256 of the copy, in hexadecimal.
    sha256: String,
}

impl Manifest {
    pub(super) fn new(
        made: Day,
        program: &str,
        copied: Copied,
        migration: String,
        key_fingerprint: Option<String>,
    ) -> Self {
        let database = if copied.schema.is_some() { "postgres" } else { "sqlite" };
        Self {
            made,
            program: program.to_owned(),
            database: database.to_owned(),
            schema: copied.schema,
            migration,
            key_fingerprint,
            tables: copied.content,
            length: 0,
            sha256: String::new(),
        }
    }
}

/// Writes manifest and copy, readable for the owner alone, and onto the disk.
pub(super) fn write(file: &Path, mut manifest: Manifest, copy: &Path) -> io::Result<()> {
    let mut hash = Hashing { to: io::sink(), hash: Sha256::new() };
    manifest.length = io::copy(&mut File::open(copy)?, &mut hash)?;
    manifest.sha256 = HEXLOWER.encode(&hash.hash.finalize());
    let line = serde_json::to_string(&manifest)?;
    let opened = OpenOptions::new().write(true).create_new(true).mode(0o600).open(file)?;
    let mut out = BufWriter::new(opened);
    writeln!(out, "{FORMAT}{}\n{line}", digest(line.as_bytes()))?;
    io::copy(&mut File::open(copy)?, &mut out)?;
    out.into_inner()?.sync_all()
}

fn digest(bytes: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(bytes))
}

/// A back-up whose manifest was read.
#[derive(Debug)]
pub struct BackupFile {
    path: PathBuf,
    manifest: Manifest,
    begins: u64,
}

impl BackupFile {
    /// Reads the manifest.
    ///
    /// # Errors
    /// [`Error::Config`] if there is no such file, it is no back-up, or its first lines are damaged.
    pub fn open(path: &Path) -> Result<Self> {
        let name = path.display();
        let file = File::open(path).map_err(|error| Error::Config(format!("{name}: cannot be read: {error}")))?;
        let mut reader = BufReader::new(file);
        let first = line(&mut reader).unwrap_or_default();
        let Some(expected) = first.strip_prefix(FORMAT) else {
            return Err(Error::Config(format!(
                "{name} is not a back-up made by `casebook backup`, or its beginning is damaged."
            )));
        };
        let second = line(&mut reader).unwrap_or_default();
        if digest(second.as_bytes()) != expected {
            return Err(unusable(path, "its table of contents is damaged"));
        }
        let manifest: Manifest = serde_json::from_str(&second).map_err(|_| {
            Error::Config(format!("{name} was made by another version of the program: restore it with that version."))
        })?;
        Ok(Self { path: path.to_owned(), manifest, begins: (first.len() + second.len() + 2) as u64 })
    }

    /// What it says of itself.
    #[must_use]
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> String {
        self.path.display().to_string()
    }

    /// The error that says why it cannot be used, and what to do.
    pub(super) fn unusable(&self, why: &str) -> Error {
        unusable(&self.path, why)
    }

    /// Writes the copy of the database into `to`, and makes sure that each byte is the one that was saved.
    pub(super) fn extract(&self, to: &Path) -> Result<()> {
        let cannot = |error: io::Error| Error::Config(format!("{}: cannot be written: {error}", to.display()));
        let unreadable = |error: io::Error| self.unusable(&error.to_string());
        let mut file = File::open(&self.path).map_err(unreadable)?;
        file.seek(SeekFrom::Start(self.begins)).map_err(unreadable)?;
        let out = OpenOptions::new().write(true).create_new(true).mode(0o600).open(to).map_err(cannot)?;
        let mut out = Hashing { to: out, hash: Sha256::new() };
        let length = io::copy(&mut file, &mut out).map_err(cannot)?;
        out.to.sync_all().map_err(cannot)?;
        let expected = self.manifest.length;
        if length != expected {
            return Err(self.unusable(&format!("it holds {length} bytes of {expected}")));
        }
        if HEXLOWER.encode(&out.hash.finalize()) != self.manifest.sha256 {
            return Err(self.unusable("bytes in it were changed"));
        }
        Ok(())
    }
}

fn unusable(path: &Path, why: &str) -> Error {
    Error::Config(format!(
        "{} is damaged: {why}. Nothing was restored from it. Take another back-up; if there is no other, look at the disk that it lies on and \
         make a new one with `casebook backup`.",
        path.display()
    ))
}

/// A line without its end.
fn line(reader: &mut impl BufRead) -> io::Result<String> {
    let mut text = String::new();
    reader.take(LONGEST_LINE).read_line(&mut text)?;
    match text.pop() {
        Some('\n') => Ok(text),
        _ => Err(io::ErrorKind::UnexpectedEof.into()),
    }
}

/// Hands bytes on and hashes them.
struct Hashing<W> {
    to: W,
    hash: Sha256,
}

impl<W: Write> Write for Hashing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.to.write(bytes)?;
        self.hash.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}
