//! What catalogues and search engines fetch beside the pages: the same descriptions as files (row R18).

use actix_web::{
    HttpResponse,
    http::header,
    web::{Data, Path},
};
use serde_json::Value;

use super::{describe::Describer, everything, graph::Graph, named};
use crate::kit::{App, Result, Visit};

/// The formats of a description: the ending of the address, and the media type.
pub(super) const DESCRIPTIONS: [(&str, &str); 2] = [("jsonld", "application/ld+json"), ("ttl", "text/turtle")];

/// `GET /datasets.ttl` - the catalogue as DCAT in Turtle.
///
/// # Errors
/// Those of the database.
pub async fn catalogue_turtle(app: Data<App>, visit: Visit) -> Result<HttpResponse> {
    let (releases, live) = everything(&app).await?;
    turtle(&Describer::new(&app, visit.language).graph_of_all(&releases, &live)?)
}

/// `GET /datasets.jsonld` - the catalogue as `schema.org` in JSON-LD, as the page holds it.
///
/// # Errors
/// Those of the database.
pub async fn catalogue_linked(app: Data<App>, visit: Visit) -> Result<HttpResponse> {
    let (releases, live) = everything(&app).await?;
    Ok(linked(&Describer::new(&app, visit.language).linked_catalogue(&releases, &live)))
}

/// `GET /datasets/{version}.ttl` - a release as DCAT in Turtle.
///
/// # Errors
/// [`crate::kit::Error::NotFound`] where there is none.
pub async fn release_turtle(app: Data<App>, visit: Visit, version: Path<String>) -> Result<HttpResponse> {
    let release = named(&app, &version).await?;
    turtle(&Describer::new(&app, visit.language).graph_of(&release)?)
}

/// `GET /datasets/{version}.jsonld` - a release as `schema.org` in JSON-LD.
///
/// # Errors
/// [`crate::kit::Error::NotFound`] where there is none.
pub async fn release_linked(app: Data<App>, visit: Visit, version: Path<String>) -> Result<HttpResponse> {
    let release = named(&app, &version).await?;
    Ok(linked(&Describer::new(&app, visit.language).linked_release(&release)))
}

fn turtle(graph: &Graph) -> Result<HttpResponse> {
    Ok(HttpResponse::Ok().insert_header((header::CONTENT_TYPE, "text/turtle; charset=utf-8")).body(graph.turtle()?))
}

fn linked(said: &Value) -> HttpResponse {
    HttpResponse::Ok().insert_header((header::CONTENT_TYPE, "application/ld+json")).body(said.to_string())
}
