//! Numbers of inhabitants in a text, and how few cities they leave.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::crowd::Crowd;
use crate::places::FEW;

/// A number, with its groups of three or its decimals, and what it counts.
const NUMBER: &str = r"(\d{1,3}(?:[.,'’ \u{a0}\u{202f}\u{2009}]\d{3})+|\d{1,3}[.,]\d{1,2}|\d{1,9})(?:[ \u{a0}-]?(million(?:s|en)?|miljoen|millones|milioni|milhões|mio|thousand|tausend|duizend|mille|mil))?\b\.?";
const PEOPLE: &str = r"(?:inhabitants?|residents?|people|souls|einwohner\p{L}*|bewohner\p{L}*|inwoners?|habitante?s|abitanti|mieszkańców)";
const POPULATION: &str = r"(?:population|einwohnerzahl|inwonertal|población|popolazione|população)";

static FIGURES: LazyLock<[Regex; 3]> = LazyLock::new(|| {
    let sources = [
        format!(r"(?i)\b{NUMBER}(?:\s+\p{{L}}+){{0,2}}\s+{PEOPLE}\b"),
        format!(r"(?i)\b{POPULATION}(?:\s+\p{{L}}+){{0,3}}[\s:]+{NUMBER}"),
        format!(r"(?i)\b{NUMBER}"),
    ];
    sources.map(|source| super::pattern(&source))
});

/// Fewer inhabitants are a crowd in a square.
const LEAST: u64 = 10_000;
/// A figure that is a whole multiple of it is rounded.
const ROUND: u64 = 1000;
/// Among more cities than these a number is that of one by chance: of any ten numbers that count lamps, one is.
const MANY: usize = 500;

/// A count, and how far the true one may lie from it.
struct Figure {
    count: u64,
    within: u64,
}

/// The figures of a text that leave fewer cities than hide one of them: numbers of inhabitants, and numbers that are those of a city to the last
/// digit, whatever they are said to count.
pub(super) fn telling<'t>(text: &'t str, crowd: &Crowd) -> Vec<&'t str> {
    let [people, population, any] = &*FIGURES;
    let mut telling = Vec::new();
    for found in people.captures_iter(text).chain(population.captures_iter(text)) {
        let Some((words, figure)) = figure(&found) else { continue };
        let fits = figure.count >= LEAST && crowd.may_have(figure.count);
        let (least, most) = (figure.count.saturating_sub(figure.within), figure.count.saturating_add(figure.within));
        if fits && crowd.count_between(least, most) < FEW {
            telling.push(words);
        }
    }
    for found in any.captures_iter(text) {
        if let Some((words, figure)) = figure(&found)
            && is_of_a_city(figure.count, crowd)
            && !telling.contains(&words)
        {
            telling.push(words);
        }
    }
    telling
}

/// Whether a number is that of the inhabitants of one of the cities, to the last digit.
pub(super) fn is_of_a_city(count: u64, crowd: &Crowd) -> bool {
    count >= LEAST && !count.is_multiple_of(ROUND) && crowd.count() <= MANY && crowd.count_between(count, count) > 0
}

fn figure<'t>(found: &Captures<'t>) -> Option<(&'t str, Figure)> {
    let number = found.get(1)?;
    let words = number.as_str();
    let times: u64 = match found.get(2).map(|magnitude| magnitude.as_str().to_lowercase()) {
        None => 1,
        Some(magnitude) if magnitude.starts_with('t') || magnitude.starts_with('d') => 1000,
        Some(magnitude) if magnitude == "mil" || magnitude == "mille" => 1000,
        Some(_) => 1_000_000,
    };
    let digits: String = words.chars().filter(char::is_ascii_digit).collect();
    let digits: u64 = digits.parse().ok()?;
    let decimals = match words.rsplit_once(['.', ',']) {
        Some((_, after)) if after.len() < 3 => u32::try_from(after.len()).ok()?,
        _ => 0,
    };
    let unit = 10u64.pow(decimals);
    if !times.is_multiple_of(unit) {
        return None;
    }
    let count = digits.checked_mul(times / unit)?;
    let mut within: u64 = 1;
    while count > 0 && count.is_multiple_of(within.saturating_mul(10)) {
        within *= 10;
    }
    Some((words, Figure { count, within: within / 2 }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        disclosure::crowd::{Crowds, Told},
        places::{Gazetteer, Precision, SizeClass},
    };

    #[test]
    fn figures_that_leave_few_cities_are_found() {
        let class = Some(SizeClass::From500kTo1500k);
        let told = Told { level: Precision::SizeClass, whereabouts: vec!["DE".into()], class };
        let crowd = Crowds::new(Gazetteer::embedded()).of(told);
        for (text, found) in [
            ("A city of 504,358 people.", "504,358"),
            ("Es hat 504.358 Einwohner.", "504.358"),
            ("It has some 565 thousand inhabitants.", "565"),
            ("It has a population of about 1.02 million.", "1.02"),
            ("The register holds 504358 entries.", "504358"),
        ] {
            assert_eq!(telling(text, &crowd), [found], "{text}");
        }
        for text in [
            "It cost 504,000 euros.",
            "20,000 residents signed against it.",
            "About 500,000 inhabitants live there.",
            "In 2018 the residents wrote, and 12 people answered.",
        ] {
            assert_eq!(telling(text, &crowd), Vec::<&str>::new(), "{text}");
        }
    }
}
