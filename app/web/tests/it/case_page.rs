//! The page of a case, through the door that readers use.

use casebook_core::{
    cases::{self, Showing},
    db::Actor,
};
use reqwest::StatusCode;
use scraper::Selector;

use crate::{
    feeds::revises,
    site::{Answer, Site},
};

const REFERENCE: &str = "/cases/7K2MQX4T";

async fn site() -> Site {
    let site = Site::open_with(|config| config.instance.seed = casebook_core::config::Seed::Always).await;
    site.app.plant_first_cases().unwrap();
    site.expects_jobs();
    site
}

// S1, D1, D2: opposed points of view side by side, each with role, date, source and translation; what is unanswered says so.
#[actix_web::test]
async fn a_concern_stands_beside_its_answer() {
    let page = site().await.visitor().get(REFERENCE).await.is(StatusCode::OK);
    let pair = ".viewpoint .pair";
    assert!(page.texts(&format!("{pair} .concern .who"))[0].contains("researcher at a think tank"));
    assert!(page.texts(&format!("{pair} .answer .who"))[0].contains("spokesperson of the city"));
    let about = &page.texts(&format!("{pair} .concern .meta")).join(" ");
    assert!(about.contains("translated from German by a person") && about.contains("2019") && about.contains("Source"));
    let page = page
        .shows("contested on 2018-12-07")
        .shows("Unanswered for at least 7 years")
        .shows("Answered does not mean resolved");
    assert!(!page.texts(".answer .mark.tag").is_empty());
}

/// Of each similar case on a page the number of reasons, and the links to the comparison.
fn similar(page: &Answer) -> Vec<(usize, Vec<String>)> {
    let [lines, reasons, links] =
        ["#similar li", ".reason", "a[href^='/compare?']"].map(|selector| Selector::parse(selector).unwrap());
    let document = page.document();
    let of = document.select(&lines).map(|line| {
        let links = line.select(&links).filter_map(|link| link.attr("href")).map(str::to_owned);
        (line.select(&reasons).count(), links.collect())
    });
    of.collect()
}

// R23: similar cases stand on the page with what both have in common, and each can be compared; an earlier revision has none.
#[actix_web::test]
async fn similar_cases_are_named_with_what_they_have_in_common() {
    let site = Site::with_first_cases().await;
    let reader = site.visitor();
    let page = reader.get("/cases?f.vendor=o_huawei").await.is(StatusCode::OK);
    let ids = page.attributes("input[name=case]", "value");
    let mut compared = 0;
    for id in &ids {
        for (reasons, links) in similar(&reader.get(format!("/cases/{id}")).await.is(StatusCode::OK)) {
            assert!(reasons >= 2, "two reasons at least: {id}");
            assert!(links.len() == 1 && links[0].contains(id.as_str()), "{id}: {links:?}");
            reader.get(&links[0]).await.is(StatusCode::OK);
            compared += 1;
        }
    }
    assert!(compared > 0, "cases with the same vendor have something in common: {ids:?}");
    revises(&site, &"7K2MQX4T".parse().unwrap(), 1, "A source was added");
    assert!(!similar(&reader.get(REFERENCE).await.is(StatusCode::OK)).is_empty(), "the current revision");
    assert!(similar(&reader.get(format!("{REFERENCE}/r/1")).await.is(StatusCode::OK)).is_empty(), "an earlier one");
}

// S2, S3: the two axes, with figures, years and sources.
#[actix_web::test]
async fn size_and_legal_distance_are_told_in_words() {
    let page = site().await.visitor().get(REFERENCE).await.shows("employs 2 people for every 5 residents");
    let page =
        page.shows("208,000").shows("Huawei, Annual Report 2024").shows("Step 4 of 4, between Germany and China");
    assert_eq!(page.texts(".steps [aria-current]").len(), 1);
}

// S2, S3: every case with a vendor says both measures: figures with their sources and the ratio in words, or why there is none; one of five steps.
#[actix_web::test]
async fn every_case_with_a_vendor_says_both_measures() {
    let site = Site::with_first_cases().await;
    let reader = site.visitor();
    let (mut compared, mut elsewhere) = (0, 0);
    for id in reader.get("/cases").await.attributes("input[type=checkbox][name=case]", "value") {
        let page = reader.get(format!("/cases/{id}")).await.is(StatusCode::OK);
        assert_eq!(page.texts("#measures h3"), ["Imbalance of size", "Legal distance"], "{id}");
        let said = page.texts("#measures").concat();
        let cells = page.texts("#measures td");
        if cells.is_empty() {
            assert!(said.contains("about no single municipality"), "{id}: {said}");
            elsewhere += 1;
        } else {
            assert!(
                cells.len() == 4 && cells.iter().all(|cell| cell.contains(|c: char| c.is_ascii_digit())),
                "{cells:?}"
            );
            assert!(said.contains(" employs ") && !said.contains("no single municipality"), "{id}: {said}");
            compared += 1;
        }
        assert_eq!(page.texts("#measures .steps > li").len(), 5, "{id}");
        assert_eq!(page.texts("#measures .steps > [aria-current]").len(), 1, "{id}");
        assert!(said.contains("Seat of "), "{id}: {said}");
    }
    assert_eq!((compared, elsewhere), (2, 5), "Duisburg and Hangzhou; the others are about no single municipality");
}

// S5, S6, S10: what is coded stands there, and whose law could reach the data, as a possibility.
#[actix_web::test]
async fn what_is_coded_stands_on_the_page() {
    let page =
        site().await.visitor().get(REFERENCE).await.shows("Whose initiative").shows("Critical infrastructure or data");
    let page = page
        .shows("Where data are stored")
        .shows("Who can reach the data")
        .shows("Possible legal reach, not evidence of access");
    let reach = page.texts(".reach > li").join(" ");
    assert!(reach.contains("Vendor's seat: Huawei → China") && reach.contains("Country of storage"), "{reach}");
}

// R31: behind each value its sources, who coded it and since when. R32: what contradicts stands beside one another.
#[actix_web::test]
async fn behind_each_value_stand_its_sources_and_its_coder() {
    let page = site().await.visitor().get(REFERENCE).await;
    let behind = page.texts("#statement-t25 .behind").join(" ");
    assert!(behind.contains("Source 2") && behind.contains("Coded by") && behind.contains("revision 1"), "{behind}");
    assert!(page.texts("#statement-t25 > summary")[0].contains("accounts differ, possible"));
    assert!(page.texts("#statement-t26 > summary")[0].contains("accounts differ"));
    assert!(page.body().contains("counts first"), "the preferred of several is marked as such");
}

// D3, R30: the course with date and source at each step, dates as entered.
#[actix_web::test]
async fn the_course_is_dated_as_entered() {
    let page = site().await.visitor().get(REFERENCE).await;
    let steps = page.texts(".timeline > li");
    assert!(steps[0].starts_with("2018-01 Signed") && steps.iter().all(|step| step.contains("Source")), "{steps:?}");
}

// D4: what is not known, with a way to help.
#[actix_web::test]
async fn what_is_not_known_is_shown_as_a_gap() {
    let site = site().await;
    let page = site.visitor().get(REFERENCE).await.shows("10 of 32 core questions have no answer");
    let listed = page.texts("#gaps .gaps li").len();
    assert!(listed > 10, "{listed}");
    let page =
        page.shows(&format!("{listed} entries are listed below. What was refused, or looked for and not found,"));
    let page = page.shows("is listed for each agreement that says nothing of it");
    let other = site.visitor().get("/cases/3FZ9T0WB").await.shows("26 of 32 core questions have no answer");
    assert_eq!(other.texts("#gaps .gaps li").len(), 26);
    other.does_not_show("listed below");
    assert!(page.attributes("#gaps a", "href").contains(&"/share".to_owned()));
}

// R14, R16: a revision has an address of its own; the document says it.
#[actix_web::test]
async fn a_revision_and_its_document_have_permanent_addresses() {
    let site = site().await;
    let visitor = site.visitor();
    visitor.get(format!("{REFERENCE}/r/1")).await.is(StatusCode::OK).shows("Revision 1");
    visitor.get(format!("{REFERENCE}/r/2")).await.is(StatusCode::NOT_FOUND);
    let document: serde_json::Value =
        serde_json::from_str(&visitor.get(format!("{REFERENCE}.json")).await.body()).unwrap();
    assert!(document["url"].as_str().unwrap().ends_with("/cases/7K2MQX4T/r/1"));
    assert_eq!(document["computed"]["accounts"], 0);
    let moved = visitor.get("/cases/7k2mqx4t/duisburg-huawei").await.is(StatusCode::MOVED_PERMANENTLY);
    assert_eq!(moved.location(), REFERENCE);
    visitor.get("/cases/ZZZZZZZZ").await.is(StatusCode::NOT_FOUND);
    visitor.get("/cases/nothing").await.is(StatusCode::NOT_FOUND);
}

// R22: one click to the reference case.
#[actix_web::test]
async fn any_other_case_leads_to_the_comparison_with_the_reference_case() {
    let site = site().await;
    let visitor = site.visitor();
    let page = visitor.get(format!("/cases/{}", other_case())).await.is(StatusCode::OK);
    assert!(page.link("Compare with the reference case").contains("case=7K2MQX4T"));
}

fn other_case() -> String {
    let seeds = include_str!("../../../../config/seeds/cases.jsonl");
    let records = seeds.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let mut cases = records.filter(|record| record["record"] == "case");
    cases.next().unwrap()["id"].as_str().unwrap().to_owned()
}

// R16, M11: what is taken from view is gone under every address of it, and its reason is said; what is unlisted is found by its address.
#[actix_web::test]
async fn a_hidden_case_is_gone_with_its_reason_and_an_unlisted_one_says_so() {
    let site = site().await;
    let visitor = site.visitor();
    let show_as = |showing: Showing| {
        let id = "7K2MQX4T".parse().unwrap();
        site.app.db.write(Actor::System, |tx| cases::set_visibility(tx, &id, &showing)).unwrap();
    };
    show_as(Showing::Unlisted("duplicate".to_owned()));
    let page = visitor.get(REFERENCE).await.is(StatusCode::OK).shows("stands in no list");
    assert_eq!(page.attributes("meta[name=robots]", "content"), ["noindex"]);
    show_as(Showing::Hidden("names_private_person".to_owned()));
    for address in ["", "/r/1", ".json", "/r/1.json"] {
        let gone = visitor.get(format!("{REFERENCE}{address}")).await.is(StatusCode::GONE);
        gone.does_not_show("think tank").shows("private person");
    }
}
