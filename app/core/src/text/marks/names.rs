//! Finds names that were handed in, however they are written and inflected, and words that mix alphabets.

use std::{
    collections::{HashMap, HashSet},
    ops::Range,
    sync::Arc,
};

use super::{Mark, MarkKind};
use crate::{secret::silent_debug, text::fold};

/// Endings that turn a name into another word for the same thing: `Duisburgs`, `Duisburger`, `Amsterdamse`.
const ENDINGS: [&str; 10] = ["s", "er", "ers", "ern", "erin", "erinnen", "ians", "ian", "se", "sche"];
/// Endings that replace an `en`: `Bremen`, `Bremer`; `Dresden`, `Dresdner`.
const ENDINGS_FOR_EN: [&str; 6] = ["er", "ers", "ern", "ner", "ners", "nern"];
/// Legal forms that people leave out when they speak of a body.
const LEGAL_FORMS: [&str; 22] = [
    "gmbh", "mbh", "ag", "kg", "ohg", "se", "ev", "aor", "eigb", "ltd", "limited", "plc", "inc", "llc", "corp", "bv",
    "nv", "sa", "sarl", "spa", "srl", "ab",
];
/// Names of at most this many characters count only with a capital, so that `Ede` does not mark every word that looks like it.
const SHORT: usize = 4;

/// The most words of a city's name that is looked up.
const CITY_WORDS: usize = 4;

/// Says whether some words, as they stand in a text, are the name of a city.
type IsCity = Arc<dyn Fn(&str) -> bool + Send + Sync>;
/// Says where in a text a place is named that only a table of its own can tell.
type FindPlaces = Arc<dyn Fn(&str) -> Vec<Range<usize>> + Send + Sync>;

/// The names that are looked for in a text: places, and the bodies of the public side.
#[derive(Clone, Default)]
pub struct Names {
    /// By the folded first word.
    by_first_word: HashMap<String, Vec<Name>>,
    is_city: Option<IsCity>,
    find_places: Option<FindPlaces>,
}

silent_debug!(Names);

#[derive(Clone)]
struct Name {
    /// The folded words after the first.
    rest: Vec<String>,
    kind: MarkKind,
    /// Whether it counts only with a capital.
    short: bool,
}

impl Names {
    /// No names: only what can be told by its form is marked.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// Looks for these places and bodies.
    #[must_use]
    pub fn new<P: AsRef<str>, B: AsRef<str>>(
        places: impl IntoIterator<Item = P>,
        bodies: impl IntoIterator<Item = B>,
    ) -> Self {
        let mut names = Self::none();
        places.into_iter().for_each(|place| names.add_place(place.as_ref()));
        bodies.into_iter().for_each(|body| names.add_body(body.as_ref()));
        names
    }

    /// Looks for a place as well, in all forms that its name takes.
    pub fn add_place(&mut self, name: &str) {
        self.add(name, MarkKind::Place);
    }

    /// Looks for a body as well: an office, a company of the city; also without its legal form.
    pub fn add_body(&mut self, name: &str) {
        self.add(name, MarkKind::Body);
        let words: Vec<&str> = name.split_whitespace().collect();
        if let Some((last, before)) = words.split_last()
            && !before.is_empty()
            && LEGAL_FORMS.contains(&fold(last).replace('.', "").as_str())
        {
            self.add_body(&before.join(" "));
        }
    }

    /// Looks for everything as well that is called like a city, as `is_city` says of words with a capital.
    #[must_use]
    pub fn with_cities(mut self, is_city: impl Fn(&str) -> bool + Send + Sync + 'static) -> Self {
        self.is_city = Some(Arc::new(is_city));
        self
    }

    /// Looks for the places as well that `find_places` finds in a text.
    #[must_use]
    pub fn with_places(mut self, find_places: impl Fn(&str) -> Vec<Range<usize>> + Send + Sync + 'static) -> Self {
        self.find_places = Some(Arc::new(find_places));
        self
    }

    fn add(&mut self, name: &str, kind: MarkKind) {
        let words: Vec<&str> = words(name).map(|word| word.text).collect();
        let Some((last, before)) = words.split_last() else { return };
        let letters: usize = words.iter().map(|word| word.chars().count()).sum();
        let ideographs = words.iter().any(|word| word.chars().all(is_unspaced));
        if letters < 3 && !ideographs && kind == MarkKind::Place || letters < 2 {
            return;
        }
        for last in inflected(last) {
            let mut folded: Vec<String> = before.iter().map(|word| fold(word)).collect();
            folded.push(last);
            let name = Name { rest: folded.split_off(1), kind, short: letters <= SHORT && !ideographs };
            self.by_first_word.entry(folded.swap_remove(0)).or_default().push(name);
        }
    }

    /// Every place in the text where one of the names stands; where several do, the longest.
    pub(super) fn find(&self, text: &str) -> Vec<Mark> {
        let of_place = |stretch: Range<usize>| Mark { start: stretch.start, end: stretch.end, kind: MarkKind::Place };
        let mut found: Vec<Mark> =
            self.find_places.iter().flat_map(|find_places| find_places(text)).map(of_place).collect();
        if self.by_first_word.is_empty() {
            return found;
        }
        let words: Vec<Word<'_>> = words(text).collect();
        let folded: Vec<String> = words.iter().map(|word| fold(word.text)).collect();
        let mut at = 0;
        while let Some(first) = words.get(at) {
            let candidates = self.by_first_word.get(&folded[at]).map_or(&[][..], Vec::as_slice);
            let fitting = candidates
                .iter()
                .filter(|name| !name.short || !first.text.starts_with(char::is_lowercase))
                .filter(|name| follows(text, &words[at..], &folded[at + 1..], &name.rest));
            if let Some(name) = fitting.max_by_key(|name| name.rest.len()) {
                let last = at + name.rest.len();
                found.push(Mark { start: first.start, end: words[last].end(), kind: name.kind });
                at = last;
            }
            at += 1;
        }
        found
    }
}

impl Names {
    /// Every stretch of words with capitals that is called like a city; where several begin at one word, the longest.
    pub(super) fn find_cities(&self, text: &str) -> Vec<Mark> {
        let Some(is_city) = &self.is_city else { return Vec::new() };
        let words: Vec<Word<'_>> = words(text).collect();
        let small: HashSet<&str> =
            words.iter().map(|word| word.text).filter(|word| word.starts_with(char::is_lowercase)).collect();
        let mut found = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let longest = (1..=CITY_WORDS.min(words.len() - at)).rev().find(|count| {
                let stretch = &words[at..at + count];
                may_be_city(text, stretch, &small) && bears_city_name(text, stretch, is_city)
            });
            if let Some(count) = longest {
                found.push(Mark { start: words[at].start, end: words[at + count - 1].end(), kind: MarkKind::City });
            }
            at += longest.unwrap_or(1);
        }
        found
    }
}

/// Whether words stand as a name does: next to each other, with a capital at both ends. One word alone must be more than an ordinary one that
/// begins a sentence: it is long enough, and stands nowhere in the text with a small letter.
fn may_be_city(text: &str, stretch: &[Word<'_>], small: &HashSet<&str>) -> bool {
    let capital = |word: &Word<'_>| word.text.starts_with(char::is_uppercase);
    let (Some(first), Some(last)) = (stretch.first(), stretch.last()) else { return false };
    if !capital(first) || !capital(last) {
        return false;
    }
    if stretch.len() > 1 {
        let between = |pair: &[Word<'_>]| &text[pair[0].end()..pair[1].start];
        return stretch.windows(2).all(|pair| matches!(between(pair), " " | "-" | "'" | "’" | ". "));
    }
    let letters = first.text.chars().count();
    let before = text[..first.start].trim_end();
    let begins = before.is_empty() || before.ends_with(['.', '!', '?', ':', '"', '“', '„', '*', '#', '>']);
    letters >= 3 && !small.contains(first.text.to_lowercase().as_str()) && (!begins || letters > SHORT)
}

/// Whether the words are the name of a city, or one of the words that come of it.
fn bears_city_name(text: &str, stretch: &[Word<'_>], is_city: &IsCity) -> bool {
    let (Some(first), Some(last)) = (stretch.first(), stretch.last()) else { return false };
    let words = &text[first.start..last.end()];
    let stems = ENDINGS.iter().filter_map(|ending| words.strip_suffix(ending));
    let stems = stems.filter(|stem| stem.chars().count() > SHORT);
    is_city(words)
        || stems.clone().any(|stem| is_city(stem))
        || stems.filter(|_| ENDINGS_FOR_EN.iter().any(|ending| words.ends_with(ending))).any(|stem| {
            let stem = stem.strip_suffix('n').unwrap_or(stem);
            is_city(&format!("{stem}en"))
        })
}

/// The folded forms in which the last word of a name may stand in a sentence.
fn inflected(word: &str) -> Vec<String> {
    let mut forms = vec![fold(word)];
    if word.chars().all(is_unspaced) {
        return forms;
    }
    forms.extend(ENDINGS.iter().map(|ending| fold(&format!("{word}{ending}"))));
    if let Some(stem) = word.strip_suffix("en").filter(|stem| stem.chars().count() >= 3) {
        forms.extend(ENDINGS_FOR_EN.iter().map(|ending| fold(&format!("{stem}{ending}"))));
    }
    forms.sort();
    forms.dedup();
    forms
}

/// Whether the words after the first one are those of a name, with nothing but a little punctuation or white space between them.
fn follows(text: &str, words: &[Word<'_>], folded: &[String], rest: &[String]) -> bool {
    folded.len() >= rest.len()
        && folded.iter().zip(rest).all(|(word, wanted)| word == wanted)
        && words.windows(2).take(rest.len()).all(|pair| {
            let between = &text[pair[0].end()..pair[1].start];
            between.chars().count() <= 3 && !between.contains("\n\n")
        })
}

#[derive(Clone, Copy)]
struct Word<'t> {
    start: usize,
    text: &'t str,
}

impl Word<'_> {
    fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

/// The words of a text. Scripts that are written without spaces give one word for each character.
fn words(text: &str) -> impl Iterator<Item = Word<'_>> {
    let mut rest = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (start, first) = rest.find(|(_, c)| is_letter(*c))?;
        let mut end = start + first.len_utf8();
        if !is_unspaced(first) {
            while let Some((at, c)) = rest.next_if(|(_, c)| is_letter(*c) && !is_unspaced(*c)) {
                end = at + c.len_utf8();
            }
        }
        Some(Word { start, text: &text[start..end] })
    })
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || (!c.is_ascii() && unicode_normalization::char::is_combining_mark(c))
}

/// Han, kana and Hangul: a name stands among them without a space, or with a particle right behind it.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Alphabets whose letters look like those of another.
#[derive(PartialEq, Clone, Copy)]
enum Script {
    Latin,
    Greek,
    Cyrillic,
    Armenian,
    Cherokee,
}

fn script(c: char) -> Option<Script> {
    match c {
        'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' if c.is_alphabetic() => {
            Some(Script::Latin)
        }
        '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' if c.is_alphabetic() => Some(Script::Greek),
        '\u{400}'..='\u{52f}' | '\u{1c80}'..='\u{1c8f}' => Some(Script::Cyrillic),
        '\u{530}'..='\u{58f}' if c.is_alphabetic() => Some(Script::Armenian),
        '\u{13a0}'..='\u{13ff}' | '\u{ab70}'..='\u{abbf}' => Some(Script::Cherokee),
        _ => None,
    }
}

/// Words whose letters come from more than one alphabet.
pub(super) fn mixed_scripts(text: &str) -> Vec<Mark> {
    if text.is_ascii() {
        return Vec::new();
    }
    let mixed = |word: &Word<'_>| {
        let mut scripts = word.text.chars().filter_map(script);
        scripts.next().is_some_and(|first| scripts.any(|other| other != first))
    };
    words(text)
        .filter(mixed)
        .map(|word| Mark { start: word.start, end: word.end(), kind: MarkKind::MixedScript })
        .collect()
}
