//! The read API: what readers see, for programs (row R19). Handlers read through the same use cases as the pages; the description that
//! programs are given is made by `description`, from the vocabulary and the types' own lists.

mod asked;
pub mod cases;
pub mod description;
pub mod facets;
pub mod page;

use actix_web::{HttpResponse, HttpResponseBuilder, http::header, web::Data};

use crate::kit::{App, Error, Result};

/// `GET /api/v1/openapi.json` - what there is, as OpenAPI 3.1.
///
/// # Errors
/// If it cannot be written, which would be a defect.
pub async fn openapi(app: Data<App>) -> Result<HttpResponse> {
    let description = description::of(&app.codebook, &app.config.public_url());
    Ok(json().body(description.to_json().map_err(Error::unexpected)?))
}

/// `GET /api/v1/codebook` - the vocabulary.
///
/// # Errors
/// If it cannot be written, which would be a defect.
pub async fn codebook(app: Data<App>) -> Result<HttpResponse> {
    Ok(json().body(serde_json::to_string(&*app.codebook).map_err(Error::unexpected)?))
}

/// An answer in JSON. What search engines are to find are the pages.
fn json() -> HttpResponseBuilder {
    let mut answer = HttpResponse::Ok();
    answer.insert_header((header::CONTENT_TYPE, "application/json")).insert_header(("x-robots-tag", "noindex"));
    answer
}
