//! From a question of the form to its controls.

use casebook_core::{
    codebook::FieldKind,
    intake::form::{Choice, Cited, Question, Standing},
};

use super::{
    build::Builder,
    case::hyphened,
    field::{Control, Field, Option_, Shape, Small, Tick, Version, Ways, id},
};

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
            asked: self.told(self.asked.into_iter().flat_map(|request| request.on(&question.name))),
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
            label: self.offered(choice),
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

    /// The label of a code; of one that is offered only because it was chosen before, with a word on that.
    fn offered(&self, choice: &Choice<'_>) -> String {
        let label = choice.label.to_string();
        if choice.retired { self.frame.t1("codebook-no-more-label", "label", label) } else { label }
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
                label: self.offered(choice),
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
