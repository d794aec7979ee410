//! Import from elsewhere: a table of somebody else's, read by a mapping that says what its columns and codes mean here.
//!
//! A mapping makes of the table what an import reads anyway, JSON Lines, in a file without a name; what is written, and that it is all or
//! nothing, is the import's (`transfer`). A row is known again by the address that it has as a source.

mod cells;
mod compose;
mod directory;
mod foreign;
mod garbled;
mod near;
mod plan;
mod read;
mod report;
mod shape;
mod table;
mod template;
#[cfg(test)]
mod tests;

use std::{
    collections::{HashMap, HashSet},
    fs::File,
    io::{self, BufRead, BufReader, BufWriter, Seek},
    path::Path,
};

pub(super) use self::foreign::told_of_lines;
pub use self::report::{Alike, Outcome, RowReport, Totals};
use self::{
    compose::{Composed, Frame},
    directory::Directory,
    plan::Plan,
    read::Fault,
    shape::Shape,
    table::{Row, Table},
};
use super::{
    publish::Vocabulary,
    show::named_organisations,
    store,
    transfer::{self, CheckedFile},
};
use crate::{
    Error, Result,
    db::{Database, Reading},
    ids::CaseId,
    organisations,
    places::Gazetteer,
    text::fold_name,
};

/// How many rows are made into documents at once.
const BATCH: usize = 100;

/// A mapping that was read. What it says is checked against a table, since it names the table's columns.
#[derive(Debug)]
pub struct Mapping {
    name: String,
    text: String,
    shape: Shape,
    /// Keys that there are not; told with what else is wrong.
    unknown: Vec<Fault>,
}

impl Mapping {
    /// Reads a mapping from a file.
    ///
    /// # Errors
    /// [`Error::Config`] with file, line and reason.
    pub fn load(path: &Path) -> Result<Self> {
        let name = path.display().to_string();
        let text =
            std::fs::read_to_string(path).map_err(|error| Error::Config(format!("{name}: cannot be read: {error}")))?;
        Self::parse(&text, &name)
    }

    /// Reads a mapping from its text; `name` is what errors call it.
    ///
    /// # Errors
    /// [`Error::Config`] with file, line and reason.
    pub fn parse(text: &str, name: &str) -> Result<Self> {
        match read::read(text) {
            (Some(shape), unknown) => Ok(Self { name: name.to_owned(), text: text.to_owned(), shape, unknown }),
            (None, faults) => {
                let lines = faults.iter().map(|(at, reason)| told(name, text, *at, reason));
                Err(Error::Config(lines.collect::<Vec<_>>().join("\n")))
            }
        }
    }

    /// A fault of the mapping, with its line.
    fn at(&self, offset: usize, reason: &str) -> String {
        told(&self.name, &self.text, offset, reason)
    }

    /// What stands between the cells of the table.
    fn delimiter(&self) -> Result<char> {
        let Some(word) = &self.shape.file.delimiter else { return Ok(',') };
        let mut characters = word.get_ref().chars();
        match (characters.next(), characters.next()) {
            (Some(delimiter), None) if !matches!(delimiter, '"' | '\n' | '\r') => Ok(delimiter),
            _ => Err(Error::Config(self.at(
                word.span().start,
                "a delimiter is one character, such as \",\", \";\" or \"\\t\", and no quotation mark",
            ))),
        }
    }
}

fn told(name: &str, text: &str, offset: usize, reason: &str) -> String {
    let before = text.get(..offset).unwrap_or(text);
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    format!("{name}:{line}: {reason}")
}

/// A table that was read and checked as a whole, as lines that can be imported.
pub struct Translated {
    name: String,
    lines: File,
    totals: Totals,
}

impl Translated {
    /// What there is to be told of all rows together.
    #[must_use]
    pub fn totals(&self) -> &Totals {
        &self.totals
    }

    /// The rows that can come in, as a file to import.
    ///
    /// # Errors
    /// Those of [`transfer::read`].
    pub fn file<'a>(&'a self, vocabulary: Vocabulary<'_>) -> Result<CheckedFile<'a>> {
        transfer::read(&self.name, Box::new(move || open_again(&self.lines)), vocabulary)
    }
}

/// The lines from their beginning. They are read by one reader at a time.
fn open_again(lines: &File) -> io::Result<Box<dyn BufRead + '_>> {
    let mut lines = lines.try_clone()?;
    lines.rewind()?;
    Ok(Box::new(BufReader::new(lines)))
}

/// Reads a whole table by a mapping, checks each of its rows, and tells of each. Nothing of it is written to the database; `name` is what
/// errors call the table.
///
/// # Errors
/// [`Error::Config`] with file, line and remedy where the table cannot be read or the mapping does not fit it.
pub fn translate<'a>(
    db: &Database,
    vocabulary: Vocabulary<'_>,
    mapping: &Mapping,
    (name, input): (&str, Box<dyn BufRead + 'a>),
    tell: &mut dyn FnMut(&RowReport) -> Result<()>,
) -> Result<Translated> {
    let mut table = Table::new(name, input, mapping.delimiter()?);
    let header = table.header()?;
    let plan = Plan::of(mapping, &header, vocabulary)?;
    let countries = countries(vocabulary.gazetteer);
    let (records, today) = db.read(|r| Ok((organisations::all(r)?, r.today())))?;
    let random = &**db.random();
    let frame = Frame { plan: &plan, header: &header, vocabulary, random, countries: &countries, today };
    let mut work = Work {
        frame,
        directory: Directory::of(&records),
        ids: HashSet::new(),
        addresses: HashMap::new(),
        lines: BufWriter::new(tempfile::tempfile()?),
        totals: Totals { unused: unused(&plan, &header), ..Totals::default() },
    };
    loop {
        let batch = batch(&mut table)?;
        if batch.is_empty() {
            break;
        }
        db.read(|r| batch.iter().try_for_each(|row| tell(&work.take(r, row)?)))?;
    }
    let lines = work.lines.into_inner().map_err(|error| Error::from(error.into_error()))?;
    Ok(Translated { name: name.to_owned(), lines, totals: work.totals })
}

/// The next rows that have anything in them.
fn batch(table: &mut Table<'_>) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    while rows.len() < BATCH
        && let Some(row) = table.next_row()?
    {
        if row.cells.iter().any(|cell| !cell.trim().is_empty()) {
            rows.push(row);
        }
    }
    Ok(rows)
}

/// The columns that a mapping leaves aside.
fn unused(plan: &Plan, header: &[String]) -> Vec<String> {
    let names = header.iter().enumerate().filter(|(column, _)| !plan.used.contains(column));
    let called = |(column, name): (usize, &String)| {
        if name.is_empty() { format!("column {}, which has no name", column + 1) } else { name.clone() }
    };
    names.map(called).collect()
}

/// Codes of countries by their three letters, and by their folded English names, with and without the article.
fn countries(gazetteer: &Gazetteer) -> HashMap<String, &'static str> {
    let mut codes = HashMap::new();
    for country in gazetteer.countries() {
        let name = fold_name(country.name);
        if let Some(bare) = name.strip_prefix("the ") {
            codes.insert(bare.to_owned(), country.iso2);
        }
        codes.insert(name, country.iso2);
        codes.insert(country.iso3.to_owned(), country.iso2);
    }
    codes
}

/// A table on its way.
struct Work<'a> {
    frame: Frame<'a>,
    directory: Directory,
    /// The ids that were given to rows.
    ids: HashSet<CaseId>,
    /// In which line the address of a row stood first.
    addresses: HashMap<String, usize>,
    lines: BufWriter<File>,
    totals: Totals,
}

impl Work<'_> {
    fn take(&mut self, r: &mut Reading, row: &Row) -> Result<RowReport> {
        let (line, cells, columns) = (row.line, row.cells.len(), self.frame.header.len());
        if cells != columns {
            self.totals.refused += 1;
            let reason = format!(
                "the row has {cells} cells and the header {columns}; is a cell missing, or one with a delimiter in it not in quotation \
                 marks?"
            );
            return Ok(RowReport { line, title: String::new(), outcome: Outcome::Refused(vec![reason]) });
        }
        let address = compose::address(self.frame.plan, row);
        if let Some(address) = &address
            && let Some(case) = store::addresses::case_of(r, address)?
        {
            self.totals.present += 1;
            return Ok(RowReport { line, title: address.clone(), outcome: Outcome::Present(case) });
        }
        let id = self.draw_id(r)?;
        let mut composed = compose::compose(self.frame, row, (id, r.quarter()), &mut self.directory);
        if let Some(address) = address
            && let Some(first) = self.addresses.insert(address.clone(), line)
        {
            self.addresses.insert(address.clone(), first);
            let reason =
                format!("the row has the same address as the one in line {first}, {address}; each needs its own");
            composed.problems.add(self.frame.header, &[], &reason);
            composed.checked = None;
        }
        self.enter(line, composed)
    }

    /// Writes a row that can come in, and counts it.
    fn enter(&mut self, line: usize, composed: Composed) -> Result<RowReport> {
        let Composed { title, checked, problems } = composed;
        self.totals.count(&problems, checked.is_none());
        let Some(checked) = checked else {
            self.totals.refused += 1;
            return Ok(RowReport { line, title, outcome: Outcome::Refused(problems.into_told()) });
        };
        self.totals.ready += 1;
        for id in named_organisations(checked.document()) {
            if let Some(record) = self.directory.brought(&id) {
                self.totals.organisations.insert(record.name().to_owned(), self.directory.alike(&record));
                let text = serde_json::to_string(&record)?;
                transfer::write_line(&mut self.lines, transfer::ORGANISATION, &text, None)?;
            }
        }
        let text = serde_json::to_string(checked.document())?;
        transfer::write_line(&mut self.lines, transfer::CASE, &text, None)?;
        Ok(RowReport { line, title, outcome: Outcome::Ready })
    }

    /// An id that no case has and no other row.
    fn draw_id(&mut self, r: &mut Reading) -> Result<CaseId> {
        loop {
            let id = CaseId::draw(self.frame.random);
            if !store::is_taken(r, &id)? && self.ids.insert(id.clone()) {
                return Ok(id);
            }
        }
    }
}
