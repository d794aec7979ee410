//! Figures that look like a telephone number and are that of a file.

use std::sync::LazyLock;

use regex::Regex;

static YEAR_AFTER: LazyLock<Regex> = LazyLock::new(|| pattern(r"/(?:19|20)\d{2}(?:\D|$)"));
static FILE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)\b(?:vorlage|drucksache|aktenzeichen|ds|az|nr|ref|no|dossier|raadsvoorstel)\b\W{0,3}$")
});

fn pattern(source: &str) -> Regex {
    #[expect(clippy::expect_used, reason = "constant patterns, compiled by every test of this module")]
    Regex::new(source).expect("a constant pattern")
}

/// Whether figures are the number of a file or span months, as titles of council papers have them, and no telephone number. `before` is the
/// text that stands before them.
#[must_use]
pub fn is_of_a_file(before: &str, words: &str) -> bool {
    YEAR_AFTER.is_match(words) || FILE.is_match(before)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_files_are_told_from_those_of_telephones() {
        for (before, words) in
            [("", "0123/2019"), ("see Vorlage ", "0455-2018-11"), ("AZ: ", "01 234 567"), ("", "06/2018 07")]
        {
            assert!(is_of_a_file(before, words), "{before}{words}");
        }
        for (before, words) in [("call ", "+43 1 5550199"), ("", "0203/123456"), ("the notary ", "0123 456789")] {
            assert!(!is_of_a_file(before, words), "{before}{words}");
        }
    }
}
