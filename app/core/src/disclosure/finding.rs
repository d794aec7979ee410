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
        /// Fewer cities fit what is told than hide one of them.
        FewCities = "few_cities",
        /// The name of a city that fits what is told.
        City = "city",
        /// The name of the country where only the continent is public.
        Country = "country",
        /// A figure that only few fitting cities bear.
        Figure = "figure",
        /// A value that may not be public where the place is not named: a name, an address, a code of a place.
        Told = "told",
        /// A date or a year finer than it may be public.
        Date = "date",
        /// A sum of money finer than it may be public.
        Amount = "amount",
        /// A body of the public side, by id or name.
        Body = "body",
        /// Something of a contributor beyond proximity and quarter.
        Account = "account",
        /// An e-mail address.
        Email = "email",
        /// A telephone number.
        Phone = "phone",
        /// An account number of a bank.
        Iban = "iban",
        /// A web address that names a user.
        UserUrl = "user_url",
        /// Twelve words that may be a passphrase.
        Passphrase = "passphrase",
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
    /// The column of the table, or the member of the document.
    pub column: Option<String>,
    /// The very words or figures that were found; a waiver repeats them.
    pub words: String,
    /// What is wrong, in a sentence.
    pub what: String,
    /// What to do about it.
    pub remedy: &'static str,
}

impl Finding {
    /// What tells it from every other finding in the same place: kind, case, file, column and words, never the line, which moves.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let parts = [
            self.code.code(),
            self.case.as_deref().unwrap_or_default(),
            &self.file,
            self.column.as_deref().unwrap_or_default(),
            &self.words,
        ];
        parts.join("\u{1f}")
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        if let Some(case) = &self.case {
            write!(f, ": case {case}")?;
        }
        if let Some(column) = &self.column {
            write!(f, ", {column}")?;
        }
        write!(f, ": {} [{}]. {}", self.what, self.code, self.remedy)
    }
}
