//! How often: cases by state, by the years that their dated events span, and by the inhabitants of their place.

use roaring::RoaringBitmap;

use super::category::{Category, categories};
use crate::{
    cases::{
        document::Scope,
        facets::{Facets, PopulationSpan, SIZE_CLASS},
    },
    codebook::{Codebook, needed::STATE},
};

/// How many bars the years have at most; beyond it several years share one.
const MOST_BARS: i32 = 30;
/// The facet of what a case extends over.
const SCOPE: &str = "scope";

/// Everything of a set that is counted as bars.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Histograms {
    /// How many cases the set holds.
    pub cases: u64,
    /// The field whose codes are the states of the life cycle.
    pub state: String,
    /// By state of the life cycle.
    pub states: Vec<Bar>,
    /// By the years that dated events span.
    pub years: Years,
    /// By the class of their inhabitants: the numbers that stand beside the list.
    pub populations: Vec<PopulationSpan>,
    /// How many cases without a class are about no single municipality, so that there are no inhabitants to tell.
    pub elsewhere: u64,
    /// How many are about one, and tell neither its inhabitants nor a class.
    pub without_population: u64,
}

impl Histograms {
    pub(super) fn of(facets: &Facets, set: &RoaringBitmap, codebook: &Codebook) -> Self {
        let state = codebook.name_of(STATE);
        let classes = facets.population_within(set).into_iter().filter(|span| !span.finer);
        let unsized_cases = set - facets.cases_having(SIZE_CLASS);
        let municipal = facets.cases_with(SCOPE, Scope::Municipality.code());
        let without_population = municipal.map_or(0, |cases| cases.intersection_len(&unsized_cases));
        Self {
            cases: set.len(),
            state: state.to_owned(),
            states: of_field(facets, state, set, codebook),
            years: Years::of(facets, set),
            populations: classes.collect(),
            elsewhere: unsized_cases.len() - without_population,
            without_population,
        }
    }
}

/// One bar: a category and its number of cases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// What it stands for.
    pub category: Category,
    /// How many cases.
    pub count: u64,
}

/// The cases of each code of a field; one with several codes counts in each.
fn of_field(facets: &Facets, field: &str, set: &RoaringBitmap, codebook: &Codebook) -> Vec<Bar> {
    let lines = categories(facets, field, set, codebook);
    lines.into_iter().map(|(category, cases)| Bar { category, count: cases.len() }).collect()
}

/// Cases by years. A case counts in each year from its first dated event to its last: dates of places that are not named are intervals, and
/// a bar for a single day would pretend what is not known. It is the set that the list finds for these years.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Years {
    /// The bars, the earliest first.
    pub spans: Vec<Span>,
    /// How many cases have no dated event.
    pub undated: u64,
}

/// A year, or several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The first year.
    pub from: i32,
    /// The last year.
    pub to: i32,
    /// How many cases have dated events that span some of it.
    pub count: u64,
}

/// How many cases a list of years counts up to this one.
fn up_to(counts: &[(i32, u64)], year: i32) -> u64 {
    counts.iter().take_while(|(of, _)| *of <= year).map(|(_, count)| count).sum()
}

impl Years {
    pub(in crate::cases) fn of(facets: &Facets, set: &RoaringBitmap) -> Self {
        let (begun, ended) = facets.years_within(set);
        let undated = set.len() - begun.iter().map(|(_, count)| count).sum::<u64>();
        let (Some((first, _)), Some((last, _))) = (begun.first().copied(), ended.last().copied()) else {
            return Self { spans: Vec::new(), undated };
        };
        let width = width(first, last);
        let begin = first.div_euclid(width) * width;
        let number = (last - begin) / width + 1;
        let span = |at: i32| {
            let (from, to) = (begin + at * width, begin + (at + 1) * width - 1);
            // Those that had begun by then, without those that had ended before.
            Span { from, to, count: up_to(&begun, to) - up_to(&ended, from - 1) }
        };
        Self { spans: (0..number).map(span).collect(), undated }
    }
}

/// How many years share a bar.
fn width(first: i32, last: i32) -> i32 {
    let years = last.saturating_sub(first).saturating_add(1);
    [1, 2, 5, 10, 20, 50, 100, 200].into_iter().find(|width| years / width < MOST_BARS).unwrap_or(500)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_share_a_bar_where_there_are_many() {
        assert_eq!([width(2018, 2020), width(2000, 2035), width(1900, 2026), width(1000, 9999)], [1, 2, 5, 500]);
    }
}
