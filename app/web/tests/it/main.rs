//! One test program for the whole site.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stderr, reason = "a test may fail")]

mod alerts;
mod api;
mod architecture;
mod case_page;
mod cite;
mod codebook;
mod compare;
mod datasets;
mod exports;
mod facets;
mod failures;
mod faults;
mod feeds;
mod frame;
mod importing;
mod intake;
mod list;
mod mail;
mod messages;
mod moderation;
mod page_cache;
mod promises;
mod releases;
mod roles;
mod schema;
mod site;
mod staff;
mod statistics;
mod templates;
mod words;
