//! One input of an editor: where its value lies in a part, and how what was typed is read.

use std::sync::Arc;

use serde_json::Value as Json;
use url::Url;

use super::Body;
use crate::{dates::PrefixDate, ids::CaseId, intake::problems::Fault, limits, seal::contains_passphrase, text::clean};

/// Words of the interface: a label of the codebook, or a key of the messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Label {
    /// Key of a message.
    Key(&'static str),
    /// Words as they stand.
    Words(String),
}

/// A value on offer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What the input sends.
    pub code: String,
    /// Its name.
    pub label: String,
    /// It is on offer only where it stands already.
    pub retired: bool,
}

/// Whether a value can be chosen: it is on offer, or stands there already.
fn is_offered(choices: &[Choice], code: &str, standing: &[String]) -> bool {
    choices.iter().any(|choice| choice.code == code && (!choice.retired || standing.iter().any(|old| old == code)))
}

/// What an input takes.
#[derive(Debug, Clone)]
pub(super) enum Reads {
    /// One line of at most so many characters.
    Line(usize),
    /// Several lines of at most so many characters.
    Words(usize),
    /// One of a list.
    One(Arc<[Choice]>),
    /// Any of a list.
    Many(Arc<[Choice]>),
    /// A prefix date.
    Date,
    /// A number.
    Number,
    /// A number without fraction, such as a year.
    Whole,
    /// A web address.
    Address,
    /// The id of a case.
    Case,
    /// Yes or nothing.
    Flag,
    /// Nothing: the value was made coarser when the case was published, and stays as it is.
    Kept,
}

/// One input of a part.
#[derive(Debug, Clone)]
pub(super) struct Slot {
    /// Name of the input.
    pub(super) name: String,
    /// Where the value lies in the part.
    pub(super) path: Vec<String>,
    pub(super) label: Label,
    pub(super) help: String,
    pub(super) reads: Reads,
    /// The part cannot be without it.
    pub(super) required: bool,
    /// Where the value lies without which this one says nothing: a year's number, a qualifier's date.
    pub(super) beside: Option<Vec<String>>,
    /// What is meant where nothing was chosen.
    pub(super) preset: Option<&'static str>,
    /// Shown on request.
    pub(super) folded: bool,
}

impl Slot {
    /// An input whose value lies at `path`, such as `concern.text`.
    pub(super) fn new(name: String, path: &str, label: Label, reads: Reads) -> Self {
        Self {
            name,
            path: steps(path),
            label,
            reads,
            help: String::new(),
            required: false,
            beside: None,
            preset: None,
            folded: false,
        }
    }

    pub(super) fn required(self) -> Self {
        Self { required: true, ..self }
    }

    pub(super) fn beside(self, path: &str) -> Self {
        Self { beside: Some(steps(path)), ..self }
    }

    pub(super) fn preset(self, value: &'static str) -> Self {
        Self { preset: Some(value), ..self }
    }

    pub(super) fn folded(self) -> Self {
        Self { folded: true, ..self }
    }

    pub(super) fn helped(self, help: impl Into<String>) -> Self {
        Self { help: help.into(), ..self }
    }

    /// The most characters that it takes.
    pub(super) fn most(&self) -> Option<usize> {
        match self.reads {
            Reads::Line(most) | Reads::Words(most) => Some(most),
            Reads::Address => Some(limits::ADDRESS),
            Reads::Case => Some(CaseId::LENGTH),
            _ => None,
        }
    }

    /// What stands in the part, as the input shows it.
    pub(super) fn values_in(&self, part: &Body) -> Vec<String> {
        match find(part, &self.path) {
            Some(Json::String(text)) => vec![text.clone()],
            Some(Json::Number(number)) => vec![plain(number)],
            Some(Json::Bool(true)) => vec!["yes".to_owned()],
            Some(Json::Array(items)) => items.iter().filter_map(Json::as_str).map(str::to_owned).collect(),
            _ => Vec::new(),
        }
    }

    /// Reads what was typed, where `standing` stood before; `None` where nothing was.
    pub(super) fn parse(&self, typed: &[String], standing: &[String]) -> Result<Option<Json>, Fault> {
        let first = typed.first().map_or("", String::as_str).trim();
        if let Reads::Many(choices) = &self.reads {
            let chosen: Vec<&String> = typed.iter().filter(|code| !code.is_empty()).collect();
            let known = chosen.iter().all(|code| is_offered(choices, code, standing));
            let value = (!chosen.is_empty()).then(|| chosen.into_iter().cloned().collect::<Vec<_>>().into());
            return if known { Ok(value) } else { Err(Fault::new("moderation-not-on-list")) };
        }
        if first.is_empty() {
            return match self.preset {
                Some(value) => Ok(Some(value.into())),
                None if self.required => Err(Fault::new("moderation-missing")),
                None => Ok(None),
            };
        }
        self.parse_one(first, standing)
    }

    fn parse_one(&self, typed: &str, standing: &[String]) -> Result<Option<Json>, Fault> {
        let value = match &self.reads {
            Reads::Line(most) => text(&typed.split_whitespace().collect::<Vec<_>>().join(" "), *most)?.into(),
            Reads::Words(most) => text(&typed.replace("\r\n", "\n"), *most)?.into(),
            Reads::One(choices) if is_offered(choices, typed, standing) => typed.into(),
            Reads::One(_) => return Err(Fault::new("moderation-not-on-list")),
            Reads::Date => {
                typed.parse::<PrefixDate>().map_err(|_| Fault::new("moderation-no-date"))?.to_string().into()
            }
            Reads::Number => number(typed)?.into(),
            Reads::Whole => typed.parse::<i64>().map_err(|_| Fault::new("moderation-no-whole-number"))?.into(),
            Reads::Address => address(typed)?.into(),
            Reads::Case => typed.parse::<CaseId>().map_err(|_| Fault::new("moderation-no-case-id"))?.to_string().into(),
            Reads::Flag => true.into(),
            Reads::Many(_) | Reads::Kept => return Ok(None),
        };
        Ok(Some(value))
    }
}

/// Cleans a text, and refuses one that is too long or holds a passphrase.
fn text(typed: &str, most: usize) -> Result<String, Fault> {
    let text = clean(typed);
    if contains_passphrase(&text) {
        return Err(Fault::new("moderation-passphrase"));
    }
    let length = text.chars().count();
    if length > most {
        return Err(Fault::new("moderation-too-long").number("most", most).number("length", length));
    }
    Ok(text)
}

/// A number as people write it: spaces between groups of digits are passed over.
fn number(typed: &str) -> Result<f64, Fault> {
    let digits: String = typed.chars().filter(|c| !c.is_whitespace() && *c != '\'').collect();
    match digits.parse::<f64>() {
        Ok(number) if number.is_finite() && number >= 0.0 => Ok(number),
        _ => Err(Fault::new("moderation-no-number")),
    }
}

fn address(typed: &str) -> Result<String, Fault> {
    let fits = typed.chars().count() <= limits::ADDRESS
        && Url::parse(typed).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.username().is_empty());
    if fits { Ok(typed.to_owned()) } else { Err(Fault::new("moderation-no-address")) }
}

fn plain(number: &serde_json::Number) -> String {
    match number.as_f64() {
        Some(value) if number.as_i64().is_none() => format!("{value}"),
        _ => number.to_string(),
    }
}

fn steps(path: &str) -> Vec<String> {
    path.split('.').map(str::to_owned).collect()
}

/// The value at a path.
pub(super) fn find<'j>(part: &'j Body, path: &[String]) -> Option<&'j Json> {
    let (first, rest) = path.split_first()?;
    let value = part.get(first)?;
    if rest.is_empty() { Some(value) } else { find(value.as_object()?, rest) }
}

/// Puts the parsed values of a part's inputs in place of those that it had.
///
/// A value without the one that it stands beside is a problem, unless it is what the page chose by itself.
pub(super) fn put(part: &mut Body, parsed: &[(&Slot, Option<Json>)]) -> Vec<(String, Fault)> {
    for (slot, _) in parsed.iter().filter(|(slot, _)| !matches!(slot.reads, Reads::Kept)) {
        remove(part, &slot.path[..slot.path.len().saturating_sub(1).max(1)]);
    }
    let is_there = |path: &[String]| parsed.iter().any(|(slot, value)| slot.path == path && value.is_some());
    let mut problems = Vec::new();
    for (slot, value) in parsed {
        let Some(value) = value else { continue };
        let alone = slot.beside.as_ref().is_some_and(|path| !is_there(path));
        if !alone {
            set(part, &slot.path, value.clone());
        } else if slot.preset.is_none() {
            problems.push((slot.name.clone(), Fault::new("moderation-stands-alone")));
        }
    }
    problems
}

fn set(part: &mut Body, path: &[String], value: Json) {
    match path {
        [] => {}
        [last] => {
            part.insert(last.clone(), value);
        }
        [first, rest @ ..] => {
            let inner = part.entry(first.clone()).or_insert_with(|| Json::Object(Body::new()));
            if let Json::Object(inner) = inner {
                set(inner, rest, value);
            }
        }
    }
}

fn remove(part: &mut Body, path: &[String]) {
    match path {
        [] => {}
        [last] => {
            part.remove(last);
        }
        [first, rest @ ..] => {
            if let Some(Json::Object(inner)) = part.get_mut(first) {
                remove(inner, rest);
            }
        }
    }
}
