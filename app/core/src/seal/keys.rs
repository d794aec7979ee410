//! Key pairs for sealing, and keys for marks that only this instance can make.

use std::{fmt, str::FromStr};

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use data_encoding::HEXLOWER;
use hmac::{Hmac, KeyInit, Mac};
use hpke::{Deserializable, Kem, Serializable, kem::X25519HkdfSha256};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::derive;
use crate::{random::Random, text_type::text_type};

pub(super) type Private = <X25519HkdfSha256 as Kem>::PrivateKey;
pub(super) type Public = <X25519HkdfSha256 as Kem>::PublicKey;

/// A text that is not the key or key id it should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a key")]
pub struct MalformedKey;

text_type! {
    /// The name of a key pair: 128 bits of the SHA-256 of its public half, in lower-case hexadecimal.
    KeyId, MalformedKey
}

impl FromStr for KeyId {
    type Err = MalformedKey;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match HEXLOWER.decode(text.as_bytes()) {
            Ok(bytes) if bytes.len() == 16 => Ok(Self(text.to_owned())),
            _ => Err(MalformedKey),
        }
    }
}

text_type! {
    /// The half of a key pair that seals: 32 bytes of X25519 as base 64. Anybody may know it.
    PublicKey, MalformedKey
}

impl PublicKey {
    fn from_bytes(bytes: &[u8]) -> Self {
        Self(BASE64_URL_SAFE_NO_PAD.encode(bytes))
    }

    fn bytes(&self) -> Vec<u8> {
        BASE64_URL_SAFE_NO_PAD.decode(&self.0).unwrap_or_default()
    }

    pub(super) fn for_hpke(&self) -> Result<Public, hpke::HpkeError> {
        Public::from_bytes(&self.bytes())
    }

    /// The name under which envelopes sealed to this key know it.
    #[must_use]
    pub fn id(&self) -> KeyId {
        KeyId(HEXLOWER.encode(&Sha256::digest(self.bytes())[..16]))
    }
}

impl FromStr for PublicKey {
    type Err = MalformedKey;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match BASE64_URL_SAFE_NO_PAD.decode(text) {
            Ok(bytes) if bytes.len() == 32 => Ok(Self(text.to_owned())),
            _ => Err(MalformedKey),
        }
    }
}

/// Both halves of a key pair. The private half never reaches a log, and memory is cleared when it goes.
#[derive(Clone)]
pub struct KeyPair {
    private: Private,
    public: PublicKey,
}

impl KeyPair {
    /// The key pair that follows from `seed` (a token's, a password's or a passphrase's bits) for the use that `label` names.
    ///
    /// The same seed and label give the same pair; other labels give pairs that have nothing to do with it.
    #[must_use]
    pub fn from_seed(seed: &[u8], label: &'static str) -> Self {
        Self::from_material(derive(seed, label).as_slice())
    }

    /// A new key pair that follows from nothing; its private half has to be sealed to someone.
    #[must_use]
    pub fn draw(random: &dyn Random) -> Self {
        Self::from_material(Zeroizing::new(random.bytes::<32>()).as_slice())
    }

    fn from_material(material: &[u8]) -> Self {
        let (private, public) = X25519HkdfSha256::derive_keypair(material);
        Self { private, public: PublicKey::from_bytes(&public.to_bytes()) }
    }

    /// Takes back what [`KeyPair::private_half`] gave and an envelope kept.
    ///
    /// # Errors
    /// If these are not the 32 bytes of a private key.
    pub fn from_private_half(bytes: &[u8]) -> Result<Self, MalformedKey> {
        let private = Private::from_bytes(bytes).map_err(|_| MalformedKey)?;
        let public = PublicKey::from_bytes(&X25519HkdfSha256::sk_to_pk(&private).to_bytes());
        Ok(Self { private, public })
    }

    /// The private half, to be sealed to somebody who may open what is sealed to this pair.
    #[must_use]
    pub fn private_half(&self) -> Zeroizing<[u8; 32]> {
        let mut bytes = Zeroizing::new([0; 32]);
        self.private.write_exact(bytes.as_mut_slice());
        bytes
    }

    pub(super) fn for_hpke(&self) -> &Private {
        &self.private
    }

    /// The half that seals.
    #[must_use]
    pub fn public(&self) -> &PublicKey {
        &self.public
    }

    /// The name under which envelopes sealed to this pair know it.
    #[must_use]
    pub fn id(&self) -> KeyId {
        self.public.id()
    }
}

impl fmt::Debug for KeyPair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KeyPair")
    }
}

/// A key for HMAC-SHA-256 (RFC 2104): what it marks can be recognised, but neither guessed nor forged, without it.
#[derive(Clone)]
pub struct MacKey(Zeroizing<[u8; 32]>);

impl MacKey {
    pub(super) fn from_seed(seed: &[u8], label: &'static str) -> Self {
        Self(derive(seed, label))
    }

    /// A key that lives no longer than this process.
    #[must_use]
    pub fn draw(random: &dyn Random) -> Self {
        Self(Zeroizing::new(random.bytes()))
    }

    #[expect(clippy::expect_used, reason = "HMAC takes keys of every length")]
    fn begin(&self) -> Hmac<Sha256> {
        Hmac::new_from_slice(self.0.as_slice()).expect("HMAC takes keys of every length")
    }

    /// The mark of `data`.
    #[must_use]
    pub fn mark(&self, data: &[u8]) -> [u8; 32] {
        self.begin().chain_update(data).finalize().into_bytes().into()
    }

    /// Whether `mark` is that of `data`; takes the same time whichever byte differs.
    #[must_use]
    pub fn is_mark_of(&self, mark: &[u8], data: &[u8]) -> bool {
        self.begin().chain_update(data).verify_slice(mark).is_ok()
    }
}

impl fmt::Debug for MacKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MacKey")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::SeededRandom;

    #[test]
    fn the_same_seed_and_label_give_the_same_pair_and_other_labels_another() {
        let pair = KeyPair::from_seed(&[7; 32], "draft");
        assert_eq!(pair.public(), KeyPair::from_seed(&[7; 32], "draft").public());
        assert_ne!(pair.public(), KeyPair::from_seed(&[7; 32], "session").public());
        assert_ne!(pair.public(), KeyPair::from_seed(&[8; 32], "draft").public());
    }

    #[test]
    fn a_private_half_brings_the_whole_pair_back() {
        let pair = KeyPair::draw(&SeededRandom::new(1));
        let again = KeyPair::from_private_half(pair.private_half().as_slice()).unwrap();
        assert_eq!(again.public(), pair.public());
        assert_eq!(again.id(), pair.id());
        assert!(KeyPair::from_private_half(b"short").is_err());
    }

    #[test]
    fn public_halves_and_key_ids_survive_their_text() {
        let pair = KeyPair::draw(&SeededRandom::new(2));
        assert_eq!(&pair.public().to_string().parse::<PublicKey>().unwrap(), pair.public());
        assert_eq!(pair.id().to_string().parse::<KeyId>().unwrap(), pair.id());
        assert!("AAAA".parse::<PublicKey>().is_err());
        assert!("AAAA".parse::<KeyId>().is_err());
    }

    #[test]
    fn debug_shows_nothing_of_the_private_half() {
        let random = SeededRandom::new(3);
        assert_eq!(format!("{:?} {:?}", KeyPair::draw(&random), MacKey::draw(&random)), "KeyPair MacKey");
    }

    #[test]
    fn a_mark_is_known_again_and_only_under_its_key() {
        let key = MacKey::from_seed(&[1; 32], "forms");
        let mark = key.mark(b"a form");
        assert!(key.is_mark_of(&mark, b"a form"));
        assert!(!key.is_mark_of(&mark, b"another form"));
        assert!(!MacKey::from_seed(&[1; 32], "pepper").is_mark_of(&mark, b"a form"));
        assert!(!key.is_mark_of(&mark[..16], b"a form"));
    }
}
