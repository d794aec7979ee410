//! Submissions and their envelopes.

use diesel::prelude::*;

use super::{drafts, exchange, guards, handling, messages};
use crate::{
    Error, Result,
    clock::Day,
    db::{
        Reading, Unrecorded,
        schema::{submission_envelopes, submission_messages, submissions},
    },
    ids::{CaseId, SubmissionId},
    intake::{
        exchange::Item,
        sealed::{Part, Recipient},
        state::{State, Submission},
    },
    seal::{Envelope, PublicKey},
    secret::LookupHash,
};

/// A submission as it is first stored.
pub(in crate::intake) struct New<'a> {
    pub(in crate::intake) submission: &'a Submission,
    pub(in crate::intake) lookup: &'a LookupHash,
    pub(in crate::intake) public_key: &'a PublicKey,
    pub(in crate::intake) form_hash: &'a LookupHash,
}

#[derive(Queryable)]
struct Row {
    id: SubmissionId,
    kind: String,
    state: String,
    week: String,
    completeness: Option<String>,
    unconfirmed: bool,
    expires: Option<Day>,
    due: Option<Day>,
    case: Option<CaseId>,
}

type Columns = (
    submissions::id,
    submissions::kind,
    submissions::state,
    submissions::week,
    submissions::completeness,
    submissions::unconfirmed,
    submissions::expires,
    submissions::due,
    submissions::case_id,
);
const COLUMNS: Columns = (
    submissions::id,
    submissions::kind,
    submissions::state,
    submissions::week,
    submissions::completeness,
    submissions::unconfirmed,
    submissions::expires,
    submissions::due,
    submissions::case_id,
);

impl Row {
    fn read(self) -> Result<Submission> {
        Ok(Submission {
            id: self.id,
            kind: self.kind,
            state: self.state.parse().map_err(Error::unexpected)?,
            week: self.week.parse().map_err(Error::unexpected)?,
            completeness: self.completeness,
            unconfirmed: self.unconfirmed,
            expires: self.expires,
            due: self.due,
            case: self.case,
        })
    }
}

fn codes(states: &[State]) -> Vec<&'static str> {
    states.iter().map(|state| state.code()).collect()
}

pub(in crate::intake) fn insert(tx: &mut Unrecorded, new: &New<'_>) -> Result<()> {
    let it = new.submission;
    diesel::insert_into(submissions::table)
        .values((
            submissions::id.eq(&it.id),
            submissions::lookup.eq(new.lookup.as_str()),
            submissions::public_key.eq(new.public_key),
            submissions::kind.eq(&it.kind),
            submissions::state.eq(it.state.code()),
            submissions::week.eq(it.week.to_string()),
            submissions::completeness.eq(it.completeness.as_deref()),
            submissions::unconfirmed.eq(it.unconfirmed),
            submissions::form_hash.eq(new.form_hash.as_str()),
            submissions::expires.eq(it.expires),
        ))
        .execute(tx.conn())?;
    Ok(())
}

pub(in crate::intake) fn find(r: &mut Reading, id: &SubmissionId) -> Result<Option<Submission>> {
    let row: Option<Row> = submissions::table.find(id).select(COLUMNS).first(r.conn()).optional()?;
    row.map(Row::read).transpose()
}

pub(in crate::intake) fn of_words(r: &mut Reading, lookup: &LookupHash) -> Result<Option<Submission>> {
    let row: Option<Row> = submissions::table
        .filter(submissions::lookup.eq(lookup.as_str()))
        .select(COLUMNS)
        .first(r.conn())
        .optional()?;
    row.map(Row::read).transpose()
}

pub(in crate::intake) fn is_sent(r: &mut Reading, form_hash: &LookupHash) -> Result<bool> {
    let row = submissions::table.filter(submissions::form_hash.eq(form_hash.as_str())).select(submissions::id);
    Ok(row.first::<SubmissionId>(r.conn()).optional()?.is_some())
}

pub(in crate::intake) fn public_key(r: &mut Reading, id: &SubmissionId) -> Result<Option<PublicKey>> {
    let row = submissions::table.find(id).select(submissions::public_key);
    Ok(row.first::<Option<PublicKey>>(r.conn()).optional()?.flatten())
}

/// Submissions in these states: the oldest week first, within a week in the order of their random ids.
pub(in crate::intake) fn in_states(r: &mut Reading, states: &[State]) -> Result<Vec<Submission>> {
    let rows: Vec<Row> = submissions::table
        .filter(submissions::state.eq_any(codes(states)))
        .order((submissions::week, submissions::id))
        .select(COLUMNS)
        .load(r.conn())?;
    rows.into_iter().map(Row::read).collect()
}

/// Those about which somebody wrote a message: the oldest week first, within a week in the order of their random ids.
pub(in crate::intake) fn with_messages(r: &mut Reading) -> Result<Vec<Submission>> {
    let rows: Vec<Row> = submissions::table
        .filter(submissions::id.eq_any(submission_messages::table.select(submission_messages::submission_id)))
        .order((submissions::week, submissions::id))
        .select(COLUMNS)
        .load(r.conn())?;
    rows.into_iter().map(Row::read).collect()
}

/// Makes whoever else would change the submission, or what lies beside it, wait until this transaction ends.
pub(in crate::intake) fn lock(tx: &mut Unrecorded, id: &SubmissionId) -> Result<()> {
    diesel::update(submissions::table.find(id)).set(submissions::id.eq(id)).execute(tx.conn())?;
    Ok(())
}

/// Those of a case that are in one state.
pub(in crate::intake) fn of_case(r: &mut Reading, case: &CaseId, state: State) -> Result<Vec<SubmissionId>> {
    Ok(submissions::table
        .filter(submissions::case_id.eq(case))
        .filter(submissions::state.eq(state.code()))
        .order(submissions::id)
        .select(submissions::id)
        .load(r.conn())?)
}

/// Accepted ones whose day has come.
pub(in crate::intake) fn due(r: &mut Reading) -> Result<Vec<SubmissionId>> {
    let today = r.today();
    Ok(submissions::table
        .filter(submissions::state.eq(State::Accepted.code()))
        .filter(submissions::due.le(today))
        .order(submissions::id)
        .select(submissions::id)
        .load(r.conn())?)
}

/// What is readable of a submission that its contributor changed.
pub(in crate::intake) struct Revised {
    pub(in crate::intake) kind: &'static str,
    pub(in crate::intake) completeness: String,
    pub(in crate::intake) form_hash: LookupHash,
}

/// Puts what was changed in place of what was sent, if changes are still asked for; says whether they are.
pub(in crate::intake) fn replace(tx: &mut Unrecorded, id: &SubmissionId, revised: &Revised) -> Result<bool> {
    let row = submissions::table.find(id).filter(submissions::state.eq(State::ChangesRequested.code()));
    let set = (
        submissions::state.eq(State::Received.code()),
        submissions::kind.eq(revised.kind),
        submissions::completeness.eq(&revised.completeness),
        submissions::form_hash.eq(revised.form_hash.as_str()),
    );
    Ok(diesel::update(row).set(set).execute(tx.conn())? == 1)
}

/// Deletes the form that was kept under the words of a submission, so that it does not outlive what it changes.
pub(in crate::intake) fn delete_kept(tx: &mut Unrecorded, id: &SubmissionId) -> Result<()> {
    let lookup: Option<Option<String>> =
        submissions::table.find(id).select(submissions::lookup).first(tx.conn()).optional()?;
    match lookup.flatten() {
        Some(lookup) => drafts::delete_kept(tx, &lookup).map(drop),
        None => Ok(()),
    }
}

/// Those that can be opened until a day that has passed.
pub(in crate::intake) fn expired(r: &mut Reading) -> Result<Vec<Submission>> {
    let today = r.today();
    let rows: Vec<Row> = submissions::table
        .filter(submissions::expires.le(today))
        .order(submissions::id)
        .select(COLUMNS)
        .load(r.conn())?;
    rows.into_iter().map(Row::read).collect()
}

/// Moves a submission on if it still stands where the caller saw it; says whether it did.
pub(in crate::intake) fn move_on(
    tx: &mut Unrecorded,
    id: &SubmissionId,
    from: &[State],
    to: State,
    due: Option<Day>,
) -> Result<bool> {
    let row = submissions::table.find(id).filter(submissions::state.eq_any(codes(from)));
    let changed =
        diesel::update(row).set((submissions::state.eq(to.code()), submissions::due.eq(due))).execute(tx.conn())?;
    handling::forget_acceptor(tx, id)?;
    Ok(changed == 1)
}

/// Moves an expired submission on if it still stands where the caller saw it and nobody gave it more time; says whether it did.
pub(in crate::intake) fn expire(tx: &mut Unrecorded, id: &SubmissionId, from: State, to: State) -> Result<bool> {
    let today = tx.today();
    let row =
        submissions::table.find(id).filter(submissions::state.eq(from.code())).filter(submissions::expires.le(today));
    let never: Option<Day> = None;
    let set = (submissions::state.eq(to.code()), submissions::expires.eq(never));
    Ok(diesel::update(row).set(set).execute(tx.conn())? == 1)
}

pub(in crate::intake) fn set_expiry(tx: &mut Unrecorded, id: &SubmissionId, expires: Day) -> Result<()> {
    diesel::update(submissions::table.find(id)).set(submissions::expires.eq(Some(expires))).execute(tx.conn())?;
    Ok(())
}

/// The same if it stands in one of these states; says whether it did.
pub(in crate::intake) fn set_expiry_in(
    tx: &mut Unrecorded,
    id: &SubmissionId,
    states: &[State],
    expires: Day,
) -> Result<bool> {
    let row = submissions::table.find(id).filter(submissions::state.eq_any(codes(states)));
    Ok(diesel::update(row).set(submissions::expires.eq(Some(expires))).execute(tx.conn())? == 1)
}

pub(in crate::intake) fn set_case(tx: &mut Unrecorded, id: &SubmissionId, case: &CaseId) -> Result<()> {
    diesel::update(submissions::table.find(id)).set(submissions::case_id.eq(case)).execute(tx.conn())?;
    Ok(())
}

pub(in crate::intake) fn confirm(tx: &mut Unrecorded, lookup: &LookupHash) -> Result<()> {
    let row = submissions::table.filter(submissions::lookup.eq(lookup.as_str()));
    diesel::update(row).set(submissions::unconfirmed.eq(false)).execute(tx.conn())?;
    Ok(())
}

/// Leaves id, kind, state and week.
pub(in crate::intake) fn make_stub(tx: &mut Unrecorded, id: &SubmissionId) -> Result<()> {
    handling::delete(tx, id)?;
    delete_kept(tx, id)?;
    exchange::delete(tx, id, &Item::ALL)?;
    diesel::delete(submission_envelopes::table.filter(submission_envelopes::submission_id.eq(id)))
        .execute(tx.conn())?;
    guards::delete(tx, id)?;
    messages::delete(tx, id)?;
    let nothing: Option<String> = None;
    let no_day: Option<Day> = None;
    diesel::update(submissions::table.find(id))
        .set((
            submissions::lookup.eq(&nothing),
            submissions::public_key.eq(&nothing),
            submissions::completeness.eq(&nothing),
            submissions::form_hash.eq(&nothing),
            submissions::expires.eq(no_day),
            submissions::due.eq(no_day),
        ))
        .execute(tx.conn())?;
    Ok(())
}

pub(in crate::intake) fn envelope(
    r: &mut Reading,
    id: &SubmissionId,
    part: Part,
    recipient: Recipient,
) -> Result<Option<Envelope>> {
    let row = submission_envelopes::table.find((id, part.code(), recipient.code()));
    Ok(row.select(submission_envelopes::envelope).first(r.conn()).optional()?)
}

/// The next `most` of the envelopes for reviewers that begin like this, past the first `passed`: the submission, the code of the part, the
/// envelope.
pub(in crate::intake) fn sealed_to(
    r: &mut Reading,
    beginning: &str,
    passed: usize,
    most: usize,
) -> Result<Vec<((SubmissionId, String), Envelope)>> {
    Ok(submission_envelopes::table
        .filter(submission_envelopes::recipient.eq(Recipient::Review.code()))
        .filter(submission_envelopes::envelope.like(format!("{beginning}%")))
        .order((submission_envelopes::submission_id, submission_envelopes::part))
        .offset(i64::try_from(passed).unwrap_or(i64::MAX))
        .limit(i64::try_from(most).unwrap_or(i64::MAX))
        .select(((submission_envelopes::submission_id, submission_envelopes::part), submission_envelopes::envelope))
        .load(r.conn())?)
}

/// Stores an envelope for reviewers in place of `old`, unless that was destroyed or replaced meanwhile.
pub(in crate::intake) fn replace_sealed(
    tx: &mut Unrecorded,
    (id, part): (&SubmissionId, &str),
    old: &Envelope,
    anew: &Envelope,
) -> Result<()> {
    let row = submission_envelopes::table
        .find((id, part, Recipient::Review.code()))
        .filter(submission_envelopes::envelope.eq(old));
    diesel::update(row).set(submission_envelopes::envelope.eq(anew)).execute(tx.conn())?;
    Ok(())
}

/// How many of the envelopes for reviewers begin like this.
pub(in crate::intake) fn count_sealed_to(r: &mut Reading, beginning: &str) -> Result<usize> {
    let sealed = submission_envelopes::table
        .filter(submission_envelopes::recipient.eq(Recipient::Review.code()))
        .filter(submission_envelopes::envelope.like(format!("{beginning}%")));
    usize::try_from(sealed.count().get_result::<i64>(r.conn())?).map_err(Error::unexpected)
}

pub(in crate::intake) fn put_envelope(
    tx: &mut Unrecorded,
    id: &SubmissionId,
    part: &str,
    recipient: Recipient,
    envelope: &Envelope,
) -> Result<()> {
    diesel::delete(submission_envelopes::table.find((id, part, recipient.code()))).execute(tx.conn())?;
    diesel::insert_into(submission_envelopes::table)
        .values((
            submission_envelopes::submission_id.eq(id),
            submission_envelopes::part.eq(part),
            submission_envelopes::recipient.eq(recipient.code()),
            submission_envelopes::envelope.eq(envelope),
        ))
        .execute(tx.conn())?;
    Ok(())
}

pub(in crate::intake) fn destroy(tx: &mut Unrecorded, id: &SubmissionId, parts: &[Part]) -> Result<()> {
    let codes: Vec<&str> = parts.iter().map(|part| part.code()).collect();
    let rows = submission_envelopes::table
        .filter(submission_envelopes::submission_id.eq(id))
        .filter(submission_envelopes::part.eq_any(codes));
    diesel::delete(rows).execute(tx.conn())?;
    Ok(())
}
