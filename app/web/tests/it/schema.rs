//! Keeps the tables in order: both databases alike, every reference checked and indexed, every column accounted for.

mod ddl;
mod live;

use std::{collections::BTreeSet, fs};

use ddl::{Schema, Table};

use crate::architecture::source;

/// Tables that a contributor's request writes: their rows lie in the order of their random keys, not in the order of writing
/// (protection.md section 1).
const OF_CONTRIBUTORS: [&str; 8] = [
    "drafts",
    "kept_drafts",
    "submissions",
    "submission_envelopes",
    "submission_guards",
    "submission_messages",
    "exchange_envelopes",
    "corrections",
];

fn migrations(side: &str) -> Schema {
    let files = source::files(&format!("migrations/{side}"), &["up.sql"]);
    assert!(!files.is_empty(), "there are migrations for {side}");
    ddl::read(&files.iter().map(|file| file.text.as_str()).collect::<Vec<_>>().join("\n"))
}

/// The tables as diesel is told about them.
fn told_to_diesel() -> Schema {
    let mut text = fs::read_to_string(source::root().join("app/core/src/db/schema.rs")).expect("the schema for diesel");
    text.extend(source::files("app/core/src/db/schema", &[".rs"]).into_iter().map(|file| file.text));
    let table = regex::Regex::new(r"(?m)^\s{4}(?:crate::db::schema::)?(\w+) \([^)]*\) \{([^}]*)\}").expect("a pattern");
    let column = regex::Regex::new(r"(?m)^\s+(\w+) -> (Nullable<)?").expect("a pattern");
    let mut schema = Schema::new();
    for found in table.captures_iter(&text) {
        let columns = column.captures_iter(&found[2]);
        let columns =
            columns.map(|found| (found[1].to_owned(), ddl::Column { nullable: found.get(2).is_some() })).collect();
        schema.insert(found[1].to_owned(), Table { columns, ..Table::default() });
    }
    schema
}

/// What two descriptions of the tables do not have in common: tables, columns, and whether a column may be empty.
fn differences(one: &Schema, other: &Schema) -> Vec<String> {
    let lines = |schema: &Schema| -> BTreeSet<String> {
        let columns = schema.iter().flat_map(|(name, table)| {
            table
                .columns
                .iter()
                .map(move |(column, it)| format!("{name}.{column}{}", if it.nullable { ", may be empty" } else { "" }))
        });
        columns.collect()
    };
    lines(one).symmetric_difference(&lines(other)).cloned().collect()
}

/// Columns named after a row elsewhere that the database does not hold to it, or cannot find by it.
fn loose_references(schema: &Schema) -> Vec<String> {
    let mut complaints = Vec::new();
    for (name, table) in schema {
        for column in table.columns.keys().filter(|column| column.ends_with("_id")) {
            if !table.foreign_keys.iter().any(|key| key.contains(column)) {
                complaints.push(format!("{name}.{column} has no foreign key"));
            }
            if !table.indexes.iter().any(|index| index.first() == Some(column)) {
                complaints.push(format!("{name}.{column} has no index"));
            }
        }
    }
    complaints
}

/// Columns that the data inventory leaves out, and those that it lists though they are gone.
fn not_in_the_inventory(schema: &Schema, inventory: &str) -> Vec<String> {
    let listed = regex::Regex::new(r"`([a-z_]+\.[a-z_0-9]+)`").expect("a pattern");
    let listed: BTreeSet<String> = listed.captures_iter(inventory).map(|found| found[1].to_owned()).collect();
    let columns: BTreeSet<String> = schema
        .iter()
        .flat_map(|(name, table)| table.columns.keys().map(move |column| format!("{name}.{column}")))
        .collect();
    let missing = columns.difference(&listed).map(|column| format!("{column} is not in docs/data-inventory.md"));
    let of_tables = |column: &&String| column.split_once('.').is_some_and(|(table, _)| schema.contains_key(table));
    let stale = listed.difference(&columns).filter(of_tables).map(|column| format!("{column} is listed and gone"));
    missing.chain(stale).collect()
}

fn in_order_of_writing(schema: &Schema) -> Vec<String> {
    let kept = |name: &&str| schema.get(*name).is_some_and(|table| table.without_rowid);
    OF_CONTRIBUTORS.iter().filter(|name| !kept(name)).map(|name| format!("{name} is not WITHOUT ROWID")).collect()
}

#[track_caller]
fn nothing(what: &str, complaints: &[String]) {
    assert!(complaints.is_empty(), "{what}:\n  {}", complaints.join("\n  "));
}

#[test]
fn both_databases_are_described_alike() {
    let (sqlite, postgres) = (migrations("sqlite"), migrations("postgres"));
    nothing("SQLite and PostgreSQL differ", &differences(&sqlite, &postgres));
    nothing("the migrations and diesel's schema.rs differ", &differences(&sqlite, &told_to_diesel()));
    let wider = ddl::read("CREATE TABLE a (id TEXT NOT NULL, b TEXT)");
    assert_eq!(differences(&wider, &ddl::read("CREATE TABLE a (id TEXT NOT NULL, b TEXT NOT NULL)")).len(), 2);
    assert_eq!(differences(&wider, &ddl::read("CREATE TABLE a (id TEXT NOT NULL)")).len(), 1);
    assert_eq!(differences(&wider, &wider), [""; 0]);
}

#[test]
fn every_reference_is_held_and_indexed() {
    for side in ["sqlite", "postgres"] {
        nothing(side, &loose_references(&migrations(side)));
    }
    let loose = "CREATE TABLE a (id TEXT NOT NULL PRIMARY KEY, b_id TEXT NOT NULL)";
    assert_eq!(loose_references(&ddl::read(loose)).len(), 2, "neither held nor indexed");
    let held = "CREATE TABLE a (b_id TEXT NOT NULL REFERENCES b (id)); CREATE INDEX a_c ON a (c, b_id);";
    assert_eq!(loose_references(&ddl::read(held)), ["a.b_id has no index"]);
}

#[test]
fn every_column_is_accounted_for_in_the_data_inventory() {
    let inventory = fs::read_to_string(source::root().join("docs/data-inventory.md")).expect("the data inventory");
    nothing("the data inventory", &not_in_the_inventory(&migrations("sqlite"), &inventory));
    let schema = ddl::read("CREATE TABLE a (id TEXT, b TEXT)");
    assert_eq!(not_in_the_inventory(&schema, "`a.id` `a.c` `config.toml`").len(), 2, "one is missing, one is gone");
}

#[test]
fn rows_of_contributors_lie_in_no_order_of_writing() {
    nothing("rows in the order of writing", &in_order_of_writing(&migrations("sqlite")));
    assert_eq!(in_order_of_writing(&ddl::read("CREATE TABLE drafts (id TEXT)")).len(), OF_CONTRIBUTORS.len());
}
