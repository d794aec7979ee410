//! Addresses below the domain of a country: of a site, a host, a mailbox.
//!
//! An address tells its country in whatever letters it is written and whatever stands around it: `»WWW.Example.DE«`, `[www.example.de](...)`,
//! "www.example.de's". One without a scheme and without `www` may be no address at all: "a sentence.It ends" and `main.rs` are none. Nor is each
//! name with a dot in the path of another address: `/report.de` may be a file, `/gemeinde.example.nl` and `/example.nl/` are hosts.

use std::{ops::Range, sync::LazyLock};

use regex::Regex;

static ADDRESS: LazyLock<Regex> = LazyLock::new(address);

/// What stands before a host, if it does, and the host: labels and a domain of letters, in its own script or as `xn--`.
#[expect(clippy::expect_used, reason = "a constant pattern, compiled by every test of this module")]
fn address() -> Regex {
    let before = r#"[a-z]{2,10}://(?:[^\s/?#@,;()<>"]*@)?"#;
    let label = r"[\p{L}\p{N}][\p{L}\p{M}\p{N}_-]*";
    Regex::new(&format!(r"(?i)({before})?((?:{label}\.)+(?:xn--[a-z0-9-]*[a-z0-9]|[\p{{L}}\p{{M}}]{{2,}}))"))
        .expect("a constant pattern")
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
/// Domains of countries in their own script: as it is written, as it is sent, and the country.
const IN_OWN_SCRIPT: [(&str, &str, &str); 45] = [
    ("рф", "xn--p1ai", "RU"),
    ("ελ", "xn--qxam", "GR"),
    ("бг", "xn--90ae", "BG"),
    ("укр", "xn--j1amh", "UA"),
    ("бел", "xn--90ais", "BY"),
    ("срб", "xn--90a3ac", "RS"),
    ("мкд", "xn--d1alf", "MK"),
    ("мон", "xn--l1acc", "MN"),
    ("қаз", "xn--80ao21a", "KZ"),
    ("հայ", "xn--y9a3aq", "AM"),
    ("გე", "xn--node", "GE"),
    ("中国", "xn--fiqs8s", "CN"),
    ("中國", "xn--fiqz9s", "CN"),
    ("香港", "xn--j6w193g", "HK"),
    ("台湾", "xn--kprw13d", "TW"),
    ("台灣", "xn--kpry57d", "TW"),
    ("澳門", "xn--mix891f", "MO"),
    ("新加坡", "xn--yfro4i67o", "SG"),
    ("சிங்கப்பூர்", "xn--clchc0ea0b2g2a9gcd", "SG"),
    ("한국", "xn--3e0b707e", "KR"),
    ("ไทย", "xn--o3cw4h", "TH"),
    ("ලංකා", "xn--fzc2c9e2c", "LK"),
    ("இலங்கை", "xn--xkc2al3hye2a", "LK"),
    ("भारत", "xn--h2brj9c", "IN"),
    ("বাংলা", "xn--54b7fta0cc", "BD"),
    ("مصر", "xn--wgbh1c", "EG"),
    ("السعودية", "xn--mgberp4a5d4ar", "SA"),
    ("امارات", "xn--mgbaam7a8h", "AE"),
    ("ایران", "xn--mgba3a4f16a", "IR"),
    ("الاردن", "xn--mgbayh7gpa", "JO"),
    ("المغرب", "xn--mgbc0a9azcg", "MA"),
    ("تونس", "xn--pgbs0dh", "TN"),
    ("الجزائر", "xn--lgbbat1ad8j", "DZ"),
    ("قطر", "xn--wgbl6a", "QA"),
    ("عمان", "xn--mgb9awbf", "OM"),
    ("فلسطين", "xn--ygbi2ammx", "PS"),
    ("سورية", "xn--ogbpf8fl", "SY"),
    ("پاکستان", "xn--mgbai9azgqp6j", "PK"),
    ("عراق", "xn--mgbtx2b", "IQ"),
    ("سودان", "xn--mgbpl2fh", "SD"),
    ("مليسيا", "xn--mgbx4cd0ab", "MY"),
    ("ລາວ", "xn--q7ce6a", "LA"),
    ("ישראל", "xn--4dbrk0ce", "IL"),
    ("البحرين", "xn--mgbcpq6gpa1a", "BH"),
    ("موريتانيا", "xn--mgbah1a3hjkrd", "MR"),
];
/// Domains of the offices and the forces of one country alone.
const OF_THE_UNITED_STATES: [&str; 2] = ["gov", "mil"];
/// Domains of countries that end the names of files: of programs, their parts and archives.
const OF_FILES: [&str; 14] = ["am", "as", "bz", "gd", "mk", "ml", "mm", "mo", "pl", "pm", "ps", "py", "rs", "so"];
/// Those of them that many towns have, so that only what is called like a file is one.
const OF_TOWNS: [&str; 2] = ["pl", "rs"];
/// What files of programs are often called.
const NAMES_OF_FILES: [&str; 32] = [
    "app", "bench", "build", "check", "cli", "client", "common", "config", "core", "deploy", "error", "index",
    "install", "lib", "main", "makefile", "migrate", "mod", "parse", "prelude", "routes", "run", "schema", "script",
    "server", "setup", "start", "test", "tests", "types", "update", "utils",
];

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
        let country = country_of(&domain.to_lowercase())?;
        let host = self.name.to_lowercase();
        let host = host.strip_prefix("www.").unwrap_or(&host);
        (self.is_meant() && !USED_EVERYWHERE.contains(&host)).then_some(country)
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
        let Some((name, domain)) = self.name.rsplit_once('.') else { return false };
        // A capital begins a sentence whose space was forgotten, but for a text in capitals alone.
        let in_capitals = !self.name.chars().any(char::is_lowercase);
        // Figures and single letters are those of a list or of an abbreviation: "under 3.in", "d.h.es war".
        let is_name = |label: &str| label.chars().count() > 1 && label.contains(char::is_alphabetic);
        if domain.contains(char::is_uppercase) && !in_capitals || !name.split('.').any(is_name) {
            return false;
        }
        let (is_long, ends_in_a_slash) = (name.contains('.'), self.after == Some('/'));
        let may_be_a_file = may_be_a_file(name, &domain.to_ascii_lowercase());
        // Within the path or the query of another address, where files stand as well.
        if self.before.is_some_and(|c| matches!(c, '/' | '\\' | '?' | '&' | '#')) {
            return if may_be_a_file { is_long && ends_in_a_slash } else { is_long || ends_in_a_slash };
        }
        is_long || ends_in_a_slash || self.before == Some('@') || !may_be_a_file
    }
}

/// The country, by two letters, that a domain in small letters is of.
fn country_of(domain: &str) -> Option<String> {
    if let Some((.., country)) = IN_OWN_SCRIPT.iter().find(|(written, sent, _)| domain == *written || domain == *sent) {
        return Some((*country).to_owned());
    }
    if OF_THE_UNITED_STATES.contains(&domain) {
        return Some("US".to_owned());
    }
    if domain.len() != 2 || !domain.bytes().all(|b| b.is_ascii_alphabetic()) || SOLD.contains(&domain) {
        return None;
    }
    Some(if domain == "uk" { "GB".to_owned() } else { domain.to_ascii_uppercase() })
}

/// Whether a file may be called so: a program, a part of one, an archive.
fn may_be_a_file(name: &str, ending: &str) -> bool {
    let last = name.rsplit('.').next().unwrap_or(name).to_lowercase();
    let is_called_like_one = || last.contains('_') || NAMES_OF_FILES.contains(&last.as_str());
    OF_FILES.contains(&ending) && (!OF_TOWNS.contains(&ending) || is_called_like_one())
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
            ("https://администрация.рф", "RU", "администрация.рф"),
            ("ПО АДРЕСУ ГОРОД.РФ", "RU", "ГОРОД.РФ"),
            ("see xn--80aesfpebagmfblc0a.xn--p1ai/x", "RU", "xn--80aesfpebagmfblc0a.xn--p1ai"),
            ("https://example.xn--90ae.", "BG", "example.xn--90ae"),
            ("www.δήμος.ελ", "GR", "www.δήμος.ελ"),
            ("on місто.укр then", "UA", "місто.укр"),
            ("it is on state.gov", "US", "state.gov"),
            ("https://www.army.mil/x", "US", "www.army.mil"),
            ("https://city.example.gov.uk", "GB", "city.example.gov.uk"),
            ("https://web.archive.org/web/2019/gemeinde.example.nl/x", "NL", "gemeinde.example.nl"),
            ("https://web.archive.org/web/2019/gemeinde.example.nl", "NL", "gemeinde.example.nl"),
            ("https://archive.example/2019/example.nl/x", "NL", "example.nl"),
            ("https://search.example/?site=example.nl", "NL", "example.nl"),
            ("see poznan.pl for it", "PL", "poznan.pl"),
            ("beograd.rs", "RS", "beograd.rs"),
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
            ("src/places/beograd.rs, country_domains.rs, tests.rs", "RS"),
            ("https://files.example/blob/a.main.rs?x=check.pl", "RS"),
            ("https://files.example/blob/a.main.rs?x=check.pl", "PL"),
            ("https://example.government and https://example.military", "US"),
            ("20.mil and jo.gov@city.example", "US"),
            ("https://example.xn--p1aix and xn--p1ai", "RU"),
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
        for (text, country) in
            [("https://main.rs", "RS"), ("www.app.py", "PY"), ("main.rs/x", "RS"), ("https://kanal.example.be", "BE")]
        {
            assert_eq!(found(text, country).len(), 1, "{text}");
        }
    }
}
