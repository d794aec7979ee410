//! The real site with a temporary instance behind it, and the people who use it.
//!
//! ```ignore
//! let site = Site::open().await;
//! site.visitor().get("/about").await.is(StatusCode::OK).shows("About");
//! ```
//!
//! Every visitor connects from 127.77.13.9 and sends a user agent, a language and a forwarded-for header that would be recognised
//! anywhere they were stored. Dropping the site fails if a job is left over or something failed that no test expected.

#![allow(dead_code, reason = "it offers what the next test may need")]

mod answer;
mod form;
mod log;
mod map;
pub(crate) mod markup;
mod people;
mod program;
mod sink;
pub(crate) mod traces;
pub(crate) mod unpack;
mod visitor;

use std::{
    cell::Cell,
    net::TcpListener,
    path::{Path, PathBuf},
    sync::Arc,
};

use actix_web::{dev::ServerHandle, web::Data};
use casebook_core::{
    audit::AuditLine,
    config::{Batches, Config, PasswordProfile, Seed},
    random::{OsRandom, Random},
    testing::{FixedClock, test_database_url},
};
use casebook_web::{kit::App, server};
use tempfile::TempDir;

pub(crate) use answer::Answer;
pub(crate) use form::Form;
pub(crate) use log::log_text;
pub(crate) use map::{Address, addresses};
use people::People;
pub(crate) use program::Program;
pub(crate) use sink::{Sink, Step};
pub(crate) use visitor::{CANARY_ADDRESS, CANARY_AGENT, CANARY_FORWARDED, CANARY_LANGUAGE, Visitor};

/// The day on which every test takes place, unless it moves the clock.
pub(crate) const TODAY: &str = "2026-11-23";

/// A running instance of its own.
pub(crate) struct Site {
    /// The state behind it.
    pub(crate) app: Data<App>,
    /// Its clock, which stands still until it is moved.
    pub(crate) clock: Arc<FixedClock>,
    address: String,
    server: ServerHandle,
    folder: Option<TempDir>,
    people: People,
    faults: Cell<usize>,
    jobs: Cell<bool>,
}

impl Site {
    /// An empty instance.
    pub(crate) async fn open() -> Self {
        Self::open_with(|_| {}).await
    }

    /// An instance with the first cases, indexed.
    pub(crate) async fn with_first_cases() -> Self {
        let site = Self::open_with(|config| config.instance.seed = Seed::Always).await;
        site.app.plant_first_cases().unwrap();
        site.works();
        site
    }

    /// An empty instance with some settings changed.
    pub(crate) async fn open_with(change: impl FnOnce(&mut Config)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut config = settings(folder.path());
        config.database.url = test_database_url().into();
        change(&mut config);
        Self::start(config, Some(folder), Arc::new(OsRandom)).await
    }

    async fn start(mut config: Config, folder: Option<TempDir>, random: Arc<dyn Random>) -> Self {
        log::listen();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        config.server.listen = listener.local_addr().unwrap().to_string();
        let address = format!("http://{}", config.server.listen);
        let clock = Arc::new(FixedClock::at(TODAY));
        let app = Data::new(App::open(config, clock.clone(), random).unwrap());
        let running = server::site(app.clone(), listener, 1).unwrap();
        let server = running.handle();
        actix_web::rt::spawn(running);
        Self {
            app,
            clock,
            address,
            server,
            folder,
            people: People::default(),
            faults: Cell::new(0),
            jobs: Cell::new(false),
        }
    }

    /// The address under which the site answers, without a slash at the end.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// The folder with everything that the instance stores.
    pub(crate) fn folder(&self) -> PathBuf {
        self.app.config.data.folder.clone()
    }

    /// Somebody with an empty cookie jar.
    pub(crate) fn visitor(&self) -> Visitor {
        self.visitor_from(CANARY_FORWARDED)
    }

    /// Somebody of whom a proxy would say that they have another address.
    pub(crate) fn visitor_from(&self, network: &str) -> Visitor {
        Visitor::new(&self.address, network, self.clock.clone())
    }

    /// What the last line of the log of acts says was done.
    #[track_caller]
    pub(crate) fn log_ends_with(&self, act: &str) {
        let lines = self.log();
        assert_eq!(lines.last().map(|line| line.act.as_str()), Some(act), "{lines:?}");
    }

    /// The log of acts, oldest first.
    pub(crate) fn log(&self) -> Vec<AuditLine> {
        self.app.db.read(|r| casebook_core::audit::lines_after(r, 0, i64::MAX)).unwrap()
    }

    /// Everything that the database holds, as text.
    pub(crate) fn stored(&self) -> String {
        casebook_core::testing::dump(&self.app.db).into_iter().map(|(_, value)| value + "\n").collect()
    }

    /// Does all that waits to be done.
    pub(crate) fn works(&self) {
        let letters = casebook_web::letters(&self.app.config);
        casebook_core::background::run_all(&self.app.instance, &letters, |_| ()).unwrap();
    }

    /// Says that so many unexpected failures belong to this test.
    pub(crate) fn expects_failures(&self, count: usize) {
        self.faults.set(count);
    }

    /// Says that jobs may be left over.
    pub(crate) fn expects_jobs(&self) {
        self.jobs.set(true);
    }
}

/// The settings of a test: a folder of its own, no worker, no delay, cheap passwords, no limits.
pub(crate) fn settings(folder: &Path) -> Config {
    let mut config = Config::defaults().unwrap();
    config.data.folder = folder.join("data");
    config.server.operations_listen = String::new();
    config.instance.seed = Seed::Never;
    config.staff.password_profile = PasswordProfile::Cheap;
    config.accounts.delay_days = 0;
    config.accounts.jitter_days = 0;
    config.accounts.batches = Batches::None;
    config.limits.enabled = false;
    config.jobs.worker = false;
    config
}

impl Drop for Site {
    fn drop(&mut self) {
        drop(self.server.stop(false));
        if std::thread::panicking() {
            if let Some(folder) = self.folder.take() {
                eprintln!("the instance is kept in {}", folder.keep().display());
            }
            return;
        }
        let jobs = self.app.db.read(casebook_core::jobs::waiting).unwrap();
        assert!(jobs == 0 || self.jobs.get(), "{jobs} jobs are left over");
        assert_eq!(self.app.faults.total(), self.faults.get(), "unexpected failures (left: happened, right: expected)");
    }
}
