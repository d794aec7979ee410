//! The page of a release: its files, how they are verified, what it changed, and how it is cited. It stays whatever becomes of the files.

use actix_web::{
    HttpResponse, Responder,
    http::header,
    web::{Data, Path},
};
use askama::Template;
use casebook_core::{
    cases::exports::LICENCE,
    releases::{self, Change, Changes, End, Release, ReleaseFile, SIGNATURE, SUMS, State, Withdrawn, package_name},
};

use super::{
    cite, data_files, describe::Describer, everything, list::counted, media_type, named, newest,
    programs::DESCRIPTIONS, size, standing,
};
use crate::{
    kit::{App, Error, Frame, LinkedData, Message, Page, Result, Visit},
    url,
};

/// How many changes of a kind the page names; all of them stand in the files.
const MOST: usize = 200;

/// A release.
#[derive(Debug, Template)]
#[template(path = "datasets/show.html")]
pub struct ReleasePage {
    /// The frame.
    pub frame: Frame,
    /// The release.
    pub release: Release,
    /// What it changed; nothing for the first.
    pub changes: Changes,
    /// The cases that it does not hold any more, each with what became of it.
    pub withdrawn: Vec<Gone>,
    /// How it is cited.
    pub citation: String,
    /// What search engines are told.
    pub linked: LinkedData,
}

/// A case that was withdrawn.
#[derive(Debug)]
pub struct Gone {
    /// Its id, and the revision that was released last.
    pub case: String,
    /// What became of it.
    pub end: String,
    /// The case that it is part of now.
    pub into: Option<(String, String)>,
}

/// `GET /datasets/{version}` - a release.
///
/// # Errors
/// [`Error::NotFound`] where there is no such release.
pub async fn show(app: Data<App>, visit: Visit, version: Path<String>) -> Result<impl Responder> {
    let release = named(&app, &version).await?;
    let links = links(&app, &release);
    Ok(page(&app, &visit, release).await?.customize().insert_header((header::LINK, links)))
}

/// `GET /datasets/latest` - leads to the newest release that can be fetched.
///
/// # Errors
/// [`Error::NotFound`] where there is none.
pub async fn latest(app: Data<App>) -> Result<HttpResponse> {
    let (releases, _) = everything(&app).await?;
    let release = newest(&releases).ok_or(Error::NotFound)?;
    Ok(HttpResponse::Found().insert_header((header::LOCATION, url::release(release.version))).finish())
}

/// The page of a release.
pub(super) async fn page(app: &Data<App>, visit: &Visit, release: Release) -> Result<Page<ReleasePage>> {
    let (state, asked) = (app.clone(), release.clone());
    let changes = app
        .read(move |r| match asked.base {
            Some(_) => releases::changes(r, state.vocabulary(), &asked, MOST),
            None => Ok(Changes::default()),
        })
        .await?;
    let describer = Describer::new(app, visit.language);
    let citation = cite::citation(&describer.site, &release, app.clock.today(), visit.language);
    let title = Message::new("datasets-release").with("version", release.version.to_string());
    Ok(Page::new(ReleasePage {
        frame: visit.frame(title).describing(describer.description(&release)),
        withdrawn: changes.withdrawn.iter().map(|withdrawn| gone(app, visit, withdrawn)).collect(),
        changes,
        citation: cite::line(&citation, visit.language),
        linked: LinkedData::new(&describer.linked_release(&release)),
        release,
    }))
}

fn gone(app: &App, visit: &Visit, withdrawn: &Withdrawn) -> Gone {
    let reason = |code: &str| app.codebook.label("visibility_reason", code, visit.language.code()).to_owned();
    let end = match &withdrawn.end {
        End::Hidden(code) => Message::new("datasets-end-hidden").with("reason", reason(code)),
        End::Unlisted(code) => Message::new("datasets-end-unlisted").with("reason", reason(code)),
        End::Merged(_) => Message::new("datasets-end-merged"),
        End::Shown => Message::new("datasets-end-shown"),
    };
    let into = match &withdrawn.end {
        End::Merged(Some(into)) => Some((into.to_string(), url::case(into))),
        _ => None,
    };
    let case = Message::new("datasets-case").with("case", withdrawn.case.to_string());
    Gone { case: visit.text(case.with("n", withdrawn.revision)), end: visit.text(end), into }
}

/// What programs find from the page, by what it is to it (<https://signposting.org/FAIR/>).
fn links(app: &App, release: &Release) -> String {
    let at = |path: String| format!("{}{path}", app.config.public_url());
    let page = at(url::release(release.version));
    let mut links = vec![format!("<{page}>; rel=\"cite-as\""), format!("<{}>; rel=\"license\"", LICENCE[2])];
    for (ending, kind) in DESCRIPTIONS {
        let place = at(url::release_as(release.version, ending));
        links.push(format!("<{place}>; rel=\"describedby\"; type=\"{kind}\""));
    }
    for file in data_files(release).filter(|_| release.may_be_fetched()) {
        let place = at(url::release_file(release.version, &file.name));
        links.push(format!("<{place}>; rel=\"item\"; type=\"{}\"", media_type(&file.name)));
    }
    links.join(", ")
}

impl ReleasePage {
    fn standing(&self) -> Option<String> {
        standing(&self.release, self.frame.language)
    }

    /// The edition that took the place of this one.
    fn instead(&self) -> Option<(String, String)> {
        match self.release.state {
            State::Replaced { by } => Some((by.to_string(), url::release(by))),
            State::Current | State::Recalled { .. } => None,
        }
    }

    /// The release that it is told against.
    fn base(&self) -> Option<(String, String)> {
        self.release.base.map(|base| (base.to_string(), url::release(base)))
    }

    fn counted(&self) -> String {
        self.frame.say(&counted(&self.release))
    }

    fn licence(&self) -> [&'static str; 2] {
        let [_, name, address] = LICENCE;
        [name, address]
    }

    fn citations(&self) -> Vec<(&'static str, String)> {
        url::citations(&url::release(self.release.version))
    }

    fn described(&self, ending: &str) -> String {
        url::release_as(self.release.version, ending)
    }

    /// Where a file is fetched; nowhere if it is not handed out.
    fn file_address(&self, file: &ReleaseFile) -> Option<String> {
        self.release.may_be_fetched().then(|| url::release_file(self.release.version, &file.name))
    }

    fn size(&self, file: &ReleaseFile) -> String {
        size(file.bytes, self.frame.language)
    }

    /// What a file is for.
    fn purpose(&self, file: &ReleaseFile) -> String {
        let zip = package_name(self.release.version);
        let key = match file.name.as_str() {
            SUMS => "datasets-file-sums",
            SIGNATURE => "datasets-file-signature",
            "CHANGELOG.md" => "datasets-file-changelog",
            "changes.csv" => "datasets-file-changes",
            name if name == zip => "datasets-file-package",
            _ => "datasets-file-other",
        };
        self.frame.t(key)
    }

    /// The commands that verify the files.
    fn commands(&self) -> String {
        format!("minisign -Vm {SUMS} -P {}\nsha256sum -c {SUMS}", self.release.public_key)
    }

    fn revision(&self, change: &Change) -> String {
        url::case_revision(&change.case, change.revision)
    }

    /// What a case says otherwise than before: which revisions, and where the page with their difference is.
    fn otherwise(&self, change: &Change) -> (String, Option<String>) {
        match change.before {
            Some(before) if before != change.revision => {
                let words = self.frame.t2("datasets-revised", "before", before, "n", change.revision);
                (words, Some(url::case_changes(&change.case, change.revision)))
            }
            _ => (self.frame.tn("datasets-reworded", change.revision), None),
        }
    }

    /// How many changes are not named on the page, since they are too many or their cases are in no list any more.
    fn unnamed(&self) -> u64 {
        let counts = self.release.counts;
        let named = [self.changes.added.len(), self.changes.changed.len(), self.withdrawn.len()];
        let named: u64 = named.into_iter().map(|count| u64::try_from(count).unwrap_or_default()).sum();
        (counts.added + counts.changed + counts.withdrawn).saturating_sub(named)
    }
}
