//! Filling in: the first page, the topics, every kind of field, the preview.

use casebook_core::codebook::{Codebook, In};
use reqwest::StatusCode;

use super::{account, begin, contribute, first_page, open, send};
use crate::site::{Site, markup::complaints};

#[actix_web::test]
async fn an_instance_without_staff_takes_no_accounts() {
    let site = Site::open().await;
    for path in ["/share", "/share/topics", "/share/preview", "/return"] {
        site.visitor().get(path).await.is(StatusCode::OK).shows("takes no accounts yet");
    }
    let somebody = site.visitor();
    somebody.post("/share", [("narrative", "text"), ("next", "topics")]).await.redirects_to("/share");
}

/// C1, C2, C3
#[actix_web::test]
async fn a_case_is_sent_without_account_name_or_script() {
    let site = open().await;
    let somebody = site.visitor();
    let page = somebody.get("/share").await.is(StatusCode::OK).does_not_show("<script");
    for word in ["e-mail", "employer", "job title", "your name"] {
        assert!(
            !page.texts("label, legend").iter().any(|label| label.to_lowercase().contains(word)),
            "asks for {word}"
        );
    }
    let words = contribute(&somebody).await;
    let other = site.visitor();
    super::come_back(&other, &words).await.redirects_to("/return/case").follow().await.shows("Received");
}

/// C2, C19: every topic with every part, as a page and as the codebook words it.
#[actix_web::test]
async fn every_field_of_the_codebook_is_asked_with_its_definition_and_example() {
    let site = open().await;
    let somebody = site.visitor();
    begin(&somebody).await;
    let book = Codebook::embedded();
    for (topic, path) in [
        ("agreement", "agreement"),
        ("vendors", "involvement"),
        ("viewpoints", "viewpoint"),
        ("viewpoints", "viewpoint.1.answer"),
        ("course", "timeline"),
        ("sources", "source"),
    ] {
        let page = somebody.get(format!("/share/topic/{topic}")).await.is(StatusCode::OK);
        let added = page.form("/share/topic/").tick("add", path).send().await;
        assert!(added.location().starts_with(&format!("/share/topic/{topic}#f-")), "{}", added.location());
    }
    for section in book.sections() {
        let page = somebody.get(format!("/share/topic/{}", section.code)).await.is(StatusCode::OK);
        assert_eq!(complaints(&page.body()), [""; 0], "{}", section.code);
        let asked = book.fields().iter().filter(|field| field.form && field.section.as_deref() == Some(&section.code));
        for field in asked.filter(|field| !matches!(field.within, In::Qualifier | In::Wrapper)) {
            let page = somebody.get(format!("/share/topic/{}", section.code)).await;
            page.shows(field.definition("en")).shows(field.example("en"));
        }
        let bare = page.attributes("form [name]:not([type=hidden]):not(button)", "autocomplete");
        let inputs = page.texts("form input:not([type=hidden]), form select, form textarea").len();
        assert_eq!(bare.iter().filter(|value| *value == "off").count(), inputs, "autocomplete in {}", section.code);
    }
}

/// C16
#[actix_web::test]
async fn every_coded_field_can_be_answered_in_five_ways() {
    let site = open().await;
    let somebody = site.visitor();
    begin(&somebody).await;
    let page = somebody.get("/share/topic/data").await.is(StatusCode::OK);
    let ways = page.attributes("input[name='retention.status']", "value");
    assert_eq!(ways, ["stated", "unknown", "not_applicable", "withheld", "disputed"]);
    let form = page.form("/share/topic/").fill("retention.status", "disputed").fill("purpose.status", "unknown");
    let more = form.fill("data_owner.status", "withheld").tick("next", "topics").send().await;
    let more = more.redirects_to("/share/topic/data?note=more").follow().await.shows("asks for more");
    let form = more
        .form("/share/topic/")
        .fill("retention", "unlimited")
        .fill("retention.said_by", "the contract")
        .fill("retention.second", "up_to_30_days")
        .fill("retention.second.said_by", "the press office")
        .fill("data_owner.ground", "trade_secret");
    form.tick("next", "topics").send().await.redirects_to("/share/topics");
    let preview = somebody.get("/share/preview").await.is(StatusCode::OK);
    let preview = preview.shows("Without end; the contract").shows("Up to 30 days; the press office");
    preview.shows("Trade secret").shows("Looked for, not found");
}

/// C2: one choice, several with qualifiers, number with year, date, text, amount, organisation, repeated parts.
#[actix_web::test]
async fn what_is_typed_into_every_kind_of_field_stands_in_the_preview() {
    let site = Site::with_first_cases().await;
    site.founder();
    let somebody = site.visitor();
    begin(&somebody).await;
    let what = somebody.get("/share/topic/what").await.form("/share/topic/");
    let what = what.tick("technology", "drone").fill("technology.drone.deployment_status", "pilot");
    what.tick("technology", "other")
        .fill("technology.other.own_words", "weather balloons")
        .tick("next", "topics")
        .send()
        .await
        .redirects_to("/share/topics");
    let page = somebody.get("/share/topic/agreement").await;
    page.form("/share/topic/").tick("add", "agreement").send().await;
    let agreement = somebody.get("/share/topic/agreement").await.form("/share/topic/");
    let agreement = agreement
        .fill("agreement.1.instrument", "contract")
        .fill("agreement.1.value", "1,200,000")
        .fill("agreement.1.value.currency", "EUR")
        .fill("agreement.1.term_start", "2018-03")
        .fill("agreement.1.renewal", "It goes on by itself.");
    agreement.tick("next", "topics").send().await.redirects_to("/share/topics");
    let page = somebody.get("/share/topic/vendors").await;
    page.form("/share/topic/").tick("add", "involvement").send().await;
    let vendors = somebody.get("/share/topic/vendors").await.form("/share/topic/");
    let vendors = vendors.fill("involvement.1.organisation", "Huawei").fill("involvement.1.role", "lead_partner");
    vendors.tick("next", "topics").send().await.redirects_to("/share/topics");
    somebody.get("/share/topic/vendors").await.shows("On record as Huawei");
    let named = somebody.get("/share/preview").await.form("/share/preview").fill("place_disclosure", "named");
    let preview = named.tick("next", "show").send().await.redirects_to("/share/preview").follow().await;
    let preview = preview.is(StatusCode::OK).shows("Duisburg").shows("Huawei").shows("weather balloons");
    let preview = preview.shows("How far it got: Pilot").shows("1,200,000 EUR").shows("2018-03");
    assert_eq!(complaints(&preview.shows("It goes on by itself.").body()), [""; 0]);
}

/// C17
#[actix_web::test]
async fn how_one_knows_is_asked_once_and_published_as_one_of_four() {
    let site = open().await;
    let somebody = site.visitor();
    let page = somebody.get("/share").await;
    assert_eq!(page.attributes("input[name=proximity]", "value").len(), 4);
    begin(&somebody).await;
    somebody.get("/share/preview").await.shows("2026-Q4");
}

/// C18: an address that is public already is completed from there, and one source supports several fields.
#[actix_web::test]
async fn a_source_is_entered_once_and_completed_where_it_is_known() {
    let site = Site::with_first_cases().await;
    site.founder();
    let case = site.app.db.read(casebook_core::cases::published::reference).unwrap().unwrap();
    let record: serde_json::Value =
        serde_json::from_str(&site.visitor().get(format!("/cases/{case}.json")).await.body()).unwrap();
    let known = record["sources"].as_array().unwrap().iter().find(|s| s["url"].is_string() && s["title"].is_string());
    let (address, title) = (known.unwrap()["url"].as_str().unwrap(), known.unwrap()["title"].as_str().unwrap());
    let somebody = site.visitor();
    begin(&somebody).await;
    let page = somebody.get("/share/topic/sources").await;
    page.form("/share/topic/").tick("add", "source").send().await;
    let sources = somebody.get("/share/topic/sources").await.form("/share/topic/").fill("source.1.url", address);
    sources.tick("next", "topics").send().await.redirects_to("/share/topics");
    somebody.get("/share/topic/sources").await.shows("on record already").shows(title);
    let what = somebody.get("/share/topic/what").await.form("/share/topic/");
    let what = what.tick("domain.sources", "1").tick("technology", "drone").tick("technology.sources", "1");
    what.tick("next", "topics").send().await.redirects_to("/share/topics");
    let named = somebody.get("/share/preview").await.form("/share/preview").fill("place_disclosure", "named");
    named.tick("next", "show").send().await.follow().await.shows(title);
}

/// C20, S13: the preview is what will be public, with marks; how many cities fit is said.
#[actix_web::test]
async fn the_preview_marks_what_could_lead_to_a_person_or_the_place() {
    let site = open().await;
    let somebody = site.visitor();
    let text = format!("{} In Duisburg I wrote to ann@example.org and rang +49 203 1234567 in 2018-Q3.", account());
    first_page(&somebody).await.fill("narrative", &text).tick("next", "topics").send().await;
    let preview = somebody.get("/share/preview").await.is(StatusCode::OK);
    let marked = preview.texts("mark.found");
    for (words, kind) in [("Duisburg", "place"), ("ann@example.org", "e-mail"), ("+49 203 1234567", "telephone")] {
        assert!(marked.iter().any(|mark| mark.starts_with(words) && mark.ends_with(kind)), "{marked:?}");
    }
    assert!(marked.iter().any(|mark| mark.starts_with("2018-Q3")), "{marked:?}");
    // The quarter of the account itself is public, and no finding.
    let preview = preview.shows("2026-Q4");
    assert!(!marked.iter().any(|mark| mark.starts_with("2026")), "{marked:?}");
    let preview = preview.shows("Germany").shows("Our gazetteer has").shows("of this size in Germany");
    assert!(!preview.texts(".preview .kicker")[0].contains("Duisburg"));
    let form = preview.form("/share/preview").fill("place_disclosure", "region").tick("licence", "yes");
    let again = form.tick("next", "send").send().await.redirects_to("/share/preview?note=level").follow().await;
    again.shows("chose another level").shows("of this size in Europe");
}

/// S13
#[actix_web::test]
async fn where_few_cities_fit_a_coarser_step_is_advised() {
    let site = open().await;
    let somebody = site.visitor();
    let form = first_page(&somebody).await.fill("city", "").fill("size_class", "over_1500k");
    form.tick("next", "topics").send().await.redirects_to("/share/topics");
    somebody.get("/share").await.shows("That is few").shows("the continent and the size only");
    // An airport has no size, and lies in or near a city of its country.
    let airport = somebody.get("/share").await.form("/share").fill("scope", "facility").fill("country", "LU");
    airport.tick("next", "topics").send().await.redirects_to("/share/topics");
    let page = somebody.get("/share/preview").await.shows("has 3 cities in Luxembourg");
    page.shows("That is few. Consider telling readers the continent only.").shows("3 cities fit");
    let page = somebody.get("/share").await.form("/share").fill("country", "DE").tick("next", "topics").send().await;
    page.redirects_to("/share/topics");
    somebody.get("/share/preview").await.shows("cities in Germany").does_not_show("That is few");
}

#[actix_web::test]
async fn several_cities_of_one_name_are_offered() {
    let site = open().await;
    let somebody = site.visitor();
    let form = first_page(&somebody).await.fill("country", "US").fill("city", "Springfield");
    let page = form.tick("next", "topics").send().await.redirects_to("/share").follow().await.shows("bear this name");
    let offered = page.attributes("select[name='city.geonames'] option, input[name='city.geonames']", "value");
    assert!(offered.len() > 2, "{offered:?}");
    let form = page.form("/share").fill("city.geonames", offered.last().unwrap());
    form.tick("next", "topics").send().await.redirects_to("/share/topics");
}

#[actix_web::test]
async fn parts_are_added_and_removed_by_plain_buttons_and_nothing_is_lost() {
    let site = open().await;
    let somebody = site.visitor();
    begin(&somebody).await;
    for _ in 0..2 {
        let page = somebody.get("/share/topic/course").await;
        page.form("/share/topic/").tick("add", "timeline").send().await;
    }
    let form = somebody.get("/share/topic/course").await.form("/share/topic/");
    let form = form.fill("timeline.1.text", "first step").fill("timeline.2.text", "second step");
    let removed = form.tick("remove", "timeline.1").send().await.redirects_to("/share/topic/course").follow().await;
    let removed = removed.does_not_show("first step").does_not_show("Step 2");
    assert_eq!(removed.form("/share/topic/").value("timeline.1.text"), Some("second step"));
}

#[actix_web::test]
async fn without_the_licence_nothing_is_sent() {
    let site = open().await;
    let somebody = site.visitor();
    begin(&somebody).await;
    let preview = somebody.get("/share/preview").await;
    let refused = preview.form("/share/preview").tick("next", "send").send().await;
    refused.redirects_to("/share/preview?note=licence").follow().await.shows("without your agreement");
    send(&somebody).await.shows("Received");
}
