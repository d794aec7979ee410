//! What words of people may hold that leads to a person or to a place.

use std::sync::LazyLock;

use regex::Regex;

use super::{
    Code,
    crowd::Crowd,
    figures,
    findings::{Findings, Spot},
};
use crate::{
    places::Precision,
    seal::contains_passphrase,
    text::{MarkKind, Names, fold_name, marks},
};

const EDIT: &str = "Edit the words, or redact them, or waive it with a reason";
const LOOK: &str = "Look whether it tells the place";

/// How names of public bodies begin, or what stands in them, folded.
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
        let (code, what) = match mark.kind {
            MarkKind::Email => (Code::Email, "this looks like an e-mail address"),
            MarkKind::Phone => (Code::Phone, "this looks like a telephone number"),
            MarkKind::Iban => (Code::Iban, "this looks like the number of a bank account"),
            MarkKind::UserUrl => (Code::UserUrl, "this web address names a user"),
            _ => continue,
        };
        findings.refuse(code, spot, mark.words(text), what, EDIT);
    }
}

/// What leads to a person in the address of a source. Sources on social media have addresses that name users; those are told only.
pub(super) fn address(text: &str, spot: Spot<'_>, findings: &mut Findings<'_>) {
    for mark in marks(text, &Names::none()) {
        let words = mark.words(text);
        let authority = words.split_once("://").map_or(words, |(_, rest)| rest);
        let authority = authority.split(['/', '?', '#']).next().unwrap_or_default();
        match mark.kind {
            MarkKind::Email => findings.refuse(Code::Email, spot, words, "this looks like an e-mail address", EDIT),
            MarkKind::UserUrl if authority.contains('@') => {
                findings.refuse(Code::UserUrl, spot, words, "this web address names a user", EDIT);
            }
            MarkKind::UserUrl => {
                findings.hint(
                    Code::UserUrl,
                    spot,
                    words,
                    "this web address may name a user",
                    "Look whether it is private",
                );
            }
            _ => {}
        }
    }
}

/// What leads to a place that is not named.
pub(super) fn telling(text: &str, crowd: &Crowd, level: Precision, spot: Spot<'_>, findings: &mut Findings<'_>) {
    cities(text, crowd, spot, findings);
    for words in crowd.countries_in(text) {
        let what = "where only the continent is public, this is called like a country on it";
        findings.refuse(Code::Country, spot, words, what, EDIT);
    }
    for words in crowd.other_cities_in(text) {
        findings.hint(Code::City, spot, words, "this is called like another city of the country", LOOK);
    }
    for words in figures::telling(text, crowd) {
        findings.refuse(Code::Figure, spot, words, "few of the cities that fit have so many inhabitants", EDIT);
    }
    let region = level == Precision::Region;
    for mark in marks(text, &Names::none()) {
        let words = mark.words(text);
        match mark.kind {
            MarkKind::Date => findings.refuse(Code::Date, spot, words, "this date is finer than a year", EDIT),
            MarkKind::Amount if region || !is_round(words) => {
                findings.refuse(Code::Amount, spot, words, "this sum is finer than it may be told", EDIT);
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

/// Names of cities that fit.
pub(super) fn cities(text: &str, crowd: &Crowd, spot: Spot<'_>, findings: &mut Findings<'_>) {
    for hit in crowd.cities_in(text) {
        if hit.sure {
            let what = "this is called like a city that fits what is told of the place";
            findings.refuse(Code::City, spot, hit.words, what, EDIT);
        } else {
            let what = "this word is called like a city that fits, with a small letter";
            findings.hint(Code::City, spot, hit.words, what, LOOK);
        }
    }
}

/// Whether the figures of a sum are those of a bound of a band: nought, or 1, 2 or 5 with noughts.
pub(super) fn is_round(sum: &str) -> bool {
    let digits: String = sum.chars().filter(char::is_ascii_digit).collect();
    matches!(digits.trim_matches('0'), "" | "1" | "2" | "5")
}

/// Whether a name is one of a body of the public side, by how such bodies are called.
pub(super) fn is_public_body(name: &str) -> bool {
    let name = format!("{} ", fold_name(name));
    BODIES.iter().any(|body| name.starts_with(&format!("{body} ")))
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
    fn bodies_of_the_public_side_are_known_by_their_names() {
        for name in ["City of Duisburg", "Stadtwerke Nord GmbH", "Gemeente Ede", "Ville de Lyon"] {
            assert!(is_public_body(name), "{name}");
        }
        for name in ["Huawei", "Stadler Rail", "Citywide Sensors"] {
            assert!(!is_public_body(name), "{name}");
        }
    }
}
