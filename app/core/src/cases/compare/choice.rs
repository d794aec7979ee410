//! Which cases an address asks to see side by side, and which of them can be.

use std::{fmt, str::FromStr};

use crate::{
    Error, Result,
    cases::published::{self, Eyes, Published},
    db::Reading,
    ids::{CaseId, MalformedId},
    limits,
};

/// A case to be compared, as the address names it: `7K2MQX4T`, or `7K2MQX4T@3` for a revision. The address of the case's own page, as people
/// copy it, is read as well.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// The case.
    pub case: CaseId,
    /// The revision; the current one if none is named.
    pub revision: Option<u32>,
}

impl FromStr for Chosen {
    type Err = MalformedId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.trim().split_once("/cases/") {
            Some((_, path)) => Self::of_address(path),
            None => Self::of_name(text.trim()),
        }
    }
}

impl Chosen {
    fn of_name(name: &str) -> Result<Self, MalformedId> {
        let (case, revision) = match name.split_once('@') {
            Some((case, revision)) => (case, Some(number(revision)?)),
            None => (name, None),
        };
        Ok(Self { case: case.parse()?, revision })
    }

    /// What follows in the address of a case: `7K2MQX4T`, `7K2MQX4T/r/3`, with an ending, a slug or a query.
    fn of_address(path: &str) -> Result<Self, MalformedId> {
        let path = path.split(['?', '#']).next().unwrap_or_default();
        let mut parts = path.split('/').map(|part| part.split('.').next().unwrap_or_default());
        let named = Self::of_name(parts.next().unwrap_or_default())?;
        match (parts.next(), parts.next()) {
            (Some("r" | "revisions"), Some(revision)) => Ok(Self { revision: Some(number(revision)?), ..named }),
            _ => Ok(named),
        }
    }
}

fn number(revision: &str) -> Result<u32, MalformedId> {
    revision.parse().map_err(|_| MalformedId)
}

impl fmt::Display for Chosen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.revision {
            Some(revision) => write!(f, "{}@{revision}", self.case),
            None => write!(f, "{}", self.case),
        }
    }
}

/// What an address names, before anything is looked up.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choice {
    /// The cases, each once.
    pub cases: Vec<Chosen>,
    /// Those that it names again.
    pub again: Vec<Chosen>,
    /// What is no id of a case.
    pub no_ids: Vec<String>,
    /// How many names follow on [`limits::COMPARED_NAMED`] others; they are not looked at.
    pub beyond: usize,
}

/// Reads what an address names; a case named twice stands once.
#[must_use]
pub fn choose<T: AsRef<str>>(named: impl IntoIterator<Item = T>) -> Choice {
    let mut choice = Choice::default();
    for name in named {
        choice.take(name.as_ref().trim());
    }
    choice
}

impl Choice {
    fn take(&mut self, name: &str) {
        if name.is_empty() {
            return;
        }
        let is_full = self.cases.len() + self.no_ids.len() >= limits::COMPARED_NAMED;
        match name.parse::<Chosen>() {
            Ok(one) if self.cases.contains(&one) => put(&mut self.again, one),
            _ if is_full => self.beyond += 1,
            Ok(one) => self.cases.push(one),
            Err(MalformedId) => put(&mut self.no_ids, name.to_owned()),
        }
    }
}

/// What of a choice can stand side by side.
#[derive(Debug, Clone, Default)]
pub struct Fitting {
    /// The cases.
    pub cases: Vec<Published>,
    /// The same as the address names them, in the same order.
    pub chosen: Vec<Chosen>,
    /// What cannot be compared. Why is not told here: whether a case never was or is hidden is told by its own address alone.
    pub unfit: Vec<Chosen>,
    /// What would stand there twice, since the address names it again or by two names.
    pub again: Vec<Chosen>,
    /// What is no id of a case.
    pub no_ids: Vec<String>,
    /// How many names were not looked at.
    pub beyond: usize,
}

impl Fitting {
    /// Whether there are more cases than can stand side by side.
    #[must_use]
    pub fn is_crowd(&self) -> bool {
        self.cases.len() > limits::COMPARED
    }

    fn holds(&self, case: &Published) -> bool {
        let same = |other: &Published| {
            other.document.id == case.document.id && other.document.revision == case.document.revision
        };
        self.cases.iter().any(same)
    }
}

/// Looks up the cases of a choice. One that was merged is that which took it in, unless a revision of it is named.
///
/// # Errors
/// Those of the database.
pub fn look_up(r: &mut Reading, choice: Choice) -> Result<Fitting> {
    let Choice { cases, again, no_ids, beyond } = choice;
    let mut fitting = Fitting { again, no_ids, beyond, ..Fitting::default() };
    for one in cases {
        match find(r, &one)? {
            None => fitting.unfit.push(one),
            Some(case) if fitting.holds(&case) => put(&mut fitting.again, one),
            Some(case) => {
                fitting.cases.push(case);
                fitting.chosen.push(one);
            }
        }
    }
    Ok(fitting)
}

/// The case, if it may be read. One that stands in no list is found by its address, and this is one.
fn find(r: &mut Reading, one: &Chosen) -> Result<Option<Published>> {
    let found = match one.revision {
        Some(revision) => published::revision(r, &one.case, revision, Eyes::Public),
        None => published::find_wherever(r, &one.case, Eyes::Public),
    };
    match found {
        Ok(case) => Ok(Some(case)),
        Err(Error::NotFound | Error::Gone { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

fn put<T: PartialEq>(list: &mut Vec<T>, one: T) {
    if !list.contains(&one) {
        list.push(one);
    }
}
