//! Concerns and their answers. That there is an answer does not mean that the concern is resolved.

use super::{
    Cell, Column, Kind, Record, Reference, Row, Table,
    columns::{case_id, codes_of, id, id_of, once, text_cells, text_columns, when_cells, when_columns},
    course::{OF_SOURCE, cited_by},
    head::OF_CASE,
};
use crate::{
    cases::document::{Answer, Viewpoint},
    codebook::{Codebook, In},
};

/// That a row belongs to a concern.
const OF_VIEWPOINT: Reference = Reference { column: "viewpoint_id", table: "viewpoints" };
/// That a row belongs to an answer.
const OF_ANSWER: Reference = Reference { column: "answer_id", table: "answers" };

pub(super) fn tables(codebook: &Codebook) -> Vec<Table> {
    vec![
        viewpoints(codebook),
        viewpoint_sources(),
        answers(codebook),
        answer_kinds(codebook),
        answer_sources(),
        answer_contested_sources(),
    ]
}

fn speaker() -> Column {
    Column::new("speaker", Kind::Text, "The speaker's role in words; never a private name.")
}

fn quoted() -> Column {
    Column::new("quoted", Kind::Flag, "Whether the words are quoted rather than paraphrased.").required()
}

fn viewpoints(codebook: &Codebook) -> Table {
    let mut columns = vec![
        case_id(),
        id(),
        Column::new("topic", codes_of(codebook, In::Viewpoint, "topic"), "What the concern is about.").required(),
        Column::new("raised_by", codes_of(codebook, In::Viewpoint, "raised_by"), "Who raised it.").required(),
        speaker(),
        quoted(),
    ];
    columns.extend(text_columns("concern", "The concern."));
    columns.extend(when_columns("date", "When it was raised."));
    columns.extend(text_columns("note", "What a reader should know of it."));
    Table {
        name: "viewpoints",
        meaning: "Concerns, one row each. One without a row in the table of answers has none on record.",
        columns,
        key: &["id"],
        references: vec![OF_CASE],
        rows: |record| {
            let row = |viewpoint: &Viewpoint| -> Row {
                let mut row = vec![
                    record.case(),
                    record.part(&viewpoint.id),
                    Cell::said(&viewpoint.topic),
                    Cell::said(&viewpoint.raised_by),
                    Cell::maybe(viewpoint.speaker.as_ref()),
                    Cell::Flag(viewpoint.quoted),
                ];
                row.extend(text_cells(Some(&viewpoint.concern)));
                row.extend(when_cells(viewpoint.date));
                row.extend(text_cells(viewpoint.note.as_ref()));
                row
            };
            record.document.viewpoints.iter().map(row).collect()
        },
    }
}

fn viewpoint_sources() -> Table {
    Table {
        name: "viewpoint_sources",
        meaning: "The sources of a concern.",
        columns: vec![
            case_id(),
            id_of("viewpoint_id", "The concern.").required(),
            id_of("source_id", "The source.").required(),
        ],
        key: &["viewpoint_id", "source_id"],
        references: vec![OF_CASE, OF_VIEWPOINT, OF_SOURCE],
        rows: |record| {
            let viewpoints = record.document.viewpoints.iter();
            viewpoints.flat_map(|viewpoint| cited_by(record, &viewpoint.id, &viewpoint.sources)).collect()
        },
    }
}

fn answers(codebook: &Codebook) -> Table {
    let mut columns = vec![
        case_id(),
        id(),
        id_of("viewpoint_id", "The concern that it answers.").required(),
        Column::new("answered_by", codes_of(codebook, In::Answer, "answered_by"), "Who answered.").required(),
        speaker(),
        quoted(),
    ];
    columns.extend(text_columns("text", "The answer."));
    columns.extend(when_columns("date", "When it was given."));
    columns.push(Column::new("contested", Kind::Flag, "Whether a source contested it afterwards.").required());
    columns.extend(when_columns("contested_date", "When it was contested."));
    Table {
        name: "answers",
        meaning: "Answers to concerns, one row each. An answer is on record; it need not resolve the concern.",
        columns,
        key: &["id"],
        references: vec![OF_CASE, OF_VIEWPOINT],
        rows: |record| {
            let row = |(viewpoint, answer): (&Viewpoint, &Answer)| -> Row {
                let mut row = vec![
                    record.case(),
                    record.part(&answer.id),
                    record.part(&viewpoint.id),
                    Cell::said(&answer.answered_by),
                    Cell::maybe(answer.speaker.as_ref()),
                    Cell::Flag(answer.quoted),
                ];
                row.extend(text_cells(Some(&answer.text)));
                row.extend(when_cells(answer.date));
                row.push(Cell::Flag(answer.contested_after.is_some()));
                row.extend(when_cells(answer.contested_after.as_ref().and_then(|contested| contested.date)));
                row
            };
            answers_of(record).map(row).collect()
        },
    }
}

fn answers_of<'a>(record: &Record<'a>) -> impl Iterator<Item = (&'a Viewpoint, &'a Answer)> + use<'a> {
    record
        .document
        .viewpoints
        .iter()
        .flat_map(|viewpoint| viewpoint.answers.iter().map(move |answer| (viewpoint, answer)))
}

fn answer_kinds(codebook: &Codebook) -> Table {
    Table {
        name: "answer_kinds",
        meaning: "What kinds of answer an answer is.",
        columns: vec![
            case_id(),
            id_of("answer_id", "The answer.").required(),
            Column::new("kind", codes_of(codebook, In::Answer, "kinds"), "The kind.").required(),
        ],
        key: &["answer_id", "kind"],
        references: vec![OF_CASE, OF_ANSWER],
        rows: |record| {
            let of_answer = |(_, answer): (&Viewpoint, &Answer)| -> Vec<Row> {
                let kinds = once(&answer.kinds).into_iter();
                kinds.map(|kind| vec![record.case(), record.part(&answer.id), Cell::said(kind)]).collect()
            };
            answers_of(record).flat_map(of_answer).collect()
        },
    }
}

/// The columns of a table of what answers cite.
fn citing() -> Vec<Column> {
    vec![case_id(), id_of("answer_id", "The answer.").required(), id_of("source_id", "The source.").required()]
}

fn answer_sources() -> Table {
    Table {
        name: "answer_sources",
        meaning: "The sources of an answer.",
        columns: citing(),
        key: &["answer_id", "source_id"],
        references: vec![OF_CASE, OF_ANSWER, OF_SOURCE],
        rows: |record| {
            answers_of(record).flat_map(|(_, answer)| cited_by(record, &answer.id, &answer.sources)).collect()
        },
    }
}

fn answer_contested_sources() -> Table {
    Table {
        name: "answer_contested_sources",
        meaning: "The sources that contested an answer afterwards.",
        columns: citing(),
        key: &["answer_id", "source_id"],
        references: vec![OF_CASE, OF_ANSWER, OF_SOURCE],
        rows: |record| {
            let contested =
                answers_of(record).filter_map(|(_, answer)| Some((answer, answer.contested_after.as_ref()?)));
            contested.flat_map(|(answer, contested)| cited_by(record, &answer.id, &contested.sources)).collect()
        },
    }
}
