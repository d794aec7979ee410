//! Joining by an invitation: names, password, second factor.

use actix_web::{
    HttpResponse,
    web::{Data, Path},
};
use askama::Template;
use casebook_core::{
    Error as CoreError,
    seal::Password,
    secret::{Secret, Token},
    staff::{self, Alias, Invitation, Joined, LoginName, Role},
};

use super::{
    authenticator::Authenticator,
    fields::{name_problem, role_key, set_password},
    keys,
    sign_in::go_with,
};
use crate::{
    kit::{
        App, Error, Filled, Frame, FromPairs, Page, Pairs, PostForm, Problems, Result, Sample, Visit, limits::Limited,
        origin::Client, page::sample_visit,
    },
    url,
};

/// The form for joining.
#[derive(Debug, Template)]
#[template(path = "staff/join.html")]
pub struct JoinPage {
    /// The frame.
    pub frame: Frame,
    /// The form.
    pub form: Filled,
    /// Where it leads.
    pub action: String,
    /// What the person will be.
    pub role: &'static str,
    /// Whether theirs is the first membership.
    pub founding: bool,
    /// The second factor.
    pub authenticator: Authenticator,
}

/// `GET /staff/join/{token}` - what the link offers.
///
/// # Errors
/// [`Error::NotFound`] for a link that does not hold.
pub async fn join(app: Data<App>, visit: Visit, token: Path<String>) -> Result<Page<JoinPage>> {
    let token = Token::parse(&token).ok_or(Error::NotFound)?;
    let offered = offered(&app, token.clone()).await?;
    // The person's names are not known yet.
    let authenticator = Authenticator::of(&offered.totp_secret, &app.config.instance.name, offered.role.code())?;
    Ok(Page::new(JoinPage {
        form: app.form_for(&visit, Filled::default()),
        action: url::join(&token.text()),
        role: role_key(offered.role),
        founding: offered.founding,
        authenticator,
        frame: visit.frame("staff-join-title"),
    }))
}

/// What the form sends.
#[derive(Debug)]
pub struct JoinForm {
    login_name: String,
    alias: String,
    password: Secret,
    repeated: Secret,
    code: String,
}

impl FromPairs for JoinForm {
    fn from_pairs(pairs: &Pairs) -> Self {
        Self {
            login_name: pairs.first("login_name").to_owned(),
            alias: pairs.first("alias").to_owned(),
            password: pairs.secret("password"),
            repeated: pairs.secret("repeated"),
            code: pairs.first("code").trim().to_owned(),
        }
    }
}

/// Somebody who wants to join, with names and a password that can be.
struct Newcomer {
    login_name: LoginName,
    alias: Alias,
    password: Password,
    code: String,
}

impl Newcomer {
    fn parse(form: &JoinForm, site: &str) -> Result<Self, Problems> {
        let mut problems = Problems::new();
        let login_name = problems.check("login_name", LoginName::parse(&form.login_name).map_err(name_problem));
        let alias = problems.check("alias", Alias::parse(&form.alias).map_err(name_problem));
        let context = [form.login_name.as_str(), form.alias.as_str(), site];
        let password = set_password(&mut problems, (&form.password, &form.repeated), &context);
        if form.code.is_empty() {
            problems.add("code", "staff-code-missing");
        }
        match (login_name, alias, password) {
            (Some(login_name), Some(alias), Some(password)) if problems.is_empty() => {
                Ok(Self { login_name, alias, password, code: form.code.clone() })
            }
            _ => Err(problems),
        }
    }
}

/// `POST /staff/join/{token}` - makes the member; codes and keys are shown on the next page, once.
///
/// # Errors
/// [`Error::NotFound`] for a link that does not hold, [`Error::TooMany`], and those of the database.
pub async fn become_member(
    app: Data<App>,
    (visit, client): (Visit, Client),
    token: Path<String>,
    form: PostForm<JoinForm>,
) -> Result<HttpResponse> {
    app.limits.check(Limited::SignIn, client)?;
    let token = Token::parse(&token).ok_or(Error::NotFound)?;
    offered(&app, token.clone()).await?;
    let kept = form.pairs().without(&["password", "repeated", "code"]);
    let back = |problems| Ok(app.again(&visit, url::join(&token.text()), kept, problems).into());
    let newcomer = match Newcomer::parse(&form, &app.config.instance.name) {
        Ok(newcomer) => newcomer,
        Err(problems) => return back(problems),
    };
    let link = token.clone();
    let joined = app
        .enter(move |entrance| {
            let Newcomer { login_name, alias, password, code } = &newcomer;
            match entrance.join(&link, login_name, alias, password, code) {
                Err(CoreError::Refused(why)) => Ok(Err(why)),
                other => other.map(Ok),
            }
        })
        .await?;
    match joined {
        Ok(joined) => Ok(welcome(&app, &joined)),
        Err(why) => back(Problems::one(input_of(why), why)),
    }
}

/// Leads a new member, or one whose keys are new, to the page that shows codes and keys once.
pub(super) fn welcome(app: &App, joined: &Joined) -> HttpResponse {
    let to = joined.session.lookup();
    keys::show_codes(app, &to, &joined.codes);
    if let Some(key) = &joined.recovery_key {
        keys::show_recovery_key(app, &to, key);
    }
    go_with(app, url::staff_keys(), &joined.session)
}

/// Which input a refusal of the core is about.
fn input_of(why: &str) -> &'static str {
    match why {
        "staff-code-wrong" => "code",
        "staff-login-name-taken" => "login_name",
        "staff-alias-taken" | "staff-alias-is-login-name" => "alias",
        _ => "",
    }
}

async fn offered(app: &App, token: Token) -> Result<Invitation> {
    let keys = app.keys.clone();
    app.read(move |reading| staff::invitation(reading, &token, &keys)).await
}

impl Sample for JoinPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |name, form, founding| {
            let page = Self {
                frame: sample_visit("/staff/join/x").frame("staff-join-title"),
                form,
                action: "/staff/join/x".to_owned(),
                role: role_key(Role::Administrator),
                founding,
                authenticator: Authenticator::sample()?,
            };
            Some((name, page))
        };
        let hostile = Pairs::parse(b"alias=%3Cscript%3Ealert(1)%3C%2Fscript%3E&login_name=%22");
        let mut problems = Problems::one("alias", "staff-name-characters");
        problems.add("password", "staff-password-short");
        [page("founder", Filled::default(), true), page("hostile", Filled::again(hostile, problems), false)]
            .into_iter()
            .flatten()
            .collect()
    }
}
