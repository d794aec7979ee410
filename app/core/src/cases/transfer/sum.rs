//! What a file said when it was checked, to be told from what it says when it is read again.

use std::{
    io::{self, BufRead, Read},
    sync::{Arc, Mutex, PoisonError},
};

use sha2::{Digest, Sha256};

/// The sum of everything that was read so far; clones count into the same one.
#[derive(Clone, Default)]
pub(super) struct Sum(Arc<Mutex<Sha256>>);

impl Sum {
    /// Reads on from `inner`, and counts what is read.
    pub(super) fn of<'a>(&self, inner: Box<dyn BufRead + 'a>) -> Box<dyn BufRead + 'a> {
        Box::new(Summed { inner, sum: self.clone() })
    }

    /// Whether the same bytes were read here and there.
    pub(super) fn is_that_of(&self, other: &Self) -> bool {
        self.so_far() == other.so_far()
    }

    fn so_far(&self) -> Vec<u8> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone().finalize().to_vec()
    }

    fn add(&self, bytes: &[u8]) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).update(bytes);
    }
}

struct Summed<'a> {
    inner: Box<dyn BufRead + 'a>,
    sum: Sum,
}

impl Read for Summed<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(into)?;
        self.consume(count);
        Ok(count)
    }
}

impl BufRead for Summed<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        // What is consumed lies in the buffer already, so that nothing is read here and nothing can fail.
        if let Ok(bytes) = self.inner.fill_buf() {
            self.sum.add(bytes.get(..count).unwrap_or(bytes));
        }
        self.inner.consume(count);
    }
}
