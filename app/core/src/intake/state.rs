//! What a submission is and where it stands (schema.md section 2).

use std::str::FromStr;

use chrono::Days;

use crate::{
    clock::{Day, Week, end_of_next_day},
    ids::{CaseId, SubmissionId},
};

/// Where a submission stands. A draft is not a submission yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// Nobody has opened it yet.
    Received,
    /// A moderator looks at it.
    InReview,
    /// A moderator asked for something.
    ChangesRequested,
    /// It waits for its day.
    Accepted,
    /// It became a case, or part of one.
    Published,
    /// A moderator said no.
    Declined,
    /// The contributor took it back.
    Withdrawn,
    /// Its time ran out.
    Expired,
}

impl State {
    /// All of them, in the order of a submission's way.
    pub const ALL: [Self; 8] = [
        Self::Received,
        Self::InReview,
        Self::ChangesRequested,
        Self::Accepted,
        Self::Published,
        Self::Declined,
        Self::Withdrawn,
        Self::Expired,
    ];
    /// Those in which moderators have something to do.
    pub const OPEN: [Self; 4] = [Self::Received, Self::InReview, Self::ChangesRequested, Self::Accepted];
    /// Those in which the contributor can still take it back: all before publication.
    pub const WITHDRAWABLE: [Self; 5] =
        [Self::Received, Self::InReview, Self::ChangesRequested, Self::Accepted, Self::Declined];

    /// The code in the database and of the codebook's `submission_state`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::InReview => "in_review",
            Self::ChangesRequested => "changes_requested",
            Self::Accepted => "accepted",
            Self::Published => "published",
            Self::Declined => "declined",
            Self::Withdrawn => "withdrawn",
            Self::Expired => "expired",
        }
    }

    /// Whether the contributor can still take it back.
    #[must_use]
    pub fn is_withdrawable(self) -> bool {
        Self::WITHDRAWABLE.contains(&self)
    }
}

/// A text that is no state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a state of a submission")]
pub struct UnknownState;

impl FromStr for State {
    type Err = UnknownState;

    fn from_str(code: &str) -> Result<Self, UnknownState> {
        Self::ALL.into_iter().find(|state| state.code() == code).ok_or(UnknownState)
    }
}

/// The kind of a submission that tells of a new case.
pub const NEW: &str = "new";
/// The kind of a submission that adds to a published case.
pub const ADDITION: &str = "addition";

/// A submission without what is sealed: all that the queue shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submission {
    /// The id.
    pub id: SubmissionId,
    /// `new`, `addition`, `correction` or `reply`.
    pub kind: String,
    /// Where it stands.
    pub state: State,
    /// The week in which it was sent.
    pub week: Week,
    /// Code of `completeness`; none once it is a stub.
    pub completeness: Option<String>,
    /// The contributor never confirmed the words.
    pub unconfirmed: bool,
    /// The last day before it is removed.
    pub expires: Option<Day>,
    /// The day of publication, while it waits.
    pub due: Option<Day>,
    /// The case that came of it.
    pub case: Option<CaseId>,
}

/// So many weeks before it goes, an unpublished submission is marked for its author and for the moderators.
const WARNED_WEEKS: u32 = 4;

impl Submission {
    /// How many whole weeks are left before it is removed, unless somebody does something with it; nothing where it does not expire.
    #[must_use]
    pub fn weeks_left(&self, today: Day) -> Option<u32> {
        let expires = self.expires.filter(|_| !matches!(self.state, State::Accepted | State::Published))?;
        let days = (expires - today).num_days().max(0);
        Some(u32::try_from(days / 7).unwrap_or(u32::MAX))
    }

    /// Whether author and moderators are warned that it goes.
    #[must_use]
    pub fn is_ending(&self, today: Day) -> bool {
        self.weeks_left(today).is_some_and(|weeks| weeks <= WARNED_WEEKS)
    }
}

/// Until when something of this week is kept: counted from the end of the week, so that the day tells no more than the week does.
pub(super) fn kept_until(week: Week, retention_weeks: u32) -> Day {
    let weeks = u64::from(retention_weeks) + 1;
    let end = week.first_day().checked_add_days(Days::new(weeks * 7 - 1));
    end.map_or(Day::MAX, end_of_next_day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_back() {
        for state in State::ALL {
            assert_eq!(state.code().parse(), Ok(state));
        }
        assert_eq!("draft".parse::<State>(), Err(UnknownState));
    }

    #[test]
    fn the_last_weeks_are_warned_of_unless_it_waits_for_its_day_or_is_published() {
        let day = |text: &str| text.parse::<Day>().unwrap();
        let submission = |state| Submission {
            id: SubmissionId::draw(&crate::random::OsRandom),
            kind: "new".to_owned(),
            state,
            week: Week::of(day("2026-11-23")),
            completeness: None,
            unconfirmed: false,
            expires: Some(day("2027-06-01")),
            due: None,
            case: None,
        };
        let received = submission(State::Received);
        assert_eq!(received.weeks_left(day("2027-05-01")), Some(4));
        assert!(received.is_ending(day("2027-05-01")) && !received.is_ending(day("2027-04-20")));
        assert_eq!(received.weeks_left(day("2028-01-01")), Some(0));
        for state in [State::Accepted, State::Published] {
            assert_eq!(submission(state).weeks_left(day("2027-05-01")), None);
        }
    }

    #[test]
    fn what_was_sent_on_two_days_of_a_week_expires_on_the_same_day() {
        let day = |text: &str| text.parse::<Day>().unwrap();
        let (monday, sunday) = (Week::of(day("2026-11-23")), Week::of(day("2026-11-29")));
        assert_eq!(kept_until(monday, 26), kept_until(sunday, 26));
        assert_eq!(kept_until(monday, 1), day("2026-12-08"));
    }
}
