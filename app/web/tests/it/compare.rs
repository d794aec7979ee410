//! Two to four cases side by side.

use reqwest::StatusCode;

use crate::site::Site;

async fn two(site: &Site) -> String {
    let answer = site.visitor().get("/cases?f.municipal_access=none").await;
    format!("case=7K2MQX4T&case={}", answer.attributes("input[type=checkbox][name=case]", "value")[0])
}

/// R20
#[actix_web::test]
async fn differences_and_gaps_are_marked() {
    let site = Site::with_first_cases().await;
    let pair = two(&site).await;
    let answer = site.visitor().get(&format!("/compare?{pair}")).await.is(StatusCode::OK);
    let answer = answer.shows("Huawei").shows("CityTec").shows("differs").shows("not stated");
    let rows = |answer: &crate::site::Answer| answer.texts("tbody tr:not(.section)").len();
    let fewer = site.visitor().get(&format!("/compare?{pair}&only=differences")).await;
    assert!(rows(&fewer) < rows(&answer), "agreement is left out");
}

/// R21: the same matrix as a file; the address names cases and revisions.
#[actix_web::test]
async fn the_matrix_is_a_file_too_and_its_address_names_revisions() {
    let site = Site::with_first_cases().await;
    let pair = two(&site).await.replace("7K2MQX4T", "7K2MQX4T@1");
    let sheet = site.visitor().get(&format!("/compare.csv?{pair}")).await.is(StatusCode::OK);
    let mut reader = csv::ReaderBuilder::new().flexible(false).from_reader(sheet.bytes());
    assert_eq!(&reader.headers().unwrap()[3], "7K2MQX4T@1");
    assert!(reader.records().map(Result::unwrap).any(|row| &row[0] == "kind" && &row[2] == "yes"));
}

/// R22
#[actix_web::test]
async fn the_reference_case_is_one_click_away() {
    let site = Site::with_first_cases().await;
    let pair = two(&site).await;
    let other = pair.rsplit('=').next().unwrap();
    let answer = site.visitor().get(&format!("/cases/{other}")).await;
    let links = answer.attributes("a[href^='/compare?']", "href");
    assert!(links.iter().any(|link| link.contains(other) && link.contains("7K2MQX4T")), "{links:?}");
}

#[actix_web::test]
async fn what_cannot_be_compared_is_said() {
    let site = Site::with_first_cases().await;
    let reader = site.visitor();
    reader.get("/compare").await.is(StatusCode::OK).shows("Choose at least two cases");
    reader.get("/compare?case=7K2MQX4T&case=nothing").await.is(StatusCode::BAD_REQUEST).shows("is no id");
    reader.get("/compare?case=7K2MQX4T&case=00000000").await.is(StatusCode::NOT_FOUND);
    let five = ["7K2MQX4T", "00000001", "00000002", "00000003", "00000004"].map(|id| format!("case={id}")).join("&");
    reader.get(&format!("/compare?{five}")).await.is(StatusCode::BAD_REQUEST).shows("At most four");
    reader.get("/compare.csv?case=7K2MQX4T").await.is(StatusCode::BAD_REQUEST);
}
