//! The head of the case: where, how it is known, the account itself.

use std::collections::BTreeMap;

use super::{Work, values};
use crate::{
    cases::{
        document::{
            Agreement, CountryCode, Disclosure, NamedPlace, Proximity, Reliability, Scope, Section, Source, Statement,
        },
        generalise::{FullPlace, Party},
    },
    codebook::Code,
    ids::{OrganisationId, part_id},
    intake::{
        problems::Fault,
        telling::{telling_countries, telling_names},
    },
    limits,
    places::{City, SizeClass},
    text::Names,
};

impl Work<'_> {
    /// A code that the program itself reads, such as the scope.
    fn known<T: std::str::FromStr>(&mut self, input: &str) -> Option<T> {
        let raw = self.answers.first(input);
        if raw.is_empty() {
            return None;
        }
        let parsed = raw.parse().map_err(|_| Fault::new("intake-unknown-code").text("typed", raw));
        self.problems.check(input, parsed)
    }

    pub(super) fn proximity(&mut self) -> Option<Proximity> {
        self.known("proximity")
    }

    /// How much of the place is public: as chosen, or else by the kind of account (schema.md section 3).
    pub(super) fn level(&mut self, proximity: Option<Proximity>) -> Option<Disclosure> {
        let suggested = match proximity? {
            Proximity::PublicSources => Disclosure::Named,
            _ => Disclosure::SizeClass,
        };
        if self.answers.is_filled("place_disclosure") { self.known("place_disclosure") } else { Some(suggested) }
    }

    /// The account as a source; one who works from public sources gives none.
    pub(super) fn account(&mut self, proximity: Proximity) -> Option<Source> {
        let kind = match proximity {
            Proximity::TookPart | Proximity::SawTheDocument => "first_hand_account",
            Proximity::ToldBySomeone => "second_hand_account",
            Proximity::PublicSources => return None,
        };
        let id = part_id('s', self.on.random);
        self.account = Some(id.clone());
        let mut source = super::parts::bare_source(id, Code::known(kind), Reliability::Unassessed);
        source.proximity = Some(proximity);
        source.quarter = Some(self.on.quarter);
        Some(source)
    }

    pub(super) fn place(&mut self, level: Option<Disclosure>) -> Option<FullPlace> {
        let scope: Option<Scope> = self.known("scope");
        let mut countries: Vec<CountryCode> = Vec::new();
        for raw in self.answers.all("country").iter().filter(|raw| !raw.trim().is_empty()) {
            let country = self.problems.check("country", values::country(raw, self.on.gazetteer));
            countries.extend(country.filter(|country| !countries.contains(country)));
        }
        let size_class = self.known::<SizeClass>("size_class");
        let scope = scope?;
        let first = countries.first()?.clone();
        let (places, found) = self.places(scope, &first, size_class);
        let must_be_named = matches!(scope, Scope::Municipality | Scope::Facility | Scope::Region);
        if level == Some(Disclosure::Named) && must_be_named && !self.answers.is_filled("city") {
            self.problems.add("city", Fault::new("intake-city-to-name"));
        }
        let size_class = found.filter(|city| city.population > 0).map(|city| city.size_class()).or(size_class);
        let size_class = size_class.map(|class| Code::known(class.code())).filter(|_| scope == Scope::Municipality);
        Some(FullPlace { scope, countries, places, size_class, body_type: self.body_type(scope) })
    }

    /// The places that were typed, and for a municipality its city in the gazetteer.
    fn places(
        &mut self,
        scope: Scope,
        country: &CountryCode,
        class: Option<SizeClass>,
    ) -> (Vec<NamedPlace>, Option<City>) {
        let Some(typed) = self.line("city", limits::LINE) else { return (Vec::new(), None) };
        if scope == Scope::Municipality {
            let city = self.city(&typed, country, class);
            let name = city.map_or(typed, |city| city.name.to_owned());
            return (vec![self.named_place(name, city.map(|city| city.id), country)], city);
        }
        let names = typed.split(';').map(str::trim).filter(|name| !name.is_empty());
        let places = names.map(|name| {
            let found = self.on.gazetteer.find(name, Some(country.as_str()));
            let city = found.first().filter(|_| scope == Scope::Several && found.len() == 1);
            self.named_place(name.to_owned(), city.map(|city| city.id), country)
        });
        (places.collect(), None)
    }

    fn named_place(&self, name: String, geonames: Option<u32>, country: &CountryCode) -> NamedPlace {
        NamedPlace { id: part_id('p', self.on.random), geonames, name, country: country.clone() }
    }

    /// The city that a typed name means; choices are offered where several fit.
    fn city(&mut self, typed: &str, country: &CountryCode, class: Option<SizeClass>) -> Option<City> {
        let found = self.on.gazetteer.find(typed, Some(country.as_str()));
        match found.as_slice() {
            [] => {
                if class.is_none() {
                    self.problems.add("city", Fault::new("intake-city-unknown").text("typed", typed));
                }
                None
            }
            [city] => Some(*city),
            several => {
                let chosen = self.answers.first("city.geonames");
                let city = several.iter().find(|city| city.id.to_string() == chosen);
                if city.is_none() {
                    self.problems.add("city", Fault::new("intake-city-which").number("n", several.len()));
                }
                city.copied()
            }
        }
    }

    /// The type of the public body: the first that was chosen, or what the scope implies.
    fn body_type(&self, scope: Scope) -> Option<Code> {
        let field = self.on.book.field("public_body_type");
        let mut chosen = self.answers.all("public_body_type").iter();
        let implied = match scope {
            Scope::Municipality | Scope::Several => Some(Code::known("municipality")),
            Scope::Region => Some(Code::known("regional_government")),
            Scope::Nation => Some(Code::known("national_government")),
            Scope::Facility => None,
        };
        chosen.find_map(|code| field?.code(code)).map(Code::from).or(implied)
    }

    /// On which side each organisation stands.
    pub(super) fn sides(&self, place: &FullPlace) -> BTreeMap<OrganisationId, Party> {
        let body_type = place.body_type.clone().unwrap_or_else(|| Code::known("municipality"));
        let is_home = |seat: &CountryCode| place.countries.contains(seat);
        self.parties.sides(&body_type, &Code::known("municipal_company"), &is_home)
    }

    /// The names by which readers would know the place: its own in every form, where only the continent is public all words for the country, and
    /// those of its bodies, whether the account speaks of them or not.
    pub(super) fn giveaways(
        &self,
        level: Disclosure,
        place: &FullPlace,
        parties: &BTreeMap<OrganisationId, Party>,
    ) -> Names {
        let gazetteer = self.on.gazetteer;
        let mut places: Vec<String> = Vec::new();
        for place in &place.places {
            let city = place.geonames.and_then(|id| gazetteer.city(id));
            places.extend(city.iter().flat_map(City::names).map(str::to_owned));
            places.push(place.name.clone());
        }
        places.extend(values::line(self.answers.first("city"), limits::LINE).ok().flatten());
        let told: Vec<String> = match level {
            Disclosure::Region => place.countries.iter().map(|country| country.as_str().to_owned()).collect(),
            _ => Vec::new(),
        };
        let countries = told.iter().filter_map(|code| gazetteer.country(code));
        places.extend(countries.map(|country| country.name.to_owned()));
        let is_public = |id: &OrganisationId| parties.get(id).is_some_and(|party| *party != Party::Other);
        telling_countries(telling_names(&places, &self.parties.records(), is_public, |_| true), told)
    }

    pub(super) fn narrative(&mut self) -> Option<Section> {
        let text = self.text("narrative", limits::NARRATIVE)?;
        let length = text.text.chars().count();
        if length < limits::NARRATIVE_LEAST {
            let fault =
                Fault::new("intake-too-short").number("least", limits::NARRATIVE_LEAST).number("length", length);
            self.problems.add("narrative", fault);
            return None;
        }
        let heading = Code::known("undivided");
        Some(Section { heading, text: text.text, lang: text.lang, translation: None, original: None })
    }

    /// The kind that was chosen, or what the answers say: an agreement, something in use, something declined, or else a proposal.
    pub(super) fn kind(&mut self, agreements: &[Agreement], statements: &[Statement]) -> Code {
        let field = self.on.book.field("kind");
        let chosen = field.and_then(|field| self.code(field, "kind", self.answers.first("kind")));
        chosen.unwrap_or_else(|| {
            let status = Code::known("deployment_status");
            let reached: Vec<&str> = statements
                .iter()
                .filter_map(|said| said.qualifiers.get(&status)?.as_code())
                .map(Code::as_str)
                .collect();
            let any = |codes: &[&str]| reached.iter().any(|code| codes.contains(code));
            Code::known(if !agreements.is_empty() {
                "agreement"
            } else if any(&["in_use", "pilot", "withdrawn"]) {
                "deployment"
            } else if any(&["declined"]) && !any(&["discussed", "agreed"]) {
                "refusal"
            } else {
                "proposal"
            })
        })
    }
}
