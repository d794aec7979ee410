//! `/staff/password` - changing one's own password.

use actix_web::{HttpResponse, web::Data};
use askama::Template;
use casebook_core::{
    Error as CoreError,
    seal::Password,
    secret::Secret,
    staff::{self, Session},
};

use super::{fields::set_password, sign_in::go_with};
use crate::{
    kit::{
        App, Filled, Frame, FromPairs, Page, Pairs, PostForm, Problems, Result, Sample, SignedIn, page::sample_visit,
    },
    url,
};

/// The form for another password.
#[derive(Debug, Template)]
#[template(path = "staff/password.html")]
pub struct PasswordPage {
    /// The frame.
    pub frame: Frame,
    /// The form.
    pub form: Filled,
}

/// `GET /staff/password` - asks for the present password and another one.
pub async fn password(app: Data<App>, by: SignedIn) -> Page<PasswordPage> {
    Page::new(PasswordPage {
        form: app.form_for(&by.visit, Filled::default()),
        frame: by.visit.frame("staff-password-title"),
    })
}

/// What the form sends.
#[derive(Debug)]
pub struct PasswordForm {
    current: Secret,
    password: Secret,
    repeated: Secret,
}

impl FromPairs for PasswordForm {
    fn from_pairs(pairs: &Pairs) -> Self {
        Self {
            current: pairs.secret("current"),
            password: pairs.secret("password"),
            repeated: pairs.secret("repeated"),
        }
    }
}

/// `POST /staff/password` - the old one opens nothing from here on, and every other session ends.
///
/// # Errors
/// [`crate::kit::Error::Conflict`] if it was changed elsewhere at the same moment, and those of the database.
pub async fn change_password(app: Data<App>, by: SignedIn, form: PostForm<PasswordForm>) -> Result<HttpResponse> {
    let back = |problems| Ok(app.again(&by.visit, url::staff_password(), Pairs::default(), problems).into());
    let login_name = own_login_name(&app, &by.session).await?;
    let context = [login_name.as_str(), &by.session.member().alias, &app.config.instance.name];
    let mut problems = Problems::new();
    let chosen = set_password(&mut problems, (&form.password, &form.repeated), &context);
    let Some(chosen) = chosen.filter(|_| problems.is_empty()) else { return back(problems) };
    let (session, current) = (by.session.clone(), Password::typed(form.current.reveal()));
    let changed = app.enter(move |entrance| match entrance.change_password(&session, &current, &chosen) {
        Err(CoreError::Refused(why)) => Ok(Err(why)),
        other => other.map(Ok),
    });
    match changed.await? {
        Ok(token) => {
            app.flash.say(&token.lookup(), "staff-password-changed");
            Ok(go_with(&app, url::staff(), &token))
        }
        Err(why) => back(Problems::one("current", why)),
    }
}

async fn own_login_name(app: &App, by: &Session) -> Result<String> {
    let session = by.clone();
    app.read(move |r| staff::own_login_name(r, &session)).await
}

impl Sample for PasswordPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |form| Self { frame: sample_visit("/staff/password").frame("staff-password-title"), form };
        let mut problems = Problems::one("current", "staff-password-wrong");
        problems.add("password", "staff-password-short");
        problems.add("repeated", "staff-password-differs");
        vec![("empty", page(Filled::default())), ("again", page(Filled::again(Pairs::default(), problems)))]
    }
}
