//! The public log.

use casebook_core::{
    audit::{self, Verdict},
    cases::{self, Showing, published},
    db::Actor,
    testing::tamper,
};
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
    assert_eq!(before.does_not_show("Received:").texts(".log > li"), [""; 0]);
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

fn hidden_and_shown(site: &Site, times: usize) {
    let case = site.app.db.read(published::reference).unwrap().unwrap();
    for _ in 0..times {
        for showing in [Showing::Hidden("source_at_risk".to_owned()), Showing::Public] {
            site.app.db.write(Actor::System, |tx| cases::set_visibility(tx, &case, &showing)).unwrap();
        }
    }
    site.works();
}

/// M7: the log is asked for by act and by reason, page by page.
#[actix_web::test]
async fn the_log_can_be_asked_for_by_act_and_reason() {
    let site = Site::with_first_cases().await;
    hidden_and_shown(&site, 40);
    let visitor = site.visitor();
    let all = visitor.get("/log").await.is(StatusCode::OK).shows("page 1 of 2");
    assert_eq!(all.texts("ol.log > li").len(), 50);
    let earlier = visitor.get(all.link("Earlier")).await.is(StatusCode::OK).shows("page 2 of 2");
    assert_eq!(earlier.texts("ol.log > li").len(), 30);
    assert_eq!(earlier.link("Later"), "/log");
    let hidden = all.form("/log").fill("act", "case_hidden").send().await.is(StatusCode::OK);
    assert!(hidden.texts("ol.log > li").iter().all(|line| line.contains("Hidden")));
    assert_eq!(hidden.texts("ol.log > li").len(), 40);
    let because = visitor.get("/log?reason=source_at_risk&act=").await.does_not_show("Shown again 7K2MQX4T");
    assert_eq!(because.texts("ol.log > li").len(), 40);
    assert_eq!(visitor.get("/log?reason=duplicate").await.texts("ol.log > li").len(), 0);
    assert_eq!(visitor.get("/log?page=99").await.is(StatusCode::OK).texts("ol.log > li").len(), 30);
    visitor.get("/log?act=review_begun").await.is(StatusCode::BAD_REQUEST).shows("case_hidden");
    visitor.get("/log?reason=mood").await.is(StatusCode::BAD_REQUEST).shows("source_at_risk");
    visitor.get("/log?page=0").await.is(StatusCode::BAD_REQUEST);
    // What the log does not know is told, and the rest holds; what other sites add to their links is no word of the reader's.
    let told = visitor.get("/log?what=zzz&act=case_hidden").await.is(StatusCode::OK);
    assert_eq!(told.texts("ol.log > li").len(), 40);
    told.shows("The address says what, which means nothing to the log").shows("It may say: act, reason, page.");
    visitor.get("/log?act=case_hidden&utm_source=x&fbclid=y").await.does_not_show("which means nothing");
}

/// M7: the head of the chain is public with its day, at the last line that is told by the day; M8: what is done with accounts that are not
/// published moves nothing that can be seen.
#[actix_web::test]
async fn the_head_of_the_chain_is_public_and_tells_nothing_of_accounts() {
    let site = Site::with_first_cases().await;
    let mo = site.moderator("mo").await;
    site.visitor().get("/log").await.shows("No dated line stands in the log yet.");
    hidden_and_shown(&site, 1);
    let head = site.log().last().unwrap().hash.clone();
    let log = site.visitor().get("/log").await.shows(&format!("The chain on {TODAY}")).shows(&head);
    assert_eq!(log.texts("ol.log code")[0], head[..12]);
    assert!(
        log.texts("p > code").contains(&format!("casebook check --head {head}")),
        "the command stands there as one"
    );
    let before = log.body();
    let sent = sends(&site, &[]);
    begins(&mo, &sent.id).await;
    assert!(site.log().last().unwrap().hash != head, "the chain has moved on");
    assert_eq!(site.visitor().get("/log").await.body(), before);
}

fn check(site: &Site, arguments: &[&str]) -> (bool, String) {
    let config = &site.app.config;
    let run = std::process::Command::new(env!("CARGO_BIN_EXE_casebook"))
        .arg("check")
        .args(arguments)
        .env("CASEBOOK_DATA_FOLDER", &config.data.folder)
        .env("CASEBOOK_DATABASE_URL", config.database.url.reveal())
        .output()
        .unwrap();
    (run.status.success(), String::from_utf8_lossy(&run.stdout).into_owned())
}

/// M7: `casebook check` says whether the chain is whole, and whether it still holds a hash that somebody noted down.
#[actix_web::test]
async fn the_command_finds_a_line_that_was_tampered_with() {
    let site = Site::with_first_cases().await;
    hidden_and_shown(&site, 2);
    let head = site.log().last().unwrap().clone();
    let (sound, said) = check(&site, &["--head", &head.hash]);
    assert!(sound && said.contains(&format!("published head: line {} has the hash", head.sequence)), "{said}");
    let (sound, said) = check(&site, &["--head", "0f0f"]);
    assert!(!sound && said.contains("published head: no line has the hash 0f0f"), "{said}");
    tamper(&site.app.db, &format!("UPDATE audit_lines SET actor = 'nobody' WHERE sequence = {}", head.sequence));
    let (sound, said) = check(&site, &[]);
    assert!(!sound && said.contains(&format!("log: broken at line {}", head.sequence)), "{said}");
}
