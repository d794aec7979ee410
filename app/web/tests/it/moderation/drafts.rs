//! Working on a draft, sheet by sheet.

use reqwest::StatusCode;

use super::{NAMED, address, begins, sends};
use crate::site::{Answer, Site};

fn part(page: &Answer) -> String {
    page.attributes("fieldset.part", "id").pop().unwrap().replace("part.", "")
}

#[actix_web::test]
async fn parts_are_added_filled_in_and_taken_out_by_plain_buttons() {
    let site = Site::open().await;
    let mo = site.moderator("mo").await;
    let sent = sends(&site, &[NAMED]);
    begins(&mo, &sent.id).await;
    let sheet = format!("{}/edit/coded-decision", address(&sent.id));
    let page = mo.get(&sheet).await.is(StatusCode::OK).shows("There is nothing here yet.");
    let none = page.form(&sheet).tick("add", "statements").send().await.redirects_to(&sheet).follow().await;
    none.shows("choose a field first");
    let added = page.form(&sheet).fill("new.field", "driver").tick("add", "statements").send().await.follow().await;
    let driver = part(&added);
    let form = added.form(&sheet).fill(&format!("{driver}.value"), "council");
    let saved = form.fill(&format!("{driver}.qualifiers.stance"), "oppose").send().await.follow().await.shows("Saved.");
    assert_eq!(saved.form(&sheet).value(&format!("{driver}.value")), Some("council"));
    mo.get(format!("{}/preview", address(&sent.id))).await.shows("Council");

    let viewpoints = format!("{}/edit/viewpoints", address(&sent.id));
    let page = mo.get(&viewpoints).await.form(&viewpoints).tick("add", "viewpoints").send().await.follow().await;
    let concern = part(&page);
    let form = page.form(&viewpoints).fill(&format!("{concern}.topic"), "secrecy");
    let form =
        form.fill(&format!("{concern}.raised_by"), "resident").fill(&format!("{concern}.concern"), "Why so quiet?");
    let page = form.tick("add", &format!("{concern}.answers")).send().await.follow().await;
    let answer = part(&page);
    assert!(answer.starts_with(&format!("{concern}.answers.")), "{answer}");
    let gone = page.form(&viewpoints).tick("remove", &answer).send().await.follow().await;
    assert_eq!(part(&gone), concern);
    mo.get(format!("{}/preview", address(&sent.id))).await.shows("Why so quiet?");
}

/// Every problem at once, in words, and everything kept as it was typed.
#[actix_web::test]
async fn what_cannot_be_read_is_shown_again_with_every_problem() {
    let site = Site::open().await;
    let mo = site.moderator("mo").await;
    let sent = sends(&site, &[NAMED]);
    begins(&mo, &sent.id).await;
    let sheet = format!("{}/edit/head", address(&sent.id));
    let page = mo.get(&sheet).await;
    let long = "long ".repeat(120);
    let form = page.form(&sheet).fill("title", "").fill("summary", &long).fill("kind", "marriage");
    let again = form.send().await.redirects_to(&sheet).follow().await.is(StatusCode::OK);
    again.texts(".problems h2").iter().for_each(|title| assert!(title.contains('3'), "{title}"));
    let again = again.shows("This is needed.").shows("At most 500 characters").shows("Choose one of the list.");
    assert_eq!(again.form(&sheet).value("summary"), Some(long.as_str()));
    let page = mo.get(address(&sent.id)).await.shows("stand in the way of publication");
    page.form("/accept")
        .tick_every("checked.")
        .send()
        .await
        .follow()
        .await
        .shows("Not done: something in the draft is missing");
    let mended = again.form(&sheet).fill("title", "Duisburg: a contract").fill("summary", "").fill("kind", "agreement");
    mended.send().await.follow().await.shows("Saved.");
    mo.get(address(&sent.id)).await.does_not_show("in the way of publication").shows("Duisburg: a contract");
}

#[actix_web::test]
async fn unknown_sheets_and_submissions_are_not_found() {
    let site = Site::open().await;
    let mo = site.moderator("mo").await;
    let sent = sends(&site, &[NAMED]);
    mo.get(format!("{}/edit/head", address(&sent.id))).await.is(StatusCode::NOT_FOUND);
    begins(&mo, &sent.id).await;
    mo.get(format!("{}/edit/everything", address(&sent.id))).await.is(StatusCode::NOT_FOUND);
    mo.get("/staff/submissions/00000000000000000000000000").await.is(StatusCode::NOT_FOUND);
    mo.get("/staff/drafts/00000000000000000000000000").await.is(StatusCode::NOT_FOUND);
}

/// When a member leaves, what still lies under the old review key is sealed to the new one by whoever can open it.
#[actix_web::test]
async fn the_queue_says_what_is_to_be_sealed_again() {
    let site = Site::with_first_cases().await;
    let (mo, jo) = (site.moderator("mo").await, site.member("jo").await);
    let sent = sends(&site, &[NAMED]);
    begins(&mo, &sent.id).await;
    let case = site.app.db.read(casebook_core::cases::published::reference).unwrap().unwrap();
    mo.get(format!("/staff/cases/{case}")).await.form("/revise").send().await;
    mo.get("/staff/queue").await.does_not_show("review key");
    let by = site.founder();
    site.app.db.write(by.actor(), |tx| casebook_core::staff::remove(tx, &by, &jo.id)).unwrap();
    let left = || site.app.db.read(casebook_core::moderation::count_sealed_to_retired).unwrap();
    assert_eq!(left(), 3, "casebook doctor says so too");
    let due = mo.get("/staff/queue").await.shows("3 envelopes are still sealed to a review key");
    due.form("/reseal")
        .send()
        .await
        .follow()
        .await
        .shows("3 envelopes were sealed again.")
        .does_not_show("still sealed");
    assert_eq!(left(), 0);
    mo.get(address(&sent.id)).await.is(StatusCode::OK).shows("a finished contract");
    mo.get(format!("/staff/cases/{case}")).await.form("/revise").send().await.follow().await.is(StatusCode::OK);
}
