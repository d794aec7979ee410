//! Markdown as people write it, to HTML that can do no harm.

use std::{collections::HashSet, fmt, sync::LazyLock};

use ammonia::{Builder, UrlRelative};
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd, TextMergeStream, html};

use super::marks::{MarkKind, Names, highlight, marks};

/// The words that a link written by others carries: do not vouch for it, give it no handle on our page, do not tell where the reader came from.
const LINK_REL: &str = "nofollow noopener noreferrer ugc";

/// How deep quotes and lists may lie in one another; what lies deeper is shown at this depth. Deeper nesting costs the cleaner quadratic time.
const DEPTH: usize = 12;

/// HTML that was made and cleaned here. It is the only text that a page may print without escaping; nothing else can make one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SafeHtml(String);

impl SafeHtml {
    /// The HTML as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether there is nothing to show.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for SafeHtml {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Turns Markdown into HTML: paragraphs, emphasis, lists, quotes, headings from the fourth level down, and links to http and https.
///
/// Raw HTML is shown as the text it is, an image as its description, code as plain text. Two nets hold: only such events are passed on to
/// the renderer, and its result is cleaned by an allow list.
#[must_use]
pub fn markdown(text: &str) -> SafeHtml {
    let mut gate = Gate::default();
    let events = Parser::new_ext(text, Options::empty()).filter_map(|event| gate.pass(event));
    let mut rendered = String::with_capacity(text.len() + text.len() / 4);
    html::push_html(&mut rendered, events);
    SafeHtml(CLEANER.clean(&rendered).to_string())
}

/// As [`markdown`], with everything marked that could lead to a person; `label` names each kind beside it.
#[must_use]
pub fn marked_markdown(text: &str, names: &Names, label: &dyn Fn(MarkKind) -> String) -> SafeHtml {
    let mut gate = Gate::default();
    let events = Parser::new_ext(text, Options::empty()).filter_map(|event| gate.pass(event));
    let marked = TextMergeStream::new(events).flat_map(|event| match event {
        Event::Text(words) => marked_events(&words, names, label),
        other => vec![other],
    });
    let mut rendered = String::with_capacity(text.len() + text.len() / 2);
    html::push_html(&mut rendered, marked);
    SafeHtml(MARKING_CLEANER.clean(&rendered).to_string())
}

/// The words with a tag around each mark. Raw HTML was turned into text before, so that these tags are ours.
fn marked_events(words: &str, names: &Names, label: &dyn Fn(MarkKind) -> String) -> Vec<Event<'static>> {
    let mut events = Vec::new();
    for segment in highlight(words, &marks(words, names)) {
        let words = Event::Text(segment.text.to_owned().into());
        let Some(kind) = segment.kind else {
            events.push(words);
            continue;
        };
        events.extend([Event::InlineHtml("<mark class=\"found\">".into()), words]);
        events.extend([Event::InlineHtml("<small>".into()), Event::Text(label(kind).into())]);
        events.push(Event::InlineHtml("</small></mark>".into()));
    }
    events
}

/// Passes on what the page may show, as something milder where needed.
#[derive(Default)]
struct Gate {
    /// Which of the open links are kept.
    links: Vec<bool>,
    /// How many quotes, lists and items are open.
    depth: usize,
}

impl Gate {
    fn pass<'a>(&mut self, event: Event<'a>) -> Option<Event<'a>> {
        match event {
            Event::Start(Tag::BlockQuote(_) | Tag::List(_) | Tag::Item) => {
                self.depth += 1;
                (self.depth <= DEPTH).then_some(event)
            }
            Event::End(TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item) => {
                self.depth -= 1;
                (self.depth < DEPTH).then_some(event)
            }
            Event::Start(Tag::Link { link_type, dest_url, id, .. }) => {
                let kept = is_web_address(&dest_url);
                self.links.push(kept);
                kept.then(|| Event::Start(Tag::Link { link_type, dest_url, title: "".into(), id }))
            }
            Event::End(TagEnd::Link) => self.links.pop().unwrap_or(false).then_some(event),
            other => milder(other),
        }
    }
}

/// A heading of a lower level, HTML and code as plain text, no images and no rules.
fn milder(event: Event<'_>) -> Option<Event<'_>> {
    Some(match event {
        Event::Start(Tag::Heading { level, .. }) => {
            Event::Start(Tag::Heading { level: demoted(level), id: None, classes: Vec::new(), attrs: Vec::new() })
        }
        Event::End(TagEnd::Heading(level)) => Event::End(TagEnd::Heading(demoted(level))),
        Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) | Event::Rule => return None,
        Event::Start(Tag::HtmlBlock | Tag::CodeBlock(_)) => Event::Start(Tag::Paragraph),
        Event::End(TagEnd::HtmlBlock | TagEnd::CodeBlock) => Event::End(TagEnd::Paragraph),
        Event::Html(html) | Event::InlineHtml(html) => Event::Text(html),
        Event::Code(code) => Event::Text(code),
        other => other,
    })
}

fn demoted(level: HeadingLevel) -> HeadingLevel {
    match level {
        HeadingLevel::H1 => HeadingLevel::H4,
        HeadingLevel::H2 => HeadingLevel::H5,
        _ => HeadingLevel::H6,
    }
}

/// Whether a link leads to a page: http or https, a host, no user name in it.
fn is_web_address(address: &str) -> bool {
    url::Url::parse(address).is_ok_and(|url| {
        matches!(url.scheme(), "http" | "https")
            && url.has_host()
            && url.username().is_empty()
            && url.password().is_none()
    })
}

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(cleaner);

/// Lets marks pass as well; what people write cannot hold any, since their HTML is shown as text.
static MARKING_CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = cleaner();
    builder.add_tags(["mark", "small"]).add_allowed_classes("mark", ["found"]);
    builder
});

fn cleaner() -> Builder<'static> {
    let mut builder = Builder::empty();
    builder
        .tags(["p", "br", "em", "strong", "ul", "ol", "li", "blockquote", "h4", "h5", "h6", "a"].into_iter().collect())
        .tag_attributes([("a", HashSet::from(["href"])), ("ol", HashSet::from(["start"]))].into_iter().collect())
        .url_schemes(HashSet::from(["http", "https"]))
        .url_relative(UrlRelative::Deny)
        .link_rel(Some(LINK_REL));
    builder
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;

    fn shown(text: &str) -> String {
        markdown(text).to_string().replace('\n', "")
    }

    #[test]
    fn plain_structure_is_kept() {
        assert_eq!(
            shown("One *two* **three**.\n\n- a\n- b\n\n> quoted"),
            "<p>One <em>two</em> <strong>three</strong>.</p><ul><li>a</li><li>b</li></ul><blockquote><p>quoted</p></blockquote>"
        );
        assert_eq!(shown("3. third"), "<ol start=\"3\"><li>third</li></ol>");
    }

    #[test]
    fn what_could_lead_to_a_person_is_marked_within_the_page() {
        let names = Names::new(["Duisburg"], Vec::<String>::new());
        let label = |kind: MarkKind| kind.code().to_owned();
        let html = marked_markdown("In *Duisburg*, ask <mark>a@b.example</mark>.", &names, &label).to_string();
        assert!(html.contains("<em><mark class=\"found\">Duisburg<small>place</small></mark></em>"), "{html}");
        assert!(html.contains("&lt;mark&gt;<mark class=\"found\">a@b.example<small>email</small></mark>"), "{html}");
        assert!(!markdown("In *Duisburg*").to_string().contains("<mark"));
    }

    #[test]
    fn headings_start_at_the_fourth_level() {
        assert_eq!(shown("# A\n\n## B\n\n### C\n\n###### D"), "<h4>A</h4><h5>B</h5><h6>C</h6><h6>D</h6>");
    }

    #[test]
    fn links_to_pages_are_kept_and_vouch_for_nothing() {
        assert_eq!(
            shown("[paper](https://example.org/a?b=c \"title\")"),
            "<p><a href=\"https://example.org/a?b=c\" rel=\"nofollow noopener noreferrer ugc\">paper</a></p>"
        );
    }

    #[test]
    fn other_links_lose_their_address_and_keep_their_text() {
        for address in
            ["javascript:alert(1)", "data:text/html,x", "/staff", "mailto:a@b.example", "https://u:p@b.example/", "//x"]
        {
            assert_eq!(shown(&format!("[text]({address})")), "<p>text</p>", "{address}");
        }
        assert_eq!(shown("<a@b.example>"), "<p>a@b.example</p>");
    }

    #[test]
    fn raw_html_is_shown_as_text() {
        assert_eq!(shown("a <b onclick=\"x()\">b</b>"), "<p>a &lt;b onclick=\"x()\"&gt;b&lt;/b&gt;</p>");
        let block = shown("<script>alert(1)</script>");
        assert_eq!(block, "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>");
        assert_eq!(shown("<!-- hidden -->"), "<p>&lt;!-- hidden --&gt;</p>");
    }

    #[test]
    fn an_image_is_its_description_and_code_is_text() {
        assert_eq!(shown("![a *lamp*](https://example.org/x.png)"), "<p>a <em>lamp</em></p>");
        assert_eq!(shown("`<i>`\n\n    indented <b>"), "<p>&lt;i&gt;</p><p>indented &lt;b&gt;</p>");
    }

    #[test]
    fn entities_do_not_smuggle_anything_in() {
        assert_eq!(shown("&lt;script&gt; &#106;avascript:x"), "<p>&lt;script&gt; javascript:x</p>");
        assert_eq!(shown("[a](&#106;avascript:alert)"), "<p>a</p>");
    }

    #[test]
    fn deep_nesting_neither_hangs_nor_overflows() {
        for text in [">".repeat(20_000), "[".repeat(20_000), "*a_".repeat(8_000), "1. ".repeat(10_000)] {
            let start = Instant::now();
            assert!(markdown(&text).as_str().len() < 2_000_000);
            assert!(start.elapsed() < Duration::from_secs(5), "{}", &text[..3]);
        }
    }
}
