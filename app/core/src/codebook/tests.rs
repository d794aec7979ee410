mod needed;
mod retiring;

use std::collections::HashMap;

use super::*;

const SMALL: &str = r#"version = "0.2"

[[section]]
code = "what"
label.en = "What"
intro.en = "What it is."

[[field]]
code = "stance"
in = "qualifier"
type = "choice"
since = "0.1"
label.en = "Stance"
definition.en = "For or against."
example.en = "For."
[[field.codes]]
code = "for"
label.en = "For"
definition.en = "They were for it."

[[field]]
code = "domain"
in = "case"
section = "what"
type = "choices"
form = true
since = "0.1"
qualifiers = ["stance"]
label.en = "Domain"
label.de = "Bereich"
definition.en = "Part of city life."
example.en = "Water."
[[field.codes]]
code = "water"
label.en = "Water"
definition.en = "Water of any kind."
[[field.codes]]
code = "sewage"
retired = "0.2"
replaced_by = "water"
label.en = "Sewage"
definition.en = "Used water."
"#;

fn fault(from: &str, to: &str) -> String {
    assert!(SMALL.contains(from), "the story changes {from:?}");
    match Codebook::parse(&SMALL.replacen(from, to, 1), "book.toml") {
        Err(Error::Config(text)) => text,
        other => panic!("expected a refusal, got {other:?}"),
    }
}

fn line_of(text: &str) -> usize {
    SMALL.lines().position(|line| line == text).unwrap() + 1
}

#[test]
fn the_embedded_codebook_is_read() {
    let book = Codebook::embedded();
    assert_eq!(book.version().to_string(), "0.1");
    assert!(book.sections().len() <= 9, "at most nine topics for the task list");
    assert_eq!(book.field("domain").unwrap().code("water").unwrap().label("en"), "Water");
    assert_eq!(book.field("technology").unwrap().qualifiers, ["deployment_status"]);
}

#[test]
fn a_text_falls_back_to_english() {
    let book = Codebook::parse(SMALL, "book.toml").unwrap();
    let domain = book.field("domain").unwrap();
    assert_eq!(
        (domain.label("de"), domain.label("nl"), domain.definition("de")),
        ("Bereich", "Domain", "Part of city life.")
    );
}

#[test]
fn a_field_is_not_asked_of_cases_coded_before_it_existed() {
    let book = Codebook::parse(SMALL, "book.toml").unwrap();
    let domain = book.field("domain").unwrap();
    assert!(domain.was_asked_in("0.10".parse().unwrap()));
    assert!(!domain.was_asked_in("0.0".parse().unwrap()));
}

#[test]
fn each_fault_is_named_with_file_and_line() {
    let stories = [
        ("code = \"domain\"", "code = \"Domain!\"", "is no code"),
        ("code = \"sewage\"", "code = \"water\"", "the code water stands twice"),
        ("replaced_by = \"water\"", "replaced_by = \"rain\"", "replaced by rain, which does not exist"),
        ("replaced_by = \"water\"", "replaced_by = \"sewage\"", "lead back to it"),
        (
            "retired = \"0.2\"",
            "retired = \"2027-03-01\"",
            "is no version such as 0.2, the first that no longer has sewage",
        ),
        ("retired = \"0.2\"", "retired = \"0.3\"", "later than the version of the file, 0.2"),
        ("retired = \"0.2\"", "retired = \"0.1\"", "it was there only from 0.1 on"),
        ("replaced_by = \"water\"", "replaced_by = \"for\"", "does not exist in the same field"),
        ("replaced_by = \"water\"", "replaced_by = [\"water\", \"rain\"]", "replaced by rain"),
        ("replaced_by = \"water\"", "replaced_by = 7", "a code such as \"water\", or several"),
        ("section = \"what\"", "section = \"where\"", "there is no section where"),
        ("qualifiers = [\"stance\"]", "qualifiers = [\"mood\"]", "there is no qualifier mood"),
        ("version = \"0.2\"", "version = \"two\"", "is no version"),
        ("type = \"choices\"", "type = \"guess\"", "unknown variant `guess`"),
        ("form = true", "shape = true", "unknown field `shape`"),
    ];
    for (from, to, reason) in stories {
        let found = fault(from, to);
        let expected = format!("book.toml:{}: ", line_of(from));
        assert!(found.lines().any(|line| line.starts_with(&expected) && line.contains(reason)), "{to}: {found}");
    }
}

#[test]
fn a_fault_of_omission_is_named_at_the_code_that_lacks_it() {
    let domain = format!("book.toml:{}: ", line_of("code = \"domain\""));
    let water = format!("book.toml:{}: ", line_of("code = \"water\""));
    assert!(fault("label.en = \"Domain\"\n", "").starts_with(&domain));
    assert!(fault("definition.en = \"Water of any kind.\"\n", "").starts_with(&water));
    assert!(fault("example.en = \"Water.\"", "example.en = \" \"").starts_with(&domain));
    let found = fault("retired = \"0.2\"\n", "");
    assert!(found.contains("sewage is replaced but no version retired it"), "{found}");
    let sewage = format!("book.toml:{}: ", line_of("code = \"sewage\""));
    let found = fault("replaced_by = \"water\"\n", "");
    assert!(
        found.starts_with(&sewage) && found.contains("nothing replaces it: say why (retired_because.en)"),
        "{found}"
    );
}

#[test]
fn a_field_that_stands_twice_is_refused() {
    let twice = SMALL.replacen("code = \"stance\"\nin = \"qualifier\"", "code = \"domain\"\nin = \"case\"", 1);
    let Err(Error::Config(found)) = Codebook::parse(&twice, "book.toml") else { panic!("expected a refusal") };
    assert!(found.contains("book.toml:22: the field domain stands twice"), "{found}");
}

#[test]
fn a_text_that_is_no_toml_is_refused_with_its_line() {
    let Err(Error::Config(found)) = Codebook::parse("version = \"0.1\"\n\n[[field", "book.toml") else {
        panic!("expected a refusal")
    };
    assert!(found.starts_with("book.toml:3: "), "{found}");
}

#[test]
fn every_name_that_documents_and_pages_share_is_there() {
    let book = Codebook::embedded();
    let statements = "domain technology public_body_type population data_collected people_affected personal_data storage_place \
        backup_country data_owner access onward_use retention protection_claims purpose municipal_access critical initiative driver \
        motive_stated channel alternatives_considered advice_from assessment_capacity approval participation oversight open_standards \
        accountable_contact state end_reason effect lessons instrument binding exclusivity procurement value funding term_start \
        term_end renewal notice_period confidentiality_clause exit_terms disclosure disclosure_requested disclosure_answered \
        disclosure_published disclosure_removed signatory";
    for name in statements.split_whitespace() {
        assert!(book.statement_field(name).is_some(), "{name}");
    }
    let others = "role topic raised_by answered_by kinds event source_kind reliability proximity kind scope country size_class \
        completeness place_disclosure narrative_heading translation related_kind status confidence rank date_qualifier visibility \
        visibility_reason alike_reason apart_reason submission_state decline_reason waiver_reason demand_claimant demand_sought \
        demand_outcome correction_outcome organisation_kind relationship_kind reach_kind";
    for name in others.split_whitespace() {
        assert!(book.field(name).is_some_and(|field| !field.within.is_statement()), "{name}");
    }
    let qualifiers = "deployment_status country operator basis claimant certification stance date when ground side level lesson_stance";
    for name in qualifiers.split_whitespace() {
        assert!(book.qualifier(name).is_some(), "{name}");
    }
}

#[test]
fn the_embedded_words_are_sentences_of_their_own() {
    let book = Codebook::embedded();
    let mut seen: HashMap<&str, &str> = HashMap::new();
    for field in book.fields() {
        let definitions = field.codes.iter().map(|code| code.definition("en")).chain([field.definition("en")]);
        for definition in definitions {
            assert!(definition.ends_with('.') && definition.len() > 12, "{}: {definition}", field.code);
            assert!(!definition.contains('!'), "{}: {definition}", field.code);
            if let Some(other) = seen.insert(definition, &field.code) {
                panic!("{other} and {} share the definition {definition:?}", field.code);
            }
        }
        assert!(!field.example("en").is_empty() && !field.label("en").is_empty(), "{}", field.code);
    }
    let core = book.core_fields().count();
    assert!((25..=35).contains(&core), "{core} core fields");
}

#[test]
fn what_is_asked_can_be_asked() {
    let book = Codebook::embedded();
    for field in book.fields().iter().filter(|field| field.form) {
        assert!(field.section.is_some() || matches!(field.within, In::Qualifier | In::Wrapper), "{}", field.code);
    }
    assert_eq!(book.field("country").unwrap().within, In::Head);
    assert_eq!(book.qualifier("country").unwrap().within, In::Qualifier);
}
