//! A case as programs read it: the document with its permanent address and what is computed of it (row R14). The same for the address of a
//! case, for JSON Lines and for the read API. And what is cited, as reference managers read it (row R17).

use actix_web::{HttpRequest, HttpResponse, http::header};
use casebook_core::{
    Error as CoreError, Result as CoreResult,
    cases::{
        citation::{Citation, Format},
        exports::{self, Site},
        published::{Current, Published, Visibility},
    },
};
use serde_json::json;

use crate::{
    kit::{App, Error, Result},
    url,
};

/// Where the cases of this site stand.
pub(crate) fn site(app: &App) -> Site {
    Site { address: app.config.public_url(), case: url::case, revision: url::case_revision }
}

/// A current document, as the exports have it.
///
/// # Errors
/// If what is stored is no object, which would be a defect.
pub(crate) fn of_current(current: &Current, site: &Site) -> CoreResult<String> {
    let mut text = Vec::new();
    exports::write_case(current, site, &mut text)?;
    String::from_utf8(text).map_err(CoreError::unexpected)
}

/// A revision of a case, with what a reader should know of its standing.
///
/// # Errors
/// If the document cannot be written, which would be a defect.
pub(crate) fn of_revision(found: &Published, app: &App) -> CoreResult<String> {
    let address =
        format!("{}{}", app.config.public_url(), url::case_revision(&found.document.id, found.document.revision));
    let mut record = serde_json::to_value(&found.document)?;
    if let Some(record) = record.as_object_mut() {
        record.insert("url".to_owned(), json!(address));
        record.insert("computed".to_owned(), json!(found.computed_of(&app.codebook, &app.gazetteer)));
        match &found.visibility {
            Visibility::Unlisted(reason) => {
                record.insert("unlisted".to_owned(), json!(reason));
            }
            Visibility::Merged(into) => {
                record.insert("merged_into".to_owned(), json!(into));
            }
            Visibility::Public | Visibility::Hidden(_) => {}
        }
    }
    Ok(serde_json::to_string(&record)?)
}

/// A citation as a file, in the format that the address ends in.
///
/// # Errors
/// [`Error::NotFound`] for an address that ends in none.
pub(crate) fn cited(request: &HttpRequest, citation: &Citation) -> Result<HttpResponse> {
    let format = Format::of(request.path()).ok_or(Error::NotFound)?;
    let name = format!("attachment; filename=\"{}.{}\"", citation.key, format.ending());
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, format.media_type()))
        .insert_header((header::CONTENT_DISPOSITION, name))
        .insert_header(("x-robots-tag", "noindex"))
        .body(citation.write(format)))
}
