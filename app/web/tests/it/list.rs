//! The list of cases: search, filters with counts, exports of exactly the set.

use std::collections::BTreeSet;

use casebook_core::{
    cases::{
        self,
        document::Status,
        published::{self, Eyes},
    },
    db::Actor,
};
use reqwest::StatusCode;

use crate::site::Site;

/// The ids that a list shows, page by page.
async fn listed(site: &Site, query: &str) -> BTreeSet<String> {
    let answer = site.visitor().get(&format!("/cases?{query}")).await.is(StatusCode::OK);
    answer.attributes("input[type=checkbox][name=case]", "value").into_iter().collect()
}

/// The ids that the JSON Lines of the same query hold.
async fn exported(site: &Site, query: &str) -> BTreeSet<String> {
    let answer = site.visitor().get(&format!("/cases.jsonl?{query}")).await.is(StatusCode::OK);
    let id = |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap()["id"].as_str().unwrap().to_owned();
    answer.body().lines().map(id).collect()
}

/// R1
#[actix_web::test]
async fn a_case_is_found_with_a_typo_and_with_or_without_umlaut() {
    let site = Site::with_first_cases().await;
    for words in ["duisburg", "Dusiburg", "HUAWAI", "duisbu", "rotterdam", "Düisburg"] {
        assert!(!listed(&site, &format!("q={words}")).await.is_empty(), "{words}");
    }
    site.visitor().get("/cases?q=xylophonist").await.is(StatusCode::OK).shows("No case fits");
}

/// R3, R5, R7: a count is what one finds; the set of a page, of its address given to somebody else and of its exports are the same.
#[actix_web::test]
async fn exports_hold_exactly_the_set_that_the_page_counts() {
    let site = Site::with_first_cases().await;
    for query in [
        "",
        "f.country=NL",
        "f.country=NL&f.country=CN",
        "f.country=NL&not.domain=mobility",
        "q=huawei&f.country=DE",
        "f.scope=nation",
    ] {
        let shown = listed(&site, query).await;
        assert!(!shown.is_empty(), "{query}");
        assert_eq!(exported(&site, query).await, shown, "{query}");
        let count = if shown.len() == 1 { "1 case".to_owned() } else { format!("{} cases", shown.len()) };
        site.visitor().get(&format!("/cases?{query}")).await.shows(&count);
        let sheet = site.visitor().get(&format!("/cases.csv?{query}")).await.is(StatusCode::OK);
        let mut reader = csv::Reader::from_reader(sheet.bytes());
        let ids: BTreeSet<String> = reader.records().map(|row| row.unwrap()[0].to_owned()).collect();
        assert_eq!(ids, shown, "{query}");
    }
    let (both, not) = (listed(&site, "f.country=NL&f.country=CN").await, listed(&site, "not.country=DE").await);
    assert_eq!(both, not, "OR within a facet, NOT across: the seven cases lie in three countries");
}

/// R4: a name that the list does not know is told with those that it knows, and the results are those of the rest; what other sites add to their
/// links to follow readers is passed over without a word.
#[actix_web::test]
async fn a_name_that_the_list_does_not_know_is_told() {
    let site = Site::with_first_cases().await;
    let shown = listed(&site, "f.country=NL").await;
    let hostile = "foo=1&f.country=NL&%3Cscript%3Ealert(1)%3C/script%3E=2&foo=3";
    assert_eq!(listed(&site, hostile).await, shown);
    let page = site.visitor().get(&format!("/cases?{hostile}")).await.is(StatusCode::OK);
    let page = page.shows("The address also says foo, <script>alert(1)</script>, which means nothing here");
    assert!(page.shows("It may say: q, evidence,").texts("script").is_empty());
    let known = "q=&f.country=NL&status=stated&year.from=2000&population.to=99000000&sort=title&page=1";
    for query in [known, "f.country=NL&utm_source=paper&utm_medium=x&fbclid=y&gclid=z", ""] {
        site.visitor().get(&format!("/cases?{query}")).await.is(StatusCode::OK).does_not_show("which means nothing");
    }
}

/// S7: the municipality has no access to its own data. S5: who drove it. S10: critical.
#[actix_web::test]
async fn the_street_lights_are_found_by_who_cannot_get_at_the_data() {
    let site = Site::with_first_cases().await;
    site.visitor().get("/cases?f.municipal_access=none").await.shows("CityTec").shows("1 case");
    let answer = site.visitor().get("/cases").await;
    for facet in ["f.initiative=", "f.critical=", "f.municipal_access=none"] {
        assert!(answer.body().contains(facet), "{facet}");
    }
}

/// R4: disputed values are found as such. R33: and those that rest on an established source.
#[actix_web::test]
async fn disputed_values_and_kinds_of_evidence_can_be_filtered() {
    let site = Site::with_first_cases().await;
    assert_eq!(listed(&site, "status.procurement=disputed").await.len(), 1);
    assert!(!listed(&site, "evidence=established").await.is_empty());
}

/// R4: what is unknown is found as such, and so is what a city refused to say; each is told from the other, and from what is silent.
#[actix_web::test]
async fn what_is_unknown_and_what_was_refused_can_be_filtered() {
    let site = Site::with_first_cases().await;
    let unknown = listed(&site, "status.storage_place=unknown").await;
    assert_eq!(unknown, BTreeSet::from(["9KE4VP2G".to_owned(), "M6H1XC8R".to_owned()]));
    assert!(listed(&site, "status=unknown").await.is_superset(&unknown));
    let id = "7K2MQX4T".parse().unwrap();
    let app = &site.app;
    let mut document = app.db.read(|r| published::find(r, &id, Eyes::Moderator)).unwrap().document;
    document.revision = 2;
    let refused =
        document.statements.iter_mut().find(|said| said.field == "retention" || said.field == "domain").unwrap();
    (refused.status, refused.value) = (Status::Withheld, None);
    let field = refused.field.to_string();
    assert!(!listed(&site, &format!("status.{field}=withheld")).await.contains("7K2MQX4T"), "not yet");
    let checked = app.vocabulary().check(document).unwrap();
    app.db.write(Actor::System, |tx| cases::revise(tx, app.vocabulary(), &checked, 1, Some("Refused"))).unwrap();
    site.works();
    assert!(listed(&site, &format!("status.{field}=withheld")).await.contains("7K2MQX4T"));
    assert!(!listed(&site, &format!("status.{field}=unknown")).await.contains("7K2MQX4T"));
    assert_eq!(exported(&site, &format!("status.{field}=withheld")).await, BTreeSet::from(["7K2MQX4T".to_owned()]));
    site.visitor().get("/cases?status=withheld").await.is(StatusCode::OK).shows("1 case");
}

/// R4, R33: code and reliability hold within one statement; without a field any statement may fit. All of it counts, and can be taken back.
#[actix_web::test]
async fn what_statements_rest_on_can_be_filtered() {
    let site = Site::with_first_cases().await;
    let duisburg = BTreeSet::from(["7K2MQX4T".to_owned()]);
    let seen = "f.technology=face_recognition&reliability.technology=unassessed";
    assert_eq!(listed(&site, seen).await, duisburg);
    assert_eq!(exported(&site, seen).await, duisburg);
    let halves = "f.technology=cloud_iaas&reliability.technology=unassessed";
    assert!(!listed(&site, halves).await.contains("7K2MQX4T"), "its cloud rests on something better");
    assert!(listed(&site, "f.technology=cloud_iaas&reliability.technology=established").await.contains("7K2MQX4T"));
    let disputed = listed(&site, "status=disputed").await;
    assert!(disputed.contains("7K2MQX4T") && disputed.len() < 7, "{disputed:?}");
    assert!(listed(&site, "status=disputed&confidence=confirmed&reliability=unassessed").await.is_empty());
    let list = site.visitor().get("/cases").await.is(StatusCode::OK).shows("best source: established (");
    for name in ["status", "confidence", "reliability"] {
        let links = list.attributes(&format!(".facet a[href^='/cases?{name}=']"), "href");
        assert!(!links.is_empty(), "{name}");
        let counts = list.texts(&format!(".facet a[href^='/cases?{name}='] + .count"));
        for (link, count) in links.iter().zip(counts) {
            let found = site.visitor().get(link).await.is(StatusCode::OK);
            let cases = found.attributes("input[type=checkbox][name=case]", "value");
            assert_eq!(cases.len().to_string(), count.trim(), "{link}");
            assert_eq!(found.attributes(".chosen a:not(.plain)", "href"), ["/cases"], "{link} can be taken back");
        }
    }
    let values = site.visitor().get("/cases/facet/technology?f.technology=face_recognition").await.is(StatusCode::OK);
    assert!(values.attributes("a[href*='reliability.technology=unassessed']", "href").len() == 1, "{}", values.body());
}

/// R2: live counts, and how many values there are. R37: what the set covers, and that absence is no proof.
#[actix_web::test]
async fn facets_have_counts_and_the_list_says_what_it_covers() {
    let site = Site::with_first_cases().await;
    let answer = site.visitor().get("/cases").await;
    answer.shows("7 of 7 published cases").shows("What is absent here is not absent in the world").shows("3 values");
}

#[actix_web::test]
async fn what_no_filter_knows_is_refused_with_what_is_allowed() {
    let site = Site::with_first_cases().await;
    for (query, allowed) in [
        ("f.colour=red", "domain"),
        ("f.domain=cats", "mobility"),
        ("sort=size", "recent"),
        ("evidence=rumour", "primary"),
        ("reliability=rumour", "primary"),
        ("status.domain=rumoured", "disputed"),
    ] {
        site.visitor().get(&format!("/cases?{query}")).await.is(StatusCode::BAD_REQUEST).shows(allowed);
        site.visitor().get(&format!("/cases.jsonl?{query}")).await.is(StatusCode::BAD_REQUEST);
    }
}

#[actix_web::test]
async fn a_query_that_cannot_be_read_is_searched_plainly_with_a_note() {
    let site = Site::with_first_cases().await;
    site.visitor().get("/cases?q=%22huawei+duisburg").await.is(StatusCode::OK).shows("searched plainly");
}

#[actix_web::test]
async fn a_page_past_the_end_leads_back_to_the_last() {
    let site = Site::with_first_cases().await;
    site.visitor().get("/cases?page=99").await.is(StatusCode::OK).shows("There is no page 99").shows("7 cases");
}

/// O6: without the text index filters and counts are as ever, words are looked for in titles, and the page says so. O7: reindexing mends it.
#[actix_web::test]
async fn without_the_text_index_filters_work_and_words_are_looked_for_in_titles() {
    let site = Site::with_first_cases().await;
    std::fs::remove_dir_all(site.folder().join("index")).unwrap();
    let drift = site.app.db.read(|r| casebook_core::cases::index::drift(r, &*site.app.index)).unwrap();
    assert!(!drift.is_none(), "drift is reported");
    site.visitor().get("/cases?q=duisburg").await.is(StatusCode::OK).shows("titles alone").shows("Huawei");
    site.visitor().get("/cases?f.country=NL").await.shows("4 cases");
    // A feed reader would keep what does not fit, and sees no notice.
    site.expects_failures(1);
    site.visitor().get("/cases.atom?q=duisburg").await.is(StatusCode::SERVICE_UNAVAILABLE);
    site.visitor().get("/cases.atom?f.country=NL").await.is(StatusCode::OK);
    casebook_core::background::rebuild_index(&site.app.instance, &mut |_| ()).unwrap();
    let drift = site.app.db.read(|r| casebook_core::cases::index::drift(r, &*site.app.index)).unwrap();
    assert!(drift.is_none(), "{drift:?}");
    site.visitor().get("/cases?q=duisburg").await.does_not_show("titles alone");
}

/// R9, R14: several values are a list, and each line carries its permanent address.
#[actix_web::test]
async fn a_line_holds_lists_and_its_permanent_address() {
    let site = Site::with_first_cases().await;
    let answer = site.visitor().get("/cases.jsonl?f.country=DE").await;
    let line: serde_json::Value = serde_json::from_str(answer.body().lines().next().unwrap()).unwrap();
    assert!(line["url"].as_str().unwrap().ends_with("/cases/7K2MQX4T"));
    assert!(line["statements"].as_array().unwrap().iter().filter(|s| s["field"] == "domain").count() > 3);
    assert_eq!(line["computed"]["size_class"], "500k_1500k");
}

/// R13: no cell of the sheet begins like a formula.
#[actix_web::test]
async fn no_cell_of_the_sheet_begins_like_a_formula() {
    let site = Site::with_first_cases().await;
    let sheet = site.visitor().get("/cases.csv").await;
    let mut reader = csv::Reader::from_reader(sheet.bytes());
    for row in reader.records() {
        for cell in &row.unwrap() {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell}");
        }
    }
}
