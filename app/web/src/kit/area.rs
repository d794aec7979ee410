//! Where in the site a request is: it decides on headers, log lines and the way in which failures are told.

/// A part of the site with rules of its own (protection.md sections 2 and 7).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Area {
    /// What readers see: no cookie, cached by content.
    #[default]
    Public,
    /// Contributing and coming back: nothing logged, nothing kept by the browser, every POST answered by 303.
    Contributor,
    /// Signing in, reviewing, administering: nothing kept by the browser.
    Staff,
}

impl Area {
    /// The area that `path` lies in.
    #[must_use]
    pub fn of(path: &str) -> Self {
        let first = path.trim_start_matches('/').split('/').next().unwrap_or_default();
        match first {
            "share" | "return" => Self::Contributor,
            "staff" => Self::Staff,
            _ => Self::Public,
        }
    }

    /// Whether the browser may keep what it is shown, and a proxy may compress it.
    #[must_use]
    pub fn is_private(self) -> bool {
        self != Self::Public
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_segment_decides() {
        assert_eq!(Area::of("/"), Area::Public);
        assert_eq!(Area::of("/shares"), Area::Public);
        assert_eq!(Area::of("/share"), Area::Contributor);
        assert_eq!(Area::of("/share/place"), Area::Contributor);
        assert_eq!(Area::of("/return"), Area::Contributor);
        assert_eq!(Area::of("//staff/queue"), Area::Staff);
    }
}
