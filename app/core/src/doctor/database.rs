//! The database itself: its tables, its connections, its key, its clock.

use chrono::TimeDelta;

use super::Finding;
use crate::{
    Result, audit,
    db::{Database, Version, facts},
    instance::{KEY_FINGERPRINT, OTHER_KEY},
    seal::InstanceKeys,
    staff,
};

/// By how much the clock of a database's server may differ.
const SKEW: TimeDelta = TimeDelta::seconds(60);

pub(super) fn version(db: &Database) -> Result<Finding> {
    const ABOUT: &str = "tables";
    if db.is_blank()? {
        return Ok(Finding::ill(
            ABOUT,
            format!("the database at {} is empty", db.place()),
            "Start `casebook serve`, which makes them, or put a back-up in place with `casebook restore`.",
        ));
    }
    Ok(match db.version()? {
        Version::Current => Finding::well(ABOUT, "they are those of this program"),
        Version::Behind(missing) => Finding::ill(
            ABOUT,
            format!("they are of an older program; not run yet: {}", missing.join(", ")),
            "Make a back-up, then run `casebook migrate` or start the site.",
        ),
        Version::Ahead(newer) => Finding::ill(
            ABOUT,
            format!("they are of a newer program (migration {newer})"),
            "Use the program that was used last, or a later one.",
        ),
    })
}

pub(super) fn connections(db: &Database) -> Result<Finding> {
    const ABOUT: &str = "connections";
    let all = db.connections()?;
    let wrong: Vec<String> = all
        .iter()
        .flat_map(|connection| connection.settings.iter().map(|setting| (connection.writes, setting)))
        .filter(|(_, setting)| !setting.fits())
        .map(|(writes, setting)| {
            let which = if writes { "one that writes" } else { "one that reads" };
            format!("{which} has {} = {} instead of {}", setting.name, setting.found, setting.expected)
        })
        .collect();
    Ok(if wrong.is_empty() {
        Finding::well(ABOUT, format!("all {} are set up as they should be", all.len()))
    } else if db.is_sqlite() {
        Finding::ill(
            ABOUT,
            wrong.join("; "),
            "The program sets these itself: the file system may not allow it. Use a local disk.",
        )
    } else {
        Finding::ill(ABOUT, wrong.join("; "), "Set them in postgresql.conf, and restart the server.")
    })
}

pub(super) fn key(db: &Database, keys: Option<&InstanceKeys>) -> Result<Finding> {
    const ABOUT: &str = "secret key of the database";
    let known = db.read(|r| facts::find(r, KEY_FINGERPRINT))?;
    Ok(match (keys, known) {
        (Some(keys), Some(known)) if keys.fingerprint() == known => Finding::well(ABOUT, "the one in place is the one"),
        (Some(_), Some(_)) => Finding::ill(ABOUT, "the one in place is another one", capitalised(OTHER_KEY)),
        (_, None) => Finding::well(ABOUT, "the database was not used with one yet"),
        (None, Some(_)) => Finding::ill(ABOUT, "there is none in place", capitalised(OTHER_KEY)),
    })
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Nothing in the database may be of the future, and the clocks of two machines must agree.
pub(super) fn clock(db: &Database) -> Result<Finding> {
    const ABOUT: &str = "clock";
    const REMEDY: &str = "Set the machine's clock, and keep it right by NTP: days on which something is due or expires are counted from it.";
    let (now, day, seen) = db.read(|r| Ok((r.now(), audit::newest_day(r)?, staff::last_seen(r)?)))?;
    if let Some(day) = day.filter(|day| *day > now.date()) {
        let says = format!("it is {} here, but the log has a line of {day}", now.date());
        return Ok(Finding::ill(ABOUT, says, REMEDY));
    }
    if let Some(seen) = seen.filter(|seen| *seen > now + SKEW) {
        let says = format!("it is {now} UTC here, but a member of staff was here at {seen}");
        return Ok(Finding::ill(ABOUT, says, REMEDY));
    }
    if let Some(there) = db.server_time()? {
        let skew = (there - now).abs();
        if skew > SKEW {
            let says = format!("the database's server differs by {} seconds", skew.num_seconds());
            return Ok(Finding::ill(ABOUT, says, REMEDY));
        }
    }
    Ok(Finding::well(
        ABOUT,
        format!("it is {} UTC, and nothing in the database is later", now.format("%Y-%m-%d %H:%M")),
    ))
}
