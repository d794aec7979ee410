//! What visitors see when something goes wrong, and what is written down of it.

use actix_web::{
    App as WebApp, HttpResponse,
    body::MessageBody,
    middleware::from_fn,
    test,
    web::{get, post},
};
use casebook_web::kit::{Error, Message, error, headers};
use reqwest::StatusCode;

use crate::site::{
    CANARY_ADDRESS, CANARY_AGENT, CANARY_FORWARDED, CANARY_LANGUAGE, Site, log_text, markup::complaints,
};

fn failure(name: &str) -> Error {
    match name {
        "400" => Error::BadRequest(Message::new("error-form-kind")),
        "403" => Error::Forbidden,
        "409" => Error::Conflict(Message::new("staff-not-waiting")),
        "410" => Error::Gone { reason: "names_private_person".to_owned() },
        "413" => Error::TooLarge,
        "422" => Error::Refused(Message::new("staff-last-administrator")),
        "429" => Error::TooMany(Message::new("error-limit-save").with("minutes", 10)),
        "503" => Error::Unavailable("the database sleeps".to_owned()),
        _ => Error::unexpected("a wheel came off"),
    }
}

async fn fail(name: actix_web::web::Path<String>) -> Result<HttpResponse, Error> {
    Err(failure(&name))
}

/// The status, the address one is led to, and the page.
async fn answers(site: &Site, method: &str, path: &str) -> (u16, String, String) {
    let app = WebApp::new()
        .app_data(site.app.clone())
        .route("/fails/{how}", get().to(fail))
        .route("/share/fails/{how}", get().to(fail))
        .route("/share/fails/{how}", post().to(fail))
        .wrap(from_fn(error::pages))
        .wrap(from_fn(headers::after));
    let service = test::init_service(app).await;
    let request = test::TestRequest::default().method(method.parse().unwrap()).uri(path).to_request();
    let answer = test::call_service(&service, request).await;
    let led = answer.headers().get("location").map(|to| to.to_str().unwrap().to_owned()).unwrap_or_default();
    let status = answer.status().as_u16();
    let body = answer.into_body().try_into_bytes().unwrap_or_default();
    (status, led, String::from_utf8(body.to_vec()).unwrap())
}

#[actix_web::test]
async fn each_failure_has_a_page_that_says_what_happened_and_leads_back() {
    let site = Site::open().await;
    site.expects_failures(2);
    for (name, words) in [
        ("400", "A form was expected"),
        ("403", "people with another role"),
        ("409", "does not wait to be admitted any more"),
        ("410", "taken down by the moderators"),
        ("413", "one megabyte"),
        ("422", "last administrator"),
        ("429", "can be saved again in 10 minutes"),
        ("500", "our fault, not yours"),
        ("503", "Try again in a minute"),
    ] {
        let (status, _, page) = answers(&site, "GET", &format!("/fails/{name}")).await;
        assert_eq!(status.to_string(), name);
        assert!(page.contains(words), "{name}: {page}");
        assert!(page.contains("<a href=\"/\">"), "{name} leads back");
        assert_eq!(complaints(&page), Vec::<String>::new(), "{name}");
        assert!(!page.contains("wheel") && !page.contains("sleeps"), "{name} tells what is inside");
    }
}

#[actix_web::test]
async fn a_hidden_case_says_why() {
    let site = Site::open().await;
    let (_, _, page) = answers(&site, "GET", "/fails/410").await;
    let reason = site.app.codebook.label("visibility_reason", "names_private_person", "en");
    assert_ne!(reason, "names_private_person");
    assert!(page.contains(reason), "{reason}: {page}");
}

#[actix_web::test]
async fn an_unexpected_failure_is_logged_once_under_the_number_that_the_page_shows() {
    let site = Site::open().await;
    site.expects_failures(1);
    let (_, _, page) = answers(&site, "GET", "/fails/500").await;
    let number = page.split("under the number ").nth(1).unwrap().split('.').next().unwrap().to_owned();
    assert_eq!(number.len(), 8, "{number}");
    let lines: Vec<String> = log_text().lines().filter(|line| line.contains(&number)).map(ToOwned::to_owned).collect();
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert!(lines[0].contains("a wheel came off"));
}

/// A failed POST of a contributor leaves nothing in the browser's session files, and nothing in our log but a count.
#[actix_web::test]
async fn a_contributor_is_led_to_a_page_that_says_what_happened() {
    let site = Site::open().await;
    site.expects_failures(3);
    for (name, what) in [
        ("400", "bad-request"),
        ("413", "too-large"),
        ("422", "refused"),
        ("429", "too-many"),
        ("500", "unexpected"),
        ("503", "unavailable"),
    ] {
        let (status, led, page) = answers(&site, "POST", &format!("/share/fails/{name}")).await;
        assert_eq!((status, page.as_str()), (303, ""), "{name}");
        assert_eq!(led, format!("/share/problem?what={what}"));
        let told = site.visitor().get(led).await.is(StatusCode::OK);
        assert_eq!(complaints(&told.body()), Vec::<String>::new());
    }
    let (_, _, page) = answers(&site, "GET", "/share/fails/404").await;
    assert!(!page.contains("under the number"), "a number would tie a page to a line of the log");
}

/// R15: an address with a slash at its end leads to the one without, with all that it asks for, in every part of the site. Nothing leads to what is
/// not there, or to another site.
#[actix_web::test]
async fn a_slash_at_the_end_leads_to_the_address_without() {
    let site = Site::open().await;
    let reader = site.visitor();
    for (asked, led) in [
        ("/datasets/", "/datasets"),
        ("/datasets/1.0/", "/datasets/1.0"),
        ("/cases/?q=a%20b&f.domain=mobility", "/cases?q=a%20b&f.domain=mobility"),
        ("/cases/7K2MQX4T//", "/cases/7K2MQX4T"),
        ("/api/v1/cases/?limit=3", "/api/v1/cases?limit=3"),
        ("/api/", "/api"),
        ("/share/", "/share"),
        ("/staff/", "/staff"),
    ] {
        assert_eq!(reader.get(asked).await.is(StatusCode::MOVED_PERMANENTLY).location(), led, "{asked}");
    }
    reader.request("HEAD", "/datasets/", &[]).await.is(StatusCode::MOVED_PERMANENTLY);
    reader.get("/datasets").await.is(StatusCode::OK);
    for path in ["/nothing/", "/nothing", "//", "//casebook.example/", "/datasets.ttl/x/", "/static/"] {
        let answer = reader.get(path).await.is(StatusCode::NOT_FOUND);
        assert!(answer.shows("There is nothing under this address").header("location").is_empty(), "{path}");
    }
    reader.post("/datasets/", [("a", "b")]).await.is(StatusCode::NOT_FOUND);
}

/// O1, M17
#[actix_web::test]
async fn a_line_of_the_log_says_route_status_and_duration_and_contributors_have_none() {
    let site = Site::open().await;
    let visitor = site.visitor();
    visitor.get("/protection?canary=1").await.is(StatusCode::OK);
    visitor.get("/share/nowhere").await;
    visitor.post("/return/nowhere", [("words", "abandon")]).await;
    let log = log_text();
    assert!(log.contains("answered route=\"/protection\" status=200 milliseconds="), "{log}");
    for word in ["/share", "/return", "canary=1", CANARY_ADDRESS, CANARY_AGENT, CANARY_FORWARDED, CANARY_LANGUAGE] {
        assert!(!log.contains(word), "{word} is in the log");
    }
    let metrics = site.app.metrics.text();
    assert!(metrics.contains("route=\"/protection\"") && !metrics.contains("/share") && !metrics.contains("/return"));
}
