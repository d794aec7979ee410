//! The two cookies there are: a member of staff's session and a contributor's draft. Readers get none.

use actix_web::{
    HttpRequest,
    cookie::{Cookie, SameSite, time::Duration},
};
use casebook_core::secret::Token;

use super::Area;

/// Which cookie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A member of staff who signed in, or is about to give the second factor.
    Staff,
    /// A contributor's form, or a reader of an own submission.
    Draft,
}

impl Kind {
    /// The cookie that forms of `area` are bound to.
    #[must_use]
    pub fn of(area: Area) -> Self {
        match area {
            Area::Contributor => Self::Draft,
            Area::Public | Area::Api | Area::Staff => Self::Staff,
        }
    }

    fn name(self, secure: bool) -> &'static str {
        match (self, secure) {
            (Self::Staff, true) => "__Host-staff",
            (Self::Draft, true) => "__Host-draft",
            (Self::Staff, false) => "staff",
            (Self::Draft, false) => "draft",
        }
    }
}

/// Makes and reads cookies. `secure` where the site is reached by https: then their names begin with `__Host-`, so that no other
/// host of the same domain can set them (RFC 6265bis section 4.1.3). On a loopback address without TLS they have plain names.
#[derive(Debug, Clone, Copy)]
pub struct Cookies {
    /// Whether the site is reached by https.
    pub secure: bool,
}

impl Cookies {
    /// The token that the request's cookie carries.
    #[must_use]
    pub fn read(self, request: &HttpRequest, kind: Kind) -> Option<Token> {
        let cookie = request.cookie(kind.name(self.secure))?;
        Token::parse(cookie.value().split('.').next().unwrap_or_default())
    }

    /// What travels beside the token, sealed by the feature that put it there.
    #[must_use]
    pub fn read_note(self, request: &HttpRequest, kind: Kind) -> Option<String> {
        let cookie = request.cookie(kind.name(self.secure))?;
        cookie.value().split_once('.').map(|(_, note)| note.to_owned())
    }

    /// A cookie that carries `token` until the browser is closed.
    #[must_use]
    pub fn set(self, kind: Kind, token: &Token) -> Cookie<'static> {
        self.make(kind, token.text().reveal().to_owned())
    }

    /// The same with something beside the token, in characters that a cookie takes.
    #[must_use]
    pub fn set_with_note(self, kind: Kind, token: &Token, note: &str) -> Cookie<'static> {
        self.make(kind, format!("{}.{note}", token.text().reveal()))
    }

    /// A cookie that makes the browser forget.
    #[must_use]
    pub fn clear(self, kind: Kind) -> Cookie<'static> {
        let mut cookie = self.make(kind, String::new());
        cookie.set_max_age(Duration::ZERO);
        cookie
    }

    fn make(self, kind: Kind, value: String) -> Cookie<'static> {
        Cookie::build(kind.name(self.secure), value)
            .path("/")
            .http_only(true)
            .same_site(SameSite::Strict)
            .secure(self.secure)
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use casebook_core::random::OsRandom;

    #[test]
    fn behind_tls_cookies_are_bound_to_the_host() {
        let token = Token::draw(&OsRandom);
        let cookie = Cookies { secure: true }.set(Kind::Staff, &token).to_string();
        assert!(cookie.starts_with("__Host-staff="));
        for part in ["HttpOnly", "SameSite=Strict", "Secure", "Path=/"] {
            assert!(cookie.contains(part), "{part} is missing");
        }
        assert!(!cookie.contains("Domain"));
        assert!(Cookies { secure: false }.clear(Kind::Draft).to_string().contains("Max-Age=0"));
    }
}
