//! What a package says of itself: `datapackage.json`, and the same in plain words.

use serde_json::{Map, Value, json};

use super::Described;
use crate::{
    cases::{
        citation::AUTHOR,
        exports::{About, LICENCE},
        tables::{Column, Kind, Reference, Table},
    },
    codebook::Codebook,
};

/// What is said of a file.
#[derive(Debug)]
pub(super) struct Description {
    /// The name by which other files refer to it.
    pub(super) name: String,
    /// The name of the file.
    pub(super) path: String,
    /// What is in it.
    pub(super) meaning: &'static str,
    /// The columns, where it is a table.
    pub(super) columns: Option<Vec<Column>>,
    /// The columns that tell a row from every other.
    pub(super) key: &'static [&'static str],
    /// Where it leads.
    pub(super) references: Vec<Reference>,
    /// How many rows it has, without the head.
    pub(super) rows: Option<u64>,
}

impl Description {
    /// A file that is no table.
    pub(super) fn file(name: &str, path: &str, meaning: &'static str) -> Self {
        Self {
            name: name.to_owned(),
            path: path.to_owned(),
            meaning,
            columns: None,
            key: &[],
            references: Vec::new(),
            rows: None,
        }
    }

    /// The file of a table.
    pub(super) fn of(table: &Table) -> Self {
        Self {
            columns: Some(table.columns.clone()),
            key: table.key,
            references: table.references.clone(),
            ..Self::file(table.name, &format!("{}.csv", table.name), table.meaning)
        }
    }
}

/// What the package is.
const WHAT: &str =
    "How smart-city decisions were made: published cases with their coded values, sources, concerns and answers.";

/// `datapackage.json` (<https://specs.frictionlessdata.io/data-package/>, version 1, which version 2 reads).
pub(super) fn descriptor(about: &About, codebook: &Codebook, files: &[Described], cases: u64) -> Value {
    let [name, title, path] = LICENCE;
    let mut facts = about.facts(codebook);
    facts.insert("count".to_owned(), cases.into());
    json!({
        "profile": "data-package",
        "name": "casebook-cases",
        "title": about.title(),
        "description": WHAT,
        "homepage": about.site.address,
        "version": about.release.clone().unwrap_or_else(|| about.date.to_string()),
        "created": format!("{}T00:00:00Z", about.date),
        "licenses": [{"name": name, "title": title, "path": path}],
        "contributors": [{"title": AUTHOR, "role": "author"}],
        "sources": [{"title": crate::places::ATTRIBUTION, "path": "https://www.geonames.org/"}],
        "casebook": facts,
        "resources": files.iter().map(resource).collect::<Vec<_>>(),
    })
}

fn resource((description, file): &Described) -> Value {
    let mut resource = json!({
        "name": description.name,
        "path": description.path,
        "description": description.meaning,
        "encoding": "utf-8",
        "bytes": file.bytes,
        "hash": format!("sha256:{}", file.sha256),
    });
    let more = match &description.columns {
        Some(columns) => json!({
            "profile": "tabular-data-resource",
            "format": "csv",
            "mediatype": "text/csv",
            "rows": description.rows,
            "dialect": {
                "delimiter": ",",
                "quoteChar": "\"",
                "doubleQuote": true,
                "lineTerminator": "\n",
                "skipInitialSpace": false,
                "header": true,
            },
            "schema": schema(columns, description),
        }),
        None => json!({"profile": "data-resource", "type": "file", "mediatype": media_type(&description.path)}),
    };
    if let (Value::Object(resource), Value::Object(more)) = (&mut resource, more) {
        resource.extend(more);
    }
    resource
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("json") => "application/json",
        Some("jsonl") => "application/jsonl",
        _ => "text/markdown",
    }
}

fn schema(columns: &[Column], description: &Description) -> Value {
    let reference = |reference: &Reference| json!({"fields": [reference.column], "reference": {"resource": reference.table, "fields": ["id"]}});
    json!({
        "fields": columns.iter().map(field).collect::<Vec<_>>(),
        "missingValues": [""],
        "primaryKey": description.key,
        "foreignKeys": description.references.iter().map(reference).collect::<Vec<_>>(),
    })
}

fn field(column: &Column) -> Value {
    let mut constraints = Map::new();
    if column.required {
        constraints.insert("required".to_owned(), true.into());
    }
    let kind = match &column.kind {
        Kind::Text => "string",
        Kind::Coded(codes) => {
            if !codes.is_empty() {
                constraints.insert("enum".to_owned(), json!(codes));
            }
            "string"
        }
        Kind::Pattern(pattern) => {
            constraints.insert("pattern".to_owned(), json!(pattern));
            "string"
        }
        Kind::Integer => "integer",
        Kind::Number => "number",
        Kind::Flag => "boolean",
    };
    let mut field = Map::new();
    field.insert("name".to_owned(), json!(column.name));
    field.insert("type".to_owned(), kind.into());
    field.insert("description".to_owned(), json!(column.meaning));
    if column.kind == Kind::Flag {
        field.insert("trueValues".to_owned(), json!(["true"]));
        field.insert("falseValues".to_owned(), json!(["false"]));
    }
    if !constraints.is_empty() {
        field.insert("constraints".to_owned(), Value::Object(constraints));
    }
    Value::Object(field)
}

/// How to read the package, in plain words.
pub(super) fn readme(about: &About, codebook: &Codebook, files: &[Described], cases: u64) -> String {
    let mut text = format!("# {}\n\ncases: {cases}\n", about.title());
    for (name, words) in about.lines(codebook) {
        text.push_str(&format!("{name}: {words}\n"));
    }
    text.push_str(HOW);
    for (description, _) in files {
        let rows = description.rows.map(|rows| format!(" Rows: {rows}.")).unwrap_or_default();
        text.push_str(&format!("- `{}`: {}{rows}\n", description.path, description.meaning));
    }
    text
}

/// What holds of every package.
const HOW: &str = include_str!("readme.md");
