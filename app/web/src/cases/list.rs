//! The list of cases: search, filters with their counts, results.

pub(super) mod evidence;
pub(super) mod facets;
pub(super) mod population;
mod samples;
mod years;

use actix_web::{HttpRequest, HttpResponse, Responder, body::BoxBody, web::Data};
use askama::Template;
use casebook_core::cases::{
    facets::{Filters, Sort},
    list::{self, Card, List},
    show::Tables,
};

pub use self::{
    evidence::Worth,
    facets::{Choice, FacetBox, Hint, Offer},
    population::PopulationBar,
    years::Year,
};
use super::{cite, export::FORMATS, words};
use crate::{
    filters,
    kit::{App, Frame, Page, Pairs, Result, Visit, page::Moved},
    url,
};

/// The list of cases.
#[derive(Debug, Template)]
#[template(path = "cases/list.html")]
pub struct ListPage {
    /// The frame.
    pub frame: Frame,
    /// What was asked.
    pub filters: Filters,
    /// What was found.
    pub list: List,
    /// The filters with their counts.
    pub facets: Vec<FacetBox>,
    /// What statements are worth, with the counts.
    pub evidence: Vec<Worth>,
    /// How many cases each year has.
    pub years: Vec<Year>,
    /// How many cases have how many inhabitants.
    pub populations: Vec<PopulationBar>,
    /// The filters that are set, each with the address without it.
    pub chosen: Vec<Choice>,
    /// What the reader should know.
    pub notices: Vec<String>,
    /// The filters that the words may mean.
    pub hints: Vec<Hint>,
    /// One honest line on what the set covers (row R37).
    pub coverage: String,
    /// The labels of completeness, by code.
    pub completeness: Vec<(String, String)>,
    /// The set as a line of text to be copied (row R17).
    pub citation: String,
    /// Where a reader asks to be told of new cases by mail; none where no mail leaves.
    pub alert: Option<String>,
}

/// The list, or the way to where a retired code now leads.
pub enum Shown {
    /// The list.
    List(Box<Page<ListPage>>),
    /// A newer address of the same search.
    Moved(Moved),
}

impl Responder for Shown {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        match self {
            Self::List(page) => page.respond_to(request),
            Self::Moved(moved) => moved.respond_to(request),
        }
    }
}

/// `GET /cases` - the cases that fit words and filters.
///
/// # Errors
/// [`crate::kit::Error::BadRequest`] with what is allowed, for a facet, code or order that is not.
pub async fn list(app: Data<App>, visit: Visit, pairs: Pairs) -> Result<Shown> {
    let parsed = filters::parse(&app, &pairs)?;
    if parsed.moved {
        return Ok(Shown::Moved(Moved(url::cases_fitting(&parsed.filters.pairs()))));
    }
    let (state, filters, lang) = (app.clone(), parsed.filters.clone(), visit.language.code());
    let list = app
        .read(move |r| {
            let tables = Tables {
                codebook: &state.codebook,
                gazetteer: &state.gazetteer,
                jurisdictions: &state.jurisdictions,
                lang,
            };
            list::list(r, &state.catalogue, &*state.index, tables, &filters)
        })
        .await?;
    let mut page = ListPage::new(&app, &visit, parsed.filters, list);
    page.notices.extend(filters::passed_over(&pairs).map(|message| visit.text(message)));
    Ok(Shown::List(Box::new(Page::new(page))))
}

impl ListPage {
    /// The page of a search.
    #[must_use]
    pub fn new(app: &App, visit: &Visit, filters: Filters, list: List) -> Self {
        let mut frame = visit.frame("list-title").describing(visit.text("list-description"));
        frame.query.clone_from(&filters.q);
        let address = |filters: &Filters| url::cases_fitting(&filters.pairs());
        let namer = facets::Namer { app, parties: &list.parties, visit, address: &address };
        let completeness = app.codebook.field("completeness").map(|field| {
            field.codes.iter().map(|code| (code.code.clone(), code.label(visit.language.code()).to_owned())).collect()
        });
        Self {
            facets: namer.boxes(&filters, &list.results.counts),
            evidence: namer.evidence(&filters, &list.results.counts),
            years: years::bars(&frame, &filters, &list.results.years),
            populations: population::bars(&frame, &filters, &list.results.populations),
            chosen: namer.chosen(&filters),
            notices: filters::notices(app, visit, &filters, &list.results.notices),
            hints: namer.hints(&filters, &list.results.meant),
            coverage: coverage(app, &frame, &list),
            citation: citation(app, visit, &filters, list.results.total),
            completeness: completeness.unwrap_or_default(),
            alert: app.config.mail.alerts_time().map(|_| url::new_alert(&filters.pairs_of_set())),
            frame,
            filters,
            list,
        }
    }

    fn sorts(&self) -> Vec<(&'static str, String, bool)> {
        let chosen = self.filters.order();
        let offered = Sort::ALL.into_iter().filter(|sort| *sort != Sort::Relevance || !self.filters.q.is_empty());
        offered.map(|sort| (sort.code(), self.frame.t(format!("list-sort-{}", sort.code())), sort == chosen)).collect()
    }

    /// The pairs that a form of the page carries along: all but those it asks for itself.
    fn carried(&self, without: &[&str]) -> Vec<(String, String)> {
        let pairs = self.filters.on_page(0).pairs();
        pairs.into_iter().filter(|(name, _)| !without.contains(&name.as_str())).collect()
    }

    fn page_address(&self, page: &usize) -> String {
        url::cases_fitting(&self.filters.on_page(*page).pairs())
    }

    /// The pages near this one, the first and the last.
    fn pages(&self) -> Vec<usize> {
        let (page, pages) = (self.list.results.page, self.list.results.pages);
        (1..=pages).filter(|n| *n == 1 || *n == pages || n.abs_diff(page) <= 2).collect()
    }

    /// The files that the set can be taken away as: the name of each format, where it is, and what it is for.
    fn exports(&self) -> Vec<(&'static str, String, String)> {
        let pairs = self.filters.pairs_of_set();
        let file =
            |(ending, name)| (name, url::cases_as(ending, &pairs), self.frame.t(format!("list-export-{ending}")));
        FORMATS.into_iter().map(file).collect()
    }

    fn is_evidence_chosen(&self) -> bool {
        evidence::is_chosen(&self.filters)
    }

    /// What may stand before a colon among the words.
    fn fields(&self) -> String {
        filters::fields_of_words()
    }

    /// The list with no filter left.
    fn everything(&self) -> String {
        url::cases()
    }

    fn feed_address(&self) -> String {
        url::cases_feed(&self.filters.pairs_of_set())
    }

    fn statistics_address(&self) -> String {
        url::statistics(&self.filters.pairs_of_set())
    }

    fn citations(&self) -> Vec<(&'static str, String)> {
        url::citations(&url::cases_fitting(&self.filters.pairs_of_set()))
    }

    fn case_address(&self, card: &Card) -> String {
        url::case(&card.id)
    }

    fn place(&self, card: &Card) -> String {
        place(card)
    }

    fn vendors(&self, card: &Card) -> String {
        vendors(card, &self.frame)
    }

    fn years_of(&self, card: &Card) -> Option<String> {
        card.years.map(|(from, to)| in_words(&self.frame, from, to))
    }

    fn state(&self, card: &Card) -> Option<String> {
        card.head.state.as_ref().map(|(state, _, _)| words::shown(state, self.frame.language))
    }

    fn complete(&self, card: &Card) -> String {
        let label = self.completeness.iter().find(|(code, _)| *code == card.computed.completeness);
        label.map_or_else(|| card.computed.completeness.clone(), |(_, label)| label.to_lowercase())
    }

    fn gaps(&self, card: &Card) -> usize {
        card.computed.asked.saturating_sub(card.computed.answered)
    }
}

/// Where it was, in one line: the names, or what may be said in their place, and the countries.
pub(crate) fn place(card: &Card) -> String {
    let place = &card.head.place;
    place.names.iter().chain(&place.what).chain(&place.countries).cloned().collect::<Vec<_>>().join(", ")
}

fn vendors(card: &Card, frame: &Frame) -> String {
    let names = card.head.vendors.iter().map(|(vendor, _)| words::shown(vendor, frame.language));
    names.collect::<Vec<_>>().join(", ")
}

/// A year, or the first and the last of several.
fn in_words(frame: &Frame, from: i32, to: i32) -> String {
    if from == to { from.to_string() } else { frame.t2("list-years", "from", from.to_string(), "to", to.to_string()) }
}

fn citation(app: &App, visit: &Visit, filters: &Filters, count: usize) -> String {
    let asked = filters.pairs_of_set();
    let address = format!("{}{}", app.config.public_url(), url::cases_fitting(&asked));
    cite::Words::of_set(count, &asked, visit.language).line(&address, app.clock.today(), visit.language)
}

fn coverage(app: &App, frame: &Frame, list: &List) -> String {
    let coverage = &list.results.coverage;
    let name =
        |code: &str| app.gazetteer.country(code).map_or_else(|| code.to_owned(), |country| country.name.to_owned());
    let countries =
        coverage.countries.iter().map(|(code, n)| frame.t2("list-coverage-country", "country", name(code), "n", *n));
    let countries = countries.collect::<Vec<_>>().join(", ");
    let mut text = frame.t2("list-coverage", "found", coverage.found, "published", coverage.published);
    if !countries.is_empty() {
        let told: u64 = coverage.countries.iter().map(|(_, n)| n).sum();
        let key = if told < coverage.found { "list-coverage-countries" } else { "list-coverage-countries-all" };
        text = format!("{text} {}", frame.t1(key, "countries", countries));
    }
    if let Some((from, to)) = coverage.years {
        text = format!("{text} {}", frame.t1("list-coverage-years", "years", in_words(frame, from, to)));
    }
    if coverage.found > 0 {
        text = format!("{text} {}", frame.tn("list-coverage-sources", coverage.public_sources));
    }
    format!("{text} {}", frame.t("list-coverage-absence"))
}
