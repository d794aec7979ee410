//! The words of a search as people type them.
//!
//! `smart city "street light" -camera vendor:huawei country:de`: every word must match, a phrase as it stands, a minus excludes, a field
//! name looks in that field alone, and the last word may be unfinished (as may one that ends with `*`). Plain text is never an error: what
//! cannot be read as meant is searched plainly, and notes say so. Before a colon may stand what is no field, as in `vednor:huawei`: then
//! what follows is searched anywhere, since the name would only keep it from being found.

use super::words;
use crate::limits;

/// How many words and phrases one search may have; each is a walk through the dictionary.
pub const MOST_CLAUSES: usize = 24;
/// How many unknown fields are told of at most; the sentence about one says what holds for all.
const MOST_UNKNOWN: usize = 5;

/// What to look for: all of `all`, none of `none`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct WordQuery {
    /// Each of these must match.
    pub all: Vec<Clause>,
    /// None of these may match.
    pub none: Vec<Clause>,
}

impl WordQuery {
    /// Whether nothing is asked, so that every case fits.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.all.is_empty() && self.none.is_empty()
    }
}

/// A word or a phrase, and where it should stand.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Clause {
    /// The field it must stand in; anywhere if none is named.
    pub field: Option<WordField>,
    /// The words as typed, without quotes and signs.
    pub text: String,
    /// How they are meant.
    pub kind: ClauseKind,
}

/// How a clause is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ClauseKind {
    /// A word; typing mistakes are forgiven.
    Word,
    /// A word that may be the beginning of a longer one.
    Prefix,
    /// Words in this order, as written.
    Phrase,
}

/// A part of a case that can be searched by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WordField {
    /// The title.
    Title,
    /// Names of places and countries.
    Place,
    /// Names of the organisations involved.
    Vendor,
    /// Country codes and names of countries.
    Country,
}

impl WordField {
    /// All fields, in the order in which help pages list them.
    pub const ALL: [Self; 4] = [Self::Title, Self::Place, Self::Vendor, Self::Country];

    /// What people write before the colon.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Place => "place",
            Self::Vendor => "vendor",
            Self::Country => "country",
        }
    }

    fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.name().eq_ignore_ascii_case(name))
    }
}

/// Something like `FIELD:WORD` in a search, whose field is none of [`WordField`]. The word was searched anywhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// What stands before the colon.
    pub name: String,
    /// What stands behind it, without quotes.
    pub value: String,
    /// Whether a minus stands before it.
    pub minus: bool,
    /// The search without it.
    pub rest: String,
}

/// Why a search was not taken quite as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// It was cut at `limits::QUERY` characters or `MOST_CLAUSES` words.
    Cut,
    /// A quote was opened and not closed: the words were searched one by one.
    OpenQuote,
    /// Something before a colon is not a field.
    UnknownField(Unread),
    /// Behind a field and its colon stands nothing: both were searched plainly.
    NothingBehind(WordField),
    /// `OR` between words has no meaning here: all of them were searched.
    NoOr,
    /// There was no letter and no digit in it.
    NoWords,
}

impl Note {
    /// Whether a reader learns nothing from the other note beside this one.
    fn says_the_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::UnknownField(one), Self::UnknownField(other)) => {
                (&one.name, &one.value, one.minus) == (&other.name, &other.value, other.minus)
            }
            _ => self == other,
        }
    }
}

/// A search as understood.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parsed {
    /// What is looked for.
    pub query: WordQuery,
    /// What the reader should know about it.
    pub notes: Vec<Note>,
}

/// Reads what somebody typed. Never fails.
#[must_use]
pub fn parse(typed: &str) -> Parsed {
    let (typed, cut) = cut(typed.trim());
    let notes: Vec<Note> = cut.then_some(Note::Cut).into_iter().collect();
    let mut reader = Reader::of(typed, notes.clone());
    if reader.read().is_ok() {
        return reader.finish();
    }
    let plain: String = typed.chars().map(|c| if is_quote(c) { ' ' } else { c }).collect();
    let mut again = Reader::of(&plain, notes.into_iter().chain([Note::OpenQuote]).collect());
    // Without quotes there is nothing left that could stay open.
    let _ = again.read();
    again.finish()
}

fn cut(typed: &str) -> (&str, bool) {
    match typed.char_indices().nth(limits::QUERY) {
        None => (typed, false),
        Some((end, _)) => {
            let head = &typed[..end];
            (head.rfind(char::is_whitespace).map_or(head, |space| &head[..space]), true)
        }
    }
}

/// A quote was opened and not closed.
struct Open;

struct Reader<'a> {
    typed: &'a str,
    rest: &'a str,
    query: WordQuery,
    notes: Vec<Note>,
    /// Where the word that was read last went, if its end may be missing.
    last: Option<usize>,
}

impl<'a> Reader<'a> {
    fn of(typed: &'a str, notes: Vec<Note>) -> Self {
        Self { typed, rest: typed, query: WordQuery::default(), notes, last: None }
    }

    fn read(&mut self) -> Result<(), Open> {
        // Where a `NOT` stands that speaks about the next word.
        let mut not: Option<usize> = None;
        loop {
            self.rest = self.rest.trim_start();
            if self.rest.is_empty() {
                return Ok(());
            }
            let negated = not.take();
            let from = negated.unwrap_or_else(|| self.read_up_to());
            let minus = self.minus() || negated.is_some();
            match self.quoted()? {
                Some(phrase) => self.add(minus, None, phrase, ClauseKind::Phrase),
                None => not = self.word(minus, from)?.then_some(from),
            }
        }
    }

    /// How many bytes of what was typed were read.
    fn read_up_to(&self) -> usize {
        self.typed.len() - self.rest.len()
    }

    /// Reads one word, with the field before it; what belongs to it began at `from`. Says whether the word was a `NOT`, which speaks about the
    /// next one.
    fn word(&mut self, minus: bool, from: usize) -> Result<bool, Open> {
        let word = self.until_space();
        if let Some((name, value)) = word.split_once(':') {
            let field = WordField::parse(name);
            match field {
                Some(_) if !self.rest[name.len() + 1..].trim().is_empty() => {
                    self.behind_colon(name, minus, field)?;
                    return Ok(false);
                }
                Some(field) => self.say(Note::NothingBehind(field)),
                None => {}
            }
            if field.is_none() && is_like_a_field(name, value) {
                let value = self.behind_colon(name, minus, None)?.to_owned();
                let rest = [&self.typed[..from], self.rest].map(str::trim);
                let rest = rest.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
                self.say(Note::UnknownField(Unread { name: name.to_owned(), value, minus, rest }));
                return Ok(false);
            }
        }
        self.rest = &self.rest[word.len()..];
        match word {
            "NOT" if !self.rest.trim().is_empty() => return Ok(true),
            "AND" if !self.rest.trim().is_empty() => {}
            "OR" if !self.rest.trim().is_empty() => self.say(Note::NoOr),
            _ => self.add(minus, None, word, ClauseKind::Word),
        }
        Ok(false)
    }

    /// Reads the word or phrase behind the colon that follows `name`, and gives it as typed.
    fn behind_colon(&mut self, name: &str, minus: bool, field: Option<WordField>) -> Result<&'a str, Open> {
        self.rest = self.rest[name.len() + 1..].trim_start();
        if let Some(phrase) = self.quoted()? {
            self.add(minus, field, phrase, ClauseKind::Phrase);
            return Ok(phrase);
        }
        let value = self.until_space();
        self.rest = &self.rest[value.len()..];
        self.add(minus, field, value, ClauseKind::Word);
        Ok(value)
    }

    fn minus(&mut self) -> bool {
        let mut characters = self.rest.chars();
        let sign = matches!(characters.next(), Some('-' | '−' | '–'));
        let bound = characters.next().is_some_and(|next| !next.is_whitespace());
        if sign && bound {
            self.rest = characters_after_first(self.rest);
        }
        sign && bound
    }

    fn quoted(&mut self) -> Result<Option<&'a str>, Open> {
        if !self.rest.starts_with(is_quote) {
            return Ok(None);
        }
        let inside = characters_after_first(self.rest);
        let end = inside.find(is_quote).ok_or(Open)?;
        self.rest = characters_after_first(&inside[end..]);
        Ok(Some(&inside[..end]))
    }

    fn until_space(&self) -> &'a str {
        let end = self.rest.find(char::is_whitespace).unwrap_or(self.rest.len());
        &self.rest[..end]
    }

    /// Says each thing once, and of unknown fields no more than a reader wants to hear.
    fn say(&mut self, note: Note) {
        let is_unknown = |note: &Note| matches!(note, Note::UnknownField(_));
        let full = || self.notes.iter().filter(|told| is_unknown(told)).count() == MOST_UNKNOWN;
        if !(self.notes.iter().any(|told| told.says_the_same(&note)) || is_unknown(&note) && full()) {
            self.notes.push(note);
        }
    }

    fn add(&mut self, minus: bool, field: Option<WordField>, text: &str, kind: ClauseKind) {
        let whole = text.strip_suffix('*');
        let text = whole.unwrap_or(text);
        if words::asked(text).is_empty() {
            return;
        }
        if self.query.all.len() + self.query.none.len() == MOST_CLAUSES {
            self.say(Note::Cut);
            return;
        }
        let kind = if kind == ClauseKind::Word && whole.is_some() { ClauseKind::Prefix } else { kind };
        let clause = Clause { field, text: text.to_owned(), kind };
        self.last = None;
        if minus {
            self.query.none.push(clause);
        } else {
            self.query.all.push(clause);
            self.last = (kind == ClauseKind::Word).then(|| self.query.all.len() - 1);
        }
    }

    fn finish(mut self) -> Parsed {
        if let Some(clause) = self.last.and_then(|last| self.query.all.get_mut(last)) {
            clause.kind = ClauseKind::Prefix;
        }
        if self.query.is_empty() && !self.typed.is_empty() && self.notes.is_empty() {
            self.notes.push(Note::NoWords);
        }
        Parsed { query: self.query, notes: self.notes }
    }
}

/// Whether this may be meant as a field and a word in it, as in `supplier:huawei`; addresses and times of the day are not.
fn is_like_a_field(name: &str, value: &str) -> bool {
    let in_a_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(in_a_word)
        && !value.starts_with("//")
        && value.chars().any(char::is_alphanumeric)
}

fn characters_after_first(text: &str) -> &str {
    let mut characters = text.chars();
    characters.next();
    characters.as_str()
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»' | '「' | '」' | '＂')
}

#[cfg(test)]
mod tests;
