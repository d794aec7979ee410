//! A table, read row by row, each compared with what the description says of its columns.

use std::{collections::HashSet, io::Read};

use csv::StringRecord;
use regex::Regex;

use super::{
    Code,
    files::{Field, Resource},
    findings::Findings,
    row::Row,
};
use crate::{Error, Result};

/// What is said where a row is not what the description says.
const MAKE_ANEW: &str = "Make the files anew";

/// A column.
struct Column<'a> {
    field: &'a Field,
    codes: HashSet<&'a str>,
    pattern: Option<Regex>,
}

/// A table as far as it is read.
pub(super) struct Stream<'a> {
    resource: &'a Resource,
    columns: Vec<Column<'a>>,
    reader: csv::Reader<Box<dyn Read + 'a>>,
    /// The row that comes next.
    next: Option<StringRecord>,
    /// Which column says the case.
    case: usize,
    rows: u64,
}

impl<'a> Stream<'a> {
    /// Reads the head and the first row.
    pub(super) fn open(
        resource: &'a Resource,
        content: Box<dyn Read + 'a>,
        findings: &mut Findings<'_>,
    ) -> Result<Self> {
        let fields = resource.schema.as_ref().map_or(&[][..], |schema| schema.fields.as_slice());
        let columns = fields.iter().map(column).collect::<Result<Vec<_>>>()?;
        let mut reader = csv::Reader::from_reader(content);
        let same = match reader.headers() {
            Ok(head) => head.iter().eq(fields.iter().map(|field| field.name.as_str())),
            Err(_) => false,
        };
        if !same {
            let what = "the columns are not those of the description".to_owned();
            findings.of_line(Code::Form, &resource.path, Some(1), "", what, MAKE_ANEW);
        }
        let key = if resource.name == "cases" { "id" } else { "case_id" };
        let case = fields.iter().position(|field| field.name == key).unwrap_or(0);
        let mut stream = Self { resource, columns, reader, next: None, case, rows: 0 };
        stream.forward(findings);
        Ok(stream)
    }

    /// The case of the row that comes next.
    fn case(&self) -> Option<&str> {
        self.next.as_ref()?.get(self.case)
    }

    fn forward(&mut self, findings: &mut Findings<'_>) {
        let mut record = StringRecord::new();
        self.next = match self.reader.read_record(&mut record) {
            Ok(true) => Some(record),
            Ok(false) => None,
            Err(error) => {
                let line = error.position().map(csv::Position::line);
                let what = format!("the row cannot be read: {error}");
                findings.of_line(Code::Form, &self.resource.path, line, "", what, MAKE_ANEW);
                None
            }
        };
        self.rows += u64::from(self.next.is_some());
    }

    /// The rows of a case, which stand together.
    pub(super) fn rows_of(&mut self, case: &str, rows: &mut Vec<Row>, findings: &mut Findings<'_>) {
        while self.case() == Some(case) {
            if let Some(record) = self.next.take() {
                rows.push(self.row(&record, findings));
            }
            self.forward(findings);
        }
    }

    fn row(&self, record: &StringRecord, findings: &mut Findings<'_>) -> Row {
        let line = record.position().map_or(0, csv::Position::line);
        let mut row = Row { table: self.resource.name.clone(), line, cells: Vec::new() };
        for (column, cell) in self.columns.iter().zip(record) {
            if let Some(fault) = column.fault(cell) {
                let what = format!("{} {fault}", column.field.name);
                findings.of_line(Code::Form, &self.resource.path, Some(line), cell, what, MAKE_ANEW);
            }
            if !cell.is_empty() && column.field.name != "case_id" && column.field.kind.as_str() != "boolean" {
                row.cells.push((column.field.name.clone(), column.plain(cell)));
            } else if cell == "true" {
                row.cells.push((column.field.name.clone(), cell.to_owned()));
            }
        }
        row
    }

    /// Whether all was read, and as many rows as are described.
    pub(super) fn end(self, findings: &mut Findings<'_>) {
        let path = self.resource.path.as_str();
        if let Some(record) = &self.next {
            let case = record.get(self.case).unwrap_or_default();
            let line = record.position().map(csv::Position::line);
            let what = format!("the row is of the case \"{case}\", which does not stand at this place of cases.jsonl");
            findings.of_line(Code::Form, path, line, case, what, MAKE_ANEW);
        } else if self.resource.rows != Some(self.rows) {
            let told = self.resource.rows.unwrap_or_default();
            let what = format!("there are {} rows where the description says {told}", self.rows);
            findings.of_line(Code::Form, path, None, "", what, MAKE_ANEW);
        }
    }
}

fn column(field: &Field) -> Result<Column<'_>> {
    let pattern = field.constraints.pattern.as_ref().map(|pattern| Regex::new(&format!("^(?:{pattern})$")));
    let pattern = pattern.transpose().map_err(|error| {
        Error::Config(format!("datapackage.json: the pattern of {} is none: {error}. {MAKE_ANEW}.", field.name))
    })?;
    let codes = field.constraints.codes.iter().map(String::as_str).collect();
    Ok(Column { field, codes, pattern })
}

impl Column<'_> {
    /// What is wrong with a cell.
    fn fault(&self, cell: &str) -> Option<&'static str> {
        if cell.is_empty() {
            return self.field.constraints.required.then_some("is empty and must not be");
        }
        let fits = match self.field.kind.as_str() {
            "integer" => cell.parse::<i64>().is_ok(),
            "number" => cell.parse::<f64>().is_ok_and(f64::is_finite),
            "boolean" => matches!(cell, "true" | "false"),
            "string" => {
                (self.codes.is_empty() || self.codes.contains(cell))
                    && self.pattern.as_ref().is_none_or(|pattern| pattern.is_match(cell))
            }
            _ => false,
        };
        (!fits).then_some("is not what the description says")
    }

    /// The cell without the apostrophe that keeps spreadsheets from computing, and numbers in one way of writing.
    fn plain(&self, cell: &str) -> String {
        match self.field.kind.as_str() {
            "integer" | "number" => cell.parse::<f64>().map_or_else(|_| cell.to_owned(), |number| number.to_string()),
            _ => cell.strip_prefix('\'').unwrap_or(cell).to_owned(),
        }
    }
}
