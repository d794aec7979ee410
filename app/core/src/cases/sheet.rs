//! The sheet: one row a case, for spreadsheets. A view of the documents, not a second truth: several codes of a field stand in one cell,
//! joined by `;`, and beside each field stands a column with the statuses of its statements in the same order.

use super::{
    document::{Document, Rank, Statement, Value},
    projection::Computed,
};
use crate::{
    codebook::{Codebook, Field, In},
    organisations::Directory,
};

/// The columns that do not come from the codebook.
const HEAD: [&str; 19] = [
    "id",
    "url",
    "revision",
    "vocabulary",
    "published",
    "revised",
    "title",
    "summary",
    "kind",
    "scope",
    "place_disclosure",
    "country",
    "place",
    "size_class",
    "population",
    "completeness",
    "vendor",
    "vendor_name",
    "accounts",
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
        Self { fields: asked.filter(|field| field.code != "population").collect() }
    }

    /// The names of the columns.
    #[must_use]
    pub fn columns(&self) -> Vec<String> {
        let coded = self.fields.iter().flat_map(|field| [field.code.clone(), format!("{}.status", field.code)]);
        HEAD.iter().map(|name| (*name).to_owned()).chain(coded).collect()
    }

    /// The row of a case; `url` is its permanent address (row R14).
    #[must_use]
    pub fn row(&self, document: &Document, computed: &Computed, parties: &Directory, url: &str) -> Vec<String> {
        let mut row = head(document, computed, parties, url);
        for field in &self.fields {
            let statements: Vec<&Statement> =
                document.statements_of(&field.code).into_iter().filter(|s| s.rank != Rank::Superseded).collect();
            row.push(joined(
                statements.iter().map(|statement| statement.value.as_ref().map(plain).unwrap_or_default()),
            ));
            row.push(joined(statements.iter().map(|statement| statement.status.to_string())));
        }
        row.into_iter().map(|cell| defused(&cell)).collect()
    }
}

fn head(document: &Document, computed: &Computed, parties: &Directory, url: &str) -> Vec<String> {
    let vendors: Vec<_> =
        document.involvements.iter().filter_map(|involvement| involvement.organisation.as_ref()).collect();
    let name = |id: &&crate::ids::OrganisationId| {
        parties.get(*id).map_or_else(|| id.to_string(), |record| record.name().to_owned())
    };
    vec![
        document.id.to_string(),
        url.to_owned(),
        document.revision.to_string(),
        document.vocabulary.clone(),
        document.published.to_string(),
        document.revised.to_string(),
        document.title.text.clone(),
        document.summary.as_ref().map(|summary| summary.text.clone()).unwrap_or_default(),
        document.kind.to_string(),
        document.place.scope().to_string(),
        document.place.disclosure().to_string(),
        joined(document.place.countries().iter().map(ToString::to_string)),
        joined(document.place.places().iter().map(|place| place.name.clone())),
        computed.size_class.clone().unwrap_or_default(),
        computed.population.map(|count| count.to_string()).unwrap_or_default(),
        computed.completeness.clone(),
        joined(vendors.iter().map(ToString::to_string)),
        joined(vendors.iter().map(name)),
        computed.accounts.to_string(),
    ]
}

fn joined(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(";")
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

/// A cell that a spreadsheet would take for a formula gets a leading apostrophe, which is reversible (row R13; protection.md section 7).
#[must_use]
pub fn defused(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\'', '\t', '\r']) { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    // R13: a cell that begins like a formula opens as text.
    #[test]
    fn a_cell_that_begins_like_a_formula_is_defused() {
        for cell in ["=1+1", "+1", "-1", "@x", "'quoted", "\tx", "\rx"] {
            assert_eq!(defused(cell), format!("'{cell}"));
        }
        assert_eq!(defused("Duisburg - Huawei"), "Duisburg - Huawei");
    }

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
            let at = sheet.columns().iter().position(|column| column == "instrument").unwrap();
            assert_eq!(
                row[at].matches(';').count(),
                row[at + 1].matches(';').count(),
                "a status stands beside each value"
            );
        }
    }
}
