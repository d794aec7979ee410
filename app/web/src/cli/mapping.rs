//! `casebook import --map` - cases from a table of somebody else's: first what would come in, then, when asked for, the writing of it.

use std::{
    fs::File,
    io::{BufRead, BufReader},
    path::Path,
};

use casebook_core::{
    Error, Result,
    cases::{
        mapping::{self, Alike, Mapping, Outcome, RowReport, Totals},
        published,
        transfer::Existing,
    },
    config::Config,
    instance::Instance,
    text::MarkKind,
};

use super::{
    open, open_existing, say,
    transfer::{Import, counted, write},
};

/// How many names of new organisations are listed, and how many values that become `other`.
const NAMES: usize = 30;

/// Reads a table by a mapping and tells of each row; writes what can come in where that is wished.
pub(super) fn import(config: Config, map: &Path, wish: &Import) -> Result<()> {
    let map = Mapping::load(map)?;
    let name = wish.file.display().to_string();
    let file = File::open(&wish.file).map_err(|error| Error::Config(format!("{name}: cannot be read: {error}")))?;
    let input: Box<dyn BufRead> = Box::new(BufReader::new(file));
    let app = if wish.write { open(config)? } else { open_existing(config)? };
    let instance = &app.instance;
    if !wish.write {
        compared(instance)?;
    }
    let vocabulary = instance.vocabulary();
    let translated = mapping::translate(&instance.db, vocabulary, &map, (&name, input), &mut |row| tell(&name, row))?;
    let totals = translated.totals();
    sum_up(totals)?;
    if totals.refused > 0 && !(wish.write && wish.skip_refused) {
        return Err(refused(&name, totals, wish));
    }
    match (rows(totals), totals.ready) {
        (0, _) => say("The table has no row under its header. There is nothing to write."),
        (_, 0) => say("There is nothing to write."),
        _ if !wish.write => say("Nothing was written. The same with --write brings these rows in."),
        _ => write(instance, &translated.file(vocabulary)?, Existing::Refuse),
    }
}

/// Says with what a trial compares: a wrong folder shows there.
fn compared(instance: &Instance) -> Result<()> {
    let cases = instance.db.read(published::ids)?.len();
    let folder = instance.config.data.folder.display();
    say(&format!("Compared with the Casebook whose data folder is {folder}: {}.", counted(cases, "public case")))
}

/// How many rows the table has.
fn rows(totals: &Totals) -> usize {
    totals.refused + totals.ready + totals.present
}

/// Why nothing was written, and what to do about it.
fn refused(name: &str, totals: &Totals, wish: &Import) -> Error {
    let without = match (totals.ready, wish.write) {
        (0, _) => "",
        (_, true) => ", or leave these rows out with --skip-refused",
        (_, false) => ", or bring the others in with --write --skip-refused",
    };
    Error::Config(format!(
        "{name}: {} of {} {} refused and nothing was written; mend the table or the mapping{without}",
        totals.refused,
        counted(rows(totals), "row"),
        if totals.refused == 1 { "is" } else { "are" }
    ))
}

/// Tells of one row; by its line where it has no title.
fn tell(name: &str, row: &RowReport) -> Result<()> {
    let line = row.line;
    let title = if row.title.is_empty() { format!("the row of line {line}") } else { row.title.clone() };
    match &row.outcome {
        Outcome::Ready => say(&format!("{name}:{line}: ready: {title}")),
        Outcome::Present(case) => say(&format!("{name}:{line}: left out: {title} came in before, as case {case}")),
        Outcome::Refused(reasons) => {
            say(&format!("{name}:{line}: refused: {title}"))?;
            reasons.iter().try_for_each(|reason| say(&format!("    {reason}")))
        }
    }
}

/// Tells of all rows together.
fn sum_up(totals: &Totals) -> Result<()> {
    say("")?;
    say(&format!("Rows ready: {}, refused: {}, there already: {}", totals.ready, totals.refused, totals.present))?;
    for ((column, value), rows) in &totals.unmapped {
        say(&format!("No code for {value} in {column:?}, in {}", counted(*rows, "row")))?;
    }
    others(totals)?;
    for (city, choices) in &totals.ambiguous {
        say(&format!("{city:?} fits several cities: {choices}"))?;
    }
    for (column, (rows, number)) in &totals.doubtful {
        let rows = counted(*rows, "row");
        say(&format!(
            "Read with a fraction in {column:?}, in {rows}: {number}. If thousands are meant, change decimal under [file] in the mapping"
        ))?;
    }
    for ((column, kind), (rows, words)) in &totals.noted {
        let (looks, rows) = (looks(*kind), counted(*rows, "row"));
        say(&format!("{looks} in {column:?}, in {rows}, such as {words:?}. {LOOK}"))?;
    }
    organisations(totals)?;
    if !totals.unused.is_empty() {
        say(&format!("Columns not used: {}", totals.unused.join(", ")))?;
    }
    Ok(())
}

/// Tells of organisations that are new, and which of them may be another one.
fn organisations(totals: &Totals) -> Result<()> {
    let count = totals.organisations.len();
    if count == 0 {
        return Ok(());
    }
    let names: Vec<&str> = totals.organisations.keys().take(NAMES).map(String::as_str).collect();
    let more = count.saturating_sub(NAMES);
    let more = if more == 0 { String::new() } else { format!("; and {more} more") };
    say(&format!("New organisations ({count}): {}{more}", names.join("; ")))?;
    for (name, alike) in &totals.organisations {
        match alike {
            Some(Alike::OnRecord(id, meant)) => say(&format!(
                "    {name:?}: did you mean {meant:?}, which is on record? Then say names = {{ {name:?} = \"{id}\" }} where it is taken"
            ))?,
            Some(Alike::New(meant)) => {
                say(&format!("    {name:?}: did you mean {meant:?}, which is new as well? Then write both alike"))?;
            }
            None => {}
        }
    }
    Ok(())
}

/// Tells of values that become `other`: each that may be a slip, and the first of the others.
fn others(totals: &Totals) -> Result<()> {
    let (slips, others): (Vec<_>, Vec<_>) = totals.others.iter().partition(|(_, (_, meant))| !meant.is_empty());
    for ((column, value), (rows, meant)) in slips.iter().copied().chain(others.iter().copied().take(NAMES)) {
        say(&format!("Becomes \"other\" in {column:?}, in {}: {value}{meant}", counted(*rows, "row")))?;
    }
    let more = others.len().saturating_sub(NAMES);
    if more > 0 {
        say(&format!("Becomes \"other\" besides: {}", counted(more, "further value")))?;
    }
    Ok(())
}

/// What is done about words that may lead to a person.
const LOOK: &str = "They are public when they come in: see that they lead to no private person";

/// What something in a column looks like that may lead to a person.
fn looks(kind: MarkKind) -> &'static str {
    match kind {
        MarkKind::Person => "Names of persons",
        MarkKind::Date => "Dates in words",
        MarkKind::UserUrl => "Addresses or names of users",
        _ => "Paths of files",
    }
}
