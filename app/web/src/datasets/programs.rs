//! The descriptions of the dataset as files of their own: JSON-LD for search engines, Turtle for catalogues (row R18).

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

/// `GET /datasets.jsonld` - the catalogue: what is public today, and the newest release.
///
/// # Errors
/// Those of the database.
pub async fn linked(app: Data<App>, visit: Visit) -> Result<HttpResponse> {
    let (releases, live) = everything(&app).await?;
    Ok(json(&Describer::new(&app, visit.language).linked_catalogue(&releases, &live)))
}

/// `GET /datasets.ttl` - the catalogue with every release.
///
/// # Errors
/// Those of the database.
pub async fn catalogue(app: Data<App>, visit: Visit) -> Result<HttpResponse> {
    let (releases, live) = everything(&app).await?;
    turtle(&Describer::new(&app, visit.language).graph_of_all(&releases, &live)?)
}

/// `GET /datasets/{version}.jsonld` - a release.
///
/// # Errors
/// [`crate::kit::Error::NotFound`] where there is no such release.
pub async fn linked_release(app: Data<App>, visit: Visit, version: Path<String>) -> Result<HttpResponse> {
    let release = named(&app, &version).await?;
    Ok(json(&Describer::new(&app, visit.language).linked_release(&release)))
}

/// `GET /datasets/{version}.ttl` - a release.
///
/// # Errors
/// [`crate::kit::Error::NotFound`] where there is no such release.
pub async fn release(app: Data<App>, visit: Visit, version: Path<String>) -> Result<HttpResponse> {
    let release = named(&app, &version).await?;
    turtle(&Describer::new(&app, visit.language).graph_of(&release)?)
}

fn json(said: &Value) -> HttpResponse {
    HttpResponse::Ok().insert_header((header::CONTENT_TYPE, "application/ld+json")).body(format!("{said:#}\n"))
}

fn turtle(graph: &Graph) -> Result<HttpResponse> {
    let kind = (header::CONTENT_TYPE, "text/turtle; charset=utf-8");
    Ok(HttpResponse::Ok().insert_header(kind).body(graph.turtle()?))
}
