mod hostile;
mod sides;

use super::*;
use crate::{
    cases::document::{Proximity, Rank, Reliability, Scope, Status, Value},
    testing::SeededRandom,
    text::marks,
};

const STORY: &str = "In spring the department for street lighting was told that a supplier would equip one street with lamps free of \
    charge. Only when they stood there did somebody ask who holds the data that they take in, and nobody in the room could say.";

/// A whole account with nothing in it but what is required.
fn least() -> Answers {
    [
        ("scope", "municipality"),
        ("country", "DE"),
        ("city", "Duisburg"),
        ("domain", "public_space"),
        ("narrative", STORY),
        ("proximity", "took_part"),
    ]
    .into_iter()
    .collect()
}

fn with(pairs: &[(&str, &str)]) -> Answers {
    let mut answers = least();
    for (name, _) in pairs {
        let values: Vec<&str> = pairs.iter().filter(|(other, _)| other == name).map(|(_, value)| *value).collect();
        answers.set(name, values);
    }
    answers
}

fn records() -> OnRecord {
    let record =
        |id: &str, name: &str, kind: &str| Organisation::named(id.parse().unwrap(), name, kind.parse().unwrap());
    let mut vendor = record("o_huawei", "Huawei", "company");
    vendor.seat = Some("CN".parse().unwrap());
    let mut holding = record("o_dvv", "DVV", "state_company");
    holding.parent = Some("o_city_of_duisburg".parse().unwrap());
    let mut utility = record("o_utility", "Beispielwerke", "company");
    utility.seat = Some("DE".parse().unwrap());
    OnRecord::new(vec![vendor, holding, utility, record("o_city_of_duisburg", "City of Duisburg", "public_body")])
}

fn compose_at(answers: &Answers, level: Option<Disclosure>) -> Result<Composed, Problems> {
    let public = |url: &str| {
        let mut source = parts::bare_source("s1".into(), "news".parse().unwrap(), Reliability::Established);
        source.title = Some("A report that is public already".into());
        (url == "https://paper.example/1").then_some(source)
    };
    let composer = Composer {
        book: &Codebook::embedded(),
        gazetteer: &Gazetteer::embedded(),
        organisations: &records(),
        known_source: &public,
        quarter: "2026-Q4".parse().unwrap(),
        random: &SeededRandom::new(7),
        coder: "alias",
    };
    let made = composer.compose(answers, level)?;
    if let Err(faults) = made.document.clone().checked(composer.book, composer.gazetteer) {
        panic!("what was composed must pass the checks of documents: {faults:?}");
    }
    Ok(made)
}

fn composed(pairs: &[(&str, &str)]) -> Document {
    compose_at(&with(pairs), Some(Disclosure::Named)).unwrap_or_else(|problems| panic!("{problems:?}")).document
}

fn problems(pairs: &[(&str, &str)]) -> Vec<(String, &'static str)> {
    let refused = compose_at(&with(pairs), None).expect_err("problems");
    refused.iter().map(|problem| (problem.input.clone(), problem.fault.key)).collect()
}

fn complains(pairs: &[(&str, &str)], input: &str, key: &str) {
    let found = problems(pairs);
    assert!(found.iter().any(|(i, k)| i == input && *k == key), "{input} {key}: {found:?}");
}

#[test]
fn the_least_account_makes_a_document_that_passes_its_own_checks() {
    let made = compose_at(&least(), None).unwrap();
    assert_eq!(
        made.document.place.disclosure(),
        Disclosure::SizeClass,
        "an account does not name the place unless asked to"
    );
    assert_eq!(made.document.narrative[0].heading, "undivided");
    assert_eq!(made.document.kind, "proposal");
    let text = serde_json::to_string(&made.document).unwrap();
    assert!(!text.contains("Duisburg"), "{text}");
    assert!(!marks("We met in Duisburg.", &made.giveaways).is_empty());
}

#[test]
fn everything_that_is_required_and_missing_is_said_at_once() {
    let refused = compose_at(&Answers::default(), None).expect_err("nothing was answered");
    let inputs: Vec<&str> = refused.iter().map(|problem| problem.input.as_str()).collect();
    for input in ["scope", "country", "domain", "narrative", "proximity"] {
        assert!(inputs.contains(&input), "{input}: {inputs:?}");
    }
    assert!(refused.without_missing().is_empty(), "an empty form is not wrong, only unfinished");
}

#[test]
fn a_municipality_needs_its_city_or_its_size() {
    complains(&[("city", "")], "city", "intake-city-or-size");
    let made = compose_at(&with(&[("city", ""), ("size_class", "200k_500k")]), None).unwrap();
    assert!(serde_json::to_string(&made.document.place).unwrap().contains("200k_500k"));
    complains(
        &[("city", ""), ("size_class", "200k_500k"), ("place_disclosure", "named")],
        "city",
        "intake-city-to-name",
    );
    complains(&[("city", "Nowhere on Earth")], "city", "intake-city-unknown");
}

#[test]
fn a_name_that_several_cities_bear_has_to_be_chosen() {
    complains(&[("country", "US"), ("city", "Springfield")], "city", "intake-city-which");
    let springfield = Gazetteer::embedded().find("Springfield", Some("US"))[1];
    let chosen = springfield.id.to_string();
    let document = composed(&[("country", "US"), ("city", "Springfield"), ("city.geonames", &chosen)]);
    assert_eq!(document.place.places()[0].geonames, Some(springfield.id));
}

#[test]
fn an_account_is_the_source_of_every_answer_and_possible() {
    let document = composed(&[("domain", "public_space"), ("initiative", "business"), ("critical.status", "unknown")]);
    let account = document.sources.iter().find(|source| source.is_account()).unwrap();
    assert_eq!((account.kind.as_str(), account.proximity), ("first_hand_account", Some(Proximity::TookPart)));
    assert_eq!(account.quarter.unwrap().to_string(), "2026-Q4");
    assert_eq!(document.statements.len(), 3);
    for said in &document.statements {
        assert_eq!((said.sources.as_slice(), said.confidence.code()), ([account.id.clone()].as_slice(), "possible"));
    }
    let told = composed(&[("proximity", "told_by_someone_who_took_part")]);
    assert_eq!(told.sources[0].kind, "second_hand_account");
}

#[test]
fn one_who_works_from_public_sources_gives_no_account_and_names_the_place() {
    let made = compose_at(&with(&[("proximity", "works_from_public_sources"), ("city", "Koeln")]), None).unwrap();
    assert!(made.document.sources.is_empty());
    assert_eq!(made.document.place.scope(), Scope::Municipality);
    assert_eq!(made.document.place.places()[0].geonames, Some(2_886_242));
}

// C16: value, don't know, does not apply, the city refused to say, accounts differ.
#[test]
fn every_way_of_answering_becomes_a_statement_of_its_status() {
    let document = composed(&[
        ("retention.status", "unknown"),
        ("onward_use.status", "not_applicable"),
        ("data_owner.status", "withheld"),
        ("data_owner.ground", "trade_secret"),
        ("municipal_access", "none"),
        ("municipal_access.status", "disputed"),
        ("municipal_access.said_by", "A head of department"),
        ("municipal_access.second", "full"),
        ("municipal_access.second.said_by", "The supplier"),
    ]);
    let one = |field: &str| document.statements_of(field)[0].clone();
    assert_eq!((one("retention").status, one("retention").value), (Status::Unknown, None));
    assert_eq!(one("onward_use").status, Status::NotApplicable);
    let withheld = one("data_owner");
    assert_eq!(
        (withheld.status, withheld.qualifiers["ground"].as_code().unwrap().as_str()),
        (Status::Withheld, "trade_secret")
    );
    let differ = document.statements_of("municipal_access");
    let told: Vec<(&str, &str)> = differ
        .iter()
        .map(|said| {
            (said.value.as_ref().unwrap().as_code().unwrap().as_str(), said.note.as_ref().unwrap().text.as_str())
        })
        .collect();
    assert_eq!(told, [("none", "A head of department"), ("full", "The supplier")]);
    assert!(differ.iter().all(|said| said.status == Status::Disputed && said.rank == Rank::Normal));
}

#[test]
fn accounts_differ_only_where_there_are_two_and_each_has_a_voice() {
    let half = [("critical", "both"), ("critical.status", "disputed"), ("critical.said_by", "A resident")];
    complains(&half, "critical.second", "intake-two-versions");
    complains(&half, "critical.second.said_by", "intake-who-says");
    complains(&[("critical", "both"), ("critical.status", "unknown")], "critical", "intake-either-or");
}

#[test]
fn qualifiers_and_dates_stand_with_the_value_they_speak_of() {
    let document = composed(&[
        ("technology", "camera_cctv"),
        ("technology", "face_recognition"),
        ("technology.face_recognition.deployment_status", "declined"),
        ("state", "pilot"),
        ("state", "dormant"),
        ("state.pilot.as_of", "2020"),
        ("state.dormant.as_of", "2022-03"),
        ("approval", "council_vote"),
        ("approval.council_vote.date", "2018-12"),
        ("approval.council_vote.date.qualifier", "about"),
        ("storage_place", "vendor_cloud"),
        ("storage_place.vendor_cloud.country", "IE"),
        ("storage_place.vendor_cloud.operator", "Huawei"),
        ("population", "504,358"),
        ("population.year", "2023"),
    ]);
    let technology = document.statements_of("technology");
    assert_eq!(technology[1].qualifiers["deployment_status"].as_code().unwrap().as_str(), "declined");
    let state = document.statements_of("state");
    assert_eq!(
        (state[0].value.as_ref().unwrap().as_code().unwrap().as_str(), state[0].rank),
        ("dormant", Rank::Preferred)
    );
    let text = serde_json::to_string(&document).unwrap();
    for expected in [
        r#""date":"2018-12","qualifier":"about""#,
        r#""country":{"country":"IE"}"#,
        r#""operator":{"organisation":"o_huawei"}"#,
        r#""number":504358,"year":2023"#,
    ] {
        assert!(text.contains(expected), "{expected} in {text}");
    }
}

#[test]
fn agreements_carry_their_own_statements() {
    let document = composed(&[
        ("agreement.1.label", "Memorandum of January"),
        ("agreement.1.instrument", "memorandum_of_understanding"),
        ("agreement.1.value.code", "no_payment"),
        ("agreement.2.instrument", "contract"),
        ("agreement.2.value", "1,200,000"),
        ("agreement.2.value.currency", "eur"),
        ("agreement.2.value.year", "2019"),
        ("agreement.2.signatory", "DVV"),
        ("agreement.2.signatory.level", "board_or_executive"),
        ("agreement.2.term_start", "2018-06"),
        ("agreement.3", ""),
        ("agreement.3.instrument.status", "stated"),
    ]);
    let labels: Vec<&str> = document.agreements.iter().map(|agreement| agreement.label.as_str()).collect();
    assert_eq!((labels, document.kind.as_str()), (vec!["Memorandum of January", "Contract"], "agreement"));
    let values = document.statements_of("value");
    assert_eq!(values[0].part.as_deref(), Some(document.agreements[0].id.as_str()));
    assert!(
        matches!(values[1].value, Some(Value::Amount(ref amount)) if amount.currency == "EUR" && amount.year == Some(2019))
    );
    assert_eq!(
        document.statements_of("signatory")[0].value.as_ref().unwrap().as_organisation().unwrap().as_str(),
        "o_dvv"
    );
    complains(&[("agreement.1.value", "lots")], "agreement.1.value", "intake-amount");
    complains(
        &[("agreement.1.value", "5"), ("agreement.1.value.code", "no_payment")],
        "agreement.1.value.code",
        "intake-either-or",
    );
}

// C18: one address entered once supports several fields, and is completed from a source that is public already.
#[test]
fn a_source_is_cited_by_several_fields_and_completed_from_what_is_public() {
    let document = composed(&[
        ("source.1", ""),
        ("source.2.url", "https://paper.example/1"),
        ("domain.sources", "2"),
        ("viewpoint.1.topic", "secrecy"),
        ("viewpoint.1.raised_by", "resident"),
        ("viewpoint.1.concern", "Nobody was told."),
        ("viewpoint.1.sources", "2"),
        ("viewpoint.1.sources", "1"),
    ]);
    let paper = &document.sources[0];
    assert_eq!(
        (paper.title.as_deref(), paper.reliability),
        (Some("A report that is public already"), Reliability::Established)
    );
    assert!(document.statements_of("domain")[0].sources.contains(&paper.id));
    assert_eq!(document.viewpoints[0].sources.len(), 2, "the account and the paper; an empty source is none");
    complains(&[("source.1.title", "Minutes")], "source.1.source_kind", "intake-missing-here");
    complains(
        &[("source.1.publisher", "Paper"), ("source.1.source_kind", "news")],
        "source.1.url",
        "intake-title-or-address",
    );
    complains(
        &[("source.1.title", "Me"), ("source.1.source_kind", "first_hand_account")],
        "source.1.source_kind",
        "intake-unknown-code",
    );
}

#[test]
fn concerns_answers_and_steps_become_parts() {
    let document = composed(&[
        ("viewpoint.1.topic", "secrecy"),
        ("viewpoint.1.raised_by", "resident"),
        ("viewpoint.1.concern", "Nobody was told."),
        ("viewpoint.1.quoted", "yes"),
        ("viewpoint.1.answer.1.answered_by", "mayor"),
        ("viewpoint.1.answer.1.text", "Everybody was."),
        ("viewpoint.1.answer.1.kinds", "denial"),
        ("timeline.1.event", "signed"),
        ("timeline.1.date", "2018-01"),
        ("lessons", "Ask early.\n\nAsk who holds the data."),
    ]);
    let view = &document.viewpoints[0];
    assert!(view.quoted && view.answers[0].kinds[0] == "denial");
    assert_eq!(document.timeline[0].event, "signed");
    let lessons = document.statements_of("lessons");
    assert_eq!((lessons.len(), lessons[0].qualifiers["lesson_stance"].as_code().unwrap().as_str()), (2, "contributor"));
    complains(&[("viewpoint.1.concern", "Only this.")], "viewpoint.1.topic", "intake-missing-here");
    complains(&[("timeline.1.event", "signed")], "timeline.1.date", "intake-missing-here");
}

// C6: the words that open a submission are refused in every field.
#[test]
fn the_twelve_words_are_refused_in_any_field() {
    let words = "legal winner thank year wave sausage worth useful legal winner thank yellow";
    for input in ["narrative", "source.1.title", "viewpoint.1.concern", "city"] {
        complains(&[(input, &format!("1. {words}."))], input, "intake-passphrase");
    }
}

#[test]
fn bad_values_are_named_and_nothing_is_guessed() {
    complains(&[("domain", "weather")], "domain", "intake-unknown-code");
    complains(&[("country", "Atlantis")], "country", "intake-country");
    complains(&[("population", "many")], "population", "intake-number");
    complains(&[("population", "5"), ("population.year", "MMXX")], "population.year", "intake-year");
    complains(&[("agreement.1.term_start", "spring 2018")], "agreement.1.term_start", "intake-date");
    complains(&[("source.1.url", "javascript:alert(1)")], "source.1.url", "intake-address");
    complains(&[("narrative", "Too short.")], "narrative", "intake-too-short");
    complains(&[("city", &"x".repeat(crate::limits::LINE + 1))], "city", "intake-too-long");
    complains(&[("retention.status", "maybe")], "retention.status", "intake-unknown-code");
    complains(&[("domain", "other")], "domain.other.own_words", "intake-missing-here");
    let invisible = composed(&[("domain", "other"), ("domain.other.own_words", "Ceme\u{200b}teries")]);
    assert!(serde_json::to_string(&invisible).unwrap().contains(r#""text":"Cemeteries""#));
}

// Rule 1 of schema.md: what stands in the codebook can be answered, without a line of code.
#[test]
fn a_field_added_to_the_codebook_becomes_a_statement() {
    let text = include_str!("../../../../../config/codebook.toml");
    let field = "\n[[field]]\ncode = \"night_mode\"\nin = \"case\"\nsection = \"data\"\ntype = \"choices\"\nform = true\nsince = \"0.1\"\n\
        label.en = \"At night\"\ndefinition.en = \"What happens at night.\"\nexample.en = \"Off.\"\n\
        [[field.codes]]\ncode = \"off\"\nlabel.en = \"Off\"\ndefinition.en = \"Switched off at night.\"\n";
    let book = Codebook::parse(&format!("{text}{field}"), "codebook.toml").unwrap();
    let records = records();
    let random = SeededRandom::new(1);
    let composer = Composer {
        book: &book,
        gazetteer: &Gazetteer::embedded(),
        organisations: &records,
        known_source: &|_| None,
        quarter: "2026-Q4".parse().unwrap(),
        random: &random,
        coder: "alias",
    };
    let made = composer.compose(&with(&[("night_mode", "off")]), None).unwrap();
    assert_eq!(made.document.statements_of("night_mode").len(), 1);
}
