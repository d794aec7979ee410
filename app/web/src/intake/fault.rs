//! What the core says is wrong with answers, in words.

use casebook_core::intake::problems::{Argument, Fault, Problems};

use crate::kit::{Language, Message};

/// What is wrong with one input, as a page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// The input's name.
    pub input: String,
    /// What is wrong and what would be right.
    pub words: String,
}

/// Every problem in words.
pub(super) fn told(problems: &Problems, language: Language) -> Vec<Wrong> {
    let wrong =
        problems.iter().map(|problem| Wrong { input: problem.input.clone(), words: words(&problem.fault, language) });
    wrong.collect()
}

pub(super) fn words(fault: &Fault, language: Language) -> String {
    let mut message = Message::new(fault.key);
    for (name, argument) in &fault.args {
        message = match argument {
            Argument::Number(number) => message.with(*name, *number),
            Argument::Text(text) => message.with(*name, text),
        };
    }
    message.text(language)
}
