//! Conflicts of interest.

use diesel::prelude::*;

use crate::{
    Result,
    db::{Reading, Unrecorded, schema::conflicts_of_interest},
    ids::{CaseId, ConflictId, MemberId, SubmissionId},
    moderation::About,
};

pub(in crate::moderation) fn of_member(r: &mut Reading, member: &MemberId) -> Result<Vec<About>> {
    let rows: Vec<(Option<SubmissionId>, Option<CaseId>)> = conflicts_of_interest::table
        .filter(conflicts_of_interest::member_id.eq(member))
        .order(conflicts_of_interest::id)
        .select((conflicts_of_interest::submission_id, conflicts_of_interest::case_id))
        .load(r.conn())?;
    let about = |(submission, case): (Option<_>, Option<_>)| match submission {
        Some(id) => Some(About::Submission(id)),
        None => case.map(About::Case),
    };
    Ok(rows.into_iter().filter_map(about).collect())
}

pub(in crate::moderation) fn insert(
    tx: &mut Unrecorded,
    id: &ConflictId,
    member: &MemberId,
    about: &About,
) -> Result<()> {
    let (submission, case) = match about {
        About::Submission(id) => (Some(id), None),
        About::Case(id) => (None, Some(id)),
    };
    diesel::insert_into(conflicts_of_interest::table)
        .values((
            conflicts_of_interest::id.eq(id),
            conflicts_of_interest::member_id.eq(member),
            conflicts_of_interest::submission_id.eq(submission),
            conflicts_of_interest::case_id.eq(case),
        ))
        .execute(tx.conn())?;
    Ok(())
}
