//! The released files: a ZIP file or a folder, and whether they are what `datapackage.json` says.

use std::{
    collections::BTreeSet,
    fs::{self, File},
    io::{self, BufReader, Read},
    path::{Path, PathBuf},
};

use data_encoding::HEXLOWER;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use zip::ZipArchive;

use super::{Code, columns, findings::Findings};
use crate::{Error, Result};

/// What describes the others.
pub(super) const DESCRIPTION: &str = "datapackage.json";
/// The documents, one a line.
pub(super) const DOCUMENTS: &str = "cases.jsonl";
/// The vocabulary as a table.
pub(super) const CODEBOOK: &str = "codebook.csv";
/// Files that are no table of cases.
const OTHERS: [&str; 4] = ["README.md", "codebook.json", CODEBOOK, DOCUMENTS];
/// A description that is longer is none.
const LONGEST_DESCRIPTION: u64 = 16 * 1024 * 1024;
/// What is said where the files themselves are wrong.
const MAKE_ANEW: &str = "Make the files anew";

/// `datapackage.json`, as far as it is looked at.
#[derive(Debug, Deserialize)]
pub(super) struct Description {
    pub(super) resources: Vec<Resource>,
    casebook: Facts,
}

impl Description {
    /// How many cases it says that there are.
    pub(super) fn cases(&self) -> u64 {
        self.casebook.count
    }
}

#[derive(Debug, Deserialize)]
struct Facts {
    count: u64,
}

/// What it says of a file.
#[derive(Debug, Deserialize)]
pub(super) struct Resource {
    pub(super) name: String,
    pub(super) path: String,
    bytes: u64,
    hash: String,
    pub(super) rows: Option<u64>,
    pub(super) schema: Option<Schema>,
}

/// The columns of a table.
#[derive(Debug, Deserialize)]
pub(super) struct Schema {
    pub(super) fields: Vec<Field>,
}

/// A column.
#[derive(Debug, Deserialize)]
pub(super) struct Field {
    pub(super) name: String,
    #[serde(rename = "type")]
    pub(super) kind: String,
    #[serde(default)]
    pub(super) constraints: Constraints,
}

/// What holds of each cell of a column.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Constraints {
    #[serde(default)]
    pub(super) required: bool,
    #[serde(rename = "enum", default)]
    pub(super) codes: Vec<String>,
    pub(super) pattern: Option<String>,
}

/// Where the files are.
#[derive(Debug)]
pub(super) struct Files {
    path: PathBuf,
    folder: bool,
}

/// A file that can be read from its beginning.
pub(super) enum Handle {
    /// In a folder.
    File(File),
    /// In a ZIP file, under this name.
    Entry(Box<ZipArchive<BufReader<File>>>, String),
}

impl Handle {
    /// Its content.
    pub(super) fn content(&mut self) -> Result<Box<dyn Read + '_>> {
        let content: Box<dyn Read + '_> = match self {
            Self::File(file) => Box::new(BufReader::new(file)),
            Self::Entry(archive, name) => Box::new(archive.by_name(name).map_err(Error::unexpected)?),
        };
        Ok(content)
    }
}

impl Files {
    /// Opens a ZIP file or a folder.
    pub(super) fn open(package: &Path) -> Result<Self> {
        let files = Self { path: package.to_owned(), folder: package.is_dir() };
        if !files.folder {
            files.archive()?;
        }
        Ok(files)
    }

    fn says(&self, what: &str) -> Error {
        let path = self.path.display();
        Error::Config(format!("{path}: {what}. Name the ZIP file of a package, or a folder with the same files."))
    }

    fn archive(&self) -> Result<ZipArchive<BufReader<File>>> {
        let file = File::open(&self.path).map_err(|error| self.says(&format!("cannot be read: {error}")))?;
        ZipArchive::new(BufReader::new(file)).map_err(|error| self.says(&format!("is no ZIP file: {error}")))
    }

    /// The names of all files, folders included; and what is wrong with the ZIP file itself.
    fn names(&self) -> Result<(BTreeSet<String>, Vec<&'static str>)> {
        let mut names = BTreeSet::new();
        if self.folder {
            for entry in fs::read_dir(&self.path)? {
                names.insert(entry?.file_name().to_string_lossy().into_owned());
            }
            return Ok((names, Vec::new()));
        }
        let archive = self.archive()?;
        for name in archive.file_names() {
            names.insert(name.map_err(Error::unexpected)?.into_owned());
        }
        let mut faults = Vec::new();
        if !archive.comment().is_empty() {
            faults.push("the ZIP file has a comment");
        }
        if archive.offset() != 0 {
            faults.push("something stands before the ZIP file");
        }
        if archive.has_duplicate_names() {
            faults.push("two files of the ZIP file have one name");
        }
        Ok((names, faults))
    }

    /// One of the files; `None` where it is missing.
    pub(super) fn handle(&self, name: &str) -> Result<Option<Handle>> {
        if self.folder {
            let path = self.path.join(name);
            return Ok(if path.is_file() { Some(Handle::File(File::open(path)?)) } else { None });
        }
        let archive = self.archive()?;
        let known = archive.index_for_name(name).is_some();
        Ok(known.then(|| Handle::Entry(Box::new(archive), name.to_owned())))
    }

    /// Reads the description.
    pub(super) fn description(&self) -> Result<Description> {
        let mut handle = self.handle(DESCRIPTION)?.ok_or_else(|| self.says("has no datapackage.json"))?;
        let content = handle.content()?.take(LONGEST_DESCRIPTION);
        serde_json::from_reader(content).map_err(|error| {
            self.says(&format!("{DESCRIPTION}, line {}: is no description of a package: {error}", error.line()))
        })
    }

    /// Whether each file is described, and is what is said of it. Gives whether what is described can be read at all.
    pub(super) fn compare(&self, description: &Description, findings: &mut Findings<'_>) -> Result<bool> {
        let (mut left, faults) = self.names()?;
        for fault in faults {
            findings.of_file(Code::File, DESCRIPTION, "", fault.to_owned(), MAKE_ANEW);
        }
        left.remove(DESCRIPTION);
        let mut readable = true;
        for resource in &description.resources {
            if !left.remove(&resource.path) {
                readable = false;
                let what = format!("{} is described and not there, or described twice", resource.path);
                findings.of_file(Code::File, DESCRIPTION, &resource.path, what, MAKE_ANEW);
                continue;
            }
            self.compare_one(resource, findings)?;
        }
        for name in left {
            let what = format!("{name} is not described: nothing says what it is");
            findings.of_file(Code::File, &name, &name, what, "Take it out, or make the files anew");
        }
        Ok(complete(description, findings) && readable)
    }

    fn compare_one(&self, resource: &Resource, findings: &mut Findings<'_>) -> Result<()> {
        let path = resource.path.as_str();
        let table = path.strip_suffix(".csv").filter(|table| columns::knows(table));
        if !OTHERS.contains(&path) && table.is_none_or(|table| table != resource.name) {
            let what = format!("{path} is a file of which nobody has decided what it may tell");
            findings.of_file(Code::Unknown, path, path, what, "Take it out, or teach the check what it may tell");
        }
        let Some(mut handle) = self.handle(path)? else {
            findings.of_file(Code::File, path, path, format!("{path} is no file"), MAKE_ANEW);
            return Ok(());
        };
        let mut counted = Counted { hash: Sha256::new(), bytes: 0 };
        let read = handle.content().and_then(|mut content| Ok(io::copy(&mut content, &mut counted)?));
        let found = format!("sha256:{}", HEXLOWER.encode(&counted.hash.finalize()));
        if read.is_err() || counted.bytes != resource.bytes || found != resource.hash {
            let what = format!("{path} is not the file that {DESCRIPTION} describes: its size or its SHA-256 differs");
            findings.of_file(Code::File, path, &found, what, MAKE_ANEW);
        }
        Ok(())
    }
}

/// Whether every table of a release and the documents are described.
fn complete(description: &Description, findings: &mut Findings<'_>) -> bool {
    let described: BTreeSet<&str> = description.resources.iter().map(|resource| resource.path.as_str()).collect();
    let mut complete = true;
    let tables = columns::tables().map(|table| format!("{table}.csv"));
    for path in tables.chain([CODEBOOK.to_owned(), DOCUMENTS.to_owned()]) {
        if !described.contains(path.as_str()) {
            complete = false;
            let what = format!("{path} is missing, so that the rest cannot be checked");
            findings.of_file(Code::File, DESCRIPTION, &path, what, MAKE_ANEW);
        }
    }
    complete
}

/// Counts and hashes what is written to it.
struct Counted {
    hash: Sha256,
    bytes: u64,
}

impl io::Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.hash.update(bytes);
        self.bytes += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
