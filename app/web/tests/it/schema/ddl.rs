//! Reads the tables and indexes that a folder of migrations makes, from their text.

use std::collections::BTreeMap;

/// A database as its migrations describe it: tables by name.
pub(super) type Schema = BTreeMap<String, Table>;

/// A table.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Table {
    /// Columns by name.
    pub(super) columns: BTreeMap<String, Column>,
    /// Columns that together are a key, a unique constraint or an index, in order.
    pub(super) indexes: Vec<Vec<String>>,
    /// Columns of each foreign key.
    pub(super) foreign_keys: Vec<Vec<String>>,
    /// SQLite: whether rows are stored by their key, in no order of writing.
    pub(super) without_rowid: bool,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Column {
    /// Whether it may be empty.
    pub(super) nullable: bool,
}

/// Reads all statements of all migrations, in order.
pub(super) fn read(sql: &str) -> Schema {
    let mut schema = Schema::new();
    for statement in statements(&without_comments(sql)) {
        let words: Vec<&str> = statement.split_whitespace().collect();
        let upper: Vec<String> = words.iter().take(4).map(|word| word.to_uppercase()).collect();
        match upper.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
            ["CREATE", "TABLE", ..] => create_table(&mut schema, &statement),
            ["CREATE", "INDEX" | "UNIQUE", ..] => create_index(&mut schema, &statement),
            ["ALTER", "TABLE", _, "ADD"] if !is_constraint(&words) => add_column(&mut schema, &words),
            ["DROP", "TABLE", ..] => drop(schema.remove(words[words.len() - 1])),
            _ => {}
        }
    }
    schema
}

fn without_comments(sql: &str) -> String {
    sql.lines().map(|line| line.split_once("--").map_or(line, |(code, _)| code)).collect::<Vec<_>>().join("\n")
}

fn statements(sql: &str) -> Vec<String> {
    sql.split(';').map(|statement| statement.trim().to_owned()).filter(|statement| !statement.is_empty()).collect()
}

/// The name before the first bracket, what stands in the brackets, and what follows them.
fn brackets(text: &str) -> (String, Vec<String>, String) {
    let open = text.find('(').unwrap_or(text.len());
    let name = text[..open].split_whitespace().last().unwrap_or_default().trim_matches('"').to_owned();
    let (mut depth, mut parts, mut part) = (0, Vec::new(), String::new());
    for (at, c) in text[open..].char_indices() {
        match c {
            '(' if depth == 0 => depth = 1,
            ')' if depth == 1 => {
                parts.push(part.trim().to_owned());
                return (name, parts, text[open + at + 1..].trim().to_owned());
            }
            ',' if depth == 1 => parts.push(std::mem::take(&mut part).trim().to_owned()),
            _ => {
                depth += i32::from(c == '(') - i32::from(c == ')');
                part.push(c);
            }
        }
    }
    (name, parts, String::new())
}

fn names(text: &str) -> Vec<String> {
    let (_, parts, _) = brackets(text);
    parts
        .iter()
        .filter_map(|part| part.split_whitespace().next())
        .map(|name| name.trim_matches('"').to_owned())
        .collect()
}

fn create_table(schema: &mut Schema, statement: &str) {
    let (name, parts, options) = brackets(statement);
    let mut table = Table { without_rowid: options.to_uppercase().contains("WITHOUT ROWID"), ..Table::default() };
    for part in &parts {
        let upper = part.to_uppercase();
        let constraint = match upper.strip_prefix("CONSTRAINT ") {
            Some(named) => named.split_once(' ').map_or("", |(_, rest)| rest),
            None => upper.as_str(),
        };
        if constraint.starts_with("PRIMARY KEY") {
            for column in names(part) {
                table.columns.entry(column).and_modify(|column| column.nullable = false);
            }
            table.indexes.push(names(part));
        } else if constraint.starts_with("UNIQUE") {
            table.indexes.push(names(part));
        } else if constraint.starts_with("FOREIGN KEY") {
            table.foreign_keys.push(names(part));
        } else if !constraint.starts_with("CHECK") {
            column(&mut table, part);
        }
    }
    schema.insert(name, table);
}

fn column(table: &mut Table, text: &str) {
    let name = text.split_whitespace().next().unwrap_or_default().trim_matches('"').to_owned();
    let upper = text.to_uppercase();
    let is_key = upper.contains("PRIMARY KEY");
    if is_key || upper.contains(" UNIQUE") {
        table.indexes.push(vec![name.clone()]);
    }
    if upper.contains(" REFERENCES ") {
        table.foreign_keys.push(vec![name.clone()]);
    }
    table.columns.insert(name, Column { nullable: !is_key && !upper.contains("NOT NULL") });
}

fn create_index(schema: &mut Schema, statement: &str) {
    let (table, _, _) = brackets(statement);
    if let Some(table) = schema.get_mut(&table) {
        table.indexes.push(names(statement));
    }
}

fn is_constraint(words: &[&str]) -> bool {
    words.get(4).is_some_and(|word| word.eq_ignore_ascii_case("constraint"))
}

fn add_column(schema: &mut Schema, words: &[&str]) {
    let skipped = 4 + usize::from(words.get(4).is_some_and(|word| word.eq_ignore_ascii_case("column")));
    if let Some(table) = schema.get_mut(words[2]) {
        column(table, &words[skipped..].join(" "));
    }
}

#[test]
fn tables_are_read_from_their_text() {
    let schema = read(
        "CREATE TABLE a (id TEXT PRIMARY KEY NOT NULL, -- the id, random
           n INTEGER, kind TEXT NOT NULL CHECK (kind IN ('x', 'y')), b_id TEXT NOT NULL REFERENCES b (id), c TEXT,
           PRIMARY KEY (id, n), FOREIGN KEY (c) REFERENCES d (id), UNIQUE (kind, c)) WITHOUT ROWID;
         CREATE UNIQUE INDEX a_b ON a (b_id, c);
         ALTER TABLE a ADD COLUMN e TEXT;",
    );
    let table = &schema["a"];
    let nullable: Vec<_> =
        table.columns.iter().filter(|(_, column)| column.nullable).map(|(name, _)| name.as_str()).collect();
    assert_eq!(table.columns.len(), 6, "{table:?}");
    assert_eq!(nullable, ["c", "e"], "{table:?}");
    assert_eq!(table.foreign_keys, [["b_id"], ["c"]]);
    assert_eq!(table.indexes, [vec!["id"], vec!["id", "n"], vec!["kind", "c"], vec!["b_id", "c"]]);
    assert!(table.without_rowid);
}
