//! What moderators changed, as readers and contributors see it, and cases that stand in no list.

use casebook_core::cases::published;
use reqwest::StatusCode;

use crate::site::{Site, Visitor, addresses};

async fn revises(mo: &Visitor, case: &str, summary: &str, reason: &str) {
    let page = mo.get(format!("/staff/cases/{case}")).await.is(StatusCode::OK);
    let draft = page.form("/revise").send().await.location();
    let sheet = format!("{draft}/edit/head");
    mo.get(&sheet).await.form(&sheet).fill("summary", summary).send().await.follow().await.shows("Saved.");
    let form = mo.get(&draft).await.form("/publish").tick_every("checked.").fill("reason", reason);
    form.send().await.redirects_to(format!("/cases/{case}"));
}

fn reference(site: &Site) -> String {
    site.app.db.read(published::reference).unwrap().unwrap().to_string()
}

/// M6: readers see what a revision changed, field by field and word by word, with its reason.
#[actix_web::test]
async fn a_reader_sees_what_a_revision_changed_and_why() {
    let site = Site::with_first_cases().await;
    let mo = site.moderator("mo").await;
    let case = reference(&site);
    let reader = site.visitor();
    reader.get(format!("/cases/{case}/r/1/changes")).await.is(StatusCode::NOT_FOUND);
    revises(&mo, &case, "The city signed one contract.", "A shorter summary").await;
    revises(&mo, &case, "The city signed two contracts.", "It was two").await;
    site.works();
    let page = reader.get(format!("/cases/{case}")).await.is(StatusCode::OK);
    let links = page.attributes("#cite ul a", "href");
    assert!(links.contains(&format!("/cases/{case}/r/3/changes")) && !links.iter().any(|to| to.ends_with("1/changes")));

    let page = reader.get(format!("/cases/{case}/r/3/changes")).await.is(StatusCode::OK);
    let page = page.shows("The reason of revision 3: It was two").does_not_show("A shorter summary");
    assert_eq!(page.texts(".changes del"), ["taken out: one", "taken out: contract."]);
    assert_eq!(page.texts(".changes ins"), ["added: two", "added: contracts."]);
    assert!(crate::site::markup::complaints(&page.body()).is_empty());
    let form = page.form(&format!("/cases/{case}/r/3/changes")).fill("since", "1");
    let all = form.send().await.is(StatusCode::OK).shows("A shorter summary").shows("It was two");
    assert!(all.texts(".changes ins").iter().any(|words| words.contains("contracts.")));
    for (address, status) in [("3/changes?since=3", 400), ("3/changes?since=x", 400), ("4/changes", 404)] {
        reader.get(format!("/cases/{case}/r/{address}")).await.is(StatusCode::from_u16(status).unwrap());
    }

    let form = mo.get(format!("/staff/cases/{case}")).await.form("/visibility").tick("visibility", "hidden");
    form.fill("reason", "names_private_person").send().await;
    site.works();
    let reason = site.app.reason("names_private_person");
    let gone = reader.get(format!("/cases/{case}/r/3/changes")).await.is(StatusCode::GONE).shows(&reason);
    gone.does_not_show("two contracts");
    mo.get(format!("/cases/{case}/r/3/changes")).await.is(StatusCode::OK).shows("It was two");
}

/// What a revision under way would change is shown to nobody.
#[actix_web::test]
async fn a_draft_is_never_laid_beside_what_is_published() {
    let site = Site::with_first_cases().await;
    let mo = site.moderator("mo").await;
    let case = reference(&site);
    let draft = mo.get(format!("/staff/cases/{case}")).await.form("/revise").send().await.location();
    let sheet = format!("{draft}/edit/head");
    mo.get(&sheet).await.form(&sheet).fill("summary", "Not yet said.").send().await.follow().await.shows("Saved.");
    for reader in [site.visitor(), mo] {
        reader.get(format!("/cases/{case}/r/2/changes")).await.is(StatusCode::NOT_FOUND);
    }
}

/// M11: an unlisted case is found by its address, which says so and why; it stands in no other exit of the site map.
#[actix_web::test]
async fn an_unlisted_case_is_found_by_its_address_and_nowhere_else() {
    let site = Site::with_first_cases().await;
    let mo = site.moderator("mo").await;
    let case = reference(&site);
    let title = site.app.db.read(|r| published::find(r, &case.parse().unwrap(), published::Eyes::Public)).unwrap();
    let title = title.document.title.text;
    let reader = site.visitor();
    let mut exits: Vec<String> =
        addresses().into_iter().filter(|it| it.takes_get && !it.is_private()).map(|it| it.path).collect();
    // The vocabulary and the description of the read API name the reference case in examples, whatever became of it.
    let tells_anyway = |path: &str| {
        path == "/log" || ["/codebook", "/api/v1/codebook", "/api/v1/openapi"].iter().any(|it| path.starts_with(it))
    };
    let is_its_address = |path: &str| path.trim_start_matches("/api/v1").starts_with(&format!("/cases/{case}"));
    exits.retain(|path| !is_its_address(path) && !tells_anyway(path));
    exits.push("/cases?q=duisburg".to_owned());
    let others = site.app.db.read(published::ids).unwrap();
    exits.extend(others.iter().filter(|(id, _)| id.as_str() != case).map(|(id, _)| format!("/cases/{id}")));
    let where_it_stands = async || {
        let mut found = Vec::new();
        for path in &exits {
            let answer = reader.get(path).await;
            let body = answer.body();
            if body.contains(&case) || body.contains(&title) {
                found.push(path.as_str());
            }
        }
        found
    };
    let before = where_it_stands().await;
    for exit in ["/", "/cases", "/cases.csv", "/cases.jsonl", "/cases.atom", "/api/v1/cases", "/sitemap.xml"] {
        assert!(before.contains(&exit), "the control: {exit} is not among {before:?}");
    }
    let total = || async { reader.get("/cases").await.texts("ol.cases > li").len() };
    let count = total().await;

    let page = mo.get(format!("/staff/cases/{case}")).await.shows("Unlisted: found by its address only");
    let form = page.form("/visibility").tick("visibility", "unlisted");
    form.clone().send().await.follow().await.shows("Choose a reason from the list.");
    form.fill("reason", "error_under_review").send().await.redirects_to(format!("/staff/cases/{case}"));
    site.log_ends_with("case_unlisted");
    site.works();
    assert_eq!(where_it_stands().await, Vec::<&str>::new());
    assert_eq!(total().await, count - 1);
    let mut file = Vec::new();
    casebook_core::cases::transfer::export(&site.app.db, &mut file).unwrap();
    assert!(!String::from_utf8(file).unwrap().contains(&format!("\"id\":\"{case}\"")));

    let reason = site.app.reason("error_under_review");
    let page = reader.get(format!("/cases/{case}")).await.is(StatusCode::OK).shows("stands in no list").shows(&reason);
    assert_eq!(page.attributes("meta[name=robots]", "content"), ["noindex"]);
    let document = reader.get(format!("/cases/{case}.json")).await.is(StatusCode::OK);
    assert_eq!(document.header("x-robots-tag"), "noindex");
    document.shows("\"unlisted\":\"error_under_review\"");
    let document = reader.get(format!("/api/v1/cases/{case}")).await.is(StatusCode::OK);
    assert_eq!(document.header("x-robots-tag"), "noindex");
    document.shows("\"unlisted\":\"error_under_review\"");
    reader.get("/log").await.shows(&reason);
    mo.get(format!("/staff/cases/{case}"))
        .await
        .shows(&reason)
        .form("/visibility")
        .tick("visibility", "public")
        .send()
        .await;
    site.works();
    assert_eq!(where_it_stands().await, before);
}
