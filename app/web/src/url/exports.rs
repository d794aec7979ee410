//! Links to the files that a set of cases is taken away as.

/// The set that these filters ask for, as a file with this ending.
#[must_use]
pub fn cases_as(ending: &str, pairs: &[(String, String)]) -> String {
    super::with_pairs(&format!("/cases.{ending}"), pairs)
}
