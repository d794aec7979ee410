//! A row of a table, and what a document says as the same rows: so that both are judged by one rule, and compared.

use serde_json::{Map, Value};

/// A row: the cells that are not empty, each with its column.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) table: String,
    pub(super) line: u64,
    pub(super) cells: Vec<(String, String)>,
}

impl Row {
    /// What stands in a column.
    pub(super) fn get(&self, column: &str) -> Option<&str> {
        self.cells.iter().find(|(name, _)| name == column).map(|(_, cell)| cell.as_str())
    }
}

/// The rows of the tables that a document makes, as `cases::tables` makes them. What it has besides comes as a column that no table has.
pub(super) fn rows(document: &Map<String, Value>, case: &str, line: u64) -> Vec<Row> {
    let mut rows = Rows { case, line, rows: Vec::new() };
    let mut head = rows.row("cases");
    for (key, value) in document {
        match (key.as_str(), value) {
            ("place", Value::Object(place)) => rows.place(place, &mut head),
            ("computed", Value::Object(computed)) => {
                computed.iter().for_each(|(key, value)| plain(&mut head, key, value));
            }
            ("title" | "summary", value) => text(&mut head, key, value),
            ("narrative", Value::Array(all)) => rows.each("narrative", all, Rows::section),
            ("related", Value::Array(all)) => rows.each("case_related", all, Rows::part),
            ("agreements", Value::Array(all)) => rows.each("agreements", all, Rows::part),
            ("involvements", Value::Array(all)) => rows.each("involvements", all, Rows::part),
            ("statements", Value::Array(all)) => rows.each("statements", all, Rows::part),
            ("viewpoints", Value::Array(all)) => rows.each("viewpoints", all, Rows::part),
            ("timeline", Value::Array(all)) => rows.each("timeline", all, Rows::part),
            ("sources", Value::Array(all)) => rows.each("sources", all, Rows::part),
            (key, value) => plain(&mut head, key, value),
        }
    }
    rows.rows.push(head);
    rows.rows
}

type Object = Map<String, Value>;

struct Rows<'a> {
    case: &'a str,
    line: u64,
    rows: Vec<Row>,
}

impl Rows<'_> {
    fn row(&self, table: &str) -> Row {
        Row { table: table.to_owned(), line: self.line, cells: Vec::new() }
    }

    /// The id of a part, as it stands in tables.
    fn id(&self, id: &Value) -> String {
        format!("{}-{}", self.case, said(id))
    }

    fn each(&mut self, table: &str, all: &[Value], make: fn(&mut Self, &mut Row, &Object)) {
        for one in all {
            let mut row = self.row(table);
            match one {
                Value::Object(object) => make(self, &mut row, object),
                other => plain(&mut row, "", other),
            }
            self.rows.push(row);
        }
    }

    fn place(&mut self, place: &Object, head: &mut Row) {
        for (key, value) in place {
            match (key.as_str(), value) {
                ("disclosure", value) => plain(head, "place_disclosure", value),
                ("countries", Value::Array(all)) => {
                    for country in all {
                        let mut row = self.row("case_countries");
                        plain(&mut row, "country", country);
                        self.rows.push(row);
                    }
                }
                ("places", Value::Array(all)) => self.each("case_places", all, Rows::part),
                (key, value) => plain(head, key, value),
            }
        }
    }

    fn section(&mut self, row: &mut Row, section: &Object) {
        let (heading, words): (Object, Object) =
            section.iter().map(|(k, v)| (k.clone(), v.clone())).partition(|(key, _)| key == "heading");
        self.part(row, &heading);
        text(row, "text", &Value::Object(words));
    }

    /// A part of a case. What it cites and what stands below it become rows of other tables.
    fn part(&mut self, row: &mut Row, part: &Object) {
        let id = part.get("id").cloned().unwrap_or(Value::Null);
        for (key, value) in part {
            match (key.as_str(), value) {
                ("id", value) => row.cells.push(("id".to_owned(), self.id(value))),
                ("part", value) => row.cells.push(("agreement_id".to_owned(), self.id(value))),
                ("case", value) => plain(row, "related_case", value),
                ("value", value) => in_form(row, value),
                ("note" | "concern" | "text", value) => text(row, key, value),
                ("as_of" | "date" | "published" | "retrieved", value) => when(row, key, value),
                ("sources", Value::Array(all)) => self.cited(&row.table, &id, all),
                ("qualifiers", Value::Object(all)) => self.qualifiers(&id, all),
                ("kinds", Value::Array(all)) => self.kinds(&id, all),
                ("answers", Value::Array(all)) => self.answers(&id, all),
                ("contested_after", Value::Object(contested)) => self.contested(row, &id, contested),
                (key, value) => plain(row, key, value),
            }
        }
    }

    fn cited(&mut self, table: &str, id: &Value, sources: &[Value]) {
        let (table, column) = match table {
            "involvements" => ("involvement_sources", "involvement_id"),
            "statements" => ("statement_sources", "statement_id"),
            "viewpoints" => ("viewpoint_sources", "viewpoint_id"),
            "timeline" => ("timeline_sources", "event_id"),
            "contested" => ("answer_contested_sources", "answer_id"),
            _ => ("answer_sources", "answer_id"),
        };
        for source in sources {
            let mut row = self.row(table);
            row.cells.push((column.to_owned(), self.id(id)));
            row.cells.push(("source_id".to_owned(), self.id(source)));
            self.rows.push(row);
        }
    }

    fn qualifiers(&mut self, id: &Value, qualifiers: &Object) {
        for (qualifier, value) in qualifiers {
            let mut row = self.row("statement_qualifiers");
            row.cells.push(("statement_id".to_owned(), self.id(id)));
            row.cells.push(("qualifier".to_owned(), qualifier.clone()));
            in_form(&mut row, value);
            self.rows.push(row);
        }
    }

    fn kinds(&mut self, id: &Value, kinds: &[Value]) {
        for kind in kinds {
            let mut row = self.row("answer_kinds");
            row.cells.push(("answer_id".to_owned(), self.id(id)));
            plain(&mut row, "kind", kind);
            self.rows.push(row);
        }
    }

    fn answers(&mut self, viewpoint: &Value, answers: &[Value]) {
        for answer in answers {
            let mut row = self.row("answers");
            row.cells.push(("viewpoint_id".to_owned(), self.id(viewpoint)));
            match answer {
                Value::Object(answer) => self.part(&mut row, answer),
                other => plain(&mut row, "", other),
            }
            self.rows.push(row);
        }
    }

    fn contested(&mut self, row: &mut Row, answer: &Value, contested: &Object) {
        row.cells.push(("contested".to_owned(), "true".to_owned()));
        for (key, value) in contested {
            match (key.as_str(), value) {
                ("date", value) => when(row, "contested_date", value),
                ("sources", Value::Array(all)) => self.cited("contested", answer, all),
                (key, value) => plain(row, &format!("contested_{key}"), value),
            }
        }
    }
}

/// A value as a cell has it.
fn said(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.as_f64().map_or_else(|| number.to_string(), |number| number.to_string()),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

/// A member that is a column of the same name. What is false or empty is no cell.
fn plain(row: &mut Row, column: &str, value: &Value) {
    let nothing = match value {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => text.is_empty(),
        Value::Array(all) => all.is_empty(),
        Value::Object(all) => all.is_empty(),
        _ => false,
    };
    if !nothing {
        row.cells.push((column.to_owned(), said(value)));
    }
}

/// The members of an object as columns, each called as `name` says.
fn members(row: &mut Row, column: &str, value: &Value, name: fn(&str) -> Option<&'static str>) {
    let Value::Object(all) = value else { return plain(row, column, value) };
    for (key, value) in all {
        match (name(key), value) {
            (Some(end), value) => plain(row, &format!("{column}{end}"), value),
            (None, value) => plain(row, &format!("{column}_{key}"), value),
        }
    }
}

/// A text with its language, or plain words.
fn text(row: &mut Row, column: &str, value: &Value) {
    let Value::Object(all) = value else { return plain(row, column, value) };
    for (key, value) in all {
        match key.as_str() {
            "text" => plain(row, column, value),
            "translation" => members(row, column, value, |key| match key {
                "from" => Some("_translated_from"),
                "by" => Some("_translated_by"),
                _ => None,
            }),
            key => plain(row, &format!("{column}_{key}"), value),
        }
    }
}

/// A date or an interval.
fn when(row: &mut Row, column: &str, value: &Value) {
    members(row, column, value, |key| match key {
        "value" => Some(""),
        "from" => Some("_from_year"),
        "to" => Some("_to_year"),
        _ => None,
    });
}

/// A value in whichever form (schema.md rule 10).
fn in_form(row: &mut Row, value: &Value) {
    let Value::Object(all) = value else { return plain(row, "value", value) };
    for (key, member) in all {
        let column = match key.as_str() {
            "lang" => "text_lang",
            "min" => "amount_min",
            "max" => "amount_max",
            "qualifier" => "date_qualifier",
            "from" => "from_year",
            "to" => "to_year",
            other => other,
        };
        plain(row, column, member);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_document_has_besides_comes_as_a_column_that_no_table_has() {
        let document = serde_json::json!({
            "id": "7K2MQX4T", "mayor": "x", "title": {"text": "words", "lang": "en", "first": "y"},
            "place": {"disclosure": "named", "district": "z"},
            "statements": [{"id": "t1", "value": {"number": 504_358.0, "note": "n"}, "qualifiers": {"side": {"code": "vendor"}}}],
        });
        let rows = rows(document.as_object().unwrap(), "7K2MQX4T", 3);
        let told: Vec<String> = rows
            .iter()
            .flat_map(|row| row.cells.iter().map(move |(column, cell)| format!("{}.{column}={cell}", row.table)))
            .collect();
        for cell in [
            "cases.mayor=x",
            "cases.title=words",
            "cases.title_first=y",
            "cases.place_disclosure=named",
            "cases.district=z",
            "statements.id=7K2MQX4T-t1",
            "statements.number=504358",
            "statement_qualifiers.code=vendor",
        ] {
            assert!(told.iter().any(|known| known == cell), "{cell}: {told:?}");
        }
    }
}
