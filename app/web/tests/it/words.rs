//! What words find beside the words that people wrote: names of codes, filters that they may mean, and other spellings.

use std::collections::BTreeSet;

use reqwest::StatusCode;
use serde_json::Value;

use crate::site::{Answer, Site};

fn ids(list: &Answer) -> BTreeSet<String> {
    list.attributes("input[type=checkbox][name=case]", "value").into_iter().collect()
}

async fn list(site: &Site, query: &str) -> Answer {
    site.visitor().get(&format!("/cases?{query}")).await.is(StatusCode::OK)
}

async fn listed(site: &Site, query: &str) -> BTreeSet<String> {
    ids(&list(site, query).await)
}

/// The filters that a list offers for its words, each with its address.
fn hints(list: &Answer) -> Vec<(String, String)> {
    let labels = list.texts(".hints a").into_iter().map(|label| label.trim().to_owned());
    labels.zip(list.attributes(".hints a", "href")).collect()
}

fn hint(label: &str, address: &str) -> Vec<(String, String)> {
    vec![(label.to_owned(), address.to_owned())]
}

/// How many cases, as it stands behind a filter that is offered.
fn counted(cases: usize) -> String {
    if cases == 1 { "(1 case)".to_owned() } else { format!("({cases} cases)") }
}

/// R1, R7: what the page of a case calls its values is found, by the list and in what is taken away.
#[actix_web::test]
async fn names_of_codes_are_found_like_words_that_people_wrote() {
    let site = Site::with_first_cases().await;
    for (words, filter) in [
        ("memorandum+of+understanding", "f.instrument=memorandum_of_understanding"),
        ("Smart+light+pole", "f.technology=smart_light_pole"),
        ("%22smart+light+pole%22", "f.technology=smart_light_pole"),
        ("smart_light_pole", "f.technology=smart_light_pole"),
        ("Expired", "f.state=expired_not_renewed"),
        ("Public+Wi-Fi", "f.technology=public_wifi"),
        ("face+recogniton", "f.technology=face_recognition"),
    ] {
        let (found, coded) = (listed(&site, &format!("q={words}")).await, listed(&site, filter).await);
        assert!(!coded.is_empty() && found.is_superset(&coded), "{words}: {found:?} lacks some of {coded:?}");
        assert!(found.len() < 7, "{words} says nothing about the others");
        let taken = site.visitor().get(&format!("/cases.jsonl?q={words}")).await.is(StatusCode::OK);
        let id = |line: &str| serde_json::from_str::<Value>(line).unwrap()["id"].as_str().unwrap().to_owned();
        assert_eq!(taken.body().lines().map(id).collect::<BTreeSet<String>>(), found, "{words}");
    }
    assert!(listed(&site, "q=title:expired").await.is_empty(), "no title says it");
    assert!(listed(&site, "q=%22body-worn+camera%22").await.is_empty(), "no case is coded so");
}

/// R1, R2: a filter that the words may mean stands above the results, with the number of cases that its link leads to; also while the words are
/// looked for in titles alone.
#[actix_web::test]
async fn words_that_name_a_code_lead_to_its_filter() {
    let site = Site::with_first_cases().await;
    for (query, label, address) in [
        ("q=smart+light+POLES", "Technology: Smart light pole", "/cases?f.technology=smart_light_pole"),
        ("q=expired", "How it stands: Expired", "/cases?f.state=expired_not_renewed"),
        (
            "q=smart+light+pole&f.country=NL&page=1",
            "Technology: Smart light pole",
            "/cases?f.country=NL&f.technology=smart_light_pole",
        ),
        (
            "q=huawei+smart+light+pole",
            "Technology: Smart light pole",
            "/cases?q=huawei+smart+light+pole&f.technology=smart_light_pole",
        ),
    ] {
        let page = list(&site, query).await;
        assert_eq!(hints(&page), hint(label, address), "{query}");
        let there = ids(&site.visitor().get(address).await.is(StatusCode::OK));
        assert!(!there.is_empty(), "{query}");
        assert!(page.texts(".hints")[0].contains(&counted(there.len())), "{query}: {}", page.body());
    }
    for query in ["", "q=smart+city", "q=drone", "q=smart+light+pole&f.technology=smart_light_pole", "q=-expired"] {
        assert!(hints(&list(&site, query).await).is_empty(), "{query}");
    }
    std::fs::remove_dir_all(site.folder().join("index")).unwrap();
    let away = list(&site, "q=smart+light+pole").await.shows("titles alone");
    assert_eq!(hints(&away), hint("Technology: Smart light pole", "/cases?f.technology=smart_light_pole"));
}

/// R1: a field that words cannot be looked for in is named, with those that they can; what is coded leads to its filter, and the word behind
/// the colon is looked for all the same.
#[actix_web::test]
async fn a_field_that_is_none_for_words_is_named_and_leads_to_its_filter() {
    let site = Site::with_first_cases().await;
    for (words, field, label, address) in [
        ("technology:face_recognition", "technology", "Technology: Face recognition", "f.technology=face_recognition"),
        (
            "technology:%22Face+recognition%22",
            "technology",
            "Technology: Face recognition",
            "f.technology=face_recognition",
        ),
        ("state:dormant", "state", "How it stands: Dormant", "f.state=dormant"),
        ("kind:agreement", "kind", "Kind of case: Agreement", "f.kind=agreement"),
        ("year:2019", "year", "dated events in 2019", "year.from=2019&year.to=2019"),
        ("-state:dormant", "state", "not How it stands: Dormant", "not.state=dormant"),
    ] {
        let page = list(&site, &format!("q={words}")).await;
        let told =
            page.texts(".notice").into_iter().find(|told| told.contains(&format!("no field “{field}”"))).unwrap();
        assert!(told.contains("The fields are: title, place, vendor, country."), "{told}");
        assert_eq!(hints(&page).first(), hint(label, &format!("/cases?{address}")).first(), "{words}");
        let there = listed(&site, address).await;
        assert!(!there.is_empty() && page.texts(".hints")[0].contains(&counted(there.len())), "{words}");
    }
    let beside = list(&site, "q=huawei+kind:agreement").await;
    let expected = hint("Kind of case: Agreement", "/cases?q=huawei&f.kind=agreement");
    assert_eq!(hints(&beside), expected);
    assert!(!beside.texts(".hints")[0].contains("case)") && !beside.texts(".hints")[0].contains("cases)"));
    let misspelt = list(&site, "q=vednor:huawei").await.shows("“vednor”");
    assert_eq!(ids(&misspelt), listed(&site, "q=huawei").await);
    assert!(!ids(&misspelt).is_empty() && hints(&misspelt).is_empty());
    list(&site, "q=vendor:huawei").await.does_not_show("There is no field");
    let told = site.visitor().get("/api/v1/cases?q=state:dormant").await.is(StatusCode::OK);
    let told: Value = serde_json::from_str(&told.body()).unwrap();
    assert_eq!(told["notices"][0]["code"], "words_read_plainly");
    assert!(told["notices"][0]["detail"].as_str().unwrap().contains("“state”"), "{told}");
}

/// R1, R7: where cases are found by a similar spelling alone, their number is told, and how to do without.
#[actix_web::test]
async fn what_is_found_by_a_similar_spelling_is_told() {
    let site = Site::with_first_cases().await;
    let all = listed(&site, "q=vendor:huawei").await;
    let page = list(&site, "q=vendor:huawey").await;
    assert!(!all.is_empty() && ids(&page) == all, "{all:?}");
    page.shows(&format!("In {} of these cases some word stands in a similar spelling", all.len()));
    let fewer = list(&site, "q=vendor:huawey&f.country=DE").await;
    let left = ids(&fewer).len();
    assert!(left > 0 && left < all.len(), "{left}");
    fewer.shows(&format!("In {left} of these cases some word"));
    for query in ["q=vendor:%22huawei%22", "q=xylophonist", ""] {
        list(&site, query).await.does_not_show("of these cases some word");
    }
    assert!(listed(&site, "q=vendor:%22huawey%22").await.is_empty(), "in quotation marks it is meant as written");
    let told = site.visitor().get("/api/v1/cases?q=vendor:huawey").await.is(StatusCode::OK);
    let told: Value = serde_json::from_str(&told.body()).unwrap();
    assert_eq!(told["notices"][0]["code"], "similar_spelling");
}

/// R1: what the search can do is said beside it.
#[actix_web::test]
async fn the_list_says_how_words_are_found() {
    let site = Site::with_first_cases().await;
    let help =
        list(&site, "").await.shows("How words are found").shows("The fields are: title, place, vendor, country.");
    help.shows("with one letter wrong").shows("in quotation marks is found as it stands");
}
