//! The messages about submissions.

use diesel::{dsl::max, prelude::*};

use crate::{
    Error, Result,
    db::{Reading, Unrecorded, schema::submission_messages},
    ids::SubmissionId,
    intake::sealed::Recipient,
    seal::Envelope,
};

/// A thread as one recipient can open it, in its order.
pub(in crate::intake) fn of_submission(
    r: &mut Reading,
    id: &SubmissionId,
    recipient: Recipient,
) -> Result<Vec<(i32, Envelope)>> {
    Ok(submission_messages::table
        .filter(submission_messages::submission_id.eq(id))
        .filter(submission_messages::recipient.eq(recipient.code()))
        .order(submission_messages::position)
        .select((submission_messages::position, submission_messages::envelope))
        .load(r.conn())?)
}

/// The last place of a thread; none where nothing was written.
pub(in crate::intake) fn last(r: &mut Reading, id: &SubmissionId) -> Result<Option<i32>> {
    let thread = submission_messages::table.filter(submission_messages::submission_id.eq(id));
    Ok(thread.select(max(submission_messages::position)).first(r.conn())?)
}

/// How many messages a thread has.
pub(in crate::intake) fn count(r: &mut Reading, id: &SubmissionId) -> Result<usize> {
    let sealed = submission_messages::table
        .filter(submission_messages::submission_id.eq(id))
        .filter(submission_messages::recipient.eq(Recipient::Review.code()));
    usize::try_from(sealed.count().get_result::<i64>(r.conn())?).map_err(Error::unexpected)
}

pub(in crate::intake) fn find(
    r: &mut Reading,
    id: &SubmissionId,
    position: i32,
    recipient: Recipient,
) -> Result<Option<Envelope>> {
    let row = submission_messages::table.find((id, position, recipient.code()));
    Ok(row.select(submission_messages::envelope).first(r.conn()).optional()?)
}

pub(in crate::intake) fn put(
    tx: &mut Unrecorded,
    id: &SubmissionId,
    position: i32,
    recipient: Recipient,
    envelope: &Envelope,
) -> Result<()> {
    diesel::delete(submission_messages::table.find((id, position, recipient.code()))).execute(tx.conn())?;
    diesel::insert_into(submission_messages::table)
        .values((
            submission_messages::submission_id.eq(id),
            submission_messages::position.eq(position),
            submission_messages::recipient.eq(recipient.code()),
            submission_messages::envelope.eq(envelope),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Destroys one message, for both who could open it.
pub(in crate::intake) fn delete_one(tx: &mut Unrecorded, id: &SubmissionId, position: i32) -> Result<()> {
    let message = submission_messages::table
        .filter(submission_messages::submission_id.eq(id))
        .filter(submission_messages::position.eq(position));
    diesel::delete(message).execute(tx.conn())?;
    Ok(())
}

/// Destroys a thread.
pub(in crate::intake) fn delete(tx: &mut Unrecorded, id: &SubmissionId) -> Result<()> {
    diesel::delete(submission_messages::table.filter(submission_messages::submission_id.eq(id))).execute(tx.conn())?;
    Ok(())
}

/// The next `most` of the messages for reviewers that begin like this, past the first `passed`: the submission, the place, the envelope.
pub(in crate::intake) fn sealed_to(
    r: &mut Reading,
    beginning: &str,
    passed: usize,
    most: usize,
) -> Result<Vec<((SubmissionId, i32), Envelope)>> {
    Ok(submission_messages::table
        .filter(submission_messages::recipient.eq(Recipient::Review.code()))
        .filter(submission_messages::envelope.like(format!("{beginning}%")))
        .order((submission_messages::submission_id, submission_messages::position))
        .offset(i64::try_from(passed).unwrap_or(i64::MAX))
        .limit(i64::try_from(most).unwrap_or(i64::MAX))
        .select(((submission_messages::submission_id, submission_messages::position), submission_messages::envelope))
        .load(r.conn())?)
}

/// Stores an envelope for reviewers in place of `old`, unless that was destroyed or replaced meanwhile.
pub(in crate::intake) fn replace_sealed(
    tx: &mut Unrecorded,
    (id, position): (&SubmissionId, i32),
    old: &Envelope,
    anew: &Envelope,
) -> Result<()> {
    let row = submission_messages::table
        .find((id, position, Recipient::Review.code()))
        .filter(submission_messages::envelope.eq(old));
    diesel::update(row).set(submission_messages::envelope.eq(anew)).execute(tx.conn())?;
    Ok(())
}

/// How many of the messages for reviewers lie in envelopes that begin like this.
pub(in crate::intake) fn count_sealed_to(r: &mut Reading, beginning: &str) -> Result<usize> {
    let sealed = submission_messages::table
        .filter(submission_messages::recipient.eq(Recipient::Review.code()))
        .filter(submission_messages::envelope.like(format!("{beginning}%")));
    usize::try_from(sealed.count().get_result::<i64>(r.conn())?).map_err(Error::unexpected)
}
