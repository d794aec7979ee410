//! What keeps floods out of the queue, without scripts and without a stored address.

use casebook_core::{
    db::{Actor, facts},
    intake::{State, review},
    random::{OsRandom, Random},
};
use chrono::TimeDelta;
use reqwest::StatusCode;

use super::{account, begin, contribute, first_page, open, send};
use crate::site::{CANARY_ADDRESS, CANARY_FORWARDED, Site, Visitor, traces::found};

/// What the automatic posts of the flood are made of.
const ADVERTISEMENTS: [&str; 4] = [
    "Our excellent company offers cheap lamps for every street of your wonderful town and delivers them within a week at a price that nobody \
     else can match, so write to us today and ask for the great catalogue of lamps, poles, cables and other goods for public places",
    "Win a fortune at the finest tables of the coast where thousands of happy players have doubled what they brought, open an account this \
     minute, take the welcome present of a hundred free rounds and tell your friends about the best evening of their whole life",
    "The mayor is a thief and everybody knows it, his brother owns the cameras and his cousin the wires, share this message with all people \
     whom you know before it is deleted by those in power who fear nothing more than the plain truth about their dirty business",
    "Doctors do not want you to hear of this simple root from the mountains which makes tired legs light, bright eyes brighter and long nights \
     short, order three bottles for the price of two while the harvest lasts and be surprised by what your neighbours will say",
];

/// One of the advertisements with every eighth word or so replaced, as programs vary them.
fn advertisement(number: usize) -> String {
    let chance = (&OsRandom as &dyn Random).bytes::<128>();
    let words = ADVERTISEMENTS[number % ADVERTISEMENTS.len()].split_whitespace().zip(chance.chunks(2).cycle());
    let words =
        words.map(|(word, chance)| if chance[0] % 8 == 0 { format!("w{}", chance[1]) } else { word.to_owned() });
    words.collect::<Vec<_>>().join(" ")
}

/// A text that has nothing in common with any other.
fn unlike_any_other() -> String {
    let letters = (&OsRandom as &dyn Random).bytes::<320>().map(|byte| char::from(b'a' + byte % 26));
    letters.chunks(8).map(|word| word.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

/// The first page as a program fills it in.
fn answers(narrative: String) -> Vec<(&'static str, String)> {
    let fixed = [
        ("scope", "municipality"),
        ("country", "DE"),
        ("city", "Duisburg"),
        ("domain", "mobility"),
        ("next", "topics"),
    ];
    let mut answers: Vec<_> = fixed.map(|(name, value)| (name, value.to_owned())).into();
    answers.extend([("proximity", "took_part".to_owned()), ("narrative", narrative)]);
    answers
}

/// A program that waits as long as the site asks for and leaves the hidden field empty.
async fn sends_patiently(program: &Visitor, narrative: String) {
    program.post("/share", answers(narrative)).await.redirects_to("/share/topics");
    let form = program.get("/share/preview").await.is(StatusCode::OK).form("/share/preview");
    form.tick("licence", "yes").tick("next", "send").send().await.redirects_to("/share/words");
    program.post("/share/another", [("", ""); 0]).await.redirects_to("/share");
}

fn received(site: &Site) -> usize {
    site.app.db.read(|r| review::list(r, &[State::Received])).unwrap().len()
}

/// C24: what is sent too fast or fills in the hidden field is not sent; what is sent patiently, in varied words, is one line a family.
#[actix_web::test]
async fn of_a_thousand_automatic_posts_none_is_a_row_of_the_queue_and_the_one_human_is() {
    let site = Site::open_with(|config| {
        config.limits.enabled = true;
        config.server.trusted_proxies = vec![CANARY_ADDRESS.to_owned()];
    })
    .await;
    site.founder();
    for (network, note) in [(1, "filled"), (2, "filled"), (3, "filled"), (4, "early"), (5, "early"), (6, "early")] {
        let program = site.visitor_from(&format!("198.51.{network}.1"));
        program.post("/share", answers(advertisement(0))).await.redirects_to("/share/topics");
        let form =
            program.get("/share/preview").await.form("/share/preview").tick("licence", "yes").tick("next", "send");
        for _ in 0..100 {
            let form = form.clone();
            let sent = match note {
                "filled" => form.fill("homepage", "https://lamps.example").send().await,
                _ => form.send_at_once().await,
            };
            sent.redirects_to(format!("/share/preview?note={note}"));
        }
    }
    assert_eq!(received(&site), 0);
    for network in 0..40 {
        let program = site.visitor_from(&format!("203.0.{network}.7"));
        for number in 0..10 {
            sends_patiently(&program, advertisement(network + number)).await;
        }
        if network == 20 {
            let human = site.visitor();
            contribute(&human).await;
        }
    }
    assert_eq!(received(&site), 401, "the patient ones and the human were received");
    let mo = site.moderator("mo").await;
    let queue = mo.get("/staff/queue").await.is(StatusCode::OK);
    let rows = queue.attributes("tbody th a", "href");
    let (alone, families): (Vec<_>, Vec<_>) = rows.iter().partition(|row| row.starts_with("/staff/submissions/"));
    assert_eq!((alone.len(), families.len()), (1, ADVERTISEMENTS.len()), "{rows:?}");
    mo.get(alone[0]).await.shows("asked to approve it the same evening");
    let family = mo.get(families[0]).await.is(StatusCode::OK).shows("Near-duplicates");
    let ids = family.attributes("input[name=ids]", "value");
    assert!(ids.len() > 50, "{}", ids.len());
    let declined =
        ids.iter().fold(family.form("/staff/queue/pile").fill("reason", "off_topic"), |form, id| form.tick("ids", id));
    let declined = declined.tick("act", "decline").send().await.redirects_to("/staff/queue").follow().await;
    declined.shows(&format!("Declined {} submissions", ids.len()));
    assert_eq!(received(&site), 401 - ids.len());
}

/// C24: what comes over the site's pace waits in the pile, is not refused, and its author notices nothing.
#[actix_web::test]
async fn over_the_pace_of_the_site_submissions_wait_in_a_pile_that_moderators_look_through() {
    let site = Site::open_with(|config| {
        config.limits.enabled = true;
        config.limits.submissions_per_hour = 2;
    })
    .await;
    site.founder();
    let somebody = site.visitor();
    for _ in 0..5 {
        sends_patiently(&somebody, unlike_any_other()).await;
    }
    let mo = site.moderator("mo").await;
    let queue = mo.get("/staff/queue").await.shows("3 submissions came over the site's pace");
    assert_eq!(queue.texts("tbody tr").len(), 2);
    let pile = mo.get("/staff/queue/pile").await.is(StatusCode::OK);
    let ids = pile.attributes("input[name=ids]", "value");
    assert_eq!(ids.len(), 3);
    let form = pile.form("/staff/queue/pile");
    let nothing = form.clone().tick("act", "release").send().await.redirects_to("/staff/queue/pile").follow().await;
    nothing.shows("Nothing is ticked");
    let no_reason = form.clone().tick("ids", &ids[1]).fill("text", "Buy elsewhere").tick("act", "decline").send().await;
    no_reason.redirects_to("/staff/queue/pile").follow().await.shows("Choose a reason").shows("Buy elsewhere");

    form.clone().tick("ids", &ids[0]).tick("act", "release").send().await.redirects_to("/staff/queue");
    site.log_ends_with("submission_released");
    assert_eq!(mo.get("/staff/queue").await.texts("tbody tr").len(), 3);
    let declined = form.tick("ids", &ids[1]).tick("ids", &ids[2]).fill("reason", "off_topic").tick("act", "decline");
    declined.send().await.follow().await.shows("Declined 2 submissions").does_not_show("over the site's pace");
    site.log_ends_with("submission_declined");
}

/// Whoever sends too fast, too late, or lets a browser fill in every field, is told so and loses nothing.
#[actix_web::test]
async fn a_form_that_looks_like_a_programs_comes_back_with_a_sentence_and_keeps_everything() {
    let site = open().await;
    let somebody = site.visitor();
    begin(&somebody).await;
    let form = || async {
        let page = somebody.get("/share/preview").await.shows("asked to approve it");
        page.form("/share/preview").tick("licence", "yes").tick("next", "send")
    };
    let early = form().await.send_at_once().await.redirects_to("/share/preview?note=early").follow().await;
    early.shows("faster than a person reads").shows("asked to approve it");
    let filled =
        form().await.fill("homepage", "x").send().await.redirects_to("/share/preview?note=filled").follow().await;
    filled.shows("must stay empty");
    let old = form().await;
    site.clock.advance(TimeDelta::hours(24));
    old.send().await.redirects_to("/share/preview?note=late").follow().await.shows("more than a day");
    let forged = form().await.fill("shown_at", "1.AAAA").send().await;
    forged.redirects_to("/share/preview?note=late");
    assert_eq!(received(&site), 0);
    send(&somebody).await.shows("Received");
    assert_eq!(received(&site), 1);
}

/// O3: a neighbourhood is stopped, another is not, and no address lies anywhere.
#[actix_web::test]
async fn limits_hold_without_a_stored_address() {
    let site = Site::open_with(|config| {
        config.limits.enabled = true;
        config.server.trusted_proxies = vec![CANARY_ADDRESS.to_owned()];
    })
    .await;
    site.founder();
    let (somebody, neighbour, other) =
        (site.visitor(), site.visitor_from("203.0.113.7"), site.visitor_from("198.51.100.7"));
    let words = "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about";
    let tries = |visitor: Visitor| async move { visitor.post("/return", [("words", words)]).await.location() };
    for _ in 0..10 {
        assert!(!tries(somebody.clone()).await.contains("too-many"));
    }
    assert_eq!(tries(somebody.clone()).await, "/share/problem?what=too-many");
    assert_eq!(tries(neighbour).await, "/share/problem?what=too-many");
    assert!(!tries(other).await.contains("too-many"));
    somebody.get("/share/problem?what=too-many").await.shows("So many tries came in a short time");
    first_page(&somebody).await.fill("narrative", &account()).tick("next", "topics").send().await;
    let seen = [CANARY_ADDRESS, CANARY_FORWARDED, "127.77.13", "203.0.113", "198.51.100"];
    for address in seen {
        assert_eq!(found(&site, address), [""; 0], "{address}");
    }
    site.app.db.write(Actor::System, |tx| facts::set(tx, "control", CANARY_FORWARDED)).unwrap();
    assert!(!found(&site, CANARY_FORWARDED).is_empty() && !found(&site, "203.0.113").is_empty(), "the search finds");
}
