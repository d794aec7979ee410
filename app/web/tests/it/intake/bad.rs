//! What bad input gets: the same page again by 303, every problem at once, and what was typed kept.

use std::time::Duration;

use casebook_core::{
    intake::{State, review},
    limits,
    random::OsRandom,
    secret::Token,
    testing::dump,
};
use reqwest::StatusCode;

use super::{account, begin, first_page, open};
use crate::site::{Site, addresses};

fn count(site: &Site) -> usize {
    site.app.db.read(|r| review::list(r, &State::ALL)).unwrap().len()
}

#[actix_web::test]
async fn every_problem_is_said_at_once_and_what_was_typed_is_kept() {
    let site = open().await;
    let somebody = site.visitor();
    let form =
        somebody.get("/share").await.form("/share").fill("narrative", "Too short.").fill("city", "Nowhere at all");
    let form = form.fill("country", "DE").fill("scope", "municipality");
    let page = form.tick("next", "topics").send().await.redirects_to("/share").follow().await.is(StatusCode::OK);
    let problems = page.texts(".problems li");
    assert_eq!(problems.len(), 4, "city, domain, narrative, proximity: {problems:?}");
    let form = page.form("/share");
    assert_eq!((form.value("narrative"), form.value("city")), (Some("Too short."), Some("Nowhere at all")));
    for link in page.attributes(".problems a", "href") {
        let question = link.trim_start_matches('#');
        assert_eq!(page.attributes(&format!("[id='{question}']"), "id").len(), 1, "{link} leads nowhere");
    }
    assert!(page.texts(".problem-text").len() >= 4);
}

#[actix_web::test]
async fn too_long_malformed_and_hostile_answers_are_shown_again_as_text() {
    let site = open().await;
    let somebody = site.visitor();
    begin(&somebody).await;
    let page = somebody.get("/share/topic/sources").await;
    page.form("/share/topic/").tick("add", "source").send().await;
    let hostile = "<script>alert(1)</script>\"'>";
    let form = somebody.get("/share/topic/sources").await.form("/share/topic/");
    let form = form
        .fill("source.1.url", "javascript:alert(1)")
        .fill("source.1.title", &"x".repeat(limits::LINE + 1))
        .fill("source.1.publisher", hostile)
        .fill("source.1.published", "spring 2018");
    let again = form.tick("next", "topics").send().await.redirects_to("/share/topic/sources").follow().await;
    let problems = again.texts(".problems li");
    assert_eq!(problems.len(), 4, "address, title, date, kind: {problems:?}");
    let again = again.does_not_show("<script>alert");
    let form = again.form("/share/topic/");
    assert_eq!(form.value("source.1.url"), Some("javascript:alert(1)"));
    assert_eq!(form.value("source.1.publisher"), Some(hostile));
    assert_eq!(form.value("source.1.title").map(str::len), Some(limits::LINE + 1));
    somebody.get("/share/preview").await.shows("Not ready to send");
}

#[actix_web::test]
async fn inputs_that_are_none_of_ours_are_left_out() {
    let site = open().await;
    let somebody = site.visitor();
    begin(&somebody).await;
    let odd = [
        ("reliability", "primary"),
        ("viewpoint.1.answer.9999.text", "x"),
        ("domain", "no_such_domain"),
        ("add", "../../etc"),
        ("next", "elsewhere"),
    ];
    somebody.post("/share/topic/what", odd).await.redirects_to("/share/topic/what");
    somebody.post("/share/topic/nothing", [("domain", "water")]).await.redirects_to("/share/problem?what=not-found");
    somebody.get("/share/topic/nothing").await.is(StatusCode::NOT_FOUND);
}

/// protection.md section 2: a body in the answer to a POST would leave the text in the browser's files.
#[actix_web::test]
async fn every_post_of_contributors_is_answered_by_303_whatever_is_sent() {
    let site = open().await;
    let somebody = site.visitor();
    begin(&somebody).await;
    let posts: Vec<_> = addresses().into_iter().filter(|address| address.is_contributors()).collect();
    assert!(posts.iter().filter(|address| address.takes_post).count() >= 8);
    let token = somebody.form_token().unwrap();
    let headers = [("sec-fetch-site", "same-origin")];
    let long = format!("csrf={token}&narrative={}", "x".repeat(limits::BODY + 10)).into_bytes();
    let bodies: [Vec<u8>; 5] = [
        Vec::new(),
        format!("csrf={token}").into_bytes(),
        format!("csrf={token}&narrative=%ff%fe&=&&next=send&add=x&remove=y&words=zoo").into_bytes(),
        format!("csrf={token}&next=keep").into_bytes(),
        long,
    ];
    for address in posts {
        for body in &bodies {
            let answer = somebody.post_bytes(&address.path, body.clone(), &headers).await;
            assert_eq!(answer.status(), StatusCode::SEE_OTHER, "POST {}", address.path);
            assert!(answer.bytes().is_empty(), "POST {} has a body", address.path);
            assert_eq!(answer.header("cache-control"), "no-store", "POST {}", address.path);
        }
        let other = somebody.post_bytes(&address.path, b"{}".to_vec(), &[("content-type", "application/json")]).await;
        assert_eq!(other.status(), StatusCode::SEE_OTHER, "POST {}", address.path);
    }
}

#[actix_web::test]
async fn too_much_at_once_is_said_on_a_page() {
    let site = open().await;
    let somebody = site.visitor();
    begin(&somebody).await;
    let long = first_page(&somebody).await.fill("narrative", &"x".repeat(limits::BODY));
    long.send().await.redirects_to("/share/problem?what=too-large").follow().await.shows("one megabyte");
    assert_eq!(somebody.get("/share").await.form("/share").value("narrative"), Some(account().as_str()));
}

#[actix_web::test]
async fn a_form_that_arrives_twice_makes_one_submission() {
    let site = open().await;
    let somebody = site.visitor();
    begin(&somebody).await;
    let preview = somebody.get("/share/preview").await;
    let form = preview.form("/share/preview").tick("licence", "yes").tick("next", "send");
    let (one, two) = futures_util::future::join(form.clone().send(), form.clone().send()).await;
    one.redirects_to("/share/words");
    two.redirects_to("/share/words");
    form.send().await.redirects_to("/share/words");
    assert_eq!(count(&site), 1);
}

#[actix_web::test]
async fn a_page_whose_draft_is_gone_saves_into_a_fresh_one_and_says_so() {
    let site = open().await;
    let somebody = site.visitor();
    begin(&somebody).await;
    let page = somebody.get("/share/topic/what").await;
    site.clock.advance(chrono::TimeDelta::days(3));
    let saved = page.form("/share/topic/").tick("technology", "drone").tick("next", "topics").send().await;
    let again = saved.redirects_to("/share/topic/what?note=fresh").follow().await.shows("cannot be brought back");
    assert_eq!(again.attributes("input[name=technology][checked]", "value"), ["drone"]);
}

/// protection.md section 7: as after leaving in one tab and going on in another.
#[actix_web::test]
async fn a_page_of_an_earlier_cookie_saves_into_a_fresh_draft_unless_something_else_is_open() {
    let site = open().await;
    let somebody = site.visitor();
    begin(&somebody).await;
    let stale = somebody.form_token().unwrap();
    somebody.steal("draft", Token::draw(&OsRandom).text().reveal());
    let typed = [("csrf", stale.as_str()), ("technology", "drone"), ("next", "topics")];
    let typed = typed.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let ours = [("sec-fetch-site", "same-origin")];
    let saved = somebody.post_bare("/share/topic/what", &typed, &ours).await;
    let again = saved.redirects_to("/share/topic/what?note=fresh").follow().await.shows("cannot be brought back");
    assert_eq!(again.attributes("input[name=technology][checked]", "value"), ["drone"]);
    let refused = somebody.post_bare("/share/topic/what", &typed, &ours).await;
    refused.redirects_to("/share/problem?what=forged");
}

/// protection.md sections 2 and 8: the text is held sealed in memory and shown back.
#[actix_web::test]
async fn a_text_that_cannot_be_stored_is_shown_back_to_be_copied() {
    let site = open().await;
    site.expects_failures(1);
    let somebody = site.visitor();
    let form = first_page(&somebody).await.fill("narrative", "The words that the disk would not take.");
    // SQLite has one connection that writes, PostgreSQL as many as read.
    let writers = if site.app.db.is_sqlite() { 1 } else { site.app.config.database.readers };
    let (taken, all_taken) = std::sync::mpsc::channel();
    let blocking: Vec<_> = (0..writers)
        .map(|_| {
            let (db, taken) = (site.app.db.clone(), taken.clone());
            std::thread::spawn(move || {
                db.write_unrecorded(|_| {
                    taken.send(()).unwrap();
                    std::thread::sleep(Duration::from_secs(12));
                    Ok(())
                })
            })
        })
        .collect();
    (0..writers).for_each(|_| all_taken.recv().unwrap());
    let held = form.tick("next", "topics").send().await.redirects_to("/share/held?what=unavailable");
    let page = held.follow().await.is(StatusCode::OK).shows("here is your text to copy");
    page.shows("The words that the disk would not take.").shows("Duisburg");
    site.visitor().get("/share/held").await.is(StatusCode::NOT_FOUND);
    blocking.into_iter().for_each(|thread| thread.join().unwrap().unwrap());
    assert_eq!(dump(&site.app.db).iter().filter(|(column, _)| column.starts_with("drafts.")).count(), 0);
}
