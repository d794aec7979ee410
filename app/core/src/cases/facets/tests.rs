mod sql;

use std::collections::BTreeSet;

use roaring::RoaringBitmap;

use super::*;
use crate::{
    cases::document::{Confidence, Reliability, Status},
    codebook::Codebook,
};

/// A small collection as a list of facts, from which bitmaps are made and counts are made by hand.
const FACTS: &[(u32, &str, &str, Status, Confidence, Reliability)] = &[
    (1, "technology", "camera_cctv", Status::Stated, Confidence::Confirmed, Reliability::Primary),
    (1, "technology", "face_recognition", Status::Disputed, Confidence::Possible, Reliability::Interested),
    (1, "domain", "security", Status::Stated, Confidence::Probable, Reliability::Primary),
    (2, "technology", "camera_cctv", Status::Inferred, Confidence::Possible, Reliability::Established),
    (2, "technology", "smart_meter", Status::Stated, Confidence::Possible, Reliability::Interested),
    (2, "domain", "energy", Status::Stated, Confidence::Probable, Reliability::Unassessed),
    (3, "technology", "smart_meter", Status::Stated, Confidence::Confirmed, Reliability::Primary),
    (3, "domain", "energy", Status::Stated, Confidence::Possible, Reliability::Established),
    (3, "domain", "water", Status::Stated, Confidence::Possible, Reliability::Interested),
    (4, "technology", "", Status::Withheld, Confidence::Possible, Reliability::Unassessed),
    (4, "domain", "energy", Status::Disputed, Confidence::Possible, Reliability::Interested),
    (5, "technology", "", Status::Unknown, Confidence::Possible, Reliability::Unassessed),
];

fn facets() -> Facets {
    let mut facets = Facets::default();
    for ordinal in 1..=6 {
        facets.publish(ordinal, (ordinal != 6).then_some((2010 + ordinal.cast_signed(), 2012 + ordinal.cast_signed())));
    }
    for (ordinal, field, code, status, confidence, reliability) in FACTS {
        let code = (!code.is_empty()).then(|| (*code).to_owned());
        let row = Row {
            ordinal: *ordinal,
            field: (*field).to_owned(),
            code,
            status: Some(*status),
            confidence: Some(*confidence),
            reliability: Some(*reliability),
        };
        facets.add(row);
    }
    for (ordinal, code) in [(1, "primary"), (2, "interested")] {
        let (field, code) = (EVIDENCE.to_owned(), Some(code.to_owned()));
        facets.add(Row { ordinal, field, code, status: None, confidence: None, reliability: None });
    }
    facets
}

fn filters(address: &str) -> Filters {
    Filters::parse(pairs(address), &Codebook::embedded()).unwrap().filters
}

fn pairs(address: &str) -> Vec<(&str, &str)> {
    address.split('&').filter(|pair| !pair.is_empty()).map(|pair| pair.split_once('=').unwrap()).collect()
}

fn found(address: &str) -> Vec<u32> {
    facets().fitting(&filters(address)).iter().collect()
}

fn count(address: &str, field: &str, code: &str) -> u64 {
    let facets = facets();
    let counts = facets.counts(&filters(address), facets.all(), &Codebook::embedded());
    let facet = counts.facets.into_iter().find(|facet| facet.field == field).unwrap();
    facet.codes.into_iter().find(|found| found.code == code).unwrap().count
}

// R3: OR within a facet, AND across, NOT.
#[test]
fn codes_of_one_field_add_up_and_fields_narrow_down() {
    assert_eq!(found(""), [1, 2, 3, 4, 5, 6]);
    assert_eq!(found("f.technology=camera_cctv"), [1, 2]);
    assert_eq!(found("f.technology=camera_cctv&f.technology=smart_meter"), [1, 2, 3]);
    assert_eq!(found("f.technology=camera_cctv&f.domain=energy"), [2]);
    assert_eq!(found("not.technology=camera_cctv"), [3, 4, 5, 6]);
    assert_eq!(found("f.domain=energy&not.technology=camera_cctv&not.domain=water"), [4]);
    assert_eq!(found("f.technology=robot"), [0; 0]);
}

// R4, R33: value disputed, unknown, refused; confidence and reliability apart.
#[test]
fn status_and_confidence_can_be_asked_for_alone() {
    assert_eq!(found("status.technology=withheld"), [4]);
    assert_eq!(found("status.technology=unknown&status.technology=disputed"), [1, 5]);
    assert_eq!(found("confidence.technology=confirmed"), [1, 3]);
    assert_eq!(found("evidence=primary"), [1]);
    assert_eq!(found("evidence=primary&evidence=interested"), [1, 2]);
    assert_eq!(found("evidence=established"), [0; 0]);
}

#[test]
fn code_status_and_confidence_must_hold_within_one_statement() {
    assert_eq!(found("f.technology=face_recognition&status.technology=disputed"), [1]);
    assert_eq!(found("f.technology=camera_cctv&status.technology=disputed"), [0; 0]);
    assert_eq!(found("f.technology=face_recognition&confidence.technology=confirmed"), [0; 0]);
    assert_eq!(found("f.domain=energy&status.domain=stated&confidence.domain=possible"), [3]);
    assert_eq!(found("f.technology=smart_meter&reliability.technology=interested"), [2]);
    assert_eq!(found("f.technology=camera_cctv&reliability.technology=interested"), [0; 0], "another statement is");
    assert_eq!(found("status.technology=stated&reliability.technology=interested"), [2]);
    assert_eq!(found("status.technology=disputed&reliability.technology=primary"), [0; 0], "half of it each");
}

/// R4, R33: without a field any statement may fit, and all of it must hold within one.
#[test]
fn any_statement_can_be_asked_for() {
    assert_eq!(found("status=disputed"), [1, 4]);
    assert_eq!(found("confidence=confirmed"), [1, 3]);
    assert_eq!(found("reliability=interested"), [1, 2, 3, 4]);
    assert_eq!(found("status=disputed&confidence=confirmed"), [0; 0], "the first case has one of each");
    assert_eq!(found("status=disputed&reliability=interested&f.domain=energy"), [4]);
    let (facets, filters) = (facets(), filters("status=disputed"));
    let statements = facets.counts(&filters, facets.all(), &Codebook::embedded()).statements;
    assert_eq!(statements.confidences, [(Confidence::Possible, 2)]);
    assert_eq!(statements.reliabilities, [(Reliability::Interested, 2)]);
    assert!(statements.statuses.contains(&(Status::Stated, 3)), "its own choice does not lower its own counts");
}

#[test]
fn years_overlap_with_the_interval_of_dated_events() {
    assert_eq!(found("year.from=2016"), [4, 5]);
    assert_eq!(found("year.to=2011"), [1]);
    assert_eq!(found("year.from=2013&year.to=2013"), [1, 2, 3]);
}

// R3: the count equals a hand count, for every code under many filters.
#[test]
fn every_count_is_what_a_reader_finds_who_chooses_the_code() {
    let addresses = [
        "",
        "f.domain=energy",
        "f.technology=camera_cctv",
        "f.technology=camera_cctv&f.domain=energy",
        "status.technology=stated",
        "f.technology=smart_meter&confidence.technology=confirmed&f.domain=water",
        "not.domain=water",
        "evidence=primary&f.domain=security",
        "reliability.technology=primary&f.domain=energy",
        "year.from=2015",
    ];
    for address in addresses {
        let (facets, filters) = (facets(), filters(address));
        for facet in facets.counts(&filters, facets.all(), &Codebook::embedded()).facets {
            for code in facet.codes {
                let mut alone = filters.clone();
                alone.fields.entry(facet.field.clone()).or_default().any = BTreeSet::from([code.code.clone()]);
                assert_eq!(code.count, by_hand(&alone).len() as u64, "{address}: {}={}", facet.field, code.code);
            }
        }
    }
}

/// The cases that fit, found by looking at each fact.
fn by_hand(filters: &Filters) -> Vec<u32> {
    let statements = |ordinal, field: &String| {
        let field = field.clone();
        FACTS.iter().filter(move |fact| fact.0 == ordinal && fact.1 == field)
    };
    (1..=6)
        .filter(|ordinal| {
            let fields = filters.fields.iter().all(|(field, filter)| {
                let excluded = statements(*ordinal, field).any(|fact| filter.not.contains(fact.2));
                let fits = statements(*ordinal, field).any(|(_, _, code, status, confidence, reliability)| {
                    (filter.any.is_empty() || filter.any.contains(*code))
                        && (filter.status.is_empty() || filter.status.contains(status))
                        && (filter.confidence.is_empty() || filter.confidence.contains(confidence))
                        && (filter.reliability.is_empty() || filter.reliability.contains(reliability))
                });
                !excluded && (fits || !filter.asks())
            });
            let cited = match ordinal {
                1 => Some(Reliability::Primary),
                2 => Some(Reliability::Interested),
                _ => None,
            };
            let evidence = filters.evidence.is_empty() || cited.is_some_and(|cited| filters.evidence.contains(&cited));
            let (first, last) = (2010 + ordinal.cast_signed(), 2012 + ordinal.cast_signed());
            let years =
                filters.year_from.is_none_or(|from| last >= from) && filters.year_to.is_none_or(|to| first <= to);
            let dated = *ordinal != 6 || filters.year_from.is_none() && filters.year_to.is_none();
            fields && evidence && years && dated
        })
        .collect()
}

#[test]
fn a_fields_own_choice_does_not_lower_its_own_counts() {
    assert_eq!(count("f.technology=camera_cctv", "technology", "smart_meter"), 2);
    assert_eq!(count("f.technology=camera_cctv", "domain", "energy"), 1);
    assert_eq!(count("status.technology=disputed", "technology", "camera_cctv"), 0);
}

// R2: every coded field has counts, and the number of distinct values is shown.
#[test]
fn every_facet_of_the_codebook_is_counted() {
    let (book, facets) = (Codebook::embedded(), facets());
    let counts = facets.counts(&Filters::default(), facets.all(), &book);
    let names: Vec<&str> = counts.facets.iter().map(|facet| facet.field.as_str()).collect();
    assert!(facet_names(&book).iter().all(|name| names.contains(name)));
    let technology = counts.facets.iter().find(|facet| facet.field == "technology").unwrap();
    assert_eq!(technology.distinct, 3);
    assert_eq!(
        technology.statuses,
        [
            (Status::Stated, 3),
            (Status::Inferred, 1),
            (Status::Disputed, 1),
            (Status::Unknown, 1),
            (Status::Withheld, 1)
        ]
    );
    assert_eq!(technology.codes.len(), book.field("technology").unwrap().current_codes().count());
}

#[test]
fn a_case_that_is_hidden_leaves_every_set_and_every_count() {
    let mut facets = facets();
    facets.forget(&RoaringBitmap::from([1, 2]));
    assert_eq!(facets.fitting(&filters("")).iter().collect::<Vec<_>>(), [3, 4, 5, 6]);
    assert!(facets.fitting(&filters("f.technology=camera_cctv")).is_empty());
    assert!(facets.fitting(&filters("evidence=primary")).is_empty());
    assert!(facets.fitting(&filters("year.to=2011")).is_empty());
}

// R5: the same search has one address, and it comes back as it was.
#[test]
fn an_address_is_read_and_written_back_in_one_order() {
    let address = "page=2&sort=title&f.technology=smart_meter&q=street light&f.technology=camera_cctv&not.domain=water\
        &reliability=interested&status=disputed&status.domain=disputed&confidence.domain=possible&reliability.domain=primary\
        &evidence=primary&year.from=2010&year.to=2020&f.vendor=o_huawei&f.country=de&population.to=500.000&population.from=7";
    let read = filters(address);
    let written: Vec<String> = read.pairs().iter().map(|(name, value)| format!("{name}={value}")).collect();
    assert_eq!(
        written.join("&"),
        "q=street light&f.country=DE&f.technology=camera_cctv&f.technology=smart_meter&f.vendor=o_huawei&not.domain=water\
        &status=disputed&status.domain=disputed&confidence.domain=possible&reliability=interested&reliability.domain=primary\
        &evidence=primary&year.from=2010&year.to=2020&population.from=7&population.to=500000&sort=title&page=2"
    );
    assert_eq!(filters(&written.join("&")), read);
    assert_eq!(filters("q=&year.from=&f.technology=&utm=1&page=1").pairs(), []);
}

#[test]
fn what_is_unknown_is_refused_with_what_is_allowed() {
    let refused = |address: &str| Filters::parse(pairs(address), &Codebook::embedded()).unwrap_err();
    let problems =
        refused("f.colour=red&f.domain=moon&sort=price&year.from=soon&status.domain=maybe&f.vendor=Huawei!&page=0");
    assert_eq!(problems.len(), 7);
    assert!(problems[0].unknown_name && problems[0].allowed.contains(&"f.technology".to_owned()));
    assert!(!problems[1].unknown_name && problems[1].allowed.contains(&"energy".to_owned()));
    assert_eq!(problems[2].allowed, ["relevance", "recent", "title", "population"]);
    assert!(refused("f.population=1")[0].unknown_name, "a number is no facet");
    assert_eq!(refused("reliability=good")[0].allowed, ["primary", "established", "interested", "unassessed"]);
    assert_eq!(refused("population.from=many")[0].allowed, ["500000", "500 000", "500.000"]);
    assert_eq!(refused("population.above=7")[0].allowed, ["population.from", "population.to"]);
    assert!(refused("f.*=energy")[0].unknown_name && refused("status.*=stated")[0].unknown_name, "no name of a field");
}

/// R35: the filter of a code that was renamed leads on; that of one that was split stays.
#[test]
fn a_retired_code_leads_to_its_successor() {
    let book = retiring();
    let parsed = Filters::parse([("f.domain", "energy"), ("not.domain", "energy")], &book).unwrap();
    assert!(parsed.moved);
    let (one, none) = (("f.domain".to_owned(), "water".to_owned()), ("not.domain".to_owned(), "water".to_owned()));
    assert_eq!(parsed.filters.pairs(), [one, none]);
    assert!(!Filters::parse([("f.domain", "water")], &book).unwrap().moved);
    let sector = Filters::parse([("f.sector", "energy"), ("status.sector", "stated")], &book).unwrap();
    assert!(sector.moved && sector.filters.has(Group::Any, "domain", "water"));
    assert!(sector.filters.has(Group::Status, "domain", "stated"));
    let split = Filters::parse([("f.domain", "mobility")], &book).unwrap();
    assert!(!split.moved && split.filters.has(Group::Any, "domain", "mobility"));
}

/// A vocabulary in its version 0.2: of the domains, energy became water, mobility was split and agriculture given up; a field of sectors
/// became that of domains.
fn retiring() -> Codebook {
    let text =
        include_str!("../../../../../config/codebook.toml").replacen("version = \"0.1\"", "version = \"0.2\"", 1);
    let (before, domain) = text.split_once("code = \"domain\"").unwrap();
    let end = |text: &str, code: &str, how: &str| {
        let code = format!("code = \"{code}\"\n");
        assert!(text.contains(&code), "the story retires {code}");
        text.replacen(&code, &format!("{code}retired = \"0.2\"\n{how}\n"), 1)
    };
    let domain = end(domain, "energy", "replaced_by = \"water\"");
    let domain = end(&domain, "mobility", "replaced_by = [\"public_space\", \"security\"]");
    let domain = end(&domain, "agriculture_food", "retired_because.en = \"Nobody used it.\"");
    Codebook::parse(&format!("{before}code = \"domain\"{domain}{SECTOR}"), "test").unwrap()
}

const SECTOR: &str = r#"
[[field]]
code = "sector"
in = "case"
section = "what"
type = "choices"
facet = true
since = "0.1"
retired = "0.2"
replaced_by = "domain"
label.en = "Sector"
definition.en = "The sector of city life."
example.en = "Water."
[[field.codes]]
code = "water"
label.en = "Water"
definition.en = "The sector of water."
[[field.codes]]
code = "energy"
label.en = "Energy"
definition.en = "The sector of energy."
[[field.codes]]
code = "waste"
label.en = "Waste"
definition.en = "The sector of waste."
"#;

#[test]
fn a_choice_is_taken_back_by_choosing_it_again() {
    let read = filters("f.domain=energy&page=3");
    let more = read.toggled(Group::Any, "domain", "water");
    assert_eq!(more, filters("f.domain=energy&f.domain=water"));
    assert!(more.has(Group::Any, "domain", "water"));
    assert_eq!(read.toggled(Group::Any, "domain", "energy"), Filters::default());
    assert_eq!(read.toggled(Group::Status, "domain", "disputed"), filters("f.domain=energy&status.domain=disputed"));
    assert_eq!(filters("status=disputed").toggled(Group::Status, ANY, "disputed"), Filters::default());
    assert!(Filters::default().toggled_evidence(Reliability::Primary).evidence.contains(&Reliability::Primary));
}

#[test]
fn the_order_is_by_relevance_only_where_there_are_words() {
    assert_eq!(filters("").order(), Sort::Recent);
    assert_eq!(filters("sort=relevance").order(), Sort::Recent);
    assert_eq!(filters("q=light").order(), Sort::Relevance);
    assert_eq!(filters("q=light&sort=title").order(), Sort::Title);
}
