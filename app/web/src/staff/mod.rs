//! Staff: joining, signing in, one's own password, second factor, sessions and codes, and who is on the staff.

mod authenticator;
pub mod factor;
mod fields;
pub mod home;
pub mod join;
pub mod kept;
pub mod keys;
pub mod laid_aside;
pub mod mailing;
pub mod members;
pub mod password;
pub mod renew;
pub mod sessions;
pub mod sign_in;
