//! Published cases: the list with its search and exports, the page of one case, cases side by side, what can be counted of them.

pub mod changes;
pub mod cite;
pub mod compare;
pub mod export;
pub mod facet;
pub mod feed;
pub mod list;
pub mod preview;
pub mod show;
pub mod statistics;

use crate::words;
