//! What readers are told of releases.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::{Change, Changes, Counts, Coverage, End, Release, ReleaseFile, State, Version, Waived, Withdrawn, store};
use crate::{
    Result,
    cases::{Vocabulary, published},
    db::Reading,
    ids::CaseId,
};

/// What the database keeps of a release beside figures.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Manifest {
    /// Its files.
    pub(super) files: Vec<ReleaseFile>,
    /// What was waived.
    pub(super) waived: Vec<Waived>,
    /// What its cases span.
    #[serde(default)]
    pub(super) coverage: Coverage,
}

/// All releases with all their editions, the newest first.
///
/// # Errors
/// Those of the database.
pub fn all(r: &mut Reading) -> Result<Vec<Release>> {
    let rows = store::all(r)?;
    let recalled: HashMap<Version, u64> = store::recalled(r)?.into_iter().collect();
    let mut newest: HashMap<u32, Version> = HashMap::new();
    let mut releases = Vec::with_capacity(rows.len());
    for row in rows {
        let version = row.version();
        let last = *newest.entry(version.number).or_insert(version);
        let state = match recalled.get(&version) {
            _ if last != version => State::Replaced { by: last },
            Some(cases) => State::Recalled { cases: *cases },
            None => State::Current,
        };
        releases.push(release(row, state)?);
    }
    Ok(releases)
}

fn release(row: store::Row, state: State) -> Result<Release> {
    let Manifest { files, waived, coverage } = serde_json::from_str(&row.manifest)?;
    let [added, changed, withdrawn] = row.counts();
    Ok(Release {
        version: row.version(),
        day: row.day,
        cases: row.cases(),
        schema: row.form(),
        base: row.base(),
        vocabulary: row.vocabulary,
        generation: row.generation,
        counts: Counts { added, changed, withdrawn },
        note: row.note.filter(|_| state == State::Current),
        public_key: row.public_key,
        files,
        waived,
        coverage,
        state,
    })
}

/// One release.
///
/// # Errors
/// Those of the database.
pub fn find(r: &mut Reading, version: Version) -> Result<Option<Release>> {
    Ok(all(r)?.into_iter().find(|release| release.version == version))
}

/// The newest edition of the last snapshot, whether or not it can be fetched.
///
/// # Errors
/// Those of the database.
pub fn newest(r: &mut Reading) -> Result<Option<Release>> {
    Ok(all(r)?.into_iter().next())
}

/// The releases that wait to be built anew, since something of them is not public any more; the newest first.
///
/// # Errors
/// Those of the database.
pub fn waiting(r: &mut Reading) -> Result<Vec<Release>> {
    let recalled = |release: &Release| matches!(release.state, State::Recalled { .. });
    Ok(all(r)?.into_iter().filter(recalled).collect())
}

/// What a release changed against the one before, at most so many cases of each kind; how many there were says [`Release::counts`].
///
/// # Errors
/// Those of the database.
pub fn changes(r: &mut Reading, vocabulary: Vocabulary<'_>, release: &Release, most: usize) -> Result<Changes> {
    let (added, hidden) = named(r, vocabulary, release.version, "added", most)?;
    let (changed, more_hidden) = named(r, vocabulary, release.version, "changed", most)?;
    let withdrawn = withdrawn(r, release.version, most)?;
    Ok(Changes { added, changed, withdrawn, unnamed: hidden + more_hidden })
}

/// The cases of a release with which this was done that are in every list today, and how many are not.
fn named(
    r: &mut Reading,
    vocabulary: Vocabulary<'_>,
    version: Version,
    change: &str,
    most: usize,
) -> Result<(Vec<Change>, u64)> {
    let rows = store::changes(r, version, change, bound(most))?;
    let number = |revision: i32| u32::try_from(revision).unwrap_or_default();
    let wanted: Vec<(CaseId, u32)> = rows.iter().map(|(case, revision, _)| (case.clone(), number(*revision))).collect();
    let before: HashMap<&CaseId, Option<i32>> = rows.iter().map(|(case, _, before)| (case, *before)).collect();
    let mut named = Vec::new();
    for current in published::cited(r, vocabulary, &wanted)? {
        let before = before.get(&current.id).copied().flatten().map(number);
        let (document, _) = current.read()?;
        named.push(Change { case: document.id, title: document.title.text, revision: document.revision, before });
    }
    let hidden = rows.len().saturating_sub(named.len());
    Ok((named, u64::try_from(hidden).unwrap_or(u64::MAX)))
}

fn withdrawn(r: &mut Reading, version: Version, most: usize) -> Result<Vec<Withdrawn>> {
    let rows = store::withdrawn(r, version, bound(most))?;
    ends(r, rows)
}

/// What became of these cases, each with the revision that was released last.
pub(super) fn ends(r: &mut Reading, gone: Vec<(u32, store::Standing)>) -> Result<Vec<Withdrawn>> {
    let into: Vec<CaseId> = gone.iter().filter_map(|(_, standing)| standing.into.clone()).collect();
    let listed = published::listed_among(r, &into)?;
    let withdrawn = gone.into_iter().map(|(revision, standing)| {
        let reason = standing.reason.unwrap_or_default();
        let end = match (standing.visibility.as_str(), standing.into) {
            (_, Some(into)) => End::Merged(Some(into).filter(|into| listed.contains(into))),
            ("public", None) => End::Shown,
            ("unlisted", None) => End::Unlisted(reason),
            _ => End::Hidden(reason),
        };
        Withdrawn { case: standing.case, revision, end }
    });
    Ok(withdrawn.collect())
}

fn bound(most: usize) -> i64 {
    i64::try_from(most).unwrap_or(i64::MAX)
}
