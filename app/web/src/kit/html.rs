//! The only text that a template prints as HTML: what the core cleaned, and Markdown of our own that travels in the program.

use std::fmt;

use askama::filters::HtmlSafe;
use casebook_core::text::{SafeHtml, markdown};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, html};

/// HTML which a template prints as it is.
#[derive(Debug, Clone, Default)]
pub struct Html(String);

impl Html {
    /// Markdown that somebody sent, cleaned.
    #[must_use]
    pub fn from_markdown(text: &str) -> Self {
        markdown(text).into()
    }

    /// Markdown that we wrote and that is part of the program: with headings and tables, and not cleaned.
    #[must_use]
    pub(crate) fn from_our_own(text: &str) -> Self {
        let mut rendered = String::with_capacity(text.len() * 2);
        let events = Parser::new_ext(text, Options::ENABLE_TABLES).flat_map(within_bounds);
        html::push_html(&mut rendered, events);
        Self(rendered)
    }
}

/// A table that is wider than the page is moved within it, by pointer or by keys.
fn within_bounds(event: Event<'_>) -> Vec<Event<'_>> {
    match event {
        Event::Start(Tag::Table(_)) => vec![Event::Html("<div class=\"scroll\" tabindex=\"0\">".into()), event],
        Event::End(TagEnd::Table) => vec![event, Event::Html("</div>".into())],
        other => vec![other],
    }
}

impl From<SafeHtml> for Html {
    fn from(html: SafeHtml) -> Self {
        Self(html.to_string())
    }
}

impl fmt::Display for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl HtmlSafe for Html {}
