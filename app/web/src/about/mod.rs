//! What this is, who runs it, and what is held of whom.

pub mod home;
pub mod prose;

pub use prose::{about, protection};
