//! The daily digest: how much waits, in numbers, to members who gave an address (decision 0028).
//!
//! It goes out at the same time each day whether or not anything came, and tells how things stood when the day before ended; so neither a
//! mail nor its absence tells when an account arrived. Rows of contributors bear no day. Hence the count is taken at midnight (UTC), kept
//! sealed until the next one, and told later. A count that was missed at midnight is not made up for: it would tell of the present day.

use std::collections::BTreeSet;

use chrono::{NaiveTime, TimeDelta};
use serde::{Deserialize, Serialize};

use super::demands;
use crate::{
    Result,
    clock::Day,
    db::{Actor, Database, Reading, Writing, facts, outbox::Job},
    ids::{MemberId, SubmissionId},
    intake::{State, Submission, changes, corrections, guard, handling, review},
    mail::{Address, Letter, Mailer, Message, draw_id},
    seal::{InstanceKeys, open_json, seal_json},
    staff::{self, Moderator, Session},
};

/// When the count is taken, in UTC.
pub const COUNTED_AT: NaiveTime = NaiveTime::MIN;
/// For so long after midnight a count still tells of the day before.
const GRACE: TimeDelta = TimeDelta::hours(1);
/// The fact that holds the last count, and the purpose of its envelope.
const COUNT: &str = "digest";

/// How much waits.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Submissions that nobody has begun to review, without those in `answered`; near-duplicates count as one.
    pub received: usize,
    /// Submissions in the pile of what came over the site's pace.
    pub held: usize,
    /// Submissions under review.
    pub in_review: usize,
    /// Those among them that one moderator accepted and a second has to confirm.
    pub to_confirm: usize,
    /// Submissions whose author was asked for something.
    pub changes_requested: usize,
    /// Submissions whose author answered to that, to be looked at again.
    #[serde(default)]
    pub answered: usize,
    /// Accepted submissions that wait for their day.
    pub accepted: usize,
    /// Submissions that are removed within weeks unless somebody does something.
    pub ending: usize,
    /// Requests of contributors for correction or removal of what is published that nobody has answered.
    #[serde(default)]
    pub requests: usize,
    /// Demands to take something down that nobody has decided on.
    pub demands: usize,
}

/// What a digest tells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Digest {
    /// The day at whose end this was so, in UTC.
    pub day: Day,
    /// The numbers; none where they were not counted when that day ended.
    pub counts: Option<Counts>,
}

/// The words of mails. They are not the core's business; whoever runs the worker hands them in.
pub trait Letters: Send + Sync {
    /// The daily digest.
    ///
    /// # Errors
    /// If it cannot be put into words.
    fn digest(&self, digest: &Digest) -> Result<Letter>;

    /// A mail by which a member sees that mail arrives.
    ///
    /// # Errors
    /// If it cannot be put into words.
    fn trial(&self) -> Result<Letter>;
}

/// What sending works with.
#[derive(Clone, Copy)]
pub struct Post<'a> {
    /// The database.
    pub db: &'a Database,
    /// The keys of the instance, to which addresses are sealed.
    pub keys: &'a InstanceKeys,
    /// The way that mail leaves.
    pub mailer: &'a dyn Mailer,
    /// The words.
    pub letters: &'a dyn Letters,
}

impl Counts {
    /// How much waits for somebody to begin with it: new accounts, answers of contributors, and what they ask for after publication.
    #[must_use]
    pub fn to_begin(&self) -> usize {
        self.received + self.answered + self.requests
    }
}

impl Post<'_> {
    /// Sends a letter to a member, unless they want no mail any more. No transaction is open while the mail server takes its time.
    fn send(&self, mail: &str, to: Option<Address>, letter: Letter) -> Result<()> {
        let Some(to) = to else { return Ok(()) };
        let written = self.db.clock().now();
        let message = Message::new(mail.to_owned(), to, letter, written);
        self.mailer.send(&message)?;
        tracing::info!(to = message.to.masked(), "a mail has left");
        Ok(())
    }
}

/// Counts what waits when a day has just ended, in place of the count before. For the schedule.
///
/// # Errors
/// Those of the database.
pub fn count_for_digest(db: &Database, keys: &InstanceKeys) -> Result<()> {
    db.write(Actor::System, |tx| {
        let day = tx.today().pred_opt().unwrap_or(Day::MIN);
        let is_midnight = tx.now() - tx.today().and_time(COUNTED_AT) < GRACE;
        let counts = is_midnight.then(|| count(tx, day)).transpose()?;
        let sealed = seal_json(keys.key_pair().public(), COUNT, COUNT, &Digest { day, counts }, tx.random())?;
        facts::set(tx, COUNT, &sealed.to_string())
    })
}

/// How much waits at present.
///
/// # Errors
/// Those of the database.
pub fn waiting(r: &mut Reading, _by: &Moderator) -> Result<Counts> {
    let today = r.today();
    count(r, today)
}

fn count(r: &mut Reading, day: Day) -> Result<Counts> {
    let (open, held, handled) = (review::list(r, &State::OPEN)?, guard::held(r)?, handling::all(r)?);
    let asked = changes::asked(r)?;
    let of = |state: State| open.iter().filter(move |submission| submission.state == state);
    let is_held = |submission: &&Submission| held.contains(&submission.id);
    let is_answered = |submission: &&Submission| asked.contains(&submission.id) && !held.contains(&submission.id);
    let waiting: Vec<SubmissionId> = of(State::Received)
        .filter(|it| !is_held(it) && !is_answered(it))
        .map(|submission| submission.id.clone())
        .collect();
    let is_accepted_once = |it: &&Submission| handled.get(&it.id).is_some_and(|it| it.acceptor.is_some());
    Ok(Counts {
        received: guard::families_among(r, &waiting)?.into_values().collect::<BTreeSet<_>>().len(),
        held: of(State::Received).filter(is_held).count(),
        in_review: of(State::InReview).count(),
        to_confirm: open.iter().filter(is_accepted_once).count(),
        changes_requested: of(State::ChangesRequested).count(),
        answered: of(State::Received).filter(is_answered).count(),
        accepted: of(State::Accepted).count(),
        ending: open.iter().filter(|submission| submission.is_ending(day)).count(),
        requests: corrections::unanswered(r)?.len(),
        demands: demands::demands(r)?.iter().filter(|demand| demand.decided.is_none()).count(),
    })
}

/// What was counted last; none before the first count.
fn counted(r: &mut Reading, keys: &InstanceKeys) -> Result<Option<Digest>> {
    let Some(sealed) = facts::find(r, COUNT)? else { return Ok(None) };
    let sealed = sealed.parse().map_err(crate::Error::unexpected)?;
    Ok(Some(open_json(keys.key_pair(), COUNT, COUNT, &sealed)?))
}

/// Leaves a mail to be sent to each member who wants the digest. For the schedule.
///
/// # Errors
/// Those of the database.
pub fn enqueue_digests(db: &Database) -> Result<()> {
    db.write(Actor::System, |tx| {
        let day = tx.today().pred_opt().unwrap_or(Day::MIN);
        for member in staff::members_with_mail(tx)? {
            let mail = draw_id(tx.random());
            tx.enqueue(&SendDigest { member, day, mail })?;
        }
        Ok(())
    })
}

/// The digest of a day to one member. Once the next day has been counted it is not sent any more.
#[derive(Debug, Serialize, Deserialize)]
pub struct SendDigest {
    member: MemberId,
    day: Day,
    /// Names the mail.
    mail: String,
}

impl Job for SendDigest {
    const KIND: &'static str = "send_digest";
}

impl SendDigest {
    /// Sends it.
    ///
    /// # Errors
    /// Those of the database and of the mailer.
    pub fn run(&self, post: Post<'_>) -> Result<()> {
        let (counted, to) = post.db.read(|r| {
            let active = staff::members_with_mail(r)?.contains(&self.member);
            let to = if active { staff::mail_address(r, &self.member, post.keys)? } else { None };
            Ok((counted(r, post.keys)?, to))
        })?;
        if counted.as_ref().is_some_and(|digest| digest.day > self.day) {
            return Ok(());
        }
        let of_the_day = counted.filter(|digest| digest.day == self.day);
        let digest = of_the_day.unwrap_or(Digest { day: self.day, counts: None });
        post.send(&self.mail, to, post.letters.digest(&digest)?)
    }
}

/// A mail by which a member sees that mail arrives.
#[derive(Debug, Serialize, Deserialize)]
pub struct SendTrial {
    member: MemberId,
    /// Names the mail.
    mail: String,
}

impl Job for SendTrial {
    const KIND: &'static str = "send_trial";
}

impl SendTrial {
    /// Leaves one to be sent to the member who asks; says whether they have an address.
    ///
    /// # Errors
    /// Those of the database.
    pub fn enqueue(tx: &mut Writing, by: &Session, keys: &InstanceKeys) -> Result<bool> {
        let wanted = staff::own_mail_address(tx, by, keys)?.is_some();
        if wanted {
            let mail = draw_id(tx.random());
            tx.enqueue(&Self { member: by.member().id.clone(), mail })?;
        }
        Ok(wanted)
    }

    /// Sends it.
    ///
    /// # Errors
    /// Those of the database and of the mailer.
    pub fn run(&self, post: Post<'_>) -> Result<()> {
        let to = post.db.read(|r| staff::mail_address(r, &self.member, post.keys))?;
        post.send(&self.mail, to, post.letters.trial()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_that_an_earlier_version_took_is_read() {
        let earlier = r#"{"received": 3, "held": 0, "in_review": 1, "to_confirm": 0, "changes_requested": 2, "accepted": 0,
            "ending": 0, "demands": 4}"#;
        let counts: Counts = serde_json::from_str(earlier).unwrap();
        let expected = Counts { received: 3, in_review: 1, changes_requested: 2, demands: 4, ..Counts::default() };
        assert_eq!(counts, expected);
    }
}
