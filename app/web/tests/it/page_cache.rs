//! Pages of cases that are kept in memory: shown again for as long as nothing public changes, and never again as they were before a change.

use std::sync::Arc;

use casebook_core::{
    Result,
    cases::{self, Showing, published, redact},
    config::Config,
    db::{Actor, Writing},
    ids::CaseId,
    organisations,
    random::OsRandom,
    text::Words,
};
use casebook_web::kit::App;
use chrono::TimeDelta;
use reqwest::StatusCode;

use crate::{
    feeds::revises,
    site::{Answer, Site},
};

const REFERENCE: &str = "/cases/7K2MQX4T";

fn reference() -> CaseId {
    "7K2MQX4T".parse().unwrap()
}

async fn site() -> Site {
    let site = Site::with_first_cases().await;
    site.expects_jobs();
    site
}

/// The page at `path`, opened by two readers, of whom the second is shown what was kept for the first.
async fn kept(site: &Site, path: &str) -> Answer {
    let first = site.visitor().get(path).await.is(StatusCode::OK);
    let before = site.app.pages.shown();
    let second = site.visitor().get(path).await.is(StatusCode::OK);
    assert_eq!(site.app.pages.shown(), before + 1, "{path} is kept");
    assert_eq!(first.bytes(), second.bytes(), "{path}");
    assert_eq!(first.header("etag"), second.header("etag"), "{path}");
    second
}

/// The same instance as another process has it open.
fn another_process(site: &Site) -> App {
    App::open(Config::clone(&site.app.config), site.clock.clone(), Arc::new(OsRandom)).unwrap()
}

fn writes(app: &App, change: impl FnOnce(&mut Writing) -> Result<()>) {
    app.db.write(Actor::System, change).unwrap();
}

fn shows_as(app: &App, showing: &Showing) {
    writes(app, |tx| cases::set_visibility(tx, &reference(), showing));
}

// Protection.md section 7: whatever process redacts, hides, revises or merges, the next request is shown no page as it was before.
#[actix_web::test]
async fn a_kept_page_is_never_shown_after_a_change_of_any_process() {
    let site = site().await;
    let other = another_process(&site);
    let here: &App = &site.app;
    for app in [here, &other] {
        let (page, record) = (REFERENCE.to_owned(), format!("{REFERENCE}.json"));
        let cited = format!("{REFERENCE}/r/1");
        for path in [&page, &record, &cited] {
            kept(&site, path).await;
        }
        let gone = Showing::Hidden("names_private_person".to_owned());
        shows_as(app, &gone);
        for path in [&page, &record, &cited] {
            site.visitor().get(path).await.is(StatusCode::GONE);
        }
        shows_as(app, &Showing::Public);

        kept(&site, &page).await.does_not_show("stands in no list");
        shows_as(app, &Showing::Unlisted("duplicate".to_owned()));
        kept(&site, &page).await.shows("stands in no list");
        assert_eq!(kept(&site, &record).await.header("x-robots-tag"), "noindex", "headers are kept with the page");
        shows_as(app, &Showing::Public);
        assert_eq!(kept(&site, &record).await.header("x-robots-tag"), "");
    }
}

#[actix_web::test]
async fn redacted_words_are_gone_with_the_next_request() {
    let site = site().await;
    let other = another_process(&site);
    let here: &App = &site.app;
    for (app, words) in [(here, "coal and steel"), (&other, "wait for the federal government")] {
        for path in [REFERENCE, "/cases/7K2MQX4T/r/1", "/cases/7K2MQX4T.json"] {
            assert!(kept(&site, path).await.body().contains(words), "{path} has the words");
        }
        let (covered, reason) = (Words::of(words).unwrap(), "names_private_person".parse().unwrap());
        writes(app, |tx| redact::redact(tx, app.vocabulary(), &reference(), &covered, &reason));
        for path in [REFERENCE, "/cases/7K2MQX4T/r/1", "/cases/7K2MQX4T.json"] {
            let page = kept(&site, path).await.does_not_show(words);
            assert!(page.body().contains("redacted: names private person"), "{path}");
        }
    }
}

#[actix_web::test]
async fn a_revision_and_a_merger_are_seen_with_the_next_request() {
    let site = site().await;
    kept(&site, REFERENCE).await.does_not_show("A source was added");
    revises(&site, &reference(), 1, "A source was added");
    kept(&site, REFERENCE).await.shows("A source was added");

    let other = another_process(&site);
    let ids = site.app.db.read(published::ids).unwrap();
    let (goes, _) = ids.into_iter().find(|(id, _)| *id != reference()).unwrap();
    let path = format!("/cases/{goes}");
    kept(&site, &path).await;
    writes(&other, |tx| cases::merge(tx, other.vocabulary(), (&goes, 1), &reference(), 2));
    let moved = site.visitor().get(&path).await.is(StatusCode::MOVED_PERMANENTLY);
    assert_eq!(moved.location(), REFERENCE);
    kept(&site, REFERENCE).await.shows(goes.as_str());
}

// What a page says beside its document: names of organisations, and spans of time up to today.
#[actix_web::test]
async fn a_changed_organisation_and_a_new_day_are_seen_with_the_next_request() {
    let site = site().await;
    kept(&site, REFERENCE).await.does_not_show("Huawei under another name");
    let mut record = site.app.db.read(|r| organisations::find(r, &"o_huawei".parse().unwrap())).unwrap().unwrap();
    record.names[0].name = "Huawei under another name".to_owned();
    writes(&another_process(&site), |tx| cases::put_organisations(tx, &[record]));
    kept(&site, REFERENCE).await.shows("Huawei under another name").shows("Unanswered for at least 7 years");
    site.clock.advance(TimeDelta::days(3 * 366));
    kept(&site, REFERENCE).await.shows("Unanswered for at least 10 years");
}

#[actix_web::test]
async fn staff_are_shown_pages_of_their_own() {
    let site = site().await;
    let mo = site.moderator("mo").await;
    kept(&site, REFERENCE).await.does_not_show("mo the watcher");
    let before = site.app.pages.shown();
    for _ in 0..2 {
        let page = mo.get(REFERENCE).await.is(StatusCode::OK).shows("Revise, hide or show this case");
        assert_eq!((page.header("cache-control"), page.header("etag")), ("no-store", ""));
    }
    assert_eq!(site.app.pages.shown(), before, "nothing of them is kept");
    kept(&site, REFERENCE).await.does_not_show("Revise, hide or show this case");
}

// O9: one page in each coding, each with a tag of its own, compressed once.
#[actix_web::test]
async fn each_coding_has_a_tag_of_its_own() {
    let site = site().await;
    let reader = site.visitor();
    let plain = kept(&site, REFERENCE).await;
    let mut tags = vec![plain.header("etag").to_owned()];
    for coding in ["br", "gzip"] {
        let asked = [("accept-encoding", coding)];
        let first = reader.get_with(REFERENCE, &asked).await.is(StatusCode::OK);
        let before = site.app.pages.shown();
        let again = reader.get_with(REFERENCE, &asked).await.is(StatusCode::OK);
        assert_eq!((again.header("content-encoding"), again.header("vary")), (coding, "accept-encoding"));
        assert_eq!(site.app.pages.shown(), before + 1, "{coding} is kept");
        assert_eq!(first.bytes(), again.bytes());
        assert_eq!(unpacked(coding, again.bytes()), plain.bytes(), "{coding}: compressed once");
        tags.push(again.header("etag").to_owned());
        let known = [("accept-encoding", coding), ("if-none-match", again.header("etag"))];
        let same = reader.get_with(REFERENCE, &known).await.is(StatusCode::NOT_MODIFIED);
        assert_eq!((same.bytes().len(), same.header("content-encoding")), (0, ""));
    }
    assert!(tags.iter().all(|tag| tag.starts_with('"')), "strong: {tags:?}");
    assert!(tags[0] != tags[1] && tags[1] != tags[2] && tags[0] != tags[2], "{tags:?}");
    let other = [("if-none-match", tags[1].as_str())];
    reader.get_with(REFERENCE, &other).await.is(StatusCode::OK);
    let deflated = reader.get_with(REFERENCE, &[("accept-encoding", "deflate")]).await.is(StatusCode::OK);
    assert_eq!(deflated.header("content-encoding"), "deflate");
    assert!(deflated.header("etag").starts_with("W/"), "made and compressed anew each time");
    assert_eq!(reader.request("HEAD", REFERENCE, &[]).await.header("etag"), tags[0]);
    assert_eq!(reader.get(REFERENCE.to_lowercase()).await.is(StatusCode::OK).header("etag"), tags[0]);
}

fn unpacked(coding: &str, packed: &[u8]) -> Vec<u8> {
    use std::io::Read;
    let mut plain = Vec::new();
    match coding {
        "br" => brotli::Decompressor::new(packed, 4096).read_to_end(&mut plain).unwrap(),
        _ => flate2::read::GzDecoder::new(packed).read_to_end(&mut plain).unwrap(),
    };
    plain
}

#[actix_web::test]
async fn with_no_room_nothing_is_kept() {
    let site = Site::open_with(|config| config.cache.pages_megabytes = 0).await;
    site.app.plant_first_cases().unwrap();
    site.expects_jobs();
    for _ in 0..3 {
        site.visitor().get(REFERENCE).await.is(StatusCode::OK);
    }
    assert_eq!(site.app.pages.shown(), 0);
}
