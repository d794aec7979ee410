//! A form that is sent after its session has ended loses nothing.

use casebook_core::{clock::Clock, seal::step_at, testing::TestStaff};
use chrono::TimeDelta;
use reqwest::StatusCode;

use super::{NAMED, address, begins, sends};
use crate::site::{Answer, Site, Visitor};

/// Somebody signs in where the answer leads.
async fn signs_in(site: &Site, name: &str, led: Answer) -> Answer {
    let member = site.member(name).await;
    let form = led.follow().await.is(StatusCode::OK).form("/staff/sign-in");
    let second = form.fill("name", name).fill("password", TestStaff::PASSWORD).send().await.follow().await;
    let code = member.totp.code(step_at(site.clock.now()));
    second.form("/staff/second-factor").fill("code", &code).send().await
}

fn has_ended(answer: &Answer) -> bool {
    answer.status() == StatusCode::SEE_OTHER
        && answer.header("location").starts_with("/staff/sign-in?to=%2Fstaff%2Fkept%2F")
}

/// An edit through an expired session comes back after signing in with both factors, and is then sent; in no process's memory, but sealed.
#[actix_web::test]
async fn an_edit_through_an_expired_session_comes_back() {
    const CANARY: &str = "kestreledit";
    let site = Site::open().await;
    let mo = site.moderator("mo").await;
    let sent = sends(&site, &[NAMED]);
    begins(&mo, &sent.id).await;
    let sheet = format!("{}/edit/head", address(&sent.id));
    let form = mo.get(&sheet).await.form(&sheet).fill("title", &format!("A title with {CANARY}"));
    site.clock.advance(TimeDelta::hours(2));
    // The schedule removes the session's row; whose it was is known all the same.
    site.works();
    let led = form.send().await;
    assert!(has_ended(&led), "{} {}", led.status(), led.header("location"));
    assert!(!site.stored().contains(CANARY), "what was typed lies sealed");
    let kept = signs_in(&site, "mo", led).await.follow().await.is(StatusCode::OK);
    let kept = kept.shows("What you typed was kept").shows(CANARY);
    mo.get("/staff").await.shows("One form was sent after your session had ended");
    kept.form(&sheet).send().await.redirects_to(&sheet).follow().await.shows("Saved.").shows(CANARY);
    kept.form("/forget").send().await.redirects_to("/staff").follow().await.shows("Thrown away.");
    mo.get("/staff").await.does_not_show("after your session had ended");
    assert!(site.stored().contains(sent.id.as_str()), "the search finds what lies there");
}

/// The same holds for every form of review with something typed: the keeping is no page's own.
#[actix_web::test]
async fn every_text_of_staff_is_kept() {
    let site = Site::open().await;
    let mo = site.moderator("mo").await;
    let sent = sends(&site, &[NAMED]);
    let page = begins(&mo, &sent.id).await;
    let forms = [
        page.form("/decline").fill("text", "Words of a no"),
        page.form("/notes").fill("note", "Words of a note"),
        page.form("/accept").tick("checked.evidence", "yes"),
    ];
    site.clock.advance(TimeDelta::hours(2));
    for form in forms {
        let led = form.send().await;
        assert!(has_ended(&led), "{}", led.header("location"));
    }
    let page = mo.get("/staff/sign-in").await;
    signs_in(&site, "mo", page.form("/staff/sign-in").fill("name", "x").send().await).await;
    let home = mo.get("/staff").await.shows("3 forms were sent after your session had ended");
    let mut texts = String::new();
    for address in home.attributes(".notice a", "href") {
        texts.push_str(&mo.get(address).await.is(StatusCode::OK).text());
    }
    for words in ["Words of a no", "Words of a note", "checked.evidence"] {
        assert!(texts.contains(words), "{words}");
    }
}

/// Nobody else opens it, a forged form is not kept, nor one that holds a secret, and after some days it is gone.
#[actix_web::test]
async fn what_is_kept_is_its_members_alone_and_goes() {
    let site = Site::open().await;
    let (mo, jo) = (site.moderator("mo").await, site.moderator("jo").await);
    let sent = sends(&site, &[NAMED]);
    begins(&mo, &sent.id).await;
    let notes = format!("{}/notes", address(&sent.id));
    site.clock.advance(TimeDelta::minutes(50));
    jo.get("/staff").await.is(StatusCode::OK);
    site.clock.advance(TimeDelta::minutes(20));
    let forged = [("note".to_owned(), "Forged".to_owned())];
    let refused = mo.post_bare(&notes, &forged, &[("sec-fetch-site", "same-origin")]).await;
    assert!(!has_ended(&refused));
    let crossed = mo.post_bare(&notes, &pairs(&mo, "Crossed"), &[("sec-fetch-site", "cross-site")]).await;
    assert!(!has_ended(&crossed));
    assert!(!has_ended(&mo.post("/staff/keys/confirm", [("words", "abandon abandon")]).await));
    let led = mo.post(&notes, [("note", "Mine")]).await;
    assert!(has_ended(&led));
    let query = led.header("location").split_once("to=").unwrap().1.to_owned();
    let path = query.replace("%2F", "/");
    jo.get(&path).await.is(StatusCode::NOT_FOUND);
    jo.get("/staff").await.does_not_show("after your session had ended");
    site.clock.advance(TimeDelta::days(9));
    site.works();
    let page = mo.get("/staff/sign-in").await;
    signs_in(&site, "mo", page.form("/staff/sign-in").fill("name", "x").send().await).await;
    mo.get(&path).await.is(StatusCode::NOT_FOUND);
    mo.get("/staff").await.is(StatusCode::OK).does_not_show("after your session had ended");
}

fn pairs(mo: &Visitor, note: &str) -> Vec<(String, String)> {
    let token = mo.form_token().unwrap();
    vec![("note".to_owned(), note.to_owned()), ("csrf".to_owned(), token)]
}
