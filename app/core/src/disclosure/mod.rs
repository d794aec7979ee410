//! Looks at a released dataset before it is published, with the eyes of a stranger: it sees the released files and nothing else
//! (protection.md section 5).
//!
//! What refuses a release is what pins a place or a person down; what only narrows is told. A finding is mended, or waived with a reason.

mod columns;
mod crowd;
mod figures;
mod files;
mod finding;
mod findings;
mod groups;
mod judge;
mod row;
mod stream;
mod waivers;
mod words;

#[cfg(test)]
mod tests;

use std::{
    collections::HashSet,
    io::{BufRead, BufReader},
    path::Path,
};

use regex::Regex;
use serde::Serialize;
use serde_json::Value;

use self::{
    files::{CODEBOOK, DOCUMENTS, Description, Files, Handle},
    findings::{Findings, Spot},
    groups::Groups,
    judge::{CaseFiles, Known},
    stream::Stream,
};
pub use self::{
    finding::{Code, Finding, short},
    waivers::{CoveredInAll, Reason, Unused, Waivers},
};
use crate::{Error, Result, places::Gazetteer};

/// A combination of what readers may know of a case that fewer cases than this share is told. Three is also the least count that the pages of
/// statistics show (`statistics.suppress_below`): one reason, one number.
pub const SMALL_GROUP: u64 = 3;

/// What the note of a release is called where something is found in it.
const NOTE: &str = "the note";

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

/// Checks a release: the ZIP file of a package, or a folder with the same files, and the note that goes out with it. The files are read twice
/// or three times, row by row.
///
/// # Errors
/// [`crate::Error::Config`] where the files cannot be read as a package at all.
pub fn check(package: &Path, note: Option<&str>, waivers: &Waivers) -> Result<Report> {
    let files = Files::open(package)?;
    let description = files.description()?;
    let mut findings = Findings::new(waivers);
    let mut groups = Groups::default();
    if files.compare(&description, &mut findings)? {
        let crowds = crowd::Crowds::new(Gazetteer::embedded());
        let (bodies, unnamed) = over_all(&files)?;
        let mut known = Known { crowds, bodies, unnamed, codes: codes(&files)? };
        walk(&files, &description, &mut known, &mut groups, &mut findings)?;
        if let Some(note) = note {
            look_at_note(note, &known, &mut findings);
        }
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

/// The note belongs to no case. What is called like a place that is not named may be meant of one that is: that is told and refuses nothing.
fn look_at_note(note: &str, known: &Known, findings: &mut Findings<'_>) {
    let spot = Spot { case: "", file: NOTE, line: 1, table: "", column: "" };
    words::personal(note, spot, findings);
    for crowd in known.crowds.all() {
        let cities = crowd.cities_in(note).into_iter().map(|hit| hit.words);
        let countries = crowd.countries_in(note).into_iter().filter_map(|stretch| note.get(stretch));
        for words in cities.chain(countries) {
            let what = "a place that is not named in its case may be called so";
            findings.hint(Code::City, spot, words, what, "Look whether the note tells a place");
        }
    }
}

/// Judges each case: its document, and its rows of every table, which stand in the same order.
fn walk(
    files: &Files,
    description: &Description,
    known: &mut Known,
    groups: &mut Groups,
    findings: &mut Findings<'_>,
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
        judge::judge(&case, known, findings);
        groups.count(&case);
    })?;
    for stream in streams {
        stream.end(findings);
    }
    Ok(())
}

/// One of the files, which were all there a moment ago.
fn there(files: &Files, path: &str) -> Result<Handle> {
    files.handle(path)?.ok_or_else(|| Error::Config(format!("{path}: is gone. Check the files once more.")))
}

/// Reads the documents, a line each; `None` is no JSON.
fn each_document(files: &Files, mut take: impl FnMut(u64, Option<Value>)) -> Result<()> {
    let mut handle = there(files, DOCUMENTS)?;
    let mut content = BufReader::new(handle.content()?);
    let (mut line, mut number) = (Vec::new(), 0);
    loop {
        line.clear();
        if content.read_until(b'\n', &mut line)? == 0 {
            return Ok(());
        }
        number += 1;
        take(number, serde_json::from_slice(&line).ok());
    }
}

/// The organisations of which some case says that they stand on the public side. A case whose place is named may say it of a body whose name
/// would tell the place of another. And the cases whose place is not named.
fn over_all(files: &Files) -> Result<(HashSet<String>, HashSet<String>)> {
    let (mut bodies, mut unnamed) = (HashSet::new(), HashSet::new());
    each_document(files, |_, document| {
        let disclosure = document.as_ref().and_then(|document| document.pointer("/place/disclosure"));
        if disclosure.and_then(Value::as_str) != Some("named") {
            let id = document.as_ref().and_then(|document| document.get("id")).and_then(Value::as_str);
            unnamed.extend(id.map(str::to_owned));
        }
        let statements = document.as_ref().and_then(|document| document.get("statements")).and_then(Value::as_array);
        for statement in statements.into_iter().flatten() {
            let organisation = statement.pointer("/value/organisation").and_then(Value::as_str);
            let side = statement.pointer("/qualifiers/side/code").and_then(Value::as_str);
            if let (Some(organisation), Some("public")) = (organisation, side) {
                bodies.insert(organisation.to_owned());
            }
        }
    })?;
    Ok((bodies, unnamed))
}

/// The codes of the vocabulary that the files bring along.
fn codes(files: &Files) -> Result<HashSet<String>> {
    let mut handle = there(files, CODEBOOK)?;
    let mut reader = csv::Reader::from_reader(handle.content()?);
    let says = |error: csv::Error| Error::Config(format!("{CODEBOOK}: cannot be read: {error}. Make the files anew."));
    let column = reader.headers().map_err(says)?.iter().position(|name| name == "code");
    let mut codes = HashSet::new();
    for record in reader.records() {
        let record = record.map_err(says)?;
        codes.extend(column.and_then(|column| record.get(column)).map(str::to_owned));
    }
    Ok(codes)
}

/// A constant pattern.
#[expect(clippy::expect_used, reason = "constant patterns, each compiled by a test of its module")]
fn pattern(source: &str) -> Regex {
    Regex::new(source).expect("a constant pattern")
}
