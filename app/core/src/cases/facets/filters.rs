//! What a reader filters by, as it stands in an address: read, checked against the codebook, and written back in one canonical order.

use std::collections::{BTreeMap, BTreeSet};

use super::read::Reader;
use crate::{
    cases::document::{Confidence, Reliability, Status},
    codebook::Codebook,
    ids::OrganisationId,
};

/// The facet of an organisation's part in a case; its codes are ids of organisations.
pub const VENDOR: &str = "vendor";
/// In the place of a field: whatever a statement speaks of. It is no name in an address; `status`, `confidence` and `reliability` stand there
/// without a field.
pub const ANY: &str = "*";
/// The facet of countries; its codes are those of ISO 3166-1.
pub const COUNTRY: &str = "country";

/// The order of results.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// What fits the words best; without words, what is recent.
    Relevance,
    /// What was published or revised last.
    Recent,
    /// By title.
    Title,
    /// By population, the largest first; cases without one come last.
    Population,
}

impl Sort {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Relevance, Self::Recent, Self::Title, Self::Population];

    /// The word in an address.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Relevance => "relevance",
            Self::Recent => "recent",
            Self::Title => "title",
            Self::Population => "population",
        }
    }
}

/// What is asked of one field. Codes, statuses, confidences and reliabilities must hold within one statement.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldFilter {
    /// One of these codes.
    pub any: BTreeSet<String>,
    /// None of these codes.
    pub not: BTreeSet<String>,
    /// One of these statuses.
    pub status: BTreeSet<Status>,
    /// One of these confidences.
    pub confidence: BTreeSet<Confidence>,
    /// The best of the sources that it cites is of one of these reliabilities.
    pub reliability: BTreeSet<Reliability>,
}

impl FieldFilter {
    /// Whether some statement must fit; `not` alone asks for none.
    pub(super) fn asks(&self) -> bool {
        !self.any.is_empty() || self.asks_for_support()
    }

    /// Whether something is asked beside the code.
    pub(super) fn asks_for_support(&self) -> bool {
        !(self.status.is_empty() && self.confidence.is_empty() && self.reliability.is_empty())
    }
}

/// A search with its filters, its order and its page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filters {
    /// The words, as typed.
    pub q: String,
    /// By field.
    pub fields: BTreeMap<String, FieldFilter>,
    /// A statement cites a source of one of these reliabilities.
    pub evidence: BTreeSet<Reliability>,
    /// The interval of the case's dated events reaches this year or a later one.
    pub year_from: Option<i32>,
    /// The interval of the case's dated events reaches this year or an earlier one.
    pub year_to: Option<i32>,
    /// The place has at least so many inhabitants.
    pub population_from: Option<u64>,
    /// The place has at most so many inhabitants.
    pub population_to: Option<u64>,
    /// The order, if one was chosen.
    pub sort: Option<Sort>,
    /// The page, from one; zero is taken as one.
    pub page: usize,
}

/// A part of an address that cannot be used, and what could stand there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What stands before the equals sign.
    pub name: String,
    /// What stands behind it.
    pub value: String,
    /// Whether the name is at fault rather than the value.
    pub unknown_name: bool,
    /// What is allowed in its place.
    pub allowed: Vec<String>,
}

/// Filters that were read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parsed {
    /// The filters.
    pub filters: Filters,
    /// A retired code or field stands under its one successor: the reader is led to the new address.
    pub moved: bool,
}

/// A filter of a field: `f`, `not`, `status`, `confidence` or `reliability`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// `f.FIELD=CODE`
    Any,
    /// `not.FIELD=CODE`
    Not,
    /// `status.FIELD=STATUS`
    Status,
    /// `confidence.FIELD=CONFIDENCE`
    Confidence,
    /// `reliability.FIELD=RELIABILITY`
    Reliability,
}

impl Group {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Any, Self::Not, Self::Status, Self::Confidence, Self::Reliability];
    /// Those that can be asked of any statement, without a field: `status=STATUS`.
    pub const OF_ANY: [Self; 3] = [Self::Status, Self::Confidence, Self::Reliability];

    /// What stands before the point.
    #[must_use]
    pub fn prefix(self) -> &'static str {
        match self {
            Self::Any => "f",
            Self::Not => "not",
            Self::Status => "status",
            Self::Confidence => "confidence",
            Self::Reliability => "reliability",
        }
    }

    /// The name in an address: `status.FIELD`, or `status` of any statement.
    #[must_use]
    pub fn name(self, field: &str) -> String {
        if field == ANY { self.prefix().to_owned() } else { format!("{}.{field}", self.prefix()) }
    }
}

impl Filters {
    /// Reads the pairs of an address. Empty values and names that are none of ours are passed over.
    ///
    /// # Errors
    /// Every part that cannot be used.
    pub fn parse<N: AsRef<str>, V: AsRef<str>>(
        pairs: impl IntoIterator<Item = (N, V)>,
        codebook: &Codebook,
    ) -> Result<Parsed, Vec<Problem>> {
        let mut reader = Reader::new(codebook);
        for (name, value) in pairs {
            reader.pair(name.as_ref(), value.as_ref().trim());
        }
        reader.finish()
    }

    /// The pairs in their canonical order: the same search has one address.
    #[must_use]
    pub fn pairs(&self) -> Vec<(String, String)> {
        let mut pairs = Vec::new();
        let mut add = |name: String, value: &str| pairs.push((name, value.to_owned()));
        if !self.q.is_empty() {
            add("q".to_owned(), &self.q);
        }
        for group in Group::ALL {
            for (field, filter) in &self.fields {
                let name = || group.name(field);
                match group {
                    Group::Any => filter.any.iter().for_each(|code| add(name(), code)),
                    Group::Not => filter.not.iter().for_each(|code| add(name(), code)),
                    Group::Status => filter.status.iter().for_each(|status| add(name(), status.code())),
                    Group::Confidence => filter.confidence.iter().for_each(|confidence| add(name(), confidence.code())),
                    Group::Reliability => {
                        filter.reliability.iter().for_each(|reliability| add(name(), reliability.code()));
                    }
                }
            }
        }
        self.evidence.iter().for_each(|reliability| add("evidence".to_owned(), reliability.code()));
        for (name, year) in [("year.from", self.year_from), ("year.to", self.year_to)] {
            year.iter().for_each(|year| add(name.to_owned(), &year.to_string()));
        }
        for (name, number) in [("population.from", self.population_from), ("population.to", self.population_to)] {
            number.iter().for_each(|number| add(name.to_owned(), &number.to_string()));
        }
        self.sort.iter().for_each(|sort| add("sort".to_owned(), sort.code()));
        if self.page > 1 {
            add("page".to_owned(), &self.page.to_string());
        }
        pairs
    }

    /// Whether the number of inhabitants is asked for.
    #[must_use]
    pub fn asks_for_population(&self) -> bool {
        self.population_from.is_some() || self.population_to.is_some()
    }

    /// The pairs of the set alone, without order and page: what an export names.
    #[must_use]
    pub fn pairs_of_set(&self) -> Vec<(String, String)> {
        Self { sort: None, page: 0, ..self.clone() }.pairs()
    }

    /// The organisations that it names, for whoever puts it into words.
    #[must_use]
    pub fn organisations(&self) -> Vec<OrganisationId> {
        let chosen = self.fields.get(VENDOR).into_iter().flat_map(|filter| filter.any.iter().chain(&filter.not));
        chosen.filter_map(|id| id.parse().ok()).collect()
    }

    /// Whether nothing is asked, so that every published case is in the set.
    #[must_use]
    pub fn is_everything(&self) -> bool {
        self.pairs_of_set().is_empty()
    }

    /// The order that results have.
    #[must_use]
    pub fn order(&self) -> Sort {
        match self.sort {
            Some(Sort::Relevance) | None if self.q.is_empty() => Sort::Recent,
            None => Sort::Relevance,
            Some(sort) => sort,
        }
    }

    /// Whether this filter is set.
    #[must_use]
    pub fn has(&self, group: Group, field: &str, code: &str) -> bool {
        self.fields.get(field).is_some_and(|filter| match group {
            Group::Any => filter.any.contains(code),
            Group::Not => filter.not.contains(code),
            Group::Status => code.parse().is_ok_and(|status| filter.status.contains(&status)),
            Group::Confidence => code.parse().is_ok_and(|confidence| filter.confidence.contains(&confidence)),
            Group::Reliability => code.parse().is_ok_and(|reliability| filter.reliability.contains(&reliability)),
        })
    }

    /// The same search with this filter set, or taken back where it is set; on the first page.
    #[must_use]
    pub fn toggled(&self, group: Group, field: &str, code: &str) -> Self {
        let mut filters = Self { page: 0, ..self.clone() };
        let filter = filters.fields.entry(field.to_owned()).or_default();
        match group {
            Group::Any => toggle(&mut filter.any, code.to_owned()),
            Group::Not => toggle(&mut filter.not, code.to_owned()),
            Group::Status => code.parse().into_iter().for_each(|status| toggle(&mut filter.status, status)),
            Group::Confidence => {
                code.parse().into_iter().for_each(|confidence| toggle(&mut filter.confidence, confidence));
            }
            Group::Reliability => {
                code.parse().into_iter().for_each(|reliability| toggle(&mut filter.reliability, reliability));
            }
        }
        filters.fields.retain(|_, filter| *filter != FieldFilter::default());
        filters
    }

    /// The same search with this evidence asked for, or no longer; on the first page.
    #[must_use]
    pub fn toggled_evidence(&self, reliability: Reliability) -> Self {
        let mut filters = Self { page: 0, ..self.clone() };
        toggle(&mut filters.evidence, reliability);
        filters
    }

    /// The same search on another page.
    #[must_use]
    pub fn on_page(&self, page: usize) -> Self {
        Self { page, ..self.clone() }
    }
}

fn toggle<T: Ord>(set: &mut BTreeSet<T>, value: T) {
    if !set.remove(&value) {
        set.insert(value);
    }
}

/// The names of all facets: the coded fields that readers filter by, countries and organisations.
pub fn facet_names(codebook: &Codebook) -> Vec<&str> {
    let mut names: Vec<&str> = codebook.facets().map(|field| field.code.as_str()).collect();
    for name in [COUNTRY, VENDOR] {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}
