//! What moderators do about a submission beside deciding on it: claims, marks, notes, the checklist, stepping aside.

use casebook_core::intake::{self, State};
use chrono::TimeDelta;
use reqwest::StatusCode;

use super::{NAMED, accepts, address, begins, sends, state_of, submissions};
use crate::site::Site;

/// M1: the queue is sorted by who works on it and by the mark of its risk as well.
#[actix_web::test]
async fn the_queue_is_sorted_by_assignee_and_by_risk() {
    let site = Site::open().await;
    let (mo, jo) = (site.moderator("mo").await, site.moderator("jo").await);
    let all = [sends(&site, &[]), sends(&site, &[]), sends(&site, &[])];
    for (somebody, sent) in [(&jo, &all[0]), (&mo, &all[2])] {
        let page = somebody.get(address(&sent.id)).await;
        page.form("/claim").tick("act", "claim").send().await.follow().await.shows("It is yours.");
    }
    let page = mo.get(address(&all[1].id)).await;
    page.form("/risk").fill("risk", "source_at_risk").send().await.follow().await.shows("The mark is set.");
    let first = |page: crate::site::Answer| page.attributes("tbody th a", "href").remove(0);
    let by_assignee = mo.get("/staff/queue?sort=assignee").await.is(StatusCode::OK).shows("jo the watcher");
    assert_eq!(
        by_assignee.attributes("tbody th a", "href"),
        [&all[2], &all[0], &all[1]].map(|sent| address(&sent.id)),
        "one's own first, then by alias, then what nobody works on"
    );
    assert_eq!(first(jo.get("/staff/queue?sort=assignee").await), address(&all[0].id));
    let by_risk = jo.get("/staff/queue?sort=risk").await.shows("source at risk");
    assert_eq!(first(by_risk), address(&all[1].id));
}

/// M3: a claim warns the second moderator, who can take over deliberately, and ends by itself.
#[actix_web::test]
async fn a_claim_warns_the_second_can_be_taken_over_and_ends_by_itself() {
    let site = Site::open_with(|config| config.staff.claim_hours = 1).await;
    let (mo, jo) = (site.moderator("mo").await, site.moderator("jo").await);
    let sent = sends(&site, &[NAMED]);
    begins(&mo, &sent.id).await;
    let claimable = jo.get(address(&sent.id)).await.form("/claim").tick("act", "claim");
    mo.get(address(&sent.id)).await.form("/claim").tick("act", "claim").send().await.follow().await.shows("ends at");
    claimable.send().await.is(StatusCode::CONFLICT).shows("Somebody else works on it.");
    let warned = jo.get(address(&sent.id)).await.shows("mo the watcher works on this until 2026-11-23 13:00 UTC");
    assert!(warned.attributes("form", "action").iter().all(|action| !action.ends_with("/accept")));
    let sheet = format!("{}/edit/head", address(&sent.id));
    jo.get(&sheet).await.shows("mo the watcher works on this");
    let taken = warned.form("/claim").tick("act", "over").send().await.follow().await.shows("It is yours.");
    taken.form("/accept");
    mo.get(address(&sent.id)).await.shows("jo the watcher works on this");
    mo.get(&sheet).await.shows("jo the watcher works on this");

    site.clock.advance(TimeDelta::minutes(59));
    mo.get(address(&sent.id)).await.shows("jo the watcher works on this");
    jo.get("/staff/queue").await.shows("jo the watcher");
    site.clock.advance(TimeDelta::minutes(1));
    let free = mo.get(address(&sent.id)).await.does_not_show("jo the watcher works on this").shows("Claim it");
    free.form("/accept");
    let rows = mo.get("/staff/queue").await.texts("tbody td");
    assert!(rows.iter().all(|cell| !cell.contains("watcher")), "nobody works on it: {rows:?}");
}

#[actix_web::test]
async fn a_claim_is_given_up_by_whoever_holds_it_alone() {
    let site = Site::open().await;
    let (mo, jo) = (site.moderator("mo").await, site.moderator("jo").await);
    let sent = sends(&site, &[]);
    let mine = mo.get(address(&sent.id)).await.form("/claim").tick("act", "claim").send().await.follow().await;
    jo.post(format!("{}/claim", address(&sent.id)), [("act", "release")]).await.is(StatusCode::CONFLICT);
    let free = mine.form("/claim").tick("act", "release").send().await.follow().await.shows("Released.");
    free.shows("Claim it");
}

/// M15: notes are read by every moderator, and stand in no export and in no view of the contributor; they go when the account is withdrawn.
#[actix_web::test]
async fn internal_notes_are_for_moderators_alone() {
    const CANARY: &str = "kestrelnote";
    let site = Site::open().await;
    let (mo, jo) = (site.moderator("mo").await, site.moderator("jo").await);
    let sent = sends(&site, &[NAMED]);
    begins(&mo, &sent.id).await;
    let page = mo.get(address(&sent.id)).await;
    page.form("/notes").send().await.follow().await.shows("Write something first.");
    let noted = page.form("/notes").fill("note", &format!("Ask again <b>{CANARY}</b>")).send().await.follow().await;
    noted.shows("Noted.").shows(CANARY);
    jo.get(address(&sent.id)).await.shows(&format!("Ask again <b>{CANARY}</b>")).shows("mo the watcher, 2026-11-23");
    accepts(&mo, &sent.id).await;
    site.works();
    let case = submissions(&site).remove(0).case.unwrap();
    let on_case = mo.get(format!("/staff/cases/{case}")).await;
    on_case.form("/notes").fill("note", &format!("Of the case: {CANARY}")).send().await.follow().await.shows(CANARY);

    let contributor = site.visitor();
    let visitor = site.visitor();
    let own = contributor.get("/return").await.form("/return").fill("words", &sent.words).send().await;
    let own = own.redirects_to("/return/case").follow().await.is(StatusCode::OK).shows("Published").body();
    let mut seen = vec![("the contributor's view".to_owned(), own)];
    for path in ["", ".json", "/r/1", "/r/1.json"].map(|end| format!("/cases/{case}{end}")) {
        seen.push((path.clone(), visitor.get(&path).await.is(StatusCode::OK).body()));
    }
    for path in ["/cases", "/cases.csv", "/cases.jsonl", "/log"] {
        let body = visitor.get(path).await.is(StatusCode::OK).body();
        assert!(body.contains(case.as_str()), "{path} is about the case");
        seen.push((path.to_owned(), body));
    }
    for (where_, body) in seen {
        assert!(!body.contains(CANARY), "{where_} shows a note");
    }
    let everything = site.stored();
    assert!(!everything.contains(CANARY), "a note lies unsealed");
    assert!(everything.contains(case.as_str()), "the search finds what lies there");
}

/// M15: with the account that its author takes back go the notes on it.
#[actix_web::test]
async fn notes_go_when_the_account_is_taken_back() {
    let site = Site::open().await;
    let mo = site.moderator("mo").await;
    let sent = sends(&site, &[]);
    let page = mo.get(address(&sent.id)).await;
    page.form("/notes").fill("note", "Somebody should ring back.").send().await.follow().await.shows("ring back");
    site.app.db.write_unrecorded(|tx| intake::withdraw(tx, &sent.cookie)).unwrap();
    mo.get(address(&sent.id)).await.is(StatusCode::OK).does_not_show("ring back");
    mo.post(format!("{}/notes", address(&sent.id)), [("note", "Too late")]).await.is(StatusCode::NOT_FOUND);
}

/// M13: nothing is accepted before each point of the checklist was ticked; what was ticked and chosen stays; it is kept with the decision.
#[actix_web::test]
async fn the_checklist_has_to_be_completed_and_is_kept_with_the_decision() {
    let site = Site::open().await;
    let mo = site.moderator("mo").await;
    let narrative = format!("In Duisburg the contract was there before anybody asked. {}", "So it went. ".repeat(20));
    let sent = sends(&site, &[("narrative", &narrative)]);
    let page = begins(&mo, &sent.id).await;
    let form = page.form("/accept").fill("waived.1.reason", "fits_many").tick("checked.evidence", "yes");
    let again = form.send().await.redirects_to(address(&sent.id)).follow().await;
    let again = again.shows("Wording: look at it and tick it.").shows("Licence: look at it and tick it.");
    let again = again.does_not_show("Evidence: look at it and tick it.");
    assert_eq!(state_of(&site, &sent.id), State::InReview);
    let form = again.form("/accept");
    assert_eq!(form.value("checked.evidence"), Some("yes"), "what was ticked stays ticked");
    assert_eq!(form.value("waived.1.reason"), Some("fits_many"), "and what was chosen stays chosen");
    form.tick_every("checked.").send().await.follow().await.shows("Accepted.");
    let opened = site.opens("mo", &sent.id).await;
    let points: Vec<&str> = opened.checked[0].points.iter().map(|point| point.as_str()).collect();
    assert_eq!(points, ["source_risk", "named_persons", "evidence", "wording", "licence"]);
    assert_eq!(opened.checked[0].alias, "mo the watcher");
    site.works();
    site.clock.advance(TimeDelta::days(40));
    site.works();
    let opened = site.opens("jo", &sent.id).await;
    assert!(opened.account.is_none(), "the original is destroyed");
    assert_eq!(opened.checked.len(), 1, "the checklist stays with the decision");
}

/// M14: whoever steps aside finds it in no queue and cannot open it; the log says so and tells neither of what nor who.
#[actix_web::test]
async fn whoever_steps_aside_has_nothing_to_do_with_it_any_more() {
    let site = Site::open().await;
    let (mo, jo) = (site.moderator("mo").await, site.moderator("jo").await);
    let (sent, other) = (sends(&site, &[NAMED]), sends(&site, &[]));
    begins(&mo, &sent.id).await;
    let page = mo.get(address(&sent.id)).await;
    page.form("/claim").tick("act", "claim").send().await;
    page.form("/step-aside").send().await.redirects_to("/staff/queue").follow().await.shows("You have stepped aside.");
    let queue = mo.get("/staff/queue").await.attributes("tbody th a", "href");
    assert_eq!(queue, [address(&other.id)]);
    for path in ["", "/edit/head", "/preview"].map(|end| format!("{}{end}", address(&sent.id))) {
        let refused = mo.get(&path).await.is(StatusCode::UNPROCESSABLE_ENTITY);
        refused.shows("You have stepped aside from this").does_not_show("a finished contract");
    }
    for act in
        ["begin", "decline", "reopen", "accept", "take-back", "edit/head", "claim", "risk", "notes", "step-aside"]
    {
        let every =
            ["source_risk", "named_persons", "evidence", "wording", "licence"].map(|point| format!("checked.{point}"));
        let mut pairs: Vec<(&str, &str)> = every.iter().map(|input| (input.as_str(), "yes")).collect();
        pairs.extend([("reason", "off_topic"), ("note", "A note"), ("act", "claim"), ("risk", "source_at_risk")]);
        let refused = mo.post(format!("{}/{act}", address(&sent.id)), pairs).await;
        refused.is(StatusCode::UNPROCESSABLE_ENTITY);
    }
    assert_eq!(state_of(&site, &sent.id), State::InReview);
    let free = jo.get(address(&sent.id)).await.is(StatusCode::OK).shows("a finished contract");
    free.does_not_show("mo the watcher works on this");
    let log = site.visitor().get("/log").await.shows("A moderator stepped aside for a conflict of interest");
    log.does_not_show("mo the watcher")
        .does_not_show(sent.id.as_str())
        .does_not_show("2026-11")
        .does_not_show("Duisburg");

    accepts(&jo, &sent.id).await;
    site.works();
    let case = submissions(&site).into_iter().find_map(|submission| submission.case).unwrap();
    let staff_page = format!("/staff/cases/{case}");
    mo.get(&staff_page).await.is(StatusCode::UNPROCESSABLE_ENTITY);
    let aside = jo.get(&staff_page).await.is(StatusCode::OK).form("/step-aside");
    jo.get(&staff_page).await.form("/revise").send().await.is(StatusCode::SEE_OTHER);
    aside.send().await.is(StatusCode::SEE_OTHER);
    let none: [(&str, &str); 0] = [];
    jo.post(format!("{staff_page}/revise"), none).await.is(StatusCode::UNPROCESSABLE_ENTITY);
    jo.post(format!("{staff_page}/visibility"), [("visibility", "hidden"), ("reason", "source_at_risk")])
        .await
        .is(StatusCode::UNPROCESSABLE_ENTITY);
    for path in ["redact", "erase"] {
        let answer = jo.get(format!("{staff_page}/{path}")).await;
        assert!([StatusCode::UNPROCESSABLE_ENTITY, StatusCode::FORBIDDEN].contains(&answer.status()), "{path}");
    }
    site.visitor().get("/log").await.shows("Stepped aside for a conflict of interest").shows("jo the watcher");
}

/// Reasons for declining are the operator's: a retired one is offered no more, and still shown where it was given.
#[actix_web::test]
async fn a_retired_reason_is_offered_no_more_and_still_shown() {
    let text =
        include_str!("../../../../../config/codebook.toml").replacen("version = \"0.1\"", "version = \"0.2\"", 1);
    let (before, rest) = text.split_once("code = \"decline_reason\"").unwrap();
    let ended = "code = \"off_topic\"\nretired = \"0.2\"\nretired_because.en = \"All is on topic here.\"";
    let own = rest.replacen("code = \"off_topic\"", ended, 1).replacen(
        "[[field.codes]]",
        "[[field.codes]]\ncode = \"sent_twice\"\nsince = \"0.1\"\nlabel.en = \"Sent twice\"\ndefinition.en = \"It came before.\"\n\n[[field.codes]]",
        1,
    );
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), format!("{before}code = \"decline_reason\"{own}")).unwrap();
    let site = Site::open_with(|config| config.codebook.file = file.path().display().to_string()).await;
    let mo = site.moderator("mo").await;
    let (sent, earlier) = (sends(&site, &[]), sends(&site, &[]));
    let page = mo.get(address(&sent.id)).await.shows("Sent twice").does_not_show("Off topic");
    page.form("/decline")
        .fill("reason", "off_topic")
        .send()
        .await
        .follow()
        .await
        .shows("Choose a reason from the list.");
    page.form("/decline").fill("reason", "sent_twice").send().await.redirects_to("/staff/queue");
    mo.get(address(&sent.id)).await.shows("Declined: Sent twice");

    let reason = intake::review::Reason { code: "off_topic".parse().unwrap(), text: String::new() };
    site.app.db.write_unrecorded(|tx| intake::review::decline(tx, &earlier.id, &reason, 26)).unwrap();
    mo.get(address(&earlier.id)).await.shows("Declined: Off topic");
}
