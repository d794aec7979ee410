//! Review through the site's own door: the queue, deciding, publishing, revising, hiding, and the public log.

mod adding;
mod asking;
mod changes;
mod deciding;
mod demands;
mod desk;
mod digest;
mod drafts;
mod exits;
mod kept;
mod log;
mod merging;
mod messages;
mod published;
mod publishing;
mod requests;
mod rounds;
mod similar;
mod two;

use casebook_core::{
    ids::{CaseId, SubmissionId},
    intake::{self, Answers, Pace, Sent, State, Submission, Tools, draft, review},
    random::{OsRandom, Random},
    seal::Passphrase,
    secret::Token,
};
use chrono::TimeDelta;
use reqwest::StatusCode;

use crate::site::{Answer, CANARY_ADDRESS, CANARY_AGENT, CANARY_FORWARDED, CANARY_LANGUAGE, Site, TODAY, Visitor};

/// A contributor who sent an account.
struct Contributor {
    /// The key of the cookie of the browser in which they came back with their words.
    cookie: Token,
    /// The twelve words.
    words: String,
    id: SubmissionId,
}

fn tools(site: &Site) -> Tools<'_> {
    Tools {
        book: &site.app.codebook,
        gazetteer: &site.app.gazetteer,
        keys: &site.app.keys,
        retention_weeks: site.app.config.submissions.retention_weeks,
        pace: None,
    }
}

fn submissions(site: &Site) -> Vec<Submission> {
    site.app.db.read(|r| review::list(r, &State::ALL)).unwrap()
}

fn state_of(site: &Site, id: &SubmissionId) -> State {
    site.app.db.read(|r| review::find(r, id)).unwrap().state
}

/// Somebody sends an account of a matter in Duisburg; `more` is answered beside or instead.
fn sends(site: &Site, more: &[(&str, &str)]) -> Contributor {
    sends_at_pace(site, more, None)
}

/// The same where the site has a pace.
fn sends_at_pace(site: &Site, more: &[(&str, &str)], pace: Option<&Pace>) -> Contributor {
    site.founder();
    let tools = Tools { pace, ..tools(site) };
    let narrative = format!("{}{}", "The council was shown a finished contract. ".repeat(8), own_words());
    let mut answers: Answers = [
        ("scope", "municipality"),
        ("country", "DE"),
        ("city", "Duisburg"),
        ("domain", "mobility"),
        ("narrative", narrative.as_str()),
        ("proximity", "took_part"),
    ]
    .into_iter()
    .collect();
    more.iter().for_each(|(name, value)| answers.set(name, [*value]));
    let before: Vec<SubmissionId> = submissions(site).into_iter().map(|submission| submission.id).collect();
    let cookie = Token::draw(&OsRandom);
    let sent = site.app.db.write_unrecorded(|tx| {
        draft::change(tx, &cookie, &tools, |draft| draft.answers = answers)?;
        intake::send(tx, &cookie, &tools)
    });
    match sent.unwrap() {
        Sent::Received => {}
        other => panic!("not received: {other:?}"),
    }
    let id = submissions(site).into_iter().map(|submission| submission.id).find(|id| !before.contains(id)).unwrap();
    let words = site.app.db.read(|r| draft::load(r, &cookie)).unwrap().unwrap().words().unwrap().join(" ");
    let phrase = Passphrase::parse(&words).unwrap();
    let back = site.app.db.write_unrecorded(|tx| intake::enter(tx, &phrase, &tools)).unwrap();
    Contributor { cookie: back.unwrap().0, words, id }
}

/// Words that no other account has, so that two accounts are not near-duplicates of each other.
fn own_words() -> String {
    let letters = (&OsRandom as &dyn Random).bytes::<320>().map(|byte| char::from(b'a' + byte % 26));
    letters.chunks(10).map(|word| word.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

/// The account may be published with the name of the place.
const NAMED: (&str, &str) = ("place_disclosure", "named");

fn address(id: &SubmissionId) -> String {
    format!("/staff/submissions/{id}")
}

/// How many values lie in a table of the database.
fn values_in(site: &Site, table: &str) -> usize {
    let values = casebook_core::testing::dump(&site.app.db);
    values.iter().filter(|(column, _)| column.split('.').next() == Some(table)).count()
}

/// A moderator begins the review.
async fn begins(mo: &Visitor, id: &SubmissionId) -> Answer {
    let page = mo.get(address(id)).await.is(StatusCode::OK);
    page.form("/begin").send().await.redirects_to(address(id)).follow().await.is(StatusCode::OK)
}

/// A moderator accepts what stands in the draft.
async fn accepts(mo: &Visitor, id: &SubmissionId) -> Answer {
    let page = mo.get(address(id)).await.is(StatusCode::OK);
    page.form("/accept").tick_every("checked.").send().await.redirects_to(address(id)).follow().await.is(StatusCode::OK)
}

/// A contributor's account is published; gives the case that came of it.
async fn publishes(site: &Site, mo: &Visitor, more: &[(&str, &str)]) -> (Contributor, CaseId) {
    let sent = sends(site, more);
    begins(mo, &sent.id).await;
    accepts(mo, &sent.id).await.shows("Accepted.");
    site.works();
    let case = submissions(site).into_iter().find(|it| it.id == sent.id).and_then(|it| it.case).unwrap();
    (sent, case)
}

/// M1 M2: the queue is sorted by age, state and completeness, and says what each row is.
#[actix_web::test]
async fn the_queue_says_what_waits_how_old_and_how_full_it_is() {
    let site = Site::open().await;
    let mo = site.moderator("mo").await;
    mo.get("/staff/queue").await.is(StatusCode::OK).shows("Nothing waits here.");
    let old = sends(&site, &[]);
    site.clock.advance(TimeDelta::weeks(3));
    let mo = again(&site, mo).await;
    let new = sends(&site, &[("purpose", "safety"), ("initiative", "government"), ("retention", "none")]);
    let page =
        mo.get("/staff/queue").await.is(StatusCode::OK).shows("New case").shows("3 weeks ago").shows("this week");
    assert_eq!(page.attributes("tbody th a", "href"), [address(&old.id), address(&new.id)]);
    begins(&mo, &new.id).await;
    for (sort, first) in
        [("age", &old), ("state", &old), ("kind", &old), ("completeness", &old), ("assignee", &old), ("risk", &old)]
    {
        let page = mo.get(format!("/staff/queue?sort={sort}")).await.is(StatusCode::OK);
        let rows = page.attributes("tbody th a", "href");
        assert!(rows.len() == 2 && (sort == "completeness" || rows[0] == address(&first.id)), "{sort}: {rows:?}");
        assert_eq!(page.attributes("th[aria-sort] a", "href").len(), 1, "{sort}");
    }
    mo.get("/staff/queue?sort=author")
        .await
        .is(StatusCode::BAD_REQUEST)
        .shows("age, kind, state, completeness, assignee or risk");
}

/// Signs the moderator in again after the clock was moved past the session.
async fn again(site: &Site, before: Visitor) -> Visitor {
    drop(before);
    site.moderator("jo").await
}

/// M17: neither address nor browser, neither language nor time of a contributor is shown to moderators.
#[actix_web::test]
async fn moderators_see_nothing_of_who_sent_and_when() {
    let site = Site::open().await;
    let contributor = site.visitor();
    contributor.get("/").await.is(StatusCode::OK);
    let mo = site.moderator("mo").await;
    let sent = sends(&site, &[NAMED]);
    begins(&mo, &sent.id).await;
    for path in [
        "/staff/queue".to_owned(),
        address(&sent.id),
        format!("{}/edit/head", address(&sent.id)),
        format!("{}/edit/sources", address(&sent.id)),
        format!("{}/preview", address(&sent.id)),
    ] {
        let page = mo.get(&path).await.is(StatusCode::OK);
        let mut body = page.body();
        body.make_ascii_lowercase();
        for canary in [CANARY_ADDRESS, CANARY_AGENT, CANARY_LANGUAGE, CANARY_FORWARDED, TODAY, "12:00"] {
            assert!(!body.contains(&canary.to_ascii_lowercase()), "{path} shows {canary}");
        }
    }
    mo.get("/staff/queue").await.shows("2026-W48");
}

/// M4: without a session, and with a contributor's cookie, nothing of review can be opened or done.
#[actix_web::test]
async fn nobody_but_moderators_can_review() {
    let site = Site::open().await;
    let mo = site.moderator("mo").await;
    let sent = sends(&site, &[NAMED]);
    begins(&mo, &sent.id).await;
    let with_cookie = site.visitor();
    with_cookie.steal("draft", sent.cookie.text().reveal());
    let before = (site.log().len(), submissions(&site));
    for nobody in [site.visitor(), with_cookie] {
        for act in ["begin", "decline", "reopen", "accept", "take-back", "edit/head"] {
            let pairs = [("reason", "off_topic"), ("title", "Taken over")];
            let bare: Vec<(String, String)> = pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
            let path = format!("{}/{act}", address(&sent.id));
            let answer = nobody.post_bare(&path, &bare, &[("sec-fetch-site", "same-origin")]).await;
            answer.redirects_to("/staff/sign-in");
        }
        for path in ["/staff/queue".to_owned(), address(&sent.id), format!("{}/preview", address(&sent.id))] {
            let answer = nobody.get(&path).await.is(StatusCode::SEE_OTHER);
            assert!(answer.header("location").starts_with("/staff/sign-in"), "{path}");
        }
    }
    assert_eq!((site.log().len(), submissions(&site)), before);
    mo.get(format!("{}/edit/head", address(&sent.id))).await.does_not_show("Taken over");
}
