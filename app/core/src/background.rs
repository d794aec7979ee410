//! The one list of what is done beside requests: jobs that transactions leave, and what comes again and again.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use chrono::{NaiveTime, TimeDelta};

use crate::{
    Result,
    alerts::{self, SendConfirmation, SendNews},
    cases::{
        erase::ClearRemains,
        index::{self, IndexCases, RebuildIndex},
        transfer::take_back_broken_off,
    },
    config::Config,
    db::{Actor, Reading},
    instance::Instance,
    intake,
    jobs::{self, Lease, Registry},
    moderation::{self, COUNTED_AT, Letters, Post, PublishDue, SendDigest, SendTrial},
    releases, staff,
};

/// The words of mails. They are not the core's business; whoever runs the worker hands them in.
#[derive(Clone)]
pub struct Words {
    /// Of those to members of staff.
    pub staff: Arc<dyn Letters>,
    /// Of those to readers.
    pub readers: Arc<dyn alerts::Letters>,
}

/// Everything that a worker can do; `words` are those of mails. Where no mail leaves, no digest is made and nobody is told of cases.
#[must_use]
pub fn registry(config: &Config, words: &Words) -> Registry<Instance> {
    let registry = with_alerts(with_mail(Registry::default(), words.staff.clone()), words.readers.clone());
    let registry = match config.mail.digest_time() {
        Some(time) => registry
            .daily("count_for_digest", COUNTED_AT, |instance| {
                moderation::count_for_digest(&instance.db, &instance.keys)
            })
            .daily("send_digest", time, |instance| moderation::enqueue_digests(&instance.db)),
        None => registry,
    };
    let registry = match config.mail.alerts_time() {
        Some(time) => registry.daily("send_alerts", time, |instance| alerts::enqueue_news(&instance.db)),
        None => registry,
    };
    registry
        .job(|instance: &Instance, job: IndexCases| job.run(&instance.db, instance.vocabulary(), &*instance.index))
        .job(|instance: &Instance, _: RebuildIndex| rebuild_index(instance, &mut |_| ()).map(drop))
        .job(|instance: &Instance, _: ClearRemains| instance.db.clear_remains())
        .job(|instance: &Instance, _: PublishDue| publish_due(instance))
        .schedule("publish_due", TimeDelta::hours(1), publish_due)
        .schedule("count_last_quarter", TimeDelta::hours(24), |instance| moderation::count_last_quarter(&instance.db))
        .schedule("note_recalls", TimeDelta::hours(1), |instance| releases::note_recalls(&instance.db))
        .schedule("take_back_imports", TimeDelta::hours(1), |instance| take_back_broken_off(&instance.db))
        .schedule("remove_expired", TimeDelta::hours(6), remove_expired)
        .daily("forget_unconfirmed_alerts", NaiveTime::MIN, forget_unconfirmed_alerts)
}

fn with_mail(registry: Registry<Instance>, letters: Arc<dyn Letters>) -> Registry<Instance> {
    let words = letters.clone();
    registry
        .job(move |instance: &Instance, job: SendDigest| job.run(post(instance, &*letters)))
        .job(move |instance: &Instance, job: SendTrial| job.run(post(instance, &*words)))
}

fn post<'a>(instance: &'a Instance, letters: &'a dyn Letters) -> Post<'a> {
    Post { db: &instance.db, keys: &instance.keys, mailer: &*instance.mailer, letters }
}

fn with_alerts(registry: Registry<Instance>, letters: Arc<dyn alerts::Letters>) -> Registry<Instance> {
    let words = letters.clone();
    registry
        .job(move |instance: &Instance, job: SendConfirmation| job.run(post_to_readers(instance, &*letters)))
        .job(move |instance: &Instance, job: SendNews| job.run(post_to_readers(instance, &*words)))
}

fn post_to_readers<'a>(instance: &'a Instance, letters: &'a dyn alerts::Letters) -> alerts::Post<'a> {
    alerts::Post {
        db: &instance.db,
        keys: &instance.keys,
        codebook: &instance.codebook,
        catalogue: &instance.catalogue,
        index: &*instance.index,
        mailer: &*instance.mailer,
        letters,
    }
}

/// Publishes what was accepted and whose day has come.
fn publish_due(instance: &Instance) -> Result<()> {
    let weeks = instance.config.submissions.retention_weeks;
    PublishDue::run(&instance.db, instance.vocabulary(), &instance.keys, weeks)
}

/// Removes what has had its time: of contributors, of readers, and sessions and invitations of staff.
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

/// Removes alerts that nobody said yes to, as soon as the day of their links is over.
fn forget_unconfirmed_alerts(instance: &Instance) -> Result<()> {
    instance.db.write_unrecorded(alerts::remove_expired)?;
    instance.db.empty_log().map(drop)
}

/// Builds the text index anew; tells `progress` how many cases it has. Returns their number.
///
/// # Errors
/// Those of the database and of the index.
pub fn rebuild_index(instance: &Instance, progress: &mut dyn FnMut(usize)) -> Result<usize> {
    index::rebuild(&instance.db, instance.vocabulary(), &*instance.index, progress)
}

/// Does all that waits, and tells `progress` after each step how much is done. Returns how many steps there were.
///
/// # Errors
/// Those of the database.
pub fn run_all(instance: &Instance, words: &Words, progress: impl FnMut(usize)) -> Result<usize> {
    registry(&instance.config, words).run_all(&instance.db, instance, progress)
}

/// The lease that the one working process holds.
const LEASE: &str = "worker";
/// How long the lease lasts without being kept: so long nothing is done after a process was killed.
const LEASE_SPAN: TimeDelta = TimeDelta::seconds(60);

/// Works until told to stop: does what is due, then sleeps for the configured time. Of several processes one works at a time.
pub fn work(instance: &Instance, words: &Words, stop: &AtomicBool) {
    let registry = registry(&instance.config, words);
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
