//! Reads a number of people as people write it.

/// The most that is taken for a number of people.
const MOST: u64 = 1_000_000_000;

/// What may stand between groups of three digits.
const MARKS: [char; 7] = [' ', '.', ',', '\'', '\u{2019}', '\u{a0}', '\u{202f}'];

/// How a number may be written: for whoever wrote it in another way.
pub(super) const FORMS: [&str; 3] = ["500000", "500 000", "500.000"];

/// The number that a text means.
pub(super) fn number(text: &str) -> Option<u64> {
    let mark = text.chars().find(|character| !character.is_ascii_digit());
    let groups: Vec<&str> = match mark {
        None => vec![text],
        Some(mark) if MARKS.contains(&mark) => text.split(mark).collect(),
        Some(_) => return None,
    };
    let (first, rest) = groups.split_first()?;
    let is_grouped = (1..=3).contains(&first.len()) && rest.iter().all(|group| group.len() == 3);
    let digits = groups.concat();
    if (mark.is_some() && !is_grouped) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    digits.parse().ok().filter(|number| *number <= MOST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_with_marks_between_groups_and_without() {
        for text in ["500000", "500 000", "500.000", "500,000", "500'000", "500\u{a0}000", "500\u{202f}000", "0500000"]
        {
            assert_eq!(number(text), Some(500_000), "{text}");
        }
        assert_eq!((number("0"), number("7"), number("1.234.567")), (Some(0), Some(7), Some(1_234_567)));
        for text in [
            "",
            "many",
            "-5",
            "+5",
            "1.5",
            "500.00",
            "5000.000",
            "1.234,567",
            "500  000",
            ".500",
            "500.",
            "5e5",
            "2000000000",
        ] {
            assert_eq!(number(text), None, "{text}");
        }
    }
}
