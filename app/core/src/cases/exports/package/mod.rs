//! The set with all its tables as a Data Package (<https://specs.frictionlessdata.io/data-package/>): tables as CSV, the documents as JSON Lines,
//! the codebook, a description of every file with its checksum (row R12), and how to read it in plain words.
//!
//! The same cases, vocabulary, query and day give the same bytes: nothing in it tells when or where it was made.

mod descriptor;
mod vocabulary;

use std::{
    fs::File,
    io::{self, BufWriter, Seek, Write},
    path::Path,
};

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};
use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions};

use self::descriptor::{Description, descriptor, readme};
pub use self::vocabulary::codebook_rows;
use super::{About, Batch, streamed::line};
use crate::{
    Error, Result,
    cases::tables::{self, Cell, Table},
    codebook::Codebook,
};

/// The files of a package, complete, in the order in which they are to stand.
#[derive(Debug)]
pub struct Files(Vec<PackageFile>);

/// A file of a package.
#[derive(Debug)]
pub struct PackageFile {
    /// Its name.
    pub name: String,
    /// What is in it; read from its beginning.
    pub content: File,
    /// How many bytes it has.
    pub bytes: u64,
    /// Its SHA-256 in hexadecimal.
    pub sha256: String,
}

impl Files {
    /// The files, to be written elsewhere.
    #[must_use]
    pub fn into_inner(self) -> Vec<PackageFile> {
        self.0
    }

    /// Writes them as one ZIP file, each with the same time.
    ///
    /// # Errors
    /// Those of reading and writing.
    pub fn zip(self, to: impl Write + Seek) -> Result<()> {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default())
            .unix_permissions(0o644);
        let mut archive = ZipWriter::new(to);
        for mut file in self.0 {
            let options = options.large_file(file.bytes >= u64::from(u32::MAX));
            archive.start_file(file.name, options).map_err(Error::unexpected)?;
            file.content.rewind()?;
            io::copy(&mut file.content, &mut archive)?;
        }
        archive.finish().map_err(Error::unexpected)?.flush()?;
        Ok(())
    }
}

/// Makes the files of a package from these batches, as files without a name in the folder `temp`.
///
/// # Errors
/// Those of the batches and of writing.
pub fn package(
    about: &About,
    codebook: &Codebook,
    batches: &mut dyn Iterator<Item = Result<Batch>>,
    temp: &Path,
) -> Result<Files> {
    let tables = tables::all(codebook);
    let mut sheets = tables.iter().map(|table| Sheet::begin(table, temp)).collect::<Result<Vec<_>>>()?;
    let mut documents = Measured::begin(temp)?;
    let mut cases = 0;
    for batch in batches {
        let batch = batch?;
        for (table, sheet) in tables.iter().zip(&mut sheets) {
            for row in batch.rows(table, &about.site) {
                sheet.write(&row)?;
            }
        }
        for case in &batch.cases {
            line(&case.current, &about.site, &mut documents)?;
            cases += 1;
        }
    }
    let mut described = vec![vocabulary::json(codebook, temp)?, vocabulary::table(codebook, temp)?];
    for (table, sheet) in tables.iter().zip(sheets) {
        described.push(sheet.end(Description::of(table))?);
    }
    described.push((Description::file("documents", "cases.jsonl", DOCUMENTS), documents.end("cases.jsonl")?));
    let words = whole("README.md", readme(about, codebook, &described, cases).as_bytes(), temp)?;
    described.insert(0, (Description::file("readme", "README.md", "How to read this package."), words));
    let descriptor = serde_json::to_vec_pretty(&descriptor(about, codebook, &described, cases))?;
    let mut files = vec![whole("datapackage.json", &descriptor, temp)?];
    files.extend(described.into_iter().map(|(_, file)| file));
    Ok(Files(files))
}

/// What `cases.jsonl` is.
const DOCUMENTS: &str =
    "The whole documents, one a line, as JSON: what the tables are made from, with nothing defused.";

/// A file as it is described and as it lies there.
type Described = (Description, PackageFile);

/// A file of a few words.
fn whole(name: &str, content: &[u8], temp: &Path) -> Result<PackageFile> {
    let mut file = Measured::begin(temp)?;
    file.write_all(content)?;
    file.end(name)
}

/// A file without a name, with what it holds counted and hashed.
struct Measured {
    to: BufWriter<File>,
    hash: Sha256,
    bytes: u64,
}

impl Measured {
    fn begin(temp: &Path) -> Result<Self> {
        Ok(Self { to: BufWriter::new(tempfile::tempfile_in(temp)?), hash: Sha256::new(), bytes: 0 })
    }

    fn end(self, name: &str) -> Result<PackageFile> {
        let mut content = self.to.into_inner().map_err(io::IntoInnerError::into_error)?;
        content.rewind()?;
        let sha256 = HEXLOWER.encode(&self.hash.finalize());
        Ok(PackageFile { name: name.to_owned(), content, bytes: self.bytes, sha256 })
    }
}

impl Write for Measured {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.to.write(bytes)?;
        let (taken, _) = bytes.split_at(written);
        self.hash.update(taken);
        self.bytes += u64::try_from(written).unwrap_or(u64::MAX);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

/// A table as CSV, as far as it is written.
struct Sheet {
    to: csv::Writer<Measured>,
    rows: u64,
}

impl Sheet {
    fn begin(table: &Table, temp: &Path) -> Result<Self> {
        Self::headed(table.columns.iter().map(|column| column.name.as_str()), temp)
    }

    fn headed<'a>(columns: impl Iterator<Item = &'a str>, temp: &Path) -> Result<Self> {
        let mut to = csv::Writer::from_writer(Measured::begin(temp)?);
        to.write_record(columns).map_err(Error::unexpected)?;
        Ok(Self { to, rows: 0 })
    }

    fn write(&mut self, row: &[Cell]) -> Result<()> {
        self.rows += 1;
        self.to.write_record(row.iter().map(Cell::for_csv)).map_err(Error::unexpected)
    }

    fn end(self, description: Description) -> Result<Described> {
        let measured = self.to.into_inner().map_err(|error| Error::unexpected(error.to_string()))?;
        let file = measured.end(&description.path)?;
        Ok((Description { rows: Some(self.rows), ..description }, file))
    }
}
