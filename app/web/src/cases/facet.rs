//! All values of one field that cases can be filtered by, with their counts: for fields with more values than stand beside the list.

use std::cmp::Reverse;

use actix_web::{
    Either,
    web::{Data, Path},
};
use askama::Template;
use casebook_core::{
    cases::{
        facets::{Filters, Problem, facet_names},
        list::{self, Values},
        search::Notice,
    },
    codebook::Codebook,
    limits,
    text::fold,
};

use super::list::{
    Choice, Offer, Worth,
    facets::{Namer, in_use},
};
use crate::{
    filters,
    kit::{
        App, Error, Frame, Message, Page, Pairs, Result, Sample, Visit,
        page::{Moved, sample_visit},
    },
    url,
};

/// All values of one field.
#[derive(Debug, Template)]
#[template(path = "cases/facet.html")]
pub struct FacetPage {
    /// The frame.
    pub frame: Frame,
    /// What else is asked of the cases.
    pub filters: Filters,
    /// The field.
    pub field: String,
    /// What the values must have in their names; may be empty.
    pub find: String,
    /// The filters that are set, each with the address of this page without it.
    pub chosen: Vec<Choice>,
    /// What the reader should know.
    pub notices: Vec<String>,
    /// The values of this page, the most frequent first.
    pub values: Vec<Offer>,
    /// What statements of the field are worth; each leads to the list.
    pub evidence: Vec<Worth>,
    /// How many values have the words in their names.
    pub found: usize,
    /// How many values there are.
    pub all: usize,
    /// The page, from one.
    pub page: usize,
    /// The number of pages, at least one.
    pub pages: usize,
}

/// `GET /cases/facet/{field}` - all values of a field under the filters of the list (row R2).
///
/// # Errors
/// [`Error::BadRequest`] with what is allowed, for a field that is no facet, and for a filter that is not.
pub async fn show(
    app: Data<App>,
    visit: Visit,
    name: Path<String>,
    pairs: Pairs,
) -> Result<Either<Page<FacetPage>, Moved>> {
    let parsed = filters::parse(&app, &pairs)?;
    let field = named(&app.codebook, &name).ok_or_else(|| unknown(&app.codebook, &name))?;
    let find: String = pairs.first("find").trim().chars().take(limits::QUERY).collect();
    if parsed.moved || field != *name {
        return Ok(Either::Right(Moved(address(&field, &parsed.filters, &find))));
    }
    // the page that is asked for is one of values, not one of cases
    let (state, filters, sought) = (app.clone(), parsed.filters.on_page(0), field.clone());
    let values = app
        .read(move |r| list::values(r, &state.catalogue, &*state.index, &state.codebook, &filters, &sought))
        .await?
        .ok_or(Error::NotFound)?;
    Ok(Either::Left(Page::new(FacetPage::new(&app, &visit, parsed.filters, find, &values))))
}

/// The facet that is meant: a retired one leads to its successor.
fn named(codebook: &Codebook, name: &str) -> Option<String> {
    let current = facet_names(codebook).into_iter().find(|known| *known == name);
    let successor = || codebook.facet(name).map(|retired| codebook.standing_field(retired).code.as_str());
    current.or_else(successor).map(str::to_owned)
}

fn unknown(codebook: &Codebook, name: &str) -> Error {
    let allowed = facet_names(codebook).into_iter().map(str::to_owned).collect();
    let problem = Problem { name: name.to_owned(), value: String::new(), unknown_name: true, allowed };
    Error::BadRequest(filters::refused(&[problem]))
}

fn address(field: &str, filters: &Filters, find: &str) -> String {
    let mut pairs = filters.pairs();
    if !find.is_empty() {
        pairs.push(("find".to_owned(), find.to_owned()));
    }
    url::facet(field, &pairs)
}

impl FacetPage {
    /// The page of a field's values.
    #[must_use]
    pub fn new(app: &App, visit: &Visit, filters: Filters, find: String, values: &Values) -> Self {
        let field = values.facet.field.clone();
        let to_list = |filters: &Filters| url::cases_fitting(&filters.pairs());
        let to_here = |filters: &Filters| address(&field, filters, &find);
        let namer = Namer { app, parties: &values.parties, visit, address: &to_list };
        let chosen = Namer { address: &to_here, ..namer }.chosen(&filters);
        let label = namer.field(&field);
        let in_use: Vec<Offer> =
            in_use(&filters, &values.facet).map(|code| namer.offer(&filters, &field, code)).collect();
        let (all, sought) = (in_use.len(), fold(&find));
        let mut fitting: Vec<(Reverse<u64>, String, Offer)> = in_use
            .into_iter()
            .map(|offer| (Reverse(offer.count), fold(&offer.label), offer))
            .filter(|(_, folded, _)| folded.contains(&sought))
            .collect();
        fitting.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
        let (found, asked) = (fitting.len(), filters.page.max(1));
        let pages = found.div_ceil(limits::FACET_PAGE).max(1);
        let page = asked.min(pages);
        let past_the_end = (asked > pages).then_some(Notice::PastTheEnd { asked });
        let notices: Vec<Notice> = values.notices.iter().cloned().chain(past_the_end).collect();
        let notices = filters::notices(app, visit, &filters, &notices);
        let shown = fitting.into_iter().skip((page - 1) * limits::FACET_PAGE).take(limits::FACET_PAGE);
        let shown = shown.map(|(_, _, offer)| offer).collect();
        let description = Message::new("facet-description").with("label", &label);
        let mut frame =
            visit.frame(Message::new("facet-title").with("label", &label)).describing(visit.text(description));
        frame.query.clone_from(&filters.q);
        let evidence = namer.worth(&filters, &values.facet);
        Self { frame, filters, field, find, chosen, notices, values: shown, evidence, found, all, page, pages }
    }

    /// The pairs that the search for a value carries along.
    fn carried(&self) -> Vec<(String, String)> {
        self.filters.on_page(0).pairs()
    }

    fn bare_address(&self) -> String {
        url::facet(&self.field, &[])
    }

    /// The same page with no filter left.
    fn everything(&self) -> String {
        address(&self.field, &Filters::default(), &self.find)
    }

    fn list_address(&self) -> String {
        url::cases_fitting(&self.carried())
    }

    fn page_address(&self, page: &usize) -> String {
        address(&self.field, &self.filters.on_page(*page), &self.find)
    }

    /// The pages near this one, the first and the last.
    fn near(&self) -> Vec<usize> {
        (1..=self.pages).filter(|n| *n == 1 || *n == self.pages || n.abs_diff(self.page) <= 2).collect()
    }

    /// How many values there are, and how many of them have the words in their names.
    fn number(&self) -> String {
        if self.find.is_empty() {
            return self.frame.tn("facet-number", self.all);
        }
        let message = Message::new("facet-number-found").with("found", self.found).with("all", self.all);
        self.frame.say(&message.with("find", &self.find))
    }
}

impl Sample for FacetPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let hostile = "<script>alert(1)</script> \"'&".repeat(3);
        let longest = "Supercalifragilisticexpialidocious".repeat(4);
        vec![
            ("empty", sample("", 0)),
            ("none found", sample("cloud", 0)),
            ("full", sample("Huawei", 14)),
            ("longest", sample(&longest, 3)),
            ("hostile", sample(&hostile, 2)),
        ]
    }
}

fn sample(words: &str, size: usize) -> FacetPage {
    let offer = |at: usize| Offer {
        label: format!("{words} {at}"),
        count: at as u64,
        chosen: at == 1,
        address: "/cases?f.vendor=o_huawei".to_owned(),
        without: (at != 1).then(|| "/cases?not.vendor=o_huawei".to_owned()),
    };
    let choice = Choice { label: words.to_owned(), count: 1, chosen: true, address: "/cases/facet/vendor".to_owned() };
    FacetPage {
        frame: sample_visit("/cases/facet/vendor").frame(Message::new("facet-title").with("label", words)),
        filters: Filters { q: words.to_owned(), ..Filters::default() },
        field: "vendor".to_owned(),
        find: words.to_owned(),
        chosen: (size > 0).then(|| choice.clone()).into_iter().collect(),
        notices: (size > 0).then(|| words.to_owned()).into_iter().collect(),
        values: (0..size).map(offer).collect(),
        evidence: (size > 2)
            .then(|| Worth { label: words.to_owned(), choices: vec![choice.clone()] })
            .into_iter()
            .collect(),
        found: size,
        all: size * 2,
        page: 1,
        pages: size.max(1),
    }
}
