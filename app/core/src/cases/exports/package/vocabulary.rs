//! The codebook in a package (row R11): whole as JSON, and as a table with a row for each field and each code.

use std::path::Path;

use super::{Described, Sheet, descriptor::Description, whole};
use crate::{
    Result,
    cases::tables::{Cell, Column, Kind},
    codebook::{Codebook, Field, FieldCode},
};

/// The codebook as `/codebook.json` has it.
pub(super) fn json(codebook: &Codebook, temp: &Path) -> Result<Described> {
    let meaning = "The codebook, whole: the definitions that form, filters and exports are made from.";
    let file = whole("codebook.json", &serde_json::to_vec_pretty(codebook)?, temp)?;
    Ok((Description::file("codebook-json", "codebook.json", meaning), file))
}

/// The codebook as rows of words in English, the names of the columns first: the same as in a package.
///
/// # Errors
/// Where it cannot be written out, which would be a defect.
pub fn codebook_rows(codebook: &Codebook) -> Result<Vec<Vec<String>>> {
    let mut rows = vec![columns().into_iter().map(|column| column.name).collect::<Vec<String>>()];
    for field in codebook.fields() {
        for code in std::iter::once(None).chain(field.codes.iter().map(Some)) {
            rows.push(row(field, code)?.iter().map(Cell::plain).collect());
        }
    }
    Ok(rows)
}

/// The codebook as a table, in English.
pub(super) fn table(codebook: &Codebook, temp: &Path) -> Result<Described> {
    let columns = columns();
    let mut sheet = Sheet::headed(columns.iter().map(|column| column.name.as_str()), temp)?;
    for field in codebook.fields() {
        sheet.write(&row(field, None)?)?;
        for code in &field.codes {
            sheet.write(&row(field, Some(code))?)?;
        }
    }
    sheet.end(Description {
        columns: Some(columns),
        key: &["id"],
        ..Description::file("codebook", "codebook.csv", "The codebook, one row a field and one a code.")
    })
}

fn columns() -> Vec<Column> {
    let text = |name: &str, meaning: &str| Column::new(name, Kind::Text, meaning);
    vec![
        text("id", "Where the field lives, the field, and the code, with dots between.").required(),
        text("in", "Where the field lives: case and agreement are fields of statements.").required(),
        text("field", "The field.").required(),
        text("code", "The code; empty in the row of the field itself."),
        text("type", "What an answer to the field looks like.").required(),
        text("label", "Its name.").required(),
        text("definition", "What it means.").required(),
        text("since", "The version of the vocabulary that first had it.").required(),
        text("retired", "The version of the vocabulary that no longer offers it. It keeps its meaning in older cases."),
        text("replaced_by", "What took its place: one code, or several with semicolons between where it was split."),
        text("retired_because", "Why it was retired; always there where nothing took its place."),
        text("example", "What an answer may look like; in the row of a field."),
        text("qualifiers", "What may stand beside a value, with semicolons between; in the row of a field."),
        Column::new("core", Kind::Flag, "Whether the field counts for completeness; in the row of a field."),
    ]
}

fn row(field: &Field, code: Option<&FieldCode>) -> Result<Vec<Cell>> {
    let (within, kind) = (word(&field.within)?, word(&field.kind)?);
    let mut row = vec![
        Cell::Text(match code {
            Some(code) => format!("{within}.{}.{}", field.code, code.code),
            None => format!("{within}.{}", field.code),
        }),
        Cell::text(within),
        Cell::text(field.code.as_str()),
        Cell::maybe(code.map(|code| &code.code)),
        Cell::text(kind),
    ];
    row.extend(match code {
        Some(code) => [
            Cell::text(code.label("en")),
            Cell::text(code.definition("en")),
            Cell::said(code.since),
            Cell::maybe(code.retired),
            joined(&code.replaced_by),
            Cell::maybe(code.retired_because.as_ref().map(|words| words.text("en"))),
            Cell::Empty,
            Cell::Empty,
            Cell::Empty,
        ],
        None => [
            Cell::text(field.label("en")),
            Cell::text(field.definition("en")),
            Cell::said(field.since),
            Cell::maybe(field.retired),
            joined(&field.replaced_by),
            Cell::maybe(field.retired_because.as_ref().map(|words| words.text("en"))),
            Cell::text(field.example("en")),
            joined(&field.qualifiers),
            Cell::Flag(field.core),
        ],
    });
    Ok(row)
}

fn joined(codes: &[String]) -> Cell {
    if codes.is_empty() { Cell::Empty } else { Cell::Text(codes.join("; ")) }
}

/// The word that stands for it in the codebook's own file.
fn word(value: &impl serde::Serialize) -> Result<String> {
    Ok(serde_json::to_value(value)?.as_str().unwrap_or_default().to_owned())
}
