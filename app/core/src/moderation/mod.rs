//! Review: from what a contributor sent to a published case, and what is done to published ones.

pub mod draft;

pub use draft::Draft;
