//! Names in words of people: of cities that fit, of countries that may not be told, and of organisations, which stay named.

use std::{collections::HashSet, ops::Range};

use super::{
    Code,
    crowd::Crowd,
    findings::{Findings, Spot},
    words::{EDIT, LOOK},
};
use crate::text::fold_name;

/// The organisations that a case names, which are public wherever its place is.
#[derive(Debug, Default)]
pub(super) struct Parties(Vec<Party>);

#[derive(Debug)]
struct Party {
    /// Its usual name, or its id.
    name: String,
    /// Whether the files name it in cases of more than one country. One that is named in a single country may be the town itself, under its own
    /// name, or a body of it.
    widespread: bool,
}

impl Parties {
    /// By ids and usual names; `widespread` are the ids of those that cases of several countries name.
    pub(super) fn new<'a>(named: impl Iterator<Item = (&'a str, &'a str)>, widespread: &HashSet<String>) -> Self {
        let parties = named.flat_map(|(id, name)| {
            let widespread = widespread.contains(id);
            [id, name].map(|name| Party { name: name.to_owned(), widespread })
        });
        Self(parties.collect())
    }

    /// The one whose name a stretch of a text lies within.
    fn around(&self, text: &str, stretch: &Range<usize>) -> Option<&Party> {
        let covers = |party: &&Party| {
            let mut all = text.match_indices(party.name.as_str());
            all.any(|(at, name)| at <= stretch.start && stretch.end <= at + name.len())
        };
        self.0.iter().filter(covers).max_by_key(|party| party.name.len())
    }
}

/// Whom words behind the name of a people speak of where that is not the place, folded: "the German vendor".
const BEHIND: [&str; 45] = [
    "vendor",
    "vendors",
    "supplier",
    "suppliers",
    "provider",
    "providers",
    "company",
    "companies",
    "firm",
    "firms",
    "manufacturer",
    "manufacturers",
    "maker",
    "makers",
    "contractor",
    "contractors",
    "consultancy",
    "consultants",
    "corporation",
    "conglomerate",
    "multinational",
    "competitor",
    "competitors",
    "bidder",
    "bidders",
    "startup",
    "anbieter",
    "anbieters",
    "hersteller",
    "herstellers",
    "konzern",
    "konzerns",
    "firma",
    "firmen",
    "unternehmen",
    "unternehmens",
    "lieferant",
    "leverancier",
    "leveranciers",
    "fabrikant",
    "bedrijf",
    "dostawca",
    "dostawcy",
    "producent",
    "spolka",
];

/// The same before it: "le fournisseur allemand".
const BEFORE: [&str; 27] = [
    "fournisseur",
    "fournisseurs",
    "entreprise",
    "entreprises",
    "societe",
    "fabricant",
    "prestataire",
    "proveedor",
    "proveedora",
    "proveedores",
    "empresa",
    "empresas",
    "fabricante",
    "compania",
    "fornitore",
    "fornitori",
    "azienda",
    "aziende",
    "impresa",
    "societa",
    "fornecedor",
    "fornecedora",
    "fornecedores",
    "firma",
    "dostawca",
    "producent",
    "spolka",
];

/// What may stand between: "a German software company". Not "municipal" or "state".
const BETWEEN: [&str; 17] = [
    "software",
    "hardware",
    "technology",
    "tech",
    "telecom",
    "telecoms",
    "telecommunications",
    "cloud",
    "it",
    "network",
    "camera",
    "security",
    "internet",
    "engineering",
    "electronics",
    "insurance",
    "parent",
];

/// What follows the name of a country behind a hyphen where it is that of a vendor: "Germany-based".
const HYPHENED: [&str; 4] = ["-based", "-owned", "-made", "-built"];

/// Whether a people or a country is named for a vendor that is of it.
fn is_of_a_vendor(text: &str, stretch: &Range<usize>) -> bool {
    let known = |word: Option<&str>, words: &[&str]| word.is_some_and(|word| words.contains(&fold_name(word).as_str()));
    let after = text.get(stretch.end..).unwrap_or_default();
    if HYPHENED.iter().any(|end| after.starts_with(end)) {
        return true;
    }
    let mut behind = after.split_whitespace();
    let first = if after.starts_with(char::is_whitespace) { behind.next() } else { None };
    let next = if known(first, &BETWEEN) { behind.next() } else { first };
    let before = text.get(..stretch.start).unwrap_or_default();
    let last = before.split_whitespace().next_back().filter(|word| word.ends_with(char::is_alphanumeric));
    known(next, &BEHIND) || known(last, &BEFORE)
}

/// Names of countries on the continent that is told. Within the name of an organisation it is that name which is told, so that a waiver for all
/// cases covers the organisation and not the country.
pub(super) fn countries(text: &str, (crowd, known): (&Crowd, &Parties), spot: Spot<'_>, findings: &mut Findings<'_>) {
    for stretch in crowd.countries_in(text) {
        let words = text.get(stretch.clone()).unwrap_or_default();
        let party = known.around(text, &stretch);
        if party.is_some_and(|party| party.widespread) || is_of_a_vendor(text, &stretch) {
            let what = "an organisation is of a country on the continent that is told";
            findings.hint(Code::Country, spot, words, what, LOOK);
        } else {
            let what =
                "where only the continent is public, this is called like a country on it, its people or its regions";
            let words = party.map_or(words, |party| party.name.as_str());
            findings.refuse(Code::Country, spot, words, what, EDIT);
        }
    }
    for address in crowd.hosts_in(text) {
        let what = "where only the continent is public, this address lies below the domain of a country on it";
        findings.refuse(Code::Country, spot, address, what, EDIT);
    }
}

/// Names of cities that fit; within the name of an organisation it is that name which is told.
pub(super) fn cities(text: &str, (crowd, known): (&Crowd, &Parties), spot: Spot<'_>, findings: &mut Findings<'_>) {
    for hit in crowd.cities_in(text) {
        let party = known.around(text, &hit.stretch());
        if party.is_some_and(|party| party.widespread) {
            let what =
                "this is an organisation of cases in several countries, and a city that fits is called so as well";
            findings.hint(Code::City, spot, hit.words, what, LOOK);
        } else if hit.sure {
            let what = "this is called like a city that fits what is told of the place";
            let words = party.map_or(hit.words, |party| party.name.as_str());
            findings.refuse(Code::City, spot, words, what, EDIT);
        } else {
            let what = "this word is called like a city that fits, with a small letter";
            findings.hint(Code::City, spot, hit.words, what, LOOK);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_organisations_cover_what_is_in_them_alone() {
        let widespread = HashSet::from(["o_orange".to_owned()]);
        let named = [("o_orange", "Orange"), ("o_telekom", "Deutsche Telekom")];
        let parties = Parties::new(named.into_iter(), &widespread);
        let text = "Deutsche Telekom knew the deutsche law";
        let telekom = parties.around(text, &(0..8)).unwrap();
        assert!(telekom.name == "Deutsche Telekom" && !telekom.widespread);
        assert!(parties.around(text, &(26..34)).is_none(), "elsewhere");
        for id_or_name in ["Orange", "o_orange"] {
            let end = id_or_name.len();
            assert!(parties.around(id_or_name, &(end - 6..end)).unwrap().widespread, "{id_or_name}");
        }
        assert!(parties.around("orange", &(0..6)).is_none());
    }

    #[test]
    fn vendors_of_a_country_are_told_from_its_bodies() {
        let of_vendor = |text: &str, words: &str| {
            let start = text.find(words).unwrap();
            is_of_a_vendor(text, &(start..start + words.len()))
        };
        for (text, words) in [
            ("the German vendor", "German"),
            ("a German software company", "German"),
            ("a Germany-based start-up", "Germany"),
            ("le fournisseur allemand", "allemand"),
            ("der deutsche Hersteller", "deutsche"),
            ("firma niemiecka", "niemiecka"),
        ] {
            assert!(of_vendor(text, words), "{text}");
        }
        for (text, words) in [
            ("the German municipal company", "German"),
            ("under German law", "German"),
            ("It was German. Vendor and city agreed", "German"),
            ("with the vendor. German law", "German"),
            ("It is German", "German"),
        ] {
            assert!(!of_vendor(text, words), "{text}");
        }
    }
}
