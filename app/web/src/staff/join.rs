//! Joining by an invitation: names, password, second factor.

use actix_web::{
    HttpResponse,
    web::{Data, Path},
};
use askama::Template;
use casebook_core::{
    Error as CoreError,
    seal::{Password, TotpSecret},
    secret::{Secret, Token},
    staff::{self, Alias, Invitation, Joined, LoginName, Role},
};
use qrcode::{Color, QrCode};

use super::{
    fields::{name_problem, password_problem, role_key},
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

/// A square of dark and light for a camera, drawn as one path.
#[derive(Debug)]
pub struct Qr {
    /// How many squares a side has, with the quiet zone.
    pub side: usize,
    /// The dark squares.
    pub path: String,
}

impl Qr {
    fn of(text: &Secret) -> Result<Self> {
        const QUIET: usize = 4;
        let code = QrCode::new(text.reveal()).map_err(Error::unexpected)?;
        let width = code.width();
        let dark = code.to_colors().into_iter().enumerate().filter(|(_, color)| *color == Color::Dark);
        let path = dark.map(|(at, _)| format!("M{} {}h1v1h-1z", at % width + QUIET, at / width + QUIET)).collect();
        Ok(Self { side: width + 2 * QUIET, path })
    }
}

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
    /// The second factor as a picture.
    pub qr: Qr,
    /// And as text.
    pub secret: String,
}

/// `GET /staff/join/{token}` - what the link offers.
///
/// # Errors
/// [`Error::NotFound`] for a link that does not hold.
pub async fn join(app: Data<App>, visit: Visit, token: Path<String>) -> Result<Page<JoinPage>> {
    let token = Token::parse(&token).ok_or(Error::NotFound)?;
    let offered = offered(&app, token.clone()).await?;
    let address = offered.totp_secret.address(&app.config.instance.name, role_name(offered.role))?;
    Ok(Page::new(JoinPage {
        form: app.form_for(&visit, Filled::default()),
        action: url::join(&token.text()),
        role: role_key(offered.role),
        founding: offered.founding,
        qr: Qr::of(&address)?,
        secret: in_groups(offered.totp_secret.text().reveal()),
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
        let chosen = Password::choose(form.password.reveal(), &context).map_err(password_problem);
        let password = problems.check("password", chosen);
        if form.password.reveal() != form.repeated.reveal() {
            problems.add("repeated", "staff-password-differs");
        }
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
        Ok(joined) => Ok(welcome(&app, joined)),
        Err(why) => back(Problems::one(input_of(why), why)),
    }
}

fn welcome(app: &App, joined: Joined) -> HttpResponse {
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

/// How the entry in the authenticator is called; the person's names are not known yet.
fn role_name(role: Role) -> &'static str {
    role.code()
}

fn in_groups(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

impl Sample for JoinPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let secret = TotpSecret::from_bytes(&[7; 20]);
        let text = secret.as_ref().map(|secret| secret.text());
        let qr = text.as_ref().and_then(|text| Qr::of(text).ok());
        let page = |form: Filled, founding: bool, qr: Qr, secret: &Secret| Self {
            frame: sample_visit("/staff/join/x").frame("staff-join-title"),
            form,
            action: "/staff/join/x".to_owned(),
            role: role_key(Role::Administrator),
            founding,
            qr,
            secret: in_groups(secret.reveal()),
        };
        let hostile = Pairs::parse(b"alias=%3Cscript%3Ealert(1)%3C%2Fscript%3E&login_name=%22");
        let mut problems = Problems::one("alias", "staff-name-characters");
        problems.add("password", "staff-password-short");
        let forms = [("founder", Filled::default(), true), ("hostile", Filled::again(hostile, problems), false)];
        let (Some(_), Some(text)) = (qr, text) else { return Vec::new() };
        forms
            .into_iter()
            .filter_map(|(name, form, founding)| Some((name, page(form, founding, Qr::of(&text).ok()?, &text))))
            .collect()
    }
}
