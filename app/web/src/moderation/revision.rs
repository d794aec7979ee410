//! `/staff/drafts/{id}` - the next revision of a published case on its way.

use actix_web::{
    HttpResponse,
    web::{Data, Path},
};
use askama::Template;
use casebook_core::{
    cases::published::{self, Eyes},
    ids::ReviewDraftId,
    moderation::{self, Revised, RevisionReason, Subject},
};

use super::{
    desk::{self, Point},
    looked, office, say,
    submission::see_other,
    words::{self, Overview},
};
use crate::{
    kit::{
        App, Filled, Frame, Moderator, Page, Pairs, PostForm, Problems, Result, Sample, SeeOther, page::sample_visit,
    },
    url,
};

/// A draft of a revision.
#[derive(Debug, Template)]
#[template(path = "moderation/revision.html")]
pub struct RevisionPage {
    /// The frame.
    pub frame: Frame,
    /// Where acts on it are sent.
    pub address: String,
    /// Where the case is administered.
    pub case: String,
    /// The case that this one takes in: its title, the language of the title, its address.
    pub merges: Option<(String, String, String)>,
    /// The draft.
    pub draft: Overview,
    /// What has to be looked at.
    pub points: Vec<Point>,
    /// What was typed as the reason.
    pub form: Filled,
}

/// `GET /staff/drafts/{id}` - its sheets, what stands in the way, and publishing.
///
/// # Errors
/// [`crate::kit::Error::NotFound`].
pub async fn show(app: Data<App>, by: Moderator, id: Path<ReviewDraftId>) -> Result<Page<RevisionPage>> {
    let (authority, office, id) = (by.authority(), office(&app, &by.visit), id.into_inner());
    let subject = Subject::Revision(id.clone());
    let (shown, merges) = app
        .read(move |r| {
            let shown = moderation::show(r, &authority, &subject, None, &office)?;
            let other =
                shown.draft.merges().map(|(other, _)| published::find(r, other, Eyes::Moderator)).transpose()?;
            Ok((shown, other.map(|other| other.document)))
        })
        .await?;
    let sheet = |name: &str| url::revision_sheet(&id, name);
    let (language, form) = (by.visit.language, app.form_for(&by.visit, Filled::default()));
    Ok(Page::new(RevisionPage {
        frame: by.frame("moderation-revision-title"),
        address: url::revision_draft(&id),
        case: url::staff_case(shown.draft.case()),
        merges: merges.map(|other| (other.title.text, other.title.lang, url::case(&other.id))),
        draft: words::overview(&shown, &app, language, sheet, url::revision_preview(&id)).choosing(&form),
        points: desk::points(&app, &form, language),
        form,
    }))
}

/// `POST /staff/drafts/{id}/publish` - makes it the next revision, with the reason that readers see.
///
/// # Errors
/// [`crate::kit::Error::Conflict`] if the case has moved on.
pub async fn publish(app: Data<App>, by: Moderator, id: Path<ReviewDraftId>, form: PostForm) -> Result<HttpResponse> {
    let back = url::revision_draft(&id);
    let (looked, reason) = match (looked(&app, &by.visit, form.pairs()), RevisionReason::parse(form.first("reason"))) {
        (Ok(looked), Ok(reason)) => (looked, reason),
        (looked, reason) => {
            let mut problems = looked.err().unwrap_or_default();
            problems.check("reason", reason);
            return Ok(app.again(&by.visit, back, form.pairs().clone(), problems).into());
        }
    };
    let (authority, office) = (by.authority(), office(&app, &by.visit));
    let revised = app
        .write(by.actor(), move |tx| moderation::publish_revision(tx, &authority, &id, looked, &reason, &office))
        .await?;
    let problem = match revised {
        Revised::Published(case) => {
            say(&app, &by, "moderation-revised");
            return Ok(see_other(url::case(&case)));
        }
        Revised::Unready => "moderation-not-ready",
        Revised::Telling => "moderation-telling",
    };
    Ok(app.again(&by.visit, back, form.pairs().clone(), Problems::one("", problem)).into())
}

/// `POST /staff/drafts/{id}/discard` - throws it away; the published case stays as it is.
///
/// # Errors
/// Those of the database.
pub async fn discard(app: Data<App>, by: Moderator, id: Path<ReviewDraftId>, _: PostForm) -> Result<SeeOther> {
    let authority = by.authority();
    app.write(by.actor(), move |tx| moderation::discard(tx, &authority, &id)).await?;
    say(&app, &by, "moderation-discarded");
    Ok(SeeOther(url::queue()))
}

impl Sample for RevisionPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |hostile: bool, form: Filled| Self {
            frame: sample_visit("/staff/drafts/x").frame("moderation-revision-title"),
            address: "/staff/drafts/x".to_owned(),
            case: "/staff/cases/7K2MQX4T".to_owned(),
            merges: hostile.then(|| ("<b>A title</b>".repeat(20), "en".to_owned(), "/cases/7K2MQX4T".to_owned())),
            draft: Overview::sample(hostile),
            points: Point::samples(if hostile { "<script>alert(1)</script>" } else { "words" }),
            form,
        };
        let wrong = Filled::again(
            Pairs::parse(b"reason=%3Cscript%3Ealert(1)%3C/script%3E"),
            Problems::one("reason", "moderation-reason-too-long"),
        );
        vec![("plain", page(false, Filled::default())), ("hostile", page(true, wrong))]
    }
}
