//! Alerts by mail (rows R6, D10): saying yes, being told, ending it; and that nobody can be pestered by them.

use casebook_core::{
    cases::published,
    config::Seed,
    ids::CaseId,
    testing::{dump, tamper},
};
use chrono::TimeDelta;
use reqwest::StatusCode;

use crate::{
    feeds::revises,
    mail::{comes, open_with},
    site::{Answer, Sink, Site, Step, traces::found},
};

const ADDRESS: &str = "reader.ender@example.org";

/// A site with the first cases, whose mail goes to a server that takes it.
async fn open() -> (Site, Sink) {
    let (site, sink) = open_with(&[Step::Takes], |config| config.instance.seed = Seed::Always).await;
    site.app.plant_first_cases().unwrap();
    site.works();
    (site, sink)
}

/// Somebody asks on the page of a search.
async fn asks(site: &Site, query: &str, address: &str, often: &str) -> Answer {
    let reader = site.visitor();
    let page = reader.get(format!("/cases{query}")).await.is(StatusCode::OK);
    let form = reader.get(page.link("Tell me by mail")).await.is(StatusCode::OK).form("/alerts/new");
    let answer = form.fill("address", address).fill("often", often).send().await.is(StatusCode::OK);
    assert!(reader.cookies().is_empty(), "a reader gets no cookie");
    answer.shows("Look into your mailbox")
}

/// The mails that the server took, as their readers see them.
fn mails(sink: &Sink) -> Vec<String> {
    sink.taken().iter().map(|mail| readable(mail)).collect()
}

/// A mail with its text put back from quoted-printable (RFC 2045, section 6.7).
fn readable(mail: &str) -> String {
    let (head, text) = mail.split_once("\n\n").unwrap();
    if !head.contains("quoted-printable") {
        return mail.to_owned();
    }
    let text = text.replace("=\n", "");
    let mut bytes = Vec::new();
    let mut rest = text.as_str();
    while let Some((before, after)) = rest.split_once('=') {
        bytes.extend(before.bytes());
        bytes.push(u8::from_str_radix(&after[..2], 16).unwrap());
        rest = &after[2..];
    }
    bytes.extend(rest.bytes());
    format!("{head}\n\n{}", String::from_utf8(bytes).unwrap())
}

/// The first link of a mail that contains this.
#[track_caller]
fn link(site: &Site, mail: &str, part: &str) -> String {
    let mut paths = mail.lines().filter_map(|line| line.strip_prefix(site.address()));
    let found = paths.find(|path| path.contains(part));
    found.unwrap_or_else(|| panic!("no link to {part}:\n{mail}")).to_owned()
}

/// Somebody asks, and says yes by the link of the mail that comes.
async fn is_told(site: &Site, sink: &Sink, query: &str, often: &str) {
    asks(site, query, ADDRESS, often).await;
    site.works();
    let mail = mails(sink).pop().unwrap();
    let page = site.visitor().get(link(site, &mail, "/confirm")).await.is(StatusCode::OK);
    assert_eq!(page.form("/confirm").value("often"), Some(often));
    page.form("/confirm").send().await.is(StatusCode::OK).shows("You will be told");
}

fn reference(site: &Site) -> CaseId {
    site.app.db.read(published::reference).unwrap().unwrap()
}

/// A case that does not fit `f.country=DE`.
async fn elsewhere(site: &Site) -> CaseId {
    let page = site.visitor().get("/cases?f.country=NL").await;
    page.attributes("input[name=case]", "value").remove(0).parse().unwrap()
}

fn alerts(site: &Site) -> usize {
    dump(&site.app.db).into_iter().filter(|(column, _)| column == "alerts.id").count()
}

/// R6, D10: a search is followed by mail once its reader has said yes by a button; opening a link changes nothing. What is new or revised and
/// fits is told, once, and nothing else; one click ends it, sent by a mailbox with neither cookie nor origin.
#[actix_web::test]
async fn a_search_is_followed_by_mail_once_its_reader_says_yes_and_until_one_click() {
    let (site, sink) = open().await;
    let (case, other) = (reference(&site), elsewhere(&site).await);
    asks(&site, "?f.country=DE", ADDRESS, "daily").await;
    site.works();
    let first = mails(&sink).remove(0);
    assert!(first.contains(&format!("To: {ADDRESS}\n")), "{first}");
    assert!(
        !first.contains("List-Unsubscribe") && !first.contains("f.country") && !first.contains("Germany"),
        "{first}"
    );
    let confirm = link(&site, &first, "/confirm");
    for _ in 0..2 {
        let page = site.visitor().get(&confirm).await.is(StatusCode::OK).shows("Country: Germany");
        assert_eq!(page.header("cache-control"), "no-store");
    }
    revises(&site, &case, 1, "Read again");
    comes(&site, "08:00:00");
    assert_eq!(sink.taken().len(), 1, "nobody has said yes");
    let page = site.visitor().get(&confirm).await.is(StatusCode::OK);
    page.form("/confirm").send().await.is(StatusCode::OK).shows("You will be told");
    comes(&site, "08:00:00");
    assert_eq!(sink.taken().len(), 1, "what was public before is not told of");

    revises(&site, &case, 2, "Read once more");
    revises(&site, &other, 1, "Read again");
    site.works();
    assert_eq!(sink.taken().len(), 1, "mails follow the clock");
    comes(&site, "08:00:00");
    let news = mails(&sink).remove(1);
    assert!(news.contains("Subject: Casebook: one new or revised case\n"), "{news}");
    assert!(news.contains("(revision 3)") && news.contains("Huawei"), "{news}");
    assert!(news.contains(&format!("{}/cases/{case}\n", site.address())), "{news}");
    assert!(!news.contains(other.as_str()), "it does not fit: {news}");
    assert!(news.contains("Country: Germany") && news.contains("?f.country=DE"), "{news}");
    assert!(news.contains(" of 7 published cases fit."), "{news}");
    comes(&site, "08:00:00");
    assert_eq!(sink.taken().len(), 2, "nothing is told twice");

    assert!(news.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click\n"), "{news}");
    let end = link(&site, &news, "/unsubscribe");
    assert!(news.contains(&format!("List-Unsubscribe: <{}{end}>\n", site.address())), "{news}");
    site.visitor().get(&end).await.is(StatusCode::OK).shows("No more mails?");
    assert_eq!(alerts(&site), 1, "opening the link ends nothing");
    let click = [("List-Unsubscribe".to_owned(), "One-Click".to_owned())];
    for _ in 0..2 {
        let ended = site.visitor().post_bare(&end, &click, &[]).await.is(StatusCode::OK).shows("No more mails");
        assert_eq!(ended.header("set-cookie"), "");
    }
    assert_eq!(alerts(&site), 0, "nothing of it is kept");
    site.visitor().get(&end).await.is(StatusCode::OK).shows("These mails have ended");
    revises(&site, &case, 3, "And again");
    comes(&site, "08:00:00");
    assert_eq!(sink.taken().len(), 2);
}

/// R6: it also ends by a button, without script.
#[actix_web::test]
async fn an_alert_ends_by_the_button_of_its_page() {
    let (site, sink) = open().await;
    is_told(&site, &sink, "", "daily").await;
    revises(&site, &reference(&site), 1, "Read again");
    comes(&site, "08:00:00");
    let news = mails(&sink).pop().unwrap();
    assert!(news.contains("all cases"), "{news}");
    let page = site.visitor().get(link(&site, &news, "/unsubscribe")).await.is(StatusCode::OK);
    page.form("/unsubscribe").send().await.is(StatusCode::OK).shows("nothing of your address is kept");
    assert_eq!(alerts(&site), 0);
}

/// R6: once a week means on Monday.
#[actix_web::test]
async fn a_weekly_mail_comes_on_monday() {
    let (site, sink) = open().await;
    is_told(&site, &sink, "?f.country=DE", "weekly").await;
    revises(&site, &reference(&site), 1, "Read again");
    for day in 24..30 {
        comes(&site, "08:00:00");
        assert_eq!(sink.taken().len(), 1, "2026-11-{day} is no Monday");
    }
    comes(&site, "08:00:00");
    assert_eq!(sink.taken().len(), 2);
}

/// D10: what is hidden before the mail goes is not told of.
#[actix_web::test]
async fn a_hidden_case_is_never_mailed() {
    let (site, sink) = open().await;
    let (case, mo) = (reference(&site), site.moderator("mo").await);
    is_told(&site, &sink, "", "daily").await;
    revises(&site, &case, 1, "Read again");
    revises(&site, &elsewhere(&site).await, 1, "Read again");
    let form = mo.get(format!("/staff/cases/{case}")).await.form("/visibility").tick("visibility", "hidden");
    form.fill("reason", "names_private_person").send().await.is(StatusCode::SEE_OTHER);
    comes(&site, "08:00:00");
    let news = mails(&sink).pop().unwrap();
    assert!(news.contains("one new or revised case\n"), "the control: the other one is told of: {news}");
    assert!(!news.contains(case.as_str()), "{news}");
}

/// R6: address, search and token lie nowhere in readable form, neither before nor after the reader has said yes.
#[actix_web::test]
async fn what_readers_ask_to_be_told_lies_sealed() {
    let (site, sink) = open().await;
    is_told(&site, &sink, "?q=glockenspiel", "daily").await;
    let mail = mails(&sink).pop().unwrap();
    assert!(mail.contains(ADDRESS), "the control: it was opened for sending");
    let token = link(&site, &mail, "/confirm").split('/').nth(2).unwrap().to_owned();
    assert_eq!(token.len(), 43);
    comes(&site, "08:00:00");
    assert_eq!(alerts(&site), 1, "the control: it lies there");
    for word in [ADDRESS, "reader.ender", "glockenspiel", &token] {
        assert_eq!(found(&site, word), [""; 0], "{word}");
    }
}

/// R6: at most one mail a day goes to a mailbox that has not said yes, whatever is asked for, and the answer does not tell whether it is known.
#[actix_web::test]
async fn nobody_can_have_a_mailbox_flooded_or_learn_that_it_is_known() {
    let (site, sink) = open().await;
    let unknown = asks(&site, "", "somebody@example.org", "daily").await.body();
    let first = asks(&site, "", ADDRESS, "daily").await.body();
    let again = asks(&site, "", ADDRESS, "weekly").await.body();
    let other = asks(&site, "?f.country=DE", "Reader.Ender+casebook@Example.org", "daily").await.body();
    assert!(unknown == first && first == again && again == other);
    site.works();
    assert_eq!(sink.taken().len(), 2, "one to each of two mailboxes");
    comes(&site, "08:00:00");
    assert_eq!(asks(&site, "", ADDRESS, "daily").await.body(), first, "the same wish is not put down twice");
    site.works();
    assert_eq!((sink.taken().len(), alerts(&site)), (3, 2));
    let confirm = link(&site, &mails(&sink)[2], "/confirm");
    site.visitor().get(&confirm).await.form("/confirm").send().await.is(StatusCode::OK);
    assert_eq!(asks(&site, "", ADDRESS, "daily").await.body(), first);
    site.works();
    assert_eq!(sink.taken().len(), 3);
}

/// R6: what nobody says yes to is gone within 48 hours.
#[actix_web::test]
async fn what_nobody_says_yes_to_is_forgotten() {
    let (site, sink) = open().await;
    comes(&site, "00:05:00");
    asks(&site, "", ADDRESS, "daily").await;
    site.works();
    let confirm = link(&site, &mails(&sink)[0], "/confirm");
    comes(&site, "23:59:00");
    comes(&site, "23:59:00");
    site.visitor().get(&confirm).await.is(StatusCode::OK);
    site.clock.advance(TimeDelta::minutes(5));
    site.works();
    assert_eq!(alerts(&site), 0);
    site.visitor().get(&confirm).await.is(StatusCode::NOT_FOUND);
    site.visitor().post(&confirm, [("often", "daily")]).await.is(StatusCode::NOT_FOUND);
}

/// R6: a mailbox that refuses for good leaves one piece of work and not one a day; after a week it is tried again.
#[actix_web::test]
async fn a_mailbox_that_refuses_for_good_leaves_one_piece_of_work() {
    let (site, sink) = open().await;
    is_told(&site, &sink, "", "daily").await;
    revises(&site, &reference(&site), 1, "Read again");
    let laid_aside = || dump(&site.app.db).into_iter().filter(|it| *it == ("jobs.state".into(), "dead".into())).count();
    sink.now(Step::Refuses);
    comes(&site, "08:00:00");
    for _ in 0..8 {
        site.clock.advance(TimeDelta::minutes(130));
        site.works();
    }
    assert_eq!(laid_aside(), 1);
    let tried = sink.asked();
    for _ in 0..4 {
        comes(&site, "08:00:00");
        assert_eq!((laid_aside(), sink.asked()), (1, tried), "it is not tried day after day");
    }
    sink.now(Step::Takes);
    for _ in 0..5 {
        comes(&site, "08:00:00");
    }
    assert_eq!((laid_aside(), sink.taken().len()), (0, 2), "the first mail, and the one that was refused");
}

/// R6: while the text index has yet to take cases in, a search for words waits instead of passing them over.
#[actix_web::test]
async fn what_the_text_index_does_not_hold_yet_is_told_later() {
    let (site, sink) = open().await;
    is_told(&site, &sink, "?q=huawei", "daily").await;
    revises(&site, &reference(&site), 1, "Read again");
    tamper(
        &site.app.db,
        "INSERT INTO jobs (id, kind, payload, state, attempts, due) \
         VALUES ('00000000000000000000000000', 'index_cases', '{\"cases\":[]}', 'waiting', 1, '2030-01-01 00:00:00')",
    );
    comes(&site, "08:00:00");
    assert_eq!(sink.taken().len(), 1, "it waits");
    tamper(&site.app.db, "DELETE FROM jobs WHERE kind = 'index_cases'");
    site.clock.advance(TimeDelta::minutes(5));
    site.works();
    assert_eq!(sink.taken().len(), 2);
}

/// R6: bad input is told in a sentence, with what was typed and searched kept.
#[actix_web::test]
async fn a_wrong_address_is_told_and_nothing_is_lost() {
    let (site, sink) = open().await;
    let page = site.visitor().get("/alerts/new?q=lights&f.country=DE").await.is(StatusCode::OK);
    let form = page.form("/alerts/new").fill("address", "mo at example").without("often");
    let again = form.send().await.is(StatusCode::BAD_REQUEST).shows("This is not a mail address");
    assert_eq!(again.header("cache-control"), "no-store", "an address that was typed is kept nowhere");
    let again = again.shows("Choose how often").shows("words: lights, Country: Germany").form("/alerts/new");
    assert_eq!(again.value("address"), Some("mo at example"));
    assert_eq!((again.value("q"), again.value("f.country")), (Some("lights"), Some("DE")));
    let long = format!("/alerts/new?q={}", "lights+".repeat(400));
    site.visitor().get(&long).await.is(StatusCode::BAD_REQUEST).shows("too long to be followed");
    let long = [("q", "lights ".repeat(400)), ("address", ADDRESS.to_owned()), ("often", "daily".to_owned())];
    site.visitor().post("/alerts/new", long).await.is(StatusCode::BAD_REQUEST).shows("too long to be followed");
    site.visitor().get("/alerts/new?f.domain=cats").await.is(StatusCode::BAD_REQUEST).shows("mobility");
    site.works();
    assert!(sink.taken().is_empty() && alerts(&site) == 0);
}

/// R6: somebody who asks again and again is stopped, whatever addresses they give.
#[actix_web::test]
async fn asking_has_a_limit() {
    let (site, sink) = open_with(&[Step::Takes], |config| config.limits.enabled = true).await;
    for number in 0..5 {
        asks(&site, "", &format!("reader{number}@example.org"), "daily").await;
    }
    let form = site.visitor().get("/alerts/new").await.form("/alerts/new").fill("address", ADDRESS);
    form.send().await.is(StatusCode::TOO_MANY_REQUESTS).shows("Mails can be asked for again");
    site.works();
    assert_eq!(sink.taken().len(), 5);
}

/// R6, O12: without a mail server nothing is offered, and the pages say so; feeds need none.
#[actix_web::test]
async fn without_a_mail_server_alerts_are_not_offered() {
    let site = Site::with_first_cases().await;
    let list = site.visitor().get("/cases").await.is(StatusCode::OK).does_not_show("Tell me by mail");
    assert_eq!(list.link("Feed"), "/cases.atom");
    let page = site.visitor().get("/alerts/new").await.is(StatusCode::OK);
    page.shows("This instance sends no mail to readers").does_not_show("Send me the link");
    let sent = [("address", ADDRESS), ("often", "daily")];
    site.visitor().post("/alerts/new", sent).await.is(StatusCode::CONFLICT).shows("sends no mail to readers");
    assert_eq!(alerts(&site), 0);
}
