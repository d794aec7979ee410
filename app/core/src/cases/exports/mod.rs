//! A set of published cases as files to take away. What is written comes in batches, each read in a short transaction of its own, so that no
//! file is held in memory and what is hidden meanwhile is left out. Nothing here knows of the web: whoever exports hands in the batches,
//! the addresses and the day.

mod batch;
mod columnar;
mod package;
mod streamed;
#[cfg(test)]
mod tests;
mod workbook;

use std::io::Write;

use chrono::Datelike;
use serde_json::{Map, Value, json};

pub use self::{
    batch::{Batch, Exported},
    columnar::columnar,
    package::{Files, PackageFile, codebook_rows, package},
    streamed::{Json, Lines, Rows, write_case},
    workbook::{Bounds, one_sheet, workbook},
};
use super::{
    citation::{AUTHOR, release_title},
    document::SCHEMA,
    published::Current,
};
use crate::{Result, clock::Day, codebook::Codebook, db::Reading, ids::CaseId};

/// The licence of cases and data (`LICENSE-DATA.md`): its SPDX name, its name in words, and where it stands.
pub const LICENCE: [&str; 3] =
    ["CC-BY-4.0", "Creative Commons Attribution 4.0 International", "https://creativecommons.org/licenses/by/4.0/"];

/// Where cases stand.
#[derive(Debug, Clone)]
pub struct Site {
    /// The address of the site, without a slash at the end.
    pub address: String,
    /// The path of a case.
    pub case: fn(&CaseId) -> String,
    /// The path of a revision, for good.
    pub revision: fn(&CaseId, u32) -> String,
}

/// What an export says of itself (row R12).
#[derive(Debug, Clone)]
pub struct About {
    /// Where its cases stand.
    pub site: Site,
    /// The filters as they stand in an address; empty for all that is published.
    pub query: String,
    /// The address of the page that shows the same set.
    pub address: String,
    /// The day on which it was made.
    pub date: Day,
    /// The version of the release that it is; none of what is made anew whenever it is asked for.
    pub release: Option<String>,
}

impl About {
    /// What the export is called.
    fn title(&self) -> String {
        self.release.as_deref().map_or_else(|| "Cases of the Casebook collection".to_owned(), release_title)
    }

    /// What is known before the first case is written, as an object.
    fn facts(&self, codebook: &Codebook) -> Map<String, Value> {
        let [name, title, path] = LICENCE;
        let facts = json!({
            "query": {"filters": self.query, "address": self.address},
            "date": self.date.to_string(),
            "licence": {"name": name, "title": title, "address": path},
            "schema": SCHEMA,
            "vocabulary": codebook.version().to_string(),
        });
        let mut facts = match facts {
            Value::Object(facts) => facts,
            _ => Map::new(),
        };
        facts.extend(self.release.iter().map(|version| ("release".to_owned(), json!(version))));
        facts
    }

    /// The same in lines, for formats that hold names and words.
    fn lines(&self, codebook: &Codebook) -> Vec<(&'static str, String)> {
        let [name, _, path] = LICENCE;
        let mut lines: Vec<_> = self.release.iter().map(|version| ("release", version.clone())).collect();
        lines.extend([
            ("query", if self.query.is_empty() { "all that is published".to_owned() } else { self.query.clone() }),
            ("address", self.address.clone()),
            ("date", self.date.to_string()),
            ("licence", format!("{name}, {path}")),
            ("author", AUTHOR.to_owned()),
            ("populations", crate::places::ATTRIBUTION.to_owned()),
            ("schema", SCHEMA.to_string()),
            ("vocabulary", codebook.version().to_string()),
        ]);
        lines.extend(self.release.as_ref().map(|_| ("cite", self.citation())));
        lines
    }

    /// How a release is cited, in one line.
    fn citation(&self) -> String {
        format!("{AUTHOR} ({}): {}. {}", self.date.year(), self.title(), self.address)
    }
}

/// A file that is sent while it is made: what is written stays as it is.
pub trait Streamed: Send {
    /// Writes what stands before the first case.
    ///
    /// # Errors
    /// Those of writing.
    fn begin(&mut self, to: &mut dyn Write) -> Result<()>;

    /// Writes the cases of a batch.
    ///
    /// # Errors
    /// Those of the database and of writing.
    fn batch(&mut self, r: &mut Reading, cases: Vec<Current>, to: &mut dyn Write) -> Result<()>;

    /// Writes what stands after the last case.
    ///
    /// # Errors
    /// Those of writing.
    fn end(&mut self, to: &mut dyn Write) -> Result<()>;
}
