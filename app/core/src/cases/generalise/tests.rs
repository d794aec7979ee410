//! What must not be left where a place is not named.

use super::*;
use crate::{
    cases::document::{Contested, Related, Section, Translation, Translator},
    codebook::Codebook,
};

fn code(text: &str) -> Code {
    text.parse().unwrap()
}

fn full() -> FullCase {
    let text = r#"{"schema":1,"vocabulary":"0.1","id":"7K2MQX4T","revision":1,"published":"2026-Q4","revised":"2026-Q4","coder":"alias",
      "kind":"agreement","title":{"text":"words","lang":"en"},
      "place":{"disclosure":"named","scope":"municipality","countries":["DE"],"places":[]},
      "involvements":[
        {"id":"i1","organisation":"o_huawei","role":"lead_partner","status":"stated","confidence":"possible","rank":"normal"},
        {"id":"i2","organisation":"o_dvv","role":"cloud_host","status":"stated","confidence":"possible","rank":"normal"},
        {"id":"i3","organisation":"o_unheard_of","role":"reseller","status":"stated","confidence":"possible","rank":"normal"}],
      "statements":[
        {"id":"t1","field":"population","value":{"number":504358,"year":2023},"status":"stated","confidence":"possible","rank":"normal"},
        {"id":"t2","field":"signatory","value":{"organisation":"o_dvv"},"status":"stated","confidence":"possible","rank":"normal"},
        {"id":"t3","field":"value","value":{"amount":1200000,"currency":"EUR","year":2019,"covers":"lamps"},"status":"stated","confidence":"possible","rank":"normal"},
        {"id":"t4","field":"storage_place","value":{"code":"vendor_cloud"},"qualifiers":{"country":{"country":"IE"},"operator":{"organisation":"o_dvv"}},
         "status":"stated","confidence":"possible","rank":"normal","as_of":{"value":"2018-01-17","qualifier":"about"}},
        {"id":"t5","field":"backup_country","value":{"country":"SG"},"status":"stated","confidence":"possible","rank":"normal"},
        {"id":"t6","field":"term_start","value":{"date":"2018-01","qualifier":"exact"},"status":"stated","confidence":"possible","rank":"normal"},
        {"id":"t7","field":"retention","status":"withheld","confidence":"possible","rank":"normal"}],
      "timeline":[{"id":"e1","event":"signed","date":{"value":"2018-01-17","qualifier":"exact"},"sources":[]}],
      "sources":[{"id":"s1","kind":"news","title":"Duisburg signs","publisher":"Paper","url":"https://duisburg.example/","language":"de",
                  "published":{"value":"2018-09-03","qualifier":"exact"},"reliability":"established"},
                 {"id":"s2","kind":"first_hand_account","proximity":"took_part","quarter":"2026-Q4","reliability":"unassessed"}]}"#;
    let place = NamedPlace {
        id: "p1".into(),
        geonames: Some(2_934_691),
        name: "Duisburg".into(),
        country: "DE".parse().unwrap(),
    };
    FullCase {
        document: serde_json::from_str(text).unwrap(),
        place: FullPlace {
            scope: Scope::Municipality,
            countries: vec!["DE".parse().unwrap()],
            places: vec![place],
            size_class: Some(code("500k_1500k")),
            body_type: Some(code("municipality")),
        },
        parties: [
            ("o_huawei".parse().unwrap(), Party::Other),
            ("o_dvv".parse().unwrap(), Party::Public(code("municipal_company"))),
        ]
        .into(),
    }
}

fn at(level: Disclosure) -> (Document, String) {
    let document = generalise(full(), level, &Gazetteer::embedded());
    let text = serde_json::to_string(&document).unwrap();
    (document, text)
}

#[test]
fn a_named_place_keeps_everything() {
    let (document, _) = at(Disclosure::Named);
    assert_eq!(document.statements, full().document.statements);
    assert_eq!(document.place.places()[0].name, "Duisburg");
}

#[test]
fn an_unnamed_place_leaves_no_name_figure_address_or_body_behind() {
    for level in [Disclosure::SizeClass, Disclosure::Region] {
        let (_, text) = at(level);
        for word in ["uisburg", "2934691", "504358", "o_dvv", "o_unheard_of", "1200000", "lamps", "2018-01", "Paper"] {
            assert!(!text.contains(word), "{word} at {}: {text}", level.code());
        }
        assert!(text.contains("o_huawei"), "the vendor stays named");
    }
}

#[test]
fn country_and_size_are_public_at_the_level_of_size() {
    let (document, text) = at(Disclosure::SizeClass);
    assert!(text.contains(r#""countries":["DE"],"size_class":"500k_1500k""#), "{text}");
    assert!(text.contains(r#"{"min":1000000,"max":2000000,"currency":"EUR"}"#), "{text}");
    assert!(text.contains(r#""country":"IE""#) && text.contains(r#""body_type":"municipal_company""#));
    assert!(text.contains(r#""as_of":{"value":"2018","qualifier":"about"}"#));
    assert_eq!(document.source("s2").unwrap().proximity, full().document.source("s2").unwrap().proximity);
    assert!(document.statements_of("retention")[0].value.is_none());
}

#[test]
fn only_the_continent_is_public_at_the_level_of_region() {
    let (document, text) = at(Disclosure::Region);
    assert!(text.contains(r#""continent":"EU","size_class":"500k_1500k""#), "{text}");
    assert!(!text.contains(r#""DE""#) && !text.contains(r#""IE""#) && !text.contains(r#""SG""#), "{text}");
    assert!(text.contains(r#"{"continent":"inside"}"#) && text.contains(r#"{"continent":"outside"}"#));
    assert!(text.contains(r#""date":{"from":2016,"to":2018}"#), "{text}");
    assert!(document.statements_of("value").is_empty());
    assert!(document.source("s1").unwrap().published.is_none());
}

#[test]
fn what_was_made_coarse_passes_the_checks_of_its_level_and_what_was_not_does_not() {
    let (codebook, gazetteer) = (Codebook::embedded(), Gazetteer::embedded());
    let faults = |document: Document| {
        let faults = document.checked(&codebook, &gazetteer).err().unwrap_or_default();
        let of_level = |reason: &str| reason.contains("is not named") || reason.contains("level of disclosure");
        faults.into_iter().filter(|fault| of_level(&fault.reason)).collect::<Vec<_>>()
    };
    for level in [Disclosure::SizeClass, Disclosure::Region] {
        let (document, _) = at(level);
        let place = document.place.clone();
        assert_eq!(faults(document), [], "{}", level.code());
        assert!(!faults(Document { place, ..full().document }).is_empty(), "{}", level.code());
    }
}

#[test]
fn other_scopes_tell_a_type_of_body_in_place_of_a_size() {
    let mut case = full();
    case.place.scope = Scope::Facility;
    let document = generalise(case, Disclosure::SizeClass, &Gazetteer::embedded());
    let text = serde_json::to_string(&document.place).unwrap();
    assert!(text.contains(r#""body_type":"municipality""#) && !text.contains("size_class\":\"5"), "{text}");
}

#[test]
fn sums_lie_in_the_band_that_holds_them() {
    let of = |amount| {
        let band = band(&Amount { amount, currency: "EUR".into(), year: None, covers: None });
        (band.min, band.max)
    };
    assert_eq!((of(0.0), of(1.0), of(4.99)), ((0.0, 1.0), (1.0, 2.0), (2.0, 5.0)));
    assert_eq!((of(50.0), of(999_999.0), of(1e6)), ((50.0, 100.0), (5e5, 1e6), (1e6, 2e6)));
}

/// The case with everything in it that must not come through.
fn telling() -> FullCase {
    let mut case = full();
    let document = &mut case.document;
    let translated = || Text {
        original: Some("Worte".into()),
        translation: Some(Translation { from: "de".into(), by: Translator::Human }),
        ..Text::new("words", "en")
    };
    let day = Some(When::exact("2018-01-17".parse().unwrap()));
    (document.title, document.summary) = (translated(), Some(translated()));
    document.narrative = vec![Section {
        heading: code("problem"),
        text: "words".into(),
        lang: "en".into(),
        translation: translated().translation,
        original: Some("Worte".into()),
    }];
    document.related = vec![Related { case: "7K2MQX4T".parse().unwrap(), kind: code("same_contract") }];
    document.involvements[0].note = Some(translated());
    document.statements[2].note = Some(translated());
    document.timeline[0].text = Some(translated());
    document.sources[0].retrieved = day;
    let contested = Contested { date: day, sources: Vec::new() };
    let text = r#"{"id":"v1","topic":"legality","raised_by":"academic","concern":{"text":"words","lang":"en"},
        "answers":[{"id":"w1","answered_by":"vendor","text":{"text":"words","lang":"en"}}]}"#;
    let mut viewpoint: Viewpoint = serde_json::from_str(text).unwrap();
    (viewpoint.concern, viewpoint.note, viewpoint.date) = (translated(), Some(translated()), day);
    let answer = &mut viewpoint.answers[0];
    (answer.text, answer.date, answer.contested_after) = (translated(), day, Some(contested));
    document.viewpoints = vec![viewpoint];
    for statement in &mut document.statements {
        statement.part = None;
    }
    document.statements.retain(|s| !["signatory", "value", "term_start"].contains(&s.field.as_str()));
    case
}

fn faults(document: Document) -> Vec<String> {
    let faults = document.checked(&Codebook::embedded(), &Gazetteer::embedded()).err().unwrap_or_default();
    faults.iter().map(ToString::to_string).collect()
}

type Put = fn(&mut Document, &Document);

/// Each puts one thing back as it was.
const PUTS: [(&str, Put); 14] = [
    ("title", |to, from| to.title = from.title.clone()),
    ("summary", |to, from| to.summary = from.summary.clone()),
    ("narrative", |to, from| to.narrative = from.narrative.clone()),
    ("related", |to, from| to.related = from.related.clone()),
    ("involvement note", |to, from| to.involvements[0].note = from.involvements[0].note.clone()),
    ("population", |to, from| to.statements.push(from.statements[0].clone())),
    ("event date", |to, from| to.timeline[0].date = from.timeline[0].date),
    ("event text", |to, from| to.timeline[0].text = from.timeline[0].text.clone()),
    ("concern", |to, from| to.viewpoints[0].concern = from.viewpoints[0].concern.clone()),
    ("concern date", |to, from| to.viewpoints[0].date = from.viewpoints[0].date),
    ("viewpoint note", |to, from| to.viewpoints[0].note = from.viewpoints[0].note.clone()),
    ("contested", |to, from| {
        to.viewpoints[0].answers[0].contested_after = from.viewpoints[0].answers[0].contested_after.clone()
    }),
    ("language", |to, from| to.sources[0].language = from.sources[0].language.clone()),
    ("retrieved", |to, from| to.sources[0].retrieved = from.sources[0].retrieved),
];

#[test]
fn what_was_made_coarse_is_faultless_and_each_thing_put_back_is_a_fault() {
    for level in [Disclosure::SizeClass, Disclosure::Region] {
        let coarse = generalise(telling(), level, &Gazetteer::embedded());
        assert_eq!(faults(coarse.clone()), Vec::<String>::new(), "{}", level.code());
        for (what, put) in PUTS {
            let mut again = coarse.clone();
            put(&mut again, &telling().document);
            assert!(!faults(again).is_empty(), "{what} at {}", level.code());
        }
        let mut named = coarse.clone();
        named.timeline[0].date = When::Between { from: 2018, to: 2018 };
        assert_eq!(faults(named).is_empty(), level == Disclosure::SizeClass);
    }
}

#[test]
fn a_bound_is_widened_to_its_open_side() {
    let of = |qualifier| {
        let years = years_about(2018, qualifier);
        (years.from, years.to)
    };
    assert_eq!(of(DateQualifier::Exact), (2016, 2018));
    assert_eq!((of(DateQualifier::Before), of(DateQualifier::After)), ((2010, 2018), (2016, 2024)));
}

#[test]
fn who_is_said_to_stand_on_the_public_side_is_not_named_as_a_vendor() {
    let mut case = full();
    case.document.statements[1].value = Some(Value::Organisation { organisation: "o_huawei".parse().unwrap() });
    case.document.statements[1].qualifiers.insert(code("side"), Value::code(code("public")));
    let document = generalise(case, Disclosure::SizeClass, &Gazetteer::embedded());
    assert!(document.statements_of("signatory").is_empty());
}
