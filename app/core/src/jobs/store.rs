//! The queue's queries.

use chrono::TimeDelta;
use diesel::prelude::*;

use super::{Claimed, DeadLetter};
use crate::{
    Result,
    clock::Timestamp,
    db::{
        Reading, Unrecorded, Writing, each_backend,
        schema::{jobs, leases, schedules},
    },
    ids::JobId,
};

/// Lays aside what was begun `most` times and never came to an end: whoever worked on it died each time.
fn lay_aside_abandoned(tx: &mut Writing, most: i32) -> Result<()> {
    let abandoned = jobs::state.eq("running").and(jobs::claimed_until.assume_not_null().lt(tx.now()));
    diesel::update(jobs::table.filter(abandoned).filter(jobs::attempts.ge(most)))
        .set((
            jobs::state.eq("dead"),
            jobs::due.eq(tx.now()),
            jobs::claimed_until.eq(None::<Timestamp>),
            jobs::last_error.eq("the worker did not come back from it"),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Takes the job that has been due the longest, or one whose worker died; none that was tried `most` times.
pub(super) fn claim(tx: &mut Writing, span: TimeDelta, most: i32) -> Result<Option<Claimed>> {
    lay_aside_abandoned(tx, most)?;
    let now = tx.now();
    let free = jobs::state.eq("waiting").and(jobs::due.le(now));
    let abandoned = jobs::state.eq("running").and(jobs::claimed_until.assume_not_null().lt(now));
    let found: Option<(JobId, String, String, i32)> = jobs::table
        .filter(free.or(abandoned))
        .order((jobs::due, jobs::id))
        .select((jobs::id, jobs::kind, jobs::payload, jobs::attempts))
        .first(tx.conn())
        .optional()?;
    let Some((id, kind, payload, attempts)) = found else { return Ok(None) };
    // The condition is repeated: on PostgreSQL another worker may have been faster.
    let taken = diesel::update(jobs::table.find(&id).filter(free.or(abandoned)))
        .set((jobs::state.eq("running"), jobs::attempts.eq(attempts + 1), jobs::claimed_until.eq(now + span)))
        .execute(tx.conn())?;
    Ok((taken == 1).then_some(Claimed { id, kind, payload, attempts: attempts + 1 }))
}

pub(super) fn finish(tx: &mut Writing, id: &JobId) -> Result<()> {
    diesel::delete(jobs::table.find(id)).execute(tx.conn())?;
    Ok(())
}

/// Puts a job off by `pause`, or lays it aside where there is none.
pub(super) fn fail(tx: &mut Writing, id: &JobId, error: &str, pause: Option<TimeDelta>) -> Result<()> {
    let state = if pause.is_some() { "waiting" } else { "dead" };
    let due = tx.now() + pause.unwrap_or_default();
    diesel::update(jobs::table.find(id))
        .set((
            jobs::state.eq(state),
            jobs::due.eq(due),
            jobs::claimed_until.eq(None::<Timestamp>),
            jobs::last_error.eq(error),
        ))
        .execute(tx.conn())?;
    Ok(())
}

pub(super) fn dead_letters(r: &mut Reading) -> Result<Vec<DeadLetter>> {
    let rows: Vec<(JobId, String, Option<String>, i32, Timestamp)> = jobs::table
        .filter(jobs::state.eq("dead"))
        .order((jobs::due, jobs::id))
        .select((jobs::id, jobs::kind, jobs::last_error, jobs::attempts, jobs::due))
        .load(r.conn())?;
    let letter = |(id, kind, error, attempts, since): (_, _, Option<String>, _, _)| {
        let error = error.unwrap_or_default();
        DeadLetter { id, kind, error, attempts, since }
    };
    Ok(rows.into_iter().map(letter).collect())
}

/// Says whether the job lay aside.
pub(super) fn try_again(tx: &mut Writing, id: &JobId) -> Result<bool> {
    let dead = jobs::table.find(id).filter(jobs::state.eq("dead"));
    let anew = (jobs::state.eq("waiting"), jobs::attempts.eq(0), jobs::due.eq(tx.now()));
    Ok(diesel::update(dead).set(anew).execute(tx.conn())? == 1)
}

/// Says whether the job lay aside.
pub(super) fn discard(tx: &mut Writing, id: &JobId) -> Result<bool> {
    Ok(diesel::delete(jobs::table.find(id).filter(jobs::state.eq("dead"))).execute(tx.conn())? == 1)
}

/// Throws away what of this kind was laid aside before `since`.
pub(super) fn discard_older(tx: &mut Unrecorded, kind: &str, since: Timestamp) -> Result<()> {
    let old = jobs::table.filter(jobs::kind.eq(kind)).filter(jobs::state.eq("dead")).filter(jobs::due.lt(since));
    diesel::delete(old).execute(tx.conn())?;
    Ok(())
}

pub(super) fn is_laid_aside(r: &mut Reading, kind: &str, payload: &str) -> Result<bool> {
    let same = jobs::table.filter(jobs::kind.eq(kind)).filter(jobs::payload.eq(payload)).filter(jobs::state.eq("dead"));
    Ok(same.select(jobs::id).first::<JobId>(r.conn()).optional()?.is_some())
}

/// Whether one of these kinds waits or runs.
pub(super) fn is_any_open(r: &mut Reading, kinds: &[&str]) -> Result<bool> {
    let open = jobs::table.filter(jobs::kind.eq_any(kinds)).filter(jobs::state.ne("dead"));
    Ok(open.select(jobs::id).first::<JobId>(r.conn()).optional()?.is_some())
}

/// Whether this kind waits and nobody has begun with it.
pub(super) fn is_any_waiting(r: &mut Reading, kind: &str) -> Result<bool> {
    let waiting = jobs::table.filter(jobs::kind.eq(kind)).filter(jobs::state.eq("waiting"));
    Ok(waiting.select(jobs::id).first::<JobId>(r.conn()).optional()?.is_some())
}

pub(super) fn waiting(r: &mut Reading) -> Result<i64> {
    Ok(jobs::table.filter(jobs::state.ne("dead")).count().get_result(r.conn())?)
}

/// How many jobs have been due for longer than `late`.
pub(super) fn count_late(r: &mut Reading, late: TimeDelta) -> Result<i64> {
    let since = r.now() - late;
    Ok(jobs::table.filter(jobs::state.ne("dead")).filter(jobs::due.lt(since)).count().get_result(r.conn())?)
}

pub(super) fn is_due(r: &mut Reading, name: &str) -> Result<bool> {
    let now = r.now();
    let due = schedules::table.find(name).select(schedules::due).first::<Timestamp>(r.conn()).optional()?;
    Ok(due.is_none_or(|due| due <= now))
}

/// Moves a schedule on to `next`; says whether this transaction was the one that did and the work is due. A new schedule's is where it
/// `begins_at_once`.
pub(super) fn claim_schedule(tx: &mut Writing, name: &str, next: Timestamp, begins_at_once: bool) -> Result<bool> {
    let now = tx.now();
    let row = (schedules::name.eq(name), schedules::due.eq(next));
    let inserted = each_backend!(tx.conn(), |c| diesel::insert_into(schedules::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(c))?;
    if inserted == 1 {
        return Ok(begins_at_once);
    }
    let moved = diesel::update(schedules::table.find(name).filter(schedules::due.le(now)))
        .set(schedules::due.eq(next))
        .execute(tx.conn())?;
    Ok(moved == 1)
}

/// Whether somebody other than `holder` has the lease now.
pub(super) fn is_held_by_another(r: &mut Reading, name: &str, holder: &str) -> Result<bool> {
    let now = r.now();
    let lease = leases::table.find(name).select((leases::holder, leases::held_until));
    let lease = lease.first::<(String, Timestamp)>(r.conn()).optional()?;
    Ok(lease.is_some_and(|(other, until)| other != holder && until >= now))
}

pub(super) fn hold_lease(tx: &mut Writing, name: &str, holder: &str, span: TimeDelta) -> Result<bool> {
    let now = tx.now();
    let row = (leases::name.eq(name), leases::holder.eq(holder), leases::held_until.eq(now + span));
    let inserted = each_backend!(tx.conn(), |c| diesel::insert_into(leases::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(c))?;
    if inserted == 1 {
        return Ok(true);
    }
    let mine_or_free = leases::holder.eq(holder).or(leases::held_until.lt(now));
    let held = diesel::update(leases::table.find(name).filter(mine_or_free))
        .set((leases::holder.eq(holder), leases::held_until.eq(now + span)))
        .execute(tx.conn())?;
    Ok(held == 1)
}

pub(super) fn give_up_lease(tx: &mut Writing, name: &str, holder: &str) -> Result<()> {
    diesel::delete(leases::table.find(name).filter(leases::holder.eq(holder))).execute(tx.conn())?;
    Ok(())
}

pub(super) fn is_lease_held(r: &mut Reading, name: &str) -> Result<bool> {
    let now = r.now();
    Ok(held_until(r, name)?.is_some_and(|until| until >= now))
}

pub(super) fn is_lease_lapsed(r: &mut Reading, name: &str) -> Result<bool> {
    let now = r.now();
    Ok(held_until(r, name)?.is_some_and(|until| until < now))
}

fn held_until(r: &mut Reading, name: &str) -> Result<Option<Timestamp>> {
    Ok(leases::table.find(name).select(leases::held_until).first(r.conn()).optional()?)
}
