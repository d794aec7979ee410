//! The queries for words that readers do not see, and for rewriting revisions.

use diesel::prelude::*;

use super::{RevisionRow, delete_projection, insert_projection, number};
use crate::{
    Result,
    cases::projection::{FORM, Projection},
    db::{
        Reading, Unrecorded,
        schema::{case_revisions, cases, redactions},
    },
    ids::{CaseId, RedactionId},
};

/// Words of a case: id, case, words, code of the reason.
pub(in crate::cases) type RedactionRow = (RedactionId, CaseId, String, String);

/// The redacted words of these cases, in the order of random ids.
pub(in crate::cases) fn redactions_of(r: &mut Reading, cases: &[CaseId]) -> Result<Vec<RedactionRow>> {
    Ok(redactions::table
        .filter(redactions::case_id.eq_any(cases))
        .order((redactions::case_id, redactions::id))
        .select((redactions::id, redactions::case_id, redactions::words, redactions::reason))
        .load(r.conn())?)
}

pub(in crate::cases) fn insert_redaction(
    tx: &mut Unrecorded,
    id: &RedactionId,
    case: &CaseId,
    words: &str,
    reason: &str,
) -> Result<()> {
    diesel::insert_into(redactions::table)
        .values((
            redactions::id.eq(id),
            redactions::case_id.eq(case),
            redactions::words.eq(words),
            redactions::reason.eq(reason),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Says whether it was there.
pub(in crate::cases) fn delete_redaction(tx: &mut Unrecorded, case: &CaseId, id: &RedactionId) -> Result<bool> {
    let row = redactions::table.find(id).filter(redactions::case_id.eq(case));
    Ok(diesel::delete(row).execute(tx.conn())? == 1)
}

/// Every revision of a case with its document, oldest first.
pub(in crate::cases) fn revisions_with_documents(r: &mut Reading, id: &CaseId) -> Result<Vec<(RevisionRow, String)>> {
    Ok(case_revisions::table
        .filter(case_revisions::case_id.eq(id))
        .order(case_revisions::revision)
        .select((
            (case_revisions::revision, case_revisions::published, case_revisions::reason),
            case_revisions::document,
        ))
        .load(r.conn())?)
}

/// Puts another document and reason in the place of what a revision held.
pub(in crate::cases) fn rewrite_revision(
    tx: &mut Unrecorded,
    id: &CaseId,
    revision: i32,
    reason: Option<&str>,
    document: &str,
) -> Result<()> {
    diesel::update(case_revisions::table.find((id, revision)))
        .set((case_revisions::reason.eq(reason), case_revisions::document.eq(document)))
        .execute(tx.conn())?;
    Ok(())
}

/// Puts another projection in the place of the one that a case has; its revision stays.
pub(in crate::cases) fn project_anew(
    tx: &mut Unrecorded,
    id: &CaseId,
    projection: &Projection,
    generation: i64,
) -> Result<()> {
    diesel::update(cases::table.find(id))
        .set((
            cases::title_folded.eq(&projection.title_folded),
            cases::population.eq(projection.computed.population.and_then(|count| i64::try_from(count).ok())),
            cases::year_from.eq(projection.years.map(|(from, _)| from)),
            cases::year_to.eq(projection.years.map(|(_, to)| to)),
            cases::computed.eq(serde_json::to_string(&projection.computed)?),
            cases::changed_in.eq(generation),
            cases::projected.eq(FORM),
        ))
        .execute(tx.conn())?;
    delete_projection(tx, id)?;
    insert_projection(tx, id, projection)
}

/// The document of the current revision of a case.
pub(in crate::cases) fn current_document(r: &mut Reading, id: &CaseId) -> Result<Option<String>> {
    let Some(head) = super::head(r, id)? else { return Ok(None) };
    super::document(r, id, number(u32::try_from(head.revision).unwrap_or_default()))
}
