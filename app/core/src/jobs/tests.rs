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
