//! Where in the site a request is: it decides on headers, log lines and the way in which failures are told.

/// A part of the site with rules of its own (protection.md sections 2 and 7).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Area {
    /// What readers see: no cookie, cached by content.
    #[default]
    Public,
    /// What programs read: the same as readers see; failures are told in a form for programs.
    Api,
    /// Contributing and coming back: nothing logged, nothing kept by the browser, every POST answered by 303.
    Contributor,
    /// Signing in, reviewing, administering: nothing kept by the browser.
    Staff,
}

impl Area {
    /// The area that `path` lies in.
    #[must_use]
    pub fn of(path: &str) -> Self {
        let path = path.trim_start_matches('/');
        match path.split('/').next().unwrap_or_default() {
            // The page that describes it is for people.
            "api" if path != "api" => Self::Api,
            "share" | "return" => Self::Contributor,
            "staff" => Self::Staff,
            _ => Self::Public,
        }
    }

    /// Whether the browser may keep what it is shown, and a proxy may compress it.
    #[must_use]
    pub fn is_private(self) -> bool {
        matches!(self, Self::Contributor | Self::Staff)
    }

    /// Whether neither the browser nor what lies between may keep what stands at `path`: a private area, and what readers type or open from a mail.
    #[must_use]
    pub fn keeps_nothing(path: &str) -> bool {
        Self::of(path).is_private() || path.trim_start_matches('/').split('/').next() == Some("alerts")
    }

    /// Whether `path` is that of something which any other site's pages may read in their reader's browser: the read API, and the exports of
    /// what is public. Nothing there depends on who asks.
    #[must_use]
    pub fn is_open(path: &str) -> bool {
        match Self::of(path) {
            Self::Api => true,
            Self::Public => is_export(path),
            Self::Contributor | Self::Staff => false,
        }
    }
}

/// A file of cases, of a comparison, of the vocabulary or of a release, such as `/cases.csv`, `/cases/7K2MQX4T.json` or
/// `/datasets/1.0/SHA256SUMS`.
fn is_export(path: &str) -> bool {
    let path = path.trim_start_matches('/');
    let first = path.split(['/', '.']).next().unwrap_or_default();
    let last = path.rsplit('/').next().unwrap_or_default();
    match first {
        "cases" | "compare" | "codebook" => last.contains('.'),
        // The page of a release ends in the figures of its version.
        "datasets" => {
            let ends_in_figures = last.ends_with(|c: char| c.is_ascii_digit());
            path.matches('/').count() > 1 || (last.contains('.') && !ends_in_figures)
        }
        _ => false,
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
        assert_eq!(Area::of("/api"), Area::Public);
        assert_eq!(Area::of("/api/"), Area::Api);
        assert_eq!(Area::of("/api/v1/cases"), Area::Api);
        assert_eq!(Area::of("/apiary"), Area::Public);
    }

    #[test]
    fn nothing_is_kept_of_what_is_typed_or_opened_from_a_mail() {
        for path in ["/share", "/staff/queue", "/alerts/new", "/alerts/token/unsubscribe"] {
            assert!(Area::keeps_nothing(path), "{path}");
        }
        for path in ["/", "/cases", "/api/v1/cases", "/alertsx"] {
            assert!(!Area::keeps_nothing(path), "{path}");
        }
    }

    #[test]
    fn what_everybody_may_read_may_be_read_by_other_sites_pages() {
        for path in ["/api/v1/cases", "/cases.csv", "/cases/7K2MQX4T.json", "/cases/7K2MQX4T/r/1.bib", "/codebook.json"]
        {
            assert!(Area::is_open(path), "{path}");
        }
        for path in ["/datasets.ttl", "/datasets/1.0.jsonld", "/datasets/1.0.bib", "/datasets/1.0/SHA256SUMS"] {
            assert!(Area::is_open(path), "{path}");
        }
        for path in ["/datasets", "/datasets/1.0", "/datasets/latest"] {
            assert!(!Area::is_open(path), "{path}");
        }
        for path in
            ["/", "/api", "/cases", "/cases/7K2MQX4T", "/sitemap.xml", "/static/a.css", "/staff/a.csv", "/share/a.json"]
        {
            assert!(!Area::is_open(path), "{path}");
        }
    }
}
