//! What a flood leaves: the pile of what came over the site's pace, and families of near-duplicates. Moderators look through both, and release
//! or decline many at once.

use std::collections::BTreeMap;

use super::{
    Decision, Line, Office, ReviewAct,
    conflict::{self, About},
    submission,
};
use crate::{
    Error, Result,
    db::{Reading, Writing},
    ids::SubmissionId,
    intake::{State, Submission, changes, guard, review},
    staff::{self, Moderator},
};

/// Near-duplicates that are shown as one.
pub struct Heap {
    /// Its submissions; the oldest first.
    pub submissions: Vec<Submission>,
    /// How the oldest one begins.
    pub beginning: String,
}

crate::secret::silent_debug!(Heap);

/// How many characters of a text are shown of it.
const BEGINNING: usize = 200;

/// What waits in the pile, near-duplicates together.
///
/// # Errors
/// Those of the database.
pub fn pile(r: &mut Reading, by: &Moderator) -> Result<Vec<Heap>> {
    let held = guard::held(r)?;
    let mut received = review::list(r, &[State::Received])?;
    received.retain(|submission| held.contains(&submission.id));
    let received = conflict::open_to(r, by, received)?;
    let ids: Vec<SubmissionId> = received.iter().map(|submission| submission.id.clone()).collect();
    let family = guard::families_among(r, &ids)?;
    let mut heaps: BTreeMap<usize, Vec<Submission>> = BTreeMap::new();
    for submission in received {
        let head = ids.iter().position(|id| family.get(&submission.id) == Some(id)).unwrap_or_default();
        heaps.entry(head).or_default().push(submission);
    }
    heaps.into_values().map(|submissions| heap(r, by, submissions)).collect()
}

/// The family of a submission that nobody has begun to review, each member by itself, and whether it waits in the pile. One whose contributor
/// answered stands for itself.
///
/// # Errors
/// [`Error::NotFound`] where it is not among them.
pub fn family(r: &mut Reading, by: &Moderator, id: &SubmissionId) -> Result<(Vec<Heap>, bool)> {
    let held = guard::held(r)?;
    let is_held = held.contains(id);
    let answered = changes::asked(r)?;
    let mut received = review::list(r, &[State::Received])?;
    received.retain(|it| held.contains(&it.id) == is_held && !answered.contains(&it.id));
    let mut received = conflict::open_to(r, by, received)?;
    let ids: Vec<SubmissionId> = received.iter().map(|submission| submission.id.clone()).collect();
    let family = guard::families_among(r, &ids)?;
    let head = family.get(id).ok_or(Error::NotFound)?.clone();
    received.retain(|submission| family.get(&submission.id) == Some(&head));
    let heaps: Result<Vec<Heap>> = received.into_iter().map(|submission| heap(r, by, vec![submission])).collect();
    Ok((heaps?, is_held))
}

fn heap(r: &mut Reading, by: &Moderator, submissions: Vec<Submission>) -> Result<Heap> {
    let keys = staff::review_keys(r, by)?;
    let text = match submissions.first().map(|oldest| review::open(r, &oldest.id, &keys)) {
        Some(Ok(account)) => account.answers.first("narrative").to_owned(),
        Some(Err(Error::NotFound)) | None => String::new(),
        Some(Err(error)) => return Err(error),
    };
    Ok(Heap { submissions, beginning: text.chars().take(BEGINNING).collect() })
}

/// How many wait in the pile.
///
/// # Errors
/// Those of the database.
pub fn count_held(r: &mut Reading, _by: &Moderator) -> Result<usize> {
    let held = guard::held(r)?;
    Ok(review::list(r, &[State::Received])?.iter().filter(|submission| held.contains(&submission.id)).count())
}

/// Takes these out of the pile, into the queue; says how many lay there.
///
/// # Errors
/// Those of the database.
pub fn release(tx: &mut Writing, by: &Moderator, ids: &[SubmissionId]) -> Result<usize> {
    let mut count = 0;
    for id in ids {
        conflict::admit(tx, by, &About::Submission(id.clone()))?;
        if guard::release(tx, id)? {
            tx.record(&ReviewAct::Released(id.clone()));
            count += 1;
        }
    }
    Ok(count)
}

/// Declines these for one reason; passes over what has moved on since the page was shown. Says how many it declined.
///
/// # Errors
/// Those of the database.
pub fn decline_all(
    tx: &mut Writing,
    by: &Moderator,
    ids: &[SubmissionId],
    decision: &Decision,
    office: &Office,
) -> Result<usize> {
    let mut count = 0;
    for id in ids {
        match submission::decline(tx, by, id, decision.clone(), office) {
            Ok(()) => count += 1,
            Err(Error::Conflict(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(count)
}

/// Leaves out what waits in the pile, and puts near-duplicates that nobody has begun to review behind the first of their family.
pub(super) fn folded(r: &mut Reading, lines: Vec<Line>) -> Result<Vec<Line>> {
    let (held, answered) = (guard::held(r)?, changes::asked(r)?);
    let received = |line: &Line| line.submission.state == State::Received && !answered.contains(&line.submission.id);
    let lines = lines.into_iter().filter(|line| !(received(line) && held.contains(&line.submission.id)));
    let lines: Vec<Line> = lines.collect();
    let ids: Vec<SubmissionId> =
        lines.iter().filter(|line| received(line)).map(|line| line.submission.id.clone()).collect();
    let family = guard::families_among(r, &ids)?;
    let mut behind: BTreeMap<SubmissionId, usize> = BTreeMap::new();
    family.values().for_each(|head| *behind.entry(head.clone()).or_default() += 1);
    let is_head = |line: &Line| family.get(&line.submission.id).is_none_or(|head| *head == line.submission.id);
    let alike = |line: Line| Line { alike: behind.get(&line.submission.id).map_or(0, |count| count - 1), ..line };
    Ok(lines.into_iter().filter(is_head).map(alike).collect())
}
