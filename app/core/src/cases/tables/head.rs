//! The case itself: its head, its place, its narrative, and the cases that it belongs to.

use super::{
    Cell, Column, Kind, Record, Reference, Row, Table,
    columns::{CASE, COUNTRY, QUARTER, case_id, codes_of, id, known, once, text_cells, text_columns, words_cells},
};
use crate::{
    cases::document::{Disclosure, Place, Scope},
    codebook::{Codebook, In},
};

/// That the rows of a table belong to a case.
pub(super) const OF_CASE: Reference = Reference { column: "case_id", table: "cases" };

pub(super) fn tables(codebook: &Codebook) -> Vec<Table> {
    vec![cases(codebook), countries(), places(), related(codebook), narrative(codebook)]
}

fn cases(codebook: &Codebook) -> Table {
    let class = codes_of(codebook, In::Head, "size_class");
    let integer = |name: &str, meaning: &str| Column::new(name, Kind::Integer, meaning).required();
    let mut columns = vec![
        Column::new("id", CASE, "The id of the case, which is never used again.").required(),
        Column::new("url", Kind::Text, "Where this revision stands for good.").required(),
        integer("revision", "The number of the revision, from 1."),
        integer("schema", "The version of the document's shape."),
        Column::new("vocabulary", Kind::Text, "The version of the codebook under which the case was coded.").required(),
        Column::new("published", QUARTER, "The quarter in which the case was first published.").required(),
        Column::new("revised", QUARTER, "The quarter in which this revision was published.").required(),
        Column::new("coder", Kind::Text, "Alias of the member of staff who coded this revision.").required(),
        Column::new("kind", codes_of(codebook, In::Head, "kind"), "What sort of event the case records.").required(),
        Column::new("reference", Kind::Flag, "Whether it is curated to full depth.").required(),
    ];
    columns.extend(text_columns("title", "Place, vendor and object."));
    columns.extend(text_columns("summary", "Who agreed what with whom, and how it stands."));
    columns.extend([
        Column::new("scope", known(Scope::ALL), "Which sort of place or body the decision was made for.").required(),
        Column::new("place_disclosure", known(Disclosure::ALL), "How much of the place is public.").required(),
        Column::new("continent", Kind::Text, "The continent, where no more than that is public."),
        Column::new(
            "body_type",
            codes_of(codebook, In::Case, "public_body_type"),
            "The type of body, for an unnamed place.",
        ),
        Column::new("size_class", class, "The class of population, for a municipality."),
        Column::new(
            "population",
            Kind::Integer,
            "Inhabitants, for a named municipality; of a source, else of GeoNames.",
        ),
        Column::new("completeness", codes_of(codebook, In::Head, "completeness"), "How many core fields are answered.")
            .required(),
        integer("answered", "Core fields that are answered; \"unknown\" is an answer."),
        integer("asked", "Core fields that there are."),
        Column::new("sourced", Kind::Number, "Share of statements that cite something other than an account, 0 to 1.")
            .required(),
        integer("accounts", "How many accounts stand behind the case."),
    ]);
    Table {
        name: "cases",
        meaning: "One row a case, in its current revision.",
        columns,
        key: &["id"],
        references: Vec::new(),
        rows: |record| vec![case_row(record)],
    }
}

fn case_row(record: &Record<'_>) -> Row {
    let (document, computed) = (record.document, record.computed);
    let mut row = vec![
        record.case(),
        Cell::text(record.url),
        Cell::Integer(document.revision.into()),
        Cell::Integer(document.schema.into()),
        Cell::text(document.vocabulary.as_str()),
        Cell::said(document.published),
        Cell::said(document.revised),
        Cell::text(document.coder.as_str()),
        Cell::said(&document.kind),
        Cell::Flag(document.reference),
    ];
    row.extend(text_cells(Some(&document.title)));
    row.extend(text_cells(document.summary.as_ref()));
    let (continent, body_type) = match &document.place {
        Place::Named { .. } => (None, None),
        Place::SizeClass { body_type, .. } => (None, body_type.as_ref()),
        Place::Region { continent, body_type, .. } => (Some(continent), body_type.as_ref()),
    };
    row.extend([
        Cell::said(document.place.scope()),
        Cell::said(document.place.disclosure()),
        Cell::maybe(continent),
        Cell::maybe(body_type),
        Cell::maybe(computed.size_class.as_ref()),
        computed.population.map_or(Cell::Empty, Cell::count),
        Cell::text(computed.completeness.as_str()),
        Cell::count(computed.answered),
        Cell::count(computed.asked),
        Cell::Number(computed.sourced),
        Cell::count(computed.accounts),
    ]);
    row
}

fn countries() -> Table {
    Table {
        name: "case_countries",
        meaning: "The countries that a case lies in; none where only the continent is public.",
        columns: vec![case_id(), Column::new("country", COUNTRY, "ISO 3166-1 alpha-2 code.").required()],
        key: &["case_id", "country"],
        references: vec![OF_CASE],
        rows: |record| {
            let countries = once(record.document.place.countries());
            countries.into_iter().map(|country| vec![record.case(), Cell::said(country)]).collect()
        },
    }
}

fn places() -> Table {
    Table {
        name: "case_places",
        meaning: "The places of a case that are named.",
        columns: vec![
            case_id(),
            id(),
            Column::new("name", Kind::Text, "The name.").required(),
            Column::new("country", COUNTRY, "ISO 3166-1 alpha-2 code.").required(),
            Column::new("geonames", Kind::Integer, "The id in GeoNames, where the place has one."),
        ],
        key: &["id"],
        references: vec![OF_CASE],
        rows: |record| {
            let row = |place: &crate::cases::document::NamedPlace| {
                vec![
                    record.case(),
                    record.part(&place.id),
                    Cell::text(place.name.as_str()),
                    Cell::said(&place.country),
                    place.geonames.map_or(Cell::Empty, |id| Cell::Integer(id.into())),
                ]
            };
            record.document.place.places().iter().map(row).collect()
        },
    }
}

fn related(codebook: &Codebook) -> Table {
    Table {
        name: "case_related",
        meaning: "Cases that belong to a case. They need not be in this set.",
        columns: vec![
            case_id(),
            Column::new("related_case", CASE, "The other case.").required(),
            Column::new("kind", codes_of(codebook, In::Head, "related_kind"), "How it belongs to this one.").required(),
        ],
        key: &["case_id", "related_case", "kind"],
        references: vec![OF_CASE],
        rows: |record| {
            let related = once(&record.document.related).into_iter();
            related.map(|other| vec![record.case(), Cell::said(&other.case), Cell::said(&other.kind)]).collect()
        },
    }
}

fn narrative(codebook: &Codebook) -> Table {
    let heading = codes_of(codebook, In::Head, "narrative_heading");
    let mut columns = vec![case_id(), Column::new("heading", heading, "What the section is about.").required()];
    columns.extend(text_columns("text", "The section, in Markdown."));
    Table {
        name: "narrative",
        meaning: "The narrative, one row a section.",
        columns,
        key: &["case_id", "heading"],
        references: vec![OF_CASE],
        rows: |record| {
            let row = |section: &crate::cases::document::Section| {
                let mut row = vec![record.case(), Cell::said(&section.heading)];
                let original = section.original.as_deref();
                row.extend(words_cells(&section.text, &section.lang, section.translation.as_ref(), original));
                row
            };
            record.document.narrative.iter().map(row).collect()
        },
    }
}
