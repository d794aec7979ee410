//! What is wrong with answers: every problem at once, each with the input it concerns, in words that the interface has.

use super::names;
use crate::codebook::Codebook;

/// What is put into the words of a problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Argument {
    /// A number, which can decide the plural.
    Number(usize),
    /// A text.
    Text(String),
}

/// Why one value was not understood: a key of the messages and what is put into them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Key of the message.
    pub key: &'static str,
    /// What is put into it.
    pub args: Vec<(&'static str, Argument)>,
}

impl Fault {
    /// A fault whose message needs nothing put in.
    #[must_use]
    pub fn new(key: &'static str) -> Self {
        Self { key, args: Vec::new() }
    }

    /// Puts a number into the message.
    #[must_use]
    pub fn number(mut self, name: &'static str, number: usize) -> Self {
        self.args.push((name, Argument::Number(number)));
        self
    }

    /// Puts a text into the message.
    #[must_use]
    pub fn text(mut self, name: &'static str, text: impl Into<String>) -> Self {
        self.args.push((name, Argument::Text(text.into())));
        self
    }
}

/// A required answer is not there.
pub const MISSING: &str = "intake-missing";
/// Neither the city nor its size is told.
pub const CITY_OR_SIZE: &str = "intake-city-or-size";

/// What is wrong with one input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The input's name.
    pub input: String,
    /// What is wrong.
    pub fault: Fault,
}

impl Problem {
    /// Whether something required was not answered yet, rather than answered wrongly.
    #[must_use]
    pub fn is_missing(&self) -> bool {
        matches!(self.fault.key, MISSING | CITY_OR_SIZE)
    }
}

/// Everything that is wrong.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Problems(Vec<Problem>);

impl Problems {
    /// Notes a problem; the same one only once.
    pub fn add(&mut self, input: impl Into<String>, fault: Fault) {
        let problem = Problem { input: input.into(), fault };
        if !self.0.contains(&problem) {
            self.0.push(problem);
        }
    }

    /// Takes the parsed value, or notes why there is none.
    pub fn check<T>(&mut self, input: &str, parsed: Result<T, Fault>) -> Option<T> {
        parsed.map_err(|fault| self.add(input, fault)).ok()
    }

    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Every problem, in the order in which it was found.
    pub fn iter(&self) -> impl Iterator<Item = &Problem> {
        self.0.iter()
    }

    /// The problems of one topic.
    #[must_use]
    pub fn of_topic(&self, topic: &str, book: &Codebook) -> Self {
        Self(self.0.iter().filter(|problem| names::topic_of(book, &problem.input) == Some(topic)).cloned().collect())
    }

    /// Only what was answered wrongly: what is shown when a topic is saved before everything is answered.
    #[must_use]
    pub fn without_missing(mut self) -> Self {
        self.0.retain(|problem| !problem.is_missing());
        self
    }
}
