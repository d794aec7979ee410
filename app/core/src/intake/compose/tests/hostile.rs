use super::*;
use crate::intake::form::{Form, Part, Question};

/// Every input that the form shows, with everything opened that can be opened.
fn inputs(book: &Codebook) -> Vec<String> {
    let mut answers = Answers::default();
    for path in ["agreement", "involvement", "viewpoint", "viewpoint.1.answer", "timeline", "source"] {
        answers.add_part(path).unwrap();
    }
    let gazetteer = Gazetteer::embedded();
    let form = Form { book, gazetteer: &gazetteer, answers: &answers, lang: "en" };
    let mut names = Vec::new();
    for section in book.sections() {
        let topic = form.topic(&section.code).unwrap();
        topic.questions.iter().for_each(|question| of_question(question, &mut names));
        topic.groups.iter().flat_map(|group| &group.parts).for_each(|part| of_part(part, &mut names));
    }
    names
}

fn of_part(part: &Part<'_>, names: &mut Vec<String>) {
    part.questions.iter().for_each(|question| of_question(question, names));
    part.groups.iter().flat_map(|group| &group.parts).for_each(|inner| of_part(inner, names));
}

fn of_question(question: &Question<'_>, names: &mut Vec<String>) {
    names.push(question.name.clone());
    let beside = question.choices.iter().flat_map(|choice| &choice.details);
    question.details.iter().chain(beside).for_each(|detail| of_question(detail, names));
    for suffix in ["status", "sources", "second", "said_by", "second.said_by"] {
        names.push(format!("{}.{suffix}", question.name));
    }
}

#[test]
fn whatever_is_typed_anywhere_is_answered_with_words() {
    let book = Codebook::embedded();
    let names = inputs(&book);
    assert!(names.len() > 500);
    let long = "x".repeat(crate::limits::TEXT + 1);
    let hostile = [
        "'\"><script>alert(1)</script>",
        "\u{202e}\u{0}\r\n\t",
        "=1+1",
        "-1",
        "99999999999999999999",
        "..",
        "other",
        "disputed",
        "𝕏é한",
        "../../etc/passwd",
        "%00",
        &long,
    ];
    for value in hostile {
        let answers: Answers = names.iter().map(|name| (name.as_str(), value)).collect();
        let refused = compose_at(&answers, None).expect_err("nothing of it is an answer");
        for problem in refused.iter() {
            assert!(problem.fault.key.starts_with("intake-"));
            assert!(names.contains(&problem.input) || problem.input.contains('.'), "{}", problem.input);
        }
    }
}

#[test]
fn each_hostile_answer_alone_leaves_the_rest_of_the_case_as_it_was() {
    let book = Codebook::embedded();
    // Every third: those between are the same question beside another code.
    for name in inputs(&book).into_iter().step_by(3) {
        let mut answers = least();
        answers.set(&name, ["<b>\u{202e}"]);
        match compose_at(&answers, Some(Disclosure::Named)) {
            Ok(made) => assert_eq!(made.document.statements_of("domain").len(), 1, "{name}"),
            Err(problems) => assert!(!problems.is_empty(), "{name}"),
        }
    }
}
