//! The gazetteer: finds cities by any of their names, and counts how many fit a description.

use std::{
    collections::HashMap,
    sync::{Arc, LazyLock, OnceLock},
};

use super::{
    Continent, Country, SizeClass,
    cities::{self, City, Row},
    countries,
};
use crate::text::{fold_name, fold_name_into};

static CITIES: &str = include_str!("../../../../config/places/cities.csv");
static COUNTRIES: &str = include_str!("../../../../config/places/countries.csv");

static EMBEDDED: LazyLock<Arc<Gazetteer>> = LazyLock::new(|| Arc::new(Gazetteer::read(CITIES, COUNTRIES)));

/// Whom the about page and the exports name as the source of cities, countries and populations.
pub const ATTRIBUTION: &str =
    "Cities, countries and populations: GeoNames (https://www.geonames.org/), CC BY 4.0, as packaged";

/// The table holds cities from this population up, so counts of the smallest class begin here.
pub const LEAST_POPULATION: u64 = 15_000;

/// Cities and countries.
#[derive(Debug)]
pub struct Gazetteer {
    text: &'static str,
    /// By id.
    rows: Vec<Row>,
    /// By `iso2`.
    countries: Vec<Country>,
    /// How many cities of each size class a country has.
    counts: HashMap<[u8; 2], [usize; 5]>,
    /// Hash of a folded name, and the row that bears it; in order. Made when a name is first looked for.
    names: OnceLock<Vec<(u32, u32)>>,
}

impl Gazetteer {
    /// The gazetteer that is part of the program, read once.
    #[must_use]
    pub fn embedded() -> Arc<Self> {
        Arc::clone(&EMBEDDED)
    }

    fn read(cities: &'static str, countries: &'static str) -> Self {
        let rows = cities::parse(cities);
        let mut counts: HashMap<[u8; 2], [usize; 5]> = HashMap::new();
        for row in rows.iter().filter(|row| row.population > 0) {
            counts.entry(row.country).or_default()[SizeClass::of(u64::from(row.population)) as usize] += 1;
        }
        Self { text: cities, rows, countries: countries::parse(countries), counts, names: OnceLock::new() }
    }

    /// The cities that bear a name, the likeliest first: those that are called so, spelled so; then those called so but for case, umlauts and
    /// diacritics; then those that have it among their other names; within each, the larger first.
    ///
    /// `Köln`, `Koln`, `Koeln` and `Cologne` all find Cologne. A division or a country may follow after a comma, `Springfield, Illinois`;
    /// `country` is an ISO code of two letters and leaves out all others.
    #[must_use]
    pub fn find(&self, name: &str, country: Option<&str>) -> Vec<City> {
        let found = self.called(name, country);
        if !found.is_empty() {
            return found;
        }
        let Some((name, whereabouts)) = name.rsplit_once(',') else { return found };
        let whereabouts = fold_name(whereabouts);
        let mut found = self.called(name, country);
        found.retain(|city| {
            let country = self.country(city.country);
            let named = [city.division, Some(city.country), country.map(|country| country.name)];
            named.into_iter().flatten().any(|name| fold_name(name) == whereabouts)
        });
        found
    }

    /// Whether some city bears a name, as [`Self::find`] compares them.
    #[must_use]
    pub fn knows(&self, name: &str) -> bool {
        !self.called(name, None).is_empty()
    }

    fn called(&self, name: &str, country: Option<&str>) -> Vec<City> {
        let wanted = fold_name(name);
        if wanted.is_empty() {
            return Vec::new();
        }
        let names = self.names.get_or_init(|| self.index());
        let hash = hash(&wanted);
        let begin = names.partition_point(|(other, _)| *other < hash);
        let rows = names[begin..].iter().take_while(|(other, _)| *other == hash).map(|(_, row)| *row);
        let cities = rows.filter_map(|row| self.city_at(self.rows.get(row as usize)?));
        let mut found: Vec<(u8, City)> = cities
            .filter(|city| country.is_none_or(|country| country.eq_ignore_ascii_case(city.country)))
            .filter_map(|city| Some((likeness(&city, name.trim(), &wanted)?, city)))
            .collect();
        found.sort_by_key(|(likeness, city)| (*likeness, std::cmp::Reverse(city.population), city.id));
        found.into_iter().map(|(_, city)| city).collect()
    }

    /// Hashes every name of every city: some two hundred thousand.
    fn index(&self) -> Vec<(u32, u32)> {
        let mut names = Vec::with_capacity(self.rows.len() * 7);
        let mut folded = String::new();
        for (number, row) in (0u32..).zip(&self.rows) {
            let first = names.len();
            for name in self.city_at(row).iter().flat_map(City::names) {
                fold_name_into(name, &mut folded);
                names.push((hash(&folded), number));
            }
            names[first..].sort_unstable();
        }
        names.sort_unstable();
        names.dedup();
        names.shrink_to_fit();
        names
    }

    /// The city with a GeoNames id.
    #[must_use]
    pub fn city(&self, geonames_id: u32) -> Option<City> {
        let at = self.rows.binary_search_by_key(&geonames_id, |row| row.id).ok()?;
        self.city_at(self.rows.get(at)?)
    }

    /// Every city of a class in a country, for looking whether a text names one of them.
    pub fn cities(&self, country: &str, class: SizeClass) -> impl Iterator<Item = City> {
        let country = country.to_ascii_uppercase();
        self.rows
            .iter()
            .filter(move |row| row.country == country.as_bytes() && SizeClass::of(u64::from(row.population)) == class)
            .filter_map(|row| self.city_at(row))
    }

    fn city_at(&self, row: &Row) -> Option<City> {
        cities::city(self.text.get(row.at as usize..)?.lines().next()?)
    }

    /// The country with an ISO code of two letters.
    #[must_use]
    pub fn country(&self, iso2: &str) -> Option<&Country> {
        let iso2 = iso2.to_ascii_uppercase();
        let at = self.countries.binary_search_by(|country| country.iso2.cmp(&iso2)).ok()?;
        self.countries.get(at)
    }

    /// All countries by their English names, without regard to diacritics.
    #[must_use]
    pub fn countries(&self) -> Vec<&Country> {
        let mut countries: Vec<&Country> = self.countries.iter().collect();
        countries.sort_by_cached_key(|country| fold_name(country.name));
        countries
    }

    /// How many cities of a country are of a class.
    #[must_use]
    pub fn count(&self, country: &str, class: SizeClass) -> usize {
        let Ok(country) = <[u8; 2]>::try_from(country.to_ascii_uppercase().as_bytes()) else { return 0 };
        self.counts.get(&country).map_or(0, |counts| counts[class as usize])
    }

    /// How many cities of a continent are of a class.
    #[must_use]
    pub fn count_in_continent(&self, continent: Continent, class: SizeClass) -> usize {
        let countries = self.countries.iter().filter(|country| country.continent == continent);
        countries.map(|country| self.count(country.iso2, class)).sum()
    }
}

/// How well a city fits a name: 0 its name to the letter, 1 its name, 2 one of its other names.
fn likeness(city: &City, name: &str, folded: &str) -> Option<u8> {
    if city.name == name {
        Some(0)
    } else if fold_name(city.name) == folded {
        Some(1)
    } else {
        city.other_names().any(|other| fold_name(other) == folded).then_some(2)
    }
}

/// FNV-1a, 32 bits: quick, and the same in every process. What it finds is compared again.
fn hash(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
#[path = "gazetteer_tests.rs"]
mod tests;
