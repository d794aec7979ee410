//! `/staff/cases/{id}` - what can be done with a published case.

use actix_web::{
    HttpResponse,
    web::{Data, Path},
};
use askama::Template;
use casebook_core::{
    cases::published::{self, Eyes, Visibility},
    ids::CaseId,
    moderation::{self, About},
};

use super::{
    notes::NoteLine,
    office, say,
    similar::Likeness,
    submission::see_other,
    words::{self, Choice},
};
use crate::{
    kit::{
        App, Error, Filled, Frame, Message, Moderator, Page, PostForm, Problems, Result, Sample, SeeOther,
        page::sample_visit,
    },
    url,
};

/// A published case, for moderators.
#[derive(Debug, Template)]
#[template(path = "moderation/case.html")]
pub struct StaffCasePage {
    /// The frame.
    pub frame: Frame,
    /// Its title.
    pub title: String,
    /// Its public address.
    pub public: String,
    /// Where acts on it are sent.
    pub address: String,
    /// Where words are taken out of it.
    pub redact: String,
    /// `public`, `unlisted` or `hidden`.
    pub visibility: &'static str,
    /// The words for it.
    pub visibility_words: String,
    /// The words for the reason, where it is hidden or unlisted.
    pub reason: Option<String>,
    /// The number of its current revision.
    pub revision: u32,
    /// The draft of the next revision, if one is under way.
    pub draft: Option<String>,
    /// Reasons for hiding.
    pub reasons: Vec<Choice>,
    /// What was ruled on its likeness to other cases.
    pub likeness: Likeness,
    /// Internal notes.
    pub notes: Vec<NoteLine>,
    /// What was chosen.
    pub form: Filled,
}

impl StaffCasePage {
    fn is(&self, visibility: &str) -> bool {
        self.visibility == visibility
    }
}

pub(super) fn parsed(id: &str) -> Result<CaseId> {
    id.parse().map_err(|_| Error::NotFound)
}

/// `GET /staff/cases/{id}` - revise, hide, show.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn show(app: Data<App>, by: Moderator, id: Path<String>) -> Result<Page<StaffCasePage>> {
    let (id, authority) = (parsed(&id)?, by.authority());
    let (case, draft, notes, rulings) = app
        .read(move |r| {
            let draft = moderation::revision_under_way(r, &authority, &id)?;
            let case = published::find(r, &id, Eyes::Moderator)?;
            let rulings = moderation::rulings(r, &authority, &id)?;
            Ok((case, draft, moderation::notes(r, &authority, &About::Case(id))?, rulings))
        })
        .await?;
    let (language, lang) = (by.visit.language, by.visit.language.code());
    let (visibility, reason) = match &case.visibility {
        Visibility::Public => ("public", None),
        Visibility::Unlisted(reason) => ("unlisted", Some(app.reason(reason))),
        Visibility::Hidden(reason) => ("hidden", Some(app.reason(reason))),
        // It has no page of its own any more: the gate leads to the other one.
        Visibility::Merged(into) => return Err(Error::Moved { to: into.clone() }),
    };
    let form = app.form_for(&by.visit, Filled::default());
    Ok(Page::new(StaffCasePage {
        frame: by.frame("moderation-case-title"),
        public: url::case(&case.document.id),
        address: url::staff_case(&case.document.id),
        redact: url::redact_in_case(&case.document.id),
        title: case.document.title.text,
        visibility,
        visibility_words: app.codebook.label("visibility", visibility, lang).to_lowercase(),
        reason,
        revision: case.current,
        draft: draft.as_ref().map(url::revision_draft),
        reasons: words::choices(&app.codebook, "visibility_reason", form.value("reason"), language),
        likeness: Likeness::new(&app, rulings, &form, language),
        notes: notes.into_iter().map(NoteLine::from).collect(),
        form,
    }))
}

/// `POST /staff/cases/{id}/revise` - begins the next revision, or goes on with the one that was begun.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn revise(app: Data<App>, by: Moderator, id: Path<String>, _: PostForm) -> Result<SeeOther> {
    let (id, authority, office) = (parsed(&id)?, by.authority(), office(&app, &by.visit));
    let draft = app.write(by.actor(), move |tx| moderation::begin_revision(tx, &authority, &id, &office)).await?;
    Ok(SeeOther(url::revision_draft(&draft)))
}

/// `POST /staff/cases/{id}/merge` - begins a revision that takes another case in.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn merge(app: Data<App>, by: Moderator, id: Path<String>, form: PostForm) -> Result<HttpResponse> {
    let id = parsed(&id)?;
    let back = |problem: Message| {
        let problems = Problems::one("other", problem);
        Ok(app.again(&by.visit, url::staff_case(&id), form.pairs().clone(), problems).into())
    };
    let typed = form.first("other").trim().to_ascii_uppercase();
    let Ok(other) = typed.parse::<CaseId>() else { return back("moderation-no-case-id".into()) };
    let (authority, office, stays) = (by.authority(), office(&app, &by.visit), id.clone());
    let begun = app.write(by.actor(), move |tx| moderation::begin_merge(tx, &authority, &stays, &other, &office));
    match begun.await {
        Ok(draft) => Ok(see_other(url::revision_draft(&draft))),
        Err(Error::NotFound | Error::Moved { .. }) => back("moderation-merge-no-case".into()),
        Err(Error::Refused(why)) => back(why),
        Err(other) => Err(other),
    }
}

/// `POST /staff/cases/{id}/visibility` - hides it, takes it from the lists, or shows it again.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn set_visibility(app: Data<App>, by: Moderator, id: Path<String>, form: PostForm) -> Result<HttpResponse> {
    let id = parsed(&id)?;
    let showing = match moderation::parse_showing(form.first("visibility"), form.first("reason"), &app.codebook) {
        Ok(showing) => showing,
        Err(key) => {
            let problems = Problems::one("reason", key);
            return Ok(app.again(&by.visit, url::staff_case(&id), form.pairs().clone(), problems).into());
        }
    };
    let (authority, back) = (by.authority(), url::staff_case(&id));
    app.write(by.actor(), move |tx| moderation::set_visibility(tx, &authority, &id, &showing)).await?;
    say(&app, &by, "moderation-visibility-set");
    Ok(see_other(back))
}

impl Sample for StaffCasePage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |visibility: &'static str, title: &str| Self {
            frame: sample_visit("/staff/cases/7K2MQX4T").frame("moderation-case-title"),
            title: title.to_owned(),
            public: "/cases/7K2MQX4T".to_owned(),
            address: "/staff/cases/7K2MQX4T".to_owned(),
            redact: "/staff/cases/7K2MQX4T/redact".to_owned(),
            visibility,
            visibility_words: visibility.to_owned(),
            reason: (visibility != "public").then(|| title.to_owned()),
            revision: 2,
            draft: (visibility == "public").then(|| "/staff/drafts/x".to_owned()),
            reasons: vec![Choice {
                code: "duplicate".to_owned(),
                label: title.to_owned(),
                definition: String::new(),
                chosen: true,
            }],
            likeness: if visibility == "unlisted" { Likeness::default() } else { Likeness::sample(title) },
            notes: (visibility != "public").then(|| NoteLine::sample(title)).into_iter().collect(),
            form: match visibility {
                "public" => {
                    let problems = Problems::one("reason", "moderation-choose-a-reason");
                    Filled::again(crate::kit::Pairs::default(), problems)
                }
                _ => Filled::default(),
            },
        };
        vec![
            ("public", page("public", "A title")),
            ("unlisted", page("unlisted", "A title")),
            ("hidden", page("hidden", "<script>alert(1)</script>")),
        ]
    }
}
