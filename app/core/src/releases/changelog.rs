//! What a release changed, as files beside its data: in words and as a table.

use std::fmt::Write as _;

use super::{
    End, SUMS, Version,
    plan::{Kind, Plan},
};
use crate::{
    Error, Result,
    cases::{exports::Batch, tables::defused},
    clock::Day,
    ids::CaseId,
};

/// The name of the change log in words.
pub(super) const WORDS: &str = "CHANGELOG.md";
/// The name of the change log as a table.
pub(super) const TABLE: &str = "changes.csv";

/// The change log while it is written, case by case in the order of random ids.
pub(super) struct ChangeLog<'a> {
    plan: &'a Plan,
    at: usize,
    table: csv::Writer<Vec<u8>>,
    added: String,
    changed: String,
}

impl<'a> ChangeLog<'a> {
    /// Nothing is written yet but the head of the table.
    pub(super) fn begin(plan: &'a Plan) -> Result<Self> {
        let mut table = csv::Writer::from_writer(Vec::new());
        let head = ["case", "change", "revision_before", "revision", "title", "end", "reason", "merged_into"];
        table.write_record(head).map_err(Error::unexpected)?;
        Ok(Self { plan, at: 0, table, added: String::new(), changed: String::new() })
    }

    /// Takes in the cases of a batch; they come as the plan has them.
    ///
    /// # Errors
    /// [`Error::Config`] if one is missing, since it was taken from view meanwhile.
    pub(super) fn batch(&mut self, batch: &Batch) -> Result<()> {
        for case in &batch.cases {
            let item =
                self.plan.items.get(self.at).filter(|item| item.case == case.document.id).ok_or_else(moved_on)?;
            self.at += 1;
            let title = case.document.title.text.as_str();
            let (before, revision) = (item.before.map(|before| before.to_string()), item.revision.to_string());
            let before = before.unwrap_or_default();
            let line = match item.kind {
                Kind::Same => continue,
                // Of the first release everything is new, which its table says.
                Kind::Added if self.plan.base.is_none() => None,
                Kind::Added => Some((&mut self.added, format!("revision {revision}"))),
                Kind::Changed if before == revision => {
                    Some((&mut self.changed, format!("revision {revision}, words taken out or shown again")))
                }
                Kind::Changed => Some((&mut self.changed, format!("revision {revision} after {before}"))),
            };
            if let Some((list, says)) = line {
                let _ = writeln!(list, "- {} {} ({says})", item.case, escaped(title));
            }
            let row = [item.case.as_str(), item.kind.code(), &before, &revision, &defused(title), "", "", ""];
            self.table.write_record(row).map_err(Error::unexpected)?;
        }
        Ok(())
    }

    /// The change log in words and as a table.
    ///
    /// # Errors
    /// [`Error::Config`] if cases are missing, since they were taken from view meanwhile.
    pub(super) fn end(mut self, note: Option<&str>) -> Result<(String, Vec<u8>)> {
        if self.at != self.plan.items.len() {
            return Err(moved_on());
        }
        let mut withdrawn = String::new();
        for gone in &self.plan.withdrawn {
            let (end, reason, into) = end_in_codes(&gone.end);
            let _ = writeln!(withdrawn, "- {} (revision {}): {}", gone.case, gone.revision, end_in_words(&gone.end));
            let revision = gone.revision.to_string();
            let row = [gone.case.as_str(), "withdrawn", &revision, "", "", end, reason, into];
            self.table.write_record(row).map_err(Error::unexpected)?;
        }
        let mut words = self.head(note);
        for (title, list) in [("Added", &self.added), ("Changed", &self.changed), ("Withdrawn", &withdrawn)] {
            if !list.is_empty() {
                let _ = write!(words, "\n## {title}\n\n{list}");
            }
        }
        if !withdrawn.is_empty() {
            words.push_str(ASKED);
        }
        let table = self.table.into_inner().map_err(|error| Error::unexpected(error.to_string()))?;
        Ok((words, table))
    }

    fn head(&self, note: Option<&str>) -> String {
        let (plan, counts) = (self.plan, self.plan.counts());
        let mut words = format!("# Release {} of {}\n\n", plan.version, plan.day);
        let _ = match plan.base {
            None => writeln!(words, "The first release. Cases: {}.", plan.items.len()),
            Some(base) => writeln!(
                words,
                "Cases: {}. Against release {base}: {} added, {} changed, {} withdrawn.",
                plan.items.len(),
                counts.added,
                counts.changed,
                counts.withdrawn
            ),
        };
        if let Some(note) = note {
            let _ = write!(words, "\n{}\n", escaped(note));
        }
        words
    }
}

/// What is asked of whoever holds an earlier release.
const ASKED: &str = "\nWhoever holds an earlier release is asked to take withdrawn cases out of it, and not to pass on what they said.\n";

/// What is said where the set is not what it was when it was fixed.
pub(super) fn moved_on() -> Error {
    Error::Config("a case was taken from view while the release was made: run the command again".into())
}

fn end_in_codes(end: &End) -> (&str, &str, &str) {
    match end {
        End::Hidden(reason) => ("hidden", reason.as_str(), ""),
        End::Unlisted(reason) => ("unlisted", reason.as_str(), ""),
        End::Merged(into) => ("merged", "", into.as_ref().map_or("", CaseId::as_str)),
        End::Shown => ("shown", "", ""),
    }
}

fn end_in_words(end: &End) -> String {
    match end {
        End::Hidden(reason) => format!("hidden, {}", reason.replace('_', " ")),
        End::Unlisted(reason) => format!("in no list any more, {}", reason.replace('_', " ")),
        End::Merged(Some(into)) => format!("merged into {into}"),
        End::Merged(None) => "merged into another case".to_owned(),
        End::Shown => "shown again".to_owned(),
    }
}

/// A text in which Markdown finds no sign of its own, in one line.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for sign in text.split_whitespace().collect::<Vec<_>>().join(" ").chars() {
        if sign.is_ascii_punctuation() {
            escaped.push('\\');
        }
        escaped.push(sign);
    }
    escaped
}

/// What is signed beside a file of a release, so that no other release can pass for it.
pub(super) fn signed_name(version: Version, day: Day, file: &str) -> String {
    format!("Casebook release {version} of {day}, file {file}")
}

/// Which release of which day was signed, if what was signed is the list of checksums of one.
pub(super) fn named_release(comment: &str) -> Option<(Version, Day)> {
    let (version, rest) = comment.strip_prefix("Casebook release ")?.split_once(" of ")?;
    let (day, file) = rest.split_once(", file ")?;
    let (version, day) = (version.parse().ok()?, day.parse().ok()?);
    (file == SUMS && signed_name(version, day, file) == comment).then_some((version, day))
}
