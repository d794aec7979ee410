//! What the log tells of releases. Making and building anew are acts of whoever did it. That a release is recalled follows from its cases and
//! is done by nobody: it is looked after by the hour, and noted once.

use std::collections::HashMap;

use super::{State, Version, read};
use crate::{
    Result,
    audit::{self, Order, Selection},
    clock::{Day, Moment},
    db::{
        Actor, Database, Reading, Writing,
        outbox::{Act, Entry},
    },
};

/// Code of making a release.
const MADE: &str = "dataset_released";
/// Code of making one as the next edition of another one.
const REBUILT: &str = "release_rebuilt";
/// Code of noting that a release is not handed out any more.
const RECALLED: &str = "release_recalled";
/// Code of noting that it is handed out again, since what recalled it is public again.
const RESTORED: &str = "release_restored";

/// What happened to a release.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ReleaseAct {
    /// It was made.
    Made(Version),
    /// It was made as the next edition of another one.
    Rebuilt(Version),
    /// Something of it is not public any more.
    Recalled(Version),
    /// All of it is public again.
    Restored(Version),
}

impl Act for ReleaseAct {
    fn entry(&self) -> Entry {
        let of = |act, version: &Version| Entry::new(act, "release", version.to_string());
        match self {
            Self::Made(version) => of(MADE, version),
            Self::Rebuilt(version) => of(REBUILT, version),
            Self::Recalled(version) => of(RECALLED, version),
            Self::Restored(version) => of(RESTORED, version),
        }
    }
}

/// When it was last noted in the log of each release that it was made, recalled or handed out again, counted among that day's acts on releases.
///
/// # Errors
/// Those of the database.
pub fn moments(r: &mut Reading) -> Result<HashMap<Version, Moment>> {
    let acts = Selection { acts: &[MADE, REBUILT, RECALLED, RESTORED], ..Selection::default() };
    let (mut moments, mut last) = (HashMap::new(), None::<Moment>);
    for line in audit::select(r, acts, Order::Latest, 0, i64::MAX)?.into_iter().rev() {
        if let (Ok(version), Ok(day)) = (line.subject.parse::<Version>(), line.happened.parse::<Day>()) {
            let nth = last.filter(|last| last.day == day).map_or(0, |last| last.nth.saturating_add(1));
            let moment = Moment { day, nth };
            last = Some(moment);
            moments.insert(version, moment);
        }
    }
    Ok(moments)
}

/// Notes in the log which releases were recalled since it was last looked, and which are handed out again.
///
/// # Errors
/// Those of the database.
pub fn note_recalls(db: &Database) -> Result<()> {
    if db.read(news)?.is_empty() { Ok(()) } else { db.write(Actor::System, note_news) }
}

/// The same within a transaction.
pub(super) fn note_news(tx: &mut Writing) -> Result<()> {
    news(tx)?.iter().for_each(|act| tx.record(act));
    Ok(())
}

/// What is to be noted: where the last line on a release says something else than holds.
fn news(r: &mut Reading) -> Result<Vec<ReleaseAct>> {
    let acts = Selection { acts: &[RECALLED, RESTORED], ..Selection::default() };
    let mut last: HashMap<String, bool> = HashMap::new();
    for line in audit::select(r, acts, Order::Latest, 0, i64::MAX)? {
        last.entry(line.subject).or_insert(line.act == RECALLED);
    }
    let mut news = Vec::new();
    for release in read::all(r)?.into_iter().rev() {
        let version = release.version;
        let was_recalled = last.get(&version.to_string()).copied().unwrap_or_default();
        match release.state {
            State::Recalled { .. } if !was_recalled => news.push(ReleaseAct::Recalled(version)),
            State::Current if was_recalled => news.push(ReleaseAct::Restored(version)),
            State::Recalled { .. } | State::Current | State::Replaced { .. } => {}
        }
    }
    Ok(news)
}
