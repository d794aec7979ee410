//! Each promise of the page `/protection` names the tests that prove it, and each name is that of a test. How a promise names them is said
//! in `app/web/src/about/proofs.rs`.

use std::{collections::BTreeSet, fs};

use regex::Regex;
use reqwest::StatusCode;

use crate::{
    architecture::source,
    site::{Site, markup::complaints},
};

/// Where the text makes no promises.
const SILENT: [&str; 4] =
    ["", "What we cannot protect you from", "What is proven, and how", "Everything that is stored"];

fn protection() -> String {
    fs::read_to_string(source::root().join("app/web/messages/en/protection.md")).unwrap()
}

/// Every test in the tree: functions under an attribute that makes them tests, and files of browser tests.
fn tests() -> BTreeSet<String> {
    let marked =
        Regex::new(r"#\[(?:\w+::)*test\](?:\s*#\[[^\]]*\])*\s*(?:pub(?:\([a-z]+\))? )?(?:async )?fn (\w+)").unwrap();
    let mut found: BTreeSet<String> = BTreeSet::new();
    for file in source::rust() {
        found.extend(marked.captures_iter(&file.text).map(|test| test[1].to_owned()));
    }
    let browser = source::files("app/web/tests/browser", &[".test.js"]);
    found.extend(browser.iter().filter_map(|file| file.path.rsplit('/').next().map(ToOwned::to_owned)));
    found
}

fn names(text: &str) -> Vec<String> {
    let mark = Regex::new(r"\{proof:([^}]*)\}").unwrap();
    mark.captures_iter(text)
        .flat_map(|found| found[1].split_whitespace().map(str::to_owned).collect::<Vec<_>>())
        .collect()
}

/// The names that are no tests.
fn missing(text: &str, tests: &BTreeSet<String>) -> Vec<String> {
    names(text).into_iter().filter(|name| !tests.contains(name)).collect()
}

/// The paragraphs and list items that should promise something and name no proof.
fn unproven(text: &str) -> Vec<String> {
    let mut heading = String::new();
    let mut bare = Vec::new();
    for block in text.replace("\n- ", "\n\n- ").split("\n\n").map(str::trim).filter(|block| !block.is_empty()) {
        if let Some(title) = block.strip_prefix("## ") {
            title.clone_into(&mut heading);
        } else if !SILENT.contains(&heading.as_str()) && !is_marked(block) {
            bare.push(block.to_owned());
        }
    }
    bare
}

/// Whether a block names its proof, says that it promises nothing, or quotes what the block before has proven.
fn is_marked(block: &str) -> bool {
    let proof = block.ends_with('}') && !names(block).is_empty();
    proof || block.ends_with("{no promise}") || block.starts_with("> ")
}

/// Each promise names a test, and the tests are there.
#[test]
fn every_promise_names_a_test_that_exists() {
    let (text, tests) = (protection(), tests());
    assert!(tests.len() > 300, "the tests are not found: {}", tests.len());
    assert!(names(&text).len() > 25, "the promises are not understood");
    assert_eq!(missing(&text, &tests), [""; 0], "these are no tests");
    assert_eq!(unproven(&text), [""; 0], "these promises name no proof");
}

#[test]
fn a_promise_without_a_test_is_noticed() {
    let tests = BTreeSet::from(["a_test".to_owned()]);
    assert_eq!(missing("Kept. {proof: a_test no_test gone.test.js}", &tests), ["no_test", "gone.test.js"]);
    let text = "Words before.\n\n## Kept\n\nOne.\n{proof: a_test}\n\n- Two.\n- Three. {proof: a_test}\n\nFour.\n\nFive. {no promise}\n\nSix. {proof: }";
    assert_eq!(unproven(text), ["- Two.", "Four.", "Six. {proof: }"]);
}

/// The page shows each number as a link to the names.
#[actix_web::test]
async fn the_page_leads_from_each_promise_to_its_tests() {
    let site = Site::open().await;
    let page = site.visitor().get("/protection").await.is(StatusCode::OK).shows("What we cannot protect you from");
    let links = page.attributes("a.proof", "href");
    assert!(links.len() > 15, "{links:?}");
    for (number, link) in links.iter().enumerate() {
        assert_eq!(*link, format!("#proof-{}", number + 1));
        assert!(!page.texts(&format!("li{link} code")).is_empty(), "{link}");
    }
    assert!(!page.body().contains("{proof") && !page.body().contains("{no promise}"));
    assert_eq!(complaints(&page.body()), [""; 0]);
}
