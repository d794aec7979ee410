//! Made-up releases, for the tests of templates and descriptions.

use std::collections::BTreeSet;

use casebook_core::releases::{
    Change, Changes, Counts, Coverage, Release, ReleaseFile, SIGNATURE, SUMS, State, Version, package_name,
};
use chrono::NaiveDate;
use serde_json::json;

use super::{
    list::{DatasetsPage, Line, Newest, Package},
    show::{Gone, ReleasePage},
};
use crate::kit::{Frame, LinkedData, Sample, page::sample_visit};

/// What must stay text.
const HOSTILE: &str = "</script><script>alert(1)</script>";
/// A public key as minisign writes it.
const KEY: &str = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3";

/// A release whose words are these.
pub(super) fn release(words: &str, state: State) -> Release {
    let version = Version { number: 3, edition: 0 };
    let names = [package_name(version), "CHANGELOG.md".to_owned(), "changes.csv".to_owned()];
    let names = names.into_iter().chain([SUMS.to_owned(), SIGNATURE.to_owned()]);
    Release {
        version,
        day: NaiveDate::default(),
        cases: 1_234,
        schema: 1,
        vocabulary: "0.1".to_owned(),
        generation: 77,
        base: Some(Version { number: 2, edition: 1 }),
        counts: Counts { added: 2, changed: 300, withdrawn: 3 },
        note: Some(words.to_owned()),
        public_key: KEY.to_owned(),
        files: names.map(|name| ReleaseFile { name, bytes: 1_234_567, sha256: "0f".repeat(32) }).collect(),
        waived: Vec::new(),
        coverage: Coverage { years: Some((2014, 2026)), countries: BTreeSet::from(["DE".to_owned(), "NL".to_owned()]) },
        state,
    }
}

impl Sample for DatasetsPage {
    fn samples() -> Vec<(&'static str, Self)> {
        vec![
            ("empty", Self { live: 0, releases: Vec::new(), newest: None, ..page("") }),
            ("full", page("Cases")),
            ("newest recalled", Self { newest: None, ..page("Cases") }),
            ("longest", page(&"W".repeat(300))),
            ("hostile", page(HOSTILE)),
        ]
    }
}

fn frame(path: &str) -> Frame {
    sample_visit(path).frame("datasets-title")
}

fn page(words: &str) -> DatasetsPage {
    let release = release(words, State::Current);
    let line = |state: Option<&str>| Line {
        version: release.version.to_string(),
        address: "/datasets/3.0".to_owned(),
        held: words.to_owned(),
        changed: Some(words.to_owned()),
        state: state.map(ToOwned::to_owned),
    };
    let package = Package {
        address: "/datasets/3.0/casebook-3.0.zip".to_owned(),
        size: "1.3 MB".to_owned(),
        sha256: "0f".repeat(32),
    };
    DatasetsPage {
        frame: frame("/datasets"),
        releases: vec![line(Some(words)), line(None)],
        live: 1_234,
        linked: LinkedData::new(&json!({ "name": words })),
        newest: Some(Newest { package: Some(package), citation: words.to_owned(), release }),
    }
}

impl Sample for ReleasePage {
    fn samples() -> Vec<(&'static str, Self)> {
        let first = Release { base: None, note: None, ..release("", State::Current) };
        let first = Self { changes: Changes::default(), withdrawn: Vec::new(), ..shown("", first) };
        let replaced = State::Replaced { by: Version { number: 3, edition: 1 } };
        vec![
            ("first", first),
            ("full", shown("Cases", release("Cases", State::Current))),
            ("recalled", shown("Cases", release("Cases", State::Recalled { cases: 1 }))),
            ("replaced", shown("Cases", release("Cases", replaced))),
            ("longest", shown(&"W".repeat(300), release(&"W".repeat(3_000), State::Current))),
            ("hostile", shown(HOSTILE, release(HOSTILE, State::Recalled { cases: 2 }))),
        ]
    }
}

/// The page of a release, whose changes bear these words.
fn shown(words: &str, release: Release) -> ReleasePage {
    let change = |id: &str, before: Option<u32>| {
        let case = id.parse().ok()?;
        Some(Change { case, title: words.to_owned(), revision: 3, before })
    };
    let gone = |into: Option<(String, String)>| Gone { case: "7K2MQX4T".to_owned(), end: words.to_owned(), into };
    ReleasePage {
        frame: frame("/datasets/3.0"),
        changes: Changes {
            added: change("7K2MQX4T", None).into_iter().collect(),
            changed: [change("7K2MQX4T", Some(2)), change("7K2MQX4T", Some(3))].into_iter().flatten().collect(),
            ..Changes::default()
        },
        withdrawn: vec![gone(None), gone(Some(("7K2MQX4T".to_owned(), "/cases/7K2MQX4T".to_owned())))],
        citation: words.to_owned(),
        linked: LinkedData::new(&json!({ "name": words })),
        release,
    }
}
