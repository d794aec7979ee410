//! The versions of releases.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// Which release: `3.0` is the third snapshot; `3.1` is the same snapshot, built anew without what is not public any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Version {
    /// Which snapshot, from one.
    pub number: u32,
    /// Which edition of it, from zero.
    pub edition: u32,
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.number, self.edition)
    }
}

/// A text that names no release.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected the version of a release such as 3.0")]
pub struct MalformedVersion;

impl FromStr for Version {
    type Err = MalformedVersion;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (number, edition) = text.split_once('.').ok_or(MalformedVersion)?;
        let version = Self { number: figure(number)?, edition: figure(edition)? };
        if version.number == 0 { Err(MalformedVersion) } else { Ok(version) }
    }
}

/// A figure in the one way in which it is written, so that each release has one address.
fn figure(text: &str) -> Result<u32, MalformedVersion> {
    let plain = text.len() <= 6 && text.bytes().all(|byte| byte.is_ascii_digit());
    let shortest = text == "0" || !text.starts_with('0');
    if plain && shortest { text.parse().map_err(|_| MalformedVersion) } else { Err(MalformedVersion) }
}

impl TryFrom<String> for Version {
    type Error = MalformedVersion;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Version> for String {
    fn from(version: Version) -> Self {
        version.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_written_in_one_way() {
        let version: Version = "12.3".parse().unwrap();
        assert_eq!((version, version.to_string().as_str()), (Version { number: 12, edition: 3 }, "12.3"));
        for text in ["", "3", "0.1", "03.0", "3.00", "3.-1", "+3.0", "3.0.0", "9999999.0", "../3.0", "3.0/"] {
            assert_eq!(text.parse::<Version>(), Err(MalformedVersion), "{text}");
        }
        assert!("10.0".parse::<Version>().unwrap() > "9.9".parse::<Version>().unwrap());
    }
}
