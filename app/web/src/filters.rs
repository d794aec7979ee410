//! What an address asks of the set of cases, and what is said to it: the same for the list, its exports and the read API.

use casebook_core::{
    cases::{
        facets::{Filters, Parsed, Problem},
        search::Notice,
    },
    search::Note,
};

use crate::kit::{App, Error, Message, Pairs, Result};

/// The filters that an address asks for.
///
/// # Errors
/// [`Error::BadRequest`] with what is allowed, for a facet, code or order that is not.
pub(crate) fn parse(app: &App, pairs: &Pairs) -> Result<Parsed> {
    Filters::parse(pairs.iter(), &app.codebook).map_err(|problems| Error::BadRequest(refused(&problems)))
}

/// The first thing that cannot be used, in words.
pub(crate) fn refused(problems: &[Problem]) -> Message {
    problems.first().map_or_else(|| Message::new("list-refused"), refusal)
}

/// What cannot be used and what could stand in its place.
pub(crate) fn refusal(problem: &Problem) -> Message {
    let key = match (problem.unknown_name, problem.allowed.is_empty()) {
        (true, _) => "list-unknown-name",
        (false, true) => "list-unknown-value",
        (false, false) => "list-unknown-code",
    };
    Message::new(key)
        .with("name", &problem.name)
        .with("value", &problem.value)
        .with("allowed", problem.allowed.join(", "))
}

/// What a reader should know about a result.
pub(crate) fn notice(notice: &Notice) -> Message {
    match notice {
        Notice::Words(Note::Cut) => Message::new("list-note-too-long"),
        Notice::Words(_) => Message::new("list-note-plain"),
        Notice::TitlesOnly => Message::new("list-note-titles-only"),
        Notice::Incomplete => Message::new("list-note-incomplete"),
        Notice::PastTheEnd { asked } => Message::new("list-note-past-the-end").with("n", *asked),
    }
}
