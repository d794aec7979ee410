//! Releases as whoever runs the site makes them, on the command line, and what staff are told of those that must be built anew.

use std::{fs, path::Path};

use casebook_core::{
    cases::{exports, redact},
    db::Actor,
    disclosure::Waivers,
    doctor,
    ids::CaseId,
    random::OsRandom,
    releases::{self, Next, Press, ReleaseKey, Wish},
    text::Words,
};
use casebook_web::url;
use reqwest::StatusCode;

use crate::site::{Program, Site};

/// The first cases as they lie in the repository.
const SEEDS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../config/seeds/reference.jsonl");

/// What lies in the folder of releases.
fn released(program: &Program) -> Vec<String> {
    let entries = fs::read_dir(program.data().join("releases")).into_iter().flatten();
    let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn flip(file: &Path) {
    let mut bytes = fs::read(file).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(file, bytes).unwrap();
}

/// R15: tried, made, listed, verified, tampered with, fetched and verified elsewhere, all on the command line.
#[test]
fn a_release_is_made_and_verified_on_the_command_line() {
    let program = Program::new();
    let (well, said) = program.runs(&["release", "make"]);
    assert!(!well && said.contains("there is no public case yet"), "{said}");
    let (well, said) = program.runs(&["import", SEEDS]);
    assert!(well, "{said}");

    let (well, said) = program.runs(&["release", "make", "--dry-run"]);
    assert!(well && said.contains("Release 1.0 could be made; nothing of it is kept. Cases: 1;"), "{said}");
    assert_eq!(released(&program), [""; 0]);
    let (well, said) = program.runs(&["release", "make", "--dry-run", "--json"]);
    let told: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert!(well && told["version"] == "1.0" && told["released"] == false && told["dry_run"] == true, "{said}");
    assert!(told["report"]["passes"] == true && told["report"]["cases"] == 1, "{said}");
    assert!(told["files"][0]["name"] == "casebook-1.0.zip" && told["report"]["findings"] == serde_json::json!([]));
    let (well, said) = program.runs(&["release", "list"]);
    assert!(well && said.contains("There is no release yet"), "{said}");

    let (well, said) = program.runs(&["release", "make", "--note", "The first one"]);
    assert!(
        well && said.contains("Release 1.0 is made. Cases: 1; added: 1,") && said.contains("casebook-1.0.zip"),
        "{said}"
    );
    assert_eq!(released(&program), ["1.0"]);
    let (well, said) = program.runs(&["release", "list"]);
    assert!(well && said.contains("1.0") && said.contains("can be fetched"), "{said}");
    says_nothing_twice(&program);
    for words in [&["release", "verify"][..], &["release", "verify", "1.0"], &["check"]] {
        let (well, said) = program.runs(words);
        assert!(well, "{words:?}: {said}");
    }
    let (well, said) = program.runs(&["release", "rebuild", "1.0"]);
    assert!(!well && said.contains("there is nothing to build anew"), "{said}");

    let zip = program.data().join("releases/1.0/casebook-1.0.zip");
    flip(&zip);
    let (well, said) = program.runs(&["release", "verify"]);
    assert!(!well && said.contains("casebook-1.0.zip: has the SHA-256"), "{said}");
    flip(&zip);
    let (well, said) = program.runs(&["release", "check", zip.to_str().unwrap()]);
    assert!(well, "{said}");

    let (well, key) = program.runs(&["release", "key"]);
    assert!(well && key.trim().starts_with("RW"), "{key}");
    let place = program.data().join("releases/1.0");
    let (well, said) = program.runs(&["release", "check", place.to_str().unwrap()]);
    assert!(well && said.contains("It may go out."), "the folder with its change log: {said}");
    let fetched = ["release", "verify", "--folder", place.to_str().unwrap(), "--public-key", key.trim()];
    let (well, said) = program.runs(&fetched);
    assert!(well && said.contains("every file is as it was signed"), "{said}");
    assert!(
        said.contains("Signed: release 1.0 of 20") && said.contains("Trusted comment: Casebook release 1.0"),
        "{said}"
    );
    let (well, said) = program.runs(&[&fetched[..], &["2.0"]].concat());
    assert!(!well && said.contains("what was signed is release 1.0, and not 2.0"), "{said}");
    let called = program.data().join("9.0");
    fs::rename(&place, &called).unwrap();
    let fetched = ["release", "verify", "--folder", called.to_str().unwrap(), "--public-key", key.trim()];
    let (well, said) = program.runs(&fetched);
    assert!(well && said.contains("the folder is called 9.0, and release 1.0 was signed"), "{said}");
    fs::rename(&called, &place).unwrap();
    let (well, said) = program.runs(&["release", "verify", "7.0"]);
    assert!(!well && said.contains("there is no release 7.0"), "{said}");
    let (well, said) = program.runs(&["release", "verify", "seven"]);
    assert!(!well && said.contains("expected the version of a release such as 3.0"), "{said}");
}

/// A second release of the same cases is refused in words and for programs, and made where that is what is meant.
fn says_nothing_twice(program: &Program) {
    let (well, said) = program.runs(&["release", "make"]);
    assert!(!well && said.contains("release 1.0 of 20") && said.contains("no case was added, changed"), "{said}");
    assert!(said.contains("run the command again with --anyway"), "{said}");
    let (well, said) = program.runs(&["release", "make", "--json"]);
    let mut told = serde_json::Deserializer::from_str(&said).into_iter::<serde_json::Value>();
    let told = told.next().unwrap().unwrap();
    assert!(!well && told["told_by"] == "1.0" && told["released"] == false, "{said}");
    assert!(told["version"].is_null() && told["cases"] == 1 && told["files"] == serde_json::json!([]), "{said}");
    assert_eq!(said.matches("\"told_by\"").count(), 1, "one document, and the sentence: {said}");
    assert_eq!(released(program), ["1.0"]);
    let (well, said) = program.runs(&["release", "make", "--anyway", "--dry-run", "--json"]);
    let told: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert!(well && told["version"] == "2.0" && told["told_by"].is_null() && told["added"] == 0, "{said}");
}

/// What makes releases on a running site.
fn press<'a>(site: &'a Site, key: &'a ReleaseKey) -> Press<'a> {
    let app = &site.app;
    Press {
        db: &app.db,
        vocabulary: app.vocabulary(),
        key,
        folder: app.config.in_data(&app.config.releases.folder),
        site: exports::Site { address: app.config.public_url(), case: url::case, revision: url::case_revision },
        page: url::release,
    }
}

/// R15 M9 M10: after words were taken out, the page that does so and the check name the releases that still hold them, until they are built anew.
#[actix_web::test]
async fn staff_are_told_which_releases_wait_to_be_built_anew() {
    let site = Site::with_first_cases().await;
    let mo = site.moderator("mo").await;
    let key = ReleaseKey::open(&site.app.config, &OsRandom).unwrap();
    let (waivers, actor) = (Waivers::none(), Actor::CommandLine);
    let wish = Wish { note: None, waivers: &waivers, dry_run: false, anyway: false };
    let made = releases::make(&press(&site, &key), &actor, wish, &mut |_| ()).and_then(Next::made).unwrap();
    assert!(made.released, "{:#?}", made.report);
    site.log_ends_with("dataset_released");
    let looks = || doctor::releases(&site.app.db, &site.app.config).unwrap();
    assert!(!looks().is_problem(), "{:?}", looks());
    let address = "/staff/cases/7K2MQX4T/redact";
    mo.get(address).await.is(StatusCode::OK).does_not_show("casebook release rebuild");

    let (id, words): (CaseId, _) = ("7K2MQX4T".parse().unwrap(), Words::of("Huawei").unwrap());
    let (app, reason) = (&site.app, "legal_demand".parse().unwrap());
    app.db.write(Actor::System, |tx| redact::redact(tx, app.vocabulary(), &id, &words, &reason)).unwrap();
    site.works();
    mo.get(address).await.shows("One release waits to be built anew").shows("casebook release rebuild 1.0");
    let alone = looks();
    assert!(alone.says.contains("release 1.0 waits to be built anew") && !alone.says.contains("9.0"), "{alone:?}");
    // What was left behind is named beside it, and each thing with its remedy.
    let folder = site.folder().join("releases");
    fs::create_dir(folder.join("9.0")).unwrap();
    let both = looks();
    assert!(both.says.contains("release 1.0 waits to be built anew") && both.says.contains("9.0 belongs"), "{both:?}");
    let remedy = both.remedy.unwrap();
    assert!(remedy.contains("casebook release rebuild") && remedy.contains("rm -r"), "{remedy}");
    fs::remove_dir(folder.join("9.0")).unwrap();

    let made = releases::rebuild(&press(&site, &key), &actor, made.version, wish, &mut |_| ()).unwrap();
    assert!(made.released && made.left.is_none(), "{:#?}", made.report);
    site.log_ends_with("release_rebuilt");
    mo.get(address).await.does_not_show("casebook release rebuild");
    assert!(!looks().is_problem(), "{:?}", looks());

    fs::create_dir(folder.join("9.0")).unwrap();
    fs::create_dir(folder.join(".making-x")).unwrap();
    fs::remove_dir_all(folder.join("1.1")).unwrap();
    let told = looks();
    assert!(told.says.contains("files of release 1.1 are missing"), "{told:?}");
    assert!(told.says.contains("9.0 belong to no release") && told.says.contains(".making-x"), "{told:?}");
    assert!(told.remedy.is_some_and(|remedy| remedy.contains("rm -r") && remedy.contains("rebuild 1.1")));
}
