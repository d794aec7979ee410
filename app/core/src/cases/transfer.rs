//! JSON Lines in and out: organisations first, then every revision of each public case in order. What is exported, imported into an empty
//! instance and exported again is the same bytes.

use std::{
    collections::{HashMap, HashSet},
    io::{BufRead, Write},
};

use serde::{Deserialize, Serialize};

use super::{
    document::{Checked, Document},
    index::RebuildIndex,
    publish::{self, Vocabulary},
    published::{self, Eyes},
    store,
};
use crate::{
    Error, Result,
    db::{
        Actor, Database, Writing,
        outbox::{Act, Entry},
    },
    ids::{CaseId, OrganisationId},
    limits,
    organisations::{self, Organisation},
};

/// One line.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "record", rename_all = "snake_case")]
enum Line {
    Organisation(Organisation),
    Case(Box<Document>),
}

/// What an import does where an id is there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Existing {
    /// Refuses the file.
    Refuse,
    /// Makes a new revision, or writes the organisation anew.
    Replace,
}

/// What an import brought.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Imported {
    /// Organisations.
    pub organisations: usize,
    /// Cases.
    pub cases: usize,
    /// Revisions of cases.
    pub revisions: usize,
}

/// A file was imported.
struct FileImported(Imported);

impl Act for FileImported {
    fn entry(&self) -> Entry {
        Entry::new("file_imported", "cases", self.0.cases.to_string())
    }
}

/// A file that was read and checked as a whole.
pub struct CheckedFile {
    organisations: Vec<Organisation>,
    /// The revisions of each case, in order.
    cases: Vec<Vec<Checked>>,
}

impl CheckedFile {
    /// How many cases it brings.
    #[must_use]
    pub fn case_count(&self) -> usize {
        self.cases.len()
    }
}

/// Reads and checks a whole file; `name` is what errors call it.
///
/// # Errors
/// [`Error::Config`] with file, line and reason; nothing was imported.
pub fn read(name: &str, file: impl BufRead, vocabulary: Vocabulary<'_>) -> Result<CheckedFile> {
    let mut organisations = Vec::new();
    let mut cases: Vec<Vec<Checked>> = Vec::new();
    let mut positions: HashMap<CaseId, usize> = HashMap::new();
    for (number, line) in (1..).zip(file.lines()) {
        let at = |reason: String| Error::Config(format!("{name}:{number}: {reason}"));
        let line = line.map_err(|error| at(format!("cannot be read: {error}")))?;
        if line.trim().is_empty() {
            continue;
        }
        match parse(&line).map_err(at)? {
            Line::Organisation(record) => organisations.push(record),
            Line::Case(document) => {
                let checked = vocabulary.check(*document).map_err(|faults| at(words(&faults)))?;
                let id = checked.document().id.clone();
                let position = *positions.entry(id).or_insert_with(|| {
                    cases.push(Vec::new());
                    cases.len() - 1
                });
                let revisions = &mut cases[position];
                if revisions.last().is_some_and(|last| last.document().revision + 1 != checked.document().revision) {
                    return Err(at("the revisions of a case follow one another".to_owned()));
                }
                revisions.push(checked);
            }
        }
    }
    Ok(CheckedFile { organisations, cases })
}

/// Lines of `/cases.jsonl` are documents with `url` and `computed` beside; both are left aside.
fn parse(line: &str) -> Result<Line, String> {
    match serde_json::from_str(line) {
        Ok(line) => Ok(line),
        Err(error) => {
            let Ok(serde_json::Value::Object(mut object)) = serde_json::from_str(line) else {
                return Err(error.to_string());
            };
            if !object.contains_key("record") && object.contains_key("schema") {
                object.insert("record".into(), "case".into());
            }
            object.remove("url");
            object.remove("computed");
            serde_json::from_value(object.into()).map_err(|error| error.to_string())
        }
    }
}

fn words(faults: &[super::document::Fault]) -> String {
    faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

/// Writes a checked file in batches that become visible together at the end; tells `progress` how many cases are written.
///
/// # Errors
/// [`Error::Config`] naming what stands in the way (an id that is there, an organisation that is nowhere); nothing was imported.
pub fn import(
    db: &Database,
    vocabulary: Vocabulary<'_>,
    file: CheckedFile,
    existing: Existing,
    actor: &Actor,
    progress: &mut dyn FnMut(usize),
) -> Result<Imported> {
    let present = present_cases(db, &file)?;
    refuse_what_cannot_be(db, &file, existing, &present)?;
    let mut imported = Imported { organisations: file.organisations.len(), ..Imported::default() };
    db.write(actor.clone(), |tx| write_organisations(tx, &file.organisations))?;
    let mut fresh = Vec::new();
    for batch in file.cases.chunks(limits::BATCH) {
        db.write(actor.clone(), |tx| {
            for revisions in batch {
                write_case(tx, vocabulary, revisions, &present)?;
            }
            Ok(())
        })?;
        imported.cases += batch.len();
        imported.revisions += batch.iter().map(Vec::len).sum::<usize>();
        fresh.extend(
            batch
                .iter()
                .filter_map(|revisions| Some(revisions.first()?.document().id.clone()))
                .filter(|id| !present.contains_key(id)),
        );
        progress(imported.cases);
    }
    db.write(actor.clone(), |tx| {
        let generation = tx.change_public()?;
        store::reveal(tx, &fresh, generation)?;
        tx.record(&FileImported(imported));
        tx.enqueue(&RebuildIndex {})
    })?;
    Ok(imported)
}

/// Current revisions of the cases in the file that are there already.
fn present_cases(db: &Database, file: &CheckedFile) -> Result<HashMap<CaseId, u32>> {
    db.read(|r| {
        let mut present = HashMap::new();
        if store::count(r)? == 0 {
            return Ok(present);
        }
        for id in file.cases.iter().filter_map(|revisions| Some(&revisions.first()?.document().id)) {
            if let Some(head) = store::head(r, id)? {
                present.insert(id.clone(), u32::try_from(head.revision).unwrap_or_default());
            }
        }
        Ok(present)
    })
}

fn refuse_what_cannot_be(
    db: &Database,
    file: &CheckedFile,
    existing: Existing,
    present: &HashMap<CaseId, u32>,
) -> Result<()> {
    let refuse = |what: String| Err(Error::Config(what));
    if existing == Existing::Refuse
        && let Some(id) = present.keys().next()
    {
        return refuse(format!("case {id} is there already; --replace makes a new revision of it"));
    }
    let known: HashSet<OrganisationId> =
        db.read(|r| Ok(organisations::all(r)?.into_iter().map(|record| record.id).collect()))?;
    let mut brought = HashSet::new();
    for record in &file.organisations {
        if !brought.insert(&record.id) {
            return refuse(format!("organisation {} stands twice in the file", record.id));
        }
        if existing == Existing::Refuse && known.contains(&record.id) {
            return refuse(format!("organisation {} is there already; --replace writes it anew", record.id));
        }
    }
    let is_known = |id: &OrganisationId| known.contains(id) || brought.contains(id);
    if let Some(parent) = file.organisations.iter().filter_map(|record| record.parent.as_ref()).find(|id| !is_known(id))
    {
        return refuse(format!("organisation {parent} owns another one and is nowhere"));
    }
    for checked in file.cases.iter().flatten() {
        let document = checked.document();
        if let Some(id) = document.involvements.iter().filter_map(|i| i.organisation.as_ref()).find(|id| !is_known(id))
        {
            return refuse(format!("case {} names organisation {id}, which is nowhere", document.id));
        }
    }
    if let Some(id) = file
        .cases
        .iter()
        .filter_map(|revisions| Some(revisions.first()?.document()))
        .find(|first| first.revision != present.get(&first.id).map_or(1, |current| current + 1))
    {
        return refuse(format!("case {} does not begin with the revision that comes next", id.id));
    }
    Ok(())
}

fn write_organisations(tx: &mut Writing, records: &[Organisation]) -> Result<()> {
    let mut fresh = Vec::new();
    for record in records {
        if organisations::find(tx, &record.id)?.is_some() {
            organisations::replace(tx, record)?;
        } else {
            fresh.push(record.clone());
        }
    }
    organisations::insert(tx, &fresh)
}

/// A case that is new stays hidden until the whole file is in.
fn write_case(
    tx: &mut Writing,
    vocabulary: Vocabulary<'_>,
    revisions: &[Checked],
    present: &HashMap<CaseId, u32>,
) -> Result<()> {
    let mut base = revisions.first().and_then(|first| present.get(&first.document().id)).copied();
    for checked in revisions {
        match base {
            None => publish::insert(tx, vocabulary, checked, "hidden")?,
            Some(base) => publish::follow(tx, vocabulary, checked, base, None)?,
        }
        base = Some(checked.document().revision);
    }
    Ok(())
}

/// Writes everything public: organisations in order of their ids, then every revision of each case. Returns the number of cases.
///
/// # Errors
/// Those of the database and of `out`. What is hidden meanwhile is left out.
pub fn export(db: &Database, out: &mut dyn Write) -> Result<usize> {
    for record in db.read(organisations::all)? {
        write_line(out, &Line::Organisation(record))?;
    }
    let mut ids: Vec<CaseId> = db.read(published::ids)?.into_iter().map(|(id, _)| id).collect();
    ids.sort();
    for batch in ids.chunks(limits::BATCH) {
        let lines = db.read(|r| {
            let mut lines = Vec::new();
            for id in batch {
                let current = match published::find(r, id, Eyes::Public) {
                    Err(Error::Gone { .. } | Error::NotFound) => continue,
                    found => found?.current,
                };
                for revision in 1..=current {
                    lines.push(Line::Case(Box::new(published::revision(r, id, revision, Eyes::Public)?.document)));
                }
            }
            Ok(lines)
        })?;
        for line in &lines {
            write_line(out, line)?;
        }
    }
    out.flush()?;
    Ok(ids.len())
}

fn write_line(out: &mut dyn Write, line: &Line) -> Result<()> {
    serde_json::to_writer(&mut *out, line)?;
    out.write_all(b"\n")?;
    Ok(())
}
