//! One question of the form as a page shows it: every kind of field, from the codebook's description of it.

use askama::{Template, filters::HtmlSafe};
/// A question with everything around its answer.
#[derive(Debug, Template)]
#[template(path = "intake/question.html")]
pub struct Field {
    /// The id of the question, to which problems lead.
    pub id: String,
    /// The question's name.
    pub label: String,
    /// "required", or nothing.
    pub need: Option<String>,
    /// What it asks for (row C19).
    pub definition: String,
    /// The label and the text of an example.
    pub example: Option<String>,
    /// What is wrong with the answer.
    pub wrong: Vec<String>,
    /// What moderators ask to be changed in it.
    pub asked: Vec<String>,
    /// What is known around the answer.
    pub hints: Vec<String>,
    /// The words over the ways to answer.
    pub ways_legend: String,
    /// The words over the sources that can be cited.
    pub cites_legend: String,
    /// The answer.
    pub version: Version,
    /// The other answer, where accounts differ.
    pub second: Option<Version>,
    /// The ways to answer (row C16).
    pub standing: Option<Ways>,
}

/// One answer: the control, what is said beside it, and the sources that say so.
#[derive(Debug)]
pub struct Version {
    /// What it is called where there are two.
    pub legend: String,
    /// What is typed or chosen.
    pub control: Control,
    /// What is said beside it.
    pub beside: Vec<Small>,
    /// Name of the input by which sources are cited.
    pub cites: String,
    /// The sources that can be cited.
    pub sources: Vec<Tick>,
}

/// What an answer is given in.
#[derive(Debug)]
pub enum Control {
    /// One code or several, each with its definition.
    Choices {
        /// The input's name.
        name: String,
        /// Whether several can be chosen.
        several: bool,
        /// The codes.
        choices: Vec<Option_>,
    },
    /// Words of several lines.
    Text {
        /// The input's id.
        id: String,
        /// The input's name.
        name: String,
        /// What was typed.
        value: String,
        /// How many lines are shown.
        rows: u8,
        /// The limit in words, said before it is reached.
        limit: String,
    },
    /// Small controls in a row.
    Row(Vec<Small>),
}

/// A code with what is said beside it.
#[derive(Debug)]
pub struct Option_ {
    /// The value.
    pub code: String,
    /// Its name.
    pub label: String,
    /// What it means.
    pub definition: String,
    /// Whether it was chosen.
    pub chosen: bool,
    /// What is said beside it.
    pub beside: Vec<Small>,
}

/// A box to tick.
#[derive(Debug)]
pub struct Tick {
    /// The value.
    pub value: String,
    /// Its label.
    pub label: String,
    /// Whether it is ticked.
    pub chosen: bool,
}

/// A small control with its label.
#[derive(Debug)]
pub struct Small {
    /// The input's id.
    pub id: String,
    /// The input's name.
    pub name: String,
    /// The label.
    pub label: String,
    /// What was typed.
    pub value: String,
    /// What sort of control.
    pub shape: Shape,
    /// Whether something is wrong with it.
    pub invalid: bool,
}

/// What sort of small control.
#[derive(Debug)]
pub enum Shape {
    /// One of several.
    Select(Vec<Tick>),
    /// One or several boxes.
    Ticks(Vec<Tick>),
    /// A line; with the kind of keyboard that fits, and a list that is offered.
    Line {
        /// `text`, `numeric`, `decimal` or `url`.
        keyboard: &'static str,
        /// Id of the list that is offered.
        list: Option<&'static str>,
        /// Whether little room is enough.
        narrow: bool,
    },
}

/// The five ways to answer.
#[derive(Debug)]
pub struct Ways {
    /// The input's name.
    pub name: String,
    /// The ways.
    pub ways: Vec<Tick>,
    /// The ground of a refusal.
    pub ground: Option<Small>,
}

impl HtmlSafe for Field {}

impl Field {
    /// Whether one input stands for the whole question.
    fn is_single(&self) -> bool {
        self.standing.is_none() && self.second.is_none() && self.version.is_single()
    }

    /// The id of the one input.
    fn single_id(&self) -> &str {
        match &self.version.control {
            Control::Text { id, .. } => id,
            Control::Row(row) => row.first().map_or("", |small| &small.id),
            Control::Choices { .. } => "",
        }
    }

    /// The ids of what describes the question.
    fn described_by(&self) -> String {
        let mut ids = Vec::new();
        if !self.wrong.is_empty() {
            ids.push(format!("{}-problem", self.id));
        }
        if !self.asked.is_empty() {
            ids.push(format!("{}-asked", self.id));
        }
        ids.push(format!("{}-help", self.id));
        ids.join(" ")
    }
}

impl Version {
    fn is_single(&self) -> bool {
        let one = match &self.control {
            Control::Text { .. } => true,
            Control::Row(row) => row.len() == 1 && !matches!(row[0].shape, Shape::Ticks(_)),
            Control::Choices { .. } => false,
        };
        one && self.beside.is_empty() && self.sources.is_empty()
    }
}

impl Small {
    /// Whether it takes the room that is left in its row.
    fn is_wide(&self) -> bool {
        matches!(self.shape, Shape::Line { narrow: false, .. })
    }
}

/// The id of an input.
pub(super) fn id(name: &str) -> String {
    format!("f-{}", name.replace('.', "-"))
}
