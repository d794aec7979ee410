//! What the daily digest counts, with a submission in each state that it tells of.

use casebook_core::intake::Pace;
use chrono::TimeDelta;
use reqwest::StatusCode;

use super::{
    NAMED, accepts, address, asking, begins, demands,
    requests::{asks, opens, published},
    sends, sends_at_pace, two,
};
use crate::{
    intake::come_back,
    mail::{counts, next_morning, open_with, wants_mail},
    site::{Site, Step},
};

const REQUESTS: &str = "requests for correction or removal without an answer";
const ANSWERED: &str = "answered by their authors, to be looked at again";

/// O12: each number of the digest is the number of what waits in that way, and of nothing else.
#[actix_web::test]
async fn the_digest_counts_what_waits_state_by_state() {
    let (site, sink) = open_with(&[Step::Takes], |config| config.accounts.delay_days = 60).await;
    sends(&site, &[]);
    site.clock.advance(TimeDelta::weeks(23));
    let (mo, _jo) = (site.moderator("mo").await, site.moderator("jo").await);
    wants_mail(&mo).await;
    sends(&site, &[]);
    sends_at_pace(&site, &[], Some(&Pace::new(Some(0))));
    let under_review = [(); 4].map(|()| sends(&site, &[]));
    for sent in &under_review {
        begins(&mo, &sent.id).await;
    }
    let [_, asked, waiting, marked] = &under_review;
    asking::asks(&mo, &asked.id, &[("note.narrative", "Which contract?")]).await;
    accepts(&mo, &waiting.id).await;
    two::marks(&mo, marked, "source_at_risk").await;
    accepts(&mo, &marked.id).await.shows("A second moderator has to confirm it.");
    demands::demands(&mo, "").await.shows("The demand is on record.");

    mo.get("/staff").await.shows("2 wait for somebody to begin");
    next_morning(&site);
    let mail = sink.taken().remove(0);
    for line in [
        "2  that nobody has begun to review",
        "1  in the pile of what came over the pace",
        "2  under review",
        "1  accepted by one moderator, to be confirmed by another",
        "1  waiting for their authors",
        "1  accepted, waiting for their day",
        "1  removed within four weeks unless somebody does something",
        "1  demands without a decision",
    ] {
        counts(&mail, line);
    }
}

/// A request for correction or removal counts until it is answered.
#[actix_web::test]
async fn the_digest_counts_requests_that_nobody_has_answered() {
    let (site, sink) = open_with(&[Step::Takes], |_| {}).await;
    wants_mail(&site.moderator("jo").await).await;
    let (sent, _) = published(&site).await;
    next_morning(&site);
    counts(sink.taken().last().unwrap(), &format!("0  {REQUESTS}"));
    asks(&site, &sent.words, "removal", "It leads to me.").await.shows("You asked for removal");
    next_morning(&site);
    counts(sink.taken().last().unwrap(), &format!("1  {REQUESTS}"));
    let form = opens(&site.moderator("kim").await, "Removal").await.form("/staff/corrections/");
    form.fill("outcome", "granted").fill("text", "It is hidden.").send().await.is(StatusCode::SEE_OTHER);
    next_morning(&site);
    counts(sink.taken().last().unwrap(), &format!("0  {REQUESTS}"));
}

/// What its author answered to is not told as if nobody had begun to review it.
#[actix_web::test]
async fn the_digest_tells_answers_of_authors_from_what_nobody_has_begun() {
    let (site, sink) = open_with(&[Step::Takes], |_| {}).await;
    wants_mail(&site.moderator("jo").await).await;
    let mo = site.moderator("mo").await;
    let sent = sends(&site, &[NAMED]);
    begins(&mo, &sent.id).await;
    let page = mo.get(format!("{}/changes", address(&sent.id))).await.is(StatusCode::OK);
    page.form("/changes").fill("general", "Who showed it?").send().await.redirects_to(address(&sent.id));
    sends(&site, &[]);
    next_morning(&site);
    let mail = sink.taken().pop().unwrap();
    counts(&mail, "1  that nobody has begun to review");
    counts(&mail, "1  waiting for their authors");
    counts(&mail, &format!("0  {ANSWERED}"));

    answers(&site, &sent.words).await;
    next_morning(&site);
    let mail = sink.taken().pop().unwrap();
    counts(&mail, "1  that nobody has begun to review");
    counts(&mail, "0  waiting for their authors");
    counts(&mail, &format!("1  {ANSWERED}"));
}

/// The author sends the form again as it is, with a word beside it.
async fn answers(site: &Site, words: &str) {
    let somebody = site.visitor();
    let own = come_back(&somebody, words).await.redirects_to("/return/case").follow().await;
    own.form("/return/changes").send().await.redirects_to("/share/topics");
    let preview = somebody.get("/share/preview").await.is(StatusCode::OK);
    let form = preview.form("/share/preview").fill("reply", "The mayor.").tick("licence", "yes").tick("next", "send");
    form.send().await.redirects_to("/return/case?note=answered");
}
