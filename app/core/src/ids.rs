//! Ids are random texts. Nothing can be counted or dated by them.

use std::{str::FromStr, sync::LazyLock};

use data_encoding::{Encoding, Specification};

use crate::{random::Random, text_type::text_type};

/// Crockford's base 32: no I, L, O, U, so that an id can be read aloud (<https://www.crockford.com/base32.html>).
static CROCKFORD: LazyLock<Encoding> = LazyLock::new(|| {
    let mut specification = Specification::new();
    specification.symbols.push_str("0123456789ABCDEFGHJKMNPQRSTVWXYZ");
    #[expect(clippy::expect_used, reason = "a constant specification, tried by every test that draws an id")]
    specification.encoding().expect("Crockford's alphabet is a valid encoding")
});

/// A text that is not an id of the kind asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an id")]
pub struct MalformedId;

/// An id of 128 random bits, written as 26 characters of Crockford's base 32.
macro_rules! random_id {
    ($(#[$meta:meta])* $name:ident) => {
        text_type!($(#[$meta])* $name, MalformedId);

        impl $name {
            /// Draws a new one: 128 random bits.
            #[must_use]
            pub fn draw(random: &dyn Random) -> Self {
                Self(CROCKFORD.encode(&random.bytes::<16>()))
            }
        }

        impl FromStr for $name {
            type Err = MalformedId;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                let well_formed = text.len() == 26 && CROCKFORD.decode(text.as_bytes()).is_ok_and(|bytes| bytes.len() == 16);
                if well_formed { Ok(Self(text.to_owned())) } else { Err(MalformedId) }
            }
        }
    };
}

text_type! {
    /// A public case: 40 random bits, written as 8 characters of Crockford's base 32; never reused.
    CaseId, MalformedId
}

impl CaseId {
    /// How many characters an id has.
    pub const LENGTH: usize = 8;

    /// Draws a new one; the caller draws again when it is taken.
    #[must_use]
    pub fn draw(random: &dyn Random) -> Self {
        Self(CROCKFORD.encode(&random.bytes::<5>()))
    }

    /// The id's 40 bits as a number, which orders cases by chance.
    #[must_use]
    pub fn bits(&self) -> u64 {
        let bytes = CROCKFORD.decode(self.0.as_bytes()).unwrap_or_default();
        bytes.iter().fold(0, |number, byte| number << 8 | u64::from(*byte))
    }
}

impl FromStr for CaseId {
    type Err = MalformedId;

    /// Reads an id as people write it: lower case is accepted.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.to_ascii_uppercase();
        if text.len() == Self::LENGTH && CROCKFORD.decode(text.as_bytes()).is_ok() {
            Ok(Self(text))
        } else {
            Err(MalformedId)
        }
    }
}

text_type! {
    /// An organisation: `o_` and a name or random characters, such as `o_huawei`.
    OrganisationId, MalformedId
}

impl OrganisationId {
    /// Draws a new one: `o_` and 80 random bits in lower case.
    #[must_use]
    pub fn draw(random: &dyn Random) -> Self {
        Self(format!("o_{}", CROCKFORD.encode(&random.bytes::<10>()).to_ascii_lowercase()))
    }
}

impl FromStr for OrganisationId {
    type Err = MalformedId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let name = text.strip_prefix("o_").ok_or(MalformedId)?;
        let allowed = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'_';
        if (1..=60).contains(&name.len()) && name.bytes().all(allowed) {
            Ok(Self(text.to_owned()))
        } else {
            Err(MalformedId)
        }
    }
}

random_id! {
    /// A sealed submission.
    SubmissionId
}
random_id! {
    /// A member of staff.
    MemberId
}
random_id! {
    /// A unit of work that waits to be done.
    JobId
}
random_id! {
    /// A review key, to which submissions are sealed.
    ReviewKeyId
}
random_id! {
    /// A moderator's sealed draft of a case.
    ReviewDraftId
}
random_id! {
    /// A moderator's conflict of interest.
    ConflictId
}
random_id! {
    /// A form that was sent after its session had ended.
    KeptFormId
}

random_id! {
    /// A reader's wish to be told of cases by mail.
    AlertId
}
random_id! {
    /// Words of a case that readers do not see.
    RedactionId
}
random_id! {
    /// A demand to take something down.
    DemandId
}

/// A short random id that is unique within one document: statements, viewpoints and the other parts.
///
/// `prefix` is the letter of the kind (`t` for a statement, `s` for a source); 40 random bits follow.
#[must_use]
pub fn part_id(prefix: char, random: &dyn Random) -> String {
    format!("{prefix}{}", CROCKFORD.encode(&random.bytes::<5>()).to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::OsRandom;

    #[test]
    fn drawn_ids_are_read_back() {
        let case = CaseId::draw(&OsRandom);
        assert_eq!(case.as_str().to_lowercase().parse::<CaseId>().unwrap(), case);
        assert_eq!("00000010".parse::<CaseId>().unwrap().bits(), 32);
        let submission = SubmissionId::draw(&OsRandom);
        assert_eq!(submission.as_str().parse::<SubmissionId>().unwrap(), submission);
        let organisation = OrganisationId::draw(&OsRandom);
        assert_eq!(organisation.as_str().parse::<OrganisationId>().unwrap(), organisation);
    }

    #[test]
    fn what_is_no_id_is_refused() {
        assert!("7K2MQX4".parse::<CaseId>().is_err());
        assert!("7K2MQX4U".parse::<CaseId>().is_err());
        assert!("o_".parse::<OrganisationId>().is_err());
        assert!("o_Huawei".parse::<OrganisationId>().is_err());
        assert!("../../etc/passwd".parse::<SubmissionId>().is_err());
    }
}
