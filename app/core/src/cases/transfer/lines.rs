//! The lines of a file, read and checked by several threads and given in their order.

use std::{
    collections::VecDeque,
    io::{self, BufRead},
    panic::resume_unwind,
    thread,
};

use super::{Opener, sum::Sum};
use crate::{
    Error, Result,
    cases::{
        document::{Checked, Document, Fault},
        mapping,
        publish::Vocabulary,
    },
    organisations::Organisation,
};

/// How many lines a thread takes at once.
const SHARE: usize = 100;

/// How what is no JSON is brought in.
const TABLE: &str = "a table (CSV) is read with --map MAPPING";

/// One line.
pub(super) enum Line {
    /// The record of an organisation.
    Organisation(Box<Organisation>),
    /// A revision of a case, and why it was made.
    Case(Box<Checked>, Option<String>),
}

/// A line before its document was checked.
enum Parsed {
    Organisation(Box<Organisation>),
    Case(Box<Document>, Option<String>),
}

/// A line as it stands in the file, with its number.
type Raw = (usize, io::Result<String>);

/// The lines of a file that say something, each with its number. What is read counts into `sum`.
///
/// # Errors
/// [`Error::Config`] with file, line and reason.
pub(super) fn checked<'r, 'a: 'r>(
    name: &str,
    open: &'r Opener<'a>,
    sum: &Sum,
    vocabulary: Vocabulary<'r>,
    threads: usize,
) -> Result<impl Iterator<Item = Result<(usize, Line)>> + use<'r, 'a>> {
    let name = name.to_owned();
    let mut file = open().map_err(|error| Error::Config(format!("{name}: cannot be read: {error}")))?;
    // What cannot be read is told with its line below.
    if let Some(said) = file.fill_buf().ok().and_then(mapping::told_of_lines) {
        return Err(Error::Config(format!("{name}:1: {said}; {TABLE}")));
    }
    let mut lines = (1..).zip(sum.of(file).lines());
    let mut ready = VecDeque::new();
    Ok(std::iter::from_fn(move || {
        while ready.is_empty() {
            let shares: Vec<Vec<Raw>> = (0..threads.max(1))
                .map(|_| lines.by_ref().take(SHARE).collect())
                .filter(|share: &Vec<Raw>| !share.is_empty())
                .collect();
            if shares.is_empty() {
                return None;
            }
            ready = understood(&name, shares, vocabulary);
        }
        ready.pop_front()
    }))
}

/// What some lines say, in their order; each share is read by a thread of its own.
fn understood(name: &str, shares: Vec<Vec<Raw>>, vocabulary: Vocabulary<'_>) -> VecDeque<Result<(usize, Line)>> {
    let read = |share: Vec<Raw>| -> Vec<_> {
        share.into_iter().filter_map(|(number, line)| one(name, number, line, vocabulary)).collect()
    };
    thread::scope(|scope| {
        let threads: Vec<_> = shares.into_iter().map(|share| scope.spawn(move || read(share))).collect();
        let joined = threads.into_iter().flat_map(|thread| match thread.join() {
            Ok(lines) => lines,
            Err(panic) => resume_unwind(panic),
        });
        joined.collect()
    })
}

/// What one line says; nothing where it is empty.
fn one(
    name: &str,
    number: usize,
    line: io::Result<String>,
    vocabulary: Vocabulary<'_>,
) -> Option<Result<(usize, Line)>> {
    let at = |reason: String| Error::Config(format!("{name}:{number}: {reason}"));
    let line = match line {
        Err(error) if error.kind() == io::ErrorKind::InvalidData => {
            return Some(Err(at(format!("the line is not UTF-8, as JSON is; {TABLE}"))));
        }
        Err(error) => return Some(Err(at(format!("cannot be read: {error}")))),
        Ok(line) if line.trim().is_empty() => return None,
        Ok(line) => line,
    };
    let line = parse(&line).and_then(|parsed| match parsed {
        Parsed::Organisation(record) => Ok(Line::Organisation(record)),
        Parsed::Case(document, reason) => match vocabulary.check(*document) {
            Ok(checked) => Ok(Line::Case(Box::new(checked), reason)),
            Err(faults) => Err(words(&faults)),
        },
    });
    Some(line.map(|line| (number, line)).map_err(at))
}

/// How a line of a case begins in a file that we wrote.
pub(in crate::cases) const CASE: &str = "{\"record\":\"case\",";
/// How a line of an organisation begins.
pub(in crate::cases) const ORGANISATION: &str = "{\"record\":\"organisation\",";

/// Reads a line. Those of `/cases.jsonl` are documents with `url` and `computed` beside; both are left aside.
fn parse(line: &str) -> Result<Parsed, String> {
    if let Some(rest) = line.strip_prefix(CASE)
        && let Ok(document) = serde_json::from_str(&format!("{{{rest}"))
    {
        return Ok(Parsed::Case(document, None));
    }
    let line = line.trim_start_matches('\u{feff}').trim_start();
    if !line.starts_with('{') {
        return Err(format!("a line is a JSON object, an organisation or a case; {TABLE}"));
    }
    let mut object: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(line).map_err(|error| error.to_string())?;
    let is_case = object.remove("record").map_or_else(|| object.contains_key("schema"), |record| record == "case");
    if !is_case {
        return serde_json::from_value(object.into()).map(Parsed::Organisation).map_err(|error| error.to_string());
    }
    for beside in ["url", "computed", "unlisted", "merged_into"] {
        object.remove(beside);
    }
    let reason = object.remove("reason").and_then(|reason| Some(reason.as_str()?.to_owned()));
    serde_json::from_value(object.into())
        .map(|document| Parsed::Case(document, reason))
        .map_err(|error| error.to_string())
}

/// What is wrong with a document, in one line.
pub(super) fn words(faults: &[Fault]) -> String {
    faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{codebook::Codebook, places::Gazetteer};

    #[test]
    fn lines_keep_their_order_and_a_fault_its_number_however_many_threads_read() {
        let (codebook, gazetteer) = (Codebook::embedded(), Gazetteer::embedded());
        let record = |number: usize| {
            let gap = if number.is_multiple_of(50) { "\n" } else { "" };
            format!("{ORGANISATION}\"id\":\"o_n{number}\",\"names\":[{{\"name\":\"N\"}}],\"kind\":\"company\"}}\n{gap}")
        };
        let text = (1..=750).map(record).chain(["{\"record\":\"organisation\"}\n".to_owned()]).collect::<String>();
        let open: Box<Opener<'_>> = Box::new(|| Ok(Box::new(text.as_bytes()) as Box<dyn BufRead>));
        for threads in [0, 1, 3] {
            let vocabulary = Vocabulary { codebook: &codebook, gazetteer: &gazetteer };
            let lines: Vec<_> = checked("file", &*open, &Sum::default(), vocabulary, threads).unwrap().collect();
            let ids = lines.iter().filter_map(|line| match line {
                Ok((_, Line::Organisation(record))) => Some(record.id.to_string()),
                _ => None,
            });
            assert!(ids.eq((1..=750).map(|number| format!("o_n{number}"))), "{threads}");
            let fault = lines.last().and_then(|line| line.as_ref().err()).unwrap().to_string();
            assert!(lines.len() == 751 && fault.contains("file:766: "), "{fault}");
        }
    }

    #[test]
    fn a_table_is_told_how_it_is_read() {
        let (codebook, gazetteer) = (Codebook::embedded(), Gazetteer::embedded());
        let vocabulary = Vocabulary { codebook: &codebook, gazetteer: &gazetteer };
        let faults = |bytes: &'static [u8]| {
            let open: Box<Opener<'_>> = Box::new(move || Ok(Box::new(bytes) as Box<dyn BufRead>));
            match checked("table.csv", &*open, &Sum::default(), vocabulary, 1) {
                Ok(mut lines) => lines.next().unwrap().err().unwrap().to_string(),
                Err(error) => error.to_string(),
            }
        };
        let fault = |text: &'static str| faults(text.as_bytes());
        for table in ["Ref,City\n1,Essen\n", "\u{feff}Ref;City\n", "\n\n[1]\n"] {
            assert!(fault(table).contains("a table (CSV) is read with --map MAPPING"), "{}", fault(table));
        }
        for (bytes, expected) in [
            (&b"PK\x03\x04\x14\0\x08\0\xff"[..], "table.csv:1: this is a ZIP archive, such as a workbook (XLSX, ODS)"),
            (b"\x1f\x8b\x08\0", "table.csv:1: this is compressed (gzip): unpack it first"),
            (b"\n\nRef,K\xf6ln\n", "table.csv:3: the line is not UTF-8, as JSON is; a table (CSV) is read with --map"),
        ] {
            assert!(faults(bytes).contains(expected), "{}", faults(bytes));
        }
        for json in ["{\"record\":\"case\"}\n", "\u{feff}{\"record\":\"case\"}\n"] {
            assert!(fault(json).contains("missing field"), "{}", fault(json));
        }
    }
}
