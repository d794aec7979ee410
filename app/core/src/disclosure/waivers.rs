//! Findings that somebody has looked at and lets pass, each with a reason. A waiver names one finding to the letter and covers no other; or, of
//! a name that stands in many cases and never means a place, the words alone.

use std::{collections::HashMap, fmt, fs, path::Path};

use serde::{Deserialize, Serialize};
use toml::Spanned;

use super::{Code, Finding, finding::fingerprint};
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
    all: Vec<Waiver>,
    /// Where each stands in `all`, by the fingerprint of what it covers.
    by_fingerprint: HashMap<String, usize>,
}

/// A waiver, as its file has it.
#[derive(Debug, Clone)]
pub(super) struct Waiver {
    line: usize,
    finding: Code,
    case: Option<String>,
    column: Option<String>,
    words: String,
    reason: Reason,
}

impl Waiver {
    /// Whether it covers its words in whatever case they stand.
    pub(super) fn is_for_all_cases(&self) -> bool {
        self.case.is_none()
    }

    pub(super) fn reason(&self) -> &Reason {
        &self.reason
    }
}

/// How often a waiver without a case covered something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CoveredInAll {
    /// What was found.
    pub finding: Code,
    /// The only column in which it covers the words, if it names one.
    pub column: Option<String>,
    /// The words.
    pub words: String,
    /// Why they may stand.
    pub reason: Reason,
    /// How many findings it covered.
    pub findings: u64,
    /// In how many cases.
    pub cases: u64,
}

/// A waiver for which nothing was found: whoever wrote it meant something else, or the files are others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unused {
    /// The file of waivers.
    pub file: String,
    /// The line in which it stands.
    pub line: usize,
}

impl fmt::Display for Unused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}:{}: nothing was found that this waiver is for. Compare case, finding, column and words with the report, or remove it",
            self.file, self.line
        )
    }
}

/// How often a waiver was used.
#[derive(Debug, Clone, Default)]
pub(super) struct Use {
    findings: u64,
    cases: u64,
    /// The case that it covered last; cases come one after the other.
    last: Option<String>,
}

impl Use {
    /// It covered something in this case, or in what belongs to none.
    pub(super) fn count(&mut self, case: Option<&str>) {
        self.findings += 1;
        if case.is_some() && self.last.as_deref() != case {
            self.cases += 1;
            self.last = case.map(str::to_owned);
        }
    }
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
    case: Option<Spanned<String>>,
    finding: Spanned<String>,
    column: Option<String>,
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
        let raw: RawFile = toml::from_str(text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            let what = format!(
                "{}. A waiver has case, finding, column, words and reason; one for all cases has no case.",
                error.message()
            );
            fault(&file, text, at, &what)
        })?;
        let mut waivers = Self { file, ..Self::default() };
        for raw in raw.waiver {
            let at = raw.case.as_ref().unwrap_or(&raw.finding).span().start;
            let waiver = waiver(raw, line_of(text, at), |at, what| fault(&waivers.file, text, at, what))?;
            let covers = fingerprint(waiver.finding, waiver.case.as_deref(), waiver.column.as_deref(), &waiver.words);
            if waivers.by_fingerprint.insert(covers, waivers.all.len()).is_some() {
                return Err(fault(&waivers.file, text, at, "this waiver stands twice. Remove one of the two."));
            }
            waivers.all.push(waiver);
        }
        Ok(waivers)
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.all.len()
    }

    /// The waiver that lets this finding pass, and its number; one that names the case before one that names none.
    pub(super) fn covering(&self, finding: &Finding) -> Option<(usize, &Waiver)> {
        let (case, column) = (finding.case.as_deref(), finding.column.as_deref());
        let exactly = self.by_fingerprint.get(&finding.fingerprint());
        let at = exactly.or_else(|| {
            let in_all = |column| self.by_fingerprint.get(&fingerprint(finding.code, None, column, &finding.words));
            case.and_then(|_| in_all(column)).or_else(|| in_all(None))
        })?;
        Some((*at, self.all.get(*at)?))
    }

    /// Those without a case that covered something, with how often; and those, of whichever kind, that covered nothing.
    pub(super) fn told(&self, uses: &[Use]) -> (Vec<CoveredInAll>, Vec<Unused>) {
        let (mut covered, mut unused) = (Vec::new(), Vec::new());
        for (waiver, used) in self.all.iter().zip(uses) {
            if used.findings == 0 {
                unused.push(Unused { file: self.file.clone(), line: waiver.line });
            } else if waiver.is_for_all_cases() {
                covered.push(CoveredInAll {
                    finding: waiver.finding,
                    column: waiver.column.clone(),
                    words: waiver.words.clone(),
                    reason: waiver.reason.clone(),
                    findings: used.findings,
                    cases: used.cases,
                });
            }
        }
        (covered, unused)
    }
}

/// Reads one waiver; `fault` says what is wrong at a byte of the file.
fn waiver(raw: RawWaiver, line: usize, fault: impl Fn(usize, &str) -> Error) -> Result<Waiver> {
    let RawWaiver { case, finding, column, words, reason } = raw;
    let code: Code = finding.get_ref().parse().map_err(|_| {
        fault(
            finding.span().start,
            "there is no such finding. Take the word that stands in square brackets in the report.",
        )
    })?;
    if !code.may_be_waived() {
        let what = "such a finding cannot be waived. Mend what it says, and make the files anew.";
        return Err(fault(finding.span().start, what));
    }
    match &case {
        Some(case) if column.is_none() => {
            let what =
                "a waiver for one case names the column too, as it stands in the report, such as narrative.text.";
            return Err(fault(case.span().start, what));
        }
        None if !code.may_be_waived_in_all() || words.is_empty() => {
            let what = "such a finding is waived case by case: only words that mean the same wherever they stand can be waived in all cases. Name the case.";
            return Err(fault(finding.span().start, what));
        }
        _ => {}
    }
    let why = reason.get_ref().trim();
    if why.is_empty() {
        let what = "a waiver without a reason waives nothing. Say why this may go out.";
        return Err(fault(reason.span().start, what));
    }
    let (case, reason) = (case.map(Spanned::into_inner), Reason(why.to_owned()));
    Ok(Waiver { line, finding: code, case, column, words, reason })
}

fn fault(file: &str, text: &str, at: usize, what: &str) -> Error {
    Error::Config(format!("{file}:{}: {what}", line_of(text, at)))
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

    fn essen(case: &str, column: &str) -> Finding {
        Finding {
            code: Code::City,
            case: Some(case.into()),
            file: "narrative.csv".into(),
            line: Some(7),
            column: Some(column.into()),
            words: "Essen".into(),
            what: String::new(),
            remedy: "",
        }
    }

    fn covers(waivers: &Waivers, finding: &Finding) -> bool {
        waivers.covering(finding).is_some()
    }

    #[test]
    fn a_waiver_covers_the_finding_that_it_names_and_no_other() {
        let waivers = Waivers::parse(WHOLE, "waivers.toml".to_owned()).unwrap();
        let finding = essen("7K2MQX4T", "narrative.text");
        let (at, waiver) = waivers.covering(&finding).unwrap();
        assert_eq!((at, &waiver.reason, waiver.is_for_all_cases()), (0, &Reason("the meal".into()), false));
        for other in [
            Finding { words: "Essener".into(), ..finding.clone() },
            Finding { code: Code::Figure, ..finding.clone() },
            essen("00000001", "narrative.text"),
            essen("7K2MQX4T", "cases.title"),
            Finding { case: None, column: None, ..finding },
        ] {
            assert!(!covers(&waivers, &other), "{other:?}");
        }
    }

    #[test]
    fn a_waiver_without_a_case_covers_its_words_in_all_and_tells_how_often() {
        let case = "case = \"7K2MQX4T\"\n";
        let in_column = Waivers::parse(&WHOLE.replace(case, ""), "waivers.toml".to_owned()).unwrap();
        let (one, other) = (essen("7K2MQX4T", "narrative.text"), essen("00000001", "cases.title"));
        assert!(covers(&in_column, &one) && !covers(&in_column, &other));
        let column = "column = \"narrative.text\"\n";
        let text = WHOLE.replace(case, "").replace(column, "");
        let anywhere = Waivers::parse(&text, "waivers.toml".to_owned()).unwrap();
        let of_none = Finding { case: None, column: None, ..one.clone() };
        assert!([&one, &other, &of_none].into_iter().all(|finding| covers(&anywhere, finding)));
        assert!(!covers(&anywhere, &Finding { words: "Hagen".into(), ..one.clone() }));
        assert!(!covers(&anywhere, &Finding { code: Code::Country, ..one }));

        let mut used = Use::default();
        for case in [Some("7K2MQX4T"), Some("7K2MQX4T"), Some("00000001"), None] {
            used.count(case);
        }
        let (covered, unused) = anywhere.told(&[used]);
        assert_eq!((covered[0].words.as_str(), covered[0].findings, covered[0].cases), ("Essen", 4, 2));
        assert_eq!(unused, []);
        let (covered, unused) = anywhere.told(&[Use::default()]);
        assert_eq!(covered, []);
        assert!(unused[0].to_string().starts_with("waivers.toml:2: nothing was found"), "{}", unused[0]);
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
        let without = |line: &str| WHOLE.replace(line, "");
        let told = refused(&without("column = \"narrative.text\"\n"));
        assert!(told.starts_with("waivers.toml:2: a waiver for one case names the column"), "{told}");
        let told = refused(&without("case = \"7K2MQX4T\"\n").replace("\"city\"", "\"few_cities\""));
        assert!(told.starts_with("waivers.toml:2: such a finding is waived case by case"), "{told}");
        assert!(refused(&WHOLE.repeat(2)).starts_with("waivers.toml:8: this waiver stands twice"));
        assert!(Waivers::read(Path::new("no/such.toml")).is_err());
    }
}
