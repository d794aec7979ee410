//! Texts with columns in braces: `{City} – {Vendor|a vendor that is not named}`.

use std::collections::BTreeSet;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::table::Row;

/// What may stand in an address as it is; everything else of a cell is written with percent signs.
const ADDRESS: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// A text with places for cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Template {
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Words(String),
    Cell { column: usize, instead: Option<String> },
}

/// A text that was filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Filled {
    /// The words.
    pub(super) text: String,
    /// Columns that were asked for, have nothing to say in this row, and for which no other words are given.
    pub(super) gaps: Vec<usize>,
}

impl Template {
    /// Reads a text; `find` gives the position of a column by its name. `{{` and `}}` are braces that mean nothing.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub(super) fn read(text: &str, find: &mut dyn FnMut(&str) -> Result<usize, String>) -> Result<Self, String> {
        let mut pieces = Vec::new();
        let mut words = String::new();
        let mut rest = text;
        while let Some(at) = rest.find(['{', '}']) {
            let (before, brace) = rest.split_at(at);
            words.push_str(before);
            if let Some(after) = brace.strip_prefix("{{") {
                words.push('{');
                rest = after;
            } else if let Some(after) = brace.strip_prefix("}}") {
                words.push('}');
                rest = after;
            } else if let Some((name, after)) = brace.strip_prefix('{').and_then(|inner| inner.split_once('}')) {
                if !words.is_empty() {
                    pieces.push(Piece::Words(std::mem::take(&mut words)));
                }
                let (name, instead) = name.split_once('|').map_or((name, None), |(name, words)| (name, Some(words)));
                pieces.push(Piece::Cell { column: find(name)?, instead: instead.map(str::to_owned) });
                rest = after;
            } else {
                return Err(format!("{text:?} has a brace without its other half; write {{{{ or }}}} for one alone"));
            }
        }
        words.push_str(rest);
        if !words.is_empty() {
            pieces.push(Piece::Words(words));
        }
        Ok(Self { pieces })
    }

    /// The columns that it uses.
    pub(super) fn columns(&self) -> BTreeSet<usize> {
        let column = |piece: &Piece| match piece {
            Piece::Cell { column, .. } => Some(*column),
            Piece::Words(_) => None,
        };
        self.pieces.iter().filter_map(column).collect()
    }

    /// The text for a row.
    pub(super) fn fill(&self, row: &Row) -> Filled {
        self.fill_with(row, |cell, _| cell.to_owned())
    }

    /// The text for a row; nothing where all its columns have nothing to say.
    pub(super) fn words(&self, row: &Row) -> Option<String> {
        let Filled { text, gaps } = self.fill(row);
        let is_silent = !gaps.is_empty() && self.columns().len() == gaps.iter().collect::<BTreeSet<_>>().len();
        (!is_silent && !text.trim().is_empty()).then(|| text.trim().to_owned())
    }

    /// The address for a row. A cell at the very beginning is an address itself and taken as it is; what stands in others is a part of one.
    pub(super) fn address(&self, row: &Row) -> Filled {
        self.fill_with(
            row,
            |cell, begins| {
                if begins { cell.to_owned() } else { utf8_percent_encode(cell, ADDRESS).to_string() }
            },
        )
    }

    fn fill_with(&self, row: &Row, write: impl Fn(&str, bool) -> String) -> Filled {
        let mut filled = Filled { text: String::new(), gaps: Vec::new() };
        for piece in &self.pieces {
            match piece {
                Piece::Words(words) => filled.text.push_str(words),
                Piece::Cell { column, instead } => match (row.cell(*column), instead) {
                    ("", Some(instead)) => filled.text.push_str(instead),
                    ("", None) => filled.gaps.push(*column),
                    (cell, _) => {
                        let begins = filled.text.is_empty();
                        filled.text.push_str(&write(cell, begins));
                    }
                },
            }
        }
        filled
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Template, String> {
        let columns = ["City", "Vendor", "ID"];
        Template::read(text, &mut |name| {
            columns.iter().position(|column| *column == name).ok_or_else(|| format!("no {name}"))
        })
    }

    fn row(cells: &[&str]) -> Row {
        Row { line: 2, cells: cells.iter().map(|cell| (*cell).to_owned()).collect() }
    }

    #[test]
    fn columns_are_filled_in_and_what_is_missing_is_told() {
        let template = read("{City} – {Vendor|a vendor}: {{plan}}").unwrap();
        assert_eq!(template.fill(&row(&["Köln", "", "7"])).text, "Köln – a vendor: {plan}");
        assert_eq!(template.fill(&row(&["", "Acme", "7"])).gaps, [0]);
        assert_eq!(template.columns().into_iter().collect::<Vec<_>>(), [0, 1]);
    }

    #[test]
    fn a_text_whose_columns_are_all_empty_says_nothing() {
        let template = read("Built by {Vendor}.").unwrap();
        assert_eq!(template.words(&row(&["Köln", "", "7"])), None);
        assert_eq!(template.words(&row(&["Köln", "Acme", "7"])).as_deref(), Some("Built by Acme."));
        assert_eq!(read("always").unwrap().words(&row(&[])).as_deref(), Some("always"));
    }

    #[test]
    fn cells_inside_an_address_are_written_with_percent_signs() {
        let template = read("https://data.example/rows#{ID}").unwrap();
        assert_eq!(template.address(&row(&["", "", "a b/ü"])).text, "https://data.example/rows#a%20b%2F%C3%BC");
        let whole = read("{ID}").unwrap();
        assert_eq!(whole.address(&row(&["", "", "https://a.example/?b=c"])).text, "https://a.example/?b=c");
    }

    #[test]
    fn a_brace_alone_and_an_unknown_column_are_refused() {
        assert!(read("{City").unwrap_err().contains("brace"));
        assert!(read("City}").unwrap_err().contains("brace"));
        assert_eq!(read("{Town}").unwrap_err(), "no Town");
    }
}
