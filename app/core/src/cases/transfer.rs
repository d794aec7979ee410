//! JSON Lines in and out: organisations first, then every revision of each public case in order. What is exported, imported into an empty
//! instance and exported again is the same bytes.

mod fits;
mod lines;
mod sum;
#[cfg(test)]
mod tests;

use std::{
    collections::HashMap,
    io::{BufRead, Write},
    sync::mpsc::{SyncSender, sync_channel},
    thread,
};

use chrono::TimeDelta;

pub(super) use self::lines::{CASE, ORGANISATION};
use self::{
    lines::{Line, words},
    sum::Sum,
};
use super::{
    document::Checked,
    index::RebuildIndex,
    publish::{self, Vocabulary},
    published,
    renamed::{look_ahead, put_looked_up},
    show::named_organisations,
    store,
};
use crate::{
    Error, Result,
    db::{
        Actor, Database, Writing,
        outbox::{Act, Entry},
    },
    ids::{CaseId, OrganisationId},
    jobs::{Lease, is_lease_lapsed},
    limits,
    organisations::{self, Organisation},
};

/// One revision of a case, and why it was made.
struct Revision {
    checked: Checked,
    reason: Option<String>,
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

/// Opens the file anew: it is read twice, once to check all of it and once to write it, so that it need not be held in memory.
pub type Opener<'a> = dyn Fn() -> std::io::Result<Box<dyn BufRead + 'a>> + Sync + 'a;

/// How many threads read and check.
fn threads() -> usize {
    thread::available_parallelism().map_or(1, usize::from).min(MOST_THREADS)
}

/// More threads would wait for the one that reads the file.
const MOST_THREADS: usize = 8;
/// How many batches are read and checked ahead of the one that is written.
const AHEAD: usize = 2;

/// A file that was read and checked as a whole.
pub struct CheckedFile<'a> {
    name: String,
    open: Box<Opener<'a>>,
    organisations: Vec<Organisation>,
    /// The first revision of each case that the file holds.
    first_revisions: HashMap<CaseId, u32>,
    revisions: usize,
    /// The organisations that cases name, each with a case that does.
    named: HashMap<OrganisationId, CaseId>,
    /// The sum of what was checked.
    sum: Sum,
    /// How many revisions are written in one transaction.
    batch: usize,
}

impl CheckedFile<'_> {
    /// How many cases it brings.
    #[must_use]
    pub fn case_count(&self) -> usize {
        self.first_revisions.len()
    }
}

/// Reads and checks a whole file; `name` is what errors call it.
///
/// # Errors
/// [`Error::Config`] with file, line and reason; nothing was imported.
pub fn read<'a>(name: &str, open: Box<Opener<'a>>, vocabulary: Vocabulary<'_>) -> Result<CheckedFile<'a>> {
    let mut file = CheckedFile {
        name: name.to_owned(),
        open,
        organisations: Vec::new(),
        first_revisions: HashMap::new(),
        revisions: 0,
        named: HashMap::new(),
        sum: Sum::default(),
        batch: limits::BATCH,
    };
    let mut before: Option<(CaseId, u32)> = None;
    for line in lines::checked(name, &*file.open, &file.sum, vocabulary, threads())? {
        let (number, line) = line?;
        match line {
            Line::Organisation(record) => file.organisations.push(*record),
            Line::Case(checked, _) => {
                let document = checked.document();
                let follows = before
                    .as_ref()
                    .is_some_and(|(id, revision)| (id, revision + 1) == (&document.id, document.revision));
                if !follows && file.first_revisions.insert(document.id.clone(), document.revision).is_some() {
                    return Err(Error::Config(format!(
                        "{name}:{number}: the revisions of a case stand together and follow one another"
                    )));
                }
                for organisation in named_organisations(document) {
                    file.named.entry(organisation).or_insert_with(|| document.id.clone());
                }
                file.revisions += 1;
                before = Some((document.id.clone(), document.revision));
            }
        }
    }
    Ok(file)
}

/// The lease of whoever imports: what one import keeps out of sight another one would discard, or show half of.
pub(super) const IMPORTING: &str = "importing";
/// For how long it is held without being kept.
const SPAN: TimeDelta = TimeDelta::seconds(30);

/// Writes a checked file. New cases come in batches and stay out of sight until the whole file is in; then they become visible together, and
/// organisations come on record. Tells `progress` how many cases are written. One import goes on at a time.
///
/// # Errors
/// [`Error::Config`] naming what stands in the way (an id that is there, an organisation that is nowhere, another import); nothing was
/// imported.
pub fn import(
    db: &Database,
    vocabulary: Vocabulary<'_>,
    file: &CheckedFile<'_>,
    existing: Existing,
    actor: &Actor,
    progress: &mut dyn FnMut(usize),
) -> Result<Imported> {
    let lease = Lease::new(db, IMPORTING, SPAN);
    if !lease.hold()? {
        let reason =
            "another import is going on, or was broken off less than half a minute ago. Import when it has ended.";
        return Err(Error::Config(format!("{}: {reason}", file.name)));
    }
    let done = lease.kept_while(|| {
        let done = import_alone(db, vocabulary, file, existing, actor, progress);
        // Whoever lost the lease leaves what is there to the import that took it. What cannot be taken back now, the next import takes back; the
        // reason why this one failed is worth more.
        if done.is_err() && lease.hold().unwrap_or(false) {
            let _ = take_back(db, actor);
        }
        done
    });
    // It lapses by itself: that it could not be given up changes nothing of what came of the import.
    if let Err(error) = lease.give_up() {
        tracing::warn!(%error, "the next import has to wait for half a minute");
    }
    done
}

/// Takes out what an import wrote that was killed, if there is one: its lease has lapsed without being given up.
///
/// # Errors
/// Those of the database.
pub fn take_back_broken_off(db: &Database) -> Result<()> {
    let lease = Lease::new(db, IMPORTING, SPAN);
    if !db.read(|r| is_lease_lapsed(r, IMPORTING))? || !lease.hold()? {
        return Ok(());
    }
    lease.kept_while(|| take_back(db, &Actor::System))?;
    lease.give_up()
}

/// Takes out what an import wrote that came to no end; nobody has ever seen it. That is done batch by batch, so that others can write meanwhile.
fn take_back(db: &Database, actor: &Actor) -> Result<()> {
    while db.write(actor.clone(), |tx| store::imports::discard_some_unfinished(tx))? {}
    db.write(actor.clone(), |tx| organisations::give_up_reserved(tx))
}

fn import_alone(
    db: &Database,
    vocabulary: Vocabulary<'_>,
    file: &CheckedFile<'_>,
    existing: Existing,
    actor: &Actor,
    progress: &mut dyn FnMut(usize),
) -> Result<Imported> {
    // One that was killed could take nothing back.
    take_back(db, actor)?;
    let present = fits::present_cases(db, file)?;
    fits::refuse_what_cannot_be(db, file, existing, &present)?;
    let imported =
        Imported { organisations: file.organisations.len(), cases: file.case_count(), revisions: file.revisions };
    db.write(actor.clone(), |tx| organisations::reserve(tx, &file.organisations))?;
    let (revised, written) = write_new_cases(db, vocabulary, file, &present, actor, progress)?;
    let looked_up = look_ahead(db, &file.organisations)?;
    db.write(actor.clone(), |tx| {
        put_looked_up(tx, &file.organisations, &looked_up)?;
        let mut current = present;
        for revision in revised {
            write_next_revision(tx, vocabulary, revision, &mut current)?;
        }
        let generation = tx.change_public()?;
        if store::imports::reveal_unfinished(tx, generation)? != written {
            return Err(Error::Config(format!(
                "{}: a part of it is gone from the database. Import it again.",
                file.name
            )));
        }
        tx.record(&FileImported(imported));
        tx.enqueue(&RebuildIndex {})
    })?;
    progress(imported.cases);
    Ok(imported)
}

/// A revision of a case that was there takes the number that comes next, whatever it was written as.
fn write_next_revision(
    tx: &mut Writing,
    vocabulary: Vocabulary<'_>,
    revision: Revision,
    current: &mut HashMap<CaseId, u32>,
) -> Result<()> {
    let mut document = revision.checked.into_document();
    let base = current.get(&document.id).copied().unwrap_or_default();
    document.revision = base + 1;
    current.insert(document.id.clone(), document.revision);
    let checked = vocabulary.check(document).map_err(|faults| Error::Config(words(&faults)))?;
    publish::follow(tx, vocabulary, &checked, base, revision.reason.as_deref())
}

/// Writes the cases that are new, out of sight, and hands on the revisions of those that are there already. One thread reads and checks
/// while this one writes.
fn write_new_cases(
    db: &Database,
    vocabulary: Vocabulary<'_>,
    file: &CheckedFile<'_>,
    present: &HashMap<CaseId, u32>,
    actor: &Actor,
    progress: &mut dyn FnMut(usize),
) -> Result<(Vec<Revision>, usize)> {
    let (mut revised, mut written, sum) = (Vec::new(), 0, Sum::default());
    thread::scope(|scope| {
        let (ready, batches) = sync_channel(AHEAD);
        let read = &sum;
        scope.spawn(move || read_batches(file, read, vocabulary, &ready));
        for batch in batches {
            let batch = batch?;
            let (there, new): (Vec<Revision>, _) =
                batch.into_iter().partition(|revision| present.contains_key(&revision.checked.document().id));
            revised.extend(there);
            written += db.write(actor.clone(), |tx| write_batch(tx, vocabulary, file, new))?;
            progress(written);
        }
        if !sum.is_that_of(&file.sum) {
            let reason = "the file was changed while it was imported. Import it again.";
            return Err(Error::Config(format!("{}: {reason}", file.name)));
        }
        Ok((revised, written))
    })
}

/// Reads the file again in batches, until its end, a fault, or nobody wants more.
fn read_batches(
    file: &CheckedFile<'_>,
    sum: &Sum,
    vocabulary: Vocabulary<'_>,
    ready: &SyncSender<Result<Vec<Revision>>>,
) {
    let mut revisions = match revisions(file, sum, vocabulary) {
        Ok(revisions) => revisions,
        Err(error) => return drop(ready.send(Err(error))),
    };
    loop {
        let batch: Result<Vec<Revision>> = revisions.by_ref().take(file.batch).collect();
        let is_last = batch.as_ref().map_or(true, Vec::is_empty);
        if ready.send(batch).is_err() || is_last {
            return;
        }
    }
}

fn revisions<'r, 'a: 'r>(
    file: &'r CheckedFile<'a>,
    sum: &Sum,
    vocabulary: Vocabulary<'r>,
) -> Result<impl Iterator<Item = Result<Revision>> + use<'r, 'a>> {
    // One thread less than there could be: another one writes.
    let threads = threads().saturating_sub(1);
    Ok(lines::checked(&file.name, &*file.open, sum, vocabulary, threads)?.filter_map(|line| match line {
        Ok((_, Line::Case(checked, reason))) => Some(Ok(Revision { checked: *checked, reason })),
        Ok((_, Line::Organisation(_))) => None,
        Err(error) => Some(Err(error)),
    }))
}

/// Writes a batch of cases that are new; returns how many.
fn write_batch(
    tx: &mut Writing,
    vocabulary: Vocabulary<'_>,
    file: &CheckedFile<'_>,
    batch: Vec<Revision>,
) -> Result<usize> {
    let mut written = 0;
    for Revision { checked, reason } in batch {
        let (id, revision) = (&checked.document().id, checked.document().revision);
        if file.first_revisions.get(id) == Some(&revision) {
            publish::insert_unfinished(tx, vocabulary, &checked, reason.as_deref())?;
            written += 1;
        } else {
            publish::follow(tx, vocabulary, &checked, revision - 1, reason.as_deref())?;
        }
    }
    Ok(written)
}

/// Writes everything public: organisations in order of their ids, then every revision of each case. Returns the number of cases.
///
/// # Errors
/// Those of the database and of `out`. What is hidden meanwhile is left out.
pub fn export(db: &Database, out: &mut dyn Write) -> Result<usize> {
    for record in db.read(organisations::all)? {
        let record = serde_json::to_string(&record)?;
        write_line(out, ORGANISATION, &record, None)?;
    }
    let mut ids: Vec<CaseId> = db.read(published::ids)?.into_iter().map(|(id, _)| id).collect();
    ids.sort();
    for batch in ids.chunks(limits::BATCH) {
        for history in db.read(|r| published::histories(r, batch))? {
            write_line(out, CASE, &history.document, history.reason.as_deref())?;
        }
    }
    out.flush()?;
    Ok(ids.len())
}

/// Puts a stored record behind its kind; reading and writing it again would change nothing.
pub(super) fn write_line(out: &mut dyn Write, begin: &str, record: &str, reason: Option<&str>) -> Result<()> {
    let inner = record.strip_prefix('{').and_then(|record| record.strip_suffix('}'));
    let inner = inner.ok_or_else(|| Error::unexpected("a stored record is no object"))?;
    write!(out, "{begin}{inner}")?;
    if let Some(reason) = reason {
        write!(out, ",\"reason\":{}", serde_json::to_string(reason)?)?;
    }
    out.write_all(b"}\n")?;
    Ok(())
}
