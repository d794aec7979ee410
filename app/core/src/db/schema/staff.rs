//! The tables of staff: who they are, their keys and their sessions.

diesel::table! {
    members (id) {
        id -> Text,
        login_name -> Text,
        alias -> Text,
        alias_folded -> Text,
        role -> Text,
        state -> Text,
        password -> Text,
        public_key -> Text,
        private_half -> Text,
        totp_secret -> Text,
        totp_step -> BigInt,
        mail_address -> Nullable<Text>,
    }
}

diesel::table! {
    invitations (lookup) {
        lookup -> Text,
        role -> Text,
        inviter_id -> Nullable<Text>,
        totp_secret -> Text,
        expires -> Timestamp,
        member_id -> Nullable<Text>,
    }
}

diesel::table! {
    review_keys (id) {
        id -> Text,
        public_key -> Text,
        retired -> Bool,
    }
}

diesel::table! {
    review_key_seals (review_key_id, recipient_key) {
        review_key_id -> Text,
        recipient_key -> Text,
        member_id -> Nullable<Text>,
        envelope -> Text,
    }
}

diesel::table! {
    recovery_codes (lookup) {
        lookup -> Text,
        member_id -> Text,
    }
}

diesel::table! {
    sessions (lookup) {
        lookup -> Text,
        member_id -> Text,
        stage -> Text,
        private_half -> Text,
        started -> Timestamp,
        seen -> Timestamp,
    }
}

diesel::table! {
    sign_in_attempts (name_hash) {
        name_hash -> Text,
        attempts -> Integer,
        since -> Timestamp,
    }
}

diesel::table! {
    ended_sessions (lookup) {
        lookup -> Text,
        member_id -> Text,
        expires -> Date,
    }
}

diesel::table! {
    kept_forms (id) {
        id -> Text,
        member_id -> Text,
        envelope -> Text,
        expires -> Date,
    }
}

diesel::allow_tables_to_appear_in_same_query!(review_keys, review_key_seals);
