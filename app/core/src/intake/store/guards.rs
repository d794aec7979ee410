//! What guards the queue: fingerprints of submissions, and which of them wait in the pile.

use diesel::prelude::*;

use crate::{
    Error, Result,
    db::{Reading, Unrecorded, schema::submission_guards},
    ids::SubmissionId,
    intake::likeness::Fingerprint,
};

/// A submission as the guard knows it.
pub(in crate::intake) struct Guard {
    pub(in crate::intake) id: SubmissionId,
    pub(in crate::intake) fingerprint: Fingerprint,
    pub(in crate::intake) held: bool,
}

/// All of them, in the order of their random ids.
pub(in crate::intake) fn all(r: &mut Reading) -> Result<Vec<Guard>> {
    let rows: Vec<(SubmissionId, String, bool)> = submission_guards::table
        .order(submission_guards::submission_id)
        .select((submission_guards::submission_id, submission_guards::fingerprint, submission_guards::held))
        .load(r.conn())?;
    let read = |(id, fingerprint, held): (SubmissionId, String, bool)| {
        Ok(Guard { id, fingerprint: fingerprint.parse().map_err(Error::unexpected)?, held })
    };
    rows.into_iter().map(read).collect()
}

pub(in crate::intake) fn insert(tx: &mut Unrecorded, guard: &Guard) -> Result<()> {
    diesel::insert_into(submission_guards::table)
        .values((
            submission_guards::submission_id.eq(&guard.id),
            submission_guards::fingerprint.eq(guard.fingerprint.text()),
            submission_guards::held.eq(guard.held),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Takes a submission out of the pile; says whether it lay there.
pub(in crate::intake) fn release(tx: &mut Unrecorded, id: &SubmissionId) -> Result<bool> {
    let held = submission_guards::table.find(id).filter(submission_guards::held.eq(true));
    Ok(diesel::update(held).set(submission_guards::held.eq(false)).execute(tx.conn())? == 1)
}

pub(in crate::intake) fn delete(tx: &mut Unrecorded, id: &SubmissionId) -> Result<()> {
    diesel::delete(submission_guards::table.find(id)).execute(tx.conn())?;
    Ok(())
}
