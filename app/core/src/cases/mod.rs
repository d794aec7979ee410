//! Cases: the published record of how a decision was made.

mod alike;
pub mod catalogue;
pub mod changes;
pub mod citation;
pub mod compare;
pub mod cursor;
pub mod difference;
pub mod document;
pub mod erase;
pub mod exports;
pub mod facets;
pub mod generalise;
pub mod index;
pub mod likeness;
pub mod list;
pub mod mapping;
pub mod measures;
pub mod projection;
mod publish;
pub mod published;
pub mod redact;
pub mod search;
pub mod seeds;
pub mod sheet;
pub mod show;
pub mod similar;
pub mod statistics;
mod store;
pub mod tables;
pub mod transfer;
pub mod unite;
pub mod usage;
pub mod view;

pub use alike::{Alike, alike};
pub use publish::{CaseAct, Showing, TWO_CASES, Vocabulary, draw_id, enlarge, merge, publish, revise, set_visibility};
