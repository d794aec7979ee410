//! What a release is to hold, fixed in one consistent read: which cases at which revisions, and what that changes.

use std::collections::HashMap;

use super::{Counts, Release, State, Version, Withdrawn, read, store};
use crate::{
    Error, Result,
    cases::published::{self, Listed},
    clock::Day,
    db::Reading,
    ids::CaseId,
    limits,
};

/// What is done with a case, against the release before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// It is new.
    Added,
    /// Something else is told of it.
    Changed,
    /// It is as it was.
    Same,
}

impl Kind {
    /// The code under which it is stored and told.
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Changed => "changed",
            Self::Same => "same",
        }
    }
}

/// A case that a release is to hold.
#[derive(Debug, Clone)]
pub(super) struct Item {
    pub(super) case: CaseId,
    pub(super) revision: u32,
    pub(super) kind: Kind,
    pub(super) before: Option<u32>,
}

/// What a release is to be.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) version: Version,
    pub(super) base: Option<Version>,
    pub(super) day: Day,
    pub(super) generation: i64,
    /// In the order of random ids.
    pub(super) items: Vec<Item>,
    pub(super) withdrawn: Vec<Withdrawn>,
}

impl Plan {
    /// The next snapshot of everything that is in the lists.
    pub(super) fn next(r: &mut Reading) -> Result<Self> {
        let base = read::newest(r)?;
        let number = base.as_ref().map_or(0, |base| base.version.number) + 1;
        let listed = published::listed(r)?;
        if listed.is_empty() {
            return Err(Error::Config("there is no public case yet: there is nothing to release".into()));
        }
        let before = base.as_ref().map(|base| store::held(r, base.version)).transpose()?.unwrap_or_default();
        Self::against(r, Version { number, edition: 0 }, base.as_ref(), before.into_iter().collect(), listed)
    }

    /// The next edition of a snapshot: the same cases at the same revisions, but for what is in the lists no more, and with the words that are
    /// public today.
    pub(super) fn anew(r: &mut Reading, old: &Release) -> Result<Self> {
        let version = Version { edition: old.version.edition + 1, ..old.version };
        let before: HashMap<CaseId, u32> = store::held(r, old.version)?.into_iter().collect();
        let mut listed = published::listed(r)?;
        listed.retain_mut(|item| {
            before.get(&item.case).is_some_and(|held| {
                item.revision = *held;
                true
            })
        });
        if listed.is_empty() {
            return Err(Error::Config(format!(
                "no case of release {} is in the lists any more: there is nothing to build it of. Its files are not handed out.",
                old.version
            )));
        }
        Self::against(r, version, Some(old), before, listed)
    }

    fn against(
        r: &mut Reading,
        version: Version,
        base: Option<&Release>,
        mut before: HashMap<CaseId, u32>,
        listed: Vec<Listed>,
    ) -> Result<Self> {
        let since = base.map_or(0, |base| base.generation);
        let items = listed.into_iter().map(|Listed { case, revision, reworded_in }| {
            let before = before.remove(&case);
            let kind = match before {
                None => Kind::Added,
                Some(held) if held != revision || reworded_in > since => Kind::Changed,
                Some(_) => Kind::Same,
            };
            Item { case, revision, kind, before }
        });
        let items = items.collect();
        Ok(Self {
            version,
            base: base.map(|base| base.version),
            day: r.today(),
            generation: r.visibility_generation()?,
            items,
            withdrawn: ends(r, before)?,
        })
    }

    /// The release that tells all these cases already: the one before, where its files are handed out and the change log would be empty. Names of
    /// organisations may have changed all the same.
    pub(super) fn told_by(&self, r: &mut Reading) -> Result<Option<Release>> {
        match self.base {
            Some(base) if self.counts() == Counts::default() => {
                Ok(read::find(r, base)?.filter(Release::may_be_fetched))
            }
            Some(_) | None => Ok(None),
        }
    }

    /// How many cases changed.
    pub(super) fn counts(&self) -> Counts {
        let of = |kind: Kind| count(self.items.iter().filter(|item| item.kind == kind).count());
        Counts { added: of(Kind::Added), changed: of(Kind::Changed), withdrawn: count(self.withdrawn.len()) }
    }
}

/// A number of things as it is stored.
pub(super) fn count(things: usize) -> u64 {
    u64::try_from(things).unwrap_or(u64::MAX)
}

/// What became of cases that were held at these revisions, in the order of their random ids.
fn ends(r: &mut Reading, gone: HashMap<CaseId, u32>) -> Result<Vec<Withdrawn>> {
    let mut gone: Vec<(CaseId, u32)> = gone.into_iter().collect();
    gone.sort();
    let mut ends = Vec::with_capacity(gone.len());
    for chunk in gone.chunks(limits::BATCH) {
        let ids: Vec<&CaseId> = chunk.iter().map(|(case, _)| case).collect();
        let held: HashMap<&CaseId, u32> = chunk.iter().map(|(case, revision)| (case, *revision)).collect();
        for standing in store::standing(r, &ids)? {
            let revision = held.get(&standing.case).copied().unwrap_or_default();
            ends.push((revision, standing));
        }
    }
    read::ends(r, ends)
}

/// The release of this version that can be built anew, or why it cannot.
pub(super) fn to_rebuild(r: &mut Reading, version: Version) -> Result<Release> {
    let release = read::find(r, version)?.ok_or_else(|| {
        Error::Config(format!("there is no release {version}: `casebook release list` says which there are"))
    })?;
    match release.state {
        State::Replaced { by } => {
            Err(Error::Config(format!("release {version} was replaced by {by}: rebuild that one, if it has to be")))
        }
        State::Current | State::Recalled { .. } => Ok(release),
    }
}
