//! `/staff/kept/{id}` - a form that was sent after its session had ended.

use actix_web::web::{Data, Path};
use askama::Template;
use casebook_core::{ids::KeptFormId, staff};

use crate::{
    kit::{App, Frame, Page, PostForm, Result, Sample, SeeOther, SignedIn, page::sample_visit},
    url,
};

/// What was typed, to be sent again.
#[derive(Debug, Template)]
#[template(path = "staff/kept.html")]
pub struct KeptPage {
    /// The frame.
    pub frame: Frame,
    /// Where the form was sent, and is sent again.
    pub path: String,
    /// Names and values, all of them.
    pub pairs: Vec<(String, String)>,
    /// The last day on which it is kept.
    pub until: String,
    /// Where it is thrown away.
    pub forget: String,
}

impl KeptPage {
    /// What a person typed or chose: the fields that are not empty.
    fn filled(&self) -> impl Iterator<Item = &(String, String)> {
        self.pairs.iter().filter(|(_, value)| !value.trim().is_empty())
    }
}

/// `GET /staff/kept/{id}` - shows it to the member who sent it.
///
/// # Errors
/// [`crate::kit::Error::NotFound`] for anybody else, and once its time is over.
pub async fn show(app: Data<App>, by: SignedIn, id: Path<KeptFormId>) -> Result<Page<KeptPage>> {
    let (session, sought) = (by.session.clone(), id.clone());
    let (form, until) = app.read(move |r| staff::kept_form(r, &session, &sought)).await?;
    Ok(Page::new(KeptPage {
        frame: by.visit.frame("staff-kept-title"),
        path: form.path,
        pairs: form.pairs,
        until: until.to_string(),
        forget: url::forget_form(&id),
    }))
}

/// `POST /staff/kept/{id}/forget` - throws it away.
///
/// # Errors
/// [`crate::kit::Error::NotFound`] if one has no such form.
pub async fn forget(app: Data<App>, by: SignedIn, id: Path<KeptFormId>, _: PostForm) -> Result<SeeOther> {
    let session = by.session.clone();
    app.write(session.actor(), move |tx| staff::forget_form(tx, &session, &id)).await?;
    app.flash.say(by.session.lookup(), "staff-kept-forgotten");
    Ok(SeeOther(url::staff()))
}

impl Sample for KeptPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |name: &str, value: &str| Self {
            frame: sample_visit("/staff/kept/x").frame("staff-kept-title"),
            path: "/staff/submissions/x/edit/head".to_owned(),
            pairs: vec![(name.to_owned(), value.to_owned()), ("empty".to_owned(), String::new())],
            until: "2026-12-01".to_owned(),
            forget: "/staff/kept/x/forget".to_owned(),
        };
        vec![
            ("plain", page("title", "A title")),
            ("longest", page("narrative.undivided", &"words \n".repeat(3_000))),
            ("hostile", page("\"><script>alert(1)</script>", "\"><script>alert(1)</script></dd>")),
        ]
    }
}
