//! What holds of every table.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::*;
use crate::{
    cases::{
        document::{Text, When},
        projection::Projection,
        tables::columns::{VALUE_NAMES, value_columns},
    },
    places::Gazetteer,
};

/// The first cases, and one of them under another id with hostile words wherever words can stand.
fn documents() -> Vec<Document> {
    let mut documents: Vec<Document> = include_str!("../../../../../config/seeds/reference.jsonl")
        .lines()
        .chain(include_str!("../../../../../config/seeds/cases.jsonl").lines())
        .filter(|line| line.contains("\"record\":\"case\""))
        .map(|line| {
            let mut object: serde_json::Value = serde_json::from_str(line).unwrap();
            object.as_object_mut().unwrap().remove("record");
            serde_json::from_value(object).unwrap()
        })
        .collect();
    let mut hostile = documents[0].clone();
    hostile.id = "00000001".parse().unwrap();
    let words = "=1+1\",;\r\n\t<b>'--";
    hostile.title = Text::new(words, "en");
    for section in &mut hostile.narrative {
        section.text = words.to_owned();
    }
    for statement in &mut hostile.statements {
        statement.note = Some(Text::new(words, "en"));
        statement.sources = statement.sources.iter().flat_map(|id| [id.clone(), id.clone()]).collect();
        statement.as_of = Some(When::Between { from: 2018, to: 2020 });
    }
    documents.push(hostile);
    documents
}

fn rows_of(table: &Table, documents: &[Document]) -> Vec<Row> {
    let (codebook, gazetteer) = (Codebook::embedded(), Gazetteer::embedded());
    let mut rows = Vec::new();
    for document in documents {
        let computed = Projection::of(document, &codebook, &gazetteer).computed;
        let coders = BTreeMap::from([(1, "mo".to_owned())]);
        let parties = Directory::new();
        let url = "https://casebook.example/cases/7K2MQX4T/r/1";
        rows.extend((table.rows)(&Record { document, computed: &computed, parties: &parties, coders: &coders, url }));
    }
    rows
}

fn at(table: &Table, column: &str) -> usize {
    let found = table.columns.iter().position(|known| known.name == column);
    found.unwrap_or_else(|| panic!("{} has no column {column}", table.name))
}

#[test]
fn every_cell_is_what_its_column_says() {
    let documents = documents();
    assert_eq!(value_columns(&Codebook::embedded()).iter().map(|c| c.name.as_str()).collect::<Vec<_>>(), VALUE_NAMES);
    for table in all(&Codebook::embedded()) {
        let names: HashSet<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
        assert_eq!(names.len(), table.columns.len(), "{}: two columns have one name", table.name);
        for row in rows_of(&table, &documents) {
            assert_eq!(row.len(), table.columns.len(), "{}", table.name);
            for (column, cell) in table.columns.iter().zip(&row) {
                let fits = match (&column.kind, cell) {
                    (_, Cell::Empty) => !column.required,
                    (Kind::Text, Cell::Text(_)) | (Kind::Integer, Cell::Integer(_)) => true,
                    (Kind::Number, Cell::Number(_)) | (Kind::Flag, Cell::Flag(_)) => true,
                    (Kind::Coded(codes), Cell::Text(code)) => codes.contains(code),
                    (Kind::Pattern(pattern), Cell::Text(text)) => {
                        regex::Regex::new(&format!("^(?:{pattern})$")).unwrap().is_match(text)
                    }
                    _ => false,
                };
                assert!(fits, "{}.{}: {cell:?}", table.name, column.name);
            }
        }
    }
}

/// R9: keys hold. Each row is told from all others by its key, and each reference leads to a row.
#[test]
fn keys_are_unique_and_every_reference_leads_somewhere() {
    let (documents, tables) = (documents(), all(&Codebook::embedded()));
    let mut ids: HashMap<&str, HashSet<String>> = HashMap::new();
    for table in &tables {
        let rows = rows_of(table, &documents);
        let mut keys = HashSet::new();
        for row in &rows {
            let key: Vec<String> = table.key.iter().map(|column| row[at(table, column)].plain()).collect();
            assert!(key.iter().all(|part| !part.is_empty()), "{}: a key is empty: {row:?}", table.name);
            assert!(keys.insert(key.clone()), "{}: {key:?} stands twice", table.name);
            if table.key == ["id"] {
                ids.entry(table.name).or_default().insert(key[0].clone());
            }
            for reference in &table.references {
                let value = row[at(table, reference.column)].plain();
                let known = value.is_empty() || ids.get(reference.table).is_some_and(|ids| ids.contains(&value));
                assert!(known, "{}: no row of {} is {value}", table.name, reference.table);
            }
        }
        assert!(table.references.iter().all(|reference| tables.iter().any(|known| known.name == reference.table)));
    }
    for name in ["cases", "statements", "agreements", "involvements", "viewpoints", "answers", "timeline", "sources"] {
        assert!(ids.get(name).is_some_and(|ids| !ids.is_empty()), "{name} is empty, so nothing was tried");
    }
}

/// R32: both versions of what sources disagree about are rows, each with rank and sources. R33: confidence and reliability stand apart.
#[test]
fn values_that_disagree_stay_side_by_side_with_their_sources() {
    let (documents, tables) = (documents(), all(&Codebook::embedded()));
    let table = |name: &str| tables.iter().find(|table| table.name == name).unwrap();
    let statements = table("statements");
    let rows = rows_of(statements, &documents[..1]);
    let cell = |row: &Row, column: &str| row[at(statements, column)].plain();
    let disputed: Vec<&Row> = rows.iter().filter(|row| cell(row, "status") == "disputed").collect();
    let field = cell(disputed[0], "field");
    let both: Vec<&&Row> = disputed.iter().filter(|row| cell(row, "field") == field).collect();
    assert!(both.len() > 1, "{field} has one version only");
    let cited = rows_of(table("statement_sources"), &documents[..1]);
    for row in both {
        assert!(!cell(row, "rank").is_empty() && !cell(row, "confidence").is_empty());
        assert!(cited.iter().any(|link| link[1].plain() == cell(row, "id")), "{} cites nothing", cell(row, "id"));
    }
    at(table("sources"), "reliability");
}
