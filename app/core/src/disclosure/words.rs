//! What words of people may hold that leads to a person or to a place.

use std::sync::LazyLock;

use regex::Regex;

use super::{
    Code,
    crowd::Crowd,
    figures,
    findings::{Findings, Spot},
    names::{self, Parties},
};
use crate::{
    places::Precision,
    seal::contains_passphrase,
    text::{MarkKind, Names, fold_name, marks, marks::Leads},
};

pub(super) const EDIT: &str = "Edit the words, or redact them, or waive it with a reason";
pub(super) const LOOK: &str = "Look whether it tells the place";

/// What stands in names of public bodies, folded.
const WITHIN: [&str; 12] = [
    "county council",
    "city council",
    "town council",
    "district council",
    "borough council",
    "borough of",
    "police department",
    "metropolitan police",
    "port authority",
    "transit authority",
    "school district",
    "verkehrsbetriebe",
];

/// How names of public bodies begin, folded.
const BODIES: [&str; 19] = [
    "city of",
    "town of",
    "stadt",
    "landeshauptstadt",
    "hansestadt",
    "stadtwerke",
    "stadtverwaltung",
    "landkreis",
    "kreis",
    "gemeinde",
    "gemeente",
    "municipality",
    "municipality of",
    "ville de",
    "commune de",
    "ayuntamiento",
    "comune di",
    "camara municipal",
    "rathaus",
];

/// Years, where not even the country is public.
static YEAR: LazyLock<Regex> = LazyLock::new(|| super::pattern(r"\b(?:19|20)\d{2}\b"));

/// What leads to a person, in any words of any case.
pub(super) fn personal(text: &str, spot: Spot<'_>, findings: &mut Findings<'_>) {
    if contains_passphrase(text) {
        let what = "twelve words that may be a passphrase stand here";
        findings.refuse(Code::Passphrase, spot, "", what, "Redact them, and make the files anew");
    }
    for mark in marks(text, &Names::none()) {
        let words = mark.words(text);
        match mark.leads_in_words(text) {
            Leads::Surely => refuse(mark.kind, words, spot, findings),
            Leads::Perhaps if mark.kind == MarkKind::UserUrl => {
                findings.hint(
                    Code::UserUrl,
                    spot,
                    words,
                    "this may be the name of a user",
                    "Look whether it is private",
                );
            }
            _ => {}
        }
    }
}

/// What leads to a person in the address of a source. Sources on social media have addresses that name users; those are told only.
pub(super) fn address(text: &str, spot: Spot<'_>, findings: &mut Findings<'_>) {
    for mark in marks(text, &Names::none()) {
        let words = mark.words(text);
        match mark.leads_in_address(text) {
            Leads::Surely => refuse(mark.kind, words, spot, findings),
            Leads::Perhaps => {
                let what = "this web address may name a user";
                findings.hint(Code::UserUrl, spot, words, what, "Look whether it is private");
            }
            Leads::No => {}
        }
    }
}

fn refuse(kind: MarkKind, words: &str, spot: Spot<'_>, findings: &mut Findings<'_>) {
    let (code, what) = match kind {
        MarkKind::Email => (Code::Email, "this looks like an e-mail address"),
        MarkKind::Phone => (Code::Phone, "this looks like a telephone number"),
        MarkKind::Iban => (Code::Iban, "this looks like the number of a bank account"),
        MarkKind::UserUrl => (Code::UserUrl, "this web address names a user"),
        _ => return,
    };
    findings.refuse(code, spot, words, what, EDIT);
}

/// What leads to a place that is not named.
pub(super) fn telling(
    text: &str,
    (crowd, known): (&Crowd, &Parties),
    level: Precision,
    spot: Spot<'_>,
    findings: &mut Findings<'_>,
) {
    names::cities(text, (crowd, known), spot, findings);
    names::countries(text, (crowd, known), spot, findings);
    for words in crowd.other_cities_in(text) {
        findings.hint(Code::City, spot, words, "this is called like another city of what is told", LOOK);
    }
    for words in figures::telling(text, crowd) {
        findings.refuse(Code::Figure, spot, words, "few of the cities that fit have so many inhabitants", EDIT);
    }
    let region = level == Precision::Region;
    for mark in marks(text, &Names::none()) {
        let words = mark.words(text);
        match mark.kind {
            MarkKind::Date if is_a_word(words) => {}
            MarkKind::Date => findings.refuse(Code::Date, spot, words, "this date is finer than a year", EDIT),
            MarkKind::Amount if region || !is_round(words) => {
                findings.refuse(Code::Amount, spot, words, "this sum is finer than it may be told", EDIT);
            }
            MarkKind::Person => {
                let what = "this looks like the name of a person, who may be known for the place";
                findings.hint(Code::Person, spot, words, what, LOOK);
            }
            _ => {}
        }
    }
    if region {
        for year in YEAR.find_iter(text) {
            findings.hint(Code::Date, spot, year.as_str(), "where only the continent is public, a year is told", LOOK);
        }
    }
}

/// Whether the month of a date without a year is the word of another language, in small letters: "Article 6 may", "5 mai".
fn is_a_word(words: &str) -> bool {
    let letters: String = words.chars().filter(|c| c.is_alphabetic()).collect();
    matches!(letters.as_str(), "may" | "mar" | "mai" | "set") && !YEAR.is_match(words)
}

/// Whether the figures of a sum are those of a bound of a band: nought, or 1, 2 or 5 with noughts.
pub(super) fn is_round(sum: &str) -> bool {
    let digits: String = sum.chars().filter(char::is_ascii_digit).collect();
    matches!(digits.trim_matches('0'), "" | "1" | "2" | "5")
}

/// Whether these are the bounds of a band: both are there, and the upper one is the next step of 1, 2, 5, 10 after the lower one.
pub(super) fn is_band((min, max): (Option<&str>, Option<&str>)) -> bool {
    let number = |cell: Option<&str>| cell?.parse::<u64>().ok();
    let (Some(min), Some(max)) = (number(min), number(max)) else { return false };
    let first = min.to_string().chars().next().unwrap_or('0');
    match first {
        '0' => max == 1,
        '2' => max.checked_mul(2) == min.checked_mul(5),
        _ => max.checked_div(2) == Some(min) && max.is_multiple_of(2),
    }
}

/// Whether a name is one of a body of the public side, by how such bodies are called.
pub(super) fn is_public_body(name: &str) -> bool {
    let name = format!(" {} ", fold_name(name));
    BODIES.iter().any(|body| name.starts_with(&format!(" {body} ")))
        || WITHIN.iter().any(|body| name.contains(&format!(" {body} ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_of_bands_are_round_and_other_sums_are_not() {
        for sum in ["0", "1", "20", "500000", "€ 2 million", "1000000000000000"] {
            assert!(is_round(sum), "{sum}");
        }
        for sum in ["3", "12", "250000", "504,358 EUR", "1.5"] {
            assert!(!is_round(sum), "{sum}");
        }
    }

    #[test]
    fn a_band_goes_from_one_step_to_the_next() {
        for band in [("0", "1"), ("1", "2"), ("2000000", "5000000"), ("5000", "10000")] {
            assert!(is_band((Some(band.0), Some(band.1))), "{band:?}");
        }
        for band in [("2000000", "2000000"), ("1", "5"), ("20", "100"), ("5", "2")] {
            assert!(!is_band((Some(band.0), Some(band.1))), "{band:?}");
        }
        assert!(!is_band((Some("2"), None)) && !is_band((None, Some("2"))));
    }

    #[test]
    fn bodies_of_the_public_side_are_known_by_their_names() {
        for name in
            ["City of Duisburg", "Stadtwerke Nord GmbH", "Gemeente Ede", "Kent County Council", "London Borough of X"]
        {
            assert!(is_public_body(name), "{name}");
        }
        for name in ["Huawei", "Stadler Rail", "Citywide Sensors"] {
            assert!(!is_public_body(name), "{name}");
        }
    }
}
