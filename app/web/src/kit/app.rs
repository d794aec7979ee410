//! The state that every request shares.

use std::{sync::Arc, time::Duration};

use actix_web::{
    HttpRequest,
    web::{Data, block},
};
use casebook_core::{
    Error as CoreError, Result as CoreResult,
    clock::Clock,
    codebook::Codebook,
    config::Config,
    db::{Actor, Database, Reading, Unrecorded, Writing, facts},
    places::Gazetteer,
    random::Random,
    seal::InstanceKeys,
    search::{self, SearchIndex},
};

use super::{
    Error, Result,
    cookies::Cookies,
    limits::Limits,
    log::{Faults, Metrics},
    origin::Origins,
};

/// What handlers work with. Made once at start; cheap to share.
pub struct App {
    /// The settings.
    pub config: Config,
    /// The database; [`App::read`] and [`App::write`] run a use case on it without holding up other requests.
    pub db: Database,
    /// The vocabulary.
    pub codebook: Arc<Codebook>,
    /// The cities and countries.
    pub gazetteer: Arc<Gazetteer>,
    /// The text index, which may be away.
    pub search: Arc<dyn SearchIndex>,
    /// The keys that lie outside the database.
    pub keys: Arc<InstanceKeys>,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// Where chance comes from.
    pub random: Arc<dyn Random>,
    /// How cookies are made.
    pub cookies: Cookies,
    /// Who is asking, and which origin is ours.
    pub origins: Origins,
    /// How often somebody may try.
    pub limits: Limits,
    /// What went wrong.
    pub faults: Faults,
    /// What was answered.
    pub metrics: Metrics,
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("App")
    }
}

impl App {
    /// Opens everything that the settings name, and brings the database up to date.
    ///
    /// # Errors
    /// [`CoreError::Config`] for what cannot be used, [`CoreError::Unavailable`] for a database that does not answer.
    pub fn open(config: Config, clock: Arc<dyn Clock>, random: Arc<dyn Random>) -> CoreResult<Self> {
        let codebook = match config.codebook.file.as_str() {
            "" => Codebook::embedded(),
            file => Codebook::load(file.as_ref())?,
        };
        std::fs::create_dir_all(&config.data.folder)?;
        let keys = Arc::new(InstanceKeys::open(&config, &*random)?);
        let db = open_database(&config, &keys, clock.clone(), random.clone())?;
        Ok(Self {
            db,
            codebook,
            gazetteer: Gazetteer::embedded(),
            search: search::open(&config)?,
            keys,
            clock,
            random,
            cookies: Cookies { secure: config.is_https() },
            origins: origins(&config)?,
            limits: Limits::new(config.limits.enabled),
            faults: Faults::default(),
            metrics: Metrics::default(),
            config,
        })
    }

    /// The state that `request` was given.
    ///
    /// # Errors
    /// If the program was put together without it.
    pub fn of(request: &HttpRequest) -> Result<&Data<Self>> {
        request.app_data::<Data<Self>>().ok_or_else(|| Error::unexpected("the application has no state"))
    }

    /// Runs a use case that reads, on the blocking pool.
    ///
    /// # Errors
    /// Those of the use case and of the database.
    pub async fn read<T: Send + 'static>(
        &self,
        read: impl FnOnce(&mut Reading) -> CoreResult<T> + Send + 'static,
    ) -> Result<T> {
        let db = self.db.clone();
        Ok(block(move || db.read(read)).await.map_err(Error::unexpected)??)
    }

    /// Runs a use case that writes, as one transaction on the blocking pool.
    ///
    /// # Errors
    /// Those of the use case and of the database.
    pub async fn write<T: Send + 'static>(
        &self,
        actor: Actor,
        write: impl FnOnce(&mut Writing) -> CoreResult<T> + Send + 'static,
    ) -> Result<T> {
        let db = self.db.clone();
        Ok(block(move || db.write(actor, write)).await.map_err(Error::unexpected)??)
    }

    /// Runs an act of a contributor, which leaves neither audit line nor job.
    ///
    /// # Errors
    /// Those of the use case and of the database.
    pub async fn write_unrecorded<T: Send + 'static>(
        &self,
        write: impl FnOnce(&mut Unrecorded) -> CoreResult<T> + Send + 'static,
    ) -> Result<T> {
        let db = self.db.clone();
        Ok(block(move || db.write_unrecorded(write)).await.map_err(Error::unexpected)??)
    }

    /// The words for a reason code under which a case is hidden.
    #[must_use]
    pub fn reason(&self, code: &str) -> String {
        self.codebook.label("visibility_reason", code, "en").to_owned()
    }
}

/// The fact under which the database remembers which secret key it belongs to.
const KEY_FINGERPRINT: &str = "secret_key_fingerprint";

fn open_database(
    config: &Config,
    keys: &InstanceKeys,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
) -> CoreResult<Database> {
    let settings = &config.database;
    let timeout = Duration::from_secs(settings.statement_timeout_seconds.into());
    let db = Database::open(&settings.url, &config.data.folder, settings.readers, timeout, clock, random)?;
    db.migrate()?;
    let ours = keys.fingerprint().to_owned();
    let known = db.write_unrecorded(move |tx| match facts::find(tx, KEY_FINGERPRINT)? {
        Some(known) => Ok(known),
        None => facts::set(tx, KEY_FINGERPRINT, &ours).map(|()| ours),
    })?;
    if known == keys.fingerprint() {
        Ok(db)
    } else {
        Err(CoreError::Config(format!(
            "{}: this is not the secret key that the database belongs to; put the right one back",
            config.secret.file.display()
        )))
    }
}

/// Where a public address is configured, that and the onion address are ours; on a developer's machine the host that was asked.
fn origins(config: &Config) -> CoreResult<Origins> {
    let named = |url: &str| url.trim_end_matches('/').to_owned();
    let ours = [&config.server.public_url, &config.server.onion_url];
    let ours: Vec<String> = ours.into_iter().filter(|url| !url.is_empty()).map(|url| named(url)).collect();
    let trusted = config.server.trusted_proxies.iter().map(|text| text.parse());
    let trusted: Result<Vec<_>, String> = trusted.collect();
    let trusted = trusted.map_err(|reason| CoreError::Config(format!("server.trusted_proxies: {reason}")))?;
    Ok(Origins::new(ours, trusted))
}
