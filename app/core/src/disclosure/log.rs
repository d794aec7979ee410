//! The folder of a release. Beside the package lies a change log, in words with the note of whoever made the release, and as a table.

use std::{
    collections::{BTreeSet, HashMap},
    fs,
    path::{Path, PathBuf},
    sync::LazyLock,
};

use regex::Regex;

use super::{
    Code,
    files::DESCRIPTION,
    findings::{Findings, Spot},
    known::Known,
    words,
};
use crate::{Result, text::fold_name};

/// The change log in words.
const WORDS: &str = "CHANGELOG.md";
/// The change log as a table.
const TABLE: &str = "changes.csv";
/// What lies beside the package.
const BESIDE: [&str; 4] = [WORDS, TABLE, "SHA256SUMS", "SHA256SUMS.minisig"];
/// The columns of the table.
const COLUMNS: [&str; 8] = ["case", "change", "revision_before", "revision", "title", "end", "reason", "merged_into"];
/// Which of them is words of people; the others are ids, numbers and codes.
const TITLE: usize = 4;

const MAKE_ANEW: &str = "Make the release anew";

/// A case that came or changed: id, title, revisions. Whatever a title ends with, what stands last is not of it; and no note begins this way, since
/// a dash that would make it an item of a list is escaped.
static TITLED: LazyLock<Regex> = LazyLock::new(|| {
    super::pattern(r"^- ([0-9A-Z]{8}) (.*) \(revision \d+(?: after \d+|, words taken out or shown again)?\)$")
});
/// A case that is gone. Of it no words are told.
static GONE: LazyLock<Regex> =
    LazyLock::new(|| super::pattern(r"^- [0-9A-Z]{8} \(revision \d+\): (?:[a-z0-9, ]+|merged into [0-9A-Z]{8})$"));
/// An id, a number or a code.
static CODE: LazyLock<Regex> = LazyLock::new(|| super::pattern("^[0-9A-Za-z_]*$"));

/// What is looked at: a package, and beside it what else goes out.
#[derive(Debug)]
pub(super) struct Place {
    /// The package: a ZIP file, or a folder with the same files.
    pub(super) package: PathBuf,
    /// The folder of a release in which it lies, with the names of all its files.
    beside: Option<(PathBuf, BTreeSet<String>)>,
}

impl Place {
    /// The folder of a release holds one ZIP file; anything else is a package.
    pub(super) fn find(place: &Path) -> Result<Self> {
        let alone = Self { package: place.to_owned(), beside: None };
        if !place.is_dir() || place.join(DESCRIPTION).exists() {
            return Ok(alone);
        }
        let mut names = BTreeSet::new();
        for entry in fs::read_dir(place)? {
            names.insert(entry?.file_name().to_string_lossy().into_owned());
        }
        let mut packages = names.iter().filter(|name| name.ends_with(".zip"));
        let (Some(package), None) = (packages.next().cloned(), packages.next()) else { return Ok(alone) };
        names.remove(&package);
        Ok(Self { package: place.join(package), beside: Some((place.to_owned(), names)) })
    }
}

/// What a change log calls a case.
#[derive(Debug)]
struct Title {
    file: &'static str,
    line: u64,
    words: String,
}

/// What a change log says.
#[derive(Debug, Default)]
pub(super) struct ChangeLog {
    /// What it calls the cases that came or changed.
    titles: HashMap<String, Vec<Title>>,
    /// What it says besides, such as the note.
    lines: Vec<(u64, String)>,
}

impl ChangeLog {
    /// Reads what lies beside a package; nothing where none is beside it.
    pub(super) fn read(place: &Place, findings: &mut Findings<'_>) -> Result<Self> {
        let mut log = Self::default();
        let Some((folder, names)) = &place.beside else { return Ok(log) };
        for name in names.iter().filter(|name| !BESIDE.contains(&name.as_str())) {
            let what = format!("{name} is a file of which nobody has decided what it may tell");
            findings.of_file(Code::Unknown, name, name, what, "Take it out");
        }
        if names.contains(WORDS) {
            log.read_words(&String::from_utf8_lossy(&fs::read(folder.join(WORDS))?));
        }
        if names.contains(TABLE) {
            log.read_table(&fs::read(folder.join(TABLE))?, findings);
        }
        Ok(log)
    }

    fn read_words(&mut self, text: &str) {
        for (number, line) in (1..).zip(text.lines()) {
            if let Some((_, [case, title])) = TITLED.captures(line).map(|found| found.extract()) {
                self.call(case, Title { file: WORDS, line: number, words: unescaped(title) });
            } else if !line.is_empty() && !GONE.is_match(line) {
                self.lines.push((number, unescaped(line)));
            }
        }
    }

    fn read_table(&mut self, table: &[u8], findings: &mut Findings<'_>) {
        let mut reader = csv::Reader::from_reader(table);
        if !reader.headers().is_ok_and(|head| head.iter().eq(COLUMNS)) {
            let what = "the columns are not those of a change log".to_owned();
            return findings.of_line(Code::Form, TABLE, Some(1), "", what, MAKE_ANEW);
        }
        for record in reader.records() {
            let Ok(record) = record else {
                return findings.of_line(Code::Form, TABLE, None, "", "a row cannot be read".to_owned(), MAKE_ANEW);
            };
            let line = record.position().map_or(0, csv::Position::line);
            let mut others = record.iter().enumerate().filter(|(at, _)| *at != TITLE).map(|(_, cell)| cell);
            if let Some(cell) = others.find(|cell| !CODE.is_match(cell)) {
                let what = "this is no id, number or code".to_owned();
                findings.of_line(Code::Form, TABLE, Some(line), cell, what, MAKE_ANEW);
            }
            let (case, title) = (record.get(0).unwrap_or_default(), record.get(TITLE).unwrap_or_default());
            if !title.is_empty() {
                let words = title.strip_prefix('\'').unwrap_or(title).to_owned();
                self.call(case, Title { file: TABLE, line, words });
            }
        }
    }

    fn call(&mut self, case: &str, title: Title) {
        self.titles.entry(case.to_owned()).or_default().push(title);
    }

    /// Whether a case is called as its files call it, so that what is found in its title need not be looked for twice.
    pub(super) fn compare<'t>(
        &mut self,
        case: &str,
        titles: impl Iterator<Item = &'t str>,
        findings: &mut Findings<'_>,
    ) {
        let Some(told) = self.titles.remove(case) else { return };
        let titles: Vec<String> = titles.map(in_one_line).collect();
        for title in told.into_iter().filter(|title| !titles.contains(&in_one_line(&title.words))) {
            let what = format!("case {case} is called otherwise than in the package");
            findings.of_line(Code::Disagreement, title.file, Some(title.line), &title.words, what, MAKE_ANEW);
        }
    }

    /// What its other words tell, once all cases are known.
    pub(super) fn look(self, known: &Known, findings: &mut Findings<'_>) {
        let mut strangers: Vec<(String, Title)> = self
            .titles
            .into_iter()
            .flat_map(|(case, all)| all.into_iter().map(move |title| (case.clone(), title)))
            .collect();
        strangers.sort_by_key(|(_, title)| (title.file, title.line));
        for (case, title) in strangers {
            let what = format!("case {case} is not in the package");
            findings.of_line(Code::Disagreement, title.file, Some(title.line), &title.words, what, MAKE_ANEW);
        }
        for (line, text) in &self.lines {
            let spot = Spot { case: "", file: WORDS, line: *line, table: "", column: "" };
            words::personal(text, spot, findings);
            places(text, known, spot, findings);
        }
    }
}

/// What is called like a place that some case does not name. Where another case names a place so, that one may be meant.
fn places(text: &str, known: &Known, spot: Spot<'_>, findings: &mut Findings<'_>) {
    const LOOK: &str = "Look whether it tells the place of a case that does not name it";
    let (mut cities, mut countries) = (BTreeSet::new(), BTreeSet::new());
    for crowd in known.crowds.all() {
        cities.extend(crowd.cities_in(text).into_iter().filter(|hit| hit.sure).map(|hit| hit.words));
        countries.extend(crowd.countries_in(text).into_iter().filter_map(|stretch| text.get(stretch)));
        countries.extend(crowd.hosts_in(text));
    }
    for words in cities {
        let folded = fold_name(words);
        if known.places.iter().any(|place| folded.starts_with(place.as_str())) {
            let what = "a case names this place, and a city that fits another case is called so";
            findings.hint(Code::City, spot, words, what, LOOK);
        } else {
            let what = "this is called like a city that fits a case which does not name its place";
            findings.refuse(
                Code::City,
                spot,
                words,
                what,
                "Make the release with another note, or waive it with a reason",
            );
        }
    }
    for words in countries {
        findings.hint(Code::Country, spot, words, "a country on a continent that is told in place of one", LOOK);
    }
}

/// A text without what keeps Markdown from reading signs in it.
fn unescaped(text: &str) -> String {
    let (mut plain, mut signs) = (String::with_capacity(text.len()), text.chars().peekable());
    while let Some(sign) = signs.next() {
        let escapes = sign == '\\' && signs.peek().is_some_and(char::is_ascii_punctuation);
        plain.push(if escapes { signs.next().unwrap_or(sign) } else { sign });
    }
    plain
}

fn in_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_of_cases_is_told_from_what_is_said_besides() {
        let mut log = ChangeLog::default();
        log.read_words(
            "# Release 2.0 of 2026-11-27\n\nThanks to A\\.\n\n## Changed\n\n- 7K2MQX4T A \\(b\\) \\*c\\* (revision 2 after 1)\n\
             - 00000001 (revision 1): hidden, names private person\n- 00000002 (revision 1): merged into 7K2MQX4T\n\
             - 00000003 (revision 1): for Anna\n\
             - 00000004 A, (revision 1) (revision 2 after 1)\n\\- 00000005 A (revision 1)\n",
        );
        assert_eq!(log.titles["7K2MQX4T"][0].words, "A (b) *c*");
        assert_eq!(log.titles["00000004"][0].words, "A, (revision 1)");
        let lines: Vec<&str> = log.lines.iter().map(|(_, line)| line.as_str()).collect();
        assert_eq!(
            lines,
            [
                "# Release 2.0 of 2026-11-27",
                "Thanks to A.",
                "## Changed",
                "- 00000003 (revision 1): for Anna",
                "- 00000005 A (revision 1)"
            ]
        );
        assert_eq!((log.titles.len(), log.lines[1].0), (2, 3));
    }

    #[test]
    fn backslashes_go_only_where_they_escape() {
        assert_eq!(unescaped(r"a\.b \\ c\d \"), r"a.b \ c\d \");
    }
}
