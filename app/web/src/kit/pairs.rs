//! Names and values as a form or an address sends them: in order, with repeated names, all of them strings.

use std::future::{Ready, ready};

use actix_web::{FromRequest, HttpRequest, dev::Payload};
use casebook_core::secret::Secret;
use url::form_urlencoded;

/// What other sites add to the addresses that they link, to know their readers again; it asks for nothing. So do names that begin with `utm_`.
const TRACKING: [&str; 9] = ["fbclid", "gclid", "dclid", "msclkid", "yclid", "twclid", "igshid", "mc_cid", "mc_eid"];
/// How many names that mean nothing are told.
const MOST_TOLD: usize = 5;
/// How much of such a name is told, in characters.
const LONGEST_TOLD: usize = 40;

/// The pairs of a form or of the part of an address after the question mark.
///
/// Reading never fails: what is no valid UTF-8 is replaced, and the parsing of each value says what is wrong with it.
#[derive(Clone, Default)]
pub struct Pairs(Vec<(String, String)>);

impl std::fmt::Debug for Pairs {
    /// Shows names only: values may be an account or a password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.0.iter().map(|(name, _)| name)).finish()
    }
}

impl Pairs {
    /// Reads `name=value&name=value`.
    #[must_use]
    pub fn parse(encoded: &[u8]) -> Self {
        form_urlencoded::parse(encoded).into_owned().collect()
    }

    /// The first value of `name`; empty where there is none.
    #[must_use]
    pub fn first(&self, name: &str) -> &str {
        self.get(name).unwrap_or_default()
    }

    /// The first value of `name`, if it was sent at all.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    /// The first value of `name` as a secret, with white space kept.
    #[must_use]
    pub fn secret(&self, name: &str) -> Secret {
        Secret::new(self.first(name).to_owned())
    }

    /// Every value of `name`, in order.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    /// Whether `name` was sent, with whatever value: a ticked box, a pressed button.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// Every pair, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Adds a pair at the end.
    pub fn push(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.0.push((name.into(), value.into()));
    }

    /// The same pairs without those named.
    #[must_use]
    pub fn without(&self, names: &[&str]) -> Self {
        self.0.iter().filter(|(name, _)| !names.contains(&name.as_str())).cloned().collect()
    }

    /// The names that mean nothing to a page, to be told to whoever typed them; none where there are none.
    #[must_use]
    pub fn unknown(&self, is_known: impl Fn(&str) -> bool) -> Option<String> {
        let mut told: Vec<String> = Vec::new();
        for (name, _) in self.iter() {
            let is_ours = is_known(name) || TRACKING.contains(&name) || name.starts_with("utm_");
            let shown: String = name.chars().take(LONGEST_TOLD).collect();
            if !is_ours && !shown.is_empty() && told.len() < MOST_TOLD && !told.contains(&shown) {
                told.push(shown);
            }
        }
        (!told.is_empty()).then(|| told.join(", "))
    }

    /// Whether nothing was sent.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The pairs as they stand in an address.
    #[must_use]
    pub fn encode(&self) -> String {
        form_urlencoded::Serializer::new(String::new()).extend_pairs(self.iter()).finish()
    }
}

impl FromIterator<(String, String)> for Pairs {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(pairs: I) -> Self {
        Self(pairs.into_iter().collect())
    }
}

/// As an argument of a handler: the pairs of the address.
impl FromRequest for Pairs {
    type Error = std::convert::Infallible;
    type Future = Ready<Result<Self, Self::Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self::parse(request.query_string().as_bytes())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_mean_nothing_are_told_but_for_those_of_other_sites() {
        let unknown = |text: &str| Pairs::parse(text.as_bytes()).unknown(|name| name == "q");
        assert_eq!(unknown("q=a&utm_source=b&fbclid=c&=d"), None);
        assert_eq!(unknown("Q=a&foo=b&foo=c&q=d&bar").as_deref(), Some("Q, foo, bar"));
        let many: Vec<String> = (0..99).map(|n| format!("{n}{}", "x".repeat(99))).collect();
        assert!(unknown(&many.join("&")).is_some_and(|told| told.len() < 5 * 42 && told.ends_with('x')));
    }

    #[test]
    fn repeated_names_keep_their_order_and_odd_bytes_do_no_harm() {
        let pairs = Pairs::parse(b"f.domain=a&f.domain=b+c&x=%ff&y&&=z");
        assert_eq!(pairs.all("f.domain").collect::<Vec<_>>(), ["a", "b c"]);
        assert_eq!(pairs.first("x"), "\u{fffd}");
        assert!(pairs.has("y") && !pairs.has("q"));
        assert_eq!(Pairs::parse(pairs.encode().as_bytes()).encode(), pairs.encode());
        assert_eq!(pairs.without(&["x", "y", ""]).encode(), "f.domain=a&f.domain=b+c");
    }
}
