//! The settings that are one word of a few.

use serde::Deserialize;

macro_rules! choices {
    ($($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident),+ $(,)? })+) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
        #[serde(rename_all = "lowercase")]
        pub enum $name {
            $($(#[$vmeta])* $variant),+
        }
    )+};
}

choices! {
    /// Where the instance stands.
    Environment {
        /// On a developer's machine or in a test.
        Development,
        /// In public.
        Production,
    }
    /// Whether the six further first cases come into an empty database.
    Seed {
        /// Outside production.
        Auto,
        /// Yes.
        Always,
        /// No.
        Never,
    }
    /// Which engine answers for words.
    Engine {
        /// The one in the program.
        Tantivy,
        /// A server.
        Meilisearch,
    }
    /// On which days accounts are published.
    Batches {
        /// On any.
        None,
        /// On the first of each month.
        Monthly,
        /// On the first of each quarter.
        Quarterly,
    }
    /// How costly a password's hash is.
    PasswordProfile {
        /// Argon2id with 64 MiB.
        Strong,
        /// For tests.
        Cheap,
    }
    /// Which way mail goes.
    MailTransport {
        /// Nowhere.
        None,
        /// Files in a folder.
        Directory,
        /// A server.
        Smtp,
        /// Kept for tests.
        Memory,
    }
    /// How log lines look.
    LogFormat {
        /// For people.
        Text,
        /// For programs.
        Json,
    }
    /// The least level that is logged.
    LogLevel {
        /// Failures.
        Error,
        /// And what may become one.
        Warn,
        /// And what happens.
        Info,
        /// And how.
        Debug,
    }
}
