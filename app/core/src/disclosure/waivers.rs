//! Findings that somebody has looked at and lets pass, each with a reason. A waiver names one finding to the letter; it covers no other.

use std::{collections::HashMap, fs, path::Path};

use serde::{Deserialize, Serialize};
use toml::Spanned;

use super::{Code, Finding};
use crate::{Error, Result};

/// Why a finding was let pass.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Reason(pub String);

/// Findings that may pass.
#[derive(Debug, Clone, Default)]
pub struct Waivers {
    /// The file that they were read from.
    file: String,
    by_fingerprint: HashMap<String, Waiver>,
}

#[derive(Debug, Clone)]
struct Waiver {
    line: usize,
    reason: Reason,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFile {
    #[serde(default)]
    waiver: Vec<RawWaiver>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawWaiver {
    case: Spanned<String>,
    finding: Spanned<String>,
    column: String,
    words: String,
    reason: Spanned<String>,
}

impl Waivers {
    /// No finding may pass.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// Reads a file of waivers.
    ///
    /// # Errors
    /// [`crate::Error::Config`] with file, line and remedy where it cannot be used.
    pub fn read(path: &Path) -> Result<Self> {
        let file = path.display().to_string();
        let text = fs::read_to_string(path)
            .map_err(|error| Error::Config(format!("{file}: cannot be read: {error}. Name a file of waivers.")))?;
        Self::parse(&text, file)
    }

    fn parse(text: &str, file: String) -> Result<Self> {
        let fault = |at: usize, what: &str| Error::Config(format!("{file}:{}: {what}", line_of(text, at)));
        let raw: RawFile = toml::from_str(text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            fault(at, &format!("{}. A waiver has case, finding, column, words and reason.", error.message()))
        })?;
        let mut by_fingerprint = HashMap::new();
        for raw in raw.waiver {
            let at = |spanned: &Spanned<String>, what: &str| fault(spanned.span().start, what);
            let reason = raw.reason.get_ref().trim();
            if reason.is_empty() {
                return Err(at(&raw.reason, "a waiver without a reason waives nothing. Say why this may go out."));
            }
            let code: Code = raw.finding.get_ref().parse().map_err(|_| {
                at(
                    &raw.finding,
                    "there is no such finding. Take the word that stands in square brackets in the report.",
                )
            })?;
            if !code.may_be_waived() {
                return Err(at(
                    &raw.finding,
                    "such a finding cannot be waived. Mend what it says, and make the files anew.",
                ));
            }
            let waiver = Waiver { line: line_of(text, raw.case.span().start), reason: Reason(reason.to_owned()) };
            let fingerprint =
                super::finding::fingerprint(code, Some(raw.case.get_ref()), Some(&raw.column), &raw.words);
            if by_fingerprint.insert(fingerprint, waiver).is_some() {
                return Err(at(&raw.case, "this waiver stands twice. Remove one of the two."));
            }
        }
        Ok(Self { file, by_fingerprint })
    }

    /// Why this finding may pass, if it may.
    pub(super) fn reason(&self, finding: &Finding) -> Option<&Reason> {
        Some(&self.by_fingerprint.get(&finding.fingerprint())?.reason)
    }

    /// Refuses waivers for which nothing was found: whoever wrote them meant something else, or the files are others.
    pub(super) fn all_used(&self, waived: &[(Finding, Reason)]) -> Result<()> {
        let mut unused = self.by_fingerprint.clone();
        for (finding, _) in waived {
            unused.remove(&finding.fingerprint());
        }
        let mut lines: Vec<usize> = unused.values().map(|waiver| waiver.line).collect();
        lines.sort_unstable();
        let say = |line: &usize| {
            format!(
                "{}:{line}: nothing was found that this waiver is for. Compare case, finding, column and words with the report, or remove it.",
                self.file
            )
        };
        if lines.is_empty() {
            return Ok(());
        }
        Err(Error::Config(lines.iter().map(say).collect::<Vec<_>>().join("\n")))
    }
}

/// The line, from one, in which this byte stands.
fn line_of(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: &str = "[[waiver]]\ncase = \"7K2MQX4T\"\nfinding = \"city\"\ncolumn = \"narrative.text\"\nwords = \"Essen\"\nreason = \"the meal\"\n";

    fn refused(text: &str) -> String {
        Waivers::parse(text, "waivers.toml".to_owned()).unwrap_err().to_string()
    }

    #[test]
    fn a_waiver_covers_the_finding_that_it_names_and_no_other() {
        let waivers = Waivers::parse(WHOLE, "waivers.toml".to_owned()).unwrap();
        let finding = Finding {
            code: Code::City,
            case: Some("7K2MQX4T".into()),
            file: "narrative.csv".into(),
            line: Some(7),
            column: Some("narrative.text".into()),
            words: "Essen".into(),
            what: String::new(),
            remedy: "",
        };
        assert_eq!(waivers.reason(&finding), Some(&Reason("the meal".into())));
        for other in [
            Finding { words: "Essener".into(), ..finding.clone() },
            Finding { code: Code::Figure, ..finding.clone() },
            Finding { case: Some("00000001".into()), ..finding.clone() },
            Finding { column: Some("cases.title".into()), ..finding.clone() },
        ] {
            assert_eq!(waivers.reason(&other), None, "{other:?}");
        }
        assert!(waivers.all_used(&[(finding, Reason(String::new()))]).is_ok());
        let unused = waivers.all_used(&[]).unwrap_err().to_string();
        assert!(unused.starts_with("waivers.toml:2: nothing was found"), "{unused}");
    }

    #[test]
    fn what_is_no_waiver_is_refused_with_its_line() {
        for (from, to, said) in [
            ("the meal", "  ", "waivers.toml:6: a waiver without a reason"),
            ("\"city\"", "\"town\"", "waivers.toml:3: there is no such finding"),
            ("\"city\"", "\"file\"", "waivers.toml:3: such a finding cannot be waived"),
            ("words =", "word =", "waivers.toml:5: unknown field"),
        ] {
            let told = refused(&WHOLE.replace(from, to));
            assert!(told.starts_with(said), "{told}");
        }
        assert!(refused(&WHOLE.replace("reason = \"the meal\"\n", "")).contains("missing field"));
        assert!(refused(&WHOLE.repeat(2)).starts_with("waivers.toml:8: this waiver stands twice"));
        assert!(Waivers::read(Path::new("no/such.toml")).is_err());
    }
}
