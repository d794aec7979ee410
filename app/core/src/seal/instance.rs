//! The secret of an instance, which lies outside the database, and the keys that follow from it.

use std::path::Path;

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use data_encoding::HEXLOWER;
use zeroize::Zeroizing;

use super::{KeyPair, MacKey, derive, private_file};
use crate::{
    config::Config,
    error::{Error, Result},
    random::Random,
    secret::Secret,
};

/// What the secret begins with, so that a wrong file is told from a damaged one.
const PREFIX: &str = "casebook-secret-1:";
/// What errors call the file.
const WHAT: &str = "secret";

/// The keys that follow from `secret.key`. A database that was stolen without it gives away less: neither look-up hashes nor
/// fingerprints can be tried out, and what waits for its day stays sealed.
#[derive(Debug, Clone)]
pub struct InstanceKeys {
    pepper: MacKey,
    keys: KeyPair,
    fingerprints: MacKey,
    forms: MacKey,
    alerts: MacKey,
    fingerprint: String,
}

impl InstanceKeys {
    fn from_secret(secret: &[u8; 32]) -> Self {
        Self {
            pepper: MacKey::from_seed(secret, "pepper"),
            keys: KeyPair::from_seed(secret, "instance"),
            fingerprints: MacKey::from_seed(secret, "fingerprints"),
            forms: MacKey::from_seed(secret, "forms"),
            alerts: MacKey::from_seed(secret, "alerts"),
            fingerprint: HEXLOWER.encode(&derive(secret, "fingerprint of the secret")[..16]),
        }
    }

    /// The keys of the instance that `config` describes: from the setting `secret.content`, or else from the file `secret.file`.
    ///
    /// # Errors
    /// As [`InstanceKeys::parse`] and [`InstanceKeys::load_or_create`].
    pub fn open(config: &Config, random: &dyn Random) -> Result<Self> {
        if config.secret.content.is_empty() {
            Self::load_or_create(&config.in_data(&config.secret.file), random)
        } else {
            Self::parse(config.secret.content.reveal(), "secret.content")
        }
    }

    /// The keys of the instance that `config` describes, if there are any: none are made.
    ///
    /// # Errors
    /// As [`InstanceKeys::parse`] and [`InstanceKeys::load_or_create`].
    pub fn find(config: &Config) -> Result<Option<Self>> {
        if config.secret.content.is_empty() {
            Self::load(&config.in_data(&config.secret.file))
        } else {
            Self::parse(config.secret.content.reveal(), "secret.content").map(Some)
        }
    }

    /// Reads the text of a secret, as the file holds it or a setting gives it. Lines that begin with `#` are passed over.
    ///
    /// # Errors
    /// [`Error::Config`] if it is not such a text; `origin` is named in it.
    pub fn parse(text: &str, origin: &str) -> Result<Self> {
        let malformed = || {
            Error::Config(format!(
                "{origin} does not hold a secret of Casebook ({PREFIX} and 43 characters). Put the right one back from your copy; \
                 a new one opens nothing of what the old one sealed."
            ))
        };
        let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        let (Some(line), None) = (lines.next(), lines.next()) else { return Err(malformed()) };
        let encoded = line.strip_prefix(PREFIX).ok_or_else(malformed)?;
        let bytes = Zeroizing::new(BASE64_URL_SAFE_NO_PAD.decode(encoded).map_err(|_| malformed())?);
        let secret = Zeroizing::new(<[u8; 32]>::try_from(bytes.as_slice()).map_err(|_| malformed())?);
        Ok(Self::from_secret(&secret))
    }

    /// Reads the secret from `path`, or draws one and writes it there if there is no such file.
    ///
    /// The file is written whole or not at all, readable for its owner alone; of two processes that start at once one writes it and both
    /// read the same.
    ///
    /// # Errors
    /// [`Error::Config`], which says how to mend it, if the file can be read by others, holds something else, or cannot be read or made.
    pub fn load_or_create(path: &Path, random: &dyn Random) -> Result<Self> {
        if let Some(keys) = Self::load(path)? {
            return Ok(keys);
        }
        private_file::create(path, WHAT, &draw_text(random), random)?;
        Self::load(path)?
            .ok_or_else(|| Error::Config(format!("the secret {} vanished while it was made", path.display())))
    }

    fn load(path: &Path) -> Result<Option<Self>> {
        let text = private_file::read(path, WHAT)?;
        text.map(|text| Self::parse(&text, &path.display().to_string())).transpose()
    }

    /// Keys for a test, or for a command that seals nothing which has to last.
    #[must_use]
    pub fn draw(random: &dyn Random) -> Self {
        Self::from_secret(&Zeroizing::new(random.bytes()))
    }

    /// The key under which passphrases and staff recovery codes are looked up.
    #[must_use]
    pub fn pepper(&self) -> &MacKey {
        &self.pepper
    }

    /// The instance's own key pair: accepted texts that wait for their day and secrets of second factors are sealed to it.
    #[must_use]
    pub fn key_pair(&self) -> &KeyPair {
        &self.keys
    }

    /// The key of the fingerprints by which near-duplicates are found.
    #[must_use]
    pub fn fingerprints(&self) -> &MacKey {
        &self.fingerprints
    }

    /// The key of the tokens and ages in forms.
    #[must_use]
    pub fn forms(&self) -> &MacKey {
        &self.forms
    }

    /// The key by which readers' alerts are found again, and from which the links in their mails follow.
    #[must_use]
    pub fn alerts(&self) -> &MacKey {
        &self.alerts
    }

    /// What the database keeps of the secret: a process with another one must not start on it.
    #[must_use]
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }
}

/// A new secret as the text that [`InstanceKeys::parse`] reads.
#[must_use]
fn draw_text(random: &dyn Random) -> Secret {
    let secret = Zeroizing::new(random.bytes::<32>());
    let encoded = Zeroizing::new(BASE64_URL_SAFE_NO_PAD.encode(secret.as_slice()));
    Secret::new(format!(
        "# The secret of this Casebook. Keep a copy apart from the copies of the database, and show it to nobody.\n{PREFIX}{}\n",
        encoded.as_str()
    ))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::{random::OsRandom, testing::SeededRandom};

    fn message(result: Result<InstanceKeys>) -> String {
        match result {
            Err(Error::Config(message)) => message,
            other => panic!("expected Error::Config, got {other:?}"),
        }
    }

    #[test]
    fn the_secret_is_made_once_and_gives_the_same_keys_ever_after() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("data/secret.key");
        let made = InstanceKeys::load_or_create(&path, &OsRandom).unwrap();
        let again = InstanceKeys::load_or_create(&path, &OsRandom).unwrap();
        assert_eq!(made.fingerprint(), again.fingerprint());
        assert_eq!(made.key_pair().public(), again.key_pair().public());
        assert_eq!(made.pepper().mark(b"words"), again.pepper().mark(b"words"));
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1, "no draft is left");
    }

    #[cfg(unix)]
    #[test]
    fn the_file_is_readable_for_its_owner_alone() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret.key");
        InstanceKeys::load_or_create(&path, &OsRandom).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_others_can_read_is_refused_with_the_remedy() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret.key");
        InstanceKeys::load_or_create(&path, &OsRandom).unwrap();
        for mode in [0o640, 0o604, 0o620] {
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            let message = message(InstanceKeys::load_or_create(&path, &OsRandom));
            assert!(message.contains(&format!("chmod 600 {}", path.display())), "{message}");
        }
        fs::set_permissions(&path, fs::Permissions::from_mode(0o400)).unwrap();
        InstanceKeys::load_or_create(&path, &OsRandom).unwrap();
    }

    #[test]
    fn a_file_that_holds_something_else_is_refused_and_left_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret.key");
        InstanceKeys::load_or_create(&path, &OsRandom).unwrap();
        for text in ["", "hello", "casebook-secret-1:tooshort", "casebook-secret-1:a\ncasebook-secret-1:b"] {
            fs::write(&path, text).unwrap();
            let message = message(InstanceKeys::load_or_create(&path, &OsRandom));
            assert!(message.contains("does not hold a secret"), "{message}");
            assert_eq!(fs::read_to_string(&path).unwrap(), text);
        }
    }

    #[test]
    fn processes_that_start_at_once_agree_on_one_secret() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret.key");
        let start = || InstanceKeys::load_or_create(&path, &OsRandom).unwrap().fingerprint().to_owned();
        let all: Vec<String> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..8).map(|_| scope.spawn(start)).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        assert!(all.iter().all(|one| *one == all[0]));
    }

    #[test]
    fn the_settings_name_the_file_or_hold_the_secret() {
        let folder = tempfile::tempdir().unwrap();
        let mut config = Config::defaults().unwrap();
        config.data.folder = folder.path().to_owned();
        let made = InstanceKeys::open(&config, &OsRandom).unwrap();
        config.secret.content = fs::read_to_string(folder.path().join("secret.key")).unwrap().into();
        fs::remove_file(folder.path().join("secret.key")).unwrap();
        assert_eq!(InstanceKeys::open(&config, &OsRandom).unwrap().fingerprint(), made.fingerprint());
        assert!(!folder.path().join("secret.key").exists());
    }

    #[test]
    fn each_key_is_another_and_a_setting_serves_as_the_file_does() {
        let text = draw_text(&SeededRandom::new(1));
        let keys = InstanceKeys::parse(text.reveal(), "the setting").unwrap();
        let marks = [keys.pepper(), keys.fingerprints(), keys.forms()].map(|key| key.mark(b"x"));
        assert!(marks[0] != marks[1] && marks[1] != marks[2] && marks[0] != marks[2]);
        assert_ne!(keys.fingerprint(), InstanceKeys::draw(&SeededRandom::new(2)).fingerprint());
        assert!(!format!("{keys:?}").contains(&text.reveal()[text.reveal().len() - 20..].trim().to_owned()));
    }
}
