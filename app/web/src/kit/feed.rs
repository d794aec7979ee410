//! Feeds in Atom (RFC 4287), whatever they tell of. An entry is known by the address of its page.

use actix_web::HttpResponse;
use askama::Template;
use casebook_core::clock::Moment;

use super::{Error, Result};

/// A file that belongs to an entry.
#[derive(Debug)]
pub struct Enclosure {
    /// Where it is fetched.
    pub address: String,
    /// Its media type.
    pub kind: &'static str,
    /// How many bytes it has.
    pub bytes: u64,
}

/// A feed as its template sees it.
#[derive(Debug, Template)]
#[template(path = "feed.xml")]
pub struct Feed {
    /// The language of its own words.
    pub lang: &'static str,
    /// Who made what it tells of; never a contributor.
    pub author: &'static str,
    /// Its own address, by which it is known too.
    pub address: String,
    /// The page that shows the same.
    pub page: String,
    /// What it tells of.
    pub title: String,
    /// When something in it changed last.
    pub updated: Moment,
    /// What it tells, the newest first.
    pub entries: Vec<Entry>,
}

/// Something that a feed tells of.
#[derive(Debug)]
pub struct Entry {
    /// The address of its page.
    pub address: String,
    /// Where it stands what it changed, where there is such a page.
    pub changes: Option<String>,
    /// Its title.
    pub title: String,
    /// The language of the title.
    pub lang: String,
    /// When it changed last.
    pub updated: Moment,
    /// What can be fetched of it.
    pub enclosure: Option<Enclosure>,
    /// What it says, and in which language.
    pub summary: Option<(String, String)>,
}

impl Feed {
    /// The answer that hands it out.
    ///
    /// # Errors
    /// Those of the template, which would be a defect.
    pub fn answer(&self) -> Result<HttpResponse> {
        let xml = self.render().map_err(Error::unexpected)?;
        Ok(HttpResponse::Ok().content_type("application/atom+xml; charset=utf-8").body(xml))
    }
}

/// The text without the characters that XML 1.0 forbids however they are written
/// (<https://www.w3.org/TR/xml/#charsets>).
#[must_use]
pub fn legal(text: &str) -> String {
    text.chars().filter(|c| is_legal(*c)).collect()
}

fn is_legal(c: char) -> bool {
    match c {
        '\t' | '\n' | '\r' => true,
        '\u{fffe}' | '\u{ffff}' => false,
        c => c >= ' ',
    }
}

#[cfg(test)]
mod tests {
    use casebook_core::clock::Day;

    use super::*;

    fn feed(entries: Vec<Entry>, title: &str) -> String {
        let address = "https://casebook.example/cases.atom?q=%01&f.domain=mobility".to_owned();
        let feed = Feed {
            lang: "en",
            author: "Casebook collection",
            page: address.replace(".atom", ""),
            address,
            title: legal(title),
            updated: Day::from_ymd_opt(2026, 10, 1).unwrap().into(),
            entries,
        };
        feed.render().unwrap()
    }

    /// R6: a feed is well formed whatever stands in it, and without entries.
    #[test]
    fn a_feed_is_well_formed_with_hostile_text_and_without_entries() {
        let hostile = "]]></title><script>alert('1')</script> & \"x\" \u{0}\u{8}\u{b}\u{1f}\u{fffe}\u{ffff}<!-- é 😀";
        let entry = Entry {
            address: "https://casebook.example/cases/7K2MQX4T/r/2".to_owned(),
            changes: Some("https://casebook.example/cases/7K2MQX4T/r/2/changes".to_owned()),
            title: legal(hostile),
            lang: "en".to_owned(),
            updated: Day::from_ymd_opt(2026, 10, 1).unwrap().into(),
            enclosure: Some(Enclosure { address: legal(hostile), kind: "application/zip", bytes: 7 }),
            summary: Some((legal(hostile), "de".to_owned())),
        };
        for xml in [feed(vec![entry], hostile), feed(Vec::new(), "")] {
            let document = roxmltree::Document::parse(&xml).unwrap_or_else(|error| panic!("{error}:\n{xml}"));
            let root = document.root_element();
            assert_eq!(root.tag_name().namespace(), Some("http://www.w3.org/2005/Atom"));
            let texts = root.descendants().filter(|node| node.has_tag_name(("http://www.w3.org/2005/Atom", "summary")));
            for text in texts {
                let expected = "]]></title><script>alert('1')</script> & \"x\" <!-- é 😀";
                assert_eq!(text.text(), Some(expected));
            }
        }
    }
}
