//! A page of results: the cases of one page of a search, each as a card, and the names that the filters beside them need.

use std::collections::HashSet;

use super::{
    catalogue::Catalogue,
    document::{Document, Status, Text},
    facets::{Counts, FacetCount, Filters, PopulationSpan, VENDOR},
    projection::Computed,
    published,
    search::{self, Counted, Notice, Results},
    show::Tables,
    statistics::Span,
    view::{Head, Lens},
};
use crate::{
    Result,
    codebook::Codebook,
    db::Reading,
    ids::{CaseId, OrganisationId},
    limits,
    organisations::{self, Directory},
    search::SearchIndex,
};

/// How many organisations the filter offers.
const OFFERED_VENDORS: usize = 40;

/// A page of results.
#[derive(Debug, Clone)]
pub struct List {
    /// What was found, and how many of what.
    pub results: Results,
    /// The cases of this page, in order.
    pub cards: Vec<Card>,
    /// The organisations that cards and filters name.
    pub parties: Directory,
}

/// A case in a list.
#[derive(Debug, Clone)]
pub struct Card {
    /// The id.
    pub id: CaseId,
    /// Place, vendors, state.
    pub head: Head,
    /// The title.
    pub title: Text,
    /// The summary.
    pub summary: Option<Text>,
    /// What is computed of it.
    pub computed: Computed,
    /// The first and the last year of its dated events.
    pub years: Option<(i32, i32)>,
    /// How many statements are disputed.
    pub disputed: usize,
    /// Whether it is the reference case.
    pub reference: bool,
}

/// The page of results that `filters` ask for.
///
/// # Errors
/// Those of the database.
pub fn list(
    r: &mut Reading,
    catalogue: &Catalogue,
    index: &dyn SearchIndex,
    tables: Tables<'_>,
    filters: &Filters,
) -> Result<List> {
    let mut results = search::results(r, catalogue, index, tables.codebook, filters)?;
    offer_the_most_frequent(&mut results.counts, filters);
    let mut read = Vec::new();
    for current in published::current(r, &results.ordinals)? {
        read.push(current.read()?);
    }
    let parties = organisations::of_ids(r, &named(&read, &results.counts))?;
    let lens = Lens {
        codebook: tables.codebook,
        gazetteer: tables.gazetteer,
        jurisdictions: tables.jurisdictions,
        parties: &parties,
        lang: tables.lang,
        today: r.today(),
    };
    let cards = read.into_iter().map(|(document, computed)| card(document, computed, &lens)).collect();
    Ok(List { results, cards, parties })
}

/// The counts beside a list without the list.
#[derive(Debug, Clone)]
pub struct Tally {
    /// How many cases fit.
    pub total: usize,
    /// How many cases each code has, as the page offers them.
    pub counts: Counts,
    /// How many cases each year has.
    pub years: Vec<Span>,
    /// How many cases have how many inhabitants.
    pub populations: Vec<PopulationSpan>,
    /// The organisations that are offered.
    pub parties: Directory,
    /// What the reader should know.
    pub notices: Vec<Notice>,
}

/// How many cases each code has under these filters: the numbers of the page.
///
/// # Errors
/// Those of the database.
pub fn tally(
    r: &mut Reading,
    catalogue: &Catalogue,
    index: &dyn SearchIndex,
    codebook: &Codebook,
    filters: &Filters,
) -> Result<Tally> {
    let Counted { total, mut counts, years, populations, notices } =
        search::counted(r, catalogue, index, codebook, filters)?;
    offer_the_most_frequent(&mut counts, filters);
    let parties = organisations::of_ids(r, &named(&[], &counts))?;
    Ok(Tally { total, counts, years, populations, parties, notices })
}

/// All codes of one facet, however many there are.
#[derive(Debug, Clone)]
pub struct Values {
    /// The codes with their numbers, counted as beside the list: what is chosen of the facet is left out.
    pub facet: FacetCount,
    /// The organisations among the codes, and those that filters name.
    pub parties: Directory,
    /// What the reader should know.
    pub notices: Vec<Notice>,
}

/// All codes of the facet `field` under these filters; none if there is no such facet.
///
/// # Errors
/// Those of the database.
pub fn values(
    r: &mut Reading,
    catalogue: &Catalogue,
    index: &dyn SearchIndex,
    codebook: &Codebook,
    filters: &Filters,
    field: &str,
) -> Result<Option<Values>> {
    let Counted { counts, notices, .. } = search::counted(r, catalogue, index, codebook, filters)?;
    let Some(facet) = counts.facets.into_iter().find(|facet| facet.field == field) else { return Ok(None) };
    let offered = facet.codes.iter().filter(|_| field == VENDOR).map(|code| &code.code);
    let chosen = filters.fields.get(VENDOR).into_iter().flat_map(|filter| filter.any.iter().chain(&filter.not));
    let ids: HashSet<OrganisationId> = offered.chain(chosen).filter_map(|code| code.parse().ok()).collect();
    let ids: Vec<OrganisationId> = ids.into_iter().collect();
    let mut parties = Directory::new();
    for some in ids.chunks(limits::BATCH) {
        parties.extend(organisations::of_ids(r, some)?);
    }
    Ok(Some(Values { facet, parties, notices }))
}

fn card(document: Document, computed: Computed, lens: &Lens<'_>) -> Card {
    let years = document.timeline.iter().map(|event| event.date.years());
    let years = years.reduce(|all, one| (all.0.min(one.0), all.1.max(one.1)));
    Card {
        head: Head::of(&document, lens),
        years,
        disputed: document.statements.iter().filter(|statement| statement.status == Status::Disputed).count(),
        reference: document.reference,
        id: document.id,
        title: document.title,
        summary: document.summary,
        computed,
    }
}

/// Organisations are many: the filter offers the most frequent ones and those that are chosen.
fn offer_the_most_frequent(counts: &mut Counts, filters: &Filters) {
    let chosen = filters.fields.get(VENDOR).cloned().unwrap_or_default();
    for facet in counts.facets.iter_mut().filter(|facet| facet.field == VENDOR) {
        facet.codes.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.code.cmp(&b.code)));
        let mut rank = 0;
        facet.codes.retain(|code| {
            rank += 1;
            rank <= OFFERED_VENDORS || chosen.any.contains(&code.code) || chosen.not.contains(&code.code)
        });
    }
}

fn named(read: &[(Document, Computed)], counts: &Counts) -> Vec<OrganisationId> {
    let involved =
        read.iter().flat_map(|(document, _)| document.involvements.iter().filter_map(|i| i.organisation.clone()));
    let offered = counts.facets.iter().filter(|facet| facet.field == VENDOR);
    let offered = offered.flat_map(|facet| facet.codes.iter().filter_map(|code| code.code.parse().ok()));
    involved.chain(offered).collect::<HashSet<_>>().into_iter().collect()
}
