//! What stands in one place of a table.

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing stands there.
    Empty,
    /// Words, a code or a date.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A number.
    Number(f64),
    /// Yes or no.
    Flag(bool),
    /// Any number of values, in their order; one of them may be empty. Only the sheet has such cells.
    Several(Vec<Self>),
}

impl Cell {
    /// Words; none at all make an empty cell.
    #[must_use]
    pub fn text(words: impl AsRef<str> + Into<String>) -> Self {
        if words.as_ref().is_empty() { Self::Empty } else { Self::Text(words.into()) }
    }

    /// What is written out in words, such as a code or a date.
    #[must_use]
    pub fn said(value: impl ToString) -> Self {
        Self::text(value.to_string())
    }

    /// What there may be, written out.
    #[must_use]
    pub fn maybe(value: Option<impl ToString>) -> Self {
        value.map_or(Self::Empty, Self::said)
    }

    /// A count.
    #[must_use]
    pub fn count(count: impl TryInto<i64>) -> Self {
        Self::Integer(count.try_into().unwrap_or(i64::MAX))
    }

    /// The cell as words: numbers without exponent, yes as `true`, nothing as nothing, several values with semicolons between them.
    #[must_use]
    pub fn plain(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(words) => words.clone(),
            Self::Integer(number) => number.to_string(),
            Self::Number(number) => number.to_string(),
            Self::Flag(flag) => flag.to_string(),
            Self::Several(values) => joined(values.iter().map(Self::plain)),
        }
    }

    /// The cell as CSV has it, which says of no cell what it is: words that would be taken for a formula begin with an apostrophe; a number is a number.
    #[must_use]
    pub fn for_csv(&self) -> String {
        match self {
            Self::Text(words) => defused(words),
            Self::Several(values) => match values.as_slice() {
                [number @ (Self::Integer(_) | Self::Number(_))] => number.plain(),
                _ => defused(&self.plain()),
            },
            other => other.plain(),
        }
    }
}

/// Several values in one text, with a semicolon between them. A semicolon or a backslash within a value has a backslash before it, so that the
/// values can be told apart again (decision 0049); a value without these stays as it is.
fn joined(values: impl Iterator<Item = String>) -> String {
    let mut joined = String::new();
    for (at, value) in values.enumerate() {
        if at > 0 {
            joined.push(';');
        }
        for sign in value.chars() {
            if matches!(sign, ';' | '\\') {
                joined.push('\\');
            }
            joined.push(sign);
        }
    }
    joined
}

/// The values of a cell that were joined, as its readers take it apart; an empty cell has none.
#[cfg(test)]
pub(in crate::cases) fn parted(joined: &str) -> Vec<String> {
    let (mut values, mut value, mut signs) = (Vec::new(), String::new(), joined.chars());
    while let Some(sign) = signs.next() {
        match sign {
            '\\' => value.extend(signs.next()),
            ';' => values.push(std::mem::take(&mut value)),
            sign => value.push(sign),
        }
    }
    if !joined.is_empty() {
        values.push(value);
    }
    values
}

/// A cell that a spreadsheet would take for a formula gets a leading apostrophe, which is reversible (row R13; protection.md section 7).
#[must_use]
pub fn defused(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\'', '\t', '\r']) { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    // R13: a cell that begins like a formula opens as text.
    #[test]
    fn a_cell_that_begins_like_a_formula_is_defused() {
        for cell in ["=1+1", "+1", "-1", "@x", "'quoted", "\tx", "\rx"] {
            assert_eq!(defused(cell), format!("'{cell}"));
        }
        assert_eq!(defused("Duisburg - Huawei"), "Duisburg - Huawei");
    }

    #[test]
    fn a_number_stays_a_number_and_is_written_in_full() {
        assert_eq!(Cell::Integer(-5).for_csv(), "-5");
        assert_eq!(Cell::Number(504_358.0).for_csv(), "504358");
        assert_eq!(Cell::Number(1e21).for_csv(), "1000000000000000000000");
        assert_eq!(Cell::text("-5").for_csv(), "'-5");
        assert_eq!(Cell::Several(vec![Cell::Number(-5.0)]).for_csv(), "-5");
        assert_eq!(Cell::Several(vec![Cell::Number(-5.0), Cell::Empty]).for_csv(), "'-5;");
    }

    #[test]
    fn a_semicolon_within_a_value_is_told_from_one_between_values() {
        let cell = |values: &[&str]| Cell::Several(values.iter().map(|words| Cell::text(*words)).collect()).plain();
        assert_eq!(cell(&["cameras", "sensors"]), "cameras;sensors");
        assert_eq!(cell(&["Too late to act; it cannot wait.", "C:\\"]), "Too late to act\\; it cannot wait.;C:\\\\");
        assert_eq!(
            (cell(&["", "contract"]), cell(&["lamps, and (2) more"])),
            (";contract".into(), "lamps, and (2) more".into())
        );
    }

    proptest::proptest! {
        #[test]
        fn joined_values_are_parted_again(values in proptest::collection::vec("[;\\\\a\n',\"]{0,6}|\\PC{0,8}", 0..5)) {
            let cell = Cell::Several(values.iter().map(|words| Cell::text(words.as_str())).collect());
            // One value without words is an empty cell, as none at all is; the statuses beside it tell how many there are.
            let expected = if values == [""] { Vec::new() } else { values };
            proptest::prop_assert_eq!(parted(&cell.plain()), expected.clone());
            let written = cell.for_csv();
            proptest::prop_assert_eq!(parted(written.strip_prefix('\'').unwrap_or(&written)), expected);
        }
    }
}
