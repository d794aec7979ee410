//! One canonical form for comparing and searching, and names for addresses.
//!
//! **The choice.** People write `Düsseldorf`, `Duesseldorf` and `Dusseldorf` for one city, so all three fold to `dusseldorf`: case and
//! diacritics go, `ß` becomes `ss`, `æ` and `œ` become `ae` and `oe`, and then `ae`, `oe`, `ue` become `a`, `o`, `u`, unless a vowel or `q`
//! stands before them (`neue`, `Bauer`, `Quelle` keep theirs, where no umlaut is ever meant). The price is that a few words that only look
//! alike meet (`does` and `dos`); it is paid on both sides of a comparison, so nothing is lost, and whoever needs more looks at the text itself.

use unicode_normalization::UnicodeNormalization;

/// The form of a text in which it is compared and searched; see the module for the rule. Punctuation and white space stay as they are.
///
/// Folding twice changes nothing.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_into(text, &mut folded);
    folded
}

/// The form of a name in which it is compared: folded, apostrophes dropped, everything else between words one space.
///
/// `Frankfurt-am-Main`, `Frankfurt am Main` and `FRANKFURT  AM MAIN` are one; so are `Xi'an` and `Xian`, `St. Louis` and `St Louis`.
#[must_use]
pub fn fold_name(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    fold_name_into(name, &mut folded);
    folded
}

/// As [`fold_name`], into a buffer that is emptied first.
pub(crate) fn fold_name_into(name: &str, folded: &mut String) {
    folded.clear();
    let mut gap = false;
    let mut umlauts = Umlauts::default();
    plain(name, |c| {
        if c.is_alphanumeric() || is_mark(c) {
            if gap && !folded.is_empty() {
                folded.push(' ');
                umlauts = Umlauts::default();
            }
            gap = false;
            umlauts.push(c, folded);
        } else if !is_apostrophe(c) {
            gap = true;
        }
    });
}

/// A letter or digit of a folded text, and where in the text it comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Letter {
    /// The letter, folded.
    pub(super) folded: char,
    /// The offset of the character that it was folded from.
    pub(super) from: usize,
    /// The offset behind that character.
    pub(super) to: usize,
    /// Whether something else than a letter, a digit or an apostrophe stands before it, or nothing at all.
    pub(super) opens: bool,
}

/// The letters of [`fold_name`], each with its place in the text.
pub(super) fn letters(text: &str) -> Vec<Letter> {
    let (mut letters, mut gap): (Vec<Letter>, bool) = (Vec::with_capacity(text.len()), true);
    let (mut umlauts, mut one) = (Umlauts::default(), String::new());
    for (from, c) in text.char_indices() {
        let (to, before, mut silent) = (from + c.len_utf8(), letters.len(), true);
        plain(c.encode_utf8(&mut [0; 4]), |c| {
            if !(c.is_alphanumeric() || is_mark(c)) {
                gap |= !is_apostrophe(c);
                silent = false;
                return;
            }
            if gap {
                umlauts = Umlauts::default();
            }
            one.clear();
            umlauts.push(c, &mut one);
            letters.extend(one.chars().map(|folded| Letter { folded, from, to, opens: std::mem::take(&mut gap) }));
        });
        // An accent that stands for itself and the `e` of an umlaut belong to the letter before.
        if letters.len() == before
            && silent
            && !gap
            && let Some(last) = letters.last_mut()
        {
            last.to = to;
        }
    }
    letters
}

fn fold_into(text: &str, folded: &mut String) {
    let mut umlauts = Umlauts::default();
    plain(text, |c| umlauts.push(c, folded));
    if !folded.is_ascii() {
        *folded = folded.nfc().collect();
    }
}

/// A text in plain letters for an address: `Street lights, Köln` becomes `street-lights-koln`. May be empty; at most 80 characters.
#[must_use]
pub fn slug(text: &str) -> String {
    let mut slug = String::new();
    let mut gap = false;
    plain(text, |c| {
        if c.is_ascii_alphanumeric() {
            if gap && !slug.is_empty() {
                slug.push('-');
            }
            gap = false;
            slug.push(c);
        } else if !is_apostrophe(c) {
            gap = true;
        }
    });
    if slug.len() > 80 {
        slug.truncate(80);
        if let Some(end) = slug.rfind('-') {
            slug.truncate(end);
        }
    }
    slug
}

/// Hands on the characters of a text in lower case and without diacritics; letters that no decomposition opens are spelled out.
fn plain(text: &str, mut take: impl FnMut(char)) {
    if text.is_ascii() {
        text.bytes().for_each(|b| take(char::from(b.to_ascii_lowercase())));
        return;
    }
    for c in text.nfkd().flat_map(char::to_lowercase).filter(|c| !is_diacritic(*c)) {
        match spelled_out(c) {
            Some(letters) => letters.chars().for_each(&mut take),
            None => take(c),
        }
    }
}

fn spelled_out(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'ł' => "l",
        'ħ' => "h",
        'ı' => "i",
        'þ' => "th",
        'ŋ' => "n",
        'ŧ' => "t",
        'ə' => "e",
        'ς' => "σ",
        '\u{2018}' | '\u{2019}' | '\u{2bc}' | '\u{2bb}' | '\u{2b9}' | '`' | '´' => "'",
        '\u{2010}'..='\u{2015}' | '\u{2212}' => "-",
        _ => return None,
    })
}

/// Marks that Latin, Greek and Cyrillic letters carry; those of other scripts are part of the word.
fn is_diacritic(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}

fn is_mark(c: char) -> bool {
    !c.is_ascii() && unicode_normalization::char::is_combining_mark(c)
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2018}' | '\u{2019}')
}

/// Reads `ae`, `oe`, `ue` as the umlauts for which they stand.
#[derive(Default)]
struct Umlauts {
    /// The last letter that was written.
    last: Option<char>,
    /// Whether it may carry an umlaut that an `e` spells out.
    open: bool,
}

impl Umlauts {
    fn push(&mut self, c: char, out: &mut String) {
        if self.open && c == 'e' {
            return;
        }
        let after_vowel_or_q = matches!(self.last, Some('a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'q'));
        self.open = matches!(c, 'a' | 'o' | 'u') && !after_vowel_or_q;
        self.last = Some(c);
        out.push(c);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn umlauts_match_however_they_are_written() {
        for name in ["Düsseldorf", "Duesseldorf", "Dusseldorf", "DÜSSELDORF", "Du\u{308}sseldorf"] {
            assert_eq!(fold(name), "dusseldorf");
        }
        assert_eq!(fold("Säure"), fold("Saeure"));
        assert_eq!(fold("Ærø"), fold("Aeroe"));
        assert_eq!(fold("Straße"), fold("STRASSE"));
        assert_eq!(fold("Häuser"), fold("Haeuser"));
    }

    #[test]
    fn an_e_after_two_vowels_or_a_q_is_no_umlaut() {
        assert_eq!(fold("neue Quelle, Bauer"), "neue quelle, bauer");
    }

    #[test]
    fn diacritics_and_old_letters_go() {
        assert_eq!(fold("Łódź, Kraków, İzmir, Malmö, Þórshöfn, Ñuñoa"), "lodz, krakow, izmir, malmo, thorshofn, nunoa");
        assert_eq!(fold("ＨＵＡＷＥＩ"), "huawei");
    }

    #[test]
    fn other_scripts_keep_their_letters() {
        assert_eq!(fold("杜伊斯堡"), "杜伊斯堡");
        assert_eq!(fold("ガス"), "ガス");
        assert_eq!(fold("ΑΘΗΝΑΣ"), fold("αθηνας"));
        assert_eq!(fold("서울"), "서울");
    }

    #[test]
    fn names_ignore_punctuation() {
        assert_eq!(fold_name("Frankfurt-am-Main"), fold_name("FRANKFURT  am Main"));
        assert_eq!(fold_name("Xi’an"), "xian");
        assert_eq!(fold_name("St. Louis (city)"), "st louis city");
        assert_eq!(fold_name(" - "), "");
    }

    #[test]
    fn a_slug_is_short_and_plain() {
        assert_eq!(slug("Duisburg - Huawei: a city's cloud"), "duisburg-huawei-a-citys-cloud");
        assert_eq!(slug("Straßenlaternen in Köln"), "strassenlaternen-in-koln");
        assert_eq!(slug("杜伊斯堡"), "");
        let long = slug(&"word ".repeat(40));
        assert!(long.len() <= 80 && !long.ends_with('-'));
    }

    #[test]
    fn letters_are_those_of_the_folded_name_with_their_places() {
        for text in ["Xi’an, Düsseldorf-Süd", "Duesseldorf  neue Straße", " ﬁne", "杜伊斯堡 Ⅳ"] {
            let letters = letters(text);
            let spelt: String = letters
                .iter()
                .flat_map(|letter| letter.opens.then_some(' ').into_iter().chain([letter.folded]))
                .collect();
            assert_eq!(spelt.trim_start(), fold_name(text), "{text}");
            assert!(
                letters.iter().all(|letter| text.is_char_boundary(letter.from) && text.is_char_boundary(letter.to))
            );
        }
    }

    proptest::proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in "[a-zA-ZäöüßéèøåæœÄÖÜ' -]{0,30}") {
            let once = fold(&text);
            proptest::prop_assert_eq!(fold(&once), once);
        }
    }
}
