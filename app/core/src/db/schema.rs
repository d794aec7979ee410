//! The tables, as `migrations/` makes them on both databases. `tests/it/schema.rs` compares the two.

#![allow(
    missing_docs,
    unreachable_pub,
    reason = "the columns are documented in docs/data-inventory.md and in the migrations"
)]

diesel::table! {
    instance_facts (name) {
        name -> Text,
        value -> Text,
    }
}

diesel::table! {
    visibility_generation (id) {
        id -> Integer,
        generation -> BigInt,
    }
}

diesel::table! {
    audit_head (id) {
        id -> Integer,
        sequence -> BigInt,
        hash -> Text,
    }
}

diesel::table! {
    audit_lines (sequence) {
        sequence -> BigInt,
        happened -> Text,
        actor -> Text,
        act -> Text,
        subject_kind -> Text,
        subject -> Text,
        reason -> Nullable<Text>,
        note_hash -> Nullable<Text>,
        hash -> Text,
    }
}

diesel::table! {
    audit_notes (sequence) {
        sequence -> BigInt,
        salt -> Text,
        note -> Text,
    }
}

diesel::table! {
    jobs (id) {
        id -> Text,
        kind -> Text,
        payload -> Text,
        state -> Text,
        attempts -> Integer,
        due -> Timestamp,
        claimed_until -> Nullable<Timestamp>,
        last_error -> Nullable<Text>,
    }
}

diesel::table! {
    schedules (name) {
        name -> Text,
        due -> Timestamp,
    }
}

diesel::table! {
    leases (name) {
        name -> Text,
        holder -> Text,
        held_until -> Timestamp,
    }
}

diesel::allow_tables_to_appear_in_same_query!(audit_lines, audit_notes);
