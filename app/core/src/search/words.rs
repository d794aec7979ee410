//! How a text falls into words: the same for what is indexed and for what is asked.
//!
//! Letters and digits make words, folded by [`fold`] so that case, accents and the ways to write an umlaut do not matter. Chinese, Japanese and
//! Korean are written without spaces, or with endings that stick to the word; there a run of characters becomes overlapping pairs, so that any
//! part of two characters or more can be found.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use crate::text::fold;

/// Words longer than this are noise (an encoded file, an address) and are not indexed; in characters.
const LONGEST: usize = 80;

/// One place in a text and what stands there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    /// The folded word, or the characters.
    pub(super) word: String,
    /// Which kind of writing it comes from.
    pub(super) kind: Kind,
}

/// What a piece is made of; decides about typing mistakes and beginnings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A word of letters: one or two mistakes are forgiven, by length.
    Word,
    /// A word with a digit in it: it is meant as written.
    Number,
    /// Two characters of a run written without spaces.
    Pair,
    /// The last or only character of such a run.
    Single,
}

/// The pieces of a text to be indexed, in order. The last character of a run without spaces stands alone as well, so that it can be found.
pub(super) fn indexed(text: &str) -> Vec<Piece> {
    pieces(text, true)
}

/// The pieces of a text to be searched for, in order.
pub(super) fn asked(text: &str) -> Vec<Piece> {
    pieces(text, false)
}

fn pieces(text: &str, indexing: bool) -> Vec<Piece> {
    let text: Vec<char> = text.nfkc().collect();
    let mut pieces = Vec::new();
    let mut start = 0;
    while start < text.len() {
        let Some(script) = script(text[start]) else {
            start += 1;
            continue;
        };
        let length = text[start..].iter().take_while(|&&c| self::script(c) == Some(script)).count();
        let run = &text[start..start + length];
        match script {
            Script::Spaced => pieces.extend(word(run)),
            Script::Unspaced => pairs(run, indexing, &mut pieces),
        }
        start += length;
    }
    pieces
}

fn word(run: &[char]) -> Option<Piece> {
    if run.len() > LONGEST {
        return None;
    }
    let word = fold(&run.iter().collect::<String>());
    let kind = if run.iter().any(|c| c.is_numeric()) { Kind::Number } else { Kind::Word };
    (!word.is_empty()).then_some(Piece { word, kind })
}

fn pairs(run: &[char], indexing: bool, pieces: &mut Vec<Piece>) {
    let text = |characters: &[char]| characters.iter().collect::<String>();
    pieces.extend(run.windows(2).map(|pair| Piece { word: text(pair), kind: Kind::Pair }));
    if indexing || run.len() == 1 {
        pieces.push(Piece { word: text(&run[run.len() - 1..]), kind: Kind::Single });
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Script {
    Spaced,
    Unspaced,
}

fn script(c: char) -> Option<Script> {
    match c {
        '\u{3005}' | '\u{3040}'..='\u{30FA}' | '\u{30FC}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}' => {
            Some(Script::Unspaced)
        }
        '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' => Some(Script::Unspaced),
        '\u{AC00}'..='\u{D7A3}' | '\u{20000}'..='\u{3134F}' => Some(Script::Unspaced),
        // A mark that has no composed form belongs to the letter before it.
        c if c.is_alphanumeric() || is_combining_mark(c) => Some(Script::Spaced),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        indexed(text).into_iter().map(|piece| piece.word).collect()
    }

    #[test]
    fn an_umlaut_may_be_written_in_three_ways() {
        assert_eq!(shown("Stadt Düsseldorf, Köln"), ["stadt", "dusseldorf", "koln"]);
        assert_eq!(shown("Duesseldorf DUSSELDORF"), ["dusseldorf", "dusseldorf"]);
        assert_eq!(shown("Łódź São-Paulo"), ["lodz", "sao", "paulo"]);
    }

    #[test]
    fn a_decomposed_letter_is_the_same_as_a_composed_one() {
        assert_eq!(shown("Du\u{308}sseldorf"), shown("Düsseldorf"));
    }

    #[test]
    fn chinese_and_japanese_become_pairs() {
        assert_eq!(shown("数据中心"), ["数据", "据中", "中心", "心"]);
        assert_eq!(asked("データ").len(), 2);
        assert_eq!(shown("5G网络"), ["5g", "网络", "络"]);
        assert_eq!(asked("市")[0].kind, Kind::Single);
    }

    #[test]
    fn voiced_japanese_letters_stay_apart_from_unvoiced_ones() {
        assert_ne!(shown("ガラス"), shown("カラス"));
    }

    #[test]
    fn numbers_are_marked_and_noise_is_left_out() {
        assert_eq!(asked("2018")[0].kind, Kind::Number);
        assert_eq!(asked("city")[0].kind, Kind::Word);
        assert!(indexed(&"x".repeat(200)).is_empty());
        assert!(asked("- ?! \u{301}").is_empty());
    }
}
