//! What a case rests on, its agreements, and the steps of its course.

use super::{
    Cell, Column, Kind, Reference, Row, Table,
    columns::{
        COUNTRY, QUARTER, case_id, codes_of, id, id_of, known, once, text_cells, text_columns, when_cells, when_columns,
    },
    head::OF_CASE,
};
use crate::{
    cases::document::{Event, Proximity, Reliability, Source},
    codebook::{Codebook, In},
};

/// That a row may speak of an agreement.
pub(super) const OF_AGREEMENT: Reference = Reference { column: "agreement_id", table: "agreements" };
/// That a row names a source.
pub(super) const OF_SOURCE: Reference = Reference { column: "source_id", table: "sources" };

pub(super) fn tables(codebook: &Codebook) -> Vec<Table> {
    vec![sources(codebook), agreements(), timeline(codebook), timeline_sources()]
}

fn sources(codebook: &Codebook) -> Table {
    let mut columns = vec![
        case_id(),
        id(),
        Column::new("kind", codes_of(codebook, In::Source, "source_kind"), "What it is.").required(),
        Column::new(
            "reliability",
            known(Reliability::ALL),
            "How far it can be relied on; apart from the confidence of a statement.",
        )
        .required(),
        Column::new("title", Kind::Text, "The title."),
        Column::new("publisher", Kind::Text, "Who published it."),
        Column::new("url", Kind::Text, "The address."),
        Column::new("url_not_recorded", Kind::Flag, "Whether the address was not recorded.").required(),
        Column::new("archived_url", Kind::Text, "Where an archived copy lies."),
        Column::new("language", Kind::Text, "Its language, a BCP 47 tag."),
        Column::new("country", COUNTRY, "The country of publication, where the place is not named."),
    ];
    columns.extend(when_columns("published", "When it was published."));
    columns.extend(when_columns("retrieved", "When it was looked at."));
    columns.extend([
        Column::new("proximity", known(Proximity::ALL), "How the author of an account knows."),
        Column::new("quarter", QUARTER, "The quarter in which an account was published."),
    ]);
    Table {
        name: "sources",
        meaning: "What statements rest on: documents, reports, and accounts of people who were there.",
        columns,
        key: &["id"],
        references: vec![OF_CASE],
        rows: |record| {
            let row = |source: &Source| -> Row {
                let mut row = vec![
                    record.case(),
                    record.part(&source.id),
                    Cell::said(&source.kind),
                    Cell::said(source.reliability),
                    Cell::maybe(source.title.as_ref()),
                    Cell::maybe(source.publisher.as_ref()),
                    Cell::maybe(source.url.as_ref()),
                    Cell::Flag(source.url_not_recorded),
                    Cell::maybe(source.archived_url.as_ref()),
                    Cell::maybe(source.language.as_ref()),
                    Cell::maybe(source.country.as_ref()),
                ];
                row.extend(when_cells(source.published));
                row.extend(when_cells(source.retrieved));
                row.extend([Cell::maybe(source.proximity), Cell::maybe(source.quarter)]);
                row
            };
            record.document.sources.iter().map(row).collect()
        },
    }
}

fn agreements() -> Table {
    Table {
        name: "agreements",
        meaning: "The deals that statements and events speak of.",
        columns: vec![
            case_id(),
            id(),
            Column::new("label", Kind::Text, "A few words to tell it from the others.").required(),
        ],
        key: &["id"],
        references: vec![OF_CASE],
        rows: |record| {
            let agreements = record.document.agreements.iter();
            agreements.map(|part| vec![record.case(), record.part(&part.id), Cell::text(part.label.as_str())]).collect()
        },
    }
}

fn timeline(codebook: &Codebook) -> Table {
    let mut columns = vec![
        case_id(),
        id(),
        Column::new("event", codes_of(codebook, In::Timeline, "event"), "What sort of step it is.").required(),
        id_of("agreement_id", "The agreement that it concerns, if it concerns one."),
    ];
    columns.extend(when_columns("date", "When it happened."));
    columns.extend(text_columns("text", "What happened, in words."));
    Table {
        name: "timeline",
        meaning: "The dated steps of a case's course.",
        columns,
        key: &["id"],
        references: vec![OF_CASE, OF_AGREEMENT],
        rows: |record| {
            let row = |event: &Event| -> Row {
                let agreement = event.part.as_ref().map_or(Cell::Empty, |part| record.part(part));
                let mut row = vec![record.case(), record.part(&event.id), Cell::said(&event.event), agreement];
                row.extend(when_cells(Some(event.date)));
                row.extend(text_cells(event.text.as_ref()));
                row
            };
            record.document.timeline.iter().map(row).collect()
        },
    }
}

fn timeline_sources() -> Table {
    Table {
        name: "timeline_sources",
        meaning: "The sources of a step.",
        columns: vec![
            case_id(),
            id_of("event_id", "The step.").required(),
            id_of("source_id", "The source.").required(),
        ],
        key: &["event_id", "source_id"],
        references: vec![OF_CASE, Reference { column: "event_id", table: "timeline" }, OF_SOURCE],
        rows: |record| {
            let cited = record.document.timeline.iter().map(|event| (event.id.as_str(), event.sources.as_slice()));
            cited.flat_map(|(id, sources)| cited_by(record, id, sources)).collect()
        },
    }
}

/// A row for each source that a part cites.
pub(super) fn cited_by(record: &super::Record<'_>, part: &str, sources: &[String]) -> Vec<Row> {
    let row = |source: &String| vec![record.case(), record.part(part), record.part(source)];
    once(sources).into_iter().map(row).collect()
}
