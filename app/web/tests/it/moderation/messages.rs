//! Messages between contributors and moderators, and the inbox.

use casebook_core::{
    intake::{self, State},
    moderation::{self, Resealed},
    staff::{self, ReviewKeys},
    testing::{self, dump},
};
use chrono::TimeDelta;
use reqwest::StatusCode;

use super::{Contributor, NAMED, accepts, address, again, begins, publishes, sends, state_of, submissions, tools};
use crate::{
    intake::come_back,
    site::{Answer, CANARY_ADDRESS, CANARY_AGENT, Site, TODAY, Visitor, traces::found},
};

/// How many envelopes with messages lie in the database.
fn rows(site: &Site) -> usize {
    dump(&site.app.db).iter().filter(|(column, _)| column == "submission_messages.envelope").count()
}

/// A browser that came back with the words.
async fn back(site: &Site, sent: &Contributor) -> Visitor {
    let somebody = site.visitor();
    come_back(&somebody, &sent.words).await.redirects_to("/return/case");
    somebody
}

async fn writes(somebody: &Visitor, text: &str) -> Answer {
    let own = somebody.get("/return/case").await.is(StatusCode::OK);
    own.form("/return/message").fill("message", text).send().await.is(StatusCode::SEE_OTHER)
}

async fn answers(mo: &Visitor, sent: &Contributor, text: &str) -> Answer {
    let page = mo.get(address(&sent.id)).await.is(StatusCode::OK);
    page.form("/messages").fill("message", text).send().await.is(StatusCode::SEE_OTHER)
}

fn threads(inbox: &Answer) -> Vec<(String, String)> {
    inbox
        .attributes("tbody th a", "href")
        .into_iter()
        .zip(inbox.texts("tbody td:nth-of-type(1)"))
        .map(|(address, waits)| (address.trim_end_matches("#messages").to_owned(), waits))
        .collect()
}

/// C10 M16 O5: both sides write and read, any moderator goes on, and the database holds what the buttons say: sealed, without a time, and of what
/// the contributor does neither line nor job.
#[actix_web::test]
async fn a_contributor_and_any_moderator_write_to_each_other() {
    const CANARY: &str = "kestrelquestion";
    let site = Site::open().await;
    let (mo, jo) = (site.moderator("mo").await, site.moderator("jo").await);
    let sent = sends(&site, &[]);
    mo.get("/staff/inbox").await.is(StatusCode::OK).shows("Nobody has written yet.");
    let somebody = back(&site, &sent).await;
    let own = somebody.get("/return/case").await.shows("nobody is notified").shows("30 days after publication");
    let lines = site.log().len();
    let form = own.form("/return/message").fill("message", &format!("May the <b>minutes</b> be quoted, {CANARY}?"));
    let read = form.clone().send().await.redirects_to("/return/case?note=message").follow().await;
    read.shows("Sent.").shows("May the <b>minutes</b> be quoted");
    assert_eq!(rows(&site), 2, "sealed to the review key and to the contributor");
    form.send().await.is(StatusCode::SEE_OTHER);
    assert_eq!(rows(&site), 2, "the same form twice is one message");
    assert_eq!(site.log().len(), lines, "what a contributor does leaves no line");
    for canary in [CANARY, CANARY_ADDRESS, CANARY_AGENT] {
        assert_eq!(found(&site, canary), [""; 0], "{canary}");
    }
    assert!(!found(&site, sent.id.as_str()).is_empty(), "the search finds what lies there");
    let written: Vec<_> =
        dump(&site.app.db).into_iter().filter(|(of, _)| of.starts_with("submission_messages.")).collect();
    assert!(
        written.iter().all(|(_, value)| !value.contains("contributor\"") && !value.contains("2026")),
        "{written:?}"
    );

    mo.get("/staff").await.shows("one waits for an answer");
    let inbox = mo.get("/staff/queue").await.shows("one waits for an answer").link("Inbox");
    assert_eq!(threads(&mo.get(&inbox).await), [(address(&sent.id), "waits for an answer".to_owned())]);
    answers(&mo, &sent, "We think so.").await.redirects_to(format!("{}#messages", address(&sent.id)));
    let page = jo.get(address(&sent.id)).await.shows(CANARY).shows("We think so.").shows("mo the watcher");
    page.form("/messages").fill("message", "They are public.").send().await.follow().await.shows("Sent.");
    page.form("/messages").fill("message", "They are public.").send().await.is(StatusCode::SEE_OTHER);
    assert_eq!(rows(&site), 6);
    assert_eq!(threads(&mo.get("/staff/inbox").await), [(address(&sent.id), "moderators wrote last".to_owned())]);
    let own = somebody.get("/return/case").await.shows("The moderators wrote to you last.");
    assert_eq!(own.texts(".thread .meta"), ["You", "Moderator mo the watcher", "Moderator jo the watcher"]);
}

/// M8: that a moderator wrote is a line of the chain, with the quarter and without a word of it; the public log does not show it.
#[actix_web::test]
async fn that_a_moderator_wrote_is_on_record_and_not_in_public() {
    let site = Site::open().await;
    let mo = site.moderator("mo").await;
    let sent = sends(&site, &[]);
    answers(&mo, &sent, "Who signed the contract?").await;
    let line = site.log().pop().unwrap();
    assert_eq!((line.act.as_str(), line.subject.as_str()), ("contributor_written_to", ""));
    assert_eq!((line.actor.as_str(), line.happened.as_str(), line.reason), ("mo the watcher", "2026-Q4", None));
    let log = site.visitor().get("/log").await.is(StatusCode::OK);
    log.does_not_show(sent.id.as_str()).does_not_show(TODAY).does_not_show("mo the watcher");
}

/// C10: what cannot be sent says why, stays as it was typed and is in no thread; the twelve words are not taken.
#[actix_web::test]
async fn a_message_that_cannot_be_sent_is_not_lost() {
    let site = Site::open().await;
    let mo = site.moderator("mo").await;
    let sent = sends(&site, &[]);
    let somebody = back(&site, &sent).await;
    let cases = [
        (format!("My words are {}.", sent.words), "this holds twelve words"),
        ("long ".repeat(1_001), "characters fit here; you wrote"),
        (String::new(), "nothing was written"),
    ];
    for (typed, problem) in &cases {
        let page = writes(&somebody, typed).await.redirects_to("/return/case#message").follow().await.shows(problem);
        assert_eq!(page.form("/return/message").value("message"), Some(typed.as_str()));
        let page = mo.get(address(&sent.id)).await.form("/messages").fill("message", typed).send().await;
        let page = page.redirects_to(address(&sent.id)).follow().await.shows(problem);
        assert_eq!(page.form("/messages").value("message"), Some(typed.as_str()));
    }
    assert_eq!(rows(&site), 0);
    writes(&somebody, "Without them.").await.follow().await.does_not_show("Not sent").shows("Without them.");
    assert_eq!(rows(&site), 2);
}

/// C10: also where nothing is open under the cookie any more, what was typed is shown back to be copied.
#[actix_web::test]
async fn a_message_whose_words_are_no_longer_open_is_shown_back() {
    let site = Site::open().await;
    let sent = sends(&site, &[]);
    let somebody = back(&site, &sent).await;
    let form = somebody.get("/return/case").await.form("/return/message").fill("message", "Is it read?");
    site.clock.advance(TimeDelta::hours(1));
    form.clone().send().await.redirects_to("/return/case?note=message");
    assert_eq!(rows(&site), 2, "reading idles out, writing does not");
    site.clock.advance(TimeDelta::days(3));
    site.works();
    let held = form.send().await.redirects_to("/share/held?what=not-found").follow().await.is(StatusCode::OK);
    held.shows("Is it read?").shows("Write to the moderators");
    assert_eq!(rows(&site), 2);
}

/// C10: a thread holds 200 messages, and then says so and keeps what was typed.
#[actix_web::test]
async fn a_full_thread_says_so() {
    let site = Site::open().await;
    let sent = sends(&site, &[]);
    for number in 0..casebook_core::limits::MESSAGES {
        let text = format!("Message {number}");
        let is_sent = site.app.db.write_unrecorded(|tx| intake::write_message(tx, &sent.cookie, &text, &tools(&site)));
        assert!(is_sent.unwrap());
    }
    // Somebody who comes now: a connection from before would have been closed while this wrote.
    let mo = site.moderator("mo").await;
    let full = mo.post(format!("{}/messages", address(&sent.id)), [("message", "One more.")]).await;
    let page = full.follow().await.shows("No more fits here");
    assert_eq!(page.texts("textarea#message[readonly]"), ["One more."], "what was typed is kept");
    assert!(page.attributes("form", "action").iter().all(|action| !action.ends_with("/messages")));
    let refused = site.app.db.write_unrecorded(|tx| intake::write_message(tx, &sent.cookie, "More", &tools(&site)));
    assert!(!refused.unwrap());
    assert_eq!(rows(&site), 400);
    back(&site, &sent).await.get("/return/case").await.shows("No more fits here").shows("Message 199");
}

/// O5: the buttons of a contributor do what they say: writing adds rows, withdrawing takes them and all that was sealed.
#[actix_web::test]
async fn writing_and_withdrawing_do_what_they_say() {
    let site = Site::open().await;
    let mo = site.moderator("mo").await;
    let (sent, other) = (sends(&site, &[]), sends(&site, &[]));
    let somebody = back(&site, &sent).await;
    writes(&somebody, "Please wait with it.").await;
    writes(&back(&site, &other).await, "And this one?").await;
    answers(&mo, &sent, "We wait.").await;
    assert_eq!(rows(&site), 6);
    somebody.get("/return/withdraw").await.form("/return/withdraw").send().await.redirects_to("/return?note=withdrawn");
    let left: Vec<_> = dump(&site.app.db).into_iter().filter(|(_, value)| value == sent.id.as_str()).collect();
    let beside: Vec<&str> =
        left.iter().map(|(column, _)| column.as_str()).filter(|of| of.starts_with("submission")).collect();
    assert_eq!(beside, ["submissions.id"], "a stub alone is left of it");
    assert_eq!((rows(&site), state_of(&site, &sent.id)), (2, State::Withdrawn), "the other thread stays");
    let page = mo.get(address(&sent.id)).await.does_not_show("Please wait").shows("No message can be written here");
    assert!(page.attributes("form", "action").iter().all(|action| !action.ends_with("/messages")));
    let late = mo.post(format!("{}/messages", address(&sent.id)), [("message", "Too late")]).await;
    late.follow().await.shows("No message can be written here");
    assert_eq!(threads(&mo.get("/staff/inbox").await).len(), 1);
}

/// O4: a message by either side starts the time of an unpublished submission again; when it is over the messages go with it.
#[actix_web::test]
async fn messages_start_the_time_again_and_go_with_the_submission() {
    let site = Site::open().await;
    let sent = sends(&site, &[]);
    let lives = || submissions(&site)[0].state == State::Received;
    site.clock.advance(TimeDelta::weeks(20));
    writes(&back(&site, &sent).await, "Is it read?").await;
    site.clock.advance(TimeDelta::weeks(20));
    site.works();
    assert!(lives(), "the contributor's message gave it more time");
    let mo = site.moderator("mo").await;
    answers(&mo, &sent, "It is.").await;
    site.clock.advance(TimeDelta::weeks(20));
    site.works();
    assert!(lives(), "and so did the answer");
    assert_eq!(rows(&site), 4);
    site.clock.advance(TimeDelta::weeks(20));
    site.works();
    assert_eq!((rows(&site), state_of(&site, &sent.id)), (0, State::Expired));
}

/// C10: the thread goes on while a text waits and once it is published, until the original is destroyed; a declined one can be asked about.
#[actix_web::test]
async fn a_thread_lasts_as_long_as_what_was_sent() {
    let site = Site::open().await;
    let mo = site.moderator("mo").await;
    let (sent, declined) = (sends(&site, &[NAMED]), sends(&site, &[]));
    begins(&mo, &sent.id).await;
    accepts(&mo, &sent.id).await;
    let somebody = back(&site, &sent).await;
    let due = submissions(&site).into_iter().find(|one| one.id == sent.id).unwrap().expires;
    writes(&somebody, "It waits.").await.follow().await.shows("Accepted").shows("It waits.");
    assert_eq!(submissions(&site).into_iter().find(|one| one.id == sent.id).unwrap().expires, due);
    site.works();
    assert_eq!(state_of(&site, &sent.id), State::Published);
    writes(&somebody, "It is public.").await.follow().await.shows("Published").shows("It is public.");
    answers(&mo, &sent, "So it is.").await;
    mo.get(address(&declined.id)).await.form("/decline").fill("reason", "not_credible").send().await;
    let refused = back(&site, &declined).await;
    writes(&refused, "Why is that?").await.follow().await.shows("Declined").shows("Why is that?");
    assert_eq!(rows(&site), 8);
    site.clock.advance(TimeDelta::days(29));
    site.works();
    assert_eq!(rows(&site), 8);
    site.clock.advance(TimeDelta::days(4));
    site.works();
    assert_eq!(rows(&site), 2, "what was published has no thread any more, and the declined one has");
    let somebody = back(&site, &sent).await;
    let own = somebody.get("/return/case").await.shows("Published").shows("No message can be written here any more");
    assert!(own.attributes("form", "action").iter().all(|action| !action.contains("message")));
    let mo = again(&site, mo).await;
    mo.get(address(&sent.id)).await.is(StatusCode::OK).shows("No message can be written here any more");
}

/// M10: erasing takes the messages about the published account, and what moderators wrote about one that adds to the case.
#[actix_web::test]
async fn erasing_takes_what_was_written() {
    let site = Site::open().await;
    let (ada, mo) = (site.administrator("ada").await, site.moderator("mo").await);
    let (sent, case) = publishes(&site, &mo, &[NAMED]).await;
    writes(&back(&site, &sent).await, "The finished contract names somebody.").await;
    let adding = sends(&site, &[("adds_to", case.as_str())]);
    begins(&mo, &adding.id).await;
    writes(&back(&site, &adding).await, "There is more.").await;
    answers(&mo, &adding, "It was the finished contract, then?").await;
    assert_eq!(rows(&site), 6);
    let form = ada.get(format!("/staff/cases/{case}/erase")).await.form("/erase").fill("words", "finished contract");
    let form = form.fill("reason", "names_private_person").tick("sure", "yes").tick("step", "do");
    form.send().await.follow().await.shows("The words are erased.");
    assert_eq!(rows(&site), 2, "what the author of the addition wrote stays");
    let left = mo.get(address(&adding.id)).await.shows("There is more.").does_not_show("contract, then?");
    left.form("/messages");
    let own = back(&site, &sent).await.get("/return/case").await;
    own.shows("No message can be written here any more").does_not_show("names somebody");
    site.works();
}

/// M10: that holds also where nobody has begun to review the account that adds to the case, and for the words with which it was declined.
#[actix_web::test]
async fn erasing_takes_what_was_written_before_the_review_began() {
    let site = Site::open().await;
    let (ada, mo) = (site.administrator("ada").await, site.moderator("mo").await);
    let (_, case) = publishes(&site, &mo, &[NAMED]).await;
    let (waiting, declined) =
        (sends(&site, &[("adds_to", case.as_str())]), sends(&site, &[("adds_to", case.as_str())]));
    answers(&mo, &waiting, "Is it about the finished contract?").await;
    let form = mo.get(address(&declined.id)).await.form("/decline").fill("reason", "not_credible");
    form.fill("text", "The finished contract is known.").send().await.is(StatusCode::SEE_OTHER);
    mo.get(address(&declined.id)).await.shows("contract is known.");
    let form = ada.get(format!("/staff/cases/{case}/erase")).await.form("/erase").fill("words", "finished contract");
    let form = form.fill("reason", "names_private_person").tick("sure", "yes").tick("step", "do");
    form.send().await.follow().await.shows("The words are erased.");
    assert_eq!(rows(&site), 0);
    mo.get(address(&declined.id)).await.does_not_show("contract is known.").shows("Not credible");
    let own = back(&site, &declined).await.get("/return/case").await;
    own.does_not_show("contract is known.").shows("Not credible");
    site.works();
}

/// M14: whoever stepped aside finds the thread in no inbox and cannot write.
#[actix_web::test]
async fn whoever_stepped_aside_reads_and_writes_no_messages() {
    let site = Site::open().await;
    let (mo, jo) = (site.moderator("mo").await, site.moderator("jo").await);
    let sent = sends(&site, &[]);
    writes(&back(&site, &sent).await, "Is it read?").await;
    mo.get("/staff").await.shows("one waits for an answer");
    mo.get(address(&sent.id)).await.form("/step-aside").send().await.is(StatusCode::SEE_OTHER);
    mo.get("/staff").await.does_not_show("waits for an answer");
    mo.get("/staff/inbox").await.shows("Nobody has written yet.");
    let refused = mo.post(format!("{}/messages", address(&sent.id)), [("message", "It is.")]).await;
    refused.is(StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(rows(&site), 2);
    jo.get("/staff/inbox").await.shows("waits for an answer");
}

/// M3: while somebody else works on it, the thread is read and its form is theirs; the inbox says whose.
#[actix_web::test]
async fn the_thread_of_what_another_works_on_is_read() {
    let site = Site::open().await;
    let (mo, jo) = (site.moderator("mo").await, site.moderator("jo").await);
    let sent = sends(&site, &[]);
    writes(&back(&site, &sent).await, "Is it read?").await;
    mo.get(address(&sent.id)).await.form("/claim").tick("act", "claim").send().await.is(StatusCode::SEE_OTHER);
    jo.get("/staff/inbox").await.shows("mo the watcher");
    let page = jo.get(address(&sent.id)).await.shows("Is it read?").shows("Take it over to answer yourself.");
    page.form("/claim").tick("act", "over").send().await.follow().await.form("/messages");
}

/// M3: an answer to what somebody else has claimed meanwhile is not sent, whether or not it could be, and is shown to be copied.
#[actix_web::test]
async fn an_answer_to_what_another_works_on_by_now_is_shown_back() {
    let site = Site::open().await;
    let (mo, jo) = (site.moderator("mo").await, site.moderator("jo").await);
    let sent = sends(&site, &[]);
    let form = jo.get(address(&sent.id)).await.form("/messages");
    mo.get(address(&sent.id)).await.form("/claim").tick("act", "claim").send().await.is(StatusCode::SEE_OTHER);
    let lines = site.log().len();
    let long = "long ".repeat(1_001);
    for (typed, problem) in
        [("Yes, it is.", "somebody else works on this by now"), (long.as_str(), "characters fit here")]
    {
        let led = form.clone().fill("message", typed).send().await.redirects_to(address(&sent.id));
        let page = led.follow().await.shows(problem);
        assert_eq!(page.texts("textarea#message[readonly]"), [typed.trim()]);
    }
    let empty = form.clone().fill("message", "").send().await.follow().await.shows("nothing was written");
    assert_eq!(empty.attributes("#message", "id").len(), 1, "the problem leads somewhere");
    assert_eq!((rows(&site), site.log().len()), (0, lines));
    jo.get("/staff/inbox").await.shows("unless somebody else works on the submission");
    jo.get(address(&sent.id)).await.form("/claim").tick("act", "over").send().await.is(StatusCode::SEE_OTHER);
    form.fill("message", "Yes, it is.").send().await.follow().await.shows("Sent.");
    assert_eq!(rows(&site), 2);
}

/// An answer through an expired session comes back after signing in.
#[actix_web::test]
async fn an_answer_through_an_expired_session_is_kept() {
    let site = Site::open().await;
    let mo = site.moderator("mo").await;
    let sent = sends(&site, &[]);
    let form = mo.get(address(&sent.id)).await.form("/messages").fill("message", "A long answer");
    site.clock.advance(TimeDelta::hours(2));
    let led = form.send().await.is(StatusCode::SEE_OTHER);
    assert!(led.location().starts_with("/staff/sign-in?to=%2Fstaff%2Fkept%2F"), "{}", led.location());
    assert_eq!(rows(&site), 0);
}

/// Whoever left opens no message that was sealed to the key they held.
#[actix_web::test]
async fn messages_are_sealed_anew_when_somebody_leaves() {
    let site = Site::open().await;
    let founder = site.founder();
    let lee = site.member("lee").await;
    let leaver = testing::TestStaff::of(&site.app.db).session(&lee.session).unwrap().moderator().unwrap();
    let sent = sends(&site, &[]);
    writes(&back(&site, &sent).await, "Is it read?").await;
    let held = site.app.db.read(|r| staff::review_keys(r, &leaver)).unwrap();
    let reads = |keys: &ReviewKeys| site.app.db.read(|r| intake::messages::by_review(r, &sent.id, keys));
    assert_eq!(reads(&held).unwrap().messages.len(), 1, "the control");
    let (_, resealed) =
        site.app.db.write(founder.actor(), |tx| moderation::remove_member(tx, &founder, leaver.id())).unwrap();
    assert_eq!(resealed, Resealed { done: 2, left: 0 }, "what was sent, and the message");
    assert!(reads(&held).is_err());
    let keys = site.app.db.read(|r| staff::review_keys(r, &founder)).unwrap();
    assert_eq!(reads(&keys).unwrap().messages[0].text.as_str(), "Is it read?");
}
