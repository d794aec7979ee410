//! The public log.

use casebook_core::audit::{self, Verdict};
use chrono::TimeDelta;
use reqwest::StatusCode;

use super::{NAMED, accepts, address, begins, sends};
use crate::site::{Site, TODAY};

/// M7 M8: publishing and declining are told by the quarter, with reason and alias; nothing tells city, vendor, time or id of what is not
/// published, and the chain behind it is whole.
#[actix_web::test]
async fn the_log_tells_what_was_done_and_nothing_of_what_is_not_published() {
    let site = Site::open().await;
    let mo = site.moderator("mo").await;
    let (declined, waiting, public) = (sends(&site, &[]), sends(&site, &[]), sends(&site, &[NAMED]));
    let before = site.visitor().get("/log").await.is(StatusCode::OK);
    before.does_not_show("Received").does_not_show("Declined");
    for sent in [&declined, &public, &waiting] {
        begins(&mo, &sent.id).await;
    }
    mo.get(address(&declined.id)).await.form("/decline").fill("reason", "not_credible").send().await;
    accepts(&mo, &public.id).await;
    site.works();
    let case = super::submissions(&site).into_iter().find_map(|submission| submission.case).unwrap();
    let log = site.visitor().get("/log").await.is(StatusCode::OK);
    let log =
        log.shows("2026-Q4").shows("Published").shows(case.as_str()).shows("Not credible").shows("mo the watcher");
    let mut log = log.does_not_show("Duisburg").does_not_show(TODAY).does_not_show("Accepted");
    for sent in [&declined, &waiting, &public] {
        log = log.does_not_show(sent.id.as_str());
    }
    assert!(!log.body().contains("mobility"));
    let reviewing = ["review_begun", "submission_declined", "submission_accepted", "case_published"];
    let told = site.log().into_iter().filter(|line| reviewing.contains(&line.act.as_str()));
    assert!(told.into_iter().all(|line| line.happened == "2026-Q4"));
    assert!(matches!(site.app.db.read(audit::verify).unwrap(), Verdict::Whole(_)));
}

/// M8: a count that rises while one watches would tell when an account came; so it is told when the quarter is over.
#[actix_web::test]
async fn what_was_received_is_counted_once_the_quarter_is_over() {
    let site = Site::open().await;
    for _ in 0..3 {
        sends(&site, &[]);
    }
    site.works();
    site.visitor().get("/log").await.does_not_show("Received:");
    site.clock.advance(TimeDelta::days(45));
    site.works();
    site.works();
    site.visitor().get("/log").await.shows("2026-Q4").shows("Received: 3. Taken back by their authors: 0.");
    assert_eq!(site.log().iter().filter(|line| line.act == "submissions_received").count(), 1);
}

#[actix_web::test]
async fn the_log_says_when_nobody_looks_over_the_others_shoulder() {
    let site = Site::open().await;
    site.founder();
    site.visitor().get("/log").await.shows("Fewer than two people review at present");
    site.moderator("mo").await;
    site.visitor().get("/log").await.does_not_show("Fewer than two people review at present");
}
