//! `casebook serve` - the site.

use std::{
    net::TcpListener,
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle},
};

use actix_web::{
    rt::signal::unix::{SignalKind, signal},
    web::Data,
};
use casebook_core::{
    Error, Result, background,
    config::{Config, LogFormat, LogLevel},
    instance::Instance,
};
use futures_util::future::select;
use tracing_subscriber::EnvFilter;

use super::{open, say};
use crate::{
    kit::{App, log},
    letters, server,
};

/// Answers requests until told to stop.
///
/// # Errors
/// What keeps the program from starting.
pub(super) fn serve(config: Config) -> Result<()> {
    log_as(&config);
    log::watch_defects();
    let listener = listen(&config.server.listen, "server.listen")?;
    let operations = match config.server.operations_listen.as_str() {
        "" => None,
        address => Some(loopback(address)?),
    };
    let address = config.public_url();
    let app = Data::new(open(config)?);
    let planted = app.plant_first_cases()?;
    if planted.cases > 0 {
        say(&format!("The first {} cases are in place.", planted.cases))?;
    }
    let worker = app.config.jobs.worker.then(|| Worker::start(&app.instance)).transpose()?;
    say(&format!("Casebook answers at {address}"))?;
    let answered = actix_web::rt::System::new().block_on(answer(app, listener, operations));
    if let Some(worker) = worker {
        worker.stop();
    }
    answered
}

/// Does the waiting work and nothing else, until told to stop.
///
/// # Errors
/// What keeps the program from starting.
pub(super) fn worker(config: Config) -> Result<()> {
    log_as(&config);
    log::watch_defects();
    let instance = open(config)?.instance.clone();
    say("The worker waits for work.")?;
    let worker = Worker::start(&instance)?;
    let told = actix_web::rt::System::new().block_on(told_to_stop());
    worker.stop();
    told
}

/// Waits for SIGTERM or SIGINT.
async fn told_to_stop() -> Result<()> {
    let mut terminated = signal(SignalKind::terminate())?;
    let mut interrupted = signal(SignalKind::interrupt())?;
    select(pin!(terminated.recv()), pin!(interrupted.recv())).await;
    Ok(())
}

/// The thread that works.
struct Worker {
    stop: Arc<AtomicBool>,
    thread: JoinHandle<()>,
}

impl Worker {
    fn start(instance: &Instance) -> Result<Self> {
        let stop = Arc::new(AtomicBool::new(false));
        let (instance, letters, told) = (instance.clone(), letters(&instance.config), stop.clone());
        let work = move || background::work(&instance, &letters, &told);
        let thread = thread::Builder::new().name("worker".into()).spawn(work)?;
        Ok(Self { stop, thread })
    }

    /// Lets the job under way end.
    fn stop(self) {
        self.stop.store(true, Ordering::Relaxed);
        if self.thread.join().is_err() {
            tracing::error!("the worker ended by a defect");
        }
    }
}

async fn answer(app: Data<App>, listener: TcpListener, operations: Option<TcpListener>) -> Result<()> {
    let site = server::site(app.clone(), listener, app.config.server.threads)?;
    if let Some(operations) = operations {
        actix_web::rt::spawn(server::operations(app.clone(), operations)?);
    }
    actix_web::rt::spawn(server::read_catalogue(app.clone()));
    let flushing = actix_web::rt::spawn(server::flush_faults(app));
    let ended = site.await;
    flushing.abort();
    Ok(ended?)
}

fn listen(address: &str, key: &str) -> Result<TcpListener> {
    TcpListener::bind(address).map_err(|error| Error::Config(format!("{key}: cannot listen on {address}: {error}")))
}

/// Figures of operation are for the machine itself.
fn loopback(address: &str) -> Result<TcpListener> {
    let listener = listen(address, "server.operations_listen")?;
    if listener.local_addr()?.ip().is_loopback() {
        Ok(listener)
    } else {
        Err(Error::Config(format!("server.operations_listen: {address} is not a loopback address")))
    }
}

/// Our own lines at the configured level; of the libraries only what warns, since their finer lines name addresses.
fn log_as(config: &Config) {
    let level = match config.log.level {
        LogLevel::Error => "error",
        LogLevel::Warn => "warn",
        LogLevel::Info => "info",
        LogLevel::Debug => "debug",
    };
    let filter = EnvFilter::new(format!("warn,casebook_core={level},casebook_web={level}"));
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // A second subscriber is refused; the first one then goes on.
    let _ = match config.log.format {
        LogFormat::Text => lines.try_init(),
        LogFormat::Json => lines.json().try_init(),
    };
}
