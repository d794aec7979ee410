//! Contributing: what a form asks, what was answered, and the document that follows from it.
//!
//! Form and document are derived from the codebook alone: a field or a code that is added there appears here.

pub mod answers;
pub mod compose;
pub mod crowd;
pub mod form;
pub mod names;
pub mod problems;

pub use answers::{Answers, Refusal};
pub use compose::{Composed, Composer, OnRecord, typed_organisations};
pub use crowd::{Crowd, crowd};
pub use form::Form;
pub use problems::{Problem, Problems};
