//! How many cities fit what readers would learn of the place (S13). It is a figure to weigh, and never called anonymity.

use super::answers::Answers;
use crate::{
    cases::document::{Disclosure, Document, Place, Scope, Value},
    places::{Continent, Country, Gazetteer, Precision, SizeClass},
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

/// A city that is a state of its country, a code of `public_body_type`.
const CITY_STATE: &str = "city_state";

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
    let is_city_state = answers.all("public_body_type").iter().any(|code| code == CITY_STATE);
    let whereabouts = match level {
        Disclosure::Named => return None,
        Disclosure::SizeClass => Whereabouts::Countries(countries),
        // Of several continents readers learn one, as the document has it.
        Disclosure::Region => Whereabouts::Continent(countries.iter().map(|country| country.continent).min()?),
    };
    Some(Told { whereabouts, class, is_city_state }.crowd(gazetteer))
}

/// The crowd of a document as it would be published; `None` where it names its place, or is about a whole nation.
#[must_use]
pub fn crowd_of(document: &Document, gazetteer: &Gazetteer) -> Option<Crowd> {
    if document.place.scope() == Scope::Nation {
        return None;
    }
    let (whereabouts, class) = match &document.place {
        Place::Named { .. } => return None,
        Place::SizeClass { countries, size_class, .. } => {
            let known = countries.iter().filter_map(|code| gazetteer.country(code.as_str()));
            (Whereabouts::Countries(known.collect()), size_class)
        }
        Place::Region { continent, size_class, .. } => {
            (Whereabouts::Continent(Continent::from_code(continent)?), size_class)
        }
    };
    let class = class.as_ref().and_then(|class| class.as_str().parse().ok());
    Some(Told { whereabouts, class, is_city_state: speaks_of_a_city_state(document) }.crowd(gazetteer))
}

/// Whether a city state stands in the head of a document, among those who took part, or in what is stated.
fn speaks_of_a_city_state(document: &Document) -> bool {
    let of_head = match &document.place {
        Place::Named { .. } => None,
        Place::SizeClass { body_type, .. } | Place::Region { body_type, .. } => body_type.as_ref(),
    };
    let involved = document.involvements.iter().filter_map(|part| part.body_type.as_ref());
    let stated = document.statements.iter().flat_map(|said| said.value.iter().chain(said.qualifiers.values()));
    let stated = stated.filter_map(|value| match value {
        Value::Code { code, .. } => Some(code),
        Value::BodyType { body_type } => Some(body_type),
        _ => None,
    });
    of_head.into_iter().chain(involved).chain(stated).any(|code| code.as_str() == CITY_STATE)
}

/// What readers would learn of a place that is not named.
struct Told<'g> {
    whereabouts: Whereabouts<'g>,
    class: Option<SizeClass>,
    is_city_state: bool,
}

enum Whereabouts<'g> {
    Countries(Vec<&'g Country>),
    Continent(Continent),
}

impl Told<'_> {
    fn crowd(&self, gazetteer: &Gazetteer) -> Crowd {
        let classes = self.class.map_or_else(|| SizeClass::ALL.to_vec(), |class| vec![class]);
        let in_country =
            |country: &Country| -> usize { classes.iter().map(|class| gazetteer.count(country.iso2, *class)).sum() };
        let (whereabouts, cities, precision): (String, usize, Precision) = match &self.whereabouts {
            Whereabouts::Countries(countries) => {
                let names: Vec<&str> = countries.iter().map(|country| country.name).collect();
                let cities = countries.iter().map(|country| in_country(country)).sum();
                (names.join(", "), cities, Precision::SizeClass)
            }
            Whereabouts::Continent(continent) => {
                let cities = classes.iter().map(|class| gazetteer.count_in_continent(*continent, *class)).sum();
                (continent.name().to_owned(), cities, Precision::Region)
            }
        };
        let is_few = precision.advice(cities).is_some();
        let state = self.is_city_state && precision == Precision::SizeClass;
        let advice = if is_few { Some(Advice::FewCities) } else { state.then_some(Advice::CityState) };
        Crowd { whereabouts, class: self.class, cities, advice }
    }
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

    // S13: moderators see of the document what the form said of the answers.
    #[test]
    fn a_document_stands_among_the_same_cities_as_the_answers_that_made_it() {
        let of = |place: serde_json::Value, involvements: serde_json::Value| {
            let document = serde_json::json!({"schema": 1, "vocabulary": "0.1", "id": "7K2MQX4T", "revision": 1,
                "published": "2026-Q4", "revised": "2026-Q4", "coder": "mo", "kind": "agreement",
                "title": {"text": "Words", "lang": "en"}, "place": place, "involvements": involvements});
            crowd_of(&serde_json::from_value(document).unwrap(), &Gazetteer::embedded())
        };
        let place = |scope: &str, countries: &[&str], body_type: &str| {
            let body_type = (!body_type.is_empty()).then_some(body_type);
            serde_json::json!({"disclosure": "size_class", "scope": scope, "countries": countries, "body_type": body_type})
        };
        let none = || serde_json::json!([]);
        let luxembourg = of(place("facility", &["LU"], ""), none()).unwrap();
        assert_eq!((luxembourg.cities, luxembourg.advice), (3, Some(Advice::FewCities)));
        assert_eq!(of(place("facility", &["DE"], ""), none()).unwrap().advice, None);
        assert_eq!(of(place("several", &["DE"], "city_state"), none()).unwrap().advice, Some(Advice::CityState));
        assert_eq!(of(place("nation", &["LU"], ""), none()), None);
        let involved = serde_json::json!([{"id": "i1", "body_type": "city_state", "role": "research_partner",
            "status": "stated", "confidence": "possible", "rank": "normal"}]);
        let city = serde_json::json!({"disclosure": "size_class", "scope": "municipality", "countries": ["DE"],
            "size_class": "500k_1500k"});
        assert_eq!(of(city.clone(), none()).unwrap().advice, None);
        let state = of(city, involved.clone()).unwrap();
        assert_eq!((state.class, state.advice), (Some(SizeClass::From500kTo1500k), Some(Advice::CityState)));
        let europe = serde_json::json!({"disclosure": "region", "scope": "facility", "continent": "EU"});
        let europe = of(europe, involved).unwrap();
        assert_eq!((europe.whereabouts.as_str(), europe.advice), ("Europe", None));
    }
}
