//! What the pages of the form show: topics with their questions, filled with what was answered.
//!
//! All of it follows from the codebook. A template prints it and knows no field by name.

mod build;
#[cfg(test)]
mod tests;

use super::{
    answers::Answers,
    names::{self, PartKind},
};
use crate::{
    codebook::{Codebook, FieldKind, Section},
    places::Gazetteer,
};

/// What the form is made from.
#[derive(Debug, Clone, Copy)]
pub struct Form<'a> {
    /// What is asked.
    pub book: &'a Codebook,
    /// Which cities a typed name may mean.
    pub gazetteer: &'a Gazetteer,
    /// What was answered.
    pub answers: &'a Answers,
    /// The language of labels, such as `en`.
    pub lang: &'a str,
}

/// A page of the form.
#[derive(Debug)]
pub struct Topic<'a> {
    /// Its code, which is its address.
    pub code: &'a str,
    /// Its name.
    pub label: &'a str,
    /// What it asks, in one sentence.
    pub intro: &'a str,
    /// What is asked once.
    pub questions: Vec<Question<'a>>,
    /// What is asked for each part.
    pub groups: Vec<Group<'a>>,
}

/// Parts of one kind: agreements, organisations, concerns, answers, steps or sources.
#[derive(Debug)]
pub struct Group<'a> {
    /// Which kind.
    pub kind: PartKind,
    /// Value of the button that adds one: `add=` and this.
    pub path: String,
    /// Those that there are.
    pub parts: Vec<Part<'a>>,
    /// Whether there are as many as a case may hold.
    pub full: bool,
}

/// One part of a group.
#[derive(Debug)]
pub struct Part<'a> {
    /// Value of the button that removes it, `remove=` and this; and name of a hidden input that keeps it while it is empty.
    pub name: String,
    /// Its number in the group, from one.
    pub number: usize,
    /// What is asked of it.
    pub questions: Vec<Question<'a>>,
    /// Parts within it: answers to a concern.
    pub groups: Vec<Group<'a>>,
    /// The sources that can be cited for the part as a whole; input `NAME.sources`.
    pub sources: Vec<Cited<'a>>,
}

/// One question, with what was answered.
#[derive(Debug)]
pub struct Question<'a> {
    /// Name of the input.
    pub name: String,
    /// Code of the codebook's field.
    pub field: &'a str,
    /// What an answer looks like. The choices of a country are the gazetteer's countries and not listed here.
    pub kind: FieldKind,
    /// The question's name.
    pub label: &'a str,
    /// What it asks for.
    pub definition: &'a str,
    /// What an answer may look like.
    pub example: &'a str,
    /// Nothing can be sent without it.
    pub required: bool,
    /// The fewest characters.
    pub least: Option<usize>,
    /// The most characters.
    pub most: Option<usize>,
    /// What was answered, word for word.
    pub values: Vec<&'a str>,
    /// The codes on offer.
    pub choices: Vec<Choice<'a>>,
    /// What can be said beside the answer: a year, a currency, a qualifier.
    pub details: Vec<Question<'a>>,
    /// How the question can be answered other than by an answer; only where answers are statements.
    pub standing: Option<Standing<'a>>,
    /// The sources that can be cited for it; input `NAME.sources`.
    pub sources: Vec<Cited<'a>>,
}

impl Question<'_> {
    /// The first value; empty where nothing was answered.
    #[must_use]
    pub fn value(&self) -> &str {
        self.values.first().copied().unwrap_or_default()
    }

    /// Whether anything was answered, `I don't know` included.
    #[must_use]
    pub fn is_answered(&self) -> bool {
        self.values.iter().any(|value| !value.trim().is_empty())
            || self.standing.as_ref().is_some_and(|standing| !standing.is_plain())
            || (self.kind == FieldKind::Amount && self.details.iter().any(Question::is_answered))
    }
}

/// A code on offer.
#[derive(Debug)]
pub struct Choice<'a> {
    /// Value of the input.
    pub code: std::borrow::Cow<'a, str>,
    /// Its name.
    pub label: std::borrow::Cow<'a, str>,
    /// What it means; empty for a city.
    pub definition: &'a str,
    /// Whether it was chosen.
    pub chosen: bool,
    /// It is offered no more to who did not choose it before.
    pub retired: bool,
    /// What can be said beside this code.
    pub details: Vec<Question<'a>>,
}

/// An answer, I don't know, does not apply, the city refused to say, or accounts differ.
#[derive(Debug)]
pub struct Standing<'a> {
    /// Name of the input, `FIELD.status`; the value `stated`, or none, means: here is the answer.
    pub name: String,
    /// What can be chosen.
    pub options: Vec<Choice<'a>>,
    /// The ground of a refusal, where it was withheld.
    pub ground: Option<Box<Question<'a>>>,
    /// Who says so, where accounts differ.
    pub said_by: Option<Box<Question<'a>>>,
    /// The other answer, where accounts differ.
    pub second: Option<Box<Question<'a>>>,
}

impl Standing<'_> {
    /// Whether the question is simply answered, or not answered at all.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.options.iter().all(|option| !option.chosen || option.code == "stated")
    }
}

/// A source that can be cited.
#[derive(Debug)]
pub struct Cited<'a> {
    /// Value of the input: the number of the source in the form.
    pub number: usize,
    /// Title, publisher or address; empty where nothing was typed yet.
    pub label: &'a str,
    /// Whether it is cited.
    pub chosen: bool,
}

/// A topic in the task list.
#[derive(Debug)]
pub struct TopicLine<'a> {
    /// Its code, which is its address.
    pub code: &'a str,
    /// Its name.
    pub label: &'a str,
    /// What it asks, in one sentence.
    pub intro: &'a str,
    /// How many questions and kinds of parts it has.
    pub asked: usize,
    /// How many of them were answered.
    pub answered: usize,
    /// How many required answers are still missing.
    pub missing: usize,
}

impl<'a> Form<'a> {
    /// One topic; `None` where the codebook has none of this code.
    #[must_use]
    pub fn topic(&self, code: &str) -> Option<Topic<'a>> {
        self.book.section(code).map(|section| self.topic_of(section))
    }

    /// All topics with how far they are answered.
    #[must_use]
    pub fn overview(&self) -> Vec<TopicLine<'a>> {
        let missing = missing(self.book, self.answers);
        let missing_in =
            |code: &str| missing.iter().filter(|name| names::topic_of(self.book, name) == Some(code)).count();
        let lines = self.book.sections().iter().map(|section| {
            let topic = self.topic_of(section);
            let questions = topic.questions.iter().filter(|question| question.is_answered()).count();
            let groups = topic.groups.iter().filter(|group| self.has_content(group)).count();
            TopicLine {
                code: topic.code,
                label: topic.label,
                intro: topic.intro,
                asked: topic.questions.len() + topic.groups.len(),
                answered: questions + groups,
                missing: missing_in(topic.code),
            }
        });
        lines.collect()
    }

    fn topic_of(&self, section: &'a Section) -> Topic<'a> {
        Topic {
            code: &section.code,
            label: section.label(self.lang),
            intro: section.intro.text(self.lang),
            questions: self.questions(&section.code),
            groups: PartKind::TOP
                .into_iter()
                .filter(|kind| kind.topic(self.book) == Some(&section.code))
                .map(|kind| self.group(kind, kind.word()))
                .collect(),
        }
    }

    fn has_content(&self, group: &Group<'_>) -> bool {
        group.parts.iter().any(|part| !self.answers.part_is_empty(&part.name))
    }
}

/// The required inputs that are not answered yet (schema.md rule 5).
#[must_use]
pub fn missing(book: &Codebook, answers: &Answers) -> Vec<String> {
    let required = book.fields().iter().filter(|field| field.required && field.retired.is_none());
    let mut missing: Vec<String> =
        required.filter(|field| !answers.is_filled(&field.code)).map(|field| field.code.clone()).collect();
    let placed = answers.is_filled("city") || answers.is_filled("size_class");
    if answers.first("scope") == "municipality" && !placed {
        missing.push("city".into());
    }
    missing
}
