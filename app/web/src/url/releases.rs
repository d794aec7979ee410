//! Links to releases of the dataset.

use casebook_core::releases::Version;

/// Which releases there are.
#[must_use]
pub fn datasets() -> String {
    "/datasets".to_owned()
}

/// The same for programs, in the format with this ending: `ttl`, `jsonld`, or `atom` for feed readers.
#[must_use]
pub fn datasets_as(ending: &str) -> String {
    format!("/datasets.{ending}")
}

/// The page of a release, for good.
#[must_use]
pub fn release(version: Version) -> String {
    format!("/datasets/{version}")
}

/// The same for programs, in the format with this ending: `ttl` or `jsonld`.
#[must_use]
pub fn release_as(version: Version, ending: &str) -> String {
    format!("/datasets/{version}.{ending}")
}

/// A file of a release.
#[must_use]
pub fn release_file(version: Version, name: &str) -> String {
    format!("/datasets/{version}/{name}")
}
