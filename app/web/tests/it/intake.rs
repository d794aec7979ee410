//! Contributing and coming back, through the site's own door and without script.

mod back;
mod bad;
mod canary;
mod filling;
mod guard;
mod retention;
mod sending;
mod twelve;

use reqwest::StatusCode;

use crate::site::{Answer, Form, Site, Visitor};

/// A text that is long enough to be sent.
pub(crate) fn account() -> String {
    "The council was shown a finished contract and asked to approve it the same evening. ".repeat(4)
}

/// An instance that takes accounts.
async fn open() -> Site {
    let site = Site::open().await;
    site.founder();
    site
}

/// The first page, filled in with all that is required.
pub(crate) async fn first_page(somebody: &Visitor) -> Form {
    let page = somebody.get("/share").await.is(StatusCode::OK);
    page.form("/share")
        .fill("scope", "municipality")
        .fill("country", "DE")
        .fill("city", "Duisburg")
        .tick("domain", "mobility")
        .fill("narrative", &account())
        .fill("proximity", "took_part")
}

/// Fills in what is required and saves it.
pub(crate) async fn begin(somebody: &Visitor) {
    let saved = first_page(somebody).await.tick("next", "topics").send().await;
    saved.redirects_to("/share/topics").follow().await.is(StatusCode::OK);
}

/// Sends what was filled in, as the preview shows it.
async fn send(somebody: &Visitor) -> Answer {
    let preview = somebody.get("/share/preview").await.is(StatusCode::OK);
    let sent = preview.form("/share/preview").tick("licence", "yes").tick("next", "send").send().await;
    sent.redirects_to("/share/words").follow().await.is(StatusCode::OK)
}

/// The words of the page that shows them.
fn shown_words(page: &Answer) -> Vec<String> {
    let words = page.texts("ol.words li");
    assert_eq!(words.len(), 12);
    words
}

/// Types the three words back that a page asks for.
fn typed_back(page: &Answer) -> Form {
    let words = shown_words(page);
    let places: Vec<usize> =
        page.texts("form label").iter().filter_map(|label| label.strip_prefix("Word ")?.trim().parse().ok()).collect();
    let form = page.form("/share/words");
    let form = form.fill("word.1", &words[places[0] - 1]).fill("word.2", &words[places[1] - 1]);
    form.fill("word.3", &words[places[2] - 1])
}

/// Fills in, sends and confirms; gives the words.
pub(crate) async fn contribute(somebody: &Visitor) -> String {
    begin(somebody).await;
    let page = send(somebody).await;
    typed_back(&page).send().await.redirects_to("/share/words").follow().await.shows("with the moderators");
    shown_words(&page).join(" ")
}

/// Comes back with the words.
pub(crate) async fn come_back(somebody: &Visitor, words: &str) -> Answer {
    somebody.get("/return").await.is(StatusCode::OK).form("/return").fill("words", words).send().await
}
