//! The inhabitants of places as bars beside the form that asks for them.

use casebook_core::cases::facets::{Filters, PopulationSpan};

use crate::{kit::Frame, url, words::people};

/// How long the longest bar is, in units of its picture.
const LONGEST: u64 = 100;

/// A class of places, or a part of one.
#[derive(Debug, Clone)]
pub struct PopulationBar {
    /// The least and the greatest number.
    pub label: String,
    /// How many cases.
    pub count: u64,
    /// The length of its bar, at most a hundred.
    pub length: u64,
    /// It is a part of the class before it.
    pub finer: bool,
    /// Whether just this is chosen.
    pub chosen: bool,
    /// The address that chooses it, or takes it back; none where no case would be found.
    pub address: Option<String>,
}

/// A bar for each class, and for each part of those that have parts.
pub(super) fn bars(frame: &Frame, filters: &Filters, spans: &[PopulationSpan]) -> Vec<PopulationBar> {
    let most = spans.iter().map(|span| span.count).max().unwrap_or(0).max(1);
    let bar = |span: &PopulationSpan| {
        let own = (Some(span.from), span.to);
        let chosen = (filters.population_from, filters.population_to) == own;
        let (population_from, population_to) = if chosen { (None, None) } else { own };
        let narrowed = Filters { population_from, population_to, page: 0, ..filters.clone() };
        PopulationBar {
            label: label(frame, span),
            count: span.count,
            length: (span.count * LONGEST).div_ceil(most),
            finer: span.finer,
            chosen,
            address: (span.count > 0 || chosen).then(|| url::cases_fitting(&narrowed.pairs())),
        }
    };
    spans.iter().map(bar).collect()
}

/// The least and the greatest number in words.
pub(in crate::cases) fn label(frame: &Frame, span: &PopulationSpan) -> String {
    let from = people(span.from);
    match span.to {
        Some(to) => frame.t2("list-population-span", "from", from, "to", people(to)),
        None => frame.t1("list-population-above", "from", from),
    }
}
