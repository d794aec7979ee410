//! Two to four cases side by side.

mod choosing;

use std::collections::BTreeMap;

use casebook_core::{
    cases::{
        self,
        published::{self, Eyes},
    },
    clock::Day,
    db::Actor,
    ids::CaseId,
};
use reqwest::StatusCode;

use crate::site::{Answer, Site, unpack::sheet_rows};

async fn two(site: &Site) -> String {
    let answer = site.visitor().get("/cases?f.municipal_access=none").await;
    format!("case=7K2MQX4T&case={}", answer.attributes("input[type=checkbox][name=case]", "value")[0])
}

/// R20
#[actix_web::test]
async fn differences_and_gaps_are_marked() {
    let site = Site::with_first_cases().await;
    let pair = two(&site).await;
    let answer = site.visitor().get(&format!("/compare?{pair}")).await.is(StatusCode::OK);
    let answer = answer.shows("Huawei").shows("CityTec").shows("differs").shows("not stated");
    let rows = |answer: &Answer| answer.texts("tbody tr:not(.section)").len();
    let fewer = site.visitor().get(&format!("/compare?{pair}&only=differences")).await;
    assert!(rows(&fewer) < rows(&answer), "agreement is left out");
}

/// How often the sheet says each word of whether cases differ.
fn differs(sheet: &Answer) -> BTreeMap<String, usize> {
    let mut reader = csv::Reader::from_reader(sheet.bytes());
    let words = reader.records().map(|row| row.unwrap()[2].to_owned()).filter(|word| !word.is_empty());
    words.fold(BTreeMap::new(), |mut counts, word| {
        *counts.entry(word).or_default() += 1;
        counts
    })
}

/// R20, R21: page, filter and files mean the same by a difference; an unknown value beside none is no difference.
#[actix_web::test]
async fn page_and_files_agree_on_what_differs() {
    let site = Site::with_first_cases().await;
    let reader = site.visitor();
    let pair = "case=7K2MQX4T&case=X2B8GR6T";
    let page = reader.get(format!("/compare?{pair}")).await.is(StatusCode::OK);
    reader.get(page.link("More on this")).await.is(StatusCode::OK).shows("one_is_gap").shows("all_gaps");
    let all = differs(&reader.get(format!("/compare.csv?{pair}")).await.is(StatusCode::OK));
    assert_eq!(all.keys().collect::<Vec<_>>(), ["all_gaps", "no", "one_is_gap", "yes"]);
    for (word, rows, mark) in
        [("yes", "tr.differs:not(.by-gap) > th", "differs"), ("one_is_gap", "tr.differs.by-gap > th", "one is a gap")]
    {
        let rows = page.texts(rows);
        assert_eq!(rows.len(), all[word], "{word}");
        assert!(rows.iter().all(|row| row.ends_with(mark)), "{rows:?}");
    }
    let gaps = page.texts("tr.same.by-gap > th");
    assert!(gaps.iter().any(|row| row.contains("Who pays") && row.ends_with("all gaps")), "{gaps:?}");
    assert!(page.texts("tr.same:not(.by-gap) > th .mark").is_empty());
    let fewer = reader.get(format!("/compare?{pair}&only=differences")).await.is(StatusCode::OK);
    let sheet = differs(&reader.get(format!("/compare.csv?{pair}&only=differences")).await.is(StatusCode::OK));
    assert_eq!(sheet.keys().collect::<Vec<_>>(), ["one_is_gap", "yes"]);
    assert_eq!(fewer.texts("tbody tr:not(.section)").len(), sheet.values().sum::<usize>());
    assert!(!fewer.texts("tbody th").concat().contains("Who pays"));
}

/// R20: a country has no city and no size of a municipality: neither a gap nor a difference, on the page and in files.
#[actix_web::test]
async fn what_a_country_cannot_have_is_no_gap() {
    let site = Site::with_first_cases().await;
    let reader = site.visitor();
    let pair = "case=7K2MQX4T&case=D5YQ07NJ";
    let page = reader.get(format!("/compare?{pair}")).await.is(StatusCode::OK);
    let rows = page.texts("tr.same:not(.by-gap)");
    for field in ["City or place", "Size of the municipality"] {
        assert!(rows.iter().any(|row| row.starts_with(field) && row.ends_with("does not apply")), "{field}: {rows:?}");
    }
    assert!(!page.texts("td.gap").is_empty(), "the control");
    let fewer = reader.get(format!("/compare?{pair}&only=differences")).await.is(StatusCode::OK);
    let heads = fewer.texts("tbody th");
    assert!(heads.iter().any(|head| head.starts_with("Country")), "the control: {heads:?}");
    assert!(!heads.iter().any(|head| head.starts_with("City or place")), "{heads:?}");
    let sheet = reader.get(format!("/compare.csv?{pair}")).await.is(StatusCode::OK);
    assert_eq!(cells(&sheet, "city"), ["Duisburg", "(does not apply)"]);
    assert_eq!(cells(&sheet, "size_class")[1], "(does not apply)");
}

/// R20: beside each answer stands what it rests on, on the page and in the file; a gap stays a gap.
#[actix_web::test]
async fn each_answer_is_weighed() {
    let site = Site::with_first_cases().await;
    let pair = two(&site).await;
    let page = site.visitor().get(&format!("/compare?{pair}")).await.is(StatusCode::OK);
    let weights = page.texts("td li small");
    let some = |part: &str| assert!(weights.iter().any(|weight| weight.contains(part)), "{part}: {weights:?}");
    some("stated, probable; 2 sources, best: established");
    some("possible; 3 sources, best: established; rank: normal");
    some("1 source: ");
    let marks = page.texts(".mark.disputed");
    assert!(!marks.is_empty() && marks.iter().all(|mark| mark == "accounts differ"), "{marks:?}");
    let gaps = page.texts("td.gap .mark.gap");
    assert!(gaps.iter().any(|gap| gap == "not stated"), "{gaps:?}");
    let sheet = site.visitor().get(&format!("/compare.csv?{pair}")).await.is(StatusCode::OK).body();
    assert!(sheet.contains("[Stated, Probable; 2 sources, best: Established]") && sheet.contains("(gap)"));
}

/// R21: the same matrix as a file; the address names cases and revisions.
#[actix_web::test]
async fn the_matrix_is_a_file_too_and_its_address_names_revisions() {
    let site = Site::with_first_cases().await;
    let pair = two(&site).await.replace("7K2MQX4T", "7K2MQX4T@1");
    let sheet = site.visitor().get(&format!("/compare.csv?{pair}")).await.is(StatusCode::OK);
    let mut reader = csv::ReaderBuilder::new().flexible(false).from_reader(sheet.bytes());
    assert_eq!(&reader.headers().unwrap()[3], "7K2MQX4T@1");
    assert!(reader.records().map(Result::unwrap).any(|row| &row[0] == "kind" && &row[2] == "yes"));
}

/// R21: the matrix as a workbook has the cells of the sheet, and notes that lead back to these revisions for good; the page does too.
#[actix_web::test]
async fn the_matrix_is_a_workbook_and_leads_back_to_these_revisions() {
    let site = Site::with_first_cases().await;
    let reader = site.visitor();
    let pair = two(&site).await;
    let page = reader.get(&format!("/compare?{pair}")).await.is(StatusCode::OK);
    let permanent = page.link("Permanent link to these revisions");
    assert!(permanent.contains("7K2MQX4T%401") || permanent.contains("7K2MQX4T@1"), "{permanent}");
    reader.get(&permanent).await.is(StatusCode::OK).shows("Huawei");
    let csv = reader.get(page.link("CSV")).await.is(StatusCode::OK);
    let mut cells = csv::ReaderBuilder::new().has_headers(false).from_reader(csv.bytes());
    let cells: Vec<Vec<String>> = cells.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
    let book = reader.get(page.link("XLSX")).await.is(StatusCode::OK);
    let padded = |mut row: Vec<String>| {
        row.resize(cells[0].len(), String::new());
        row
    };
    let found: Vec<Vec<String>> = sheet_rows(book.bytes(), "comparison").into_iter().map(padded).collect();
    assert_eq!(found, cells);
    let notes = sheet_rows(book.bytes(), "Notes").concat();
    assert!(notes.iter().any(|cell| cell.ends_with(&permanent)), "{notes:?}");
    reader.get(&format!("/compare.xlsx?{pair}&only=differences")).await.is(StatusCode::OK);
    reader.get("/compare.xlsx?case=7K2MQX4T").await.is(StatusCode::BAD_REQUEST);
}

/// The cells of one field of a sheet.
fn cells(sheet: &Answer, field: &str) -> Vec<String> {
    let mut reader = csv::Reader::from_reader(sheet.bytes());
    let row = reader.records().map(Result::unwrap).find(|row| &row[0] == field).unwrap();
    row.iter().skip(3).map(str::to_owned).collect()
}

/// A revision in which no statement is left.
fn empties(site: &Site, case: &CaseId) {
    let app = &site.app;
    let mut document = app.db.read(|r| published::find(r, case, Eyes::Moderator)).unwrap().document;
    let base = document.revision;
    document.revision += 1;
    document.statements.clear();
    let checked = app.vocabulary().check(document).unwrap();
    app.db.write(Actor::System, |tx| cases::revise(tx, app.vocabulary(), &checked, base, Some("Emptied"))).unwrap();
    site.works();
}

/// What a program reads as computed of a case.
async fn computed(site: &Site, path: &str) -> serde_json::Value {
    let record = site.visitor().get(path).await.is(StatusCode::OK).body();
    serde_json::from_str::<serde_json::Value>(&record).unwrap()["computed"].clone()
}

/// R14: what is computed of an earlier revision stays that of this revision, wherever the revision is read.
#[actix_web::test]
async fn what_is_computed_of_an_earlier_revision_stays_with_it() {
    let site = Site::with_first_cases().await;
    let earlier = ["/cases/7K2MQX4T/r/1.json", "/api/v1/cases/7K2MQX4T/revisions/1"];
    let before = computed(&site, earlier[0]).await;
    let line = |page: Answer| page.texts("li").into_iter().find(|text| text.starts_with("Completeness: ")).unwrap();
    let stands = line(site.visitor().get("/cases/7K2MQX4T/r/1").await.is(StatusCode::OK));
    empties(&site, &"7K2MQX4T".parse().unwrap());
    for path in earlier {
        assert_eq!(computed(&site, path).await, before, "{path}");
    }
    assert_ne!(computed(&site, "/cases/7K2MQX4T.json").await, before, "the current revision has its own");
    assert_eq!(line(site.visitor().get("/cases/7K2MQX4T/r/1").await.is(StatusCode::OK)), stands);
    assert_ne!(line(site.visitor().get("/cases/7K2MQX4T").await.is(StatusCode::OK)), stands);
}

/// R21: the address of an earlier revision says of it what it said while it was the current one, also what is computed.
#[actix_web::test]
async fn an_earlier_revision_stays_as_it_was() {
    let site = Site::with_first_cases().await;
    let reader = site.visitor();
    let pair = two(&site).await;
    let permanent =
        reader.get(&format!("/compare?{pair}")).await.link("Permanent link to these revisions").replace('?', ".csv?");
    let before = reader.get(&permanent).await.is(StatusCode::OK).body();
    empties(&site, &"7K2MQX4T".parse().unwrap());
    assert_eq!(reader.get(&permanent).await.is(StatusCode::OK).body(), before);
    let both = reader.get("/compare.csv?case=7K2MQX4T@1&case=7K2MQX4T@2").await.is(StatusCode::OK);
    let completeness = cells(&both, "completeness");
    assert_ne!(completeness[0], completeness[1], "the current revision has its own");
}

/// R21: what is printed says where these revisions stand for good and when they were seen; each topic is a group of rows with its head.
#[actix_web::test]
async fn a_printed_sheet_says_where_it_is_from() {
    let site = Site::with_first_cases().await;
    let pair = two(&site).await;
    let page = site.visitor().get(&format!("/compare?{pair}")).await.is(StatusCode::OK);
    let printed = page.texts("p.printed").join(" ");
    let permanent = format!("{}{}", site.app.config.public_url(), page.link("Permanent link to these revisions"));
    assert!(printed.contains(&permanent), "{printed}");
    let day = printed.split("seen on ").nth(1).unwrap().trim_end_matches(')');
    assert!(day.parse::<Day>().is_ok(), "{printed}");
    let page = page.shows("stands what it rests on");
    let groups = page.texts("tbody").len();
    assert!(groups > 3 && page.texts("tbody > tr:first-child > th[scope=rowgroup]").len() == groups);
    assert!(site.visitor().get("/compare").await.texts(".printed").is_empty());
}

/// R22
#[actix_web::test]
async fn the_reference_case_is_one_click_away() {
    let site = Site::with_first_cases().await;
    let pair = two(&site).await;
    let other = pair.rsplit('=').next().unwrap();
    let answer = site.visitor().get(&format!("/cases/{other}")).await;
    let links = answer.attributes("a[href^='/compare?']", "href");
    assert!(links.iter().any(|link| link.contains(other) && link.contains("7K2MQX4T")), "{links:?}");
}
