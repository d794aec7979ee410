//! Reading the table, strictly (RFC 4180). A reader that forgives a misplaced quotation mark gives one row where there were ten; this one
//! says in which line it stands.

use std::io::{BufRead, Read};

use super::foreign;
use crate::{Error, Result};

/// The longest row, in bytes. A quotation mark that is never closed makes one row of all that follows.
const ROW_MOST: usize = 16 << 20;
/// What stands between cells in one table or another.
const USUAL_DELIMITERS: [char; 4] = [',', ';', '\t', '|'];

/// A row of the table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Row {
    /// The line in which it begins.
    pub(super) line: usize,
    /// Its cells.
    pub(super) cells: Vec<String>,
}

impl Row {
    /// The cell of a column; empty where the row has none.
    pub(super) fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }
}

/// A table that is being read.
pub(super) struct Table<'a> {
    name: String,
    input: Box<dyn BufRead + 'a>,
    delimiter: char,
    line: usize,
    /// The most bytes of a row.
    most: usize,
    /// A line that was looked at and is still to be read.
    ahead: Option<String>,
}

/// Where in a row the reader is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// A cell begins.
    Begins,
    /// Within a cell without quotation marks.
    Plain,
    /// Within quotation marks that were opened in this line.
    Quoted(usize),
    /// Behind a quotation mark that closes the cell opened in this line, or is the first of two.
    Closed(usize),
}

impl<'a> Table<'a> {
    /// A table; `name` is what errors call it.
    pub(super) fn new(name: &str, input: Box<dyn BufRead + 'a>, delimiter: char) -> Self {
        Self { name: name.to_owned(), input, delimiter, line: 0, most: ROW_MOST, ahead: None }
    }

    /// The names of its columns: the first row. A note to spreadsheets, `sep=;`, may stand before it.
    ///
    /// # Errors
    /// [`Error::Config`] with line and remedy.
    pub(super) fn header(&mut self) -> Result<Vec<String>> {
        let mut first = self.first_line()?;
        if let Some(noted) = foreign::noted_delimiter(&first) {
            if noted != self.delimiter {
                return Err(self.other_delimiter(noted, "the first line of the table says so"));
            }
            first = self.first_line()?;
        }
        if let Some(other) = self.likelier_delimiter(&first) {
            let begin: String = first.chars().take(80).collect();
            return Err(self.other_delimiter(other, &format!("the table would have one column, {begin:?}")));
        }
        self.ahead = Some(first);
        let row = self.next_row()?.ok_or_else(|| self.empty())?;
        Ok(row.cells.iter().map(|cell| crate::text::clean(cell)).collect())
    }

    /// The next line that has anything in it.
    fn first_line(&mut self) -> Result<String> {
        while let Some(line) = self.next_line(0)? {
            if !line.trim().is_empty() {
                return Ok(line);
            }
        }
        Err(self.empty())
    }

    fn empty(&self) -> Error {
        self.fault(1, "the table is empty; its first row names the columns")
    }

    /// What stands between the cells of a first line in which the delimiter stands nowhere.
    fn likelier_delimiter(&self, line: &str) -> Option<char> {
        // Every second piece stands in quotation marks.
        let stands = |delimiter: char| line.split('"').step_by(2).any(|outside| outside.contains(delimiter));
        USUAL_DELIMITERS.into_iter().find(|other| stands(*other) && !stands(self.delimiter))
    }

    fn other_delimiter(&self, other: char, why: &str) -> Error {
        let reason = format!(
            "read with {:?} between cells, where {:?} is meant: {why}; say delimiter = {:?} under [file] in the mapping",
            self.delimiter.to_string(),
            other.to_string(),
            other.to_string()
        );
        self.fault(self.line, &reason)
    }

    /// The next row that has anything in it.
    ///
    /// # Errors
    /// [`Error::Config`] with line and remedy.
    pub(super) fn next_row(&mut self) -> Result<Option<Row>> {
        let (mut row, mut cell, mut state) = (Row::default(), String::new(), State::Begins);
        let mut bytes = 0;
        loop {
            let Some(line) = self.next_line(row.line)? else {
                return match state {
                    State::Quoted(opened) => Err(self.fault(
                        opened,
                        "the quotation mark that opens a cell in this line is never closed; a mark within a cell is written twice",
                    )),
                    _ => Ok(None),
                };
            };
            if row.line == 0 {
                if line.trim().is_empty() {
                    bytes = 0;
                    continue;
                }
                row.line = self.line;
            }
            // The end of the line counts: a cell may hold nothing but empty lines.
            bytes += line.len() + 1;
            if bytes > self.most {
                return Err(self.too_long(row.line));
            }
            for c in line.chars() {
                state = self.step(state, c, &mut cell, &mut row)?;
            }
            if let State::Quoted(_) = state {
                cell.push('\n');
            } else {
                row.cells.push(cell);
                return Ok(Some(row));
            }
        }
    }

    fn step(&self, state: State, c: char, cell: &mut String, row: &mut Row) -> Result<State> {
        let ends = c == self.delimiter;
        Ok(match state {
            State::Begins | State::Plain | State::Closed(_) if ends => {
                row.cells.push(std::mem::take(cell));
                State::Begins
            }
            State::Begins if c == '"' => State::Quoted(self.line),
            State::Quoted(opened) if c == '"' => State::Closed(opened),
            State::Closed(opened) if c == '"' => {
                cell.push('"');
                State::Quoted(opened)
            }
            State::Closed(_) => {
                let reason = format!(
                    "a cell goes on with {c:?} behind its closing quotation mark; a mark within a cell is written twice"
                );
                return Err(self.fault(self.line, &reason));
            }
            State::Plain if c == '"' => {
                let begin: String = cell.chars().take(30).collect();
                let reason = format!(
                    "a quotation mark stands within the cell that begins with {begin:?}; put the cell in quotation marks and write this one twice"
                );
                return Err(self.fault(self.line, &reason));
            }
            State::Begins | State::Plain if c == '\r' => {
                return Err(self.fault(self.line, "its lines end with CR alone; save the table with LF or CR LF"));
            }
            State::Begins | State::Plain => {
                cell.push(c);
                State::Plain
            }
            State::Quoted(opened) => {
                cell.push(c);
                State::Quoted(opened)
            }
        })
    }

    /// The next line of the file, without its end, for a row that begins in line `begins`, or in this one where that is 0.
    fn next_line(&mut self, begins: usize) -> Result<Option<String>> {
        if let Some(line) = self.ahead.take() {
            return Ok(Some(line));
        }
        let mut bytes = Vec::new();
        let most = u64::try_from(self.most).unwrap_or(u64::MAX).saturating_add(1);
        let read = (&mut self.input).take(most).read_until(b'\n', &mut bytes);
        self.line += 1;
        if let Err(error) = read {
            return Err(self.fault(self.line, &format!("cannot be read: {error}")));
        }
        if bytes.is_empty() {
            return Ok(None);
        }
        if self.line == 1
            && let Some(said) = foreign::told(&bytes)
        {
            return Err(self.fault(1, said));
        }
        if bytes.len() > self.most {
            return Err(self.too_long(if begins == 0 { self.line } else { begins }));
        }
        if bytes.ends_with(b"\n") {
            bytes.pop();
            if bytes.ends_with(b"\r") {
                bytes.pop();
            }
        }
        let text = String::from_utf8(bytes).map_err(|error| self.not_utf8(&error))?;
        Ok(Some(if self.line == 1 { text.trim_start_matches('\u{feff}').to_owned() } else { text }))
    }

    fn too_long(&self, line: usize) -> Error {
        let most = if self.most < 1 << 20 { format!("{} bytes", self.most) } else { format!("{} MB", self.most >> 20) };
        let reason = format!(
            "the row that begins here is longer than {most}; is a quotation mark missing, or is this no table?"
        );
        self.fault(line, &reason)
    }

    fn not_utf8(&self, error: &std::string::FromUtf8Error) -> Error {
        let before = error.as_bytes().get(..error.utf8_error().valid_up_to()).unwrap_or_default();
        let before = String::from_utf8_lossy(before);
        let near: String = before.chars().rev().take(20).collect::<Vec<_>>().into_iter().rev().collect();
        let reason = format!(
            "the table is not UTF-8 (behind {near:?}); save it as UTF-8, which spreadsheets call \"CSV UTF-8\", and try again"
        );
        self.fault(self.line, &reason)
    }

    /// An error with the table's name and a line.
    pub(super) fn fault(&self, line: usize, reason: &str) -> Error {
        Error::Config(format!("{}:{line}: {reason}", self.name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &[u8]) -> Result<Vec<Row>, String> {
        let mut table = Table::new("t.csv", Box::new(text), ',');
        let mut rows = Vec::new();
        while let Some(row) = table.next_row().map_err(|error| error.to_string())? {
            rows.push(row);
        }
        Ok(rows)
    }

    #[test]
    fn quoted_cells_hold_delimiters_marks_and_line_ends_and_lines_are_counted() {
        let rows = rows("\u{feff}a,b\r\n\"x, \"\"y\"\"\r\nz\",\r\n\r\nlast,1".as_bytes()).unwrap();
        assert_eq!(rows[0], Row { line: 1, cells: vec!["a".into(), "b".into()] });
        assert_eq!(rows[1], Row { line: 2, cells: vec!["x, \"y\"\nz".into(), String::new()] });
        assert_eq!((rows[2].line, rows[2].cell(0), rows[2].cell(9)), (5, "last", ""));
    }

    #[test]
    fn what_another_reader_would_forgive_is_refused_with_its_line() {
        for (text, expected) in [
            (&b"a\n\"b\"c\n"[..], "t.csv:2: a cell goes on with 'c'"),
            (b"a\n12\" pipe\n", "t.csv:2: a quotation mark stands within the cell that begins with \"12\""),
            (b"a\n\n\"b,\nc\nd\n", "t.csv:3: the quotation mark that opens a cell in this line is never closed"),
            (b"a\nM\xfcnchen\n", "t.csv:2: the table is not UTF-8 (behind \"M\")"),
            (b"\xff\xfea\0", "t.csv:1: the table is not UTF-8 but UTF-16"),
            (b"PK\x03\x04\x14\0\x06\0", "t.csv:1: this is a ZIP archive, such as a workbook (XLSX, ODS), and no CSV"),
            (b"a\rb\rc", "t.csv:1: its lines end with CR alone"),
        ] {
            let said = rows(text).unwrap_err();
            assert!(said.starts_with(expected), "{said}");
        }
    }

    #[test]
    fn lines_are_counted_through_blank_ones_and_through_cells_of_several() {
        let text = "\n\r\na,b\n\n  \n1,\"x\n\n\ny\"\n\n2,z\n\n\"3\n\",w";
        let rows = rows(text.as_bytes()).unwrap();
        assert_eq!(rows.iter().map(|row| row.line).collect::<Vec<_>>(), [3, 6, 11, 13]);
        assert_eq!((rows[1].cell(1), rows[3].cell(0)), ("x\n\n\ny", "3\n"));
        let mut table = Table::new("t.csv", Box::new(text.as_bytes()), ',');
        assert_eq!(table.header().unwrap(), ["a", "b"]);
        assert_eq!(table.next_row().unwrap().map(|row| row.line), Some(6), "and after the header is read");
    }

    #[test]
    fn a_row_without_end_is_not_read_into_memory() {
        let first_fault = |text: &str| {
            let mut table = Table { most: 40, ..Table::new("t.csv", Box::new(text.as_bytes()), ',') };
            loop {
                match table.next_row() {
                    Ok(Some(_)) => {}
                    Ok(None) => return None,
                    Err(error) => return Some(error.to_string()),
                }
            }
        };
        let blank = "\n".repeat(100);
        for endless in [format!("a\n\n\"{}", "x".repeat(50)), format!("a\n\n\"{blank}"), format!("a\n\n\"b\nc{blank}")]
        {
            let said = first_fault(&endless).unwrap();
            assert!(said.starts_with("t.csv:3: the row that begins here is longer than 40 bytes"), "{said}");
        }
        let table = Table::new("t.csv", Box::new(&b""[..]), ',');
        assert_eq!(table.most, 16 << 20, "so it is unless a test says otherwise");
        assert!(table.too_long(3).to_string().starts_with("t.csv:3: the row that begins here is longer than 16 MB"));
        // Blank lines between rows belong to none, and rows are as long as each is.
        assert_eq!(first_fault(&format!("a{blank}\"b\n\n\"{blank}{}{blank}", "c,d\n".repeat(50))), None);
    }

    #[test]
    fn a_table_read_with_the_wrong_delimiter_says_which_one_it_has() {
        let header = |text: &str, delimiter: char| {
            Table::new("t.csv", Box::new(text.as_bytes()), delimiter).header().map_err(|error| error.to_string())
        };
        for text in ["ID;City\n1;Essen\n", "\n\nID;\"Cost, in EUR\"\n", "sep=;\nID;City\n", "\"sep=;\"\nID;City\n"] {
            let said = header(text, ',').unwrap_err();
            assert!(said.contains("say delimiter = \";\" under [file] in the mapping"), "{said}");
        }
        assert!(header("\n\nID;City\n", ',').unwrap_err().starts_with("t.csv:3: "));
        assert!(header("", ',').unwrap_err().contains("the table is empty"));
        assert!(header("sep=;\n\n", ';').unwrap_err().contains("the table is empty"));
        // What the mapping says well is read: with a spreadsheet's note, with one column, with another sign in a name.
        assert_eq!(header("sep=;\nID;City\n", ';').unwrap(), ["ID", "City"]);
        assert_eq!(header("Address\n", ',').unwrap(), ["Address"]);
        assert_eq!(header("ID,City; Town\n", ',').unwrap(), ["ID", "City; Town"]);
    }
}
