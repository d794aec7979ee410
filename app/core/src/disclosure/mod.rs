//! Looks at a released dataset before it is published, with the eyes of a stranger: it sees the released files and nothing else
//! (protection.md section 5).
//!
//! What refuses a release is what pins a place or a person down; what only narrows is told. A finding is mended, or waived with a reason.

mod case;
mod columns;
mod crowd;
mod figures;
mod files;
mod finding;
mod findings;
mod groups;
mod judge;
mod known;
mod log;
mod names;
mod place;
mod row;
mod stream;
mod waivers;
mod words;

#[cfg(test)]
mod tests;

use std::path::Path;

use regex::Regex;
use serde::Serialize;
use serde_json::Value;

use self::{
    case::CaseFiles,
    files::{DOCUMENTS, Description, Files},
    findings::Findings,
    groups::Groups,
    known::{Known, each_document, there},
    log::{ChangeLog, Place},
    stream::Stream,
};
pub use self::{
    finding::{Code, Finding, short},
    waivers::{CoveredInAll, Reason, Unused, Waivers},
};
use crate::Result;

/// A combination of what readers may know of a case that fewer cases than this share is told. Three is also the least count that the pages of
/// statistics show (`statistics.suppress_below`): one reason, one number.
pub const SMALL_GROUP: u64 = 3;

/// What a check found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// How many cases the files hold.
    pub cases: u64,
    /// Of these, how many do not name their place.
    pub unnamed: u64,
    /// What refuses the release, in the order of the files.
    pub findings: Vec<Finding>,
    /// What was found besides, where there is more than a reader takes in.
    pub more_findings: u64,
    /// What would refuse it but for a reason that somebody gave for that case.
    pub waived: Vec<(Finding, Reason)>,
    /// Words that would refuse it but for a reason that somebody gave for all cases, with how often they were found.
    pub waived_in_all: Vec<CoveredInAll>,
    /// Waivers for which nothing was found. They refuse it as well: a file of waivers that has grown stale lets pass what nobody has looked at.
    pub unused_waivers: Vec<Unused>,
    /// What narrows a place down without pinning it: told, and no reason to refuse.
    pub hints: Vec<Finding>,
    /// Hints besides.
    pub more_hints: u64,
    /// Combinations that few accounts share: told, and no reason to refuse.
    pub small_groups: Vec<SmallGroup>,
    /// Small groups besides.
    pub more_small_groups: u64,
}

impl Report {
    /// Whether the release may go out.
    #[must_use]
    pub fn passes(&self) -> bool {
        self.findings.is_empty() && self.more_findings == 0 && self.unused_waivers.is_empty()
    }
}

/// A combination of what readers may know of a case, which few cases with accounts share.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct SmallGroup {
    /// What they share: country or continent, size, organisation, first year of the course. Such as `DE, 200k_500k, o_huawei, 2018`.
    pub shared: String,
    /// How many cases share it.
    pub cases: u64,
}

/// Checks a release: its folder, with the change log and the note in it; or a package alone, as a ZIP file or a folder with the same files. The
/// files are read twice or three times, row by row.
///
/// # Errors
/// [`crate::Error::Config`] where the files cannot be read as a package at all.
pub fn check(place: &Path, waivers: &Waivers) -> Result<Report> {
    let place = Place::find(place)?;
    let files = Files::open(&place.package)?;
    let description = files.description()?;
    let mut findings = Findings::new(waivers);
    let mut groups = Groups::default();
    let mut log = ChangeLog::read(&place, &mut findings)?;
    if files.compare(&description, &mut findings)? {
        let mut known = Known::read(&files)?;
        walk(&files, &description, &mut findings, |case, findings| {
            judge::judge(case, &mut known, findings);
            groups.count(case);
            log.compare(case.id, case.each("cases", "title"), findings);
        })?;
        log.look(&known, &mut findings);
        if findings.cases() != description.cases() {
            let what =
                format!("there are {} cases where the description says {}", findings.cases(), description.cases());
            findings.of_file(Code::Form, DOCUMENTS, "", what, "Make the files anew");
        }
    }
    let mut report = findings.end();
    groups.tell(&mut report);
    Ok(report)
}

/// Goes through the cases: of each the document, and its rows of every table, which stand in the same order.
fn walk<'w>(
    files: &Files,
    description: &Description,
    findings: &mut Findings<'w>,
    mut take: impl FnMut(&CaseFiles<'_>, &mut Findings<'w>),
) -> Result<()> {
    let tables = description.resources.iter().filter(|resource| columns::knows(&resource.name));
    let mut handles = Vec::new();
    for resource in tables {
        handles.push((resource, there(files, &resource.path)?));
    }
    let mut streams = Vec::new();
    for (resource, handle) in &mut handles {
        streams.push(Stream::open(resource, handle.content()?, findings)?);
    }
    each_document(files, |line, document| {
        let object = document.as_ref().and_then(Value::as_object);
        let id = object.and_then(|object| object.get("id")).and_then(Value::as_str);
        let (Some(object), Some(id)) = (object, id) else {
            let what = "this is no document: a JSON object with an id".to_owned();
            findings.of_line(Code::Form, DOCUMENTS, Some(line), "", what, "Make the files anew");
            return;
        };
        let mut case = CaseFiles { id, tables: Vec::new(), documents: row::rows(object, id, line) };
        for stream in &mut streams {
            stream.rows_of(id, &mut case.tables, findings);
        }
        take(&case, findings);
    })?;
    for stream in streams {
        stream.end(findings);
    }
    Ok(())
}

/// A constant pattern.
#[expect(clippy::expect_used, reason = "constant patterns, each compiled by a test of its module")]
fn pattern(source: &str) -> Regex {
    Regex::new(source).expect("a constant pattern")
}
