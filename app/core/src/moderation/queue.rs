//! What waits for moderators.

use crate::{
    Result,
    codebook::Codebook,
    db::Reading,
    intake::{State, Submission, review},
    staff::Moderator,
};

/// A line of the queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The submission, without what is sealed.
    pub submission: Submission,
    /// How many whole weeks ago it was sent.
    pub age: u32,
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
    let line = |submission: Submission| Line { age: submission.week.age(today), submission };
    let mut lines: Vec<Line> = review::list(r, states)?.into_iter().map(line).collect();
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
