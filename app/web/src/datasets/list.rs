//! `/datasets` - what can be cited for good: the newest release with its files, all releases, and what is public today (rows R15 and R18).

use actix_web::web::Data;
use askama::Template;
use casebook_core::releases::{Counts, Release, ReleaseFile};

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
}
