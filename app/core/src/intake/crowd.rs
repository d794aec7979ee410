//! How many cities fit what readers would learn of the place (S13). It is a figure to weigh, and never called anonymity.

use super::answers::Answers;
use crate::{
    cases::document::Disclosure,
    places::{Gazetteer, Precision, SizeClass},
};

/// The cities among which the place would stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crowd {
    /// English name of the country or continent that readers would learn.
    pub whereabouts: &'static str,
    /// The size that readers would learn.
    pub class: SizeClass,
    /// How many cities of the gazetteer fit.
    pub cities: usize,
    /// The coarser level that is advised where few fit.
    pub advice: Option<Disclosure>,
}

/// The crowd for what was answered so far; `None` where the place is named, is no municipality, or is not told yet.
#[must_use]
pub fn crowd(answers: &Answers, level: Disclosure, gazetteer: &Gazetteer) -> Option<Crowd> {
    if answers.first("scope") != "municipality" {
        return None;
    }
    let country = gazetteer.country(answers.first("country").trim())?;
    let class = class(answers, country.iso2, gazetteer)?;
    let (whereabouts, cities, precision) = match level {
        Disclosure::Named => return None,
        Disclosure::SizeClass => (country.name, gazetteer.count(country.iso2, class), Precision::SizeClass),
        Disclosure::Region => {
            (country.continent.name(), gazetteer.count_in_continent(country.continent, class), Precision::Region)
        }
    };
    let advice = precision.advice(cities).map(|_| Disclosure::Region);
    Some(Crowd { whereabouts, class, cities, advice })
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
        let answers: Answers = place.iter().chain(pairs).copied().collect();
        crowd(&answers, level, &Gazetteer::embedded())
    }

    // S13: the contributor is told how many cities of the gazetteer fit.
    #[test]
    fn the_crowd_is_counted_in_the_country_or_on_the_continent() {
        let country = of(&[("city", "Duisburg")], Disclosure::SizeClass).unwrap();
        assert_eq!((country.whereabouts, country.class), ("Germany", SizeClass::From500kTo1500k));
        assert!((5..20).contains(&country.cities) && country.advice.is_none());
        let continent = of(&[("city", "Duisburg")], Disclosure::Region).unwrap();
        assert!(continent.whereabouts == "Europe" && continent.cities > country.cities);
    }

    #[test]
    fn a_small_crowd_is_advised_to_hide_in_a_larger_one() {
        let berlin = of(&[("size_class", "over_1500k")], Disclosure::SizeClass).unwrap();
        assert_eq!((berlin.cities < 5, berlin.advice), (true, Some(Disclosure::Region)));
    }

    #[test]
    fn there_is_no_crowd_where_the_place_is_named_or_unknown() {
        assert_eq!(of(&[("city", "Duisburg")], Disclosure::Named), None);
        assert_eq!(of(&[], Disclosure::SizeClass), None);
        assert_eq!(of(&[("scope", "nation")], Disclosure::SizeClass), None);
    }
}
