//! What an address asks of the set of cases, and what is said to it: the same for the list, its exports and the read API.

use casebook_core::{
    cases::{
        facets::{Filters, Parsed, Problem},
        search::Notice,
    },
    codebook::{Codebook, Field, FieldCode, Version},
    search::Note,
};

use crate::kit::{App, Error, Message, Pairs, Result, Visit};

/// The filters that an address asks for.
///
/// # Errors
/// [`Error::BadRequest`] with what is allowed, for a facet, code or order that is not.
pub(crate) fn parse(app: &App, pairs: &Pairs) -> Result<Parsed> {
    Filters::parse(pairs.iter(), &app.codebook).map_err(|problems| Error::BadRequest(refused(&problems)))
}

/// The filters that an address asks for, where it names nothing that now stands under another code; `address` is the same thing under other
/// filters (row R35).
///
/// # Errors
/// [`Error::Renamed`] with the newer address; and as [`parse`].
pub(crate) fn current(
    app: &App,
    pairs: &Pairs,
    address: impl FnOnce(&[(String, String)]) -> String,
) -> Result<Filters> {
    let Parsed { filters, moved } = parse(app, pairs)?;
    if moved { Err(Error::Renamed { address: address(&filters.pairs()) }) } else { Ok(filters) }
}

/// What a reader should know about a result, and about the filters that led to it.
pub(crate) fn notices(app: &App, visit: &Visit, filters: &Filters, notices: &[Notice]) -> Vec<String> {
    let of_codes = retired(&app.codebook, filters, visit.language.code()).into_iter().map(|ended| ended.words);
    of_codes.chain(notices.iter().map(notice)).map(|message| visit.text(message)).collect()
}

/// A filter names what is offered no more.
pub(crate) struct Ended {
    /// Several took its place; else nothing did.
    pub(crate) was_split: bool,
    /// What took its place, or why nothing did.
    pub(crate) words: Message,
}

/// What is said to filters that name retired fields and codes which stand for themselves.
pub(crate) fn retired(codebook: &Codebook, filters: &Filters, lang: &str) -> Vec<Ended> {
    let mut said = Vec::new();
    for (name, filter) in &filters.fields {
        let Some(field) = codebook.facet(name) else { continue };
        said.extend(field_note(codebook, field, lang));
        let codes = filter.any.union(&filter.not).filter_map(|code| field.code(code));
        said.extend(codes.filter_map(|code| code_note(field, code, lang)));
    }
    said
}

fn field_note(codebook: &Codebook, field: &Field, lang: &str) -> Option<Ended> {
    let successors: Vec<&str> = codebook.successors_of(field).map(|next| next.label(lang)).collect();
    let because = field.retired_because.as_ref().map_or("", |words| words.text(lang));
    Some(note(field.label(lang), field.retired?, &successors, because))
}

fn code_note(field: &Field, code: &FieldCode, lang: &str) -> Option<Ended> {
    let successors: Vec<&str> = field.successors(code).map(|next| next.label(lang)).collect();
    let because = code.retired_because.as_ref().map_or("", |words| words.text(lang));
    Some(note(code.label(lang), code.retired?, &successors, because))
}

fn note(label: &str, retired: Version, successors: &[&str], because: &str) -> Ended {
    let was_split = !successors.is_empty();
    let message = Message::new(if was_split { "list-note-split" } else { "list-note-given-up" });
    let message = message.with("label", label).with("version", retired.to_string());
    Ended { was_split, words: message.with("now", successors.join(", ")).with("because", because) }
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
