//! Styles, icons, fonts and scripts travel in the binary. Their addresses carry a mark of their content, so that a browser may keep them.

use std::{borrow::Cow, collections::BTreeMap, sync::LazyLock};

use actix_web::{HttpResponse, http::header, web::Path};
use data_encoding::HEXLOWER;
use rust_embed::RustEmbed;

use super::{Error, Pairs, Result};

#[derive(RustEmbed)]
#[folder = "../../static"]
#[allow_missing = true]
struct Static;

/// An embedded file.
#[derive(Debug, Clone)]
pub struct Asset {
    /// The content.
    pub bytes: Cow<'static, [u8]>,
    /// The first half of its SHA-256 in hexadecimal.
    pub mark: String,
}

/// In a release the marks are computed once; while developing the files are read anew, so that a changed style shows at once.
static MARKS: LazyLock<BTreeMap<String, String>> =
    LazyLock::new(|| Static::iter().filter_map(|name| Some((name.to_string(), load(&name)?.mark))).collect());

fn load(name: &str) -> Option<Asset> {
    let file = Static::get(name)?;
    Some(Asset { mark: HEXLOWER.encode(&file.metadata.sha256_hash()[..16]), bytes: file.data })
}

/// The names of every embedded file.
pub fn names() -> impl Iterator<Item = Cow<'static, str>> {
    Static::iter()
}

/// The address of an embedded file, with the mark of its content.
#[must_use]
pub fn address(name: &str) -> String {
    let mark = if cfg!(debug_assertions) { load(name).map(|asset| asset.mark) } else { MARKS.get(name).cloned() };
    match mark {
        Some(mark) => format!("/static/{name}?v={}", &mark[..8]),
        None => format!("/static/{name}"),
    }
}

/// `GET /static/{file}` - an embedded file.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn serve(file: Path<String>, query: Pairs) -> Result<HttpResponse> {
    let asset = load(&file).ok_or(Error::NotFound)?;
    let marked = query.get("v").is_some_and(|mark| asset.mark.starts_with(mark) && mark.len() >= 8);
    let cache = if marked { "public, max-age=31536000, immutable" } else { "public, max-age=3600" };
    Ok(HttpResponse::Ok()
        .content_type(mime_guess::from_path(file.as_str()).first_or_octet_stream())
        .insert_header((header::CACHE_CONTROL, cache))
        .insert_header((header::ETAG, format!("W/\"{}\"", asset.mark)))
        .body(asset.bytes.into_owned()))
}
