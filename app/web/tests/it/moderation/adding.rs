//! A further account of a published case.

use casebook_core::{cases::published, ids::CaseId, intake::State};
use chrono::TimeDelta;
use reqwest::StatusCode;

use super::{NAMED, accepts, address, begins, publishes, sends, state_of, submissions};
use crate::site::{Site, Visitor};

/// A case that was made of one account, which says that the aim was safety.
async fn published_case(site: &Site, mo: &Visitor) -> CaseId {
    publishes(site, mo, &[NAMED, ("purpose", "safety")]).await.1
}

fn current(site: &Site, id: &CaseId) -> published::Published {
    site.app.db.read(|r| published::find(r, id, published::Eyes::Public)).unwrap()
}

/// C15 M2: the queue says to which case it adds; its acceptance makes the next revision with one account more, and what differs stays both.
#[actix_web::test]
async fn a_second_account_makes_the_next_revision_of_its_case() {
    let site = Site::open().await;
    let mo = site.moderator("mo").await;
    let case = published_case(&site, &mo).await;
    let sent = sends(&site, &[("adds_to", case.as_str()), ("purpose", "planning"), ("proximity", "saw_the_document")]);
    mo.get("/staff/queue").await.is(StatusCode::OK).shows(&format!("Adds to {case}"));
    let row = submissions(&site).into_iter().find(|submission| submission.id == sent.id).unwrap();
    assert_eq!((row.kind.as_str(), row.case), ("addition", None));
    begins(&mo, &sent.id).await.shows(&format!("Adds to {case}"));
    accepts(&mo, &sent.id).await;
    site.works();
    assert_eq!(state_of(&site, &sent.id), State::Published);
    let now = current(&site, &case);
    assert_eq!((now.current, now.computed.accounts), (2, 2));
    let purposes: Vec<_> = now.document.statements_of("purpose").into_iter().map(|said| &said.sources).collect();
    assert!(purposes.len() == 2 && purposes[0] != purposes[1], "each has its source: {purposes:?}");
    let domains = now.document.statements_of("domain");
    assert_eq!((domains.len(), domains[0].sources.len()), (1, 2), "where they agree both stand behind it");
    site.visitor().get(format!("/cases/{case}")).await.is(StatusCode::OK).shows("2 accounts");
    let line = site.log().into_iter().rev().find(|line| line.act == "case_enlarged").unwrap();
    assert_eq!(
        (line.happened.as_str(), line.subject.as_str()),
        ("2026-Q4", case.as_str()),
        "told by the quarter alone"
    );
    site.visitor().get("/log").await.shows("Further account published").does_not_show("2026-11-23");
}

/// If the case has moved on when its day comes, an addition returns to review and says so; a draft made anew can be accepted.
#[actix_web::test]
async fn an_addition_to_a_case_that_moved_on_returns_to_review() {
    let site = Site::open_with(|config| config.accounts.delay_days = 0).await;
    let mo = site.moderator("mo").await;
    let case = published_case(&site, &mo).await;
    let adds = |proximity| sends(&site, &[("adds_to", case.as_str()), ("proximity", proximity)]);
    let (first, second, third) = (adds("took_part"), adds("saw_the_document"), adds("took_part"));
    for sent in [&first, &second, &third] {
        begins(&mo, &sent.id).await;
    }
    accepts(&mo, &first.id).await;
    accepts(&mo, &second.id).await;
    site.works();
    let states = [&first, &second].map(|sent| state_of(&site, &sent.id));
    assert!(states.contains(&State::Published) && states.contains(&State::InReview), "{states:?}");
    site.clock.advance(TimeDelta::days(1));
    let mo = site.moderator("jo").await;
    mo.get(address(&third.id)).await.shows("has another revision by now");
    accepts(&mo, &third.id).await.shows("It cannot be accepted like that.");
    assert_eq!(state_of(&site, &third.id), State::InReview);
    for sent in [&first, &second, &third].into_iter().filter(|sent| state_of(&site, &sent.id) == State::InReview) {
        let page = mo.get(address(&sent.id)).await.shows("has another revision by now");
        page.form("/begin-anew").send().await.follow().await.shows("The draft was made anew.");
        accepts(&mo, &sent.id).await;
        site.works();
    }
    assert_eq!((current(&site, &case).current, current(&site, &case).computed.accounts), (4, 4));
}

/// C22: the author's delay holds at acceptance, and batches hold it until their day. Build 9.
#[actix_web::test]
async fn an_account_waits_for_its_authors_delay_and_for_the_batch() {
    let site = Site::open_with(|config| config.accounts.batches = casebook_core::config::Batches::Quarterly).await;
    let mo = site.moderator("mo").await;
    let soon = sends(&site, &[NAMED]);
    let late = sends(&site, &[NAMED, ("publication_delay", "six_months")]);
    for sent in [&soon, &late] {
        begins(&mo, &sent.id).await;
        accepts(&mo, &sent.id).await;
    }
    let states = || [&soon, &late].map(|sent| state_of(&site, &sent.id));
    site.clock.advance(TimeDelta::days(38));
    site.works();
    assert_eq!(states(), [State::Accepted, State::Accepted], "on the last day of the year");
    site.clock.advance(TimeDelta::days(1));
    site.works();
    assert_eq!(states(), [State::Published, State::Accepted]);
    site.clock.advance(TimeDelta::days(180));
    site.works();
    assert_eq!(states(), [State::Published, State::Accepted], "it does not expire while it waits");
    site.clock.advance(TimeDelta::days(2));
    site.works();
    assert_eq!(states(), [State::Published, State::Published]);
}
