//! An instance of Casebook: its settings and all the parts that use cases work with, opened in the right order.

use std::{sync::Arc, time::Duration};

use chrono::TimeDelta;

use crate::{
    Error, Result,
    cases::{self, Vocabulary, catalogue::Catalogue, transfer::Imported},
    clock::Clock,
    codebook::Codebook,
    config::Config,
    db::{Actor, Database, facts},
    intake::{Held, Pace, Tools, draft},
    jobs::Lease,
    mail::{self, Mailer},
    places::{Gazetteer, Jurisdictions},
    random::Random,
    seal::InstanceKeys,
    search::{self, SearchIndex},
    secret::Token,
};

/// The lease of the process that brings the first cases.
const PLANTING: &str = "first cases";
/// The lease of the process that derives anew what an older program derived.
const DERIVING: &str = "derived anew";
/// How long the others wait for a process that died over either.
const SPAN: TimeDelta = TimeDelta::seconds(20);
/// The fact under which the database remembers with which secret key it was made.
pub(crate) const KEY_FINGERPRINT: &str = "key_fingerprint";

/// What is said where the secret key is another one.
pub(crate) const OTHER_KEY: &str = "the secret key is not the one that this database was made with: put the file named by secret.file back in \
     place, or set secret.content to its content";

/// All parts of an instance. Cheap to clone.
#[derive(Clone)]
pub struct Instance {
    /// The settings.
    pub config: Arc<Config>,
    /// The database.
    pub db: Database,
    /// The vocabulary.
    pub codebook: Arc<Codebook>,
    /// Cities and countries.
    pub gazetteer: Arc<Gazetteer>,
    /// Which law could reach data where.
    pub jurisdictions: Arc<Jurisdictions>,
    /// The pepper and the instance key.
    pub keys: Arc<InstanceKeys>,
    /// What filters, counts and orders need of all public cases.
    pub catalogue: Arc<Catalogue>,
    /// The text index.
    pub index: Arc<dyn SearchIndex>,
    /// Where mail goes.
    pub mailer: Arc<dyn Mailer>,
    /// What contributors typed while the database could not be written.
    pub held: Arc<Held>,
    /// How many submissions reach the queue in an hour.
    pub pace: Arc<Pace>,
}

impl Instance {
    /// Opens the instance that `config` describes: makes the data folder and the secret key where they are missing, and brings the
    /// database up to date.
    ///
    /// # Errors
    /// [`Error::Config`] naming the setting or file and the remedy; [`Error::Unavailable`] if the database does not answer.
    pub fn open(config: Config, clock: Arc<dyn Clock>, random: Arc<dyn Random>) -> Result<Self> {
        make_private_folder(&config.data.folder)?;
        let codebook = match config.codebook.file.as_str() {
            "" => Codebook::embedded(),
            file => Codebook::load(file.as_ref())?,
        };
        let jurisdictions = match config.codebook.jurisdictions_file.as_str() {
            "" => Jurisdictions::embedded(),
            file => Jurisdictions::load(file.as_ref())?,
        };
        let keys = Arc::new(InstanceKeys::open(&config, &*random)?);
        let timeout = Duration::from_secs(config.database.statement_timeout_seconds.into());
        let db = Database::open(
            config.database.url.reveal(),
            &config.data.folder,
            config.database.readers,
            timeout,
            clock,
            random,
        )?;
        db.migrate()?;
        remember_key(&db, &keys)?;
        let gazetteer = Gazetteer::embedded();
        derive_anew(&db, Vocabulary { codebook: &codebook, gazetteer: &gazetteer })?;
        let index = search::open(&config)?;
        cases::index::keep_in_step(&db, &codebook, &*index)?;
        Ok(Self {
            catalogue: Arc::new(Catalogue::by(Arc::clone(&codebook))),
            codebook,
            gazetteer,
            jurisdictions,
            keys,
            index,
            mailer: mail::from_config(&config)?,
            held: Arc::default(),
            pace: Arc::new(Pace::new(config.limits.submissions_per_hour())),
            config: Arc::new(config),
            db,
        })
    }

    /// What cases are checked and projected with.
    #[must_use]
    pub fn vocabulary(&self) -> Vocabulary<'_> {
        Vocabulary { codebook: &self.codebook, gazetteer: &self.gazetteer }
    }

    /// What contributing works with.
    #[must_use]
    pub fn intake(&self) -> Tools<'_> {
        Tools {
            book: &self.codebook,
            gazetteer: &self.gazetteer,
            keys: &self.keys,
            retention_weeks: self.config.submissions.retention_weeks,
            pace: Some(&self.pace),
        }
    }

    /// Whether a contributor's cookie has anything saved under it.
    ///
    /// # Errors
    /// Those of the database.
    pub fn has_draft(&self, cookie: &Token) -> Result<bool> {
        self.db.read(|r| Ok(draft::load(r, cookie)?.is_some()))
    }

    /// Brings the first cases into a database that never held one. Of several processes that start at once one does so, and the others
    /// wait until it has.
    ///
    /// # Errors
    /// Those of the import.
    pub fn plant_first_cases(&self) -> Result<Imported> {
        let further = self.config.seeds_further_cases();
        alone(&self.db, PLANTING, || cases::seeds::plant(&self.db, self.vocabulary(), further))
    }
}

/// Does `work` under the lease `name`: of several processes that start at once one does it, and the others wait until it has.
fn alone<T>(db: &Database, name: &'static str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    let lease = Lease::new(db, name, SPAN);
    let mut told = false;
    while !lease.hold()? {
        if !told {
            tracing::info!(lease = name, "another process is at this, or died over it: waiting for it");
            told = true;
        }
        std::thread::sleep(Duration::from_millis(200));
    }
    let done = lease.kept_while(work);
    lease.give_up()?;
    done
}

/// After an update: counts and filters must not be made of what an older program derived.
fn derive_anew(db: &Database, vocabulary: Vocabulary<'_>) -> Result<()> {
    let cases = db.read(cases::outdated)?;
    if cases == 0 {
        return Ok(());
    }
    let progress = &mut |done: usize| tracing::info!(done, cases, "cases of an older program are derived anew");
    alone(db, DERIVING, || cases::derive_anew(db, vocabulary, progress)).map(drop)
}

/// A database and the secret key it was made with belong together: with another key nothing sealed would open again.
fn remember_key(db: &Database, keys: &InstanceKeys) -> Result<()> {
    let known = match db.read(|r| facts::find(r, KEY_FINGERPRINT))? {
        Some(known) => known,
        // Of several processes that start at once with keys of their own, the first to write wins and the others hear of it.
        None => db.write(Actor::System, |tx| facts::set_once(tx, KEY_FINGERPRINT, keys.fingerprint()))?,
    };
    if known == keys.fingerprint() {
        return Ok(());
    }
    Err(Error::Config(OTHER_KEY.into()))
}

/// The folder holds the database and the key: it is made for the owner alone.
pub(crate) fn make_private_folder(folder: &std::path::Path) -> Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
        .map_err(|error| Error::Config(format!("data.folder: {} cannot be made: {error}", folder.display())))
}
