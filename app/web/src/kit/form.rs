//! Forms: read as pairs, checked for forgery, parsed with every problem said at once, shown again as they were filled in.

use std::{borrow::Cow, future::Future, ops::Deref, pin::Pin};

use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header};
use casebook_core::limits;
use futures_util::StreamExt;

use super::{App, Area, Error, Language, Message, Pairs, Result, cookies::Kind, csrf};

/// What a form's pairs are made into: a struct of raw strings, which the domain's types are parsed from.
pub trait FromPairs: Sized {
    /// Takes the fields out of the pairs; a missing field is empty.
    fn from_pairs(pairs: &Pairs) -> Self;
}

impl FromPairs for Pairs {
    fn from_pairs(pairs: &Pairs) -> Self {
        pairs.clone()
    }
}

/// A posted form that is known to come from one of our pages. Replaces actix's `Form`.
#[derive(Debug)]
pub struct PostForm<T = Pairs> {
    fields: T,
    pairs: Pairs,
}

impl<T> PostForm<T> {
    /// The fields.
    #[must_use]
    pub fn into_inner(self) -> T {
        self.fields
    }

    /// What was sent, without the form token.
    #[must_use]
    pub fn pairs(&self) -> &Pairs {
        &self.pairs
    }
}

impl<T> Deref for PostForm<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.fields
    }
}

impl<T: FromPairs + 'static> FromRequest for PostForm<T> {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, payload) = (request.clone(), payload.take());
        Box::pin(async move {
            let pairs = Pairs::parse(&body(&request, payload).await?);
            check(&request, pairs.first(csrf::FIELD)).await?;
            let pairs = pairs.without(&[csrf::FIELD]);
            Ok(Self { fields: T::from_pairs(&pairs), pairs })
        })
    }
}

/// Refuses a form that is not ours. A contributor's cookie that nothing is saved under is as good as none: their text goes into a fresh
/// draft instead of being lost (protection.md section 7).
async fn check(request: &HttpRequest, sent: &str) -> Result<()> {
    let (app, area) = (App::of(request)?, Area::of(request.path()));
    let cookie = app.cookies.read(request, Kind::of(area));
    let ours = |origin: &str| app.origins.is_ours(request, origin);
    let checked = csrf::check(request.headers(), cookie.as_ref(), sent, ours);
    if let Some(cookie) = cookie
        && checked.is_err()
        && area == Area::Contributor
        && !app.has_draft(cookie).await?
    {
        return csrf::check(request.headers(), None, sent, ours);
    }
    checked
}

/// Reads a body of at most [`limits::BODY`] bytes. Somewhat more is read and thrown away, so that the browser gets to see the answer.
pub(super) async fn body(request: &HttpRequest, mut payload: Payload) -> Result<Vec<u8>> {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if !kind.to_ascii_lowercase().starts_with("application/x-www-form-urlencoded") {
        return Err(Error::BadRequest("error-form-kind".into()));
    }
    let mut body = Vec::new();
    let mut length = 0_usize;
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|_| Error::BadRequest("error-form-broken".into()))?;
        length = length.saturating_add(chunk.len());
        if length <= limits::BODY {
            body.extend_from_slice(&chunk);
        } else if length > limits::BODY * 16 {
            break;
        }
    }
    if length > limits::BODY { Err(Error::TooLarge) } else { Ok(body) }
}

/// What is wrong with one input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The input's name; empty where it is about the form as a whole.
    pub input: Cow<'static, str>,
    /// What is wrong and what would be right.
    pub message: Message,
}

/// Everything that is wrong with a form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Problems(Vec<Problem>);

impl Problems {
    /// Nothing wrong yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// One problem alone.
    #[must_use]
    pub fn one(input: impl Into<Cow<'static, str>>, message: impl Into<Message>) -> Self {
        let mut problems = Self::new();
        problems.add(input, message);
        problems
    }

    /// Notes a problem.
    pub fn add(&mut self, input: impl Into<Cow<'static, str>>, message: impl Into<Message>) {
        self.0.push(Problem { input: input.into(), message: message.into() });
    }

    /// Takes the parsed value, or notes why there is none.
    pub fn check<T, E: Into<Message>>(
        &mut self,
        input: impl Into<Cow<'static, str>>,
        parsed: Result<T, E>,
    ) -> Option<T> {
        match parsed {
            Ok(value) => Some(value),
            Err(message) => {
                self.add(input, message);
                None
            }
        }
    }

    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Every problem in the order of the form.
    pub fn iter(&self) -> impl Iterator<Item = &Problem> {
        self.0.iter()
    }
}

/// A form to be shown: what stands in its fields, and what is wrong with them.
#[derive(Debug, Clone, Default)]
pub struct Filled {
    values: Pairs,
    problems: Problems,
    language: Language,
}

impl Filled {
    /// A form with these values and nothing wrong.
    #[must_use]
    pub fn with(values: Pairs) -> Self {
        Self { values, ..Self::default() }
    }

    /// A form shown again.
    #[must_use]
    pub fn again(values: Pairs, problems: Problems) -> Self {
        Self { values, problems, language: Language::default() }
    }

    /// Everything that stands in its fields, in order.
    #[must_use]
    pub fn values(&self) -> &Pairs {
        &self.values
    }

    /// The value of a field; empty where there is none.
    #[must_use]
    pub fn value(&self, name: &str) -> &str {
        self.values.first(name)
    }

    /// Whether `value` was chosen in a field of choices.
    #[must_use]
    pub fn has(&self, name: &str, value: &str) -> bool {
        self.values.all(name).any(|chosen| chosen == value)
    }

    /// Whether the field was sent at all: a ticked box.
    #[must_use]
    pub fn ticked(&self, name: &str) -> bool {
        self.values.has(name)
    }

    /// What is wrong with a field.
    #[must_use]
    pub fn problem(&self, name: &str) -> Option<String> {
        self.problems.iter().find(|problem| problem.input == name).map(|problem| problem.message.text(self.language))
    }

    /// Everything that is wrong: name of the input and words, for the list at the top.
    #[must_use]
    pub fn problems(&self) -> Vec<(String, String)> {
        self.problems
            .iter()
            .map(|problem| (problem.input.clone().into_owned(), problem.message.text(self.language)))
            .collect()
    }

    /// Whether anything is wrong.
    #[must_use]
    pub fn has_problems(&self) -> bool {
        !self.problems.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_problem_is_said_at_once_and_what_was_typed_is_kept() {
        let mut problems = Problems::new();
        let number = problems.check("number", "x".parse::<u8>().map_err(|_| "form-problem"));
        let text = problems.check("text", Ok::<_, Message>("fine"));
        assert_eq!((number, text), (None, Some("fine")));
        problems.add("", "form-problem");
        let form = Filled::again(Pairs::parse(b"number=x&choice=a&choice=b"), problems);
        assert_eq!(form.value("number"), "x");
        assert!(form.has("choice", "b") && !form.has("choice", "c"));
        assert_eq!(form.problems().len(), 2);
        assert!(form.problem("number").is_some() && form.problem("text").is_none());
    }
}
