//! What moderators write for each other about a published case, sealed to the review key alone. That about a submission is a part of it and
//! lies with intake.

use serde::{Serialize, de::DeserializeOwned};

use super::store::papers as store;
use crate::{
    Result,
    db::{Reading, Unrecorded},
    ids::CaseId,
    intake::handling::Paper,
    seal::{self, Envelope},
    staff::{self, ReviewKeys},
};

/// The purpose of their envelopes; the place says of which case and what.
const PURPOSE: &str = "paper of a case";

fn code(paper: Paper) -> &'static str {
    match paper {
        Paper::Notes => "notes",
        Paper::Checklist => "checklist",
    }
}

fn place(case: &CaseId, code: &str) -> String {
    format!("{case} {code}")
}

/// A paper, if it was begun.
pub(super) fn of_case<T: DeserializeOwned>(
    r: &mut Reading,
    case: &CaseId,
    paper: Paper,
    keys: &ReviewKeys,
) -> Result<Option<T>> {
    let envelope = store::find(r, case, code(paper))?;
    let opened = envelope.map(|sealed| keys.open_json(PURPOSE, &place(case, code(paper)), &sealed));
    Ok(opened.transpose()?)
}

/// Stores a paper in place of the one before.
pub(super) fn put<T: Serialize>(tx: &mut Unrecorded, case: &CaseId, paper: Paper, written: &T) -> Result<()> {
    let recipient = staff::lock_review_key(tx)?;
    let place = place(case, code(paper));
    let envelope = seal::seal_json(&recipient.public_key, PURPOSE, &place, written, tx.random())?;
    store::put(tx, case, code(paper), &recipient.id, &envelope)
}

/// Destroys the notes on a case; the checklist holds codes alone and stays.
pub(super) fn forget_notes(tx: &mut Unrecorded, case: &CaseId) -> Result<()> {
    store::delete(tx, case, code(Paper::Notes))
}

/// How many lie in envelopes that begin like this; see [`Envelope::beginning`].
pub(super) fn count_sealed_to(r: &mut Reading, beginnings: &[String]) -> Result<usize> {
    let is_meant = |envelope: &Envelope| beginnings.iter().any(|beginning| envelope.as_str().starts_with(beginning));
    Ok(store::all(r)?.iter().filter(|(_, _, envelope)| is_meant(envelope)).count())
}

/// Seals anew to the review key in use at most so many of those under retired ones, and says how many that were.
pub(super) fn reseal(tx: &mut Unrecorded, keys: &ReviewKeys, most: usize) -> Result<usize> {
    let mut done = 0;
    let sealed = store::all(tx)?;
    for (case, code, envelope) in sealed.into_iter().filter(|(_, _, envelope)| keys.is_retired(envelope)).take(most) {
        // A damaged one opens for nobody; it stays, and the count says so.
        let Ok(text) = keys.open(PURPOSE, &place(&case, &code), &envelope) else { continue };
        let recipient = staff::lock_review_key(tx)?;
        let anew = seal::seal(&recipient.public_key, PURPOSE, &place(&case, &code), &text, tx.random())?;
        store::put(tx, &case, &code, &recipient.id, &anew)?;
        done += 1;
    }
    Ok(done)
}
