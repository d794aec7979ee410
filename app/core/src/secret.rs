//! Secrets have types: `Debug` shows nothing of them, memory is cleared when they go, and stores accept only their hashes.

use std::fmt;

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::random::Random;

/// A text that must not reach a log, such as a password on its way to the hash.
#[derive(Clone, Default, Deserialize)]
#[serde(from = "String")]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes a text into keeping.
    #[must_use]
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// Whether there is no text.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The text, for the one who needs it.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

/// 256 random bits that prove something by being known: a session, a draft, an invitation.
#[derive(Clone)]
pub struct Token(Zeroizing<[u8; 32]>);

impl Token {
    /// Draws a new one.
    #[must_use]
    pub fn draw(random: &dyn Random) -> Self {
        Self(Zeroizing::new(random.bytes()))
    }

    /// A token that follows from a key, so that it can be made again and is stored nowhere.
    #[must_use]
    pub fn of_bits(bits: [u8; 32]) -> Self {
        Self(Zeroizing::new(bits))
    }

    /// Reads the text that [`Token::text`] wrote; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = Zeroizing::new(BASE64URL_NOPAD.decode(text.as_bytes()).ok()?);
        Some(Self(Zeroizing::new(bytes.as_slice().try_into().ok()?)))
    }

    /// The token as it travels in a cookie or a link.
    #[must_use]
    pub fn text(&self) -> Secret {
        Secret::new(BASE64URL_NOPAD.encode(self.0.as_slice()))
    }

    /// The bits, from which keys are derived.
    #[must_use]
    pub fn bits(&self) -> &[u8; 32] {
        &self.0
    }

    /// What may be stored of it. 256 random bits need no slow hash.
    #[must_use]
    pub fn lookup(&self) -> LookupHash {
        LookupHash(HEXLOWER.encode(&Sha256::digest(self.0.as_slice())))
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token")
    }
}

/// The hash under which a secret's row is found; it tells nothing of the secret.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct LookupHash(String);

impl LookupHash {
    /// Wraps a hash that was computed elsewhere (the passphrase's keyed hash).
    #[must_use]
    pub fn from_digest(digest: &[u8; 32]) -> Self {
        Self(HEXLOWER.encode(digest))
    }

    /// Takes back what a column holds.
    #[must_use]
    pub fn from_column(text: String) -> Self {
        Self(text)
    }

    /// The hash in lower-case hexadecimal.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Gives types a `Debug` that tells nothing but their name: what they hold is sealed wherever it is stored, and stays out of logs.
macro_rules! silent_debug {
    ($($name:ident),+) => {$(
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(stringify!($name))
            }
        }
    )+};
}
pub(crate) use silent_debug;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::OsRandom;

    #[test]
    fn a_token_is_read_back_and_its_hash_is_the_same() {
        let token = Token::draw(&OsRandom);
        let again = Token::parse(token.text().reveal()).unwrap();
        assert_eq!(token.lookup(), again.lookup());
        assert!(Token::parse("short").is_none());
    }

    #[test]
    fn debug_shows_nothing() {
        assert_eq!(format!("{:?} {:?}", Secret::new("hunter2".into()), Token::draw(&OsRandom)), "Secret Token");
    }
}
