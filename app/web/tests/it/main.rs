//! One test program for the whole site.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests say what they expect and fail by panicking")]

mod architecture;
mod schema;
