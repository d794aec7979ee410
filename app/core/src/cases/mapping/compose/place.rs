//! Where the case of a row happened: countries by code or name, cities by the gazetteer.

use super::{Composer, Frame};
use crate::{
    cases::{
        document::{CountryCode, NamedPlace, Place, Scope},
        mapping::{
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
                "{} is no country: write two or three letters of ISO 3166 or the English name, or map it under codes",
                shown(part)
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
        let gazetteer = self.frame.vocabulary.gazetteer;
        let with_country = countries.iter().find_map(|country| plan.cities.get(&format!("{part}, {country}")));
        if let Some(id) = with_country.or_else(|| plan.cities.get(part)) {
            let city = gazetteer.city(*id)?;
            if !countries.iter().any(|country| country.as_str() == city.country) {
                let reason = format!("{} is {} under cities, which lies in {}", shown(part), city.id, city.country);
                self.problem(&columns, &reason);
            }
            return Some((Some(city.id), city.name.to_owned(), city.country.parse().ok()?));
        }
        let mut found: Vec<City> =
            countries.iter().flat_map(|country| gazetteer.find(part, Some(country.as_str()))).collect();
        let wanted = fold_name(part);
        if found.iter().filter(|city| fold_name(city.name) == wanted).count() == 1 {
            found.retain(|city| fold_name(city.name) == wanted);
        }
        match (found.as_slice(), countries) {
            ([city], _) => Some((Some(city.id), city.name.to_owned(), city.country.parse().ok()?)),
            ([], [country]) if plan.unlisted == Unlisted::Keep => Some((None, part.to_owned(), country.clone())),
            ([], _) => {
                self.unknown_city(&columns, part, countries);
                None
            }
            (several, _) => {
                self.ambiguous_city(&columns, part, several);
                None
            }
        }
    }

    fn unknown_city(&mut self, columns: &[usize], part: &str, countries: &[CountryCode]) {
        if countries.is_empty() {
            return self.problem(columns, &format!("{} cannot be looked for without a country", shown(part)));
        }
        let codes: Vec<&str> = countries.iter().map(CountryCode::as_str).collect();
        let reason = format!(
            "no city of {} is called {}; the gazetteer has cities from 15,000 inhabitants. Mend the name, give the GeoNames id \
             under cities, or say unlisted = \"keep\" under [place]",
            codes.join(", "),
            shown(part)
        );
        self.problem(columns, &reason);
    }

    fn ambiguous_city(&mut self, columns: &[usize], part: &str, several: &[City]) {
        let choices: Vec<String> = several
            .iter()
            .take(CHOICES)
            .map(|city| format!("{} = {} ({}, {} inhabitants)", city.id, city.label(), city.country, city.population))
            .collect();
        let more = several.len().saturating_sub(CHOICES);
        let more = if more == 0 { String::new() } else { format!(" and {more} more") };
        let choices = format!("{}{more}", choices.join("; "));
        self.problems.ambiguous.push((part.to_owned(), choices.clone()));
        let reason = format!("{} fits several cities: {choices}; say which one under cities", shown(part));
        self.problem(columns, &reason);
    }
}
