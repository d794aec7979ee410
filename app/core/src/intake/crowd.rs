//! How many cities fit what readers would learn of the place (S13). It is a figure to weigh, and never called anonymity.

use super::answers::Answers;
use crate::{
    cases::document::{Disclosure, Scope},
    places::{Country, Gazetteer, Precision, SizeClass},
};

/// The cities among which the place would stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crowd {
    /// English names of the countries, or of the continent, that readers would learn.
    pub whereabouts: String,
    /// The size that readers would learn; none of what is no municipality: a facility or a region lies in or near a city of any size.
    pub class: Option<SizeClass>,
    /// How many cities of the gazetteer fit.
    pub cities: usize,
    /// Why the coarser level is advised, if it is.
    pub advice: Option<Advice>,
}

/// Why it is advised to tell the continent in place of the country. The same refuses a release (decision 0036).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Advice {
    /// Few cities fit.
    FewCities,
    /// The body is a city state, and few cities of a country are.
    CityState,
}

/// The crowd for what was answered so far; `None` where the place is named, is a whole nation, or is not told yet.
#[must_use]
pub fn crowd(answers: &Answers, level: Disclosure, gazetteer: &Gazetteer) -> Option<Crowd> {
    let scope: Scope = answers.first("scope").parse().ok()?;
    if scope == Scope::Nation {
        return None;
    }
    let countries = countries(answers, gazetteer);
    let first = countries.first()?;
    let class = if scope == Scope::Municipality { Some(class(answers, first.iso2, gazetteer)?) } else { None };
    let classes = class.map_or_else(|| SizeClass::ALL.to_vec(), |class| vec![class]);
    let (whereabouts, cities, precision) = match level {
        Disclosure::Named => return None,
        Disclosure::SizeClass => {
            let in_country = |country: &&Country| -> usize {
                classes.iter().map(|class| gazetteer.count(country.iso2, *class)).sum()
            };
            let names: Vec<&str> = countries.iter().map(|country| country.name).collect();
            (names.join(", "), countries.iter().map(in_country).sum(), Precision::SizeClass)
        }
        Disclosure::Region => {
            // Of several continents readers learn one, as the document has it.
            let continent = countries.iter().map(|country| country.continent).min()?;
            let cities = classes.iter().map(|class| gazetteer.count_in_continent(continent, *class)).sum();
            (continent.name().to_owned(), cities, Precision::Region)
        }
    };
    Some(Crowd { whereabouts, class, cities, advice: advice(answers, precision, cities) })
}

fn advice(answers: &Answers, precision: Precision, cities: usize) -> Option<Advice> {
    if precision.advice(cities).is_some() {
        return Some(Advice::FewCities);
    }
    let is_state = answers.all("public_body_type").iter().any(|code| code == "city_state");
    (is_state && precision == Precision::SizeClass).then_some(Advice::CityState)
}

/// The countries that were chosen, each once.
fn countries<'g>(answers: &Answers, gazetteer: &'g Gazetteer) -> Vec<&'g Country> {
    let mut countries: Vec<&Country> = Vec::new();
    for country in answers.all("country").iter().filter_map(|code| gazetteer.country(code.trim())) {
        if countries.iter().all(|known| known.iso2 != country.iso2) {
            countries.push(country);
        }
    }
    countries
}

/// The size of the city that was typed, where it is known, or else the size that was chosen.
fn class(answers: &Answers, country: &str, gazetteer: &Gazetteer) -> Option<SizeClass> {
    let found = gazetteer.find(answers.first("city"), Some(country));
    let chosen = answers.first("city.geonames");
    let city = match found.as_slice() {
        [city] => Some(city),
        several => several.iter().find(|city| city.id.to_string() == chosen),
    };
    let known = city.filter(|city| city.population > 0).map(|city| city.size_class());
    known.or_else(|| answers.first("size_class").parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(pairs: &[(&str, &str)], level: Disclosure) -> Option<Crowd> {
        let place = [("scope", "municipality"), ("country", "DE")];
        let place = place.iter().filter(|(name, _)| pairs.iter().all(|(other, _)| other != name));
        let answers: Answers = place.chain(pairs).copied().collect();
        crowd(&answers, level, &Gazetteer::embedded())
    }

    // S13: the contributor is told how many cities of the gazetteer fit.
    #[test]
    fn the_crowd_is_counted_in_the_country_or_on_the_continent() {
        let country = of(&[("city", "Duisburg")], Disclosure::SizeClass).unwrap();
        assert_eq!((country.whereabouts.as_str(), country.class), ("Germany", Some(SizeClass::From500kTo1500k)));
        assert!((5..20).contains(&country.cities) && country.advice.is_none());
        let continent = of(&[("city", "Duisburg")], Disclosure::Region).unwrap();
        assert!(continent.whereabouts == "Europe" && continent.cities > country.cities);
    }

    #[test]
    fn a_small_crowd_is_advised_to_hide_in_a_larger_one() {
        let berlin = of(&[("size_class", "over_1500k")], Disclosure::SizeClass).unwrap();
        assert_eq!((berlin.cities < 5, berlin.advice), (true, Some(Advice::FewCities)));
        let bremen = of(&[("city", "Bremen"), ("public_body_type", "city_state")], Disclosure::SizeClass).unwrap();
        assert_eq!((bremen.cities < 5, bremen.advice), (false, Some(Advice::CityState)));
        let continent = of(&[("city", "Bremen"), ("public_body_type", "city_state")], Disclosure::Region).unwrap();
        assert_eq!(continent.advice, None, "nothing coarser exists");
    }

    // S13: an airport in a country of few cities is as good as named, and refuses a release (decision 0036).
    #[test]
    fn what_is_no_municipality_stands_among_all_cities_of_its_countries() {
        for scope in ["facility", "region", "several"] {
            let monaco = of(&[("scope", scope), ("country", "MC")], Disclosure::SizeClass).unwrap();
            assert_eq!((monaco.whereabouts.as_str(), monaco.cities, monaco.class), ("Monaco", 1, None));
            assert_eq!(monaco.advice, Some(Advice::FewCities), "{scope}");
            let germany = of(&[("scope", scope)], Disclosure::SizeClass).unwrap();
            assert!(germany.cities > 500 && germany.advice.is_none(), "{scope}: {}", germany.cities);
            let europe = of(&[("scope", scope), ("country", "MC")], Disclosure::Region).unwrap();
            assert!(europe.whereabouts == "Europe" && europe.cities > germany.cities && europe.advice.is_none());
            assert_eq!(of(&[("scope", scope), ("country", "MC")], Disclosure::Named), None);
        }
        let both = [("scope", "several"), ("country", "MC"), ("country", "LU"), ("country", "MC")];
        let both = crowd(&both.into_iter().collect(), Disclosure::SizeClass, &Gazetteer::embedded()).unwrap();
        assert_eq!((both.whereabouts.as_str(), both.cities), ("Monaco, Luxembourg", 4));
    }

    #[test]
    fn there_is_no_crowd_where_the_place_is_named_or_unknown() {
        assert_eq!(of(&[("city", "Duisburg")], Disclosure::Named), None);
        assert_eq!(of(&[], Disclosure::SizeClass), None);
        assert_eq!(of(&[("scope", "nation")], Disclosure::SizeClass), None);
    }
}
