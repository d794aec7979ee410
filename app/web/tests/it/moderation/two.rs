//! Publication by two where the risk is marked, and the pause where there is no second.

use casebook_core::intake::State;
use chrono::TimeDelta;
use reqwest::StatusCode;

use super::{NAMED, accepts, address, begins, sends, state_of, submissions};
use crate::site::{Site, Visitor};

pub(super) async fn marks(mo: &Visitor, sent: &super::Contributor, risk: &str) {
    let page = mo.get(address(&sent.id)).await;
    page.form("/risk").fill("risk", risk).send().await.redirects_to(address(&sent.id));
}

/// M12: what is marked is accepted by one moderator and confirmed by another, who sees the same text and checklist.
#[actix_web::test]
async fn what_is_marked_is_published_by_two() {
    for risk in ["source_at_risk", "names_private_person"] {
        let site = Site::open().await;
        let (mo, jo) = (site.moderator("mo").await, site.moderator("jo").await);
        let sent = sends(&site, &[NAMED]);
        begins(&mo, &sent.id).await;
        marks(&mo, &sent, risk).await;
        let sheet = format!("{}/edit/head", address(&sent.id));
        let edit = mo.get(&sheet).await.form(&sheet).fill("title", "Another title");
        mo.get(address(&sent.id)).await.form("/claim").tick("act", "claim").send().await.is(StatusCode::SEE_OTHER);
        let waits = accepts(&mo, &sent.id).await.shows("A second moderator has to confirm it.");
        assert_eq!(state_of(&site, &sent.id), State::InReview);
        assert!(waits.attributes("form", "action").iter().all(|action| !action.ends_with("/accept")));
        let every =
            ["source_risk", "named_persons", "evidence", "wording", "licence"].map(|point| format!("checked.{point}"));
        mo.post(format!("{}/accept", address(&sent.id)), every.map(|input| (input, "yes")))
            .await
            .is(StatusCode::SEE_OTHER);
        assert_eq!(state_of(&site, &sent.id), State::InReview, "nobody confirms what they accepted");
        edit.send().await.is(StatusCode::CONFLICT);
        jo.post(format!("{}/risk", address(&sent.id)), [("risk", "")]).await.is(StatusCode::CONFLICT);

        jo.get("/staff/queue").await.shows("waits for your confirmation");
        mo.get("/staff/queue").await.shows("waits for a second moderator");
        let page = jo.get(address(&sent.id)).await.shows("mo the watcher has accepted this text and looked at:");
        page.form("/accept").send().await.follow().await.shows("Evidence: look at it and tick it.");
        let confirmed = page.form("/accept").tick_every("checked.").send().await.follow().await;
        confirmed.shows("Accepted. It will be published on");
        site.works();
        assert_eq!(state_of(&site, &sent.id), State::Published);
        let told: Vec<(String, String)> = site.log().into_iter().map(|line| (line.act, line.actor)).collect();
        for line in [("submission_accepted_first", "mo"), ("submission_confirmed", "jo"), ("case_published", "mo")] {
            assert!(told.contains(&(line.0.to_owned(), format!("{} the watcher", line.1))), "{line:?}: {told:?}");
        }
        let checked = site.opens("mo", &sent.id).await.checked;
        let both: Vec<&str> = checked.iter().map(|checked| checked.alias.as_str()).collect();
        assert_eq!(both, ["mo the watcher", "jo the watcher"]);
        let lines = site.visitor().get("/log").await.texts(".log li");
        assert!(!lines.is_empty() && lines.iter().all(|line| !line.contains("pause") && !line.contains("at risk")));
    }
}

/// M12: what the first accepted can be taken back and edited; then both have to look again. Whoever lifts the mark does not accept alone.
#[actix_web::test]
async fn an_edit_and_a_lifted_mark_need_a_second_look() {
    let site = Site::open().await;
    let (mo, jo) = (site.moderator("mo").await, site.moderator("jo").await);
    let sent = sends(&site, &[NAMED]);
    begins(&mo, &sent.id).await;
    marks(&mo, &sent, "source_at_risk").await;
    accepts(&mo, &sent.id).await;
    jo.get(address(&sent.id)).await.form("/take-back").send().await.follow().await.shows("Taken back.");
    let sheet = format!("{}/edit/head", address(&sent.id));
    let edit = jo.get(&sheet).await.form(&sheet).fill("title", "Another title");
    edit.send().await.follow().await.shows("Saved.");
    marks(&jo, &sent, "").await;
    accepts(&jo, &sent.id).await.shows("A second moderator has to confirm it.");
    accepts(&mo, &sent.id).await.shows("Accepted. It will be published on");
    site.works();
    assert_eq!(state_of(&site, &sent.id), State::Published);
}

/// M12: with fewer than two who can decide, a pause of seven days stands in, and the log says so without saying of which case.
#[actix_web::test]
async fn where_there_is_no_second_a_pause_stands_in() {
    let site = Site::open().await;
    let ada = site.administrator("ada").await;
    let sent = sends(&site, &[NAMED]);
    begins(&ada, &sent.id).await;
    marks(&ada, &sent, "source_at_risk").await;
    let page = ada.get(address(&sent.id)).await.shows("A pause of at least seven days stands in");
    let accepted = page.form("/accept").tick_every("checked.").send().await.follow().await;
    accepted.shows("it will be published on 2026-11-30");
    site.clock.advance(TimeDelta::days(6));
    site.works();
    assert_eq!(state_of(&site, &sent.id), State::Accepted);
    assert_eq!(site.visitor().get("/log").await.texts(".log li"), [""; 0]);
    site.clock.advance(TimeDelta::days(1));
    site.works();
    assert_eq!(state_of(&site, &sent.id), State::Published);
    let case = submissions(&site).remove(0).case.unwrap();
    let log = site.visitor().get("/log").await;
    let lines = log.does_not_show("2026-11").texts(".log li");
    let told = |words: &str| lines.iter().filter(|line| line.contains(words)).collect::<Vec<_>>();
    let paused = told("A pause of at least seven days stood in for a second moderator");
    assert!(paused.len() == 1 && !paused[0].contains(case.as_str()), "{lines:?}");
    assert_eq!(told(case.as_str()).len(), 1);
}

/// M12 M14: who stepped aside cannot be the second; where nobody else is left, the pause stands in.
#[actix_web::test]
async fn who_stepped_aside_is_no_second() {
    let site = Site::open().await;
    let ada = site.administrator("ada").await;
    let jo = site.moderator("jo").await;
    let sent = sends(&site, &[NAMED]);
    begins(&ada, &sent.id).await;
    marks(&ada, &sent, "names_private_person").await;
    ada.get(address(&sent.id)).await.shows("A second moderator has to confirm");
    jo.get(address(&sent.id)).await.form("/step-aside").send().await.is(StatusCode::SEE_OTHER);
    accepts(&ada, &sent.id).await.shows("so a pause stands in for the second person");
}

/// What is not marked is accepted by one, as ever.
#[actix_web::test]
async fn what_is_not_marked_needs_one() {
    let site = Site::open().await;
    let mo = site.moderator("mo").await;
    let sent = sends(&site, &[NAMED]);
    begins(&mo, &sent.id).await;
    accepts(&mo, &sent.id).await.shows("Accepted. It will be published on");
    site.works();
}
