//! The running program: listeners, worker, the end.

use std::{io, net::TcpListener, time::Duration};

use actix_web::{App as WebApp, HttpServer, dev::Server, middleware::from_fn, web::Data};

use crate::{
    build_app,
    kit::{App, error},
    routes,
};

/// How long requests under way may take once the program is told to stop.
const GRACE_SECONDS: u64 = 20;

/// The site on a listener. It answers once it is polled or spawned, and stops in good order on SIGTERM and SIGINT.
///
/// # Errors
/// If the listener cannot be used.
pub fn site(app: Data<App>, listener: TcpListener, threads: usize) -> io::Result<Server> {
    let server = HttpServer::new(move || build_app(app.clone()))
        .client_request_timeout(Duration::from_secs(20))
        .keep_alive(Duration::from_secs(30))
        // What nobody waits for any more is not made.
        .h1_allow_half_closed(false)
        .shutdown_timeout(GRACE_SECONDS);
    let server = if threads == 0 { server } else { server.workers(threads) };
    Ok(server.listen(listener)?.run())
}

/// The operator's figures on a listener of their own.
///
/// # Errors
/// If the listener cannot be used.
pub fn operations(app: Data<App>, listener: TcpListener) -> io::Result<Server> {
    let server = HttpServer::new(move || {
        WebApp::new().app_data(app.clone()).configure(routes::operations).wrap(from_fn(error::pages))
    });
    Ok(server.workers(1).listen(listener)?.run())
}

/// Reads all public cases ahead of the first who asks for a list, until it succeeds.
pub async fn read_catalogue(app: Data<App>) {
    while let Err(error) = app.read_catalogue().await {
        tracing::error!(%error, "the cases could not be read ahead, which is tried again; whoever asks for a list meanwhile waits for it");
        actix_web::rt::time::sleep(Duration::from_secs(5)).await;
    }
}

/// Writes down the hourly count of failures on contributors' routes, at times of its own, and lets go what was held for them for an hour.
pub async fn flush_faults(app: Data<App>) {
    let mut pause = actix_web::rt::time::interval(Duration::from_secs(300));
    loop {
        pause.tick().await;
        app.faults.flush(app.clock.now());
        app.faults.name_defects(app.clock.now());
        app.held.sweep(app.clock.now());
    }
}
