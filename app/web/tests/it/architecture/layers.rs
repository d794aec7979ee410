//! Who may use whom: the order of modules, SQL in stores alone, no HTTP in the core, web features that do not know each other.

use std::{collections::BTreeSet, fs};

use regex::Regex;

use super::{
    allows, complains_about, nothing_to_complain,
    source::{self, Source},
};

/// The features of the core; every other module of it is platform, but for what stands after them and puts them together.
const FEATURES: [&str; 9] =
    ["staff", "organisations", "cases", "intake", "discussion", "moderation", "calls", "alerts", "releases"];

/// Modules of the web package that are no feature: its frame, its map, its command line.
const WEB_FRAME: [&str; 13] = [
    "lib",
    "main",
    "server",
    "routes",
    "url",
    "words",
    "asked",
    "difference",
    "filters",
    "record",
    "kit",
    "cli",
    "ops",
];

/// Beside `db/` and each `store.rs`: types that are a column's value say so themselves, and these say so.
const KNOW_COLUMNS: [&str; 4] =
    ["app/core/src/ids.rs", "app/core/src/clock.rs", "app/core/src/error.rs", "app/core/src/text_type.rs"];

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a pattern")
}

/// The module of its package that a file belongs to.
fn module<'a>(source: &'a Source, package: &str) -> Option<&'a str> {
    let rest = source.path.strip_prefix(package)?;
    Some(rest.split_once('/').map_or(rest.trim_end_matches(".rs"), |(folder, _)| folder))
}

fn core_module(source: &Source) -> Option<&str> {
    module(source, "app/core/src/")
}

fn web_module(source: &Source) -> Option<&str> {
    module(source, "app/web/src/")
}

/// The modules of a file's own package that it names: `crate::a`, `crate::{a, b::c}` and as many `super::` as lead to the root.
fn named_modules(source: &Source, package: &str) -> BTreeSet<String> {
    let bare = source.bare();
    let mut found = names_after(&bare, "crate::");
    let inside = source.path.strip_prefix(package).unwrap_or_default();
    let depth = inside.matches('/').count() + usize::from(!inside.ends_with("/mod.rs"));
    for path in pattern(r"(?:super::)+").find_iter(&bare) {
        if path.as_str().matches("super::").count() == depth {
            found.extend(names_after(&bare[path.start()..], path.as_str()).into_iter().take(1));
        }
    }
    found
}

/// What stands first after each such beginning of a path, also within braces.
fn names_after(bare: &str, beginning: &str) -> BTreeSet<String> {
    let name = pattern(r"^[a-z_][a-z0-9_]*");
    let mut found = BTreeSet::new();
    for (at, _) in bare.match_indices(beginning) {
        let rest = &bare[at + beginning.len()..];
        let Some(group) = rest.strip_prefix('{') else {
            found.extend(name.find(rest).map(|word| word.as_str().to_owned()));
            continue;
        };
        let mut depth = 0;
        let mut expects_name = true;
        for (at, c) in group.char_indices() {
            match c {
                '}' if depth == 0 => break,
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' if depth == 0 => expects_name = true,
                c if expects_name && !c.is_whitespace() => {
                    found.extend(name.find(&group[at..]).map(|word| word.as_str().to_owned()));
                    expects_name = false;
                }
                _ => {}
            }
        }
    }
    found
}

/// The modules in the order in which `lib.rs` of the core declares them.
fn declared_order() -> Vec<String> {
    let lib = fs::read_to_string(source::root().join("app/core/src/lib.rs")).expect("the core's lib.rs");
    pattern(r"(?m)^(?:pub(?:\(crate\))? )?mod ([a-z_]+);")
        .captures_iter(&lib)
        .map(|found| found[1].to_owned())
        .collect()
}

/// Each module of the core uses only modules declared before it.
fn order(files: &[Source]) -> Vec<String> {
    let order = declared_order();
    let place = |name: &str| order.iter().position(|declared| declared == name);
    let mut complaints = Vec::new();
    for source in files.iter().filter(|source| !source.is_test()) {
        let Some(own) = core_module(source) else { continue };
        for used in named_modules(source, "app/core/src/") {
            if let (Some(own_place), Some(used_place)) = (place(own), place(&used))
                && used_place > own_place
            {
                complaints.push(format!("{}: `{own}` uses `{used}`, which lib.rs declares after it", source.path));
            }
        }
    }
    complaints
}

/// SQL and diesel stand in `db/` and in stores, nowhere else.
fn sql_in_stores(files: &[Source]) -> Vec<String> {
    let diesel = pattern(r"\bdiesel(_migrations)?\b");
    let words =
        r"(?:select\s[^\n]{0,200}\sfrom|insert\s+into|update\s+\w+\s+set|delete\s+from|create\s+table|pragma\s+\w)";
    let sql = pattern(&format!(r#"(?i)"\s*{words}\b"#));
    let mut complaints = Vec::new();
    for source in files.iter().filter(|source| !source.is_test()) {
        let path = source.path.as_str();
        let is_store = path.ends_with("/store.rs") || path.contains("/store/");
        if path.starts_with("app/core/src/db/") || path.starts_with("app/core/src/") && is_store {
            continue;
        }
        let knows_columns = KNOW_COLUMNS.contains(&path);
        let uses = diesel.find(&source.bare()).filter(|_| !knows_columns).map(|found| found.start());
        let says = sql.find(&source.code()).map(|found| found.start());
        complaints.extend(uses.map(|at| format!("{} uses diesel outside a store", source.at(at))));
        complaints.extend(says.map(|at| format!("{} writes SQL outside a store", source.at(at))));
    }
    complaints
}

/// A store is private to its feature.
fn stores_are_private(files: &[Source]) -> Vec<String> {
    let reached = pattern(r"(?:crate|casebook_core)::([a-z_]+)::store\b");
    let opened = pattern(r"\bpub(?:\(crate\))? mod store\b");
    let mut complaints = Vec::new();
    for source in files.iter().filter(|source| !source.is_test()) {
        let bare = source.bare();
        for found in reached.captures_iter(&bare) {
            if core_module(source) != Some(&found[1]) {
                complaints.push(format!("{}: reaches into the store of `{}`", source.path, &found[1]));
            }
        }
        complaints.extend(opened.find(&bare).map(|at| format!("{}: opens its store", source.at(at.start()))));
    }
    complaints
}

/// The core knows neither HTTP nor pages.
fn no_http_in_core(files: &[Source]) -> Vec<String> {
    let http = pattern(r"\b(actix\w*|askama\w*|casebook_web)\b");
    let in_core = files.iter().filter(|source| source.path.starts_with("app/core/"));
    in_core
        .filter_map(|source| {
            let code = if source.path.ends_with(".toml") { source.text.clone() } else { source.bare() };
            http.find(&code).map(|found| format!("{} names {}", source.at(found.start()), found.as_str()))
        })
        .collect()
}

/// A web feature uses no other web feature; the kit and the links use none.
fn web_features_are_strangers(files: &[Source]) -> Vec<String> {
    let features: BTreeSet<_> =
        files.iter().filter_map(web_module).filter(|name| !WEB_FRAME.contains(name)).map(str::to_owned).collect();
    let may_know_all = |name: &str| matches!(name, "lib" | "main" | "routes");
    let mut complaints = Vec::new();
    for source in files.iter().filter(|source| !source.is_test()) {
        let Some(own) = web_module(source).filter(|own| !may_know_all(own)) else { continue };
        for used in named_modules(source, "app/web/src/") {
            let known_feature = features.contains(&used) || FEATURES.contains(&used.as_str());
            if known_feature && used != own {
                complaints.push(format!("{}: `{own}` uses the web feature `{used}`", source.path));
            }
        }
    }
    complaints
}

/// Of the core's features the kit knows one: who is it?
fn the_kit_knows_staff_only(files: &[Source]) -> Vec<String> {
    let mut complaints = Vec::new();
    for source in files.iter().filter(|source| web_module(source) == Some("kit") && !source.is_test()) {
        for used in names_after(&source.bare(), "casebook_core::") {
            if used != "staff" && FEATURES.contains(&used.as_str()) {
                complaints.push(format!("{}: the kit uses the feature `{used}`", source.path));
            }
        }
    }
    complaints
}

/// How many places may compile one text for each database.
const BACKEND_FORKS: usize = 10;

/// Code forks between the databases in few, counted places, and nowhere outside `db/` by hand.
fn one_text_for_both_databases(files: &[Source]) -> Vec<String> {
    let by_hand =
        pattern(r#"\b(SqliteConnection|PgConnection|Connection::(Sqlite|Pg|Postgres\w*))\b|feature\s*=\s*"postgres""#);
    let counted = pattern(r"\beach_backend!");
    let mut complaints = Vec::new();
    let mut forks = Vec::new();
    for source in files.iter().filter(|source| !source.is_test()) {
        let bare = source.bare();
        forks.extend(counted.find_iter(&bare).map(|found| source.at(found.start())));
        if !source.path.starts_with("app/core/src/db/")
            && let Some(found) = by_hand.find(&source.code())
        {
            complaints.push(format!("{} forks between the databases by hand", source.at(found.start())));
        }
    }
    if forks.len() > BACKEND_FORKS {
        complaints.push(format!(
            "{} uses of each_backend!, {BACKEND_FORKS} are allowed: {}",
            forks.len(),
            forks.join(", ")
        ));
    }
    complaints
}

#[test]
fn a_module_of_the_core_uses_only_those_before_it() {
    assert!(declared_order().len() > 3, "lib.rs of the core is not understood: {:?}", declared_order());
    nothing_to_complain("the order of lib.rs", &order(&source::rust()));
    complains_about(
        order,
        &[
            ("app/core/src/limits.rs", "use crate::secret::Token;"),
            ("app/core/src/limits.rs", "use crate::{Error, error::{Other, x}, secret};"),
            ("app/core/src/limits/mod.rs", "use super::secret;"),
            ("app/core/src/limits/deep.rs", "fn f() { super::super::secret::x() }"),
        ],
    );
    allows(
        order,
        &[
            ("app/core/src/secret.rs", "use crate::{error::Error, secret::Token};"),
            ("app/core/src/limits.rs", "// crate::secret\n#[cfg(test)]\nmod tests { use crate::secret; }"),
            ("app/core/src/limits/deep.rs", "use super::secret;"),
        ],
    );
}

#[test]
fn every_feature_stands_after_the_whole_platform() {
    let order = declared_order();
    let first_feature = order.iter().position(|name| FEATURES.contains(&name.as_str())).unwrap_or(order.len());
    let after: Vec<_> = order[first_feature..]
        .iter()
        .filter(|name| {
            !FEATURES.contains(&name.as_str())
                && !["background", "backup", "doctor", "instance", "testing"].contains(&name.as_str())
        })
        .map(|name| format!("`{name}` is declared among the features and is none"))
        .collect();
    nothing_to_complain("platform first", &after);
}

#[test]
fn sql_stands_in_stores_and_in_db_only() {
    nothing_to_complain("SQL in stores", &sql_in_stores(&source::rust()));
    complains_about(
        sql_in_stores,
        &[
            ("app/core/src/cases/show.rs", "use diesel::prelude::*;"),
            ("app/web/src/cases/store.rs", "use diesel::prelude::*;"),
            ("app/core/src/cases/show.rs", "fn f() { run(\"SELECT id FROM cases\") }"),
            ("app/core/src/ids.rs", "fn f() { run(\"delete from cases where id = 1\") }"),
        ],
    );
    allows(
        sql_in_stores,
        &[("app/core/src/cases/store.rs", "use diesel::prelude::*;"), ("app/core/src/x.rs", "// diesel")],
    );
}

#[test]
fn a_store_is_used_by_its_own_feature_only() {
    nothing_to_complain("private stores", &stores_are_private(&source::rust()));
    complains_about(
        stores_are_private,
        &[
            ("app/core/src/moderation/hide.rs", "use crate::cases::store;"),
            ("app/web/src/cases/show.rs", "use casebook_core::cases::store::by_id;"),
            ("app/core/src/cases/mod.rs", "pub mod store;"),
        ],
    );
}

#[test]
fn the_core_knows_no_http_and_no_pages() {
    let files = source::files("app/core", &[".rs", ".toml"]);
    assert!(files.iter().any(|source| source.path == "app/core/Cargo.toml"), "the core's manifest is read too");
    nothing_to_complain("no HTTP in the core", &no_http_in_core(&files));
    complains_about(
        no_http_in_core,
        &[("app/core/src/a.rs", "use actix_web::web;"), ("app/core/Cargo.toml", "[dependencies]\nactix-web = \"4\"")],
    );
}

#[test]
fn web_features_do_not_know_each_other() {
    let files = source::rust();
    nothing_to_complain("web features", &web_features_are_strangers(&files));
    nothing_to_complain("the kit", &the_kit_knows_staff_only(&files));
    complains_about(
        web_features_are_strangers,
        &[
            ("app/web/src/cases/show.rs", "use crate::{kit::Page, intake::form};"),
            ("app/web/src/kit/page.rs", "use crate::cases::show;"),
            ("app/web/src/url.rs", "use crate::cases;"),
        ],
    );
    complains_about(the_kit_knows_staff_only, &[("app/web/src/kit/viewer.rs", "use casebook_core::{cases, staff};")]);
    allows(web_features_are_strangers, &[("app/web/src/routes.rs", "use crate::{cases, intake};")]);
}

#[test]
fn both_databases_are_served_by_one_text() {
    nothing_to_complain("forks between the databases", &one_text_for_both_databases(&source::rust()));
    let many = "fn f() { each_backend!(x) }\n".repeat(BACKEND_FORKS + 1);
    complains_about(
        one_text_for_both_databases,
        &[
            ("app/core/src/db/mod.rs", &many),
            ("app/core/src/cases/store.rs", "fn f(c: &mut SqliteConnection) {}"),
            ("app/core/src/jobs/store.rs", "#[cfg(feature = \"postgres\")] fn f() {}"),
        ],
    );
    allows(one_text_for_both_databases, &[("app/core/src/db/mod.rs", "macro_rules! each_backend { () => {} }")]);
}
