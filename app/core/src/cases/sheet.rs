//! The sheet: one row a case, for spreadsheets. A view of the documents, not a second truth: the values of a field stand in one cell, and beside
//! each field stand columns with status, confidence and rank of its statements in the same order. CSV joins them (decision 0049); Parquet has
//! lists.

use super::{
    document::{Document, Involvement, Rank, Statement, Value},
    projection::Computed,
    tables::{Cell, Column, Kind, Row},
};
use crate::{
    codebook::{Codebook, Field, FieldKind, In, needed::POPULATION},
    ids::OrganisationId,
    organisations::Directory,
};

/// The columns that do not come from the codebook, and what they say.
const HEAD: [(&str, Kind, &str); 23] = [
    ("id", Kind::Text, "The id of the case."),
    ("url", Kind::Text, "Where this revision stands for good."),
    ("revision", Kind::Integer, "The number of the revision."),
    ("vocabulary", Kind::Text, "The version of the codebook under which the case was coded."),
    ("published", Kind::Text, "The quarter in which the case was first published."),
    ("revised", Kind::Text, "The quarter in which this revision was published."),
    ("title", Kind::Text, "Place, vendor and object."),
    ("summary", Kind::Text, "Who agreed what with whom, and how it stands."),
    ("kind", Kind::Text, "What sort of event the case records."),
    ("scope", Kind::Text, "Which sort of place or body the decision was made for."),
    ("place_disclosure", Kind::Text, "How much of the place is public."),
    ("country", Kind::Text, "The countries."),
    ("place", Kind::Text, "The names of the places."),
    ("size_class", Kind::Text, "The class of population, for a municipality."),
    ("population", Kind::Integer, "Inhabitants, for a named municipality."),
    ("completeness", Kind::Text, "How many core fields are answered."),
    (
        "vendor",
        Kind::Text,
        "The organisations that take part, vendors and others; one with several roles stands here once for each.",
    ),
    ("vendor_name", Kind::Text, "Their usual names, in the same order."),
    ("vendor.role", Kind::Text, "What each of them does, in the same order: a vendor, a certifier, a host and so on."),
    ("vendor.status", Kind::Text, "The statuses of these parts, in the same order."),
    ("vendor.confidence", Kind::Text, "How well each of these parts is supported, in the same order."),
    ("vendor.rank", Kind::Text, "Which of these parts counts first, in the same order."),
    ("accounts", Kind::Integer, "How many accounts stand behind the case."),
];

/// Which of them have any number of values.
const SEVERAL: [&str; 8] =
    ["country", "place", "vendor", "vendor_name", "vendor.role", "vendor.status", "vendor.confidence", "vendor.rank"];

/// The columns of a vocabulary.
pub struct Sheet<'a> {
    fields: Vec<&'a Field>,
}

impl<'a> Sheet<'a> {
    /// The sheet of this vocabulary.
    #[must_use]
    pub fn new(codebook: &'a Codebook) -> Self {
        let asked = codebook.fields_of(In::Case).chain(codebook.fields_of(In::Agreement));
        Self { fields: asked.filter(|field| field.code != POPULATION).collect() }
    }

    /// The columns.
    #[must_use]
    pub fn columns(&self) -> Vec<Column> {
        let head = HEAD.into_iter().map(|(name, kind, meaning)| {
            let column = Column::new(name, kind, meaning);
            if SEVERAL.contains(&name) { column.several() } else { column }
        });
        head.chain(self.fields.iter().flat_map(|field| columns_of(field))).collect()
    }

    /// The row of a case; `url` is its permanent address (row R14).
    #[must_use]
    pub fn row(&self, document: &Document, computed: &Computed, parties: &Directory, url: &str) -> Row {
        let mut row = head(document, computed, parties, url);
        for field in &self.fields {
            let statements: Vec<&Statement> =
                document.statements_of(&field.code).into_iter().filter(|s| s.rank != Rank::Superseded).collect();
            let each = |cell: fn(&Value) -> Cell| {
                let values = statements.iter().map(|statement| statement.value.as_ref());
                Cell::Several(values.map(|value| value.map_or(Cell::Empty, cell)).collect())
            };
            row.push(each(plain));
            row.push(several(&statements, |statement| statement.status));
            row.push(several(&statements, |statement| statement.confidence));
            row.push(several(&statements, |statement| statement.rank));
            if field.kind == FieldKind::Amount {
                row.extend([each(least), each(most), each(currency)]);
            }
        }
        row
    }
}

/// The columns of a field. A sum of money has its numbers besides, to be computed with.
fn columns_of(field: &Field) -> Vec<Column> {
    let beside = |what: &str, kind: Kind, meaning: &str| Column::new(format!("{}.{what}", field.code), kind, meaning);
    let kind = if field.kind == FieldKind::Number { Kind::Number } else { Kind::Text };
    let mut columns = vec![
        Column::new(field.code.as_str(), kind, field.label("en")),
        beside("status", Kind::Text, "The statuses of these statements, in the same order."),
        beside("confidence", Kind::Text, "How well each of these statements is supported, in the same order."),
        beside(
            "rank",
            Kind::Text,
            "Which of these statements counts first, in the same order: `preferred` before `normal`.",
        ),
    ];
    if field.kind == FieldKind::Amount {
        columns.extend([
            beside("min", Kind::Number, "The sums, in the same order; of a band its lower bound."),
            beside("max", Kind::Number, "The sums, in the same order; of a band its upper bound."),
            beside("currency", Kind::Text, "Their currencies, in the same order."),
        ]);
    }
    columns.into_iter().map(Column::several).collect()
}

fn head(document: &Document, computed: &Computed, parties: &Directory, url: &str) -> Row {
    let mut row = vec![
        Cell::text(document.id.as_str()),
        Cell::text(url),
        Cell::Integer(document.revision.into()),
        Cell::text(document.vocabulary.as_str()),
        Cell::said(document.published),
        Cell::said(document.revised),
        Cell::text(document.title.text.as_str()),
        Cell::maybe(document.summary.as_ref().map(|summary| &summary.text)),
        Cell::said(&document.kind),
        Cell::said(document.place.scope()),
        Cell::said(document.place.disclosure()),
        several(document.place.countries(), |country| country),
        several(document.place.places(), |place| place.name.as_str()),
        Cell::maybe(computed.size_class.as_ref()),
        computed.population.map_or(Cell::Empty, Cell::count),
        Cell::text(computed.completeness.as_str()),
    ];
    row.extend(taking_part(document, parties));
    row.push(Cell::count(computed.accounts));
    row
}

/// The organisations with their names, their roles, and what is said of how each part is known. Superseded parts count nowhere.
fn taking_part(document: &Document, parties: &Directory) -> [Cell; 6] {
    let current = document.involvements.iter().filter(|part| part.rank != Rank::Superseded);
    let known: Vec<(&OrganisationId, &Involvement)> =
        current.filter_map(|part| Some((part.organisation.as_ref()?, part))).collect();
    let name = |id: &OrganisationId| parties.get(id).map_or_else(|| id.to_string(), |record| record.name().to_owned());
    [
        several(&known, |(id, _)| id),
        several(&known, |(id, _)| name(id)),
        several(&known, |(_, part)| &part.role),
        several(&known, |(_, part)| part.status),
        several(&known, |(_, part)| part.confidence),
        several(&known, |(_, part)| part.rank),
    ]
}

/// What is said of each of these.
fn several<'a, T, S: ToString>(of: &'a [T], said: impl Fn(&'a T) -> S) -> Cell {
    Cell::Several(of.iter().map(|one| Cell::said(said(one))).collect())
}

/// The sum, or the lower bound of a band.
fn least(value: &Value) -> Cell {
    match value {
        Value::Amount(amount) => Cell::Number(amount.amount),
        Value::Band(band) => Cell::Number(band.min),
        _ => Cell::Empty,
    }
}

/// The sum, or the upper bound of a band.
fn most(value: &Value) -> Cell {
    match value {
        Value::Amount(amount) => Cell::Number(amount.amount),
        Value::Band(band) => Cell::Number(band.max),
        _ => Cell::Empty,
    }
}

/// The currency of a sum or a band.
fn currency(value: &Value) -> Cell {
    match value {
        Value::Amount(amount) => Cell::text(amount.currency.as_str()),
        Value::Band(band) => Cell::text(band.currency.as_str()),
        _ => Cell::Empty,
    }
}

/// A value in one cell: codes as codes, dates as entered.
fn plain(value: &Value) -> Cell {
    Cell::text(match value {
        Value::Code { code, text: Some(text), .. } => format!("{code}: {text}"),
        Value::Code { code, .. } => code.to_string(),
        Value::Text { text, .. } => text.clone(),
        Value::Number(number) => return Cell::Number(number.number),
        Value::Amount(amount) => format!("{} {}", amount.amount, amount.currency),
        Value::Band(band) => format!("{}..{} {}", band.min, band.max, band.currency),
        Value::Date { date, .. } => date.to_string(),
        Value::Interval(interval) => format!("{}/{}", interval.from, interval.to),
        Value::Country { country } => country.to_string(),
        Value::Continent { continent } => continent.to_string(),
        Value::Organisation { organisation } => organisation.to_string(),
        Value::BodyType { body_type } => body_type.to_string(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_as_long_as_the_head() {
        let codebook = Codebook::embedded();
        let sheet = Sheet::new(&codebook);
        for line in include_str!("../../../../config/seeds/reference.jsonl")
            .lines()
            .filter(|line| line.contains("\"record\":\"case\""))
        {
            let mut object: serde_json::Value = serde_json::from_str(line).unwrap();
            object.as_object_mut().unwrap().remove("record");
            let document: Document = serde_json::from_value(object).unwrap();
            let computed =
                super::super::projection::Projection::of(&document, &codebook, &crate::places::Gazetteer::embedded())
                    .computed;
            let row = sheet.row(&document, &computed, &Directory::new(), "https://casebook.example/cases/7K2MQX4T");
            assert_eq!(row.len(), sheet.columns().len());
            for (column, cell) in sheet.columns().iter().zip(&row) {
                let Cell::Several(values) = cell else {
                    assert!(!column.several, "{}: {cell:?}", column.name);
                    continue;
                };
                assert!(column.several, "{}: {cell:?}", column.name);
                let fits = |value: &Cell| match column.kind {
                    Kind::Number => matches!(value, Cell::Number(_) | Cell::Empty),
                    _ => matches!(value, Cell::Text(_) | Cell::Empty),
                };
                assert!(values.iter().all(fits), "{}: {cell:?}", column.name);
            }
            let long = |name: &str| {
                let at = sheet.columns().iter().position(|column| column.name == name)?;
                match &row[at] {
                    Cell::Several(values) => Some(values.len()),
                    _ => None,
                }
            };
            assert!(long("vendor").is_some_and(|vendors| vendors > 0));
            for beside in ["vendor_name", "vendor.role", "vendor.status", "vendor.confidence", "vendor.rank"] {
                assert_eq!(long(beside), long("vendor"), "{beside}: one for each organisation");
            }
            for field in &sheet.fields {
                let statuses = long(&format!("{}.status", field.code));
                for beside in ["status", "confidence", "rank"] {
                    let found = long(&format!("{}.{beside}", field.code));
                    assert_eq!(found, long(&field.code), "{}: a {beside} stands beside each value", field.code);
                }
                let amounts = (field.kind == FieldKind::Amount).then_some(statuses).flatten();
                assert_eq!(amounts, long(&format!("{}.min", field.code)), "{}", field.code);
            }
        }
    }
}
