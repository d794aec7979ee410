//! What the program offers stands in the documents: each setting, each command, each migration on both sides.

use std::{collections::BTreeSet, fs, process::Command};

use super::{
    nothing_to_complain,
    source::{self},
};

fn read(path: &str) -> String {
    fs::read_to_string(source::root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The settings of a configuration file, as `section.key`.
fn settings(text: &str) -> Vec<String> {
    fn collect(prefix: &str, table: &toml::Table, found: &mut Vec<String>) {
        for (key, value) in table {
            let name = if prefix.is_empty() { key.clone() } else { format!("{prefix}.{key}") };
            match value {
                toml::Value::Table(inner) => collect(&name, inner, found),
                _ => found.push(name),
            }
        }
    }
    let mut found = Vec::new();
    collect("", &text.parse().expect("the configuration is TOML"), &mut found);
    found
}

/// The commands under these words, as the program's own help lists them.
fn commands(words: &[&str]) -> Vec<String> {
    let help =
        Command::new(env!("CARGO_BIN_EXE_casebook")).args(words).arg("--help").output().expect("the program runs");
    let help = String::from_utf8_lossy(&help.stdout).into_owned();
    let listed = help.split("\nCommands:\n").nth(1).and_then(|rest| rest.split("\n\n").next()).unwrap_or_default();
    let names = listed
        .lines()
        .filter_map(|line| line.strip_prefix("  ")?.split_whitespace().next().filter(|_| !line.starts_with("   ")));
    let mut found = Vec::new();
    for name in names.filter(|name| *name != "help") {
        let mut path = words.to_vec();
        path.push(name);
        let below = commands(&path);
        if below.is_empty() {
            found.push(format!("casebook {}", path.join(" ")));
        }
        found.extend(below);
    }
    found
}

/// Those that a document does not mention in code marks.
fn unmentioned(document: &str, names: &[String]) -> Vec<String> {
    names
        .iter()
        .filter(|name| !document.contains(&format!("`{name}`")) && !document.contains(&format!("`{name} ")))
        .map(|name| format!("docs/operating.md does not mention `{name}`"))
        .collect()
}

#[test]
fn every_setting_stands_in_the_documents() {
    let names = settings(&read("config/default.toml"));
    assert!(names.len() > 5, "config/default.toml is not understood: {names:?}");
    nothing_to_complain("settings", &unmentioned(&read("docs/operating.md"), &names));
    assert_eq!(settings("a = 1\n[b]\nc = 2\n[b.d]\ne = []"), ["a", "b.c", "b.d.e"]);
    assert_eq!(unmentioned("- `b.c`: what", &["b.c".into(), "b.d".into()]).len(), 1, "a missing setting is seen");
}

#[test]
fn every_command_stands_in_the_documents() {
    let names = commands(&[]);
    for expected in
        ["casebook serve", "casebook staff invite", "casebook import", "casebook export", "casebook reindex"]
    {
        assert!(names.iter().any(|name| name == expected), "{expected} is no command: {names:?}");
    }
    nothing_to_complain("commands", &unmentioned(&read("docs/operating.md"), &names));
}

#[test]
fn both_databases_have_the_same_migrations_each_with_a_way_back() {
    let side = |name: &str| -> BTreeSet<String> {
        let prefix = format!("migrations/{name}/");
        let files = source::files(prefix.trim_end_matches('/'), &[".sql"]);
        files.iter().filter_map(|file| file.path.strip_prefix(&prefix)).map(str::to_owned).collect()
    };
    let sqlite = side("sqlite");
    assert!(!sqlite.is_empty(), "there are migrations");
    assert_eq!(sqlite, side("postgres"), "the same names on both sides");
    let one_way: Vec<_> = sqlite
        .iter()
        .filter_map(|path| path.strip_suffix("/up.sql"))
        .filter(|folder| !sqlite.contains(&format!("{folder}/down.sql")))
        .map(|folder| format!("{folder} has no way back"))
        .collect();
    nothing_to_complain("migrations", &one_way);
}
