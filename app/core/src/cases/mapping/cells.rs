//! What a cell may be: a text that is safe to publish, a number, a date.

use chrono::{Months, NaiveDate};

use super::{
    garbled,
    shape::{Dates, Decimal},
};
use crate::{clock::Day, dates::PrefixDate, limits, text};

/// What spreadsheets write where a formula failed.
const BROKEN: [&str; 7] = ["#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"];

/// What a cell must not hold, in words; nothing where it is a text like any other.
pub(super) fn fault(cell: &str) -> Option<String> {
    if cell.chars().count() > limits::NARRATIVE {
        return Some(format!("the cell has more than {} characters", limits::NARRATIVE));
    }
    if let Some(garbled) = garbled::garbled(cell) {
        return Some(format!(
            "the cell holds {garbled:?}, which a letter becomes that is read in the wrong encoding; get the table as UTF-8 from where it is right"
        ));
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

/// Whether a number means another one, a thousand times as great, where the other sign stands before fractions: `1.250`.
pub(super) fn is_doubtful(text: &str, decimal: Decimal) -> bool {
    let Some((whole, fraction)) = text.trim().split_once(decimal.word()) else { return false };
    let is_group = fraction.len() == 3 && (1..=3).contains(&whole.len()) && !whole.starts_with('0');
    is_group && number(text, decimal).is_some() && number(text, decimal.other()).is_some()
}

/// Why a text is no number, as far as one can tell.
pub(super) fn no_number(text: &str, decimal: Decimal) -> String {
    let digits = text.trim_matches(|c: char| !c.is_ascii_digit());
    if number(text, decimal.other()).is_some() {
        let other = decimal.other().word();
        return format!(
            "is no number with {:?} before the fraction; say decimal = {other:?} under [file]",
            decimal.word()
        );
    }
    if digits != text && (number(digits, decimal).is_some() || number(digits, decimal.other()).is_some()) {
        return "is no number alone; take signs, units and words out of the cell (currency, year and times stand in the mapping)"
            .to_owned();
    }
    "is no number; write 1250000, 1,250,000 or 1.5, and say decimal = \",\" under [file] where a comma stands before the fraction"
        .to_owned()
}

/// Why a text is no date, as far as one can tell.
pub(super) fn no_date(text: &str, dates: Dates) -> String {
    let others: Vec<String> = Dates::ALL
        .into_iter()
        .filter(|other| *other != dates && date(text, *other).is_some())
        .map(|other| format!("dates = {:?}", other.word()))
        .collect();
    if !others.is_empty() {
        return format!("is no day as {}; say {} under [file]", dates.word(), others.join(" or "));
    }
    let day = text.split([' ', 'T']).next().unwrap_or_default();
    if day != text && Dates::ALL.into_iter().any(|any| date(day, any).is_some()) {
        return format!("holds a time of day; write the date alone, {day}");
    }
    format!(
        "is no date; write 2018, 2018-01 or a day as {}; dates under [file] says how days are written",
        dates.word()
    )
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

/// Why a date cannot be meant: it lies more than so many years after today. In the east a new day has begun by then.
pub(super) fn too_late(date: PrefixDate, today: Day, years: u32) -> Option<String> {
    const REMEDY: &str = "correct it, or list it under skip where it says nothing";
    let latest = today.succ_opt()?.checked_add_months(Months::new(years.saturating_mul(12)))?;
    if date.first_day() <= latest {
        None
    } else if years == 0 {
        Some(format!("lies after today, {today}, and what it is the date of has happened; {REMEDY}"))
    } else {
        Some(format!("lies more than {years} years after today, {today}; {REMEDY}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_too_late_where_it_lies_further_ahead_than_it_may() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        for (date, years, expected) in [
            ("2026", 0, None),
            ("2026-11", 0, None),
            ("2026-11-24", 0, None),
            ("2026-11-25", 0, Some("lies after today, 2026-11-23")),
            ("2026-12", 0, Some("lies after today")),
            ("2027", 0, Some("lies after today")),
            ("2031", 5, None),
            ("2032", 5, Some("more than 5 years after today")),
            ("2125", 99, None),
            ("2199", 99, Some("more than 99 years after today, 2026-11-23; correct it")),
        ] {
            let said = too_late(date.parse().unwrap(), today, years);
            assert_eq!(said.is_some(), expected.is_some(), "{date}: {said:?}");
            assert!(expected.is_none_or(|words| said.unwrap().contains(words)), "{date}");
        }
    }

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
    fn letters_of_a_wrong_encoding_are_told_and_those_of_languages_are_not() {
        for cell in ["KÃ¶ln", "MÃœNCHEN", "cafÃ©", "2019 â€“ 2021", "30Â°", "naÃ¯ve"] {
            assert!(fault(cell).is_some_and(|said| said.contains("wrong encoding")), "{cell}");
        }
        for cell in ["Köln", "SÃO PAULO", "São Paulo", "Âge", "château", "30°", "€ 5", "PÂTÉ", "irmÃ", "5 – 6"]
        {
            assert_eq!(fault(cell), None, "{cell}");
        }
    }

    #[test]
    fn a_cell_that_is_no_number_or_date_says_what_it_may_be() {
        for (text, decimal, expected) in [
            ("1.234,5", Decimal::Point, "say decimal = \",\" under [file]"),
            ("1,234.5", Decimal::Comma, "say decimal = \".\" under [file]"),
            ("EUR 5.000,00", Decimal::Comma, "take signs, units and words out"),
            ("12 %", Decimal::Point, "take signs, units and words out"),
            ("much", Decimal::Point, "is no number; write 1250000"),
        ] {
            assert!(number(text, decimal).is_none() && no_number(text, decimal).contains(expected), "{text}");
        }
        for (text, dates, expected) in [
            ("31.12.2021", Dates::Iso, "is no day as YYYY-MM-DD; say dates = \"DD.MM.YYYY\" under [file]"),
            ("03/04/2021", Dates::Iso, "say dates = \"DD/MM/YYYY\" or dates = \"MM/DD/YYYY\""),
            ("12/31/2021", Dates::DaySlashes, "say dates = \"MM/DD/YYYY\" under [file]"),
            ("2021-12-31 00:00:00", Dates::Iso, "write the date alone, 2021-12-31"),
            ("31.02.2018", Dates::DayDots, "is no date; write 2018, 2018-01 or a day as DD.MM.YYYY"),
            ("soon", Dates::Iso, "is no date; write 2018"),
        ] {
            assert!(date(text, dates).is_none(), "{text}");
            assert!(no_date(text, dates).contains(expected), "{text}: {}", no_date(text, dates));
        }
    }

    #[test]
    fn a_number_that_another_way_of_writing_makes_a_thousand_times_as_great_is_doubtful() {
        for (text, decimal, expected) in [
            ("1.250", Decimal::Point, true),
            ("86,000", Decimal::Comma, true),
            ("1.25", Decimal::Point, false),
            ("0.125", Decimal::Point, false),
            ("1,250", Decimal::Point, false),
            ("1250.125", Decimal::Point, false),
            ("1.250.000", Decimal::Comma, false),
        ] {
            assert_eq!(is_doubtful(text, decimal), expected, "{text}");
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
