//! What is wrong with an installation, in words, each with its remedy. Looking changes nothing: no folder, key or table is made.

mod database;
mod places;
mod public;
mod releases;
#[cfg(test)]
mod tests;
mod work;

use std::{sync::Arc, time::Duration};

use crate::{
    Result,
    clock::Clock,
    config::Config,
    db::{self, Database},
    random::Random,
    seal::InstanceKeys,
};

pub use releases::releases;
pub use work::{index_drift, laid_aside, log_of_acts, published_head};

/// What was found about one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The thing, such as `secret key`.
    pub about: &'static str,
    /// How it is.
    pub says: String,
    /// What to do; nothing where all is well.
    pub remedy: Option<String>,
}

impl Finding {
    fn well(about: &'static str, says: impl Into<String>) -> Self {
        Self { about, says: says.into(), remedy: None }
    }

    fn ill(about: &'static str, says: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { about, says: says.into(), remedy: Some(remedy.into()) }
    }

    /// Whether something is to be done.
    #[must_use]
    pub fn is_problem(&self) -> bool {
        self.remedy.is_some()
    }

    /// What was found, or that it could not be looked at.
    fn of(about: &'static str, looked: Result<Self>) -> Self {
        looked.unwrap_or_else(|error| {
            Self::ill(about, format!("could not be looked at: {error}"), "Mend what is named above, and look again.")
        })
    }
}

/// Looks at the installation that `config` describes.
#[must_use]
pub fn examine(config: &Config, clock: Arc<dyn Clock>, random: Arc<dyn Random>) -> Vec<Finding> {
    let keys = InstanceKeys::find(config);
    let there = db::is_there(config.database.url.reveal(), &config.data.folder);
    let mut findings = vec![
        places::data_folder(config),
        places::secret_key(config, &keys, matches!(there, Ok(true))),
        public::address(config),
        public::onion(config),
        work::mail(config),
    ];
    match there {
        Ok(true) => match open(config, clock, random) {
            Ok(db) => findings.extend(of_database(config, &db, keys.ok().flatten().as_ref())),
            Err(error) => findings.push(Finding::ill(
                "database",
                error.to_string(),
                "Start the database's server, or mend database.url.",
            )),
        },
        Ok(false) => findings.push(Finding::ill(
            "database",
            "there is none",
            "Start `casebook serve`, which makes it, or put a back-up in place with `casebook restore`.",
        )),
        Err(error) => findings.push(Finding::ill("database", error.to_string(), "Mend database.url.")),
    }
    findings
}

fn open(config: &Config, clock: Arc<dyn Clock>, random: Arc<dyn Random>) -> Result<Database> {
    let timeout = Duration::from_secs(config.database.statement_timeout_seconds.into());
    let url = config.database.url.reveal();
    Database::open(url, &config.data.folder, config.database.readers, timeout, clock, random)
}

fn of_database(config: &Config, db: &Database, keys: Option<&InstanceKeys>) -> Vec<Finding> {
    let version = Finding::of("tables", database::version(db));
    let mut findings = vec![Finding::of("connections", database::connections(db)), places::room(config, db)];
    let current = !version.is_problem();
    findings.push(version);
    if current {
        findings.extend([
            Finding::of("secret key of the database", database::key(db, keys)),
            Finding::of("clock", database::clock(db)),
            Finding::of("log of acts", log_of_acts(db)),
            Finding::of("text index", work::text_index(config, db)),
            Finding::of("work laid aside", laid_aside(db)),
            Finding::of("waiting work", work::waiting(db)),
            Finding::of("staff", public::staff(db)),
            Finding::of("recovery key", public::recovery_key(db)),
            Finding::of("sealing", public::sealing(db)),
            Finding::of("releases", releases(db, config)),
        ]);
    }
    findings
}
