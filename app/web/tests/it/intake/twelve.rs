//! The twelve words: shown until confirmed, stored nowhere, taken in no text.

use casebook_core::{
    intake::{State, review},
    seal::Passphrase,
    testing::dump,
};
use reqwest::StatusCode;

use super::{account, begin, come_back, contribute, first_page, open, send, shown_words, typed_back};
use crate::site::Site;

fn unconfirmed(site: &Site) -> Vec<bool> {
    let all = site.app.db.read(|r| review::list(r, &State::ALL)).unwrap();
    all.iter().map(|submission| submission.unconfirmed).collect()
}

/// C5
#[actix_web::test]
async fn the_words_are_shown_until_three_of_them_are_typed_back() {
    let site = open().await;
    let somebody = site.visitor();
    begin(&somebody).await;
    let page = send(&somebody).await;
    let words = shown_words(&page);
    assert_eq!(shown_words(&somebody.get("/share/words").await), words, "reloading shows them again");
    let form = page.form("/share/words").fill("word.1", "zoo").fill("word.2", "zoo").fill("word.3", "zoo");
    let wrong = form.send().await.redirects_to("/share/words?note=wrong").follow().await.shows("not the words");
    assert_eq!(shown_words(&wrong), words);
    assert_eq!(unconfirmed(&site), [true], "it counts, and is marked");
    let done = typed_back(&wrong).send().await.redirects_to("/share/words").follow().await;
    // A single word of the list may well stand in a sentence of the page; a row of them may not.
    assert!(done.texts("ol.words li").is_empty());
    done.does_not_show(&words[..3].join(" "));
    assert_eq!(unconfirmed(&site), [false]);
    somebody.get("/share").await.redirects_to("/share/words");
}

/// C4
#[actix_web::test]
async fn a_dump_of_the_database_holds_neither_the_words_nor_their_bits() {
    let site = open().await;
    let somebody = site.visitor();
    let words = contribute(&somebody).await;
    let passphrase = Passphrase::parse(&words).unwrap();
    let bits = passphrase.bits().as_slice();
    let hex = data_encoding::HEXLOWER.encode(bits);
    let base64 = data_encoding::BASE64_NOPAD.encode(bits);
    let all = dump(&site.app.db);
    assert!(all.iter().any(|(column, _)| column == "submissions.lookup"), "the dump holds the submission");
    for (column, value) in &all {
        for secret in [words.as_str(), &hex, &base64] {
            assert!(!value.contains(secret), "{column}");
        }
    }
    let lookup = passphrase.lookup(site.app.keys.pepper());
    assert!(all.iter().any(|(column, value)| column == "submissions.lookup" && value == lookup.as_str()));
}

/// C6
#[actix_web::test]
async fn the_words_are_refused_in_the_text_of_a_case() {
    let site = open().await;
    let somebody = site.visitor();
    let words = contribute(&site.visitor()).await;
    let numbered: Vec<String> = words.split(' ').enumerate().map(|(at, word)| format!("{}. {word}", at + 1)).collect();
    for typed in [words.clone(), words.to_uppercase(), numbered.join("\n")] {
        let form = first_page(&somebody).await.fill("narrative", &format!("{} {typed}.", account()));
        let again = form.tick("next", "topics").send().await.redirects_to("/share").follow().await;
        again.shows("This holds the twelve words");
        let preview = somebody.get("/share/preview").await.is(StatusCode::OK).shows("Not ready to send");
        preview.shows("This holds the twelve words");
    }
}

/// C13
#[actix_web::test]
async fn an_unfinished_form_is_kept_under_its_words_and_opened_in_another_browser() {
    let site = open().await;
    let somebody = site.visitor();
    let form = somebody.get("/share").await.form("/share").fill("narrative", "Only a beginning.");
    let words = form.tick("next", "keep").send().await.redirects_to("/share/words").follow().await;
    let kept = shown_words(&words);
    typed_back(&words).send().await.follow().await.redirects_to("/share/topics?note=kept");
    let form = somebody.get("/share").await.form("/share").fill("narrative", "Only a beginning, and more.");
    form.tick("next", "stay").send().await.redirects_to("/share?note=saved");
    somebody.get("/share/leave").await.redirects_to("/share/left?stays");
    site.clock.advance(chrono::TimeDelta::days(30));
    let elsewhere = site.visitor();
    come_back(&elsewhere, &kept.join(" ")).await.redirects_to("/share/topics").follow().await.is(StatusCode::OK);
    let page = elsewhere.get("/share").await;
    assert_eq!(page.form("/share").value("narrative"), Some("Only a beginning, and more."));
    site.clock.advance(chrono::TimeDelta::minutes(16));
    elsewhere.get("/share").await.redirects_to("/return?note=idle");
    let saved = page.form("/share").fill("narrative", "Saving never idles.").tick("next", "stay").send().await;
    saved.redirects_to("/share?note=saved").follow().await.shows("Saving never idles.");
}

#[actix_web::test]
async fn words_are_the_same_at_keeping_and_sending_and_new_for_the_next_case() {
    let site = open().await;
    let somebody = site.visitor();
    begin(&somebody).await;
    let kept = somebody.get("/share/topics").await.form("/share/keep").send().await.follow().await;
    let first = shown_words(&kept);
    assert_eq!(shown_words(&send(&somebody).await), first);
    let another = somebody.get("/share/words").await.form("/share/another").send().await;
    another.redirects_to("/share").follow().await.is(StatusCode::OK);
    begin(&somebody).await;
    assert_ne!(shown_words(&send(&somebody).await), first);
}

#[actix_web::test]
async fn leaving_quickly_deletes_what_was_not_kept_and_says_so() {
    let site = open().await;
    let somebody = site.visitor();
    begin(&somebody).await;
    somebody.get("/share").await.shows("deletes what you did not keep");
    let left = somebody.get("/share/leave").await;
    assert_eq!(left.header("clear-site-data"), "\"cookies\", \"storage\"");
    left.redirects_to("/share/left").follow().await.shows("is deleted");
    assert_eq!(dump(&site.app.db).iter().filter(|(column, _)| column.starts_with("drafts.")).count(), 0);
    assert_eq!(somebody.cookies(), []);
}
