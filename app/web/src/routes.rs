//! The site map on one screen. Its inverse is [`crate::url`].

use actix_web::{
    Resource,
    web::{ServiceConfig, get, resource},
};

use crate::{about, kit::assets, ops};

/// Every address of the site. A feature's lines stand together; the order among them is that of the core's features.
pub fn site(site: &mut ServiceConfig) {
    // About the site
    site.service(at("/").route(get().to(about::home::home)));
    site.service(at("/about").route(get().to(about::about)));
    site.service(at("/protection").route(get().to(about::protection)));

    // Operation
    site.service(at("/healthz").route(get().to(ops::healthz)));
    site.service(at("/robots.txt").route(get().to(ops::robots)));
    site.service(at("/sitemap.xml").route(get().to(ops::sitemap)));
    site.service(at("/favicon.ico").route(get().to(ops::favicon)));
    site.service(at("/static/{file:.*}").route(get().to(assets::serve)));
}

/// What the operator's own listener answers; it is bound to a loopback address.
pub fn operations(operations: &mut ServiceConfig) {
    operations.service(at("/readyz").route(get().to(ops::readyz)));
    operations.service(at("/metrics").route(get().to(ops::metrics)));
}

/// An address; a method that it does not take is answered by 405.
fn at(path: &str) -> Resource {
    resource(path)
}
