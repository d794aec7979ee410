//! Keys, sealing and the words that open what was sealed (protection.md sections 3, 4 and 7).
//!
//! There is no cipher and no format of our own: everything is HPKE (RFC 9180) with X25519, HKDF-SHA-256 and ChaCha20-Poly1305. Whatever
//! proves a person's right, be it a cookie, a session token, a password, the twelve words, the recovery key or `secret.key`, is the seed
//! of a [`KeyPair`], so that one kind of [`Envelope`] serves all; what two may open is two envelopes.

mod envelope;
mod instance;
mod keys;
mod passphrase;
mod password;
pub(crate) mod private_file;
mod recovery;
mod totp;
mod words;

pub use envelope::{Envelope, Opened, Unopened, open, open_json, seal, seal_json};
pub use instance::InstanceKeys;
pub use keys::{KeyId, KeyPair, MacKey, MalformedKey, PublicKey};
pub use passphrase::{Passphrase, contains_passphrase};
pub use password::{MalformedPassword, Password, PasswordProblem, Passwords, StoredPassword};
pub use recovery::RecoveryKey;
pub use totp::{RecoveryCode, TotpSecret, TotpStep, step_at};
pub use words::WordsProblem;

use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::Zeroizing;

/// 32 bytes for one use, from a seed that serves several: HKDF (RFC 5869) with the use as its label.
fn derive(seed: &[u8], label: &str) -> Zeroizing<[u8; 32]> {
    let mut derived = Zeroizing::new([0; 32]);
    #[expect(clippy::expect_used, reason = "HKDF fails only beyond 8160 bytes")]
    Hkdf::<Sha256>::new(None, seed)
        .expand_multi_info(&[b"casebook/1/", label.as_bytes()], derived.as_mut_slice())
        .expect("32 bytes can be derived");
    derived
}
