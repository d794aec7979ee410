//! The two names of a member: one to sign in with, which nobody else sees, and one for the public log.

use crate::text;

/// The shortest name, in characters.
const SHORTEST: usize = 2;
/// The longest name, in characters.
const LONGEST: usize = 40;

/// Why a name is not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NameProblem {
    /// It has fewer than two characters.
    #[error("the name has fewer than {SHORTEST} characters")]
    TooShort,
    /// It has more than forty characters.
    #[error("the name has more than {LONGEST} characters")]
    TooLong,
    /// It has characters that names do not have.
    #[error("the name has characters that it cannot have")]
    Characters,
}

/// The name that a member signs in with: lower-case letters a to z, digits, dot, hyphen and underscore.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoginName(String);

impl LoginName {
    /// Reads a name as people type it; capitals become small.
    ///
    /// # Errors
    /// [`NameProblem`] says what is wrong.
    pub fn parse(text: &str) -> Result<Self, NameProblem> {
        let name = text.trim().to_lowercase();
        let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "._-".contains(c);
        checked(&name, allowed)?;
        Ok(Self(name))
    }

    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The name that the public log shows: letters of any script, digits, spaces and a few marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alias(String);

impl Alias {
    /// Reads a name as people type it; runs of white space become one space.
    ///
    /// # Errors
    /// [`NameProblem`] says what is wrong.
    pub fn parse(text: &str) -> Result<Self, NameProblem> {
        let name = text::clean(text).split_whitespace().collect::<Vec<_>>().join(" ");
        checked(&name, |c| c.is_alphanumeric() || " ._-'".contains(c))?;
        Ok(Self(name))
    }

    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form that no two members share.
    #[must_use]
    pub(super) fn folded(&self) -> String {
        text::fold(&self.0)
    }
}

fn checked(name: &str, allowed: impl Fn(char) -> bool) -> Result<(), NameProblem> {
    if !name.chars().all(allowed) {
        return Err(NameProblem::Characters);
    }
    match name.chars().count() {
        ..SHORTEST => Err(NameProblem::TooShort),
        SHORTEST..=LONGEST => Ok(()),
        _ => Err(NameProblem::TooLong),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_login_name_is_small_and_plain() {
        assert_eq!(LoginName::parse("  Mo.Ender ").unwrap().as_str(), "mo.ender");
        assert_eq!(LoginName::parse("mo ender"), Err(NameProblem::Characters));
        assert_eq!(LoginName::parse("m"), Err(NameProblem::TooShort));
        assert_eq!(LoginName::parse(&"m".repeat(41)), Err(NameProblem::TooLong));
    }

    #[test]
    fn an_alias_may_have_letters_of_any_script() {
        assert_eq!(Alias::parse(" Größe   im Hafen ").unwrap().as_str(), "Größe im Hafen");
        assert_eq!(Alias::parse("<b>mo</b>"), Err(NameProblem::Characters));
        assert_eq!(Alias::parse(""), Err(NameProblem::TooShort));
    }
}
