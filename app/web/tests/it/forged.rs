//! Each address that changes something refuses a form that is not ours, and a person who may not. The table is read from the site map,
//! so that a new address cannot be forgotten.

use casebook_core::{intake::draft, random::OsRandom, secret::Token};
use casebook_web::kit::csrf;
use reqwest::StatusCode;

use crate::site::{Answer, Site, Visitor, addresses};

/// Addresses by which one gets in: nobody has a session there yet.
const DOORS: [&str; 4] = ["/staff/sign-in", "/staff/second-factor", "/staff/join/", "/staff/renew/"];

/// Addresses that only administrators may use.
const ADMINISTRATION: [&str; 4] =
    ["/staff/members", "/staff/keys/recovery", "/staff/keys/confirm", "/staff/cases/7K2MQX4T/erase"];

/// Every address that takes POST.
fn posts() -> Vec<String> {
    addresses().into_iter().filter(|address| address.takes_post).map(|address| address.path).collect()
}

fn staffs_own(path: &str) -> bool {
    path.starts_with("/staff") && !DOORS.iter().any(|door| path.starts_with(door))
}

#[track_caller]
fn is_refused(path: &str, how: &str, answer: &Answer) {
    let told_elsewhere = answer.status() == StatusCode::SEE_OTHER && answer.header("location").contains("what=forged");
    let refused = answer.status() == StatusCode::FORBIDDEN || path.starts_with("/share") && told_elsewhere;
    let refused = refused || path.starts_with("/return") && told_elsewhere;
    assert!(refused, "POST {path} with {how}: {} {}", answer.status(), answer.header("location"));
    assert_eq!(answer.header("set-cookie"), "", "POST {path} with {how}");
}

fn pairs(token: Option<String>) -> Vec<(String, String)> {
    token.map(|token| (csrf::FIELD.to_owned(), token)).into_iter().collect()
}

/// M4
#[actix_web::test]
async fn no_address_takes_a_form_that_is_not_ours() {
    let site = Site::open().await;
    let ada = site.administrator("ada").await;
    let (contributor, cookie) = (site.visitor(), Token::draw(&OsRandom));
    contributor.steal("draft", cookie.text().reveal());
    site.app.db.write_unrecorded(|tx| draft::change(tx, &cookie, &site.app.intake(), |_| ())).unwrap();
    let before = site.log().len();
    for path in posts() {
        let somebody: &Visitor = if path.starts_with("/staff") { &ada } else { &contributor };
        let right = somebody.form_token();
        let foreign = Some(csrf::token(&Token::draw(&OsRandom)));
        let crossed = somebody.post_bare(&path, &pairs(right.clone()), &[("sec-fetch-site", "cross-site")]).await;
        is_refused(&path, "a header from another site", &crossed);
        let sibling = somebody.post_bare(&path, &pairs(right), &[("sec-fetch-site", "same-site")]).await;
        is_refused(&path, "a header from a sibling site", &sibling);
        let bare = somebody.post_bare(&path, &pairs(None), &[("sec-fetch-site", "same-origin")]).await;
        is_refused(&path, "no token", &bare);
        let other = somebody.post_bare(&path, &pairs(foreign), &[("sec-fetch-site", "same-origin")]).await;
        is_refused(&path, "a foreign token", &other);
        if !staffs_own(&path) {
            let silent = site.visitor().post_bare(&path, &pairs(None), &[]).await;
            is_refused(&path, "neither cookie nor origin", &silent);
            let evil = site.visitor().post_bare(&path, &pairs(None), &[("origin", "https://evil.example")]).await;
            is_refused(&path, "another origin", &evil);
        }
    }
    assert_eq!(site.log().len(), before, "something was done");
}

/// M4
#[actix_web::test]
async fn without_a_session_or_the_role_nothing_is_done() {
    let site = Site::open().await;
    site.founder();
    let mo = site.moderator("mo").await;
    let contributor = site.visitor();
    contributor.steal("draft", Token::draw(&OsRandom).text().reveal());
    let before = site.log().len();
    for path in posts().into_iter().filter(|path| staffs_own(path)) {
        for nobody in [site.visitor(), contributor.clone()] {
            let answer = nobody.post_bare(&path, &pairs(None), &[("sec-fetch-site", "same-origin")]).await;
            answer.redirects_to("/staff/sign-in");
        }
        if ADMINISTRATION.iter().any(|prefix| path.starts_with(prefix)) {
            let nothing: [(&str, &str); 0] = [];
            mo.post(&path, nothing).await.is(StatusCode::FORBIDDEN);
        }
    }
    assert_eq!(site.log().len(), before, "something was done");
}

/// A contributor's pages and the moderators' are told apart by their cookies.
#[actix_web::test]
async fn pages_of_staff_ask_for_a_session() {
    let site = Site::open().await;
    for path in ["/staff", "/staff/keys", "/staff/sessions", "/staff/members"] {
        let asked = site.visitor().get(path).await.is(StatusCode::SEE_OTHER);
        assert!(asked.header("location").starts_with("/staff/sign-in?to="), "{path}");
    }
}
