//! Cases: the published record of how a decision was made.

pub mod document;
pub mod facets;
pub mod generalise;
pub mod measures;
pub mod view;
