//! Signing in: name and password, then the second factor; and signing out. Row O11.

use actix_web::{HttpResponse, Responder, web::Data};
use askama::Template;
use casebook_core::{
    moderation,
    seal::Password,
    secret::{Secret, Token},
    staff,
};

use crate::{
    kit::{
        App, Error, Filled, Frame, FromPairs, Page, Pairs, PostForm, Problems, Result, Sample, SeeOther, SignedIn,
        Visit, cookies::Kind, limits::Limited, origin::Client, page::sample_visit,
    },
    url,
};

/// Name and password as they were typed.
#[derive(Debug)]
pub struct SignInForm {
    name: String,
    password: Secret,
}

impl FromPairs for SignInForm {
    fn from_pairs(pairs: &Pairs) -> Self {
        Self { name: pairs.first("name").to_owned(), password: pairs.secret("password") }
    }
}

/// The first step.
#[derive(Debug, Template)]
#[template(path = "staff/sign_in.html")]
pub struct SignInPage {
    /// The frame.
    pub frame: Frame,
    /// The form.
    pub form: Filled,
    /// Where the form leads, with the address to go to afterwards.
    pub action: String,
}

/// `GET /staff/sign-in` - name and password.
pub async fn sign_in(app: Data<App>, visit: Visit, query: Pairs) -> Page<SignInPage> {
    Page::new(SignInPage {
        form: app.form_for(&visit, Filled::default()),
        action: url::sign_in_and_return(wanted(&query)),
        frame: visit.frame("staff-sign-in-title"),
    })
}

/// `POST /staff/sign-in` - checks them; the answer is the same for an unknown name.
///
/// # Errors
/// [`Error::TooMany`], and those of the database.
pub async fn check_password(
    app: Data<App>,
    visit: Visit,
    client: Client,
    form: PostForm<SignInForm>,
) -> Result<HttpResponse> {
    app.limits.check(Limited::SignIn, client)?;
    let query = Pairs::parse(visit.address.split_once('?').map_or("", |(_, query)| query).as_bytes());
    let (name, password) = (form.name.clone(), Password::typed(form.password.reveal()));
    match app.enter(move |entrance| entrance.sign_in(&name, &password)).await {
        Ok(token) => Ok(go_with(&app, url::second_factor(wanted(&query)), &token)),
        Err(Error::Refused(why)) => {
            let kept = form.pairs().without(&["password"]);
            Ok(app.again(&visit, visit.address.clone(), kept, Problems::one("", why)).into())
        }
        Err(other) => Err(other),
    }
}

/// What the authenticator shows, as it was typed.
#[derive(Debug)]
pub struct CodeForm {
    code: Secret,
}

impl FromPairs for CodeForm {
    fn from_pairs(pairs: &Pairs) -> Self {
        Self { code: pairs.secret("code") }
    }
}

/// The second step.
#[derive(Debug, Template)]
#[template(path = "staff/second_factor.html")]
pub struct SecondFactorPage {
    /// The frame.
    pub frame: Frame,
    /// The form.
    pub form: Filled,
    /// Where the form leads.
    pub action: String,
}

/// `GET /staff/second-factor` - the code; somebody who has not given a password is led to the first step.
///
/// # Errors
/// Those of the database.
pub async fn second_factor(
    app: Data<App>,
    visit: Visit,
    query: Pairs,
    request: actix_web::HttpRequest,
) -> Result<HttpResponse> {
    let token = app.cookies.read(&request, Kind::Staff);
    let half_way = match token {
        Some(token) => app.enter(move |entrance| entrance.is_half_way(&token)).await?,
        None => false,
    };
    if !half_way {
        return Ok(SeeOther(url::sign_in_and_return(wanted(&query))).respond_to(&request));
    }
    let page = SecondFactorPage {
        form: app.form_for(&visit, Filled::default()),
        action: url::second_factor(wanted(&query)),
        frame: visit.frame("staff-second-factor-title"),
    };
    Ok(Page::new(page).respond_to(&request))
}

/// `POST /staff/second-factor` - checks it; the session has a new token from here on.
///
/// # Errors
/// [`Error::TooMany`], and those of the database.
pub async fn check_code(
    app: Data<App>,
    request: actix_web::HttpRequest,
    client: Client,
    form: PostForm<CodeForm>,
) -> Result<HttpResponse> {
    app.limits.check(Limited::SignIn, client)?;
    let visit = Visit::of(&app, &request);
    let query = Pairs::parse(request.query_string().as_bytes());
    let Some(token) = app.cookies.read(&request, Kind::Staff) else { return Err(Error::SignIn) };
    let code = form.into_inner().code;
    match app.enter(move |entrance| entrance.second_factor(&token, code.reveal())).await {
        Ok(session) => {
            reseal(&app, session.clone()).await;
            Ok(go_with(&app, wanted(&query).map_or_else(url::staff, ToOwned::to_owned), &session))
        }
        Err(Error::Refused(why)) => {
            Ok(app.again(&visit, visit.address.clone(), Pairs::default(), Problems::one("code", why)).into())
        }
        Err(other) => Err(other),
    }
}

/// An administrator who signs in goes on with what is to be sealed anew. They are in, whatever comes of it: the queue says what is left.
async fn reseal(app: &App, session: Token) {
    if let Err(error) = app.enter(move |entrance| moderation::reseal_at_sign_in(entrance, &session)).await {
        tracing::error!(%error, "what lies under a retired review key was not sealed anew at a sign-in");
    }
}

/// `POST /staff/sign-out` - ends the session.
///
/// # Errors
/// Those of the database.
pub async fn sign_out(app: Data<App>, by: SignedIn, _: PostForm) -> Result<HttpResponse> {
    let session = by.session;
    app.write(session.actor(), move |tx| staff::sign_out(tx, &session)).await?;
    let mut answer = HttpResponse::SeeOther();
    answer.insert_header(("location", url::home())).cookie(app.cookies.clear(Kind::Staff));
    Ok(answer.finish())
}

/// Leads on with a new cookie.
pub(super) fn go_with(app: &App, address: String, token: &Token) -> HttpResponse {
    HttpResponse::SeeOther().insert_header(("location", address)).cookie(app.cookies.set(Kind::Staff, token)).finish()
}

/// The address to go to after signing in: one of this site's own.
fn wanted(query: &Pairs) -> Option<&str> {
    query.get("to").filter(|to| to.starts_with('/') && !to.starts_with("//") && !to.contains(['\\', '\r', '\n']))
}

impl Sample for SignInPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |form| Self {
            frame: sample_visit("/staff/sign-in").frame("staff-sign-in-title"),
            form,
            action: url::sign_in_and_return(Some("/staff?a=\"><script>alert(1)</script>")),
        };
        let hostile = Pairs::parse(b"name=%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E");
        vec![
            ("empty", page(Filled::default())),
            ("again, hostile", page(Filled::again(hostile, Problems::one("", "staff-sign-in-wrong")))),
        ]
    }
}

impl Sample for SecondFactorPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |form| Self {
            frame: sample_visit("/staff/second-factor").frame("staff-second-factor-title"),
            form,
            action: url::second_factor(None),
        };
        let wrong = Filled::again(Pairs::default(), Problems::one("code", "staff-code-wrong"));
        vec![("empty", page(Filled::default())), ("wrong", page(wrong))]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_led_to_this_site_only() {
        let to = |text: &str| wanted(&Pairs::parse(text.as_bytes())).map(ToOwned::to_owned);
        assert_eq!(to("to=%2Fstaff%2Fqueue%3Fsort%3Dage"), Some("/staff/queue?sort=age".to_owned()));
        for elsewhere in ["", "to=", "to=https://evil.example", "to=//evil.example", "to=/%5Cevil.example"] {
            assert_eq!(to(elsewhere), None, "{elsewhere}");
        }
    }
}
