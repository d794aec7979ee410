//! Signatures of releases in the format of minisign (<https://jedisct1.github.io/minisign/>): whoever holds a release checks with a program
//! that is not ours that it came from here. The same key and words make the same signature.

use std::path::Path;

use base64::{Engine, prelude::BASE64_STANDARD};
use blake2::{Blake2b512, Digest};
use ed25519_dalek::{Signer, SigningKey};
use zeroize::Zeroizing;

use crate::{Error, Result, config::Config, random::Random, seal::private_file, secret::Secret};

/// What errors call the file of the key.
const WHAT: &str = "release key";
/// How a secret key begins that no passphrase protects: Ed25519, no derivation, BLAKE2b.
const HEAD: &[u8; 6] = b"Ed\0\0B2";
/// What follows for the derivation that there is none of: salt and costs.
const UNUSED: usize = 48;
/// What stands at the end: a checksum that only protected keys have.
const CHECKSUM: usize = 32;

/// The key that signs releases. It lies in a file of minisign's own format, outside the database and its back-ups.
pub struct ReleaseKey {
    id: [u8; 8],
    key: SigningKey,
}

impl std::fmt::Debug for ReleaseKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ReleaseKey").field("public", &self.public()).finish_non_exhaustive()
    }
}

impl ReleaseKey {
    /// The key of the instance that `config` describes; drawn and written if there is none.
    ///
    /// # Errors
    /// [`Error::Config`], which says how to mend it, if others can read the file, if it holds something else, or cannot be read or made.
    pub fn open(config: &Config, random: &dyn Random) -> Result<Self> {
        let path = config.in_data(&config.releases.key_file);
        if let Some(key) = Self::load(&path)? {
            return Ok(key);
        }
        private_file::create(&path, WHAT, &Self::draw(random).secret_text(), random)?;
        Self::load(&path)?
            .ok_or_else(|| Error::Config(format!("the {WHAT} {} vanished while it was made", path.display())))
    }

    /// The key of the instance that `config` describes, if there is one: none is made.
    ///
    /// # Errors
    /// As [`ReleaseKey::open`].
    pub fn find(config: &Config) -> Result<Option<Self>> {
        Self::load(&config.in_data(&config.releases.key_file))
    }

    /// A key for a test, or for a release that is only tried.
    #[must_use]
    pub fn draw(random: &dyn Random) -> Self {
        Self { id: random.bytes(), key: SigningKey::from_bytes(&Zeroizing::new(random.bytes())) }
    }

    fn load(path: &Path) -> Result<Option<Self>> {
        let Some(text) = private_file::read(path, WHAT)? else { return Ok(None) };
        let malformed = || {
            Error::Config(format!(
                "{} does not hold a secret key of minisign without a passphrase. Put the right one back from your copy, or make one with \
                 `minisign -G -W -s {}`.",
                path.display(),
                path.display()
            ))
        };
        Self::parse(&text).map(Some).ok_or_else(malformed)
    }

    fn parse(text: &str) -> Option<Self> {
        let bytes = Zeroizing::new(BASE64_STANDARD.decode(text.lines().nth(1)?.trim()).ok()?);
        let (_, rest) = bytes.strip_prefix(HEAD)?.split_at_checked(UNUSED)?;
        let (id, rest) = rest.split_first_chunk::<8>()?;
        let (pair, checksum) = rest.split_first_chunk::<64>()?;
        let key = SigningKey::from_keypair_bytes(pair).ok()?;
        (checksum.len() == CHECKSUM).then_some(Self { id: *id, key })
    }

    fn secret_text(&self) -> Secret {
        let mut bytes = Zeroizing::new(HEAD.to_vec());
        bytes.extend([0u8; UNUSED]);
        bytes.extend(self.id);
        bytes.extend(*Zeroizing::new(self.key.to_keypair_bytes()));
        bytes.extend([0u8; CHECKSUM]);
        let encoded = Zeroizing::new(BASE64_STANDARD.encode(bytes.as_slice()));
        Secret::new(format!(
            "untrusted comment: the key that signs the releases of this Casebook; show it to nobody\n{}\n",
            encoded.as_str()
        ))
    }

    /// The public key, as minisign takes it after `-P`.
    #[must_use]
    pub fn public(&self) -> String {
        let bytes = [b"Ed".as_slice(), &self.id, self.key.verifying_key().as_bytes()].concat();
        BASE64_STANDARD.encode(bytes)
    }

    /// The signature of some bytes, as a file. `comment` is signed with it.
    #[must_use]
    pub fn sign(&self, content: &[u8], comment: &str) -> String {
        let signature = self.key.sign(&Blake2b512::digest(content)).to_bytes();
        let whole = self.key.sign(&[signature.as_slice(), comment.as_bytes()].concat()).to_bytes();
        format!(
            "untrusted comment: signature of a Casebook release\n{}\ntrusted comment: {comment}\n{}\n",
            BASE64_STANDARD.encode([b"ED".as_slice(), &self.id, &signature].concat()),
            BASE64_STANDARD.encode(whole),
        )
    }
}

/// The comment that was signed with some bytes, if the signature is that of this key.
///
/// # Errors
/// What is wrong, in words.
pub(super) fn verified(content: &[u8], signature: &str, public_key: &str) -> Result<String, String> {
    let key = minisign_verify::PublicKey::from_base64(public_key.trim())
        .map_err(|_| format!("\"{}\" is no public key of minisign", public_key.trim()))?;
    let signature =
        minisign_verify::Signature::decode(signature).map_err(|_| "it is no signature of minisign".to_owned())?;
    match key.verify(content, &signature, false) {
        Ok(()) => Ok(signature.trusted_comment().to_owned()),
        Err(minisign_verify::Error::UnexpectedKeyId) => Err("it was made with another key".to_owned()),
        Err(_) => Err("it does not fit what it stands beside".to_owned()),
    }
}

/// The id of a public key, as minisign prints it.
pub(super) fn key_id(public_key: &str) -> Option<String> {
    let bytes = BASE64_STANDARD.decode(public_key.trim()).ok()?;
    let (_, rest) = bytes.split_first_chunk::<2>()?;
    let (id, _) = rest.split_first_chunk::<8>()?;
    Some(format!("{:X}", u64::from_le_bytes(*id)))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::{random::OsRandom, testing::SeededRandom};

    fn config(folder: &Path) -> Config {
        let mut config = Config::defaults().unwrap();
        config.data.folder = folder.to_owned();
        config
    }

    /// R15: the key is made once, for its owner alone, and the same words get the same signature ever after.
    #[test]
    fn the_key_is_made_once_and_signs_the_same_words_in_the_same_way() {
        let folder = tempfile::tempdir().unwrap();
        let config = config(folder.path());
        assert!(ReleaseKey::find(&config).unwrap().is_none());
        let made = ReleaseKey::open(&config, &OsRandom).unwrap();
        let again = ReleaseKey::open(&config, &OsRandom).unwrap();
        assert_eq!(made.public(), again.public());
        assert_eq!(made.sign(b"words", "of release 1.0"), again.sign(b"words", "of release 1.0"));
        let path = folder.path().join("releases.key");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
            fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
            let refused = ReleaseKey::open(&config, &OsRandom).unwrap_err().to_string();
            assert!(refused.contains(&format!("chmod 600 {}", path.display())), "{refused}");
            fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        }
        fs::write(&path, "untrusted comment: x\nRWQ\n").unwrap();
        let refused = ReleaseKey::open(&config, &OsRandom).unwrap_err().to_string();
        assert!(refused.contains("minisign -G -W"), "{refused}");
    }

    #[test]
    fn a_signature_fits_its_words_its_comment_and_its_key_alone() {
        let (one, other) = (ReleaseKey::draw(&SeededRandom::new(1)), ReleaseKey::draw(&SeededRandom::new(2)));
        let signature = one.sign(b"words", "release 1.0");
        assert_eq!(verified(b"words", &signature, &one.public()), Ok("release 1.0".to_owned()));
        assert!(verified(b"word", &signature, &one.public()).unwrap_err().contains("does not fit"));
        let forged = signature.replace("release 1.0", "release 1.1");
        assert!(verified(b"words", &forged, &one.public()).unwrap_err().contains("does not fit"));
        assert!(verified(b"words", &signature, &other.public()).unwrap_err().contains("another key"));
        assert!(verified(b"words", "no signature", &one.public()).unwrap_err().contains("no signature"));
        assert!(verified(b"words", &signature, "no key").unwrap_err().contains("no public key"));
        let read = ReleaseKey::parse(one.secret_text().reveal()).unwrap();
        assert_eq!(read.public(), one.public());
    }

    /// A key that minisign made, and what it signed with it.
    #[test]
    fn the_format_is_that_of_minisign() {
        let key = ReleaseKey::parse(MADE_BY_MINISIGN).unwrap();
        assert_eq!(key.public(), "RWTGc6ctI9I4FAFWsNeoMko7u6q/caS9Bb8KUFVaxTzGYTbtX6SpksWO");
        assert_eq!(key_id(&key.public()).as_deref(), Some("1438D2232DA773C6"));
        assert_eq!(key_id("no key"), None);
        let signed = key.sign(b"hello\n", "a b");
        let signed: Vec<&str> = signed.lines().skip(1).collect();
        assert_eq!(signed, SIGNED_BY_MINISIGN.lines().skip(1).collect::<Vec<_>>());
    }

    const MADE_BY_MINISIGN: &str = "untrusted comment: minisign encrypted secret key\n\
        RWQAAEIyAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAxnOnLSPSOBTHNGyB1o/BhAyrIwjZ2lCQx//p0/iF1GCqYEgmULEuF\
        QFWsNeoMko7u6q/caS9Bb8KUFVaxTzGYTbtX6SpksWOAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n";
    const SIGNED_BY_MINISIGN: &str = "untrusted comment: signature from minisign secret key\n\
        RUTGc6ctI9I4FPt1281hAaEKW1NtImP4VCJR0pJnCHUsKUWXySWiEWob62szR4Nsr5MbkR6r59KJkfiTNwbK3He3UezUltJJ2Q0=\n\
        trusted comment: a b\n\
        lRSm1gS0GXj/2LaAuGc5Sv7JEGqgWZPnjG2iaITcDSV7qKM8cBMFTNNSMcRc9bKAh5LgktCLILdXTjMqs6liDw==\n";
}
