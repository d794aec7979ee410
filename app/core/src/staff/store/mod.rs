//! The queries of staff.

pub(super) mod attempts;
pub(super) mod invitations;
pub(super) mod kept;
pub(super) mod keys;
pub(super) mod members;
pub(super) mod sessions;
