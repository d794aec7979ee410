//! Addresses of what is kept for a member of staff.

use casebook_core::ids::KeptFormId;

/// A form that was sent after its session had ended.
#[must_use]
pub fn kept_form(id: &KeptFormId) -> String {
    format!("/staff/kept/{id}")
}

/// Where it is thrown away.
#[must_use]
pub fn forget_form(id: &KeptFormId) -> String {
    format!("/staff/kept/{id}/forget")
}
