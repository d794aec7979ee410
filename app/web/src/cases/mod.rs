//! Published cases: the page of one case.

pub mod show;
mod words;
