//! The inverse of the site map: links are functions, never strings. See [`crate::routes`].

use url::form_urlencoded;

use crate::kit::{Area, error::Kind};

/// The first page.
#[must_use]
pub fn home() -> String {
    "/".to_owned()
}

/// The list of cases with its search.
#[must_use]
pub fn cases() -> String {
    "/cases".to_owned()
}

/// The vocabulary.
#[must_use]
pub fn codebook() -> String {
    "/codebook".to_owned()
}

/// Who runs this.
#[must_use]
pub fn about() -> String {
    "/about".to_owned()
}

/// What is held of whom, and what is not.
#[must_use]
pub fn protection() -> String {
    "/protection".to_owned()
}

/// The list of public pages for search engines.
#[must_use]
pub fn sitemap() -> String {
    "/sitemap.xml".to_owned()
}

/// Contributing.
#[must_use]
pub fn share() -> String {
    "/share".to_owned()
}

/// The page that tells a contributor what went wrong with what they sent.
#[must_use]
pub fn share_problem(kind: Kind) -> String {
    format!("/share/problem?what={}", kind.name())
}

/// Back with the passphrase.
#[must_use]
pub fn return_() -> String {
    "/return".to_owned()
}

/// Signing in.
#[must_use]
pub fn sign_in() -> String {
    "/staff/sign-in".to_owned()
}

/// Signing in, and then back to `address`.
#[must_use]
pub fn sign_in_and_return(address: Option<&str>) -> String {
    match address {
        Some(address) => with_query("/staff/sign-in", &[("to", address)]),
        None => sign_in(),
    }
}

/// Signing out.
#[must_use]
pub fn sign_out() -> String {
    "/staff/sign-out".to_owned()
}

/// Where the staff begin.
#[must_use]
pub fn staff() -> String {
    "/staff".to_owned()
}

/// The page from which one starts again in a part of the site.
#[must_use]
pub fn start_of(area: Area) -> String {
    match area {
        Area::Public => home(),
        Area::Contributor => share(),
        Area::Staff => staff(),
    }
}

/// `path` with these pairs after a question mark.
#[must_use]
pub fn with_query(path: &str, pairs: &[(&str, &str)]) -> String {
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}
