//! A case as it would be public, for moderators before it is: the very page that readers will see.

use actix_web::web::{Data, Path};
use casebook_core::{
    Error as CoreError,
    cases::show::{Tables, unpublished},
    ids::{ReviewDraftId, SubmissionId},
    moderation::{self, Office, Subject, draft::SIDES},
};

use super::show::CasePage;
use crate::kit::{App, Message, Moderator, Page, Result};

/// `GET /staff/submissions/{id}/preview`
///
/// # Errors
/// [`crate::kit::Error::NotFound`], and [`crate::kit::Error::Refused`] while something stands in the way.
pub async fn of_submission(app: Data<App>, by: Moderator, id: Path<SubmissionId>) -> Result<Page<CasePage>> {
    preview(app, by, Subject::Submission(id.into_inner())).await
}

/// `GET /staff/drafts/{id}/preview`
///
/// # Errors
/// [`crate::kit::Error::NotFound`], and [`crate::kit::Error::Refused`] while something stands in the way.
pub async fn of_revision(app: Data<App>, by: Moderator, id: Path<ReviewDraftId>) -> Result<Page<CasePage>> {
    preview(app, by, Subject::Revision(id.into_inner())).await
}

async fn preview(app: Data<App>, by: Moderator, subject: Subject) -> Result<Page<CasePage>> {
    let (state, authority, lang) = (app.clone(), by.authority(), by.visit.language.code());
    let case = app
        .read(move |r| {
            let office = Office {
                codebook: state.codebook.clone(),
                gazetteer: state.gazetteer.clone(),
                keys: state.keys.clone(),
                accounts: state.config.accounts.clone(),
                retention_weeks: state.config.submissions.retention_weeks,
                // A draft that names a side is read only where the side is on offer; its words are not shown here.
                sides: SIDES.map(|side| (side, String::new())).to_vec(),
                lang,
            };
            let shown = moderation::show(r, &authority, &subject, None, &office)?;
            let done = shown.outcome.map_err(|_| CoreError::Refused("moderation-not-ready"))?;
            let tables = Tables {
                codebook: &state.codebook,
                gazetteer: &state.gazetteer,
                jurisdictions: &state.jurisdictions,
                lang,
            };
            unpublished(r, done.document, &done.newcomers, tables)
        })
        .await?;
    let completeness = app.codebook.label("completeness", &case.computed.completeness, lang).to_lowercase();
    let mut page = CasePage::new(&by.visit, case, &app.config.public_url(), completeness);
    page.frame.notice = Some(by.visit.text(Message::new("moderation-preview")));
    Ok(Page::new(page))
}
