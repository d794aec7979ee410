//! How a field or a code ends: in which version, and what took its place, or why nothing did.

use std::collections::{HashMap, HashSet};

use serde::Deserialize;
use toml::Spanned;

use super::{Faults, RawCode, RawField, Text, Version, Words};

/// The codes of one field, or the fields of one place.
pub(super) type Family = HashMap<String, Fate>;

/// Whether one of them is retired, and what took its place.
pub(super) struct Fate {
    retired: bool,
    replaced_by: Vec<String>,
}

impl Fate {
    pub(super) fn of_field(field: &RawField) -> Self {
        Self::of(field.retired.is_some(), field.replaced_by.as_ref())
    }

    pub(super) fn of_code(code: &RawCode) -> Self {
        Self::of(code.retired.is_some(), code.replaced_by.as_ref())
    }

    fn of(retired: bool, replaced_by: Option<&Spanned<Successors>>) -> Self {
        Self { retired, replaced_by: replaced_by.map_or_else(Vec::new, |by| by.get_ref().to_vec()) }
    }
}

/// What took the place of something: one code, or several where it was split.
#[derive(Clone, Deserialize)]
#[serde(untagged, expecting = "a code such as \"water\", or several such as [\"water\", \"sewage\"]")]
pub(super) enum Successors {
    One(String),
    Several(Vec<String>),
}

impl Successors {
    pub(super) fn names(this: Option<Spanned<Self>>) -> Vec<String> {
        match this.map(Spanned::into_inner) {
            None => Vec::new(),
            Some(Self::One(name)) => vec![name],
            Some(Self::Several(names)) => names,
        }
    }

    fn to_vec(&self) -> Vec<String> {
        match self {
            Self::One(name) => vec![name.clone()],
            Self::Several(names) => names.clone(),
        }
    }
}

/// What the file says of the end of a field or a code.
pub(super) struct Retirement<'a> {
    code: &'a Spanned<String>,
    retired: Option<&'a Spanned<String>>,
    replaced_by: Option<&'a Spanned<Successors>>,
    has_reason: bool,
}

impl<'a> Retirement<'a> {
    pub(super) fn of_field(field: &'a RawField) -> Self {
        Self {
            code: &field.code,
            retired: field.retired.as_ref(),
            replaced_by: field.replaced_by.as_ref(),
            has_reason: field.retired_because.is_some(),
        }
    }

    pub(super) fn of_code(code: &'a RawCode) -> Self {
        Self {
            code: &code.code,
            retired: code.retired.as_ref(),
            replaced_by: code.replaced_by.as_ref(),
            has_reason: code.retired_because.is_some(),
        }
    }
}

impl Faults<'_> {
    /// The version in which something was retired: later than the one that first had it, and none that is still to come.
    pub(super) fn retired(
        &mut self,
        told: &Retirement<'_>,
        since: Version,
        newest: Version,
        family: Option<&Family>,
    ) -> Option<Version> {
        let code = told.code.get_ref();
        let Some(retired) = told.retired else {
            if let Some(by) = told.replaced_by {
                self.add(by.span().start, &format!("{code} is replaced but no version retired it (retired)"));
            } else if told.has_reason {
                self.at(told.code, &format!("{code} has a reason for its end but no version retired it (retired)"));
            }
            return None;
        };
        let Ok(version) = retired.get_ref().parse::<Version>() else {
            let reason =
                format!("{:?} is no version such as 0.2, the first that no longer has {code}", retired.get_ref());
            self.at(retired, &reason);
            return None;
        };
        if version > newest {
            let reason = format!("{code} is retired in {version}, later than the version of the file, {newest}");
            self.at(retired, &reason);
        } else if version <= since {
            let reason = format!("{code} is retired in {version}, but it was there only from {since} on");
            self.at(retired, &reason);
        }
        self.successors(told, family);
        Some(version)
    }

    /// Each successor leads to one that is current. Where there is none, a sentence says why.
    fn successors(&mut self, told: &Retirement<'_>, family: Option<&Family>) {
        let code = told.code.get_ref();
        let names = told.replaced_by.map_or_else(Vec::new, |by| by.get_ref().to_vec());
        if names.is_empty() && !told.has_reason {
            self.at(told.code, &format!("{code} is retired and nothing replaces it: say why (retired_because.en)"));
        }
        let at = told.replaced_by.map_or(0, |by| by.span().start);
        for name in &names {
            if let Some(reason) = family.and_then(|family| fault(code, name, family)) {
                self.add(at, &reason);
            }
        }
    }

    /// The reason for an end, where one is given.
    pub(super) fn because(&mut self, code: &Spanned<String>, words: Words) -> Option<Text> {
        words.is_some().then(|| self.words(code, "retired_because", words))
    }
}

/// What is wrong with a successor: each way on from it has to end at something that is current.
fn fault(code: &str, first: &str, family: &Family) -> Option<String> {
    let (mut waiting, mut seen) = (vec![first], HashSet::new());
    while let Some(name) = waiting.pop() {
        if name == code {
            return Some(format!("the successors of {code} lead back to it"));
        }
        if !seen.insert(name) {
            continue;
        }
        let Some(fate) = family.get(name) else {
            return Some(format!("{code} is replaced by {name}, which does not exist in the same field or place"));
        };
        if fate.retired && fate.replaced_by.is_empty() {
            return Some(format!("{code} is replaced by {name}, which is retired and has no successor"));
        }
        waiting.extend(fate.replaced_by.iter().map(String::as_str));
    }
    None
}
