//! The coded values: for each field an answer, several, or the reason why there is none.

use std::collections::BTreeMap;

use super::{Work, parts::Typed, values};
use crate::{
    cases::document::{Agreement, Amount, Confidence, Number, Rank, Statement, Status, Text, Value, When},
    codebook::{Code, Field, FieldKind, In},
    ids::part_id,
    intake::problems::Fault,
    limits,
};

/// The qualifier that says whose view a lesson is; contributors draw their own.
const LESSON_STANCE: &str = "lesson_stance";
/// Places of storage whose operator is of the public side, whatever it is called.
const PUBLIC_STORES: [&str; 2] = ["city_data_centre", "municipal_company_data_centre"];

/// A value with what was said beside it.
struct Said {
    value: Value,
    qualifiers: BTreeMap<Code, Value>,
    as_of: Option<When>,
}

/// What statement a field's answers belong to.
struct Context<'f> {
    field: &'f Field,
    part: Option<&'f str>,
    status: Status,
    note: Option<Text>,
    sources: Vec<String>,
}

impl Work<'_> {
    /// The statements of the case and of each agreement.
    pub(super) fn all_statements(&mut self, typed: Vec<Typed>) -> (Vec<Statement>, Vec<Agreement>) {
        let mut statements = self.statements(In::Case, None);
        let mut agreements = Vec::new();
        for (position, agreement) in typed.into_iter().enumerate() {
            statements.extend(self.statements(In::Agreement, Some((&agreement.id, &agreement.name))));
            agreements.push(self.named_agreement(agreement, position + 1));
        }
        (statements, agreements)
    }

    fn statements(&mut self, within: In, part: Option<(&str, &str)>) -> Vec<Statement> {
        let book = self.on.book;
        let mut statements = Vec::new();
        for field in book.fields_of(within).filter(|field| field.form && field.code != "label") {
            let name = match part {
                Some((_, prefix)) => format!("{prefix}.{}", field.code),
                None => field.code.clone(),
            };
            statements.extend(self.answered(field, part.map(|(id, _)| id), &name));
        }
        statements
    }

    /// C16: an answer, I don't know, does not apply, the city refused to say, or accounts differ.
    fn answered(&mut self, field: &Field, part: Option<&str>, name: &str) -> Vec<Statement> {
        let chosen = self.answers.first(&format!("{name}.status"));
        match chosen {
            "" | "stated" => self.stated(field, part, name),
            "disputed" => self.disputed(field, part, name),
            "unknown" => self.without_value(field, part, name, Status::Unknown),
            "not_applicable" => self.without_value(field, part, name, Status::NotApplicable),
            "withheld" => self.without_value(field, part, name, Status::Withheld),
            other => {
                self.problems.add(format!("{name}.status"), Fault::new("intake-unknown-code").text("typed", other));
                Vec::new()
            }
        }
    }

    fn stated(&mut self, field: &Field, part: Option<&str>, name: &str) -> Vec<Statement> {
        let said = self.said(field, name);
        let context = Context { field, part, status: Status::Stated, note: None, sources: self.cited(name) };
        let mut statements: Vec<Statement> = said.into_iter().map(|said| self.statement(&context, said)).collect();
        prefer_current(&mut statements);
        statements
    }

    /// Two answers, each with who says so.
    fn disputed(&mut self, field: &Field, part: Option<&str>, name: &str) -> Vec<Statement> {
        let mut statements = Vec::new();
        for version in [name.to_owned(), format!("{name}.second")] {
            let said = self.said(field, &version);
            if said.is_empty() && !self.has_answer(field, &version) {
                self.problems.add(version.clone(), Fault::new("intake-two-versions"));
            }
            let by = format!("{version}.said_by");
            let note = self.line(&by, limits::LINE).map(|words| Text::new(words, self.lang.as_str()));
            if note.is_none() && !self.answers.is_filled(&by) {
                self.problems.add(by, Fault::new("intake-who-says"));
            }
            let context = Context { field, part, status: Status::Disputed, note, sources: self.cited(&version) };
            statements.extend(said.into_iter().map(|said| self.statement(&context, said)));
        }
        statements
    }

    fn without_value(&mut self, field: &Field, part: Option<&str>, name: &str, status: Status) -> Vec<Statement> {
        if self.has_answer(field, name) {
            self.problems.add(name, Fault::new("intake-either-or"));
        }
        let ground = self.on.book.qualifier("ground").filter(|_| status == Status::Withheld);
        let input = format!("{name}.ground");
        let ground = ground.and_then(|field| self.code(field, &input, self.answers.first(&input)));
        let context = Context { field, part, status, note: None, sources: self.cited(name) };
        let qualifiers = ground.map(|code| (Code::known("ground"), Value::code(code))).into_iter().collect();
        let mut statement = self.bare(&context);
        statement.qualifiers = qualifiers;
        vec![statement]
    }

    fn has_answer(&self, field: &Field, name: &str) -> bool {
        self.answers.is_filled(name)
            || (field.kind == FieldKind::Amount && self.answers.is_filled(&format!("{name}.code")))
    }

    fn bare(&self, context: &Context<'_>) -> Statement {
        Statement {
            id: part_id('t', self.on.random),
            field: Code::from(context.field),
            part: context.part.map(str::to_owned),
            value: None,
            qualifiers: BTreeMap::new(),
            status: context.status,
            confidence: Confidence::Possible,
            rank: Rank::Normal,
            sources: context.sources.clone(),
            note: context.note.clone(),
            as_of: None,
            since_revision: 1,
        }
    }

    fn statement(&self, context: &Context<'_>, said: Said) -> Statement {
        let Said { value, qualifiers, as_of } = said;
        Statement { value: Some(value), qualifiers, as_of, ..self.bare(context) }
    }

    /// What was answered to a field in one version.
    fn said(&mut self, field: &Field, name: &str) -> Vec<Said> {
        if field.kind == FieldKind::Choices {
            return self.several(field, name);
        }
        let values = self.values(field, name);
        if values.is_empty() {
            return Vec::new();
        }
        let (qualifiers, as_of) = self.beside(field, name);
        values.into_iter().map(|value| Said { value, qualifiers: qualifiers.clone(), as_of }).collect()
    }

    fn several(&mut self, field: &Field, name: &str) -> Vec<Said> {
        let mut said = Vec::new();
        let mut seen = Vec::new();
        for raw in self.answers.all(name) {
            let Some(code) = self.code(field, name, raw).filter(|code| !seen.contains(code)) else { continue };
            seen.push(code.clone());
            let path = format!("{name}.{code}");
            let (qualifiers, as_of) = self.beside(field, &path);
            if PUBLIC_STORES.contains(&code.as_str()) {
                let operators = qualifiers.values().filter_map(Value::as_organisation);
                operators.for_each(|id| self.parties.declare(id, super::parties::Declared::Public));
            }
            let Some(value) = self.coded(field, name, code) else { continue };
            said.push(Said { value, qualifiers, as_of });
        }
        said
    }

    /// A code, with words of one's own where it asks for them.
    fn coded(&mut self, field: &Field, name: &str, code: Code) -> Option<Value> {
        if !field.code(code.as_str()).is_some_and(|known| known.takes_text()) {
            return Some(Value::code(code));
        }
        let input = format!("{name}.{code}.own_words");
        let text = self.line(&input, limits::LINE);
        if text.is_none() && !self.answers.is_filled(&input) {
            self.problems.add(input, Fault::new("intake-missing-here"));
        }
        Some(Value::Code { code, text: Some(text?), lang: Some(self.lang.clone()) })
    }

    /// The values of a field that is not a choice of several; more than one only where each line is a sentence of its own.
    fn values(&mut self, field: &Field, name: &str) -> Vec<Value> {
        if field.kind == FieldKind::Text && field.qualifiers.iter().any(|code| code == LESSON_STANCE) {
            let Some(text) = self.text(name, limits::TEXT) else { return Vec::new() };
            let lines = text.text.lines().map(str::trim).filter(|line| !line.is_empty());
            return lines.map(|line| Value::Text { text: line.to_owned(), lang: text.lang.clone() }).collect();
        }
        self.value(field, name).into_iter().collect()
    }

    fn value(&mut self, field: &Field, name: &str) -> Option<Value> {
        let raw = self.answers.first(name);
        if field.kind != FieldKind::Amount && raw.trim().is_empty() {
            return None;
        }
        match field.kind {
            FieldKind::Choice | FieldKind::Choices => {
                let code = self.code(field, name, raw)?;
                self.coded(field, name, code)
            }
            FieldKind::Text => {
                self.text(name, limits::TEXT).map(|text| Value::Text { text: text.text, lang: text.lang })
            }
            FieldKind::Line | FieldKind::Address | FieldKind::Language | FieldKind::Flag => {
                self.line(name, limits::LINE).map(|text| Value::Text { text, lang: self.lang.clone() })
            }
            FieldKind::Number => {
                let number = self.problems.check(name, values::count(raw))?;
                Some(Value::Number(Number { number, year: self.year(name) }))
            }
            FieldKind::Amount => self.amount(field, name),
            FieldKind::Date => self.date(name).map(|(date, qualifier)| Value::Date { date, qualifier }),
            FieldKind::Country => {
                let country = self.problems.check(name, values::country(raw, self.on.gazetteer))?;
                Some(Value::Country { country })
            }
            FieldKind::Organisation => {
                let typed = self.line(name, limits::LINE)?;
                let organisation = self.parties.resolve(&typed);
                if field.qualifiers.iter().any(|code| code == "side") {
                    self.side(name, &organisation);
                    self.named.push((name.to_owned(), organisation.clone()));
                }
                Some(Value::Organisation { organisation })
            }
        }
    }

    /// A sum of money, or a code in its place.
    fn amount(&mut self, field: &Field, name: &str) -> Option<Value> {
        let instead = format!("{name}.code");
        let code = self.code(field, &instead, self.answers.first(&instead));
        let raw = self.answers.first(name);
        if raw.trim().is_empty() {
            return code.map(Value::code);
        }
        if code.is_some() {
            self.problems.add(instead, Fault::new("intake-either-or"));
            return None;
        }
        let amount = self.problems.check(name, values::sum(raw));
        let input = format!("{name}.currency");
        let currency = self.problems.check(&input, values::currency(self.answers.first(&input)));
        let covers = self.line(&format!("{name}.covers"), limits::LINE);
        let year = self.year(name);
        Some(Value::Amount(Amount { amount: amount?, currency: currency?, year, covers }))
    }

    fn year(&mut self, name: &str) -> Option<i32> {
        let input = format!("{name}.year");
        let raw = self.answers.first(&input);
        if raw.trim().is_empty() { None } else { self.problems.check(&input, values::year(raw)) }
    }

    /// The qualifiers beside a value, and the time for which it holds.
    fn beside(&mut self, field: &Field, path: &str) -> (BTreeMap<Code, Value>, Option<When>) {
        let book = self.on.book;
        let mut qualifiers = BTreeMap::new();
        for qualifier in book.qualifiers_of(field) {
            let value = if qualifier.code == LESSON_STANCE {
                Some(Value::code(Code::known("contributor")))
            } else if qualifier.form {
                self.value(qualifier, &format!("{path}.{}", qualifier.code))
            } else {
                None
            };
            qualifiers.extend(value.map(|value| (Code::from(qualifier), value)));
        }
        let as_of = if field.dated { self.when(&format!("{path}.as_of")) } else { None };
        (qualifiers, as_of)
    }
}

/// The one answer there is comes first; of several that are dated the latest does.
fn prefer_current(statements: &mut [Statement]) {
    let latest = statements.iter().filter_map(|said| said.as_of).map(When::order).max();
    let alone = statements.len() == 1;
    for said in statements {
        if alone || (latest.is_some() && said.as_of.map(When::order) == latest) {
            said.rank = Rank::Preferred;
        }
    }
}
