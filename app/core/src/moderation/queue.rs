//! What waits for moderators.

use crate::{
    Result,
    codebook::Codebook,
    db::{Reading, Writing},
    intake::{State, Submission, review},
    staff::{self, Moderator},
};

use super::{pile, store};

/// A line of the queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The submission, without what is sealed.
    pub submission: Submission,
    /// How many whole weeks ago it was sent.
    pub age: u32,
    /// In how many weeks it is removed unless somebody does something with it.
    pub weeks_left: Option<u32>,
    /// Whether that is soon.
    pub is_ending: bool,
    /// How many near-duplicates stand behind it.
    pub alike: usize,
}

/// By what the queue is sorted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Order {
    /// The oldest first.
    #[default]
    Age,
    /// By what it is.
    Kind,
    /// By where it stands.
    State,
    /// The fullest first.
    Completeness,
}

impl Order {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Age, Self::Kind, Self::State, Self::Completeness];

    /// The word in an address.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Age => "age",
            Self::Kind => "kind",
            Self::State => "state",
            Self::Completeness => "completeness",
        }
    }

    /// The order of this name.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|order| order.word() == word)
    }
}

/// What is open, in this order; with `declined`, what was declined and is still kept.
///
/// # Errors
/// Those of the database.
pub fn queue(r: &mut Reading, _by: &Moderator, order: Order, declined: bool, codebook: &Codebook) -> Result<Vec<Line>> {
    let states: &[State] = if declined { &[State::Declined] } else { &State::OPEN };
    let today = r.today();
    let line = |submission: Submission| Line {
        age: submission.week.age(today),
        weeks_left: submission.weeks_left(today),
        is_ending: submission.is_ending(today),
        alike: 0,
        submission,
    };
    let lines: Vec<Line> = review::list(r, states)?.into_iter().map(line).collect();
    let mut lines = pile::folded(r, lines)?;
    let fullness = |line: &Line| {
        let code = line.submission.completeness.as_deref().unwrap_or_default();
        let codes = codebook.field("completeness").map_or(&[][..], |field| &field.codes);
        std::cmp::Reverse(codes.iter().position(|known| known.code == code))
    };
    let place = |state: State| State::ALL.iter().position(|known| *known == state);
    match order {
        Order::Age => {}
        Order::Kind => lines.sort_by(|a, b| a.submission.kind.cmp(&b.submission.kind)),
        Order::State => lines.sort_by_key(|line| place(line.submission.state)),
        Order::Completeness => lines.sort_by_key(fullness),
    }
    Ok(lines)
}

/// How many envelopes are still sealed to retired review keys.
///
/// # Errors
/// Those of the database.
pub fn count_to_reseal(r: &mut Reading, by: &Moderator) -> Result<usize> {
    let keys = staff::review_keys(r, by)?;
    let drafts = store::all_envelopes(r)?.iter().filter(|(_, envelope)| keys.is_retired(envelope)).count();
    Ok(review::count_to_reseal(r, &keys)? + drafts)
}

/// Seals anew to the review key in use what is sealed to retired ones, and says how many envelopes that were.
///
/// # Errors
/// Those of the database.
pub fn reseal(tx: &mut Writing, by: &Moderator) -> Result<usize> {
    let keys = staff::review_keys(tx, by)?;
    let mut count = review::reseal(tx, &keys)?;
    for (id, envelope) in store::all_envelopes(tx)? {
        if keys.is_retired(&envelope) {
            let text = keys.open(super::revise::PURPOSE, id.as_str(), &envelope)?;
            let recipient = staff::lock_review_key(tx)?;
            let anew =
                crate::seal::seal(&recipient.public_key, super::revise::PURPOSE, id.as_str(), &text, tx.random())?;
            store::put(tx, &id, &recipient.id, &anew)?;
            count += 1;
        }
    }
    Ok(count)
}
