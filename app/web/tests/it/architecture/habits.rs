//! What no file may hold, and how long it may be.

use regex::Regex;

use super::{
    allows, complains_about, nothing_to_complain,
    source::{self, Source},
};

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a pattern")
}

/// One that outgrows this is usually two ideas.
const LONGEST: usize = 400;

fn long_files(files: &[Source]) -> Vec<String> {
    let length = |source: &Source| source.text.lines().count();
    files
        .iter()
        .filter(|source| length(source) > LONGEST)
        .map(|source| format!("{} has {} lines, {LONGEST} are allowed", source.path, length(source)))
        .collect()
}

/// Nothing is left for another day, and nothing that ships gives up by a panic.
fn unfinished(files: &[Source]) -> Vec<String> {
    let notes = pattern(r"\b(TODO|FIXME|XXX|HACK)\b");
    let macros = pattern(r"\b(todo|unimplemented|dbg)!|\.unwrap\(\)");
    let mut complaints = Vec::new();
    for source in files {
        complaints
            .extend(notes.find(&source.text).map(|found| format!("{}: {}", source.at(found.start()), found.as_str())));
        if source.path.ends_with(".rs") && !source.is_test() {
            let bare = source.bare();
            complaints
                .extend(macros.find(&bare).map(|found| format!("{}: {}", source.at(found.start()), found.as_str())));
        }
    }
    complaints
}

/// Statements are looked up by names of the codebook, or by those of `codebook/needed.rs`, which follow a vocabulary of one's own (decision 0045).
fn loose_names(files: &[Source]) -> Vec<String> {
    let named = pattern(r#"statements_of\(\s*"|\.field(?:\.as_str\(\))?\s*[!=]=\s*""#);
    let mut complaints = Vec::new();
    for source in files.iter().filter(|source| source.path.ends_with(".rs") && !source.is_test()) {
        let code = source.code();
        complaints.extend(named.find(&code).map(|found| format!("{}: {}", source.at(found.start()), found.as_str())));
    }
    complaints
}

/// Templates escape everything, and hold neither style nor script.
fn loose_templates(files: &[Source]) -> Vec<String> {
    let unescaped = r"\|\s*safe\b|\{%\s*autoescape|\bescape\s*=\s*.none";
    let inline =
        r#"(?i)<style\b|\sstyle\s*=|<script\b[^>]*>\s*[^<\s]|\son[a-z]+\s*=\s*"|javascript:|(?:src|href)\s*=\s*"data:"#;
    let loose = pattern(&format!("{unescaped}|{inline}"));
    files
        .iter()
        .filter_map(|source| {
            loose.find(&source.text).map(|found| format!("{}: {}", source.at(found.start()), found.as_str().trim()))
        })
        .collect()
}

/// No file names the machine it was made on, nor a host that packages come from.
fn machines(files: &[Source]) -> Vec<String> {
    // In halves, so that this file does not name them either.
    let folders = [concat!("/wo", "rk/"), concat!("/ho", "me/"), concat!("/Us", "ers/"), concat!("/ro", "ot/")];
    let hosts = [
        concat!("registry.", "npmjs"),
        concat!("index.", "crates.io"),
        concat!("static.", "crates.io"),
        concat!("pypi.", "org/simple"),
        concat!("files.", "pythonhosted"),
        concat!("deb.", "debian.org"),
        concat!("\"resol", "ved\": \"http"),
    ];
    let mut complaints = Vec::new();
    for source in files {
        for word in folders.iter().chain(&hosts) {
            // A folder is one only at the beginning of a path: /staff/home/ is an address of the site.
            let begins = |at: usize| !source.text[..at].ends_with(|c: char| c.is_alphanumeric() || "._-}".contains(c));
            let found = source.text.match_indices(word).find(|(at, _)| hosts.contains(word) || begins(*at));
            complaints.extend(found.map(|(at, _)| format!("{}: {word}", source.at(at))));
        }
    }
    complaints
}

#[test]
fn files_stay_short() {
    let mut files = source::rust();
    files.extend(source::files("templates", &[".html"]));
    files.extend(source::files("static/css", &[".css"]));
    files.extend(source::files("app/web/tests/browser", &[".js"]));
    files.extend(source::files("scripts", &[]));
    nothing_to_complain("files under 400 lines", &long_files(&files));
    complains_about(long_files, &[("app/core/src/long.rs", &"\n".repeat(LONGEST + 1))]);
    allows(long_files, &[("app/core/src/short.rs", &"\n".repeat(LONGEST))]);
}

#[test]
fn nothing_is_left_unfinished() {
    let mut files = source::rust();
    files.retain(|source| !source.path.ends_with("architecture/habits.rs"));
    files.extend(source::files("templates", &[]));
    files.extend(source::files("config", &[".toml"]));
    files.extend(source::files("migrations", &[]));
    files.extend(source::files("docs", &[]));
    nothing_to_complain("finished work", &unfinished(&files));
    complains_about(
        unfinished,
        &[
            ("app/core/src/a.rs", "// TODO: mend\n"),
            ("app/core/src/a.rs", "fn f() { todo!() }"),
            ("app/core/src/a.rs", "fn f() { g().unwrap() }"),
            ("templates/a.html", "<!-- FIXME -->"),
        ],
    );
    allows(unfinished, &[("app/core/src/a.rs", "#[cfg(test)]\nmod tests { fn f() { g().unwrap() } }")]);
}

#[test]
fn statements_are_looked_up_by_names_that_are_followed() {
    nothing_to_complain("names of fields", &loose_names(&source::rust()));
    complains_about(
        loose_names,
        &[
            ("app/core/src/a.rs", "fn f(d: &Document) { d.statements_of(\"state\"); }"),
            ("app/core/src/a.rs", "fn f(s: &Statement) -> bool { s.field.as_str() == \"state\" }"),
        ],
    );
    allows(
        loose_names,
        &[
            (
                "app/core/src/a.rs",
                "fn f(d: &Document) { d.statements_about(STATE, book); d.statements_of(&field.code); }",
            ),
            ("app/core/src/a/tests.rs", "fn f(d: &Document) { d.statements_of(\"state\"); }"),
        ],
    );
}

#[test]
fn templates_escape_everything_and_hold_no_style_or_script() {
    nothing_to_complain("templates", &loose_templates(&source::files("templates", &[])));
    complains_about(
        loose_templates,
        &[
            ("templates/a.html", "<p>{{ text|safe }}</p>"),
            ("templates/a.html", "<p>{{ text | safe }}</p>"),
            ("templates/a.html", "<p style=\"color: red\">"),
            ("templates/a.html", "<button onclick=\"go()\">"),
            ("templates/a.html", "<script>go()</script>"),
            ("templates/a.html", "<img src=\"data:image/png;base64,AA\">"),
        ],
    );
    allows(loose_templates, &[("templates/a.html", "<script src=\"/static/a.js\"></script><p>{{ text }}</p>")]);
}

#[test]
fn no_file_names_a_machine_or_a_registry() {
    let mut files = source::files("", &[]);
    // Cargo.lock names the index of crates by its public name; the marks of paths in texts are tested with paths.
    files.retain(|source| source.path != "Cargo.lock" && !source.path.starts_with("app/core/src/text/marks"));
    assert!(files.iter().any(|source| source.path == ".ci/run"), "hidden folders are read too");
    nothing_to_complain("machines and registries", &machines(&files));
    complains_about(
        machines,
        &[
            ("docs/a.md", concat!("see /wo", "rk/main")),
            ("scripts/a", concat!("cd /ho", "me/me")),
            ("app/web/tests/browser/package-lock.json", concat!("\"resol", "ved\": \"https://example.org/a.tgz\"")),
        ],
    );
    allows(machines, &[("docs/a.md", concat!("the address /staff/ho", "me/ of the site"))]);
}
