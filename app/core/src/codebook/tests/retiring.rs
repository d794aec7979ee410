//! Codes and fields that come to an end (row R35).

use super::*;

const TAIL: &str = r#"
[[field.codes]]
code = "rain"
since = "0.2"
label.en = "Rain"
definition.en = "Rain that falls on the city."
[[field.codes]]
code = "wells"
retired = "0.2"
replaced_by = ["water", "rain"]
label.en = "Wells"
definition.en = "Water from below."
[[field.codes]]
code = "drains"
retired = "0.2"
replaced_by = "sewage"
label.en = "Drains"
definition.en = "Pipes for used water."
[[field.codes]]
code = "gas"
retired = "0.2"
retired_because.en = "No case was ever about it."
label.en = "Gas"
definition.en = "Gas of any kind."

[[field]]
code = "sphere"
in = "case"
section = "what"
type = "choice"
facet = true
since = "0.1"
retired = "0.2"
replaced_by = "area"
label.en = "Sphere"
definition.en = "The sphere of city life."
example.en = "Water."
[[field.codes]]
code = "water"
label.en = "Water"
definition.en = "The sphere of water."

[[field]]
code = "area"
in = "case"
section = "what"
type = "choice"
facet = true
since = "0.2"
label.en = "Area"
definition.en = "The area of city life."
example.en = "Water."
[[field.codes]]
code = "water"
retired = "0.3"
replaced_by = "fluids"
label.en = "Water"
definition.en = "The area of water."
[[field.codes]]
code = "fluids"
since = "0.3"
label.en = "Fluids"
definition.en = "The area of all fluids."
"#;

fn text() -> String {
    format!("{}{TAIL}", SMALL.replacen("version = \"0.2\"", "version = \"0.3\"", 1))
}

fn book() -> Codebook {
    Codebook::parse(&text(), "book.toml").unwrap()
}

fn refused(from: &str, to: &str) -> String {
    assert!(text().contains(from), "the story changes {from:?}");
    match Codebook::parse(&text().replacen(from, to, 1), "book.toml") {
        Err(Error::Config(text)) => text,
        other => panic!("expected a refusal, got {other:?}"),
    }
}

fn codes<'a>(found: impl Iterator<Item = &'a FieldCode>) -> Vec<&'a str> {
    found.map(|code| code.code.as_str()).collect()
}

#[test]
fn a_retired_code_resolves_and_names_its_successors() {
    let book = book();
    let domain = book.field("domain").unwrap();
    let code = |code: &str| domain.code(code).unwrap();
    assert_eq!((code("sewage").label("en"), code("sewage").retired), ("Sewage", "0.2".parse().ok()));
    assert_eq!(codes(domain.successors(code("wells"))), ["water", "rain"]);
    assert_eq!(codes(domain.successors(code("gas"))), [""; 0]);
    assert_eq!(codes(domain.predecessors(code("water"))), ["sewage", "wells"]);
    assert_eq!(codes(domain.predecessors(code("rain"))), ["wells"]);
    assert_eq!(code("gas").retired_because.as_ref().unwrap().text("en"), "No case was ever about it.");
    assert_eq!(codes(domain.current_codes()), ["water", "rain"]);
    assert_eq!(codes(domain.offered_codes(|code| code == "wells")), ["water", "rain", "wells"]);
    assert_eq!(book.label("domain", "never_heard_of", "en"), "never_heard_of");
}

#[test]
fn a_code_with_one_end_stands_under_it_and_a_split_one_for_itself() {
    let book = book();
    let domain = book.field("domain").unwrap();
    let standing = ["water", "sewage", "drains", "wells", "gas", "unheard_of"].map(|code| domain.standing(code));
    assert_eq!(standing, ["water", "water", "water", "wells", "gas", "unheard_of"]);
    // split first, and both halves merged later
    let merged =
        text().replacen("code = \"rain\"\n", "code = \"rain\"\nretired = \"0.3\"\nreplaced_by = \"water\"\n", 1);
    let merged = Codebook::parse(&merged, "book.toml").unwrap();
    assert_eq!(merged.field("domain").unwrap().standing("wells"), "water");
}

#[test]
fn a_retired_field_is_filed_under_the_one_that_took_its_place() {
    let book = book();
    assert_eq!(book.filed("sphere", Some("water")), ("area", Some("fluids")));
    assert_eq!(book.filed("sphere", None), ("area", None));
    assert_eq!(book.filed("vendor", Some("o_huawei")), ("vendor", Some("o_huawei")));
    assert_eq!(book.filed("domain", Some("sewage")), ("domain", Some("sewage")), "it is no facet");
    let (sphere, area) = (book.field("sphere").unwrap(), book.field("area").unwrap());
    assert_eq!(book.facets().map(|field| field.code.as_str()).collect::<Vec<_>>(), ["area"]);
    assert_eq!(book.successors_of(sphere).map(|field| field.code.as_str()).collect::<Vec<_>>(), ["area"]);
    assert_eq!(book.predecessors_of(area).map(|field| field.code.as_str()).collect::<Vec<_>>(), ["sphere"]);
    assert!(sphere.was_asked_in("0.1".parse().unwrap()) && !sphere.was_asked_in("0.2".parse().unwrap()));
}

#[test]
fn a_field_that_was_given_up_stays_a_facet() {
    let given_up = text().replacen("replaced_by = \"area\"", "retired_because.en = \"It said little.\"", 1);
    let book = Codebook::parse(&given_up, "book.toml").unwrap();
    assert_eq!(book.facets().map(|field| field.code.as_str()).collect::<Vec<_>>(), ["sphere", "area"]);
    assert_eq!(book.filed("sphere", Some("water")), ("sphere", Some("water")));
}

#[test]
fn each_end_that_leads_nowhere_is_refused() {
    let stories = [
        (
            "replaced_by = \"sewage\"",
            "replaced_by = \"gas\"",
            "drains is replaced by gas, which is retired and has no successor",
        ),
        ("replaced_by = \"water\"", "replaced_by = \"drains\"", "the successors of sewage lead back to it"),
        ("replaced_by = [\"water\", \"rain\"]", "replaced_by = []", "wells is retired and nothing replaces it"),
        ("replaced_by = \"area\"", "replaced_by = \"stance\"", "does not exist in the same field or place"),
        (
            "code = \"water\"\nretired = \"0.3\"",
            "code = \"waters\"\nretired = \"0.3\"",
            "area, which lacks its code water",
        ),
        ("facet = true\nsince = \"0.2\"", "since = \"0.2\"", "area, which is none: old filters would lead nowhere"),
        (
            "code = \"rain\"\n",
            "code = \"rain\"\nretired_because.en = \"Dry.\"\n",
            "a reason for its end but no version",
        ),
    ];
    for (from, to, reason) in stories {
        let found = refused(from, to);
        assert!(found.starts_with("book.toml:") && found.contains(reason), "{to}: {found}");
    }
}

/// The history tells what came and what went, version by version.
#[test]
fn the_history_is_derived_from_what_stands_in_the_file() {
    let told = |changes: &Changes<'_>| {
        let one = |change: &Change<'_>| {
            let code = change.code.map_or_else(String::new, |code| format!(".{}", code.code));
            format!("{} {}{code}", change.what.code(), change.field.code)
        };
        (changes.version.to_string(), changes.changes.iter().map(one).collect::<Vec<_>>().join(", "))
    };
    let book = book();
    let history: Vec<(String, String)> = book.history().iter().map(told).collect();
    let expected = [
        ("0.3", "replaced area.water, added area.fluids"),
        (
            "0.2",
            "replaced domain.sewage, added domain.rain, split domain.wells, replaced domain.drains, given_up domain.gas, \
             replaced sphere, added area",
        ),
        ("0.1", ""),
    ];
    assert_eq!(history, expected.map(|(version, changes)| (version.to_owned(), changes.to_owned())));
}
