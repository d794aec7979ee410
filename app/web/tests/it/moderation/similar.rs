//! Which cases are named as similar, as moderators rule.

use casebook_core::{
    cases::{self, Showing, published},
    db::Actor,
};
use reqwest::StatusCode;

use super::{NAMED, publishes};
use crate::site::{Answer, Site, TODAY, Visitor};

const REFERENCE: &str = "7K2MQX4T";

fn desk(id: &str) -> String {
    format!("/staff/cases/{id}")
}

/// The cases that the page of a case names as similar, in order.
async fn similar(reader: &Visitor, id: &str) -> Vec<String> {
    let page = reader.get(format!("/cases/{id}")).await.is(StatusCode::OK);
    let links = page.attributes("#similar li > a:not(.noprint)", "href");
    links.into_iter().filter_map(|link| link.strip_prefix("/cases/").map(str::to_owned)).collect()
}

/// A moderator says what holds of two cases, and comes back to the page.
async fn rules(mo: &Visitor, id: &str, other: &str, holds: &str) -> Answer {
    let page = mo.get(desk(id)).await.is(StatusCode::OK);
    let sent = page.form("/similar").fill("beside", other).fill("holds", holds).send().await;
    sent.redirects_to(desk(id)).follow().await.is(StatusCode::OK)
}

/// The lines of the public log that say so.
async fn logged(reader: &Visitor, words: &str) -> Vec<String> {
    let lines = reader.get("/log").await.is(StatusCode::OK).texts("ol.log > li");
    lines.into_iter().filter(|line| line.contains(words)).collect()
}

fn shows(site: &Site, id: &str, showing: &Showing) {
    let id = id.parse().unwrap();
    site.app.db.write(Actor::System, |tx| cases::set_visibility(tx, &id, showing)).unwrap();
    site.works();
}

/// R23 O8: a moderator sets a case beside another one and a third apart; readers see the reason, the log tells it, what is hidden is told by
/// neither, and what is taken back leaves what is computed.
#[actix_web::test]
async fn a_moderator_overrules_which_cases_are_named_as_similar() {
    let site = Site::with_first_cases().await;
    let (mo, reader) = (site.moderator("mo").await, site.visitor());
    let before = similar(&reader, REFERENCE).await;
    let near = before[0].clone();
    let mut ids = site.app.db.read(published::ids).unwrap().into_iter().map(|(id, _)| id.to_string());
    let far = ids.find(|id| id != REFERENCE && !before.contains(id)).unwrap();

    let done = rules(&mo, REFERENCE, &far.to_lowercase(), "alike:same_contract").await;
    done.shows("Each of the two stands on the page of the other").shows("set beside this case: same contract.");
    site.log_ends_with("case_likened");
    rules(&mo, &near, REFERENCE, "apart:codes_only").await.shows("set apart from this case: only codes agree.");
    site.log_ends_with("case_set_apart");
    for (one, other) in [(REFERENCE, far.as_str()), (far.as_str(), REFERENCE)] {
        assert_eq!(similar(&reader, one).await.first().map(String::as_str), Some(other), "{one} names it first");
        let page = reader.get(format!("/cases/{one}")).await;
        page.shows("Set beside each other by a moderator: same contract.");
    }
    assert!(!similar(&reader, REFERENCE).await.contains(&near), "set apart");
    assert!(!similar(&reader, &near).await.iter().any(|id| id == REFERENCE), "set apart from both sides");
    let line = logged(&reader, "Two cases set beside each other").await.concat();
    let told = [REFERENCE, far.as_str(), "Same contract", TODAY, "mo the watcher"];
    assert!(told.iter().all(|part| line.contains(part)), "{line}");
    let asked = reader.get("/log?act=case_set_apart&reason=codes_only").await.is(StatusCode::OK);
    assert_eq!(asked.texts("ol.log > li").len(), 1);

    shows(&site, &far, &Showing::Hidden("source_at_risk".to_owned()));
    assert!(!similar(&reader, REFERENCE).await.contains(&far));
    for page in [format!("/cases/{REFERENCE}"), format!("/cases/{REFERENCE}.json"), "/cases".to_owned()] {
        reader.get(page).await.is(StatusCode::OK).does_not_show(&far);
    }
    let line = logged(&reader, "Two cases set beside each other").await.concat();
    assert!(line.contains("Same contract") && !line.contains(&far) && !line.contains(REFERENCE), "{line}");
    mo.get(desk(REFERENCE)).await.shows("Not shown to readers at present");
    shows(&site, &far, &Showing::Public);
    assert_eq!(similar(&reader, REFERENCE).await.first(), Some(&far), "the control");

    let page = rules(&mo, REFERENCE, &far, "lifted").await.shows("What is computed from the codes holds again");
    assert_eq!(page.attributes("button[value=lifted]", "name"), ["holds"], "the other ruling can be taken back");
    site.log_ends_with("likeness_lifted");
    rules(&mo, REFERENCE, &near, "lifted").await;
    assert_eq!(similar(&reader, REFERENCE).await, before);
}

/// R23: what cannot be ruled is said, and what was typed and chosen is kept; whoever stepped aside from one of the two has no say.
#[actix_web::test]
async fn what_cannot_be_ruled_on_two_cases_is_said() {
    let site = Site::with_first_cases().await;
    let (mo, jo) = (site.moderator("mo").await, site.moderator("jo").await);
    let ids = site.app.db.read(published::ids).unwrap();
    let other = ids.into_iter().map(|(id, _)| id.to_string()).find(|id| id != REFERENCE).unwrap();
    for (beside, holds, problem) in [
        ("nothing", "alike:same_contract", "An id has eight letters and digits"),
        ("ZZZZZZZZ", "alike:same_contract", "There is no such case"),
        (REFERENCE, "apart:codes_only", "This is the case itself."),
        (other.as_str(), "", "Choose from the list what holds of the two cases"),
        (other.as_str(), "apart:same_contract", "Choose from the list what holds of the two cases"),
        (other.as_str(), "lifted", "Nothing was ruled on these two cases."),
    ] {
        let again = rules(&mo, REFERENCE, beside, holds).await.shows(problem);
        assert_eq!(again.form("/similar").value("beside"), Some(beside), "{problem}");
    }
    shows(&site, &other, &Showing::Unlisted("duplicate".to_owned()));
    let again =
        rules(&mo, REFERENCE, &other, "alike:same_objection").await.shows("One of the two is hidden or unlisted.");
    assert_eq!(again.form("/similar").value("holds"), Some("alike:same_objection"));
    shows(&site, &other, &Showing::Public);
    jo.get(desk(&other)).await.form("/step-aside").send().await.is(StatusCode::SEE_OTHER);
    rules(&jo, REFERENCE, &other, "alike:same_contract").await.shows("You have stepped aside from this");
    assert!(site.log().iter().all(|line| line.subject_kind != cases::TWO_CASES), "nothing was ruled");
    rules(&mo, REFERENCE, &other, "alike:same_contract").await.shows("Done.");
    site.log_ends_with("case_likened");
}

/// R23: a case that does not name its place is never set beside one that does, on no page and in no line of the log.
#[actix_web::test]
async fn a_case_that_names_no_place_is_set_beside_none_that_does() {
    let site = Site::open().await;
    let (mo, reader) = (site.moderator("mo").await, site.visitor());
    let (_, named) = publishes(&site, &mo, &[NAMED]).await;
    let (_, unnamed) = publishes(&site, &mo, &[("place_disclosure", "size_class")]).await;
    let (named, unnamed) = (named.as_str(), unnamed.as_str());
    for (one, other) in [(named, unnamed), (unnamed, named)] {
        let again = rules(&mo, one, other, "alike:same_contract").await;
        again.shows("would give away what one of them holds back");
    }
    assert!(site.log().iter().all(|line| line.subject_kind != cases::TWO_CASES));
    rules(&mo, named, unnamed, "apart:codes_only").await.shows("Neither of the two names the other");
    site.log_ends_with("case_set_apart");
    let line = logged(&reader, "Two cases set apart").await.concat();
    assert!(line.contains("Only codes agree") && !line.contains(named) && !line.contains(unnamed), "{line}");
    let (_, second) = publishes(&site, &mo, &[NAMED, ("purpose", "safety")]).await;
    rules(&mo, named, second.as_str(), "alike:same_contract").await.shows("Done.");
    assert_eq!(similar(&reader, named).await.first().map(String::as_str), Some(second.as_str()), "the control");
}
