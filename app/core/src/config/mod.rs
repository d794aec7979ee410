//! The settings of an instance: the embedded defaults, overridden by a file, overridden by `CASEBOOK_*` variables.
//!
//! `config/default.toml` is at once the list of what can be set and its documentation; a key that does not stand there is refused.

mod choices;
mod layers;
mod limits;
mod mail;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use serde::Deserialize;

pub use self::choices::{Batches, Engine, Environment, LogFormat, LogLevel, MailTransport, PasswordProfile, Seed};
use crate::{Error, Result, secret::Secret};

/// The text of `config/default.toml`.
pub const DEFAULT: &str = include_str!("../../../../config/default.toml");

macro_rules! settings {
    ($($(#[$meta:meta])* $name:ident { $($(#[$fmeta:meta])* $field:ident: $kind:ty),+ $(,)? })+) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            $($(#[$fmeta])* pub $field: $kind),+
        }
    )+};
}

settings! {
    /// All settings. What each means stands in `config/default.toml`.
    Config {
        /// Who runs it and how.
        instance: Instance,
        /// Addresses.
        server: Server,
        /// The data folder.
        data: Data,
        /// The database.
        database: DatabaseSettings,
        /// The secret key.
        secret: SecretSettings,
        /// The vocabulary.
        codebook: CodebookSettings,
        /// The text index.
        search: Search,
        /// Pages that are kept in memory.
        cache: CacheSettings,
        /// Statistics of cases.
        statistics: StatisticsSettings,
        /// Snapshots of what is public.
        releases: ReleaseSettings,
        /// Drafts and submissions.
        submissions: Submissions,
        /// Publication of accounts.
        accounts: Accounts,
        /// Members of staff.
        staff: Staff,
        /// Mail.
        mail: Mail,
        /// The pace of visitors.
        limits: LimitSettings,
        /// Waiting work.
        jobs: Jobs,
        /// Log lines.
        log: Log,
    }
    /// `[instance]`
    Instance {
        /// The name that pages show.
        name: String,
        /// Development or production.
        environment: Environment,
        /// Who runs it.
        operator: String,
        /// Who pays.
        funding: String,
        /// How to reach them.
        contact: String,
        /// Whether the further first cases come.
        seed: Seed,
    }
    /// `[server]`
    Server {
        /// Where the site listens.
        listen: String,
        /// Where operations listen.
        operations_listen: String,
        /// The public address.
        public_url: String,
        /// The onion address.
        onion_url: String,
        /// Proxies that are believed.
        trusted_proxies: Vec<String>,
        /// Threads that answer.
        threads: usize,
    }
    /// `[data]`
    Data {
        /// The data folder.
        folder: PathBuf,
    }
    /// `[database]`
    DatabaseSettings {
        /// SQLite file or PostgreSQL address, which may hold a password.
        url: Secret,
        /// Connections that read.
        readers: u32,
        /// Seconds.
        statement_timeout_seconds: u32,
    }
    /// `[secret]`
    SecretSettings {
        /// The file.
        file: PathBuf,
        /// Or its content.
        content: Secret,
    }
    /// `[codebook]`
    CodebookSettings {
        /// Another vocabulary.
        file: String,
        /// Another table of jurisdictions.
        jurisdictions_file: String,
    }
    /// `[search]`
    Search {
        /// Which engine.
        engine: Engine,
        /// Folder of the index.
        folder: PathBuf,
        /// Address of the server.
        meilisearch_url: String,
        /// Its key.
        meilisearch_key: Secret,
        /// Name of the index.
        meilisearch_index: String,
        /// The most hits.
        meilisearch_hits: usize,
    }
    /// `[cache]`
    CacheSettings {
        /// Megabytes.
        pages_megabytes: u32,
    }
    /// `[statistics]`
    StatisticsSettings {
        /// Cases.
        suppress_below: u32,
    }
    /// `[releases]`
    ReleaseSettings {
        /// Their folder.
        folder: PathBuf,
        /// The key that signs them.
        key_file: PathBuf,
    }
    /// `[submissions]`
    Submissions {
        /// Weeks.
        retention_weeks: u32,
    }
    /// `[accounts]`
    Accounts {
        /// Days.
        delay_days: u32,
        /// Days.
        jitter_days: u32,
        /// On which days.
        batches: Batches,
    }
    /// `[staff]`
    Staff {
        /// How costly a password's hash is.
        password_profile: PasswordProfile,
        /// Minutes.
        session_idle_minutes: u32,
        /// Hours.
        session_hours: u32,
        /// Days.
        invitation_days: u32,
        /// Hours.
        claim_hours: u32,
    }
    /// `[mail]`
    Mail {
        /// Which way mail goes.
        transport: MailTransport,
        /// Folder of the mails.
        folder: PathBuf,
        /// Address of the server, which may hold a password.
        smtp_url: Secret,
        /// Name in the greeting.
        smtp_hello: String,
        /// Sender.
        from: String,
        /// Seconds.
        smtp_timeout_seconds: u32,
        /// Time of the day, in UTC.
        digest_at: String,
        /// Time of the day, in UTC.
        alerts_at: String,
    }
    /// `[limits]`
    LimitSettings {
        /// Whether limits are kept.
        enabled: bool,
        /// Submissions in an hour.
        submissions_per_hour: u32,
    }
    /// `[jobs]`
    Jobs {
        /// Whether `serve` works.
        worker: bool,
        /// Seconds.
        poll_seconds: u32,
    }
    /// `[log]`
    Log {
        /// Text or JSON.
        format: LogFormat,
        /// The least level.
        level: LogLevel,
    }
}

impl Config {
    /// Reads the settings: defaults, then `file`, then the variables that begin with `CASEBOOK_`.
    ///
    /// # Errors
    /// [`Error::Config`] with file or variable, key and reason.
    pub fn load(file: Option<&Path>, variables: impl Iterator<Item = (String, String)>) -> Result<Self> {
        let mut layers = layers::Layers::new(DEFAULT)?;
        if let Some(file) = file {
            let text = std::fs::read_to_string(file)
                .map_err(|error| Error::Config(format!("{}: cannot be read: {error}", file.display())))?;
            layers.add_file(&file.display().to_string(), &text)?;
        }
        layers.add_variables(variables)?;
        let config: Self = layers.finish()?;
        config.consistent()
    }

    /// The defaults alone, for tests to change.
    ///
    /// # Errors
    /// If the embedded defaults are faulty, which a test rules out.
    pub fn defaults() -> Result<Self> {
        Self::load(None, std::iter::empty())
    }

    /// Whether the instance stands in public.
    #[must_use]
    pub fn is_production(&self) -> bool {
        self.instance.environment == Environment::Production
    }

    /// A path below the data folder.
    #[must_use]
    pub fn in_data(&self, path: &Path) -> PathBuf {
        self.data.folder.join(path)
    }

    /// The address under which people reach the site, without a slash at the end.
    #[must_use]
    pub fn public_url(&self) -> String {
        if self.server.public_url.is_empty() {
            format!("http://{}", self.server.listen)
        } else {
            self.server.public_url.trim_end_matches('/').to_owned()
        }
    }

    /// Whether people reach the site by TLS.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.public_url().starts_with("https://")
    }

    /// Whether the further first cases come into an empty database.
    #[must_use]
    pub fn seeds_further_cases(&self) -> bool {
        match self.instance.seed {
            Seed::Always => true,
            Seed::Never => false,
            Seed::Auto => !self.is_production(),
        }
    }

    fn consistent(self) -> Result<Self> {
        let refuse = |key: &str, reason: &str| Err(Error::Config(format!("{key}: {reason}")));
        if self.search.engine == Engine::Meilisearch && self.search.meilisearch_url.is_empty() {
            return refuse("search.meilisearch_url", "needed where search.engine is \"meilisearch\"");
        }
        if let Err((key, reason)) = self.mail.consistent() {
            return refuse(key, reason);
        }
        if self.database.readers == 0 {
            return refuse("database.readers", "at least 1");
        }
        if self.submissions.retention_weeks == 0 {
            return refuse("submissions.retention_weeks", "at least 1");
        }
        if self.is_production() {
            if self.staff.password_profile == PasswordProfile::Cheap {
                return refuse("staff.password_profile", "\"cheap\" is for tests; production takes \"strong\"");
            }
            if self.mail.transport == MailTransport::Memory {
                return refuse("mail.transport", "\"memory\" is for tests; production takes \"none\" or \"smtp\"");
            }
            if !self.is_https() && !self.public_url().ends_with(".onion") {
                return refuse(
                    "server.public_url",
                    "production needs an address that begins with https:// (or an onion address)",
                );
            }
        }
        Ok(self)
    }
}
