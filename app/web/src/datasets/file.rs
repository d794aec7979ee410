//! The files of releases, as they lie in their folder.

use std::{io, path::Path as Place};

use actix_files::NamedFile;
use actix_web::{
    HttpRequest, HttpResponse, Responder,
    http::{
        StatusCode,
        header::{self, ContentDisposition, DispositionParam, DispositionType, HeaderValue},
    },
    web::{Data, Path, block},
};

use super::{media_type, named, show};
use crate::kit::{App, Error, Result, Visit, headers::knows};

/// `GET /datasets/{version}/{file}` - a file, or a part of it where one is asked for. Only what the release names is looked for; of one
/// that cannot be fetched the page says why.
///
/// # Errors
/// [`Error::NotFound`] for a file that the release does not have; [`Error::Unavailable`] if it does not lie where it should.
pub async fn file(
    app: Data<App>,
    visit: Visit,
    request: HttpRequest,
    path: Path<(String, String)>,
) -> Result<HttpResponse> {
    let (version, name) = path.into_inner();
    let release = named(&app, &version).await?;
    let file = release.file(&name).cloned().ok_or(Error::NotFound)?;
    if !release.may_be_fetched() {
        return Ok(show::page(&app, &visit, release).await?.with_status(StatusCode::GONE).respond_to(&request));
    }
    // What bears a name never changes; but it is asked each time whether it may still be handed out.
    let tag = HeaderValue::from_str(&format!("\"{}\"", file.sha256)).map_err(Error::unexpected)?;
    if knows(&request, &tag) {
        return Ok(HttpResponse::NotModified().insert_header((header::ETAG, tag)).finish());
    }
    let place = release.path(&app.config.in_data(&app.config.releases.folder), &file);
    let opened = block(move || opened(&place, file.bytes)).await.map_err(Error::unexpected)?;
    let opened = opened
        .map_err(|error| Error::Unavailable(format!("release {}: {name} cannot be read: {error}", release.version)))?;
    Ok(sent(opened, &request, &name, tag))
}

/// The file, if it is there and as long as it was when it was signed.
fn opened(place: &Place, bytes: u64) -> io::Result<NamedFile> {
    let file = NamedFile::open(place)?;
    let length = file.metadata().len();
    if length == bytes {
        Ok(file)
    } else {
        let words = format!("it has {length} bytes instead of {bytes}; `casebook release verify` says more");
        Err(io::Error::new(io::ErrorKind::InvalidData, words))
    }
}

fn sent(file: NamedFile, request: &HttpRequest, name: &str, tag: HeaderValue) -> HttpResponse {
    let disposition = ContentDisposition {
        disposition: DispositionType::Attachment,
        parameters: vec![DispositionParam::Filename(name.to_owned())],
    };
    let file = file.use_etag(false).use_last_modified(false).set_content_disposition(disposition);
    let mut answer = file.into_response(request);
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type(name)));
    // The bytes are those that were signed, and the tag is theirs: nothing may compress them on the way.
    headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("identity"));
    headers.insert(header::ETAG, tag);
    answer
}
