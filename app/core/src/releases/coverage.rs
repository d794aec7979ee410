//! What the cases of a release span, so that its description can say so without reading them.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::cases::{document::Document, projection};

/// The years and countries of some cases.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coverage {
    /// The first and the last year of dated events; none where nothing is dated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub years: Option<(i32, i32)>,
    /// The countries, by ISO 3166-1, two letters.
    #[serde(default)]
    pub countries: BTreeSet<String>,
}

impl Coverage {
    /// Takes a case in.
    pub(super) fn take_in(&mut self, document: &Document) {
        let all = self.years.into_iter().chain(projection::years(document));
        self.years = all.reduce(|(first, last), (from, to)| (first.min(from), last.max(to)));
        self.countries.extend(document.place.countries().iter().map(|country| country.as_str().to_owned()));
    }
}
