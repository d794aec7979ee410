//! What a check finds, in words for whoever has to mend it.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::codebook::codes;

codes! {
    /// What kind of thing was found.
    Code {
        /// A file is not what the description says, is missing, or is not described.
        File = "file",
        /// A row or a cell is not what the description says.
        Form = "form",
        /// The tables and the documents do not say the same.
        Disagreement = "disagreement",
        /// A column or a member of a document of which nobody has decided what it may tell.
        Unknown = "unknown",
        /// Twelve words that may be a passphrase.
        Passphrase = "passphrase",
        /// Fewer cities fit what is told than hide one of them.
        FewCities = "few_cities",
        /// The name of a city that fits what is told.
        City = "city",
        /// The name of a country where only the continent is public.
        Country = "country",
        /// A number of inhabitants that only few fitting cities have.
        Figure = "figure",
        /// A value that may not be public where the place is not named: a name, an address, the code of a place.
        Told = "told",
        /// A date or a year finer than it may be public.
        Date = "date",
        /// A sum of money finer than it may be public.
        Amount = "amount",
        /// A body of the public side, by id or name.
        Body = "body",
        /// Something of a contributor beyond proximity and quarter.
        Account = "account",
        /// What looks like the name of a person where the place is not named: told, and no reason to refuse.
        Person = "person",
        /// An e-mail address.
        Email = "email",
        /// A telephone number.
        Phone = "phone",
        /// An account number of a bank.
        Iban = "iban",
        /// A web address that names a user.
        UserUrl = "user_url",
    }
}

impl Code {
    /// Whether somebody may let it pass. What is wrong with the files themselves is mended by making them anew, and nobody needs twelve words.
    #[must_use]
    pub fn may_be_waived(self) -> bool {
        !matches!(self, Self::File | Self::Form | Self::Disagreement | Self::Unknown | Self::Passphrase)
    }

    /// Whether somebody may let the same words pass in all cases: those that mean the same wherever they stand, such as a vendor that is called
    /// like a town, or the address of a press office. A date or a sum tells something else in each case.
    #[must_use]
    pub fn may_be_waived_in_all(self) -> bool {
        matches!(self, Self::City | Self::Country | Self::Body | Self::Email | Self::Phone | Self::Iban | Self::UserUrl)
    }
}

/// Something that was found in the files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What kind of thing it is.
    pub code: Code,
    /// The case that it concerns, if it concerns one.
    pub case: Option<String>,
    /// The file.
    pub file: String,
    /// The line of the file, where there is one.
    pub line: Option<u64>,
    /// The table and its column, such as `narrative.text`; of a document that of the table in which the same stands.
    pub column: Option<String>,
    /// The very words or figures that were found; a waiver repeats them.
    pub words: String,
    /// What is wrong, in a sentence without its full stop.
    pub what: String,
    /// What to do about it.
    pub remedy: &'static str,
}

impl Finding {
    /// What tells it from every other finding: kind, case, column and words. The same words in a table and in a document are one finding, and
    /// the line is not in it, since lines move.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        fingerprint(self.code, self.case.as_deref(), self.column.as_deref(), &self.words)
    }
}

/// The fingerprint of a finding with these parts.
pub(super) fn fingerprint(code: Code, case: Option<&str>, column: Option<&str>, words: &str) -> String {
    [code.code(), case.unwrap_or_default(), column.unwrap_or_default(), words].join("\u{1f}")
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        if let Some(case) = &self.case {
            write!(f, ": case {case}")?;
        }
        if let Some(column) = &self.column {
            write!(f, ", {column}")?;
        }
        write!(f, ": [{}] {}. {}", self.code, self.what, self.remedy)
    }
}

/// Words as a line can hold them: no line breaks, and no more of them than a reader needs to find them.
#[must_use]
pub fn short(words: &str) -> String {
    const MOST: usize = 60;
    let mut short: String = words.chars().map(|c| if c.is_control() { ' ' } else { c }).take(MOST).collect();
    if words.chars().nth(MOST).is_some() {
        short.push('…');
    }
    short
}
