//! Files of a set of cases to take away: each format holds exactly what the page counts, and says what it is.

mod agreement;
mod released;

use std::{collections::BTreeSet, io::Cursor};

use calamine::{Reader, Xlsx};
use casebook_core::{
    cases::{
        self,
        document::{Document, Text},
        published::{self, Eyes},
    },
    db::Actor,
};
use futures_util::future::join_all;
use parquet::record::RowAccessor;
use reqwest::StatusCode;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::site::{
    Site,
    unpack::{parquet_rows, sheet_rows, zip_files},
};

const FORMATS: [&str; 6] = ["csv", "xlsx", "json", "jsonl", "parquet", "zip"];
const HOSTILE: &str = "=HYPERLINK(\"http://x\"),;\t'\n<b>&amp;";

/// The first cases and one more, with hostile words wherever words can stand.
async fn shelf() -> Site {
    let site = Site::with_first_cases().await;
    let mut document = reference(&site);
    document.id = "00000001".parse().unwrap();
    document.reference = false;
    document.title = Text::new(HOSTILE, "en");
    document.summary = Some(Text::new(HOSTILE, "en"));
    document.narrative[0].text = HOSTILE.to_owned();
    document.statements[0].note = Some(Text::new(HOSTILE, "en"));
    document.viewpoints[0].concern = Text::new(HOSTILE, "en");
    document.viewpoints[0].speaker = Some(HOSTILE.to_owned());
    document.sources[0].title = Some(HOSTILE.to_owned());
    document.agreements[0].label = HOSTILE.to_owned();
    let app = &site.app;
    let checked = app.vocabulary().check(document).unwrap();
    app.db.write(Actor::System, |tx| cases::publish(tx, app.vocabulary(), &checked)).unwrap();
    site.works();
    site
}

fn reference(site: &Site) -> Document {
    let read = site.app.db.read(|r| {
        let id = published::reference(r)?.unwrap();
        published::find(r, &id, Eyes::Public)
    });
    read.unwrap().document
}

async fn taken(site: &Site, ending: &str, query: &str) -> Vec<u8> {
    let answer = site.visitor().get(format!("/cases.{ending}?{query}")).await.is(StatusCode::OK);
    answer.bytes().to_vec()
}

/// The ids that the page of a set shows.
async fn shown(site: &Site, query: &str) -> BTreeSet<String> {
    let answer = site.visitor().get(format!("/cases?{query}")).await.is(StatusCode::OK);
    answer.attributes("input[type=checkbox][name=case]", "value").into_iter().collect()
}

/// The ids that a file holds.
fn ids(ending: &str, bytes: &[u8]) -> Vec<String> {
    let id = |case: &Value| case["id"].as_str().unwrap().to_owned();
    match ending {
        "csv" => first_column(bytes),
        "zip" => first_column(&zip_files(bytes)["cases.csv"]),
        "xlsx" => sheet_rows(bytes, "cases").into_iter().skip(1).map(|row| row[0].clone()).collect(),
        "parquet" => parquet_rows(bytes).iter().map(|row| row.get_string(0).unwrap().clone()).collect(),
        "json" => object(bytes)["cases"].as_array().unwrap().iter().map(id).collect(),
        _ => std::str::from_utf8(bytes).unwrap().lines().map(|line| id(&object(line.as_bytes()))).collect(),
    }
}

/// The name under which a browser keeps a file: the flat sheet is not the table `cases.csv` of a package.
fn kept_as(ending: &str) -> String {
    let flat = matches!(ending, "csv" | "parquet");
    format!("{}.{ending}", if flat { "casebook-cases-flat" } else { "cases" })
}

fn object(bytes: &[u8]) -> Value {
    serde_json::from_slice(bytes).unwrap()
}

fn first_column(csv: &[u8]) -> Vec<String> {
    csv::Reader::from_reader(csv).records().map(|row| row.unwrap()[0].to_owned()).collect()
}

/// R7, R8: for each query the page and every format name the same cases, each once, without a login; also where nothing fits, and where
/// words are hostile.
#[actix_web::test]
async fn every_format_holds_exactly_the_set_that_the_page_counts() {
    let site = shelf().await;
    let mut sizes = BTreeSet::new();
    for query in [
        "",
        "f.country=NL",
        "f.country=NL&f.country=CN",
        "f.country=NL&not.domain=mobility",
        "q=huawei&f.country=DE",
        "q=HYPERLINK",
        "f.scope=nation",
        "f.municipal_access=none",
        "status.procurement=disputed",
        "evidence=established",
        "year.from=2018&sort=title",
        "q=xylophonist",
    ] {
        let page = shown(&site, query).await;
        sizes.insert(page.len());
        for ending in FORMATS {
            let found = ids(ending, &taken(&site, ending, query).await);
            assert_eq!(found.len(), page.len(), "{ending} of {query}: {found:?}");
            assert_eq!(found.into_iter().collect::<BTreeSet<_>>(), page, "{ending} of {query}");
        }
        let whole = object(&taken(&site, "json", query).await);
        assert_eq!(whole["count"], page.len(), "{query}");
    }
    assert!(sizes.contains(&0) && sizes.contains(&8), "the empty set and all of them were among these: {sizes:?}");
}

/// R7: the page offers every format, with the filters that are set.
#[actix_web::test]
async fn the_page_offers_every_format() {
    let site = Site::with_first_cases().await;
    let page = site.visitor().get("/cases?f.country=NL").await.shows("What each file is for");
    let page = page
        .shows("a semicolon or a backslash within a value has a backslash before it")
        .shows("several values are a list");
    assert_eq!(page.link("How to read them with pandas"), "/datasets#h-pandas");
    for (name, ending) in ["CSV", "XLSX", "JSON", "JSON Lines", "Parquet", "ZIP"].into_iter().zip(FORMATS) {
        let address = page.link(name);
        assert_eq!(address, format!("/cases.{ending}?f.country=NL"));
        let answer = site.visitor().get(&address).await.is(StatusCode::OK);
        assert_eq!(answer.header("content-disposition"), format!("attachment; filename=\"{}\"", kept_as(ending)));
    }
}

/// R10, R12: a package tells query, day, versions and licence, and each of its files has the size and the checksum that it tells.
#[actix_web::test]
async fn a_package_tells_what_it_is_and_its_checksums_hold() {
    let site = shelf().await;
    for query in ["", "f.country=NL", "q=xylophonist"] {
        let files = zip_files(&taken(&site, "zip", query).await);
        let described = object(&files["datapackage.json"]);
        let facts = &described["casebook"];
        assert_eq!((&facts["query"]["filters"], &facts["date"]), (&json!(query), &json!("2026-11-23")));
        assert_eq!(facts["count"], shown(&site, query).await.len());
        let address = facts["query"]["address"].as_str().unwrap();
        let path = address.strip_prefix(site.app.config.public_url().as_str()).unwrap();
        site.visitor().get(path).await.is(StatusCode::OK);
        assert_eq!(object(&taken(&site, "json", query).await)["query"], facts["query"], "JSON tells the same");
        for resource in described["resources"].as_array().unwrap() {
            let content = &files[resource["path"].as_str().unwrap()];
            let hash: String = Sha256::digest(content).iter().map(|byte| format!("{byte:02x}")).collect();
            assert_eq!(resource["hash"], format!("sha256:{hash}"));
            assert_eq!(resource["bytes"], content.len());
        }
        let readme = String::from_utf8(files["README.md"].clone()).unwrap();
        assert!(readme.contains("not stated") && readme.contains("`withheld`") && readme.contains("GeoNames"));
    }
    assert!(taken(&site, "zip", "").await == taken(&site, "zip", "").await, "the same set makes the same bytes");
}

/// R11: the codebook in a package is the one that the site shows.
#[actix_web::test]
async fn the_codebook_of_a_package_is_that_of_the_site() {
    let site = Site::with_first_cases().await;
    let files = zip_files(&taken(&site, "zip", "f.scope=nation").await);
    let page = site.visitor().get("/codebook.json").await.is(StatusCode::OK);
    assert_eq!(object(&files["codebook.json"]), object(page.bytes()));
    assert!(first_column(&files["codebook.csv"]).contains(&"head.scope.nation".to_owned()));
}

/// R9: what has several values is rows of a table of its own. R14: each case has its permanent address.
#[actix_web::test]
async fn several_values_are_rows_and_each_case_has_its_address() {
    let site = Site::with_first_cases().await;
    let files = zip_files(&taken(&site, "zip", "f.country=DE").await);
    let mut statements = csv::Reader::from_reader(files["statements.csv"].as_slice());
    let head = statements.headers().unwrap().clone();
    assert!(!head.iter().any(|name| name.ends_with(|last: char| last.is_ascii_digit())), "{head:?}");
    let at = head.iter().position(|name| name == "field").unwrap();
    assert!(statements.records().filter(|row| &row.as_ref().unwrap()[at] == "domain").count() > 3);
    let mut rows = csv::Reader::from_reader(files["cases.csv"].as_slice());
    for row in rows.records().map(Result::unwrap) {
        let path = row[1].strip_prefix(site.app.config.public_url().as_str()).unwrap();
        assert_eq!(path, format!("/cases/{}/r/{}", &row[0], &row[2]));
        site.visitor().get(path).await.is(StatusCode::OK);
    }
}

/// R13: hostile words open as text in every file for spreadsheets; where texts are typed, in a workbook, Parquet and JSON, they are as they are.
#[actix_web::test]
async fn hostile_words_open_as_text() {
    let site = shelf().await;
    let query = "q=HYPERLINK";
    let defused = format!("'{HOSTILE}");
    let bytes = taken(&site, "xlsx", query).await;
    for sheet in ["cases", "narrative", "agreements", "statements", "viewpoints", "sources"] {
        let cells: Vec<String> = sheet_rows(&bytes, sheet).into_iter().flatten().collect();
        assert!(cells.iter().any(|cell| cell == HOSTILE), "{sheet}: a typed text needs no apostrophe");
        let mut book = Xlsx::new(Cursor::new(bytes.as_slice())).unwrap();
        assert_eq!(book.worksheet_formula(sheet).unwrap().used_cells().count(), 0, "{sheet}");
    }
    let files = zip_files(&taken(&site, "zip", query).await);
    for content in [&taken(&site, "csv", query).await, &files["cases.csv"]] {
        let mut reader = csv::Reader::from_reader(content.as_slice());
        assert!(reader.records().any(|row| row.unwrap().iter().any(|cell| cell == defused)));
    }
    assert_eq!(object(&taken(&site, "json", query).await)["cases"][0]["title"]["text"], HOSTILE);
    assert_eq!(object(&files["cases.jsonl"])["title"]["text"], HOSTILE);
    let rows = parquet_rows(&taken(&site, "parquet", query).await);
    assert_eq!(rows[0].get_string(6).unwrap(), HOSTILE);
}

/// R32: where sources disagree a package has each version, with its rank. R33: reliability and confidence are columns of different tables.
#[actix_web::test]
async fn values_that_disagree_are_rows_with_rank_and_confidence() {
    let site = Site::with_first_cases().await;
    let files = zip_files(&taken(&site, "zip", "status.procurement=disputed").await);
    let mut statements = csv::Reader::from_reader(files["statements.csv"].as_slice());
    let head = statements.headers().unwrap().clone();
    let at = |name: &str| head.iter().position(|known| known == name).unwrap();
    let rows: Vec<_> =
        statements.records().map(Result::unwrap).filter(|row| &row[at("field")] == "procurement").collect();
    assert!(rows.iter().filter(|row| &row[at("status")] == "disputed").count() > 1, "{rows:?}");
    assert!(rows.iter().all(|row| !row[at("rank")].is_empty() && !row[at("confidence")].is_empty()));
    let mut sources = csv::Reader::from_reader(files["sources.csv"].as_slice());
    assert!(sources.headers().unwrap().iter().any(|name| name == "reliability"));
}

#[actix_web::test]
async fn what_no_filter_knows_is_refused_by_every_format() {
    let site = Site::with_first_cases().await;
    for ending in FORMATS {
        let answer = site.visitor().get(format!("/cases.{ending}?f.domain=cats")).await;
        answer.is(StatusCode::BAD_REQUEST).shows("mobility");
    }
}

/// R7: a case that is hidden is in no file any more.
#[actix_web::test]
async fn a_hidden_case_is_in_no_file() {
    let site = Site::with_first_cases().await;
    let mo = site.moderator("mo").await;
    let case = reference(&site).id;
    let form = mo.get(format!("/staff/cases/{case}")).await.form("/visibility").tick("visibility", "hidden");
    form.fill("reason", "names_private_person").send().await;
    site.works();
    for ending in FORMATS {
        let found = ids(ending, &taken(&site, ending, "").await);
        assert!(found.len() == 6 && !found.contains(&case.to_string()), "{ending}: {found:?}");
    }
}

/// A file that nobody fetches keeps its room; who finds none left is told to come again, and what is sent while it is made needs none.
#[actix_web::test]
async fn where_there_is_no_room_for_another_file_it_is_said() {
    let site = Site::with_first_cases().await;
    let kept = site.app.export_files.clone().acquire_many_owned(16).await.unwrap();
    let told = site.visitor().get("/cases.zip").await.is(StatusCode::TOO_MANY_REQUESTS);
    told.shows("Try again in a minute");
    // Whoever asks for the headers alone has nothing made, and needs no room.
    for ending in ["zip", "xlsx", "parquet"] {
        let head = site.visitor().request("HEAD", format!("/cases.{ending}"), &[]).await.is(StatusCode::OK);
        assert!(head.header("content-disposition").contains(&kept_as(ending)), "{ending}");
        assert_eq!((head.header("content-length"), head.bytes().len()), ("", 0), "{ending}");
    }
    assert_eq!(ids("csv", &taken(&site, "csv", "").await).len(), 7);
    drop(kept);
    for _ in 0..20 {
        assert_eq!(ids("zip", &taken(&site, "zip", "").await).len(), 7, "room is free again once a file was fetched");
    }
}

/// Few files are made at once; the others wait and are made too.
#[actix_web::test]
async fn many_who_ask_at_once_are_all_answered() {
    let site = Site::with_first_cases().await;
    let asked = ["zip", "xlsx", "parquet", "zip", "xlsx", "zip"].map(|ending| {
        let site = &site;
        async move { ids(ending, &taken(site, ending, "").await).len() }
    });
    assert_eq!(join_all(asked).await, [7; 6]);
}
