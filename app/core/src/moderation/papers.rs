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
    staff::{self, Anew, ReviewKeys, Shelf},
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

/// All of them.
pub(super) struct CasePapers;

impl Shelf for CasePapers {
    /// The case and the code of the paper.
    type Row = (CaseId, String);
    const PURPOSE: &'static str = PURPOSE;

    fn place((case, code): &Self::Row) -> String {
        place(case, code)
    }

    fn count(r: &mut Reading, beginning: &str) -> Result<usize> {
        store::count_sealed_to(r, beginning)
    }

    fn part(r: &mut Reading, beginning: &str, passed: usize, most: usize) -> Result<Vec<(Self::Row, Envelope)>> {
        store::sealed_to(r, beginning, passed, most)
    }

    fn replace(tx: &mut Unrecorded, (case, code): &Self::Row, old: &Envelope, anew: &Anew) -> Result<()> {
        store::replace_sealed(tx, (case, code), old, anew)
    }
}
