//! `/datasets/{version}` - a release: its files, how they are verified and cited, and what changed (rows R15, R17 and R18).

use actix_web::{
    Responder,
    http::header,
    web::{Data, Path},
};
use askama::Template;
use casebook_core::{
    cases::{citation::Format, exports::LICENCE},
    releases::{self, Change, Changes, End, Release, ReleaseFile, SIGNATURE, SUMS, State, Withdrawn, package_name},
};

use super::{data_files, describe::Describer, media_type, named, newest, programs::DESCRIPTIONS, size, standing};
use crate::{
    kit::{App, Frame, LinkedData, Message, Page, Result, SeeOther, Visit},
    url,
};

/// How many cases of each kind of change are named on the page; the file names all of them.
const MOST_NAMED: usize = 200;

/// A release.
#[derive(Debug, Template)]
#[template(path = "datasets/show.html")]
pub struct ReleasePage {
    /// The frame.
    pub frame: Frame,
    /// What the page says of itself to search engines.
    pub linked: LinkedData,
    /// The release.
    pub release: Release,
    /// The newest release that can be fetched, where that is a newer one.
    pub newer: Option<Release>,
    /// What it changed.
    pub changes: Changes,
    /// Why each case that was withdrawn went, in words.
    pub ends: Vec<String>,
    /// How it is cited.
    pub citation: String,
}

/// `GET /datasets/{version}` - the page of a release.
///
/// # Errors
/// [`crate::kit::Error::NotFound`] where there is none.
pub async fn show(app: Data<App>, visit: Visit, version: Path<String>) -> Result<impl Responder> {
    let release = named(&app, &version).await?;
    let (state, of) = (app.clone(), release.clone());
    let (changes, all) =
        app.read(move |r| Ok((releases::changes(r, state.vocabulary(), &of, MOST_NAMED)?, releases::all(r)?))).await?;
    let newer = newest(&all).filter(|other| other.version > release.version).cloned();
    let describer = Describer::new(&app, visit.language);
    let (_, citation) = describer.citation(&release, app.clock.today());
    let ends = changes.withdrawn.iter().map(|gone| ended(&app, &visit, &gone.end)).collect();
    let linked = LinkedData::new(&describer.linked_release(&release));
    let links = links(&describer, &release);
    let frame = Frame::new(&visit, release.title()).describing(describer.description(&release));
    let page = Page::new(ReleasePage { frame, linked, release, newer, changes, ends, citation });
    Ok(page.customize().insert_header((header::LINK, links)))
}

/// What programs find from the page, by what it is to the release (<https://signposting.org/FAIR/>).
fn links(describer: &Describer, release: &Release) -> String {
    let page = describer.at(&url::release(release.version));
    let mut links = vec![format!("<{page}>; rel=\"cite-as\""), format!("<{}>; rel=\"license\"", LICENCE[2])];
    for (ending, kind) in DESCRIPTIONS {
        let place = describer.at(&url::release_as(release.version, ending));
        links.push(format!("<{place}>; rel=\"describedby\"; type=\"{kind}\""));
    }
    for file in data_files(release).filter(|_| release.may_be_fetched()) {
        let place = describer.at(&url::release_file(release.version, &file.name));
        links.push(format!("<{place}>; rel=\"item\"; type=\"{}\"", media_type(&file.name)));
    }
    links.join(", ")
}

/// `GET /datasets/latest` - leads to the newest release that can be fetched, or to all of them.
///
/// # Errors
/// Those of the database.
pub async fn latest(app: Data<App>) -> Result<SeeOther> {
    let all = app.read(releases::all).await?;
    Ok(SeeOther(newest(&all).map_or_else(url::datasets, |release| url::release(release.version))))
}

/// What became of a case that was withdrawn.
fn ended(app: &App, visit: &Visit, end: &End) -> String {
    let reason = |code: &str| app.codebook.label("visibility_reason", code, visit.language.code()).to_owned();
    visit.text(match end {
        End::Hidden(code) => Message::new("datasets-end-hidden").with("reason", reason(code)),
        End::Unlisted(code) => Message::new("datasets-end-unlisted").with("reason", reason(code)),
        End::Merged(Some(into)) => Message::new("datasets-end-merged").with("id", into.to_string()),
        End::Merged(None) => Message::new("datasets-end-merged-away"),
        End::Shown => Message::new("datasets-end-shown"),
    })
}

impl ReleasePage {
    fn file(&self, file: &ReleaseFile) -> String {
        url::release_file(self.release.version, &file.name)
    }

    fn size(&self, file: &ReleaseFile) -> String {
        size(file.bytes, self.frame.language)
    }

    fn standing(&self) -> Option<String> {
        standing(&self.release, self.frame.language)
    }

    /// The edition that took its place.
    fn instead(&self) -> Option<(String, String)> {
        match self.release.state {
            State::Replaced { by } => Some((by.to_string(), url::release(by))),
            State::Current | State::Recalled { .. } => None,
        }
    }

    /// The newest release with its address, where the page does not lead to it already.
    fn newer(&self) -> Option<(&Release, String)> {
        let newer = self.newer.as_ref()?;
        (self.release.state != State::Replaced { by: newer.version }).then(|| (newer, url::release(newer.version)))
    }

    fn base(&self) -> Option<(String, String)> {
        self.release.base.map(|base| (base.to_string(), url::release(base)))
    }

    fn revision(&self, change: &Change) -> String {
        url::case_revision(&change.case, change.revision)
    }

    /// Whether the release before held the same revision, with other words covered.
    fn is_same_revision(&self, change: &Change) -> bool {
        change.before == Some(change.revision)
    }

    /// The revision that the release before held, and where it is told what this one changed; nothing where it held the same or none.
    fn difference(&self, change: &Change) -> Option<(u32, String)> {
        let before = change.before.filter(|before| *before != change.revision)?;
        Some((before, url::case_changes(&change.case, change.revision)))
    }

    /// The case that a withdrawn one is part of now.
    fn part_of(&self, gone: &Withdrawn) -> Option<String> {
        match &gone.end {
            End::Merged(Some(into)) => Some(url::case(into)),
            End::Merged(None) | End::Hidden(_) | End::Unlisted(_) | End::Shown => None,
        }
    }

    /// What a file is for.
    fn purpose(&self, file: &ReleaseFile) -> String {
        let package = package_name(self.release.version);
        let key = match file.name.as_str() {
            SUMS => "datasets-file-sums",
            SIGNATURE => "datasets-file-signature",
            "CHANGELOG.md" => "datasets-file-changelog",
            "changes.csv" => "datasets-file-changes",
            name if name == package => "datasets-what",
            _ => "datasets-file-other",
        };
        self.frame.t(key)
    }

    fn licence(&self) -> &'static str {
        let [_, _, address] = LICENCE;
        address
    }

    fn withdrawn(&self) -> impl Iterator<Item = (&Withdrawn, &String)> {
        self.changes.withdrawn.iter().zip(&self.ends)
    }

    /// How many changes the page does not name.
    fn unnamed(&self) -> u64 {
        let counts = self.release.counts;
        let named = self.changes.added.len() + self.changes.changed.len() + self.changes.withdrawn.len();
        (counts.added + counts.changed + counts.withdrawn).saturating_sub(u64::try_from(named).unwrap_or(u64::MAX))
    }

    fn facts(&self) -> String {
        super::facts(&self.release, self.frame.language)
    }

    /// What is new and what changed, each under its heading, where there is any.
    fn named(&self) -> Vec<(&'static str, &[Change])> {
        let all = [
            ("datasets-added", self.changes.added.as_slice()),
            ("datasets-changed-cases", self.changes.changed.as_slice()),
        ];
        all.into_iter().filter(|(_, cases)| !cases.is_empty()).collect()
    }

    fn changed(&self) -> String {
        super::changed(&self.release.counts, self.frame.language)
    }

    /// The command that checks the signature.
    fn minisign(&self) -> String {
        format!("minisign -Vm {SUMS} -P {}", self.release.public_key)
    }

    /// The command that checks the files.
    fn sums(&self) -> String {
        format!("sha256sum -c {SUMS}")
    }

    /// The citation in files, by name and address.
    fn citations(&self) -> Vec<(&'static str, String)> {
        Format::ALL.map(|format| (format.name(), url::release_as(self.release.version, format.ending()))).into()
    }

    fn turtle(&self) -> String {
        url::release_as(self.release.version, "ttl")
    }

    fn linked_address(&self) -> String {
        url::release_as(self.release.version, "jsonld")
    }

    fn datasets(&self) -> String {
        url::datasets()
    }
}
