use super::*;
use crate::codebook::Codebook;

fn form<'a>(book: &'a Codebook, gazetteer: &'a Gazetteer, answers: &'a Answers) -> Form<'a> {
    Form { book, gazetteer, answers, lang: "en" }
}

fn answers(pairs: &[(&str, &str)]) -> Answers {
    pairs.iter().copied().collect()
}

fn find<'q, 'a>(questions: &'q [Question<'a>], name: &str) -> &'q Question<'a> {
    questions.iter().find(|question| question.name == name).unwrap_or_else(|| panic!("no question {name}"))
}

// Rule 1 of schema.md: a field and a code that stand in the codebook stand in the form.
#[test]
fn a_field_and_a_code_added_to_the_codebook_appear_in_the_form() {
    let text = include_str!("../../../../../config/codebook.toml");
    let field = r#"
[[field]]
code = "night_mode"
in = "case"
section = "data"
type = "choices"
form = true
since = "0.1"
label.en = "At night"
definition.en = "What happens to the sensors at night."
example.en = "They are switched off."
[[field.codes]]
code = "switched_off"
label.en = "Switched off"
definition.en = "Nothing is taken in at night."
"#;
    let book = Codebook::parse(&format!("{text}{field}"), "codebook.toml").unwrap();
    let gazetteer = Gazetteer::embedded();
    let answers = answers(&[("night_mode", "switched_off")]);
    let topic = form(&book, &gazetteer, &answers).topic("data").unwrap();
    let night = find(&topic.questions, "night_mode");
    assert_eq!(
        (night.label, night.choices[0].label.as_ref(), night.choices[0].chosen),
        ("At night", "Switched off", true)
    );
    assert!(night.standing.is_some());
}

// C19: each question shows the definition and the example of the codebook.
#[test]
fn every_field_that_is_asked_has_its_place_in_one_topic() {
    let (book, gazetteer) = (Codebook::embedded(), Gazetteer::embedded());
    let mut answers = Answers::default();
    for path in ["agreement", "involvement", "viewpoint", "viewpoint.1.answer", "timeline", "source"] {
        answers.add_part(path).unwrap();
    }
    let form = form(&book, &gazetteer, &answers);
    let mut names = Vec::new();
    let mut collect = |questions: &[Question<'_>]| {
        for question in questions {
            assert!(!question.label.is_empty() && !question.definition.is_empty() && !question.example.is_empty());
            names.push(question.name.clone());
        }
    };
    for section in book.sections() {
        let topic = form.topic(&section.code).unwrap();
        collect(&topic.questions);
        for part in topic.groups.iter().flat_map(|group| &group.parts) {
            collect(&part.questions);
            part.groups.iter().flat_map(|group| &group.parts).for_each(|answer| collect(&answer.questions));
        }
    }
    let asked = book.fields().iter().filter(|field| field.form && field.section.is_some()).count();
    assert_eq!(names.len(), asked);
    for name in ["domain", "agreement.1.instrument", "viewpoint.1.answer.1.text", "source.1.url", "involvement.1.seat"]
    {
        assert!(names.iter().any(|known| known == name), "{name}");
        assert!(names::topic_of(&book, name).is_some());
    }
}

#[test]
fn every_input_that_the_form_shows_is_taken_in_when_it_is_posted() {
    let (book, gazetteer) = (Codebook::embedded(), Gazetteer::embedded());
    let answers = answers(&[
        ("procurement.status", "disputed"),
        ("access.status", "disputed"),
        ("agreement.1.procurement.status", "disputed"),
        ("agreement.1.value.status", "withheld"),
        ("source.1", ""),
        ("viewpoint.1.answer.1", ""),
    ]);
    let form = form(&book, &gazetteer, &answers);
    fn walk(question: &Question<'_>, names: &mut Vec<String>) {
        names.push(question.name.clone());
        let inner = question.details.iter().chain(question.choices.iter().flat_map(|choice| &choice.details));
        inner.for_each(|detail| walk(detail, names));
        if let Some(standing) = &question.standing {
            names.push(standing.name.clone());
            let more = [&standing.ground, &standing.said_by, &standing.second];
            more.into_iter().flatten().for_each(|detail| walk(detail, names));
        }
        if !question.sources.is_empty() {
            names.push(format!("{}.sources", question.name));
        }
    }
    for section in book.sections() {
        let topic = form.topic(&section.code).unwrap();
        let mut names = Vec::new();
        let parts = topic.groups.iter().flat_map(|group| &group.parts);
        let inner = parts.clone().flat_map(|part| &part.groups).flat_map(|group| &group.parts);
        for part in parts.chain(inner) {
            names.push(part.name.clone());
            part.questions.iter().for_each(|question| walk(question, &mut names));
        }
        topic.questions.iter().for_each(|question| walk(question, &mut names));
        for name in names {
            assert_eq!(names::topic_of(&book, &name), Some(section.code.as_str()), "{name}");
        }
    }
}

// C16: value, don't know, does not apply, the city refused to say, accounts differ.
#[test]
fn every_statement_offers_five_ways_to_answer() {
    let (book, gazetteer) = (Codebook::embedded(), Gazetteer::embedded());
    let answers =
        answers(&[("retention.status", "disputed"), ("purpose.status", "withheld"), ("critical.status", "unknown")]);
    let topic = form(&book, &gazetteer, &answers).topic("data").unwrap();
    for question in &topic.questions {
        let options = &question.standing.as_ref().unwrap().options;
        let codes: Vec<&str> = options.iter().map(|option| option.code.as_ref()).collect();
        assert_eq!(codes, ["stated", "unknown", "not_applicable", "withheld", "disputed"], "{}", question.name);
    }
    let differ = find(&topic.questions, "retention").standing.as_ref().unwrap();
    let second = differ.second.as_ref().unwrap();
    assert_eq!(
        (second.name.as_str(), differ.said_by.as_ref().unwrap().name.as_str()),
        ("retention.second", "retention.said_by")
    );
    assert!(second.details.iter().any(|detail| detail.name == "retention.second.said_by"));
    assert_eq!(
        find(&topic.questions, "purpose").standing.as_ref().unwrap().ground.as_ref().unwrap().name,
        "purpose.ground"
    );
    assert!(find(&topic.questions, "critical").is_answered());
    assert!(!find(&topic.questions, "access").is_answered());
}

#[test]
fn qualifiers_stand_beside_the_code_they_speak_of() {
    let (book, gazetteer, answers) = (Codebook::embedded(), Gazetteer::embedded(), Answers::default());
    let form = form(&book, &gazetteer, &answers);
    let technology = form.topic("what").unwrap();
    let cctv = &find(&technology.questions, "technology").choices[0];
    assert_eq!(cctv.details[0].name, "technology.camera_cctv.deployment_status");
    let data = form.topic("data").unwrap();
    let cloud =
        find(&data.questions, "storage_place").choices.iter().find(|choice| choice.code == "vendor_cloud").unwrap();
    let details: Vec<&str> = cloud.details.iter().map(|detail| detail.name.as_str()).collect();
    assert_eq!(details, ["storage_place.vendor_cloud.country", "storage_place.vendor_cloud.operator"]);
    let place = form.topic("place").unwrap();
    assert_eq!(find(&place.questions, "population").details[0].name, "population.year");
}

// C18: one address entered once can support several fields.
#[test]
fn each_statement_offers_every_source_for_citing() {
    let (book, gazetteer) = (Codebook::embedded(), Gazetteer::embedded());
    let answers =
        answers(&[("source.1.title", "Minutes"), ("source.2.url", "https://a.example/"), ("domain.sources", "2")]);
    let topic = form(&book, &gazetteer, &answers).topic("what").unwrap();
    let cited: Vec<(usize, &str, bool)> = find(&topic.questions, "domain")
        .sources
        .iter()
        .map(|cited| (cited.number, cited.label, cited.chosen))
        .collect();
    assert_eq!(cited, [(1, "Minutes", false), (2, "https://a.example/", true)]);
}

#[test]
fn an_account_cannot_be_entered_as_a_source() {
    let (book, gazetteer, answers) = (Codebook::embedded(), Gazetteer::embedded(), answers(&[("source.1", "")]));
    let topic = form(&book, &gazetteer, &answers).topic("sources").unwrap();
    let kinds = &find(&topic.groups[0].parts[0].questions, "source.1.source_kind").choices;
    assert!(
        kinds.iter().any(|choice| choice.code == "news")
            && !kinds.iter().any(|choice| choice.code.ends_with("account"))
    );
}

#[test]
fn several_cities_of_one_name_are_offered_for_choosing() {
    let (book, gazetteer) = (Codebook::embedded(), Gazetteer::embedded());
    let answers = answers(&[("country", "US"), ("city", "Springfield")]);
    let topic = form(&book, &gazetteer, &answers).topic("place").unwrap();
    let which = &find(&topic.questions, "city").details[0];
    assert_eq!(which.name, "city.geonames");
    assert!(which.choices.len() > 2);
}

#[test]
fn the_task_list_counts_what_is_answered_and_what_is_missing() {
    let (book, gazetteer) = (Codebook::embedded(), Gazetteer::embedded());
    let empty = Answers::default();
    let lines = form(&book, &gazetteer, &empty).overview();
    assert_eq!(lines.iter().map(|line| line.answered).sum::<usize>(), 0);
    assert_eq!(lines.iter().map(|line| line.missing).sum::<usize>(), 5, "scope, country, domain, narrative, proximity");
    let begun = answers(&[("scope", "municipality"), ("domain", "water"), ("agreement.1.instrument.status", "stated")]);
    let lines = form(&book, &gazetteer, &begun).overview();
    let of =
        |code: &str| lines.iter().find(|line| line.code == code).map(|line| (line.answered, line.missing)).unwrap();
    assert_eq!((of("place"), of("what"), of("agreement")), ((1, 2), (1, 1), (0, 0)));
}
