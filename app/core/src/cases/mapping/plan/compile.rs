//! Working a mapping out: each column must be in the table and each code in the vocabulary; every fault with its line.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::{Origin, Plan, Take, parts, viewpoints};
use crate::{
    Error, Result,
    cases::{
        mapping::{
            Mapping, near,
            read::Fault,
            shape::{Otherwise, TakeShape, TakeWord, Word},
            template::Template,
        },
        publish::Vocabulary,
    },
    codebook::{Code, Field, In},
    dates::DateQualifier,
};

/// What the codes of a take must be.
#[derive(Clone, Copy)]
pub(super) enum Codes<'a> {
    /// Codes of a field.
    Of(&'a Field),
    /// Countries, by two letters.
    Countries,
    /// There are none.
    None,
}

/// The faults found so far, and the columns that were asked for.
pub(super) struct Compiler<'a> {
    mapping: &'a Mapping,
    header: &'a [String],
    pub(super) vocabulary: Vocabulary<'a>,
    faults: Vec<Fault>,
    used: BTreeSet<usize>,
}

pub(super) fn compile(mapping: &Mapping, header: &[String], vocabulary: Vocabulary<'_>) -> Result<Plan> {
    let mut compiler = Compiler { mapping, header, vocabulary, faults: mapping.unknown.clone(), used: BTreeSet::new() };
    let plan = compiler.plan();
    let Compiler { mut faults, used, .. } = compiler;
    faults.sort();
    faults.dedup();
    match plan {
        Some(plan) if faults.is_empty() => Ok(Plan { used: used.into_iter().collect(), ..plan }),
        _ => {
            Err(Error::Config(faults.iter().map(|(at, reason)| mapping.at(*at, reason)).collect::<Vec<_>>().join("\n")))
        }
    }
}

impl<'a> Compiler<'a> {
    pub(super) fn fault(&mut self, at: usize, reason: impl Into<String>) {
        self.faults.push((at, reason.into()));
    }

    fn plan(&mut self) -> Option<Plan> {
        let mapping = self.mapping;
        let shape = &mapping.shape;
        let names = parts::names(self, shape);
        let case = &shape.case;
        let kind = self.coded(&case.kind, In::Head, "kind");
        let narrative = parts::narrative(self, &shape.narrative);
        let title = self.template(&case.title);
        let summary = self.optional_template(case.summary.as_ref());
        let place = parts::place(self, &shape.place);
        let source = parts::source(self, &shape.source);
        let further = shape.further_source.iter().map(|one| parts::further(self, one)).collect::<Vec<_>>();
        let agreements = shape.agreement.iter().map(|one| self.template(&one.label)).collect::<Vec<_>>();
        let organisations = parts::organisations(self, &shape.organisation, &names);
        let fields = parts::fields(self, &shape.field, &names);
        let events = parts::events(self, &shape.event, &names);
        let viewpoints = viewpoints::all(self, &shape.viewpoint, &names);
        let language = self.language(&case.language);
        Some(Plan {
            decimal: shape.file.decimal,
            dates: shape.file.dates,
            kind: kind?,
            coder: case.coder.get_ref().trim().to_owned(),
            language,
            title: title?,
            summary,
            narrative,
            place: place?,
            source: source?,
            further: further.into_iter().collect::<Option<_>>()?,
            agreements: agreements.into_iter().collect::<Option<_>>()?,
            organisations,
            fields,
            events,
            viewpoints,
            used: Vec::new(),
        })
    }

    /// The position of a column.
    fn column(&mut self, name: &Word) -> Option<usize> {
        match find(self.header, name.get_ref()) {
            Ok(column) => {
                self.used.insert(column);
                Some(column)
            }
            Err(reason) => {
                self.fault(name.span().start, reason);
                None
            }
        }
    }

    /// A text with columns.
    pub(super) fn template(&mut self, text: &Word) -> Option<Template> {
        let header = self.header;
        match Template::read(text.get_ref(), &mut |name| find(header, name)) {
            Ok(template) => {
                self.used.extend(template.columns());
                Some(template)
            }
            Err(reason) => {
                self.fault(text.span().start, reason);
                None
            }
        }
    }

    pub(super) fn optional_template(&mut self, text: Option<&Word>) -> Option<Template> {
        self.template(text?)
    }

    /// A field of the vocabulary that this program needs for what is mapped.
    pub(super) fn field(&mut self, at: usize, within: In, code: &str) -> Option<&'a Field> {
        let field = self.vocabulary.codebook.field_in(within, code);
        if field.is_none() {
            self.fault(at, format!("the vocabulary has no field {code}"));
        }
        field
    }

    /// A code of a field.
    pub(super) fn code(&mut self, word: &Word, field: &Field) -> Option<Code> {
        match code_of(field, word.get_ref()) {
            Ok(code) => Some(code),
            Err(reason) => {
                self.fault(word.span().start, reason);
                None
            }
        }
    }

    /// A take whose values are codes of a field.
    pub(super) fn coded(&mut self, take: &TakeWord, within: In, field: &str) -> Option<Take> {
        let field = self.field(take.span().start, within, field)?;
        self.take(take, Codes::Of(field))
    }

    /// A take whose values are anything but codes.
    pub(super) fn plain(&mut self, take: Option<&TakeWord>) -> Option<Take> {
        self.take(take?, Codes::None)
    }

    /// What is taken from a row.
    pub(super) fn take(&mut self, word: &TakeWord, codes: Codes<'_>) -> Option<Take> {
        let (at, shape) = (word.span().start, word.get_ref());
        let from = match (&shape.value, &shape.column) {
            (Some(value), None) => Some(Origin::Value(value.get_ref().trim().to_owned())),
            (None, Some(column)) => self.column(column).map(Origin::Column),
            _ => {
                self.fault(at, "say either value = \"...\", the same for each row, or column = \"...\"");
                None
            }
        };
        let meanings = self.meanings(shape, codes);
        self.fitting(at, shape, codes);
        if let (Some(value), Codes::Of(field)) = (&shape.value, codes)
            && field.kind.is_coded()
        {
            self.code(value, field);
        }
        if shape.split.as_ref().is_some_and(|split| split.get_ref().is_empty()) {
            self.fault(at, "split is empty; say what stands between the values of a cell, such as \";\"");
        }
        let (kind, names) = (parts::kind(self, shape), parts::named(self, shape));
        Some(Take {
            from: from?,
            split: shape.split.as_ref().map(|split| split.get_ref().clone()),
            codes: meanings,
            otherwise: shape.otherwise,
            skip: shape.skip.iter().map(|cell| cell.trim().to_owned()).collect::<HashSet<_>>(),
            times: shape.times.unwrap_or(1.0),
            meant: shape.meant.unwrap_or(DateQualifier::Exact),
            kind,
            names,
        })
    }

    /// The cells of a take, and what they mean.
    fn meanings(&mut self, shape: &TakeShape, codes: Codes<'_>) -> HashMap<String, String> {
        let mut meanings = HashMap::new();
        for (cell, word) in &shape.codes {
            let fits = match codes {
                Codes::Of(field) => self.code(word, field).is_some(),
                Codes::Countries => self.country(word),
                Codes::None => {
                    self.fault(word.span().start, "what is taken here has no codes");
                    false
                }
            };
            if fits {
                meanings.insert(cell.trim().to_owned(), word.get_ref().clone());
            }
        }
        meanings
    }

    fn country(&mut self, word: &Word) -> bool {
        let is_known = self.vocabulary.gazetteer.country(word.get_ref()).is_some();
        if !is_known {
            self.fault(
                word.span().start,
                format!("no country has the code {:?}, two letters of ISO 3166", word.get_ref()),
            );
        }
        is_known
    }

    /// Refuses what says nothing here.
    fn fitting(&mut self, at: usize, shape: &TakeShape, codes: Codes<'_>) {
        let takes_other = matches!(codes, Codes::Of(field) if field.code("other").is_some());
        if shape.otherwise == Otherwise::Other && !takes_other {
            self.fault(at, "otherwise = \"other\" needs a field that has the code other; say \"skip\" or \"refuse\"");
        }
        if shape.times.is_some_and(|times| !times.is_finite() || times <= 0.0) {
            self.fault(at, "times is a number greater than 0");
        }
    }

    /// A language that the vocabulary has.
    pub(super) fn language(&mut self, word: &Word) -> String {
        if let Some(field) = self.field(word.span().start, In::Head, "language") {
            self.code(word, field);
        }
        word.get_ref().clone()
    }
}

/// The position of a column by its name.
fn find(header: &[String], name: &str) -> Result<usize, String> {
    let mut found = header.iter().enumerate().filter(|(_, column)| column.trim() == name.trim());
    match (found.next(), found.next()) {
        (Some((column, _)), None) => Ok(column),
        (Some((first, _)), Some((second, _))) => Err(format!(
            "the table has two columns {name:?}, at positions {} and {}; give one of them another name in its first row",
            first + 1,
            second + 1
        )),
        _ => {
            let columns: Vec<String> = header.iter().map(|column| format!("{column:?}")).collect();
            let near = near::did_you_mean(name, header.iter().map(String::as_str));
            Err(format!("the table has no column {name:?}; it has {}{near}", columns.join(", ")))
        }
    }
}

/// A code that a field has and still offers.
fn code_of(field: &Field, text: &str) -> Result<Code, String> {
    match field.code(text) {
        None => {
            let near = near::code_meant(text, field, std::iter::empty());
            Err(format!("{} has no code {text:?}; it has {}{near}", field.code, all_codes(field)))
        }
        Some(code) if code.retired.is_some() => {
            let next: Vec<&str> = field.successors(code).map(|next| next.code.as_str()).collect();
            let instead = if next.is_empty() { String::new() } else { format!("; use {}", next.join(" or ")) };
            Err(format!("{text} of {} is no longer in use{instead}", field.code))
        }
        Some(code) => Ok(code.into()),
    }
}

/// The codes that a field offers, in one line.
pub(in crate::cases::mapping) fn all_codes(field: &Field) -> String {
    field.current_codes().map(|code| code.code.as_str()).collect::<Vec<_>>().join(", ")
}
