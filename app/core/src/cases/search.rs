//! Finding cases: the filters' set, the words' set and what is published, intersected, in an order. Lists, counts and exports use this and
//! nothing else, so they are of exactly the same set.

use std::{borrow::Cow, sync::Arc};

use roaring::RoaringBitmap;

use super::{
    catalogue::{Catalogue, Known},
    cursor::Cursor,
    document::Proximity,
    facets::{COUNTRY, Counts, Filters, PopulationSpan, Sort},
    meant::Meant,
    statistics::{Span, Years},
};
use crate::{
    Result,
    codebook::Codebook,
    db::Reading,
    limits,
    search::{self, Clause, Note, SearchIndex, State, WordField, WordQuery},
    text::fold,
};

/// What the reader should know about a result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// The words were not taken quite as they were typed.
    Words(Note),
    /// The text index is away or far behind: the words were looked for in titles alone.
    TitlesOnly,
    /// The search server stopped at its number of hits: there may be more.
    Incomplete,
    /// Some cases have the words in a similar spelling alone.
    Similar {
        /// How many of those that fit.
        cases: u64,
    },
    /// The page asked for lies past the end; the last one is shown.
    PastTheEnd {
        /// The page that was asked for.
        asked: usize,
    },
}

/// One page of a search, with its counts.
#[derive(Debug, Clone, PartialEq)]
pub struct Results {
    /// The cases of this page, in order; their documents are read through the gate.
    pub ordinals: Vec<u32>,
    /// How many cases fit.
    pub total: usize,
    /// The page, from one.
    pub page: usize,
    /// The number of pages, at least one.
    pub pages: usize,
    /// How many cases each code has.
    pub counts: Counts,
    /// How many cases each year has; as with all counts, the years that are chosen are left out.
    pub years: Vec<Span>,
    /// How many cases have how many inhabitants; what is chosen of these is left out.
    pub populations: Vec<PopulationSpan>,
    /// What these cases are, and what they are not.
    pub coverage: Coverage,
    /// What the reader should know.
    pub notices: Vec<Notice>,
    /// The filters that the words may mean.
    pub meant: Vec<Meant>,
}

/// What a set of cases covers (row R37): absence in it is not absence in the world.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Coverage {
    /// How many cases fit.
    pub found: u64,
    /// How many cases are published.
    pub published: u64,
    /// The countries that most of them come from, with their numbers, at most three.
    pub countries: Vec<(String, u64)>,
    /// How many have no country, because only the continent is public.
    pub without_country: u64,
    /// How many rest on public sources alone.
    pub public_sources: u64,
    /// The first and the last year of their dated events.
    pub years: Option<(i32, i32)>,
}

/// A whole set, in order, fixed at one moment: what an export contains.
#[derive(Debug, Clone, PartialEq)]
pub struct WholeSet {
    /// The cases, in order; read them in batches through the gate, which leaves out what is hidden meanwhile.
    pub ordinals: Vec<u32>,
    /// The same cases as a set.
    pub set: RoaringBitmap,
    /// What the reader should know.
    pub notices: Vec<Notice>,
}

/// A part of a set that is read page by page, by programs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    /// The cases of this part, in order; their documents are read through the gate.
    pub ordinals: Vec<u32>,
    /// How many cases fit.
    pub total: usize,
    /// Where it goes on; none at the end.
    pub next: Option<Cursor>,
    /// What the reader should know.
    pub notices: Vec<Notice>,
}

/// The counts of what fits, without the cases.
#[derive(Debug, Clone, PartialEq)]
pub struct Counted {
    /// How many cases fit.
    pub total: usize,
    /// How many cases each code has.
    pub counts: Counts,
    /// How many cases each year has, as in [`Results`].
    pub years: Vec<Span>,
    /// How many cases have how many inhabitants, as in [`Results`].
    pub populations: Vec<PopulationSpan>,
    /// What the reader should know.
    pub notices: Vec<Notice>,
}

/// How many cases fit, and how many of them have which code, year and size: the numbers of [`results`] for those who show no cases.
///
/// # Errors
/// As [`results`].
pub fn counted(
    r: &mut Reading,
    catalogue: &Catalogue,
    index: &dyn SearchIndex,
    codebook: &Codebook,
    filters: &Filters,
) -> Result<Counted> {
    let mut words = Words::ask(index, &filters.q);
    let known = catalogue.fresh(r)?;
    words.settle(&known, index);
    let Found { within, set, notices } = words.found(&known, filters);
    let total = usize::try_from(set.len()).unwrap_or(usize::MAX);
    Ok(Counted {
        total,
        counts: known.facets.counts(filters, &within, codebook),
        years: years(&known, filters, &set, &within),
        populations: populations(&known, filters, &set, &within),
        notices,
    })
}

/// One page of what fits.
///
/// # Errors
/// Those of the database; that the text index is away is a notice.
pub fn results(
    r: &mut Reading,
    catalogue: &Catalogue,
    index: &dyn SearchIndex,
    codebook: &Codebook,
    filters: &Filters,
) -> Result<Results> {
    let mut words = Words::ask(index, &filters.q);
    let known = catalogue.fresh(r)?;
    words.settle(&known, index);
    let Found { within, set, mut notices } = words.found(&known, filters);
    let total = usize::try_from(set.len()).unwrap_or(usize::MAX);
    let pages = total.div_ceil(limits::PAGE).max(1);
    let asked = filters.page.max(1);
    let page = asked.min(pages);
    if asked > pages {
        notices.push(Notice::PastTheEnd { asked });
    }
    Ok(Results {
        ordinals: in_order(&known, filters, words.order(), &set)
            .skip((page - 1) * limits::PAGE)
            .take(limits::PAGE)
            .collect(),
        total,
        page,
        pages,
        counts: known.facets.counts(filters, &within, codebook),
        years: years(&known, filters, &set, &within),
        populations: populations(&known, filters, &set, &within),
        coverage: Coverage::of(&known, &set),
        notices,
        meant: catalogue.names().meant(&words.parsed, filters, &known.facets, &within),
    })
}

/// The years of the cases that fit the words (`within`) and all filters but the years.
fn years(known: &Known, filters: &Filters, set: &RoaringBitmap, within: &RoaringBitmap) -> Vec<Span> {
    if filters.year_from.is_none() && filters.year_to.is_none() {
        return Years::of(&known.facets, set).spans;
    }
    let of_all_years = Filters { year_from: None, year_to: None, ..filters.clone() };
    Years::of(&known.facets, &(known.facets.fitting(&of_all_years) & within)).spans
}

/// The inhabitants of the cases that fit the words (`within`) and all filters but the inhabitants.
fn populations(known: &Known, filters: &Filters, set: &RoaringBitmap, within: &RoaringBitmap) -> Vec<PopulationSpan> {
    if !filters.asks_for_population() {
        return known.facets.population_within(set);
    }
    let of_all = Filters { population_from: None, population_to: None, ..filters.clone() };
    known.facets.population_within(&(known.facets.fitting(&of_all) & within))
}

/// All of what fits, in the same order as the pages of it.
///
/// # Errors
/// As [`results`].
pub fn whole_set(
    r: &mut Reading,
    catalogue: &Catalogue,
    index: &dyn SearchIndex,
    filters: &Filters,
) -> Result<WholeSet> {
    let mut words = Words::ask(index, &filters.q);
    let known = catalogue.fresh(r)?;
    words.settle(&known, index);
    let Found { set, notices, .. } = words.found(&known, filters);
    Ok(WholeSet { ordinals: in_order(&known, filters, words.order(), &set).collect(), set, notices })
}

/// At most `most` of what fits, in the same order as the pages of it: the first ones, or those that follow `after`.
///
/// # Errors
/// As [`results`].
pub fn window(
    r: &mut Reading,
    catalogue: &Catalogue,
    index: &dyn SearchIndex,
    filters: &Filters,
    after: Option<&Cursor>,
    most: usize,
) -> Result<Window> {
    let mut words = Words::ask(index, &filters.q);
    let known = catalogue.fresh(r)?;
    words.settle(&known, index);
    let Found { set, notices, .. } = words.found(&known, filters);
    let total = usize::try_from(set.len()).unwrap_or(usize::MAX);
    let ordered = in_order(&known, filters, words.order(), &set);
    let (begin, ordinals): (usize, Vec<u32>) = match after {
        None => (0, ordered.take(most).collect()),
        Some(cursor) => {
            let ordered: Vec<u32> = ordered.collect();
            let begin = cursor.begin(&ordered, &known.cases);
            (begin, ordered.into_iter().skip(begin).take(most).collect())
        }
    };
    let end = begin + ordinals.len();
    let last = ordinals.last().filter(|_| end < total).and_then(|ordinal| known.cases.get(ordinal));
    let next = last.map(|last| Cursor::after(filters, end, last));
    Ok(Window { ordinals, total, next, notices })
}

/// What the words ask for, and what the text index says to it. Asked before the catalogue is locked, because a server may take its time.
struct Words {
    parsed: search::Parsed,
    matches: Option<Arc<search::Matches>>,
}

impl Words {
    fn ask(index: &dyn SearchIndex, typed: &str) -> Self {
        let parsed = search::parse(typed);
        let matches = match parsed.query.is_empty() {
            true => None,
            false => index.matches(&parsed.query).ok(),
        };
        Self { parsed, matches }
    }

    /// The numbers in the order of the text index, best first.
    fn order(&self) -> Option<&[u32]> {
        self.matches.as_ref().map(|matches| matches.ordinals.as_slice())
    }

    /// Drops an answer that says nothing.
    fn settle(&mut self, known: &Known, index: &dyn SearchIndex) {
        if self.order().is_some_and(<[u32]>::is_empty) && is_far_behind(index, known) {
            self.matches = None;
        }
    }

    /// The cases that fit the words.
    fn within<'a>(&'a self, known: &'a Known) -> (Cow<'a, RoaringBitmap>, Vec<Notice>) {
        let mut notices: Vec<Notice> = self.parsed.notes.iter().cloned().map(Notice::Words).collect();
        if self.parsed.query.is_empty() {
            return (Cow::Borrowed(known.facets.all()), notices);
        }
        let Some(matches) = &self.matches else {
            notices.push(Notice::TitlesOnly);
            return (Cow::Owned(in_titles(known, &self.parsed.query)), notices);
        };
        if !matches.complete {
            notices.push(Notice::Incomplete);
        }
        (Cow::Borrowed(&matches.set), notices)
    }

    /// The cases that fit words and filters.
    fn found<'a>(&'a self, known: &'a Known, filters: &Filters) -> Found<'a> {
        let (within, mut notices) = self.within(known);
        let set = known.facets.fitting(filters) & &*within;
        let similar = self.matches.as_ref().map_or(0, |matches| matches.similar.intersection_len(&set));
        if similar > 0 {
            notices.push(Notice::Similar { cases: similar });
        }
        Found { within, set, notices }
    }
}

/// What words and filters ask for.
struct Found<'a> {
    /// The cases that fit the words.
    within: Cow<'a, RoaringBitmap>,
    /// Those among them that fit the filters too.
    set: RoaringBitmap,
    /// What the reader should know.
    notices: Vec<Notice>,
}

/// Whether the index holds fewer than half of the published cases: then that it found nothing says nothing.
fn is_far_behind(index: &dyn SearchIndex, known: &Known) -> bool {
    match index.state() {
        State::Ready { count } => count * 2 < known.facets.all().len(),
        State::Away(_) => true,
    }
}

/// The cases whose folded titles have the words in them.
fn in_titles(known: &Known, query: &WordQuery) -> RoaringBitmap {
    let fits = |clause: &Clause, ordinal: u32, title: &str| {
        if clause.field == Some(WordField::Country) && clause.text.len() == 2 {
            let code = clause.text.to_ascii_uppercase();
            return known.facets.cases_with(COUNTRY, &code).is_some_and(|cases| cases.contains(ordinal));
        }
        title.contains(&fold(&clause.text))
    };
    let cases = known.cases.iter().filter(|(ordinal, case)| {
        query.all.iter().all(|clause| fits(clause, **ordinal, &case.title))
            && !query.none.iter().any(|clause| fits(clause, **ordinal, &case.title))
    });
    cases.map(|(ordinal, _)| *ordinal).collect()
}

/// The cases of `set` in the order asked for; no further than the caller reads.
fn in_order<'a>(
    known: &'a Known,
    filters: &Filters,
    by_words: Option<&'a [u32]>,
    set: &'a RoaringBitmap,
) -> impl Iterator<Item = u32> + use<'a> {
    let all = match (filters.order(), by_words) {
        (Sort::Relevance, Some(by_words)) => by_words,
        (Sort::Relevance | Sort::Recent, _) => &known.orders.recent,
        (Sort::Title, _) => &known.orders.title,
        (Sort::Population, _) => &known.orders.population,
    };
    all.iter().copied().filter(|ordinal| set.contains(*ordinal))
}

impl Coverage {
    fn of(known: &Known, set: &RoaringBitmap) -> Self {
        let mut countries = known.facets.codes_within(COUNTRY, set);
        countries.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        countries.truncate(3);
        let with_country = known.facets.cases_having(COUNTRY).intersection_len(set);
        let only_public = known.facets.cases_with("proximity", Proximity::PublicSources.code());
        Self {
            found: set.len(),
            published: known.facets.all().len(),
            countries,
            without_country: set.len() - with_country,
            public_sources: only_public.map_or(0, |cases| cases.intersection_len(set)),
            years: known.facets.years_of(set),
        }
    }
}

#[cfg(test)]
mod tests;
