//! Passwords of staff: what is accepted, and the one slow hash from which both the check and the key pair follow (protection.md sections
//! 4 and 7).

use std::{
    fmt,
    str::FromStr,
    sync::{Condvar, Mutex, PoisonError},
};

use argon2::{Algorithm, Argon2, Params, Version};
use base64::{Engine, prelude::BASE64_STANDARD_NO_PAD};
use subtle::ConstantTimeEq;
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;
use zxcvbn::{Score, zxcvbn};

use super::{KeyPair, derive};
use crate::{
    config::PasswordProfile,
    error::{Error, Result},
    random::Random,
    secret::Secret,
    text_type::text_type,
};

/// The shortest password, in characters.
const SHORTEST: usize = 15;
/// The longest password, in characters.
const LONGEST: usize = 128;
/// How many passwords are hashed at a time: each takes 64 MiB.
const AT_A_TIME: usize = 2;
/// How many may wait for their turn; whoever comes after them is told to try again.
const WAITING: usize = 16;

/// A password as it was typed, in Unicode's composed form, so that each keyboard gives the same bytes.
#[derive(Debug, Clone)]
pub struct Password(Secret);

/// Why a password is not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasswordProblem {
    /// It has fewer than 15 characters.
    #[error("the password has fewer than {SHORTEST} characters")]
    TooShort,
    /// It has more than 128 characters.
    #[error("the password has more than {LONGEST} characters")]
    TooLong,
    /// It is among those that are tried first, or made of the person's own names.
    #[error("the password is easy to guess")]
    Guessable,
}

impl Password {
    /// A password that is only compared, at sign-in.
    #[must_use]
    pub fn typed(text: &str) -> Self {
        Self(Secret::new(text.nfc().take(LONGEST + 1).collect()))
    }

    /// A password that somebody chooses. `context` names what a guesser would try: login name, alias, name of the site.
    ///
    /// # Errors
    /// [`PasswordProblem`] says what is wrong. There are no rules of composition.
    pub fn choose(text: &str, context: &[&str]) -> Result<Self, PasswordProblem> {
        let password = Self::typed(text);
        match password.0.reveal().chars().count() {
            ..SHORTEST => return Err(PasswordProblem::TooShort),
            SHORTEST..=LONGEST => (),
            _ => return Err(PasswordProblem::TooLong),
        }
        let words: Vec<&str> = context.iter().copied().chain(["casebook", "moderator", "administrator"]).collect();
        if zxcvbn(password.0.reveal(), &words).score() < Score::Three {
            return Err(PasswordProblem::Guessable);
        }
        Ok(password)
    }
}

/// How much work a guess costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Cost {
    /// Memory in KiB.
    memory: u32,
    /// Passes over the memory.
    passes: u32,
}

impl Cost {
    /// 64 MiB, three passes, one lane: the second recommendation of RFC 9106 with one lane for small machines.
    const STANDARD: Self = Self { memory: 64 * 1024, passes: 3 };
    /// Next to nothing; for tests. Production refuses it.
    const CHEAP: Self = Self { memory: 8, passes: 1 };

    fn of(profile: PasswordProfile) -> Self {
        match profile {
            PasswordProfile::Strong => Self::STANDARD,
            PasswordProfile::Cheap => Self::CHEAP,
        }
    }

    fn run(self, password: &Password, salt: &[u8; 16]) -> Result<Zeroizing<[u8; 32]>> {
        let parameters = Params::new(self.memory, self.passes, 1, Some(32)).map_err(Error::unexpected)?;
        let mut root = Zeroizing::new([0; 32]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, parameters)
            .hash_password_into(password.0.reveal().as_bytes(), salt, root.as_mut_slice())
            .map_err(Error::unexpected)?;
        Ok(root)
    }
}

text_type! {
    /// What is stored of a password: `argon2id-verify$m=65536,t=3,p=1$SALT$CHECK`, the last two in base 64.
    ///
    /// The check is derived from the hash; the key that opens the member's private half is derived from it under another label and
    /// never stored.
    StoredPassword, MalformedPassword
}

/// A text that is not what is stored of a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a stored password")]
pub struct MalformedPassword;

impl StoredPassword {
    fn write(cost: Cost, salt: &[u8; 16], check: &[u8; 32]) -> Self {
        let (salt, check) = (BASE64_STANDARD_NO_PAD.encode(salt), BASE64_STANDARD_NO_PAD.encode(check));
        Self(format!("argon2id-verify$m={},t={},p=1${salt}${check}", cost.memory, cost.passes))
    }

    fn read(&self) -> Option<(Cost, [u8; 16], [u8; 32])> {
        let mut parts = self.0.strip_prefix("argon2id-verify$m=")?.split('$');
        let (cost, salt, check) = (parts.next()?, parts.next()?, parts.next()?);
        let (memory, passes) = cost.strip_suffix(",p=1")?.split_once(",t=")?;
        let cost = Cost { memory: memory.parse().ok()?, passes: passes.parse().ok()? };
        let salt = BASE64_STANDARD_NO_PAD.decode(salt).ok()?.try_into().ok()?;
        let check = BASE64_STANDARD_NO_PAD.decode(check).ok()?.try_into().ok()?;
        parts.next().is_none().then_some((cost, salt, check))
    }
}

impl FromStr for StoredPassword {
    type Err = MalformedPassword;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let stored = Self(text.to_owned());
        stored.read().map(|_| ()).ok_or(MalformedPassword)?;
        Ok(stored)
    }
}

/// Hashes passwords, at most two at a time. One per process.
pub struct Passwords {
    cost: Cost,
    gate: Gate,
}

impl Passwords {
    /// Hashes new passwords at the cost of `profile`; stored ones are checked at the cost they were made with.
    #[must_use]
    pub fn new(profile: PasswordProfile) -> Self {
        Self::at(Cost::of(profile))
    }

    /// How many hashes were computed so far.
    #[cfg(test)]
    pub(crate) fn hashes(&self) -> usize {
        self.gate.inside.lock().unwrap().passed
    }

    fn at(cost: Cost) -> Self {
        Self { cost, gate: Gate::default() }
    }

    /// What to store of a new password, and the key pair that follows from it.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when too many wait already.
    pub fn set(&self, password: &Password, random: &dyn Random) -> Result<(StoredPassword, KeyPair)> {
        let salt = random.bytes::<16>();
        let root = self.gate.pass(|| self.cost.run(password, &salt))?;
        Ok((StoredPassword::write(self.cost, &salt, &check_of(&root)), wrap_of(&root)))
    }

    /// The key pair that follows from the password, if it is the one that was stored.
    ///
    /// For an unknown name `stored` is `None`: the same work is done, so that the answer takes the same time.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when too many wait already.
    pub fn check(&self, password: &Password, stored: Option<&StoredPassword>) -> Result<Option<KeyPair>> {
        let known =
            stored.map(|stored| stored.read().ok_or(MalformedPassword).map_err(Error::unexpected)).transpose()?;
        let (cost, salt, check) = known.unwrap_or((self.cost, [0; 16], [0; 32]));
        let root = self.gate.pass(|| cost.run(password, &salt))?;
        let right = bool::from(check_of(&root).ct_eq(&check)) && known.is_some();
        let keys = wrap_of(&root);
        Ok(right.then_some(keys))
    }
}

impl fmt::Debug for Passwords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Passwords").field("cost", &self.cost).finish_non_exhaustive()
    }
}

fn check_of(root: &[u8; 32]) -> Zeroizing<[u8; 32]> {
    derive(root, "password verify")
}

fn wrap_of(root: &[u8; 32]) -> KeyPair {
    KeyPair::from_seed(root, "password wrap")
}

/// Lets two through at a time and keeps a short queue.
#[derive(Default)]
struct Gate {
    inside: Mutex<Inside>,
    left: Condvar,
}

#[derive(Default)]
struct Inside {
    running: usize,
    waiting: usize,
    #[cfg(test)]
    passed: usize,
}

impl Gate {
    fn pass<T>(&self, work: impl FnOnce() -> Result<T>) -> Result<T> {
        let mut inside = self.inside.lock().unwrap_or_else(PoisonError::into_inner);
        if inside.waiting >= WAITING {
            return Err(Error::Unavailable("too many are signing in at this moment".into()));
        }
        inside.waiting += 1;
        inside =
            self.left.wait_while(inside, |inside| inside.running >= AT_A_TIME).unwrap_or_else(PoisonError::into_inner);
        inside.waiting -= 1;
        inside.running += 1;
        #[cfg(test)]
        {
            inside.passed += 1;
        }
        drop(inside);
        let _out = Out(self);
        work()
    }
}

/// Gives the place back, also when the work panics.
struct Out<'a>(&'a Gate);

impl Drop for Out<'_> {
    fn drop(&mut self) {
        self.0.inside.lock().unwrap_or_else(PoisonError::into_inner).running -= 1;
        self.0.left.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;
    use crate::testing::SeededRandom;

    const GOOD: &str = "seven boats below the old lock";

    #[test]
    fn a_password_opens_the_same_key_pair_again_and_a_wrong_one_opens_nothing() {
        let passwords = Passwords::new(PasswordProfile::Cheap);
        let (stored, keys) = passwords.set(&Password::choose(GOOD, &[]).unwrap(), &SeededRandom::new(1)).unwrap();
        let again = passwords.check(&Password::typed(GOOD), Some(&stored)).unwrap().unwrap();
        assert_eq!(again.public(), keys.public());
        assert!(passwords.check(&Password::typed("seven boats below the old dock"), Some(&stored)).unwrap().is_none());
        assert!(passwords.check(&Password::typed(GOOD), None).unwrap().is_none());
    }

    #[test]
    fn two_people_with_one_password_have_different_keys() {
        let passwords = Passwords::new(PasswordProfile::Cheap);
        let random = SeededRandom::new(1);
        let (one, two) =
            (passwords.set(&Password::typed(GOOD), &random), passwords.set(&Password::typed(GOOD), &random));
        let ((one, one_keys), (two, two_keys)) = (one.unwrap(), two.unwrap());
        assert_ne!(one, two);
        assert_ne!(one_keys.public(), two_keys.public());
    }

    #[test]
    fn what_is_stored_survives_its_text_and_names_its_cost() {
        let passwords = Passwords::new(PasswordProfile::Cheap);
        let (stored, _) = passwords.set(&Password::typed(GOOD), &SeededRandom::new(1)).unwrap();
        assert!(stored.as_str().starts_with("argon2id-verify$m=8,t=1,p=1$"));
        assert_eq!(stored.to_string().parse::<StoredPassword>().unwrap(), stored);
        assert!("argon2id-verify$m=8,t=1,p=1$AAAA$AAAA".parse::<StoredPassword>().is_err());
        let elsewhere = Passwords::at(Cost { memory: 16, passes: 2 });
        assert!(elsewhere.check(&Password::typed(GOOD), Some(&stored)).unwrap().is_some());
    }

    #[test]
    fn the_standard_cost_is_64_mib_and_three_passes() {
        assert_eq!((Cost::STANDARD.memory, Cost::STANDARD.passes), (65_536, 3));
    }

    #[test]
    fn composed_and_decomposed_letters_are_the_same_password() {
        let passwords = Passwords::new(PasswordProfile::Cheap);
        let (stored, _) =
            passwords.set(&Password::typed("Br\u{fc}ckenpfeiler im Nebel"), &SeededRandom::new(1)).unwrap();
        assert!(passwords.check(&Password::typed("Bru\u{308}ckenpfeiler im Nebel"), Some(&stored)).unwrap().is_some());
    }

    #[test]
    fn short_long_and_guessable_passwords_are_refused() {
        let problem = |text: &str| Password::choose(text, &["mo.ender", "Harbour watch"]).err();
        assert_eq!(problem("fourteen chars"), Some(PasswordProblem::TooShort));
        assert_eq!(problem(&"seven boats ".repeat(11)), Some(PasswordProblem::TooLong));
        assert_eq!(problem("passwordpassword"), Some(PasswordProblem::Guessable));
        assert_eq!(problem("aaaaaaaaaaaaaaaaaaaa"), Some(PasswordProblem::Guessable));
        assert_eq!(problem("mo.endermo.ender"), Some(PasswordProblem::Guessable));
        assert_eq!(problem("casebookcasebook1"), Some(PasswordProblem::Guessable));
        assert_eq!(problem(GOOD), None);
        assert_eq!(problem("зимний порт под мостом"), None);
    }

    #[test]
    fn two_are_hashed_at_a_time_and_a_long_queue_is_sent_away() {
        let (gate, inside, most) = (Gate::default(), AtomicUsize::new(0), AtomicUsize::new(0));
        let work = || {
            most.fetch_max(inside.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            std::thread::sleep(std::time::Duration::from_millis(20));
            inside.fetch_sub(1, Ordering::SeqCst);
            Ok(())
        };
        let refused = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..40).map(|_| scope.spawn(|| gate.pass(work).is_err())).collect();
            threads.into_iter().map(|thread| usize::from(thread.join().unwrap())).sum::<usize>()
        });
        assert_eq!(most.into_inner(), AT_A_TIME);
        assert!(refused > 0, "forty at once are more than two and the queue");
        assert!(gate.pass(|| Ok(())).is_ok(), "everybody has left");
    }
}
