//! From acceptance to publication.

use casebook_core::{
    Error,
    db::Actor,
    ids::CaseId,
    intake::{self, State},
    moderation,
};
use chrono::TimeDelta;
use reqwest::StatusCode;

use super::{NAMED, accepts, address, begins, sends, state_of, submissions, tools};
use crate::site::Site;

fn case_of(site: &Site) -> CaseId {
    submissions(site).into_iter().find_map(|submission| submission.case).unwrap()
}

async fn with_delay(days: u32, jitter: u32) -> Site {
    Site::open_with(|config| {
        config.accounts.delay_days = days;
        config.accounts.jitter_days = jitter;
    })
    .await
}

#[actix_web::test]
async fn an_account_waits_for_its_day_and_its_quarter_alone_is_public() {
    let site = with_delay(7, 14).await;
    let mo = site.moderator("mo").await;
    let sent = sends(&site, &[NAMED]);
    begins(&mo, &sent.id).await;
    accepts(&mo, &sent.id).await.shows("Accepted. It will be published on");
    let own = site.app.db.read(|r| intake::own_case(r, &sent.cookie)).unwrap().unwrap();
    assert!(own.waiting.is_some(), "its author can read the final text");
    site.clock.advance(TimeDelta::days(6));
    site.works();
    assert_eq!(state_of(&site, &sent.id), State::Accepted);
    site.clock.advance(TimeDelta::days(16));
    site.works();
    assert_eq!(state_of(&site, &sent.id), State::Published);
    let page = site.visitor().get(format!("/cases/{}.json", case_of(&site))).await.is(StatusCode::OK);
    page.shows("2026-Q4").shows("mo the watcher").does_not_show("2026-12").does_not_show("2026-11");
    let last = site.log().into_iter().rev().find(|line| line.act == "case_published").unwrap();
    assert_eq!((last.happened.as_str(), last.actor.as_str()), ("2026-Q4", "mo the watcher"));
    assert!(site.log().iter().all(|line| line.subject != case_of(&site).as_str() || line.act == "case_published"));
}

#[actix_web::test]
async fn what_rests_on_public_sources_does_not_wait() {
    let site = with_delay(7, 14).await;
    let mo = site.moderator("mo").await;
    let sent = sends(&site, &[NAMED, ("proximity", "works_from_public_sources")]);
    begins(&mo, &sent.id).await;
    accepts(&mo, &sent.id).await;
    site.works();
    assert_eq!(state_of(&site, &sent.id), State::Published);
    mo.get(address(&sent.id)).await.shows("The case that came of it");
}

/// Two publications of one submission at once: one wins, the other is told.
#[actix_web::test]
async fn of_two_publications_at_once_one_wins() {
    let site = Site::open().await;
    let mo = site.moderator("mo").await;
    let sent = sends(&site, &[NAMED]);
    let page = begins(&mo, &sent.id).await;
    page.form("/accept").tick_every("checked.").send().await.is(StatusCode::SEE_OTHER);
    page.form("/accept").tick_every("checked.").send().await.is(StatusCode::CONFLICT);
    let publish = || {
        let (app, id) = (site.app.clone().into_inner(), sent.id.clone());
        std::thread::spawn(move || {
            app.db.write(Actor::System, |tx| {
                moderation::publish(tx, &id, app.vocabulary(), &app.keys, app.config.submissions.retention_weeks)
            })
        })
    };
    let both = [publish(), publish()].map(|thread| thread.join().unwrap());
    let won = both.iter().filter(|outcome| matches!(outcome, Ok(Some(_)))).count();
    let told = both.iter().filter(|outcome| matches!(outcome, Err(Error::Conflict(_)))).count();
    assert_eq!((won, told), (1, 1), "{both:?}");
    site.works();
    assert_eq!(site.log().iter().filter(|line| line.act == "case_published").count(), 1);
}

#[actix_web::test]
async fn an_accepted_text_is_edited_only_after_it_was_taken_back() {
    let site = with_delay(3, 0).await;
    let mo = site.moderator("mo").await;
    let sent = sends(&site, &[NAMED]);
    begins(&mo, &sent.id).await;
    let sheet = format!("{}/edit/head", address(&sent.id));
    let form = mo.get(&sheet).await.form(&sheet).fill("title", "Another title");
    accepts(&mo, &sent.id).await;
    form.clone().send().await.is(StatusCode::CONFLICT);
    let page = mo.get(address(&sent.id)).await;
    page.form("/take-back").send().await.follow().await.shows("Taken back.");
    site.clock.advance(TimeDelta::days(4));
    site.works();
    assert_eq!(state_of(&site, &sent.id), State::InReview);
    let jo = site.moderator("jo").await;
    let form = jo.get(&sheet).await.form(&sheet).fill("title", "Another title");
    form.send().await.follow().await.shows("Saved.");
    accepts(&jo, &sent.id).await;
    site.clock.advance(TimeDelta::days(3));
    site.works();
    site.visitor().get(format!("/cases/{}", case_of(&site))).await.shows("Another title");
}

#[actix_web::test]
async fn an_author_who_stops_the_text_keeps_it_from_being_published() {
    let site = with_delay(3, 0).await;
    let mo = site.moderator("mo").await;
    let sent = sends(&site, &[NAMED]);
    begins(&mo, &sent.id).await;
    accepts(&mo, &sent.id).await;
    site.app.db.write_unrecorded(|tx| intake::stop(tx, &sent.cookie, &tools(&site))).unwrap();
    site.clock.advance(TimeDelta::days(10));
    site.works();
    assert_eq!(state_of(&site, &sent.id), State::InReview);
}

/// An organisation that is not on record yet comes on record with the case that names it, not before.
#[actix_web::test]
async fn a_new_organisation_comes_on_record_with_its_case() {
    let site = Site::open().await;
    let mo = site.moderator("mo").await;
    let sent = sends(
        &site,
        &[
            NAMED,
            ("involvement.1.organisation", "Lamplight Works"),
            ("involvement.1.role", "prime_contractor"),
            ("involvement.1.organisation_kind", "company"),
        ],
    );
    begins(&mo, &sent.id).await;
    let known = || site.app.db.read(|r| casebook_core::organisations::of_name(r, "Lamplight Works")).unwrap().len();
    accepts(&mo, &sent.id).await.shows("Accepted.");
    assert_eq!(known(), 0);
    site.works();
    assert_eq!(known(), 1);
    site.visitor().get(format!("/cases/{}", case_of(&site))).await.shows("Lamplight Works");
}
