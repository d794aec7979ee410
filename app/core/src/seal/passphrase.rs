//! The twelve words by which a contributor comes back (protection.md section 3).

use std::fmt;

use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use super::{KeyPair, MacKey, WordsProblem, words};
use crate::{random::Random, secret::LookupHash};

/// How many words a passphrase has.
const WORDS: usize = 12;

/// Twelve words of the BIP 39 English list: 128 random bits and a checksum of four.
///
/// There is no account and no reset behind it. It is looked up by a keyed hash, and the contributor's key pair follows from it.
#[derive(Clone, PartialEq, Eq)]
pub struct Passphrase(Zeroizing<[u8; 16]>);

impl Passphrase {
    /// Draws a new one.
    #[must_use]
    pub fn draw(random: &dyn Random) -> Self {
        Self(Zeroizing::new(random.bytes()))
    }

    /// Reads the words as people type them: in any case, with numbers, commas or line breaks between them.
    ///
    /// # Errors
    /// [`WordsProblem`] says which word is not in the list; that helps the honest and tells nothing of the passphrases in use.
    pub fn parse(text: &str) -> Result<Self, WordsProblem> {
        let bits = words::bits_of(text, WORDS)?;
        Self::from_bits(&bits).ok_or(WordsProblem::Checksum)
    }

    /// Takes back the bits that a draft's envelope kept; `None` unless they are 128.
    #[must_use]
    pub fn from_bits(bits: &[u8]) -> Option<Self> {
        Some(Self(Zeroizing::new(bits.try_into().ok()?)))
    }

    /// The bits, to be sealed into the draft until the words are confirmed.
    #[must_use]
    pub fn bits(&self) -> &[u8; 16] {
        &self.0
    }

    /// The words in their order, to be shown and written down.
    #[must_use]
    pub fn words(&self) -> Vec<&'static str> {
        words::words_of(self.0.as_slice())
    }

    /// What the passphrase is looked up by. 128 random bits under a secret key need no slow hash.
    #[must_use]
    pub fn lookup(&self, pepper: &MacKey) -> LookupHash {
        LookupHash::from_digest(&pepper.mark(self.0.as_slice()))
    }

    /// The contributor's key pair, which follows from the words alone.
    #[must_use]
    pub fn key_pair(&self) -> KeyPair {
        KeyPair::from_seed(self.0.as_slice(), "passphrase")
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passphrase")
    }
}

/// Whether `text` holds a passphrase: twelve words of the list in a row with a valid checksum, with nothing but white space, digits,
/// punctuation and invisible characters between or in them.
///
/// A run of twelve such words that nobody drew passes the checksum once in sixteen times; ordinary prose has no such run.
#[must_use]
pub fn contains_passphrase(text: &str) -> bool {
    let visible: Zeroizing<String> = Zeroizing::new(text.nfkc().filter(|c| !is_invisible(*c)).collect());
    let mut run: Zeroizing<Vec<u16>> = Zeroizing::new(Vec::new());
    for word in words::typed_words(&visible) {
        match words::in_list(&word) {
            Some(index) => run.push(index),
            None => run.clear(),
        }
        if run.len() >= WORDS && words::bits_of_indices(&run[run.len() - WORDS..]).is_some() {
            return true;
        }
    }
    false
}

/// Characters that part no words for a reader: soft hyphen, zero-width and direction marks, word joiner, byte order mark.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{random::OsRandom, testing::SeededRandom};

    /// The BIP 39 test vector of 16 bytes 0x7f.
    const KNOWN: &str = "legal winner thank year wave sausage worth useful legal winner thank yellow";

    fn known() -> Passphrase {
        Passphrase::from_bits(&[0x7f; 16]).unwrap()
    }

    #[test]
    fn the_words_are_those_of_bip_39_and_are_read_back() {
        assert_eq!(known().words().join(" "), KNOWN);
        assert_eq!(Passphrase::parse(KNOWN).unwrap(), known());
        let drawn = Passphrase::draw(&OsRandom);
        assert_eq!(drawn.words().len(), 12);
        assert_eq!(Passphrase::parse(&drawn.words().join(" ")).unwrap(), drawn);
    }

    #[test]
    fn words_are_read_as_people_type_them() {
        let numbered = "1. Legal, 2. winner, 3. thank\n4) year 5) WAVE\t6: sausage;\r\n7 worth 8 useful - legal winner\u{a0}thank  yellow.";
        assert_eq!(Passphrase::parse(numbered).unwrap(), known());
        assert_eq!(Passphrase::parse(&KNOWN.to_uppercase()).unwrap(), known());
    }

    #[test]
    fn what_is_wrong_with_the_words_is_said() {
        assert_eq!(Passphrase::parse(&KNOWN.replace("worth", "worhth")), Err(WordsProblem::NotInList(7)));
        assert_eq!(Passphrase::parse("legal winner thank"), Err(WordsProblem::Count { found: 3, expected: 12 }));
        assert_eq!(Passphrase::parse(""), Err(WordsProblem::Count { found: 0, expected: 12 }));
        assert_eq!(Passphrase::parse(&KNOWN.replace("yellow", "zoo")), Err(WordsProblem::Checksum));
        assert_eq!(WordsProblem::NotInList(7).to_string(), "word 7 is not in the list");
    }

    #[test]
    fn the_look_up_hash_depends_on_words_and_pepper() {
        let (one, two) = (MacKey::draw(&SeededRandom::new(1)), MacKey::draw(&SeededRandom::new(2)));
        assert_eq!(known().lookup(&one), Passphrase::parse(KNOWN).unwrap().lookup(&one));
        assert_ne!(known().lookup(&one), known().lookup(&two));
        assert_ne!(known().lookup(&one), Passphrase::draw(&OsRandom).lookup(&one));
    }

    #[test]
    fn the_same_words_give_the_same_key_pair() {
        assert_eq!(known().key_pair().public(), Passphrase::parse(KNOWN).unwrap().key_pair().public());
        assert_ne!(known().key_pair().public(), Passphrase::draw(&OsRandom).key_pair().public());
    }

    #[test]
    fn a_passphrase_in_a_text_is_found() {
        for text in [
            KNOWN.to_owned(),
            format!("My words are {KNOWN}, keep them safe"),
            "1. legal 2. winner 3. thank 4. year 5. wave 6. sausage\n7. worth 8. useful 9. legal 10. winner 11. thank 12. yellow".into(),
            KNOWN.to_uppercase().replace(' ', ", "),
            KNOWN.replace("sausage", "sau\u{200b}sage"),
            KNOWN.replace("legal", "ｌｅｇａｌ"),
            format!("legal about {KNOWN} zoo"),
        ] {
            assert!(contains_passphrase(&text), "{text}");
        }
    }

    #[test]
    fn other_texts_are_no_passphrase() {
        for text in [
            String::new(),
            KNOWN.rsplit_once(' ').unwrap().0.to_owned(),
            KNOWN.replace("yellow", "zoo"),
            KNOWN.replace("wave sausage", "wave the sausage"),
            "The city of Duisburg signed a memorandum of understanding about cloud services and smart city development.".into(),
        ] {
            assert!(!contains_passphrase(&text), "{text}");
        }
    }

    #[test]
    fn debug_shows_nothing_of_the_words() {
        assert_eq!(format!("{:?}", known()), "Passphrase");
    }
}
