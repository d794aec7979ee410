//! Publishing what was accepted and whose day has come.

use serde::{Deserialize, Serialize};

use super::{
    acts::ReviewAct,
    checklist::Checked,
    draft::{Completed, Draft},
};
use crate::{
    Error, Result,
    cases::{
        self, Vocabulary,
        document::{Document, Source},
        published,
    },
    db::{Actor, Database, Reading, Writing, outbox::Job},
    ids::{CaseId, MemberId, SubmissionId},
    intake::review,
    organisations::{self, Organisation},
    seal::InstanceKeys,
    secret::silent_debug,
};

/// All that publication needs of an accepted text. It names the case and the revision that it was made from.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Waiting {
    pub(super) document: Document,
    newcomers: Vec<Organisation>,
    /// The published revision that it was made from; none for a new case.
    base: Option<u32>,
    /// Who accepted.
    member: MemberId,
    alias: String,
    /// A pause stood in for a second moderator.
    #[serde(default)]
    paused: bool,
}

silent_debug!(Waiting);

impl Waiting {
    pub(super) fn new(draft: &Draft, done: Completed, by: &Checked, paused: bool) -> Self {
        Self {
            document: done.document,
            newcomers: done.newcomers,
            base: draft.base().map(|base| base.revision),
            member: by.member.clone(),
            alias: by.alias.clone(),
            paused,
        }
    }

    fn actor(&self) -> Actor {
        Actor::Member { id: self.member.clone(), alias: self.alias.clone() }
    }
}

/// Publishes everything whose day has come.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PublishDue {}

impl Job for PublishDue {
    const KIND: &'static str = "publish_due";
}

impl PublishDue {
    /// Publishes each in a transaction of its own. One that somebody else was faster with, or that was taken back, is passed over.
    ///
    /// # Errors
    /// The first failure of another kind, after all the others had their turn.
    pub fn run(db: &Database, vocabulary: Vocabulary<'_>, keys: &InstanceKeys, retention_weeks: u32) -> Result<()> {
        let mut first = Ok(());
        for id in db.read(review::due)? {
            match publish_due(db, &id, vocabulary, keys, retention_weeks) {
                Ok(()) => {}
                Err(error) if somebody_was_faster(&error) => {}
                Err(error) => first = first.and(Err(error)),
            }
        }
        first
    }
}

/// Whether the submission, or the case that it revises, moved on while it was about to be published. Any other conflict, such as an id
/// that is on record already, would come again each time and has to be told.
fn somebody_was_faster(error: &Error) -> bool {
    const FASTER: [&str; 3] = ["moderation-not-waiting", "intake-moved-on", "conflict-case-moved-on"];
    matches!(error, Error::Conflict(key) if FASTER.contains(key))
}

fn publish_due(
    db: &Database,
    id: &SubmissionId,
    vocabulary: Vocabulary<'_>,
    keys: &InstanceKeys,
    retention_weeks: u32,
) -> Result<()> {
    let Some(waiting) = db.read(|r| waiting(r, id, keys))? else { return Ok(()) };
    db.write(waiting.actor(), |tx| publish(tx, id, vocabulary, keys, retention_weeks)).map(drop)
}

fn waiting(r: &mut Reading, id: &SubmissionId, keys: &InstanceKeys) -> Result<Option<Waiting>> {
    review::waiting(r, id, keys.key_pair())
}

/// Whether an accepted text waits to become the next revision of this case.
pub(super) fn waits_to_revise(r: &mut Reading, id: &SubmissionId, case: &CaseId, keys: &InstanceKeys) -> Result<bool> {
    Ok(waiting(r, id, keys)?.is_some_and(|waiting| waiting.base.is_some() && waiting.document.id == *case))
}

/// Publishes one accepted submission; where the case that it was made from has moved on, it goes back under review instead.
///
/// # Errors
/// [`Error::Conflict`] if it does not wait any more: of two publications at once, one wins.
pub fn publish(
    tx: &mut Writing,
    id: &SubmissionId,
    vocabulary: Vocabulary<'_>,
    keys: &InstanceKeys,
    retention_weeks: u32,
) -> Result<Option<CaseId>> {
    let waiting = waiting(tx, id, keys)?.ok_or(Error::Conflict("moderation-not-waiting"))?;
    if has_moved_on(tx, &waiting)? {
        review::take_back(tx, id, retention_weeks)?;
        tx.record(&ReviewAct::Returned(id.clone()));
        return Ok(None);
    }
    let Waiting { mut document, newcomers, base, paused, .. } = waiting;
    stamp(tx, &mut document, base)?;
    organisations::insert(tx, &newcomers)?;
    let case = document.id.clone();
    let checked = vocabulary.check(document).map_err(|faults| {
        Error::unexpected(faults.first().map_or_else(|| "a faulty document".to_owned(), ToString::to_string))
    })?;
    match base {
        None => cases::publish(tx, vocabulary, &checked)?,
        Some(base) => cases::enlarge(tx, vocabulary, &checked, base)?,
    }
    review::published(tx, id, &case)?;
    if paused {
        tx.record(&ReviewAct::Paused(id.clone()));
    }
    Ok(Some(case))
}

fn has_moved_on(r: &mut Reading, waiting: &Waiting) -> Result<bool> {
    let Some(base) = waiting.base else { return Ok(false) };
    match published::find(r, &waiting.document.id, published::Eyes::Moderator) {
        Ok(current) => Ok(current.current != base),
        // It was merged into another case meanwhile.
        Err(Error::Moved { .. }) => Ok(true),
        Err(error) => Err(error),
    }
}

/// The quarter that readers see is that of publication, also of an account that a case did not have before; a new case whose proposed id is
/// taken by now gets another.
fn stamp(tx: &mut Writing, document: &mut Document, base: Option<u32>) -> Result<()> {
    let quarter = tx.quarter();
    document.revised = quarter;
    let known = match base {
        Some(_) => published::find(tx, &document.id, published::Eyes::Moderator)?.document.sources,
        None => Vec::new(),
    };
    let is_new = |source: &&mut Source| source.is_account() && known.iter().all(|known| known.id != source.id);
    for account in document.sources.iter_mut().filter(is_new) {
        account.quarter = Some(quarter);
    }
    if base.is_none() {
        document.published = quarter;
        if !matches!(published::find(tx, &document.id, published::Eyes::Moderator), Err(Error::NotFound)) {
            document.id = cases::draw_id(tx)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_moved_on_meanwhile_is_passed_over() {
        assert!(somebody_was_faster(&Error::Conflict("intake-moved-on")));
        assert!(!somebody_was_faster(&Error::Conflict("conflict-already-there")));
        assert!(!somebody_was_faster(&Error::NotFound));
    }
}
