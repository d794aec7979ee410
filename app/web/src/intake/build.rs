//! From the codebook's form to what templates print: questions, parts that repeat, what is wrong and what is known around an answer.

use std::collections::BTreeMap;

use askama::{Template, filters::HtmlSafe};
use casebook_core::{
    intake::{
        changes::Request,
        form::{Group, Part},
    },
    places::Gazetteer,
};

use super::{
    fault::Wrong,
    field::{Field, Tick, id},
};
use crate::kit::Frame;

/// What is known around the answer of an input, in words, by the input's name.
pub(super) type Hints = BTreeMap<String, Vec<String>>;

/// What questions are made into pages with.
pub(super) struct Builder<'a> {
    pub(super) frame: &'a Frame,
    pub(super) gazetteer: &'a Gazetteer,
    pub(super) wrong: &'a [Wrong],
    pub(super) hints: &'a Hints,
    /// What moderators ask to be changed, where the form is open for that.
    pub(super) asked: Option<&'a Request>,
    /// Whether further countries can be chosen.
    pub(super) several_countries: bool,
}

/// Parts of one kind, with the button that adds one.
#[derive(Debug, Template)]
#[template(path = "intake/group.html")]
pub struct Parts {
    /// The id of the group.
    pub id: String,
    /// Value of the button that adds one.
    pub path: String,
    /// The words on that button.
    pub add: String,
    /// Those that there are.
    pub parts: Vec<OnePart>,
    /// Whether there are as many as there can be; in words.
    pub full: Option<String>,
}

/// One part of a group.
#[derive(Debug)]
pub struct OnePart {
    /// The id of the part.
    pub id: String,
    /// Its name: value of the button that removes it, and of the hidden input that keeps it while it is empty.
    pub name: String,
    /// What it is called.
    pub legend: String,
    /// What moderators ask to be changed in it as a whole.
    pub asked: Vec<String>,
    /// What is asked of it.
    pub fields: Vec<Field>,
    /// Parts within it.
    pub groups: Vec<Parts>,
    /// Name of the input by which sources are cited for the whole part.
    pub cites: String,
    /// The words over them.
    pub cites_label: String,
    /// The sources that can be cited.
    pub sources: Vec<Tick>,
    /// The words on the button that removes it.
    pub remove: String,
}

impl HtmlSafe for Parts {}

impl Builder<'_> {
    /// The problems with an input or with what is said beside it.
    pub(super) fn wrong_with(&self, name: &str) -> Vec<String> {
        let within = |input: &str| input == name || input.strip_prefix(name).is_some_and(|rest| rest.starts_with('.'));
        self.wrong.iter().filter(|wrong| within(&wrong.input)).map(|wrong| wrong.words.clone()).collect()
    }

    pub(super) fn is_wrong(&self, name: &str) -> bool {
        self.wrong.iter().any(|wrong| wrong.input == name)
    }

    /// Notes of moderators, said to be theirs.
    pub(super) fn told<'n>(&self, notes: impl Iterator<Item = &'n str>) -> Vec<String> {
        notes.map(|note| self.frame.t1("intake-asked", "text", note)).collect()
    }

    /// A group with its parts.
    pub(super) fn group(&self, group: &Group<'_>) -> Parts {
        let kind = group.kind.word();
        Parts {
            id: id(&group.path),
            path: group.path.clone(),
            add: self.frame.t(format!("intake-add-{kind}")),
            parts: group.parts.iter().map(|part| self.part(part, kind)).collect(),
            full: group.full.then(|| self.frame.t("intake-full")),
        }
    }

    fn part(&self, part: &Part<'_>, kind: &str) -> OnePart {
        OnePart {
            id: id(&part.name),
            name: part.name.clone(),
            legend: self.frame.tn(format!("intake-part-{kind}"), part.number),
            asked: self.told(self.asked.into_iter().flat_map(|request| request.on_part(&part.name))),
            fields: part.questions.iter().map(|question| self.field(question, true)).collect(),
            groups: part.groups.iter().map(|group| self.group(group)).collect(),
            cites: format!("{}.sources", part.name),
            cites_label: self.frame.t("intake-cites"),
            sources: self.ticks(&part.sources),
            remove: self.frame.tn(format!("intake-remove-{kind}"), part.number),
        }
    }
}

/// A problem in the list at the top of a page, with the place that it leads to.
#[derive(Debug)]
pub struct Listed {
    /// The id of the question.
    pub anchor: String,
    /// What is wrong.
    pub words: String,
}

/// The list of problems, each leading to the question that it belongs to; what belongs to none leads to the form.
pub(super) fn listed(frame: &Frame, wrong: &[Wrong], fields: &[&Field]) -> Vec<Listed> {
    let list = wrong.iter().map(|wrong| {
        let input = id(&wrong.input);
        let fitting = fields.iter().filter(|field| belongs(&input, &field.id)).max_by_key(|field| field.id.len());
        match fitting {
            Some(field) => Listed {
                anchor: field.id.clone(),
                words: frame.t2("intake-problem", "label", &field.label, "words", &wrong.words),
            },
            None => Listed { anchor: "form".to_owned(), words: wrong.words.clone() },
        }
    });
    list.collect()
}

fn belongs(input: &str, question: &str) -> bool {
    let question = question.trim_end_matches("-question");
    input == question || input.strip_prefix(question).is_some_and(|rest| rest.starts_with('-'))
}

impl Parts {
    /// Every question of the group, with those of parts within parts.
    pub(super) fn fields(&self) -> Vec<&Field> {
        let parts = self.parts.iter();
        parts.flat_map(|part| part.fields.iter().chain(part.groups.iter().flat_map(Self::fields))).collect()
    }
}
