//! The list with made-up content.

use casebook_core::{
    cases::{
        document::Text,
        facets::{ANY, Counts, FacetCount, Filters},
        list::{Card, List},
        projection::Computed,
        search::{Coverage, Results},
        view::{Head, Shown, Whereabouts},
    },
    organisations::Directory,
};

use super::{Choice, FacetBox, Hint, ListPage, Offer, PopulationBar, Worth, Year};
use crate::kit::{Sample, page::sample_visit};

impl Sample for ListPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let hostile = "<script>alert(1)</script> \"'&".repeat(3);
        vec![
            ("empty", page(Filters::default(), Vec::new(), 1)),
            (
                "full",
                page(
                    Filters { q: "cloud".into(), page: 2, ..Filters::default() },
                    vec![card("Duisburg - Huawei"), card("CityTec")],
                    9,
                ),
            ),
            ("longest", page(Filters::default(), vec![card(&"Supercalifragilisticexpialidocious".repeat(4))], 1)),
            ("hostile", page(Filters { q: hostile.clone(), ..Filters::default() }, vec![card(&hostile)], 3)),
        ]
    }
}

fn page(filters: Filters, cards: Vec<Card>, pages: usize) -> ListPage {
    let mut frame = sample_visit("/cases").frame("list-title");
    frame.query.clone_from(&filters.q);
    let statements = FacetCount {
        field: ANY.into(),
        distinct: 0,
        codes: Vec::new(),
        statuses: Vec::new(),
        confidences: Vec::new(),
        reliabilities: Vec::new(),
    };
    let results = Results {
        ordinals: Vec::new(),
        total: cards.len(),
        page: filters.page.max(1),
        pages,
        counts: Counts { facets: Vec::new(), evidence: Vec::new(), statements },
        years: Vec::new(),
        populations: Vec::new(),
        coverage: Coverage::default(),
        notices: Vec::new(),
        meant: Vec::new(),
    };
    let offer = |chosen: bool| Offer {
        label: "Mobility".into(),
        count: 4,
        chosen,
        address: "/cases?f.domain=mobility".into(),
        without: (!chosen).then(|| "/cases?not.domain=mobility".into()),
    };
    let choice = Choice {
        label: "Accounts differ".into(),
        count: 1,
        chosen: false,
        address: "/cases?status.domain=disputed".into(),
    };
    let facet = FacetBox {
        label: filters.q.clone(),
        distinct: 2,
        open: true,
        codes: vec![offer(true), offer(false)],
        all: (pages > 1).then(|| "/cases/facet/domain".into()),
        standing: vec![choice.clone()],
    };
    let year = |at: u64| Year {
        label: filters.q.clone(),
        count: at,
        length: at * 50,
        chosen: at == 1,
        address: (at > 0).then(|| "/cases?year.from=2018&year.to=2018".into()),
    };
    let worth = Worth { label: filters.q.clone(), choices: vec![choice.clone(), choice.clone()] };
    let bar = |at: u64| PopulationBar {
        label: filters.q.clone(),
        count: at,
        length: at * 50,
        finer: at == 2,
        chosen: at == 1,
        address: (at > 0).then(|| "/cases?population.from=50000&population.to=199999".into()),
    };
    let hint = |at: usize| Hint {
        label: filters.q.clone(),
        counted: (at != 1).then(|| "(4 cases)".into()),
        address: "/cases?f.domain=mobility".into(),
    };
    ListPage {
        populations: (0..3).map(bar).collect(),
        evidence: (pages > 1).then_some(worth).into_iter().collect(),
        years: (0..3).map(year).collect(),
        frame,
        list: List { results, cards, parties: Directory::new() },
        facets: vec![facet],
        chosen: if filters.q.is_empty() { Vec::new() } else { vec![choice] },
        notices: vec![filters.q.clone()],
        hints: (0..pages / 3).map(hint).collect(),
        coverage: "7 of 7 published cases fit.".into(),
        citation: format!("Casebook collection (2026): 7 cases of the Casebook collection. {}", filters.q),
        completeness: vec![("good".into(), "Good".into())],
        alert: (pages > 1).then(|| "/alerts/new?q=cloud".into()),
        filters,
    }
}

fn card(title: &str) -> Card {
    Card {
        id: casebook_core::ids::CaseId::draw(&casebook_core::random::OsRandom),
        head: Head {
            kind: "Agreement".into(),
            place: Whereabouts {
                names: vec![title.into()],
                what: None,
                countries: vec!["Germany".into()],
                unnamed: false,
            },
            vendors: vec![(Shown::Words(title.into()), "Lead partner".into())],
            what: Vec::new(),
            since: None,
            state: None,
        },
        title: Text::new(title, "en"),
        summary: Some(Text::new(title, "en")),
        computed: Computed {
            completeness: "good".into(),
            answered: 20,
            asked: 30,
            sourced: 1.0,
            accounts: 1,
            population: None,
            size_class: None,
        },
        years: Some((2018, 2022)),
        disputed: 2,
        reference: true,
    }
}
