//! The queries for drafts and submissions.

pub(super) mod corrections;
pub(super) mod drafts;
pub(super) mod exchange;
pub(super) mod guards;
pub(super) mod handling;
pub(super) mod messages;
pub(super) mod submissions;
