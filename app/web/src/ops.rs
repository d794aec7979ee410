//! Operation: what a proxy, a search engine and the operator's tools ask for.

use actix_web::{HttpResponse, http::header, web::Data};
use casebook_core::{cases::published, releases};

use crate::{
    kit::{App, Error, Result, assets},
    url,
};

/// How many cases the sitemap names: the format allows 50,000 addresses.
const MOST_IN_SITEMAP: usize = 49_000;
/// The type of short answers.
const PLAIN: &str = "text/plain; charset=utf-8";

/// `GET /healthz` - whether the process answers at all. It says nothing of the data behind it.
pub async fn healthz() -> HttpResponse {
    HttpResponse::Ok().content_type(PLAIN).body("ok\n")
}

/// `GET /robots.txt` - contributors' and staff pages are not for search engines.
pub async fn robots(app: Data<App>) -> HttpResponse {
    let site = app.config.public_url();
    let text = format!(
        "User-agent: *\nDisallow: /alerts\nDisallow: /share\nDisallow: /return\nDisallow: /staff\n\nSitemap: {site}{}\n",
        url::sitemap()
    );
    HttpResponse::Ok().content_type(PLAIN).body(text)
}

/// `GET /sitemap.xml` - the public pages; a case's date is the first day of the quarter of its revision.
///
/// # Errors
/// Those of the database.
pub async fn sitemap(app: Data<App>) -> Result<HttpResponse> {
    let (cases, releases) = app.read(|r| Ok((published::ids(r)?, releases::all(r)?))).await?;
    let site = app.config.public_url();
    let pages = [
        url::home(),
        url::cases(),
        url::statistics(&[]),
        url::codebook(),
        url::datasets(),
        url::api(),
        url::about(),
        url::method(),
        url::protection(),
        url::log(),
        url::transparency(),
    ];
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    let releases = releases.iter().filter(|release| release.may_be_fetched());
    for page in pages.into_iter().chain(releases.map(|release| url::release(release.version))) {
        xml.push_str(&format!("<url><loc>{}</loc></url>\n", escaped(&format!("{site}{page}"))));
    }
    for (id, quarter) in cases.into_iter().take(MOST_IN_SITEMAP) {
        let address = escaped(&format!("{site}{}", url::case(&id)));
        xml.push_str(&format!("<url><loc>{address}</loc><lastmod>{}</lastmod></url>\n", quarter.first_day()));
    }
    xml.push_str("</urlset>\n");
    Ok(HttpResponse::Ok().content_type("application/xml; charset=utf-8").body(xml))
}

/// The five characters that XML keeps for itself.
fn escaped(text: &str) -> String {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    escaped.replace('"', "&quot;").replace('\'', "&apos;")
}

/// `GET /favicon.ico` - browsers ask for it whatever a page says.
pub async fn favicon() -> HttpResponse {
    HttpResponse::MovedPermanently().insert_header((header::LOCATION, assets::address("favicon.svg"))).finish()
}

/// `GET /readyz` on the operator's listener - whether the database answers and lists can be shown at once: not before all public cases were
/// read once, by [`crate::server::read_catalogue`]. Before that it says so without waiting: many probes that waited would keep readers from the database.
///
/// # Errors
/// [`Error::Unavailable`] if the database does not answer.
pub async fn readyz(app: Data<App>) -> Result<HttpResponse> {
    if !app.instance.catalogue.is_read() {
        return Ok(HttpResponse::ServiceUnavailable().content_type(PLAIN).body("reading the public cases\n"));
    }
    app.read_catalogue().await.map_err(|_| Error::Unavailable("database".into()))?;
    Ok(HttpResponse::Ok().content_type(PLAIN).body("ready\n"))
}

/// `GET /metrics` on the operator's listener - figures in the Prometheus text format; nothing of contributors' routes is in it.
pub async fn metrics(app: Data<App>) -> Result<HttpResponse> {
    let waiting = app.read(casebook_core::jobs::waiting).await?;
    let dead = app.read(casebook_core::jobs::dead_letters).await?.len();
    let text = format!(
        "{}# TYPE casebook_jobs_waiting gauge\ncasebook_jobs_waiting {waiting}\n# TYPE casebook_jobs_dead gauge\ncasebook_jobs_dead \
         {dead}\n# TYPE casebook_pages_from_memory_total counter\ncasebook_pages_from_memory_total {}\n# TYPE \
         casebook_failures_total counter\ncasebook_failures_total {}\n",
        app.metrics.text(),
        app.pages.shown(),
        app.faults.total()
    );
    Ok(HttpResponse::Ok().content_type("text/plain; version=0.0.4; charset=utf-8").body(text))
}
