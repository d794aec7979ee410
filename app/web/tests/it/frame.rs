//! What every answer has: headers, error pages with a way back, no cookie for readers.

use std::net::TcpListener;

use casebook_web::kit::headers::{CONTENT_POLICY, CONTENT_POLICY_SCRIPTED, FIXED};
use reqwest::StatusCode;

use crate::site::{Address, Site, Visitor, addresses, markup};

/// Every address of the site, and some that are none.
fn places() -> Vec<Address> {
    let none =
        ["/nowhere", "/share/nowhere", "/return/nowhere", "/staff/nowhere", "/cases/nowhere", "/static/none.css"];
    let none = none.map(|path| Address {
        path: path.to_owned(),
        pattern: path.to_owned(),
        takes_get: true,
        takes_post: false,
    });
    addresses().into_iter().chain(none).collect()
}

/// O9
#[actix_web::test]
async fn every_answer_has_the_headers() {
    let site = Site::with_first_cases().await;
    let reader = site.visitor();
    for place in places() {
        let path = &place.path;
        for method in ["GET", "HEAD", "POST", "DELETE"] {
            let answer = reader.request(method, path, &[]).await;
            for (name, value) in FIXED {
                assert_eq!(answer.header(name.as_str()), value, "{method} {path}: {name}");
            }
            let policy = answer.header("content-security-policy");
            let scripted = policy == CONTENT_POLICY_SCRIPTED && !place.is_contributors();
            assert!(policy == CONTENT_POLICY || scripted, "{method} {path}: {policy}");
            for name in ["last-modified", "server", "strict-transport-security", "x-powered-by"] {
                assert_eq!(answer.header(name), "", "{method} {path}: {name}");
            }
            assert_ne!(answer.header("cache-control"), "", "{method} {path}");
            if place.is_private() {
                assert_eq!(answer.header("cache-control"), "no-store", "{method} {path}");
                assert_eq!(answer.header("etag"), "", "{method} {path}");
            }
        }
    }
}

/// R36: what a newcomer looks for stands in the head of every page, and the page that is open is marked there.
#[actix_web::test]
async fn the_head_leads_to_cases_statistics_and_datasets() {
    let site = Site::with_first_cases().await;
    let reader = site.visitor();
    let ways = ["/cases", "/statistics", "/datasets", "/codebook", "/about", "/share", "/return"];
    for (page, marked) in [("/", None), ("/statistics", Some("/statistics")), ("/datasets", Some("/datasets"))] {
        let answer = reader.get(page).await.is(StatusCode::OK);
        assert_eq!(answer.attributes("header.site nav a", "href"), ways, "{page}");
        let here = answer.attributes("header.site nav a[aria-current=page]", "href");
        assert_eq!(here, marked.into_iter().collect::<Vec<_>>(), "{page}");
    }
}

/// O9
#[actix_web::test]
async fn behind_tls_the_browser_is_told_to_stay_there() {
    let site = Site::open_with(|config| config.server.public_url = "https://casebook.example".to_owned()).await;
    let answer = site.visitor().get("/about").await;
    assert!(answer.header("strict-transport-security").starts_with("max-age=31536000"));
}

#[actix_web::test]
async fn the_onion_address_is_offered_on_public_pages() {
    let onion = "http://casebookcasebookcasebookcasebookcasebookcasebookcasebook.onion";
    let site = Site::open_with(|config| config.server.onion_url = onion.to_owned()).await;
    assert_eq!(site.visitor().get("/about?x=1").await.header("onion-location"), format!("{onion}/about?x=1"));
}

#[actix_web::test]
async fn public_pages_are_revalidated_by_content_and_compressed_and_private_ones_are_neither() {
    let site = Site::open().await;
    let reader = site.visitor();
    let first = reader.get("/about").await.is(StatusCode::OK);
    let tag = first.header("etag").to_owned();
    assert!(tag.starts_with("W/\""), "{tag}");
    reader.get_with("/about", &[("if-none-match", &tag)]).await.is(StatusCode::NOT_MODIFIED);
    reader.get_with("/about", &[("if-none-match", "W/\"other\"")]).await.is(StatusCode::OK);
    for coding in ["br", "gzip"] {
        let answer = reader.get_with("/about", &[("accept-encoding", coding)]).await;
        assert_eq!(answer.header("content-encoding"), coding);
        let answer = reader.get_with("/staff/nowhere", &[("accept-encoding", coding)]).await;
        assert_eq!(answer.header("content-encoding"), "");
    }
}

/// D7
#[actix_web::test]
async fn readers_get_no_cookie_and_nothing_from_elsewhere() {
    let site = Site::with_first_cases().await;
    let reader = site.visitor();
    for place in places().iter().filter(|place| place.takes_get && !place.is_contributors()) {
        let answer = reader.get(&place.path).await;
        assert_eq!(answer.header("set-cookie"), "", "{}", place.path);
        if !answer.header("content-type").starts_with("text/html") {
            continue;
        }
        for (selector, name) in [("link[href]", "href"), ("img", "src"), ("script", "src"), ("form", "action")] {
            for address in answer.attributes(selector, name) {
                assert!(address.starts_with('/') && !address.starts_with("//"), "{}: {address}", place.path);
            }
        }
        let complaints = markup::complaints(&answer.body());
        assert_eq!(complaints, Vec::<String>::new(), "{}", place.path);
    }
    assert!(reader.cookies().is_empty());
}

#[actix_web::test]
async fn a_head_request_is_answered_like_the_page_without_it() {
    let site = Site::open().await;
    let reader = site.visitor();
    let page = reader.get("/about").await;
    let head = reader.request("HEAD", "/about", &[]).await.is(StatusCode::OK);
    assert_eq!(head.header("content-length"), page.bytes().len().to_string());
    assert!(head.bytes().is_empty());
}

#[actix_web::test]
async fn every_failure_is_a_page_with_a_way_back() {
    let site = Site::open().await;
    let reader = site.visitor();
    let failures = [
        (reader.get("/nowhere").await, StatusCode::NOT_FOUND, "Nothing here", "/"),
        (reader.request("DELETE", "/about", &[]).await, StatusCode::METHOD_NOT_ALLOWED, "Not in this way", "/"),
        (reader.get("/staff/nowhere").await, StatusCode::NOT_FOUND, "Nothing here", "/staff"),
        (reader.get("/share/nowhere").await, StatusCode::NOT_FOUND, "Nothing here", "/share"),
    ];
    for (answer, status, title, back) in failures {
        let answer = answer.is(status).shows(title);
        assert_eq!(answer.link("Back to the start"), back);
        assert_eq!(markup::complaints(&answer.body()), Vec::<String>::new());
    }
}

/// A failed POST of a contributor must leave nothing in the browser's session files (protection.md section 2).
#[actix_web::test]
async fn on_contributors_routes_a_failed_post_leads_elsewhere() {
    let site = Site::open().await;
    let somebody = site.visitor();
    let failed = somebody.post("/share/nowhere", [("narrative", "a secret")]).await.is(StatusCode::SEE_OTHER);
    assert_eq!(failed.header("location"), "/share/problem?what=not-found");
    assert!(failed.bytes().is_empty());
}

#[actix_web::test]
async fn embedded_files_are_served_with_a_mark_of_their_content() {
    let site = Site::open().await;
    let reader = site.visitor();
    let page = reader.get("/").await.is(StatusCode::OK);
    let styles = page.attributes("link[rel=stylesheet]", "href");
    assert!(styles.len() > 3);
    for style in styles {
        let file = reader.get(&style).await.is(StatusCode::OK);
        assert!(file.header("content-type").starts_with("text/css"), "{style}");
        assert!(file.header("cache-control").contains("immutable"), "{style}");
        assert!(!file.body().contains("data:"), "{style} holds a data: address, which the policy blocks");
        for address in fetched_by(&file.body()) {
            let from = url::Url::parse("http://casebook.example").unwrap().join(&style).unwrap();
            let path = from.join(&address).unwrap().path().to_owned();
            reader.get(&path).await.is(StatusCode::OK);
        }
    }
    reader.get("/static/../Cargo.toml").await.is(StatusCode::NOT_FOUND);
    reader.get("/static/%2e%2e/Cargo.toml").await.is(StatusCode::NOT_FOUND);
}

/// What a style sheet fetches.
fn fetched_by(css: &str) -> Vec<String> {
    let after = css.split("url(").skip(1);
    after
        .filter_map(|rest| rest.split(')').next())
        .map(|address| address.trim_matches(['"', '\'']).to_owned())
        .collect()
}

/// D11
#[actix_web::test]
async fn the_plain_pages_say_who_runs_it_and_what_is_stored() {
    let site = Site::open_with(|config| {
        config.instance.operator = "The Casebook association".to_owned();
        config.instance.funding = "Its members".to_owned();
    })
    .await;
    let reader = site.visitor();
    reader.get("/about").await.is(StatusCode::OK).shows("The Casebook association").shows("Its members");
    reader.get("/protection").await.is(StatusCode::OK).shows("Everything that is stored").shows("instance_facts.name");
}

#[actix_web::test]
async fn machines_find_what_they_look_for() {
    let site = Site::open().await;
    let reader: Visitor = site.visitor();
    reader.get("/healthz").await.is(StatusCode::OK);
    reader.get("/robots.txt").await.is(StatusCode::OK).shows("Disallow: /share").shows(site.address());
    let map = reader.get("/sitemap.xml").await.is(StatusCode::OK);
    assert!(map.body().contains(&format!("<loc>{}/about</loc>", site.address())));
    assert!(reader.get("/favicon.ico").await.location().starts_with("/static/favicon.svg"));
    for path in ["/readyz", "/metrics"] {
        reader.get(path).await.is(StatusCode::NOT_FOUND);
    }
}

/// A case's day does not show: its date is the first day of a quarter.
#[actix_web::test]
async fn the_first_page_and_the_sitemap_name_the_cases() {
    let site = Site::with_first_cases().await;
    let reader = site.visitor();
    let home = reader.get("/").await.is(StatusCode::OK).shows("New and revised");
    let newest = home.attributes("ol.cases a", "href");
    assert_eq!(newest.len(), 6);
    reader.get(&newest[0]).await.is(StatusCode::OK);
    let map = reader.get("/sitemap.xml").await.body();
    assert_eq!(map.matches("<lastmod>").count(), 7);
    assert_eq!(map.matches("-10-01</lastmod>").count(), 7, "{map}");
}

#[actix_web::test]
async fn the_operators_listener_says_whether_it_is_ready_and_counts() {
    let site = Site::open().await;
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    actix_web::rt::spawn(casebook_web::server::operations(site.app.clone(), listener).unwrap());
    let operator = site.visitor();
    operator.get("/about").await.is(StatusCode::OK);
    let early = operator.get(format!("{address}/readyz")).await.is(StatusCode::SERVICE_UNAVAILABLE);
    early.shows("reading the public cases");
    casebook_web::server::read_catalogue(site.app.clone()).await;
    operator.get(format!("{address}/readyz")).await.is(StatusCode::OK).shows("ready");
    let figures = operator.get(format!("{address}/metrics")).await.is(StatusCode::OK).body();
    for line in ["casebook_answers_total{route=\"/about\",status=\"200\"} 1", "casebook_jobs_waiting 0"] {
        assert!(figures.contains(line), "{figures}");
    }
    operator.get(format!("{address}/about")).await.is(StatusCode::NOT_FOUND);
}
