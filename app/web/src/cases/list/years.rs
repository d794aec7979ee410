//! The years of dated events as bars beside the form that asks for them.

use casebook_core::cases::{facets::Filters, statistics::Span};

use super::in_words;
use crate::{kit::Frame, url};

/// How long the longest bar is, in units of its picture.
const LONGEST: u64 = 100;

/// A year, or several that share a bar.
#[derive(Debug, Clone)]
pub struct Year {
    /// The year, or the first and the last.
    pub label: String,
    /// How many cases have dated events that span some of it.
    pub count: u64,
    /// The length of its bar, at most a hundred.
    pub length: u64,
    /// Whether just these years are chosen.
    pub chosen: bool,
    /// The address that chooses them, or takes them back; none where no case would be found.
    pub address: Option<String>,
}

/// A bar for each span of years.
pub(super) fn bars(frame: &Frame, filters: &Filters, spans: &[Span]) -> Vec<Year> {
    let most = spans.iter().map(|span| span.count).max().unwrap_or(0).max(1);
    let bar = |span: &Span| {
        let own = (Some(span.from), Some(span.to));
        let chosen = (filters.year_from, filters.year_to) == own;
        let (year_from, year_to) = if chosen { (None, None) } else { own };
        let narrowed = Filters { year_from, year_to, page: 0, ..filters.clone() };
        Year {
            label: in_words(frame, span.from, span.to),
            count: span.count,
            length: (span.count * LONGEST).div_ceil(most),
            chosen,
            address: (span.count > 0 || chosen).then(|| url::cases_fitting(&narrowed.pairs())),
        }
    };
    spans.iter().map(bar).collect()
}
