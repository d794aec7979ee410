//! Work that waits: claimed by one worker, tried again with growing pauses, and at last laid aside where an administrator sees it.
//!
//! Jobs are enqueued by the transaction that makes them needful (`db::outbox`). What they do is said by the feature; `background` lists
//! them all.

mod lease;
mod store;

use std::panic::{AssertUnwindSafe, catch_unwind};

use chrono::{Days, NaiveTime, TimeDelta};

pub use self::lease::{Lease, is_lease_held};

use crate::{
    Error, Result,
    clock::Timestamp,
    db::{Actor, Database, Reading, Writing, outbox::Job},
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

#[cfg(test)]
mod tests {
    use std::sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    };

    use serde::{Deserialize, Serialize};

    use super::*;
    use crate::{clock::Clock, testing::TestDatabase};

    #[derive(Serialize, Deserialize)]
    struct Count(String);

    impl Job for Count {
        const KIND: &'static str = "count";
    }

    fn counting(fail: bool) -> (Registry<()>, Arc<AtomicUsize>) {
        let runs = Arc::new(AtomicUsize::new(0));
        let seen = runs.clone();
        let registry = Registry::default().job(move |(): &(), _: Count| {
            seen.fetch_add(1, Ordering::SeqCst);
            if fail { Err(Error::Unavailable("the mail server is away".into())) } else { Ok(()) }
        });
        (registry, runs)
    }

    #[test]
    fn a_job_runs_once_and_is_gone() {
        let db = TestDatabase::open();
        db.write(Actor::System, |tx| tx.enqueue(&Count("a".into()))).unwrap();
        db.write(Actor::System, |tx| tx.enqueue(&Count("a".into()))).unwrap();
        let (registry, runs) = counting(false);
        assert_eq!(registry.run_all(&db, &(), |_| ()).unwrap(), 1);
        assert_eq!((runs.load(Ordering::SeqCst), db.read(waiting).unwrap()), (1, 0));
    }

    #[test]
    fn a_failing_job_waits_longer_each_time_and_is_laid_aside_in_the_end() {
        let db = TestDatabase::open();
        db.write(Actor::System, |tx| tx.enqueue(&Count("a".into()))).unwrap();
        let (registry, runs) = counting(true);
        assert!(registry.run_next(&db, &()).unwrap());
        assert!(!registry.run_next(&db, &()).unwrap(), "it must wait");
        for _ in 1..MOST_ATTEMPTS {
            db.clock.advance(TimeDelta::days(4));
            assert!(registry.run_next(&db, &()).unwrap());
        }
        db.clock.advance(TimeDelta::days(400));
        assert!(!registry.run_next(&db, &()).unwrap());
        assert_eq!(runs.load(Ordering::SeqCst), usize::try_from(MOST_ATTEMPTS).unwrap());
        assert_eq!(db.read(dead_letters).unwrap()[0].error, "unavailable: the mail server is away");
    }

    #[test]
    fn a_worker_that_died_gives_its_job_back() {
        let db = TestDatabase::open();
        db.write(Actor::System, |tx| tx.enqueue(&Count("a".into()))).unwrap();
        assert!(db.write(Actor::System, |tx| store::claim(tx, CLAIM, MOST_ATTEMPTS)).unwrap().is_some());
        assert!(db.write(Actor::System, |tx| store::claim(tx, CLAIM, MOST_ATTEMPTS)).unwrap().is_none());
        db.clock.advance(CLAIM + TimeDelta::seconds(1));
        assert!(db.write(Actor::System, |tx| store::claim(tx, CLAIM, MOST_ATTEMPTS)).unwrap().is_some());
    }

    #[test]
    fn a_schedule_comes_again_when_its_time_has_passed() {
        let db = TestDatabase::open();
        let runs = Arc::new(AtomicUsize::new(0));
        let seen = runs.clone();
        let registry = Registry::default().schedule("tidy", TimeDelta::hours(1), move |(): &()| {
            seen.fetch_add(1, Ordering::SeqCst);
            Ok(())
        });
        registry.run_all(&db, &(), |_| ()).unwrap();
        registry.run_all(&db, &(), |_| ()).unwrap();
        assert_eq!(runs.load(Ordering::SeqCst), 1);
        db.clock.advance(TimeDelta::hours(2));
        registry.run_all(&db, &(), |_| ()).unwrap();
        assert_eq!(runs.load(Ordering::SeqCst), 2);
    }

    #[test]
    fn a_daily_schedule_keeps_its_time_of_the_day() {
        let db = TestDatabase::open();
        let runs = Arc::new(AtomicUsize::new(0));
        let seen = runs.clone();
        let seven = NaiveTime::from_hms_opt(7, 0, 0).unwrap();
        let registry = Registry::default().daily("digest", seven, move |(): &()| {
            seen.fetch_add(1, Ordering::SeqCst);
            Ok(())
        });
        let after = |hours: i64| {
            db.clock.advance(TimeDelta::hours(hours));
            registry.run_all(&db, &(), |_| ()).unwrap();
            runs.load(Ordering::SeqCst)
        };
        assert_eq!(after(0), 0, "it is noon, and seven comes tomorrow");
        assert_eq!((after(18), after(1), after(1)), (0, 1, 1), "at six, seven and eight");
        assert_eq!((after(30), after(0)), (2, 2), "nobody worked at seven: it is done once, at two in the afternoon");
        assert_eq!((after(16), after(1)), (2, 3), "and at seven again");
    }

    #[test]
    fn what_was_laid_aside_is_tried_again_or_thrown_away() {
        let db = TestDatabase::open();
        let (registry, runs) = counting(true);
        let fails = || {
            for _ in 0..MOST_ATTEMPTS {
                db.clock.advance(TimeDelta::days(4));
                registry.run_all(&db, &(), |_| ()).unwrap();
            }
            db.read(dead_letters).unwrap()
        };
        db.write(Actor::System, |tx| tx.enqueue(&Count("a".into()))).unwrap();
        let letter = fails().remove(0);
        assert_eq!((letter.attempts, letter.since), (MOST_ATTEMPTS, db.clock.now()));
        let write = |act: fn(&mut Writing, &JobId) -> Result<bool>, id| db.write(Actor::System, |tx| act(tx, id));
        assert!(write(try_again, &letter.id).unwrap());
        assert!(!write(try_again, &letter.id).unwrap() && !write(discard, &letter.id).unwrap(), "it waits now");
        assert_eq!(fails().len(), 1);
        assert_eq!(runs.load(Ordering::SeqCst), 2 * usize::try_from(MOST_ATTEMPTS).unwrap());
        assert!(write(discard, &letter.id).unwrap());
        assert!(db.read(dead_letters).unwrap().is_empty());
        assert!(!write(discard, &letter.id).unwrap());
    }

    #[test]
    fn a_job_that_ends_its_worker_each_time_is_laid_aside() {
        let db = TestDatabase::open();
        db.write(Actor::System, |tx| tx.enqueue(&Count("a".into()))).unwrap();
        for _ in 0..MOST_ATTEMPTS {
            assert!(db.write(Actor::System, |tx| store::claim(tx, CLAIM, MOST_ATTEMPTS)).unwrap().is_some());
            db.clock.advance(CLAIM + TimeDelta::seconds(1));
        }
        assert!(db.write(Actor::System, |tx| store::claim(tx, CLAIM, MOST_ATTEMPTS)).unwrap().is_none());
        assert_eq!(db.read(dead_letters).unwrap()[0].error, "the worker did not come back from it");
    }

    #[test]
    fn a_panic_is_the_failure_of_one_job_or_schedule() {
        let db = TestDatabase::open();
        db.write(Actor::System, |tx| tx.enqueue(&Count("a".into()))).unwrap();
        let registry = Registry::default()
            .job(|db: &Database, _: Count| db.write(Actor::System, |_| panic!("a faulty job")))
            .schedule("tidy", TimeDelta::hours(1), |_| panic!("a faulty schedule"));
        assert_eq!(registry.run_all(&db, &db, |_| ()).unwrap(), 2);
        db.clock.advance(TimeDelta::minutes(2));
        let found = db.write(Actor::System, |tx| store::claim(tx, CLAIM, MOST_ATTEMPTS)).unwrap().unwrap();
        assert_eq!(found.attempts, 2, "it waited for its next attempt");
    }
}
