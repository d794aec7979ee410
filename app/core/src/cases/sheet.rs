//! The sheet: one row a case, for spreadsheets. A view of the documents, not a second truth: several codes of a field stand in one cell,
//! joined by `;`, and beside each field stands a column with the statuses of its statements in the same order.

use super::{
    document::{Document, Rank, Statement, Value},
    projection::Computed,
    tables::{Cell, Column, Kind, Row},
};
use crate::{
    codebook::{Codebook, Field, In, needed::POPULATION},
    organisations::Directory,
};

/// The columns that do not come from the codebook, and what they say.
const HEAD: [(&str, Kind, &str); 19] = [
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
    ("country", Kind::Text, "The countries, joined by ;"),
    ("place", Kind::Text, "The names of the places, joined by ;"),
    ("size_class", Kind::Text, "The class of population, for a municipality."),
    ("population", Kind::Integer, "Inhabitants, for a named municipality."),
    ("completeness", Kind::Text, "How many core fields are answered."),
    ("vendor", Kind::Text, "The organisations, joined by ;"),
    ("vendor_name", Kind::Text, "Their usual names, joined by ;"),
    ("accounts", Kind::Integer, "How many accounts stand behind the case."),
];

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
        let coded = self.fields.iter().flat_map(|field| {
            let statuses = "The statuses of these statements, in the same order.";
            [
                Column::new(field.code.as_str(), Kind::Text, format!("{}; several are joined by ;", field.label("en"))),
                Column::new(format!("{}.status", field.code), Kind::Text, statuses),
            ]
        });
        HEAD.into_iter().map(|(name, kind, meaning)| Column::new(name, kind, meaning)).chain(coded).collect()
    }

    /// The row of a case; `url` is its permanent address (row R14).
    #[must_use]
    pub fn row(&self, document: &Document, computed: &Computed, parties: &Directory, url: &str) -> Row {
        let mut row = head(document, computed, parties, url);
        for field in &self.fields {
            let statements: Vec<&Statement> =
                document.statements_of(&field.code).into_iter().filter(|s| s.rank != Rank::Superseded).collect();
            row.push(joined(
                statements.iter().map(|statement| statement.value.as_ref().map(plain).unwrap_or_default()),
            ));
            row.push(joined(statements.iter().map(|statement| statement.status.to_string())));
        }
        row
    }
}

fn head(document: &Document, computed: &Computed, parties: &Directory, url: &str) -> Row {
    let vendors: Vec<_> =
        document.involvements.iter().filter_map(|involvement| involvement.organisation.as_ref()).collect();
    let name = |id: &&crate::ids::OrganisationId| {
        parties.get(*id).map_or_else(|| id.to_string(), |record| record.name().to_owned())
    };
    vec![
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
        joined(document.place.countries().iter().map(ToString::to_string)),
        joined(document.place.places().iter().map(|place| place.name.clone())),
        Cell::maybe(computed.size_class.as_ref()),
        computed.population.map_or(Cell::Empty, Cell::count),
        Cell::text(computed.completeness.as_str()),
        joined(vendors.iter().map(ToString::to_string)),
        joined(vendors.iter().map(name)),
        Cell::count(computed.accounts),
    ]
}

fn joined(parts: impl Iterator<Item = String>) -> Cell {
    Cell::text(parts.collect::<Vec<_>>().join(";"))
}

/// A value in one cell: codes as codes, dates as entered.
fn plain(value: &Value) -> String {
    match value {
        Value::Code { code, text: Some(text), .. } => format!("{code}: {text}"),
        Value::Code { code, .. } => code.to_string(),
        Value::Text { text, .. } => text.clone(),
        Value::Number(number) => number.number.to_string(),
        Value::Amount(amount) => format!("{} {}", amount.amount, amount.currency),
        Value::Band(band) => format!("{}..{} {}", band.min, band.max, band.currency),
        Value::Date { date, .. } => date.to_string(),
        Value::Interval(interval) => format!("{}/{}", interval.from, interval.to),
        Value::Country { country } => country.to_string(),
        Value::Continent { continent } => continent.to_string(),
        Value::Organisation { organisation } => organisation.to_string(),
        Value::BodyType { body_type } => body_type.to_string(),
    }
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
            let at = sheet.columns().iter().position(|column| column.name == "instrument").unwrap();
            assert_eq!(
                row[at].plain().matches(';').count(),
                row[at + 1].plain().matches(';').count(),
                "a status stands beside each value"
            );
        }
    }
}
