//! Forged requests are refused: each form carries a token that only the holder of the cookie can have been given.
//!
//! The rules are those of protection.md section 7. A request that says it comes from another site is refused at once. With a cookie, the
//! form's token must be the one made from it. Without a cookie, as on the form by which one signs in, the browser must say that the
//! form is ours: by `Sec-Fetch-Site: same-origin` or, where it does not send that, by our own `Origin`.

use actix_web::http::header::HeaderMap;
use casebook_core::secret::Token;
use data_encoding::BASE64URL_NOPAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;

use super::{Error, Result};

/// The name of the hidden field.
pub const FIELD: &str = "csrf";

/// The form token that belongs to a cookie. It tells nothing of the cookie.
#[must_use]
pub fn token(cookie: &Token) -> String {
    match Hmac::<Sha256>::new_from_slice(cookie.bits()) {
        Ok(mac) => BASE64URL_NOPAD.encode(&mac.chain_update(b"casebook form token").finalize().into_bytes()),
        Err(_) => String::new(),
    }
}

/// Refuses a request that was not sent from one of our own forms.
///
/// `sent` is the form's token, `ours` says whether an origin is this site.
///
/// # Errors
/// [`Error::Forged`].
pub fn check(headers: &HeaderMap, cookie: Option<&Token>, sent: &str, ours: impl Fn(&str) -> bool) -> Result<()> {
    let site = header(headers, "sec-fetch-site");
    if matches!(site, Some("cross-site" | "same-site")) {
        return Err(Error::Forged);
    }
    let genuine = match (cookie, site) {
        (Some(cookie), _) => {
            let expected = token(cookie);
            !expected.is_empty() && bool::from(expected.as_bytes().ct_eq(sent.as_bytes()))
        }
        (None, Some(site)) => site == "same-origin",
        (None, None) => header(headers, "origin").is_some_and(ours),
    };
    if genuine { Ok(()) } else { Err(Error::Forged) }
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::{HeaderName, HeaderValue};
    use casebook_core::random::OsRandom;

    use super::*;

    fn passes(headers: &[(&'static str, &'static str)], cookie: Option<&Token>, sent: &str) -> bool {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
        }
        check(&map, cookie, sent, |origin| origin == "https://casebook.example").is_ok()
    }

    #[test]
    fn with_a_cookie_only_its_token_passes() {
        let cookie = Token::draw(&OsRandom);
        let other = Token::draw(&OsRandom);
        assert!(passes(&[], Some(&cookie), &token(&cookie)));
        assert!(passes(&[("sec-fetch-site", "same-origin")], Some(&cookie), &token(&cookie)));
        assert!(!passes(&[("sec-fetch-site", "same-origin")], Some(&cookie), ""));
        assert!(!passes(&[("sec-fetch-site", "same-origin")], Some(&cookie), &token(&other)));
        assert!(!passes(&[("sec-fetch-site", "cross-site")], Some(&cookie), &token(&cookie)));
        assert!(!passes(&[("sec-fetch-site", "same-site")], Some(&cookie), &token(&cookie)));
    }

    #[test]
    fn without_a_cookie_the_browser_must_say_that_the_form_is_ours() {
        assert!(passes(&[("sec-fetch-site", "same-origin")], None, ""));
        assert!(passes(&[("origin", "https://casebook.example")], None, ""));
        assert!(!passes(&[("origin", "https://evil.example")], None, ""));
        assert!(!passes(&[("origin", "null")], None, ""));
        assert!(!passes(&[("sec-fetch-site", "none"), ("origin", "https://casebook.example")], None, ""));
        assert!(!passes(&[], None, ""));
    }
}
