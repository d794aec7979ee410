//! The tables of releases.

use super::{case_merges, cases};

diesel::table! {
    releases (number, edition) {
        number -> Integer,
        edition -> Integer,
        day -> Date,
        generation -> BigInt,
        cases -> BigInt,
        form -> Integer,
        vocabulary -> Text,
        base_number -> Nullable<Integer>,
        base_edition -> Nullable<Integer>,
        added -> BigInt,
        changed -> BigInt,
        withdrawn -> BigInt,
        note -> Nullable<Text>,
        public_key -> Text,
        manifest -> Text,
    }
}

diesel::table! {
    release_cases (number, edition, case_id) {
        number -> Integer,
        edition -> Integer,
        case_id -> Text,
        revision -> Integer,
        change -> Text,
        before -> Nullable<Integer>,
    }
}

diesel::allow_tables_to_appear_in_same_query!(cases, releases, release_cases);
diesel::allow_tables_to_appear_in_same_query!(case_merges, release_cases);
