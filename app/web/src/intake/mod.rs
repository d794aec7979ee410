//! Contributing and coming back (protection.md sections 1 to 4): no script, neutral titles and addresses, every POST answered by 303, and
//! nothing kept by the browser. What was typed lies sealed in the database; the page that follows shows it again with its problems.

pub mod addition;
pub mod back;
pub mod browser;
pub mod build;
pub mod case;
pub mod changes;
pub mod closed;
pub mod correction;
mod desk;
pub mod fault;
pub mod field;
pub mod first;
pub mod leave;
pub mod messages;
mod notes;
pub mod own;
pub mod preview;
mod questions;
mod samples;
pub mod topic;
pub mod topics;
pub mod twelve;
