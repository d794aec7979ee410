//! Row R35: codes and a field come to an end. Cases keep what they were coded with, old addresses lead on, and everything names its version.

use std::collections::BTreeSet;

use casebook_core::{
    cases::{
        self,
        published::{self, Eyes},
    },
    config::Seed,
    db::Actor,
    testing::renaming,
};
use reqwest::StatusCode;
use serde_json::Value;
use tempfile::NamedTempFile;

use crate::site::{
    Site,
    markup::complaints,
    unpack::{sheet_rows, zip_files},
};

/// New codes, in the vocabulary 0.2.
const NEW: &str = r#"[[field.codes]]
code = "networks"
since = "0.2"
label.en = "Networks"
definition.en = "Networks of any kind, with or without wires."

[[field.codes]]
code = "traffic"
since = "0.2"
label.en = "Traffic"
definition.en = "Cars, roads, parking and signals."

[[field.codes]]
code = "transit"
since = "0.2"
label.en = "Transit"
definition.en = "Buses, trams and trains."

[[field.codes]]"#;

fn ended(text: &str, code: &str, how: &str) -> String {
    let code = format!("code = \"{code}\"\n");
    assert!(text.contains(&code), "the story retires {code}");
    text.replacen(&code, &format!("{code}retired = \"0.2\"\n{how}\n"), 1)
}

/// Connectivity is called networks now, mobility was split, and nobody asks for the initiative any more.
fn vocabulary() -> NamedTempFile {
    let text =
        include_str!("../../../../../config/codebook.toml").replacen("version = \"0.1\"", "version = \"0.2\"", 1);
    let (before, domain) = text.split_once("code = \"domain\"").unwrap();
    let domain = ended(domain, "connectivity", "replaced_by = \"networks\"");
    let domain = ended(&domain, "mobility", "replaced_by = [\"traffic\", \"transit\"]");
    let domain = ended(&domain, "initiative", "retired_because.en = \"Accounts could not tell.\"");
    let file = NamedTempFile::new().unwrap();
    std::fs::write(file.path(), format!("{before}code = \"domain\"{}", domain.replacen("[[field.codes]]", NEW, 1)))
        .unwrap();
    file
}

/// The first cases, coded under 0.1, on a site that works with 0.2.
async fn open() -> (Site, NamedTempFile) {
    let file = vocabulary();
    (working_with(&file).await, file)
}

async fn working_with(file: &NamedTempFile) -> Site {
    let site = Site::open_with(|config| {
        config.codebook.file = file.path().display().to_string();
        config.instance.seed = Seed::Always;
    })
    .await;
    site.app.plant_first_cases().unwrap();
    site.works();
    site
}

/// The cases whose documents have this code, found without any filter.
async fn carriers(site: &Site, field: &str, code: &str) -> BTreeSet<String> {
    let all = site.visitor().get("/cases.jsonl").await.is(StatusCode::OK).body();
    let documents = all.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let carries = |document: &Value| {
        let mut statements = document["statements"].as_array().unwrap().iter();
        statements.any(|statement| statement["field"] == field && statement["value"]["code"] == code)
    };
    documents.filter(carries).map(|document| document["id"].as_str().unwrap().to_owned()).collect()
}

/// The cases that the page of these filters lists.
async fn listed(site: &Site, query: &str) -> BTreeSet<String> {
    let page = site.visitor().get(format!("/cases?{query}")).await.is(StatusCode::OK);
    page.attributes("input[type=checkbox][name=case]", "value").into_iter().collect()
}

/// Every address that takes filters leads from the old code to the new one, and finds the cases that still carry the old one.
#[actix_web::test]
async fn old_filters_lead_to_the_new_code_and_find_old_cases() {
    let (site, _file) = open().await;
    let reader = site.visitor();
    let exits = [
        "/cases",
        "/cases.csv",
        "/cases.xlsx",
        "/cases.json",
        "/cases.jsonl",
        "/cases.parquet",
        "/cases.zip",
        "/cases.bib",
        "/cases.ris",
        "/cases.csl.json",
        "/cases.atom",
        "/statistics",
        "/statistics.csv",
        "/statistics/bars.csv",
        "/cases/facet/vendor",
        "/api/v1/cases",
        "/api/v1/facets",
    ];
    for exit in exits {
        let answer = reader.get(format!("{exit}?f.domain=connectivity&not.domain=education")).await;
        let to = answer.is(StatusCode::MOVED_PERMANENTLY).location();
        assert!(to.starts_with(&format!("{exit}?")), "{exit}: {to}");
        assert!(to.contains("f.domain=networks") && to.contains("not.domain=education"), "{exit}: {to}");
        assert!(!to.contains("connectivity"), "{exit}: {to}");
        // The control: the new code is answered at once.
        reader.get(&to).await.is(StatusCode::OK);
    }
    let old = carriers(&site, "domain", "connectivity").await;
    assert!(
        !old.is_empty() && carriers(&site, "domain", "networks").await.is_empty(),
        "cases keep what they were coded with"
    );
    assert_eq!(listed(&site, "f.domain=networks").await, old);
    let page = reader.get("/cases").await.is(StatusCode::OK).shows(&format!("Networks {}", old.len()));
    page.shows("(retired in 0.2)").does_not_show("f.domain=connectivity");
}

/// A code that was split leads nowhere: it finds the cases that carry it, and says what there is now. So does a field that was given up.
#[actix_web::test]
async fn a_split_code_stays_a_filter_and_names_what_took_its_place() {
    let (site, _file) = open().await;
    let reader = site.visitor();
    let split = carriers(&site, "domain", "mobility").await;
    assert!(!split.is_empty());
    assert_eq!(listed(&site, "f.domain=mobility").await, split);
    assert_eq!(listed(&site, "f.domain=traffic").await, BTreeSet::new());
    for path in ["/cases", "/statistics", "/cases/facet/technology"] {
        let page = reader.get(format!("{path}?f.domain=mobility")).await.is(StatusCode::OK);
        page.shows("is offered no more since vocabulary 0.2; in its place there are now: Traffic, Transit");
        reader.get(format!("{path}?f.domain=governance")).await.does_not_show("is offered no more");
    }
    let given_up = carriers(&site, "initiative", "business").await;
    assert_eq!(listed(&site, "f.initiative=business").await, given_up);
    reader.get("/cases?f.initiative=business").await.shows("nothing took its place. Accounts could not tell.");
    for (query, code, count) in
        [("f.domain=mobility", "code_split", split.len()), ("f.initiative=business", "code_given_up", given_up.len())]
    {
        let answer = reader.get(format!("/api/v1/cases?{query}")).await.is(StatusCode::OK).body();
        let answer: Value = serde_json::from_str(&answer).unwrap();
        assert_eq!((&answer["notices"][0]["code"], &answer["count"]), (&code.into(), &count.into()));
    }
}

/// A case says of a code that it was retired, and what there is now; what is current has no such word.
#[actix_web::test]
async fn a_case_keeps_its_codes_and_says_what_became_of_them() {
    let (site, _file) = open().await;
    let page = site.visitor().get("/cases/7K2MQX4T").await.is(StatusCode::OK).shows("retired in vocabulary 0.2");
    assert_eq!(complaints(&page.body()), [""; 0]);
    let links = page.attributes(".behind a", "href");
    assert!(links.contains(&"/codebook#domain-connectivity".to_owned()), "{links:?}");
    assert!(!links.contains(&"/codebook#domain-governance".to_owned()), "what is current has no mark");
    page.shows("Now: Networks.")
        .shows("Now: Traffic, Transit.")
        .shows("Nothing took its place. Accounts could not tell.");
    let compared = site.visitor().get("/compare?case=7K2MQX4T&case=3FZ9T0WB").await;
    compared.is(StatusCode::OK).shows("retired, now Networks");
}

/// The codebook tells what took the place of what, in both directions, how many cases have a code, and what each version changed.
#[actix_web::test]
async fn the_codebook_shows_the_mapping_the_numbers_and_the_versions() {
    let (site, _file) = open().await;
    let reader = site.visitor();
    let (old, split) = (carriers(&site, "domain", "connectivity").await, carriers(&site, "domain", "mobility").await);
    let page = reader.get("/codebook").await.is(StatusCode::OK);
    assert_eq!(complaints(&page.body()), [""; 0]);
    let words = |anchor: &str| page.texts(&format!("#{anchor}")).join(" ");
    let networks = words("domain-networks");
    assert!(networks.contains("since 0.2") && networks.contains("Took the place of"), "{networks}");
    assert!(networks.contains(&format!("{} cases", old.len())), "{networks}");
    let connectivity = words("domain-connectivity");
    assert!(
        connectivity.contains("Retired in vocabulary 0.2") && connectivity.contains("Now: Networks."),
        "{connectivity}"
    );
    assert!(!connectivity.contains(&format!("{} cases", old.len())), "counted under the new one: {connectivity}");
    let transit = words("domain-transit");
    assert!(
        transit.contains("no case yet") && transit.contains(&format!("still in {} cases", split.len())),
        "{transit}"
    );
    assert!(words("domain-mobility").contains("Now: Traffic, Transit."));
    let versions = words("versions");
    assert!(versions.contains("Vocabulary 0.2") && versions.contains("The first version."), "{versions}");
    assert!(
        versions.contains("Given up: ") && versions.contains("Split: ") && versions.contains("New: "),
        "{versions}"
    );
    // each number leads to as many cases
    let link = page.attributes("#domain-mobility a[rel=nofollow]", "href");
    assert_eq!(link, ["/cases?f.domain=mobility"]);
    let sheet = reader.get("/codebook.csv").await.is(StatusCode::OK);
    assert!(sheet.header("content-disposition").contains("codebook-0.2.csv"));
    let mut rows = csv::Reader::from_reader(sheet.bytes());
    let rows: Vec<csv::StringRecord> = rows.records().map(Result::unwrap).collect();
    let row = |id: &str| rows.iter().find(|row| &row[0] == id).unwrap().iter().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(row("case.domain.mobility")[8..10], ["0.2", "traffic; transit"]);
    assert_eq!(row("case.domain.connectivity")[8..10], ["0.2", "networks"]);
    assert_eq!(row("case.initiative")[8..11], ["0.2", "", "Accounts could not tell."]);
    let book: Value = serde_json::from_str(&reader.get("/codebook.json").await.body()).unwrap();
    let domain = book["fields"].as_array().unwrap().iter().find(|field| field["code"] == "domain").unwrap();
    let code = |code: &str| domain["codes"].as_array().unwrap().iter().find(|found| found["code"] == code).unwrap();
    assert_eq!(code("mobility")["replaced_by"], serde_json::json!(["traffic", "transit"]));
    assert!(code("governance").get("retired").is_none());
}

/// Exports name the vocabulary of the site, each document that under which it was coded; and an old document still comes in.
#[actix_web::test]
async fn exports_name_the_version_and_old_documents_come_in() {
    let (site, _file) = open().await;
    let reader = site.visitor();
    let whole: Value = serde_json::from_str(&reader.get("/cases.json").await.body()).unwrap();
    assert_eq!((&whole["vocabulary"], &whole["cases"][0]["vocabulary"]), (&"0.2".into(), &"0.1".into()));
    let files = zip_files(reader.get("/cases.zip").await.bytes());
    let described: Value = serde_json::from_slice(&files["datapackage.json"]).unwrap();
    assert_eq!(described["casebook"]["vocabulary"], "0.2");
    let book = String::from_utf8(files["codebook.csv"].clone()).unwrap();
    assert!(book.contains("traffic; transit") && book.contains("Accounts could not tell."));
    let sheet = reader.get("/cases.csv").await.body();
    assert!(sheet.lines().next().unwrap().contains("vocabulary"));
    let app = &site.app;
    let found = app.db.read(|r| published::find(r, &"7K2MQX4T".parse().unwrap(), Eyes::Public)).unwrap();
    let mut document = found.document;
    assert_eq!(document.vocabulary, "0.1");
    (document.id, document.reference) = ("00000001".parse().unwrap(), false);
    let checked = app.vocabulary().check(document).unwrap();
    app.db.write(Actor::System, |tx| cases::publish(tx, app.vocabulary(), &checked)).unwrap();
    site.works();
    assert!(listed(&site, "f.domain=networks").await.contains("00000001"));
}

/// The form offers what is current; whoever chose a code before it was retired keeps it.
#[actix_web::test]
async fn the_form_offers_what_is_current_and_keeps_what_was_chosen() {
    let (site, _file) = open().await;
    site.founder();
    let somebody = site.visitor();
    let page = somebody.get("/share").await.is(StatusCode::OK);
    let offered = page.attributes("input[name=domain]", "value");
    assert!(offered.contains(&"networks".to_owned()) && offered.contains(&"governance".to_owned()), "{offered:?}");
    assert!(!offered.contains(&"connectivity".to_owned()) && !offered.contains(&"mobility".to_owned()), "{offered:?}");
    // begun when mobility was still on offer
    crate::intake::begin(&somebody).await;
    let page = somebody.get("/share").await.is(StatusCode::OK).shows("(no longer offered)");
    let chosen = page.attributes("input[name=domain][checked]", "value");
    assert_eq!(chosen, ["mobility"]);
    somebody.get("/share/topic/decision").await.is(StatusCode::OK).does_not_show("initiative.status");
}

/// R35, R20, R21: beside what is offered no more the comparison says so, and what there is now: on the page, in the sheet and in the workbook.
#[actix_web::test]
async fn the_comparison_marks_what_is_offered_no_more() {
    let (site, _file) = open().await;
    let reader = site.visitor();
    let (renamed, split) =
        (carriers(&site, "domain", "connectivity").await, carriers(&site, "domain", "mobility").await);
    let one = renamed.first().unwrap();
    let other = split.iter().find(|id| *id != one).unwrap();
    let pair = format!("case={one}&case={other}");
    let page = reader.get(format!("/compare?{pair}")).await.is(StatusCode::OK).shows("What is marked as retired");
    let marks = page.texts("td .mark.tag");
    for mark in ["retired, now Networks", "retired, now Traffic, Transit"] {
        assert!(marks.iter().any(|shown| shown == mark), "{mark}: {marks:?}");
    }
    assert_eq!(page.texts("th .mark.tag"), ["retired, nothing took its place"], "the initiative is asked for no more");
    let sheet = reader.get(format!("/compare.csv?{pair}")).await.is(StatusCode::OK).body();
    let book = reader.get(format!("/compare.xlsx?{pair}")).await.is(StatusCode::OK);
    let cells = sheet_rows(book.bytes(), "comparison").concat().join("\n");
    for mark in ["(retired, now Networks)", "(retired, now Traffic, Transit)", "(retired, nothing took its place)"] {
        assert!(sheet.contains(mark) && cells.contains(mark), "{mark}: {sheet}");
    }
    let before = Site::with_first_cases().await;
    let page = before.visitor().get(format!("/compare?{pair}")).await.is(StatusCode::OK);
    assert_eq!(page.texts(".mark.tag"), [""; 0], "the control: under the vocabulary of its day nothing is retired");
    page.does_not_show("What is marked as retired").shows("Networks");
}

/// R23, R35: what the program itself speaks of follows the new names: which cases are alike and why, whose law could reach the data, how cases
/// stand, and what a reader in a hurry sees.
#[actix_web::test]
async fn what_the_program_speaks_of_follows_new_names() {
    let file = NamedTempFile::new().unwrap();
    let names = [
        ("state", "situation"),
        ("technology", "tools"),
        ("instrument", "paper"),
        ("initiative", "origin"),
        ("storage_place", "shelf"),
    ];
    std::fs::write(file.path(), renaming(&names)).unwrap();
    let (before, after) = (Site::with_first_cases().await, working_with(&file).await);
    let (before, after) = (before.visitor(), after.visitor());
    let (mut alike, mut reach) = (0, 0);
    for id in before.get("/cases").await.attributes("input[type=checkbox][name=case]", "value") {
        let path = format!("/cases/{id}");
        let (old, new) = (before.get(&path).await.is(StatusCode::OK), after.get(&path).await.is(StatusCode::OK));
        for selector in ["#similar li", ".reach > li", "main header"] {
            assert_eq!(new.texts(selector), old.texts(selector), "{path}: {selector}");
        }
        alike += new.texts("#similar .reason").len();
        reach += new.texts(".reach > li").iter().filter(|line| line.contains("Country of storage")).count();
    }
    assert!(alike > 2 && reach > 0, "the control: there are reasons and places of storage: {alike}, {reach}");
    let (old, new) = (before.get("/statistics").await, after.get("/statistics").await);
    let bars = "section[aria-labelledby=h-states] table td";
    assert!(old.texts(bars).len() > 2, "{}", old.body());
    assert_eq!(new.texts(bars), old.texts(bars));
    let links = new.attributes("section[aria-labelledby=h-states] table a", "href");
    assert!(links.iter().any(|link| link.contains("f.situation=")), "{links:?}");
    after.get(&links[0]).await.is(StatusCode::OK);
}
