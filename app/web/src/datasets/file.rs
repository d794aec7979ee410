//! `/datasets/{version}/{file}` - the files of a release, as long as everything in them is public.

use actix_files::NamedFile;
use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{self, ContentEncoding, HeaderValue},
    web::{Data, Path},
};
use casebook_core::releases::{Release, ReleaseFile, State};

use super::{media_type, named};
use crate::kit::{App, Error, Message, Result, headers::knows};

/// `GET /datasets/{version}/{file}` - a file, whole or the part that is asked for.
///
/// # Errors
/// [`Error::NotFound`] for a name that the release does not list; [`Error::Withdrawn`] where it is recalled; [`Error::Unavailable`] where the
/// file is not where it should be.
pub async fn file(app: Data<App>, request: HttpRequest, path: Path<(String, String)>) -> Result<HttpResponse> {
    let (version, name) = path.into_inner();
    let release = named(&app, &version).await?;
    let Some(file) = release.file(&name) else { return Err(Error::NotFound) };
    if let Some(message) = withdrawn(&release) {
        return Err(Error::Withdrawn(message));
    }
    let tag = HeaderValue::from_str(&format!("\"{}\"", file.sha256)).map_err(Error::unexpected)?;
    let mut answer = match knows(&request, &tag) {
        true => HttpResponse::NotModified().finish(),
        false => sent(&app, &request, &release, file).await?,
    };
    // A release that is recalled later must not be shown from a store on the way.
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    answer.headers_mut().insert(header::ETAG, tag);
    Ok(answer)
}

/// Why it cannot be fetched, with what can.
fn withdrawn(release: &Release) -> Option<Message> {
    match release.state {
        State::Current => None,
        State::Recalled { cases } => Some(Message::new("datasets-recalled").with("n", cases)),
        State::Replaced { by } => Some(Message::new("datasets-replaced").with("version", by.to_string())),
    }
}

async fn sent(app: &App, request: &HttpRequest, release: &Release, file: &ReleaseFile) -> Result<HttpResponse> {
    let place = release.path(&app.config.in_data(&app.config.releases.folder), file);
    let away = |error| Error::Unavailable(format!("{} of release {}: {error}", file.name, release.version));
    let opened = NamedFile::open_async(place).await.map_err(away)?;
    if opened.metadata().len() != file.bytes {
        return Err(Error::Unavailable(format!("{} of release {} has another length", file.name, release.version)));
    }
    // When the file was written on this machine is nobody's business; what it holds says the tag.
    let opened = opened.use_etag(false).use_last_modified(false).disable_content_disposition();
    let mut answer = opened.into_response(request);
    let kind = HeaderValue::from_static(media_type(&file.name));
    answer.headers_mut().insert(header::CONTENT_TYPE, kind);
    let name = format!("attachment; filename=\"{}\"", file.name);
    answer.headers_mut().insert(header::CONTENT_DISPOSITION, HeaderValue::from_str(&name).map_err(Error::unexpected)?);
    // The checksums are of these very bytes.
    let coding = HeaderValue::from_static(ContentEncoding::Identity.as_str());
    answer.headers_mut().insert(header::CONTENT_ENCODING, coding);
    Ok(answer)
}
