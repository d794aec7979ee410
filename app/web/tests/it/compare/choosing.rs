//! Which cases stand side by side: too few, too many, twice, or none that can be compared.

use casebook_core::{
    cases::{self, Showing},
    db::Actor,
};
use reqwest::StatusCode;

use super::{empties, two};
use crate::site::{Answer, Site};

/// R20: an id that leads to nothing costs that id and not the comparison. Whether a case never was or is hidden is not told here; a file,
/// which could not say that something is missing, is refused. An unlisted case is found by its address, also by this one.
#[actix_web::test]
async fn what_cannot_be_compared_is_said_and_the_rest_is_compared() {
    let site = Site::with_first_cases().await;
    let reader = site.visitor();
    let pair = two(&site).await;
    let (gone, never) = ("X2B8GR6T", "00000000");
    let said = |page: &Answer, id: &str| page.texts("div.notice").concat().replace(id, "ID");
    let before = reader.get(&format!("/compare?{pair}&case={gone}")).await.is(StatusCode::OK);
    assert_eq!(before.texts("thead th a[href^='/cases/']").len(), 3, "the control: it can be compared");
    assert!(before.texts(".notice").is_empty());
    let unknown = reader.get(&format!("/compare?{pair}&case={never}")).await.is(StatusCode::OK);
    assert_eq!(said(&unknown, never).matches("leads to no case that can be compared").count(), 1);
    let later = reader.get(&format!("/compare?{pair}&case={gone}@7")).await.is(StatusCode::OK);
    assert_eq!(later.attributes("div.notice a", "href"), [format!("/cases/{gone}/r/7")]);
    let shows = |showing: Showing| {
        let case = gone.parse().unwrap();
        site.app.db.write(Actor::System, |tx| cases::set_visibility(tx, &case, &showing)).unwrap();
        site.works();
    };
    shows(Showing::Unlisted("duplicate".to_owned()));
    let unlisted = reader.get(&format!("/compare?{pair}&case={gone}")).await.is(StatusCode::OK);
    assert_eq!(unlisted.texts("thead th a[href^='/cases/']").len(), 3);
    shows(Showing::Hidden("names_private_person".to_owned()));
    let page = reader.get(&format!("/compare?{pair}&case={gone}")).await.is(StatusCode::OK);
    assert_eq!(page.texts("thead th a[href^='/cases/']").len(), 2);
    assert_eq!(said(&page, gone), said(&unknown, never));
    assert_eq!(page.attributes("div.notice a", "href"), [format!("/cases/{gone}")]);
    assert!(!page.link("CSV").contains(gone) && !page.link("Permanent link to these revisions").contains(gone));
    assert!(!page.attributes("form.search input[type=hidden]", "value").contains(&gone.to_owned()));
    for ending in ["csv", "xlsx", "bib", "ris", "csl.json"] {
        let file = |id: &str| format!("/compare.{ending}?{pair}&case={id}");
        let refused = reader.get(&file(gone)).await.is(StatusCode::BAD_REQUEST).shows("A file cannot say");
        let never_was = reader.get(&file(never)).await.is(StatusCode::BAD_REQUEST);
        let words = |answer: &Answer, id: &str| answer.texts("main").concat().replace(id, "ID");
        assert_eq!(words(&refused, gone), words(&never_was, never), "{ending}");
    }
    let cited = reader.get(&format!("/compare?{pair}&case={gone}@1")).await.is(StatusCode::OK);
    assert_eq!(cited.texts("thead th a[href^='/cases/']").len(), 2, "a revision of it is none either");
}

/// R20, R22: with one case left the page says which it is, what is missing, and what can stand beside it.
#[actix_web::test]
async fn a_case_that_is_left_alone_is_helped_to_company() {
    let site = Site::with_first_cases().await;
    let reader = site.visitor();
    reader.get("/compare").await.is(StatusCode::OK).shows("Choose at least two cases").does_not_show("Chosen so far");
    let page = reader.get("/compare?case=X2B8GR6T&case=nothing").await.is(StatusCode::OK);
    let page = page.shows("\"nothing\" is no id of a case").shows("Chosen so far: ").shows("Choose at least two cases");
    assert_eq!(page.attributes("form.search input[type=hidden]", "value"), ["X2B8GR6T"]);
    let beside = page.link("Put the reference case beside it");
    let both = reader.get(&beside).await.is(StatusCode::OK).shows("Huawei");
    assert_eq!(both.texts("thead th a[href^='/cases/']").len(), 2);
    let page = reader.get("/compare?case=7K2MQX4T&case=00000000").await.is(StatusCode::OK);
    page.shows("Chosen so far: ").does_not_show("Put the reference case beside it");
    let none =
        reader.get("/compare?case=00000001&case=00000002").await.is(StatusCode::OK).shows("2 ids lead to no case");
    none.shows("Choose at least two cases").does_not_show("Chosen so far");
    let five = ["7K2MQX4T", "00000001", "00000002", "00000003", "00000004"].map(|id| format!("case={id}")).join("&");
    let page = reader.get(&format!("/compare?{five}")).await.is(StatusCode::OK).shows("4 ids lead to no case");
    page.shows("Chosen so far: ").does_not_show("at most four");
    reader.get("/compare.csv?case=7K2MQX4T").await.is(StatusCode::BAD_REQUEST).shows("At least two cases");
    reader.get("/compare.csv?case=7K2MQX4T&case=nothing").await.is(StatusCode::BAD_REQUEST).shows("is no id");
}

/// R20: whoever marks more cases than can stand side by side sees them all, and takes out what is too much; a file is refused.
#[actix_web::test]
async fn too_many_cases_are_listed_and_can_be_taken_out() {
    let site = Site::with_first_cases().await;
    let reader = site.visitor();
    let ids = reader.get("/cases").await.attributes("input[type=checkbox][name=case]", "value");
    let named = |ids: &[String]| ids.iter().map(|id| format!("case={id}")).collect::<Vec<_>>().join("&");
    let page = reader.get(format!("/compare?{}&only=differences", named(&ids[..5]))).await.is(StatusCode::OK);
    let page = page.shows("These are 5 cases, and at most four can stand side by side. Take one out:");
    let listed = page.attributes("main li > a[href^='/cases/']", "href");
    assert_eq!(listed, ids[..5].iter().map(|id| format!("/cases/{id}/r/1")).collect::<Vec<_>>());
    let without = page.attributes("main li small > a", "href");
    assert_eq!(without.len(), 5);
    let four = reader.get(&without[1]).await.is(StatusCode::OK).does_not_show("at most four");
    assert_eq!(four.texts("thead th a[href^='/cases/']").len(), 4);
    assert!(!without[1].contains(&ids[1]) && without[1].contains("only=differences"), "{}", without[1]);
    let first = reader.get(page.link("Compare the first four")).await.is(StatusCode::OK);
    assert_eq!(first.texts("thead th a[href^='/cases/']").len(), 4);
    reader.get(format!("/compare?{}", named(&ids[..7]))).await.is(StatusCode::OK).shows("Take 3 out:");
    for ending in ["csv", "xlsx", "bib"] {
        let refused = reader.get(format!("/compare.{ending}?{}", named(&ids[..5]))).await;
        refused.is(StatusCode::BAD_REQUEST).shows("At most four cases");
    }
    let strangers: Vec<String> = (10..99).map(|n| format!("000000{n}")).collect();
    let page = reader.get(format!("/compare?{}", named(&strangers))).await.is(StatusCode::OK);
    page.shows("25 ids lead to no case").shows("64 more were passed over");
}

/// R21: a file that cannot be made names all that is in its way at once.
#[actix_web::test]
async fn a_refused_file_names_everything_that_cannot_be_used() {
    let site = Site::with_first_cases().await;
    let reader = site.visitor();
    let file = "/compare.csv?case=7K2MQX4T";
    reader.get(format!("{file}&case=X2B8GR6T")).await.is(StatusCode::OK);
    let all = reader.get(format!("{file}&case=one&case=00000001&case=two&case=00000002@3")).await;
    let all = all.is(StatusCode::BAD_REQUEST).shows("lead to none that can: 00000001, 00000002@3.");
    all.shows("And these are no ids of cases: \"one\", \"two\".");
    let words = reader.get(format!("{file}&case=one")).await.is(StatusCode::BAD_REQUEST);
    words.shows("This is no id of a case: \"one\".").does_not_show("lead to none");
    let ids = reader.get(format!("{file}&case=00000001&case=00000002")).await.is(StatusCode::BAD_REQUEST);
    ids.shows("lead to none that can: 00000001, 00000002.").does_not_show("no id of a case");
}

/// R20, R22: the page of the reference case leads to a comparison in which it is chosen; another is added by the address of its page.
#[actix_web::test]
async fn a_case_is_taken_along_and_another_is_added_by_its_address() {
    let site = Site::with_first_cases().await;
    let reader = site.visitor();
    let from = reader.get("/cases/7K2MQX4T").await.is(StatusCode::OK).link("Compare with another case");
    assert_eq!(from, "/compare?case=7K2MQX4T");
    let page = reader.get(&from).await.is(StatusCode::OK).shows("Chosen so far: Duisburg");
    assert_eq!(page.attributes("form.search input[type=hidden]", "value"), ["7K2MQX4T"]);
    let room: usize = page.attributes("form.search input[name=case][required]", "maxlength")[0].parse().unwrap();
    for (pasted, column) in [
        (format!("{}/cases/X2B8GR6T", site.app.config.public_url()), "/cases/X2B8GR6T/r/1"),
        ("https://another.example/cases/x2b8gr6t/r/1?from=mail#sources".to_owned(), "/cases/X2B8GR6T/r/1"),
    ] {
        assert!(pasted.len() <= room, "{pasted}");
        let encoded: String = url::form_urlencoded::byte_serialize(pasted.as_bytes()).collect();
        let both = reader
            .get(format!("/compare?case=7K2MQX4T&case={encoded}"))
            .await
            .is(StatusCode::OK)
            .does_not_show("is no id of a case");
        let columns = both.attributes("thead th a[href^='/cases/']", "href");
        assert_eq!(columns, ["/cases/7K2MQX4T/r/1", column]);
    }
    let page = reader.get("/compare?case=7K2MQX4T&case=https://another.example/X2B8GR6T").await.is(StatusCode::OK);
    page.shows("is no id of a case").shows("Chosen so far: Duisburg");
    let page = reader.get("/compare?case=7K2MQX4T&case=Huawei").await.is(StatusCode::OK).shows("Cases that fit");
    let offered = page.attributes("main ul.plain a", "href");
    assert!(
        offered.len() > 1 && offered.iter().all(|to| to.starts_with("/compare?case=7K2MQX4T&case=")),
        "{offered:?}"
    );
    assert!(!offered.contains(&"/compare?case=7K2MQX4T&case=7K2MQX4T".to_owned()), "it is chosen already");
    let both = reader.get(&offered[0]).await.is(StatusCode::OK);
    assert_eq!(both.texts("thead th a[href^='/cases/']").len(), 2);
    assert_eq!(page.link("All of them in the list"), "/cases?q=Huawei");
    let four = reader.get("/cases").await.attributes("input[type=checkbox][name=case]", "value")[..4].join("&case=");
    let full = reader.get(format!("/compare?case={four}&case=Huawei")).await.is(StatusCode::OK);
    full.shows("is no id of a case").does_not_show("Cases that fit");
}

/// R20, R21: the same case under two names is one column and a sentence; two revisions of it are two columns, which are told to be one case.
#[actix_web::test]
async fn the_same_case_twice_is_said() {
    let site = Site::with_first_cases().await;
    let reader = site.visitor();
    let pair = two(&site).await;
    for again in ["7K2MQX4T", "7k2mqx4t", "7K2MQX4T@1"] {
        let page = reader.get(&format!("/compare?{pair}&case={again}")).await.is(StatusCode::OK);
        assert_eq!(page.texts("thead th a[href^='/cases/']").len(), 2, "{again}");
        let id = again.to_uppercase();
        page.shows(&format!("{id} is named more than once, or by two names, and stands here once."));
    }
    reader.get("/compare?case=7K2MQX4T&case=7K2MQX4T@1").await.shows("stands here once").shows("Chosen so far: ");
    empties(&site, &"7K2MQX4T".parse().unwrap());
    let page = reader.get("/compare?case=7K2MQX4T@1&case=7K2MQX4T").await.is(StatusCode::OK);
    let page = page.shows("Revisions of the same case stand side by side here: 7K2MQX4T.").does_not_show("here once");
    assert_eq!(page.texts("thead th a[href^='/cases/']").len(), 2);
}
