//! What can be asked of a set: the filters of the list, from the vocabulary.

use casebook_core::{
    cases::{
        document::{Confidence, Reliability, Status},
        facets::{COUNTRY, Group, Sort, VENDOR, facet_names},
    },
    codebook::Codebook,
    limits,
};
use utoipa::openapi::path::Parameter;

use super::{
    build::{Any, between, codes, pattern, some, string},
    in_query,
};

/// What holds for a place that is not named.
const CLASS_ALONE: &str = "a case of which the size class alone is public fits if the range covers the whole class";

/// Words, evidence, years and inhabitants.
pub(super) fn of_set() -> Vec<Parameter> {
    let evidence = some(codes(Reliability::ALL.iter().map(|code| code.code()), "How far a source can be relied on"));
    let year = || between(1000, 9999, "A year");
    let people = || between(0, 1_000_000_000, "A number of inhabitants");
    let of_any = Group::OF_ANY.into_iter().map(|group| {
        let (what, schema) = of_support(group);
        let what =
            format!("A statement of any field; all that is asked without a field holds for one statement: {what}");
        in_query(group.prefix(), &what, some(schema))
    });
    let mut parameters = vec![
        in_query("q", "Words, as in the search box: phrases in quotes, -word, field:word", string("Words")),
        in_query("evidence", "A statement cites a source of one of these reliabilities", evidence),
        in_query("year.from", "The interval of the dated events reaches this year or a later one", year()),
        in_query("year.to", "The interval of the dated events reaches this year or an earlier one", year()),
        in_query("population.from", &format!("The place has at least so many inhabitants; {CLASS_ALONE}"), people()),
        in_query("population.to", &format!("The place has at most so many inhabitants; {CLASS_ALONE}"), people()),
    ];
    parameters.extend(of_any);
    parameters
}

/// Order and part of the set.
pub(super) fn of_page() -> Vec<Parameter> {
    let most = u32::try_from(limits::API_PAGE_MOST).unwrap_or(u32::MAX);
    let cursor = "Where the page before ended. Opaque: take the address that `next` gives";
    vec![
        in_query(
            "sort",
            "The order; by relevance where words are asked for, else the most recent first",
            codes(Sort::ALL.map(Sort::code), "The order"),
        ),
        in_query(
            "limit",
            "How many cases a page holds; 20 where nothing is said",
            between(1, most, "A number of cases"),
        ),
        in_query("cursor", cursor, string("A place in the set")),
    ]
}

/// For each field that can be filtered by: its codes, those left out, statuses, confidences and reliabilities.
pub(super) fn of_fields(codebook: &Codebook) -> Vec<Parameter> {
    let fields = facet_names(codebook).into_iter();
    fields.flat_map(|field| Group::ALL.into_iter().map(move |group| of_field(codebook, group, field))).collect()
}

fn of_field(codebook: &Codebook, group: Group, field: &str) -> Parameter {
    let label = codebook.field(field).map_or(field, |found| found.label("en"));
    let (what, schema) = match group {
        Group::Any => (format!("{label}: one of these"), of_code(codebook, field)),
        Group::Not => (format!("{label}: none of these"), of_code(codebook, field)),
        _ => (format!("{label}: {}", of_support(group).0), of_support(group).1),
    };
    in_query(&group.name(field), &what, some(schema))
}

/// What statements are worth.
fn of_support(group: Group) -> (&'static str, Any) {
    match group {
        Group::Status => {
            ("what kind of knowledge it is", codes(Status::ALL.iter().map(|code| code.code()), "A status"))
        }
        Group::Confidence => {
            ("how well it is supported", codes(Confidence::ALL.iter().map(|code| code.code()), "A confidence"))
        }
        _ => (
            "how far the best of the sources that one statement cites can be relied on",
            codes(Reliability::ALL.iter().map(|code| code.code()), "How far a source can be relied on"),
        ),
    }
}

fn of_code(codebook: &Codebook, field: &str) -> Any {
    match (field, codebook.facets().find(|found| found.code == field)) {
        (COUNTRY, _) => pattern("^[A-Za-z]{2}$", "Code of a country (ISO 3166-1)"),
        (VENDOR, _) => pattern("^o_[a-z0-9_]{1,60}$", "Id of an organisation"),
        (_, Some(field)) => {
            let stand = field.codes.iter().map(|code| code.code.as_str()).filter(|code| field.standing(code) == *code);
            codes(stand, "A code of the vocabulary")
        }
        (_, None) => string("A code"),
    }
}
