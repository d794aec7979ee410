//! What an operator's own file must not lack, and how the program follows what was renamed (row R35).

use super::{
    super::needed::{DOMAIN, END_REASON, INITIATIVE, STATE, TECHNOLOGY},
    *,
};
use crate::{
    cases::document::{Confidence, DateQualifier, Disclosure, Proximity, Rank, Reliability, Scope, Status, Translator},
    intake::State,
    places::SizeClass,
    testing::renaming,
};

/// The program's own file, with something else in one field.
fn changed(field: &str, from: &str, to: &str) -> String {
    let head = format!("code = \"{field}\"\nin = ");
    let (before, after) = EMBEDDED.split_once(&head).unwrap();
    assert!(after.contains(from), "the story changes {from:?}");
    let before = before.replacen("version = \"0.1\"", "version = \"0.2\"", 1);
    format!("{before}{head}{}", after.replacen(from, to, 1))
}

/// A code with what ends it.
fn ended(code: &str, how: &str) -> String {
    format!("code = \"{code}\"\nretired = \"0.2\"\n{how}")
}

fn refused(text: &str) -> String {
    match Codebook::own(text, "own.toml") {
        Err(Error::Config(text)) => text,
        other => panic!("expected a refusal, got {:?}", other.map(|book| book.version())),
    }
}

fn accepted(text: &str) -> Codebook {
    Codebook::own(text, "own.toml").unwrap()
}

fn names(found: Vec<&Field>) -> Vec<&str> {
    found.into_iter().map(|field| field.code.as_str()).collect()
}

#[test]
fn words_open_lists_and_what_may_be_renamed_are_the_operators() {
    accepted(EMBEDDED);
    accepted(&changed("population", "label.en = \"", "label.en = \"All the "));
    let new = "[[field.codes]]\ncode = \"sent_twice\"\nsince = \"0.2\"\nlabel.en = \"Sent twice\"\ndefinition.en = \"It came before.\"\n\n[[field.codes]]";
    accepted(&changed("decline_reason", "[[field.codes]]", new));
    accepted(&changed(
        "decline_reason",
        "code = \"off_topic\"",
        &ended("off_topic", "retired_because.en = \"All is.\""),
    ));
    accepted(&renaming(&[("state", "situation"), ("technology", "tools"), ("storage_place", "shelf")]));
}

/// What the program could not follow is refused, with the line, the reason and the remedy.
#[test]
fn what_the_program_cannot_follow_is_refused() {
    let new = "[[field.codes]]\ncode = \"huge\"\nsince = \"0.2\"\nlabel.en = \"Huge\"\ndefinition.en = \"Very large.\"\n\n[[field.codes]]";
    let given_up = "type = \"number\"\nretired = \"0.2\"\nretired_because.en = \"Enough.\"";
    let (begin, after) = EMBEDDED.split_once("[[field]]\ncode = \"backup_country\"\n").unwrap();
    let without = format!("{begin}[[field]]\n{}", after.split_once("[[field]]\n").unwrap().1);
    let split = renaming(&[("state", "situation")]).replacen(
        "replaced_by = \"situation\"",
        "replaced_by = [\"situation\", \"effect\"]",
        1,
    );
    let no_more = ended("works_from_public_sources", "replaced_by = \"told_by_someone_who_took_part\"");
    let stories = [
        (changed("population", "type = \"number\"", given_up), "population", "population is retired, but documents"),
        (renaming(&[("population", "people")]), "population", "keep it, and change its label instead"),
        (changed("population", "type = \"number\"", "type = \"line\""), "population", "answered in another way (type)"),
        (
            changed("proximity", "code = \"works_from_public_sources\"", &no_more),
            "works_from_public_sources",
            "works_from_public_sources of proximity is retired, but documents",
        ),
        (changed("size_class", "[[field.codes]]", new), "huge", "huge is new in size_class, whose codes are a list"),
        (changed("scope", "code = \"facility\"", "code = \"plant\""), "scope", "scope lacks its code facility"),
        (changed("state", "facet = true\n", ""), "state", "state cannot be used for state: the program counts"),
        (changed("storage_place", "\"country\", ", ""), "storage_place", "make it a choice with the qualifier country"),
        (split, "state", "state is split into situation, effect, but the program counts by one field"),
    ];
    for (text, code, reason) in stories {
        let line = text.lines().position(|line| line == format!("code = \"{code}\"")).unwrap() + 1;
        let found = refused(&text);
        let expected = format!("own.toml:{line}: ");
        assert!(found.lines().any(|told| told.starts_with(&expected) && told.contains(reason)), "{reason}: {found}");
    }
    let found = refused(&without);
    assert!(
        found.contains("there is no field backup_country (in = \"case\"), which the program itself works with"),
        "{found}"
    );
}

#[test]
fn a_renamed_field_is_followed_and_a_split_one_to_all_its_ends() {
    let ours = Codebook::embedded();
    assert_eq!((ours.name_of(STATE), names(ours.followed(TECHNOLOGY))), ("state", vec!["technology"]));
    let text = renaming(&[("state", "situation"), ("technology", "tools")]);
    let book = accepted(&text);
    assert_eq!((book.name_of(STATE), names(book.followed(TECHNOLOGY))), ("situation", vec!["tools"]));
    assert!(book.speaks_of("state", STATE) && book.speaks_of("situation", STATE));
    assert!(!book.speaks_of("effect", STATE) && !book.speaks_of("tools", STATE));
    let split = text.replacen("replaced_by = \"tools\"", "replaced_by = [\"tools\", \"domain\"]", 1);
    let split = accepted(&split);
    assert_eq!(names(split.followed(TECHNOLOGY)), ["technology", "tools", "domain"]);
    assert!(["technology", "tools", "domain"].iter().all(|code| split.speaks_of(code, TECHNOLOGY)));
    assert!(!split.speaks_of("technology", DOMAIN), "what was said before the split is in neither half");
    let given_up = changed(
        "end_reason",
        "type = \"choices\"",
        "type = \"choices\"\nretired = \"0.2\"\nretired_because.en = \"No.\"",
    );
    assert_eq!(names(accepted(&given_up).followed(END_REASON)), ["end_reason"], "old cases still speak of it");
    let small = Codebook::parse(SMALL, "book.toml").unwrap();
    assert_eq!((names(small.followed(STATE)), small.name_of(STATE)), (vec![], "state"));
}

#[test]
fn a_renamed_code_means_what_it_meant() {
    let book = accepted(&changed("initiative", "code = \"unclear\"", &ended("unclear", "replaced_by = \"mixed\"")));
    let initiative = INITIATIVE.code();
    assert!(book.means(initiative, "mixed", "unclear") && book.means(initiative, "unclear", "unclear"));
    assert!(!book.means(initiative, "government", "unclear"));
    assert!(!Codebook::embedded().means(initiative, "mixed", "unclear"));
}

/// The closed lists are those of the program's types, so a file that keeps them can be read into these.
#[test]
fn closed_lists_are_the_types_of_the_program() {
    let book = Codebook::embedded();
    let codes = |within: In, field: &str| {
        let field = book.field_in(within, field).unwrap();
        field.current_codes().map(|code| code.code.clone()).collect::<Vec<_>>()
    };
    let known = |all: &[&str]| all.iter().map(|code| (*code).to_owned()).collect::<Vec<_>>();
    let scopes: Vec<&str> = Scope::ALL.iter().map(|one| one.code()).collect();
    assert_eq!(codes(In::Head, "scope"), known(&scopes));
    let classes: Vec<&str> = SizeClass::ALL.iter().map(|one| one.code()).collect();
    assert_eq!(codes(In::Head, "size_class"), known(&classes));
    let levels: Vec<&str> = Disclosure::ALL.iter().map(|one| one.code()).collect();
    assert_eq!(codes(In::Head, "place_disclosure"), known(&levels));
    let translators: Vec<&str> = Translator::ALL.iter().map(|one| one.code()).collect();
    assert_eq!(codes(In::Head, "translation"), known(&[["original"].as_slice(), translators.as_slice()].concat()));
    let reliabilities: Vec<&str> = Reliability::ALL.iter().map(|one| one.code()).collect();
    assert_eq!(codes(In::Source, "reliability"), known(&reliabilities));
    let proximities: Vec<&str> = Proximity::ALL.iter().map(|one| one.code()).collect();
    assert_eq!(codes(In::Account, "proximity"), known(&proximities));
    let statuses: Vec<&str> = Status::ALL.iter().map(|one| one.code()).collect();
    assert_eq!(codes(In::Wrapper, "status"), known(&[statuses.as_slice(), &["not_asked"]].concat()));
    let confidences: Vec<&str> = Confidence::ALL.iter().map(|one| one.code()).collect();
    assert_eq!(codes(In::Wrapper, "confidence"), known(&confidences));
    let ranks: Vec<&str> = Rank::ALL.iter().map(|one| one.code()).collect();
    assert_eq!(codes(In::Wrapper, "rank"), known(&ranks));
    let qualifiers: Vec<&str> = DateQualifier::ALL.iter().map(|one| one.code()).collect();
    assert_eq!(codes(In::Wrapper, "date_qualifier"), known(&qualifiers));
    let states: Vec<&str> = State::ALL.iter().map(|one| one.code()).collect();
    let told = codes(In::Wrapper, "submission_state");
    assert!(states.iter().all(|state| told.iter().any(|code| code == state)), "{told:?}");
}
