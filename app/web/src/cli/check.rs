//! `casebook check` - whether the log, the text index and the waiting work are as they should be.

use casebook_core::{
    Error, Result,
    audit::{self, Verdict},
    cases::index,
    config::Config,
    jobs,
};
use clap::Args;

use super::{open, say};

/// What `check` is told.
#[derive(Debug, Args)]
pub(super) struct Check {
    /// A hash that the public log showed once: say whether the chain still holds it.
    #[arg(long, value_name = "HASH")]
    head: Option<String>,
}

/// Looks at everything and says what it finds.
pub(super) fn check(config: Config, wish: &Check) -> Result<()> {
    let instance = open(config)?.instance.clone();
    let mut faults = 0;
    match instance.db.read(audit::verify)? {
        Verdict::Whole(head) => say(&format!("log: {} lines, each follows from the one before", head.sequence))?,
        Verdict::Broken { sequence, reason } => {
            faults += 1;
            say(&format!("log: broken at line {sequence}: {reason}"))?;
        }
    }
    if let Some(hash) = &wish.head {
        match instance.db.read(|r| audit::line_of_hash(r, hash.trim()))? {
            Some(sequence) => say(&format!("log: line {sequence} has the hash {hash}"))?,
            None => {
                faults += 1;
                say(&format!("log: no line has the hash {hash}"))?;
            }
        }
    }
    let drift = instance.db.read(|r| index::drift(r, &*instance.index))?;
    if let Some(away) = &drift.away {
        faults += 1;
        say(&format!("text index: {away}; `casebook reindex` makes it anew"))?;
    } else if drift.is_none() {
        say("text index: holds every public case and nothing else")?;
    } else {
        faults += 1;
        say(&format!(
            "text index: {} public cases are missing, {} are in it that are not public; `casebook reindex` makes it anew",
            drift.missing, drift.surplus
        ))?;
    }
    let letters = instance.db.read(jobs::dead_letters)?;
    for letter in &letters {
        say(&format!("laid aside: {} {}: {}", letter.kind, letter.id, letter.error))?;
    }
    if letters.is_empty() {
        say("waiting work: nothing was laid aside")?;
    } else {
        faults += 1;
    }
    if faults == 0 { Ok(()) } else { Err(Error::Config(format!("{faults} things need a look"))) }
}
