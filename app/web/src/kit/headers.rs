//! The headers of every answer (protection.md section 7, row O9).
//!
//! Public pages are revalidated by an ETag derived from their content; pages of contributors and staff are stored nowhere and not
//! compressed. There is never a `Last-Modified`, since a case's day must not show, and never a `Server`.

use actix_web::{
    Error, HttpMessage, HttpRequest, HttpResponse,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{
        Method, StatusCode,
        header::{self, HeaderMap, HeaderName, HeaderValue},
    },
    middleware::Next,
    web::Data,
};
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use super::{App, Area, page::Scripted};

/// The policy of a page without script.
pub const CONTENT_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; \
    form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/// The policy of a page that loads a script of ours.
pub const CONTENT_POLICY_SCRIPTED: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
    font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The headers that are the same on every answer.
pub const FIXED: [(HeaderName, &str); 7] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    // For browsers too old for frame-ancestors.
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-embedder-policy"), "require-corp"),
    (
        HeaderName::from_static("permissions-policy"),
        "accelerometer=(), autoplay=(), camera=(), \
         clipboard-read=(), clipboard-write=(), display-capture=(), encrypted-media=(), fullscreen=(), gamepad=(), \
         geolocation=(), gyroscope=(), hid=(), idle-detection=(), local-fonts=(), magnetometer=(), microphone=(), midi=(), \
         payment=(), picture-in-picture=(), publickey-credentials-get=(), screen-wake-lock=(), serial=(), \
         storage-access=(), sync-xhr=(), usb=(), window-management=(), xr-spatial-tracking=()",
    ),
];

/// On what any other site's pages may read: they may, without a cookie, and see these headers too.
const OPEN: [(HeaderName, &str); 2] = [
    (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
    (header::ACCESS_CONTROL_EXPOSE_HEADERS, "Content-Disposition, ETag, Link"),
];

/// Marks an answer on a public address that is not for everybody, such as a page shown to a signed-in member of staff.
#[derive(Debug, Clone, Copy)]
pub struct Private;

/// Marks a request that asks for the headers of an answer alone: what is dear to make need not be made for it.
#[derive(Debug, Clone, Copy)]
pub struct HeadersAlone;

/// Middleware, outside of compression: private areas are not compressed (their length would tell of their content), and HEAD is
/// answered as GET without the body.
///
/// # Errors
/// Those of the inner service.
pub async fn before(
    mut request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    if Area::of(request.path()).is_private() {
        request.headers_mut().remove(header::ACCEPT_ENCODING);
    }
    if request.method() == Method::HEAD {
        request.head_mut().method = Method::GET;
        request.extensions_mut().insert(HeadersAlone);
    }
    next.call(request).await
}

/// Middleware, inside of compression: sets the headers.
///
/// # Errors
/// Those of the inner service.
pub async fn after(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let open = Area::is_open(request.path());
    let mut answer = match open && request.method() == Method::OPTIONS {
        true => request.into_response(may_be_read()),
        false => next.call(request).await?.map_into_boxed_body(),
    };
    let private = is_private(answer.request());
    let scripted = answer.response().extensions().contains::<Scripted>();
    let app = answer.request().app_data::<Data<App>>().cloned();
    let address = answer.request().uri().to_string();
    let headers = answer.headers_mut();
    for (name, value) in FIXED {
        headers.insert(name, HeaderValue::from_static(value));
    }
    let policy = if scripted { CONTENT_POLICY_SCRIPTED } else { CONTENT_POLICY };
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    if let Some(app) = app {
        site_headers(&app, headers, (!private).then_some(address.as_str()));
    }
    headers.remove(header::LAST_MODIFIED);
    headers.remove(header::SERVER);
    if private {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.remove(header::ETAG);
        return Ok(answer);
    }
    if open {
        for (name, value) in OPEN {
            headers.insert(name, HeaderValue::from_static(value));
        }
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    }
    Ok(tag(answer))
}

/// Answers a browser that asks on behalf of another site's page whether it may read (Fetch Standard, CORS-preflight fetch).
fn may_be_read() -> HttpResponse {
    HttpResponse::NoContent()
        .insert_header((header::ALLOW, "GET, HEAD, OPTIONS"))
        .insert_header((header::ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD"))
        .insert_header((header::ACCESS_CONTROL_ALLOW_HEADERS, "*"))
        .insert_header((header::ACCESS_CONTROL_MAX_AGE, "86400"))
        .finish()
}

fn is_private(request: &HttpRequest) -> bool {
    Area::keeps_nothing(request.path()) || request.extensions().contains::<Private>()
}

/// What the settings add: TLS, and for a public page its address in the onion network.
fn site_headers(app: &App, headers: &mut HeaderMap, public: Option<&str>) {
    let onion = app.config.server.onion_url.trim_end_matches('/');
    if let Some(address) = public.filter(|_| !onion.is_empty())
        && let Ok(value) = HeaderValue::from_str(&format!("{onion}{address}"))
    {
        headers.insert(HeaderName::from_static("onion-location"), value);
    }
    if app.cookies.secure {
        let value = HeaderValue::from_static("max-age=31536000");
        headers.insert(header::STRICT_TRANSPORT_SECURITY, value);
    }
}

/// Adds the ETag of a whole body that has none, and answers 304 where the visitor has it already. Streams pass as they are.
fn tag(answer: ServiceResponse<BoxBody>) -> ServiceResponse<BoxBody> {
    if answer.status() != StatusCode::OK || answer.request().method() != Method::GET {
        return answer;
    }
    let (request, answer) = answer.into_parts();
    let (mut answer, body) = answer.into_parts();
    let body = match body.try_into_bytes() {
        Ok(body) => body,
        Err(body) => return ServiceResponse::new(request, answer.set_body(body)),
    };
    let tag = answer.headers().get(header::ETAG).cloned().or_else(|| etag(&body));
    let Some(tag) = tag else { return ServiceResponse::new(request, answer.set_body(BoxBody::new(body))) };
    let known = knows(&request, &tag);
    answer.headers_mut().insert(header::ETAG, tag);
    if known {
        *answer.status_mut() = StatusCode::NOT_MODIFIED;
        answer.headers_mut().remove(header::CONTENT_ENCODING);
        return ServiceResponse::new(request, answer.set_body(BoxBody::new(())));
    }
    ServiceResponse::new(request, answer.set_body(BoxBody::new(body)))
}

/// A weak tag, since the same content may travel compressed or not (RFC 9110 section 8.8.1).
fn etag(body: &[u8]) -> Option<HeaderValue> {
    let digest = HEXLOWER.encode(&Sha256::digest(body)[..16]);
    HeaderValue::from_str(&format!("W/\"{digest}\"")).ok()
}

/// Whether whoever asks has what bears this tag already.
#[must_use]
pub fn knows(request: &HttpRequest, tag: &HeaderValue) -> bool {
    request.headers().get_all(header::IF_NONE_MATCH).any(|sent| matches_tag(sent, tag))
}

fn matches_tag(sent: &HeaderValue, tag: &HeaderValue) -> bool {
    let (Ok(sent), Ok(tag)) = (sent.to_str(), tag.to_str()) else { return false };
    let bare = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    sent.split(',').any(|one| one.trim() == "*" || bare(one) == bare(tag))
}
