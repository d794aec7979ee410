//! What moderators ruled on two cases.

diesel::table! {
    case_likeness (case_id, other_id) {
        case_id -> Text,
        other_id -> Text,
        ruling -> Text,
        reason -> Text,
    }
}
