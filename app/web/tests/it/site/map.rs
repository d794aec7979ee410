//! The site map, read from the program's own text, so that no address can be forgotten by a test that tries them all.

use regex::Regex;

/// An address with its placeholders filled in.
#[derive(Debug, Clone)]
pub(crate) struct Address {
    /// The path.
    pub(crate) path: String,
    /// The path as the site map writes it.
    pub(crate) pattern: String,
    /// Whether it can be opened.
    pub(crate) takes_get: bool,
    /// Whether forms are sent to it.
    pub(crate) takes_post: bool,
}

impl Address {
    /// Whether it belongs to contributors or staff.
    pub(crate) fn is_private(&self) -> bool {
        self.is_contributors() || self.path.starts_with("/staff")
    }

    /// Whether it belongs to contributors.
    pub(crate) fn is_contributors(&self) -> bool {
        self.path.starts_with("/share") || self.path.starts_with("/return")
    }
}

/// Every address of the site. A placeholder becomes something well-formed that there is not, but for the id of the reference case and
/// the facet of organisations.
pub(crate) fn addresses() -> Vec<Address> {
    let map = include_str!("../../../src/routes.rs");
    let map = map.split("pub fn operations").next().unwrap().replace('\n', " ");
    let line = Regex::new(r#"at\(\s*"(?P<path>[^"]+)"\s*,?\s*\)(?P<rest>[^;]*);"#).unwrap();
    let placeholder = Regex::new(r"\{[^}]*\}").unwrap();
    let addresses: Vec<Address> = line
        .captures_iter(&map)
        .map(|found| {
            let path = found["path"].replace("/cases/{id}", "/cases/7K2MQX4T").replace("{revision}", "1");
            let path = path.replace("/cases/facet/{field}", "/cases/facet/vendor");
            Address {
                path: placeholder.replace_all(&path, "00000000000000000000000000").into_owned(),
                pattern: found["path"].to_owned(),
                takes_get: found["rest"].contains("get()"),
                takes_post: found["rest"].contains("post()"),
            }
        })
        .collect();
    let methods = map.matches("().to(").count();
    let understood = addresses.iter().map(|address| usize::from(address.takes_get) + usize::from(address.takes_post));
    assert_eq!(understood.sum::<usize>(), methods, "a method of the site map is not understood: {addresses:?}");
    let lines = map.matches("site.service(").count();
    assert_eq!(addresses.len(), lines, "a line of the site map is not understood: {addresses:?}");
    addresses
}
