//! `/datasets` - what can be cited for good: the newest release with its files, all releases, and what is public today (rows R15 and R18).

use actix_web::web::Data;
use askama::Template;
use casebook_core::{
    cases::exports::LICENCE,
    releases::{Counts, Release, ReleaseFile, package_name},
};

use super::{Live, describe::Describer, everything, newest, size, standing};
use crate::{
    kit::{App, Frame, LinkedData, Page, Result, Visit},
    url,
};

/// Which releases there are.
#[derive(Debug, Template)]
#[template(path = "datasets/list.html")]
pub struct ListPage {
    /// The frame.
    pub frame: Frame,
    /// What the page says of itself to search engines.
    pub linked: LinkedData,
    /// The newest release that can be fetched.
    pub newest: Option<Release>,
    /// All of them, the newest first.
    pub releases: Vec<Release>,
    /// How many cases are public today.
    pub today: u64,
    /// How the newest one is cited.
    pub citation: String,
}

/// `GET /datasets` - the releases.
///
/// # Errors
/// Those of the database.
pub async fn list(app: Data<App>, visit: Visit) -> Result<Page<ListPage>> {
    let (releases, live) = everything(&app).await?;
    let describer = Describer::new(&app, visit.language);
    let today = app.clock.today();
    let citation = newest(&releases).map(|release| describer.citation(release, today).1).unwrap_or_default();
    Ok(Page::new(ListPage::new(&visit, &describer, releases, &live, citation)))
}

impl ListPage {
    pub(super) fn new(
        visit: &Visit,
        describer: &Describer,
        releases: Vec<Release>,
        live: &Live,
        citation: String,
    ) -> Self {
        Self {
            frame: visit.frame("datasets-title").describing(visit.text("datasets-lead")),
            linked: LinkedData::new(&describer.linked_catalogue(&releases, live)),
            newest: newest(&releases).cloned(),
            releases,
            today: live.cases,
            citation,
        }
    }

    fn address(&self, release: &Release) -> String {
        url::release(release.version)
    }

    fn file(&self, release: &Release, file: &ReleaseFile) -> String {
        url::release_file(release.version, &file.name)
    }

    fn size(&self, file: &ReleaseFile) -> String {
        size(file.bytes, self.frame.language)
    }

    fn standing(&self, release: &Release) -> Option<String> {
        standing(release, self.frame.language)
    }

    fn facts(&self, release: &Release) -> String {
        super::facts(release, self.frame.language)
    }

    fn changed(&self, counts: &Counts) -> String {
        super::changed(counts, self.frame.language)
    }

    fn turtle(&self) -> String {
        url::datasets_as("ttl")
    }

    fn linked_address(&self) -> String {
        url::datasets_as("jsonld")
    }

    /// The newest release of all, where it cannot be fetched.
    fn recalled(&self) -> Option<&Release> {
        self.releases.first().filter(|release| !release.may_be_fetched())
    }

    /// The file that most readers want.
    fn package<'a>(&self, release: &'a Release) -> Option<&'a ReleaseFile> {
        release.file(&package_name(release.version))
    }

    fn licence(&self) -> &'static str {
        let [_, _, address] = LICENCE;
        address
    }

    /// The citation of a release in files, by name and address.
    fn citations(&self, release: &Release) -> Vec<(&'static str, String)> {
        url::citations(&url::release(release.version))
    }

    /// Everything that is public today, by format and address.
    fn exports(&self) -> Vec<(&'static str, String)> {
        let formats = ["csv", "xlsx", "json", "jsonl", "parquet", "zip"];
        let names = ["CSV", "XLSX", "JSON", "JSON Lines", "Parquet", "ZIP"];
        names.into_iter().zip(formats.map(|ending| url::cases_as(ending, &[]))).collect()
    }

    fn feed(&self) -> String {
        url::cases_feed(&[])
    }

    fn feed_of_releases(&self) -> String {
        url::datasets_as("atom")
    }
}
