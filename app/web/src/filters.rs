//! What an address asks of the set of cases, and what is said to it: the same for the list, its exports and the read API.

use casebook_core::{
    cases::{
        facets::{ANY, COUNTRY, FieldFilter, Filters, Group, Parsed, Problem, VENDOR},
        meant::Choice,
        search::Notice,
    },
    codebook::{Codebook, Field, FieldCode, Version},
    organisations::Directory,
    places::Gazetteer,
    search::{Note, WordField},
};

use crate::{
    kit::{App, Error, Language, Message, Pairs, Result, Visit, messages},
    words::people,
};

/// The names of the filters that stand for themselves; the others are those of fields.
pub(crate) const OF_SET: [&str; 9] = [
    "q",
    "evidence",
    "status",
    "confidence",
    "reliability",
    "year.from",
    "year.to",
    "population.from",
    "population.to",
];
/// What is asked of a page of the list beside the set.
const OF_LIST: [&str; 2] = ["sort", "page"];

/// Whether a name is that of a filter of a field.
pub(crate) fn is_of_field(name: &str) -> bool {
    name.split_once('.').is_some_and(|(first, _)| Group::ALL.into_iter().any(|group| group.prefix() == first))
}

/// The names of filters of fields, as they are told.
pub(crate) fn of_fields() -> impl Iterator<Item = String> {
    Group::ALL.into_iter().map(|group| format!("{}.FIELD", group.prefix()))
}

/// What the address of the list says that means nothing there, told with what could be asked for. The results are those of the rest.
pub(crate) fn passed_over(pairs: &Pairs) -> Option<Message> {
    let own = [OF_SET.as_slice(), OF_LIST.as_slice()].concat();
    let names = pairs.unknown(|name| is_of_field(name) || own.contains(&name))?;
    let allowed: Vec<String> = own.iter().map(|name| (*name).to_owned()).chain(of_fields()).collect();
    Some(Message::new("list-note-unknown-names").with("names", names).with("allowed", allowed.join(", ")))
}

/// The filters that an address asks for.
///
/// # Errors
/// [`Error::Parts`] with what is allowed, for a facet, code or order that is not.
pub(crate) fn parse(app: &App, pairs: &Pairs) -> Result<Parsed> {
    Filters::parse(pairs.iter(), &app.codebook).map_err(|problems| unreadable(&problems))
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
    let of_ranges = reversed(filters).into_iter().map(|range| range.words);
    of_codes.chain(of_ranges).chain(notices.iter().map(notice)).map(|message| visit.text(message)).collect()
}

/// A range that ends before it begins, so that no case fits.
pub(crate) struct Reversed {
    /// What is said of it.
    pub(crate) words: Message,
    /// The range turned round.
    pub(crate) meant: Message,
    /// The search with it.
    pub(crate) turned: Filters,
}

/// The ranges that end before they begin.
pub(crate) fn reversed(filters: &Filters) -> Vec<Reversed> {
    let first = Filters { page: 0, ..filters.clone() };
    let said = |key: &'static str, from: &str, to: &str| Message::new(key).with("from", from).with("to", to);
    let mut reversed = Vec::new();
    if let (Some(from), Some(to)) = (filters.year_from, filters.year_to)
        && from > to
    {
        let turned = Filters { year_from: Some(to), year_to: Some(from), ..first.clone() };
        let (from, to) = (from.to_string(), to.to_string());
        let words = said("list-note-reversed-years", &from, &to);
        reversed.push(Reversed { words, meant: said("list-turned-years", &to, &from), turned });
    }
    if let (Some(from), Some(to)) = (filters.population_from, filters.population_to)
        && from > to
    {
        let turned = Filters { population_from: Some(to), population_to: Some(from), ..first };
        let (from, to) = (people(from), people(to));
        let words = said("list-note-reversed-population", &from, &to);
        reversed.push(Reversed { words, meant: said("list-turned-population", &to, &from), turned });
    }
    reversed
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

/// The refusal of an address for parts of it that cannot be used; its page leads on to the rest.
pub(crate) fn unreadable(problems: &[Problem]) -> Error {
    let parts = problems.iter().map(|problem| (problem.name.clone(), problem.value.clone())).collect();
    Error::Parts { words: refused(problems), parts }
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
        (false, false) => bad_value(&problem.name),
    };
    Message::new(key)
        .with("name", &problem.name)
        .with("value", &problem.value)
        .with("allowed", problem.allowed.join(", "))
}

/// What is said where a value is none that this filter takes: of most it can be told which those are, of some only what they look like.
fn bad_value(name: &str) -> &'static str {
    match name.split_once('.') {
        Some(("population", _)) => "list-bad-population",
        Some(("year", _)) => "list-bad-year",
        Some(("f" | "not", COUNTRY)) => "list-bad-country",
        Some(("f" | "not", VENDOR)) => "list-bad-organisation",
        _ => "list-unknown-code",
    }
}

/// What a reader should know about a result.
pub(crate) fn notice(notice: &Notice) -> Message {
    match notice {
        Notice::Words(Note::Cut) => Message::new("list-note-too-long"),
        Notice::Words(Note::OpenQuote) => Message::new("list-note-open-quote"),
        Notice::Words(Note::UnknownField(unread)) => Message::new("list-note-unknown-field")
            .with("name", &unread.name)
            .with("value", &unread.value)
            .with("fields", fields_of_words()),
        Notice::Words(Note::NothingBehind(field)) => {
            Message::new("list-note-nothing-behind").with("name", field.name()).with("fields", fields_of_words())
        }
        Notice::Words(Note::NoOr) => Message::new("list-note-no-or"),
        Notice::Words(Note::NoWords) => Message::new("list-note-no-words"),
        Notice::Similar { cases } => Message::new("list-note-similar").with("n", *cases),
        Notice::TitlesOnly => Message::new("list-note-titles-only"),
        Notice::Incomplete => Message::new("list-note-incomplete"),
        Notice::PastTheEnd { asked } => Message::new("list-note-past-the-end").with("n", *asked),
    }
}

/// What may stand before a colon in a search, as it is told.
pub(crate) fn fields_of_words() -> String {
    WordField::ALL.map(WordField::name).join(", ")
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
            ANY => messages::text(self.language, "list-any-statement"),
            field => match self.codebook.facet(field).or_else(|| self.codebook.field(field)) {
                Some(found) => self.marked(found.label(self.language.code()), found.retired),
                None => field.to_owned(),
            },
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
            field => match self.codebook.field(field).and_then(|field| field.code(code)) {
                Some(found) => self.marked(found.label(self.language.code()), found.retired),
                None => code.to_owned(),
            },
        }
    }

    /// A label; of what is offered no more, with the version that retired it.
    fn marked(self, label: &str, retired: Option<Version>) -> String {
        let Some(version) = retired else { return label.to_owned() };
        let message = Message::new("list-retired").with("label", label).with("version", version.to_string());
        message.text(self.language)
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
            chosen.push((words, Filters { year_to: None, ..first.clone() }));
        }
        if let Some(number) = filters.population_from {
            let words = self.says("list-chosen-population-from", "", &people(number));
            chosen.push((words, Filters { population_from: None, ..first.clone() }));
        }
        if let Some(number) = filters.population_to {
            let words = self.says("list-chosen-population-to", "", &people(number));
            chosen.push((words, Filters { population_to: None, ..first }));
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
        for reliability in &filter.reliability {
            add("list-chosen", self.best_source(reliability.code()), Group::Reliability, reliability.code());
        }
    }

    /// What a filter chooses, in words.
    pub(crate) fn choice(self, choice: &Choice) -> String {
        match choice {
            Choice::Code { group, field, code } => {
                let key = if *group == Group::Not { "list-chosen-not" } else { "list-chosen" };
                self.says(key, &self.field(field), &self.code(field, code))
            }
            Choice::Year(year) => self.says("list-meant-year", "", &year.to_string()),
        }
    }

    /// What statements rest on at best.
    pub(crate) fn best_source(self, reliability: &str) -> String {
        Message::new("list-best-source").with("code", reliability).text(self.language)
    }

    /// All of a search in one line; empty where nothing is asked.
    pub(crate) fn words(self, filters: &Filters) -> String {
        self.chosen(filters).into_iter().map(|(words, _)| words).collect::<Vec<_>>().join(", ")
    }

    fn says(self, key: &'static str, label: &str, value: &str) -> String {
        Message::new(key).with("label", label).with("value", value).text(self.language)
    }
}
