//! What the head of a case tells of a place that is not named, and how few are left then.

use serde_json::{Value, json};

use super::{
    COUNTRY, codes, described, lines, looked_at,
    release::{Package, spoiled_too},
    spoiled,
};
use crate::disclosure::Waivers;

// R15: an airport in a country of few cities is as good as named, whatever its size class would be.
#[test]
fn a_facility_in_a_country_of_few_cities_is_found() {
    let moved = |case: &mut Value| {
        case["place"]["scope"] = json!("facility");
        case["place"]["countries"] = json!(["MC"]);
    };
    let mut package = spoiled(COUNTRY, moved, "cases", "scope", "facility");
    let countries = String::from_utf8(package["case_countries.csv"].clone()).unwrap();
    let here = format!("{COUNTRY},DE");
    assert!(countries.contains(&here), "{countries}");
    let changed = countries.replace(&here, &format!("{COUNTRY},MC"));
    package.insert("case_countries.csv".to_owned(), changed.into_bytes());
    let report = looked_at(&described(package), &Waivers::none()).unwrap();
    assert_eq!(codes(&report), ["few_cities", "told"], "{}", lines(&report));
}

/// Changes a document.
type Change = fn(&mut Value);

// R15: Germany has three city states: one that decided of several towns or of an airport is as good as named, as one that is told by its size.
#[test]
fn a_city_state_beside_its_country_is_found_whatever_the_scope() {
    let of_body = |scope: &'static str, body_type: &'static str, change: Change| {
        let package = spoiled(COUNTRY, change, "cases", "scope", scope);
        let package = spoiled_too(package, COUNTRY, |_| {}, "cases", "size_class", "");
        let found =
            looked_at(&spoiled_too(package, COUNTRY, |_| {}, "cases", "body_type", body_type), &Waivers::none());
        let report = found.unwrap();
        (codes(&report).join(" "), lines(&report))
    };
    let state = |scope: &'static str, change: Change| of_body(scope, "city_state", change);
    let scopes: [(&str, Change); 3] = [
        ("region", |case| head(case, "region", "city_state")),
        ("several", |case| head(case, "several", "city_state")),
        ("facility", |case| head(case, "facility", "city_state")),
    ];
    for (scope, change) in scopes {
        let (found, said) = state(scope, change);
        assert_eq!(found, "few_cities", "{scope}: {said}");
        assert!(said.contains("city states") && said.contains("cases.scope"), "{said}");
    }
    // The controls: a nation is its country, and another body is one of many.
    let (found, said) = state("nation", |case| head(case, "nation", "city_state"));
    assert_eq!(found, "", "{said}");
    let (found, said) =
        of_body("facility", "regional_government", |case| head(case, "facility", "regional_government"));
    assert_eq!(found, "", "{said}");
}

/// Tells the scope and the type of the body in place of a size.
fn head(case: &mut Value, scope: &str, body_type: &str) {
    case["place"] = json!({"disclosure": "size_class", "scope": scope, "countries": ["DE"], "body_type": body_type});
    case["computed"]["size_class"] = Value::Null;
}

// R15: of a municipality too, wherever in the case its type stands.
#[test]
fn a_city_state_among_those_who_took_part_is_found() {
    let told = |body_type: &'static str, change: fn(&mut Value)| -> Package {
        spoiled(COUNTRY, change, "involvements", "body_type", body_type)
    };
    let state = told("city_state", |case| case["involvements"][1]["body_type"] = json!("city_state"));
    let report = looked_at(&state, &Waivers::none()).unwrap();
    assert_eq!(codes(&report), ["few_cities"], "{}", lines(&report));
    let other = told("port_authority", |case| case["involvements"][1]["body_type"] = json!("port_authority"));
    assert_eq!(codes(&looked_at(&other, &Waivers::none()).unwrap()), [""; 0]);
}
