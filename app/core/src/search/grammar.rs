//! The words of a search as people type them.
//!
//! `smart city "street light" -camera vendor:huawei country:de`: every word must match, a phrase as it stands, a minus excludes, a field
//! name looks in that field alone, and the last word may be unfinished (as may one that ends with `*`). Plain text is never an error: what
//! cannot be read as meant is searched plainly, and a note says so.

use super::words;
use crate::limits;

/// How many words and phrases one search may have; each is a walk through the dictionary.
pub const MOST_CLAUSES: usize = 24;

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

/// Why a search was not taken quite as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// It was cut at `limits::QUERY` characters or `MOST_CLAUSES` words.
    Cut,
    /// A quote was opened and not closed: the words were searched one by one.
    OpenQuote,
    /// Something before a colon is not a field: it was searched as a word.
    UnknownField(String),
    /// `OR` between words has no meaning here: all of them were searched.
    NoOr,
    /// There was no letter and no digit in it.
    NoWords,
}

/// A search as understood.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parsed {
    /// What is looked for.
    pub query: WordQuery,
    /// What the reader should know about it.
    pub note: Option<Note>,
}

/// Reads what somebody typed. Never fails.
#[must_use]
pub fn parse(typed: &str) -> Parsed {
    let (typed, cut) = cut(typed.trim());
    let mut reader = Reader { rest: typed, query: WordQuery::default(), note: cut.then_some(Note::Cut), last: None };
    if reader.read().is_err() {
        let plain: String = typed.chars().map(|c| if is_quote(c) { ' ' } else { c }).collect();
        let mut again = Reader { rest: &plain, query: WordQuery::default(), note: Some(Note::OpenQuote), last: None };
        // Without quotes there is nothing left that could stay open.
        let _ = again.read();
        return again.finish();
    }
    let asked = !typed.is_empty();
    let mut parsed = reader.finish();
    if asked && parsed.query.is_empty() {
        parsed.note.get_or_insert(Note::NoWords);
    }
    parsed
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
    rest: &'a str,
    query: WordQuery,
    note: Option<Note>,
    /// Where the word that was read last went, if its end may be missing.
    last: Option<usize>,
}

impl<'a> Reader<'a> {
    fn read(&mut self) -> Result<(), Open> {
        let mut negated = false;
        loop {
            self.rest = self.rest.trim_start();
            if self.rest.is_empty() {
                return Ok(());
            }
            let minus = self.minus() || std::mem::take(&mut negated);
            match self.quoted()? {
                Some(phrase) => self.add(minus, None, phrase, ClauseKind::Phrase),
                None => negated = self.word(minus)?,
            }
        }
    }

    /// Reads one word, with the field before it. Says whether the word was a `NOT`, which speaks about the next one.
    fn word(&mut self, minus: bool) -> Result<bool, Open> {
        let word = self.until_space();
        if let Some((name, value)) = word.split_once(':')
            && let Some(field) = WordField::parse(name)
            && !self.rest[name.len() + 1..].trim().is_empty()
        {
            self.rest = &self.rest[name.len() + 1..];
            if value.is_empty() {
                self.rest = self.rest.trim_start();
            }
            match self.quoted()? {
                Some(phrase) => self.add(minus, Some(field), phrase, ClauseKind::Phrase),
                None => {
                    let value = self.until_space();
                    self.rest = &self.rest[value.len()..];
                    self.add(minus, Some(field), value, ClauseKind::Word);
                }
            }
            return Ok(false);
        }
        self.rest = &self.rest[word.len()..];
        match word {
            "NOT" if !self.rest.trim().is_empty() => return Ok(true),
            "AND" if !self.rest.trim().is_empty() => {}
            "OR" if !self.rest.trim().is_empty() => self.say(Note::NoOr),
            _ => {
                self.wonder_about(word);
                self.add(minus, None, word, ClauseKind::Word);
            }
        }
        Ok(false)
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

    /// Notes a word like `supplier:huawei`, which looks like a field and is none; addresses are left alone.
    fn wonder_about(&mut self, word: &str) {
        if let Some((name, value)) = word.split_once(':')
            && !value.is_empty()
            && !value.starts_with("//")
            && !name.is_empty()
            && name.chars().all(|c| c.is_ascii_alphabetic() || c == '_')
        {
            self.say(Note::UnknownField(name.to_owned()));
        }
    }

    fn say(&mut self, note: Note) {
        self.note.get_or_insert(note);
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
        Parsed { query: self.query, note: self.note }
    }
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
mod tests {
    use super::*;

    fn shown(typed: &str) -> String {
        let query = parse(typed).query;
        let show = |sign: &str, clause: &Clause| {
            let field = clause.field.map_or(String::new(), |field| format!("{}:", field.name()));
            let text = match clause.kind {
                ClauseKind::Word => clause.text.clone(),
                ClauseKind::Prefix => format!("{}*", clause.text),
                ClauseKind::Phrase => format!("[{}]", clause.text),
            };
            format!("{sign}{field}{text}")
        };
        let all = query.all.iter().map(|clause| show("+", clause));
        all.chain(query.none.iter().map(|clause| show("-", clause))).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn every_word_must_match_and_the_last_may_be_unfinished() {
        assert_eq!(shown("smart city duis"), "+smart +city +duis*");
        assert_eq!(shown("  smart* city"), "+smart* +city*");
    }

    #[test]
    fn phrases_minus_and_fields_are_read_as_typed() {
        assert_eq!(
            shown("\"street light\" -camera vendor:huawei country:de"),
            "+[street light] +vendor:huawei +country:de* -camera"
        );
        assert_eq!(shown("-\"face recognition\" lights"), "+lights* -[face recognition]");
        assert_eq!(
            shown("-vendor:\"alibaba cloud\" Vendor: zte place:x"),
            "+vendor:zte +place:x* -vendor:[alibaba cloud]"
        );
        assert_eq!(shown("„smart city“ 「数据」"), "+[smart city] +[数据]");
    }

    #[test]
    fn words_of_other_search_engines_do_what_they_can() {
        assert_eq!(shown("huawei AND duisburg NOT camera"), "+huawei +duisburg -camera");
        assert_eq!(parse("huawei OR zte").note, Some(Note::NoOr));
        assert_eq!(shown("huawei OR zte"), "+huawei +zte*");
        assert_eq!(shown("OR"), "+OR*");
    }

    #[test]
    fn plain_text_is_never_an_error() {
        assert_eq!(parse("").note, None);
        assert_eq!(parse("???").note, Some(Note::NoWords));
        assert_eq!(shown("Huawei - Duisburg"), "+Huawei +Duisburg*");
        assert_eq!(shown("5\" screen vendor:"), "+5\" +screen +vendor:*");
        assert_eq!(parse("say \"smart city").note, Some(Note::OpenQuote));
        assert_eq!(shown("say \"smart city"), "+say +smart +city*");
        assert_eq!(parse("https://example.org/x").note, None);
    }

    #[test]
    fn an_unknown_field_is_searched_as_words_and_noted() {
        assert_eq!(parse("supplier:huawei").note, Some(Note::UnknownField("supplier".into())));
        assert_eq!(shown("supplier:huawei"), "+supplier:huawei*");
    }

    #[test]
    fn a_long_search_is_cut_and_says_so() {
        let long = parse(&"word ".repeat(200));
        assert_eq!(long.note, Some(Note::Cut));
        assert_eq!(long.query.all.len(), MOST_CLAUSES);
        assert_eq!(parse(&"x".repeat(1000)).note, Some(Note::Cut));
    }

    proptest::proptest! {
        #[test]
        fn nothing_that_can_be_typed_breaks_it(typed in "\\PC{0,60}") {
            let _ = parse(&typed);
        }
    }
}
