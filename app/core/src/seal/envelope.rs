//! The envelope: what only the holder of one key pair can open.

use std::{convert::Infallible, str::FromStr};

use base64::{Engine, prelude::BASE64_STANDARD};
use hpke::{
    Deserializable, OpModeR, OpModeS, Serializable,
    aead::ChaCha20Poly1305,
    kdf::HkdfSha256,
    kem::X25519HkdfSha256,
    rand_core::{TryCryptoRng, TryRng},
    single_shot_open, single_shot_seal_with_rng,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use zeroize::Zeroizing;

use super::{KeyId, KeyPair, PublicKey};
use crate::{
    error::{Error, Result},
    random::Random,
    text_type::text_type,
};

type Encapsulated = <X25519HkdfSha256 as hpke::Kem>::EncappedKey;

/// What an envelope held. Memory is cleared when it goes.
pub type Opened = Zeroizing<Vec<u8>>;

/// The version of the envelope: HPKE base mode with the three algorithms above, padded as [`pad`] says.
const VERSION: u8 = 1;
/// The least size that is sealed, in bytes; below it no two plaintexts differ in length.
const LEAST: usize = 256;
/// Beyond this size plaintexts are padded to multiples of it instead of to powers of two.
const COARSE: usize = 64 * 1024;

text_type! {
    /// A sealed message as JSON: `{"version":1,"key_id":"…","enc":"…","ciphertext":"…"}`, the last two in base 64.
    ///
    /// Its length tells little: what is sealed is padded to 256 bytes, 512, and so on in powers of two up to 64 KiB, and to multiples of
    /// 64 KiB from there.
    Envelope, Unopened
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Parts {
    version: u8,
    key_id: KeyId,
    enc: String,
    ciphertext: String,
}

/// Why an envelope stayed closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unopened {
    /// It is sealed to another key pair than the one at hand.
    #[error("the envelope is sealed to another key")]
    OtherKey,
    /// It was changed, moved to another row, or serves another purpose than the one asked for.
    #[error("the envelope is damaged or belongs elsewhere")]
    Damaged,
}

impl From<Unopened> for Error {
    fn from(unopened: Unopened) -> Self {
        Self::unexpected(unopened)
    }
}

impl Envelope {
    fn parts(&self) -> Result<Parts, Unopened> {
        serde_json::from_str(&self.0).map_err(|_| Unopened::Damaged)
    }

    /// How the text of each envelope begins that is sealed to the key pair of this name: by it a query finds them.
    #[must_use]
    pub fn beginning(to: &KeyId) -> String {
        format!("{{\"version\":{VERSION},\"key_id\":\"{to}\",")
    }

    /// The name of the key pair that opens it.
    ///
    /// # Errors
    /// [`Unopened::Damaged`] if the text is not that of an envelope.
    pub fn key_id(&self) -> Result<KeyId, Unopened> {
        Ok(self.parts()?.key_id)
    }
}

impl FromStr for Envelope {
    type Err = Unopened;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let envelope = Self(text.to_owned());
        envelope.parts().map(|_| envelope)
    }
}

/// Seals `plaintext` so that only the private half of `to` opens it.
///
/// `purpose` is the same short constant at sealing and opening (HPKE's info); `place` names where the envelope lies, such as the id of its
/// row (HPKE's associated data), so that an envelope moved to another row does not open there.
///
/// # Errors
/// [`Error::Unexpected`] if `to` is no usable key, which no key made here is.
pub fn seal(
    to: &PublicKey,
    purpose: &'static str,
    place: &str,
    plaintext: &[u8],
    random: &dyn Random,
) -> Result<Envelope> {
    let recipient = to.for_hpke().map_err(Error::unexpected)?;
    let padded = pad(plaintext)?;
    let (enc, ciphertext) = single_shot_seal_with_rng::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
        &OpModeS::Base,
        &recipient,
        &info(purpose),
        &padded,
        place.as_bytes(),
        &mut Chance(random),
    )
    .map_err(Error::unexpected)?;
    let parts = Parts {
        version: VERSION,
        key_id: to.id(),
        enc: BASE64_STANDARD.encode(enc.to_bytes()),
        ciphertext: BASE64_STANDARD.encode(ciphertext),
    };
    Ok(Envelope(serde_json::to_string(&parts)?))
}

/// Opens what was sealed to `keys` for `purpose` at `place`.
///
/// # Errors
/// [`Unopened`] says whether it is another's envelope or a damaged one.
pub fn open(keys: &KeyPair, purpose: &'static str, place: &str, envelope: &Envelope) -> Result<Opened, Unopened> {
    let parts = envelope.parts()?;
    if parts.key_id != keys.id() {
        return Err(Unopened::OtherKey);
    }
    if parts.version != VERSION {
        return Err(Unopened::Damaged);
    }
    let bytes = |text: &str| BASE64_STANDARD.decode(text).map_err(|_| Unopened::Damaged);
    let enc = Encapsulated::from_bytes(&bytes(&parts.enc)?).map_err(|_| Unopened::Damaged)?;
    let padded = single_shot_open::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
        &OpModeR::Base,
        keys.for_hpke(),
        &enc,
        &info(purpose),
        &bytes(&parts.ciphertext)?,
        place.as_bytes(),
    )
    .map_err(|_| Unopened::Damaged)?;
    unpad(&Zeroizing::new(padded)).ok_or(Unopened::Damaged)
}

/// Seals a value as JSON; see [`seal`].
///
/// # Errors
/// As [`seal`], and if the value cannot be written as JSON.
pub fn seal_json<T: Serialize>(
    to: &PublicKey,
    purpose: &'static str,
    place: &str,
    value: &T,
    random: &dyn Random,
) -> Result<Envelope> {
    seal(to, purpose, place, &Zeroizing::new(serde_json::to_vec(value)?), random)
}

/// Opens a value that [`seal_json`] sealed; see [`open`].
///
/// # Errors
/// As [`open`]; [`Unopened::Damaged`] too where what it holds is not such a value.
pub fn open_json<T: DeserializeOwned>(
    keys: &KeyPair,
    purpose: &'static str,
    place: &str,
    envelope: &Envelope,
) -> Result<T, Unopened> {
    serde_json::from_slice(&open(keys, purpose, place, envelope)?).map_err(|_| Unopened::Damaged)
}

fn info(purpose: &'static str) -> Vec<u8> {
    [b"casebook/1/".as_slice(), purpose.as_bytes()].concat()
}

/// The length in four bytes (little end first), the plaintext, and zeros up to the next size of [`Envelope`].
fn pad(plaintext: &[u8]) -> Result<Opened> {
    let length = u32::try_from(plaintext.len()).map_err(Error::unexpected)?;
    let needed = plaintext.len() + 4;
    let size = if needed <= COARSE { needed.next_power_of_two().max(LEAST) } else { needed.next_multiple_of(COARSE) };
    let mut padded = Zeroizing::new(Vec::with_capacity(size));
    padded.extend_from_slice(&length.to_le_bytes());
    padded.extend_from_slice(plaintext);
    padded.resize(size, 0);
    Ok(padded)
}

fn unpad(padded: &[u8]) -> Option<Opened> {
    let (length, rest) = padded.split_first_chunk::<4>()?;
    let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
    Some(Zeroizing::new(rest.get(..length)?.to_vec()))
}

/// Our chance in the form that HPKE asks for.
struct Chance<'a>(&'a dyn Random);

impl TryRng for Chance<'_> {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(u32::from_le_bytes(self.0.bytes()))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(u64::from_le_bytes(self.0.bytes()))
    }

    fn try_fill_bytes(&mut self, buffer: &mut [u8]) -> Result<(), Infallible> {
        self.0.fill(buffer);
        Ok(())
    }
}

impl TryCryptoRng for Chance<'_> {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{random::OsRandom, testing::SeededRandom};

    fn sealed(to: &KeyPair, text: &str) -> Envelope {
        seal(to.public(), "submission", "row 1", text.as_bytes(), &OsRandom).unwrap()
    }

    #[test]
    fn what_is_sealed_is_opened_by_the_holder_of_the_key() {
        let keys = KeyPair::draw(&SeededRandom::new(1));
        for text in ["", "Street lights", &"long ".repeat(50_000)] {
            let again: Envelope = sealed(&keys, text).to_string().parse().unwrap();
            assert_eq!(open(&keys, "submission", "row 1", &again).unwrap().as_slice(), text.as_bytes());
        }
    }

    #[test]
    fn another_key_another_purpose_and_another_row_open_nothing() {
        let (keys, other) = (KeyPair::draw(&SeededRandom::new(1)), KeyPair::draw(&SeededRandom::new(2)));
        let envelope = sealed(&keys, "Street lights");
        assert_eq!(open(&other, "submission", "row 1", &envelope), Err(Unopened::OtherKey));
        assert_eq!(open(&keys, "draft", "row 1", &envelope), Err(Unopened::Damaged));
        assert_eq!(open(&keys, "submission", "row 2", &envelope), Err(Unopened::Damaged));
    }

    #[test]
    fn a_changed_envelope_stays_closed_wherever_it_was_changed() {
        let keys = KeyPair::draw(&SeededRandom::new(1));
        let whole = sealed(&keys, "Street lights");
        let change = |edit: &dyn Fn(&mut Parts)| {
            let mut parts = whole.parts().unwrap();
            edit(&mut parts);
            open(&keys, "submission", "row 1", &Envelope(serde_json::to_string(&parts).unwrap()))
        };
        assert!(change(&|_| ()).is_ok());
        let flip = |text: &mut String, at: usize| {
            let mut bytes = BASE64_STANDARD.decode(text.as_str()).unwrap();
            bytes[at] ^= 1;
            *text = BASE64_STANDARD.encode(bytes);
        };
        for at in [0, 100, 256 + 15] {
            assert_eq!(change(&|parts| flip(&mut parts.ciphertext, at)), Err(Unopened::Damaged));
        }
        assert_eq!(change(&|parts| flip(&mut parts.enc, 3)), Err(Unopened::Damaged));
        assert_eq!(change(&|parts| parts.enc = String::new()), Err(Unopened::Damaged));
        assert_eq!(change(&|parts| parts.ciphertext = "not base 64".into()), Err(Unopened::Damaged));
        assert_eq!(change(&|parts| parts.version = 2), Err(Unopened::Damaged));
        assert_eq!("{}".parse::<Envelope>(), Err(Unopened::Damaged));
    }

    #[test]
    fn two_recipients_are_two_envelopes_that_have_nothing_in_common() {
        let (keys, other) = (KeyPair::draw(&SeededRandom::new(1)), KeyPair::draw(&SeededRandom::new(2)));
        let (one, two) = (sealed(&keys, "Street lights"), sealed(&other, "Street lights"));
        assert_eq!(
            *open(&keys, "submission", "row 1", &one).unwrap(),
            *open(&other, "submission", "row 1", &two).unwrap()
        );
        assert_eq!(one.key_id().unwrap(), keys.id());
        assert_ne!(one.parts().unwrap().ciphertext, two.parts().unwrap().ciphertext);
        assert_ne!(sealed(&keys, "Street lights"), sealed(&keys, "Street lights"), "each sealing draws anew");
    }

    #[test]
    fn the_length_tells_little() {
        let keys = KeyPair::draw(&SeededRandom::new(1));
        let length = |count: usize| sealed(&keys, &"x".repeat(count)).as_str().len();
        assert_eq!(length(0), length(252));
        assert_ne!(length(252), length(253));
        assert_eq!(length(5_000), length(8_000));
        assert_eq!(length(66_000), length(130_000));
    }

    #[test]
    fn the_text_of_an_envelope_shows_nothing_of_what_it_holds() {
        let keys = KeyPair::draw(&SeededRandom::new(1));
        let envelope = sealed(&keys, "Duisburg");
        assert!(!envelope.as_str().contains("Duisburg"));
        assert!(!envelope.as_str().contains(&BASE64_STANDARD.encode("Duisburg")[..8]));
    }

    #[test]
    fn values_are_sealed_as_json() {
        let keys = KeyPair::draw(&SeededRandom::new(1));
        let envelope = seal_json(keys.public(), "draft", "d1", &vec!["a", "b"], &OsRandom).unwrap();
        assert_eq!(open_json::<Vec<String>>(&keys, "draft", "d1", &envelope).unwrap(), ["a", "b"]);
        assert_eq!(open_json::<u32>(&keys, "draft", "d1", &envelope), Err(Unopened::Damaged));
    }
}
