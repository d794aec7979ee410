//! Working on a draft: what is typed on one sheet is stored at once, sealed.

use super::{
    Office,
    claim::Claimed,
    draft::{Completed, Draft, Sheet, SheetName, Unready},
    revise, submission,
};
use crate::{
    Error, Result,
    db::{Reading, Writing},
    ids::{ReviewDraftId, SubmissionId},
    intake::{State, review},
    organisations,
    staff::{self, Moderator},
};

/// Whose draft it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// Of a submission.
    Submission(SubmissionId),
    /// Of the next revision of a published case.
    Revision(ReviewDraftId),
}

/// A draft as its pages show it.
#[derive(Debug)]
pub struct Shown {
    /// The draft.
    pub draft: Draft,
    /// The sheet that was asked for.
    pub sheet: Option<Sheet>,
    /// The document as it would be public, or what stands in the way.
    pub outcome: std::result::Result<Completed, Unready>,
    /// All sheets with what they are called.
    pub sheets: Vec<(SheetName, super::draft::Label)>,
    /// Whether it can be edited now.
    pub is_open: bool,
    /// Who works on the submission now.
    pub claimed: Option<Claimed>,
}

/// A draft with one of its sheets, and the document that it makes.
///
/// # Errors
/// [`Error::NotFound`] where there is no such draft or sheet.
pub fn show(r: &mut Reading, by: &Moderator, subject: &Subject, sheet: Option<&str>, office: &Office) -> Result<Shown> {
    let Loaded { draft, is_open, claimed } = load(r, by, subject)?;
    let (quarter, records) = (r.quarter(), organisations::all(r)?);
    let desk = office.desk(&records);
    let sheet = match sheet {
        None => None,
        Some(name) => Some(SheetName::named(name, &office.codebook).ok_or(Error::NotFound)?),
    };
    let outcome = draft.complete(by.alias(), quarter, &desk)?;
    let sheets = SheetName::all(&office.codebook).into_iter().map(|name| (name.clone(), name.label(&desk))).collect();
    Ok(Shown { sheet: sheet.map(|name| draft.sheet(name, &desk)), outcome, sheets, is_open, claimed, draft })
}

/// What came of saving a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saved {
    /// All of it went into the draft.
    Read,
    /// Something cannot be read; it is kept as it was typed.
    Kept,
    /// What was typed is kept, but no part was added or taken out; key of the message.
    NoPart(&'static str),
}

/// Takes in what was sent from a sheet; `add=` and `remove=` among the pairs add and take out parts.
///
/// # Errors
/// [`Error::NotFound`] where there is no such draft or sheet; [`Error::Conflict`] where the text was accepted meanwhile.
pub fn save(
    tx: &mut Writing,
    by: &Moderator,
    subject: &Subject,
    sheet: &str,
    pairs: &[(String, String)],
    office: &Office,
) -> Result<Saved> {
    // Of a saving and an acceptance at once, the second sees what the first did.
    staff::lock_review_key(tx)?;
    let Loaded { mut draft, is_open, .. } = load(tx, by, subject)?;
    if !is_open {
        return Err(Error::Conflict("moderation-not-open"));
    }
    let sheet = SheetName::named(sheet, &office.codebook).ok_or(Error::NotFound)?;
    let first = |name: &str| pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
    let records = organisations::all(tx)?;
    let desk = office.desk(&records);
    draft.save(&sheet, pairs, &desk);
    let changed = match (first("add"), first("remove")) {
        (Some(path), _) => draft.add(path, first("new.field").unwrap_or_default(), &desk, tx.random()),
        (None, Some(name)) => draft.remove(name),
        (None, None) => Ok(()),
    };
    let saved = match changed {
        Err(Error::Refused(key)) => Saved::NoPart(key),
        Err(error) => return Err(error),
        Ok(()) if draft.sheet(sheet, &desk).problems.is_empty() => Saved::Read,
        Ok(()) => Saved::Kept,
    };
    match subject {
        Subject::Submission(id) => {
            review::put_work(tx, id, &draft)?;
            review::renew(tx, id, office.retention_weeks)?;
        }
        Subject::Revision(id) => revise::put(tx, id, &draft)?,
    }
    Ok(saved)
}

struct Loaded {
    draft: Draft,
    is_open: bool,
    claimed: Option<Claimed>,
}

fn load(r: &mut Reading, by: &Moderator, subject: &Subject) -> Result<Loaded> {
    match subject {
        Subject::Submission(id) => {
            let opened = submission::open(r, by, id)?;
            let is_open = opened.submission.state == State::InReview && opened.handling.acceptor.is_none();
            Ok(Loaded { draft: opened.draft.ok_or(Error::NotFound)?, is_open, claimed: opened.claimed })
        }
        Subject::Revision(id) => Ok(Loaded { draft: revise::open(r, by, id)?, is_open: true, claimed: None }),
    }
}
