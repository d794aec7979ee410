//! The BIP 39 English word list as people type it, shared by the passphrase and the recovery key.

use bip39::{Language, Mnemonic};
use zeroize::Zeroizing;

/// What is wrong with the words that somebody typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WordsProblem {
    /// The word at this place, counted from one, is not in the list.
    #[error("word {0} is not in the list")]
    NotInList(usize),
    /// There are more or fewer words than there should be.
    #[error("there are {found} words instead of {expected}")]
    Count {
        /// How many were typed.
        found: usize,
        /// How many it takes.
        expected: usize,
    },
    /// Every word is in the list, but they do not belong together: one is another list word, or two changed places.
    #[error("the words do not belong together")]
    Checksum,
}

/// The words of `bits`: three words for each four bytes.
pub(super) fn words_of(bits: &[u8]) -> Vec<&'static str> {
    #[expect(clippy::expect_used, reason = "16 and 32 bytes are lengths of BIP 39")]
    let mnemonic = Mnemonic::from_entropy_in(Language::English, bits).expect("16 or 32 bytes have words");
    mnemonic.words().collect()
}

/// The bits of exactly `expected` words, whatever their case and whatever stands between them.
pub(super) fn bits_of(text: &str, expected: usize) -> Result<Zeroizing<Vec<u8>>, WordsProblem> {
    let mut words = Zeroizing::new(Vec::with_capacity(expected));
    for (at, word) in typed_words(text).enumerate() {
        words.push(in_list(&word).ok_or(WordsProblem::NotInList(at + 1))?);
    }
    if words.len() != expected {
        return Err(WordsProblem::Count { found: words.len(), expected });
    }
    bits_of_indices(&words).ok_or(WordsProblem::Checksum)
}

/// The runs of letters in `text`, in lower case. Digits, punctuation and white space part them, as in "1. abandon, 2. ability".
pub(super) fn typed_words(text: &str) -> impl Iterator<Item = Zeroizing<String>> {
    text.split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty())
        .map(|word| Zeroizing::new(word.to_lowercase()))
}

/// The place of a lower-case word in the list.
pub(super) fn in_list(word: &str) -> Option<u16> {
    Language::English.find_word(word)
}

/// The bits that words at these places of the list stand for, if the checksum fits.
pub(super) fn bits_of_indices(indices: &[u16]) -> Option<Zeroizing<Vec<u8>>> {
    let list = Language::English.word_list();
    let mut text = Zeroizing::new(String::with_capacity(indices.len() * 9));
    for index in indices {
        text.push_str(list[usize::from(*index)]);
        text.push(' ');
    }
    Some(Zeroizing::new(Mnemonic::parse_in_normalized(Language::English, text.trim_end()).ok()?.to_entropy()))
}
