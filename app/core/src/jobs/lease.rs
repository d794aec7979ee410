//! Leases: tasks that one process at a time may do. A process that dies loses its lease soon; one that works keeps it.

use std::{
    sync::{Mutex, PoisonError, mpsc},
    time::Duration,
};

use chrono::TimeDelta;

use super::store;
use crate::{
    Result,
    clock::Timestamp,
    db::{Actor, Database, Reading},
    ids::JobId,
};

/// A lease that this process holds or would like to hold.
pub struct Lease<'a> {
    db: &'a Database,
    name: &'static str,
    holder: JobId,
    span: TimeDelta,
    /// Until when it is known to be ours.
    until: Mutex<Option<Timestamp>>,
}

impl<'a> Lease<'a> {
    /// The lease of this name, not held yet. Without being kept it lapses after `span`.
    #[must_use]
    pub fn new(db: &'a Database, name: &'static str, span: TimeDelta) -> Self {
        Self { db, name, holder: JobId::draw(&**db.random()), span, until: Mutex::default() }
    }

    /// Takes or keeps the lease; says whether it is ours now. Writes only where less than half of the time is left.
    ///
    /// # Errors
    /// Those of the database.
    pub fn hold(&self) -> Result<bool> {
        let now = self.db.clock().now();
        if self.until().is_some_and(|until| until - now > self.span / 2) {
            return Ok(true);
        }
        let holder = self.holder.as_str();
        if self.db.read(|r| store::is_held_by_another(r, self.name, holder))? {
            self.set_until(None);
            return Ok(false);
        }
        let mine = self.db.write(Actor::System, |tx| store::hold_lease(tx, self.name, holder, self.span))?;
        self.set_until(mine.then(|| now + self.span));
        Ok(mine)
    }

    /// Does `work`, and keeps the lease meanwhile wherever it is ours, however long a step of the work takes.
    pub fn kept_while<T>(&self, work: impl FnOnce() -> T) -> T {
        let pause = (self.span / 4).to_std().unwrap_or(Duration::from_secs(1));
        let (working, ended) = mpsc::channel::<()>();
        std::thread::scope(|scope| {
            scope.spawn(move || {
                while ended.recv_timeout(pause) == Err(mpsc::RecvTimeoutError::Timeout) {
                    if self.until().is_some()
                        && let Err(error) = self.hold()
                    {
                        tracing::warn!(lease = self.name, %error, "a lease could not be kept");
                    }
                }
            });
            let done = work();
            drop(working);
            done
        })
    }

    /// Gives the lease up, so that another need not wait for its end.
    ///
    /// # Errors
    /// Those of the database.
    pub fn give_up(&self) -> Result<()> {
        self.set_until(None);
        self.db.write(Actor::System, |tx| store::give_up_lease(tx, self.name, self.holder.as_str()))
    }

    fn until(&self) -> Option<Timestamp> {
        *self.until.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set_until(&self, until: Option<Timestamp>) {
        *self.until.lock().unwrap_or_else(PoisonError::into_inner) = until;
    }
}

/// Whether anybody holds the lease now.
///
/// # Errors
/// Those of the database.
pub fn is_lease_held(r: &mut Reading, name: &str) -> Result<bool> {
    store::is_lease_held(r, name)
}

/// Whether somebody held the lease who neither kept it nor gave it up: a process that died.
///
/// # Errors
/// Those of the database.
pub fn is_lease_lapsed(r: &mut Reading, name: &str) -> Result<bool> {
    store::is_lease_lapsed(r, name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::TestDatabase;

    #[test]
    fn a_lease_has_one_holder_until_it_ends() {
        let db = TestDatabase::open();
        let span = TimeDelta::seconds(30);
        let (a, b) = (Lease::new(&db, "worker", span), Lease::new(&db, "worker", span));
        assert!(a.hold().unwrap());
        assert!(!b.hold().unwrap());
        db.clock.advance(TimeDelta::seconds(20));
        assert!(a.hold().unwrap());
        db.clock.advance(TimeDelta::seconds(20));
        assert!(!b.hold().unwrap(), "it was kept");
        db.clock.advance(TimeDelta::seconds(11));
        assert!(!db.read(|r| is_lease_held(r, "worker")).unwrap());
        assert!(db.read(|r| is_lease_lapsed(r, "worker")).unwrap());
        assert!(b.hold().unwrap());
        assert!(!db.read(|r| is_lease_lapsed(r, "worker")).unwrap());
        assert!(!a.hold().unwrap());
        b.give_up().unwrap();
        assert!(!db.read(|r| is_lease_lapsed(r, "worker")).unwrap(), "nobody died");
        assert!(a.hold().unwrap());
    }

    #[test]
    fn a_long_step_of_the_work_does_not_lose_the_lease() {
        let db = TestDatabase::open();
        let lease = Lease::new(&db, "worker", TimeDelta::milliseconds(400));
        assert!(lease.hold().unwrap());
        lease.kept_while(|| {
            for _ in 0..3 {
                db.clock.advance(TimeDelta::milliseconds(250));
                std::thread::sleep(Duration::from_millis(300));
            }
        });
        assert!(db.read(|r| is_lease_held(r, "worker")).unwrap());
    }
}
