//! Keeping a form for another day under twelve words, and typing three of them back (rows C5 and C13).

use super::{Tools, draft, store::submissions, words::Words};
use crate::{Result, db::Unrecorded, secret::Token};

/// Keeps what is open under its words, which are drawn now unless they were before. Says whether a fresh draft had to be begun.
///
/// # Errors
/// [`crate::Error::Conflict`] where it was sent already, and those of the database.
pub fn keep(tx: &mut Unrecorded, cookie: &Token, tools: &Tools<'_>) -> Result<bool> {
    let words = Words::draw(tx.random());
    let changed = draft::change(tx, cookie, tools, |draft| {
        draft.words.get_or_insert(words);
        draft.kept = true;
    })?;
    Ok(changed.fresh)
}

/// Takes the three words that were asked back; says whether they are right. From then on the words are not shown again.
///
/// # Errors
/// Those of the database.
pub fn confirm(tx: &mut Unrecorded, cookie: &Token, tools: &Tools<'_>, typed: &[String; 3]) -> Result<bool> {
    let Some(mut open) = draft::load_locked(tx, cookie)? else { return Ok(false) };
    let Some(words) = &open.words else { return Ok(false) };
    if words.is_confirmed() {
        return Ok(true);
    }
    let Some(confirmed) = words.confirmed_by(typed, tools.keys) else { return Ok(false) };
    submissions::confirm(tx, &confirmed.lookup(tools.keys))?;
    open.words = Some(confirmed);
    draft::store(tx, cookie, &open, tools)?;
    Ok(true)
}
