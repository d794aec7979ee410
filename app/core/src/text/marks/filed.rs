//! Figures that look like a telephone number and are that of a file.

use std::sync::LazyLock;

use regex::Regex;

/// A year that ends the figures, or the months of a span: `0123/2019`, `06/2018 – 07/2020`.
static YEAR_AFTER: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"/(?:19|20)\d{2}$|^(?:0[1-9]|1[0-2])/(?:19|20)\d{2}(?:\D|$)"));
static FILE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)\b(?:vorlage|drucksache|aktenzeichen|ds|az|nr|ref|no|dossier|raadsvoorstel)\b\W{0,3}$")
});
/// A word for a telephone right before the figures, or before the word for a number that stands there: `Tel.-Nr. `.
static TELEPHONE: LazyLock<Regex> = LazyLock::new(|| {
    let word = r"(?:t[eé]l|t[eé]l[eé]phone|tele?f(?:on|ono|oon|one|ax)|teléfono|phone|cell|mobile?|móvil|handy|rufnummer|durchwahl|hotline|fax)";
    let number = r"(?:nr|no|num|n|nummern?|numbers?|num[eé]ro|número)";
    pattern(&format!(r"(?i)\b{word}{number}?\b\W{{0,4}}(?:\b{number}\b\W{{0,4}})?$"))
});

fn pattern(source: &str) -> Regex {
    #[expect(clippy::expect_used, reason = "constant patterns, compiled by every test of this module")]
    Regex::new(source).expect("a constant pattern")
}

/// Whether figures are the number of a file or span months, as titles of council papers have them, and no telephone number. `before` is the
/// text that stands before them. What begins with `+`, and what is called a telephone number, is one.
pub(super) fn is_of_a_file(before: &str, words: &str) -> bool {
    let is_called_a_telephone = words.starts_with('+') || TELEPHONE.is_match(before);
    !is_called_a_telephone && (YEAR_AFTER.is_match(words) || FILE.is_match(before))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_files_are_told_from_those_of_telephones() {
        for (before, words) in [
            ("", "0123/2019"),
            ("see Vorlage ", "0455-2018-11"),
            ("AZ: ", "01 234 567"),
            ("", "06/2018 07"),
            ("", "06/2018 – 07/2020"),
            ("Nr. ", "0203 123456"),
            ("see no. ", "0203 123456"),
            ("the automobile, no. ", "0203 123456"),
            ("of mobile masts, ref. ", "0203 123456"),
        ] {
            assert!(is_of_a_file(before, words), "{before}{words}");
        }
        for (before, words) in [("call ", "+43 1 5550199"), ("", "0203/123456"), ("the notary ", "0123 456789")] {
            assert!(!is_of_a_file(before, words), "{before}{words}");
        }
    }

    #[test]
    fn a_number_that_is_called_a_telephone_number_is_of_no_file() {
        for (before, words) in [
            ("Tel.-Nr. ", "0203 123456"),
            ("mobile no. ", "+49 171 1234567"),
            ("phone no: ", "+43 1 5550199"),
            ("Telefon ", "030/2023 4567"),
            ("", "0203/1990 12"),
            ("Ref. ", "+49 171 1234567"),
            ("Tel.: ", "0203/1990"),
            ("n° de téléphone: ", "01/23 45 1990"),
            ("Handynr. ", "0171 1234567"),
            ("telefoon nr ", "010 267 1625"),
            ("Telefonnummer: ", "0203/2019"),
            ("FAX NO. ", "0203 123456"),
        ] {
            assert!(!is_of_a_file(before, words), "{before}{words}");
        }
    }
}
