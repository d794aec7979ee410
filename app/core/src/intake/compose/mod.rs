//! From answers to a document: every value is read strictly, every problem is said at once, and what may not be public is left behind.
//!
//! The account is a source that every statement cites; confidence is `possible`; moderators judge from there (schema.md sections 1 and 11).

mod head;
mod parties;
mod parts;
mod statements;
#[cfg(test)]
mod tests;
mod title;
mod values;

pub use parties::{OnRecord, typed_organisations};

use self::parties::Parties;
use super::{
    answers::Answers,
    form,
    problems::{self, Fault, Problems},
};
use crate::{
    cases::{
        document::{Disclosure, Document, Place, SCHEMA, Source, Text},
        generalise::{FullCase, Party, generalise},
        show::named_organisations,
    },
    clock::Quarter,
    codebook::{Code, Codebook, Field},
    ids::{CaseId, OrganisationId},
    organisations::Organisation,
    places::Gazetteer,
    random::Random,
    seal::contains_passphrase,
    secret::silent_debug,
    text::Names,
};

/// What answers are read against.
#[derive(Clone, Copy)]
pub struct Composer<'a> {
    /// The vocabulary.
    pub book: &'a Codebook,
    /// Cities and countries.
    pub gazetteer: &'a Gazetteer,
    /// All organisations on record: those that are typed are found among them, and those whose names would tell the place.
    pub organisations: &'a OnRecord,
    /// What is public of a source at this address (C18); its title, publisher, date, kind and reliability complete what was typed.
    pub known_source: &'a dyn Fn(&str) -> Option<Source>,
    /// The quarter in which the account would be published.
    pub quarter: Quarter,
    /// For ids.
    pub random: &'a dyn Random,
    /// Who coded: an alias.
    pub coder: &'a str,
}

/// A case made from answers.
#[derive(Clone)]
pub struct Composed {
    /// What would be public, exactly.
    pub document: Document,
    /// The organisations that the document names and that are not on record yet.
    pub organisations: Vec<Organisation>,
    /// The case as it is known. Never stored in plain.
    pub full: FullCase,
    /// The names that give the place away: to be marked in every text of a case whose place is not named.
    pub giveaways: Names,
}

silent_debug!(Composed);

impl Composer<'_> {
    /// Makes the document at a level of disclosure; without one, at the level that was chosen or that the kind of account suggests.
    ///
    /// # Errors
    /// Every problem at once, each with its input.
    pub fn compose(&self, answers: &Answers, level: Option<Disclosure>) -> Result<Composed, Problems> {
        let mut work = Work {
            on: self,
            answers,
            problems: Problems::default(),
            parties: Parties::new(self.organisations, self.random),
            lang: String::new(),
            account: None,
            sources: Vec::new(),
            named: Vec::new(),
        };
        work.refuse_passphrases();
        work.note_missing();
        let composed = work.case(level);
        if work.problems.is_empty()
            && let Some(composed) = composed
        {
            return Ok(composed);
        }
        Err(work.problems)
    }
}

/// One composition under way.
struct Work<'a> {
    on: &'a Composer<'a>,
    answers: &'a Answers,
    problems: Problems,
    parties: Parties<'a>,
    /// The language of the texts.
    lang: String,
    /// Id of the account, where there is one.
    account: Option<String>,
    /// Ids of the sources by their numbers in the form.
    sources: Vec<Option<String>>,
    /// Inputs in which an organisation is named that asks for its side.
    named: Vec<(String, OrganisationId)>,
}

impl Work<'_> {
    /// C6: the words that open a submission may stand in no field of a case.
    fn refuse_passphrases(&mut self) {
        for (name, value) in self.answers.pairs() {
            if contains_passphrase(value) {
                self.problems.add(name, Fault::new("intake-passphrase"));
            }
        }
    }

    fn note_missing(&mut self) {
        for name in form::missing(self.on.book, self.answers) {
            let key = if name == "city" { problems::CITY_OR_SIZE } else { problems::MISSING };
            self.problems.add(name, Fault::new(key));
        }
    }

    /// Reads everything, so that every problem is found; `None` where the head alone cannot be made.
    fn case(&mut self, level: Option<Disclosure>) -> Option<Composed> {
        self.lang =
            self.problems.check("language", values::language(self.answers.first("language"))).unwrap_or_default();
        let proximity = self.proximity();
        let level = level.or_else(|| self.level(proximity));
        let place = self.place(level);
        let account = proximity.and_then(|proximity| self.account(proximity));
        let mut sources = self.typed_sources();
        sources.extend(account);
        let agreements = self.agreements();
        let involvements = self.involvements();
        let (statements, agreements) = self.all_statements(agreements);
        let viewpoints = self.viewpoints();
        let timeline = self.timeline();
        let narrative = self.narrative();
        let kind = self.kind(&agreements, &statements);
        let given_title = self.line("title", crate::limits::TITLE);
        let summary = self.text("summary", crate::limits::SUMMARY);
        let (level, place, narrative) = (level?, place?, narrative?);
        let parties = self.sides(&place);
        self.ask_for_sides(level, &parties);
        let document = Document {
            schema: SCHEMA,
            vocabulary: self.on.book.version().to_string(),
            id: CaseId::draw(self.on.random),
            revision: 1,
            published: self.on.quarter,
            revised: self.on.quarter,
            coder: self.on.coder.to_owned(),
            kind,
            reference: false,
            related: Vec::new(),
            title: Text::new("", self.lang.as_str()),
            summary,
            narrative: vec![narrative],
            place: Place::Named { scope: place.scope, countries: Vec::new(), places: Vec::new() },
            agreements,
            involvements,
            statements,
            viewpoints,
            timeline,
            sources,
        };
        let giveaways = self.giveaways(level, &place, &parties);
        let full = FullCase { document, place, parties };
        Some(self.finish(full, level, given_title, giveaways))
    }

    fn finish(&mut self, full: FullCase, level: Disclosure, title: Option<String>, giveaways: Names) -> Composed {
        let mut document = generalise(full.clone(), level, self.on.gazetteer);
        let no_one = Parties::new(self.on.organisations, self.on.random);
        let new = std::mem::replace(&mut self.parties, no_one).into_new();
        document.title = match title {
            Some(title) => Text::new(title, self.lang.as_str()),
            None => Text::new(title::automatic(self.on, &document, &new), "en"),
        };
        let named = named_organisations(&document);
        let organisations = new.into_iter().filter(|record| named.contains(&record.id)).collect();
        Composed { document, organisations, full, giveaways }
    }

    /// Where the place is not named it must be clear whether an organisation would name it.
    fn ask_for_sides(&mut self, level: Disclosure, parties: &std::collections::BTreeMap<OrganisationId, Party>) {
        if level == Disclosure::Named {
            return;
        }
        for (input, id) in &self.named {
            if !matches!(parties.get(id), Some(Party::Public(_) | Party::Other)) {
                self.problems.add(format!("{input}.side"), Fault::new("intake-which-side"));
            }
        }
    }

    /// The code of a field that was chosen in an input; `None` where nothing was.
    fn code(&mut self, field: &Field, input: &str, raw: &str) -> Option<Code> {
        if raw.is_empty() {
            return None;
        }
        let known = field.code(raw).map(Code::from).ok_or_else(|| Fault::new("intake-unknown-code").text("typed", raw));
        self.problems.check(input, known)
    }

    /// A cleaned line; `None` where nothing was typed.
    fn line(&mut self, input: &str, most: usize) -> Option<String> {
        self.problems.check(input, values::line(self.answers.first(input), most)).flatten()
    }

    /// A cleaned text in the language of the account; `None` where nothing was typed.
    fn text(&mut self, input: &str, most: usize) -> Option<Text> {
        let words = self.problems.check(input, values::words(self.answers.first(input), most)).flatten()?;
        Some(Text::new(words, self.lang.as_str()))
    }

    /// The account, and the sources that were chosen for an input.
    fn cited(&self, input: &str) -> Vec<String> {
        let chosen = self.answers.all(&format!("{input}.sources")).iter();
        let numbers = chosen.filter_map(|number| number.parse::<usize>().ok()?.checked_sub(1));
        let mut cited: Vec<String> = self.account.iter().cloned().collect();
        for id in numbers.filter_map(|position| self.sources.get(position)?.clone()) {
            if !cited.contains(&id) {
                cited.push(id);
            }
        }
        cited
    }
}
