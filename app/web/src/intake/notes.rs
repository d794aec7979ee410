//! What has just happened, said once above the page that a redirect leads to. Only these words can be asked for by an address.

use crate::kit::{Message, Pairs, Visit};

/// The notes that an address may carry.
const NOTES: [&str; 26] = [
    "saved",
    "fresh",
    "kept",
    "more",
    "too-much",
    "too-many-parts",
    "licence",
    "level",
    "idle",
    "withdrawn",
    "stopped",
    "message",
    "filled",
    "early",
    "late",
    "few",
    "alone",
    "no-such-case",
    "answered",
    "moved-on",
    "no-changes",
    "reply-long",
    "reply-words",
    "asked",
    "one-is-open",
    "asked-nothing",
];

/// The words for the note of an address.
pub(super) fn of(visit: &Visit, query: &Pairs) -> Option<String> {
    let note = NOTES.iter().find(|note| query.first("note") == **note)?;
    Some(visit.text(Message::new(format!("intake-note-{note}"))))
}
