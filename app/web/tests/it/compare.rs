//! Two to four cases side by side.

use casebook_core::{
    cases::{
        self, Showing,
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

/// R20: an id that leads to nothing costs that id and not the comparison. Whether a case never was or is hidden is not told here; a file,
/// which could not say that something is missing, is refused. An unlisted case is found by its address, also by this one.
#[actix_web::test]
async fn what_cannot_be_compared_is_said_and_the_rest_is_compared() {
    let site = Site::with_first_cases().await;
    let reader = site.visitor();
    let pair = two(&site).await;
    let (gone, never) = ("X2B8GR6T", "00000000");
    let said = |page: &Answer, id: &str| page.texts("div.notice").concat().replace(id, "ID");
    let before = reader.get(&format!("/compare?{pair}&case={gone}")).await.is(StatusCode::OK);
    assert_eq!(before.texts("thead th a[href^='/cases/']").len(), 3, "the control: it can be compared");
    assert!(before.texts(".notice").is_empty());
    let unknown = reader.get(&format!("/compare?{pair}&case={never}")).await.is(StatusCode::OK);
    assert_eq!(said(&unknown, never).matches("leads to no case that can be compared").count(), 1);
    let later = reader.get(&format!("/compare?{pair}&case={gone}@7")).await.is(StatusCode::OK);
    assert_eq!(later.attributes("div.notice a", "href"), [format!("/cases/{gone}/r/7")]);
    let shows = |showing: Showing| {
        let case = gone.parse().unwrap();
        site.app.db.write(Actor::System, |tx| cases::set_visibility(tx, &case, &showing)).unwrap();
        site.works();
    };
    shows(Showing::Unlisted("duplicate".to_owned()));
    let unlisted = reader.get(&format!("/compare?{pair}&case={gone}")).await.is(StatusCode::OK);
    assert_eq!(unlisted.texts("thead th a[href^='/cases/']").len(), 3);
    shows(Showing::Hidden("names_private_person".to_owned()));
    let page = reader.get(&format!("/compare?{pair}&case={gone}")).await.is(StatusCode::OK);
    assert_eq!(page.texts("thead th a[href^='/cases/']").len(), 2);
    assert_eq!(said(&page, gone), said(&unknown, never));
    assert_eq!(page.attributes("div.notice a", "href"), [format!("/cases/{gone}")]);
    assert!(!page.link("CSV").contains(gone) && !page.link("Permanent link to these revisions").contains(gone));
    assert!(!page.attributes("form.search input[type=hidden]", "value").contains(&gone.to_owned()));
    for ending in ["csv", "xlsx", "bib", "ris", "csl.json"] {
        let file = |id: &str| format!("/compare.{ending}?{pair}&case={id}");
        let refused = reader.get(&file(gone)).await.is(StatusCode::BAD_REQUEST).shows("A file cannot say");
        let never_was = reader.get(&file(never)).await.is(StatusCode::BAD_REQUEST);
        let words = |answer: &Answer, id: &str| answer.texts("main").concat().replace(id, "ID");
        assert_eq!(words(&refused, gone), words(&never_was, never), "{ending}");
    }
    let cited = reader.get(&format!("/compare?{pair}&case={gone}@1")).await.is(StatusCode::OK);
    assert_eq!(cited.texts("thead th a[href^='/cases/']").len(), 2, "a revision of it is none either");
}

/// R20, R22: with one case left the page says which it is, what is missing, and what can stand beside it.
#[actix_web::test]
async fn a_case_that_is_left_alone_is_helped_to_company() {
    let site = Site::with_first_cases().await;
    let reader = site.visitor();
    reader.get("/compare").await.is(StatusCode::OK).shows("Choose at least two cases").does_not_show("Chosen so far");
    let page = reader.get("/compare?case=X2B8GR6T&case=nothing").await.is(StatusCode::OK);
    let page = page.shows("\"nothing\" is no id of a case").shows("Chosen so far: ").shows("Choose at least two cases");
    assert_eq!(page.attributes("form.search input[type=hidden]", "value"), ["X2B8GR6T"]);
    let beside = page.link("Put the reference case beside it");
    let both = reader.get(&beside).await.is(StatusCode::OK).shows("Huawei");
    assert_eq!(both.texts("thead th a[href^='/cases/']").len(), 2);
    let page = reader.get("/compare?case=7K2MQX4T&case=00000000").await.is(StatusCode::OK);
    page.shows("Chosen so far: ").does_not_show("Put the reference case beside it");
    let none =
        reader.get("/compare?case=00000001&case=00000002").await.is(StatusCode::OK).shows("2 ids lead to no case");
    none.shows("Choose at least two cases").does_not_show("Chosen so far");
    let five = ["7K2MQX4T", "00000001", "00000002", "00000003", "00000004"].map(|id| format!("case={id}")).join("&");
    reader.get(&format!("/compare?{five}")).await.is(StatusCode::BAD_REQUEST).shows("At most four");
    reader.get("/compare.csv?case=7K2MQX4T").await.is(StatusCode::BAD_REQUEST).shows("At least two cases");
    reader.get("/compare.csv?case=7K2MQX4T&case=nothing").await.is(StatusCode::BAD_REQUEST).shows("is no id");
}

/// R20, R21: the same case under two names is one column and a sentence; two revisions of it are two columns, which are told to be one case.
#[actix_web::test]
async fn the_same_case_twice_is_said() {
    let site = Site::with_first_cases().await;
    let reader = site.visitor();
    let pair = two(&site).await;
    for again in ["7K2MQX4T", "7k2mqx4t", "7K2MQX4T@1"] {
        let page = reader.get(&format!("/compare?{pair}&case={again}")).await.is(StatusCode::OK);
        assert_eq!(page.texts("thead th a[href^='/cases/']").len(), 2, "{again}");
        let id = again.to_uppercase();
        page.shows(&format!("{id} is named more than once, or by two names, and stands here once."));
    }
    reader.get("/compare?case=7K2MQX4T&case=7K2MQX4T@1").await.shows("stands here once").shows("Chosen so far: ");
    empties(&site, &"7K2MQX4T".parse().unwrap());
    let page = reader.get("/compare?case=7K2MQX4T@1&case=7K2MQX4T").await.is(StatusCode::OK);
    let page = page.shows("Revisions of the same case stand side by side here: 7K2MQX4T.").does_not_show("here once");
    assert_eq!(page.texts("thead th a[href^='/cases/']").len(), 2);
}
