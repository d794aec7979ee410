//! The cities among which a place stands, as far as the files tell it, and whether words name one of them.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    ops::Range,
    rc::Rc,
    sync::{Arc, LazyLock},
};

use regex::Regex;

use crate::{
    places::{City, Continent, CountryWords, Gazetteer, Precision, SizeClass, hosts_of_countries},
    text::{Names, fold_name, marks},
};

/// What the files tell of a place that is not named.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Told {
    /// Whether the country is public, or the continent alone.
    pub(super) level: Precision,
    /// The countries; where only the continent is public, its two letters.
    pub(super) whereabouts: Vec<String>,
    /// The size; none where the case is not about one municipality.
    pub(super) class: Option<SizeClass>,
}

/// A stretch of a text that is called like a city.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Hit<'t> {
    pub(super) start: usize,
    pub(super) words: &'t str,
    /// Whether it is surely meant as a name: with a capital, or in an address.
    pub(super) sure: bool,
}

impl Hit<'_> {
    /// Where it stands, in bytes.
    pub(super) fn stretch(&self) -> Range<usize> {
        self.start..self.start + self.words.len()
    }
}

/// The cities that fit.
pub(super) struct Crowd {
    told: Told,
    fitting: Vec<City>,
    near: Names,
    /// Folded names of those near, without spaces, of six letters and more.
    glued: HashSet<String>,
    others: Names,
    /// The countries that may not be told.
    countries: HashSet<String>,
    /// The languages of each country in which one of the cities lies.
    languages: HashMap<String, HashSet<String>>,
    /// Where the countries are public: their languages but for the first of each.
    further: HashSet<String>,
}

/// The crowds that were asked for, each made once, in an order that is the same each time.
pub(super) struct Crowds {
    gazetteer: Arc<Gazetteer>,
    made: BTreeMap<Told, Rc<Crowd>>,
}

impl Crowds {
    pub(super) fn new(gazetteer: Arc<Gazetteer>) -> Self {
        Self { gazetteer, made: BTreeMap::new() }
    }

    /// Those that were asked for so far.
    pub(super) fn all(&self) -> impl Iterator<Item = &Crowd> {
        self.made.values().map(|crowd| &**crowd)
    }

    /// The crowd of a place.
    pub(super) fn of(&mut self, told: Told) -> Rc<Crowd> {
        if let Some(crowd) = self.made.get(&told) {
            return Rc::clone(crowd);
        }
        let crowd = Rc::new(Crowd::new(told.clone(), &self.gazetteer));
        self.made.insert(told, Rc::clone(&crowd));
        crowd
    }
}

impl Crowd {
    fn new(told: Told, gazetteer: &Gazetteer) -> Self {
        let countries = countries(&told, gazetteer);
        let all: Vec<City> = countries
            .iter()
            .flat_map(|country| SizeClass::ALL.into_iter().map(move |class| (country, class)))
            .flat_map(|(country, class)| gazetteer.cities(country, class))
            .collect();
        // Without a size every city fits; a population of nought is not known.
        let fits = |city: &City| told.class.is_none_or(|class| city.population > 0 && city.size_class() == class);
        let is_near = |city: &City| told.class.is_none_or(|class| near(class, city.population));
        let (near, others): (Vec<City>, Vec<City>) = all.iter().copied().partition(is_near);
        let glued = near.iter().flat_map(names).map(|name| name.replace(' ', ""));
        let glued = glued.filter(|name| name.chars().count() >= GLUED).collect();
        // A large city of a continent tells its country. Of the small ones too many are called like other words.
        let is_told = |city: &&City| told.level == Precision::SizeClass || city.population >= LARGE;
        let forbidden = if told.level == Precision::Region { countries.as_slice() } else { &[] };
        Self {
            fitting: all.iter().copied().filter(fits).collect(),
            near: finder(near.iter().flat_map(names).collect()),
            glued,
            others: finder(others.iter().filter(is_told).flat_map(names).collect()),
            countries: forbidden.iter().cloned().collect(),
            languages: countries.iter().filter_map(|code| Some((code.clone(), languages(gazetteer, code)?))).collect(),
            further: if told.level == Precision::SizeClass { further(gazetteer, &countries) } else { HashSet::new() },
            told,
        }
    }

    /// How many cities fit what is told.
    pub(super) fn count(&self) -> usize {
        self.fitting.len()
    }

    /// How many of them lie in a country where a language is one of the first. English is written everywhere: `None`, as where the country is
    /// public anyway.
    pub(super) fn count_speaking(&self, tag: &str) -> Option<usize> {
        let language = first_part(tag);
        if self.told.level != Precision::Region || language == "en" {
            return None;
        }
        let speaks = |city: &&City| self.languages.get(city.country).is_some_and(|known| known.contains(&language));
        Some(self.fitting.iter().filter(speaks).count())
    }

    /// Whether a language is at home in a part of the country that is told. English is written everywhere.
    pub(super) fn is_of_a_part(&self, tag: &str) -> bool {
        let language = first_part(tag);
        language != "en" && self.further.contains(&language)
    }

    /// How many of them have between so many inhabitants and so many.
    pub(super) fn count_between(&self, least: u64, most: u64) -> usize {
        self.fitting.iter().filter(|city| (least..=most).contains(&city.population)).count()
    }

    /// Whether a number of inhabitants may be one of the size that is told.
    pub(super) fn may_have(&self, inhabitants: u64) -> bool {
        self.told.class.is_none_or(|class| near(class, inhabitants))
    }

    /// What is called like one of the cities that fit.
    pub(super) fn cities_in<'t>(&self, text: &'t str) -> Vec<Hit<'t>> {
        let mut hits = self.addresses_in(text);
        let sure = marks::cities(text, &self.near);
        hits.extend(sure.iter().map(|mark| Hit { start: mark.start, words: mark.words(text), sure: true }));
        let all_small = !text.chars().any(char::is_uppercase);
        for mark in marks::cities(&with_capitals(text), &self.near) {
            if sure.iter().any(|other| other.start < mark.end && mark.start < other.end) {
                continue;
            }
            let words = mark.words(text);
            let begins = text.get(..mark.start).unwrap_or_default().trim_end();
            let begins = begins.is_empty() || begins.ends_with(['.', '!', '?', ':', '*', '#', '>']);
            let named = words.starts_with(char::is_uppercase) && !begins;
            hits.push(Hit { start: mark.start, words, sure: all_small || named });
        }
        hits
    }

    /// Web addresses, hashtags and the like that hold the name of one of the cities that fit, in whatever letters.
    fn addresses_in<'t>(&self, text: &'t str) -> Vec<Hit<'t>> {
        let holds = |address: &str| {
            let folded = fold_name(&percent_encoding::percent_decode_str(address).decode_utf8_lossy());
            let glued = folded.replace(' ', "");
            !marks::cities(&with_capitals(&folded), &self.near).is_empty()
                || self.glued.iter().any(|name| glued.contains(name.as_str()))
        };
        let addresses = ADDRESS.find_iter(text).filter(|address| holds(address.as_str()));
        addresses.map(|address| Hit { start: address.start(), words: address.as_str(), sure: true }).collect()
    }

    /// What is called like another city of the country, or like a large one of the continent.
    pub(super) fn other_cities_in<'t>(&self, text: &'t str) -> Vec<&'t str> {
        marks::cities(text, &self.others).iter().map(|mark| mark.words(text)).collect()
    }

    /// Where a country that may not be told is named, or its people, language or law.
    pub(super) fn countries_in(&self, text: &str) -> Vec<Range<usize>> {
        if self.countries.is_empty() {
            return Vec::new();
        }
        CountryWords::embedded().find(text, |country| self.countries.contains(country))
    }

    /// Hosts below the domain of a country that may not be told.
    pub(super) fn hosts_in<'t>(&self, text: &'t str) -> Vec<&'t str> {
        if self.countries.is_empty() {
            return Vec::new();
        }
        let hosts = hosts_of_countries(text, |country| self.countries.contains(country));
        hosts.into_iter().filter_map(|stretch| text.get(stretch)).collect()
    }
}

/// So many inhabitants make a city that is known beyond its country.
const LARGE: u64 = 500_000;
/// A name of fewer letters is found in an address only where it stands for itself.
const GLUED: usize = 6;
/// Other names of fewer letters are codes of airports and the like.
const SHORTEST_OTHER: usize = 4;

/// What looks like an address: of the web, a host, a hashtag, an account.
static ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
    super::pattern(
        r#"(?i)(?:https?://|www\.)[^\s<>"]+|[#@][\p{L}\p{N}_]+|\b(?:[\p{L}\p{N}-]+\.)+[a-z]{2,10}\b(?:/[^\s<>"]*)?"#,
    )
});

fn countries(told: &Told, gazetteer: &Gazetteer) -> Vec<String> {
    if told.level != Precision::Region {
        return told.whereabouts.clone();
    }
    let continents: Vec<Continent> = told.whereabouts.iter().filter_map(|code| Continent::from_code(code)).collect();
    let inside = gazetteer.countries().into_iter().filter(|country| continents.contains(&country.continent));
    inside.map(|country| country.iso2.to_owned()).collect()
}

/// The languages of these countries but for the first of each.
fn further(gazetteer: &Gazetteer, countries: &[String]) -> HashSet<String> {
    let known: Vec<Vec<String>> = countries
        .iter()
        .filter_map(|code| Some(gazetteer.country(code)?.languages().map(first_part).collect()))
        .collect();
    let firsts: HashSet<&String> = known.iter().filter_map(|languages| languages.first()).collect();
    known.iter().flatten().filter(|language| !firsts.contains(language)).cloned().collect()
}

/// The first languages of a country.
fn languages(gazetteer: &Gazetteer, country: &str) -> Option<HashSet<String>> {
    /// Further ones are spoken by few.
    const FIRST: usize = 3;
    Some(gazetteer.country(country)?.languages().take(FIRST).map(first_part).collect())
}

/// The language of a BCP 47 tag, without script and country.
fn first_part(tag: &str) -> String {
    tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase()
}

/// Whether a population is of a class, or so near to one of its bounds that another count of the same city would be.
fn near(class: SizeClass, population: u64) -> bool {
    let (least, above) = class.bounds();
    population.saturating_mul(10) >= least.saturating_mul(9)
        && above.is_none_or(|above| population.saturating_mul(10) < above.saturating_mul(11))
}

/// The folded names of a city.
fn names(city: &City) -> Vec<String> {
    let others = city.other_names().filter(|name| name.chars().count() >= SHORTEST_OTHER);
    std::iter::once(city.name).chain(others).map(fold_name).collect()
}

/// Finds these folded names, as the preview of an account finds the cities of the gazetteer.
fn finder(names: HashSet<String>) -> Names {
    if names.is_empty() {
        Names::none()
    } else {
        Names::none().with_cities(move |words| names.contains(&fold_name(words)))
    }
}

/// The text with a capital at the beginning of each word, of the same length: so that names are found which were written small.
fn with_capitals(text: &str) -> String {
    let mut begins = true;
    let mut capitals = String::with_capacity(text.len());
    for c in text.chars() {
        let mut upper = c.to_uppercase();
        match (upper.next(), upper.next()) {
            (Some(capital), None) if begins && capital.len_utf8() == c.len_utf8() => capitals.push(capital),
            _ => capitals.push(c),
        }
        begins = !c.is_alphanumeric();
    }
    capitals
}

#[cfg(test)]
mod tests {
    use super::*;

    fn crowd(level: Precision, whereabouts: &str, class: SizeClass) -> Rc<Crowd> {
        Crowds::new(Gazetteer::embedded()).of(Told { level, whereabouts: vec![whereabouts.into()], class: Some(class) })
    }

    fn sure(crowd: &Crowd, text: &str) -> Vec<String> {
        crowd.cities_in(text).into_iter().filter(|hit| hit.sure).map(|hit| hit.words.to_owned()).collect()
    }

    #[test]
    fn a_city_is_found_in_whatever_letters_it_is_written() {
        let crowd = crowd(Precision::SizeClass, "DE", SizeClass::From500kTo1500k);
        assert!(crowd.count() >= 5, "{}", crowd.count());
        for text in [
            "The council of Duisburg agreed.",
            "They met in Duesseldorf, or Düsseldorf.",
            "the duisburg port was all they spoke of",
            "See www.stadt-duisburg.example/plan for more.",
            "Everybody knew it, #duisburgsmart was everywhere.",
            "It stands on rathaus.duisburg.example they say.",
            "The Duisburger council",
        ] {
            assert!(!sure(&crowd, text).is_empty(), "{text}");
        }
        for text in ["The council agreed to it.", "The vendor came from Shenzhen.", "See www.example.org/plan."] {
            assert_eq!(sure(&crowd, text), Vec::<String>::new(), "{text}");
        }
        assert_eq!(crowd.other_cities_in("As they did in Potsdam."), ["Potsdam"]);
    }

    #[test]
    fn a_word_with_small_letters_is_told_and_not_sure() {
        let crowd = crowd(Precision::SizeClass, "DE", SizeClass::From500kTo1500k);
        let hits = crowd.cities_in("They asked the duisburg people.");
        assert_eq!(hits, [Hit { start: 15, words: "duisburg", sure: false }]);
    }

    #[test]
    fn a_continent_holds_more_cities_and_hides_its_countries() {
        let crowd = crowd(Precision::Region, "EU", SizeClass::From500kTo1500k);
        assert!(crowd.count() > 30);
        let text = "It was in Finland, not in China.";
        let named: Vec<&str> = crowd.countries_in(text).into_iter().map(|stretch| &text[stretch]).collect();
        assert_eq!(named, ["Finland"]);
        assert!(crowd.count_speaking("fi").unwrap() < 5 && crowd.count_speaking("de").unwrap() >= 5);
        assert_eq!(crowd.count_speaking("en"), None);
        assert_eq!(crowd.other_cities_in("They went to Berlin and to Potsdam."), ["Berlin"]);
        let told = crowd.hosts_in("See www.office.example.de/x or files.example.at or https://a.example.co.uk.");
        assert_eq!(told, ["www.office.example.de", "files.example.at", "a.example.co.uk"]);
        let other = "See vendor.example.cn, readme.md, app.example.io and a sentence.It ends.";
        assert_eq!(crowd.hosts_in(other), [""; 0]);
    }

    #[test]
    fn a_further_language_of_a_country_leads_to_a_part_of_it() {
        let swiss = crowd(Precision::SizeClass, "CH", SizeClass::From50kTo200k);
        assert!(swiss.is_of_a_part("it") && swiss.is_of_a_part("fr-CH"));
        assert!(!swiss.is_of_a_part("de") && !swiss.is_of_a_part("en") && !swiss.is_of_a_part("tr"));
        assert!(!crowd(Precision::Region, "EU", SizeClass::From50kTo200k).is_of_a_part("it"));
    }
}
