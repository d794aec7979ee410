//! Coming back with the words: the states, the reason, withdrawing, and what other words learn.

use casebook_core::{
    db::Unrecorded,
    ids::SubmissionId,
    intake::{Account, State, review},
    staff::{self, ReviewKeys},
    testing::dump,
};
use chrono::TimeDelta;
use reqwest::StatusCode;

use super::{come_back, contribute, open};
use crate::site::{Site, Visitor};

fn only(site: &Site) -> SubmissionId {
    let mut all = site.app.db.read(|r| review::list(r, &State::ALL)).unwrap();
    assert_eq!(all.len(), 1);
    all.remove(0).id
}

fn does<T>(site: &Site, act: impl FnOnce(&mut Unrecorded) -> casebook_core::Result<T>) -> T {
    site.app.db.write_unrecorded(act).unwrap()
}

fn keys(site: &Site) -> ReviewKeys {
    let founder = site.founder();
    site.app.db.read(|r| staff::review_keys(r, &founder)).unwrap()
}

fn accept(site: &Site, id: &SubmissionId) {
    let keys = keys(site);
    let account: Account = site.app.db.read(|r| review::open(r, id, &keys)).unwrap();
    let (due, instance) = (casebook_core::clock::Clock::today(&*site.clock), site.app.keys.key_pair().clone());
    does(site, |tx| review::accept(tx, id, &account, &account.document, due, &instance, 26));
}

async fn open_case(site: &Site, words: &str) -> (Visitor, crate::site::Answer) {
    let somebody = site.visitor();
    let page = come_back(&somebody, words).await.redirects_to("/return/case").follow().await.is(StatusCode::OK);
    (somebody, page)
}

/// C3, C7; how "published" is shown is tried in `retention.rs`.
#[actix_web::test]
async fn the_words_show_how_the_case_stands() {
    let site = open().await;
    let words = contribute(&site.visitor()).await;
    let id = only(&site);
    open_case(&site, &words).await.1.shows("Received").shows("2026-W48").shows("finished contract");
    does(&site, |tx| review::set_state(tx, &id, &[State::Received], State::InReview, 26));
    open_case(&site, &words.to_uppercase()).await.1.shows("In review");
    does(&site, |tx| review::set_state(tx, &id, &[State::InReview], State::ChangesRequested, 26));
    open_case(&site, &words).await.1.shows("Changes requested");
    does(&site, |tx| review::set_state(tx, &id, &[State::ChangesRequested], State::Declined, 26));
    open_case(&site, &words).await.1.shows("Declined");
    does(&site, |tx| review::set_state(tx, &id, &[State::Declined], State::InReview, 26));
    accept(&site, &id);
    open_case(&site, &words).await.1.shows("Accepted").shows("The text that waits for its day");
}

/// C8
#[actix_web::test]
async fn a_declined_case_shows_the_reason_and_the_text_to_copy() {
    let site = open().await;
    let words = contribute(&site.visitor()).await;
    let reason =
        review::Reason { code: "not_credible".parse().unwrap(), text: "The minutes say otherwise.".to_owned() };
    let id = only(&site);
    does(&site, |tx| review::decline(tx, &id, &reason, 26));
    let (_, page) = open_case(&site, &words).await;
    page.shows("Declined").shows("Not credible").shows("The minutes say otherwise.").shows("finished contract");
}

/// C11: at once, in every state before publication, also while it waits.
#[actix_web::test]
async fn withdrawing_takes_effect_at_once_also_while_it_waits() {
    for waiting in [false, true] {
        let site = open().await;
        let words = contribute(&site.visitor()).await;
        if waiting {
            accept(&site, &only(&site));
        }
        let (somebody, page) = open_case(&site, &words).await;
        let asked = somebody.get(page.link("Withdraw this case")).await.is(StatusCode::OK).shows("destroyed at once");
        let done = asked.form("/return/withdraw").send().await;
        done.redirects_to("/return?note=withdrawn").follow().await.shows("Withdrawn.");
        let all = dump(&site.app.db);
        assert!(
            !all.iter().any(|(column, _)| column.starts_with("submission_envelopes.")),
            "everything sealed is gone"
        );
        let states: Vec<_> = all.iter().filter(|(column, _)| column == "submissions.state").collect();
        assert_eq!(states.len(), 1);
        assert_eq!(states[0].1, "withdrawn");
        let never = "legal winner thank year wave sausage worth useful legal winner thank yellow";
        let (unknown, withdrawn) = (come_back(&site.visitor(), never).await, come_back(&site.visitor(), &words).await);
        assert_eq!(unknown.location(), withdrawn.location(), "unknown and withdrawn words are answered alike");
        withdrawn.follow().await.shows("These words open nothing here");
    }
}

#[actix_web::test]
async fn a_waiting_text_is_stopped_by_its_contributor() {
    let site = open().await;
    let words = contribute(&site.visitor()).await;
    accept(&site, &only(&site));
    let (_, page) = open_case(&site, &words).await;
    page.form("/return/stop").send().await.redirects_to("/return/case?note=stopped").follow().await.shows("In review");
}

#[actix_web::test]
async fn a_wrong_word_is_named_by_its_place() {
    let site = open().await;
    let somebody = site.visitor();
    let typed = "legal winner thank year wave sausage worhth useful legal winner thank yellow";
    let answer = come_back(&somebody, typed).await;
    assert!(!answer.location().contains("worhth"));
    answer.follow().await.shows("Word 7 is not in the list").does_not_show("sausage");
    come_back(&somebody, "legal winner").await.follow().await.shows("There are 2 words");
    let checksum = "winner legal thank year wave sausage worth useful legal winner thank yellow";
    come_back(&somebody, checksum).await.follow().await.shows("do not belong together");
}

#[actix_web::test]
async fn reading_idles_out_after_a_quarter_of_an_hour() {
    let site = open().await;
    let words = contribute(&site.visitor()).await;
    let (somebody, _) = open_case(&site, &words).await;
    site.clock.advance(TimeDelta::minutes(14));
    somebody.get("/return/case").await.is(StatusCode::OK);
    site.clock.advance(TimeDelta::minutes(14));
    somebody.get("/return/case").await.is(StatusCode::OK);
    site.clock.advance(TimeDelta::minutes(16));
    somebody.get("/return/case").await.redirects_to("/return?note=idle").follow().await.shows("Nothing is lost");
}

/// O17
#[actix_web::test]
async fn ids_of_submissions_tell_neither_how_many_there_were_nor_when() {
    let site = open().await;
    for _ in 0..3 {
        contribute(&site.visitor()).await;
    }
    let ids: Vec<String> =
        dump(&site.app.db).into_iter().filter(|(column, _)| column == "submissions.id").map(|(_, id)| id).collect();
    assert_eq!(ids.len(), 3);
    for pair in ids.windows(2) {
        let common = pair[0].bytes().zip(pair[1].bytes()).take_while(|(a, b)| a == b).count();
        assert!(common < 6, "ids that begin alike could be counted or dated: {pair:?}");
    }
}

/// What has had its time is removed by the schedule, and a stub with its week stays.
#[actix_web::test]
async fn drafts_words_and_submissions_expire() {
    let site = open().await;
    let words = contribute(&site.visitor()).await;
    site.clock.advance(TimeDelta::weeks(40));
    site.works();
    let left = dump(&site.app.db);
    let of = |table: &str| left.iter().filter(|(column, _)| column.starts_with(table)).count();
    assert_eq!((of("drafts."), of("kept_drafts."), of("submission_envelopes.")), (0, 0, 0));
    assert!(left.iter().any(|(column, value)| column == "submissions.week" && value == "2026-W48"));
    come_back(&site.visitor(), &words).await.follow().await.shows("These words open nothing here");
}

/// M6: under the words stands what moderators changed in the text that was sent, while it waits and once it is published.
#[actix_web::test]
async fn the_words_show_what_the_moderators_changed() {
    let site = open().await;
    let words = contribute(&site.visitor()).await;
    let mo = site.moderator("mo").await;
    let id = only(&site);
    let address = format!("/staff/submissions/{id}");
    mo.get(&address).await.form("/begin").send().await;
    open_case(&site, &words).await.1.does_not_show("What the moderators changed");
    let narrative = format!("{address}/edit/narrative");
    let page = mo.get(&narrative).await.is(StatusCode::OK);
    let name = page
        .attributes("textarea", "name")
        .into_iter()
        .find(|name| page.form(&narrative).value(name) != Some(""))
        .unwrap();
    let text = super::account().replacen("finished contract", "signed contract", 1);
    page.form(&narrative).fill(&name, &text).send().await.follow().await.shows("Saved.");
    let level = format!("{address}/edit/place");
    mo.get(&level).await.form(&level).fill("place.disclosure", "named").send().await.follow().await.shows("Saved.");
    mo.get(&address).await.form("/accept").tick_every("checked.").send().await.follow().await.shows("Accepted.");
    let told = |page: &crate::site::Answer| {
        assert!(page.texts(".changes del").contains(&"taken out: finished".to_owned()), "{:?}", page.texts(".changes"));
        assert!(page.texts(".changes ins").contains(&"added: signed".to_owned()));
    };
    told(&open_case(&site, &words).await.1.shows("What the moderators changed"));
    site.works();
    let published = open_case(&site, &words).await.1.shows("Published").shows("What the moderators changed");
    told(&published);
    let case = published.link("The published case");
    site.visitor().get(&case).await.is(StatusCode::OK).shows("signed contract").does_not_show("taken out: finished");
}
