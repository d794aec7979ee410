//! Every text of the interface lies in `messages/LANGUAGE/*.ftl` (Project Fluent), one file per feature, and is compiled in.
//!
//! A key begins with the name of its file: `error-not-found` stands in `error.ftl`. `tests/it/messages.rs` checks that each key used
//! in a template or in Rust exists, and that each key that exists is used.

use std::{borrow::Cow, collections::HashMap};

use casebook_core::seal::WordsProblem;
use fluent_templates::{LanguageIdentifier, Loader, fluent_bundle::FluentValue, langid, static_loader};

static_loader! {
    static MESSAGES = {
        locales: "./messages",
        fallback_language: "en",
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

/// A language that the interface speaks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Language {
    /// The language of the addresses without a language in front.
    #[default]
    English,
}

impl Language {
    /// The BCP 47 code, such as `en`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::English => "en",
        }
    }

    fn identifier(self) -> LanguageIdentifier {
        match self {
            Self::English => langid!("en"),
        }
    }
}

/// A value put into a message: a number (which can decide the plural) or a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arg {
    /// A number, grouped as the language does.
    Number(i64),
    /// A text, put in as it is.
    Text(String),
}

/// What can be put into a message.
pub trait ToArg {
    /// The value as a message takes it.
    fn to_arg(&self) -> Arg;
}

impl<T: ToArg + ?Sized> ToArg for &T {
    fn to_arg(&self) -> Arg {
        (**self).to_arg()
    }
}

macro_rules! number_args {
    ($($number:ty),*) => {$(
        impl ToArg for $number {
            fn to_arg(&self) -> Arg {
                Arg::Number(i64::try_from(*self).unwrap_or(i64::MAX))
            }
        }
    )*};
}
number_args!(i32, i64, u8, u16, u32, u64, usize);

macro_rules! text_args {
    ($($text:ty),*) => {$(
        impl ToArg for $text {
            fn to_arg(&self) -> Arg {
                Arg::Text(self.to_string())
            }
        }
    )*};
}
text_args!(str, String, Cow<'_, str>);

impl ToArg for Arg {
    fn to_arg(&self) -> Arg {
        self.clone()
    }
}

/// A text that is still to be put into a language: a key with its values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    key: Cow<'static, str>,
    args: Vec<(Cow<'static, str>, Arg)>,
}

impl Message {
    /// A message without values yet.
    #[must_use]
    pub fn new(key: impl Into<Cow<'static, str>>) -> Self {
        Self { key: key.into(), args: Vec::new() }
    }

    /// Puts in a value under the name that the message gives it.
    #[must_use]
    pub fn with(mut self, name: impl Into<Cow<'static, str>>, value: impl ToArg) -> Self {
        self.args.push((name.into(), value.to_arg()));
        self
    }

    /// The key.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The values with their names.
    #[must_use]
    pub fn args(&self) -> &[(Cow<'static, str>, Arg)] {
        &self.args
    }

    /// The text in `language`; the key itself where no file has it (a test keeps that from happening).
    #[must_use]
    pub fn text(&self, language: Language) -> String {
        let args: HashMap<Cow<'static, str>, FluentValue<'_>> = self
            .args
            .iter()
            .map(|(name, value)| {
                let value = match value {
                    Arg::Number(number) => FluentValue::from(*number),
                    Arg::Text(text) => FluentValue::from(text.as_str()),
                };
                (name.clone(), value)
            })
            .collect();
        MESSAGES
            .try_lookup_complete(&language.identifier(), &self.key, Some(&args))
            .unwrap_or_else(|| self.key.clone().into_owned())
    }
}

impl From<&'static str> for Message {
    fn from(key: &'static str) -> Self {
        Self::new(key)
    }
}

impl From<WordsProblem> for Message {
    fn from(problem: WordsProblem) -> Self {
        match problem {
            WordsProblem::NotInList(place) => Self::new("form-words-not-in-list").with("place", place),
            WordsProblem::Count { found, expected } => {
                Self::new("form-words-count").with("found", found).with("expected", expected)
            }
            WordsProblem::Checksum => Self::new("form-words-checksum"),
        }
    }
}

/// The text under `key`, which takes no values.
#[must_use]
pub fn text(language: Language, key: &str) -> String {
    MESSAGES.try_lookup(&language.identifier(), key).unwrap_or_else(|| key.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_decides_the_plural_and_texts_are_put_in_as_they_are() {
        let one = Message::new("form-problems-title").with("n", 1);
        let two = Message::new("form-problems-title").with("n", 2_usize);
        assert_ne!(one.text(Language::English), two.text(Language::English));
        assert_eq!(Message::new("no-such-key").text(Language::English), "no-such-key");
    }
}
