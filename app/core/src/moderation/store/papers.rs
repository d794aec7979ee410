//! What moderators write for each other about published cases.

use diesel::prelude::*;

use crate::{
    Error, Result,
    db::{Reading, Unrecorded, schema::case_papers},
    ids::{CaseId, ReviewKeyId},
    seal::Envelope,
    staff::Anew,
};

pub(in crate::moderation) fn find(r: &mut Reading, case: &CaseId, part: &str) -> Result<Option<Envelope>> {
    Ok(case_papers::table.find((case, part)).select(case_papers::envelope).first(r.conn()).optional()?)
}

/// Stores an envelope for reviewers in place of `old`, unless that was destroyed or replaced meanwhile.
pub(in crate::moderation) fn replace_sealed(
    tx: &mut Unrecorded,
    (case, part): (&CaseId, &str),
    old: &Envelope,
    anew: &Anew,
) -> Result<()> {
    let row = case_papers::table.find((case, part)).filter(case_papers::envelope.eq(old));
    diesel::update(row)
        .set((case_papers::review_key_id.eq(&anew.key), case_papers::envelope.eq(&anew.envelope)))
        .execute(tx.conn())?;
    Ok(())
}

/// How many of the envelopes begin like this.
pub(in crate::moderation) fn count_sealed_to(r: &mut Reading, beginning: &str) -> Result<usize> {
    let sealed = case_papers::table.filter(case_papers::envelope.like(format!("{beginning}%")));
    usize::try_from(sealed.count().get_result::<i64>(r.conn())?).map_err(Error::unexpected)
}

/// The next `most` of the envelopes that begin like this, past the first `passed`: the case, the code of the part, the envelope.
pub(in crate::moderation) fn sealed_to(
    r: &mut Reading,
    beginning: &str,
    passed: usize,
    most: usize,
) -> Result<Vec<((CaseId, String), Envelope)>> {
    Ok(case_papers::table
        .filter(case_papers::envelope.like(format!("{beginning}%")))
        .order((case_papers::case_id, case_papers::part))
        .offset(i64::try_from(passed).unwrap_or(i64::MAX))
        .limit(i64::try_from(most).unwrap_or(i64::MAX))
        .select(((case_papers::case_id, case_papers::part), case_papers::envelope))
        .load(r.conn())?)
}

pub(in crate::moderation) fn put(
    tx: &mut Unrecorded,
    case: &CaseId,
    part: &str,
    key: &ReviewKeyId,
    envelope: &Envelope,
) -> Result<()> {
    delete(tx, case, part)?;
    diesel::insert_into(case_papers::table)
        .values((
            case_papers::case_id.eq(case),
            case_papers::part.eq(part),
            case_papers::review_key_id.eq(key),
            case_papers::envelope.eq(envelope),
        ))
        .execute(tx.conn())?;
    Ok(())
}

pub(in crate::moderation) fn delete(tx: &mut Unrecorded, case: &CaseId, part: &str) -> Result<()> {
    diesel::delete(case_papers::table.find((case, part))).execute(tx.conn())?;
    Ok(())
}
