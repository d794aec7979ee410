//! What each column may tell where the place is not named: the table of schema.md section 3, column by column. A column that does not stand
//! here refuses the release, since nobody has decided what it may tell.

use std::{collections::HashMap, sync::LazyLock};

/// What a column may tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum May {
    /// The same as beside a named place: codes, numbers and ids that tell nothing of the place.
    Plain,
    /// What tells rows from each other and organisations: no personal words, but a name may be in it.
    Id,
    /// Words of people: looked through.
    Words,
    /// The language of words: where only the continent is public it must not lead to a few cities.
    Language,
    /// Nothing.
    Never,
    /// Nothing; beside a named place a number or id, which is not looked through as words are: eight digits are no telephone there.
    NeverId,
    /// Nothing where only the continent is public.
    WithCountry,
    /// A web address: nothing.
    Address,
    /// A date: a year where the country is public, else nothing.
    Date,
    /// The first year of an interval: where only the continent is public, of a whole one.
    FirstYear,
    /// The last year of an interval.
    LastYear,
    /// A sum of money: nothing.
    Amount,
    /// The bound of a band: one of 1, 2, 5, 10 ... where the country is public, else nothing.
    Bound,
    /// What only the tables tell, beside the documents: the usual name of an organisation. Looked through.
    TableOnly,
    /// What only the tables tell and is the program's own: the address of the case, since when and by whose alias something stands.
    Own,
}

/// Columns that come together (`cases::tables::columns`).
enum Group {
    One(&'static str, May),
    /// Words, their language, and where they were translated from.
    Text(&'static str),
    /// A date or an interval of years.
    When(&'static str),
    /// A date that may not be told at all.
    NoWhen(&'static str),
    /// A value in whichever form.
    Value,
}

use Group::{NoWhen, One, Text, Value, When};
use May::{
    Address, Amount, Bound, Date, FirstYear, Id, Language, LastYear, Never, NeverId, Own, Plain, TableOnly,
    WithCountry, Words,
};

const TABLES: &[(&str, &[Group])] = &[
    (
        "cases",
        &[
            One("id", Plain),
            One("url", Own),
            One("revision", Plain),
            One("schema", Plain),
            One("vocabulary", Plain),
            One("published", Plain),
            One("revised", Plain),
            One("coder", Plain),
            One("kind", Plain),
            One("reference", Plain),
            Text("title"),
            Text("summary"),
            One("scope", Plain),
            One("place_disclosure", Plain),
            One("continent", Plain),
            One("body_type", Plain),
            One("size_class", Plain),
            One("population", Never),
            One("completeness", Plain),
            One("answered", Plain),
            One("asked", Plain),
            One("sourced", Plain),
            One("accounts", Plain),
        ],
    ),
    ("case_countries", &[One("country", WithCountry)]),
    ("case_places", &[One("id", NeverId), One("name", Never), One("country", Never), One("geonames", NeverId)]),
    ("case_related", &[One("related_case", Plain), One("kind", Plain)]),
    ("narrative", &[One("heading", Plain), Text("text")]),
    (
        "sources",
        &[
            One("id", Id),
            One("kind", Plain),
            One("reliability", Plain),
            One("title", Never),
            One("publisher", Never),
            One("url", Address),
            One("url_not_recorded", Plain),
            One("archived_url", Address),
            One("language", Never),
            One("country", WithCountry),
            When("published"),
            NoWhen("retrieved"),
            One("proximity", Plain),
            One("quarter", Plain),
        ],
    ),
    ("agreements", &[One("id", Id), One("label", Words)]),
    ("timeline", &[One("id", Id), One("event", Plain), One("agreement_id", Id), When("date"), Text("text")]),
    ("timeline_sources", &[One("event_id", Id), One("source_id", Id)]),
    (
        "statements",
        &[
            One("id", Id),
            One("revision", Own),
            One("field", Plain),
            One("agreement_id", Id),
            Value,
            One("status", Plain),
            One("confidence", Plain),
            One("rank", Plain),
            When("as_of"),
            Text("note"),
            One("since_revision", Own),
            One("coder", Own),
        ],
    ),
    ("statement_qualifiers", &[One("statement_id", Id), One("qualifier", Plain), Value]),
    ("statement_sources", &[One("statement_id", Id), One("source_id", Id)]),
    (
        "involvements",
        &[
            One("id", Id),
            One("organisation", Id),
            One("organisation_name", TableOnly),
            One("body_type", Plain),
            One("role", Plain),
            One("status", Plain),
            One("confidence", Plain),
            One("rank", Plain),
            Text("note"),
            One("since_revision", Own),
            One("coder", Own),
        ],
    ),
    ("involvement_sources", &[One("involvement_id", Id), One("source_id", Id)]),
    (
        "viewpoints",
        &[
            One("id", Id),
            One("topic", Plain),
            One("raised_by", Plain),
            One("speaker", Words),
            One("quoted", Plain),
            Text("concern"),
            When("date"),
            Text("note"),
        ],
    ),
    ("viewpoint_sources", &[One("viewpoint_id", Id), One("source_id", Id)]),
    (
        "answers",
        &[
            One("id", Id),
            One("viewpoint_id", Id),
            One("answered_by", Plain),
            One("speaker", Words),
            One("quoted", Plain),
            Text("text"),
            When("date"),
            One("contested", Plain),
            When("contested_date"),
        ],
    ),
    ("answer_kinds", &[One("answer_id", Id), One("kind", Plain)]),
    ("answer_sources", &[One("answer_id", Id), One("source_id", Id)]),
    ("answer_contested_sources", &[One("answer_id", Id), One("source_id", Id)]),
];

/// The columns of a value.
const VALUE: &[(&str, May)] = &[
    ("code", Plain),
    ("text", Words),
    ("text_lang", Language),
    ("number", Plain),
    ("amount", Amount),
    ("amount_min", Bound),
    ("amount_max", Bound),
    ("currency", WithCountry),
    ("year", WithCountry),
    ("covers", Never),
    ("date", Date),
    ("date_qualifier", WithCountry),
    ("from_year", FirstYear),
    ("to_year", LastYear),
    ("country", WithCountry),
    ("continent", Plain),
    ("organisation", Id),
    ("organisation_name", TableOnly),
    ("body_type", Plain),
];

static RULES: LazyLock<HashMap<&'static str, HashMap<String, May>>> = LazyLock::new(|| {
    let columns = |groups: &[Group]| groups.iter().flat_map(expanded).collect();
    TABLES.iter().map(|(table, groups)| (*table, columns(groups))).collect()
});

fn expanded(group: &Group) -> Vec<(String, May)> {
    let beside = |name: &str, all: &[(&str, May)]| -> Vec<(String, May)> {
        all.iter().map(|(end, may)| (format!("{name}{end}"), *may)).collect()
    };
    match group {
        One(name, may) => vec![((*name).to_owned(), *may)],
        Text(name) => beside(
            name,
            &[
                ("", Words),
                ("_lang", Language),
                ("_translated_from", WithCountry),
                ("_translated_by", WithCountry),
                ("_original", Never),
            ],
        ),
        When(name) => {
            beside(name, &[("", Date), ("_qualifier", WithCountry), ("_from_year", FirstYear), ("_to_year", LastYear)])
        }
        NoWhen(name) => beside(name, &[("", Never), ("_qualifier", Never), ("_from_year", Never), ("_to_year", Never)]),
        Value => beside("", VALUE),
    }
}

/// What a column may tell; `None` where nobody has decided it.
pub(super) fn may(table: &str, column: &str) -> Option<May> {
    RULES.get(table)?.get(column).copied()
}

/// Whether it is a table of which somebody has decided what it may tell.
pub(super) fn knows(table: &str) -> bool {
    RULES.contains_key(table)
}

/// The tables that a release has.
pub(super) fn tables() -> impl Iterator<Item = &'static str> {
    TABLES.iter().map(|(table, _)| *table)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{cases::tables, codebook::Codebook};

    /// A new column of the exports must be decided on here before a release can go out.
    #[test]
    fn what_each_column_may_tell_is_decided() {
        let tables_written = tables::all(&Codebook::embedded());
        for table in &tables_written {
            for column in table.columns.iter().filter(|column| column.name != "case_id") {
                assert!(may(table.name, &column.name).is_some(), "{}.{}", table.name, column.name);
            }
        }
        assert_eq!(tables().count(), tables_written.len());
        assert!(may("cases", "mayor").is_none() && may("mayors", "id").is_none());
    }
}
