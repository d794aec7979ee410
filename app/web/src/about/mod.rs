//! What this is, who runs it, and what is held of whom.

pub mod home;
mod proofs;
pub mod prose;

pub use prose::{about, method, protection};
