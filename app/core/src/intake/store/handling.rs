//! How moderators handle submissions.

use std::collections::BTreeMap;

use diesel::prelude::*;

use crate::{
    Error, Result,
    clock::Timestamp,
    db::{Reading, Unrecorded, schema::submission_handling},
    ids::{MemberId, SubmissionId},
    intake::handling::{Claim, Handling, Risk},
};

#[derive(Queryable)]
struct Row {
    risk: Option<String>,
    marker: Option<MemberId>,
    claimant: Option<MemberId>,
    claimed_until: Option<Timestamp>,
    acceptor: Option<MemberId>,
}

type Columns = (
    submission_handling::risk,
    submission_handling::marker_id,
    submission_handling::claimant_id,
    submission_handling::claimed_until,
    submission_handling::acceptor_id,
);
const COLUMNS: Columns = (
    submission_handling::risk,
    submission_handling::marker_id,
    submission_handling::claimant_id,
    submission_handling::claimed_until,
    submission_handling::acceptor_id,
);

impl Row {
    fn read(self) -> Result<Handling> {
        let claim = self.claimant.zip(self.claimed_until);
        Ok(Handling {
            risk: self.risk.map(|code| code.parse::<Risk>()).transpose().map_err(Error::unexpected)?,
            marker: self.marker,
            claim: claim.map(|(member, until)| Claim { member, until }),
            acceptor: self.acceptor,
        })
    }
}

pub(in crate::intake) fn find(r: &mut Reading, id: &SubmissionId) -> Result<Option<Handling>> {
    let row: Option<Row> = submission_handling::table.find(id).select(COLUMNS).first(r.conn()).optional()?;
    row.map(Row::read).transpose()
}

pub(in crate::intake) fn all(r: &mut Reading) -> Result<BTreeMap<SubmissionId, Handling>> {
    let rows: Vec<(SubmissionId, Row)> = submission_handling::table
        .order(submission_handling::submission_id)
        .select((submission_handling::submission_id, COLUMNS))
        .load(r.conn())?;
    rows.into_iter().map(|(id, row)| Ok((id, row.read()?))).collect()
}

pub(in crate::intake) fn put(tx: &mut Unrecorded, id: &SubmissionId, handling: &Handling) -> Result<()> {
    delete(tx, id)?;
    let claim = handling.claim.as_ref();
    diesel::insert_into(submission_handling::table)
        .values((
            submission_handling::submission_id.eq(id),
            submission_handling::risk.eq(handling.risk.map(Risk::code)),
            submission_handling::marker_id.eq(handling.marker.as_ref()),
            submission_handling::claimant_id.eq(claim.map(|claim| &claim.member)),
            submission_handling::claimed_until.eq(claim.map(|claim| claim.until)),
            submission_handling::acceptor_id.eq(handling.acceptor.as_ref()),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// A first acceptance holds for one text in one state.
pub(in crate::intake) fn forget_acceptor(tx: &mut Unrecorded, id: &SubmissionId) -> Result<()> {
    let nobody: Option<MemberId> = None;
    diesel::update(submission_handling::table.find(id))
        .set(submission_handling::acceptor_id.eq(nobody))
        .execute(tx.conn())?;
    Ok(())
}

/// What a member claimed or accepted first, who is not there any more, is nobody's.
pub(in crate::intake) fn forget_member(tx: &mut Unrecorded, member: &MemberId) -> Result<()> {
    let (nobody, never): (Option<MemberId>, Option<Timestamp>) = (None, None);
    diesel::update(submission_handling::table.filter(submission_handling::acceptor_id.eq(member)))
        .set(submission_handling::acceptor_id.eq(&nobody))
        .execute(tx.conn())?;
    diesel::update(submission_handling::table.filter(submission_handling::claimant_id.eq(member)))
        .set((submission_handling::claimant_id.eq(&nobody), submission_handling::claimed_until.eq(never)))
        .execute(tx.conn())?;
    Ok(())
}

pub(in crate::intake) fn delete(tx: &mut Unrecorded, id: &SubmissionId) -> Result<()> {
    diesel::delete(submission_handling::table.find(id)).execute(tx.conn())?;
    Ok(())
}
