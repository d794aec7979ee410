//! The only text that a template prints as HTML: what the core cleaned.

use std::fmt;

use askama::filters::HtmlSafe;
use casebook_core::text::{SafeHtml, markdown};

/// Cleaned HTML, which a template prints as it is.
#[derive(Debug, Clone)]
pub struct Html(SafeHtml);

impl Html {
    /// Markdown as cleaned HTML.
    #[must_use]
    pub fn from_markdown(text: &str) -> Self {
        Self(markdown(text))
    }
}

impl From<SafeHtml> for Html {
    fn from(html: SafeHtml) -> Self {
        Self(html)
    }
}

impl fmt::Display for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl HtmlSafe for Html {}
