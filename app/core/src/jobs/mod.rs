//! Work that waits: claimed by one worker, tried again with growing pauses, and at last laid aside where an administrator sees it.
//!
//! Jobs are enqueued by the transaction that makes them needful (`db::outbox`). What they do is said by the feature; `background` lists
//! them all.

mod lease;
mod store;
#[cfg(test)]
mod tests;

use std::panic::{AssertUnwindSafe, catch_unwind};

use chrono::{Days, NaiveTime, TimeDelta};

pub use self::lease::{Lease, is_lease_held, is_lease_lapsed};

use crate::{
    Error, Result,
    clock::Timestamp,
    db::{Actor, Database, Reading, Unrecorded, Writing, outbox::Job},
    ids::JobId,
};

/// How often a job is tried before it is laid aside.
const MOST_ATTEMPTS: i32 = 8;
/// How long a worker may take for one job before another may claim it.
const CLAIM: TimeDelta = TimeDelta::minutes(15);

/// What a worker does, over the parts `P` that jobs work with.
pub struct Registry<P> {
    kinds: Vec<(&'static str, Work<P>)>,
    schedules: Vec<Schedule<P>>,
}

type Work<P> = Box<dyn Fn(&P, &str) -> Result<()> + Send + Sync>;
type Regular<P> = Box<dyn Fn(&P) -> Result<()> + Send + Sync>;

struct Schedule<P> {
    name: &'static str,
    turn: Turn,
    work: Regular<P>,
}

/// When something comes again.
#[derive(Debug, Clone, Copy)]
enum Turn {
    /// So long after the last time, and at once where there was none.
    Every(TimeDelta),
    /// At this time of each day, in UTC; never before it comes for the first time.
    Daily(NaiveTime),
}

impl Turn {
    fn after(self, now: Timestamp) -> Timestamp {
        match self {
            Self::Every(pause) => now + pause,
            Self::Daily(time) => {
                let today = now.date().and_time(time);
                if now < today { today } else { today.checked_add_days(Days::new(1)).unwrap_or(today) }
            }
        }
    }

    fn begins_at_once(self) -> bool {
        matches!(self, Self::Every(_))
    }
}

impl<P> Default for Registry<P> {
    fn default() -> Self {
        Self { kinds: Vec::new(), schedules: Vec::new() }
    }
}

impl<P> Registry<P> {
    /// Says what jobs of one kind do.
    #[must_use]
    pub fn job<J: Job>(mut self, run: impl Fn(&P, J) -> Result<()> + Send + Sync + 'static) -> Self {
        let work = move |parts: &P, payload: &str| run(parts, serde_json::from_str(payload)?);
        self.kinds.push((J::KIND, Box::new(work)));
        self
    }

    /// Says what is done again and again.
    #[must_use]
    pub fn schedule(
        mut self,
        name: &'static str,
        every: TimeDelta,
        work: impl Fn(&P) -> Result<()> + Send + Sync + 'static,
    ) -> Self {
        self.schedules.push(Schedule { name, turn: Turn::Every(every), work: Box::new(work) });
        self
    }

    /// Says what is done each day at the same time (UTC). Where nobody worked at that time it is done as soon as somebody does.
    #[must_use]
    pub fn daily(
        mut self,
        name: &'static str,
        time: NaiveTime,
        work: impl Fn(&P) -> Result<()> + Send + Sync + 'static,
    ) -> Self {
        self.schedules.push(Schedule { name, turn: Turn::Daily(time), work: Box::new(work) });
        self
    }

    /// Does the next thing that is due, if there is one; says whether there was.
    ///
    /// A job that fails is not an error here: it waits for its next attempt, or is laid aside.
    ///
    /// # Errors
    /// Those of the database.
    pub fn run_next(&self, db: &Database, parts: &P) -> Result<bool> {
        if let Some(schedule) = self.due_schedule(db)? {
            if let Err(error) = caught(|| (schedule.work)(parts)) {
                tracing::error!(schedule = schedule.name, %error, "a scheduled task failed and will be tried again");
            }
            return Ok(true);
        }
        let Some(claimed) = db.write(Actor::System, |tx| store::claim(tx, CLAIM, MOST_ATTEMPTS))? else {
            return Ok(false);
        };
        match self.run_claimed(parts, &claimed) {
            Ok(()) => db.write(Actor::System, |tx| store::finish(tx, &claimed.id))?,
            Err(error) => {
                tracing::error!(kind = claimed.kind, attempt = claimed.attempts, %error, "a job failed");
                let pause = (claimed.attempts < MOST_ATTEMPTS).then(|| pause_after(claimed.attempts));
                db.write(Actor::System, |tx| store::fail(tx, &claimed.id, &error.to_string(), pause))?;
            }
        }
        Ok(true)
    }

    /// Does everything that is due, and tells `progress` after each step how many were done.
    ///
    /// # Errors
    /// Those of the database.
    pub fn run_all(&self, db: &Database, parts: &P, mut progress: impl FnMut(usize)) -> Result<usize> {
        let mut done = 0;
        while self.run_next(db, parts)? {
            done += 1;
            progress(done);
        }
        Ok(done)
    }

    fn run_claimed(&self, parts: &P, claimed: &Claimed) -> Result<()> {
        let known = self.kinds.iter().find(|(kind, _)| *kind == claimed.kind);
        let (_, work) = known.ok_or_else(|| Error::unexpected(format!("no job is called {}", claimed.kind)))?;
        caught(|| work(parts, &claimed.payload))
    }

    fn due_schedule(&self, db: &Database) -> Result<Option<&Schedule<P>>> {
        for schedule in &self.schedules {
            let turn = schedule.turn;
            let due = db.read(|r| store::is_due(r, schedule.name))?;
            let claim = |tx: &mut Writing| {
                let next = turn.after(tx.now());
                store::claim_schedule(tx, schedule.name, next, turn.begins_at_once())
            };
            if due && db.write(Actor::System, claim)? {
                return Ok(Some(schedule));
            }
        }
        Ok(None)
    }
}

/// A job that this worker has taken.
pub(crate) struct Claimed {
    pub(crate) id: JobId,
    pub(crate) kind: String,
    pub(crate) payload: String,
    /// Counting this one.
    pub(crate) attempts: i32,
}

/// A job that was tried too often.
#[derive(Debug, Clone)]
pub struct DeadLetter {
    /// The id.
    pub id: JobId,
    /// What kind of work it was.
    pub kind: String,
    /// What it said the last time.
    pub error: String,
    /// How often it was tried.
    pub attempts: i32,
    /// When it was laid aside, in UTC.
    pub since: Timestamp,
}

/// How many jobs have been due for longer than `late` and are not done.
///
/// # Errors
/// Those of the database.
pub fn count_late(r: &mut Reading, late: TimeDelta) -> Result<i64> {
    store::count_late(r, late)
}

/// The jobs that were laid aside.
///
/// # Errors
/// Those of the database.
pub fn dead_letters(r: &mut Reading) -> Result<Vec<DeadLetter>> {
    store::dead_letters(r)
}

/// Lets a job that was laid aside be tried again from the beginning; says whether there is one of this id.
///
/// # Errors
/// Those of the database.
pub fn try_again(tx: &mut Writing, id: &JobId) -> Result<bool> {
    store::try_again(tx, id)
}

/// Throws a job away that was laid aside; says whether there was one of this id.
///
/// # Errors
/// Those of the database.
pub fn discard(tx: &mut Writing, id: &JobId) -> Result<bool> {
    store::discard(tx, id)
}

/// Throws away the jobs of a kind that were laid aside before `since`, because nobody needs them any more.
///
/// # Errors
/// Those of the database.
pub fn discard_older<J: Job>(tx: &mut Unrecorded, since: Timestamp) -> Result<()> {
    store::discard_older(tx, J::KIND, since)
}

/// Whether this very job lies aside.
///
/// # Errors
/// Those of the database.
pub fn is_laid_aside<J: Job>(r: &mut Reading, job: &J) -> Result<bool> {
    store::is_laid_aside(r, J::KIND, &serde_json::to_string(job)?)
}

/// Whether a job of one of these kinds waits or runs.
///
/// # Errors
/// Those of the database.
pub fn is_any_open(r: &mut Reading, kinds: &[&str]) -> Result<bool> {
    store::is_any_open(r, kinds)
}

/// Whether a job of this kind waits and nobody has begun with it.
///
/// # Errors
/// Those of the database.
pub fn is_any_waiting(r: &mut Reading, kind: &str) -> Result<bool> {
    store::is_any_waiting(r, kind)
}

/// How many jobs wait or run.
///
/// # Errors
/// Those of the database.
pub fn waiting(r: &mut Reading) -> Result<i64> {
    store::waiting(r)
}

/// What `work` says, or that it panicked: one faulty job must not end the worker. A transaction that it was in is rolled back.
fn caught(work: impl FnOnce() -> Result<()>) -> Result<()> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
        Err(Error::unexpected(format!("it panicked: {}", text.unwrap_or("without a message"))))
    })
}

/// One minute, then twice as long each time.
fn pause_after(attempts: i32) -> TimeDelta {
    TimeDelta::minutes(1 << (attempts - 1).clamp(0, 12))
}
