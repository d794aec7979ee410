//! `casebook release check` - a dataset looked at with the eyes of a stranger, before it goes out for good.

use std::path::PathBuf;

use casebook_core::{
    Error, Result,
    disclosure::{self, Report, Waivers},
};
use clap::Args;

use crate::cli::say;

/// What `release check` is told.
#[derive(Debug, Args)]
pub(in crate::cli) struct Check {
    /// The ZIP file of a package, or a folder with the same files.
    file: PathBuf,
    /// A file of findings that may pass, each with a reason.
    #[arg(long, value_name = "FILE")]
    waivers: Option<PathBuf>,
    /// Write the report as JSON instead of lines.
    #[arg(long)]
    json: bool,
}

/// Checks a package and says what it found.
pub(in crate::cli) fn check(wish: &Check) -> Result<()> {
    let waivers = wish.waivers.as_deref().map_or_else(|| Ok(Waivers::none()), Waivers::read)?;
    let report = disclosure::check(&wish.file, None, &waivers)?;
    if wish.json {
        say(&serde_json::to_string_pretty(&report)?)?;
    } else {
        tell(&report)?;
    }
    if report.passes() { Ok(()) } else { Err(Error::Config("this dataset may not go out yet".into())) }
}

/// One line each.
pub(super) fn tell(report: &Report) -> Result<()> {
    for finding in &report.findings {
        say(&format!("refuses  {finding}"))?;
    }
    and_more(report.more_findings, "findings")?;
    for (finding, reason) in &report.waived {
        say(&format!("waived   {finding} Reason: {}", reason.0))?;
    }
    for hint in &report.hints {
        say(&format!("hint     {hint}"))?;
    }
    and_more(report.more_hints, "hints")?;
    for group in &report.small_groups {
        say(&format!("group    {}: cases: {}", group.shared, group.cases))?;
    }
    and_more(report.more_small_groups, "small groups")?;
    say(&verdict(report))
}

fn and_more(count: u64, what: &str) -> Result<()> {
    if count == 0 { Ok(()) } else { say(&format!("         and {count} more {what}")) }
}

fn verdict(report: &Report) -> String {
    let findings = u64::try_from(report.findings.len()).unwrap_or(u64::MAX).saturating_add(report.more_findings);
    let looked = format!("Cases: {}, of which do not name their place: {}.", report.cases, report.unnamed);
    let found = format!("Findings: {findings}, waived: {}.", report.waived.len());
    let word = if report.passes() { "It may go out." } else { "Mend each finding, or waive it with a reason." };
    format!("{looked} {found} {word}")
}
