//! `casebook release check` - a dataset looked at with the eyes of a stranger, before it goes out for good.

use std::path::PathBuf;

use casebook_core::{
    Error, Result,
    disclosure::{self, Report, Waivers, short},
};
use clap::Args;

use crate::cli::say;

/// What `release check` is told.
#[derive(Debug, Args)]
pub(in crate::cli) struct Check {
    /// The folder of a release; or the ZIP file of a package, or a folder with the same files.
    file: PathBuf,
    /// A file of findings that may pass, each with a reason.
    #[arg(long, value_name = "FILE")]
    waivers: Option<PathBuf>,
    /// Write the report as JSON instead of lines.
    #[arg(long)]
    json: bool,
}

/// The report as programs read it, with its verdict.
pub(super) fn for_programs(report: &Report) -> Result<serde_json::Value> {
    let mut told = serde_json::to_value(report)?;
    if let Some(members) = told.as_object_mut() {
        members.insert("passes".to_owned(), report.passes().into());
    }
    Ok(told)
}

/// Checks a package and says what it found.
pub(in crate::cli) fn check(wish: &Check) -> Result<()> {
    let waivers = wish.waivers.as_deref().map_or_else(|| Ok(Waivers::none()), Waivers::read)?;
    let report = disclosure::check(&wish.file, &waivers)?;
    if wish.json {
        say(&serde_json::to_string_pretty(&for_programs(&report)?)?)?;
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
    for covered in &report.waived_in_all {
        let (code, words, within) = (covered.finding, short(&covered.words), covered.column.as_deref());
        let within = within.map(|column| format!(" in {column}")).unwrap_or_default();
        let often = format!("findings: {}, in cases: {}", covered.findings, covered.cases);
        say(&format!(
            "waived   \"{words}\"{within}, wherever it stands: [{code}] {often}. Reason: {}",
            covered.reason.0
        ))?;
    }
    for unused in &report.unused_waivers {
        say(&format!("unused   {unused}"))?;
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
    let in_all: u64 = report.waived_in_all.iter().map(|covered| covered.findings).sum();
    let waived = u64::try_from(report.waived.len()).unwrap_or(u64::MAX).saturating_add(in_all);
    let looked = format!("Cases: {}, of which do not name their place: {}.", report.cases, report.unnamed);
    format!("{looked} Findings: {findings}, waived: {waived}. {}", word(findings, report.unused_waivers.len()))
}

/// What to do about findings, and about waivers for which nothing was found.
fn word(findings: u64, unused: usize) -> String {
    let stale = match unused {
        0 => String::new(),
        1 => "It is refused while one waiver is for nothing that was found: mend or remove it.".to_owned(),
        many => format!("It is refused while {many} waivers are for nothing that was found: mend or remove them."),
    };
    match (findings, unused) {
        (0, 0) => "It may go out.".to_owned(),
        (0, _) => stale,
        (_, 0) => "Mend each finding, or waive it with a reason.".to_owned(),
        _ => format!("Mend each finding, or waive it with a reason. {stale}"),
    }
}
