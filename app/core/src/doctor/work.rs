//! The log of acts, the text index, work that waits, and mail. `casebook check` looks at the first of these alone.

use chrono::TimeDelta;

use super::Finding;
use crate::{
    Result,
    audit::{self, Verdict},
    background,
    cases::index,
    config::{Config, MailTransport},
    db::Database,
    jobs, mail,
    search::{self, SearchIndex},
};

/// So long after it was due, work is left undone.
const LATE: TimeDelta = TimeDelta::hours(1);

/// Whether each line of the log follows from the one before.
///
/// # Errors
/// Those of the database.
pub fn log_of_acts(db: &Database) -> Result<Finding> {
    const ABOUT: &str = "log";
    Ok(match db.read(audit::verify)? {
        Verdict::Whole(head) => {
            Finding::well(ABOUT, format!("{} lines, each follows from the one before", head.sequence))
        }
        Verdict::Broken { sequence, reason } => Finding::ill(
            ABOUT,
            format!("broken at line {sequence}: {reason}"),
            "Somebody changed the database by hand: find out who, and compare with a back-up and with heads that were published.",
        ),
    })
}

/// Whether the chain still holds a hash that the public log showed once.
///
/// # Errors
/// Those of the database.
pub fn published_head(db: &Database, hash: &str) -> Result<Finding> {
    const ABOUT: &str = "published head";
    Ok(match db.read(|r| audit::line_of_hash(r, hash))? {
        Some(sequence) => Finding::well(ABOUT, format!("line {sequence} has the hash {hash}")),
        None => Finding::ill(
            ABOUT,
            format!("no line has the hash {hash}"),
            "See that the hash was copied whole; if it was, lines were changed since: compare with a back-up.",
        ),
    })
}

/// Whether the text index holds every public case and nothing else.
///
/// # Errors
/// Those of the database.
pub fn index_drift(db: &Database, index: &dyn SearchIndex) -> Result<Finding> {
    const ABOUT: &str = "text index";
    const REMEDY: &str = "Run `casebook reindex`, which makes it anew.";
    let drift = db.read(|r| index::drift(r, index))?;
    Ok(match &drift.away {
        Some(away) => Finding::ill(ABOUT, away, REMEDY),
        None if drift.is_none() => Finding::well(ABOUT, "holds every public case and nothing else"),
        None => Finding::ill(
            ABOUT,
            format!("{} public cases are missing, {} are in it that are not public", drift.missing, drift.surplus),
            REMEDY,
        ),
    })
}

/// Whether work failed for good.
///
/// # Errors
/// Those of the database.
pub fn laid_aside(db: &Database) -> Result<Finding> {
    const ABOUT: &str = "work laid aside";
    let letters = db.read(jobs::dead_letters)?;
    if letters.is_empty() {
        return Ok(Finding::well(ABOUT, "none"));
    }
    let all: Vec<String> =
        letters.iter().map(|letter| format!("{} {}: {}", letter.kind, letter.id, letter.error)).collect();
    Ok(Finding::ill(ABOUT, all.join("; "), "Mend the cause that is named; for the text index run `casebook reindex`."))
}

pub(super) fn text_index(config: &Config, db: &Database) -> Result<Finding> {
    index_drift(db, &*search::open(config)?)
}

/// Whether work that is due is done.
pub(super) fn waiting(db: &Database) -> Result<Finding> {
    const ABOUT: &str = "waiting work";
    let (late, at_work) = db.read(|r| Ok((jobs::count_late(r, LATE)?, background::is_worker_alive(r)?)))?;
    Ok(match (late, at_work) {
        (0, true) => Finding::well(ABOUT, "none is late, and a worker is at work"),
        (0, false) => Finding::well(ABOUT, "none is late; no worker runs at the moment"),
        (late, true) => {
            Finding::ill(ABOUT, format!("{late} tasks are late although a worker runs"), "Read the worker's log lines.")
        }
        (late, false) => Finding::ill(
            ABOUT,
            format!("{late} tasks are late, and nobody works"),
            "Start `casebook worker`, or `casebook serve` with jobs.worker = true.",
        ),
    })
}

/// Whether the next station of mail answers; no mail is sent.
pub(super) fn mail(config: &Config) -> Finding {
    const ABOUT: &str = "mail";
    match mail::from_config(config).and_then(|mailer| mailer.greet()) {
        Ok(()) => Finding::well(
            ABOUT,
            match config.mail.transport {
                MailTransport::None => "none is sent, as mail.transport says",
                MailTransport::Memory => "it is kept in memory, for tests",
                MailTransport::Directory => "the folder can be written",
                MailTransport::Smtp => "the server answers",
            },
        ),
        Err(error) => Finding::ill(
            ABOUT,
            error.to_string(),
            "Mend the settings of the section mail; until then mail waits, and nothing else does.",
        ),
    }
}
