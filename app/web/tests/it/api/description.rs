//! What the read API says of itself, to programs and to people: all of it is there, and all of it is true.

use std::collections::BTreeSet;

use casebook_core::{cases::facets::facet_names, codebook::Codebook};
use reqwest::StatusCode;
use serde_json::{Value, json};

use super::{PROBLEM, get, read, schema::complaints};
use crate::site::{Site, addresses, markup};

/// R19: the description is OpenAPI 3.1, holds each address of the API and each filter, and nothing besides.
#[actix_web::test]
async fn the_description_holds_every_address_and_every_filter() {
    let site = Site::with_first_cases().await;
    let description = get(&site.visitor(), "/api/v1/openapi.json").await;
    assert_eq!(description["openapi"], "3.1.0");
    assert_eq!(description["servers"][0]["url"], site.app.config.public_url());
    let paths = description["paths"].as_object().unwrap();
    let described: BTreeSet<String> = paths.keys().cloned().collect();
    let routed: BTreeSet<String> =
        addresses().into_iter().map(|address| address.pattern).filter(|path| path.starts_with("/api/v1")).collect();
    assert_eq!(described, routed);
    let mut names = BTreeSet::new();
    for (path, item) in paths {
        let operation = &item["get"];
        assert!(names.insert(operation["operationId"].as_str().unwrap()), "{path}");
        assert!(operation["responses"]["200"]["content"]["application/json"]["schema"].is_object(), "{path}");
        assert!(operation["responses"]["default"]["content"][PROBLEM]["schema"].is_object(), "{path}");
        for placeholder in path.split('{').skip(1).map(|rest| rest.split('}').next().unwrap()) {
            let named = operation["parameters"].as_array().unwrap();
            assert!(named.iter().any(|one| one["name"] == placeholder && one["required"] == true), "{path}");
        }
    }
    for reference in references(&description) {
        let pointer = reference.strip_prefix('#').unwrap();
        assert!(description.pointer(pointer).is_some(), "{reference} leads nowhere");
    }
    let book = Codebook::embedded();
    let parameters = description["components"]["parameters"].as_object().unwrap();
    for field in facet_names(&book) {
        for group in ["f", "not", "status", "confidence", "reliability"] {
            assert!(parameters.contains_key(&format!("{group}.{field}")), "{group}.{field}");
        }
    }
    assert_eq!(parameters.len(), 5 * facet_names(&book).len());
}

/// Every `$ref` in a description.
fn references(value: &Value) -> Vec<String> {
    match value {
        Value::Object(members) => {
            let own = members.get("$ref").and_then(Value::as_str).map(ToOwned::to_owned);
            own.into_iter().chain(members.values().flat_map(references)).collect()
        }
        Value::Array(items) => items.iter().flat_map(references).collect(),
        _ => Vec::new(),
    }
}

/// R19: what is answered is what the description says, and it is described whole.
#[actix_web::test]
async fn what_is_answered_is_described() {
    let site = Site::with_first_cases().await;
    let reader = site.visitor();
    let description = get(&reader, "/api/v1/openapi.json").await;
    let mut wrong = Vec::new();
    for (name, path) in [
        ("CaseList", "/api/v1/cases?limit=100"),
        ("CaseList", "/api/v1/cases?limit=2&q=%22huawei"),
        ("Case", "/api/v1/cases/7K2MQX4T"),
        ("Case", "/api/v1/cases/7K2MQX4T/revisions/1"),
        ("Revisions", "/api/v1/cases/7K2MQX4T/revisions"),
        ("Facets", "/api/v1/facets"),
        ("Facets", "/api/v1/facets?f.country=NL&q=smart"),
        ("Codebook", "/api/v1/codebook"),
        ("Problem", "/api/v1/cases?f.domain=cats"),
        ("Problem", "/api/v1/cases/00000000"),
    ] {
        let told = read(&reader.get(path).await);
        let found = complaints(&description, name, &told);
        wrong.extend(found.into_iter().map(|complaint| format!("{path}: {complaint}")));
    }
    assert_eq!(wrong, [""; 0]);
    // The control: what is wrong is noticed.
    let mut case = get(&reader, "/api/v1/cases/7K2MQX4T").await;
    case["statements"][0]["status"] = json!("rumoured");
    case["place"]["street"] = json!("Königstraße");
    case.as_object_mut().unwrap().remove("title");
    assert_eq!(complaints(&description, "Case", &case).len(), 3, "{:?}", complaints(&description, "Case", &case));
}

/// R19: the page for people names every address, every filter and every kind of failure, and shows programs with this site's address.
#[actix_web::test]
async fn the_page_names_every_address_every_filter_and_every_kind_of_failure() {
    let site = Site::open().await;
    let reader = site.visitor();
    let home = reader.get("/").await;
    let page = reader.get(home.link("For programs")).await.is(StatusCode::OK);
    for address in addresses().iter().filter(|address| address.pattern.starts_with("/api/v1")) {
        assert!(page.texts("code").contains(&address.pattern), "{}", address.pattern);
    }
    let description = get(&reader, "/api/v1/openapi.json").await;
    let asked = description["paths"]["/api/v1/facets"]["get"]["parameters"].as_array().unwrap();
    let of_any_field = asked.iter().filter_map(|one| one["name"].as_str()).map(ToOwned::to_owned);
    let of_one_field = ["f", "not", "status", "confidence", "reliability"].map(|group| format!("{group}.FIELD"));
    let filters: Vec<String> = of_any_field.chain(of_one_field).collect();
    assert!(filters.contains(&"population.from".to_owned()), "{filters:?}");
    for filter in filters {
        assert!(page.texts("code").contains(&filter), "{filter}");
    }
    let anchors = page.attributes("dl div[id]", "id");
    for kind in ["unknown-parameter", "invalid-value", "invalid-cursor", "not-found", "gone", "unexpected"] {
        assert!(anchors.contains(&kind.to_owned()), "{kind}: {anchors:?}");
    }
    let programs = page.texts("pre code");
    let begun = format!("{}/api/v1/cases?", site.app.config.public_url());
    assert!(programs.len() == 3 && programs.iter().all(|program| program.contains(&begun)), "{programs:?}");
    assert_eq!(markup::complaints(&page.body()), [""; 0]);
}
