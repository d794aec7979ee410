//! Filters and counts: set arithmetic over the published cases, held in memory. They are the same numbers with and without the text index.
//!
//! Within a field one code or another may fit, across fields all must, and `not` excludes. A count is what a reader finds who chooses that
//! code, so a field's own choice is left out of its own counts. Code, status, confidence and reliability must hold within
//! one statement; without a field they are asked of any statement.

mod among;
mod bitmaps;
mod filters;
mod people;
mod population;
mod read;
mod sets;
#[cfg(test)]
mod tests;

pub use bitmaps::{CodeCount, Counts, EVIDENCE, FacetCount, Facets, Row};
pub use filters::{ANY, COUNTRY, FieldFilter, Filters, Group, Parsed, Problem, Sort, VENDOR, facet_names};
pub use population::{PopulationSpan, SIZE_CLASS};
