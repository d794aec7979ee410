//! Citations of releases: as a line of text, and for reference managers (row R17).

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};
use casebook_core::{
    cases::citation::{AUTHOR, Citation},
    clock::Day,
    releases::Release,
};
use chrono::Datelike;

use super::named;
use crate::{
    kit::{App, Language, Message, Result, Visit},
    record, url,
};

/// `GET /datasets/{version}.bib`, `.ris` and `.csl.json` - a release. Also of one that cannot be fetched any more: it may have been used.
///
/// # Errors
/// [`crate::kit::Error::NotFound`] where there is no such release.
pub async fn release(
    app: Data<App>,
    visit: Visit,
    request: HttpRequest,
    version: Path<String>,
) -> Result<HttpResponse> {
    let release = named(&app, &version).await?;
    record::cited(&request, &citation(&app.config.public_url(), &release, app.clock.today(), visit.language))
}

/// A release as it is cited.
pub(super) fn citation(site: &str, release: &Release, accessed: Day, language: Language) -> Citation {
    let version = release.version;
    let note = Message::new("datasets-cite-note").with("n", release.cases).with("day", release.day.to_string());
    Citation {
        key: format!("casebook-release-{}-{}", version.number, version.edition),
        title: Message::new("datasets-cite-title").with("version", version.to_string()).text(language),
        note: note.text(language),
        language: language.code().to_owned(),
        year: Some(release.day.year()),
        url: format!("{site}{}", url::release(version)),
        accessed,
    }
}

/// The same as a line to be copied.
pub(super) fn line(citation: &Citation, language: Language) -> String {
    let line = Message::new("cite-line").with("author", AUTHOR).with("title", &citation.title);
    let line = line.with("note", &citation.note).with("address", &citation.url);
    line.with("day", citation.accessed.to_string()).text(language)
}
