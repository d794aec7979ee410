//! Where the case of a row happened: countries by code or name, cities by the gazetteer.

use super::{Composer, Frame};
use crate::{
    cases::{
        document::{CountryCode, NamedPlace, Place, Scope},
        mapping::{
            near,
            plan::{PlacePlan, Take},
            report::shown,
            shape::Unlisted,
        },
    },
    codebook::In,
    places::City,
    text::fold_name,
};

/// How many cities that fit are told.
const CHOICES: usize = 8;

impl<'a> Composer<'a> {
    pub(super) fn place(&mut self) {
        let Frame { plan, .. } = self.frame;
        let plan = &plan.place;
        let scope = match &plan.scope {
            Some(take) => self.required(take, In::Head, "scope").and_then(|code| code.as_str().parse().ok()),
            None => Some(Scope::Municipality),
        };
        let mut countries: Vec<CountryCode> = Vec::new();
        for part in plan.country.parts(self.row) {
            countries.extend(self.country(&plan.country, part));
        }
        countries.sort();
        countries.dedup();
        let mut places = Vec::new();
        if let Some(take) = &plan.city {
            for part in take.parts(self.row) {
                let id = format!("p{}", places.len() + 1);
                self.came_from(&id, take.columns());
                places.extend(self.city(plan, take, part, &countries).map(|(geonames, name, country)| NamedPlace {
                    id,
                    geonames,
                    name,
                    country,
                }));
            }
            self.came_from("place.places", take.columns());
        }
        self.came_from("place.countries", plan.country.columns());
        self.document.place = Place::Named { scope: scope.unwrap_or(Scope::Municipality), countries, places };
    }

    /// A country by its code of two or three letters, or its English name.
    pub(super) fn country(&mut self, take: &'a Take, part: &str) -> Option<CountryCode> {
        let wanted = take.codes.get(part).map_or(part, String::as_str);
        let gazetteer = self.frame.vocabulary.gazetteer;
        let by_name = || {
            let known = self.frame.countries;
            known.get(&wanted.to_ascii_uppercase()).or_else(|| known.get(&fold_name(wanted))).copied()
        };
        let found = gazetteer.country(wanted).map(|country| country.iso2).or_else(by_name);
        if found.is_none() {
            let reason = format!(
                "{} is no country: write two or three letters of ISO 3166 or the English name, or map it under codes{}",
                shown(part),
                near::did_you_mean(part, gazetteer.countries().into_iter().map(|country| country.name))
            );
            self.problem(&take.columns(), &reason);
        }
        found.and_then(|code| code.parse().ok())
    }

    /// The city that a cell names: its GeoNames id, name and country.
    fn city(
        &mut self,
        plan: &'a PlacePlan,
        take: &'a Take,
        part: &str,
        countries: &[CountryCode],
    ) -> Option<(Option<u32>, String, CountryCode)> {
        let columns = take.columns();
        let mapped = self.mapped(plan, part, countries);
        let found = if mapped.is_empty() { self.called(part, countries) } else { mapped.clone() };
        match (found.as_slice(), countries) {
            ([city], _) => {
                if !mapped.is_empty() && !countries.iter().any(|country| country.as_str() == city.country) {
                    self.mapped_elsewhere(&columns, part, city, countries);
                }
                Some((Some(city.id), city.name.to_owned(), city.country.parse().ok()?))
            }
            ([], [country]) if plan.unlisted == Unlisted::Keep => Some((None, part.to_owned(), country.clone())),
            ([], _) => {
                self.unknown_city(&columns, part, countries, plan.unlisted);
                None
            }
            (several, _) => {
                self.ambiguous_city(&columns, part, several, !mapped.is_empty());
                None
            }
        }
    }

    /// What the mapping says of a name: with one of the row's countries, or alone.
    fn mapped(&self, plan: &PlacePlan, part: &str, countries: &[CountryCode]) -> Vec<City> {
        let of = |name: &str| plan.cities.get(name).and_then(|id| self.frame.vocabulary.gazetteer.city(*id));
        let mut cities: Vec<City> = countries.iter().filter_map(|country| of(&format!("{part}, {country}"))).collect();
        if cities.is_empty() {
            cities.extend(of(part));
        }
        cities.dedup_by_key(|city| city.id);
        cities
    }

    /// What the gazetteer has of this name in the row's countries.
    fn called(&self, part: &str, countries: &[CountryCode]) -> Vec<City> {
        let gazetteer = self.frame.vocabulary.gazetteer;
        let mut found: Vec<City> =
            countries.iter().flat_map(|country| gazetteer.find(part, Some(country.as_str()))).collect();
        let wanted = fold_name(part);
        if found.iter().filter(|city| fold_name(city.name) == wanted).count() == 1 {
            found.retain(|city| fold_name(city.name) == wanted);
        }
        found
    }

    fn mapped_elsewhere(&mut self, columns: &[usize], part: &str, city: &City, countries: &[CountryCode]) {
        let reason = format!(
            "{} is {} under cities, which lies in {}, and the row names {}; mend the country or the mapping",
            shown(part),
            city.id,
            city.country,
            listed(countries)
        );
        self.problem(columns, &reason);
    }

    fn unknown_city(&mut self, columns: &[usize], part: &str, countries: &[CountryCode], unlisted: Unlisted) {
        if countries.is_empty() {
            return self.problem(columns, &format!("{} cannot be looked for without a country", shown(part)));
        }
        let remedy = match unlisted {
            Unlisted::Refuse => "give the GeoNames id under cities, or say unlisted = \"keep\" under [place]",
            Unlisted::Keep => {
                "or give the GeoNames id under cities; a town without one is kept only where the row names one country"
            }
        };
        let reason = format!(
            "no city of {} is called {}; the gazetteer has cities from 15,000 inhabitants. Mend the name, {remedy}",
            listed(countries),
            shown(part)
        );
        self.problem(columns, &reason);
    }

    fn ambiguous_city(&mut self, columns: &[usize], part: &str, several: &[City], is_mapped: bool) {
        let choices: Vec<String> = several
            .iter()
            .take(CHOICES)
            .map(|city| format!("{} = {} ({}, {} inhabitants)", city.id, city.label(), city.country, city.population))
            .collect();
        let more = several.len().saturating_sub(CHOICES);
        let more = if more == 0 { String::new() } else { format!(" and {more} more") };
        let choices = format!("{}{more}", choices.join("; "));
        self.problems.ambiguous.push((part.to_owned(), choices.clone()));
        let remedy = if is_mapped {
            "the mapping says each of them: name one country in the row".to_owned()
        } else {
            several.first().map(|city| example(part, city)).unwrap_or_default()
        };
        self.problem(columns, &format!("{} fits several cities: {choices}; {remedy}", shown(part)));
    }
}

/// How the mapping says which of several cities is meant.
fn example(part: &str, city: &City) -> String {
    let name = format!("{part}, {}", city.country);
    format!("say which one under [place], such as cities = {{ {name:?} = {} }}", city.id)
}

fn listed(countries: &[CountryCode]) -> String {
    countries.iter().map(CountryCode::as_str).collect::<Vec<_>>().join(", ")
}
