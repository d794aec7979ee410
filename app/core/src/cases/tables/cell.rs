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

    /// The cell as words: numbers without exponent, yes as `true`, nothing as nothing.
    #[must_use]
    pub fn plain(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(words) => words.clone(),
            Self::Integer(number) => number.to_string(),
            Self::Number(number) => number.to_string(),
            Self::Flag(flag) => flag.to_string(),
        }
    }

    /// The cell as CSV has it, which says of no cell what it is: words that would be taken for a formula begin with an apostrophe; a number is a number.
    #[must_use]
    pub fn for_csv(&self) -> String {
        match self {
            Self::Text(words) => defused(words),
            other => other.plain(),
        }
    }
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
    }
}
