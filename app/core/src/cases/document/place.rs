//! Where a case happened, as far as it is public.

use serde::{Deserialize, Serialize};

use super::{Code, CountryCode, Disclosure, Scope};

/// The place. Each level of disclosure has only the fields that may be public at it (schema.md section 3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "disclosure", rename_all = "snake_case", deny_unknown_fields)]
pub enum Place {
    /// City and country.
    Named {
        /// The extent.
        scope: Scope,
        /// Countries, at least one.
        countries: Vec<CountryCode>,
        /// Named places; a nation and several municipalities may have none.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        places: Vec<NamedPlace>,
    },
    /// Country and size class, or country and type of body where the scope is not a municipality.
    SizeClass {
        /// The extent.
        scope: Scope,
        /// Countries, at least one.
        countries: Vec<CountryCode>,
        /// Code of `size_class`, for a municipality.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        size_class: Option<Code>,
        /// Code of `public_body_type`, for other scopes.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        body_type: Option<Code>,
    },
    /// Continent and size class, or continent and type of body.
    Region {
        /// The extent.
        scope: Scope,
        /// Two-letter code of the continent, as in the gazetteer.
        continent: String,
        /// Code of `size_class`, for a municipality.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        size_class: Option<Code>,
        /// Code of `public_body_type`, for other scopes.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        body_type: Option<Code>,
    },
}

impl Place {
    /// The extent.
    #[must_use]
    pub fn scope(&self) -> Scope {
        match self {
            Self::Named { scope, .. } | Self::SizeClass { scope, .. } | Self::Region { scope, .. } => *scope,
        }
    }

    /// How much of the place is public.
    #[must_use]
    pub fn disclosure(&self) -> Disclosure {
        match self {
            Self::Named { .. } => Disclosure::Named,
            Self::SizeClass { .. } => Disclosure::SizeClass,
            Self::Region { .. } => Disclosure::Region,
        }
    }

    /// The countries; none where only the continent is public.
    #[must_use]
    pub fn countries(&self) -> &[CountryCode] {
        match self {
            Self::Named { countries, .. } | Self::SizeClass { countries, .. } => countries,
            Self::Region { .. } => &[],
        }
    }

    /// The named places; none where the place is not named.
    #[must_use]
    pub fn places(&self) -> &[NamedPlace] {
        match self {
            Self::Named { places, .. } => places,
            Self::SizeClass { .. } | Self::Region { .. } => &[],
        }
    }
}

/// A place with its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NamedPlace {
    /// Unique within the document.
    pub id: String,
    /// GeoNames id, where the gazetteer has the place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub geonames: Option<u32>,
    /// The name.
    pub name: String,
    /// The country.
    pub country: CountryCode,
}
