//! The one list of what is done beside requests: jobs that transactions leave, and what comes again and again.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use chrono::TimeDelta;

use crate::{
    Result,
    cases::{
        erase::ClearRemains,
        index::{self, IndexCases, RebuildIndex},
    },
    db::{Actor, Reading},
    instance::Instance,
    intake,
    jobs::{self, Lease, Registry},
    moderation::{self, PublishDue},
    staff,
};

/// Everything that a worker can do.
#[must_use]
pub fn registry() -> Registry<Instance> {
    Registry::default()
        .job(|instance: &Instance, job: IndexCases| job.run(&instance.db, &instance.gazetteer, &*instance.index))
        .job(|instance: &Instance, _: RebuildIndex| rebuild_index(instance, &mut |_| ()).map(drop))
        .job(|instance: &Instance, _: ClearRemains| instance.db.clear_remains())
        .job(|instance: &Instance, _: PublishDue| publish_due(instance))
        .schedule("publish_due", TimeDelta::hours(1), publish_due)
        .schedule("count_last_quarter", TimeDelta::hours(24), |instance| moderation::count_last_quarter(&instance.db))
        .schedule("remove_expired", TimeDelta::hours(6), remove_expired)
}

/// Publishes what was accepted and whose day has come.
fn publish_due(instance: &Instance) -> Result<()> {
    let weeks = instance.config.submissions.retention_weeks;
    PublishDue::run(&instance.db, instance.vocabulary(), &instance.keys, weeks)
}

/// Removes what has had its time: of contributors, and sessions and invitations of staff.
fn remove_expired(instance: &Instance) -> Result<()> {
    let times = (&instance.config.staff).into();
    instance.db.write(Actor::System, |tx| {
        staff::remove_expired(tx, &times)?;
        intake::remove_expired(tx)?;
        Ok(())
    })?;
    if !instance.db.empty_log()? {
        tracing::warn!(
            "what was removed still lies in the database's log, because somebody reads: it is emptied at the next turn"
        );
    }
    Ok(())
}

/// Builds the text index anew; tells `progress` how many cases it has. Returns their number.
///
/// # Errors
/// Those of the database and of the index.
pub fn rebuild_index(instance: &Instance, progress: &mut dyn FnMut(usize)) -> Result<usize> {
    index::rebuild(&instance.db, &instance.gazetteer, &*instance.index, progress)
}

/// Does all that waits, and tells `progress` after each step how much is done. Returns how many steps there were.
///
/// # Errors
/// Those of the database.
pub fn run_all(instance: &Instance, progress: impl FnMut(usize)) -> Result<usize> {
    registry().run_all(&instance.db, instance, progress)
}

/// The lease that the one working process holds.
const LEASE: &str = "worker";
/// How long the lease lasts without being kept: so long nothing is done after a process was killed.
const LEASE_SPAN: TimeDelta = TimeDelta::seconds(60);

/// Works until told to stop: does what is due, then sleeps for the configured time. Of several processes one works at a time.
pub fn work(instance: &Instance, stop: &AtomicBool) {
    let registry = registry();
    let lease = Lease::new(&instance.db, LEASE, LEASE_SPAN);
    let pause = Duration::from_secs(instance.config.jobs.poll_seconds.max(1).into());
    lease.kept_while(|| {
        while !stop.load(Ordering::Relaxed) {
            let turn = lease.hold().and_then(|mine| Ok(mine && registry.run_next(&instance.db, instance)?));
            match turn {
                Ok(true) => {}
                Ok(false) => std::thread::sleep(pause),
                Err(error) => {
                    tracing::error!(%error, "the worker could not look for work");
                    std::thread::sleep(pause);
                }
            }
        }
    });
    if let Err(error) = lease.give_up() {
        tracing::warn!(%error, "the worker could not hand its task on");
    }
}

/// Whether some process works now.
///
/// # Errors
/// Those of the database.
pub fn is_at_work(instance: &Instance) -> Result<bool> {
    instance.db.read(is_worker_alive)
}

/// Whether some process works now, by what the database says.
///
/// # Errors
/// Those of the database.
pub fn is_worker_alive(r: &mut Reading) -> Result<bool> {
    jobs::is_lease_held(r, LEASE)
}
