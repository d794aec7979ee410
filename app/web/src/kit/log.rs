//! What is written down of requests: on reader and staff routes the template of the route, the status and the duration; on contributors'
//! routes nothing but how many failed within an hour.

use std::{
    collections::BTreeMap,
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Instant,
};

use actix_web::{
    Error,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    middleware::Next,
    web::Data,
};
use casebook_core::clock::Timestamp;
use chrono::{DurationRound, TimeDelta};

use super::{App, Area};

/// The template of a route, such as `/cases/{id}`. Each route holds its own as data, since to look for it once more among all of them would
/// take as long as to answer with a kept page.
#[derive(Debug, Clone, Copy)]
pub struct Template(pub &'static str);

/// What stands in the place of a template where nothing is at an address.
const NO_ROUTE: Template = Template("(none)");

/// Middleware: one line per answered request, without anything that belongs to the visitor.
///
/// # Errors
/// Those of the inner service.
pub async fn line(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    if Area::of(request.path()) == Area::Contributor {
        return next.call(request).await;
    }
    let begun = Instant::now();
    let answer = next.call(request).await?;
    let Template(route) = *answer.request().app_data().unwrap_or(&NO_ROUTE);
    let status = answer.status().as_u16();
    let milliseconds = begun.elapsed().as_millis();
    tracing::info!(route, status, milliseconds, "answered");
    if let Some(app) = answer.request().app_data::<Data<App>>() {
        app.metrics.count(route, status);
    }
    Ok(answer)
}

/// How many requests were answered, by route template and status. Contributors' routes are not in it.
#[derive(Debug, Default)]
pub struct Metrics(Mutex<BTreeMap<(&'static str, u16), u64>>);

impl Metrics {
    fn count(&self, route: &'static str, status: u16) {
        if let Ok(mut counts) = self.0.lock() {
            *counts.entry((route, status)).or_default() += 1;
        }
    }

    /// The counts in the Prometheus text format.
    #[must_use]
    pub fn text(&self) -> String {
        let Ok(counts) = self.0.lock() else { return String::new() };
        let lines = counts.iter().map(|((route, status), count)| {
            format!("casebook_answers_total{{route=\"{route}\",status=\"{status}\"}} {count}\n")
        });
        std::iter::once("# TYPE casebook_answers_total counter\n".to_owned()).chain(lines).collect()
    }
}

/// Where in the code a thread gave up, and how often. The message of such a defect can hold what somebody typed, and its time would be
/// that of a request; so neither is written down, and the places are named once an hour.
static DEFECTS: Mutex<BTreeMap<String, u64>> = Mutex::new(BTreeMap::new());

/// From here on a defect that ends a thread leaves its place in the code, and nothing else.
pub fn watch_defects() {
    std::panic::set_hook(Box::new(|defect| {
        let place = defect.location().map_or_else(|| "an unknown place".to_owned(), ToString::to_string);
        if let Ok(mut defects) = DEFECTS.lock() {
            *defects.entry(place).or_default() += 1;
        }
    }));
}

/// What went wrong unexpectedly.
#[derive(Debug, Default)]
pub struct Faults {
    logged: AtomicUsize,
    hour: Mutex<Option<(Timestamp, u64)>>,
    named: Mutex<Option<Timestamp>>,
}

impl Faults {
    /// Logs a failure on a reader's or a staff route under its reference number.
    pub fn log(&self, reference: &str, words: &str) {
        self.logged.fetch_add(1, Ordering::Relaxed);
        tracing::error!(reference, error = words, "a request failed");
    }

    /// Counts a failure on a contributor's route. Neither its time nor its cause is kept.
    pub fn count(&self, now: Timestamp) {
        self.logged.fetch_add(1, Ordering::Relaxed);
        self.flush(now);
        if let Ok(mut held) = self.hour.lock() {
            let (_, count) = held.get_or_insert((hour(now), 0));
            *count += 1;
        }
    }

    /// Writes down the count of an hour that has passed. The server calls this every few minutes, so that the line's own time says nothing.
    pub fn flush(&self, now: Timestamp) {
        let Ok(mut held) = self.hour.lock() else { return };
        if let Some((begun, count)) = held.take_if(|(begun, _)| *begun != hour(now)) {
            tracing::error!(hour = %begun.format("%Y-%m-%dT%H"), count, "requests on contributors' pages failed");
        }
    }

    /// Names the places of defects, once an hour.
    pub fn name_defects(&self, now: Timestamp) {
        let Ok(mut named) = self.named.lock() else { return };
        if named.replace(hour(now)) == Some(hour(now)) {
            return;
        }
        let defects = DEFECTS.lock().map(|mut defects| std::mem::take(&mut *defects)).unwrap_or_default();
        for (place, count) in defects {
            tracing::error!(place, count, "a defect ended a thread");
        }
    }

    /// How many failures there were since the start; for tests and `/metrics`.
    #[must_use]
    pub fn total(&self) -> usize {
        self.logged.load(Ordering::Relaxed)
    }
}

fn hour(time: Timestamp) -> Timestamp {
    time.duration_trunc(TimeDelta::hours(1)).unwrap_or(time)
}
