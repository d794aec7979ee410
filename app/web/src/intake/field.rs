//! One question of the form as a page shows it: every kind of field, from the codebook's description of it.

use askama::{Template, filters::HtmlSafe};
use casebook_core::{
    codebook::FieldKind,
    intake::form::{Choice, Cited, Question, Standing},
};

use super::{build::Builder, case::hyphened};

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

impl Builder<'_> {
    /// A question.
    pub(super) fn field(&self, question: &Question<'_>, in_part: bool) -> Field {
        let standing = question.standing.as_ref();
        let second = standing.and_then(|standing| standing.second.as_deref());
        let mut version = self.version(question, in_part);
        if let Some(said_by) = standing.and_then(|standing| standing.said_by.as_deref()) {
            version.beside.push(self.small(said_by));
        }
        let id = id(&question.name);
        Field {
            label: question.label.to_owned(),
            need: question.required.then(|| self.frame.t("intake-required")),
            definition: question.definition.to_owned(),
            example: Some(question.example)
                .filter(|text| !text.is_empty())
                .map(|text| self.frame.t1("intake-example", "text", text)),
            wrong: self.wrong_with(&question.name),
            hints: self.hints.get(&question.name).cloned().unwrap_or_default(),
            ways_legend: self.frame.t("intake-ways"),
            cites_legend: self.frame.t("intake-cites"),
            version,
            second: second.map(|second| self.second(second, in_part)),
            standing: standing.map(|standing| self.ways(standing)),
            id: format!("{id}-question"),
        }
    }

    fn version(&self, question: &Question<'_>, in_part: bool) -> Version {
        let mut details = question.details.iter().map(|detail| self.small(detail)).collect();
        let control = self.control(question, in_part, &mut details);
        Version {
            legend: self.frame.t("intake-version-first"),
            control,
            beside: details,
            cites: format!("{}.sources", question.name),
            sources: self.ticks(&question.sources),
        }
    }

    fn second(&self, second: &Question<'_>, in_part: bool) -> Version {
        Version { legend: self.frame.t("intake-version-second"), ..self.version(second, in_part) }
    }

    fn control(&self, question: &Question<'_>, in_part: bool, details: &mut Vec<Small>) -> Control {
        match question.kind {
            FieldKind::Choices => self.choices(question, true),
            FieldKind::Choice if !in_part || question.choices.len() <= 6 => self.choices(question, false),
            FieldKind::Text => Control::Text {
                id: id(&question.name),
                name: question.name.clone(),
                value: question.value().to_owned(),
                rows: if question.least.is_some() { 14 } else { 4 },
                limit: self.limit(question),
            },
            FieldKind::Country if question.name == "country" => Control::Row(self.countries(question)),
            _ => {
                let mut row = vec![self.main(question)];
                row.append(details);
                Control::Row(row)
            }
        }
    }

    fn choices(&self, question: &Question<'_>, several: bool) -> Control {
        let option = |choice: &Choice<'_>| Option_ {
            code: choice.code.to_string(),
            label: choice.label.to_string(),
            definition: choice.definition.to_owned(),
            chosen: choice.chosen,
            beside: choice.details.iter().map(|detail| self.small(detail)).collect(),
        };
        let mut choices: Vec<Option_> = question.choices.iter().map(option).collect();
        if !several && !question.required && choices.iter().any(|choice| choice.chosen) {
            let label = self.frame.t("intake-no-answer");
            choices.push(Option_ {
                code: String::new(),
                label,
                definition: String::new(),
                chosen: false,
                beside: Vec::new(),
            });
        }
        Control::Choices { name: question.name.clone(), several, choices }
    }

    /// The main input of a question, called after what is typed into it.
    fn main(&self, question: &Question<'_>) -> Small {
        let word = match question.kind {
            FieldKind::Number => "intake-word-number",
            FieldKind::Amount => "intake-word-amount",
            FieldKind::Date => "intake-word-date",
            FieldKind::Organisation => "intake-word-organisation",
            FieldKind::Flag => "intake-word-yes",
            _ => "",
        };
        let small = self.small(question);
        if word.is_empty() { small } else { Small { label: self.frame.t(word), ..small } }
    }

    /// A list of countries for each that was chosen, and one more where there can be several.
    fn countries(&self, question: &Question<'_>) -> Vec<Small> {
        let chosen: Vec<&str> = question.values.iter().copied().filter(|value| !value.is_empty()).collect();
        let more = usize::from(chosen.is_empty() || self.several_countries);
        let lists = chosen.iter().copied().chain(std::iter::repeat_n("", more)).enumerate();
        let list = |(number, value): (usize, &str)| Small {
            id: if number == 0 { id(&question.name) } else { format!("{}-{}", id(&question.name), number + 1) },
            name: question.name.clone(),
            label: if number == 0 { question.label.to_owned() } else { self.frame.t("intake-another-country") },
            value: value.to_owned(),
            shape: Shape::Select(self.all_countries(value)),
            invalid: number == 0 && self.is_wrong(&question.name),
        };
        lists.map(list).collect()
    }

    fn all_countries(&self, chosen: &str) -> Vec<Tick> {
        let countries = self.gazetteer.countries();
        let tick = |country: &&casebook_core::places::Country| Tick {
            value: country.iso2.to_owned(),
            label: country.name.to_owned(),
            chosen: country.iso2 == chosen,
        };
        let unchosen = self.unchosen(countries.iter().all(|country| country.iso2 != chosen));
        std::iter::once(unchosen).chain(countries.iter().map(tick)).collect()
    }

    fn unchosen(&self, chosen: bool) -> Tick {
        Tick { value: String::new(), label: self.frame.t("intake-choose"), chosen }
    }

    /// A question in one small control.
    pub(super) fn small(&self, question: &Question<'_>) -> Small {
        let ticks = || -> Vec<Tick> {
            let tick = |choice: &Choice<'_>| Tick {
                value: choice.code.to_string(),
                label: choice.label.to_string(),
                chosen: choice.chosen,
            };
            question.choices.iter().map(tick).collect()
        };
        let line = |keyboard, list, narrow| Shape::Line { keyboard, list, narrow };
        let shape = match question.kind {
            FieldKind::Choice | FieldKind::Language => {
                let ticks = ticks();
                let unchosen = self.unchosen(ticks.iter().all(|tick| !tick.chosen));
                Shape::Select(std::iter::once(unchosen).chain(ticks).collect())
            }
            FieldKind::Choices => Shape::Ticks(ticks()),
            FieldKind::Flag => Shape::Ticks(vec![Tick {
                value: "yes".to_owned(),
                label: question.label.to_owned(),
                chosen: question.is_answered(),
            }]),
            FieldKind::Country => line("text", Some("countries"), false),
            FieldKind::Organisation => line("text", Some("organisations"), false),
            FieldKind::Number => line("numeric", None, true),
            FieldKind::Amount => line("decimal", None, true),
            FieldKind::Address => line("url", None, false),
            FieldKind::Date => line("text", None, true),
            FieldKind::Line | FieldKind::Text => line("text", None, matches!(question.field, "year" | "currency")),
        };
        Small {
            id: id(&question.name),
            name: question.name.clone(),
            label: question.label.to_owned(),
            value: question.value().to_owned(),
            shape,
            invalid: self.is_wrong(&question.name),
        }
    }

    fn ways(&self, standing: &Standing<'_>) -> Ways {
        let way = |choice: &Choice<'_>| Tick {
            value: choice.code.to_string(),
            label: self.frame.t(format!("intake-way-{}", hyphened(&choice.code))),
            chosen: choice.chosen,
        };
        Ways {
            name: standing.name.clone(),
            ways: standing.options.iter().map(way).collect(),
            ground: standing.ground.as_deref().map(|ground| self.small(ground)),
        }
    }

    /// The sources that can be cited (row C18).
    pub(super) fn ticks(&self, sources: &[Cited<'_>]) -> Vec<Tick> {
        let tick = |cited: &Cited<'_>| Tick {
            value: cited.number.to_string(),
            label: match cited.label.trim() {
                "" => self.frame.tn("intake-source-n", cited.number),
                label => format!("{}: {label}", cited.number),
            },
            chosen: cited.chosen,
        };
        sources.iter().map(tick).collect()
    }

    fn limit(&self, question: &Question<'_>) -> String {
        match (question.least, question.most) {
            (Some(least), Some(most)) => self.frame.t2("intake-limit-between", "least", least, "most", most),
            (_, Some(most)) => self.frame.tn("intake-limit", most),
            _ => String::new(),
        }
    }
}
