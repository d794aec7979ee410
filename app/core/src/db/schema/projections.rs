//! What is derived from the current documents of cases.

use super::{case_revisions, cases};

diesel::table! {
    case_values (case_id, position) {
        case_id -> Text,
        position -> Integer,
        field -> Text,
        code -> Nullable<Text>,
        status -> Nullable<Text>,
        confidence -> Nullable<Text>,
        reliability -> Nullable<Text>,
    }
}

diesel::table! {
    case_organisations (case_id, organisation_id, role) {
        case_id -> Text,
        organisation_id -> Text,
        role -> Text,
    }
}

diesel::table! {
    case_sources (case_id, source) {
        case_id -> Text,
        source -> Text,
        address -> Text,
        record -> Text,
    }
}

diesel::allow_tables_to_appear_in_same_query!(cases, case_revisions, case_values, case_organisations, case_sources);
