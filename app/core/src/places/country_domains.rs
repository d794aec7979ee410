//! Addresses below the domain of a country: of a site, a host, a mailbox.
//!
//! An address tells its country in whatever letters it is written and whatever stands around it: `»WWW.Example.DE«`, `[www.example.de](...)`,
//! "www.example.de's". One without a scheme and without `www` may be no address at all: "a sentence.It ends" and `main.rs` are none.

use std::{ops::Range, sync::LazyLock};

use regex::Regex;

static ADDRESS: LazyLock<Regex> = LazyLock::new(address);

/// What stands before a host, if it does, and the host: labels and a domain of letters.
#[expect(clippy::expect_used, reason = "a constant pattern, compiled by every test of this module")]
fn address() -> Regex {
    let before = r#"[a-z]{2,10}://(?:[^\s/?#@,;()<>"]*@)?"#;
    let label = r"[\p{L}\p{N}][\p{L}\p{M}\p{N}_-]*";
    Regex::new(&format!(r"(?i)({before})?((?:{label}\.)+[\p{{L}}\p{{M}}]{{2,}})")).expect("a constant pattern")
}

/// Domains of countries that are sold to everybody, and one that ends the names of files.
const SOLD: [&str; 16] =
    ["ac", "ai", "cc", "co", "fm", "gg", "im", "io", "la", "ly", "md", "me", "sh", "to", "tv", "ws"];
/// Hosts that are used everywhere, below the domain of a country for the sake of a short or a speaking name.
const USED_EVERYWHERE: [&str; 14] = [
    "del.icio.us",
    "dlvr.it",
    "flic.kr",
    "goo.gl",
    "instagr.am",
    "is.gd",
    "lnkd.in",
    "nyti.ms",
    "rb.gy",
    "redd.it",
    "shorturl.at",
    "spoti.fi",
    "trib.al",
    "youtu.be",
];
/// Domains of countries that end the names of files: of programs, their parts and archives.
const OF_FILES: [&str; 14] = ["am", "as", "bz", "gd", "mk", "ml", "mm", "mo", "pl", "pm", "ps", "py", "rs", "so"];

/// A host, and what stands around it in a text.
struct Host<'t> {
    name: &'t str,
    before: Option<char>,
    after: Option<char>,
    has_scheme: bool,
}

/// Where hosts stand in a text that lie below the domain of one of the countries that are wanted, by two letters.
#[must_use]
pub fn hosts_of_countries(text: &str, is_wanted: impl Fn(&str) -> bool) -> Vec<Range<usize>> {
    let hosts = ADDRESS.captures_iter(text).filter_map(|address| {
        let stretch = address.get(2)?.range();
        let host = Host {
            name: text.get(stretch.clone())?,
            before: text.get(..stretch.start)?.chars().next_back(),
            after: text.get(stretch.end..)?.chars().next(),
            has_scheme: address.get(1).is_some(),
        };
        is_wanted(&host.country()?).then_some(stretch)
    });
    hosts.collect()
}

impl Host<'_> {
    /// The country, by two letters, below whose domain it lies.
    fn country(&self) -> Option<String> {
        let (_, domain) = self.name.rsplit_once('.')?;
        if domain.len() != 2 || !domain.bytes().all(|b| b.is_ascii_alphabetic()) || !self.is_meant() {
            return None;
        }
        let (host, domain) = (self.name.to_lowercase(), domain.to_ascii_lowercase());
        let host = host.strip_prefix("www.").unwrap_or(&host);
        if SOLD.contains(&domain.as_str()) || USED_EVERYWHERE.contains(&host) {
            return None;
        }
        Some(if domain == "uk" { "GB".to_owned() } else { domain.to_ascii_uppercase() })
    }

    /// Whether it is an address, rather than words without a space between them, a file, or a part of something longer.
    fn is_meant(&self) -> bool {
        // The name of a mailbox, which stands before its host, or letters with figures behind them.
        if self.after.is_some_and(|c| c == '@' || c.is_numeric()) {
            return false;
        }
        if self.has_scheme || self.name.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("www.")) {
            return true;
        }
        // Within the path or the query of another address.
        if self.before.is_some_and(|c| matches!(c, '/' | '\\' | '?' | '=' | '&' | '#')) {
            return false;
        }
        let Some((name, domain)) = self.name.rsplit_once('.') else { return false };
        // A capital begins a sentence whose space was forgotten, but for a text in capitals alone.
        let in_capitals = !self.name.chars().any(char::is_lowercase);
        // Figures and single letters are those of a list or of an abbreviation: "under 3.in", "d.h.es war".
        let is_name = |label: &str| label.chars().count() > 1 && label.contains(char::is_alphabetic);
        if domain.contains(char::is_uppercase) && !in_capitals || !name.split('.').any(is_name) {
            return false;
        }
        let is_surely_a_host = name.contains('.') || self.before == Some('@') || self.after == Some('/');
        is_surely_a_host || !OF_FILES.contains(&domain.to_ascii_lowercase().as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'t>(text: &'t str, country: &str) -> Vec<&'t str> {
        hosts_of_countries(text, |other| other == country).into_iter().map(|stretch| &text[stretch]).collect()
    }

    #[test]
    fn an_address_tells_its_country_whatever_stands_around_it() {
        for text in [
            "See www.rathaus.example.de!",
            "See “www.rathaus.example.de” for it",
            "»www.rathaus.example.de«",
            "[www.rathaus.example.de](x)",
            "[here](https://www.rathaus.example.de/x)",
            "**www.rathaus.example.de**, __www.rathaus.example.de__",
            "in www.rathaus.example.de’s words",
            "auf der www.rathaus.example.de-Seite",
            "www.rathaus.example.de…",
            "www.rathaus.example.de.",
            "https://user:pw@www.rathaus.example.de/x",
            "https://www.rathaus.example.de:8080?x=1",
            "kept at https://archive.example/2018/https://www.rathaus.example.de/x",
            "https://archive.example/?of=www.rathaus.example.de",
        ] {
            assert_eq!(found(text, "DE").first(), Some(&"www.rathaus.example.de"), "{text}");
        }
        for (text, country, host) in [
            ("WWW.EXAMPLE.DE", "DE", "WWW.EXAMPLE.DE"),
            ("EXAMPLE.DE", "DE", "EXAMPLE.DE"),
            ("www.Example.De", "DE", "www.Example.De"),
            ("HTTPS://EXAMPLE.De/x", "DE", "EXAMPLE.De"),
            ("ftp://files.example.at", "AT", "files.example.at"),
            ("https://mu\u{308}ller.example.at", "AT", "mu\u{308}ller.example.at"),
            ("https://a.example.co.uk", "GB", "a.example.co.uk"),
            ("write to office@example.pl", "PL", "example.pl"),
            ("example.pl/strona and a.example.pl", "PL", "example.pl"),
            ("it was on example.nl then", "NL", "example.nl"),
        ] {
            assert_eq!(found(text, country).first(), Some(&host), "{text}");
        }
    }

    #[test]
    fn what_is_no_address_of_a_country_is_passed_over() {
        for (text, country) in [
            ("a sentence.It ends", "IT"),
            ("https://youtu.be/x and www.youtu.be/y", "BE"),
            ("main.rs", "RS"),
            ("app.py, and deploy.pl or lib.so", "PY"),
            ("app.py, and deploy.pl or lib.so", "PL"),
            ("app.py, and deploy.pl or lib.so", "SO"),
            ("https://app.example.io and readme.md", "MD"),
            ("https://files.example/report.de", "DE"),
            ("jo.de@city.example", "DE"),
            ("www.example.de1 and www.example.dev", "DE"),
            ("under 3.in the list", "IN"),
            ("d.h.es war so", "ES"),
            ("https://www.example.de.example/x", "DE"),
        ] {
            assert_eq!(found(text, country), [""; 0], "{text}");
        }
        // The control: the same endings where it is an address.
        for (text, country) in [("https://main.rs", "RS"), ("www.app.py", "PY"), ("https://kanal.example.be", "BE")] {
            assert_eq!(found(text, country).len(), 1, "{text}");
        }
    }
}
