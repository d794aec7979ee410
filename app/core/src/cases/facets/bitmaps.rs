//! Sets of cases: one bitmap per field, code or none, and what a statement is worth, over the published cases.

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap},
};

use roaring::{MultiOps, RoaringBitmap};

use super::{
    among::Among,
    filters::{ANY, COUNTRY, FieldFilter, Filters, VENDOR},
    population::Inhabitants,
    sets::{FieldSets, Support, SupportCounts},
};
use crate::{
    cases::{
        document::{Confidence, Reliability, Status},
        shares,
    },
    codebook::{Codebook, Field},
};

/// The reliability of sources that statements cite; it is asked for by a filter of its own.
pub const EVIDENCE: &str = "evidence";

/// One value of one case, as filters see it. Superseded statements have none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The case's number.
    pub ordinal: u32,
    /// The facet.
    pub field: String,
    /// The code; none where it is unknown, withheld or does not apply.
    pub code: Option<String>,
    /// What kind of knowledge it is; none for what the head of the case says.
    pub status: Option<Status>,
    /// How well it is supported, where that is assessed.
    pub confidence: Option<Confidence>,
    /// The best reliability among the sources that it cites.
    pub reliability: Option<Reliability>,
}

/// With so many published cases, counting is worth several threads.
const MANY: u64 = 50_000;

/// Years, each with a number of cases.
type YearCounts = Vec<(i32, u64)>;

/// The sets of all published cases.
#[derive(Debug, Default)]
pub struct Facets {
    all: RoaringBitmap,
    fields: HashMap<String, FieldSets>,
    /// Every statement, whatever its field.
    statements: FieldSets,
    /// By the first year of their dated events, and by the last.
    by_first_year: BTreeMap<i32, RoaringBitmap>,
    by_last_year: BTreeMap<i32, RoaringBitmap>,
    /// By the inhabitants of their place.
    pub(super) inhabitants: Inhabitants,
}

/// How many cases each code of a facet has, under the filters of all other facets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetCount {
    /// The facet.
    pub field: String,
    /// How many different codes the cases have.
    pub distinct: usize,
    /// The codes: those of the codebook in its order, or organisations and countries by their number.
    pub codes: Vec<CodeCount>,
    /// The statuses that occur.
    pub statuses: Vec<(Status, u64)>,
    /// The confidences that occur.
    pub confidences: Vec<(Confidence, u64)>,
    /// The best reliabilities of cited sources that occur.
    pub reliabilities: Vec<(Reliability, u64)>,
}

/// How many cases a code has: those that a reader finds who chooses it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeCount {
    /// The code.
    pub code: String,
    /// The number of cases.
    pub count: u64,
}

/// All counts for one search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counts {
    /// The facets, in the codebook's order; then countries and organisations.
    pub facets: Vec<FacetCount>,
    /// How many cases have a statement that cites a source of this reliability.
    pub evidence: Vec<(Reliability, u64)>,
    /// How many cases have any statement of each status, confidence and reliability; it has no codes.
    pub statements: FacetCount,
}

impl Facets {
    /// The years that the dated events of these cases span.
    #[must_use]
    pub fn years_of(&self, cases: &RoaringBitmap) -> Option<(i32, i32)> {
        let among = |(_, some): &(&i32, &RoaringBitmap)| !some.is_disjoint(cases);
        let (first, _) = self.by_first_year.iter().find(among)?;
        let (last, _) = self.by_last_year.iter().rev().find(among)?;
        Some((*first, *last))
    }

    /// How many of these cases have their first dated event in each year, and how many their last; years without any are left out.
    #[must_use]
    pub fn years_within(&self, cases: &RoaringBitmap) -> (YearCounts, YearCounts) {
        let among = self.among(cases);
        let counts = |by_year: &BTreeMap<i32, RoaringBitmap>| {
            by_year.iter().map(|(year, set)| (*year, among.count(set))).filter(|(_, count)| *count > 0).collect()
        };
        (counts(&self.by_first_year), counts(&self.by_last_year))
    }

    /// These cases, all of which are published, ready to count among them.
    pub(super) fn among<'a>(&self, cases: &'a RoaringBitmap) -> Among<'a> {
        Among::of(cases, &self.all)
    }

    /// Every published case.
    #[must_use]
    pub fn all(&self) -> &RoaringBitmap {
        &self.all
    }

    /// Takes a published case in, with the years that its dated events span; its rows follow by [`Self::add`].
    pub fn publish(&mut self, ordinal: u32, years: Option<(i32, i32)>) {
        self.all.insert(ordinal);
        if let Some((first, last)) = years {
            self.by_first_year.entry(first).or_default().insert(ordinal);
            self.by_last_year.entry(last).or_default().insert(ordinal);
        }
    }

    /// Takes one value in.
    pub fn add(&mut self, row: Row) {
        let support = Support { status: row.status, confidence: row.confidence, reliability: row.reliability };
        if row.status.is_some() {
            self.statements.take_in(row.ordinal, None, support);
        }
        self.fields.entry(row.field).or_default().take_in(row.ordinal, row.code, support);
    }

    /// The sets of a field, or those of all statements.
    fn sets(&self, field: &str) -> Option<&FieldSets> {
        if field == ANY { Some(&self.statements) } else { self.fields.get(field) }
    }

    /// Forgets these cases: before they are taken in anew, or because they are no longer public.
    pub fn forget(&mut self, cases: &RoaringBitmap) {
        let cases = &(&self.all & cases);
        if cases.is_empty() {
            return;
        }
        self.all -= cases;
        for by_year in [&mut self.by_first_year, &mut self.by_last_year] {
            by_year.values_mut().for_each(|set| *set -= cases);
            by_year.retain(|_, set| !set.is_empty());
        }
        self.inhabitants.forget(cases);
        self.statements.forget(cases);
        self.fields.values_mut().for_each(|field| field.forget(cases));
    }

    /// The cases that have this code in this facet, whatever its status; none if there are none.
    #[must_use]
    pub fn cases_with(&self, field: &str, code: &str) -> Option<&RoaringBitmap> {
        Some(&self.fields.get(field)?.by_code.get(&Some(code.to_owned()))?.any)
    }

    /// The cases that have any code in this facet.
    #[must_use]
    pub fn cases_having(&self, field: &str) -> RoaringBitmap {
        self.fields.get(field).map(|sets| sets.coded.clone()).unwrap_or_default()
    }

    /// Every code of this facet with the cases that have it, whatever its status.
    pub fn codes_of<'a>(&'a self, field: &str) -> impl Iterator<Item = (&'a str, &'a RoaringBitmap)> + use<'a> {
        let codes = self.fields.get(field).into_iter().flat_map(|sets| &sets.by_code);
        codes.filter_map(|(code, sets)| Some((code.as_deref()?, &sets.any)))
    }

    /// The cases that say in this facet, without a code, that it is of this status: unknown, withheld, not applicable.
    #[must_use]
    pub fn cases_without_code(&self, field: &str, status: Status) -> RoaringBitmap {
        let sets = self.fields.get(field).and_then(|sets| sets.by_code.get(&None));
        sets.map(|sets| sets.of_status(status)).unwrap_or_default()
    }

    /// The cases that say anything in this facet, with a code or without.
    #[must_use]
    pub fn cases_saying(&self, field: &str) -> RoaringBitmap {
        let codes = self.fields.get(field).into_iter().flat_map(|sets| sets.by_code.values());
        codes.map(|code| &code.any).union()
    }

    /// The codes that these cases have in this facet, each with their number.
    #[must_use]
    pub fn codes_within(&self, field: &str, cases: &RoaringBitmap) -> Vec<(String, u64)> {
        let codes = self.fields.get(field).into_iter().flat_map(|sets| &sets.by_code);
        let counted = codes.filter_map(|(code, sets)| Some((code.as_ref()?, sets.any.intersection_len(cases))));
        counted.filter(|(_, count)| *count > 0).map(|(code, count)| (code.clone(), count)).collect()
    }

    /// The cases that fit the filters, whatever the words.
    #[must_use]
    pub fn fitting(&self, filters: &Filters) -> RoaringBitmap {
        self.fitting_but(filters, None)
    }

    /// The cases that fit all filters but what one facet asks for; what it excludes stays excluded.
    fn fitting_but(&self, filters: &Filters, without: Option<&str>) -> RoaringBitmap {
        let mut set = self.all.clone();
        for (name, filter) in &filters.fields {
            if filter.asks() && without != Some(name) {
                set &= self.sets(name).map(|sets| sets.fitting(filter)).unwrap_or_default();
            }
            for code in &filter.not {
                if let Some(excluded) = self.cases_with(name, code) {
                    set -= excluded;
                }
            }
        }
        if !filters.evidence.is_empty() && without != Some(EVIDENCE) {
            let cited = filters.evidence.iter().filter_map(|reliability| self.cases_with(EVIDENCE, reliability.code()));
            set &= cited.union();
        }
        if filters.year_from.is_some() || filters.year_to.is_some() {
            set &= self.within_years(filters.year_from, filters.year_to);
        }
        if filters.asks_for_population() {
            set &= self.within_population(filters.population_from, filters.population_to);
        }
        set
    }

    /// The cases whose dated events lie in an interval that overlaps with this one.
    #[must_use]
    pub fn within_years(&self, from: Option<i32>, to: Option<i32>) -> RoaringBitmap {
        let ends_late = self.by_last_year.range(from.unwrap_or(i32::MIN)..).map(|(_, cases)| cases);
        let begins_early = self.by_first_year.range(..=to.unwrap_or(i32::MAX)).map(|(_, cases)| cases);
        ends_late.union() & begins_early.union()
    }

    /// The counts of every facet among the cases that fit the words (`within`) and the other facets' filters.
    #[must_use]
    pub fn counts(&self, filters: &Filters, within: &RoaringBitmap, codebook: &Codebook) -> Counts {
        let common = self.fitting(filters) & within;
        let among_common = self.among(&common);
        let for_facet = |name: &str, listed: Option<&[&str]>| {
            if !filters.fields.get(name).is_some_and(FieldFilter::asks) {
                return self.count(name, filters, &among_common, listed);
            }
            let cases = self.fitting_but(filters, Some(name)) & within;
            self.count(name, filters, &self.among(&cases), listed)
        };
        let of_field = |field: &&Field| {
            let listed: Vec<&str> = field.current_codes().map(|code| code.code.as_str()).collect();
            let count = for_facet(&field.code, Some(&listed));
            // a retired field is offered as long as cases have it
            let is_offered = field.retired.is_none() || count.distinct > 0 || filters.fields.contains_key(&field.code);
            is_offered.then_some(count)
        };
        let fields: Vec<&Field> = codebook.facets().filter(|field| field.code != COUNTRY).collect();
        let least = if among_common.is_known() || self.all.len() < MANY { fields.len() } else { 1 };
        let counted = shares::parts(&fields, least, |some| some.iter().filter_map(of_field).collect::<Vec<_>>());
        let mut facets = counted.concat();
        for name in [COUNTRY, VENDOR] {
            facets.push(for_facet(name, None));
        }
        let cited = match filters.evidence.is_empty() {
            true => Cow::Borrowed(&common),
            false => Cow::Owned(self.fitting_but(filters, Some(EVIDENCE)) & within),
        };
        let among = self.among(&cited);
        let evidence = Reliability::ALL.iter().map(|reliability| {
            let cases = self.cases_with(EVIDENCE, reliability.code());
            (*reliability, cases.map_or(0, |cases| among.count(cases)))
        });
        Counts { facets, evidence: evidence.collect(), statements: for_facet(ANY, None) }
    }

    fn count(&self, name: &str, filters: &Filters, among: &Among<'_>, listed: Option<&[&str]>) -> FacetCount {
        let own = filters.fields.get(name).cloned().unwrap_or_default();
        let none = FieldSets::default();
        let sets = self.sets(name).unwrap_or(&none);
        let mut codes: Vec<CodeCount> = Vec::new();
        for (code, cases) in &sets.by_code {
            let Some(code) = code else { continue };
            let count = among.count(&cases.supported(&own));
            if count > 0 || own.any.contains(code) || own.not.contains(code) {
                codes.push(CodeCount { code: code.clone(), count });
            }
        }
        let distinct = codes.iter().filter(|code| code.count > 0).count();
        match listed {
            Some(listed) => in_listed_order(&mut codes, listed),
            None => codes.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.code.cmp(&b.code))),
        }
        let SupportCounts { statuses, confidences, reliabilities } = sets.support(&own, among);
        FacetCount { field: name.to_owned(), distinct, codes, statuses, confidences, reliabilities }
    }
}

/// All codes of the codebook in its order, those without a case too; then retired ones that some case still has.
fn in_listed_order(codes: &mut Vec<CodeCount>, listed: &[&str]) {
    let mut found = std::mem::take(codes);
    for code in listed {
        let at = found.iter().position(|count| count.code == *code);
        codes.push(at.map_or_else(|| CodeCount { code: (*code).to_owned(), count: 0 }, |at| found.swap_remove(at)));
    }
    found.sort_by(|a, b| a.code.cmp(&b.code));
    codes.append(&mut found);
}
