//! The page for an instance that takes no accounts yet.

use askama::Template;

use crate::kit::{Frame, Sample, page::sample_visit};

/// Says that no accounts are taken yet: until there is a review key, nothing could be sealed.
#[derive(Debug, Template)]
#[template(path = "intake/closed.html")]
pub struct ClosedPage {
    /// The frame.
    pub frame: Frame,
}

impl Sample for ClosedPage {
    fn samples() -> Vec<(&'static str, Self)> {
        vec![("closed", Self { frame: sample_visit("/share").frame("intake-closed-title") })]
    }
}
