//! The state that every request shares.

use std::sync::Arc;

use actix_web::{HttpRequest, web::Data};
use casebook_core::{clock::Clock, random::Random};

use super::{
    Error, Result,
    cookies::Cookies,
    limits::Limits,
    log::{Faults, Metrics},
    origin::Origins,
};

/// What handlers work with. Made once at start; cheap to share.
pub struct App {
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// Where chance comes from.
    pub random: Arc<dyn Random>,
    /// How cookies are made.
    pub cookies: Cookies,
    /// Who is asking, and which origin is ours.
    pub origins: Origins,
    /// How often somebody may try.
    pub limits: Limits,
    /// What went wrong.
    pub faults: Faults,
    /// What was answered.
    pub metrics: Metrics,
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("App")
    }
}

impl App {
    /// The state that `request` was given.
    ///
    /// # Errors
    /// If the program was put together without it.
    pub fn of(request: &HttpRequest) -> Result<&Data<Self>> {
        request.app_data::<Data<Self>>().ok_or_else(|| Error::unexpected("the application has no state"))
    }

    /// The words for a reason code under which a case is hidden.
    #[must_use]
    pub fn reason(&self, code: &str) -> String {
        code.to_owned()
    }
}
