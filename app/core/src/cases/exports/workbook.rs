//! The tables as an XLSX workbook, a sheet a table. Every text is typed as one, so that there is no formula in it and nothing stands before a
//! text that looks like one (protection.md section 7). What the format cannot hold is said.

use std::{io::Write, path::Path};

use chrono::Datelike;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet, XlsxError};

use super::{About, Batch};
use crate::{
    Error, Result,
    cases::tables::{self, Cell, Row, Table},
    codebook::Codebook,
};

/// What a workbook can hold.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    /// Rows of a sheet, the head included.
    pub rows: u32,
    /// UTF-16 units of a cell.
    pub units: usize,
}

impl Bounds {
    /// Those of the format
    /// (<https://support.microsoft.com/en-us/office/excel-specifications-and-limits-1672b34d-7043-467e-8e27-269d656771c3>).
    pub const XLSX: Self = Self { rows: 1_048_576, units: 32_767 };
}

/// What stands at the end of a text that was too long for its cell.
const MARK: &str = " ‹cut: see the sheet Notes›";
/// The sheet that says what the workbook is and what it could not hold.
const NOTES: &str = "Notes";

/// Writes the cases of these batches. `temp` is the folder for the sheets until they are put together; their files have no name.
///
/// # Errors
/// [`Error::Refused`] where a table has more rows than a sheet can hold, else those of the batches and of writing.
pub fn workbook(
    about: &About,
    codebook: &Codebook,
    batches: &mut dyn Iterator<Item = Result<Batch>>,
    bounds: Bounds,
    temp: &Path,
    to: impl Write + Send,
) -> Result<()> {
    let tables = tables::all(codebook);
    let mut book = opened(about, temp).map_err(Error::unexpected)?;
    let mut sheets = vec![Sheet::new(0, NOTES, bounds)];
    add(&mut book, NOTES).map_err(Error::unexpected)?;
    for (at, table) in tables.iter().enumerate() {
        add(&mut book, table.name).map_err(Error::unexpected)?;
        let mut sheet = Sheet::new(at + 1, table.name, bounds);
        let head: Row = table.columns.iter().map(|column| Cell::text(column.name.as_str())).collect();
        sheet.write(&mut book, &head)?;
        sheets.push(sheet);
    }
    for batch in batches {
        let batch = batch?;
        for (table, sheet) in tables.iter().zip(sheets.iter_mut().skip(1)) {
            for row in batch.rows(table, &about.site) {
                sheet.write(&mut book, &row)?;
            }
        }
    }
    let notes = notes(about, codebook, &tables, &sheets);
    if let Some(sheet) = sheets.first_mut() {
        for row in &notes {
            sheet.write(&mut book, row)?;
        }
    }
    book.save_to_writer(to).map_err(Error::unexpected)
}

/// Writes one table of texts, its head first, as a workbook with a sheet of this name and the notes. `temp` as for [`workbook`].
///
/// # Errors
/// [`Error::Refused`] where there are more rows than a sheet can hold, else those of writing.
pub fn one_sheet(
    about: &About,
    codebook: &Codebook,
    (name, rows): (&'static str, &[Vec<String>]),
    bounds: Bounds,
    temp: &Path,
    to: impl Write + Send,
) -> Result<()> {
    let mut book = opened(about, temp).map_err(Error::unexpected)?;
    let mut sheets = [Sheet::new(0, name, bounds), Sheet::new(1, NOTES, bounds)];
    for sheet in &sheets {
        add(&mut book, sheet.name).map_err(Error::unexpected)?;
    }
    for row in rows {
        sheets[0].write(&mut book, &row.iter().map(|cell| Cell::text(cell.as_str())).collect::<Row>())?;
    }
    for row in &notes(about, codebook, &[], &sheets) {
        sheets[1].write(&mut book, row)?;
    }
    book.save_to_writer(to).map_err(Error::unexpected)
}

fn opened(about: &About, temp: &Path) -> Result<Workbook, XlsxError> {
    let mut book = Workbook::new();
    book.set_tempdir(temp)?;
    // Sheets of a large collection pass four gibibytes.
    book.use_zip_large_file(true);
    let (year, month, day) = (about.date.year(), about.date.month(), about.date.day());
    let day = ExcelDateTime::from_ymd(
        u16::try_from(year).unwrap_or(1900),
        u8::try_from(month).unwrap_or(1),
        u8::try_from(day).unwrap_or(1),
    )?;
    let properties = DocProperties::new().set_author(crate::cases::citation::AUTHOR).set_creation_datetime(&day);
    book.set_properties(&properties);
    Ok(book)
}

/// Adds a sheet that is written to a file row by row, with its first row always in view.
fn add(book: &mut Workbook, name: &str) -> Result<(), XlsxError> {
    book.add_worksheet_with_constant_memory()?.set_name(name)?.set_freeze_panes(1, 0)?;
    Ok(())
}

/// A sheet as far as it is written.
struct Sheet {
    at: usize,
    name: &'static str,
    bounds: Bounds,
    rows: u32,
    /// The cells that were too long: their row and column, counted from 1, and how long they were.
    cut: Vec<(u32, u16, usize)>,
}

impl Sheet {
    fn new(at: usize, name: &'static str, bounds: Bounds) -> Self {
        Self { at, name, bounds, rows: 0, cut: Vec::new() }
    }

    fn write(&mut self, book: &mut Workbook, row: &[Cell]) -> Result<()> {
        if self.rows >= self.bounds.rows {
            return Err(Error::Refused("list-export-too-many-rows"));
        }
        let sheet = book.worksheet_from_index(self.at).map_err(Error::unexpected)?;
        for (column, cell) in (0..).zip(row) {
            if let Some(length) = put(sheet, self.rows, column, cell, self.bounds.units).map_err(Error::unexpected)? {
                self.cut.push((self.rows + 1, column + 1, length));
            }
        }
        self.rows += 1;
        Ok(())
    }
}

/// Writes a cell; how long it was where it was too long.
fn put(sheet: &mut Worksheet, row: u32, column: u16, cell: &Cell, units: usize) -> Result<Option<usize>, XlsxError> {
    match cell {
        Cell::Empty => {}
        Cell::Text(_) | Cell::Several(_) => {
            let words = cell.plain();
            if words.encode_utf16().count() > units {
                sheet.write_string(row, column, cut(&words, units))?;
                return Ok(Some(words.chars().count()));
            }
            sheet.write_string(row, column, words)?;
        }
        #[expect(clippy::cast_precision_loss, reason = "a spreadsheet has no other numbers")]
        Cell::Integer(number) => {
            sheet.write_number(row, column, *number as f64)?;
        }
        Cell::Number(number) => {
            sheet.write_number(row, column, *number)?;
        }
        Cell::Flag(flag) => {
            sheet.write_boolean(row, column, *flag)?;
        }
    }
    Ok(None)
}

/// As much of the words as fits before the mark.
fn cut(words: &str, units: usize) -> String {
    let mut room = units.saturating_sub(MARK.encode_utf16().count());
    let fits = |letter: &char| {
        let left = room.checked_sub(letter.len_utf16());
        room = left.unwrap_or(0);
        left.is_some()
    };
    words.chars().take_while(fits).chain(MARK.chars()).collect()
}

/// The sheet of notes: what this is, what the sheets hold, and every cell that was too long.
fn notes(about: &About, codebook: &Codebook, tables: &[Table], sheets: &[Sheet]) -> Vec<Row> {
    let pair = |name: &str, words: String| vec![Cell::text(name), Cell::text(words)];
    let mut notes = vec![pair("What", about.title())];
    notes.extend(about.lines(codebook).into_iter().map(|(name, words)| pair(name, words)));
    notes.extend(tables.iter().map(|table| pair(table.name, table.meaning.to_owned())));
    for sheet in sheets {
        notes.extend(sheet.cut.iter().map(|(row, column, length)| {
            let words =
                format!("row {row}, column {column}: cut, it has {length} characters; whole in the other formats");
            pair(sheet.name, words)
        }));
    }
    notes
}
