//! Addresses that no route answers.

use actix_web::{HttpRequest, http::Method};

use super::{Error, Result, page::Moved};

/// Leads from an address of the site with a slash at its end to the one without, with all that it asks for. Whatever else comes here is not there.
///
/// # Errors
/// [`Error::NotFound`] where there is no such address, and for whoever sends a form.
pub async fn nowhere(request: HttpRequest) -> Result<Moved> {
    let (asked, query) = (request.path(), request.query_string());
    let path = asked.trim_end_matches('/');
    let reads = request.method() == Method::GET;
    // Only what is an address of ours is led to: never what begins with the name of another site.
    if !reads || path == asked || !request.resource_map().has_resource(path) {
        return Err(Error::NotFound);
    }
    Ok(Moved(if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }))
}
