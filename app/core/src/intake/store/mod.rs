//! The queries for drafts and submissions.

pub(super) mod drafts;
pub(super) mod guards;
pub(super) mod submissions;
