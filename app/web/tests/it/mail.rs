//! Mail to staff: the daily digest, what becomes of it when the mail server does not do as it should, and everything without any mail server.

use std::time::Duration;

use casebook_core::{
    background,
    clock::Clock,
    config::{Config, MailTransport},
    doctor,
    intake::{State, review},
    testing::dump,
};
use casebook_web::letters;
use chrono::TimeDelta;
use reqwest::StatusCode;

use crate::{
    intake::{come_back, contribute},
    site::{Sink, Site, Step, Visitor, log_text, traces::found},
};

const ADDRESS: &str = "mo.ender@example.org";

/// A site whose mail goes to a server with this script.
async fn open(script: &[Step]) -> (Site, Sink) {
    open_with(script, |_| {}).await
}

/// The same with some settings changed.
pub(crate) async fn open_with(script: &[Step], change: impl FnOnce(&mut Config)) -> (Site, Sink) {
    let sink = Sink::open(script);
    let site = Site::open_with(|config| {
        change(config);
        config.mail.transport = MailTransport::Smtp;
        config.mail.smtp_url = sink.url.clone().into();
        config.mail.smtp_hello = "mail.casebook.example".to_owned();
        config.mail.smtp_timeout_seconds = 8;
        config.mail.from = "Casebook <casebook@example.org>".to_owned();
    })
    .await;
    site.founder();
    // From here on the clock decides what is done each day.
    site.works();
    (site, sink)
}

/// A moderator gives an address.
pub(crate) async fn wants_mail(somebody: &Visitor) {
    let page = somebody.get("/staff/mail").await.is(StatusCode::OK).shows("You have given no address");
    let sent = page.form("/staff/mail").fill("address", ADDRESS).send().await;
    sent.redirects_to("/staff/mail").follow().await.shows("The address is stored").shows("m…@example.org");
}

/// Lets the hours pass until the next time of the day, and does what is due then.
pub(crate) fn comes(site: &Site, time: &str) {
    let now = site.clock.now();
    let sought = now.date().and_time(time.parse().unwrap());
    site.clock.advance(if sought > now { sought - now } else { sought + TimeDelta::days(1) - now });
    site.works();
}

/// A day passes, until the digest is due.
pub(crate) fn next_morning(site: &Site) {
    comes(site, "00:00:00");
    comes(site, "07:00:00");
}

fn header<'a>(mail: &'a str, name: &str) -> &'a str {
    mail.lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
        .unwrap_or_else(|| panic!("{name}: {mail}"))
}

#[track_caller]
pub(crate) fn counts(mail: &str, line: &str) {
    assert!(mail.lines().any(|found| found.trim() == line), "\"{line}\" is not told:\n{mail}");
}

/// What lies in the database of digests: schedules, jobs, what was counted.
fn of_digests(site: &Site) -> Vec<(String, String)> {
    dump(&site.app.db).into_iter().filter(|(_, value)| value.contains("digest")).collect()
}

/// A mail at a fixed time each day whether or not anything came, with numbers of the time before midnight and nothing else.
#[actix_web::test]
async fn the_digest_comes_every_day_and_tells_numbers_of_the_day_before() {
    let (site, sink) = open(&[Step::Takes]).await;
    let mo = site.moderator("mo").await;
    wants_mail(&mo).await;
    contribute(&site.visitor()).await;
    comes(&site, "00:00:00");
    assert!(!of_digests(&site).is_empty(), "the control of the test without a mail server");
    comes(&site, "03:00:00");
    contribute(&site.visitor()).await;
    comes(&site, "06:59:00");
    assert!(sink.taken().is_empty(), "it is not time yet");
    comes(&site, "07:00:00");
    let mail = sink.taken().remove(0);
    assert_eq!(header(&mail, "Subject"), "Casebook: what waited at the end of 2026-11-23");
    counts(&mail, "1  that nobody has begun to review");
    counts(&mail, "0  under review");

    let id = site.app.db.read(|r| review::list(r, &State::OPEN)).unwrap().remove(0).id.to_string();
    let waiting = format!("/staff/submissions/{id}");
    let jo = site.moderator("jo").await;
    jo.get(&waiting).await.form("/begin").send().await.redirects_to(&waiting);
    comes(&site, "23:00:00");
    assert_eq!(sink.taken().len(), 1, "neither an account nor an act of staff sends a mail");
    next_morning(&site);
    let second = sink.taken().remove(1);
    counts(&second, "1  that nobody has begun to review");
    counts(&second, "1  under review");
    next_morning(&site);
    assert_eq!(sink.taken().len(), 3, "nothing happened, and the mail comes all the same");

    for mail in sink.taken() {
        assert_eq!(mail.matches("http").count(), 1, "{mail}");
        assert!(mail.contains(&format!("{}/staff/continue", site.address())), "{mail}");
        assert!(!mail.contains(&id) && !mail.contains("/staff/submissions") && !mail.contains("council"), "{mail}");
    }
}

/// What was not counted at midnight is not counted later: it would tell of the present day.
#[actix_web::test]
async fn a_count_that_was_missed_at_midnight_is_not_made_up_for() {
    let (site, sink) = open(&[Step::Takes]).await;
    wants_mail(&site.moderator("mo").await).await;
    contribute(&site.visitor()).await;
    site.clock.advance(TimeDelta::hours(30));
    site.works();
    let mail = sink.taken().remove(0);
    assert!(mail.contains("What waited at the end of 2026-11-23 (UTC) is not known"), "{mail}");
    next_morning(&site);
    counts(&sink.taken()[1], "1  that nobody has begun to review");
}

/// The address lies sealed, is masked wherever it is shown, can be changed and taken back, and goes with the member.
#[actix_web::test]
async fn an_address_is_sealed_masked_and_goes_with_its_member() {
    let (site, sink) = open(&[Step::Takes]).await;
    let mo = site.moderator("mo").await;
    let page = mo.get("/staff/mail").await.is(StatusCode::OK);
    let wrong = page.form("/staff/mail").fill("address", "mo at example").send().await;
    let again = wrong.redirects_to("/staff/mail").follow().await.shows("This is not a mail address");
    assert_eq!(again.form("/staff/mail").value("address"), Some("mo at example"), "what was typed is kept");
    wants_mail(&mo).await;
    mo.get("/staff/mail").await.does_not_show(ADDRESS);
    site.log_ends_with("staff_mail_wanted");
    mo.get("/staff/mail")
        .await
        .form("/trial")
        .send()
        .await
        .redirects_to("/staff/mail")
        .follow()
        .await
        .shows("on its way");
    site.works();
    let trial = sink.taken().remove(0);
    assert_eq!(header(&trial, "To"), ADDRESS, "the control: it was opened for sending");
    assert_eq!(found(&site, ADDRESS), [""; 0]);
    let log = log_text();
    assert!(log.contains("a mail has left") && log.contains("m…@example.org"));

    let sealed = || dump(&site.app.db).into_iter().filter(|(column, _)| column == "members.mail_address").count();
    assert_eq!(sealed(), 1);
    mo.get("/staff/mail")
        .await
        .form("/forget")
        .send()
        .await
        .redirects_to("/staff/mail")
        .follow()
        .await
        .shows("no mail");
    assert_eq!(sealed(), 0);
    site.log_ends_with("staff_mail_declined");
    wants_mail(&mo).await;
    assert_eq!(sealed(), 1);
    let id = site.member("mo").await.id.clone();
    let ada = site.administrator("ada").await;
    ada.get("/staff/members").await.form(&format!("{id}/remove")).send().await.redirects_to("/staff/members");
    assert_eq!(sealed(), 0);
    next_morning(&site);
    assert_eq!(sink.taken().len(), 1, "who left is sent nothing");
}

/// protection.md section 7: a link from a mail meets a page from which the cookie of the session is sent again.
#[actix_web::test]
async fn the_link_in_a_mail_leads_to_a_page_that_leads_on() {
    let (site, _sink) = open(&[Step::Takes]).await;
    let page = site.visitor().get("/staff/continue").await.is(StatusCode::OK);
    let on = page.link("On to the staff pages");
    assert_eq!(on, "/staff");
    site.visitor().get(&on).await.redirects_to("/staff/sign-in?to=%2Fstaff");
    site.moderator("mo").await.get(&on).await.is(StatusCode::OK);
}

/// Tries again for as long as the digest of the day counts.
fn is_tried_until_it_is_laid_aside(site: &Site) {
    for _ in 0..8 {
        site.clock.advance(TimeDelta::minutes(65));
        site.works();
    }
}

/// A server that refuses for good: the mail is laid aside where an administrator sees it, who lets it be tried again or throws it away.
#[actix_web::test]
async fn a_mail_that_is_refused_is_laid_aside_for_an_administrator() {
    let (site, sink) = open(&[Step::Refuses]).await;
    wants_mail(&site.moderator("mo").await).await;
    next_morning(&site);
    is_tried_until_it_is_laid_aside(&site);
    assert!(sink.taken().is_empty() && sink.asked() == 8, "{}", sink.asked());

    let ada = site.administrator("ada").await;
    ada.get("/staff").await.shows("One piece of work was laid aside");
    site.moderator("jo").await.get("/staff").await.does_not_show("laid aside");
    let page = ada.get("/staff/work").await.is(StatusCode::OK).shows("A digest to a member of staff");
    let page =
        page.shows("after 8 tries").shows("the mail server refuses a mail for good (550)").does_not_show("example.org");
    sink.now(Step::Takes);
    let waits = page.form("/again").send().await.redirects_to("/staff/work").follow().await;
    waits.shows("It waits to be tried again").shows("Nothing was laid aside");
    site.log_ends_with("work_tried_again");
    site.works();
    counts(&sink.taken()[0], "0  that nobody has begun to review");

    sink.now(Step::Refuses);
    next_morning(&site);
    is_tried_until_it_is_laid_aside(&site);
    let ada = site.administrator("eve").await;
    let gone = ada.get("/staff/work").await.form("/discard").send().await.redirects_to("/staff/work").follow().await;
    gone.shows("Thrown away").shows("Nothing was laid aside");
    site.log_ends_with("work_discarded");
    assert_eq!(sink.taken().len(), 1);
}

/// A server that puts it off: tried with growing pauses, and the mail arrives once.
#[actix_web::test]
async fn a_mail_that_is_put_off_arrives_once() {
    let (site, sink) = open(&[Step::Defers, Step::Defers, Step::Takes]).await;
    wants_mail(&site.moderator("mo").await).await;
    next_morning(&site);
    assert_eq!((sink.asked(), sink.taken().len()), (1, 0));
    site.works();
    assert_eq!(sink.asked(), 1, "it waits a minute");
    for (minutes, asked, taken) in [(1, 2, 0), (1, 2, 0), (1, 3, 1), (120, 3, 1)] {
        site.clock.advance(TimeDelta::minutes(minutes));
        site.works();
        assert_eq!((sink.asked(), sink.taken().len()), (asked, taken), "after {minutes} minutes");
    }
}

/// A server that hangs: the worker gives it up and goes on, and nobody else waits for it.
#[actix_web::test]
async fn while_a_mail_server_hangs_nobody_waits_and_the_worker_goes_on() {
    let (site, sink) = open(&[Step::Hangs, Step::Takes]).await;
    wants_mail(&site.moderator("mo").await).await;
    comes(&site, "00:00:00");
    site.clock.advance(TimeDelta::hours(7));
    let (instance, words) = (site.app.instance.clone(), letters(&site.app.config));
    let worker = std::thread::spawn(move || background::run_all(&instance, &words, |_| ()));
    for _ in 0..200 {
        std::thread::sleep(Duration::from_millis(10));
        if sink.asked() == 1 {
            break;
        }
    }
    assert_eq!(sink.asked(), 1, "the worker talks to the server");
    let words = contribute(&site.visitor()).await;
    come_back(&site.visitor(), &words).await.redirects_to("/return/case").follow().await.shows("Received");
    site.moderator("jo").await.get("/staff/queue").await.is(StatusCode::OK).shows("New case");
    assert!(!worker.is_finished(), "all this while it hung");
    worker.join().unwrap().unwrap();
    assert!(sink.taken().is_empty());
    site.clock.advance(TimeDelta::minutes(2));
    site.works();
    assert_eq!(sink.taken().len(), 1);
}

/// A server that goes away: before it took the mail, it is sent again; after, the same mail comes twice and bears the same name.
#[actix_web::test]
async fn a_server_that_goes_away_is_handed_the_same_mail_again() {
    let (site, sink) = open(&[Step::Disconnects, Step::TakesAndDisconnects, Step::Takes]).await;
    wants_mail(&site.moderator("mo").await).await;
    next_morning(&site);
    assert!(sink.taken().is_empty());
    for _ in 0..2 {
        site.clock.advance(TimeDelta::minutes(5));
        site.works();
    }
    let taken = sink.taken();
    assert_eq!(taken.len(), 2);
    assert_eq!(header(&taken[0], "Message-ID"), header(&taken[1], "Message-ID"));
    assert_eq!(sink.told()[0], "EHLO mail.casebook.example", "the machine's name is not told");
}

/// O12: with no mail server at all everything works; no digest is made, and the pages say so.
#[actix_web::test]
async fn without_any_mail_server_everything_works() {
    let site = Site::open().await;
    assert_eq!(site.app.config.mail.transport, MailTransport::None, "it is the default");
    let ada = site.administrator("ada").await;
    let words = contribute(&site.visitor()).await;
    let mo = site.moderator("mo").await;
    mo.get("/staff/mail").await.is(StatusCode::OK).shows("This instance sends no mail");
    wants_mail(&mo).await;
    let nothing: [(&str, &str); 0] = [];
    mo.post("/staff/mail/trial", nothing).await.is(StatusCode::CONFLICT).shows("This instance sends no mail");
    let waiting = mo.get("/staff/queue").await.attributes("tbody th a", "href").remove(0);
    let begun = mo.get(&waiting).await.form("/begin").send().await.redirects_to(&waiting).follow().await;
    begun.form("/accept").tick_every("checked.").send().await.redirects_to(&waiting);
    ada.get("/staff/work").await.is(StatusCode::OK).shows("Nothing was laid aside");
    site.works();
    come_back(&site.visitor(), &words).await.redirects_to("/return/case").follow().await.shows("Published");
    for _ in 0..3 {
        next_morning(&site);
    }
    assert_eq!(of_digests(&site), [], "neither a schedule nor a job nor a count");
    assert!(!site.folder().join("mail").exists());
    let findings = doctor::examine(&site.app.config, site.clock.clone(), site.app.random.clone());
    let mail = findings.iter().find(|finding| finding.about == "mail").unwrap();
    assert!(!mail.is_problem() && mail.says.contains("none is sent"), "{mail:?}");
}
