//! Concerns beside their answers (rows S1, D1, D2).

use super::{Lens, Quote, Wait};
use crate::cases::document::{Answer, Contested, Document, Viewpoint, When};

/// A concern and what was answered to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// The viewpoint's id.
    pub id: String,
    /// What it is about.
    pub topic: String,
    /// Who raised it.
    pub concern: Voice,
    /// In words, what a reader should know of it.
    pub note: Option<Quote>,
    /// What was answered, in the order of the document.
    pub answers: Vec<Reply>,
    /// How long until the first answer; without an answer, for how long it has been open at least.
    pub wait: Wait,
}

/// Somebody's words with what is known of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Voice {
    /// The speaker's role.
    pub speaker: String,
    /// The words.
    pub words: Quote,
    /// Quoted rather than paraphrased.
    pub quoted: bool,
    /// When.
    pub date: Option<When>,
    /// Ids of sources.
    pub sources: Vec<String>,
}

/// An answer. That it exists does not mean that the concern is resolved.
#[derive(Debug, Clone, PartialEq)]
pub struct Reply {
    /// The answer's id.
    pub id: String,
    /// Who answered, and how.
    pub voice: Voice,
    /// What kind of answer it is, in the coder's eyes.
    pub kinds: Vec<String>,
    /// Whether a source contested it afterwards.
    pub contested: Option<Contested>,
}

pub(super) fn pairs(document: &Document, lens: &Lens<'_>) -> Vec<Pair> {
    document.viewpoints.iter().map(|viewpoint| pair(viewpoint, lens)).collect()
}

fn pair(viewpoint: &Viewpoint, lens: &Lens<'_>) -> Pair {
    let first = viewpoint.answers.iter().filter_map(|answer| answer.date).min_by_key(|date| date.order());
    let wait = if viewpoint.answers.is_empty() {
        Wait::open_since(viewpoint.date, lens.today)
    } else {
        Wait::between(viewpoint.date, first)
    };
    Pair {
        id: viewpoint.id.clone(),
        topic: lens.label("topic", viewpoint.topic.as_str()),
        concern: Voice {
            speaker: speaker(viewpoint.speaker.as_deref(), || lens.label("raised_by", viewpoint.raised_by.as_str())),
            words: (&viewpoint.concern).into(),
            quoted: viewpoint.quoted,
            date: viewpoint.date,
            sources: viewpoint.sources.clone(),
        },
        note: viewpoint.note.as_ref().map(Quote::from),
        answers: viewpoint.answers.iter().map(|answer| reply(answer, lens)).collect(),
        wait,
    }
}

fn reply(answer: &Answer, lens: &Lens<'_>) -> Reply {
    Reply {
        id: answer.id.clone(),
        voice: Voice {
            speaker: speaker(answer.speaker.as_deref(), || lens.label("answered_by", answer.answered_by.as_str())),
            words: (&answer.text).into(),
            quoted: answer.quoted,
            date: answer.date,
            sources: answer.sources.clone(),
        },
        kinds: answer.kinds.iter().map(|kind| lens.label("kinds", kind.as_str())).collect(),
        contested: answer.contested_after.clone(),
    }
}

/// The role in words where it was given, else the code's label.
fn speaker(words: Option<&str>, label: impl FnOnce() -> String) -> String {
    words.map_or_else(label, str::to_owned)
}
