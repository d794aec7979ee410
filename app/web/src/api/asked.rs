//! What a program asks of a set. It is stricter than a page: a misspelt name or an empty value is told, since nobody looks at the answer.

use casebook_core::{
    cases::{
        cursor::Cursor,
        facets::{Filters, Problem},
    },
    codebook::Codebook,
    limits,
};

use crate::{
    filters::{self, OF_SET},
    kit::{App, Error, Message, Pairs, Parameter, Result, problem::Fault},
};

/// What is asked of a page beside the set.
const OF_PAGE: [&str; 3] = ["sort", "limit", "cursor"];
/// What can be asked once only.
const SINGLE: [&str; 8] = ["q", "year.from", "year.to", "population.from", "population.to", "sort", "limit", "cursor"];

/// A set.
#[derive(Debug)]
pub(super) struct Set {
    pub(super) filters: Filters,
    /// A retired code was replaced by its successor: the program is led to the new address.
    pub(super) moved: bool,
}

/// A page of a set.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) set: Set,
    /// How many cases at most.
    pub(super) limit: usize,
    /// Where the page before ended.
    pub(super) cursor: Option<Cursor>,
}

impl Set {
    /// The set that an address asks for.
    ///
    /// # Errors
    /// [`Error::Parameter`] for the first part that cannot be used.
    pub(super) fn parse(app: &App, pairs: &Pairs) -> Result<Self> {
        check(pairs, &OF_SET)?;
        read(&app.codebook, pairs)
    }
}

impl Part {
    /// The page that an address asks for.
    ///
    /// # Errors
    /// [`Error::Parameter`] for the first part that cannot be used.
    pub(super) fn parse(app: &App, pairs: &Pairs) -> Result<Self> {
        check(pairs, &[OF_SET.as_slice(), OF_PAGE.as_slice()].concat())?;
        let set = read(&app.codebook, &pairs.without(&["limit", "cursor"]))?;
        let cursor = pairs.get("cursor").map(|text| cursor(text, &set.filters)).transpose()?;
        Ok(Self { limit: limit(pairs.get("limit"))?, cursor, set })
    }

    /// The pairs of this address, with another cursor.
    pub(super) fn pairs(&self, cursor: Option<&Cursor>) -> Vec<(String, String)> {
        let mut pairs = self.set.filters.pairs();
        if self.limit != limits::API_PAGE {
            pairs.push(("limit".to_owned(), self.limit.to_string()));
        }
        pairs.extend(cursor.map(|cursor| ("cursor".to_owned(), cursor.to_string())));
        pairs
    }
}

/// Names that there are, values that say something, and each value once that can be one only.
fn check(pairs: &Pairs, known: &[&str]) -> Result<()> {
    for (name, value) in pairs.iter() {
        if !filters::is_of_field(name) && !known.contains(&name) {
            let allowed = known.iter().map(|name| (*name).to_owned()).chain(filters::of_fields()).collect();
            return Err(refused(Fault::Unknown, name, value, allowed, "api-unknown-parameter"));
        }
        if value.trim().is_empty() && name != "q" {
            return Err(refused(Fault::Value, name, value, Vec::new(), "api-empty-value"));
        }
        if SINGLE.contains(&name) && pairs.all(name).count() > 1 {
            return Err(refused(Fault::Repeated, name, value, Vec::new(), "api-repeated-parameter"));
        }
    }
    Ok(())
}

fn read(codebook: &Codebook, pairs: &Pairs) -> Result<Set> {
    match Filters::parse(pairs.iter(), codebook) {
        Ok(parsed) => Ok(Set { filters: parsed.filters, moved: parsed.moved }),
        Err(problems) => Err(problems.into_iter().next().map_or_else(|| Error::BadRequest("list-refused".into()), of)),
    }
}

fn of(problem: Problem) -> Error {
    let fault = if problem.unknown_name { Fault::Unknown } else { Fault::Value };
    let words = filters::refusal(&problem);
    Parameter { fault, name: problem.name, value: problem.value, allowed: problem.allowed, words }.into()
}

fn limit(asked: Option<&str>) -> Result<usize> {
    let Some(asked) = asked else { return Ok(limits::API_PAGE) };
    let number = asked.parse::<usize>().ok().filter(|number| (1..=limits::API_PAGE_MOST).contains(number));
    number.ok_or_else(|| {
        let words = Message::new("api-bad-limit").with("most", limits::API_PAGE_MOST);
        let (name, value) = ("limit".to_owned(), asked.to_owned());
        Parameter { fault: Fault::Value, name, value, allowed: Vec::new(), words }.into()
    })
}

fn cursor(text: &str, filters: &Filters) -> Result<Cursor> {
    let cursor = text.parse::<Cursor>().ok().filter(|cursor| cursor.is_of(filters));
    cursor.ok_or_else(|| refused(Fault::Cursor, "cursor", text, Vec::new(), "api-bad-cursor"))
}

fn refused(fault: Fault, name: &str, value: &str, allowed: Vec<String>, key: &'static str) -> Error {
    let words = Message::new(key).with("name", name).with("allowed", allowed.join(", "));
    Parameter { fault, name: name.to_owned(), value: value.to_owned(), allowed, words }.into()
}
