//! What an address asks of the set of cases, and what is said to it: the same for the list, its exports and the read API.

use casebook_core::{
    cases::{
        facets::{COUNTRY, FieldFilter, Filters, Group, Parsed, Problem, VENDOR},
        search::Notice,
    },
    codebook::Codebook,
    organisations::Directory,
    places::Gazetteer,
    search::Note,
};

use crate::kit::{App, Error, Language, Message, Pairs, Result, messages};

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

/// Fields, codes and filters in words.
#[derive(Clone, Copy)]
pub(crate) struct Labels<'a> {
    pub(crate) codebook: &'a Codebook,
    pub(crate) gazetteer: &'a Gazetteer,
    /// The organisations that filters name.
    pub(crate) parties: &'a Directory,
    pub(crate) language: Language,
}

/// The words of this site's vocabulary; `parties` are the organisations that filters name.
pub(crate) fn labels<'a>(app: &'a App, parties: &'a Directory, language: Language) -> Labels<'a> {
    Labels { codebook: &app.codebook, gazetteer: &app.gazetteer, parties, language }
}

impl Labels<'_> {
    /// The label of a facet.
    pub(crate) fn field(self, field: &str) -> String {
        match field {
            VENDOR => messages::text(self.language, "list-vendor"),
            field => self.codebook.field(field).map_or(field, |found| found.label(self.language.code())).to_owned(),
        }
    }

    /// The label of one of its codes.
    pub(crate) fn code(self, field: &str, code: &str) -> String {
        match field {
            VENDOR => {
                let record = code.parse().ok().and_then(|id| self.parties.get(&id));
                record.map_or_else(|| code.to_owned(), |record| record.name().to_owned())
            }
            COUNTRY => self.gazetteer.country(code).map_or_else(|| code.to_owned(), |found| found.name.to_owned()),
            field => self.codebook.label(field, code, self.language.code()).to_owned(),
        }
    }

    /// Each filter that is set, in words, with what is left without it: the one place where a search is put into words.
    pub(crate) fn chosen(self, filters: &Filters) -> Vec<(String, Filters)> {
        let mut chosen = Vec::new();
        let first = Filters { page: 0, ..filters.clone() };
        if !filters.q.is_empty() {
            chosen
                .push((self.says("list-chosen-words", "", &filters.q), Filters { q: String::new(), ..first.clone() }));
        }
        for (field, filter) in &filters.fields {
            self.chosen_of(field, filter, filters, &mut chosen);
        }
        for reliability in &filters.evidence {
            let label = messages::text(self.language, "list-evidence");
            let value = self.code("reliability", reliability.code());
            chosen.push((self.says("list-chosen", &label, &value), filters.toggled_evidence(*reliability)));
        }
        if let Some(year) = filters.year_from {
            let words = self.says("list-chosen-year-from", "", &year.to_string());
            chosen.push((words, Filters { year_from: None, ..first.clone() }));
        }
        if let Some(year) = filters.year_to {
            let words = self.says("list-chosen-year-to", "", &year.to_string());
            chosen.push((words, Filters { year_to: None, ..first }));
        }
        chosen
    }

    fn chosen_of(self, field: &str, filter: &FieldFilter, filters: &Filters, chosen: &mut Vec<(String, Filters)>) {
        let label = self.field(field);
        let mut add = |key: &'static str, value: String, group: Group, code: &str| {
            chosen.push((self.says(key, &label, &value), filters.toggled(group, field, code)));
        };
        for code in &filter.any {
            add("list-chosen", self.code(field, code), Group::Any, code);
        }
        for code in &filter.not {
            add("list-chosen-not", self.code(field, code), Group::Not, code);
        }
        for status in &filter.status {
            add("list-chosen", self.code("status", status.code()), Group::Status, status.code());
        }
        for confidence in &filter.confidence {
            let value = self.code("confidence", confidence.code());
            add("list-chosen", value, Group::Confidence, confidence.code());
        }
    }

    /// All of a search in one line; empty where nothing is asked.
    pub(crate) fn words(self, filters: &Filters) -> String {
        self.chosen(filters).into_iter().map(|(words, _)| words).collect::<Vec<_>>().join(", ")
    }

    fn says(self, key: &'static str, label: &str, value: &str) -> String {
        Message::new(key).with("label", label).with("value", value).text(self.language)
    }
}
