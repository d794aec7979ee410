//! What letters become in UTF-8 that is read as Windows-1252 or Latin-1 and saved again: `Ã¼` for `ü`, `Å‚` for `ł`. The mistake is undone
//! here: what becomes a letter by it was one, unless the signs stand there as people write them (`IRMÃ…`).

use std::ops::RangeInclusive;

/// The signs of Windows-1252 from 80 to 9F, in their order.
const HIGH: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";
/// What may follow the last letter of a word.
const BEHIND_A_WORD: &str = "…’”»›‘“\u{a0}";
/// What may stand between two words without a space.
const BETWEEN_WORDS: &str = "–—\u{ad}";
/// Letters of languages that are written in Latin, signs that stand with them, and dashes, marks and currencies.
const LATIN: [RangeInclusive<char>; 6] = [
    '\u{a0}'..='\u{17f}',
    '\u{218}'..='\u{21b}',
    '\u{1e00}'..='\u{1eff}',
    '\u{2010}'..='\u{205e}',
    '\u{20a0}'..='\u{20bf}',
    '\u{2122}'..='\u{2122}',
];

/// A sign that was undone.
struct Undone {
    letter: char,
    /// How many signs it stands for.
    length: usize,
}

/// The first signs of a text that are a letter in the wrong encoding.
pub(super) fn garbled(text: &str) -> Option<String> {
    if text.is_ascii() {
        return None;
    }
    let signs: Vec<char> = text.chars().collect();
    let found = (0..signs.len()).find_map(|at| {
        let undone = undo(signs.get(at..)?)?;
        let end = at + undone.length;
        let is_latin = LATIN.iter().any(|letters| letters.contains(&undone.letter));
        let is_garbled = if is_latin {
            !is_written(&signs, at, end)
        } else {
            // A single letter of another script stands there by chance, as in `ÚŽASNÝ`.
            undone.letter.is_alphabetic()
                && signs.get(end..).and_then(undo).is_some_and(|next| next.letter.is_alphabetic())
        };
        is_garbled.then(|| signs.iter().skip(at).take(undone.length).collect())
    });
    found.or_else(|| broken_mark(&signs))
}

/// A dash or quotation mark whose last byte was lost on the way: `â€`.
fn broken_mark(signs: &[char]) -> Option<String> {
    signs.windows(2).find(|pair| matches!(pair, ['â', '€' | '\u{80}'])).map(|pair| pair.iter().collect())
}

/// The letter whose bytes the text begins with, as Windows-1252 reads them.
fn undo(signs: &[char]) -> Option<Undone> {
    let length = match byte(*signs.first()?)? {
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return None,
    };
    let bytes = signs.get(..length)?.iter().map(|sign| byte(*sign)).collect::<Option<Vec<u8>>>()?;
    let letter = std::str::from_utf8(&bytes).ok()?.chars().next()?;
    Some(Undone { letter, length })
}

/// The byte of a sign beyond ASCII in Windows-1252, or in Latin-1 where that has a control of it.
fn byte(sign: char) -> Option<u8> {
    if ('\u{80}'..='\u{ff}').contains(&sign) {
        return u8::try_from(u32::from(sign)).ok();
    }
    let place = HIGH.chars().position(|high| high == sign)?;
    u8::try_from(0x80 + place).ok()
}

/// Whether signs stand as people write them: a letter that ends a word in capitals or in small letters, and punctuation behind it.
fn is_written(signs: &[char], begin: usize, end: usize) -> bool {
    let before: Vec<char> = signs.iter().take(begin).rev().copied().take_while(|sign| sign.is_alphabetic()).collect();
    let (Some(last), Some(first), Some(punctuation)) = (before.first(), signs.get(begin), signs.get(begin + 1..end))
    else {
        return false;
    };
    if first.is_uppercase() && last.is_lowercase() {
        return false;
    }
    let goes_on = signs.get(end).is_some_and(|next| next.is_alphanumeric());
    punctuation.iter().all(|sign| {
        let is_gap = *sign == '\u{a0}';
        BEHIND_A_WORD.contains(*sign) && (is_gap || !goes_on)
            || BETWEEN_WORDS.contains(*sign) && (!goes_on || has_vowel(&before))
    })
}

/// Whether letters have a vowel: `MANH` in `MANHÃ–TARDE` may be a word with the next letter, `K` in `KÃ–LN` is none.
fn has_vowel(letters: &[char]) -> bool {
    letters.iter().any(|letter| "aeiouyAEIOUY".contains(*letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_a_wrong_encoding_are_found_whatever_alphabet_they_are_of() {
        for (text, expected) in [
            ("KÃ¶ln", "Ã¶"),
            ("MÃœNCHEN", "Ãœ"),
            ("KÃ–LN", "Ã–"),
            ("Ã–sterreich", "Ã–"),
            ("STRAÃŸE", "ÃŸ"),
            ("cafÃ©", "Ã©"),
            ("cittÃ\u{a0}", "Ã\u{a0}"),
            ("coÃ»t", "Ã»"),
            ("CÃ”TE", "Ã”"),
            ("naÃ¯ve", "Ã¯"),
            ("WrocÅ‚aw", "Å‚"),
            ("GdaÅ„sk", "Å„"),
            ("Å»ory", "Å»"),
            ("siÄ™", "Ä™"),
            ("ÄŒesko", "ÄŒ"),
            ("Å\u{a0}umava", "Å\u{a0}"),
            ("RÄ«ga", "Ä«"),
            ("BucureÈ™ti", "È™"),
            ("HÃ\u{a0} Ná»™i", "á»™"),
            ("ÐœÐ¾ÑÐºÐ²Ð°", "Ðœ"),
            ("Î‘Î¸Î®Î½Î±", "Î‘"),
            ("åŒ—äº¬", "åŒ—"),
            ("2019 â€“ 2021", "â€“"),
            ("the â€œsmartâ€ city", "â€œ"),
            ("smartâ€ city", "â€"),
            ("30Â°", "Â°"),
            ("5â‚¬", "â‚¬"),
        ] {
            assert_eq!(garbled(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn texts_of_languages_are_left_alone() {
        for text in [
            "Köln",
            "SÃO PAULO",
            "São Paulo",
            "irmÃ",
            "IRMÃ…",
            "IRMÃ»",
            "«IRMû",
            "IRMÃ\u{a0}MARIA",
            "MANHÃ–TARDE",
            "MANHÃ – TARDE",
            "PÂTÉ",
            "Âge",
            "château",
            "« été\u{a0}»",
            "está»",
            "voilà…",
            "ÚŽASNÝ",
            "Łódź",
            "Čeština",
            "30°",
            "€ 5",
            "5 – 6",
            "Ελλάδα",
            "Москва",
            "北京",
        ] {
            assert_eq!(garbled(text), None, "{text}");
        }
    }
}
