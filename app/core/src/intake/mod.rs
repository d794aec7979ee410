//! Contributing: what a form asks, what was answered, the document that follows from it, and its way from a draft to the moderators.
//!
//! Form and document are derived from the codebook alone: a field or a code that is added there appears here. Everything that a contributor
//! writes is sealed; nothing that they do leaves an audit line or a job (protection.md sections 1 to 4). Use cases of contributors take
//! the browser's cookie as proof; those of moderators stand in [`review`].

mod addition;
pub mod answers;
pub mod changes;
pub mod compose;
pub mod corrections;
pub mod crowd;
pub mod draft;
pub mod exchange;
mod expire;
mod final_text;
mod first;
pub mod form;
pub mod guard;
pub mod handling;
mod held;
mod keep;
mod likeness;
pub mod messages;
pub mod names;
mod pace;
mod preview;
pub mod problems;
mod reopen;
pub mod review;
mod sealed;
mod send;
mod state;
mod store;
pub(crate) mod telling;
#[cfg(test)]
mod tests;
pub mod wishes;
mod words;

use crate::{codebook::Codebook, places::Gazetteer, seal::InstanceKeys};

pub use addition::{Base, add_to, base, stand_alone};
pub use answers::{Answers, Refusal};
pub use compose::{Composed, Composer, OnRecord, typed_organisations};
pub use crowd::{Advice, Crowd, crowd, crowd_of};
pub use draft::Draft;
pub use expire::remove_expired;
pub use final_text::changes_to;
pub use first::{first_questions, is_on_first_page, merge_first};
pub use form::Form;
pub use held::Held;
pub use keep::{confirm, keep};
pub use messages::write_message;
pub use pace::Pace;
pub use preview::view;
pub use problems::{Problem, Problems};
pub use reopen::{Door, OwnCase, enter, own_case, stop, withdraw};
pub use sealed::SubmissionParts;
pub use send::{Account, Sent, compose, send};
pub use state::{ADDITION, NEW, State, Submission, UnknownState};
pub use wishes::{Delay, Knowers};

/// What contributing works with.
#[derive(Debug, Clone, Copy)]
pub struct Tools<'a> {
    /// What is asked.
    pub book: &'a Codebook,
    /// Cities and countries.
    pub gazetteer: &'a Gazetteer,
    /// The pepper, under which words are looked up.
    pub keys: &'a InstanceKeys,
    /// How long kept drafts and unpublished submissions last.
    pub retention_weeks: u32,
    /// How many submissions may reach the queue in an hour; nothing where nothing is sent.
    pub pace: Option<&'a Pace>,
}
