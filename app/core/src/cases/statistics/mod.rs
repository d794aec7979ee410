//! Statistics of a set of cases: one field by another, counts by state, year and country, and the two measures beside each other.
//!
//! The set is that of the list under the same filters. Counts come from the sets that the list's own counts come from; figures come from the
//! documents, read through the gate. Whatever is counted describes the collection, not the world.

mod category;
mod crosstab;
mod histogram;
mod scatter;
mod suppress;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use roaring::RoaringBitmap;

pub use self::{
    category::Category,
    crosstab::{Axes, Count, Crosstab},
    histogram::{Bar, Span, Years},
    scatter::{Bound, Gap, Missing, POINTS, Point, Scatter},
};
use super::{
    catalogue::{Catalogue, Known},
    facets::{COUNTRY, Filters, PopulationSpan, VENDOR},
    search::{self, Notice},
    show::Tables,
};
use crate::{
    Result,
    codebook::needed::STATE,
    db::Reading,
    ids::OrganisationId,
    organisations::{self, Directory},
    search::SearchIndex,
};

/// What is asked: of which cases, which two fields, and from which number on a cell is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The filters of the set.
    pub filters: Filters,
    /// The two fields.
    pub axes: Axes,
    /// Cells that count fewer cases than this, but some, are suppressed.
    pub suppress_below: u64,
}

/// Everything that is counted of a set.
#[derive(Debug, Clone)]
pub struct Statistics {
    /// How many cases the set holds.
    pub found: u64,
    /// How many cases are published.
    pub published: u64,
    /// What the reader should know of the set.
    pub notices: Vec<Notice>,
    /// One field by another.
    pub table: Crosstab,
    /// The field whose codes are the states of the life cycle.
    pub state: String,
    /// By state of the life cycle.
    pub states: Vec<Bar>,
    /// By the years that dated events span.
    pub years: Years,
    /// By the class of their inhabitants, and how many cases tell none.
    pub populations: Vec<PopulationSpan>,
    /// How many cases tell neither inhabitants nor a class.
    pub without_population: u64,
    /// By country, the most cases first. A case in two countries counts in both.
    pub countries: Vec<(String, u64)>,
    /// How many cases have no country, because only the continent is public.
    pub without_country: u64,
    /// Imbalance of size and legal distance.
    pub scatter: Scatter,
    /// The organisations that filters and table name.
    pub parties: Directory,
}

/// Counts a set of cases.
///
/// # Errors
/// Those of the database; that the text index is away is a notice.
pub fn statistics(
    r: &mut Reading,
    catalogue: &Catalogue,
    index: &dyn SearchIndex,
    tables: Tables<'_>,
    question: &Question,
) -> Result<Statistics> {
    let whole = search::whole_set(r, catalogue, index, &question.filters)?;
    let (mut statistics, candidates) = {
        let known = catalogue.fresh(r)?;
        counted(&known, &whole.set, &whole.ordinals, tables, question)
    };
    statistics.notices = whole.notices;
    statistics.scatter.read(r, &candidates, tables)?;
    statistics.parties = organisations::of_ids(r, &named(&question.filters, &statistics.table))?;
    Ok(statistics)
}

/// One field by another alone, with the organisations that it names: what the sheet holds.
///
/// # Errors
/// As [`statistics`].
pub fn table(
    r: &mut Reading,
    catalogue: &Catalogue,
    index: &dyn SearchIndex,
    tables: Tables<'_>,
    question: &Question,
) -> Result<(Crosstab, Directory)> {
    let whole = search::whole_set(r, catalogue, index, &question.filters)?;
    let table = {
        let known = catalogue.fresh(r)?;
        Crosstab::of(&known.facets, &(whole.set & known.facets.all()), tables.codebook, question)
    };
    let parties = organisations::of_ids(r, &named(&question.filters, &table))?;
    Ok((table, parties))
}

/// What can be counted without a document, and the cases whose documents the two measures need.
fn counted(
    known: &Known,
    set: &RoaringBitmap,
    ordinals: &[u32],
    tables: Tables<'_>,
    question: &Question,
) -> (Statistics, Vec<u32>) {
    let facets = &known.facets;
    // a case that was hidden since the set was made is in none of the sets
    let set = &(set & facets.all());
    let mut countries = facets.codes_within(COUNTRY, set);
    countries.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let (scatter, candidates) = Scatter::among(facets, set, ordinals);
    let classes = facets.population_within(set).into_iter().filter(|span| !span.finer);
    let populations: Vec<PopulationSpan> = classes.collect();
    let state = tables.codebook.name_of(STATE);
    let statistics = Statistics {
        found: set.len(),
        published: facets.all().len(),
        notices: Vec::new(),
        table: Crosstab::of(facets, set, tables.codebook, question),
        states: histogram::of_field(facets, state, set, tables.codebook),
        state: state.to_owned(),
        years: Years::of(facets, set),
        without_population: set.len() - populations.iter().map(|span| span.count).sum::<u64>(),
        populations,
        countries,
        without_country: set.len() - facets.cases_having(COUNTRY).intersection_len(set),
        scatter,
        parties: Directory::new(),
    };
    (statistics, candidates)
}

/// The organisations that filters and table name.
fn named(filters: &Filters, table: &Crosstab) -> Vec<OrganisationId> {
    let axes = [(&table.axes.rows, &table.rows), (&table.axes.columns, &table.columns)];
    let heads = axes.into_iter().filter(|(field, _)| field.as_str() == VENDOR).flat_map(|(_, heads)| heads);
    let heads = heads.filter_map(|head| match head {
        Category::Code(code) => Some(code),
        _ => None,
    });
    let heads = heads.filter_map(|code| code.parse().ok());
    let ids: BTreeSet<OrganisationId> = heads.chain(filters.organisations()).collect();
    ids.into_iter().collect()
}
