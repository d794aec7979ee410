//! Feeds of queries, cases and organisations (rows R6, D10), read as a feed reader does.

use std::collections::BTreeSet;

use casebook_core::{
    cases::{
        self,
        published::{self, Eyes},
    },
    db::Actor,
    ids::CaseId,
};
use reqwest::StatusCode;
use roxmltree::{Document, Node};

use crate::site::{Answer, Site, Visitor};

const ATOM: &str = "http://www.w3.org/2005/Atom";

/// What an entry says: id, title, date, summary; and the file that it leads to, by address, media type and length.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) updated: String,
    pub(crate) summary: Option<String>,
    pub(crate) file: Option<[String; 3]>,
}

fn text(node: Node<'_, '_>, name: &str) -> Option<String> {
    let found = node.children().find(|child| child.has_tag_name((ATOM, name)));
    found.map(|child| child.text().unwrap_or_default().to_owned())
}

fn linked<'a, 'input>(node: Node<'a, 'input>, rel: &str) -> Option<Node<'a, 'input>> {
    node.children().find(|child| child.has_tag_name((ATOM, "link")) && child.attribute("rel") == Some(rel))
}

fn link(node: Node<'_, '_>, rel: &str) -> String {
    linked(node, rel).and_then(|link| link.attribute("href")).unwrap_or_default().to_owned()
}

/// The entries of a feed of cases, which tells no finer date than the quarter.
#[track_caller]
fn entries(answer: &Answer) -> Vec<Entry> {
    let found = entries_of_any(answer);
    for entry in &found {
        let quarters = ["-01-01T00:00:00Z", "-04-01T00:00:00Z", "-07-01T00:00:00Z", "-10-01T00:00:00Z"];
        assert!(quarters.iter().any(|quarter| entry.updated.ends_with(quarter)), "a finer date: {entry:?}");
    }
    found
}

/// The entries of a feed, which has all that RFC 4287 asks for.
#[track_caller]
pub(crate) fn entries_of_any(answer: &Answer) -> Vec<Entry> {
    assert_eq!(answer.header("content-type"), "application/atom+xml; charset=utf-8");
    let xml = answer.body();
    let document = Document::parse(&xml).unwrap_or_else(|error| panic!("{error}:\n{xml}"));
    let feed = document.root_element();
    assert!(feed.has_tag_name((ATOM, "feed")), "{xml}");
    assert_eq!(text(feed, "id"), Some(link(feed, "self")), "{xml}");
    assert!(text(feed, "title").is_some_and(|title| title.starts_with("Casebook: ")), "{xml}");
    assert!(link(feed, "alternate").starts_with("http://127.0.0.1"), "{xml}");
    let author = feed.children().find(|child| child.has_tag_name((ATOM, "author"))).unwrap();
    assert_eq!(text(author, "name").unwrap(), "Casebook collection", "never a contributor");
    let found = feed.children().filter(|child| child.has_tag_name((ATOM, "entry"))).map(|entry| {
        let id = text(entry, "id").unwrap();
        assert_eq!(id, link(entry, "alternate"));
        Entry {
            id,
            title: text(entry, "title").unwrap(),
            updated: text(entry, "updated").unwrap(),
            summary: text(entry, "summary"),
            file: linked(entry, "enclosure")
                .map(|file| ["href", "type", "length"].map(|name| file.attribute(name).unwrap().to_owned())),
        }
    });
    let found: Vec<Entry> = found.collect();
    let newest = found.iter().map(|entry| entry.updated.clone()).max();
    assert!(newest.is_none() || newest == text(feed, "updated"), "{xml}");
    found
}

/// The case and the revision of an entry.
fn case_of(entry: &Entry) -> String {
    entry.id.split('/').nth(4).unwrap().to_owned()
}

async fn feed(site: &Site, address: &str) -> Vec<Entry> {
    entries(&site.visitor().get(address).await.is(StatusCode::OK))
}

/// A revision of the reference case for this reason.
pub(crate) fn revises(site: &Site, case: &CaseId, base: u32, reason: &str) {
    let app = &site.app;
    let mut document = app.db.read(|r| published::find(r, case, Eyes::Moderator)).unwrap().document;
    document.revision = base + 1;
    document.revised = "2026-Q4".parse().unwrap();
    let checked = app.vocabulary().check(document).unwrap();
    app.db.write(Actor::System, |tx| cases::revise(tx, app.vocabulary(), &checked, base, Some(reason))).unwrap();
    site.works();
}

fn reference(site: &Site) -> CaseId {
    site.app.db.read(published::reference).unwrap().unwrap()
}

/// R6, D10: the feed of a query names exactly the cases of its page, and the page leads to it. A city is followed by a query for its name.
#[actix_web::test]
async fn the_feed_of_a_query_names_the_cases_of_its_page() {
    let site = Site::with_first_cases().await;
    let reader = site.visitor();
    let city = "?q=place%3Aduisburg";
    for query in ["", "?f.country=NL", "?q=huawei&f.country=DE", "?not.country=DE", "?q=xylophonist", city] {
        let page = reader.get(format!("/cases{query}")).await.is(StatusCode::OK);
        let address = page.link("Feed");
        assert_eq!(
            page.attributes("link[rel=alternate][type='application/atom+xml']", "href"),
            std::slice::from_ref(&address)
        );
        let shown: BTreeSet<String> = page.attributes("input[name=case]", "value").into_iter().collect();
        let found = feed(&site, &address).await;
        assert_eq!(found.iter().map(case_of).collect::<BTreeSet<_>>(), shown, "{query}");
        assert_eq!(found.len(), shown.len(), "{query}");
    }
    let followed = feed(&site, &format!("/cases.atom{city}")).await;
    assert_eq!(followed.iter().map(case_of).collect::<Vec<_>>(), ["7K2MQX4T"], "what was decided in Duisburg");
    let sorted = feed(&site, "/cases.atom?sort=title&page=7").await;
    assert_eq!(sorted, feed(&site, "/cases.atom").await, "a feed has one order and no pages");
    let worded = reader.get("/cases.atom?q=lights&f.technology=camera_cctv&f.vendor=o_huawei").await.is(StatusCode::OK);
    let title = "Casebook: cases that fit words: lights, ";
    assert!(worded.body().contains(title) && worded.body().contains("Organisation: Huawei"), "{}", worded.body());
    assert!(!worded.body().contains("camera_cctv,"), "codes stand in addresses alone: {}", worded.body());
    reader.get("/cases.atom?f.domain=cats").await.is(StatusCode::BAD_REQUEST).shows("mobility");
    let hostile = reader.get("/cases.atom?q=%01%3C%2Ftitle%3E%26%00").await.is(StatusCode::OK);
    entries(&hostile);
    for header in ["last-modified", "set-cookie"] {
        assert_eq!(hostile.header(header), "");
    }
}

/// D10: the feed of a case has an entry for each revision with its reason; in every feed a new revision is a new entry.
#[actix_web::test]
async fn a_revision_is_a_new_entry_with_its_reason() {
    let site = Site::with_first_cases().await;
    let case = reference(&site);
    let page = site.visitor().get(format!("/cases/{case}")).await.is(StatusCode::OK);
    assert_eq!(page.link("Feed"), format!("/cases/{case}.atom"));
    let own = format!("/cases/{case}.atom");
    let before = feed(&site, &own).await;
    let set_before = feed(&site, "/cases.atom").await;
    revises(&site, &case, 1, "A source was added & read \u{b}<twice>");
    let after = feed(&site, &own).await;
    assert_eq!(after.len(), before.len() + 1);
    assert_eq!(after[0].id, format!("{}/cases/{case}/r/2", site.app.config.public_url()));
    assert_eq!(after[0].summary.as_deref(), Some("A source was added & read <twice>"));
    assert!(after[0].title.ends_with("(revision 2)"), "{:?}", after[0]);
    assert_eq!(after[1].id, before[0].id, "ids stay");

    let set_after = feed(&site, "/cases.atom").await;
    assert_eq!(set_after.len(), set_before.len());
    let new: Vec<&Entry> = set_after.iter().filter(|entry| !set_before.iter().any(|it| it.id == entry.id)).collect();
    assert!(new.len() == 1 && new[0].id == after[0].id, "{new:?}");
}

/// D10: the feed of an organisation names the cases that it is part of.
#[actix_web::test]
async fn an_organisation_is_followed_by_its_feed() {
    let site = Site::with_first_cases().await;
    let address = "/organisations/o_huawei.atom";
    let answer = site.visitor().get(address).await.is(StatusCode::OK).shows("Huawei");
    let found: BTreeSet<String> = entries(&answer).iter().map(case_of).collect();
    let page = site.visitor().get("/cases?f.vendor=o_huawei").await;
    assert_eq!(found, page.attributes("input[name=case]", "value").into_iter().collect());
    assert!(!found.is_empty());
    site.visitor().get("/organisations/o_nobody.atom").await.is(StatusCode::NOT_FOUND);
    site.visitor().get("/organisations/nobody.atom").await.is(StatusCode::NOT_FOUND);
}

async fn is_made(site: &Site, mo: &Visitor, case: &CaseId, visibility: &str, reason: &str) {
    let form = mo.get(format!("/staff/cases/{case}")).await.form("/visibility").tick("visibility", visibility);
    form.fill("reason", reason).send().await.is(StatusCode::SEE_OTHER);
    site.works();
}

/// D10: an unlisted case stands in no feed but its own; a hidden one in none, and its own is gone.
#[actix_web::test]
async fn feeds_leave_out_what_is_unlisted_or_hidden() {
    let site = Site::with_first_cases().await;
    let case = reference(&site);
    let (mo, own) = (site.moderator("mo").await, format!("/cases/{case}.atom"));
    let lists = ["/cases.atom", "/organisations/o_huawei.atom"];
    for list in lists {
        site.visitor().get(list).await.is(StatusCode::OK).shows(case.as_str());
    }
    is_made(&site, &mo, &case, "unlisted", "error_under_review").await;
    for list in lists {
        let answer = site.visitor().get(list).await;
        assert!(!answer.body().contains(case.as_str()), "{list}");
    }
    let answer = site.visitor().get(&own).await.is(StatusCode::OK);
    assert_eq!(answer.header("x-robots-tag"), "noindex");
    is_made(&site, &mo, &case, "hidden", "names_private_person").await;
    site.visitor().get(&own).await.is(StatusCode::GONE);
    site.visitor().get("/cases.atom").await.is(StatusCode::OK).does_not_show(case.as_str());
}
