//! What a release changed, as files beside its data: in words and as a table.

mod escape;

use std::{
    fmt::Write as _,
    fs::File,
    io::{self, BufWriter, Seek, Write},
    path::Path,
};

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

/// The change log while it is written, case by case in the order of random ids. Nothing of it is held in memory.
pub(super) struct ChangeLog<'a> {
    plan: &'a Plan,
    at: usize,
    table: csv::Writer<File>,
    words: BufWriter<File>,
    /// What is said of changed cases, which stands behind what is said of new ones.
    changed: BufWriter<File>,
}

impl<'a> ChangeLog<'a> {
    /// Begins both files in this folder, the words with the note of whoever makes the release.
    pub(super) fn begin(plan: &'a Plan, note: Option<&str>, folder: &Path) -> Result<Self> {
        let mut table = csv::Writer::from_writer(File::create(folder.join(TABLE))?);
        let head = ["case", "change", "revision_before", "revision", "title", "end", "reason", "merged_into"];
        table.write_record(head).map_err(Error::unexpected)?;
        let mut words = BufWriter::new(File::create(folder.join(WORDS))?);
        words.write_all(head_in_words(plan, note).as_bytes())?;
        if plan.base.is_some() && plan.counts().added > 0 {
            words.write_all(heading("Added").as_bytes())?;
        }
        let changed = BufWriter::new(tempfile::tempfile_in(folder)?);
        Ok(Self { plan, at: 0, table, words, changed })
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
                Kind::Added => Some((&mut self.words, format!("revision {revision}"))),
                Kind::Changed if before == revision => {
                    Some((&mut self.changed, format!("revision {revision}, words taken out or shown again")))
                }
                Kind::Changed => Some((&mut self.changed, format!("revision {revision} after {before}"))),
            };
            if let Some((list, says)) = line {
                writeln!(list, "- {} {} ({says})", item.case, escape::within(title))?;
            }
            let row = [item.case.as_str(), item.kind.code(), &before, &revision, &defused(title), "", "", ""];
            self.table.write_record(row).map_err(Error::unexpected)?;
        }
        Ok(())
    }

    /// Ends both files.
    ///
    /// # Errors
    /// [`Error::Config`] if cases are missing, since they were taken from view meanwhile.
    pub(super) fn end(mut self) -> Result<()> {
        if self.at != self.plan.items.len() {
            return Err(moved_on());
        }
        if self.plan.counts().changed > 0 {
            self.words.write_all(heading("Changed").as_bytes())?;
            let mut changed = self.changed.into_inner().map_err(io::IntoInnerError::into_error)?;
            changed.rewind()?;
            io::copy(&mut changed, &mut self.words)?;
        }
        if !self.plan.withdrawn.is_empty() {
            self.words.write_all(heading("Withdrawn").as_bytes())?;
        }
        for gone in &self.plan.withdrawn {
            let (end, reason, into) = end_in_codes(&gone.end);
            writeln!(self.words, "- {} (revision {}): {}", gone.case, gone.revision, end_in_words(&gone.end))?;
            let revision = gone.revision.to_string();
            let row = [gone.case.as_str(), "withdrawn", &revision, "", "", end, reason, into];
            self.table.write_record(row).map_err(Error::unexpected)?;
        }
        if !self.plan.withdrawn.is_empty() {
            self.words.write_all(ASKED.as_bytes())?;
        }
        self.words.flush()?;
        Ok(self.table.flush()?)
    }
}

fn heading(title: &str) -> String {
    format!("\n## {title}\n\n")
}

fn head_in_words(plan: &Plan, note: Option<&str>) -> String {
    let counts = plan.counts();
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
        let _ = write!(words, "\n{}\n", escape::paragraph(note));
    }
    words
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
