//! The second factor of staff: codes from an authenticator (RFC 6238), and the one-time recovery codes for when it is lost.

use std::fmt;

use subtle::ConstantTimeEq;
use totp_rs::{Algorithm, Builder, Totp};
use zeroize::Zeroizing;

use super::MacKey;
use crate::{
    clock::Timestamp,
    error::{Error, Result},
    random::Random,
    secret::{LookupHash, Secret},
};

/// How long a code is shown, in seconds.
const SECONDS: u64 = 30;
/// How many recovery codes a member gets at a time.
const CODES: usize = 10;
/// Crockford's base 32 in the order of its values.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The number of a code's half minute since 1970. Each is accepted once; the last accepted one is stored.
pub type TotpStep = i64;

/// What a member's authenticator and this instance share: 160 random bits for codes of six digits by SHA-1.
#[derive(Clone)]
pub struct TotpSecret(Zeroizing<[u8; 20]>);

impl TotpSecret {
    /// Draws a new one.
    #[must_use]
    pub fn draw(random: &dyn Random) -> Self {
        Self(Zeroizing::new(random.bytes()))
    }

    /// Takes back what an envelope kept; `None` unless it is 160 bits.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        Some(Self(Zeroizing::new(bytes.try_into().ok()?)))
    }

    /// The bits, to be sealed to the instance key.
    #[must_use]
    pub fn bytes(&self) -> &[u8; 20] {
        &self.0
    }

    /// The secret in base 32, to be typed where no picture can be read.
    #[must_use]
    pub fn text(&self) -> Secret {
        Secret::new(data_encoding::BASE32_NOPAD.encode(self.0.as_slice()))
    }

    /// The address behind the picture: `otpauth://totp/SITE:NAME?secret=…&issuer=SITE`.
    ///
    /// # Errors
    /// [`Error::Unexpected`] if the name is empty. Colons, which the format cannot hold, become spaces.
    pub fn address(&self, site: &str, name: &str) -> Result<Secret> {
        let plain = |text: &str| text.replace(':', " ");
        let totp = self.builder().with_issuer(Some(plain(site))).with_account_name(plain(name)).build_noncompliant();
        totp.to_url().map(Secret::new).map_err(Error::unexpected)
    }

    fn builder(&self) -> Builder {
        Builder::new()
            .with_algorithm(Algorithm::SHA1)
            .with_digits(6)
            .with_step_duration(SECONDS)
            .with_secret(self.0.as_slice())
    }

    /// The code of a step; what an authenticator shows.
    #[must_use]
    pub fn code(&self, step: TotpStep) -> String {
        let totp: Totp = self.builder().build_noncompliant();
        totp.generate(u64::try_from(step).unwrap_or(0) * SECONDS).to_string()
    }

    /// The step that `typed` is the code of, if that is the present step or the one before and later than `last`; the caller stores it.
    #[must_use]
    pub fn check(&self, typed: &str, now: Timestamp, last: Option<TotpStep>) -> Option<TotpStep> {
        let typed: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
        let present = step_at(now);
        let mut accepted = None;
        for step in [present - 1, present] {
            let right = bool::from(self.code(step).as_bytes().ct_eq(typed.as_bytes()));
            if right && last.is_none_or(|last| step > last) {
                accepted = Some(step);
            }
        }
        accepted
    }
}

impl fmt::Debug for TotpSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TotpSecret")
    }
}

/// The step of a moment.
#[must_use]
pub fn step_at(now: Timestamp) -> TotpStep {
    now.and_utc().timestamp().div_euclid(SECONDS.cast_signed())
}

/// A code that stands in for the authenticator once: 80 random bits, written as four groups of four.
#[derive(Clone)]
pub struct RecoveryCode(Zeroizing<[u8; 16]>);

impl RecoveryCode {
    /// Draws the ten that a member gets at a time.
    #[must_use]
    pub fn draw_all(random: &dyn Random) -> Vec<Self> {
        (0..CODES).map(|_| Self::draw(random)).collect()
    }

    fn draw(random: &dyn Random) -> Self {
        Self(Zeroizing::new(random.bytes::<16>().map(|byte| ALPHABET[usize::from(byte % 32)])))
    }

    /// Reads a code as people type it: lower case, other groups, the letter o for zero and i or l for one. `None` if it is no code.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut code = Zeroizing::new([0; 16]);
        let mut typed = text.chars().filter(|c| !c.is_whitespace() && *c != '-');
        for place in code.iter_mut() {
            let read = match typed.next()?.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            };
            *place = *ALPHABET.iter().find(|symbol| char::from(**symbol) == read)?;
        }
        typed.next().is_none().then_some(Self(code))
    }

    /// The code as it is shown: `7K2M-QX4D-…`.
    #[must_use]
    pub fn text(&self) -> Secret {
        let groups: Vec<String> =
            self.0.chunks(4).map(|group| group.iter().map(|symbol| char::from(*symbol)).collect()).collect();
        Secret::new(groups.join("-"))
    }

    /// What may be stored of it.
    #[must_use]
    pub fn lookup(&self, pepper: &MacKey) -> LookupHash {
        let tagged = Zeroizing::new([b"recovery code ".as_slice(), self.0.as_slice()].concat());
        LookupHash::from_digest(&pepper.mark(&tagged))
    }
}

impl fmt::Debug for RecoveryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryCode")
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;
    use crate::testing::SeededRandom;

    fn at(seconds: i64) -> Timestamp {
        DateTime::from_timestamp(seconds, 0).unwrap().naive_utc()
    }

    fn known() -> TotpSecret {
        TotpSecret::from_bytes(b"12345678901234567890").unwrap()
    }

    /// The SHA-1 rows of RFC 6238, appendix B, cut to six digits.
    #[test]
    fn the_codes_are_those_of_rfc_6238() {
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(known().code(step_at(at(seconds))), code);
            assert_eq!(known().check(code, at(seconds), None), Some(step_at(at(seconds))));
        }
    }

    #[test]
    fn the_previous_code_is_accepted_and_no_other() {
        let step = step_at(at(59));
        assert_eq!(known().check("287 082", at(60 + 29), None), Some(step));
        assert_eq!(known().check("287082", at(90), None), None, "two steps later");
        assert_eq!(known().check("287082", at(29), None), None, "before its time");
        assert_eq!(known().check("", at(59), None), None);
        assert_eq!(known().check("287083", at(59), None), None);
    }

    #[test]
    fn each_code_is_accepted_once() {
        let step = known().check("287082", at(59), None).unwrap();
        assert_eq!(known().check("287082", at(61), Some(step)), None);
        assert_eq!(known().check(&known().code(step + 1), at(61), Some(step)), Some(step + 1));
    }

    #[test]
    fn the_address_holds_what_an_authenticator_needs() {
        let address = known().address("Casebook: harbour", "mo").unwrap();
        assert_eq!(
            address.reveal(),
            "otpauth://totp/Casebook%20%20harbour:mo?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Casebook%20%20harbour"
        );
        assert_eq!(known().text().reveal(), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    }

    #[test]
    fn recovery_codes_are_read_as_people_type_them() {
        let (random, pepper) = (SeededRandom::new(1), MacKey::draw(&SeededRandom::new(2)));
        let codes = RecoveryCode::draw_all(&random);
        assert_eq!(codes.len(), 10);
        let text = codes[0].text();
        assert_eq!(text.reveal().len(), 19);
        let typed = text.reveal().to_lowercase().replace('-', " ").replace('0', "o").replace('1', "l");
        assert_eq!(RecoveryCode::parse(&typed).unwrap().lookup(&pepper), codes[0].lookup(&pepper));
        assert_ne!(codes[0].lookup(&pepper), codes[1].lookup(&pepper));
        assert!(RecoveryCode::parse("7K2M-QX4D").is_none());
        assert!(RecoveryCode::parse(&format!("{}0", text.reveal())).is_none());
    }

    #[test]
    fn debug_shows_nothing() {
        let random = SeededRandom::new(1);
        let shown = format!("{:?} {:?}", TotpSecret::draw(&random), RecoveryCode::draw(&random));
        assert_eq!(shown, "TotpSecret RecoveryCode");
    }
}
