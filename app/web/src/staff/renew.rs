//! `/staff/renew/{token}` - somebody on the staff who lost their password or second factor sets both anew.

use actix_web::{
    HttpResponse,
    web::{Data, Path},
};
use askama::Template;
use casebook_core::{
    Error as CoreError,
    secret::{Secret, Token},
    staff::{self, Renewal},
};

use super::{authenticator::Authenticator, fields::set_password, join::welcome};
use crate::{
    kit::{
        App, Error, Filled, Frame, FromPairs, Page, Pairs, PostForm, Problems, Result, Sample, Visit, limits::Limited,
        origin::Client, page::sample_visit,
    },
    url,
};

/// The form for setting both anew.
#[derive(Debug, Template)]
#[template(path = "staff/renew.html")]
pub struct RenewPage {
    /// The frame.
    pub frame: Frame,
    /// The form.
    pub form: Filled,
    /// Where it leads.
    pub action: String,
    /// The name to sign in with, which stays.
    pub login_name: String,
    /// The name that the log shows, which stays.
    pub alias: String,
    /// The second factor.
    pub authenticator: Authenticator,
}

/// `GET /staff/renew/{token}` - what the link offers.
///
/// # Errors
/// [`Error::NotFound`] for a link that does not hold.
pub async fn renew(app: Data<App>, visit: Visit, token: Path<String>) -> Result<Page<RenewPage>> {
    let token = Token::parse(&token).ok_or(Error::NotFound)?;
    let offered = offered(&app, token.clone()).await?;
    let role = offered.member.role.code();
    Ok(Page::new(RenewPage {
        form: app.form_for(&visit, Filled::default()),
        action: url::renew(&token.text()),
        authenticator: Authenticator::of(&offered.totp_secret, &app.config.instance.name, role)?,
        login_name: offered.login_name,
        alias: offered.member.alias,
        frame: visit.frame("staff-renew-title"),
    }))
}

/// What the form sends.
#[derive(Debug)]
pub struct RenewForm {
    password: Secret,
    repeated: Secret,
    code: String,
}

impl FromPairs for RenewForm {
    fn from_pairs(pairs: &Pairs) -> Self {
        Self {
            password: pairs.secret("password"),
            repeated: pairs.secret("repeated"),
            code: pairs.first("code").trim().to_owned(),
        }
    }
}

/// `POST /staff/renew/{token}` - what they signed in with before opens nothing any more; new codes are shown on the next page, once.
///
/// # Errors
/// [`Error::NotFound`] for a link that does not hold, [`Error::TooMany`], and those of the database.
pub async fn set_anew(
    app: Data<App>,
    (visit, client): (Visit, Client),
    token: Path<String>,
    form: PostForm<RenewForm>,
) -> Result<HttpResponse> {
    app.limits.check(Limited::SignIn, client)?;
    let token = Token::parse(&token).ok_or(Error::NotFound)?;
    let offered = offered(&app, token.clone()).await?;
    let back = |problems| Ok(app.again(&visit, url::renew(&token.text()), Pairs::default(), problems).into());
    let context = [offered.login_name.as_str(), &offered.member.alias, &app.config.instance.name];
    let mut problems = Problems::new();
    let password = set_password(&mut problems, (&form.password, &form.repeated), &context);
    if form.code.is_empty() {
        problems.add("code", "staff-code-missing");
    }
    let Some(password) = password.filter(|_| problems.is_empty()) else { return back(problems) };
    let (link, code) = (token.clone(), form.into_inner().code);
    let renewed = app.enter(move |entrance| match entrance.renew(&link, &password, &code) {
        Err(CoreError::Refused(why)) => Ok(Err(why)),
        other => other.map(Ok),
    });
    match renewed.await? {
        Ok(joined) => Ok(welcome(&app, &joined)),
        Err(why) => back(Problems::one("code", why)),
    }
}

async fn offered(app: &App, token: Token) -> Result<Renewal> {
    let keys = app.keys.clone();
    app.read(move |reading| staff::renewal(reading, &token, &keys)).await
}

impl Sample for RenewPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |name, alias: &str, form| {
            let page = Self {
                frame: sample_visit("/staff/renew/x").frame("staff-renew-title"),
                form,
                action: "/staff/renew/x".to_owned(),
                login_name: "mo".to_owned(),
                alias: alias.to_owned(),
                authenticator: Authenticator::sample()?,
            };
            Some((name, page))
        };
        let mut problems = Problems::one("password", "staff-password-short");
        problems.add("code", "staff-code-wrong");
        let again = Filled::again(Pairs::default(), problems);
        [page("empty", "Blue heron", Filled::default()), page("hostile", "<script>alert(1)</script>", again)]
            .into_iter()
            .flatten()
            .collect()
    }
}
