//! What was redacted, erased or hidden is told by no exit of the site.

mod walk;

use std::fs;

use casebook_core::{
    cases::{
        self,
        document::{Document, Source, Text, Translation, Translator},
        published::{self, Eyes},
        transfer::{self, Existing},
    },
    db::Actor,
    ids::CaseId,
    intake::{State, review},
    moderation::Draft,
    testing::dump,
};
use reqwest::StatusCode;

use self::walk::{exits, exported, holds, searches, walk};
use super::{NAMED, accepts, address, begins, sends, state_of, submissions};
use crate::site::{Answer, Site, Visitor, traces};

/// Two words that stand nowhere else.
const WORDS: [&str; 2] = ["Quantrell", "Müßiggard"];
const PHRASE: &str = "Quantrell Müßiggard";
/// A word of the same case that may stay.
const HARMLESS: &str = "lanternpost";

/// An account was published and then revised; the words stand in every place where words can stand.
async fn told(site: &Site, mo: &Visitor) -> CaseId {
    let narrative =
        format!("It was **Quantrell Müßiggard** who signed for the {HARMLESS}. {}", "So it went on. ".repeat(20));
    let sent = sends(site, &[NAMED, ("narrative", &narrative)]);
    begins(mo, &sent.id).await;
    accepts(mo, &sent.id).await;
    site.works();
    let case = submissions(site).into_iter().find_map(|submission| submission.case).unwrap();
    let app = &site.app;
    let mut document = app.db.read(|r| published::find(r, &case, Eyes::Moderator)).unwrap().document;
    document.revision = 2;
    say_everywhere(&mut document);
    let checked = app.vocabulary().check(document).unwrap();
    let reason = format!("{PHRASE} is spelt with two words");
    app.db.write(Actor::System, |tx| cases::revise(tx, app.vocabulary(), &checked, 1, Some(&reason))).unwrap();
    site.works();
    case
}

fn say_everywhere(document: &mut Document) {
    let reference: Document = serde_json::from_str(&reference()).unwrap();
    document.title.text = format!("{} and the lights", PHRASE.to_uppercase());
    let translation = Some(Translation { from: "de".to_owned(), by: Translator::Human });
    let summary = Text::new("Signed by quantrell-muessiggard.", "en");
    document.summary = Some(Text { original: Some(PHRASE.to_owned()), translation, ..summary });
    document.viewpoints = reference.viewpoints.into_iter().take(1).collect();
    document.viewpoints[0].concern.text = "Why did the Quantrell\nMüßiggards sign?".to_owned();
    document.viewpoints[0].speaker = Some(PHRASE.to_owned());
    document.viewpoints[0].sources.clear();
    document.viewpoints[0].answers.clear();
    let source = r#"{"id":"s77","kind":"news","title":"On Quantrell M&uuml;&szlig;iggard","publisher":"The post",
        "url":"https://news.example/quantrell-m%C3%BC%C3%9Figgard","reliability":"established"}"#;
    document.sources.push(serde_json::from_str::<Source>(source).unwrap());
}

fn reference() -> String {
    let line = include_str!("../../../../../config/seeds/reference.jsonl").lines().last().unwrap();
    line.replacen("\"record\":\"case\",", "", 1)
}

async fn removes(by: &Visitor, case: &CaseId, act: &str) -> Answer {
    let page = by.get(format!("/staff/cases/{case}/{act}")).await.is(StatusCode::OK);
    let form = page.form(&format!("/{act}")).fill("words", PHRASE).fill("reason", "names_private_person");
    let form = if act == "erase" { form.tick("sure", "yes") } else { form };
    form.tick("step", "do").send().await.redirects_to(format!("/staff/cases/{case}/{act}"))
}

/// The exits that must tell the words before anything is done, or the walk looks in the wrong places. The first page shows some of the new
/// cases, by chance this one.
fn must_tell(case: &CaseId) -> Vec<String> {
    let paths =
        ["", ".json", "/r/1", "/r/2", "/r/1.json", "/r/2.json", ".atom"].map(|rest| format!("/cases/{case}{rest}"));
    let read = ["", "/revisions", "/revisions/1", "/revisions/2"].map(|rest| format!("/api/v1/cases/{case}{rest}"));
    let lists = ["", ".csv", ".jsonl", ".json", ".xlsx", ".parquet", ".zip", ".atom"];
    let lists = lists.map(|ending| format!("/cases{ending}")).into_iter().chain(["/api/v1/cases".to_owned()]);
    let found = ["/cases", "/cases.jsonl", "/api/v1/cases"].map(|page| format!("{page}?q={HARMLESS}"));
    let side_by_side =
        ["/compare", "/compare.csv", "/compare.xlsx"].map(|page| format!("{page}?case={case}&case=7K2MQX4T"));
    paths.into_iter().chain(read).chain(lists).chain(found).chain(side_by_side).collect()
}

/// The control: the same walk finds the words where they are told.
async fn all_is_told(site: &Site, case: &CaseId) -> Vec<String> {
    let found = walk(&site.visitor(), &exits(case, 2, HARMLESS), &WORDS).await;
    let silent: Vec<_> = must_tell(case).into_iter().filter(|exit| !found.contains(exit)).collect();
    assert!(silent.is_empty(), "the walk misses what is told at {silent:?}");
    assert!(holds(&exported(site), &WORDS) && searches(site, case, &WORDS).await.len() > 10);
    assert!(!searches_in_titles(site, case).await.is_empty());
    found
}

async fn nothing_is_told(site: &Site, case: &CaseId) {
    let found = walk(&site.visitor(), &exits(case, 2, HARMLESS), &WORDS).await;
    assert!(found.is_empty(), "still told at {found:#?}");
    let exported = exported(site);
    assert!(!holds(&exported, &WORDS), "the export tells it");
    assert_eq!(searches(site, case, &WORDS).await, [""; 0]);
    // What was exported can be imported: it is still a whole collection.
    let read = transfer::read("export", Box::new(|| Ok(Box::new(exported.as_bytes()))), site.app.vocabulary()).unwrap();
    transfer::import(&site.app.db, site.app.vocabulary(), &read, Existing::Replace, &Actor::System, &mut |_| ())
        .unwrap();
    site.works();
}

/// The searches that lead to the case while the text index is away and words are looked for in titles.
async fn searches_in_titles(site: &Site, case: &CaseId) -> Vec<String> {
    let (index, away) = (site.folder().join("index"), site.folder().join("away"));
    fs::rename(&index, &away).unwrap();
    let found = searches(site, case, &WORDS).await;
    fs::rename(away, index).unwrap();
    found
}

/// M9 O8: redacted words are told by no exit, in no format and by no search; a placeholder says why, moderators see them as redacted, and
/// lifted they are told again.
#[actix_web::test]
async fn redacted_words_are_told_nowhere_until_they_are_shown_again() {
    let site = Site::with_first_cases().await;
    let mo = site.moderator("mo").await;
    let case = told(&site, &mo).await;
    let before = all_is_told(&site, &case).await;
    removes(&mo, &case, "redact").await.follow().await.shows("The words are redacted.").shows(PHRASE);
    site.log_ends_with("case_redacted");
    site.works();

    assert_eq!(searches_in_titles(&site, &case).await, [""; 0]);
    let visitor = site.visitor();
    for page in ["", "/r/1", ".json"].map(|rest| format!("/cases/{case}{rest}")) {
        visitor.get(page).await.is(StatusCode::OK).shows("‹redacted: names private person›");
    }
    visitor.get("/cases.csv").await.shows("‹redacted: names private person›");
    mo.get(format!("/cases/{case}")).await.shows("QUANTRELL MÜSSIGGARD: redacted, names private person");
    visitor.get("/log").await.shows("Words redacted").shows("Names a private person").shows(case.as_str());
    let told_by_chain = dump(&site.app.db).into_iter().filter(|(column, _)| column.starts_with("audit"));
    assert!(told_by_chain.into_iter().all(|(_, value)| !holds(&value, &WORDS)), "the chain holds the words");

    let page = mo.get(format!("/staff/cases/{case}/redact")).await;
    page.form("/lift").send().await.follow().await.shows("The words are shown again.");
    site.works();
    assert_eq!(walk(&site.visitor(), &exits(&case, 2, HARMLESS), &WORDS).await, before);
    removes(&mo, &case, "redact").await;
    site.works();
    nothing_is_told(&site, &case).await;
}

/// M9: what is redacted stays so in the next revision, whose draft holds the words as they are.
#[actix_web::test]
async fn the_next_revision_keeps_what_is_redacted_out_of_sight() {
    let site = Site::with_first_cases().await;
    let mo = site.moderator("mo").await;
    let case = told(&site, &mo).await;
    removes(&mo, &case, "redact").await;
    let page = mo.get(format!("/staff/cases/{case}")).await;
    let draft = page.form("/revise").send().await.location();
    let sheet = mo.get(format!("{draft}/edit/head")).await.is(StatusCode::OK).does_not_show("redacted:");
    assert!(sheet.body().contains("QUANTRELL"));
    let page = mo.get(&draft).await.is(StatusCode::OK).does_not_show("in the way of publication");
    let published = page.form("/publish").tick_every("checked.").fill("reason", "Read again").send().await;
    published.redirects_to(format!("/cases/{case}"));
    site.works();
    let found = walk(&site.visitor(), &exits(&case, 3, HARMLESS), &WORDS).await;
    assert_eq!(found, [""; 0]);
    site.visitor().get(format!("/cases/{case}/r/3")).await.is(StatusCode::OK).shows("‹redacted");
}

/// The words are looked for first, and every problem is said at once.
#[actix_web::test]
async fn a_moderator_sees_where_the_words_stand_before_they_go() {
    let site = Site::with_first_cases().await;
    let mo = site.moderator("mo").await;
    let case = told(&site, &mo).await;
    let page = mo.get(format!("/staff/cases/{case}")).await;
    let page = mo.get(page.link("Redact or erase words")).await.is(StatusCode::OK);
    let form = page.form("/redact");
    let looked = form.clone().fill("words", "quantrell").tick("step", "look").send().await.follow().await;
    looked.shows("They stand in").shows("(revision 2)").shows("(revision 1, 2)").shows("who signed for the");
    let nowhere = form.clone().fill("words", "Rumpelstilz").tick("step", "look").send().await.follow().await;
    nowhere.shows("No revision of this case holds these words.");
    let wrong = form.clone().fill("words", "-").tick("step", "do").send().await.follow().await;
    wrong.shows("Give words with at least two letters.").shows("Choose a reason from the list.");
    removes(&mo, &case, "redact").await;
    site.works();
    let again = removes(&mo, &case, "redact").await.follow().await.shows("These words are redacted already.");
    assert_eq!(again.form("/redact").value("words"), Some(PHRASE));
    mo.get(format!("/staff/cases/{case}/erase")).await.is(StatusCode::FORBIDDEN);
}

/// M10 O8: erased words are told by no exit to anybody, and lie nowhere in the database's files, the text index or the log; what was sealed
/// of the case is destroyed, its documents stay valid, and the log keeps that something was erased, and why.
#[actix_web::test]
async fn erased_words_are_gone_for_everybody_and_from_the_disk() {
    let site = Site::with_first_cases().await;
    let (ada, mo) = (site.administrator("ada").await, site.moderator("mo").await);
    let case = told(&site, &mo).await;
    all_is_told(&site, &case).await;
    removes(&mo, &case, "redact").await;
    let page = mo.get(format!("/staff/cases/{case}")).await;
    let draft = page.form("/revise").send().await.location();
    site.works();
    let sealed = |site: &Site| {
        let of = ["submission_envelopes.envelope", "review_drafts.envelope", "redactions.words"];
        of.map(|column| dump(&site.app.db).iter().filter(|(known, _)| known == column).count())
    };
    assert_eq!(sealed(&site), [3, 1, 1], "what was sent, twice, and the checklist");
    assert!(!traces::found(&site, WORDS[0]).is_empty(), "the control: they lie in the database");

    let page = ada.get(format!("/staff/cases/{case}/erase")).await.is(StatusCode::OK);
    let page = page.shows("Nobody can undo this.");
    let unsure = page.form("/erase").fill("words", PHRASE).fill("reason", "source_at_risk").tick("step", "do");
    unsure.send().await.follow().await.shows("Say that you know it cannot be undone.");
    removes(&ada, &case, "erase").await.follow().await.shows("The words are erased.");
    site.log_ends_with("case_erased");
    site.works();

    assert_eq!(sealed(&site), [0, 0, 0]);
    mo.get(&draft).await.is(StatusCode::NOT_FOUND);
    for word in [WORDS[0], WORDS[1], "quantrell", "QUANTRELL", "mussiggard", "muessiggard"] {
        assert_eq!(traces::found(&site, word), [""; 0], "{word}");
    }
    let found = walk(&ada, &exits(&case, 2, HARMLESS), &WORDS).await;
    assert_eq!(found, [""; 0], "moderators are told");
    assert_eq!(searches_in_titles(&site, &case).await, [""; 0]);
    nothing_is_told(&site, &case).await;
    let page = site.visitor().get(format!("/cases/{case}/r/2")).await.is(StatusCode::OK);
    page.shows("‹erased: names private person›").shows(HARMLESS);
    let log = site.visitor().get("/log").await.shows("Words erased").shows("Names a private person");
    log.shows("ada the watcher");
    let again = removes(&ada, &case, "erase").await.follow().await;
    again.shows("These words stand nowhere in this case.");
}

/// M10: a submission whose draft was made of the text as it was would bring the words back; its review begins again.
#[actix_web::test]
async fn what_would_bring_erased_words_back_begins_again() {
    let site = Site::with_first_cases().await;
    let (ada, mo) = (site.administrator("ada").await, site.moderator("mo").await);
    let case = told(&site, &mo).await;
    let (sent, other) = (sends(&site, &[NAMED]), sends(&site, &[NAMED]));
    for sent in [&sent, &other] {
        begins(&mo, &sent.id).await;
    }
    let app = &site.app;
    let document = app.db.read(|r| published::find(r, &case, Eyes::Moderator)).unwrap().document;
    let draft = Draft::of_published(&document, &app.gazetteer).unwrap();
    app.db.write(Actor::System, |tx| review::put_work(tx, &sent.id, &draft)).unwrap();
    let page = mo.get(address(&sent.id)).await.shows("QUANTRELL");
    page.form("/accept").send().await.is(StatusCode::SEE_OTHER);
    removes(&ada, &case, "erase").await.follow().await.shows("The words are erased.");
    assert_eq!((state_of(&site, &sent.id), state_of(&site, &other.id)), (State::Received, State::InReview));
    site.works();
    assert_eq!(walk(&site.visitor(), &exits(&case, 2, HARMLESS), &WORDS).await, [""; 0]);
    mo.get(address(&sent.id)).await.does_not_show("QUANTRELL");
    begins(&mo, &sent.id).await.does_not_show("QUANTRELL");
}

/// O8: a hidden case is told by no exit.
#[actix_web::test]
async fn a_hidden_case_is_told_nowhere() {
    let site = Site::with_first_cases().await;
    let mo = site.moderator("mo").await;
    let case = told(&site, &mo).await;
    all_is_told(&site, &case).await;
    let counted = site.visitor().get("/cases").await.is(StatusCode::OK);
    counted.shows("8 cases");
    let page = mo.get(format!("/staff/cases/{case}")).await;
    page.form("/visibility").fill("reason", "source_at_risk").tick("visibility", "hidden").send().await;
    site.works();
    let found = walk(&site.visitor(), &exits(&case, 2, HARMLESS), &WORDS).await;
    assert_eq!(found, [""; 0]);
    assert!(!holds(&exported(&site), &WORDS));
    assert_eq!(searches(&site, &case, &WORDS).await, [""; 0]);
    for list in ["/", "/cases", "/cases.csv", "/cases.jsonl", "/cases.atom", "/api/v1/cases", "/sitemap.xml"] {
        site.visitor().get(list).await.is(StatusCode::OK).does_not_show(case.as_str());
    }
    site.visitor().get("/cases").await.shows("7 cases");
    assert_eq!(searches_in_titles(&site, &case).await, [""; 0]);
}
