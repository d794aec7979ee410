//! `casebook check` - whether the log, the text index, the waiting work and the releases are as they should be - and `casebook doctor`, which looks at
//! the whole installation.

use std::sync::Arc;

use casebook_core::{
    Error, Result,
    clock::SystemClock,
    config::Config,
    doctor::{self, Finding},
    random::OsRandom,
};
use clap::Args;

use super::{open_existing, say};

/// What `check` is told.
#[derive(Debug, Args)]
pub(super) struct Check {
    /// A hash that the public log showed once: say whether the chain still holds it.
    #[arg(long, value_name = "HASH")]
    head: Option<String>,
}

/// Looks at everything and says what it finds.
pub(super) fn check(config: Config, wish: &Check) -> Result<()> {
    let instance = open_existing(config)?.instance.clone();
    let db = &instance.db;
    let mut findings = vec![
        doctor::log_of_acts(db)?,
        doctor::index_drift(db, &*instance.index)?,
        doctor::laid_aside(db)?,
        doctor::releases(db, &instance.config)?,
    ];
    if let Some(hash) = &wish.head {
        findings.push(doctor::published_head(db, hash.trim())?);
    }
    tell(&findings)
}

/// Looks at the installation and says what is wrong with it; changes nothing.
pub(super) fn doctor(config: &Config) -> Result<()> {
    tell(&doctor::examine(config, Arc::new(SystemClock), Arc::new(OsRandom)))
}

/// One line each, and below it what to do.
fn tell(findings: &[Finding]) -> Result<()> {
    for finding in findings {
        let word = if finding.is_problem() { "problem" } else { "ok" };
        say(&format!("{word:7} {}: {}", finding.about, finding.says))?;
        if let Some(remedy) = &finding.remedy {
            say(&format!("        {remedy}"))?;
        }
    }
    match findings.iter().filter(|finding| finding.is_problem()).count() {
        0 => Ok(()),
        1 => Err(Error::Config("one thing needs a look".into())),
        many => Err(Error::Config(format!("{many} things need a look"))),
    }
}
