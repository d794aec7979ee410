//! Changes that moderators ask for, field by field, and the contributor's answer.

use casebook_core::intake::State;
use chrono::TimeDelta;
use reqwest::StatusCode;

use super::{NAMED, accepts, address, begins, publishes, sends, state_of, submissions, values_in};
use crate::{
    intake::come_back,
    site::{Answer, Site, Visitor, traces::found},
};

/// An account with two steps, so that a note about the second can be told from one about the first.
const STEPS: [(&str, &str); 4] = [
    ("timeline.1.event", "announced"),
    ("timeline.1.date", "2017"),
    ("timeline.2.event", "signed"),
    ("timeline.2.date", "2018"),
];

/// Where what is asked, what is answered and what was sent lies.
const OF_AN_EXCHANGE: [&str; 3] = ["exchange_envelopes", "kept_drafts", "submission_envelopes"];

fn changes(id: &casebook_core::ids::SubmissionId) -> String {
    format!("{}/changes", address(id))
}

/// A moderator writes these notes.
pub(super) async fn asks(mo: &Visitor, id: &casebook_core::ids::SubmissionId, notes: &[(&str, &str)]) -> Answer {
    let page = mo.get(changes(id)).await.is(StatusCode::OK);
    let form = notes.iter().fold(page.form("/changes"), |form, (name, text)| form.fill(name, text));
    form.send().await.redirects_to(address(id)).follow().await.is(StatusCode::OK)
}

/// The contributor comes back and opens the form.
async fn opens_the_form(site: &Site, words: &str) -> Visitor {
    let somebody = site.visitor();
    let own = come_back(&somebody, words).await.redirects_to("/return/case").follow().await;
    own.form("/return/changes").send().await.redirects_to("/share/topics");
    somebody
}

async fn sends_again(somebody: &Visitor, reply: &str) -> Answer {
    let preview = somebody.get("/share/preview").await.is(StatusCode::OK);
    let form = preview.form("/share/preview").fill("reply", reply).tick("licence", "yes").tick("next", "send");
    form.send().await
}

/// C9: the same form opens again, filled in, with the moderator's note beside the field; what is changed reaches the moderators, who see what
/// that was, and is published. Nothing of it lies open.
#[actix_web::test]
async fn changes_asked_for_open_the_same_form_with_the_note_beside_the_field() {
    let site = Site::open().await;
    let mo = site.moderator("mo").await;
    let sent = sends(&site, &[&[NAMED][..], &STEPS].concat());
    begins(&mo, &sent.id).await;
    let notes = [
        ("note.timeline.2.date", "Kestrelnote: is it not the year after?"),
        ("note.narrative", "Kestrelnote: who showed the contract?"),
        ("general", "Kestrelnote: thank you."),
    ];
    asks(&mo, &sent.id, &notes).await.shows("Asked.").shows("has not answered yet").shows("Step 2: Date");
    site.log_ends_with("changes_requested");
    assert_eq!(site.log().last().unwrap().happened, "2026-Q4");
    assert_eq!(state_of(&site, &sent.id), State::ChangesRequested);

    let somebody = site.visitor();
    let own = come_back(&somebody, &sent.words).await.redirects_to("/return/case").follow().await;
    let own = own.shows("Changes requested").shows("Step 2: Date").shows("is it not the year after?");
    own.form("/return/changes").send().await.redirects_to("/share/topics");
    let topics = somebody.get("/share/topics").await.is(StatusCode::OK).shows("kept under your twelve words");
    assert_eq!(topics.texts(".tasks .mark"), ["one note of a moderator", "one note of a moderator"]);
    let course = somebody.get("/share/topic/course").await.is(StatusCode::OK);
    let beside = |page: &Answer, id: &str| page.texts(&format!("#{id} .notice"));
    let note = "A moderator asks: Kestrelnote: is it not the year after?";
    assert_eq!(beside(&course, "f-timeline-2-date-question"), [note]);
    assert!(beside(&course, "f-timeline-1-date-question").is_empty());
    assert_eq!(course.form("/share/topic/course").value("timeline.2.date"), Some("2018"));
    // The first step goes, and the note follows what was the second.
    let removed = course.form("/share/topic/course").tick("remove", "timeline.1").send().await;
    let course = removed.redirects_to("/share/topic/course").follow().await;
    assert_eq!(beside(&course, "f-timeline-1-date-question"), [note]);
    let form = course.form("/share/topic/course").fill("timeline.1.date", "2019").tick("next", "topics");
    form.send().await.redirects_to("/share/topics");
    let first = somebody.get("/share").await.shows("who showed the contract?");
    assert_eq!(
        first.attributes("#f-narrative", "aria-describedby"),
        ["f-narrative-question-asked f-narrative-question-help f-narrative-limit"]
    );
    let told = format!("Kestrelword, the vendor, showed it. {}", "It was done by then. ".repeat(12));
    first.form("/share").fill("narrative", &told).tick("next", "send").send().await.redirects_to("/share/preview");

    let preview = somebody.get("/share/preview").await.shows("is it not the year after?").shows("Kestrelword");
    preview
        .form("/share/preview")
        .tick("next", "send")
        .send()
        .await
        .follow()
        .await
        .shows("your agreement to the licence");
    let form = somebody.get("/share/preview").await.form("/share/preview");
    let form = form.fill("reply", "Kestrelreply: it was.").tick("licence", "yes").tick("next", "send");
    let answered = form.clone().send().await.redirects_to("/return/case?note=answered").follow().await;
    answered.shows("Sent. It is with the moderators again").shows("Received").shows("Kestrelword");
    form.send().await.is(StatusCode::SEE_OTHER);
    assert_eq!((submissions(&site).len(), state_of(&site, &sent.id)), (1, State::Received));
    for canary in ["Kestrelnote", "Kestrelword", "Kestrelreply"] {
        assert_eq!(found(&site, canary), [""; 0], "{canary} lies open");
    }

    mo.get("/staff/queue").await.shows("answered");
    let page = mo.get(address(&sent.id)).await.shows("What the contributor changed").shows("Kestrelreply: it was.");
    let told = |selector: &str| page.texts(selector).join(" ");
    assert!(told(".changes ins").contains("2019") && told(".changes del").contains("2018"), "{}", told(".changes"));
    let refused = mo.post(format!("{}/accept", address(&sent.id)), [("x", "y")]).await;
    assert!(refused.status() != StatusCode::OK && state_of(&site, &sent.id) == State::Received);
    begins(&mo, &sent.id).await.shows("What the contributor changed");
    assert!(values_in(&site, "exchange_envelopes") > 0, "the control");
    accepts(&mo, &sent.id).await.shows("Accepted.");
    site.works();
    let case = submissions(&site).remove(0).case.unwrap();
    site.visitor().get(format!("/cases/{case}")).await.shows("Kestrelword").does_not_show("finished contract");
    assert!(!found(&site, "Kestrelword").is_empty(), "the search finds what is published");
    assert_eq!(values_in(&site, "exchange_envelopes"), 0, "it is settled");
    come_back(&site.visitor(), &sent.words).await.redirects_to("/return/case").follow().await.shows("Published");
}

/// C9: while changes are asked for nothing is decided; the request can be taken back, and what was typed meanwhile is not lost.
#[actix_web::test]
async fn while_changes_are_asked_for_nothing_is_decided() {
    let site = Site::open().await;
    let mo = site.moderator("mo").await;
    let sent = sends(&site, &[NAMED]);
    mo.get(changes(&sent.id)).await.is(StatusCode::CONFLICT);
    begins(&mo, &sent.id).await;
    let page = mo.get(changes(&sent.id)).await.is(StatusCode::OK);
    page.form("/changes").send().await.redirects_to(changes(&sent.id)).follow().await.shows("Write at least one note.");
    let long = page.form("/changes").fill("note.domain", &"x".repeat(5_001)).fill("general", &sent.words);
    let again = long.send().await.redirects_to(changes(&sent.id)).follow().await;
    let again = again.shows("At most 5000 characters").shows("This holds twelve words");
    assert_eq!(again.attributes(".problems a", "href").len(), 2);
    for (problem, words) in again.attributes(".problems a", "href").iter().zip(again.texts(".problems a")) {
        let led = again.attributes("form textarea", "id").into_iter().find(|id| *problem == format!("#{id}"));
        assert!(led.is_some(), "{words} leads nowhere: {problem}");
    }
    assert!(
        again.texts(".problems a").iter().any(|words| words.starts_with("Part of city life: At most")),
        "it says of which"
    );
    assert_eq!(again.form("/changes").value("note.domain").map(str::len), Some(5_001), "what was typed is kept");
    asks(&mo, &sent.id, &[("note.domain", "Is it only mobility?")]).await;
    let log = site.log().len();
    for act in ["accept", "decline", "begin", "changes"] {
        let page = mo.get(address(&sent.id)).await;
        assert!(!page.attributes("form", "action").iter().any(|action| action.ends_with(act)), "{act} is offered");
        let boxes =
            ["source_risk", "named_persons", "evidence", "wording", "licence"].map(|point| format!("checked.{point}"));
        let typed =
            [("reason", "off_topic"), ("general", "More")].map(|(name, value)| (name.to_owned(), value.to_owned()));
        let pairs = boxes.into_iter().map(|name| (name, "yes".to_owned())).chain(typed);
        let answer = mo.post(format!("{}/{act}", address(&sent.id)), pairs).await;
        assert!([StatusCode::CONFLICT, StatusCode::SEE_OTHER].contains(&answer.status()), "{act}: {}", answer.status());
        assert_eq!(state_of(&site, &sent.id), State::ChangesRequested, "{act}");
    }
    assert_eq!(site.log().len(), log);
    let unasked = mo.get(changes(&sent.id)).await.is(StatusCode::OK).shows("nothing was asked");
    assert_eq!(unasked.texts("textarea[readonly]"), ["More"], "what came too late is not lost");

    let somebody = opens_the_form(&site, &sent.words).await;
    let first = somebody.get("/share").await.is(StatusCode::OK).shows("Is it only mobility?");
    let told = "A text that took an evening. ".repeat(12);
    first.form("/share").fill("narrative", &told).tick("next", "topics").send().await.redirects_to("/share/topics");
    mo.get(address(&sent.id)).await.form("/go-on").send().await.redirects_to(address(&sent.id));
    site.log_ends_with("changes_taken_back");
    assert_eq!(state_of(&site, &sent.id), State::InReview);
    let late = sends_again(&somebody, "").await.redirects_to("/return/case?note=moved-on").follow().await;
    let late = late.shows("The moderators went on meanwhile").shows("In review");
    assert!(late.texts("#own-left").concat().contains("took an evening"), "what could not be sent is shown");
    let typed = "And what came too late. ".repeat(12);
    let form = somebody.get("/share").await.form("/share").fill("narrative", &format!("{told}{typed}"));
    form.tick("next", "topics").send().await.redirects_to("/share/topics");
    let elsewhere = come_back(&site.visitor(), &sent.words).await.follow().await;
    assert!(elsewhere.texts("#own-left").concat().contains("And what came too late."), "also in another browser");
    let kept = somebody.get("/share").await.form("/share").value("narrative").map(str::to_owned);
    assert!(kept.is_some_and(|text| text.starts_with("A text that took an evening")), "what was typed is still there");
    // Asked again, the form opens as it was left, also in another browser, and with the new note.
    asks(&mo, &sent.id, &[("note.city", "Which one?")]).await;
    let elsewhere = opens_the_form(&site, &sent.words).await;
    let form = elsewhere.get("/share").await.shows("took an evening").shows("Which one?");
    let described = form.does_not_show("Is it only mobility?").attributes("#f-city", "aria-describedby");
    assert_eq!(described, ["f-city-question-asked f-city-question-help"]);
    sends_again(&elsewhere, "").await.redirects_to("/return/case?note=answered");
    mo.get(address(&sent.id)).await.shows("took an evening").form("/go-on").send().await.is(StatusCode::SEE_OTHER);
    assert_eq!(state_of(&site, &sent.id), State::InReview);
    accepts(&mo, &sent.id).await.shows("Accepted.");
    site.expects_jobs();
}

/// C9: two browsers hold the same form. What one of them sent is not overwritten by the other, and what the other changed is not lost as if
/// it had been sent.
#[actix_web::test]
async fn an_answer_from_another_browser_is_neither_overwritten_nor_taken_for_sent() {
    let site = Site::open().await;
    let mo = site.moderator("mo").await;
    let sent = sends(&site, &[NAMED]);
    begins(&mo, &sent.id).await;
    asks(&mo, &sent.id, &[("general", "Is it all?")]).await;
    let laptop = opens_the_form(&site, &sent.words).await;
    laptop.get("/share").await.form("/share").tick("next", "topics").send().await.redirects_to("/share/topics");
    let telephone = opens_the_form(&site, &sent.words).await;
    let writes = async |somebody: &Visitor, text: &str| {
        let form = somebody.get("/share").await.form("/share").fill("narrative", &text.repeat(12));
        form.tick("next", "topics").send().await.redirects_to("/share/topics");
    };
    writes(&laptop, "From the laptop, with the minutes at hand. ").await;
    writes(&telephone, "From the telephone, on the way home today. ").await;
    sends_again(&laptop, "").await.redirects_to("/return/case?note=answered");
    let late = sends_again(&telephone, "").await.redirects_to("/return/case?note=moved-on").follow().await;
    assert!(late.texts("#own-left").concat().contains("From the telephone"), "it was not sent, and is shown");
    begins(&mo, &sent.id).await;
    asks(&mo, &sent.id, &[("general", "And the year?")]).await;
    sends_again(&telephone, "").await.redirects_to("/return/case?note=moved-on");
    assert_eq!(state_of(&site, &sent.id), State::ChangesRequested);
    let page = telephone.get("/return/case").await.shows("And the year?");
    page.form("/return/changes").send().await.redirects_to("/share/topics");
    let form = telephone.get("/share").await.does_not_show("Is it all?");
    assert!(
        form.form("/share").value("narrative").unwrap().starts_with("From the laptop"),
        "one goes on from what was sent"
    );
    sends_again(&telephone, "It was 2018.").await.redirects_to("/return/case?note=answered");
    mo.get(address(&sent.id)).await.shows("It was 2018.").shows("From the laptop");
}

/// C9: whoever holds the words can say why they change nothing, and withdraw; then nothing of the exchange stays.
#[actix_web::test]
async fn an_answer_may_change_nothing_and_withdrawing_takes_the_notes_along() {
    let site = Site::open().await;
    let mo = site.moderator("mo").await;
    let sent = sends(&site, &[NAMED]);
    begins(&mo, &sent.id).await;
    asks(&mo, &sent.id, &[("general", "Is it all?")]).await;
    let somebody = opens_the_form(&site, &sent.words).await;
    let refused = sends_again(&somebody, &format!("My words: {}", sent.words)).await;
    refused.redirects_to("/share/preview?note=reply-words#reply").follow().await.shows("Take them out");
    sends_again(&somebody, "It is all I know.").await.redirects_to("/return/case?note=answered");
    mo.get(address(&sent.id)).await.shows("It is all I know.").shows("The account says what it said before.");
    begins(&mo, &sent.id).await;
    asks(&mo, &sent.id, &[("general", "And the year?")]).await.does_not_show("It is all I know.");
    let somebody = opens_the_form(&site, &sent.words).await;
    assert!(OF_AN_EXCHANGE.iter().all(|table| values_in(&site, table) > 0), "the control");
    somebody.get("/return/withdraw").await.form("/return/withdraw").send().await.redirects_to("/return?note=withdrawn");
    assert_eq!(OF_AN_EXCHANGE.map(|table| values_in(&site, table)), [0; 3]);
}

/// O4: asking, saving and answering each start the time of retention again; when it is over, the notes and the form that was begun go too.
#[actix_web::test]
async fn changes_asked_for_start_the_time_again_and_go_with_the_account() {
    let site = Site::open().await;
    let sent = sends(&site, &[NAMED]);
    let expires = || submissions(&site).remove(0).expires.unwrap();
    let mo = site.moderator("mo").await;
    begins(&mo, &sent.id).await;
    let begun = expires();
    site.clock.advance(TimeDelta::weeks(20));
    let mo = site.moderator("jo").await;
    asks(&mo, &sent.id, &[("general", "Is it all?")]).await;
    let asked = expires();
    assert!(asked > begun);
    site.clock.advance(TimeDelta::weeks(20));
    let somebody = opens_the_form(&site, &sent.words).await;
    somebody.get("/share/topic/what").await.form("/share/topic/what").send().await.is(StatusCode::SEE_OTHER);
    assert!(expires() > asked);
    assert!(OF_AN_EXCHANGE.iter().all(|table| values_in(&site, table) > 0), "the control");
    site.clock.advance(TimeDelta::weeks(28));
    site.works();
    assert_eq!(OF_AN_EXCHANGE.map(|table| values_in(&site, table)), [0; 3]);
    assert_eq!(state_of(&site, &sent.id), State::Expired);
}

/// C9: what was written beside the answers is shown to be copied where another moderator was faster, and where the contributor was.
#[actix_web::test]
async fn notes_that_come_too_late_are_shown_to_be_copied() {
    let site = Site::open().await;
    let (mo, jo) = (site.moderator("mo").await, site.moderator("jo").await);
    let sent = sends(&site, &[NAMED]);
    begins(&mo, &sent.id).await;
    let form = mo.get(changes(&sent.id)).await.form("/changes").fill("note.narrative", "Who showed it?");
    let kept = |page: &Answer, name: &str| page.texts(&format!("textarea[readonly][id='{name}']"));
    jo.get(address(&sent.id)).await.form("/decline").fill("reason", "off_topic").send().await.is(StatusCode::SEE_OTHER);
    let log = site.log().len();
    let late = form.clone().fill("general", "Thank you.").send().await.redirects_to(changes(&sent.id)).follow().await;
    let late = late.is(StatusCode::OK).shows("It has moved on").shows("nothing was asked");
    assert_eq!(kept(&late, "note.narrative"), ["Who showed it?"]);
    assert_eq!(kept(&late, "general"), ["Thank you."]);
    assert!(late.attributes("form", "action").iter().all(|action| !action.ends_with("/changes")));
    mo.get(changes(&sent.id)).await.is(StatusCode::CONFLICT);
    let long = form.clone().fill("general", &"x".repeat(5_001)).send().await.follow().await.is(StatusCode::OK);
    assert_eq!(kept(&long.shows("At most 5000 characters"), "general")[0].len(), 5_001);
    assert_eq!((site.log().len(), state_of(&site, &sent.id)), (log, State::Declined));

    jo.get(address(&sent.id)).await.form("/reopen").send().await.is(StatusCode::SEE_OTHER);
    let somebody = site.visitor();
    come_back(&somebody, &sent.words).await.redirects_to("/return/case");
    somebody.get("/return/withdraw").await.form("/return/withdraw").send().await.redirects_to("/return?note=withdrawn");
    let late = form.send().await.redirects_to(changes(&sent.id)).follow().await.is(StatusCode::OK);
    assert_eq!(kept(&late, "note.narrative"), ["Who showed it?"]);
    assert_eq!(state_of(&site, &sent.id), State::Withdrawn);
}

/// Whoever stepped aside asks nothing, and a leaver's keys open nothing of what was asked.
#[actix_web::test]
async fn who_stepped_aside_asks_for_nothing() {
    let site = Site::open().await;
    let (mo, jo) = (site.moderator("mo").await, site.moderator("jo").await);
    let sent = sends(&site, &[NAMED]);
    begins(&mo, &sent.id).await;
    jo.get(address(&sent.id)).await.form("/step-aside").send().await.is(StatusCode::SEE_OTHER);
    for answer in [jo.get(changes(&sent.id)).await, jo.post(changes(&sent.id), [("general", "Who are you?")]).await] {
        assert!(answer.status().is_client_error(), "{}", answer.status());
    }
    assert_eq!(state_of(&site, &sent.id), State::InReview);
}

/// M10: erasing words of a case ends what was asked about an account that adds to it; the words of its author stay, and it is reviewed anew.
#[actix_web::test]
async fn erasing_ends_what_was_asked_for() {
    let site = Site::open().await;
    let ada = site.administrator("ada").await;
    let (_, case) = publishes(&site, &ada, &[NAMED]).await;
    let adding = sends(&site, &[("adds_to", case.as_str())]);
    begins(&ada, &adding.id).await;
    asks(&ada, &adding.id, &[("note.narrative", "Was it the finished contract?")]).await;
    assert_eq!(state_of(&site, &adding.id), State::ChangesRequested);
    assert!(values_in(&site, "exchange_envelopes") > 0, "the control");
    let form = ada.get(format!("/staff/cases/{case}/erase")).await.form("/erase").fill("words", "finished contract");
    let form = form.fill("reason", "legal_demand").tick("sure", "yes").tick("step", "do");
    form.send().await.follow().await.shows("The words are erased.");
    assert_eq!((state_of(&site, &adding.id), values_in(&site, "exchange_envelopes")), (State::Received, 0));
    let own = come_back(&site.visitor(), &adding.words).await.redirects_to("/return/case").follow().await;
    own.does_not_show("Was it the finished contract?");
    begins(&ada, &adding.id).await.shows("finished contract");
    site.works();
}
