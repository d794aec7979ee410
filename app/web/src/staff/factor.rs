//! `/staff/factor` - putting another second factor in place of one's own.

use actix_web::{HttpResponse, web::Data};
use askama::Template;
use casebook_core::{
    Error as CoreError,
    seal::Password,
    secret::Secret,
    staff::{OfferedFactor, offer_factor},
};

use super::{authenticator::Authenticator, sign_in::go_with};
use crate::{
    kit::{
        App, Error, Filled, Frame, FromPairs, Page, Pairs, PostForm, Problems, Result, Sample, SignedIn,
        page::sample_visit,
    },
    url,
};

/// The form for another second factor.
#[derive(Debug, Template)]
#[template(path = "staff/factor.html")]
pub struct FactorPage {
    /// The frame.
    pub frame: Frame,
    /// The form.
    pub form: Filled,
    /// The secret on offer.
    pub authenticator: Authenticator,
    /// The same, sealed, for the way back.
    pub offer: String,
}

/// `GET /staff/factor` - offers a secret; one that came back with a problem stays the same.
///
/// # Errors
/// If the picture cannot be drawn, which does not happen.
pub async fn factor(app: Data<App>, by: SignedIn) -> Result<Page<FactorPage>> {
    let form = app.form_for(&by.visit, Filled::default());
    let offered = match OfferedFactor::read(&by.session, &app.keys, form.value("offer")) {
        Some(offered) => offered,
        None => offer_factor(&by.session, &app.keys, &*app.random)?,
    };
    Ok(Page::new(FactorPage {
        form,
        authenticator: Authenticator::of(&offered.secret, &app.config.instance.name, by.session.member().role.code())?,
        offer: offered.sealed.to_string(),
        frame: by.visit.frame("staff-factor-renew-title"),
    }))
}

/// What the form sends.
#[derive(Debug)]
pub struct FactorForm {
    current: Secret,
    offer: String,
    code: Secret,
}

impl FromPairs for FactorForm {
    fn from_pairs(pairs: &Pairs) -> Self {
        Self { current: pairs.secret("current"), offer: pairs.first("offer").to_owned(), code: pairs.secret("code") }
    }
}

/// `POST /staff/factor` - codes of the old authenticator hold no more, and every other session ends.
///
/// # Errors
/// [`Error::BadRequest`] for an offer that this site did not make to this member, and those of the database.
pub async fn change_factor(app: Data<App>, by: SignedIn, form: PostForm<FactorForm>) -> Result<HttpResponse> {
    let offered = OfferedFactor::read(&by.session, &app.keys, &form.offer);
    let offered = offered.ok_or_else(|| Error::BadRequest("staff-factor-offer".into()))?;
    let kept = form.pairs().without(&["current", "code"]);
    let (session, form) = (by.session.clone(), form.into_inner());
    let changed = app.enter(move |entrance| {
        let current = Password::typed(form.current.reveal());
        match entrance.change_factor(&session, &current, &offered, form.code.reveal()) {
            Err(CoreError::Refused(why)) => Ok(Err(why)),
            other => other.map(Ok),
        }
    });
    match changed.await? {
        Ok(token) => {
            app.flash.say(&token.lookup(), "staff-factor-renewed");
            Ok(go_with(&app, url::staff(), &token))
        }
        Err(why) => {
            let input = if why == "staff-code-wrong" { "code" } else { "current" };
            Ok(app.again(&by.visit, url::staff_factor(), kept, Problems::one(input, why)).into())
        }
    }
}

impl Sample for FactorPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |name, form| {
            let frame = sample_visit("/staff/factor").frame("staff-factor-renew-title");
            Some((
                name,
                Self { frame, form, authenticator: Authenticator::sample()?, offer: "{\"version\":1}".to_owned() },
            ))
        };
        let mut problems = Problems::one("current", "staff-password-wrong");
        problems.add("code", "staff-code-wrong");
        let again = Filled::again(Pairs::default(), problems);
        [page("empty", Filled::default()), page("again", again)].into_iter().flatten().collect()
    }
}
