//! The recovery key of an instance: the way back to sealed submissions when no member of staff can sign in (protection.md section 4).

use std::fmt;

use zeroize::Zeroizing;

use super::{KeyPair, PublicKey, WordsProblem, words};
use crate::random::Random;

/// How many words a recovery key has.
const WORDS: usize = 24;

/// Twenty-four words of the BIP 39 English list: 256 random bits and a checksum of eight. Shown once, stored nowhere.
#[derive(Clone, PartialEq, Eq)]
pub struct RecoveryKey(Zeroizing<[u8; 32]>);

impl RecoveryKey {
    /// Draws a new one.
    #[must_use]
    pub fn draw(random: &dyn Random) -> Self {
        Self(Zeroizing::new(random.bytes()))
    }

    /// Reads the words as people type them; see [`Passphrase::parse`](super::Passphrase::parse).
    ///
    /// # Errors
    /// [`WordsProblem`] says what is wrong with them.
    pub fn parse(text: &str) -> Result<Self, WordsProblem> {
        let bits = words::bits_of(text, WORDS)?;
        let bits = bits.as_slice().try_into().map_err(|_| WordsProblem::Checksum)?;
        Ok(Self(Zeroizing::new(bits)))
    }

    /// The words in their order, to be shown once and written down.
    #[must_use]
    pub fn words(&self) -> Vec<&'static str> {
        words::words_of(self.0.as_slice())
    }

    /// The key pair to which review keys are sealed; only its public half is stored.
    #[must_use]
    pub fn key_pair(&self) -> KeyPair {
        KeyPair::from_seed(self.0.as_slice(), "recovery key")
    }

    /// Whether these are the words behind `public`.
    #[must_use]
    pub fn fits(&self, public: &PublicKey) -> bool {
        self.key_pair().public() == public
    }
}

impl fmt::Debug for RecoveryKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryKey")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::SeededRandom;

    #[test]
    fn twenty_four_words_are_read_back_and_give_the_same_pair() {
        let key = RecoveryKey::draw(&SeededRandom::new(1));
        let words = key.words();
        assert_eq!(words.len(), 24);
        let again = RecoveryKey::parse(&words.join("\n").to_uppercase()).unwrap();
        assert!(again.fits(key.key_pair().public()));
        assert!(!RecoveryKey::draw(&SeededRandom::new(2)).fits(key.key_pair().public()));
    }

    #[test]
    fn half_a_recovery_key_is_none() {
        let words = RecoveryKey::draw(&SeededRandom::new(1)).words();
        assert_eq!(RecoveryKey::parse(&words[..12].join(" ")), Err(WordsProblem::Count { found: 12, expected: 24 }));
        assert_eq!(format!("{:?}", RecoveryKey::draw(&SeededRandom::new(1))), "RecoveryKey");
    }
}
