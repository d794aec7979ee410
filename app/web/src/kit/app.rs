//! The state that every request shares.

use std::{ops::Deref, sync::Arc};

use actix_web::{
    HttpRequest,
    web::{Data, block},
};
use casebook_core::{
    Error as CoreError, Result as CoreResult,
    clock::Clock,
    config::Config,
    db::{Actor, Reading, Unrecorded, Writing},
    instance::Instance,
    random::Random,
    seal::Passwords,
    secret::Token,
    staff::{Entrance, SessionTimes},
};
use tokio::sync::Semaphore;

use super::{
    Error, Result,
    cookies::Cookies,
    flash::Flash,
    limits::Limits,
    log::{Faults, Metrics},
    origin::Origins,
    page_cache::PageCache,
};

/// What handlers work with. Made once at start; cheap to share.
pub struct App {
    /// The parts that use cases work with; the state derefs to them.
    pub instance: Instance,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// Where chance comes from.
    pub random: Arc<dyn Random>,
    /// How cookies are made.
    pub cookies: Cookies,
    /// Who is asking, and which origin is ours.
    pub origins: Origins,
    /// Where staff join and sign in.
    pub entrance: Entrance,
    /// What one request leaves for the next.
    pub flash: Flash,
    /// How often somebody may try.
    pub limits: Limits,
    /// What went wrong.
    pub faults: Faults,
    /// What was answered.
    pub metrics: Metrics,
    /// Public pages that need not be made again.
    pub pages: PageCache,
    /// Leave to make a file of many cases; who finds none waits.
    pub exports: Arc<Semaphore>,
    /// Room for such files, from being asked for until they are sent; who finds none is told to come again.
    pub export_files: Arc<Semaphore>,
}

/// How many files of many cases are made at once: each keeps a thread and a connection of the database busy.
const EXPORTS: usize = 2;
/// How many files of many cases there are at once: each takes room on the disk for as long as its reader takes.
const EXPORT_FILES: usize = 16;

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("App")
    }
}

impl Deref for App {
    type Target = Instance;
    fn deref(&self) -> &Instance {
        &self.instance
    }
}

impl App {
    /// Opens everything that the settings name, and brings the database up to date.
    ///
    /// # Errors
    /// [`CoreError::Config`] for what cannot be used, [`CoreError::Unavailable`] for a database that does not answer.
    pub fn open(config: Config, clock: Arc<dyn Clock>, random: Arc<dyn Random>) -> CoreResult<Self> {
        let (limits, origins, secure) = (Limits::new(config.limits.enabled), origins(&config)?, config.is_https());
        let instance = Instance::open(config, clock.clone(), random.clone())?;
        let entrance = Entrance {
            db: instance.db.clone(),
            passwords: Arc::new(Passwords::new(instance.config.staff.password_profile)),
            keys: instance.keys.clone(),
            times: SessionTimes::from(&instance.config.staff),
        };
        let pages = PageCache::new(instance.config.cache.pages_megabytes);
        Ok(Self {
            instance,
            entrance,
            flash: Flash::default(),
            clock,
            random,
            cookies: Cookies { secure },
            origins,
            limits,
            faults: Faults::default(),
            metrics: Metrics::default(),
            pages,
            exports: Arc::new(Semaphore::new(EXPORTS)),
            export_files: Arc::new(Semaphore::new(EXPORT_FILES)),
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

    /// Brings the catalogue of public cases up to date, so that nobody who reads waits for it. After the start of a large collection that
    /// takes a while.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn read_catalogue(&self) -> Result<()> {
        let instance = self.instance.clone();
        self.read(move |reading| instance.catalogue.fresh(reading).map(drop)).await
    }

    /// Whether a contributor's cookie has anything saved under it.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn has_draft(&self, cookie: Token) -> Result<bool> {
        let instance = self.instance.clone();
        Ok(block(move || instance.has_draft(&cookie)).await.map_err(Error::unexpected)??)
    }

    /// Runs a step of joining or signing in, which hashes a password, on the blocking pool.
    ///
    /// # Errors
    /// Those of the step.
    pub async fn enter<T: Send + 'static>(
        &self,
        step: impl FnOnce(&Entrance) -> CoreResult<T> + Send + 'static,
    ) -> Result<T> {
        let entrance = self.entrance.clone();
        Ok(block(move || step(&entrance)).await.map_err(Error::unexpected)??)
    }

    /// The words for a reason code under which a case is hidden.
    #[must_use]
    pub fn reason(&self, code: &str) -> String {
        self.codebook.label("visibility_reason", code, "en").to_owned()
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
