//! Reads the pairs of an address, each against the codebook; collects what cannot be used.

use std::{collections::BTreeSet, str::FromStr};

use super::{
    filters::{ANY, COUNTRY, Filters, Group, Parsed, Problem, Sort, VENDOR, facet_names},
    people,
};
use crate::{
    cases::document::{Confidence, CountryCode, Reliability, Status},
    codebook::{Codebook, Field},
    ids::OrganisationId,
};

/// Reads pair by pair.
pub(super) struct Reader<'a> {
    codebook: &'a Codebook,
    filters: Filters,
    moved: bool,
    problems: Vec<Problem>,
}

impl<'a> Reader<'a> {
    /// Begins with nothing asked.
    pub(super) fn new(codebook: &'a Codebook) -> Self {
        Self { codebook, filters: Filters::default(), moved: false, problems: Vec::new() }
    }

    /// The filters, or everything that cannot be used.
    pub(super) fn finish(self) -> Result<Parsed, Vec<Problem>> {
        if self.problems.is_empty() {
            Ok(Parsed { filters: self.filters, moved: self.moved })
        } else {
            Err(self.problems)
        }
    }

    /// Takes one pair in.
    pub(super) fn pair(&mut self, name: &str, value: &str) {
        if value.is_empty() {
            return;
        }
        if let Some((prefix, field)) = name.split_once('.')
            && let Some(group) = Group::ALL.into_iter().find(|group| group.prefix() == prefix)
        {
            return self.field(group, field, name, value);
        }
        if let Some(group) = Group::OF_ANY.into_iter().find(|group| group.prefix() == name) {
            return self.support(group, ANY, name, value);
        }
        match name {
            "q" => value.clone_into(&mut self.filters.q),
            "evidence" => match value.parse() {
                Ok(reliability) => drop(self.filters.evidence.insert(reliability)),
                Err(_) => self.refuse(name, value, codes(Reliability::ALL, |reliability| reliability.code())),
            },
            "year.from" => self.filters.year_from = self.year(name, value),
            "year.to" => self.filters.year_to = self.year(name, value),
            "population.from" => self.filters.population_from = self.people(name, value),
            "population.to" => self.filters.population_to = self.people(name, value),
            "sort" => match Sort::ALL.into_iter().find(|sort| sort.code() == value) {
                Some(sort) => self.filters.sort = Some(sort),
                None => self.refuse(name, value, codes(&Sort::ALL, |sort| sort.code())),
            },
            "page" => match value.parse() {
                Ok(page) if page > 0 => self.filters.page = page,
                _ => self.refuse(name, value, vec!["1".to_owned()]),
            },
            _ => self.of_a_range(name, value),
        }
    }

    /// A name that begins like one end of a range is one, or a slip; others are none of ours.
    fn of_a_range(&mut self, name: &str, value: &str) {
        let range = name.split_once('.').map(|(range, _)| range);
        if let Some(range) = range.filter(|range| ["year", "population"].contains(range)) {
            self.unknown_name(name, value, vec![format!("{range}.from"), format!("{range}.to")]);
        }
    }

    fn field(&mut self, group: Group, field: &str, name: &str, value: &str) {
        let Some(facet) = self.facet(field) else {
            let prefix = group.prefix();
            let allowed = facet_names(self.codebook).iter().map(|field| format!("{prefix}.{field}")).collect();
            return self.unknown_name(name, value, allowed);
        };
        self.moved |= facet.name() != field;
        if Group::OF_ANY.contains(&group) {
            return self.support(group, facet.name(), name, value);
        }
        match self.code(&facet, value) {
            Ok(code) => {
                self.moved |= code != value;
                let filter = self.filters.fields.entry(facet.name().to_owned()).or_default();
                if group == Group::Not {
                    filter.not.insert(code)
                } else {
                    filter.any.insert(code)
                };
            }
            Err(allowed) => self.refuse(name, value, allowed),
        }
    }

    /// What statements of this field are worth, or any statements.
    fn support(&mut self, group: Group, field: &str, name: &str, value: &str) {
        let filter = self.filters.fields.entry(field.to_owned()).or_default();
        let allowed = match group {
            Group::Status => put(&mut filter.status, value, Status::ALL, Status::code),
            Group::Confidence => put(&mut filter.confidence, value, Confidence::ALL, Confidence::code),
            Group::Reliability => put(&mut filter.reliability, value, Reliability::ALL, Reliability::code),
            Group::Any | Group::Not => None,
        };
        if let Some(allowed) = allowed {
            self.refuse(name, value, allowed);
        }
    }

    fn facet(&self, name: &str) -> Option<Facet<'a>> {
        match name {
            COUNTRY => Some(Facet::Country),
            VENDOR => Some(Facet::Vendor),
            name => Some(Facet::Coded(self.codebook.standing_field(self.codebook.facet(name)?))),
        }
    }

    /// The code that is meant; for one that cannot be, those that can.
    fn code(&self, facet: &Facet<'_>, value: &str) -> Result<String, Vec<String>> {
        match facet {
            Facet::Country => match value.to_ascii_uppercase().parse::<CountryCode>() {
                Ok(country) => Ok(country.as_str().to_owned()),
                Err(_) => Err(vec!["DE".to_owned(), "NL".to_owned()]),
            },
            Facet::Vendor => match value.parse::<OrganisationId>() {
                Ok(organisation) => Ok(organisation.as_str().to_owned()),
                Err(_) => Err(vec!["o_huawei".to_owned()]),
            },
            Facet::Coded(field) => match field.code(value) {
                Some(_) => Ok(field.standing(value).to_owned()),
                None => Err(field.current_codes().map(|code| code.code.clone()).collect()),
            },
        }
    }

    fn year(&mut self, name: &str, value: &str) -> Option<i32> {
        let year = value.parse().ok().filter(|year| (1000..=9999).contains(year));
        if year.is_none() {
            self.refuse(name, value, vec!["2018".to_owned()]);
        }
        year
    }

    fn people(&mut self, name: &str, value: &str) -> Option<u64> {
        let number = people::number(value);
        if number.is_none() {
            self.refuse(name, value, people::FORMS.map(str::to_owned).to_vec());
        }
        number
    }

    fn refuse(&mut self, name: &str, value: &str, allowed: Vec<String>) {
        self.problems.push(Problem { name: name.to_owned(), value: value.to_owned(), unknown_name: false, allowed });
    }

    fn unknown_name(&mut self, name: &str, value: &str, allowed: Vec<String>) {
        self.problems.push(Problem { name: name.to_owned(), value: value.to_owned(), unknown_name: true, allowed });
    }
}

enum Facet<'a> {
    Country,
    Vendor,
    Coded(&'a Field),
}

impl Facet<'_> {
    fn name(&self) -> &str {
        match self {
            Self::Country => COUNTRY,
            Self::Vendor => VENDOR,
            Self::Coded(field) => &field.code,
        }
    }
}

/// Puts what `value` means into the set; where it means nothing, gives what would.
fn put<T: Copy + Ord + FromStr>(
    set: &mut BTreeSet<T>,
    value: &str,
    all: &[T],
    code: impl Fn(T) -> &'static str,
) -> Option<Vec<String>> {
    let Ok(meant) = value.parse::<T>() else { return Some(codes(all, code)) };
    set.insert(meant);
    None
}

fn codes<T: Copy>(all: &[T], code: impl Fn(T) -> &'static str) -> Vec<String> {
    all.iter().map(|&value| code(value).to_owned()).collect()
}
