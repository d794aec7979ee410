//! Contributing: what a form asks, what was answered, and the document that follows from it.
//!
//! Form and document are derived from the codebook alone: a field or a code that is added there appears here.

pub mod answers;
pub mod names;

pub use answers::{Answers, Refusal};
