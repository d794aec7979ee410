//! Accepting: by one moderator, by two where the risk is marked, or with a pause where there is no second.

use super::{
    Office,
    acts::ReviewAct,
    checklist::{self, Checked, Looked},
    claim, conflict,
    draft::{Completed, Draft},
    policy::{self, Oversight, Wait},
    publish::{PublishDue, Waiting},
    submission::{Opened, open},
};
use crate::{
    Error, Result,
    clock::Day,
    db::{Reading, Writing},
    ids::SubmissionId,
    intake::{
        Delay, State,
        handling::{self, Handling},
        review,
    },
    organisations,
    staff::Moderator,
};

/// The oversight that accepting a submission is under.
///
/// # Errors
/// Those of the database.
pub fn oversight(r: &mut Reading, by: &Moderator, opened: &Opened) -> Result<Oversight> {
    let able = conflict::able(r, by, &opened.submission)?;
    Ok(policy::oversight(&opened.handling, able, by.id()))
}

/// What came of accepting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It waits for this day.
    Accepted(Day),
    /// It waits for this day, which is no sooner than the pause that stands in for a second moderator ends.
    AcceptedWithPause(Day),
    /// A second moderator has to confirm.
    AwaitsSecond,
    /// Something on its sheets is missing or wrong.
    Unready,
    /// A name of its unnamed place stands in a text, neither removed nor waived.
    Telling,
    /// The case that it adds to has moved on from the revision that the draft was made from.
    Behind,
}

/// Accepts the draft of a submission, or confirms what another moderator accepted: sealed to the instance and to the contributor, it waits
/// for its day. Waivers and checklist come with it; whoever confirms does so for the text and the waivers of the first.
///
/// # Errors
/// [`Error::Conflict`] if it is not under review any more.
pub fn accept(tx: &mut Writing, by: &Moderator, id: &SubmissionId, looked: Looked, office: &Office) -> Result<Verdict> {
    let handling = claim::locked(tx, by, id)?;
    let opened = open(tx, by, id)?;
    // What waits for its contributor, or came back from them, has to be looked at first.
    if opened.submission.state != State::InReview {
        return Err(Error::Conflict("intake-moved-on"));
    }
    let oversight = oversight(tx, by, &opened)?;
    if opened.is_behind {
        return Ok(Verdict::Behind);
    }
    let mut draft = opened.draft.ok_or(Error::Conflict("moderation-not-begun"))?;
    let delay = opened.account.map_or(Delay::None, |account| account.answers.delay());
    let paused = oversight == Oversight::Pause;
    let wait = Wait { public_sources: draft.is_from_public_sources(), delay, paused };
    let mut checked = vec![looked.checklist.by(by)];
    if oversight == Oversight::Confirmed {
        checked.splice(0..0, opened.checked.into_iter().filter(|first| first.member != *by.id()));
    } else {
        draft.set_waivers(office.with_reasons(looked.waivers));
    }
    let (quarter, records) = (tx.quarter(), organisations::all(tx)?);
    let first = checked.first().ok_or(Error::NotFound)?;
    let Ok(done) = draft.complete(&first.alias, quarter, &office.desk(&records))? else {
        return Ok(Verdict::Unready);
    };
    review::put_work(tx, id, &draft)?;
    if done.is_telling() {
        return Ok(Verdict::Telling);
    }
    if oversight == Oversight::Awaited {
        return await_second(tx, by, id, handling, &checked);
    }
    wait_for_its_day(tx, id, Ready { draft, done, checked, oversight, wait }, office)
}

/// A text that nobody has to look at any more.
struct Ready {
    draft: Draft,
    done: Completed,
    checked: Vec<Checked>,
    oversight: Oversight,
    wait: Wait,
}

fn wait_for_its_day(tx: &mut Writing, id: &SubmissionId, ready: Ready, office: &Office) -> Result<Verdict> {
    let Ready { draft, done, checked, oversight, wait } = ready;
    let (today, paused) = (tx.today(), wait.paused);
    let chance = u64::from_le_bytes(tx.random().bytes::<8>());
    let due = policy::due_day(today, wait, &office.accounts, chance);
    for reason in done.found.iter().filter_map(|found| found.waived.clone()) {
        tx.record(&ReviewAct::Waived(id.clone(), reason));
    }
    let first = checked.first().ok_or(Error::NotFound)?;
    let waiting = Waiting::new(&draft, done, first, paused);
    review::accept(tx, id, &waiting, &waiting.document, due, office.keys.key_pair(), office.retention_weeks)?;
    checklist::keep(tx, id, &checked)?;
    tx.record(&match oversight {
        Oversight::Confirmed => ReviewAct::Confirmed(id.clone()),
        _ => ReviewAct::Accepted(id.clone()),
    });
    if due <= today {
        tx.enqueue(&PublishDue {})?;
    }
    Ok(if paused { Verdict::AcceptedWithPause(due) } else { Verdict::Accepted(due) })
}

/// The first of two has accepted: the draft stands still until the second confirms, or until it is taken back.
fn await_second(
    tx: &mut Writing,
    by: &Moderator,
    id: &SubmissionId,
    mut handling: Handling,
    checked: &[Checked],
) -> Result<Verdict> {
    handling.acceptor = Some(by.id().clone());
    // What is left to do is somebody else's.
    handling.claim = None;
    handling::put(tx, id, &handling)?;
    checklist::keep(tx, id, checked)?;
    tx.record(&ReviewAct::AcceptedFirst(id.clone()));
    Ok(Verdict::AwaitsSecond)
}
