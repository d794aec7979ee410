//! Names that would tell a place that is not to be named: its own, those of its bodies, and where nobody knows it any more those of every
//! place that it may be (protection.md section 5).

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::{
    cases::document::{Place, Scope},
    ids::OrganisationId,
    organisations::Organisation,
    places::{City, Country, CountryWords, Gazetteer, SizeClass, hosts_of_countries},
    text::{Names, fold, fold_name},
};

/// Shorter names are too common among other words to tell whose a body is.
const SHORTEST: usize = 4;

/// Looks for all words for these countries as well, by their two letters, and for addresses below their domains: where only the continent is
/// public, they tell the place.
pub(crate) fn telling_countries(names: Names, countries: Vec<String>) -> Names {
    if countries.is_empty() {
        return names;
    }
    let is_told = move |code: &str| countries.iter().any(|country| country == code);
    names.with_places(move |text| {
        let mut found = CountryWords::embedded().find(text, &is_told);
        found.extend(hosts_of_countries(text, &is_told));
        found
    })
}

/// The names of these places, and of the records that are of the public side, that bear the name of one of the places, or whose owner does.
/// Places of which `may_occur` says that they do not are passed over; their bodies are not.
pub(crate) fn telling_names<P: AsRef<str>>(
    places: &[P],
    records: &[&Organisation],
    is_public: impl Fn(&OrganisationId) -> bool,
    may_occur: impl Fn(&str) -> bool,
) -> Names {
    let mut names = Names::none();
    places.iter().map(AsRef::as_ref).filter(|place| may_occur(place)).for_each(|place| names.add_place(place));
    let folded: HashSet<String> =
        places.iter().map(|place| fold_name(place.as_ref())).filter(|place| place.len() >= SHORTEST).collect();
    let longest = folded.iter().map(|place| place.split(' ').count()).max().unwrap_or(0);
    let bears = |record: &Organisation| {
        record.names.iter().any(|name| {
            let name = fold_name(&name.name);
            let words: Vec<&str> = name.split(' ').collect();
            (1..=longest).any(|length| words.windows(length).any(|part| folded.contains(&part.join(" "))))
        })
    };
    let by_id: HashMap<&OrganisationId, &Organisation> = records.iter().map(|record| (&record.id, *record)).collect();
    let owner_bears = |record: &Organisation| {
        let owner = record.parent.as_ref().and_then(|id| by_id.get(id));
        owner.is_some_and(|owner| bears(owner))
    };
    for record in records.iter().filter(|record| is_public(&record.id) || bears(record) || owner_bears(record)) {
        record.names.iter().for_each(|name| names.add_body(&name.name));
    }
    names
}

/// The names of everything that a place which is not named may be: of every fitting city in all its forms, and where only the continent is
/// public of every country there.
pub(crate) fn possible_names(place: &Place, gazetteer: &Gazetteer) -> Vec<&'static str> {
    let (class, countries, mut names) = match place {
        // The country is public, and nothing smaller is meant.
        Place::Named { .. } | Place::SizeClass { scope: Scope::Nation, .. } => return Vec::new(),
        Place::SizeClass { countries, size_class, .. } => {
            let known = countries.iter().filter_map(|code| gazetteer.country(code.as_str()));
            (size_class, known.collect::<Vec<&Country>>(), Vec::new())
        }
        Place::Region { continent, size_class, .. } => {
            let there = gazetteer.countries().into_iter().filter(|country| country.continent.code() == continent);
            let there: Vec<&Country> = there.collect();
            let names = there.iter().map(|country| country.name).collect();
            (size_class, there, names)
        }
    };
    let class: Option<SizeClass> = class.as_ref().and_then(|class| class.as_str().parse().ok());
    let classes = SizeClass::ALL.into_iter().filter(|other| class.is_none_or(|class| class == *other));
    for class in classes {
        let cities: Vec<City> = countries.iter().flat_map(|country| gazetteer.cities(country.iso2, class)).collect();
        names.extend(cities.iter().flat_map(City::names));
    }
    names
}

/// The countries, by two letters, of which a place that nobody knows any more may be: where only the continent is public, all of it.
pub(crate) fn possible_countries(place: &Place, gazetteer: &Gazetteer) -> Vec<String> {
    let Place::Region { continent, .. } = place else { return Vec::new() };
    let there = gazetteer.countries().into_iter().filter(|country| country.continent.code() == continent);
    there.map(|country| country.iso2.to_owned()).collect()
}

/// The words of some texts: most names of a continent's cities can be passed over at once.
pub(crate) struct Words(BTreeSet<String>);

impl Words {
    /// The words of these texts.
    pub(crate) fn of<'t>(texts: impl IntoIterator<Item = &'t str>) -> Self {
        Self(texts.into_iter().flat_map(words).map(fold).collect())
    }

    /// Whether some word begins as the name does, whatever its ending.
    pub(crate) fn may_hold(&self, name: &str) -> bool {
        const LEAST: usize = 3;
        let Some(first) = words(name).next().map(fold) else { return true };
        let stem = first.strip_suffix("en").filter(|stem| stem.chars().count() >= LEAST).unwrap_or(&first);
        let letters = stem.chars().count();
        let stem: String = stem.chars().take(if letters > LEAST { letters - 1 } else { letters }).collect();
        let unspaced = !stem.is_ascii();
        unspaced || self.0.range(stem.clone()..).next().is_some_and(|word| word.starts_with(&stem))
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_looked_for_where_a_word_begins_as_it_does() {
        let words = Words::of(["In Dresdner Straßen, bei den Kölnern"]);
        assert!(words.may_hold("Dresden") && words.may_hold("Köln"));
        assert!(!words.may_hold("Marseille") && words.may_hold("東京"));
    }

    #[test]
    fn a_place_on_a_continent_may_be_any_of_its_cities_of_that_size_under_any_name() {
        let place = serde_json::json!({"disclosure": "region", "scope": "municipality", "continent": "EU", "size_class": "500k_1500k"});
        let names = possible_names(&serde_json::from_value(place).unwrap(), &Gazetteer::embedded());
        assert!(names.contains(&"Cologne") && names.contains(&"Marseille") && names.contains(&"Germany"));
        assert!(!names.contains(&"Chicago") && !names.contains(&"Berlin"));
    }

    #[test]
    fn a_place_on_a_continent_may_lie_in_any_of_its_countries() {
        let of = |place: serde_json::Value| {
            let place = serde_json::from_value(place).unwrap();
            telling_countries(Names::none(), possible_countries(&place, &Gazetteer::embedded()))
        };
        let told = |text: &str, names: &Names| !crate::text::marks(text, names).is_empty();
        let continent = of(serde_json::json!({"disclosure": "region", "scope": "facility", "continent": "EU"}));
        assert!(told("nach niederländischem Recht", &continent) && told("as it was in France", &continent));
        assert!(!told("as the Chinese law has it", &continent));
        assert!(
            told("as »WWW.Office.Example.NL« says", &continent) && told("see https://a.example.co.uk/x", &continent)
        );
        assert!(!told("see www.office.example.cn and https://youtu.be/x", &continent));
        let country = of(serde_json::json!({"disclosure": "size_class", "scope": "facility", "countries": ["NL"]}));
        assert!(!told("under Dutch law, see www.office.example.nl", &country), "the country is public");
    }
}
