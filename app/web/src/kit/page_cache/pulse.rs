//! The state that public pages are made of, read from the database for every request: once for all who ask at the same time.
//!
//! Whoever asks is answered by a read that began after they asked. So an answer never tells of a state before the last change that was
//! committed by then, whichever process made it; and under load one read serves many.

use std::{
    mem,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use casebook_core::{clock::Day, db::Database};
use tokio::{sync::oneshot, task::spawn_blocking};

/// What public pages are made of: as often as anything public has changed, and the day, from which spans of time are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct State {
    generation: i64,
    day: Day,
}

/// Somebody who asked and waits. Told nothing where the database does not answer.
type Asker = oneshot::Sender<Option<State>>;

/// Asks the database for the state.
#[derive(Debug, Clone, Default)]
pub(super) struct Pulse(Arc<Mutex<Queue>>);

#[derive(Debug, Default)]
struct Queue {
    waiting: Vec<Asker>,
    /// Whether a thread is reading, and will read again for whoever came meanwhile.
    is_read: bool,
}

impl Pulse {
    /// The state at a moment after this was called; none if the database does not answer.
    pub(super) async fn state(&self, db: &Database) -> Option<State> {
        let (asker, told) = oneshot::channel();
        if self.join(asker) {
            let (turn, db) = (Turn { pulse: self.clone(), is_over: false }, db.clone());
            spawn_blocking(move || turn.read_for_all(&db));
        }
        told.await.ok().flatten()
    }

    /// Takes a place among those who wait; says whether somebody has to begin to read.
    fn join(&self, asker: Asker) -> bool {
        let mut queue = self.queue();
        queue.waiting.push(asker);
        !mem::replace(&mut queue.is_read, true)
    }

    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The turn of the thread that reads for all.
struct Turn {
    pulse: Pulse,
    is_over: bool,
}

impl Turn {
    fn read_for_all(mut self, db: &Database) {
        while let Some(waiting) = self.those_who_wait() {
            let state = db.read(|r| Ok(State { generation: r.visibility_generation()?, day: r.today() })).ok();
            for asker in waiting {
                // Who has gone away meanwhile needs no answer.
                let _ = asker.send(state);
            }
        }
    }

    /// Those who wait; none ends the turn.
    fn those_who_wait(&mut self) -> Option<Vec<Asker>> {
        let mut queue = self.pulse.queue();
        let waiting = mem::take(&mut queue.waiting);
        if waiting.is_empty() {
            queue.is_read = false;
            drop(queue);
            self.is_over = true;
            return None;
        }
        Some(waiting)
    }
}

impl Drop for Turn {
    /// A turn that was cut off must not leave others waiting for it.
    fn drop(&mut self) {
        if !self.is_over {
            let mut queue = self.pulse.queue();
            queue.is_read = false;
            queue.waiting.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use casebook_core::{db::Actor, testing::TestDatabase};
    use futures_util::future::join_all;

    use super::*;

    #[actix_web::test]
    async fn whoever_asks_after_a_change_is_told_of_it() {
        let (db, pulse) = (TestDatabase::open(), Pulse::default());
        let before = pulse.state(&db).await.unwrap();
        db.write(Actor::System, |tx| tx.change_public().map(drop)).unwrap();
        let told = join_all((0..50).map(|_| pulse.state(&db))).await;
        assert!(told.iter().all(|state| state.unwrap().generation == before.generation + 1), "{told:?}");
        assert!(before < told[0].unwrap(), "what comes later is greater");
    }

    #[actix_web::test]
    async fn a_turn_that_was_cut_off_is_taken_over() {
        let (db, pulse) = (TestDatabase::open(), Pulse::default());
        let (asker, told) = oneshot::channel();
        assert!(pulse.join(asker), "the first one has to read");
        drop(Turn { pulse: pulse.clone(), is_over: false });
        assert!(told.await.is_err(), "who waited for it is not told");
        assert!(pulse.state(&db).await.is_some(), "who comes later is");
    }
}
