//! What contributors ask for after publication, and what they are answered.

use casebook_core::ids::CaseId;
use chrono::TimeDelta;
use reqwest::StatusCode;

use super::{Contributor, NAMED, accepts, begins, sends, submissions, values_in};
use crate::{
    intake::come_back,
    site::{Answer, Site, Visitor, traces::found},
};

pub(super) async fn published(site: &Site) -> (Contributor, CaseId) {
    let mo = site.moderator("mo").await;
    let sent = sends(site, &[NAMED, ("narrative", &"Zimtstern was shown a finished contract. ".repeat(9))]);
    begins(&mo, &sent.id).await;
    accepts(&mo, &sent.id).await.shows("Accepted.");
    site.works();
    let case = submissions(site).into_iter().find(|submission| submission.id == sent.id).unwrap().case.unwrap();
    (sent, case)
}

pub(super) async fn own(site: &Site, words: &str) -> Answer {
    come_back(&site.visitor(), words).await.redirects_to("/return/case").follow().await.is(StatusCode::OK)
}

pub(super) async fn asks(site: &Site, words: &str, kind: &str, wish: &str) -> Answer {
    let form = own(site, words).await.form("/return/correction").fill("wish", wish).tick("kind", kind);
    let answer = form.send().await.is(StatusCode::SEE_OTHER);
    answer.follow().await.is(StatusCode::OK)
}

pub(super) async fn opens(mo: &Visitor, kind: &str) -> Answer {
    let queue = mo.get("/staff/queue").await.is(StatusCode::OK);
    mo.get(queue.link(kind)).await.is(StatusCode::OK)
}

/// C12 M2: with the same words one asks for a correction after publication, however long ago; it stands in the queue as one, and is answered
/// with reason and day. The log names no case.
#[actix_web::test]
async fn a_correction_is_asked_for_after_publication_and_answered_with_reason_and_day() {
    let site = Site::open().await;
    let (sent, case) = published(&site).await;
    site.clock.advance(TimeDelta::weeks(30));
    site.works();
    let page = own(&site, &sent.words).await.shows("What you sent is no longer stored here");
    page.form("/return/correction")
        .tick("kind", "correction")
        .send()
        .await
        .follow()
        .await
        .shows("Not sent: write what");
    let refused = asks(&site, &sent.words, "correction", &format!("Krokus {}", sent.words)).await;
    let refused = refused.shows("Take them out");
    assert!(refused.form("/return/correction").value("wish").unwrap().starts_with("Krokus"), "what was typed is kept");
    let form = own(&site, &sent.words).await.form("/return/correction");
    let form = form.fill("wish", "Krokus: it was signed in May.").tick("kind", "correction");
    for _ in 0..2 {
        form.clone().send().await.redirects_to("/return/case?note=asked");
    }
    let asked = own(&site, &sent.words).await.shows("You asked for correction").shows("have not answered yet");
    assert!(asked.attributes("form", "action").iter().all(|action| action != "/return/correction"), "one at a time");
    let late =
        form.fill("wish", "Krokus: and the price.").send().await.redirects_to("/return/case?note=one-is-open#wish");
    let late = late.follow().await.shows("have not answered your earlier request");
    assert_eq!(late.texts("#wish"), ["Krokus: and the price."], "what was typed is shown to be copied");
    assert_eq!(found(&site, "Krokus"), [""; 0], "nothing of it lies open");
    assert!(!found(&site, "Zimtstern").is_empty(), "the search finds what is published");

    site.clock.advance(TimeDelta::weeks(2));
    let mo = site.moderator("jo").await;
    let queue = mo.get("/staff/queue").await.shows("Correction").shows("2 weeks ago").shows("waits for an answer");
    assert_eq!(queue.attributes("tbody th a", "href"), [format!("/staff/corrections/{}", sent.id)]);
    let page = opens(&mo, "Correction").await.shows("Krokus: it was signed in May.").shows("2027-W25");
    mo.get(page.link("Revise, hide or show this case")).await.is(StatusCode::OK);
    let address = format!("/staff/corrections/{}", sent.id);
    let form = page.form("/staff/corrections/").fill("text", "");
    form.clone().send().await.redirects_to(&address).follow().await.shows("Choose one of the list").shows("Say why");
    let form = form.fill("outcome", "refused_supported").fill("text", "Primel: the minutes say April.");
    form.clone().send().await.redirects_to(&address).follow().await.shows("Answered.").shows("Primel");
    let late = form.fill("text", "Aster: the minutes say March.").send().await.redirects_to(&address).follow().await;
    let late = late.shows("Not sent: this has been answered already").shows("Primel: the minutes say April.");
    assert_eq!(late.texts("textarea#text[readonly]"), ["Aster: the minutes say March."], "it is not lost");
    mo.get("/staff/queue").await.shows("Nothing waits here.");
    let line = site.log().into_iter().last().unwrap();
    assert_eq!((line.act.as_str(), line.reason.as_deref()), ("request_answered", Some("refused_supported")));
    assert!(line.happened.contains("-Q"), "told by the quarter: {}", line.happened);
    let told_in_the_log = async || site.visitor().get("/log?act=request_answered").await.is(StatusCode::OK);
    told_in_the_log().await.does_not_show("it has its source");
    let told = own(&site, &sent.words).await.shows("Answered on 2027-").shows("Refused: it has its source");
    told.shows("Primel: the minutes say April.").does_not_show("Aster");
    assert_eq!(found(&site, "Primel"), [""; 0]);
    asks(&site, &sent.words, "removal", "Then take it away.")
        .await
        .shows("You asked for removal")
        .does_not_show("Primel");
    let form = opens(&mo, "Removal").await.shows("Then take it away.").form("/staff/corrections/");
    form.fill("outcome", "refused_supported").fill("text", "No.").send().await.is(StatusCode::SEE_OTHER);
    asks(&site, &sent.words, "removal", "Then take it away.").await.shows("have not answered yet");
    opens(&mo, "Removal").await.shows("Then take it away.");
    site.clock.advance(TimeDelta::weeks(13));
    let log = told_in_the_log().await.shows("it has its source");
    log.does_not_show(case.as_str()).does_not_show("Krokus");
}

/// C12 O4: an unanswered request stays; an answered one goes after its time.
#[actix_web::test]
async fn a_request_stays_until_it_is_answered_and_its_answer_for_its_time() {
    let site = Site::open().await;
    let (sent, _) = published(&site).await;
    asks(&site, &sent.words, "removal", "It leads to me.").await.shows("You asked for removal");
    site.clock.advance(TimeDelta::weeks(60));
    site.works();
    let mo = site.moderator("jo").await;
    let form = opens(&mo, "Removal").await.shows("It leads to me.").form("/staff/corrections/");
    form.fill("outcome", "granted").fill("text", "It is hidden.").send().await.is(StatusCode::SEE_OTHER);
    own(&site, &sent.words).await.shows("It is hidden.");
    let lie = || ["corrections", "exchange_envelopes"].map(|table| values_in(&site, table));
    assert!(lie().iter().all(|count| *count > 0), "the control");
    site.clock.advance(TimeDelta::weeks(28));
    site.works();
    assert_eq!(lie(), [0, 0]);
    own(&site, &sent.words).await.shows("Published").does_not_show("It is hidden.");
}

/// M10: erasing words of a case takes the words of requests about it along; the answer can still be given.
#[actix_web::test]
async fn erasing_takes_the_words_of_requests_along() {
    let site = Site::open().await;
    let ada = site.administrator("ada").await;
    let (sent, case) = published(&site).await;
    asks(&site, &sent.words, "removal", "Take Zimtstern out.").await.shows("Take Zimtstern out.");
    assert!(values_in(&site, "exchange_envelopes") > 0, "the control");
    let form = ada.get(format!("/staff/cases/{case}/erase")).await.form("/erase").fill("words", "Zimtstern");
    let form = form.fill("reason", "legal_demand").tick("sure", "yes").tick("step", "do");
    form.send().await.is(StatusCode::SEE_OTHER);
    assert_eq!(values_in(&site, "exchange_envelopes"), 0, "the texts are gone");
    let page = opens(&ada, "Removal").await.shows("The words were destroyed");
    let form = page.form("/staff/corrections/").fill("outcome", "granted").fill("text", "It is erased.");
    form.send().await.is(StatusCode::SEE_OTHER);
    own(&site, &sent.words).await.shows("It is erased.").shows("The words of your request were destroyed");
    site.works();
}

/// M14: whoever stepped aside neither sees nor answers it.
#[actix_web::test]
async fn who_stepped_aside_from_the_case_neither_sees_nor_answers_a_request() {
    let site = Site::open().await;
    let (sent, case) = published(&site).await;
    asks(&site, &sent.words, "correction", "It was May.").await;
    let jo = site.moderator("jo").await;
    jo.get("/staff/queue").await.shows("Correction");
    jo.get(format!("/staff/cases/{case}")).await.form("/step-aside").send().await.is(StatusCode::SEE_OTHER);
    jo.get("/staff/queue").await.shows("Nothing waits here.");
    let address = format!("/staff/corrections/{}", sent.id);
    let pairs = [("outcome", "granted"), ("text", "Yes.")];
    for answer in [jo.get(&address).await, jo.post(&address, pairs).await] {
        assert!(answer.status().is_client_error(), "{}", answer.status());
    }
    own(&site, &sent.words).await.shows("have not answered yet");
}
