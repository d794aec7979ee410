//! What countries, their best-known regions and their people are called, in the languages in which most accounts are written: English, German,
//! French, Spanish, Italian, Portuguese, Dutch, Polish, and some countries' own (`config/places/country_words.csv`).
//!
//! A word that is written with a capital in the table is meant with a capital, so that "polish" is no country and "Polish" is one; a long one
//! is meant however it is written. What stands there in capitals alone, such as "US", is meant exactly so. One that ends in an asterisk is the
//! beginning of a word: `niederländisch*` is found in "niederländische" and "Niederländischen". A name of one word is found with an `s` behind
//! it as well, which is the genitive in German, "Deutschlands", and the plural of many people, "Canadians". Of short names and of those that end
//! in s, x, y or z it is not: their genitives, "Perus" and "Uruguays", stand in the table. The longest name counts: "New Jersey" is not Jersey.

use std::{collections::HashMap, ops::Range, sync::LazyLock};

use super::Gazetteer;
use crate::text::fold_name;

static TABLE: &str = include_str!("../../../../config/places/country_words.csv");

static EMBEDDED: LazyLock<CountryWords> = LazyLock::new(|| CountryWords::read(TABLE, &Gazetteer::embedded()));

/// The ending of a word that only its beginning stands for has at most so many letters: "amerikanischen".
const LONGEST_ENDING: usize = 4;
/// A word of so many letters is hardly ever another one, and counts with a small letter as well: "in germany".
const LONG: usize = 7;
/// Long ones that are another word all the same, folded: "antigua" is old, "réunion" a meeting, "indiana" a woman of India.
const ORDINARY: [&str; 5] = ["antigua", "colorado", "florida", "indiana", "reunion"];
/// A name of so many letters may have an `s` behind it: "Polens". Shorter ones are too often another word then, such as "Chads".
const SHORTEST_WITH_S: usize = 5;
/// Behind these letters no `s` is looked for: "Laos" stays "Laos" in German, and "Turkeys" are birds.
const NO_S_BEHIND: [char; 4] = ['s', 'x', 'y', 'z'];
/// Names that are another word with an `s` behind them, folded: "Guineas" are coins, "Servies" are dishes in Dutch, "Sucias" dirty in Spanish.
const ANOTHER_WITH_S: [&str; 7] = ["chili", "franca", "guinea", "indie", "jordan", "servie", "sucia"];
/// What holds the name of a country and means none.
const NO_COUNTRY: [&str; 35] = [
    "North America",
    "North American",
    "North Americans",
    "South America",
    "South American",
    "South Americans",
    "Latin America",
    "Latin American",
    "Latin Americans",
    "Central America",
    "Central American",
    "latino-américain",
    "latino-américaine",
    "latino-américains",
    "latino-américaines",
    "nord-américain",
    "nord-américaine",
    "nord-américains",
    "nord-américaines",
    "sud-américain",
    "sud-américaine",
    "sud-américains",
    "sud-américaines",
    "latino-americano",
    "latino-americana",
    "latino-americanos",
    "latino-americanas",
    "sul-americano",
    "sul-americana",
    "sul-americanos",
    "sul-americanas",
    "Indian Ocean",
    "guinea pig",
    "guinea pigs",
    "french fries",
];

/// The words for all countries.
#[derive(Debug, Default)]
pub struct CountryWords {
    whole: HashMap<String, Vec<Word>>,
    beginnings: HashMap<String, Vec<Word>>,
    /// How many words the longest name has that begins with a word.
    longest: HashMap<String, usize>,
}

/// A word for a country.
#[derive(Debug, Clone, Copy)]
struct Word {
    country: &'static str,
    written: Written,
}

/// How it must be written to be meant.
#[derive(Debug, Clone, Copy)]
enum Written {
    Anyhow,
    WithCapital,
    Exactly(&'static str),
}

impl Written {
    fn of(word: &'static str) -> Self {
        if word.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase) {
            return Self::Exactly(word.trim_end_matches('.'));
        }
        if word.starts_with(char::is_uppercase) { Self::WithCapital } else { Self::Anyhow }
    }

    fn fits(self, words: &str) -> bool {
        match self {
            Self::Anyhow => true,
            Self::WithCapital => words.starts_with(char::is_uppercase) || is_long(words),
            Self::Exactly(word) => words == word,
        }
    }
}

/// Whether words are long enough to be meant however they are written.
fn is_long(words: &str) -> bool {
    words.chars().count() >= LONG && !ORDINARY.contains(&fold_name(words).as_str())
}

impl CountryWords {
    /// The words that are part of the program, read once.
    #[must_use]
    pub fn embedded() -> &'static Self {
        &EMBEDDED
    }

    fn read(table: &'static str, gazetteer: &Gazetteer) -> Self {
        let mut all = Self::default();
        for country in gazetteer.countries() {
            all.add(country.name, country.iso2);
        }
        for (country, words) in table.lines().skip(1).filter_map(|line| line.split_once(',')) {
            words.split('|').for_each(|word| all.add(word, country));
        }
        NO_COUNTRY.into_iter().for_each(|words| all.add(words, ""));
        all
    }

    fn add(&mut self, word: &'static str, country: &'static str) {
        let (words, bare) = match word.strip_suffix('*') {
            Some(beginning) => (&mut self.beginnings, beginning),
            None => (&mut self.whole, word),
        };
        words.entry(fold_name(bare)).or_default().push(Word { country, written: Written::of(bare) });
        let parts = words_of(bare);
        if let Some(first) = parts.first().and_then(|first| bare.get(first.clone())) {
            let longest = self.longest.entry(fold_name(first)).or_default();
            *longest = parts.len().max(*longest);
        }
    }

    /// Where a text speaks of one of the countries that are wanted, by two letters. In a text without any capital no word need have one.
    #[must_use]
    pub fn find(&self, text: &str, is_wanted: impl Fn(&str) -> bool) -> Vec<Range<usize>> {
        let all_small = !text.chars().any(char::is_uppercase);
        let (words, mut found, mut free) = (words_of(text), Vec::new(), 0);
        for (at, first) in words.iter().enumerate() {
            if first.start < free {
                continue;
            }
            let from_here = words.get(at..).unwrap_or_default();
            if let Some((stretch, countries)) = self.first_name(text, from_here, all_small) {
                free = stretch.end;
                if countries.into_iter().any(&is_wanted) {
                    found.push(stretch);
                }
            }
        }
        found
    }

    /// The longest name with which these words begin, and the countries that it may mean.
    fn first_name(
        &self,
        text: &str,
        words: &[Range<usize>],
        all_small: bool,
    ) -> Option<(Range<usize>, Vec<&'static str>)> {
        let first = words.first()?;
        let word = text.get(first.clone())?;
        let folded = fold_name(word);
        let longest = self.longest.get(&folded).copied().unwrap_or_default();
        let name = words.iter().take(longest).skip(1).rev().find_map(|last| {
            let said = text.get(first.start..last.end)?;
            let countries = meant(self.whole.get(&fold_name(said)), said, all_small);
            (!countries.is_empty()).then_some((first.start..last.end, countries))
        });
        name.or_else(|| {
            let mut countries = meant(self.whole.get(&folded), word, all_small);
            let ends = folded.char_indices().map(|(at, _)| at).chain([folded.len()]).rev().take(LONGEST_ENDING + 1);
            for beginning in ends.filter_map(|end| folded.get(..end)) {
                countries.extend(meant(self.beginnings.get(beginning), word, all_small));
            }
            if countries.is_empty() {
                countries = self.with_s(word, &folded, all_small);
            }
            (!countries.is_empty()).then_some((first.clone(), countries))
        })
    }

    /// The countries for which this word is known without the `s` at its end, where the rest is written as it must be.
    fn with_s(&self, word: &str, folded: &str, all_small: bool) -> Vec<&'static str> {
        let (Some(word), Some(folded)) = (word.strip_suffix(['s', 'S']), folded.strip_suffix('s')) else {
            return Vec::new();
        };
        let is_another = ORDINARY.contains(&folded) || ANOTHER_WITH_S.contains(&folded);
        if is_another || word.chars().count() < SHORTEST_WITH_S || folded.ends_with(NO_S_BEHIND) {
            return Vec::new();
        }
        meant(self.whole.get(folded), word, all_small)
    }
}

/// The countries for which some words are known, where they are written as it must be.
fn meant(known: Option<&Vec<Word>>, words: &str, all_small: bool) -> Vec<&'static str> {
    let fits = |word: &&Word| word.written.fits(words) || all_small && matches!(word.written, Written::WithCapital);
    known.into_iter().flatten().filter(fits).map(|word| word.country).collect()
}

/// The words of a text: letters and digits with the marks on them.
fn words_of(text: &str) -> Vec<Range<usize>> {
    let belongs = |c: char| c.is_alphanumeric() || ('\u{300}'..='\u{36f}').contains(&c);
    let mut words: Vec<Range<usize>> = Vec::new();
    for (at, c) in text.char_indices().filter(|(_, c)| belongs(*c)) {
        let end = at + c.len_utf8();
        match words.last_mut() {
            Some(word) if word.end == at => word.end = end,
            _ => words.push(at..end),
        }
    }
    words
}

#[cfg(test)]
#[path = "country_words_tests.rs"]
mod tests;
