//! Declining, reopening, accepting.

use casebook_core::intake::{self, State};
use reqwest::StatusCode;

use super::{NAMED, accepts, address, begins, sends, state_of};
use crate::site::Site;

/// M5: declining needs a reason from the list, deletes nothing, and can be taken back.
#[actix_web::test]
async fn a_no_needs_a_reason_deletes_nothing_and_can_be_reopened() {
    let site = Site::open().await;
    let mo = site.moderator("mo").await;
    let sent = sends(&site, &[]);
    begins(&mo, &sent.id).await;
    let page = mo.get(address(&sent.id)).await;
    let form = page.form("/decline").fill("text", "It is about <b>buses</b>.");
    let again = form.clone().send().await.redirects_to(address(&sent.id)).follow().await;
    again.shows("Choose a reason from the list.").shows("It is about <b>buses</b>.");
    let made_up = form.clone().fill("reason", "i_do_not_like_it").send().await.follow().await;
    made_up.shows("Choose a reason from the list.");
    assert_eq!(state_of(&site, &sent.id), State::InReview);

    form.fill("reason", "off_topic").send().await.redirects_to("/staff/queue").follow().await.shows("Declined.");
    site.log_ends_with("submission_declined");
    assert_eq!(site.log().last().unwrap().reason.as_deref(), Some("off_topic"));
    mo.get("/staff/queue").await.shows("Nothing waits here.");
    let own = site.app.db.read(|r| intake::own_case(r, &sent.cookie)).unwrap().unwrap();
    assert_eq!(own.reason.map(|reason| reason.text).as_deref(), Some("It is about <b>buses</b>."));
    assert!(own.account.is_some(), "nothing was deleted");

    mo.get("/staff/queue?show=declined").await.shows("New case");
    let page = mo.get(address(&sent.id)).await.shows("Off topic").shows("a finished contract");
    page.form("/reopen").send().await.redirects_to(address(&sent.id)).follow().await.shows("Accept");
    assert_eq!(state_of(&site, &sent.id), State::InReview);
    let page = mo.get(address(&sent.id)).await;
    page.form("/accept").tick_every("checked.").send().await.is(StatusCode::SEE_OTHER);
    site.works();
}

/// M19: what was decided of one account says nothing of the next of the same author, and touches no other.
#[actix_web::test]
async fn deciding_one_account_touches_no_other() {
    let site = Site::open().await;
    let mo = site.moderator("mo").await;
    let (first, second, third) = (sends(&site, &[NAMED]), sends(&site, &[NAMED]), sends(&site, &[NAMED]));
    for sent in [&first, &second] {
        begins(&mo, &sent.id).await;
    }
    accepts(&mo, &first.id).await.shows("Accepted.");
    site.works();
    let next = sends(&site, &[NAMED]);
    assert_eq!(state_of(&site, &next.id), State::Received);
    mo.get(address(&second.id)).await.form("/decline").fill("reason", "not_credible").send().await;
    let states: Vec<State> = [&first, &second, &third, &next].map(|sent| state_of(&site, &sent.id)).to_vec();
    assert_eq!(states, [State::Published, State::Declined, State::Received, State::Received]);
}

#[actix_web::test]
async fn a_name_of_an_unnamed_place_must_go_or_be_waived_with_a_reason() {
    let site = Site::open().await;
    let mo = site.moderator("mo").await;
    let narrative = format!("In Duisburg the contract was there before anybody asked. {}", "So it went. ".repeat(20));
    let sent = sends(&site, &[("narrative", &narrative)]);
    let page = begins(&mo, &sent.id).await.shows("Names that would tell the place").shows("In Duisburg the contract");
    // S13: how many cities fit, and what is advised where they are few.
    page.shows("cities of this size in Germany").does_not_show("That is few");
    let airport = sends(&site, &[("scope", "facility"), ("country", "LU"), ("city", "")]);
    begins(&mo, &airport.id).await.shows("has 3 cities in Luxembourg").shows("That is few");
    let refused = accepts(&mo, &sent.id).await.shows("Not done: names in the texts would tell the place.");
    assert_eq!(state_of(&site, &sent.id), State::InReview);
    let odd = refused
        .form("/accept")
        .tick_every("checked.")
        .fill("waived.1.reason", "because_i_say_so")
        .send()
        .await
        .follow()
        .await;
    odd.shows("Not done");

    let page = mo.get(address(&sent.id)).await;
    let waived =
        page.form("/accept").tick_every("checked.").fill("waived.1.reason", "fits_many").send().await.follow().await;
    waived.shows("Accepted.");
    let told = site.log().into_iter().find(|line| line.act == "name_waived").unwrap();
    assert_eq!((told.reason.as_deref(), told.happened.as_str()), (Some("fits_many"), "2026-Q4"));
    assert_eq!(state_of(&site, &sent.id), State::Accepted);
    site.expects_jobs();
}

#[actix_web::test]
async fn a_name_that_was_taken_out_no_longer_stands_in_the_way() {
    let site = Site::open().await;
    let mo = site.moderator("mo").await;
    let narrative = format!("In Duisburg the contract was there before anybody asked. {}", "So it went. ".repeat(20));
    let sent = sends(&site, &[("narrative", &narrative)]);
    begins(&mo, &sent.id).await;
    let sheet = mo.get(format!("{}/edit/narrative", address(&sent.id))).await.is(StatusCode::OK);
    let form =
        sheet.form("/edit/narrative").fill("narrative.undivided", "").fill("narrative.decision", "It came late.");
    form.send().await.follow().await.shows("Saved.");
    mo.get(address(&sent.id)).await.does_not_show("Names that would tell the place");
    mo.get(format!("{}/preview", address(&sent.id))).await.is(StatusCode::OK).shows("It came late.");
    accepts(&mo, &sent.id).await.shows("Accepted.");
    site.works();
    let case = super::submissions(&site).remove(0).case.unwrap();
    let public = site.visitor().get(format!("/cases/{case}.json")).await.is(StatusCode::OK);
    public.does_not_show("Duisburg").does_not_show("2934691").shows("500k_1500k");
}

/// What a contributor wrote stays text, whatever it looks like.
#[actix_web::test]
async fn hostile_words_stay_words() {
    let site = Site::open().await;
    let mo = site.moderator("mo").await;
    let hostile = format!(
        "<script>alert(1)</script>\"><img src=x onerror=alert(2)> [x](javascript:alert(3)) {}",
        "words ".repeat(40)
    );
    let sent =
        sends(&site, &[NAMED, ("narrative", &hostile), ("accountable_contact.own_words", "</textarea><script>")]);
    begins(&mo, &sent.id).await;
    for path in ["", "/edit/narrative", "/edit/head", "/preview"] {
        let page = mo.get(format!("{}{path}", address(&sent.id))).await.is(StatusCode::OK);
        let body = page.body();
        assert!(!body.contains("<script>alert") && !body.contains("<img src=x"), "{path}");
        assert!(!body.contains("href=\"javascript"), "{path}");
        assert!(
            crate::site::markup::complaints(&body).is_empty(),
            "{path}: {:?}",
            crate::site::markup::complaints(&body)
        );
    }
    accepts(&mo, &sent.id).await;
    site.works();
    let case = super::submissions(&site).remove(0).case.unwrap();
    let public = site.visitor().get(format!("/cases/{case}")).await.is(StatusCode::OK);
    assert!(!public.body().contains("<script>alert") && !public.body().contains("<img src=x"));
}

/// Withdrawing works while it is reviewed, and the moderators find a stub.
#[actix_web::test]
async fn what_its_author_took_back_can_be_reviewed_no_more() {
    let site = Site::open().await;
    let mo = site.moderator("mo").await;
    let sent = sends(&site, &[NAMED]);
    let page = begins(&mo, &sent.id).await;
    site.app.db.write_unrecorded(|tx| intake::withdraw(tx, &sent.cookie)).unwrap();
    page.form("/accept").tick_every("checked.").send().await.is(StatusCode::CONFLICT);
    let gone = mo.get(address(&sent.id)).await.is(StatusCode::OK);
    gone.shows("withdrawn").does_not_show("a finished contract");
}
