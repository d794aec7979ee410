//! What was found so far: each thing once, what is waived apart, and no more of it in memory than a reader takes in.

use std::collections::HashSet;

use super::{Code, Finding, Report, Waivers, finding::short, waivers::Use};

/// As many findings and hints are kept; more are counted.
const MOST: usize = 1000;

/// Where something was found.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spot<'a> {
    pub(super) case: &'a str,
    pub(super) file: &'a str,
    pub(super) line: u64,
    pub(super) table: &'a str,
    pub(super) column: &'a str,
}

/// What was found so far.
pub(super) struct Findings<'w> {
    waivers: &'w Waivers,
    /// How often each was used.
    uses: Vec<Use>,
    report: Report,
    /// Fingerprints of the case at hand.
    seen: HashSet<String>,
}

impl<'w> Findings<'w> {
    pub(super) fn new(waivers: &'w Waivers) -> Self {
        Self { waivers, uses: vec![Use::default(); waivers.count()], report: Report::default(), seen: HashSet::new() }
    }

    /// The next case begins.
    pub(super) fn next_case(&mut self, unnamed: bool) {
        self.seen.clear();
        self.report.cases += 1;
        self.report.unnamed += u64::from(unnamed);
    }

    /// How many cases there were.
    pub(super) fn cases(&self) -> u64 {
        self.report.cases
    }

    /// Something that is wrong with a file as a whole.
    pub(super) fn of_file(&mut self, code: Code, file: &str, words: &str, what: String, remedy: &'static str) {
        self.of_line(code, file, None, words, what, remedy);
    }

    /// Something that is wrong with a line of a file.
    pub(super) fn of_line(
        &mut self,
        code: Code,
        file: &str,
        line: Option<u64>,
        words: &str,
        what: String,
        remedy: &'static str,
    ) {
        let (file, words) = (file.to_owned(), words.to_owned());
        self.take(Finding { code, case: None, file, line, column: None, words, what, remedy });
    }

    /// Something that refuses the release.
    pub(super) fn refuse(&mut self, code: Code, at: Spot<'_>, words: &str, what: &str, remedy: &'static str) {
        let finding = found(code, at, words, what, remedy);
        if self.seen.insert(finding.fingerprint()) {
            self.take(finding);
        }
    }

    fn take(&mut self, finding: Finding) {
        if let Some((at, waiver)) = self.waivers.covering(&finding) {
            if let Some(used) = self.uses.get_mut(at) {
                used.count(finding.case.as_deref());
            }
            // Of a waiver for all cases it is told how often it covered something, and not each time.
            if !waiver.is_for_all_cases() {
                self.report.waived.push((finding, waiver.reason().clone()));
            }
        } else if self.report.findings.len() < MOST {
            self.report.findings.push(finding);
        } else {
            self.report.more_findings += 1;
        }
    }

    /// Something that is told and refuses nothing.
    pub(super) fn hint(&mut self, code: Code, at: Spot<'_>, words: &str, what: &str, remedy: &'static str) {
        let finding = found(code, at, words, what, remedy);
        if !self.seen.insert(format!("hint\u{1f}{}", finding.fingerprint())) {
            return;
        }
        if self.report.hints.len() < MOST {
            self.report.hints.push(finding);
        } else {
            self.report.more_hints += 1;
        }
    }

    /// The report.
    pub(super) fn end(mut self) -> Report {
        (self.report.waived_in_all, self.report.unused_waivers) = self.waivers.told(&self.uses);
        self.report
    }
}

fn found(code: Code, at: Spot<'_>, words: &str, what: &str, remedy: &'static str) -> Finding {
    let what = if words.is_empty() { what.to_owned() } else { format!("{what}: \"{}\"", short(words)) };
    Finding {
        code,
        case: (!at.case.is_empty()).then(|| at.case.to_owned()),
        file: at.file.to_owned(),
        line: Some(at.line),
        column: (!at.column.is_empty()).then(|| format!("{}.{}", at.table, at.column)),
        words: words.to_owned(),
        what,
        remedy,
    }
}
