//! What is answered around cases: pages of them, revisions, counts, the vocabulary, failures.

use super::build::{Any, Named, a, flag, least, least_or_null, list, map, object, pattern, string, string_or_null};

/// The schemas of answers.
pub(super) fn schemas() -> Vec<Named> {
    let notices = || ("notices", list(a("Notice")));
    let page = object(
        "A page of cases",
        vec![
            ("count", least(0, "How many cases fit, on all pages together")),
            ("cases", list(a("Case"))),
            ("next", string_or_null("The address of the next page; null on the last one")),
            notices(),
        ],
        vec![],
    );
    let notice =
        object("What should be known of a result", vec![("code", a("Code")), ("detail", string("In words"))], vec![]);
    let facets = object(
        "Counts: for each code the number of cases that are found by choosing it under these filters",
        vec![
            ("count", least(0, "How many cases fit")),
            ("facets", list(a("Facet"))),
            ("evidence", list(a("Count"))),
            ("statements", worth()),
            ("years", list(a("YearSpan"))),
            ("populations", list(a("PopulationSpan"))),
            notices(),
        ],
        vec![],
    );
    vec![
        ("CaseList", page),
        ("Notice", notice),
        ("Revisions", revisions()),
        ("Revision", revision()),
        ("Facets", facets),
        ("Facet", facet()),
        ("Count", count()),
        ("YearSpan", years()),
        ("PopulationSpan", population()),
        ("Description", object("An OpenAPI document", vec![("openapi", string("The version of OpenAPI"))], vec![])),
        ("Problem", problem()),
        ("Codebook", codebook()),
        ("Version", pattern("^[0-9]+\\.[0-9]+$", "A version of the vocabulary")),
        ("Words", string("Words in one language")),
        ("Topic", topic()),
        ("Field", field()),
        ("FieldCode", field_code()),
    ]
}

fn revisions() -> Any {
    let merged = object(
        "A case that was merged into this one",
        vec![
            ("id", a("CaseId")),
            ("revision", least(0, "The revision of this case that united them")),
            ("revisions", list(a("Revision"))),
        ],
        vec![],
    );
    object(
        "The revisions of a case",
        vec![
            ("id", a("CaseId")),
            ("current", least(1, "The number of the current one")),
            ("revisions", list(a("Revision"))),
            ("merged", list(merged)),
        ],
        vec![],
    )
}

fn revision() -> Any {
    object(
        "A revision",
        vec![
            ("revision", least(1, "Its number")),
            ("published", a("Quarter")),
            ("url", string("Where its document is")),
        ],
        vec![("reason", string("Why it was made"))],
    )
}

fn facet() -> Any {
    object(
        "The counts of one field",
        vec![
            ("field", a("Code")),
            ("label", string("Its name")),
            (
                "distinct",
                least(0, "How many different codes there are; of organisations the most frequent ones are listed"),
            ),
            ("codes", list(a("Count"))),
            ("statuses", list(a("Count"))),
            ("confidences", list(a("Count"))),
            ("reliabilities", list(a("Count"))),
        ],
        vec![],
    )
}

fn years() -> Any {
    object(
        "How many cases have dated events in these years: those that `year.from` and `year.to` find",
        vec![
            ("from", least(1000, "The first year")),
            ("to", least(1000, "The last year")),
            ("count", least(0, "How many cases")),
        ],
        vec![],
    )
}

fn population() -> Any {
    object(
        "How many cases have so many inhabitants: those that `population.from` and `population.to` find",
        vec![
            ("from", least(0, "The least number")),
            ("to", least_or_null(0, "The greatest number; null where there is none")),
            ("count", least(0, "How many cases")),
            (
                "finer",
                flag("It is a part of the class before it: cases of which the class alone is known are not in it"),
            ),
        ],
        vec![],
    )
}

fn worth() -> Any {
    object(
        "What statements of any field are worth: how many cases have one of each status, confidence and reliability of its best source",
        vec![("statuses", list(a("Count"))), ("confidences", list(a("Count"))), ("reliabilities", list(a("Count")))],
        vec![],
    )
}

fn count() -> Any {
    object(
        "How many cases have a code",
        vec![
            ("code", string("The code, a country or the id of an organisation")),
            ("label", string("Its name")),
            ("count", least(0, "How many cases")),
        ],
        vec![],
    )
}

fn problem() -> Any {
    object(
        "Why something was not answered (RFC 9457)",
        vec![
            ("type", string("The kind of failure: an address that says what it means, and stays")),
            ("title", string("The kind in a few words")),
            ("status", least(400, "The status")),
            ("detail", string("What happened, and what to do")),
        ],
        vec![
            ("parameter", string("The part of the address that cannot be used")),
            ("value", string("Its value")),
            ("allowed", list(string("What could stand in its place"))),
            ("reason", a("Code")),
            (
                "reference",
                string("Under which number it is noted; name it when you write to the people who run the site"),
            ),
        ],
    )
}

fn codebook() -> Any {
    object(
        "The vocabulary",
        vec![("version", a("Version")), ("sections", list(a("Topic"))), ("fields", list(a("Field")))],
        vec![],
    )
}

fn words(description: &str) -> Any {
    map(&format!("{description}, by language"), "Words")
}

fn topic() -> Any {
    object("A topic", vec![("code", a("Code")), ("label", words("Its name")), ("intro", words("What it asks"))], vec![])
}

fn field() -> Any {
    object(
        "A field",
        vec![
            ("code", a("Code")),
            ("in", a("Code")),
            ("type", a("Code")),
            ("core", flag("Counts for completeness")),
            ("facet", flag("Can be filtered by")),
            ("form", flag("Contributors are asked for it")),
            ("required", flag("Nothing can be sent without it")),
            ("dated", flag("The answer says for which time it holds")),
            ("since", a("Version")),
            ("qualifiers", list(a("Code"))),
            ("label", words("Its name")),
            ("definition", words("What it asks for")),
            ("example", words("What an answer may look like")),
            ("codes", list(a("FieldCode"))),
        ],
        [vec![("section", a("Code"))], retired()].concat(),
    )
}

fn field_code() -> Any {
    object(
        "A code",
        vec![
            ("code", a("Code")),
            ("since", a("Version")),
            ("label", words("Its name")),
            ("definition", words("What it means")),
        ],
        retired(),
    )
}

fn retired() -> Vec<(&'static str, Any)> {
    vec![
        ("retired", a("Version")),
        ("replaced_by", list(a("Code"))),
        ("retired_because", words("Why it is offered no more; always there where nothing took its place")),
    ]
}
