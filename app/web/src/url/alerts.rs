//! Links to alerts by mail.

use casebook_core::{alerts::Rhythm, secret::Token};

use super::{with_pairs, with_query};

/// Where a reader asks to be told of the cases that these filters ask for.
#[must_use]
pub fn new_alert(pairs: &[(String, String)]) -> String {
    with_pairs("/alerts/new", pairs)
}

/// Where the owner of a mailbox says yes, with the rhythm that was asked for.
#[must_use]
pub fn confirm_alert(token: &Token, rhythm: Rhythm) -> String {
    with_query(&format!("/alerts/{}/confirm", token.text().reveal()), &[("often", rhythm.code())])
}

/// Where an alert ends.
#[must_use]
pub fn end_alert(token: &Token) -> String {
    format!("/alerts/{}/unsubscribe", token.text().reveal())
}
