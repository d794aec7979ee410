//! Links to what is counted of cases.

use super::with_pairs;

/// The statistics of the cases that these filters ask for; the two fields of the table stand among the pairs.
#[must_use]
pub fn statistics(pairs: &[(String, String)]) -> String {
    with_pairs("/statistics", pairs)
}

/// The table of two fields as a sheet.
#[must_use]
pub fn statistics_sheet(pairs: &[(String, String)]) -> String {
    with_pairs("/statistics.csv", pairs)
}

/// The bars of the cases that these filters ask for, as a sheet.
#[must_use]
pub fn statistics_bars(pairs: &[(String, String)]) -> String {
    with_pairs("/statistics/bars.csv", pairs)
}

/// How the measures are computed, and what they do not say.
#[must_use]
pub fn method() -> String {
    "/method".to_owned()
}
