//! What the site answered, and what a test says about it.

use reqwest::{
    StatusCode,
    header::{HeaderMap, LOCATION},
};
use scraper::{Html, Selector};

use super::{Form, Visitor};

/// An answer; each assertion hands it on, so that they can be written in a row.
pub(crate) struct Answer {
    visitor: Visitor,
    path: String,
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Answer {
    pub(super) fn new(visitor: Visitor, path: String, status: StatusCode, headers: HeaderMap, body: Vec<u8>) -> Self {
        Self { visitor, path, status, headers, body }
    }

    /// The status.
    pub(crate) fn status(&self) -> StatusCode {
        self.status
    }

    /// A header's text; empty where it is missing.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// Every header.
    pub(crate) fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body as it came.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.body
    }

    /// The body as text.
    pub(crate) fn body(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// What a reader sees, with white space made one blank.
    pub(crate) fn text(&self) -> String {
        let document = self.document();
        let root = document.root_element();
        squeeze(&root.text().collect::<Vec<_>>().join(" "))
    }

    /// The page as a tree.
    pub(crate) fn document(&self) -> Html {
        Html::parse_document(&self.body())
    }

    /// The texts of the elements that a selector finds.
    pub(crate) fn texts(&self, selector: &str) -> Vec<String> {
        let selector = Selector::parse(selector).unwrap();
        let document = self.document();
        document.select(&selector).map(|found| squeeze(&found.text().collect::<String>())).collect()
    }

    /// The values of an attribute of the elements that a selector finds.
    pub(crate) fn attributes(&self, selector: &str, name: &str) -> Vec<String> {
        let selector = Selector::parse(selector).unwrap();
        let document = self.document();
        document.select(&selector).filter_map(|found| found.attr(name)).map(ToOwned::to_owned).collect()
    }

    /// The address of the link with these words.
    #[track_caller]
    pub(crate) fn link(&self, words: &str) -> String {
        let selector = Selector::parse("a[href]").unwrap();
        let document = self.document();
        let found = document.select(&selector).find(|link| squeeze(&link.text().collect::<String>()) == words);
        let found = found.unwrap_or_else(|| panic!("no link says \"{words}\":\n{}", self.excerpt()));
        found.attr("href").unwrap().to_owned()
    }

    /// The form of the page whose address contains `action`, as it was filled in by the site.
    #[track_caller]
    pub(crate) fn form(&self, action: &str) -> Form {
        Form::find(&self.visitor, &self.path, &self.document(), action)
            .unwrap_or_else(|| panic!("no form leads to \"{action}\":\n{}", self.excerpt()))
    }

    /// Goes where a redirect leads.
    #[track_caller]
    pub(crate) fn location(&self) -> String {
        assert!(self.status.is_redirection(), "{} is no redirect:\n{}", self.status, self.excerpt());
        self.header(LOCATION.as_str()).to_owned()
    }

    /// Goes where a redirect leads.
    pub(crate) async fn follow(&self) -> Answer {
        let location = self.location();
        self.visitor.get(location).await
    }

    /// The status is this one.
    #[track_caller]
    pub(crate) fn is(self, status: StatusCode) -> Self {
        assert_eq!(self.status, status, "{}", self.excerpt());
        self
    }

    /// A reader sees these words.
    #[track_caller]
    pub(crate) fn shows(self, words: &str) -> Self {
        assert!(self.text().contains(&squeeze(words)), "\"{words}\" is not shown:\n{}", self.excerpt());
        self
    }

    /// A reader does not see these words, nor do they stand anywhere else in the page.
    #[track_caller]
    pub(crate) fn does_not_show(self, words: &str) -> Self {
        let found = self.text().contains(&squeeze(words)) || self.body().contains(words);
        assert!(!found, "\"{words}\" is shown:\n{}", self.excerpt());
        self
    }

    /// The answer is 303 to this address.
    #[track_caller]
    pub(crate) fn redirects_to(self, address: impl AsRef<str>) -> Self {
        assert_eq!(self.status, StatusCode::SEE_OTHER, "{}", self.excerpt());
        assert_eq!(self.header("location"), address.as_ref(), "{}", self.excerpt());
        self
    }

    fn excerpt(&self) -> String {
        let text: String = self.text().chars().take(3000).collect();
        format!("{} {} {}\n{text}", self.path, self.status, self.header("location"))
    }
}

fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
