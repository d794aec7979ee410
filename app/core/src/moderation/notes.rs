//! Internal notes on a submission or a published case: for moderators alone, in no export and in no view of a contributor.

use serde::{Deserialize, Serialize};

use super::{
    conflict::{self, About},
    papers,
};
use crate::{
    Result,
    cases::published,
    clock::Day,
    db::{Reading, Writing},
    intake::handling::{self, Paper},
    limits,
    seal::contains_passphrase,
    secret::silent_debug,
    staff::{self, Moderator, ReviewKeys},
    text::clean,
};

/// A note.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// What it says.
    pub text: String,
    /// Alias of who wrote it.
    pub alias: String,
    /// The day on which it was written; sealed with it.
    pub day: Day,
}

silent_debug!(Note);

/// What a note says.
#[derive(Clone, PartialEq, Eq)]
pub struct NoteText(String);

silent_debug!(NoteText);

impl NoteText {
    /// Reads what was typed.
    ///
    /// # Errors
    /// The key of the message that says what is wrong.
    pub fn parse(typed: &str) -> Result<Self, &'static str> {
        let text = clean(typed).trim().to_owned();
        match text.chars().count() {
            0 => Err("moderation-note-missing"),
            1..=limits::TEXT if contains_passphrase(&text) => Err("moderation-passphrase"),
            1..=limits::TEXT => Ok(Self(text)),
            _ => Err("moderation-note-too-long"),
        }
    }
}

/// The notes on something, the first first.
///
/// # Errors
/// [`crate::Error::Refused`] for whoever stepped aside.
pub fn notes(r: &mut Reading, by: &Moderator, about: &About) -> Result<Vec<Note>> {
    conflict::admit(r, by, about)?;
    let keys = staff::review_keys(r, by)?;
    read(r, about, &keys)
}

fn read(r: &mut Reading, about: &About, keys: &ReviewKeys) -> Result<Vec<Note>> {
    let notes = match about {
        About::Submission(id) => handling::paper(r, id, Paper::Notes, keys)?,
        About::Case(id) => papers::of_case(r, id, Paper::Notes, keys)?,
    };
    Ok(notes.unwrap_or_default())
}

/// Adds a note.
///
/// # Errors
/// [`crate::Error::NotFound`] where there is no such submission or case, or where its author took it back;
/// [`crate::Error::Refused`] for whoever stepped aside.
pub fn add_note(tx: &mut Writing, by: &Moderator, about: &About, text: NoteText) -> Result<()> {
    // Of two who write at once, the second reads what the first wrote.
    staff::lock_review_key(tx)?;
    conflict::admit(tx, by, about)?;
    let keys = staff::review_keys(tx, by)?;
    let mut notes = read(tx, about, &keys)?;
    notes.push(Note { text: text.0, alias: by.alias().to_owned(), day: tx.today() });
    match about {
        About::Submission(id) => handling::put_paper(tx, id, Paper::Notes, &notes),
        About::Case(id) => {
            published::find(tx, id, published::Eyes::Moderator)?;
            papers::put(tx, id, Paper::Notes, &notes)
        }
    }
}
