//! Work on many things, shared among threads: reading and writing the documents of a batch, counting among a million cases. Each thing is by
//! itself.

use std::{panic::resume_unwind, thread};

use crate::Result;

/// More threads would leave little to those who read pages meanwhile.
const MOST_THREADS: usize = 4;
/// So many documents are worth a thread.
const LEAST: usize = 50;

/// What `work` makes of consecutive parts of these cases, in their order.
///
/// # Errors
/// The first of `work`, in that order.
pub(super) fn over<T: Sync, R: Send>(all: &[T], work: impl Fn(&[T]) -> Result<R> + Sync) -> Result<Vec<R>> {
    parts(all, LEAST, work).into_iter().collect()
}

/// What `work` makes of consecutive parts of `all`, in their order; `least` of them are worth a thread.
pub(super) fn parts<T: Sync, R: Send>(all: &[T], least: usize, work: impl Fn(&[T]) -> R + Sync) -> Vec<R> {
    let most = thread::available_parallelism().map_or(1, usize::from).min(MOST_THREADS);
    shared(all, most.min(all.len() / least.max(1)), work)
}

/// The same by so many threads, each with one part.
fn shared<T: Sync, R: Send>(all: &[T], threads: usize, work: impl Fn(&[T]) -> R + Sync) -> Vec<R> {
    if threads < 2 {
        return vec![work(all)];
    }
    let work = &work;
    thread::scope(|scope| {
        let parts = all.chunks(all.len().div_ceil(threads).max(1));
        let threads: Vec<_> = parts.map(|part| scope.spawn(move || work(part))).collect();
        let done = threads.into_iter().map(|thread| match thread.join() {
            Ok(done) => done,
            Err(panic) => resume_unwind(panic),
        });
        done.collect()
    })
}

#[cfg(test)]
mod tests {
    use std::{
        collections::HashSet,
        sync::{Condvar, Mutex},
        thread::ThreadId,
        time::Duration,
    };

    use super::*;
    use crate::Error;

    const PARTS: usize = 4;

    /// Parts that are ready in the opposite order: each waits for all that come after it. On one thread the first would wait in vain.
    #[derive(Default)]
    struct Backwards {
        ready: Mutex<Vec<(usize, ThreadId)>>,
        one_more: Condvar,
    }

    impl Backwards {
        fn wait(&self, part: &[usize]) -> usize {
            let at = part[0] * PARTS / 1_000;
            let ready = self.ready.lock().unwrap();
            let waits = |ready: &mut Vec<(usize, ThreadId)>| ready.len() < PARTS - 1 - at;
            let (mut ready, waited) = self.one_more.wait_timeout_while(ready, Duration::from_secs(20), waits).unwrap();
            assert!(!waited.timed_out(), "part {at} has no thread of its own");
            ready.push((at, thread::current().id()));
            self.one_more.notify_all();
            at
        }
    }

    /// Whoever is ready first: parts stand in their order, and the failure that is told is that of the first part, not the first in time.
    #[test]
    fn parts_keep_their_order_whoever_is_ready_first() {
        let all: Vec<usize> = (0..1_000).collect();
        let backwards = Backwards::default();
        let done = shared(&all, PARTS, |part| {
            backwards.wait(part);
            part.to_vec()
        });
        assert_eq!(done.concat(), all);
        let ready = backwards.ready.into_inner().unwrap();
        assert_eq!(
            ready.iter().map(|(at, _)| *at).collect::<Vec<_>>(),
            [3, 2, 1, 0],
            "the control: the last came first"
        );
        assert_eq!(ready.iter().map(|(_, thread)| thread).collect::<HashSet<_>>().len(), PARTS);

        let backwards = Backwards::default();
        let failed = shared(&all, PARTS, |part| match backwards.wait(part) {
            1 => Err(Error::Refused("first in order")),
            3 => Err(Error::NotFound),
            _ => Ok(()),
        });
        let told = failed.into_iter().collect::<Result<Vec<()>>>();
        assert!(matches!(told, Err(Error::Refused("first in order"))), "{told:?}");
    }

    #[test]
    fn every_thing_is_in_one_part_however_many_they_are() {
        for count in [0, 1, 3, 99, 100, 101, 1_000] {
            let all: Vec<usize> = (0..count).collect();
            assert_eq!(over(&all, |part| Ok(part.to_vec())).unwrap().concat(), all);
            for threads in 0..=5 {
                assert_eq!(shared(&all, threads, <[usize]>::to_vec).concat(), all, "{count} by {threads}");
            }
        }
        let failing = |part: &[usize]| if part.contains(&999) { Err(Error::NotFound) } else { Ok(()) };
        let all: Vec<usize> = (0..1_000).collect();
        assert!(matches!(over(&all, failing), Err(Error::NotFound)), "the last part's failure is told as well");
        assert!(over(&all[..999], failing).is_ok());
    }

    #[test]
    fn few_things_stay_together_and_a_panic_is_handed_on() {
        assert_eq!(parts(&[1, 2, 3], 2, <[i32]>::len).len(), 1);
        assert_eq!(parts(&[0; 100], 1, <[i32]>::len).iter().sum::<usize>(), 100);
        let all: Vec<usize> = (0..1_000).collect();
        let panics = || shared(&all, PARTS, |part| assert!(!part.contains(&999), "the last"));
        assert!(std::panic::catch_unwind(panics).is_err());
    }
}
