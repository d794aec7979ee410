//! What moderators write for each other about published cases.

use diesel::prelude::*;

use crate::{
    Result,
    db::{Reading, Unrecorded, schema::case_papers},
    ids::{CaseId, ReviewKeyId},
    seal::Envelope,
};

pub(in crate::moderation) fn find(r: &mut Reading, case: &CaseId, part: &str) -> Result<Option<Envelope>> {
    Ok(case_papers::table.find((case, part)).select(case_papers::envelope).first(r.conn()).optional()?)
}

/// Everything there is: the case, the code of the part, the envelope.
pub(in crate::moderation) fn all(r: &mut Reading) -> Result<Vec<(CaseId, String, Envelope)>> {
    Ok(case_papers::table
        .order((case_papers::case_id, case_papers::part))
        .select((case_papers::case_id, case_papers::part, case_papers::envelope))
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
