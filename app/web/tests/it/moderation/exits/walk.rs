//! A walk through every exit of the site: each address of the router that can be opened, in each way in which it can be asked.

use casebook_core::{cases::transfer, ids::CaseId, text::fold_name};
use regex::Regex;
use reqwest::StatusCode;

use crate::site::{Answer, Site, Visitor, addresses, unpack::unpacked};

/// Every address that can be opened, for one case: its placeholders filled, and with each query that some page understands. A word of the
/// case that may stay is looked for by `harmless`.
pub(super) fn exits(case: &CaseId, revisions: u32, harmless: &str) -> Vec<String> {
    let other = "7K2MQX4T";
    let mut queries = vec![String::new(), format!("?q={harmless}"), "?sort=title&page=1".to_owned()];
    queries.push(format!("?case={case}&case={other}"));
    queries.extend((1..=revisions).map(|revision| format!("?case={other}&case={case}@{revision}")));
    let placeholder = Regex::new(r"\{[^}]*\}").unwrap();
    let mut exits = Vec::new();
    for address in addresses().into_iter().filter(|address| address.takes_get) {
        let of_case = address.pattern.replace("/cases/{id}", &format!("/cases/{case}"));
        let numbers = if of_case.contains("{revision}") { revisions } else { 1 };
        for revision in 1..=numbers {
            let path = of_case.replace("{revision}", &revision.to_string());
            let path = placeholder.replace_all(&path, "00000000000000000000000000");
            exits.extend(queries.iter().map(|query| format!("{path}{query}")));
        }
    }
    exits
}

/// A text with what HTML, JSON and addresses write in numbers put back into letters.
fn decoded(text: &str) -> String {
    let letter = |digits: &str, radix: u32| {
        u32::from_str_radix(digits, radix).ok().and_then(char::from_u32).map_or_else(String::new, String::from)
    };
    let mut text = text.to_owned();
    for (pattern, radix) in [(r"&#[xX]([0-9a-fA-F]+);", 16), (r"&#([0-9]+);", 10), (r"\\u([0-9a-fA-F]{4})", 16)] {
        let written = Regex::new(pattern).unwrap();
        text = written.replace_all(&text, |found: &regex::Captures<'_>| letter(&found[1], radix)).into_owned();
    }
    let hundred = regex::bytes::Regex::new(r"(?-u)%([0-9a-fA-F]{2})").unwrap();
    let bytes = hundred.replace_all(text.as_bytes(), |found: &regex::bytes::Captures<'_>| {
        vec![u8::from_str_radix(std::str::from_utf8(&found[1]).unwrap(), 16).unwrap()]
    });
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Whether words stand in a text, however it is escaped, folded or encoded.
pub(super) fn holds(text: &str, words: &[&str]) -> bool {
    let folded = fold_name(&decoded(text));
    words.iter().any(|word| folded.contains(&fold_name(word)))
}

fn tells(answer: &Answer, words: &[&str]) -> bool {
    let headers = answer.headers().iter().map(|(_, value)| String::from_utf8_lossy(value.as_bytes()).into_owned());
    holds(&unpacked(answer.bytes()), words) || headers.into_iter().any(|value| holds(&value, words))
}

/// The exits at which this visitor is told any of these words. What does not open by itself, and does not say
/// that it wants to be asked otherwise, opens with no query either.
pub(super) async fn walk(visitor: &Visitor, exits: &[String], words: &[&str]) -> Vec<String> {
    let (mut found, mut closed) = (Vec::new(), Vec::new());
    for exit in exits {
        let (path, query) = exit.split_once('?').unwrap_or((exit, ""));
        if !query.is_empty() && closed.contains(&path) {
            continue;
        }
        let answer = visitor.get(exit).await;
        if query.is_empty() && !matches!(answer.status(), StatusCode::OK | StatusCode::BAD_REQUEST) {
            closed.push(path);
        }
        assert!(!answer.status().is_server_error(), "{exit}: {}", answer.status());
        if tells(&answer, words) {
            found.push(exit.clone());
        }
    }
    found
}

/// The searches for a word that lead to the case, by page and by each export.
pub(super) async fn searches(site: &Site, case: &CaseId, words: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for word in words {
        for word in [(*word).to_owned(), fold_name(word), word.chars().take(6).collect()] {
            for page in ["/cases", "/cases.csv", "/cases.jsonl", "/cases.json", "/cases.zip", "/api/v1/cases"] {
                let exit =
                    format!("{page}?q={}", url::form_urlencoded::byte_serialize(word.as_bytes()).collect::<String>());
                let answer = site.visitor().get(&exit).await.is(StatusCode::OK);
                if unpacked(answer.bytes()).contains(case.as_str()) {
                    found.push(exit);
                }
            }
        }
    }
    found
}

/// The export of everything, as the command writes it.
pub(super) fn exported(site: &Site) -> String {
    let mut bytes = Vec::new();
    transfer::export(&site.app.db, &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}
