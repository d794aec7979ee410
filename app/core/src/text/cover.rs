//! Finding words in a text however they are written, and covering them.
//!
//! Words are compared by their folded letters (see [`super::fold`]): capitals, accents, umlauts, hyphens, line ends and apostrophes make no
//! difference. Where the words to be found have a gap, the text may have one or none. A longer word that holds them is covered whole, so
//! that no ending tells what stood there; in scripts that put no space between words only what was found is covered.

use std::{borrow::Cow, ops::Range};

use percent_encoding::percent_decode_str;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::fold::{self, Letter};

/// Words that are to be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    text: String,
    letters: Vec<Letter>,
}

impl Words {
    /// The words as a text gives them; none if there is no letter or digit in it.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        let letters = fold::letters(text);
        (!letters.is_empty()).then(|| Self { text: text.to_owned(), letters })
    }

    /// The words as they were given.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// How many letters and digits they have.
    #[must_use]
    pub fn length(&self) -> usize {
        self.letters.len()
    }

    /// Whether a text holds them, in whatever way it may be read: as it stands, as Markdown shows it, or as an address is decoded.
    #[must_use]
    pub fn are_in(&self, text: &str) -> bool {
        readings(text).iter().any(|reading| !self.places(reading).is_empty())
    }

    /// Whether they find the same as `other`.
    #[must_use]
    pub fn means(&self, other: &Self) -> bool {
        let spelt = |words: &Self| words.letters.iter().map(|letter| (letter.opens, letter.folded)).collect::<Vec<_>>();
        spelt(self) == spelt(other)
    }

    /// Where they stand in a text as it is written.
    #[must_use]
    pub fn places(&self, text: &str) -> Vec<Range<usize>> {
        let letters = fold::letters(text);
        let mut found: Vec<Range<usize>> = Vec::new();
        let mut at = 0;
        while at + self.letters.len() <= letters.len() {
            if self.begin_at(&letters[at..]) {
                let (first, last) = whole_words(&letters, at, at + self.letters.len() - 1);
                found.push(letters[first].from..letters[last].to);
                at = last + 1;
            } else {
                at += 1;
            }
        }
        found
    }

    fn begin_at(&self, letters: &[Letter]) -> bool {
        self.letters.iter().zip(letters).enumerate().all(|(at, (wanted, found))| {
            let gap_fits = at == 0 || !found.opens || wanted.opens;
            wanted.folded == found.folded && gap_fits
        })
    }
}

/// Widens what was found to whole words.
fn whole_words(letters: &[Letter], mut first: usize, mut last: usize) -> (usize, usize) {
    while !letters[first].opens && !stands_alone(letters[first].folded) && !stands_alone(letters[first - 1].folded) {
        first -= 1;
    }
    while let Some(next) = letters.get(last + 1)
        && !next.opens
        && !stands_alone(letters[last].folded)
        && !stands_alone(next.folded)
    {
        last += 1;
    }
    (first, last)
}

/// A letter of a script that puts no space between words: Thai, Lao, Burmese, Khmer, Chinese, Japanese.
fn stands_alone(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{2e80}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// The text with every place covered where any of `words` stands; none if none does. `instead` says what a place becomes, from which of
/// `words` were found there and what was written.
///
/// What hides the words from a plain look and shows them on the page, such as entities or marks of Markdown within a word, cannot be
/// covered letter by letter: then the whole text is.
#[must_use]
pub fn cover(text: &str, words: &[Words], instead: &dyn Fn(usize, &str) -> String) -> Option<String> {
    let mut places: Vec<(Range<usize>, usize)> = Vec::new();
    for (which, words) in words.iter().enumerate() {
        places.extend(words.places(text).into_iter().map(|place| (place, which)));
    }
    places.sort_by_key(|(place, _)| (place.start, std::cmp::Reverse(place.end)));
    places.dedup_by(|later, earlier| {
        let meets = later.0.start < earlier.0.end;
        if meets {
            earlier.0.end = earlier.0.end.max(later.0.end);
        }
        meets
    });
    let (mut covered, mut left, mut at) = (String::with_capacity(text.len()), String::with_capacity(text.len()), 0);
    for (place, which) in &places {
        for out in [&mut covered, &mut left] {
            out.push_str(&text[at..place.start]);
        }
        covered.push_str(&instead(*which, &text[place.clone()]));
        // A sign that belongs to no word keeps apart what stood before and behind.
        left.push('\u{2039}');
        at = place.end;
    }
    covered.push_str(&text[at..]);
    left.push_str(&text[at..]);
    if let Some(which) = words.iter().position(|words| words.are_in(&left)) {
        return Some(instead(which, text));
    }
    (!places.is_empty()).then_some(covered)
}

/// The ways in which a text can be read: as it stands, and, where they differ, as Markdown shows it and as an address is decoded.
#[must_use]
pub fn readings(text: &str) -> Vec<Cow<'_, str>> {
    let mut readings = vec![Cow::Borrowed(text)];
    if text.contains(['*', '_', '`', '\\', '&', '[', '<']) {
        readings.push(shown(text).into());
    }
    if text.contains('%') {
        readings.push(percent_decode_str(text).decode_utf8_lossy());
    }
    readings
}

/// The words that Markdown shows, and the addresses that its links lead to.
fn shown(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for event in Parser::new_ext(text, Options::empty()) {
        match event {
            Event::Text(words) | Event::Code(words) | Event::Html(words) | Event::InlineHtml(words) => {
                shown.push_str(&words);
            }
            Event::Start(Tag::Link { dest_url, title, .. } | Tag::Image { dest_url, title, .. }) => {
                shown.push_str(&format!(" {} {title} ", percent_decode_str(&dest_url).decode_utf8_lossy()));
            }
            Event::Start(Tag::Emphasis | Tag::Strong) => {}
            Event::End(TagEnd::Emphasis | TagEnd::Strong) => {}
            _ => shown.push(' '),
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    fn covered(text: &str, words: &[&str]) -> Option<String> {
        let words: Vec<Words> = words.iter().map(|words| Words::of(words).unwrap()).collect();
        cover(text, &words, &|which, _| format!("<{which}>"))
    }

    #[test]
    fn words_are_found_however_they_are_written() {
        for text in
            ["Jörn Müßig", "JOERN MUESSIG", "jörn\nmüßig", "Jörn-Müßig", "joernmuessig", "Jo\u{308}rn Mu\u{308}ßig's"]
        {
            assert_eq!(covered(&format!("by {text}, then"), &["Jörn Müßig"]).unwrap(), "by <0>, then", "{text}");
        }
    }

    #[test]
    fn a_longer_word_goes_whole_and_another_one_stays() {
        assert_eq!(covered("the Quantrells met", &["Quantrell"]).unwrap(), "the <0> met");
        assert_eq!(covered("a plan next year", &["ann"]), None, "a gap in the text needs one in the words");
        assert_eq!(covered("the therapist", &["the rapist"]).unwrap(), "the <0>");
        assert_eq!(covered("在杜伊斯堡市", &["杜伊斯堡"]).unwrap(), "在<0>市");
    }

    #[test]
    fn places_that_meet_are_covered_once() {
        assert_eq!(covered("Erika Quantrell spoke", &["Erika Quantrell", "Quantrell"]).unwrap(), "<0> spoke");
        assert_eq!(covered("a b c", &["a b", "b c"]).unwrap(), "<0>");
        assert_eq!(covered("one two", &["three"]), None);
    }

    #[test]
    fn what_the_page_would_show_all_the_same_is_covered_whole() {
        for text in [
            "see Quan**tre**ll",
            "see Quan&#116;rell",
            "see M&uuml;&szlig;ig",
            "see [here](https://a.example/%51uantrell)",
            "https://a.example/%51uantrell",
        ] {
            let found = covered(text, &["Quantrell", "Müßig"]).unwrap();
            assert!(found == "<0>" || found == "<1>", "{text}: {found}");
        }
        assert_eq!(covered("Monroe's and Noe\u{308}", &["Monro", "Noe"]).unwrap(), "<0> and <1>");
        assert_eq!(covered("*see* [x](https://a.example)", &["Quantrell"]), None);
    }

    proptest::proptest! {
        #[test]
        fn what_was_covered_is_found_no_more(before in "\\PC{0,20}", words in "[a-zA-ZäöüßéÉ]{3,8}( [a-z]{3,8})?", after in "\\PC{0,20}") {
            let text = format!("{before}{words}{after}");
            let found = covered(&text, &[&words]);
            let words = Words::of(&words).unwrap();
            if let Some(found) = found {
                proptest::prop_assert!(!words.are_in(&found), "{found}");
            } else {
                proptest::prop_assert!(!words.are_in(&text));
            }
        }
    }
}
