//! Columns that come in groups, each beside the cells that fill it: a text with its language, a date with its meaning, a value in whichever
//! form it has.

use super::{Cell, Column, Kind, Record};
use crate::{
    cases::document::{Text, Translation, Translator, Value, When},
    codebook::{Codebook, In},
    ids::OrganisationId,
};

/// A date as precise as it is known.
pub(super) const DATE: Kind = Kind::Pattern("[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?");
/// A quarter of a year.
pub(super) const QUARTER: Kind = Kind::Pattern("[0-9]{4}-Q[1-4]");
/// An ISO 3166-1 alpha-2 code.
pub(super) const COUNTRY: Kind = Kind::Pattern("[A-Z]{2}");
/// A machine code of the codebook.
pub(super) const CODE: Kind = Kind::Pattern("[a-z0-9_]{1,60}");
/// The id of a case.
pub(super) const CASE: Kind = Kind::Pattern("[0-9A-HJKMNP-TV-Z]{8}");

/// The codes of a field, retired ones included.
pub(super) fn codes_of(codebook: &Codebook, within: In, field: &str) -> Kind {
    let field = codebook.field_in(within, field).or_else(|| codebook.field(field));
    Kind::Coded(field.map(|field| field.codes.iter().map(|code| code.code.clone()).collect()).unwrap_or_default())
}

/// The codes that the program itself knows.
pub(super) fn known(codes: &[impl ToString]) -> Kind {
    Kind::Coded(codes.iter().map(ToString::to_string).collect())
}

/// The column that says which case a row belongs to.
pub(super) fn case_id() -> Column {
    Column::new("case_id", CASE, "The case.").required()
}

/// The column with the id of a part.
pub(super) fn id() -> Column {
    Column::new("id", Kind::Text, "Unique in all tables: the id of the case, a dash, and the id in its document.")
        .required()
}

/// The column with the id of a part of another table.
pub(super) fn id_of(name: &str, meaning: &str) -> Column {
    Column::new(name, Kind::Text, meaning)
}

/// A text, its language, and where it was translated from.
pub(super) fn text_columns(name: &str, meaning: &str) -> Vec<Column> {
    let beside = |what: &str| format!("{name}_{what}");
    vec![
        Column::new(name, Kind::Text, meaning),
        Column::new(beside("lang"), Kind::Text, "Language of these words, a BCP 47 tag."),
        Column::new(
            beside("translated_from"),
            Kind::Text,
            "Language of the original, where the words are a translation.",
        ),
        Column::new(beside("translated_by"), known(Translator::ALL), "Who translated."),
        Column::new(beside("original"), Kind::Text, "The words as they were first said, where that is public."),
    ]
}

/// The cells of [`text_columns`].
pub(super) fn text_cells(text: Option<&Text>) -> Vec<Cell> {
    match text {
        Some(text) => words_cells(&text.text, &text.lang, text.translation.as_ref(), text.original.as_deref()),
        None => vec![Cell::Empty; 5],
    }
}

/// The cells of [`text_columns`], of words that are no [`Text`].
pub(super) fn words_cells(
    words: &str,
    lang: &str,
    translation: Option<&Translation>,
    original: Option<&str>,
) -> Vec<Cell> {
    vec![
        Cell::text(words),
        Cell::text(lang),
        Cell::maybe(translation.map(|translation| &translation.from)),
        Cell::maybe(translation.map(|translation| translation.by)),
        Cell::maybe(original),
    ]
}

/// A date as it was entered, or the years that it lies between.
pub(super) fn when_columns(name: &str, meaning: &str) -> Vec<Column> {
    let beside = |what: &str| format!("{name}_{what}");
    vec![
        Column::new(name, DATE, format!("{meaning} As precise as it is known: a year, a month or a day.")),
        Column::new(beside("qualifier"), qualifiers(), "How the date is meant."),
        Column::new(beside("from_year"), Kind::Integer, "First year, where only an interval of years is public."),
        Column::new(beside("to_year"), Kind::Integer, "Last year of that interval."),
    ]
}

fn qualifiers() -> Kind {
    known(crate::dates::DateQualifier::ALL)
}

/// The cells of [`when_columns`].
pub(super) fn when_cells(when: Option<When>) -> Vec<Cell> {
    match when {
        Some(When::Entered { value, qualifier }) => {
            vec![Cell::said(value), Cell::said(qualifier), Cell::Empty, Cell::Empty]
        }
        Some(When::Between { from, to }) => {
            vec![Cell::Empty, Cell::Empty, Cell::Integer(from.into()), Cell::Integer(to.into())]
        }
        None => vec![Cell::Empty; 4],
    }
}

/// A value: which of these columns are filled depends on its form (schema.md rule 10).
pub(super) fn value_columns(codebook: &Codebook) -> Vec<Column> {
    vec![
        Column::new("code", CODE, "The code, where the value is one; codebook.csv says what it means in its field."),
        Column::new("text", Kind::Text, "The words, where the value is words or the code is `other`."),
        Column::new("text_lang", Kind::Text, "Language of these words, a BCP 47 tag."),
        Column::new("number", Kind::Number, "The count, where the value is one."),
        Column::new("amount", Kind::Number, "The sum of money, where the value is one."),
        Column::new("amount_min", Kind::Number, "Lower bound, where only a band is public."),
        Column::new("amount_max", Kind::Number, "Upper bound of that band."),
        Column::new("currency", Kind::Text, "Currency of the sum or the band, an ISO 4217 code."),
        Column::new("year", Kind::Integer, "Year of the count or of the price."),
        Column::new("covers", Kind::Text, "What the sum pays for."),
        Column::new("date", DATE, "The date, where the value is one: a year, a month or a day."),
        Column::new("date_qualifier", qualifiers(), "How the date is meant."),
        Column::new("from_year", Kind::Integer, "First year, where only an interval of years is public."),
        Column::new("to_year", Kind::Integer, "Last year of that interval."),
        Column::new("country", COUNTRY, "The country, where the value is one."),
        Column::new(
            "continent",
            known(crate::cases::document::Side::ALL),
            "Whether the country lies on the continent of the case, where no more than that is public.",
        ),
        Column::new("organisation", Kind::Text, "The organisation, where the value is one."),
        Column::new("organisation_name", Kind::Text, "Its usual name."),
        Column::new(
            "body_type",
            codes_of(codebook, In::Case, "public_body_type"),
            "The type of public body, where its name would name the place.",
        ),
    ]
}

/// The cells of [`value_columns`].
pub(super) fn value_cells(record: &Record<'_>, value: Option<&Value>) -> Vec<Cell> {
    let year = |year: Option<i32>| year.map_or(Cell::Empty, |year| Cell::Integer(year.into()));
    let filled: Vec<(&str, Cell)> = match value {
        None => Vec::new(),
        Some(Value::Code { code, text, lang }) => vec![
            ("code", Cell::said(code)),
            ("text", Cell::maybe(text.as_ref())),
            ("text_lang", Cell::maybe(lang.as_ref())),
        ],
        Some(Value::Text { text, lang }) => {
            vec![("text", Cell::text(text.as_str())), ("text_lang", Cell::text(lang.as_str()))]
        }
        Some(Value::Number(number)) => vec![("number", Cell::Number(number.number)), ("year", year(number.year))],
        Some(Value::Amount(amount)) => vec![
            ("amount", Cell::Number(amount.amount)),
            ("currency", Cell::text(amount.currency.as_str())),
            ("year", year(amount.year)),
            ("covers", Cell::maybe(amount.covers.as_ref())),
        ],
        Some(Value::Band(band)) => vec![
            ("amount_min", Cell::Number(band.min)),
            ("amount_max", Cell::Number(band.max)),
            ("currency", Cell::text(band.currency.as_str())),
        ],
        Some(Value::Date { date, qualifier }) => {
            vec![("date", Cell::said(date)), ("date_qualifier", Cell::said(qualifier))]
        }
        Some(Value::Interval(interval)) => {
            vec![("from_year", year(Some(interval.from))), ("to_year", year(Some(interval.to)))]
        }
        Some(Value::Country { country }) => vec![("country", Cell::said(country))],
        Some(Value::Continent { continent }) => vec![("continent", Cell::said(continent))],
        Some(Value::Organisation { organisation }) => {
            vec![("organisation", Cell::said(organisation)), ("organisation_name", name_of(record, organisation))]
        }
        Some(Value::BodyType { body_type }) => vec![("body_type", Cell::said(body_type))],
    };
    let cell =
        |name: &&str| filled.iter().find(|(filled, _)| filled == name).map_or(Cell::Empty, |(_, cell)| cell.clone());
    VALUE_NAMES.iter().map(cell).collect()
}

/// The names of [`value_columns`], in their order.
pub(super) const VALUE_NAMES: [&str; 19] = [
    "code",
    "text",
    "text_lang",
    "number",
    "amount",
    "amount_min",
    "amount_max",
    "currency",
    "year",
    "covers",
    "date",
    "date_qualifier",
    "from_year",
    "to_year",
    "country",
    "continent",
    "organisation",
    "organisation_name",
    "body_type",
];

/// The usual name of an organisation; nothing where it is not on record.
pub(super) fn name_of(record: &Record<'_>, organisation: &OrganisationId) -> Cell {
    Cell::maybe(record.parties.get(organisation).map(|party| party.name()))
}

/// Ids without those that stood before, in their order.
pub(super) fn once<T: PartialEq>(ids: &[T]) -> Vec<&T> {
    let mut seen: Vec<&T> = Vec::new();
    for id in ids {
        if !seen.contains(&id) {
            seen.push(id);
        }
    }
    seen
}
