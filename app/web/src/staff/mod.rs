//! Staff: joining, signing in, one's own sessions and codes, and who is on the staff.

mod fields;
pub mod home;
pub mod join;
pub mod kept;
pub mod keys;
pub mod members;
pub mod sessions;
pub mod sign_in;
