//! The codebook page: the same text that the form, the filters and the exports are made from.

mod retiring;

use casebook_core::codebook::Codebook;
use reqwest::StatusCode;

use crate::site::Site;

/// O14: a fresh instance has its vocabulary. C19: field and code stand there with definition and example.
#[actix_web::test]
async fn every_field_and_code_stands_in_the_codebook() {
    let site = Site::open().await;
    let answer = site.visitor().get("/codebook").await.is(StatusCode::OK);
    let book = Codebook::embedded();
    for field in book.fields() {
        assert!(answer.body().contains(&format!("<code>{}</code>", field.code)), "{}", field.code);
        for code in &field.codes {
            assert!(answer.body().contains(&format!("<code>{}</code>", code.code)), "{}", code.code);
        }
    }
    answer.shows(book.field("domain").unwrap().definition("en")).shows(book.field("domain").unwrap().example("en"));
}

#[actix_web::test]
async fn programs_get_it_too() {
    let site = Site::open().await;
    let answer = site.visitor().get("/codebook.json").await.is(StatusCode::OK);
    let book: serde_json::Value = serde_json::from_str(&answer.body()).unwrap();
    assert_eq!(book["version"], "0.1");
}
