//! Internal notes on a submission or a published case.

use actix_web::{
    HttpResponse,
    web::{Data, Path},
};
use casebook_core::{
    ids::{CaseId, SubmissionId},
    moderation::{self, About, Note, NoteText},
};

use super::{say, submission::see_other};
use crate::{
    kit::{App, Error, Moderator, PostForm, Problems, Result},
    url,
};

/// A note as a page shows it.
#[derive(Debug)]
pub struct NoteLine {
    /// What it says.
    pub text: String,
    /// Who wrote it.
    pub alias: String,
    /// On which day.
    pub day: String,
}

impl From<Note> for NoteLine {
    fn from(note: Note) -> Self {
        Self { text: note.text, alias: note.alias, day: note.day.to_string() }
    }
}

impl NoteLine {
    /// A made-up note for samples.
    #[must_use]
    pub fn sample(words: &str) -> Self {
        Self { text: words.to_owned(), alias: words.to_owned(), day: "2026-11-23".to_owned() }
    }
}

/// `POST /staff/submissions/{id}/notes` - adds a note.
///
/// # Errors
/// [`Error::NotFound`] if its author took it back.
pub async fn add(app: Data<App>, by: Moderator, id: Path<SubmissionId>, form: PostForm) -> Result<HttpResponse> {
    let back = url::submission(&id);
    write(&app, &by, About::Submission(id.into_inner()), &form, back).await
}

/// `POST /staff/cases/{id}/notes` - adds a note to a published case.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn add_to_case(app: Data<App>, by: Moderator, id: Path<String>, form: PostForm) -> Result<HttpResponse> {
    let id: CaseId = id.parse().map_err(|_| Error::NotFound)?;
    let back = url::staff_case(&id);
    write(&app, &by, About::Case(id), &form, back).await
}

async fn write(app: &App, by: &Moderator, about: About, form: &PostForm, back: String) -> Result<HttpResponse> {
    let text = match NoteText::parse(form.first("note")) {
        Ok(text) => text,
        Err(key) => return Ok(app.again(&by.visit, back, form.pairs().clone(), Problems::one("note", key)).into()),
    };
    let authority = by.authority();
    app.write(by.actor(), move |tx| moderation::add_note(tx, &authority, &about, text)).await?;
    say(app, by, "moderation-noted");
    Ok(see_other(back))
}
