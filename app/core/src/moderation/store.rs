//! The queries for drafts of revisions; those for conflicts, demands and papers stand in files of their own.

pub(super) mod conflicts;
pub(super) mod demands;
pub(super) mod papers;

use diesel::prelude::*;

use crate::{
    Error, Result,
    db::{Reading, Unrecorded, schema::review_drafts},
    ids::{CaseId, ReviewDraftId, ReviewKeyId},
    seal::Envelope,
    staff::Anew,
};

pub(super) fn find(r: &mut Reading, id: &ReviewDraftId) -> Result<Option<Envelope>> {
    Ok(review_drafts::table.find(id).select(review_drafts::envelope).first(r.conn()).optional()?)
}

/// The draft of a case, and the revision that it was made from.
pub(super) fn of_case(r: &mut Reading, case: &CaseId) -> Result<Option<(ReviewDraftId, u32)>> {
    let row: Option<(ReviewDraftId, i32)> = review_drafts::table
        .filter(review_drafts::case_id.eq(case))
        .select((review_drafts::id, review_drafts::base_revision))
        .first(r.conn())
        .optional()?;
    Ok(row.map(|(id, base)| (id, u32::try_from(base).unwrap_or_default())))
}

/// The next `most` of the drafts whose envelopes begin like this, past the first `passed`.
pub(super) fn sealed_to(
    r: &mut Reading,
    beginning: &str,
    passed: usize,
    most: usize,
) -> Result<Vec<(ReviewDraftId, Envelope)>> {
    Ok(review_drafts::table
        .filter(review_drafts::envelope.like(format!("{beginning}%")))
        .order(review_drafts::id)
        .offset(i64::try_from(passed).unwrap_or(i64::MAX))
        .limit(i64::try_from(most).unwrap_or(i64::MAX))
        .select((review_drafts::id, review_drafts::envelope))
        .load(r.conn())?)
}

/// Stores an envelope for reviewers in place of `old`, unless that was destroyed or replaced meanwhile.
pub(super) fn replace_sealed(tx: &mut Unrecorded, id: &ReviewDraftId, old: &Envelope, anew: &Anew) -> Result<()> {
    let row = review_drafts::table.find(id).filter(review_drafts::envelope.eq(old));
    diesel::update(row)
        .set((review_drafts::review_key_id.eq(&anew.key), review_drafts::envelope.eq(&anew.envelope)))
        .execute(tx.conn())?;
    Ok(())
}

/// How many drafts lie in envelopes that begin like this.
pub(super) fn count_sealed_to(r: &mut Reading, beginning: &str) -> Result<usize> {
    let sealed = review_drafts::table.filter(review_drafts::envelope.like(format!("{beginning}%")));
    usize::try_from(sealed.count().get_result::<i64>(r.conn())?).map_err(Error::unexpected)
}

/// Every draft, with the case whose next revision it is.
pub(super) fn all(r: &mut Reading) -> Result<Vec<(ReviewDraftId, CaseId, Envelope)>> {
    Ok(review_drafts::table
        .order(review_drafts::id)
        .select((review_drafts::id, review_drafts::case_id, review_drafts::envelope))
        .load(r.conn())?)
}

pub(super) fn insert(
    tx: &mut Unrecorded,
    id: &ReviewDraftId,
    case: &CaseId,
    base: u32,
    key: &ReviewKeyId,
    envelope: &Envelope,
) -> Result<()> {
    diesel::insert_into(review_drafts::table)
        .values((
            review_drafts::id.eq(id),
            review_drafts::case_id.eq(case),
            review_drafts::base_revision.eq(i32::try_from(base).unwrap_or(i32::MAX)),
            review_drafts::review_key_id.eq(key),
            review_drafts::envelope.eq(envelope),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Says whether the draft was there.
pub(super) fn put(tx: &mut Unrecorded, id: &ReviewDraftId, key: &ReviewKeyId, envelope: &Envelope) -> Result<bool> {
    let changed = diesel::update(review_drafts::table.find(id))
        .set((review_drafts::review_key_id.eq(key), review_drafts::envelope.eq(envelope)))
        .execute(tx.conn())?;
    Ok(changed == 1)
}

pub(super) fn delete(tx: &mut Unrecorded, id: &ReviewDraftId) -> Result<()> {
    diesel::delete(review_drafts::table.find(id)).execute(tx.conn())?;
    Ok(())
}
