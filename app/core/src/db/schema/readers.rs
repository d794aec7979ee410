//! The tables of readers.

diesel::table! {
    alerts (id) {
        id -> Text,
        lookup -> Text,
        mailbox -> Text,
        wish -> Text,
        envelope -> Text,
        rhythm -> Text,
        told -> BigInt,
        asked -> Nullable<Date>,
        due -> Nullable<Date>,
    }
}
