//! What is not published goes after its time, and then lies nowhere any more.

use casebook_core::{
    clock::Week,
    intake::{State, Submission, review},
    testing::{copy_of, dump},
};
use chrono::TimeDelta;
use reqwest::StatusCode;

use super::{come_back, contribute, open};
use crate::site::{Site, TODAY, traces::found};

fn submission(site: &Site) -> Submission {
    site.app.db.read(|r| review::list(r, &State::ALL)).unwrap().remove(0)
}

/// Everything of a submission that lies in the database and would tell of it. Of an envelope pieces, because a database may lay a long value
/// down in several pages; none from its beginning, which names the key.
fn traces(site: &Site) -> Vec<Vec<String>> {
    const OF_IT: [&str; 4] = [
        "submission_envelopes.envelope",
        "submissions.lookup",
        "submissions.public_key",
        "submission_guards.fingerprint",
    ];
    traces_in(site, &OF_IT)
}

/// The same of these columns alone.
fn traces_in(site: &Site, columns: &[&str]) -> Vec<Vec<String>> {
    let values = dump(&site.app.db).into_iter().filter(|(column, _)| columns.contains(&column.as_str()));
    let pieces = |value: String| match value.len() {
        length if length < 1_000 => vec![value],
        length => [500, length / 2, length - 200].map(|from| value[from..from + 64].to_owned()).into(),
    };
    values.map(|(_, value)| pieces(value)).collect()
}

/// The control of each search that must find nothing: the same search finds what is still there, in the database and in a copy of it.
#[track_caller]
fn all_are_found(site: &Site, traces: &[Vec<String>]) {
    for trace in traces {
        let places: Vec<String> = trace.iter().flat_map(|piece| places(site, piece)).collect();
        assert!(places.iter().any(|place| place.starts_with("submission")), "the search finds it: {places:?}");
        let in_copy = places.iter().any(|place| place.contains("copy.sqlite3"));
        assert!(in_copy || !site.app.db.is_sqlite(), "the search finds it in a copy: {places:?}");
    }
}

/// Where it lies: in the database, its log, the index, or a copy made for keeping.
fn places(site: &Site, trace: &str) -> Vec<String> {
    let copy = site.folder().join("copy.sqlite3");
    if site.app.db.is_sqlite() {
        copy_of(&site.folder().join("casebook.sqlite3"), &copy);
    }
    let places = found(site, trace);
    drop(std::fs::remove_file(copy));
    places
}

/// O4: 26 weeks without activity, counted anew by any input; author and moderators are warned; a stub with the week stays, and nothing else
/// lies anywhere, neither in the database and its log nor in the index or a copy.
#[actix_web::test]
async fn an_unpublished_submission_goes_after_its_time_and_lies_nowhere_any_more() {
    let site = open().await;
    let words = contribute(&site.visitor()).await;
    let id = submission(&site).id;
    let own = || async {
        let somebody = site.visitor();
        come_back(&somebody, &words).await.redirects_to("/return/case").follow().await.is(StatusCode::OK)
    };
    own().await.does_not_show("unless the moderators do something");

    site.clock.advance(TimeDelta::weeks(24));
    site.works();
    own().await.shows("This goes in 3 weeks unless the moderators do something");
    let mo = site.moderator("mo").await;
    let queue = mo.get("/staff/queue").await.shows("goes in 3 weeks");
    assert!(queue.texts("tbody .mark").iter().any(|mark| mark == "goes in 3 weeks"));

    mo.get(format!("/staff/submissions/{id}")).await.form("/begin").send().await.is(StatusCode::SEE_OTHER);
    own().await.does_not_show("unless the moderators do something");
    mo.get("/staff/queue").await.shows("goes in 27 weeks");
    site.clock.advance(TimeDelta::weeks(25));
    let mo = site.moderator("jo").await;
    site.works();
    let sheet = mo.get(format!("/staff/submissions/{id}/edit/head")).await.is(StatusCode::OK);
    sheet.form("/edit/head").send().await.is(StatusCode::SEE_OTHER);
    site.clock.advance(TimeDelta::weeks(25));
    site.works();
    assert_eq!(submission(&site).state, State::InReview, "what a moderator saved counted anew");

    let traces = traces(&site);
    assert!(traces.len() >= 5, "{traces:?}");
    all_are_found(&site, &traces);
    site.clock.advance(TimeDelta::weeks(3));
    site.works();
    for trace in traces.iter().flatten().chain([&words]) {
        assert_eq!(places(&site, trace), [""; 0]);
    }
    let stub = submission(&site);
    let week = Week::of(TODAY.parse().unwrap());
    assert_eq!((stub.state, stub.week, stub.expires, stub.completeness), (State::Expired, week, None, None));
    let gone = come_back(&site.visitor(), &words).await;
    assert!(gone.location().starts_with("/return?wrong="), "{}", gone.location());
}

/// C7, O4: the sealed original of what was published goes thirty days later, rounded up to the end of the following day, and lies nowhere any
/// more, neither in the database and its log nor in the index or a copy. The case stays, and so does the way back with the words.
#[actix_web::test]
async fn the_sealed_original_goes_thirty_days_after_publication_and_lies_nowhere_any_more() {
    let site = open().await;
    let words = contribute(&site.visitor()).await;
    let original = traces_in(&site, &["submission_envelopes.envelope"]);
    assert_eq!(original.len(), 2, "sealed to the moderators and to the contributor: {original:?}");
    let mo = site.moderator("mo").await;
    let waiting = mo.get("/staff/queue").await.attributes("tbody th a", "href").remove(0);
    let begun = mo.get(&waiting).await.form("/begin").send().await.redirects_to(&waiting).follow().await;
    begun.form("/accept").tick_every("checked.").send().await.redirects_to(&waiting);
    site.works();
    assert_eq!(submission(&site).state, State::Published);

    site.clock.advance(TimeDelta::days(30));
    site.works();
    all_are_found(&site, &original);
    site.clock.advance(TimeDelta::days(2));
    site.works();
    for piece in original.iter().flatten() {
        assert_eq!(places(&site, piece), [""; 0]);
    }
    let published = submission(&site);
    assert_eq!((published.state, published.expires), (State::Published, None));
    let case = published.case.unwrap();
    site.visitor().get(format!("/cases/{case}")).await.is(StatusCode::OK).shows("finished contract");
    come_back(&site.visitor(), &words).await.redirects_to("/return/case").follow().await.shows("Published");
}
