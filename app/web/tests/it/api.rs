//! The read API (row R19): the same sets as the pages, page by page, with failures that programs can read and a description that is true.

mod description;
mod schema;

use casebook_core::cases::published;
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::site::{Answer, Site, Visitor};

const PROBLEM: &str = "application/problem+json";

fn read(answer: &Answer) -> Value {
    serde_json::from_slice(answer.bytes()).unwrap_or_else(|error| panic!("{error}: {}", answer.body()))
}

async fn get(reader: &Visitor, path: &str) -> Value {
    read(&reader.get(path).await.is(StatusCode::OK))
}

/// The failure that an answer tells: the kind, and all of it.
fn problem(answer: &Answer) -> (String, Value) {
    assert_eq!(answer.header("content-type"), PROBLEM, "{}", answer.body());
    let problem = read(answer);
    assert_eq!(problem["status"], answer.status().as_u16());
    for member in ["title", "detail"] {
        let words = problem[member].as_str().unwrap();
        assert!(!words.is_empty() && !words.starts_with("api-") && !words.starts_with("error-"), "{problem}");
    }
    let (_, kind) = problem["type"].as_str().unwrap().split_once("/api#").unwrap();
    let kind = kind.to_owned();
    (kind, problem)
}

fn ids(page: &Value) -> Vec<String> {
    page["cases"].as_array().unwrap().iter().map(|case| case["id"].as_str().unwrap().to_owned()).collect()
}

/// The address of the next page, as a path of this site; the body and the header agree on it.
fn next(site: &Site, answer: &Answer) -> Option<String> {
    let page = read(answer);
    let next = page["next"].as_str();
    let link = next.map(|next| format!("<{next}>; rel=\"next\"")).unwrap_or_default();
    assert_eq!(answer.header("link"), link);
    next.map(|next| next.strip_prefix(&site.app.config.public_url()).unwrap().to_owned())
}

/// The ids of all pages of a set, in order.
async fn walked(site: &Site, query: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut address = Some(format!("/api/v1/cases?{query}"));
    while let Some(path) = address {
        let answer = site.visitor().get(&path).await.is(StatusCode::OK);
        found.extend(ids(&read(&answer)));
        address = next(site, &answer);
    }
    found
}

/// The ids that the list shows.
async fn listed(site: &Site, query: &str) -> Vec<String> {
    let answer = site.visitor().get(&format!("/cases?{query}")).await.is(StatusCode::OK);
    answer.attributes("input[type=checkbox][name=case]", "value")
}

async fn hides(site: &Site, case: &str) {
    let mo = site.moderator("mo").await;
    let form = mo.get(format!("/staff/cases/{case}")).await.form("/visibility").tick("visibility", "hidden");
    form.fill("reason", "names_private_person").send().await;
    site.works();
}

/// R19, R7: whatever is asked, the pages of the API hold the cases of the list, in its order, each once.
#[actix_web::test]
async fn all_pages_together_hold_exactly_what_the_list_shows() {
    let site = Site::with_first_cases().await;
    for query in [
        "",
        "q=huawei",
        "q=Dusiburg",
        "q=xylophonist",
        "f.country=NL",
        "f.country=NL&f.country=CN",
        "f.country=NL&not.domain=mobility",
        "q=huawei&f.country=DE",
        "f.scope=nation",
        "status.procurement=disputed",
        "evidence=established",
        "status=disputed",
        "population.from=500.000&population.to=10000000",
        "reliability.technology=unassessed&confidence=possible",
        "year.from=2015&year.to=2019",
        "sort=title",
        "sort=population",
        "f.domain=mobility&sort=title",
    ] {
        let shown = listed(&site, query).await;
        for limit in ["limit=1", "limit=2", "limit=100", ""] {
            let asked = [query, limit].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("&");
            assert_eq!(walked(&site, &asked).await, shown, "{asked}");
        }
        let page = get(&site.visitor(), &format!("/api/v1/cases?{query}")).await;
        assert_eq!(page["count"], shown.len(), "{query}");
    }
}

/// R19: what is taken down between two pages takes nothing else along, and is not told.
#[actix_web::test]
async fn reading_goes_on_though_a_case_goes() {
    let site = Site::with_first_cases().await;
    let all = walked(&site, "").await;
    let first = site.visitor().get("/api/v1/cases?limit=3").await;
    assert_eq!(ids(&read(&first)), all[..3]);
    let rest = next(&site, &first).unwrap();
    hides(&site, &all[2]).await;
    assert_eq!(ids(&get(&site.visitor(), &rest).await), all[3..6]);
    assert_eq!(walked(&site, "limit=2").await.len(), all.len() - 1);
}

/// R19: a case is told as its own address tells it, in each of its revisions.
#[actix_web::test]
async fn a_case_is_told_as_its_own_address_tells_it() {
    let site = Site::with_first_cases().await;
    let reader = site.visitor();
    for case in walked(&site, "").await {
        let told = get(&reader, &format!("/api/v1/cases/{case}")).await;
        assert_eq!(told, get(&reader, &format!("/cases/{case}.json")).await);
        let small = case.to_lowercase();
        assert_eq!(told, get(&reader, &format!("/api/v1/cases/{small}")).await);
        let revisions = get(&reader, &format!("/api/v1/cases/{case}/revisions")).await;
        assert_eq!((&revisions["id"], &revisions["current"]), (&json!(case), &json!(1)));
        let address = revisions["revisions"][0]["url"].as_str().unwrap();
        let path = address.strip_prefix(&site.app.config.public_url()).unwrap();
        assert_eq!(get(&reader, path).await, get(&reader, &format!("/cases/{case}/r/1.json")).await);
    }
    assert_eq!(get(&reader, "/api/v1/codebook").await, get(&reader, "/codebook.json").await);
}

/// R19, R2: the counts are those of the list: what one finds who chooses the code.
#[actix_web::test]
async fn counts_are_what_one_finds_who_chooses_the_code() {
    let site = Site::with_first_cases().await;
    let reader = site.visitor();
    for query in ["", "f.country=NL"] {
        let counts = get(&reader, &format!("/api/v1/facets?{query}")).await;
        assert_eq!(counts["count"], listed(&site, query).await.len());
        let domains = counts["facets"].as_array().unwrap().iter().find(|facet| facet["field"] == "domain").unwrap();
        let mut tried = 0;
        for code in domains["codes"].as_array().unwrap().iter().filter(|code| code["count"] != 0) {
            let chosen = format!("{query}&f.domain={}", code["code"].as_str().unwrap());
            let chosen = chosen.trim_start_matches('&');
            assert_eq!(code["count"], walked(&site, chosen).await.len(), "{chosen}");
            tried += 1;
        }
        assert!(tried > 2, "{domains}");
    }
    let counts = get(&reader, "/api/v1/facets").await;
    let mut spans = 0;
    for (name, group) in [("year", "years"), ("population", "populations")] {
        for span in counts[group].as_array().unwrap().iter().filter(|span| span["count"] != 0) {
            let to = if span["to"].is_null() { String::new() } else { format!("&{name}.to={}", span["to"]) };
            let chosen = format!("{name}.from={}{to}", span["from"]);
            assert_eq!(span["count"], walked(&site, &chosen).await.len(), "{chosen}");
            spans += 1;
        }
    }
    assert!(spans > 5, "{counts}");
    let vendors = counts["facets"].as_array().unwrap().iter().find(|facet| facet["field"] == "vendor").unwrap();
    assert!(vendors["codes"].as_array().unwrap().iter().any(|code| code["label"] == "Huawei"), "{vendors}");
}

/// R19: each part of an address that cannot be used is named, with what could stand there.
#[actix_web::test]
async fn what_cannot_be_used_is_named_with_what_is_allowed() {
    let site = Site::with_first_cases().await;
    let reader = site.visitor();
    let of_other = read(&reader.get("/api/v1/cases?limit=1&sort=title").await)["next"].as_str().unwrap().to_owned();
    let (_, of_other) = of_other.split_once("cursor=").unwrap();
    for (query, kind, parameter, allowed) in [
        ("f.colour=red", "unknown-parameter", "f.colour", "f.domain"),
        ("limt=5", "unknown-parameter", "limt", "limit"),
        ("page=2", "unknown-parameter", "page", "cursor"),
        ("f.domain=cats", "invalid-value", "f.domain", "mobility"),
        ("sort=size", "invalid-value", "sort", "recent"),
        ("evidence=rumour", "invalid-value", "evidence", "primary"),
        ("population.to=1.5", "invalid-value", "population.to", "500 000"),
        ("population.to=1&population.to=2", "repeated-parameter", "population.to", ""),
        ("status=rumoured", "invalid-value", "status", "disputed"),
        ("f.domain=", "invalid-value", "f.domain", ""),
        ("limit=0", "invalid-value", "limit", ""),
        ("limit=101", "invalid-value", "limit", ""),
        ("limit=many", "invalid-value", "limit", ""),
        ("limit=1&limit=2", "repeated-parameter", "limit", ""),
        ("cursor=20", "invalid-cursor", "cursor", ""),
        (format!("cursor={of_other}").as_str(), "invalid-cursor", "cursor", ""),
    ] {
        let answer = reader.get(&format!("/api/v1/cases?{query}")).await.is(StatusCode::BAD_REQUEST);
        let (told, problem) = problem(&answer);
        assert_eq!((told.as_str(), &problem["parameter"]), (kind, &json!(parameter)), "{query}");
        let offers = problem["allowed"].as_array().is_some_and(|offered| offered.contains(&json!(allowed)));
        assert!(offers || allowed.is_empty(), "{query}: {problem}");
    }
    for query in ["limit=5", "sort=title", "cursor=20"] {
        reader.get(&format!("/api/v1/facets?{query}")).await.is(StatusCode::BAD_REQUEST);
    }
    reader.get("/api/v1/cases?q=").await.is(StatusCode::OK);
    let noted = get(&reader, "/api/v1/cases?q=%22huawei+duisburg").await;
    assert_eq!(noted["notices"][0]["code"], "words_read_plainly");
}

/// R19: every failure below /api is told to programs; the page beside it is for people.
#[actix_web::test]
async fn every_failure_is_told_as_problem_details() {
    let site = Site::with_first_cases().await;
    let reader = site.visitor();
    for path in [
        "/api/nothing",
        "/api/v1/",
        "/api/v1",
        "/api/v2/cases",
        "/api/v1/cases/nowhere",
        "/api/v1/cases/00000000",
        "/api/v1/cases/7K2MQX4T/revisions/99",
        "/api/v1/cases/7K2MQX4T/revisions/first",
        "/api/v1/cases/7K2MQX4T/revisions/-1",
    ] {
        let answer = reader.get(path).await.is(StatusCode::NOT_FOUND);
        assert_eq!(problem(&answer).0, "not-found", "{path}");
    }
    for method in ["POST", "PUT", "DELETE"] {
        let answer = reader.request(method, "/api/v1/cases", &[]).await.is(StatusCode::METHOD_NOT_ALLOWED);
        assert_eq!(problem(&answer).0, "method-not-allowed");
        assert!(answer.header("allow").contains("GET"));
    }
    hides(&site, "7K2MQX4T").await;
    for path in ["", "/revisions", "/revisions/1"].map(|rest| format!("/api/v1/cases/7K2MQX4T{rest}")) {
        let answer = reader.get(&path).await.is(StatusCode::GONE);
        let (kind, problem) = problem(&answer);
        assert_eq!((kind.as_str(), &problem["reason"]), ("gone", &json!("names_private_person")), "{path}");
    }
    let page = reader.request("DELETE", "/api", &[]).await.is(StatusCode::METHOD_NOT_ALLOWED);
    assert!(page.header("content-type").starts_with("text/html"));
}

/// R19: a failure of ours says under which number it is noted, and nothing of what broke.
#[actix_web::test]
async fn a_failure_of_ours_has_a_number_and_tells_nothing_else() {
    let site = Site::open().await;
    site.expects_failures(1);
    let app = actix_web::App::new()
        .app_data(site.app.clone())
        .route("/api/v1/fails", actix_web::web::get().to(fails))
        .wrap(actix_web::middleware::from_fn(casebook_web::kit::error::pages));
    let service = actix_web::test::init_service(app).await;
    let request = actix_web::test::TestRequest::get().uri("/api/v1/fails").to_request();
    let answer = actix_web::test::call_service(&service, request).await;
    assert_eq!(answer.headers().get("content-type").unwrap(), PROBLEM);
    let body: Value = actix_web::test::read_body_json(answer).await;
    assert_eq!(body["reference"].as_str().unwrap().len(), 8, "{body}");
    assert!(!body.to_string().contains("wheel"), "{body}");
}

async fn fails() -> Result<actix_web::HttpResponse, casebook_web::kit::Error> {
    Err(casebook_web::kit::Error::unexpected("a wheel came off"))
}

/// R19, O8: of a hidden case nothing is left in pages, counts and addresses.
#[actix_web::test]
async fn a_hidden_case_is_in_no_page_and_no_count() {
    let site = Site::with_first_cases().await;
    let reader = site.visitor();
    let case = site.app.db.read(published::reference).unwrap().unwrap().to_string();
    let of_germany = |counts: &Value| {
        let facets = counts["facets"].as_array().unwrap();
        let countries = facets.iter().find(|facet| facet["field"] == "country").unwrap()["codes"].as_array().unwrap();
        countries.iter().find(|code| code["code"] == "DE").map_or(0, |code| code["count"].as_u64().unwrap())
    };
    let before = of_germany(&get(&reader, "/api/v1/facets").await);
    hides(&site, &case).await;
    assert!(!walked(&site, "").await.contains(&case));
    assert_eq!(of_germany(&get(&reader, "/api/v1/facets").await), before - 1);
}

/// R19: an answer that has not changed is not sent again; answers are compressed like pages.
#[actix_web::test]
async fn what_has_not_changed_is_not_sent_again() {
    let site = Site::with_first_cases().await;
    let reader = site.visitor();
    for path in
        ["/api/v1/cases", "/api/v1/cases/7K2MQX4T", "/api/v1/facets", "/api/v1/codebook", "/api/v1/openapi.json"]
    {
        let answer = reader.get(path).await.is(StatusCode::OK);
        let tag = answer.header("etag").to_owned();
        assert!(!tag.is_empty(), "{path}");
        let again = reader.get_with(path, &[("if-none-match", &tag)]).await.is(StatusCode::NOT_MODIFIED);
        assert!(again.bytes().is_empty());
        assert_eq!(again.header("access-control-allow-origin"), "*");
        let small = reader.get_with(path, &[("accept-encoding", "gzip")]).await;
        assert_eq!(small.header("content-encoding"), "gzip", "{path}");
    }
    let all = reader.get("/api/v1/cases").await.header("etag").to_owned();
    hides(&site, "7K2MQX4T").await;
    reader.get_with("/api/v1/cases", &[("if-none-match", &all)]).await.is(StatusCode::OK);
}

/// R19: pages of other sites may read what everybody may read, without a cookie, and nothing else.
#[actix_web::test]
async fn pages_of_other_sites_may_read_what_is_public_and_nothing_else() {
    let site = Site::with_first_cases().await;
    let somebody = site.moderator("mo").await;
    let origin = [("origin", "https://elsewhere.example")];
    let asks = [("origin", "https://elsewhere.example"), ("access-control-request-method", "GET")];
    for path in ["/api/v1/cases", "/api/v1/nowhere", "/cases.csv", "/cases/7K2MQX4T.json", "/codebook.json"] {
        let answer = somebody.get_with(path, &origin).await;
        assert_eq!(answer.header("access-control-allow-origin"), "*", "{path}");
        assert!(answer.header("access-control-expose-headers").contains("Link"), "{path}");
        assert_eq!(
            (answer.header("access-control-allow-credentials"), answer.header("set-cookie")),
            ("", ""),
            "{path}"
        );
        let allowed = somebody.request("OPTIONS", path, &asks).await.is(StatusCode::NO_CONTENT);
        assert_eq!(allowed.header("access-control-allow-origin"), "*", "{path}");
        assert_eq!(allowed.header("access-control-allow-methods"), "GET, HEAD", "{path}");
    }
    for path in ["/", "/api", "/cases", "/cases/7K2MQX4T", "/staff", "/staff/queue", "/share", "/return", "/log"] {
        for answer in [somebody.get_with(path, &origin).await, somebody.request("OPTIONS", path, &asks).await] {
            assert_eq!(answer.header("access-control-allow-origin"), "", "{path}");
        }
    }
}
