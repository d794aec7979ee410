//! Each text of the interface stands in a message file, and each text there is used.

use std::{collections::BTreeSet, fs, path::Path};

use casebook_web::kit::{Language, Message};
use regex::Regex;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn texts(folder: &Path, ending: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(texts(&path, ending));
        } else if path.to_str().unwrap().ends_with(ending) {
            found.push(fs::read_to_string(&path).unwrap());
        }
    }
    found
}

/// The keys of the English files, and the names of the files, with which each key of theirs begins.
fn keys() -> (BTreeSet<String>, BTreeSet<String>) {
    let (mut keys, mut files) = (BTreeSet::new(), BTreeSet::new());
    let line = Regex::new(r"(?m)^([a-z][a-z0-9-]*) *=").unwrap();
    for entry in fs::read_dir(root().join("messages/en")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "ftl") {
            continue;
        }
        let file = path.file_stem().unwrap().to_str().unwrap().to_owned();
        for found in line.captures_iter(&fs::read_to_string(&path).unwrap()) {
            let key = found[1].to_owned();
            assert!(key.starts_with(&format!("{file}-")), "{file}.ftl: {key} does not begin with {file}-");
            assert!(keys.insert(key.clone()), "{key} stands twice");
        }
        files.insert(file);
    }
    (keys, files)
}

/// What looks like a key: a literal that begins with the name of a file. Where a part is put in (`error-{}-title`), any word fits.
fn used(files: &BTreeSet<String>) -> BTreeSet<String> {
    let names = files.iter().cloned().collect::<Vec<_>>().join("|");
    let literal = Regex::new(&format!(r#""((?:{names})-[a-z0-9{{][a-zA-Z0-9_.(){{}}-]*)""#)).unwrap();
    let places =
        [("src", ".rs"), ("../core/src", ".rs"), ("../../templates", ".html"), ("../../templates/mail", ".txt")];
    let all = places.iter().flat_map(|(folder, ending)| texts(&root().join(folder), ending));
    all.flat_map(|text| literal.captures_iter(&text).map(|found| found[1].to_owned()).collect::<Vec<_>>()).collect()
}

#[test]
fn each_key_that_is_used_exists() {
    let (keys, files) = keys();
    let missing: Vec<_> = used(&files).into_iter().filter(|key| !key.contains('{') && !keys.contains(key)).collect();
    assert!(missing.is_empty(), "no message file has {missing:?}");
}

#[test]
fn each_message_can_be_read_with_its_values() {
    let value = Regex::new(r"\{ *\$([a-z]+)").unwrap();
    for text in texts(&root().join("messages/en"), ".ftl") {
        let names: BTreeSet<String> = value.captures_iter(&text).map(|found| found[1].to_owned()).collect();
        for line in text.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase())) {
            let key = line.split(' ').next().unwrap().to_owned();
            let message = names.iter().fold(Message::new(key.clone()), |message, name| message.with(name.clone(), 2));
            assert_ne!(message.text(Language::English), key, "the message cannot be read");
        }
    }
}

#[test]
fn each_key_that_exists_is_used() {
    let (keys, files) = keys();
    let used = used(&files);
    let put_in = Regex::new(r"\{[^}]*\}").unwrap();
    let families: Vec<Regex> = used
        .iter()
        .filter(|key| key.contains('{'))
        .map(|key| {
            let parts: Vec<String> = put_in.split(key).map(regex::escape).collect();
            Regex::new(&format!("^{}$", parts.join("[a-z0-9_-]+"))).unwrap()
        })
        .collect();
    let unused: Vec<_> =
        keys.iter().filter(|key| !used.contains(*key) && !families.iter().any(|family| family.is_match(key))).collect();
    assert!(unused.is_empty(), "nothing uses {unused:?}");
}
