//! What a statement or a qualifier may say (schema.md rule 10), and the generalised forms of it.

use serde::{Deserialize, Serialize};

use super::{Code, CountryCode, DateQualifier, PrefixDate};
use crate::{codebook::codes, ids::OrganisationId};

/// A value. Which forms a field takes is the codebook's word; `check` holds the two together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
pub enum Value {
    /// A code of the vocabulary.
    Code {
        /// The code.
        code: Code,
        /// In words, where the code is `other`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<String>,
        /// BCP 47 tag of the words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        lang: Option<String>,
    },
    /// Words.
    Text {
        /// The words.
        text: String,
        /// BCP 47 tag.
        lang: String,
    },
    /// A count.
    Number(Number),
    /// A sum of money.
    Amount(Amount),
    /// A sum of money, generalised to a band.
    Band(Band),
    /// A date.
    Date {
        /// The date.
        date: PrefixDate,
        /// How it is meant.
        qualifier: DateQualifier,
    },
    /// A date, generalised to years.
    Interval(Interval),
    /// A country.
    Country {
        /// The country.
        country: CountryCode,
    },
    /// A country, generalised to whether it lies on the case's continent.
    Continent {
        /// Inside or outside of it.
        continent: Side,
    },
    /// An organisation on record.
    Organisation {
        /// Its id.
        organisation: OrganisationId,
    },
    /// An organisation, generalised to the type of public body.
    BodyType {
        /// Code of `public_body_type`.
        body_type: Code,
    },
}

impl Value {
    /// A code without words.
    #[must_use]
    pub fn code(code: Code) -> Self {
        Self::Code { code, text: None, lang: None }
    }

    /// The code, where the value is one.
    #[must_use]
    pub fn as_code(&self) -> Option<&Code> {
        match self {
            Self::Code { code, .. } => Some(code),
            _ => None,
        }
    }

    /// The organisation, where the value is one.
    #[must_use]
    pub fn as_organisation(&self) -> Option<&OrganisationId> {
        match self {
            Self::Organisation { organisation } => Some(organisation),
            _ => None,
        }
    }

    /// The currency, where the value is a sum or a band.
    #[must_use]
    pub fn currency(&self) -> Option<&str> {
        match self {
            Self::Amount(amount) => Some(&amount.currency),
            Self::Band(band) => Some(&band.currency),
            _ => None,
        }
    }
}

/// A count, and the year it was counted in where it was given.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Number {
    /// The count.
    #[serde(serialize_with = "plainly")]
    pub number: f64,
    /// The year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
}

/// A sum of money.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Amount {
    /// How much.
    #[serde(serialize_with = "plainly")]
    pub amount: f64,
    /// ISO 4217 code.
    pub currency: String,
    /// The year of the price.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
    /// What it pays for, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub covers: Option<String>,
}

/// A sum of money between two bounds of the series 1, 2, 5, 10 ...
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Band {
    /// The lower bound.
    #[serde(serialize_with = "plainly")]
    pub min: f64,
    /// The upper bound.
    #[serde(serialize_with = "plainly")]
    pub max: f64,
    /// ISO 4217 code.
    pub currency: String,
}

/// Some time between the first and the last of these years.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Interval {
    /// The first year.
    pub from: i32,
    /// The last year.
    pub to: i32,
}

codes! {
    /// Inside or outside of the continent of the case.
    Side {
        /// On the same continent.
        Inside = "inside",
        /// On another one.
        Outside = "outside",
    }
}

/// Writes a whole number without a decimal point, as people write it.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature that serde asks for")]
fn plainly<S: serde::Serializer>(number: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    /// Beyond it not every whole number is a number of this type.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if number.fract() == 0.0 && number.abs() < EXACT {
        #[expect(clippy::cast_possible_truncation, reason = "whole, and within the bounds")]
        serializer.serialize_i64(*number as i64)
    } else {
        serializer.serialize_f64(*number)
    }
}
