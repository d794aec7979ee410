//! What a case rests on, numbered as the page cites it.

use super::Lens;
use crate::cases::document::{Document, Source};

/// A source with the words for its codes.
#[derive(Debug, Clone, PartialEq)]
pub struct Cited {
    /// The number under which the page cites it, from one.
    pub number: usize,
    /// The document's record of it.
    pub record: Source,
    /// What kind it is.
    pub kind: String,
    /// How far it can be relied on.
    pub reliability: String,
    /// How the author of an account knows.
    pub proximity: Option<String>,
    /// The country of publication, where no more may be said.
    pub country: Option<String>,
}

pub(super) fn cited(document: &Document, lens: &Lens<'_>) -> Vec<Cited> {
    let cite = |(at, source): (usize, &Source)| Cited {
        number: at + 1,
        kind: lens.label("source_kind", source.kind.as_str()),
        reliability: lens.label("reliability", source.reliability.code()),
        proximity: source.proximity.map(|proximity| lens.label("proximity", proximity.code())),
        country: source.country.as_ref().map(|country| lens.country(country.as_str())),
        record: source.clone(),
    };
    document.sources.iter().enumerate().map(cite).collect()
}
