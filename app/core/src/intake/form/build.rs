//! Making questions from fields and answers.

use super::{Choice, Cited, Form, Group, Part, Question, Standing};
use crate::{
    codebook::{Field, FieldKind, In},
    intake::names::{self, PartKind},
    limits,
};

/// How a contributor can answer a question; what is inferred is the moderators' word.
const STANDINGS: [&str; 5] = ["stated", "unknown", "not_applicable", "withheld", "disputed"];

impl<'a> Form<'a> {
    /// What is asked once in a topic.
    pub(super) fn questions(&self, section: &str) -> Vec<Question<'a>> {
        let book = self.book;
        let fields = book.fields().iter().filter(|field| field.retired.is_none() && field.form);
        fields
            .filter(|field| matches!(field.within, In::Case | In::Head | In::Account))
            .filter(|field| field.section.as_deref() == Some(section))
            .map(|field| self.question(field, field.code.clone()))
            .collect()
    }

    pub(super) fn group(&self, kind: PartKind, path: &str) -> Group<'a> {
        let count = self.answers.count(path);
        let parts = (1..=count).map(|number| self.part(kind, path, number)).collect();
        Group { kind, path: path.to_owned(), parts, full: count >= limits::PARTS }
    }

    fn part(&self, kind: PartKind, path: &str, number: usize) -> Part<'a> {
        let name = format!("{path}.{number}");
        let questions =
            kind.fields(self.book).map(|field| self.question(field, format!("{name}.{}", field.code))).collect();
        let groups = if kind == PartKind::Viewpoint {
            vec![self.group(PartKind::Answer, &format!("{name}.answer"))]
        } else {
            Vec::new()
        };
        let sources = if kind.cites() { self.sources(&name) } else { Vec::new() };
        Part { name, number, questions, groups, sources }
    }

    fn question(&self, field: &'a Field, name: String) -> Question<'a> {
        let mut question = self.bare(field, name);
        if field.within.is_statement() {
            question.standing = Some(self.standing(field, &question.name));
            question.sources = self.sources(&question.name);
        }
        question
    }

    /// A question without what is asked around its answer.
    fn bare(&self, field: &'a Field, name: String) -> Question<'a> {
        let (least, most) = bounds(field);
        Question {
            field: &field.code,
            kind: field.kind,
            label: field.label(self.lang),
            definition: field.definition(self.lang),
            example: field.example(self.lang),
            required: field.required,
            least,
            most,
            values: self.answers.all(&name).iter().map(String::as_str).collect(),
            choices: if field.kind == FieldKind::Amount { Vec::new() } else { self.choices(field, &name) },
            details: self.details(field, &name),
            standing: None,
            sources: Vec::new(),
            name,
        }
    }

    fn choices(&self, field: &'a Field, name: &str) -> Vec<Choice<'a>> {
        let chosen = |code: &str| self.answers.has(name, code);
        let offered = field.offered_codes(chosen);
        let offered =
            offered.filter(|code| !(field.code == "source_kind" && names::ACCOUNTS.contains(&code.code.as_str())));
        let choices = offered.map(|code| {
            let path = format!("{name}.{}", code.code);
            let mut details = Vec::new();
            if field.kind == FieldKind::Choices {
                details = self.beside(field, &path);
            }
            if code.takes_text() && field.within.is_statement() {
                details.extend(self.wrapper("own_words", &path));
            }
            Choice {
                code: code.code.as_str().into(),
                label: code.label(self.lang).into(),
                definition: code.definition(self.lang),
                chosen: chosen(&code.code),
                retired: code.retired.is_some(),
                details,
            }
        });
        choices.collect()
    }

    /// What can be said beside an answer as a whole.
    fn details(&self, field: &'a Field, name: &str) -> Vec<Question<'a>> {
        let words: &[&str] = match field.kind {
            FieldKind::Number => &["year"],
            FieldKind::Amount => &["currency", "year", "covers"],
            FieldKind::Date => {
                return self
                    .book
                    .field("date_qualifier")
                    .map(|how| self.bare(how, format!("{name}.qualifier")))
                    .into_iter()
                    .collect();
            }
            FieldKind::Line if field.code == "city" => return self.cities(field, name).into_iter().collect(),
            _ => &[],
        };
        let mut details: Vec<Question<'a>> = words.iter().filter_map(|word| self.wrapper(word, name)).collect();
        if field.kind == FieldKind::Amount && !field.codes.is_empty() {
            let mut instead = self.bare_choice(field, format!("{name}.code"));
            instead.choices = self.choices(field, &instead.name);
            details.push(instead);
        }
        if field.kind != FieldKind::Choices {
            details.extend(self.beside(field, name));
        }
        details
    }

    /// The qualifiers of a field, and the time for which an answer holds.
    fn beside(&self, field: &'a Field, path: &str) -> Vec<Question<'a>> {
        let asked = self.book.qualifiers_of(field).filter(|qualifier| qualifier.form);
        let mut details: Vec<Question<'a>> =
            asked.map(|qualifier| self.bare(qualifier, format!("{path}.{}", qualifier.code))).collect();
        if field.dated {
            details.extend(self.wrapper("as_of", path));
        }
        details
    }

    fn wrapper(&self, word: &str, path: &str) -> Option<Question<'a>> {
        self.book.field_in(In::Wrapper, word).map(|field| self.bare(field, format!("{path}.{word}")))
    }

    /// A field asked as one choice, whatever its kind.
    fn bare_choice(&self, field: &'a Field, name: String) -> Question<'a> {
        Question {
            field: &field.code,
            kind: FieldKind::Choice,
            label: field.label(self.lang),
            definition: field.definition(self.lang),
            example: "",
            required: false,
            least: None,
            most: None,
            values: self.answers.all(&name).iter().map(String::as_str).collect(),
            choices: Vec::new(),
            details: Vec::new(),
            standing: None,
            sources: Vec::new(),
            name,
        }
    }

    /// Which of several cities a typed name means.
    fn cities(&self, field: &'a Field, name: &str) -> Option<Question<'a>> {
        let country = Some(self.answers.first("country")).filter(|country| !country.is_empty());
        let found = self.gazetteer.find(self.answers.first(name), country);
        if found.len() < 2 {
            return None;
        }
        let mut question = self.bare_choice(field, format!("{name}.geonames"));
        let cities = found.iter().map(|city| {
            let code = city.id.to_string();
            let chosen = self.answers.has(&question.name, &code);
            let label = format!("{} ({}, {})", city.label(), city.country, city.population);
            Choice {
                code: code.into(),
                label: label.into(),
                definition: "",
                chosen,
                retired: false,
                details: Vec::new(),
            }
        });
        question.choices = cities.collect();
        Some(question)
    }

    fn standing(&self, field: &'a Field, name: &str) -> Standing<'a> {
        let status = format!("{name}.status");
        let chosen = Some(self.answers.first(&status)).filter(|status| !status.is_empty()).unwrap_or("stated");
        let codes = self.book.field("status");
        let options = STANDINGS.iter().filter_map(|code| codes?.code(code)).map(|code| Choice {
            code: code.code.as_str().into(),
            label: code.label(self.lang).into(),
            definition: code.definition(self.lang),
            chosen: code.code == chosen,
            retired: false,
            details: Vec::new(),
        });
        let disputed = chosen == "disputed";
        let already = field.qualifiers.iter().any(|qualifier| qualifier == "ground");
        let ground = self.book.qualifier("ground").filter(|_| chosen == "withheld" && !already);
        let second = disputed.then(|| {
            let mut second = self.bare(field, format!("{name}.second"));
            second.details.extend(self.wrapper("said_by", &second.name));
            second.sources = self.sources(&second.name);
            Box::new(second)
        });
        Standing {
            options: options.collect(),
            ground: ground.map(|ground| Box::new(self.bare(ground, format!("{name}.ground")))),
            said_by: if disputed { self.wrapper("said_by", name).map(Box::new) } else { None },
            second,
            name: status,
        }
    }

    /// C18: every source of the form can be cited by every statement.
    fn sources(&self, name: &str) -> Vec<Cited<'a>> {
        let cited = format!("{name}.sources");
        let label = |number: usize| {
            let typed =
                ["title", "publisher", "url"].map(|field| self.answers.first(&format!("source.{number}.{field}")));
            typed.into_iter().find(|text| !text.trim().is_empty()).unwrap_or_default()
        };
        (1..=self.answers.count(names::SOURCE))
            .map(|number| Cited { number, label: label(number), chosen: self.answers.has(&cited, &number.to_string()) })
            .collect()
    }
}

/// The fewest and the most characters of an answer.
pub(in crate::intake) fn bounds(field: &Field) -> (Option<usize>, Option<usize>) {
    match field.kind {
        FieldKind::Text if field.code == "narrative" => (Some(limits::NARRATIVE_LEAST), Some(limits::NARRATIVE)),
        FieldKind::Text if field.code == "summary" => (None, Some(limits::SUMMARY)),
        FieldKind::Line if field.code == "title" && field.within == In::Head => (None, Some(limits::TITLE)),
        FieldKind::Text => (None, Some(limits::TEXT)),
        FieldKind::Address => (None, Some(limits::ADDRESS)),
        FieldKind::Choice | FieldKind::Choices | FieldKind::Flag | FieldKind::Country => (None, None),
        _ => (None, Some(limits::LINE)),
    }
}
