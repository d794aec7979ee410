//! Coded values and the organisations of a case, each with status, confidence and rank: where sources disagree there is a row for each
//! version (row R32), and how well a value is supported stands apart from how far its sources can be relied on (row R33).

use super::{
    Cell, Column, Kind, Record, Reference, Row, Table,
    columns::{
        case_id, codes_of, id, id_of, known, name_of, text_cells, text_columns, value_cells, value_columns, when_cells,
        when_columns,
    },
    course::{OF_AGREEMENT, OF_SOURCE, cited_by},
    head::OF_CASE,
};
use crate::{
    cases::document::{Code, Confidence, Involvement, Rank, Statement, Status, Value},
    codebook::{Codebook, In},
};

/// That a row belongs to a statement.
const OF_STATEMENT: Reference = Reference { column: "statement_id", table: "statements" };

pub(super) fn tables(codebook: &Codebook) -> Vec<Table> {
    vec![
        statements(codebook),
        statement_qualifiers(codebook),
        statement_sources(),
        involvements(codebook),
        involvement_sources(),
    ]
}

/// The columns that say what a value is worth.
fn standing_columns() -> Vec<Column> {
    vec![
        Column::new("status", known(Status::ALL), "What kind of knowledge it is; README.md says how to read it.")
            .required(),
        Column::new("confidence", known(Confidence::ALL), "How well the value is supported.").required(),
        Column::new("rank", known(Rank::ALL), "Which of several counts first; superseded ones count nowhere.")
            .required(),
    ]
}

/// The columns that say since when something stands and who coded it.
fn since_columns() -> Vec<Column> {
    vec![
        Column::new("since_revision", Kind::Integer, "The revision in which it first stood.").required(),
        Column::new(
            "coder",
            Kind::Text,
            "Alias of the member of staff who coded that revision, where it can still be read.",
        ),
    ]
}

fn since_cells(record: &Record<'_>, since: u32) -> Vec<Cell> {
    vec![Cell::Integer(since.into()), Cell::maybe(record.coders.get(&since))]
}

fn statements(codebook: &Codebook) -> Table {
    let fields = codebook.fields().iter().filter(|field| field.within.is_statement());
    let fields = Kind::Coded(fields.map(|field| field.code.clone()).collect());
    let mut columns = vec![
        case_id(),
        id(),
        Column::new("revision", Kind::Integer, "The revision of the case that is exported.").required(),
        Column::new("field", fields, "The field of the codebook that it answers.").required(),
        id_of("agreement_id", "The agreement that it speaks of, if it speaks of one."),
    ];
    columns.extend(value_columns(codebook));
    columns.extend(standing_columns());
    columns.extend(when_columns("as_of", "The time of which it is true."));
    columns.extend(text_columns("note", "What a reader should know of it."));
    columns.extend(since_columns());
    Table {
        name: "statements",
        meaning: "The coded values, one row each. Several of one field may stand side by side, with a rank.",
        columns,
        key: &["id"],
        references: vec![OF_CASE, OF_AGREEMENT],
        rows: |record| record.document.statements.iter().map(|statement| statement_row(record, statement)).collect(),
    }
}

fn statement_row(record: &Record<'_>, statement: &Statement) -> Row {
    let mut row = vec![
        record.case(),
        record.part(&statement.id),
        Cell::Integer(record.document.revision.into()),
        Cell::said(&statement.field),
        statement.part.as_ref().map_or(Cell::Empty, |part| record.part(part)),
    ];
    row.extend(value_cells(record, statement.value.as_ref()));
    row.extend([Cell::said(statement.status), Cell::said(statement.confidence), Cell::said(statement.rank)]);
    row.extend(when_cells(statement.as_of));
    row.extend(text_cells(statement.note.as_ref()));
    row.extend(since_cells(record, statement.since_revision));
    row
}

fn statement_qualifiers(codebook: &Codebook) -> Table {
    let qualifiers = codebook.fields().iter().filter(|field| field.within == In::Qualifier);
    let qualifiers = Kind::Coded(qualifiers.map(|field| field.code.clone()).collect());
    let mut columns = vec![
        case_id(),
        id_of("statement_id", "The statement.").required(),
        Column::new("qualifier", qualifiers, "The qualifier of the codebook.").required(),
    ];
    columns.extend(value_columns(codebook));
    Table {
        name: "statement_qualifiers",
        meaning: "Typed additions to a statement, such as the country of a storage place.",
        columns,
        key: &["statement_id", "qualifier"],
        references: vec![OF_CASE, OF_STATEMENT],
        rows: |record| {
            let of_statement = |statement: &Statement| -> Vec<Row> {
                let row = |(qualifier, value): (&Code, &Value)| {
                    let mut row = vec![record.case(), record.part(&statement.id), Cell::said(qualifier)];
                    row.extend(value_cells(record, Some(value)));
                    row
                };
                statement.qualifiers.iter().map(row).collect()
            };
            record.document.statements.iter().flat_map(of_statement).collect()
        },
    }
}

fn statement_sources() -> Table {
    Table {
        name: "statement_sources",
        meaning: "The sources of a statement; their reliability stands in the table of sources.",
        columns: vec![
            case_id(),
            id_of("statement_id", "The statement.").required(),
            id_of("source_id", "The source.").required(),
        ],
        key: &["statement_id", "source_id"],
        references: vec![OF_CASE, OF_STATEMENT, OF_SOURCE],
        rows: |record| {
            let statements = record.document.statements.iter();
            statements.flat_map(|statement| cited_by(record, &statement.id, &statement.sources)).collect()
        },
    }
}

fn involvements(codebook: &Codebook) -> Table {
    let mut columns = vec![
        case_id(),
        id(),
        Column::new("organisation", Kind::Text, "The organisation."),
        Column::new("organisation_name", Kind::Text, "Its usual name."),
        Column::new(
            "body_type",
            codes_of(codebook, In::Case, "public_body_type"),
            "The type of public body, where its name would name the place.",
        ),
        Column::new("role", codes_of(codebook, In::Involvement, "role"), "Its part in the matter.").required(),
    ];
    columns.extend(standing_columns());
    columns.extend(text_columns("note", "What a reader should know of it."));
    columns.extend(since_columns());
    Table {
        name: "involvements",
        meaning: "Organisations and their part in a case.",
        columns,
        key: &["id"],
        references: vec![OF_CASE],
        rows: |record| record.document.involvements.iter().map(|part| involvement_row(record, part)).collect(),
    }
}

fn involvement_row(record: &Record<'_>, part: &Involvement) -> Row {
    let mut row = vec![
        record.case(),
        record.part(&part.id),
        Cell::maybe(part.organisation.as_ref()),
        part.organisation.as_ref().map_or(Cell::Empty, |organisation| name_of(record, organisation)),
        Cell::maybe(part.body_type.as_ref()),
        Cell::said(&part.role),
        Cell::said(part.status),
        Cell::said(part.confidence),
        Cell::said(part.rank),
    ];
    row.extend(text_cells(part.note.as_ref()));
    row.extend(since_cells(record, part.since_revision));
    row
}

fn involvement_sources() -> Table {
    Table {
        name: "involvement_sources",
        meaning: "The sources of an organisation's part.",
        columns: vec![
            case_id(),
            id_of("involvement_id", "The organisation's part.").required(),
            id_of("source_id", "The source.").required(),
        ],
        key: &["involvement_id", "source_id"],
        references: vec![OF_CASE, Reference { column: "involvement_id", table: "involvements" }, OF_SOURCE],
        rows: |record| {
            let involvements = record.document.involvements.iter();
            involvements.flat_map(|part| cited_by(record, &part.id, &part.sources)).collect()
        },
    }
}
