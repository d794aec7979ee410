//! The document of a case, as `cases::document` has it, and what is computed of it.

use casebook_core::cases::document::{
    Confidence, DateQualifier, Disclosure, Proximity, Rank, Reliability, Scope, Side, Status, Translator,
};

use super::build::{Any, Named, a, any_of, codes, flag, least, list, map, number, object, pattern, string};

/// The schemas of a document and of its parts.
pub(super) fn schemas() -> Vec<Named> {
    [words_and_times(), values(), places(), parts(), vec![("Computed", computed()), ("Case", case())]].concat()
}

fn case() -> Any {
    object(
        "A revision of a case: the document, its permanent address, and what is computed of the current revision",
        vec![
            ("schema", least(1, "The version of the document's shape")),
            ("vocabulary", string("The version of the vocabulary under which it was coded")),
            ("id", a("CaseId")),
            ("revision", least(1, "Counts from one")),
            ("published", a("Quarter")),
            ("revised", a("Quarter")),
            ("coder", string("Alias of the moderator who coded this revision")),
            ("kind", a("Code")),
            ("title", a("Text")),
            ("place", a("Place")),
            ("url", string("Where people read it, for citing")),
            ("computed", a("Computed")),
        ],
        vec![
            ("reference", flag("The case that others are compared with; missing where it is not")),
            ("related", list(a("Related"))),
            ("summary", a("Text")),
            ("narrative", list(a("Section"))),
            ("agreements", list(a("Agreement"))),
            ("involvements", list(a("Involvement"))),
            ("statements", list(a("Statement"))),
            ("viewpoints", list(a("Viewpoint"))),
            ("timeline", list(a("Event"))),
            ("sources", list(a("Source"))),
            ("unlisted", string("Why it stands in no list; missing where it does")),
            ("merged_into", a("CaseId")),
        ],
    )
}

fn computed() -> Any {
    object(
        "What the program computes of a case",
        vec![
            (
                "completeness",
                codes(
                    ["stub", "partial", "good", "full"],
                    "Under a quarter, a half, four fifths of the core fields, or more",
                ),
            ),
            ("answered", least(0, "Core fields that are answered")),
            ("asked", least(0, "Core fields that there are")),
            ("sourced", number("Share of statements that cite something other than an account, from 0 to 1")),
            ("accounts", least(0, "How many accounts stand behind the case")),
        ],
        vec![("population", least(0, "Inhabitants of a named municipality")), ("size_class", a("Code"))],
    )
}

fn words_and_times() -> Vec<Named> {
    let translation = object(
        "How a text was translated",
        vec![
            ("from", string("Language of the original (BCP 47)")),
            ("by", codes(Translator::ALL.iter().map(|by| by.code()), "By whom")),
        ],
        vec![],
    );
    let text = object(
        "Words in a language",
        vec![("text", string("The words")), ("lang", string("Their language (BCP 47)"))],
        vec![("translation", a("Translation")), ("original", string("The words as they were first said"))],
    );
    let section = object(
        "A part of the narrative",
        vec![("heading", a("Code")), ("text", string("Markdown")), ("lang", string("Language (BCP 47)"))],
        vec![("translation", a("Translation")), ("original", string("The words as they were first written"))],
    );
    let entered =
        object("A date as it was entered", vec![("value", a("PrefixDate")), ("qualifier", a("DateQualifier"))], vec![]);
    vec![
        ("CaseId", pattern("^[0-9A-HJKMNP-TV-Z]{8}$", "The id of a case, which is never used again")),
        ("OrganisationId", pattern("^o_[a-z0-9_]{1,60}$", "The id of an organisation")),
        ("Code", pattern("^[a-z0-9_]{1,60}$", "A code of the vocabulary")),
        ("CountryCode", pattern("^[A-Z]{2}$", "A country (ISO 3166-1)")),
        ("Quarter", pattern("^[0-9]{4}-Q[1-4]$", "A quarter; nothing finer is told of when a case was published")),
        (
            "PrefixDate",
            pattern("^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$", "A year, a month or a day, as far as it is known (EDTF)"),
        ),
        ("DateQualifier", codes(DateQualifier::ALL.iter().map(|code| code.code()), "How a date is meant")),
        ("When", any_of("When something was", vec![entered, a("Interval")])),
        ("Translation", translation),
        ("Text", text),
        ("Section", section),
        ("Status", codes(Status::ALL.iter().map(|code| code.code()), "What kind of knowledge a statement is")),
        ("Confidence", codes(Confidence::ALL.iter().map(|code| code.code()), "How well a value is supported")),
        ("Rank", codes(Rank::ALL.iter().map(|code| code.code()), "Which of several statements counts first")),
        ("Reliability", codes(Reliability::ALL.iter().map(|code| code.code()), "How far a source can be relied on")),
        ("Proximity", codes(Proximity::ALL.iter().map(|code| code.code()), "How the author of an account knows")),
    ]
}

fn values() -> Vec<Named> {
    let one = |description: &str, name: &'static str, schema: Any| object(description, vec![(name, schema)], vec![]);
    let code = object(
        "A code of the vocabulary",
        vec![("code", a("Code"))],
        vec![("text", string("In words, where the code is other")), ("lang", string("Language of the words"))],
    );
    let text = object("Words", vec![("text", string("The words")), ("lang", string("Their language"))], vec![]);
    let year = || least(0, "A year");
    let count = object("A count", vec![("number", number("The count"))], vec![("year", year())]);
    let amount = object(
        "A sum of money",
        vec![("amount", number("How much")), ("currency", string("ISO 4217"))],
        vec![("year", year()), ("covers", string("What it pays for"))],
    );
    let band = object(
        "A sum of money between two bounds, where the place is not named",
        vec![("min", number("The lower bound")), ("max", number("The upper bound")), ("currency", string("ISO 4217"))],
        vec![],
    );
    let date = object("A date", vec![("date", a("PrefixDate")), ("qualifier", a("DateQualifier"))], vec![]);
    let side = codes(Side::ALL.iter().map(|side| side.code()), "Inside or outside of the continent of the case");
    let value = any_of(
        "What a statement or a qualifier says",
        vec![
            code,
            text,
            count,
            amount,
            band,
            date,
            a("Interval"),
            one("A country", "country", a("CountryCode")),
            one("A country, where the place is not named", "continent", side),
            one("An organisation on record", "organisation", a("OrganisationId")),
            one("An organisation, where the place is not named", "body_type", a("Code")),
        ],
    );
    let interval = object(
        "Some time between these years, where the place is not named",
        vec![("from", year()), ("to", year())],
        vec![],
    );
    vec![("Value", value), ("Interval", interval)]
}

fn places() -> Vec<Named> {
    let scope = || codes(Scope::ALL.iter().map(|scope| scope.code()), "The extent");
    let level = |level: Disclosure| codes([level.code()], "How much of the place is public");
    let instead = || vec![("size_class", a("Code")), ("body_type", a("Code"))];
    let named = object(
        "City and country",
        vec![("disclosure", level(Disclosure::Named)), ("scope", scope()), ("countries", list(a("CountryCode")))],
        vec![("places", list(a("NamedPlace")))],
    );
    let size_class = object(
        "Country and size class, or type of public body",
        vec![("disclosure", level(Disclosure::SizeClass)), ("scope", scope()), ("countries", list(a("CountryCode")))],
        instead(),
    );
    let region = object(
        "Continent and size class, or type of public body",
        vec![
            ("disclosure", level(Disclosure::Region)),
            ("scope", scope()),
            ("continent", string("Two-letter code of the continent")),
        ],
        instead(),
    );
    let place = object(
        "A place with its name",
        vec![("id", string("Unique within the document")), ("name", string("The name")), ("country", a("CountryCode"))],
        vec![("geonames", least(0, "Its id in GeoNames"))],
    );
    vec![
        ("Place", any_of("Where it was, as far as it is public", vec![named, size_class, region])),
        ("NamedPlace", place),
    ]
}

fn parts() -> Vec<Named> {
    let id = || ("id", string("Unique within the document, stable across revisions"));
    let sources = || ("sources", list(string("Id of a source of this document")));
    let quoted = || ("quoted", flag("Whether the words are quoted; missing where they are not"));
    let speaker = || ("speaker", string("The speaker's role in words"));
    let standing = || {
        vec![
            ("status", a("Status")),
            ("confidence", a("Confidence")),
            ("rank", a("Rank")),
            sources(),
            ("since_revision", least(1, "The revision in which it first stood")),
        ]
    };
    let involvement = object(
        "An organisation and its role; either the organisation or the type of body is given",
        [vec![id(), ("role", a("Code"))], standing()].concat(),
        vec![("organisation", a("OrganisationId")), ("body_type", a("Code")), ("note", a("Text"))],
    );
    let statement = object(
        "A coded value with all that it rests on",
        [vec![id(), ("field", a("Code"))], standing()].concat(),
        vec![
            ("part", string("Id of the part that it speaks of")),
            ("value", a("Value")),
            ("qualifiers", map("Typed additions, by the qualifier's code", "Value")),
            ("note", a("Text")),
            ("as_of", a("When")),
        ],
    );
    let viewpoint = object(
        "A concern, and the answers to it",
        vec![
            id(),
            ("topic", a("Code")),
            ("raised_by", a("Code")),
            ("concern", a("Text")),
            sources(),
            ("answers", list(a("Answer"))),
        ],
        vec![speaker(), quoted(), ("date", a("When")), ("note", a("Text"))],
    );
    let contested = object("That an answer was contested afterwards", vec![sources()], vec![("date", a("When"))]);
    let answer = object(
        "An answer to a concern; that it exists does not mean that the concern is resolved",
        vec![id(), ("answered_by", a("Code")), ("text", a("Text")), ("kinds", list(a("Code"))), sources()],
        vec![speaker(), quoted(), ("date", a("When")), ("contested_after", contested)],
    );
    let event = object(
        "A step of the case's course",
        vec![id(), ("event", a("Code")), ("date", a("When")), sources()],
        vec![("part", string("Id of the agreement that it concerns")), ("text", a("Text"))],
    );
    vec![
        ("Related", object("Another case", vec![("case", a("CaseId")), ("kind", a("Code"))], vec![])),
        (
            "Agreement",
            object("A deal", vec![id(), ("label", string("A few words to tell it from the others"))], vec![]),
        ),
        ("Involvement", involvement),
        ("Statement", statement),
        ("Viewpoint", viewpoint),
        ("Answer", answer),
        ("Event", event),
        ("Source", source()),
    ]
}

fn source() -> Any {
    object(
        "What statements rest on: a document, a report, or an account of someone who was there",
        vec![("id", string("Unique within the document")), ("kind", a("Code")), ("reliability", a("Reliability"))],
        vec![
            ("title", string("The title")),
            ("publisher", string("Who published it")),
            ("url", string("The address")),
            ("url_not_recorded", flag("The address was not recorded; missing where it was")),
            ("archived_url", string("Where an archived copy lies")),
            ("language", string("BCP 47")),
            ("country", a("CountryCode")),
            ("published", a("When")),
            ("retrieved", a("When")),
            ("proximity", a("Proximity")),
            ("quarter", a("Quarter")),
        ],
    )
}
