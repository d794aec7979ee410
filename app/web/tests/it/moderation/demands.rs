//! Demands to take something down, and what was done in each quarter in numbers.

use casebook_core::{cases::published, ids::CaseId};
use chrono::TimeDelta;
use reqwest::StatusCode;

use super::{NAMED, accepts, address, begins, sends};
use crate::site::{Answer, Site, TODAY, Visitor};

fn first_case(site: &Site) -> CaseId {
    site.app.db.read(published::reference).unwrap().unwrap()
}

pub(super) async fn demands(mo: &Visitor, case: &str) -> Answer {
    let form = mo.get("/staff/demands").await.is(StatusCode::OK).form("/staff/demands");
    let form = form.fill("received", "2026-11-02").fill("claimant", "company").fill("sought", "remove_words");
    form.fill("case", case).send().await.redirects_to("/staff/demands").follow().await
}

/// O16: a demand is on record with its day, the kind of claimant, what was demanded, the decision and a notice, and is shown beside the
/// case and the line of the log.
#[actix_web::test]
async fn a_demand_is_on_record_with_what_came_of_it() {
    let site = Site::with_first_cases().await;
    let mo = site.moderator("mo").await;
    let case = first_case(&site);
    let page = mo.get("/staff").await.link("Demands to take something down");
    let form = mo.get(page).await.shows("No demand came so far.").form("/staff/demands");
    let wrong = form.fill("received", "2026-12-24").fill("case", "no case").send().await.follow().await;
    let wrong = wrong.shows("Give a day that is not in the future").shows("Choose one of the list.");
    wrong.shows("There is no published case with this id.");
    demands(&mo, "00000000").await.shows("There is no published case with this id.");
    let page = demands(&mo, case.as_str()).await.shows("The demand is on record.");
    site.log_ends_with("demand_recorded");
    let open = site.visitor().get("/transparency").await.is(StatusCode::OK);
    open.shows("2026-11-02: Company").shows("Remove words").shows("not decided yet");
    site.visitor().get(format!("/cases/{case}")).await.does_not_show("Demands about this case");

    let decide = page.link("2026-11-02: Company");
    let form = mo.get(&decide).await.is(StatusCode::OK).form("/staff/demands/");
    let wrong = form.clone().send().await.follow().await;
    wrong.shows("Choose one of the list.").shows("Write a notice for readers.");
    let form = form.fill("outcome", "refused").fill("notice", "The sentence quotes a <council> paper.");
    form.clone().send().await.follow().await.shows("The demand is decided.");
    site.log_ends_with("demand_decided");
    form.send().await.is(StatusCode::CONFLICT);
    let public = site.visitor().get("/transparency").await.shows("The sentence quotes a <council> paper.");
    let public = public.shows(&format!("Refused, {TODAY}."));
    let about = site.visitor().get(format!("/cases/{case}")).await.shows("Demands about this case");
    let notice = about.shows("2026-11-02: Company, Remove words. Refused.").link("Notice");
    let anchor = notice.split_once('#').unwrap().1.to_owned();
    assert!(public.attributes("article", "id").contains(&anchor));
    let log = site.visitor().get("/log").await.shows("Demand decided").shows("Refused").shows("Demand received");
    assert_eq!(log.attributes("ol.log a[href*=transparency]", "href"), [notice.clone(), notice]);
    assert_eq!(log.attributes("ol.log a[href*=cases]", "href").len(), 2);
}

/// M8: a demand that is about nothing published names no case.
#[actix_web::test]
async fn a_demand_about_nothing_published_tells_of_no_case() {
    let site = Site::with_first_cases().await;
    let mo = site.moderator("mo").await;
    demands(&mo, "").await.shows("The demand is on record.");
    let log = site.visitor().get("/log").await.shows("Demand received: Company");
    assert!(log.attributes("ol.log a[href*=cases]", "href").is_empty());
}

/// M9 M10: the notice of a demand tells no words that were redacted or erased in the case that it is about.
#[actix_web::test]
async fn a_notice_tells_no_words_that_were_taken_out_of_its_case() {
    let site = Site::with_first_cases().await;
    let (ada, mo) = (site.administrator("ada").await, site.moderator("mo").await);
    let case = first_case(&site);
    let page = demands(&mo, case.as_str()).await;
    let form = mo.get(page.link("2026-11-02: Company")).await.form("/staff/demands/");
    form.fill("outcome", "complied").fill("notice", "It named Duisburg-Ruhrorts harbour.").send().await;
    let told = || async { site.visitor().get("/transparency").await };
    told().await.shows("Ruhrorts");
    let redact = mo.get(format!("/staff/cases/{case}/redact")).await.form("/redact");
    redact.fill("words", "Ruhrort").fill("reason", "legal_demand").tick("step", "do").send().await;
    told().await.does_not_show("Ruhrort").shows("‹redacted: legal demand› harbour");
    let erase = ada.get(format!("/staff/cases/{case}/erase")).await.form("/erase");
    let erase = erase.fill("words", "Ruhrort").fill("reason", "legal_demand").tick("sure", "yes").tick("step", "do");
    erase.send().await.follow().await.shows("The words are erased.");
    site.works();
    told().await.does_not_show("Ruhrort").shows("‹erased: legal demand› harbour");
    assert!(crate::site::traces::found(&site, "Ruhrort").is_empty());
}

fn count(page: &Answer, quarter: &str, what: &str) -> String {
    let rows = page.texts(&format!("section[aria-labelledby=\"q-{quarter}\"] tr"));
    let row = rows.iter().find_map(|row| row.strip_prefix(what)).unwrap_or_else(|| panic!("no {what} in {rows:?}"));
    row.trim().to_owned()
}

/// O15: received, published, declined by reason, redactions, erasures, hidden cases and demands, per quarter; what was received and taken
/// back is told only when the quarter is over.
#[actix_web::test]
async fn each_quarter_is_told_in_numbers() {
    let site = Site::with_first_cases().await;
    let (ada, mo) = (site.administrator("ada").await, site.moderator("mo").await);
    site.visitor().get("/transparency").await.is(StatusCode::OK).shows("Nothing yet.");
    let (declined, published, _waiting) = (sends(&site, &[]), sends(&site, &[NAMED]), sends(&site, &[]));
    for sent in [&declined, &published] {
        begins(&mo, &sent.id).await;
    }
    mo.get(address(&declined.id)).await.form("/decline").fill("reason", "off_topic").send().await;
    accepts(&mo, &published.id).await;
    site.works();
    let case = first_case(&site);
    let page = mo.get(format!("/staff/cases/{case}/redact")).await.form("/redact");
    page.fill("words", "Rhine").fill("reason", "party_request").tick("step", "do").send().await;
    let page = ada.get(format!("/staff/cases/{case}/erase")).await.form("/erase").tick("sure", "yes");
    page.fill("words", "memorandum").fill("reason", "legal_demand").tick("step", "do").send().await;
    let page = mo.get(format!("/staff/cases/{case}")).await;
    page.form("/visibility").fill("reason", "source_at_risk").tick("visibility", "hidden").send().await;
    demands(&mo, "").await;
    site.works();

    let footer = site.visitor().get("/").await.link("Transparency");
    let running = site.visitor().get(&footer).await.is(StatusCode::OK).shows("(not over yet)");
    for (what, times) in [
        ("Accounts received", "when the quarter is over"),
        ("of them taken back by their authors", "when the quarter is over"),
        ("Cases published", "1"),
        ("Accounts declined", "1"),
        ("Off topic", "1"),
        ("Words redacted", "1"),
        ("Request of a party", "1"),
        ("Words erased", "1"),
        ("Legal demand", "1"),
        ("Cases hidden", "1"),
        ("Source at risk", "1"),
        ("Demands received", "1"),
        ("Company", "1"),
        ("Demands decided", "0"),
    ] {
        assert_eq!(count(&running, "2026-Q4", what), times, "{what}");
    }
    site.clock.advance(TimeDelta::days(45));
    site.works();
    let over = site.visitor().get("/transparency").await.does_not_show("(not over yet)");
    assert_eq!(count(&over, "2026-Q4", "Accounts received"), "3");
    assert_eq!(count(&over, "2026-Q4", "of them taken back by their authors"), "0");
    site.visitor().get("/sitemap.xml").await.shows("/transparency").shows("/log");
}
