//! One test program for the whole site.

mod architecture;
mod schema;
