//! The guard before the queue (protection.md section 7): near-duplicates are known by their fingerprints, and what comes over the site's pace
//! waits in a pile instead of being refused. Its author notices nothing of either.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Tools,
    likeness::{Fingerprint, families},
    store::guards::{self, Guard},
};
use crate::{
    Result,
    db::{Reading, Unrecorded},
    ids::SubmissionId,
};

/// Notes what has just been received. What is like something that is there stands beside it and takes nothing of the pace; so a flood of
/// one text leaves room for everybody else.
pub(super) fn note(tx: &mut Unrecorded, tools: &Tools<'_>, id: &SubmissionId, text: &str) -> Result<()> {
    let fingerprint = Fingerprint::of(text, tools.keys.fingerprints());
    let known = guards::all(tx)?;
    let mut alike = known.iter().filter(|guard| guard.fingerprint.is_like(&fingerprint)).peekable();
    let held = if alike.peek().is_some() {
        alike.all(|guard| guard.held)
    } else {
        tools.pace.is_some_and(|pace| !pace.admits(tx.now()))
    };
    guards::insert(tx, &Guard { id: id.clone(), fingerprint, held })
}

/// Notes a text anew that a contributor changed because moderators had asked for it: they wait for it, and it is not held.
pub(super) fn note_again(tx: &mut Unrecorded, tools: &Tools<'_>, id: &SubmissionId, text: &str) -> Result<()> {
    guards::delete(tx, id)?;
    let fingerprint = Fingerprint::of(text, tools.keys.fingerprints());
    guards::insert(tx, &Guard { id: id.clone(), fingerprint, held: false })
}

/// The submissions that wait in the pile.
///
/// # Errors
/// Those of the database.
pub fn held(r: &mut Reading) -> Result<BTreeSet<SubmissionId>> {
    Ok(guards::all(r)?.into_iter().filter(|guard| guard.held).map(|guard| guard.id).collect())
}

/// The families of near-duplicates among `of`: each submission with the first of its family in that order. One without a fingerprint stands for itself.
///
/// # Errors
/// Those of the database.
pub fn families_among(r: &mut Reading, of: &[SubmissionId]) -> Result<BTreeMap<SubmissionId, SubmissionId>> {
    let mut prints: BTreeMap<_, _> = guards::all(r)?.into_iter().map(|guard| (guard.id, guard.fingerprint)).collect();
    let (ids, prints): (Vec<_>, Vec<_>) =
        of.iter().filter_map(|id| prints.remove(id).map(|print| (id.clone(), print))).unzip();
    let heads = families(&prints);
    let mut all: BTreeMap<_, _> = of.iter().map(|id| (id.clone(), id.clone())).collect();
    all.extend(ids.iter().zip(heads).map(|(id, head)| (id.clone(), ids[head].clone())));
    Ok(all)
}

/// Takes a submission out of the pile, into the queue; says whether it lay there.
///
/// # Errors
/// Those of the database.
pub fn release(tx: &mut Unrecorded, id: &SubmissionId) -> Result<bool> {
    guards::release(tx, id)
}
