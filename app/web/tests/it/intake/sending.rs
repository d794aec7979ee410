//! Before sending: marks, likely duplicates, who could have known, a later day, and adding to a published case.

use casebook_core::intake::{State, review};
use reqwest::StatusCode;

use super::{account, begin, first_page, open, send};
use crate::site::{Answer, Site, Visitor};

/// The published case of Duisburg and Huawei, the reference of the first cases.
async fn with_duisburg() -> (Site, String) {
    let site = Site::with_first_cases().await;
    site.founder();
    let reference = site.app.db.read(casebook_core::cases::published::reference).unwrap().unwrap();
    (site, reference.to_string())
}

/// Says that a company takes part.
async fn names_vendor(somebody: &Visitor, name: &str) {
    let page = somebody.get("/share/topic/vendors").await.is(StatusCode::OK);
    let added = page.form("/share/topic/vendors").tick("add", "involvement").send().await.follow().await;
    let form = added.form("/share/topic/vendors").fill("involvement.1.organisation", name);
    form.fill("involvement.1.role", "lead_partner").tick("next", "topics").send().await.is(StatusCode::SEE_OTHER);
}

/// C20: everything that could lead to a person is marked in every text, says what it is and what can be done.
#[actix_web::test]
async fn the_preview_marks_what_could_lead_to_a_person_and_says_what_to_do() {
    let site = open().await;
    let somebody = site.visitor();
    let telling = format!(
        "{} Write to anna@stadt.example or call +49 203 283-0000, pay DE89 3704 0044 0532 0130 00. It lay in C:\\Users\\anna\\offer.docx and on \
         https://files.example/~anna/. On 17 January 2018 they paid 1,234,567 EUR. Frau Anna Meyer was on the train to Rotterdam.\n\nKind regards,\nJo Winter",
        account()
    );
    let saved = first_page(&somebody).await.fill("narrative", &telling).tick("next", "send").send().await;
    let page = saved.redirects_to("/share/preview").follow().await.is(StatusCode::OK);
    let kinds = page.texts("mark.found small");
    for kind in [
        "e-mail",
        "telephone",
        "account number",
        "file path",
        "names a person",
        "exact date",
        "exact amount",
        "name of a person",
        "city",
    ] {
        assert!(kinds.iter().any(|shown| shown == kind), "{kind}: {kinds:?}");
    }
    let page = page.shows("an account number").shows("Write the office instead of the name");
    page.shows("a round figure").shows("Marks are a help, not a guarantee");
    let plain = first_page(&somebody).await.tick("next", "send").send().await.follow().await;
    let kinds = plain.texts("mark.found small");
    assert!(kinds.is_empty(), "nothing is marked where nothing tells: {kinds:?}");
}

/// The form of the preview with an answer to how many could have known it.
async fn sends_as_known_to(page: &Answer, knowers: &str) -> Answer {
    let form = page.form("/share/preview").fill("knowers", knowers).fill("publication_delay", "three_months");
    form.tick("licence", "yes").tick("next", "send").send().await
}

/// C21 C22: where few could have known it the preview says what would blur it, once; the answer and the delay travel sealed and are in no column.
#[actix_web::test]
async fn a_small_circle_is_advised_once_and_told_to_the_moderators_alone() {
    let site = open().await;
    let somebody = site.visitor();
    begin(&somebody).await;
    let page = somebody.get("/share/preview").await.is(StatusCode::OK).shows("How many people could have known this?");
    let page = page.does_not_show("That is few.");
    let advised = sends_as_known_to(&page, "under_ten").await.redirects_to("/share/preview?note=few").follow().await;
    let advised = advised.is(StatusCode::OK).shows("Not sent yet").shows("That is few.");
    let ways = advised.attributes("#knowers .help a", "href");
    assert_eq!(ways, ["#delay", "/share/topic/course", "/share", "#level"]);
    sends_as_known_to(&advised, "under_ten").await.redirects_to("/share/words");
    let sent = site.app.db.read(|r| review::list(r, &[State::Received])).unwrap();
    let plain = format!("{sent:?}");
    assert!(!plain.contains("under_ten") && !plain.contains("three_months"), "{plain}");
    let mo = site.moderator("mo").await;
    let page = mo.get(format!("/staff/submissions/{}", sent[0].id)).await.is(StatusCode::OK);
    page.shows("fewer than ten").shows("Three months more");
}

/// C22: the contributor sees roughly when it would be published.
#[actix_web::test]
async fn the_preview_says_roughly_when_it_would_be_published() {
    let site = Site::open_with(|config| {
        config.accounts.delay_days = 7;
        config.accounts.jitter_days = 14;
        config.accounts.batches = casebook_core::config::Batches::Quarterly;
    })
    .await;
    site.founder();
    let somebody = site.visitor();
    begin(&somebody).await;
    let page = somebody.get("/share/preview").await.shows("published in 2027-01");
    let later = page.form("/share/preview").fill("publication_delay", "six_months").tick("next", "show").send().await;
    later.redirects_to("/share/preview").follow().await.shows("published in 2027-07");
}

/// C14: with city and vendor of a named case it is shown before sending; without the vendor, or in another city, it is not. Looking leaves no trace.
#[actix_web::test]
async fn likely_duplicates_are_shown_before_sending() {
    let (site, case) = with_duisburg().await;
    let somebody = site.visitor();
    begin(&somebody).await;
    somebody.get("/share/preview").await.is(StatusCode::OK).does_not_show("This may be told already");
    names_vendor(&somebody, "Huawei").await;
    let before = (site.log().len(), site.app.db.read(casebook_core::jobs::waiting).unwrap());
    somebody.get("/share/preview").await.is(StatusCode::OK).shows("This may be told already").shows(&case);
    assert_eq!((site.log().len(), site.app.db.read(casebook_core::jobs::waiting).unwrap()), before);
    let elsewhere = first_page(&somebody).await.fill("city", "Dortmund").tick("next", "topics").send().await;
    elsewhere.is(StatusCode::SEE_OTHER);
    somebody.get("/share/preview").await.is(StatusCode::OK).does_not_show(&case);
}

/// C15: from the page of a case the form begins with its place and vendors, and shows what the case lacks; no address tells which case it is.
#[actix_web::test]
async fn adding_to_a_case_fills_in_what_is_known_and_shows_what_is_empty() {
    let (site, case) = with_duisburg().await;
    let somebody = site.visitor();
    let page = somebody.get(format!("/cases/{case}")).await.is(StatusCode::OK);
    let begun = page.form("/share/addition").tick("next", "add").send().await.redirects_to("/share/addition");
    let shown = begun.follow().await.is(StatusCode::OK).shows(&case).shows("Nothing known yet").shows("Known");
    assert!(!shown.texts("ul.gaps li").is_empty());
    let form = somebody.get("/share").await.form("/share");
    assert_eq!(
        (form.value("scope"), form.value("country"), form.value("city")),
        (Some("municipality"), Some("DE"), Some("Duisburg"))
    );
    let vendors = somebody.get("/share/topic/vendors").await.form("/share/topic/vendors");
    assert!(vendors.value("involvement.1.organisation").is_some_and(|name| name.contains("Huawei")));
    let form = form.tick("domain", "mobility").fill("narrative", &account()).fill("proximity", "took_part");
    form.tick("next", "send").send().await.redirects_to("/share/preview");
    let preview = somebody.get("/share/preview").await.is(StatusCode::OK).shows("adds to the published case");
    assert!(preview.texts("#level").is_empty(), "the place stays as the case has it");
    send(&somebody).await;
    let sent = site.app.db.read(|r| review::list(r, &[State::Received])).unwrap();
    assert_eq!(
        (sent[0].kind.as_str(), sent[0].case.as_ref()),
        ("addition", None),
        "the case lies sealed until published"
    );
}

/// C15: a form that is open already takes the number; a number of no case changes nothing, and it can stand alone again.
#[actix_web::test]
async fn a_case_is_chosen_by_its_number_and_can_be_left_again() {
    let (site, case) = with_duisburg().await;
    let somebody = site.visitor();
    begin(&somebody).await;
    let page = somebody.get("/share/addition").await.is(StatusCode::OK);
    let wrong = page.form("/share/addition").fill("case", "no number").tick("next", "add").send().await;
    wrong.redirects_to("/share/addition?note=no-such-case").follow().await.shows("Nothing was changed.");
    let address = format!("https://casebook.example/cases/{}", case.to_lowercase());
    page.form("/share/addition")
        .fill("case", &address)
        .tick("next", "add")
        .send()
        .await
        .redirects_to("/share/addition");
    somebody.get("/share/topics").await.shows(&case);
    let page = somebody.get("/share/addition").await;
    page.form("/share/addition").tick("next", "alone").send().await.redirects_to("/share/topics?note=alone");
    somebody.get("/share/topics").await.does_not_show(&case);
    send(&somebody).await;
}
