//! The settings of an instance: the embedded defaults, overridden by a file, overridden by `CASEBOOK_*` variables.
//!
//! `config/default.toml` is at once the list of what can be set and its documentation; a key that does not stand there is refused.

mod choices;
mod layers;
mod limits;
mod mail;

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

#[cfg(test)]
mod tests {
    use super::*;

    fn load(file: Option<&str>, variables: &[(&str, &str)]) -> Result<Config> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("casebook.toml");
        if let Some(text) = file {
            std::fs::write(&path, text).unwrap();
        }
        let variables = variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Config::load(file.map(|_| path.as_path()), variables)
    }

    fn complaint(file: Option<&str>, variables: &[(&str, &str)]) -> String {
        load(file, variables).unwrap_err().to_string()
    }

    #[test]
    fn a_file_overrides_the_defaults_and_a_variable_overrides_the_file() {
        let file = "[server]\nlisten = \"127.0.0.1:1\"\npublic_url = \"https://a.example/\"\n";
        let config = load(Some(file), &[("CASEBOOK_SERVER_LISTEN", "127.0.0.1:2"), ("HOME", "x")]).unwrap();
        assert_eq!(config.server.listen, "127.0.0.1:2");
        assert_eq!(config.public_url(), "https://a.example");
        assert_eq!(config.accounts.delay_days, 7);
    }

    #[test]
    fn numbers_flags_and_lists_are_read_from_variables() {
        let variables = [
            ("CASEBOOK_ACCOUNTS_DELAY_DAYS", "0"),
            ("CASEBOOK_LIMITS_ENABLED", "false"),
            ("CASEBOOK_SERVER_TRUSTED_PROXIES", "10.0.0.1, 10.0.0.2"),
        ];
        let config = load(None, &variables).unwrap();
        assert_eq!(config.accounts.delay_days, 0);
        assert!(!config.limits.enabled);
        assert_eq!(config.server.trusted_proxies, ["10.0.0.1", "10.0.0.2"]);
    }

    #[test]
    fn a_wrong_key_is_named_with_its_file_and_line() {
        let complaint = complaint(Some("[server]\nlisten = \"a:1\"\nlistne = \"b\"\n"), &[]);
        assert!(complaint.contains("casebook.toml:3") && complaint.contains("server.listne"), "{complaint}");
    }

    #[test]
    fn a_wrong_value_is_named_with_what_would_fit() {
        let of_file = complaint(Some("[accounts]\ndelay_days = \"seven\"\n"), &[]);
        assert!(of_file.contains("casebook.toml:2") && of_file.contains("accounts.delay_days"), "{of_file}");
        let of_variable = complaint(None, &[("CASEBOOK_ACCOUNTS_DELAY_DAYS", "seven")]);
        assert!(of_variable.contains("CASEBOOK_ACCOUNTS_DELAY_DAYS"), "{of_variable}");
        let negative = complaint(None, &[("CASEBOOK_ACCOUNTS_DELAY_DAYS", "-1")]);
        assert!(negative.contains("accounts.delay_days"), "{negative}");
        let of_choice = complaint(None, &[("CASEBOOK_SEARCH_ENGINE", "grep")]);
        assert!(of_choice.contains("search.engine") && of_choice.contains("tantivy"), "{of_choice}");
    }

    #[test]
    fn a_variable_that_sets_nothing_is_refused() {
        assert!(complaint(None, &[("CASEBOOK_SERVER_PORT", "1")]).contains("CASEBOOK_SERVER_PORT"));
    }

    #[test]
    fn production_refuses_what_is_for_tests() {
        let url = ("CASEBOOK_SERVER_PUBLIC_URL", "https://a.example");
        let production = ("CASEBOOK_INSTANCE_ENVIRONMENT", "production");
        assert!(load(None, &[production, url]).is_ok());
        assert!(complaint(None, &[production]).contains("server.public_url"));
        assert!(
            complaint(None, &[production, url, ("CASEBOOK_STAFF_PASSWORD_PROFILE", "cheap")])
                .contains("password_profile")
        );
    }

    #[test]
    fn no_secret_stands_in_what_debug_shows() {
        let hidden = ["SECRET_CONTENT", "SEARCH_MEILISEARCH_KEY", "MAIL_SMTP_URL", "DATABASE_URL"];
        let names: Vec<String> = hidden.iter().map(|name| format!("CASEBOOK_{name}")).collect();
        let variables: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "hunter2")).collect();
        let config = load(None, &variables).unwrap();
        assert_eq!(config.mail.smtp_url.reveal(), "hunter2");
        assert!(!format!("{config:?}").contains("hunter2"));
    }

    #[test]
    fn every_setting_is_explained_where_it_stands() {
        let mut explained = false;
        for line in DEFAULT.lines() {
            if line.contains(" = ") && !line.starts_with('#') {
                assert!(explained, "no comment above: {line}");
            }
            explained = line.starts_with('#');
        }
    }
}
