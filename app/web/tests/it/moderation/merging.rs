//! Two cases of one matter become one.

use casebook_core::{
    cases::{published, redact, transfer},
    ids::CaseId,
    text::Words,
};
use reqwest::StatusCode;

use super::{NAMED, publishes};
use crate::site::{Answer, Site, Visitor};

async fn merges(mo: &Visitor, stays: &CaseId, other: &str) -> Answer {
    let page = mo.get(format!("/staff/cases/{stays}")).await.is(StatusCode::OK).shows("It cannot be taken apart again");
    page.form("/merge").fill("other", other).send().await
}

/// M18: statements, sources and history are united; the old id leads to the new case for ever; both cases' accounts count.
#[actix_web::test]
async fn two_cases_become_one_and_the_old_address_leads_there() {
    let site = Site::with_first_cases().await;
    let mo = site.moderator("mo").await;
    let (_, stays) = publishes(&site, &mo, &[NAMED, ("purpose", "safety")]).await;
    let (_, goes) = publishes(&site, &mo, &[NAMED, ("initiative", "government")]).await;
    let reader = site.visitor();
    let before = reader.get(format!("/cases/{goes}.json")).await.is(StatusCode::OK).body();

    for (typed, problem) in [
        ("nothing", "eight letters and digits"),
        ("ZZZZZZZZ", "no such case"),
        (stays.as_str(), "This is the case itself."),
    ] {
        merges(&mo, &stays, typed).await.follow().await.shows(problem);
    }
    let draft = merges(&mo, &stays, &goes.as_str().to_lowercase()).await.location();
    let page = mo.get(&draft).await.is(StatusCode::OK).shows("takes in another one, for good");
    assert!(page.attributes("a", "href").contains(&format!("/cases/{goes}")), "the other one can be read first");
    let page = page.does_not_show("in the way of publication");
    mo.get(format!("{draft}/preview")).await.shows("2 accounts of witnesses");
    merges(&mo, &goes, stays.as_str()).await.follow().await.shows("A revision of one of the two is under way.");
    reader.get(format!("/cases/{goes}")).await.is(StatusCode::OK);
    page.form("/publish")
        .tick_every("checked.")
        .fill("reason", "One matter")
        .send()
        .await
        .redirects_to(format!("/cases/{stays}"));
    site.log_ends_with("case_merged");
    site.works();

    for (old, new) in [(goes.to_string(), stays.to_string()), (format!("{goes}.json"), format!("{stays}.json"))] {
        let moved = reader.get(format!("/cases/{old}")).await.is(StatusCode::MOVED_PERMANENTLY);
        assert_eq!(moved.location(), format!("/cases/{new}"));
    }
    let cited = reader.get(format!("/cases/{goes}/r/1")).await.is(StatusCode::OK).shows("merged into another one");
    assert!(cited.attributes("header .notice a", "href").contains(&format!("/cases/{stays}")));
    assert_eq!(cited.attributes("meta[name=robots]", "content"), ["noindex"]);
    let cited = reader.get(format!("/cases/{goes}/r/1.json")).await.is(StatusCode::OK).body();
    let (cited, before): (serde_json::Value, serde_json::Value) =
        (serde_json::from_str(&cited).unwrap(), serde_json::from_str(&before).unwrap());
    assert_eq!((&cited["statements"], &cited["merged_into"]), (&before["statements"], &stays.as_str().into()));

    let page = reader.get(format!("/cases/{stays}")).await.is(StatusCode::OK).shows("2 accounts of witnesses");
    let page = page.shows(&format!("Case {goes} was merged into this one with revision 2"));
    assert!(page.attributes("#cite a", "href").contains(&format!("/cases/{goes}/r/1")));
    let document = site.app.db.read(|r| published::find(r, &stays, published::Eyes::Public)).unwrap().document;
    for field in ["purpose", "initiative"] {
        assert_eq!(document.statements_of(field).len(), 1, "{field}");
    }
    reader.get(format!("/cases/{stays}/r/2/changes")).await.is(StatusCode::OK).shows("One matter");
    for list in ["/cases?q=duisburg", "/cases.csv", "/cases.jsonl", "/sitemap.xml"] {
        let answer = reader.get(list).await.is(StatusCode::OK);
        assert!(answer.body().contains(stays.as_str()) && !answer.body().contains(goes.as_str()), "{list}");
    }
    reader.get("/").await.is(StatusCode::OK).does_not_show(goes.as_str());
    let mut file = Vec::new();
    transfer::export(&site.app.db, &mut file).unwrap();
    let file = String::from_utf8(file).unwrap();
    assert!(file.contains(&format!("\"id\":\"{stays}\"")) && !file.contains(&format!("\"id\":\"{goes}\"")));
    reader.get("/log").await.shows("Merged into another case").shows(goes.as_str()).shows(stays.as_str());
    reader.get(format!("/compare?case={goes}&case=7K2MQX4T")).await.is(StatusCode::OK).shows(&document.title.text);
}

/// M18: only hiding undoes a merge, and it is the case that stays which is hidden.
#[actix_web::test]
async fn what_was_united_is_hidden_together() {
    let site = Site::open().await;
    let mo = site.moderator("mo").await;
    let (_, stays) = publishes(&site, &mo, &[NAMED]).await;
    let (_, goes) = publishes(&site, &mo, &[NAMED, ("purpose", "safety")]).await;
    let hiding = mo.get(format!("/staff/cases/{goes}")).await.form("/visibility");
    let draft = merges(&mo, &stays, goes.as_str()).await.location();
    mo.get(&draft).await.form("/publish").tick_every("checked.").fill("reason", "One matter").send().await;
    site.works();
    let hiding = hiding.fill("reason", "names_private_person");
    hiding.clone().tick("visibility", "public").send().await.is(StatusCode::CONFLICT).shows("Decide on that one");
    let form = mo.get(format!("/staff/cases/{stays}")).await.form("/visibility").tick("visibility", "hidden");
    form.fill("reason", "names_private_person").send().await;
    site.works();
    for address in [
        format!("{stays}"),
        format!("{stays}.json"),
        format!("{goes}"),
        format!("{goes}.json"),
        format!("{goes}/r/1"),
        format!("{goes}/r/1.json"),
    ] {
        let gone = site.visitor().get(format!("/cases/{address}")).await.is(StatusCode::GONE);
        gone.does_not_show("finished contract");
    }
}

/// A case that names its place and one that does not are never united: together they would tell.
#[actix_web::test]
async fn a_named_case_and_an_unnamed_one_are_not_united() {
    let site = Site::open().await;
    let mo = site.moderator("mo").await;
    let (_, named) = publishes(&site, &mo, &[NAMED]).await;
    let (_, unnamed) = publishes(&site, &mo, &[("place_disclosure", "size_class")]).await;
    for (one, other) in [(&named, &unnamed), (&unnamed, &named)] {
        let again = merges(&mo, one, other.as_str()).await.redirects_to(format!("/staff/cases/{one}")).follow().await;
        again.shows("would give away what one of them holds back");
    }
    assert!(site.log().iter().all(|line| line.act != "case_merged"));
}

/// What was redacted in one of them stays out of sight in both, and what is redacted later goes from what was cited as well.
#[actix_web::test]
async fn redacted_words_stay_redacted_when_cases_are_united() {
    let site = Site::open().await;
    let mo = site.moderator("mo").await;
    let long = |words: &str| format!("The council was shown a {words} zwiebelturm. ").repeat(8);
    let (one, other) = (long("quantrell"), long("brandywine"));
    let (_, stays) = publishes(&site, &mo, &[NAMED, ("narrative", one.as_str())]).await;
    let (_, goes) = publishes(&site, &mo, &[NAMED, ("narrative", other.as_str())]).await;
    let redacts = |case: CaseId, words: &'static str| {
        let (words, reason) = (Words::of(words).unwrap(), "names_private_person".parse().unwrap());
        let (app, by) = (&site.app, site.founder());
        app.db.write(by.actor(), |tx| redact::redact(tx, app.vocabulary(), &case, &words, &reason)).unwrap();
    };
    site.visitor().get(format!("/cases/{goes}")).await.shows("brandywine zwiebelturm");
    redacts(goes.clone(), "brandywine");
    let draft = merges(&mo, &stays, goes.as_str()).await.location();
    mo.get(&draft).await.form("/publish").tick_every("checked.").fill("reason", "One matter").send().await;
    redacts(stays.clone(), "zwiebelturm");
    site.works();
    for address in [
        format!("{stays}"),
        format!("{stays}.json"),
        format!("{stays}/r/2/changes"),
        format!("{goes}/r/1"),
        format!("{goes}/r/1.json"),
    ] {
        let page = site.visitor().get(format!("/cases/{address}")).await.is(StatusCode::OK);
        page.does_not_show("brandywine").does_not_show("zwiebelturm");
    }
}

/// M10 M18: what is erased in a case does not come back by a merge that was under way, and whoever stepped aside from it has no part in one.
#[actix_web::test]
async fn a_merge_under_way_ends_when_words_are_erased_in_the_case_that_goes() {
    let site = Site::open().await;
    let (ada, mo, jo) = (site.administrator("ada").await, site.moderator("mo").await, site.moderator("jo").await);
    let (_, stays) = publishes(&site, &mo, &[NAMED]).await;
    let (_, goes) = publishes(&site, &mo, &[NAMED, ("purpose", "safety")]).await;
    let draft = merges(&mo, &stays, goes.as_str()).await.location();
    mo.get(&draft).await.is(StatusCode::OK);
    let page = jo.get(format!("/staff/cases/{goes}")).await.is(StatusCode::OK);
    page.form("/step-aside").send().await.is(StatusCode::SEE_OTHER);
    jo.get(&draft).await.is(StatusCode::UNPROCESSABLE_ENTITY);
    let form = ada.get(format!("/staff/cases/{goes}/erase")).await.form("/erase").fill("words", "finished contract");
    let form = form.fill("reason", "names_private_person").tick("sure", "yes").tick("step", "do");
    form.send().await.follow().await.shows("The words are erased.");
    mo.get(&draft).await.is(StatusCode::NOT_FOUND);
    site.works();
    site.visitor().get(format!("/cases/{stays}")).await.shows("finished contract");
}
