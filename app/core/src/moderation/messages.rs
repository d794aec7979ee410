//! Messages to and from contributors, and the inbox that moderators share (rows C10 and M16): any of them can go on with any thread that is
//! about nothing that somebody else works on.

use super::{
    Office,
    acts::ReviewAct,
    addition,
    claim::{self, Claimed},
    conflict::{self, About, Aside},
};
use crate::{
    Error, Result,
    db::{Reading, Writing},
    ids::{CaseId, SubmissionId},
    intake::{
        Submission, handling,
        messages::{self, Author, Message, MessageText, Thread, Written},
    },
    staff::{self, Moderator},
};

/// A thread of the inbox.
#[derive(Debug, Clone)]
pub struct Correspondence {
    /// The submission that it is about.
    pub submission: Submission,
    /// The case that it adds to.
    pub adds_to: Option<CaseId>,
    /// Whether it waits for an answer: the contributor wrote last.
    pub is_unanswered: bool,
    /// Who works on the submission.
    pub claimed: Option<Claimed>,
}

/// Every thread, those first that wait for an answer; within both the oldest submission first. What the moderator stepped aside from is left out.
///
/// # Errors
/// Those of the database.
pub fn inbox(r: &mut Reading, by: &Moderator) -> Result<Vec<Correspondence>> {
    let (aside, keys) = (Aside::of(r, by.id())?, staff::review_keys(r, by)?);
    let mut threads = Vec::new();
    for submission in messages::written_about(r)? {
        let adds_to = addition::adds_to(r, by, &submission)?;
        if aside.is_from(&submission, adds_to.as_ref()) {
            continue;
        }
        let handling = handling::of(r, &submission.id)?;
        threads.push(Correspondence {
            is_unanswered: messages::is_unanswered(r, &submission.id, &keys)?,
            claimed: claim::shown(r, by, &handling)?,
            adds_to,
            submission,
        });
    }
    threads.sort_by_key(|thread| !thread.is_unanswered);
    Ok(threads)
}

/// How many threads wait for an answer that the moderator may give.
///
/// # Errors
/// Those of the database.
pub fn count_unanswered(r: &mut Reading, by: &Moderator) -> Result<usize> {
    Ok(inbox(r, by)?.iter().filter(|thread| thread.is_unanswered).count())
}

/// What was written about a submission.
///
/// # Errors
/// [`Error::NotFound`] where there is no such submission; [`Error::Refused`] for whoever stepped aside.
pub fn thread(r: &mut Reading, by: &Moderator, id: &SubmissionId) -> Result<Thread> {
    conflict::admit(r, by, &About::Submission(id.clone()))?;
    let keys = staff::review_keys(r, by)?;
    messages::by_review(r, id, &keys)
}

/// Writes to the contributor, who reads it on coming back; nothing is sent anywhere.
///
/// # Errors
/// [`Error::Conflict`] while somebody else works on the submission; [`Error::NotFound`] where there is none; [`Error::Refused`] for whoever
/// stepped aside.
pub fn write_message(
    tx: &mut Writing,
    by: &Moderator,
    id: &SubmissionId,
    text: MessageText,
    office: &Office,
) -> Result<Written> {
    let (handling, now) = (claim::locked(tx, by, id)?, tx.now());
    if claim::is_anothers(&handling, by, now) {
        return Err(Error::Conflict("moderation-message-taken"));
    }
    let keys = staff::review_keys(tx, by)?;
    let message = Message { from: Author::Moderator { alias: by.alias().to_owned() }, text };
    let written = messages::write_answer(tx, id, &message, &keys, office.retention_weeks)?;
    if written == Written::Sent {
        tx.record(&ReviewAct::WrittenTo);
    }
    Ok(written)
}
