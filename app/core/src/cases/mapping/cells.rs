//! What a cell may be: a text that is safe to publish, a number, a date.

use chrono::NaiveDate;

use super::shape::{Dates, Decimal};
use crate::{dates::PrefixDate, limits, text};

/// What spreadsheets write where a formula failed.
const BROKEN: [&str; 7] = ["#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"];

/// What a cell must not hold, in words; nothing where it is a text like any other.
pub(super) fn fault(cell: &str) -> Option<String> {
    if cell.chars().count() > limits::NARRATIVE {
        return Some(format!("the cell has more than {} characters", limits::NARRATIVE));
    }
    let is_control = |c: &char| c.is_control() && !matches!(c, '\n' | '\r' | '\t') || *c == '\u{fffd}';
    if let Some(control) = cell.chars().find(is_control) {
        let code = u32::from(control);
        return Some(format!(
            "the cell holds U+{code:04X}, which is no text; take it out, or save the table as UTF-8 anew"
        ));
    }
    let cell = cell.trim();
    if is_formula(cell) {
        return Some("the cell holds a formula; save the table with the values that formulas have".to_owned());
    }
    if BROKEN.contains(&cell) {
        return Some(format!("the cell holds {cell}, the mark of a formula that failed; write the value, or nothing"));
    }
    tag(cell).map(|tag| format!("the cell holds HTML ({tag}); write it as plain text"))
}

/// What a spreadsheet would compute. A sign before a number or at the head of a list is none.
fn is_formula(cell: &str) -> bool {
    let mut characters = cell.chars();
    match characters.next() {
        Some('=') => true,
        Some('+' | '-' | '@') => {
            characters.next().is_some_and(|c| c.is_ascii_alphabetic()) && cell.contains(['(', '|', '!'])
        }
        _ => false,
    }
}

/// The first thing that looks like a tag. An address in angle brackets does not.
fn tag(cell: &str) -> Option<String> {
    cell.match_indices('<').find_map(|(at, _)| {
        let rest = cell.get(at..)?;
        let inner = rest.strip_prefix('<')?;
        let begins = inner.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
        let is_address = inner.starts_with("http://") || inner.starts_with("https://");
        let end = rest.find('>')?;
        (begins && !is_address).then(|| rest.chars().take(end + 1).take(40).collect())
    })
}

/// A cell as it is kept.
pub(super) fn clean(cell: &str) -> String {
    text::clean(cell)
}

/// A number as people write it: groups of three digits may be set apart.
pub(super) fn number(text: &str, decimal: Decimal) -> Option<f64> {
    let (point, grouping) = match decimal {
        Decimal::Point => ('.', ','),
        Decimal::Comma => (',', '.'),
    };
    let (whole, fraction) =
        text.trim().split_once(point).map_or((text.trim(), None), |(whole, fraction)| (whole, Some(fraction)));
    let is_gap = |c: char| c == grouping || matches!(c, ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}' | '\'' | '’');
    let groups: Vec<&str> = whole.split(is_gap).collect();
    let is_digits = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let well_grouped = match groups.as_slice() {
        [_] => true,
        [first, further @ ..] => first.len() <= 3 && further.iter().all(|group| group.len() == 3),
        [] => false,
    };
    if !well_grouped || !groups.iter().all(is_digits) || !fraction.iter().all(is_digits) {
        return None;
    }
    format!("{}.{}", groups.concat(), fraction.unwrap_or("0")).parse().ok()
}

/// A date as the table writes it, or as we do.
pub(super) fn date(text: &str, dates: Dates) -> Option<PrefixDate> {
    const EARLIEST: i32 = 1000;
    let format = match dates {
        Dates::Iso => "%Y-%m-%d",
        Dates::DayDots => "%d.%m.%Y",
        Dates::DaySlashes => "%d/%m/%Y",
        Dates::MonthSlashes => "%m/%d/%Y",
    };
    let day = || NaiveDate::parse_from_str(text.trim(), format).ok().map(PrefixDate::Day);
    text.parse().ok().or_else(day).filter(|date: &PrefixDate| (EARLIEST..=9999).contains(&date.year()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_text_is_told_and_what_only_looks_like_it_passes() {
        let long = "x".repeat(limits::NARRATIVE + 1);
        for (cell, expected) in [
            ("=HYPERLINK(\"https://a.example\")", "formula"),
            ("+cmd|' /C calc'!A0", "formula"),
            ("@SUM(A1:A9)", "formula"),
            ("Cameras <script>alert(1)</script>", "HTML (<script>)"),
            ("a </b> c", "HTML (</b>)"),
            ("nul \0 here", "U+0000"),
            ("M\u{fffd}nchen", "U+FFFD"),
            ("#REF!", "formula that failed"),
            (long.as_str(), "more than 50000 characters"),
        ] {
            assert!(fault(cell).is_some_and(|said| said.contains(expected)), "{cell:.40}: {:?}", fault(cell));
        }
        for cell in [
            "",
            "Köln",
            "- one (first)\n- two",
            "+49 203 1",
            "-5",
            "fewer < 5 > 3",
            "a <https://a.example/b>",
            "I <3 it",
            "two\nlines",
        ] {
            assert_eq!(fault(cell), None, "{cell}");
        }
    }

    #[test]
    fn numbers_are_read_as_the_table_writes_them() {
        for (text, decimal, expected) in [
            ("1,250,000", Decimal::Point, Some(1_250_000.0)),
            ("1.250.000,50", Decimal::Comma, Some(1_250_000.5)),
            ("504 358", Decimal::Point, Some(504_358.0)),
            ("1.5", Decimal::Point, Some(1.5)),
            ("1,5", Decimal::Point, None),
            ("1,25,000", Decimal::Point, None),
            ("about 5", Decimal::Point, None),
            ("1e9", Decimal::Point, None),
            ("inf", Decimal::Point, None),
            ("", Decimal::Point, None),
            ("5.", Decimal::Point, None),
        ] {
            assert_eq!(number(text, decimal), expected, "{text}");
        }
    }

    #[test]
    fn days_are_read_as_the_table_writes_them_and_years_always() {
        let read = |text: &str, dates| date(text, dates).map(|date| date.to_string());
        assert_eq!(read("17.1.2018", Dates::DayDots).as_deref(), Some("2018-01-17"));
        assert_eq!(read("03/09/2018", Dates::DaySlashes).as_deref(), Some("2018-09-03"));
        assert_eq!(read("03/09/2018", Dates::MonthSlashes).as_deref(), Some("2018-03-09"));
        assert_eq!(read("2018", Dates::DayDots).as_deref(), Some("2018"));
        assert_eq!(read("31.02.2018", Dates::DayDots), None);
        assert_eq!(read("17.1.18", Dates::DayDots), None);
    }
}
