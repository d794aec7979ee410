//! Work that failed again and again, which an administrator looks at, lets be tried again, or throws away.

use super::{Administrator, StaffAct};
use crate::{
    Error, Result,
    db::{Reading, Writing},
    ids::JobId,
    jobs::{self, DeadLetter},
};

/// The work that was laid aside, what has lain the longest first.
///
/// # Errors
/// Those of the database.
pub fn laid_aside(r: &mut Reading, _by: &Administrator) -> Result<Vec<DeadLetter>> {
    jobs::dead_letters(r)
}

/// Lets it be tried again from the beginning.
///
/// # Errors
/// [`Error::NotFound`] if it does not lie aside any more.
pub fn try_again(tx: &mut Writing, _by: &Administrator, id: &JobId) -> Result<()> {
    if !jobs::try_again(tx, id)? {
        return Err(Error::NotFound);
    }
    tx.record(&StaffAct::WorkTriedAgain(id.clone()));
    Ok(())
}

/// Throws it away.
///
/// # Errors
/// [`Error::NotFound`] if it does not lie aside any more.
pub fn discard_work(tx: &mut Writing, _by: &Administrator, id: &JobId) -> Result<()> {
    if !jobs::discard(tx, id)? {
        return Err(Error::NotFound);
    }
    tx.record(&StaffAct::WorkDiscarded(id.clone()));
    Ok(())
}
