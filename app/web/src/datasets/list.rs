//! Which releases there are, the newest of them at large, and what can be had where there is none.

use actix_web::web::Data;
use askama::Template;
use casebook_core::{
    cases::exports::LICENCE,
    releases::{Release, package_name},
};

use super::{cite, describe::Describer, everything, newest, size, standing};
use crate::{
    kit::{App, Frame, LinkedData, Message, Page, Result, Visit},
    url,
};

/// The list of releases.
#[derive(Debug, Template)]
#[template(path = "datasets/list.html")]
pub struct DatasetsPage {
    /// The frame.
    pub frame: Frame,
    /// The newest release that can be fetched.
    pub newest: Option<Newest>,
    /// All releases, the newest first.
    pub releases: Vec<Line>,
    /// How many cases are public today.
    pub live: u64,
    /// What search engines are told.
    pub linked: LinkedData,
}

/// The newest release.
#[derive(Debug)]
pub struct Newest {
    /// The release.
    pub release: Release,
    /// How large its package is, and by which checksum it is known; none where it has no package.
    pub package: Option<Package>,
    /// How it is cited.
    pub citation: String,
}

/// A package that can be fetched.
#[derive(Debug)]
pub struct Package {
    /// Where.
    pub address: String,
    /// How large.
    pub size: String,
    /// Its SHA-256.
    pub sha256: String,
}

/// A release in the list.
#[derive(Debug)]
pub struct Line {
    /// The version.
    pub version: String,
    /// Its page.
    pub address: String,
    /// When it was made, and how much it holds.
    pub held: String,
    /// What it changed; none for the first.
    pub changed: Option<String>,
    /// Why it cannot be fetched, in a word.
    pub state: Option<String>,
}

/// `GET /datasets` - the releases.
///
/// # Errors
/// Those of the database.
pub async fn list(app: Data<App>, visit: Visit) -> Result<Page<DatasetsPage>> {
    let (releases, live) = everything(&app).await?;
    let linked = Describer::new(&app, visit.language).linked_catalogue(&releases, &live);
    let page = DatasetsPage {
        newest: newest(&releases).map(|release| at_large(&app, &visit, release)),
        releases: releases.iter().map(|release| line(&visit, release)).collect(),
        live: live.cases,
        linked: LinkedData::new(&linked),
        frame: visit.frame("datasets-title").describing(visit.text("datasets-lead")),
    };
    Ok(Page::new(page))
}

fn at_large(app: &App, visit: &Visit, release: &Release) -> Newest {
    let citation = cite::citation(&app.config.public_url(), release, app.clock.today(), visit.language);
    Newest {
        package: release.file(&package_name(release.version)).map(|file| Package {
            address: url::release_file(release.version, &file.name),
            size: size(file.bytes, visit.language),
            sha256: file.sha256.clone(),
        }),
        citation: cite::line(&citation, visit.language),
        release: release.clone(),
    }
}

fn line(visit: &Visit, release: &Release) -> Line {
    let held = Message::new("datasets-line").with("day", release.day.to_string()).with("n", release.cases);
    Line {
        version: release.version.to_string(),
        address: url::release(release.version),
        held: visit.text(held),
        changed: release.base.map(|_| visit.text(counted(release))),
        state: standing(release, visit.language).map(|_| visit.text("datasets-not-fetched")),
    }
}

/// How much a release changed.
pub(super) fn counted(release: &Release) -> Message {
    let counts = release.counts;
    let message = Message::new("datasets-counts").with("added", counts.added).with("changed", counts.changed);
    message.with("withdrawn", counts.withdrawn)
}

impl DatasetsPage {
    /// The newest release of all, where it cannot be fetched: its version, and why.
    fn recalled(&self) -> Option<&Line> {
        self.releases.first().filter(|line| line.state.is_some())
    }

    fn licence(&self) -> [&'static str; 2] {
        let [_, name, address] = LICENCE;
        [name, address]
    }

    fn page(&self, newest: &Newest) -> String {
        url::release(newest.release.version)
    }

    fn citations(&self, newest: &Newest) -> Vec<(&'static str, String)> {
        url::citations(&url::release(newest.release.version))
    }

    fn described(&self, ending: &str) -> String {
        url::datasets_as(ending)
    }

    /// Everything public as it is today, in each format.
    fn exports(&self) -> Vec<(&'static str, String)> {
        let formats =
            [("CSV", "csv"), ("XLSX", "xlsx"), ("JSON", "json"), ("JSON Lines", "jsonl"), ("Parquet", "parquet")];
        formats.into_iter().chain([("ZIP", "zip")]).map(|(name, ending)| (name, url::cases_as(ending, &[]))).collect()
    }

    fn feed(&self) -> String {
        url::cases_feed(&[])
    }
}
