//! How Casebook is reached: routes, forms, pages and the command line.

pub mod kit;
pub mod routes;
pub mod url;

use actix_web::{
    App as WebApp, Error,
    body::MessageBody,
    dev::{ServiceFactory, ServiceRequest, ServiceResponse},
    middleware::{Compress, from_fn},
    web::Data,
};

use kit::{App, error, headers, log};

/// The whole site as one service. What wraps it, from the outside in: the log line, what private areas and HEAD need before anything
/// else, compression, the headers of every answer, and the pages for what went wrong.
pub fn build_app(
    app: Data<App>,
) -> WebApp<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody>,
        Error = Error,
        InitError = (),
    >,
> {
    WebApp::new()
        .app_data(app)
        .configure(routes::site)
        .wrap(from_fn(error::pages))
        .wrap(from_fn(headers::after))
        .wrap(Compress::default())
        .wrap(from_fn(headers::before))
        .wrap(from_fn(log::line))
}
