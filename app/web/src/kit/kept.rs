//! A form of staff that is sent after its session has ended is kept, sealed to the member, and shown to them once they have signed in again.
//!
//! This is a middleware, so that no page has to think of it. The form token is made from the cookie, so that a form can be told from a
//! forged one when its session is gone. What is not kept (nothing was typed, a secret is among it, it is not ours) goes on as it came.

use actix_web::{
    HttpMessage, HttpResponse,
    body::{BoxBody, MessageBody},
    dev::{Payload, ServiceRequest, ServiceResponse},
    error::PayloadError,
    http::{Method, header},
    middleware::Next,
    web::Bytes,
};
use casebook_core::staff::{self, KeptForm};
use futures_util::{future::ready, stream::once};

use super::{App, Area, Pairs, Result, cookies::Kind, csrf, form};
use crate::url;

/// Inputs whose values are never kept: passwords, codes of the second factor, words of a recovery key.
pub const SECRETS: [&str; 5] = ["password", "repeated", "current", "code", "words"];

/// Middleware: keeps forms whose session has ended, and leads to signing in and from there to what was kept.
///
/// # Errors
/// Those of the inner service.
pub async fn forms(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    if request.method() != Method::POST || Area::of(request.path()) != Area::Staff {
        return Ok(next.call(request).await?.map_into_boxed_body());
    }
    match keep(&mut request).await {
        Ok(Some(address)) => {
            let to = url::sign_in_and_return(Some(&address));
            let answer = HttpResponse::SeeOther().insert_header((header::LOCATION, to)).finish();
            Ok(request.into_response(answer))
        }
        Ok(None) => Ok(next.call(request).await?.map_into_boxed_body()),
        Err(error) => Ok(request.error_response(error)),
    }
}

/// Keeps the form of an ended session and says where it is shown; reads nothing where the session lives or never was.
async fn keep(request: &mut ServiceRequest) -> Result<Option<String>> {
    let app = App::of(request.request())?.clone();
    let Some(token) = app.cookies.read(request.request(), Kind::Staff) else { return Ok(None) };
    let (times, sought) = (app.entrance.times, token.clone());
    let Some(of) = app.read(move |r| staff::ended(r, &sought, &times)).await? else { return Ok(None) };
    let payload = request.take_payload();
    let body = form::body(request.request(), payload).await?;
    let pairs = Pairs::parse(&body);
    let ours = |origin: &str| app.origins.is_ours(request.request(), origin);
    let genuine = csrf::check(request.headers(), Some(&token), pairs.first(csrf::FIELD), ours).is_ok();
    let pairs = pairs.without(&[csrf::FIELD]);
    if !genuine || pairs.is_empty() || SECRETS.iter().any(|name| pairs.has(name)) {
        request.set_payload(whole(body));
        return Ok(None);
    }
    let pairs = pairs.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let form = KeptForm { path: request.path().to_owned(), pairs };
    let id = app.write_unrecorded(move |tx| staff::keep_form(tx, &of, &form)).await?;
    Ok(Some(url::kept_form(&id)))
}

/// A body that was read, to be read again.
fn whole(body: Vec<u8>) -> Payload {
    Payload::Stream { payload: Box::pin(once(ready(Ok::<_, PayloadError>(Bytes::from(body))))) }
}
