//! Citations of releases for reference managers (row R17). The address ends in the format.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};
use casebook_core::{
    cases::citation::{AUTHOR, Citation, Issued},
    clock::Day,
    releases::Release,
};
use chrono::Datelike;

use super::{describe::Describer, named};
use crate::{
    kit::{App, Message, Result, Visit},
    record::cited,
    url,
};

/// `GET /datasets/{version}.bib`, `.ris` and `.csl.json` - a release.
///
/// # Errors
/// [`crate::kit::Error::NotFound`] where there is none.
pub async fn release(
    app: Data<App>,
    visit: Visit,
    request: HttpRequest,
    version: Path<String>,
) -> Result<HttpResponse> {
    let release = named(&app, &version).await?;
    let (citation, _) = Describer::new(&app, visit.language).citation(&release, app.clock.today());
    cited(&request, &citation)
}

impl Describer {
    /// How a release is cited: for files, and as a line of text.
    pub(super) fn citation(&self, release: &Release, accessed: Day) -> (Citation, String) {
        let sums = release.files.first().map_or("", |file| file.sha256.as_str());
        let note = Message::new("datasets-cite-note").with("day", release.day.to_string()).with("n", release.cases);
        let citation = Citation {
            key: format!("casebook-release-{}", release.version.to_string().replace('.', "-")),
            title: release.title(),
            note: self.say(note.with("sum", sums)),
            language: self.language.code().to_owned(),
            issued: Issued::Edition { version: release.version.to_string(), day: release.day },
            url: self.at(&url::release(release.version)),
            accessed,
        };
        let line = Message::new("cite-line").with("author", AUTHOR).with("title", &citation.title);
        let line = line.with("year", release.day.year().to_string());
        let line = line.with("note", &citation.note).with("address", &citation.url);
        let line = self.say(line.with("day", accessed.to_string()));
        (citation, line)
    }
}
