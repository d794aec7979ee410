//! What a cell says, as a value of the vocabulary.

use super::Composer;
use crate::{
    cases::{
        document::{Amount, Number, Value},
        mapping::{
            cells, near,
            plan::{FieldPlan, Take, all_codes},
            report::shown,
            shape::Otherwise,
        },
    },
    codebook::{Code, Field, FieldKind, In},
    currency,
    dates::{DateQualifier, PrefixDate},
    limits,
};

/// A field with more codes than this is not listed in an error.
const LISTED: usize = 40;

/// What a cell means for a coded field.
enum Meant {
    Code(Code),
    /// The code `other`, in the words of the cell.
    Other(String),
}

impl<'a> Composer<'a> {
    /// The one code of a field that a row says.
    pub(super) fn code(&mut self, take: &'a Take, within: In, field: &str) -> Option<Code> {
        let field = self.frame.vocabulary.codebook.field_in(within, field)?;
        let part = take.part(self.row)?;
        match self.meant(take, field, part)? {
            Meant::Code(code) => Some(code),
            Meant::Other(_) => Some(Code::known("other")),
        }
    }

    /// All codes of a field that a row says.
    pub(super) fn codes(&mut self, take: &'a Take, within: In, field: &str) -> Vec<Code> {
        let mut codes = Vec::new();
        let Some(field) = self.frame.vocabulary.codebook.field_in(within, field) else { return codes };
        for part in take.parts(self.row) {
            let code = match self.meant(take, field, part) {
                Some(Meant::Code(code)) => code,
                Some(Meant::Other(_)) => Code::known("other"),
                None => continue,
            };
            if !codes.contains(&code) {
                codes.push(code);
            }
        }
        codes
    }

    /// A code that the document cannot do without.
    pub(super) fn required(&mut self, take: &'a Take, within: In, field: &str) -> Option<Code> {
        let code = self.code(take, within, field);
        if code.is_none() && (take.part(self.row).is_none() || take.otherwise == Otherwise::Skip) {
            self.problem(
                &take.columns(),
                &format!("says nothing that is a {field}, and without one the row cannot come in"),
            );
        }
        code
    }

    fn meant(&mut self, take: &'a Take, field: &Field, part: &str) -> Option<Meant> {
        let wanted = take.codes.get(part).map_or(part, String::as_str);
        if let Some(code) = field.code(wanted).filter(|code| code.retired.is_none()) {
            return Some(Meant::Code(code.into()));
        }
        match take.otherwise {
            Otherwise::Skip => None,
            Otherwise::Other => {
                let near = near::code_meant(part, field, take.codes.keys().map(String::as_str));
                self.problems.others.entry((self.column_of(take), shown(part))).or_insert(near);
                Some(Meant::Other(part.chars().take(limits::LINE).collect()))
            }
            Otherwise::Refuse => {
                self.unmapped(take, field, part);
                None
            }
        }
    }

    fn unmapped(&mut self, take: &Take, field: &Field, part: &str) {
        let known =
            if field.current_codes().count() <= LISTED { format!(" ({})", all_codes(field)) } else { String::new() };
        let near = near::code_meant(part, field, take.codes.keys().map(String::as_str));
        let reason = format!(
            "{} has no code of {}{known}{near}; add it under codes, or say otherwise = \"skip\"",
            shown(part),
            field.code
        );
        self.problems.unmapped.insert((self.column_of(take), shown(part)));
        self.problem(&take.columns(), &reason);
    }

    /// The name of the column that is read; none where the mapping has the value.
    fn column_of(&self, take: &Take) -> String {
        take.columns().first().and_then(|column| self.frame.header.get(*column)).cloned().unwrap_or_default()
    }

    /// A value of a statement.
    pub(super) fn field_value(&mut self, plan: &'a FieldPlan, part: &str) -> Option<Value> {
        let field = self.frame.vocabulary.codebook.statement_field(plan.field.as_str())?;
        match plan.kind {
            FieldKind::Number => self.number(plan, part),
            FieldKind::Amount => self.amount(plan, field, part),
            _ => self.value(&plan.from, field, part),
        }
    }

    /// A value of a qualifier, or of a statement that is no number.
    pub(super) fn value(&mut self, take: &'a Take, field: &Field, part: &str) -> Option<Value> {
        let lang = self.frame.plan.language.clone();
        match field.kind {
            FieldKind::Choice | FieldKind::Choices => Some(match self.meant(take, field, part)? {
                Meant::Code(code) => Value::code(code),
                Meant::Other(text) => Value::Code { code: Code::known("other"), text: Some(text), lang: Some(lang) },
            }),
            FieldKind::Text | FieldKind::Line => Some(Value::Text { text: part.to_owned(), lang }),
            FieldKind::Country => self.country(take, part).map(|country| Value::Country { country }),
            FieldKind::Date => {
                let ahead = ahead(field);
                self.read_date(take, part, ahead).map(|(date, qualifier)| Value::Date { date, qualifier })
            }
            FieldKind::Organisation => {
                self.organisation(take, part, None).map(|organisation| Value::Organisation { organisation })
            }
            _ => None,
        }
    }

    fn number(&mut self, plan: &'a FieldPlan, part: &str) -> Option<Value> {
        let number = self.read_number(&plan.from, part)?;
        let year = plan.year.as_ref().and_then(|take| self.year(take));
        Some(Value::Number(Number { number, year }))
    }

    /// A sum, or a code that stands in place of one.
    fn amount(&mut self, plan: &'a FieldPlan, field: &Field, part: &str) -> Option<Value> {
        let wanted = plan.from.codes.get(part).map_or(part, String::as_str);
        if let Some(code) = field.code(wanted).filter(|code| code.retired.is_none()) {
            return Some(Value::code(code.into()));
        }
        let amount = self.read_number(&plan.from, part)?;
        let currency = self.currency(plan)?;
        let year = plan.year.as_ref().and_then(|take| self.year(take));
        Some(Value::Amount(Amount { amount, currency, year, covers: None }))
    }

    fn currency(&mut self, plan: &'a FieldPlan) -> Option<String> {
        let take = plan.currency.as_ref()?;
        let part = take.part(self.row).unwrap_or_default();
        let is_code = currency::is_known(part);
        if !is_code {
            let reason = format!("{} is no currency; write three letters of ISO 4217, such as EUR", shown(part));
            self.problem(&take.columns(), &reason);
        }
        is_code.then(|| part.to_owned())
    }

    fn read_number(&mut self, take: &'a Take, part: &str) -> Option<f64> {
        let decimal = self.frame.plan.decimal;
        let number = cells::number(part, decimal).map(|number| number * take.times);
        if number.is_none() && take.otherwise == Otherwise::Refuse {
            self.problem(&take.columns(), &format!("{} {}", shown(part), cells::no_number(part, decimal)));
        }
        if cells::is_doubtful(part, decimal) {
            self.problems.doubtful.entry(self.column_of(take)).or_insert_with(|| part.to_owned());
        }
        number
    }

    /// The year of a sum or a number, which may be planned.
    fn year(&mut self, take: &'a Take) -> Option<i32> {
        let part = take.part(self.row)?;
        Some(self.read_date(take, part, PLANNED)?.0.year())
    }

    /// The one date that a row says of something that has happened, and how it is meant.
    pub(super) fn date(&mut self, take: &'a Take) -> Option<(PrefixDate, DateQualifier)> {
        let part = take.part(self.row)?;
        self.read_date(take, part, PAST)
    }

    /// A date that lies at most so many years ahead.
    fn read_date(&mut self, take: &'a Take, part: &str, ahead: u32) -> Option<(PrefixDate, DateQualifier)> {
        let dates = self.frame.plan.dates;
        let date = cells::date(part, dates);
        if date.is_none() && take.otherwise == Otherwise::Refuse {
            self.problem(&take.columns(), &format!("{} {}", shown(part), cells::no_date(part, dates)));
        }
        let date = date?;
        if let Some(reason) = cells::too_late(date, self.frame.today, ahead) {
            self.problem(&take.columns(), &format!("{} {reason}", shown(part)));
            return None;
        }
        Some((date, take.meant))
    }
}

/// What has happened lies in the past.
const PAST: u32 = 0;
/// How many years after today an agreement may begin that is on record.
const BEGINS: u32 = 5;
/// How many years after today something may end that is planned: leases of land and rights of way run for 99.
const PLANNED: u32 = 99;

/// How many years after today a date of this field may lie. What a qualifier speaks of may be planned.
fn ahead(field: &Field) -> u32 {
    match (field.within, field.code.as_str()) {
        (In::Qualifier, _) | (_, "term_end") => PLANNED,
        (_, "term_start") => BEGINS,
        _ => PAST,
    }
}
