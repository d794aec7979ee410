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
    let threads = most.min(all.len() / least.max(1));
    if threads < 2 {
        return vec![work(all)];
    }
    let work = &work;
    thread::scope(|scope| {
        let parts = all.chunks(all.len().div_ceil(threads));
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
    use super::*;
    use crate::Error;

    #[test]
    fn parts_keep_their_order_and_the_first_failure_is_told() {
        for count in [0, 1, 99, 100, 101, 1_000] {
            let all: Vec<usize> = (0..count).collect();
            let parts = over(&all, |part| Ok(part.to_vec())).unwrap();
            assert_eq!(parts.concat(), all);
        }
        let all: Vec<usize> = (0..1_000).collect();
        let failing = |at: &'static [usize]| {
            move |part: &[usize]| match at.iter().find(|number| part.contains(number)) {
                Some(0) => Err(Error::Refused("first")),
                Some(_) => Err(Error::NotFound),
                None => Ok(()),
            }
        };
        assert!(matches!(over(&all, failing(&[0, 999])), Err(Error::Refused("first"))));
        assert!(matches!(over(&all, failing(&[999])), Err(Error::NotFound)), "the last part's failure is told as well");
        assert!(over(&all, failing(&[1_000])).is_ok());
    }

    #[test]
    fn few_things_stay_together_and_a_panic_is_handed_on() {
        assert_eq!(parts(&[1, 2, 3], 2, <[i32]>::len).len(), 1);
        assert_eq!(parts(&[0; 100], 1, <[i32]>::len).iter().sum::<usize>(), 100);
        let all: Vec<usize> = (0..1_000).collect();
        let handed_on = std::panic::catch_unwind(|| parts(&all, 1, |part| assert!(!part.contains(&999), "the last")));
        assert!(handed_on.is_err());
    }
}
