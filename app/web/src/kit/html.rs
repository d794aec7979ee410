//! The only text that a template prints as HTML: what the core cleaned, Markdown of our own that travels in the program, and what a page says
//! of itself to programs.

use std::fmt;

use askama::filters::HtmlSafe;
use casebook_core::text::{SafeHtml, markdown};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, html};
use serde_json::Value;

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

/// What a page says of itself to search engines (JSON-LD), as a block of data in its head. Browsers do not run such a block.
#[derive(Debug, Clone, Default)]
pub struct LinkedData(String);

impl LinkedData {
    /// The block that holds this. No text in it can end it: what begins a tag is written as JSON writes any sign by its number.
    #[must_use]
    pub fn new(value: &Value) -> Self {
        Self(value.to_string().replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026"))
    }
}

impl fmt::Display for LinkedData {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<script type=\"application/ld+json\">{}</script>", self.0)
    }
}

impl HtmlSafe for LinkedData {}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn no_text_ends_a_block_of_data() {
        let said = json!({"name": "</script><script>alert(1)</script><!-- & \u{2028}"});
        let block = LinkedData::new(&said).to_string();
        assert_eq!((block.matches('<').count(), block.matches("script").count()), (2, 5), "{block}");
        let inside = block.strip_prefix("<script type=\"application/ld+json\">").unwrap();
        let inside = inside.strip_suffix("</script>").unwrap();
        assert_eq!(serde_json::from_str::<Value>(inside).unwrap(), said);
    }
}
