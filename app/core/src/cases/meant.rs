//! Which filters the words of a search may mean: names of codes that stand in it, and `FIELD:WORD` where a field is one to filter by.

use std::{cmp::Reverse, collections::BTreeMap};

use roaring::RoaringBitmap;

use super::{
    facets::{Facets, Filters, Group},
    labels,
};
use crate::{
    codebook::{Codebook, Field},
    search::{Note, Parsed, Unread, WordQuery, words_of},
};

/// How many filters are offered at most.
const MOST: usize = 3;
/// What stands before a year in `year:2019`.
const YEAR: &str = "year";

/// A filter that words of a search may mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meant {
    /// What it chooses.
    pub choice: Choice,
    /// The search with it, and without the words that said nothing else.
    pub filters: Filters,
    /// How many cases a reader finds there; none where it takes a search for the other words to know.
    pub count: Option<u64>,
}

/// What a filter chooses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// A code, or all cases without it.
    Code {
        /// [`Group::Any`] or [`Group::Not`].
        group: Group,
        /// The facet.
        field: String,
        /// The code.
        code: String,
    },
    /// A year of dated events.
    Year(i32),
}

/// A facet and one of its codes.
type Coded = (String, String);

/// The names of fields and codes to filter by, in all languages of the vocabulary.
pub(super) struct Names {
    codes: BTreeMap<String, Vec<Coded>>,
    fields: BTreeMap<String, String>,
    /// How many words the longest name of a code has.
    longest: usize,
}

impl Names {
    /// The names of this vocabulary. What was retired leads to what took its place.
    pub(super) fn of(codebook: &Codebook) -> Self {
        let mut names = Self { codes: BTreeMap::new(), fields: BTreeMap::new(), longest: 0 };
        for field in codebook.fields().iter().filter(|field| field.facet && field.kind.is_coded()) {
            names.take_in(field, codebook.standing_field(field));
        }
        names
    }

    fn take_in(&mut self, field: &Field, standing: &Field) {
        for name in labels::of_field(field) {
            self.fields.entry(key(&words_of(&name))).or_insert_with(|| standing.code.clone());
        }
        for code in &field.codes {
            let coded = (standing.code.clone(), standing.standing(&code.code).to_owned());
            for name in labels::of_code(code) {
                let words = words_of(&name);
                self.longest = self.longest.max(words.len());
                let known = self.codes.entry(key(&words)).or_default();
                if !known.contains(&coded) {
                    known.push(coded.clone());
                }
            }
        }
    }

    /// The filters that the words may mean and that lead to cases; `within` are the cases that fit the words.
    pub(super) fn meant(
        &self,
        words: &Parsed,
        filters: &Filters,
        facets: &Facets,
        within: &RoaringBitmap,
    ) -> Vec<Meant> {
        let unread = words.notes.iter().filter_map(|note| match note {
            Note::UnknownField(unread) => Some(unread),
            _ => None,
        });
        let of_fields = unread.flat_map(|unread| self.behind(unread, filters, facets));
        let of_words = self.within(&words.query).into_iter().filter_map(|(coded, whole)| {
            let base = Filters { q: if whole { String::new() } else { filters.q.clone() }, ..filters.clone() };
            let (choice, filters) = chosen(&base, Group::Any, coded)?;
            let cases = facets.fitting(&filters);
            let count = if whole { cases.len() } else { cases.intersection_len(within) };
            (count > 0).then_some(Meant { choice, filters, count: Some(count) })
        });
        let mut meant: Vec<Meant> = Vec::new();
        for one in of_fields.chain(of_words) {
            if !meant.iter().any(|other| other.choice == one.choice) {
                meant.push(one);
            }
            if meant.len() == MOST {
                break;
            }
        }
        meant
    }

    /// What `FIELD:WORD` may mean; the words beside it stay what they are. Cases are counted only as far as the caller reads.
    fn behind<'a>(
        &'a self,
        unread: &'a Unread,
        filters: &Filters,
        facets: &'a Facets,
    ) -> impl Iterator<Item = Meant> + use<'a> {
        let base = Filters { q: unread.rest.clone(), ..filters.clone() };
        let group = if unread.minus { Group::Not } else { Group::Any };
        let (codes, year) = match self.fields.get(&key(&words_of(&unread.name))) {
            Some(field) => (self.codes_of(field, &unread.value), None),
            None => (Vec::new(), of_year(unread, &base)),
        };
        let of_codes = codes.into_iter().filter_map(move |coded| chosen(&base, group, coded));
        of_codes.chain(year).filter_map(move |(choice, filters)| {
            let cases = facets.fitting(&filters).len();
            let count = unread.rest.is_empty().then_some(cases);
            (cases > 0).then_some(Meant { choice, filters, count })
        })
    }

    /// The codes of a field that have this name; else those in whose names it stands.
    fn codes_of(&self, field: &str, name: &str) -> Vec<Coded> {
        let name = key(&words_of(name));
        let of_field = |coded: &&Coded| coded.0 == field;
        let same: Vec<Coded> = self.codes.get(&name).into_iter().flatten().filter(of_field).cloned().collect();
        if !same.is_empty() || name.is_empty() {
            return same;
        }
        let part = format!(" {name} ");
        let holds = self.codes.iter().filter(|(other, _)| format!(" {other} ").contains(&part));
        holds.flat_map(|(_, coded)| coded).filter(of_field).cloned().collect()
    }

    /// The codes whose names stand in the words, the longest first, each with whether nothing else is asked. A name of one word is looked at
    /// only where it is all that is asked: `city` in `smart city` means no code.
    fn within(&self, query: &WordQuery) -> Vec<(Coded, bool)> {
        let anywhere = query.all.iter().map(|clause| match clause.field {
            None => words_of(&clause.text),
            Some(_) => Vec::new(),
        });
        let clauses: Vec<Vec<String>> = anywhere.collect();
        let mut found: Vec<(usize, Coded, bool)> = Vec::new();
        for begin in 0..clauses.len() {
            let mut run: Vec<String> = Vec::new();
            for (further, words) in clauses.iter().skip(begin).enumerate() {
                run.extend(words.iter().cloned());
                if words.is_empty() || run.len() > self.longest {
                    break;
                }
                let whole = query.none.is_empty() && further + 1 == clauses.len();
                if whole || run.len() > 1 {
                    let codes = self.codes.get(&key(&run)).into_iter().flatten();
                    found.extend(codes.map(|coded| (run.len(), coded.clone(), whole)));
                }
            }
        }
        found.sort_by_key(|(length, _, _)| Reverse(*length));
        found.into_iter().map(|(_, coded, whole)| (coded, whole)).collect()
    }
}

/// What is compared of a name: its words, the last one with or without an s at its end.
fn key(words: &[String]) -> String {
    let mut key = words.join(" ");
    if words.last().is_some_and(|last| last.len() > 3 && last.ends_with('s')) {
        key.pop();
    }
    key
}

/// This code chosen on top of a search; none where it is chosen already.
fn chosen(base: &Filters, group: Group, (field, code): Coded) -> Option<(Choice, Filters)> {
    if base.has(group, &field, &code) {
        return None;
    }
    let filters = base.toggled(group, &field, &code);
    Some((Choice::Code { group, field, code }, filters))
}

/// The year that `year:2019` means.
fn of_year(unread: &Unread, base: &Filters) -> Option<(Choice, Filters)> {
    let is_year = unread.name.eq_ignore_ascii_case(YEAR) && !unread.minus;
    let year: i32 = unread.value.parse().ok().filter(|year| is_year && (1000..=9999).contains(year))?;
    let filters = Filters { year_from: Some(year), year_to: Some(year), page: 0, ..base.clone() };
    Some((Choice::Year(year), filters))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::parse;

    fn found(typed: &str) -> Vec<(String, bool)> {
        let codebook = Codebook::embedded();
        let found = Names::of(&codebook).within(&parse(typed).query);
        found.into_iter().map(|((field, code), whole)| (format!("{field}={code}"), whole)).collect()
    }

    fn one(coded: &str, whole: bool) -> Vec<(String, bool)> {
        vec![(coded.to_owned(), whole)]
    }

    // R1: names of codes are known however they are written, and as part of what was typed.
    #[test]
    fn names_of_codes_are_found_in_what_was_typed() {
        for typed in ["Smart light pole", "smart LIGHT poles", "\"smart light pole\"", "smart_light_pole"] {
            assert_eq!(found(typed), one("technology=smart_light_pole", true), "{typed}");
        }
        for typed in ["rotterdam smart light pole", "smart light poles vendor:philips", "smart light pole -camera"] {
            assert_eq!(found(typed), one("technology=smart_light_pole", false), "{typed}");
        }
        assert_eq!(found("drone"), one("technology=drone", true));
        for typed in ["a drone", "title:drone", "smart city", "-drone", "smart pole light", ""] {
            assert!(found(typed).is_empty(), "{typed}");
        }
    }

    #[test]
    fn a_word_behind_a_field_is_a_code_or_part_of_the_name_of_some() {
        let names = Names::of(&Codebook::embedded());
        let codes =
            |field: &str, name: &str| names.codes_of(field, name).into_iter().map(|(_, code)| code).collect::<Vec<_>>();
        assert_eq!(codes("technology", "face_recognition"), ["face_recognition"]);
        assert_eq!(codes("technology", "Face recognition"), ["face_recognition"]);
        assert_eq!(codes("technology", "light pole"), ["smart_light_pole"]);
        assert!(codes("state", "face_recognition").is_empty() && codes("technology", "?").is_empty());
        let city_life = Codebook::embedded().field("domain").unwrap().label("en").to_owned();
        assert_eq!(names.fields.get(&key(&words_of(&city_life))).map(String::as_str), Some("domain"));
    }
}
