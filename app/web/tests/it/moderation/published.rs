//! What is done with published cases.

use casebook_core::{
    cases::{self, published},
    db::Actor,
    ids::CaseId,
};
use reqwest::StatusCode;

use crate::site::{Site, Visitor};

fn first_case(site: &Site) -> CaseId {
    site.app.db.read(published::reference).unwrap().unwrap()
}

async fn revises(mo: &Visitor, case: &CaseId) -> String {
    let page = mo.get(format!("/staff/cases/{case}")).await.is(StatusCode::OK);
    page.form("/revise").send().await.location()
}

#[actix_web::test]
async fn a_hidden_case_is_gone_for_visitors_but_stays_visible_to_moderators() {
    let site = Site::with_first_cases().await;
    let mo = site.moderator("mo").await;
    let case = first_case(&site);
    site.visitor().get(format!("/cases/{case}")).await.does_not_show("Revise, hide or show");
    let link = mo.get(format!("/cases/{case}")).await.link("Revise, hide or show this case");
    let page = mo.get(link).await.shows("public");
    let form = page.form("/visibility").tick("visibility", "hidden");
    form.clone().send().await.follow().await.shows("Choose a reason from the list.");
    site.visitor().get(format!("/cases/{case}")).await.is(StatusCode::OK);
    form.fill("reason", "names_private_person").send().await.redirects_to(format!("/staff/cases/{case}"));
    site.log_ends_with("case_hidden");
    site.works();
    let reason = site.app.reason("names_private_person");
    site.visitor().get(format!("/cases/{case}")).await.is(StatusCode::GONE).shows(&reason);
    site.visitor().get("/cases").await.does_not_show(case.as_str());
    mo.get(format!("/cases/{case}")).await.is(StatusCode::OK).shows(&reason);
    site.visitor().get("/log").await.shows("Hidden").shows(&reason).shows("mo the watcher");

    let page = mo.get(format!("/staff/cases/{case}")).await.shows("hidden");
    page.form("/visibility").tick("visibility", "public").send().await;
    site.log_ends_with("case_shown");
    site.works();
    site.visitor().get(format!("/cases/{case}")).await.is(StatusCode::OK);
}

#[actix_web::test]
async fn a_revision_is_published_with_its_reason_and_the_old_one_stays_citable() {
    let site = Site::with_first_cases().await;
    let mo = site.moderator("mo").await;
    let case = first_case(&site);
    let draft = revises(&mo, &case).await;
    assert_eq!(revises(&mo, &case).await, draft, "one draft at a time");
    let sheet = format!("{draft}/edit/head");
    let form = mo.get(&sheet).await.is(StatusCode::OK).form(&sheet).fill("summary", "Told anew.");
    form.send().await.follow().await.shows("Saved.");
    site.visitor().get(format!("/cases/{case}")).await.does_not_show("Told anew.");
    let page = mo.get(&draft).await.is(StatusCode::OK).does_not_show("in the way of publication");
    mo.get(format!("{draft}/preview")).await.shows("Told anew.");
    page.form("/publish")
        .tick_every("checked.")
        .send()
        .await
        .follow()
        .await
        .shows("Say in one line why it is revised.");
    let form = page.form("/publish").tick_every("checked.").fill("reason", "A clearer summary");
    form.send().await.redirects_to(format!("/cases/{case}")).follow().await.shows("Told anew.");
    site.works();
    site.visitor().get(format!("/cases/{case}/r/1")).await.is(StatusCode::OK).does_not_show("Told anew.");
    site.log_ends_with("case_revised");
    mo.get(&draft).await.is(StatusCode::NOT_FOUND);
}

#[actix_web::test]
async fn a_revision_of_a_case_that_moved_on_is_refused() {
    let site = Site::with_first_cases().await;
    let mo = site.moderator("mo").await;
    let case = first_case(&site);
    let draft = revises(&mo, &case).await;
    let app = &site.app;
    let mut document = app.db.read(|r| published::find(r, &case, published::Eyes::Public)).unwrap().document;
    document.revision += 1;
    let checked = app.vocabulary().check(document).unwrap();
    app.db.write(Actor::System, |tx| cases::revise(tx, app.vocabulary(), &checked, 1, None)).unwrap();
    site.works();
    let form = mo.get(&draft).await.form("/publish").tick_every("checked.").fill("reason", "Too late");
    form.send().await.is(StatusCode::CONFLICT);
    let fresh = revises(&mo, &case).await;
    assert_ne!(fresh, draft);
    let page = mo.get(&fresh).await.is(StatusCode::OK);
    page.form("/discard").send().await.redirects_to("/staff/queue");
    mo.get(&fresh).await.is(StatusCode::NOT_FOUND);
}

/// Every first case can be revised: whatever a document holds, its sheets show and keep it.
#[actix_web::test]
async fn every_sheet_of_every_first_case_is_a_sound_page_and_loses_nothing() {
    let site = Site::with_first_cases().await;
    let mo = site.moderator("mo").await;
    for (case, _) in site.app.db.read(published::ids).unwrap() {
        let draft = revises(&mo, &case).await;
        let page = mo.get(&draft).await.is(StatusCode::OK).does_not_show("in the way of publication");
        for sheet in page.attributes("nav ul.plain a", "href") {
            let page = mo.get(&sheet).await.is(StatusCode::OK);
            let complaints = crate::site::markup::complaints(&page.body());
            assert!(complaints.is_empty(), "{sheet}: {complaints:?}");
        }
    }
}
