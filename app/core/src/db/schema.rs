//! The tables, as `migrations/` makes them on both databases. `tests/it/schema.rs` compares the two.

#![allow(
    missing_docs,
    unreachable_pub,
    reason = "the columns are documented in docs/data-inventory.md and in the migrations"
)]

mod likeness;
mod projections;
mod readers;
mod released;
mod staff;

pub use likeness::case_likeness;
pub use projections::{case_organisations, case_sources, case_values};
pub use readers::alerts;
pub use released::{release_cases, releases};
pub use staff::{
    ended_sessions, invitations, kept_forms, members, recovery_codes, review_key_seals, review_keys, sessions,
    sign_in_attempts,
};

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

diesel::table! {
    organisations (id) {
        id -> Text,
        parent_id -> Nullable<Text>,
        record -> Text,
    }
}

diesel::table! {
    organisation_names (folded, organisation_id) {
        organisation_id -> Text,
        folded -> Text,
    }
}

diesel::table! {
    cases (id) {
        id -> Text,
        ordinal -> Integer,
        visibility -> Text,
        visibility_reason -> Nullable<Text>,
        revision -> Integer,
        reference -> Bool,
        title_folded -> Text,
        revised -> Text,
        population -> Nullable<BigInt>,
        year_from -> Nullable<Integer>,
        year_to -> Nullable<Integer>,
        computed -> Text,
        changed_in -> BigInt,
        revised_in -> BigInt,
        withheld_in -> BigInt,
        projected -> Integer,
        reworded_in -> BigInt,
    }
}

diesel::table! {
    case_revisions (case_id, revision) {
        case_id -> Text,
        revision -> Integer,
        published -> Text,
        reason -> Nullable<Text>,
        document -> Text,
    }
}

diesel::table! {
    case_merges (case_id) {
        case_id -> Text,
        into_id -> Text,
        revision -> Integer,
    }
}

diesel::table! {
    redactions (id) {
        id -> Text,
        case_id -> Text,
        words -> Text,
        reason -> Text,
    }
}

diesel::table! {
    takedown_demands (id) {
        id -> Text,
        received -> Date,
        claimant -> Text,
        sought -> Text,
        case_id -> Nullable<Text>,
        outcome -> Nullable<Text>,
        decided -> Nullable<Date>,
        notice -> Nullable<Text>,
    }
}

diesel::table! {
    drafts (lookup) {
        lookup -> Text,
        envelope -> Text,
        expires -> Date,
    }
}

diesel::table! {
    kept_drafts (lookup) {
        lookup -> Text,
        envelope -> Text,
        expires -> Date,
    }
}

diesel::table! {
    submissions (id) {
        id -> Text,
        lookup -> Nullable<Text>,
        public_key -> Nullable<Text>,
        kind -> Text,
        state -> Text,
        week -> Text,
        completeness -> Nullable<Text>,
        unconfirmed -> Bool,
        form_hash -> Nullable<Text>,
        expires -> Nullable<Date>,
        due -> Nullable<Date>,
        case_id -> Nullable<Text>,
    }
}

diesel::table! {
    submission_envelopes (submission_id, part, recipient) {
        submission_id -> Text,
        part -> Text,
        recipient -> Text,
        envelope -> Text,
    }
}

diesel::table! {
    submission_guards (submission_id) {
        submission_id -> Text,
        fingerprint -> Text,
        held -> Bool,
    }
}

diesel::table! {
    submission_messages (submission_id, position, recipient) {
        submission_id -> Text,
        position -> Integer,
        recipient -> Text,
        envelope -> Text,
    }
}

diesel::table! {
    review_drafts (id) {
        id -> Text,
        case_id -> Text,
        base_revision -> Integer,
        review_key_id -> Text,
        envelope -> Text,
    }
}

diesel::table! {
    exchange_envelopes (submission_id, item, recipient) {
        submission_id -> Text,
        item -> Text,
        recipient -> Text,
        envelope -> Text,
    }
}

diesel::table! {
    corrections (submission_id) {
        submission_id -> Text,
        kind -> Text,
        week -> Text,
        answered -> Bool,
        expires -> Nullable<Date>,
    }
}

diesel::table! {
    submission_handling (submission_id) {
        submission_id -> Text,
        risk -> Nullable<Text>,
        marker_id -> Nullable<Text>,
        claimant_id -> Nullable<Text>,
        claimed_until -> Nullable<Timestamp>,
        acceptor_id -> Nullable<Text>,
    }
}

diesel::table! {
    case_papers (case_id, part) {
        case_id -> Text,
        part -> Text,
        review_key_id -> Text,
        envelope -> Text,
    }
}

diesel::table! {
    conflicts_of_interest (id) {
        id -> Text,
        member_id -> Text,
        submission_id -> Nullable<Text>,
        case_id -> Nullable<Text>,
    }
}

diesel::allow_tables_to_appear_in_same_query!(audit_lines, audit_notes);
diesel::allow_tables_to_appear_in_same_query!(organisations, organisation_names);
diesel::allow_tables_to_appear_in_same_query!(cases, case_merges);
diesel::allow_tables_to_appear_in_same_query!(submissions, submission_messages);
