//! The one list of what is done beside requests: jobs that transactions leave, and what comes again and again.

use crate::{
    Result,
    cases::index::{self, IndexCases, RebuildIndex},
    instance::Instance,
    jobs::Registry,
};

/// Everything that a worker can do.
#[must_use]
pub fn registry() -> Registry<Instance> {
    Registry::default()
        .job(|instance: &Instance, job: IndexCases| job.run(&instance.db, &instance.gazetteer, &*instance.index))
        .job(|instance: &Instance, _: RebuildIndex| rebuild_index(instance, &mut |_| ()).map(drop))
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
