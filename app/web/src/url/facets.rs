//! Links to what cases can be filtered by.

/// All values of a facet under these filters.
#[must_use]
pub fn facet(field: &str, pairs: &[(String, String)]) -> String {
    super::with_pairs(&format!("/cases/facet/{field}"), pairs)
}
