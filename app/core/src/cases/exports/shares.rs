//! The work on a batch of cases, shared among threads: what costs is reading documents and writing rows, and each case is by itself.

use std::{panic::resume_unwind, thread};

use crate::Result;

/// More threads would leave little to those who read pages meanwhile.
const MOST_THREADS: usize = 4;
/// Fewer are not worth a thread.
const LEAST: usize = 50;

/// What `work` makes of consecutive parts of `all`, in their order.
///
/// # Errors
/// The first of `work`, in that order.
pub(super) fn over<T: Sync, R: Send>(all: &[T], work: impl Fn(&[T]) -> Result<R> + Sync) -> Result<Vec<R>> {
    let most = thread::available_parallelism().map_or(1, usize::from).min(MOST_THREADS);
    let threads = most.min(all.len() / LEAST);
    if threads < 2 {
        return Ok(vec![work(all)?]);
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
        let failed = over(&all, |part| match part.first() {
            Some(0) => Ok(()),
            _ => Err(Error::NotFound),
        });
        assert!(matches!(failed, Err(Error::NotFound)) || thread::available_parallelism().map_or(1, usize::from) == 1);
    }
}
