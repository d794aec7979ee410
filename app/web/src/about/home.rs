//! The first page.

use askama::Template;

use crate::kit::{Frame, Page, Sample, Visit, page::sample_visit};

/// The first page.
#[derive(Debug, Template)]
#[template(path = "about/home.html")]
pub struct HomePage {
    /// The frame.
    pub frame: Frame,
}

/// `GET /` - what this is, and the way into it.
pub async fn home(visit: Visit) -> Page<HomePage> {
    let description = visit.text("about-description");
    Page::new(HomePage { frame: visit.frame("about-home-title").describing(description) })
}

impl Sample for HomePage {
    fn samples() -> Vec<(&'static str, Self)> {
        vec![("plain", Self { frame: sample_visit("/").frame("about-home-title") })]
    }
}
