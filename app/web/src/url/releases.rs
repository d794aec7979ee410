//! Links to releases of the dataset.

use casebook_core::releases::Version;

/// The page of a release, for good.
#[must_use]
pub fn release(version: Version) -> String {
    format!("/datasets/{version}")
}
