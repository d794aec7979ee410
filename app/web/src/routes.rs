//! The site map on one screen. Its inverse is [`crate::url`].

use actix_web::web::{ServiceConfig, get, resource};

use crate::kit::assets;

/// Every address of the site.
pub fn site(site: &mut ServiceConfig) {
    site.service(resource("/static/{file:.*}").route(get().to(assets::serve)));
}
